//! From a finished run to its folder: tables, charts, headlines, manifest; and why there may be none.

use super::Ending;
use super::loading::Loaded;
use super::terminal::note;
use crate::findings::Findings;
use crate::output::{BranchDraws, Folder, Manifest, OutputError, write_tables};
use crate::report::{PictureError, headlines, write_charts};
use crate::simulation::{Interrupted, Results};
use thiserror::Error;

/// Why a scenario left no results.
#[derive(Debug, Error)]
pub(super) enum RunError {
    #[error("{0}; nothing was written")]
    Interrupted(#[from] Interrupted),
    #[error("none of the {draws} draws has an equilibrium; the first failed in {period}, sector {sector}: {reason}")]
    NothingSolved { draws: u64, period: String, sector: String, reason: String },
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Picture(#[from] PictureError),
}

impl RunError {
    pub(super) fn ending(&self) -> Ending {
        match self {
            RunError::Interrupted(Interrupted::KeepingDraws(_)) | RunError::Output(_) | RunError::Picture(PictureError::Output(_)) => {
                Ending::NotWritten
            }
            _ => Ending::Incomplete,
        }
    }
}

/// What of a run is wanted beside its tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub charts: bool,
    pub headlines: bool,
}

/// Writes a run's results and puts them in place.
///
/// # Errors
/// If no draw succeeded, or if a chart or file cannot be made.
pub(super) fn write(findings: &Findings<'_>, folder: Folder, wanted: Wanted, manifest: Manifest) -> Result<(), RunError> {
    let results = findings.results;
    if let (0, Some(first)) = (results.succeeded(), results.failures.first()) {
        return Err(RunError::NothingSolved {
            draws: results.draws,
            period: findings.period(first.period).to_string(),
            sector: findings.sector(first.sector).to_string(),
            reason: first.failure.to_string(),
        });
    }
    write_tables(findings, &folder)?;
    if wanted.charts {
        write_charts(findings, &folder)?;
    }
    if wanted.headlines {
        note(&headlines(findings));
    }
    folder.finish(manifest)?;
    let failed = failed_draws(results);
    if failed > 0 {
        note(&format!("warning: {failed} of {} draws have no equilibrium and are in no figure; failures.csv lists them", results.draws));
    }
    Ok(())
}

/// What the run rests on.
pub(super) fn manifest(loaded: &Loaded, findings: &Findings<'_>) -> Manifest {
    let results = findings.results;
    let branch = |(at, label): (usize, &String)| BranchDraws { branch: label.clone(), draws: findings.branch_draws(at) };
    Manifest {
        tradewind: env!("CARGO_PKG_VERSION").into(),
        title: loaded.scenario.title.clone(),
        scenario_files: loaded.scenario.files.clone(),
        baseline_files: loaded.baseline.files.clone(),
        closure: "partial".into(),
        periods: loaded.scenario.periods.iter().map(|period| period.label.clone()).collect(),
        draws: results.draws,
        seed: loaded.plan.seed,
        sampler: loaded.plan.sampler.word().into(),
        quantile_draws: results.quantile_draws as u64,
        outcome_draws: results.outcome_draws as u64,
        failures: failed_draws(results),
        waiting_residual_days: results.waiting_residual,
        branches: findings.branches().iter().enumerate().map(branch).collect(),
        results: Vec::new(),
    }
}

/// Draws without an equilibrium, each once however many of its markets failed.
fn failed_draws(results: &Results) -> u64 {
    results.draws - results.succeeded()
}
