//! From a finished run to its folder: tables, charts, headlines, manifest; and why there may be none.

use super::Ending;
use super::loading::Loaded;
use super::sweep;
use super::terminal::{note, room_beside, say};
use crate::findings::{Findings, precision};
use crate::output::{BranchDraws, Folder, Manifest, OutputError, write_tables};
use crate::report::{
    Charts, Drawings, PageError, PictureError, Subject, charts, draw, headlines, keep_charts, keep_subject, page, write_pictures,
};
use crate::scenario::Scenario;
use crate::simulation::{Interrupted, Plan, Results};
use crate::statistics::{TOO_FEW, draws_beyond};
use crate::uncertainty::Sampler;
use std::path::Path;
use thiserror::Error;

/// The page within a folder of results.
pub(super) const PAGE: &str = "report.html";

/// Why a scenario left no results.
#[derive(Debug, Error)]
pub(super) enum RunError {
    #[error("{0}; nothing was written")]
    Interrupted(#[from] Interrupted),
    #[error("none of the {draws} draws has an equilibrium; the first failed in {period}, sector {sector}: {reason}")]
    NothingSolved { draws: u64, period: String, sector: String, reason: String },
    #[error("{0}; the run itself was written, without indices")]
    NoIndices(Interrupted),
    #[error("stopped after {done} of {points} points of the grid, which stand in their folders; there is no sweep.csv")]
    SweepStopped { done: usize, points: usize },
    /// What was right when all was checked, and is no longer: files have changed since.
    #[error("{0}")]
    Input(String),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Page(#[from] PageError),
}

impl RunError {
    pub(super) fn ending(&self) -> Ending {
        match self {
            RunError::Interrupted(Interrupted::KeepingDraws(_)) | RunError::Output(_) | RunError::Picture(PictureError::Output(_)) => {
                Ending::NotWritten
            }
            RunError::Input(_) => Ending::WrongInput,
            _ => Ending::Incomplete,
        }
    }
}

/// What of a run is wanted beside its tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub charts: bool,
    /// `report.html`.
    pub page: bool,
    pub headlines: bool,
    /// What a reader should be warned of.
    pub warnings: bool,
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
    pictures_and_page(&charts(findings), &Subject::new(findings), &folder, wanted, &manifest)?;
    if wanted.headlines {
        note(&headlines(findings, room_beside()));
    }
    let place = folder.place().to_path_buf();
    folder.finish(manifest)?;
    sweep::take_away_points(&place, 1)?;
    remarks(findings, wanted);
    let failed = failed_draws(results);
    if failed > 0 {
        note(&format!("warning: {failed} of {} draws have no equilibrium and are in no figure; failures.csv lists them", results.draws));
    }
    Ok(())
}

/// The figures of the charts and the words of the page, from which both can be made again; and both as far as they are wanted.
///
/// # Errors
/// If a chart cannot be drawn, or a file not be made.
pub(super) fn pictures_and_page(
    charts: &Charts,
    subject: &Subject,
    folder: &Folder,
    wanted: Wanted,
    manifest: &Manifest,
) -> Result<(), RunError> {
    keep_charts(charts, folder)?;
    keep_subject(subject, folder)?;
    let drawings = if wanted.charts || wanted.page { draw(charts)? } else { Drawings::new() };
    if wanted.charts {
        write_pictures(&drawings, |name, bytes| folder.write(name, bytes))?;
    }
    if wanted.page {
        let page = page(manifest, subject, charts, &drawings, |name| folder.read(name))?;
        folder.write(PAGE, page.as_bytes())?;
    }
    Ok(())
}

/// The last words of a command that leaves results: the page for who wants to read them, and on stdout, for a script too, their folder.
pub(super) fn tell_place(place: &Path, quiet: bool) -> Ending {
    if !quiet {
        note(&format!("report: {}", place.join(PAGE).display()));
    }
    say(&place.display().to_string())
}

/// What a reader should know before believing the figures.
fn remarks(findings: &Findings<'_>, wanted: Wanted) {
    let plan = findings.plan;
    if plan.sampler == Sampler::Quadrature {
        if wanted.headlines {
            note(&format!(
                "note: quadrature gives means and standard deviations ({} points): there are no quantiles, errors, drivers or charts",
                findings.results.draws
            ));
        }
        return;
    }
    if let (Some(asked), Some(least)) = (plan.precision, precision::least_sure(plan, &findings.results.outcomes)) {
        let (made, of) = (findings.results.draws, findings.results.asked);
        let error = if least.relative.is_finite() { format!("{:.2}%", 100.0 * least.relative) } else { "of unknown error".to_string() };
        let what = format!("{} in {}, {error}", plan.outcomes[least.outcome].name, findings.period(least.period));
        if least.relative >= asked && wanted.warnings {
            note(&format!("warning: precision of {:.2}% not reached in {made} draws; least sure: {what}", 100.0 * asked));
        } else if least.relative < asked && wanted.headlines {
            note(&format!("precision of {:.2}% reached after {made} of at most {of} draws; least sure: {what}", 100.0 * asked));
        }
    }
    if wanted.warnings {
        let results = findings.results;
        let leading = results.alive(results.quantile_draws).len() as u64;
        too_few(findings).into_iter().chain(thin_tables(leading, results.succeeded())).for_each(|warning| note(&warning));
    }
}

/// Quantiles that rest on too few draws beyond them, by the branches that they are of.
fn too_few(findings: &Findings<'_>) -> Option<String> {
    if findings.plan.outcomes.is_empty() {
        return None;
    }
    let names = std::iter::once("all draws").chain(findings.branches().iter().map(String::as_str));
    let thin = names.zip(findings.errors(0, 0)).filter_map(|(name, errors)| {
        let quantiles: Vec<String> = errors.too_few().map(|p| format!("p{:02.0}", 100.0 * p)).collect();
        (!quantiles.is_empty())
            .then(|| format!("{name} ({} draw{}): {}", errors.draws, if errors.draws == 1 { "" } else { "s" }, quantiles.join(", ")))
    });
    let thin: Vec<String> = thin.collect();
    (!thin.is_empty()).then(|| {
        format!(
            "warning: quantiles with fewer than {TOO_FEW} draws beyond them say little (errors.csv has their intervals): {}",
            thin.join("; ")
        )
    })
}

/// Quantiles of the wide tables that rest on too few draws, where memory holds the cells of no more.
fn thin_tables(leading: u64, draws: u64) -> Option<String> {
    (leading < draws && draws_beyond(leading, 0.05) < TOO_FEW).then(|| {
        format!(
            "warning: p05, p50 and p95 of flows.csv, prices.csv and the other wide tables rest on the first {leading} of {draws} draws, as many as fit memory, \
             with fewer than {TOO_FEW} of them beyond p05; their means rest on all. Declare an [[outcome]] for what matters, whose quantiles rest on far more, \
             or take fewer periods, regions or sectors"
        )
    })
}

/// What the run rests on.
pub(super) fn manifest(loaded: &Loaded, findings: &Findings<'_>) -> Manifest {
    let results = findings.results;
    let branch = |(at, label): (usize, &String)| BranchDraws { branch: label.clone(), draws: findings.branch_draws(at) };
    Manifest {
        tradewind: env!("CARGO_PKG_VERSION").into(),
        title: loaded.scenario.title.clone(),
        command: command("run", &[&loaded.scenario], loaded),
        scenario_files: loaded.scenario.files.clone(),
        baseline_files: loaded.baseline.files.clone(),
        closure: loaded.scenario.closure.word().into(),
        periods: loaded.scenario.periods.iter().map(|period| period.label.clone()).collect(),
        draws: results.draws,
        draws_asked: results.asked,
        sensitivity_rows: findings.attribution.as_ref().map(|attribution| attribution.rows),
        precision: loaded.plan.precision,
        repair_distance: loaded.plan.repair.as_ref().map(|repair| repair.distance),
        points: None,
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

/// What to type for these draws of these scenarios, without the folders that they stand in.
pub(super) fn command(verb: &str, scenarios: &[&Scenario], loaded: &Loaded) -> String {
    let file = |scenario: &&Scenario| scenario.path.file_name().map(|name| quoted(&name.to_string_lossy())).unwrap_or_default();
    let files: Vec<String> = scenarios.iter().map(file).collect();
    let Plan { draws, seed, sampler, .. } = &loaded.plan;
    format!("tradewind {verb} {} --draws {draws} --seed {seed} --sampler {}", files.join(" "), sampler.word())
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-".contains(c);
    if word.chars().all(plain) { word.to_string() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// Draws without an equilibrium, each once however many of its markets failed.
fn failed_draws(results: &Results) -> u64 {
    results.draws - results.succeeded()
}

#[cfg(test)]
mod tests {
    use super::thin_tables;

    #[test]
    fn ranges_of_wide_tables_that_rest_on_few_draws_are_warned_of() {
        let warning = thin_tables(20, 10_000).expect("one draw lies below p05");
        assert!(warning.contains("the first 20 of 10000 draws") && warning.contains("[[outcome]]"), "{warning}");
        assert!(thin_tables(199, 10_000).is_some());
        assert_eq!(thin_tables(200, 10_000), None);
        // All draws are there: what they are too few for is told of the outcomes.
        assert_eq!(thin_tables(64, 64), None);
    }
}
