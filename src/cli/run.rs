//! `run`: simulate scenarios, one folder of results each.

use super::loading::{self, Loaded, Overrides};
use super::progress;
use super::results::{self, RunError, Wanted};
use super::terminal::{complain, report, say, warn};
use super::{Ending, HowToRun, RunArgs};
use crate::findings::{Findings, branches};
use crate::numerics::Isa;
use crate::output::{Folder, KeptDraws};
use crate::simulation::{self, Control, Results};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn run(args: &RunArgs) -> Ending {
    let cancel = stop_when_asked();
    // What is wrong in any scenario is said before the first is run.
    let mut ending = Ending::Done;
    let mut ready = Vec::new();
    for path in &args.scenarios {
        match loading::load(path, overrides(&args.how)) {
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

/// One scenario from draws to files.
fn one(args: &RunArgs, loaded: &Loaded, cancel: &AtomicBool) -> Result<Results, RunError> {
    let Loaded { scenario, baseline, plan, .. } = loaded;
    let folder = Folder::create(&folder_of(args, &scenario.stem))?;
    let periods: Vec<String> = scenario.periods.iter().map(|period| period.label.clone()).collect();
    let results = simulate(args, loaded, cancel, &folder, &periods)?;
    let findings = Findings::new(scenario, baseline, plan, &results);
    let wanted = Wanted { charts: !args.how.no_plots, headlines: !args.how.quiet };
    results::write(&findings, folder, wanted, results::manifest(loaded, &findings))?;
    Ok(results)
}

/// The draws, with a bar on the terminal, and a table of them in `folder` if they are to be kept.
fn simulate(args: &RunArgs, loaded: &Loaded, cancel: &AtomicBool, folder: &Folder, periods: &[String]) -> Result<Results, RunError> {
    let plan = &loaded.plan;
    let mut kept = match args.keep_draws {
        Some(super::KeepFormat::Csv) => Some(KeptDraws::create(folder, plan, periods.to_vec(), branches::labels(&loaded.scenario.events))?),
        None => None,
    };
    let bar = progress::bar(plan.draws, args.how.quiet);
    let mut keep = kept.as_mut().map(|kept| |chunk: &_| kept.add(chunk).map_err(|error| error.to_string()));
    let control = Control {
        threads: args.how.threads.map(usize::from),
        isa: Isa::detect(),
        cancel,
        progress: &|draws| bar.inc(draws),
        enough: None,
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

/// A flag that Ctrl-C raises.
pub(super) fn stop_when_asked() -> Arc<AtomicBool> {
    let cancel = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&cancel);
    // Without a handler Ctrl-C still ends the programme, only less politely.
    let _ = ctrlc::set_handler(move || asked.store(true, Ordering::Relaxed));
    cancel
}

pub(super) fn overrides(how: &HowToRun) -> Overrides {
    Overrides { draws: how.draws, seed: how.seed, sampler: how.sampler.map(Into::into) }
}

fn folder_of(args: &RunArgs, stem: &str) -> PathBuf {
    args.how.out.join(stem)
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
