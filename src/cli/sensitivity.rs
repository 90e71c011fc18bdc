//! `sensitivity`: a run, and how the variance of its outcomes divides among the uncertain numbers.

use super::earlier::{Next, warn_of_loss};
use super::loading::{self, Loaded};
use super::results::{self, RunError, Wanted};
use super::run::{overrides, simulate, stop_when_asked};
use super::terminal::{complain, note, report, warn};
use super::{Ending, SensitivityArgs, progress};
use crate::diagnostics::Diagnostics;
use crate::findings::Findings;
use crate::findings::attribution::{Effort, Trial};
use crate::numerics::Isa;
use crate::output::Folder;
use crate::report::drivers_table;
use crate::simulation::{Control, Evaluator, Results};
use crate::uncertainty::Sampler;
use std::sync::atomic::AtomicBool;

pub(super) fn sensitivity(args: &SensitivityArgs) -> Ending {
    let cancel = stop_when_asked();
    let loaded = match whole(args) {
        Ok(loaded) => loaded,
        Err(wrong) => {
            report(&wrong);
            return Ending::WrongInput;
        }
    };
    warn(&loaded.warnings);
    let path = args.scenario.display();
    if loaded.plan.sampler == Sampler::Quadrature {
        complain(&format!("{path}: a quadrature has no draws to divide a variance by; add --sampler sobol"));
        return Ending::WrongInput;
    }
    if loaded.plan.world.parameters.is_empty() {
        complain(&format!("{path}: no number is uncertain, so there is no variance to divide; write a distribution where a number stands"));
        return Ending::WrongInput;
    }
    match one(args, &loaded, &cancel) {
        Ok(results) => {
            let ending = results::tell_place(&args.how.out.join(&loaded.scenario.stem), args.how.quiet);
            if results.failures.is_empty() { ending } else { ending.max(Ending::SomeDrawsFailed) }
        }
        Err(error) => {
            complain(&error.to_string());
            error.ending()
        }
    }
}

/// The scenario, which must be one and not a grid.
fn whole(args: &SensitivityArgs) -> Result<Loaded, Diagnostics> {
    let opened = loading::open(&args.scenario)?;
    opened.refuse_grid("sensitivity")?;
    opened.load(&opened.document, overrides(&args.how))
}

fn one(args: &SensitivityArgs, loaded: &Loaded, cancel: &AtomicBool) -> Result<Results, RunError> {
    let Loaded { scenario, baseline, plan, .. } = loaded;
    let place = args.how.out.join(&scenario.stem);
    warn_of_loss(&place, &Next { one: Some(loaded), indices: true, draws: false });
    let folder = Folder::create(&place)?;
    let results = simulate(&args.how, loaded, cancel, None)?;
    let mut findings = Findings::new(scenario, baseline, plan, &results);
    let effort = Effort { rows: args.rows, inputs: (!args.all_inputs).then_some(args.inputs) };
    let trial = Trial::new(plan, &findings.drivers, effort);
    let bar = progress::bar(trial.evaluations(), args.how.quiet);
    let threads = args.how.threads.map(usize::from);
    let control = Control { threads, isa: Isa::detect(), cancel, progress: &|draws| bar.inc(draws), enough: None, keep: None };
    let attribution = Evaluator::new(plan, control).and_then(|evaluator| trial.run(&evaluator));
    bar.finish_and_clear();
    // Stopped half-way, the run itself is still whole.
    let stopped = attribution.map(|found| findings.attribution = Some(found)).err();
    let wanted = Wanted { charts: !args.how.no_plots, page: true, headlines: !args.how.quiet, warnings: true };
    let mut manifest = results::manifest(loaded, &findings);
    let inputs = if args.all_inputs { "--all-inputs".to_string() } else { format!("--inputs {}", args.inputs) };
    manifest.command = format!("{} --rows {} {inputs}", results::command("sensitivity", &[scenario], loaded), args.rows);
    results::write(&findings, folder, wanted, manifest)?;
    if let Some(stopped) = stopped {
        return Err(RunError::NoIndices(stopped));
    }
    if !args.how.quiet {
        note(&drivers_table(&findings));
    }
    Ok(results)
}
