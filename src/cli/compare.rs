//! `compare`: the same draws through each scenario, and the distribution of the differences from the first.

use super::loading::{self, Loaded, Overrides};
use super::results::{self, RunError, Wanted};
use super::run::{overrides, stop_when_asked};
use super::terminal::{complain, report, warn};
use super::{CompareArgs, Ending, progress};
use crate::findings::{Findings, precision};
use crate::numerics::Isa;
use crate::output::Folder;
use crate::scenario::{Scenario, with_same_services};
use crate::simulation::{Control, OutcomeColumn, Plan, Results, run_difference};
use crate::uncertainty::Sampler;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn compare(args: &CompareArgs) -> Ending {
    let cancel = stop_when_asked();
    let Some((first, others)) = args.scenarios.split_first() else { return Ending::WrongInput };
    let mut ending = Ending::Done;
    let load = |path: &PathBuf, overrides: Overrides| {
        let opened = loading::open(path)?;
        opened.refuse_grid("compare")?;
        opened.load(&opened.document, overrides)
    };
    let mut read = |path: &PathBuf, overrides: Overrides| match load(path, overrides) {
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
    let mut pairs = Vec::with_capacity(others.len());
    for other in &others {
        match comparable(&from, other) {
            Ok((first, second)) => pairs.push(Pair { first, second, other }),
            Err(reason) => {
                complain(&reason);
                return Ending::WrongInput;
            }
        }
    }
    for pair in &pairs {
        let other = pair.other;
        let place = args.how.out.join(format!("{}-vs-{}", from.scenario.stem, other.scenario.stem));
        let this = match one(args, &from, pair, place.clone(), &cancel) {
            Ok(results) => {
                let ending = results::tell_place(&place, args.how.quiet);
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

/// A scenario beside the first, both with the services and outcomes of either.
struct Pair<'l> {
    first: Scenario,
    second: Scenario,
    other: &'l Loaded,
}

/// Two scenarios in the same shape, or why they have no differences.
fn comparable(from: &Loaded, other: &Loaded) -> Result<(Scenario, Scenario), String> {
    let (a, b) = (from.scenario.path.display(), other.scenario.path.display());
    if from.baseline.files != other.baseline.files {
        return Err(format!("{a} and {b} stand on different baselines; compare scenarios of one baseline"));
    }
    let labels = |loaded: &Loaded| loaded.scenario.periods.iter().map(|period| period.label.clone()).collect::<Vec<_>>();
    let (of_a, of_b) = (labels(from), labels(other));
    if of_a != of_b {
        return Err(format!("{a} has the periods {}, {b} has {}; give both the same `periods`", of_a.join(", "), of_b.join(", ")));
    }
    if from.plan.sampler == Sampler::Quadrature && uncertain(from) != uncertain(other) {
        let why = "quadrature lays out its points for all of a scenario's uncertain numbers together, and these are not the same";
        return Err(format!("{a} and {b} have no points in common: {why}; add --sampler sobol"));
    }
    let (mut first, mut second) = with_same_services(&from.scenario, &other.scenario)?;
    let known = |name: &str| from.scenario.outcomes.iter().any(|outcome| outcome.name == name);
    first.outcomes.extend(other.scenario.outcomes.iter().filter(|outcome| !known(&outcome.name)).cloned());
    second.outcomes.clone_from(&first.outcomes);
    Ok((first, second))
}

/// The paths of a scenario's uncertain numbers, each once.
fn uncertain(loaded: &Loaded) -> BTreeSet<&str> {
    loaded.plan.world.parameters.iter().map(|uncertain| uncertain.path.as_str()).collect()
}

/// One difference from draws to files.
fn one(args: &CompareArgs, from: &Loaded, pair: &Pair<'_>, place: PathBuf, cancel: &AtomicBool) -> Result<Results, RunError> {
    let folder = Folder::create(&place)?;
    let Pair { first, second, other } = pair;
    let exposed: Vec<(usize, usize)> = from.plan.world.exposed_pairs().into_iter().chain(other.plan.world.exposed_pairs()).collect();
    let plan =
        |scenario: &Scenario| Plan::compile_beside(scenario, &other.baseline, &exposed).map_err(|wrong| RunError::Input(wrong.to_string()));
    let (plan_from, mut plan) = (plan(first)?, plan(second)?);
    plan.world.tell_periods_apart_as(&plan_from.world);
    // As the number of draws, so their precision is the first scenario's; it is that of the difference.
    plan.precision = plan_from.precision;

    let bar = progress::bar(plan.draws, args.how.quiet);
    let enough = |columns: &[OutcomeColumn]| precision::is_reached(&plan, columns);
    let control = Control {
        threads: args.how.threads.map(usize::from),
        isa: Isa::detect(),
        cancel,
        progress: &|draws| bar.inc(draws),
        enough: Some(&enough),
        keep: None,
    };
    let difference = run_difference(&plan_from, &plan, control);
    bar.finish_and_clear();
    let difference = difference?;
    let findings = Findings::less(first, second, &other.baseline, &plan, &difference);
    let wanted = Wanted { charts: !args.how.no_plots, page: true, headlines: !args.how.quiet, warnings: true };
    let mut manifest = results::manifest(other, &findings);
    manifest.scenario_files = from.scenario.files.iter().chain(&other.scenario.files).cloned().collect();
    manifest.command = results::command("compare", &[&from.scenario, &other.scenario], other);
    manifest.title = format!("{} less {}", other.scenario.title, from.scenario.title);
    results::write(&findings, folder, wanted, manifest)?;
    Ok(difference.less)
}
