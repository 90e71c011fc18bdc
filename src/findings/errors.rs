//! How sure every figure of `summary.csv` is, and what the worst draws say: standard errors and 95% intervals of means, quantiles, tail losses and probabilities.

use super::summary::PROBABILITIES;
use crate::scenario::Reading;
use crate::simulation::{Plan, Results};
use crate::statistics::{self, Estimate, Exceedance, TOO_FEW, draws_beyond};
use rayon::prelude::*;

/// Points of an exceedance curve.
const CURVE: usize = 51;
/// The level of trade at risk and expected shortfall.
const RISK_LEVEL: f64 = 0.95;

/// One column of the plan over all draws, or over those of one branch.
#[derive(Debug, Clone)]
pub struct Errors {
    pub mean: Estimate,
    /// At [`PROBABILITIES`].
    pub quantiles: Vec<Estimate>,
    /// Draws that the quantiles rest on.
    pub draws: u64,
}

impl Errors {
    /// The quantiles, by probability, beyond which too few draws lie to tell them; none where there are no draws at all.
    pub fn too_few(&self) -> impl Iterator<Item = f64> + '_ {
        let draws = self.draws;
        PROBABILITIES.into_iter().filter(move |&p| draws > 0 && draws_beyond(draws, p) < TOO_FEW)
    }
}

/// What is lost in the worst draws of an outcome, and how likely it is to pass what the scenario asks about. In the outcome's unit.
#[derive(Debug, Clone)]
pub struct Worst {
    /// The loss against the base year that 95% of the draws do not exceed.
    pub trade_at_risk: Estimate,
    /// The mean loss of the worst 5%.
    pub expected_shortfall: Estimate,
    /// The probability of being below each of the outcome's thresholds.
    pub below: Vec<(f64, Estimate)>,
    /// P(outcome > x).
    pub exceedance: Vec<Exceedance>,
}

/// By column of the plan, then: all draws, every branch.
pub(super) fn all(plan: &Plan, results: &Results) -> Vec<Vec<Errors>> {
    let of = |column: usize| {
        let column = &results.outcomes[column];
        let whole = errors(plan, &column.replicates, &column.values, &results.replicates);
        let by_branch = column.by_branch.iter().enumerate().map(|(branch, replicates)| {
            let took = |at: &usize| results.branches[*at] >> branch & 1 == 1;
            let draws: Vec<usize> = (0..column.values.len()).filter(took).collect();
            let values: Vec<f64> = draws.iter().map(|&at| column.values[at]).collect();
            let replicate: Vec<u8> = draws.iter().map(|&at| results.replicates[at]).collect();
            errors(plan, replicates, &values, &replicate)
        });
        std::iter::once(whole).chain(by_branch).collect()
    };
    (0..plan.outcomes.len() * plan.world.periods).into_par_iter().map(of).collect()
}

fn errors(plan: &Plan, replicates: &[crate::numerics::Running], values: &[f64], replicate: &[u8]) -> Errors {
    Errors {
        mean: statistics::mean(plan.sampler, replicates),
        quantiles: statistics::quantiles(plan.sampler, values, replicate, &PROBABILITIES),
        draws: values.len() as u64,
    }
}

/// By column of the plan, those of the periods. What the scenario asks about an outcome is not asked about a difference between two scenarios: `of_levels` says which
/// these are.
pub(super) fn worst(plan: &Plan, results: &Results, of_levels: bool) -> Vec<Worst> {
    let of = |at: usize| {
        let (outcome, column) = (&plan.outcomes[at / plan.world.periods], &results.outcomes[at]);
        let (sampler, replicate) = (plan.sampler, &results.replicates);
        let losses: Vec<f64> = match outcome.reading {
            // Against the same draw's base year.
            Reading::Level => {
                let base = &results.outcomes[plan.base_column(at / plan.world.periods)].values;
                column.values.iter().zip(base).map(|(now, base)| base - now).collect()
            }
            Reading::Change | Reading::Percent => column.values.iter().map(|change| -change).collect(),
        };
        let below = |&threshold: &f64| (threshold, statistics::probability_below(sampler, &column.values, replicate, threshold));
        let [trade_at_risk, expected_shortfall] = statistics::tail_risk(sampler, &losses, replicate, RISK_LEVEL);
        Worst {
            trade_at_risk,
            expected_shortfall,
            below: outcome.thresholds.iter().filter(|_| of_levels).map(below).collect(),
            exceedance: statistics::exceedance(sampler, &column.values, replicate, CURVE),
        }
    };
    (0..plan.outcomes.len() * plan.world.periods).into_par_iter().map(of).collect()
}

/// Every outcome's mean in every period, as it stood at a checkpoint.
pub(super) fn settling(plan: &Plan, results: &Results) -> Vec<(u64, Vec<Estimate>)> {
    let columns = plan.outcomes.len() * plan.world.periods;
    let at = |snapshot: &crate::simulation::Snapshot| {
        (snapshot.draws, snapshot.replicates[..columns].iter().map(|replicates| statistics::mean(plan.sampler, replicates)).collect())
    };
    results.snapshots.iter().map(at).collect()
}
