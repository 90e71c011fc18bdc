//! A scenario with its baseline, read, checked and compiled; or all that is wrong with either.

use crate::baseline::{self, Baseline};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::scenario::{self, Reading, Scenario};
use crate::simulation::Plan;
use std::path::Path;

/// Settings that the command line sets instead of the scenario's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Overrides {
    pub draws: Option<u64>,
    pub seed: Option<u64>,
    pub sampler: Option<crate::uncertainty::Sampler>,
}

/// A scenario ready to run.
pub(super) struct Loaded {
    pub scenario: Scenario,
    pub baseline: Baseline,
    pub plan: Plan,
    pub warnings: Vec<Diagnostic>,
}

/// Reads the scenario at `path` and its baseline.
///
/// # Errors
/// All that is wrong with the scenario, with what it extends and with the baseline's tables.
pub(super) fn load(path: &Path, overrides: Overrides) -> Result<Loaded, Diagnostics> {
    let document = scenario::open(path)?;
    let (baseline, mut warnings) = match baseline::read(document.baseline_folder()) {
        Ok(read) => read,
        Err(mut wrong) => {
            wrong.absorb(document.errors_without_baseline());
            return Err(wrong);
        }
    };
    let (mut scenario, more) = document.resolve(&baseline)?;
    warnings.extend(more);
    let settings = &mut scenario.simulation;
    settings.draws = overrides.draws.unwrap_or(settings.draws);
    settings.seed = overrides.seed.unwrap_or(settings.seed);
    settings.sampler = overrides.sampler.unwrap_or(settings.sampler);
    let plan = Plan::compile(&scenario, &baseline);
    refuse_empty_outcomes(&scenario, &plan)?;
    Ok(Loaded { scenario, baseline, plan, warnings })
}

/// An outcome that counts nothing in the base year has no share and no percentage.
fn refuse_empty_outcomes(scenario: &Scenario, plan: &Plan) -> Result<(), Diagnostics> {
    let mut wrong = Diagnostics::default();
    for outcome in &plan.outcomes {
        let relative = outcome.reading == Reading::Percent;
        if outcome.counts_nothing() {
            let help = Some("name regions and sectors that trade in the base year, or remove the outcome".into());
            wrong.error_in(&scenario.path, format!("outcome \"{}\" counts nothing: the baseline has no such trade", outcome.name), help);
        } else if relative && outcome.central == 0.0 && !outcome.is_change() {
            let help = Some("write as = \"change\" or as = \"level\"".into());
            wrong.error_in(
                &scenario.path,
                format!("outcome \"{}\" is a percentage of nothing: it is zero in the base year", outcome.name),
                help,
            );
        }
    }
    if wrong.has_errors() { Err(wrong) } else { Ok(()) }
}
