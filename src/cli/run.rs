//! `run`: simulate scenarios, one folder of results each.

use super::earlier::{Next, warn_of_loss};
use super::loading::{self, Loaded, Opened, Overrides};
use super::progress;
use super::results::{self, RunError, Wanted};
use super::sweep;
use super::terminal::{complain, report, warn};
use super::{Ending, HowToRun, RunArgs, watch};
use crate::diagnostics::Diagnostics;
use crate::findings::{Findings, branches, precision};
use crate::numerics::Isa;
use crate::output::{Folder, KeptDraws};
use crate::simulation::{self, Control, OutcomeColumn, Results};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A scenario file whose every run is known to be possible.
enum Job {
    Scenario(Box<Loaded>),
    /// A grid, whose points are compiled when their turn comes.
    Grid {
        stem: String,
        opened: Box<Opened>,
    },
}

pub(super) fn run(args: &RunArgs) -> Ending {
    if args.watch {
        return watch::watch(args);
    }
    let cancel = stop_when_asked();
    // What is wrong in any scenario is said before the first is run.
    let mut ending = Ending::Done;
    let mut ready: Vec<(PathBuf, Job)> = Vec::new();
    for path in &args.scenarios {
        match prepare(path, overrides(&args.how)) {
            Ok(job) => ready.push((path.clone(), job)),
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
            folder_of(args, &stem(one)).display()
        ));
        return Ending::WrongInput;
    }
    for (done, (_, job)) in (1..).zip(&ready) {
        let place = folder_of(args, job.stem());
        let this = match job {
            Job::Scenario(loaded) => {
                let wanted = Wanted { charts: !args.how.no_plots, page: true, headlines: !args.how.quiet, warnings: true };
                one(args, loaded, &place, wanted, &cancel, |_| ())
            }
            Job::Grid { opened, .. } => sweep::run(args, opened, &place, &cancel),
        };
        let this = match this {
            Ok(some_failed) => {
                let ending = results::tell_place(&place, args.how.quiet);
                if some_failed { ending.max(Ending::SomeDrawsFailed) } else { ending }
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

impl Job {
    fn stem(&self) -> &str {
        match self {
            Job::Scenario(loaded) => &loaded.scenario.stem,
            Job::Grid { stem, .. } => stem,
        }
    }
}

fn prepare(path: &Path, overrides: Overrides) -> Result<Job, Diagnostics> {
    let opened = loading::open(path)?;
    if opened.points.is_empty() {
        let loaded = opened.load(&opened.document, overrides)?;
        warn(&loaded.warnings);
        return Ok(Job::Scenario(Box::new(loaded)));
    }
    warn(&opened.check_points(overrides)?);
    Ok(Job::Grid { stem: stem(path), opened: Box::new(opened) })
}

/// One scenario from draws to files in `place`; `look` is shown the findings. Whether some draws failed.
pub(super) fn one(
    args: &RunArgs,
    loaded: &Loaded,
    place: &Path,
    wanted: Wanted,
    cancel: &AtomicBool,
    look: impl FnOnce(&Findings<'_>),
) -> Result<bool, RunError> {
    let Loaded { scenario, baseline, plan, .. } = loaded;
    if wanted.warnings {
        warn_of_loss(place, &Next { one: Some(loaded), indices: false, draws: args.keep_draws.is_some() });
    }
    let folder = Folder::create(place)?;
    let results = simulate(&args.how, loaded, cancel, args.keep_draws.map(|_| &folder))?;
    let findings = Findings::new(scenario, baseline, plan, &results);
    look(&findings);
    results::write(&findings, folder, wanted, results::manifest(loaded, &findings))?;
    Ok(!results.failures.is_empty())
}

/// The draws, with a bar on the terminal, and a table of them in `keep_in` if they are to be kept.
pub(super) fn simulate(how: &HowToRun, loaded: &Loaded, cancel: &AtomicBool, keep_in: Option<&Folder>) -> Result<Results, RunError> {
    let Loaded { scenario, plan, .. } = loaded;
    let periods = || scenario.periods.iter().map(|period| period.label.clone()).collect();
    let kept = keep_in.map(|folder| KeptDraws::create(folder, plan, periods(), branches::labels(&scenario.events)));
    let mut kept = kept.transpose()?;
    let bar = progress::bar(plan.draws, how.quiet);
    let mut keep = kept.as_mut().map(|kept| |chunk: &_| kept.add(chunk).map_err(|error| error.to_string()));
    let enough = |columns: &[OutcomeColumn]| precision::is_reached(plan, columns);
    let control = Control {
        threads: how.threads.map(usize::from),
        isa: Isa::detect(),
        cancel,
        progress: &|draws| bar.inc(draws),
        enough: Some(&enough),
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

pub(super) fn folder_of(args: &RunArgs, stem: &str) -> PathBuf {
    args.how.out.join(stem)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Two scenarios whose results would meet in one folder.
fn namesakes(ready: &[(PathBuf, Job)]) -> Option<(&Path, &Path)> {
    let mut seen: HashMap<&str, &Path> = HashMap::new();
    ready.iter().find_map(|(path, job)| seen.insert(job.stem(), path).map(|earlier| (earlier, path.as_path())))
}
