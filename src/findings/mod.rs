//! What a run found: every figure that a table or a chart shows, once, with its name, unit and range.
//!
//! [`summary`] digests the declared outcomes, [`branches`] the same by what came of each event, [`cells`] the wide tables; [`errors`] says how sure the figures are and [`precision`] whether
//! that is enough; [`drivers`] which inputs they hang on as far as the run's draws tell, and [`attribution`] by designs made for it; [`sweep`] sets the points of a grid side by side. Nothing here is drawn or written.

pub mod attribution;
pub mod branches;
pub mod cells;
pub mod drivers;
pub mod errors;
pub mod inputs;
pub mod precision;
pub mod summary;
pub mod sweep;

pub use cells::{CellFigures, Cells};
pub use summary::Summary;

use crate::baseline::Baseline;
use crate::scenario::{Closure, Event, Scenario};
use crate::simulation::{Difference, Plan, Results};
use crate::statistics::Estimate;
use crate::transport::RouteCost;
use attribution::Attribution;
use branches::Branches;
use drivers::Drivers;
use errors::{Errors, Worst};

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
    /// What captions call the model, where it is not the default; of two scenarios that have different ones, both.
    pub model: Option<String>,
    /// By column of the plan.
    pub summaries: Vec<Summary>,
    pub cells: Cells,
    /// What the spread hangs on, as far as the run's draws tell.
    pub drivers: Drivers,
    /// How the variance divides among inputs, where it was asked for.
    pub attribution: Option<Attribution>,
    /// Draws at each checkpoint, with every mean as it stood, by column of the plan.
    pub settling: Vec<(u64, Vec<Estimate>)>,
    errors: Vec<Vec<Errors>>,
    worst: Vec<Worst>,
    /// The two scenarios themselves, where the figures are differences between them.
    pub sides: Option<[Side; 2]>,
    branches: Branches,
}

/// One of two scenarios that are compared: its outcomes as they are.
pub struct Side {
    pub title: String,
    /// By column of the plan.
    pub summaries: Vec<Summary>,
}

impl<'a> Findings<'a> {
    /// Digests a run. The figures do not depend on the threads that compute them.
    pub fn new(scenario: &'a Scenario, baseline: &'a Baseline, plan: &'a Plan, results: &'a Results) -> Self {
        Self::digest(Against::BaseYear, scenario, baseline, plan, results, &scenario.events)
    }

    /// Digests the differences of a scenario from another. Branches are those of its own events, or of the other's where it has none.
    pub fn less(from: &Scenario, scenario: &'a Scenario, baseline: &'a Baseline, plan: &'a Plan, difference: &'a Difference) -> Self {
        let events = if scenario.events.is_empty() { &from.events } else { &scenario.events };
        let against = Against::Scenario(from.title.clone());
        let side = |title: &str, results| Side { title: title.to_string(), summaries: summary::all(plan, results) };
        let sides = Some([side(&from.title, &difference.first), side(&scenario.title, &difference.second)]);
        let models = format!("{} less {}", scenario.closure.name(), from.closure.name());
        let model = if scenario.closure == from.closure { called(scenario.closure) } else { Some(models) };
        Findings { sides, model, ..Self::digest(against, scenario, baseline, plan, &difference.less, events) }
    }

    fn digest(
        against: Against,
        scenario: &'a Scenario,
        baseline: &'a Baseline,
        plan: &'a Plan,
        results: &'a Results,
        events: &[Event],
    ) -> Self {
        Findings {
            worst: errors::worst(plan, results, against == Against::BaseYear),
            against,
            scenario,
            baseline,
            plan,
            results,
            model: called(scenario.closure),
            summaries: summary::all(plan, results),
            cells: Cells::new(plan, results),
            drivers: Drivers::new(plan, results),
            attribution: None,
            settling: errors::settling(plan, results),
            errors: errors::all(plan, results),
            sides: None,
            branches: Branches::new(events, plan, results),
        }
    }

    /// How sure an outcome's figures are: over all draws, then branch by branch.
    pub fn errors(&self, outcome: usize, period: usize) -> &[Errors] {
        &self.errors[self.plan.column(outcome, period)]
    }

    /// What an outcome's worst draws say.
    pub fn worst(&self, outcome: usize, period: usize) -> &Worst {
        &self.worst[self.plan.column(outcome, period)]
    }

    pub fn summary(&self, outcome: usize, period: usize) -> &Summary {
        &self.summaries[self.plan.column(outcome, period)]
    }

    /// What the outcomes of events are called, in their order; none where nothing can happen.
    pub fn branches(&self) -> &[String] {
        self.branches.labels()
    }

    /// The branches as a chart names them.
    pub fn branch_titles(&self) -> &[String] {
        self.branches.titles()
    }

    /// An outcome in one period over the draws of one branch; NaN where there are none.
    pub fn branch_summary(&self, outcome: usize, period: usize, branch: usize) -> &Summary {
        self.branches.summary(self.plan.column(outcome, period), branch)
    }

    /// The draws of one branch that succeeded.
    pub fn branch_draws(&self, branch: usize) -> u64 {
        if self.plan.outcomes.is_empty() { 0 } else { self.branches.summary(0, branch).draws }
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

    /// A route by its place among those of its pair: the baseline's, then the services of the scenario.
    pub fn route(&self, exporter: usize, importer: usize, route: usize) -> Option<&'a RouteCost> {
        let corridor = self.plan.world.network.corridors.iter().find(|c| (c.exporter, c.importer) == (exporter, importer))?;
        corridor.routes.get(route)
    }

    /// The code of a sector; `all` for the sum over sectors.
    pub fn sector(&self, sector: Option<usize>) -> &str {
        sector.map_or("all", |sector| &self.baseline.sectors[sector].code)
    }
}

/// A closure other than the default, by its name.
fn called(closure: Closure) -> Option<String> {
    (closure != Closure::Partial).then(|| closure.name().to_string())
}
