//! `compare`: the same draws through each scenario, and the distribution of the differences from the first.

use super::loading::{self, Loaded, Overrides};
use super::results::{self, RunError, Wanted};
use super::run::{overrides, stop_when_asked};
use super::terminal::{complain, report, say, warn};
use super::{CompareArgs, Ending, progress};
use crate::findings::{Against, Findings};
use crate::numerics::Isa;
use crate::output::Folder;
use crate::scenario::Scenario;
use crate::simulation::{Control, Plan, Results, run_difference};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn compare(args: &CompareArgs) -> Ending {
    let cancel = stop_when_asked();
    let Some((first, others)) = args.scenarios.split_first() else { return Ending::WrongInput };
    let mut ending = Ending::Done;
    let mut read = |path: &PathBuf, overrides: Overrides| match loading::load(path, overrides) {
        Ok(loaded) => {
            warn(&loaded.warnings);
            Some(loaded)
        }
        Err(wrong) => {
            report(&wrong);
            ending = Ending::WrongInput;
            None
        }
    };
    let from = read(first, overrides(&args.how));
    // The draws are the first scenario's: its number, seed and design hold for all.
    let same = from.as_ref().map_or(Overrides::default(), |from| Overrides {
        draws: Some(from.plan.draws),
        seed: Some(from.plan.seed),
        sampler: Some(from.plan.sampler),
    });
    let others: Vec<Loaded> = others.iter().filter_map(|path| read(path, same)).collect();
    let Some(from) = from.filter(|_| ending == Ending::Done) else { return ending };
    for other in &others {
        if let Some(reason) = incomparable(&from, other) {
            complain(&reason);
            return Ending::WrongInput;
        }
    }
    for other in &others {
        let place = args.how.out.join(format!("{}-vs-{}", from.scenario.stem, other.scenario.stem));
        let this = match one(args, &from, other, place.clone(), &cancel) {
            Ok(results) => {
                let ending = say(&place.display().to_string());
                if results.failures.is_empty() { ending } else { ending.max(Ending::SomeDrawsFailed) }
            }
            Err(error) => {
                complain(&error.to_string());
                error.ending()
            }
        };
        ending = ending.max(this);
        if cancel.load(Ordering::Relaxed) {
            break;
        }
    }
    ending
}

/// Why two scenarios have no differences, if they have none.
fn incomparable(from: &Loaded, other: &Loaded) -> Option<String> {
    let (a, b) = (from.scenario.path.display(), other.scenario.path.display());
    if from.baseline.files != other.baseline.files {
        return Some(format!("{a} and {b} stand on different baselines; compare scenarios of one baseline"));
    }
    let labels = |loaded: &Loaded| loaded.scenario.periods.iter().map(|period| period.label.clone()).collect::<Vec<_>>();
    let (of_a, of_b) = (labels(from), labels(other));
    (of_a != of_b).then(|| format!("{a} has the periods {}, {b} has {}; give both the same `periods`", of_a.join(", "), of_b.join(", ")))
}

/// One difference from draws to files.
fn one(args: &CompareArgs, from: &Loaded, other: &Loaded, place: PathBuf, cancel: &AtomicBool) -> Result<Results, RunError> {
    let folder = Folder::create(&place)?;
    let outcomes = {
        let mut outcomes = from.scenario.outcomes.clone();
        outcomes
            .extend(other.scenario.outcomes.iter().filter(|o| !from.scenario.outcomes.iter().any(|known| known.name == o.name)).cloned());
        outcomes
    };
    let exposed: Vec<(usize, usize)> = from.plan.world.exposed_pairs().into_iter().chain(other.plan.world.exposed_pairs()).collect();
    let plan = |loaded: &Loaded| {
        let scenario = Scenario { outcomes: outcomes.clone(), ..loaded.scenario.clone() };
        Plan::compile_beside(&scenario, &loaded.baseline, &exposed)
    };
    let (plan_from, mut plan) = (plan(from), plan(other));
    plan.world.tell_periods_apart_as(&plan_from.world);

    let bar = progress::bar(plan.draws, args.how.quiet);
    let control =
        Control { threads: args.how.threads.map(usize::from), isa: Isa::detect(), cancel, progress: &|draws| bar.inc(draws), keep: None };
    let results = run_difference(&plan_from, &plan, control);
    bar.finish_and_clear();
    let results = results?;
    let findings = Findings::new(Against::Scenario(from.scenario.title.clone()), &other.scenario, &other.baseline, &plan, &results);
    let wanted = Wanted { charts: !args.how.no_plots, headlines: !args.how.quiet };
    let mut manifest = results::manifest(other, &results);
    manifest.scenario_files = from.scenario.files.iter().chain(&other.scenario.files).cloned().collect();
    manifest.title = format!("{} less {}", other.scenario.title, from.scenario.title);
    results::write(&findings, folder, wanted, manifest)?;
    Ok(results)
}
