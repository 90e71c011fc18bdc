//! What a run found: every figure that a table or a chart shows, once, with its name, unit and range.
//!
//! [`summary`] digests the declared outcomes, [`cells`] the wide tables. Nothing here is drawn or written.

pub mod cells;
pub mod summary;

pub use cells::{CellFigures, Cells};
pub use summary::Summary;

use crate::baseline::Baseline;
use crate::scenario::Scenario;
use crate::simulation::{Plan, Results};

/// What the figures of a run are changes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Against {
    /// The base year: levels are levels.
    BaseYear,
    /// Another scenario, by its title: every figure is a difference from it, draw by draw.
    Scenario(String),
}

/// A finished run with all that gives its figures a meaning.
pub struct Findings<'a> {
    pub against: Against,
    pub scenario: &'a Scenario,
    pub baseline: &'a Baseline,
    pub plan: &'a Plan,
    pub results: &'a Results,
    /// By column of the plan.
    pub summaries: Vec<Summary>,
    pub cells: Cells,
}

impl<'a> Findings<'a> {
    /// Digests a run. The figures do not depend on the threads that compute them.
    pub fn new(against: Against, scenario: &'a Scenario, baseline: &'a Baseline, plan: &'a Plan, results: &'a Results) -> Self {
        let summaries = summary::all(plan, results);
        let cells = Cells::new(plan, results);
        Findings { against, scenario, baseline, plan, results, summaries, cells }
    }

    pub fn summary(&self, outcome: usize, period: usize) -> &Summary {
        &self.summaries[self.plan.column(outcome, period)]
    }

    /// The outcome's measure in the base year.
    pub fn base_year(&self, outcome: usize) -> &Summary {
        &self.summaries[self.plan.base_column(outcome)]
    }

    /// An outcome's draws in one period.
    pub fn draws(&self, outcome: usize, period: usize) -> &[f64] {
        &self.results.outcomes[self.plan.column(outcome, period)].values
    }

    /// A base-year figure, to which changes are added; nothing where figures are differences between scenarios.
    pub fn level(&self, base: f64) -> f64 {
        if self.against == Against::BaseYear { base } else { 0.0 }
    }

    /// The period's label.
    pub fn period(&self, period: usize) -> &str {
        &self.scenario.periods[period].label
    }

    /// The code of a region.
    pub fn region(&self, region: usize) -> &str {
        &self.baseline.regions[region].code
    }

    /// The code of a sector; `all` for the sum over sectors.
    pub fn sector(&self, sector: Option<usize>) -> &str {
        sector.map_or("all", |sector| &self.baseline.sectors[sector].code)
    }
}
