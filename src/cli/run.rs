//! `run`: simulate scenarios, one folder of results each.

use super::loading::{self, Loaded, Overrides};
use super::progress;
use super::terminal::{complain, note, report, say, warn};
use super::{Ending, RunArgs};
use crate::findings::Findings;
use crate::numerics::Isa;
use crate::output::{Folder, KeptDraws, Manifest, OutputError, write_tables};
use crate::report::{PictureError, headlines, write_charts};
use crate::simulation::{self, Control, Interrupted, Results};
use crate::uncertainty::Sampler;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

pub(super) fn run(args: &RunArgs) -> Ending {
    let cancel = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&cancel);
    // Without a handler Ctrl-C still ends the programme, only less politely.
    let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));

    // What is wrong in any scenario is said before the first is run.
    let mut ending = Ending::Done;
    let mut ready = Vec::new();
    for path in &args.scenarios {
        match loading::load(path, overrides(args)) {
            Ok(loaded) => {
                warn(&loaded.warnings);
                ready.push(loaded);
            }
            Err(wrong) => {
                report(&wrong);
                ending = Ending::WrongInput;
            }
        }
    }
    if let Some((one, other)) = namesakes(&ready) {
        complain(&format!(
            "{} and {} would leave their results in the same folder, {}; rename one of them",
            one.display(),
            other.display(),
            folder_of(args, &stem(&one)).display()
        ));
        return Ending::WrongInput;
    }
    for (done, loaded) in (1..).zip(&ready) {
        let this = match one(args, loaded, &cancel) {
            Ok(results) => {
                let ending = say(&format!("{}", folder_of(args, &loaded.scenario.stem).display()));
                if results.failures.is_empty() { ending } else { ending.max(Ending::SomeDrawsFailed) }
            }
            Err(error) => {
                complain(&error.to_string());
                error.ending()
            }
        };
        ending = ending.max(this);
        // Asked to stop once the draws were done: this scenario is whole, and the others are not begun.
        if cancel.load(Ordering::Relaxed) && done < ready.len() {
            complain(&format!("stopped; scenarios not run: {}", ready.len() - done));
            return ending.max(Ending::Incomplete);
        }
    }
    ending
}

/// Why a scenario left no results.
#[derive(Debug, Error)]
enum RunError {
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
    fn ending(&self) -> Ending {
        match self {
            RunError::Interrupted(Interrupted::KeepingDraws(_)) | RunError::Output(_) | RunError::Picture(PictureError::Output(_)) => {
                Ending::NotWritten
            }
            _ => Ending::Incomplete,
        }
    }
}

/// One scenario from draws to files.
fn one(args: &RunArgs, loaded: &Loaded, cancel: &AtomicBool) -> Result<Results, RunError> {
    let Loaded { scenario, baseline, plan, .. } = loaded;
    let folder = Folder::create(&folder_of(args, &scenario.stem))?;
    let periods: Vec<String> = scenario.periods.iter().map(|period| period.label.clone()).collect();
    let results = simulate(args, loaded, cancel, &folder, &periods)?;
    if let (0, Some(first)) = (results.succeeded(), results.failures.first()) {
        return Err(RunError::NothingSolved {
            draws: results.draws,
            period: periods[first.period].clone(),
            sector: baseline.sectors[first.sector].code.clone(),
            reason: first.failure.to_string(),
        });
    }
    let findings = Findings::new(scenario, baseline, plan, &results);
    write_tables(&findings, &folder)?;
    if !args.no_plots {
        write_charts(&findings, &folder)?;
    }
    if !args.quiet {
        note(&headlines(&findings));
    }
    let manifest = manifest(loaded, &results, periods);
    folder.finish(manifest)?;
    if failed_draws(&results) > 0 {
        note(&format!(
            "warning: {} of {} draws have no equilibrium and are in no figure; failures.csv lists them",
            failed_draws(&results),
            results.draws
        ));
    }
    Ok(results)
}

/// The draws, with a bar on the terminal, and a table of them in `folder` if they are to be kept.
fn simulate(args: &RunArgs, loaded: &Loaded, cancel: &AtomicBool, folder: &Folder, periods: &[String]) -> Result<Results, RunError> {
    let plan = &loaded.plan;
    let mut kept = match args.keep_draws {
        Some(super::KeepFormat::Csv) => Some(KeptDraws::create(folder, plan, periods.to_vec())?),
        None => None,
    };
    let bar = progress::bar(plan.draws, args.quiet);
    let mut keep = kept.as_mut().map(|kept| |chunk: &_| kept.add(chunk).map_err(|error| error.to_string()));
    let control = Control {
        threads: args.threads.map(usize::from),
        isa: Isa::detect(),
        cancel,
        progress: &|draws| bar.inc(draws),
        keep: keep.as_mut().map(|keep| keep as _),
    };
    let results = simulation::run(plan, control);
    bar.finish_and_clear();
    let results = results?;
    if let Some(kept) = kept {
        kept.finish()?;
    }
    Ok(results)
}

fn manifest(loaded: &Loaded, results: &Results, periods: Vec<String>) -> Manifest {
    Manifest {
        tradewind: env!("CARGO_PKG_VERSION").into(),
        title: loaded.scenario.title.clone(),
        scenario_files: loaded.scenario.files.clone(),
        baseline_files: loaded.baseline.files.clone(),
        closure: "partial".into(),
        periods,
        draws: results.draws,
        seed: loaded.plan.seed,
        sampler: match loaded.plan.sampler {
            Sampler::Sobol => "sobol".into(),
            Sampler::Random => "random".into(),
        },
        quantile_draws: results.quantile_draws as u64,
        outcome_draws: results.outcome_draws as u64,
        failures: failed_draws(results),
        results: Vec::new(),
    }
}

/// Draws without an equilibrium, each once however many of its markets failed.
fn failed_draws(results: &Results) -> u64 {
    results.draws - results.succeeded()
}

fn overrides(args: &RunArgs) -> Overrides {
    Overrides { draws: args.draws, seed: args.seed, sampler: args.sampler.map(Into::into) }
}

fn folder_of(args: &RunArgs, stem: &str) -> PathBuf {
    args.out.join(stem)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Two scenarios whose results would meet in one folder.
fn namesakes(ready: &[Loaded]) -> Option<(PathBuf, PathBuf)> {
    let mut seen: HashMap<&str, &Path> = HashMap::new();
    for loaded in ready {
        if let Some(earlier) = seen.insert(&loaded.scenario.stem, &loaded.scenario.path) {
            return Some((earlier.to_path_buf(), loaded.scenario.path.clone()));
        }
    }
    None
}
