//! One outcome in one period over all draws: mean, spread, standard error, quantiles.
//!
//! The points of a quadrature are no draws: their mean and standard deviation are those of the outcome, and they say nothing of quantiles or errors.

use crate::numerics::Running;
use crate::simulation::{OutcomeColumn, Plan, Results};
use crate::statistics::{Ordered, standard_error};
use crate::uncertainty::Sampler;
use rayon::prelude::*;

/// The quantiles of a summary, in the order of [`Summary::quantiles`].
pub const PROBABILITIES: [f64; 7] = [0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99];

/// Figures in the outcome's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub mean: f64,
    pub sd: f64,
    /// Standard error of the mean.
    pub se: f64,
    /// At [`PROBABILITIES`].
    pub quantiles: [f64; 7],
    /// Draws that the mean rests on.
    pub draws: u64,
}

impl Summary {
    pub fn p05(&self) -> f64 {
        self.quantiles[1]
    }

    pub fn median(&self) -> f64 {
        self.quantiles[3]
    }

    pub fn p95(&self) -> f64 {
        self.quantiles[5]
    }
}

/// Every column of the plan.
pub(super) fn all(plan: &Plan, results: &Results) -> Vec<Summary> {
    let of = |ordered: &mut Ordered, column: &OutcomeColumn| {
        ordered.take(&column.values);
        of(plan.sampler, &column.replicates, ordered)
    };
    results.outcomes.par_iter().map_init(Ordered::default, of).collect()
}

/// From the moments of each replicate over every draw, and the values of the leading ones. Of no draws nothing is known: NaN.
pub(super) fn of(sampler: Sampler, replicates: &[Running], values: &mut Ordered) -> Summary {
    let whole = replicates.iter().copied().fold(Running::default(), Running::merge);
    if sampler == Sampler::Quadrature {
        let sd = (whole.squares / whole.count as f64).sqrt();
        let mean = if whole.count == 0 { f64::NAN } else { whole.mean };
        return Summary { mean, sd, se: f64::NAN, quantiles: [f64::NAN; 7], draws: whole.count };
    }
    Summary {
        mean: if whole.count == 0 { f64::NAN } else { whole.mean },
        sd: if whole.count == 0 { f64::NAN } else { whole.sd() },
        se: standard_error(sampler, replicates),
        quantiles: PROBABILITIES.map(|p| values.quantile(p)),
        draws: whole.count,
    }
}
