//! A scenario with its baseline, read, checked and compiled; or all that is wrong with either.

use crate::baseline::{self, Baseline};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::scenario::{self, Document, Point, Reading, Scenario, Sweep};
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

/// A scenario file with its baseline, and the grid that it asks for.
pub(super) struct Opened {
    pub document: Document,
    baseline: Baseline,
    warnings: Vec<Diagnostic>,
    pub sweeps: Vec<Sweep>,
    /// None where nothing is swept.
    pub points: Vec<Point>,
}

/// Reads the scenario at `path` and its baseline.
///
/// # Errors
/// All that is wrong with the file's syntax and its sweeps, with what it extends and with the baseline's tables.
pub(super) fn open(path: &Path) -> Result<Opened, Diagnostics> {
    let document = scenario::open(path)?;
    let (baseline, warnings) = match baseline::read(document.baseline_folder()) {
        Ok(read) => read,
        Err(mut wrong) => {
            wrong.absorb(document.errors_without_baseline());
            return Err(wrong);
        }
    };
    // Sweeps that cannot be read are told of with all else that is wrong, when the scenario is resolved.
    let sweeps = document.sweeps().unwrap_or_default();
    let points = document.points().unwrap_or_default();
    Ok(Opened { document, baseline, warnings, sweeps, points })
}

impl Opened {
    /// The scenario at one point of the grid.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn load_point(&self, point: &Point, overrides: Overrides) -> Result<Loaded, Diagnostics> {
        self.load(&self.document.at(&self.sweeps, point), overrides)
    }

    /// Whether every point of the grid can be run: warnings, each once.
    ///
    /// # Errors
    /// All that is wrong with any, each once.
    pub(super) fn check_points(&self, overrides: Overrides) -> Result<Vec<Diagnostic>, Diagnostics> {
        let mut found = Diagnostics::default();
        let mut add = |item: Diagnostic| {
            let same = |known: &Diagnostic| (&known.message, &known.path, &known.span) == (&item.message, &item.path, &item.span);
            if !found.items.iter().any(same) {
                found.items.push(item);
            }
        };
        for point in &self.points {
            match self.load_point(point, overrides) {
                Ok(loaded) => loaded.warnings.into_iter().for_each(&mut add),
                Err(wrong) => wrong.items.into_iter().for_each(&mut add),
            }
        }
        if found.has_errors() { Err(found) } else { Ok(found.items) }
    }

    /// # Errors
    /// If the scenario is a grid, for a command that takes one scenario at a time.
    pub(super) fn refuse_grid(&self, command: &str) -> Result<(), Diagnostics> {
        let mut wrong = Diagnostics::default();
        if !self.points.is_empty() {
            let help = "remove [[sweep]], or write one scenario for each value, with extends";
            wrong.error_in(
                self.document.path(),
                format!("{command} takes one scenario, and this is a grid of {}", self.points.len()),
                Some(help.into()),
            );
        }
        if wrong.has_errors() { Err(wrong) } else { Ok(()) }
    }

    /// The scenario that `document` describes, on the baseline of this.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub(super) fn load(&self, document: &Document, overrides: Overrides) -> Result<Loaded, Diagnostics> {
        let (mut scenario, more) = document.resolve(&self.baseline)?;
        let mut warnings = self.warnings.clone();
        warnings.extend(more);
        let settings = &mut scenario.simulation;
        settings.draws = overrides.draws.unwrap_or(settings.draws);
        settings.seed = overrides.seed.unwrap_or(settings.seed);
        settings.sampler = overrides.sampler.unwrap_or(settings.sampler);
        let plan = Plan::compile(&scenario, &self.baseline)?;
        warnings.extend(repaired(&scenario, &plan));
        refuse_empty_outcomes(&scenario, &plan)?;
        Ok(Loaded { scenario, baseline: self.baseline.clone(), plan, warnings })
    }
}

/// That the correlations are not those asked for.
fn repaired(scenario: &Scenario, plan: &Plan) -> Option<Diagnostic> {
    let repair = plan.repair.as_ref()?;
    Some(Diagnostic {
        severity: Severity::Warning,
        message: repair.to_string(),
        source: None,
        path: scenario.path.clone(),
        span: None,
        help: Some("the nearest correlations that can be are drawn; correct the pairs, or keep repair = true".into()),
    })
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
