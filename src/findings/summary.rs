//! One outcome in one period over all draws: mean, spread, standard error, quantiles.

use crate::simulation::{OutcomeColumn, Plan, Results};
use crate::statistics::{quantiles_in_place, standard_error};
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
    results.outcomes.par_iter().map(|column| of(plan.sampler, column)).collect()
}

fn of(sampler: Sampler, column: &OutcomeColumn) -> Summary {
    let whole = column.whole();
    let found = quantiles_in_place(&mut column.values.clone(), &PROBABILITIES);
    let mut quantiles = [f64::NAN; 7];
    quantiles.copy_from_slice(&found);
    Summary {
        mean: if whole.count == 0 { f64::NAN } else { whole.mean },
        sd: whole.sd(),
        se: standard_error(sampler, &column.replicates),
        quantiles,
        draws: whole.count,
    }
}
