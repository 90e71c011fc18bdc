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

/// A finished run with all that gives its figures a meaning.
pub struct Findings<'a> {
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
    pub fn new(scenario: &'a Scenario, baseline: &'a Baseline, plan: &'a Plan, results: &'a Results) -> Self {
        let summaries = summary::all(plan, results);
        let cells = Cells::new(plan, results);
        Findings { scenario, baseline, plan, results, summaries, cells }
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
