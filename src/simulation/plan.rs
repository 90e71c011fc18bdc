//! A run before it is run: the world, the design that draws it, and what is reported of every draw.

use super::outcomes::CompiledOutcome;
use super::tables::Tables;
use super::world::World;
use crate::baseline::Baseline;
use crate::scenario::Scenario;
use crate::uncertainty::{Design, Sampler};

/// A scenario on its baseline, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Plan {
    pub world: World,
    /// At most, where a precision is asked for.
    pub draws: u64,
    /// Every outcome's relative standard error at which the run may stop.
    pub precision: Option<f64>,
    pub seed: u64,
    pub sampler: Sampler,
    /// In the order of the scenario.
    pub outcomes: Vec<CompiledOutcome>,
    pub tables: Tables,
}

impl Plan {
    pub fn compile(scenario: &Scenario, baseline: &Baseline) -> Self {
        Self::compile_beside(scenario, baseline, &[])
    }

    /// As [`Plan::compile`], reporting also the exposure of `pairs` (exporter, market), so that what it reports is what another scenario's plan does.
    pub fn compile_beside(scenario: &Scenario, baseline: &Baseline, pairs: &[(usize, usize)]) -> Self {
        let world = World::compile(scenario, baseline);
        Plan {
            draws: scenario.simulation.draws,
            precision: scenario.simulation.precision,
            seed: scenario.simulation.seed,
            sampler: scenario.simulation.sampler,
            outcomes: scenario.outcomes.iter().map(|outcome| CompiledOutcome::compile(outcome, &world)).collect(),
            tables: Tables::compile(&world, pairs),
            world,
        }
    }

    /// Figures that a draw leaves: every outcome in every period, and in the base year.
    pub fn columns(&self) -> usize {
        self.outcomes.len() * (self.world.periods + 1)
    }

    /// Where an outcome stands among them in a period.
    pub fn column(&self, outcome: usize, period: usize) -> usize {
        outcome * self.world.periods + period
    }

    /// Where an outcome's measure in the base year stands among them, which differs by draw where the base year's route split is uncertain.
    pub fn base_column(&self, outcome: usize) -> usize {
        self.outcomes.len() * self.world.periods + outcome
    }

    /// Outcomes of events.
    pub fn branches(&self) -> usize {
        self.world.branches.branches.len()
    }

    /// The uniform numbers behind every parameter and draw.
    pub fn design(&self) -> Design {
        self.world.parameters.design(self.sampler, self.seed, self.draws)
    }
}
