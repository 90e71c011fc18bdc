//! A run before it is run: the world, the design that draws it, and what is reported of every draw.

use super::outcomes::CompiledOutcome;
use super::tables::Tables;
use super::world::World;
use crate::baseline::Baseline;
use crate::diagnostics::Diagnostics;
use crate::scenario::Scenario;
use crate::uncertainty::{Dependence, Design, Pair, Parameters, Repair, Sampler};

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
    /// How far the correlations that are drawn are from those asked for, where these could not be.
    pub repair: Option<Repair>,
    /// In the order of the scenario.
    pub outcomes: Vec<CompiledOutcome>,
    pub tables: Tables,
}

impl Plan {
    /// # Errors
    /// What only shows once all of a run's uncertain numbers are known: correlations between numbers that it has not, or that cannot be; numbers that a quadrature
    /// cannot take.
    pub fn compile(scenario: &Scenario, baseline: &Baseline) -> Result<Self, Diagnostics> {
        Self::compile_beside(scenario, baseline, &[])
    }

    /// As [`Plan::compile`], reporting also the exposure of `pairs` (exporter, market), so that what it reports is what another scenario's plan does.
    ///
    /// # Errors
    /// As [`Plan::compile`].
    pub fn compile_beside(scenario: &Scenario, baseline: &Baseline, pairs: &[(usize, usize)]) -> Result<Self, Diagnostics> {
        let mut world = World::compile(scenario, baseline);
        let repair = correlate(scenario, &mut world.parameters)?;
        let draws = match scenario.simulation.sampler {
            Sampler::Quadrature => quadrature_points(scenario, &world.parameters)?,
            _ => scenario.simulation.draws,
        };
        Ok(Plan {
            draws,
            repair,
            precision: scenario.simulation.precision,
            seed: scenario.simulation.seed,
            sampler: scenario.simulation.sampler,
            outcomes: scenario.outcomes.iter().map(|outcome| CompiledOutcome::compile(outcome, &world)).collect(),
            tables: Tables::compile(&world, pairs),
            world,
        })
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

/// Joins the numbers that the scenario says go together.
fn correlate(scenario: &Scenario, parameters: &mut Parameters) -> Result<Option<Repair>, Diagnostics> {
    let Some(correlation) = &scenario.correlation else { return Ok(None) };
    let paths: Vec<&str> = parameters.iter().map(|uncertain| uncertain.path.as_str()).collect();
    let found = correlation.pairs_of(&paths)?;
    let pairs: Vec<Pair> = found.iter().map(|&(first, second, spearman, _)| Pair { first, second, spearman }).collect();
    let compiled = Dependence::compile(parameters, correlation.copula, &pairs, correlation.repair);
    let (dependence, repair) = compiled.map_err(|wrong| {
        let mut all = Diagnostics::default();
        for impossible in wrong {
            // Blamed on the last of the pairs at fault: with the others alone there would be nothing wrong.
            let at = impossible.pairs.last().and_then(|&pair| found.get(pair)).map_or(0, |&(_, _, _, written)| written);
            let help = "correct a correlation, or write repair = true to take the nearest that can be".to_string();
            all.absorb(correlation.place_error(at, impossible.to_string(), Some(help)));
        }
        all
    })?;
    parameters.correlate(dependence);
    Ok(repair)
}

/// The points of a quadrature, or why some number cannot be taken so.
fn quadrature_points(scenario: &Scenario, parameters: &Parameters) -> Result<u64, Diagnostics> {
    parameters.refuse_quadrature().map_err(|reasons| {
        let mut wrong = Diagnostics::default();
        for reason in reasons {
            wrong.error_in(&scenario.path, reason, Some("fix the number for this run, or take sampler = \"sobol\"".into()));
        }
        wrong
    })?;
    Ok(parameters.quadrature_points())
}
