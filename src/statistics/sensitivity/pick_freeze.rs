//! First-order and total Sobol' indices from two independent samples A and B, and for each input (or group) a third, A with that input from B
//! (Saltelli et al. 2010, "Variance based sensitivity analysis of model output").
//!
//! Jansen (1999): total T = Σ(y_A − y_ABi)²/(2nV): what the input does alone and together with others. First-order S = 1 − Σ(y_B − y_ABi)²/(2nV): what
//! knowing it alone would remove. V = Σ(y_A − y_B)²/(2n), the variance from the same rows: errors that numerator and denominator share cancel, so that an input
//! that does next to nothing has both indices next to zero with next to no error. The intervals are the bootstrap's over the 16 randomisations.
//!
//! Inputs (or groups) must be independent of each other: correlated inputs belong in one group.

use super::super::estimate::Estimate;
use super::resampling::{bootstrapped, weighted, weights};
use crate::uncertainty::REPLICATES;

/// Shares of an outcome's variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    pub first: Estimate,
    pub total: Estimate,
}

/// An outcome on the two samples, ready for the third of each input.
#[derive(Debug, Clone)]
pub struct PickFreeze<'a> {
    a: &'a [f64],
    b: &'a [f64],
    replicate: &'a [u8],
    alive: &'a [bool],
    /// Σ (y_A − y_B)² as it is, then in each resample; NaN where nothing varies.
    apart: Vec<f64>,
}

impl<'a> PickFreeze<'a> {
    /// The outcome on A and on B, the randomisation of each row (below [`REPLICATES`]), and whether all of the row's evaluations have a solution: a row that
    /// lacks one is left out everywhere.
    ///
    /// # Panics
    /// Where a randomisation has no such number.
    pub fn new(a: &'a [f64], b: &'a [f64], replicate: &'a [u8], alive: &'a [bool]) -> PickFreeze<'a> {
        let distances = squared_distances(a, b, replicate, alive);
        let least = rounding(a, alive);
        let apart = weights().map(|weights| weighted(weights, &distances)).map(|sum| if sum > least { sum } else { f64::NAN }).collect();
        PickFreeze { a, b, replicate, alive, apart }
    }

    /// The indices of an input, or of a group, from the outcome on A with that input from B. NaN where the outcome does not vary.
    pub fn indices(&self, mixed: &[f64]) -> Indices {
        let shares = |from: &[f64]| -> Vec<f64> {
            let distances = squared_distances(from, mixed, self.replicate, self.alive);
            weights().zip(&self.apart).map(|(weights, apart)| weighted(weights, &distances) / apart).collect()
        };
        let first: Vec<f64> = shares(self.b).into_iter().map(|others| 1.0 - others).collect();
        Indices { first: bootstrapped(&first), total: bootstrapped(&shares(self.a)) }
    }
}

/// Differences whose squares sum to no more are roundings.
pub(super) fn rounding(values: &[f64], alive: &[bool]) -> f64 {
    values.iter().zip(alive).filter(|(_, alive)| **alive).map(|(y, _)| 1e-24 * y * y).sum()
}

/// Σ (x − y)² over the rows that are alive, by randomisation.
pub(super) fn squared_distances(x: &[f64], y: &[f64], replicate: &[u8], alive: &[bool]) -> [f64; REPLICATES] {
    let mut sums = [0.0; REPLICATES];
    for (((x, y), replicate), _) in x.iter().zip(y).zip(replicate).zip(alive).filter(|(_, alive)| **alive) {
        sums[usize::from(*replicate)] += (x - y) * (x - y);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_without_a_solution_are_left_out_of_everything() {
        let n = 160;
        let replicate: Vec<u8> = (0..n).map(|k| (k % 16) as u8).collect();
        let of = |step: usize| (0..n).map(|k| (k * step % 101) as f64).collect::<Vec<_>>();
        let (a, b, mixed) = (of(7), of(31), of(13));
        let alive: Vec<bool> = (0..n).map(|k| k % 9 != 4).collect();
        let whole = PickFreeze::new(&a, &b, &replicate, &alive).indices(&mixed);
        let (mut broken, mut nan) = (a.clone(), mixed.clone());
        for k in (4..n).step_by(9) {
            broken[k] = f64::INFINITY;
            nan[k] = f64::NAN;
        }
        assert_eq!(whole, PickFreeze::new(&broken, &b, &replicate, &alive).indices(&nan));
        let keep = |values: &[f64]| values.iter().zip(&alive).filter(|(_, alive)| **alive).map(|(y, _)| *y).collect::<Vec<_>>();
        let kept: Vec<u8> = replicate.iter().zip(&alive).filter(|(_, alive)| **alive).map(|(r, _)| *r).collect();
        let all = vec![true; kept.len()];
        assert_eq!(whole, PickFreeze::new(&keep(&a), &keep(&b), &kept, &all).indices(&keep(&mixed)));
    }

    #[test]
    fn an_outcome_that_does_not_vary_has_no_indices() {
        let replicate: Vec<u8> = (0..32).map(|k| k % 16).collect();
        let (same, alive) = ([0.1; 32], [true; 32]);
        for model in [PickFreeze::new(&same, &same, &replicate, &alive), PickFreeze::new(&same, &same, &replicate, &[false; 32])] {
            let Indices { first, total } = model.indices(&same);
            assert!(first.value.is_nan() && total.value.is_nan() && total.se.is_nan());
        }
    }

    #[test]
    fn an_input_that_does_nothing_or_everything_has_exactly_none_or_all_of_the_variance() {
        let replicate: Vec<u8> = (0..64).map(|k| k % 16).collect();
        let a: Vec<f64> = (0..64).map(|k| f64::from(k * 7 % 64)).collect();
        let b: Vec<f64> = (0..64).map(|k| f64::from(k * 29 % 64)).collect();
        let (nothing, all) = (Estimate::symmetric(0.0, 0.0, 15.0), Estimate::symmetric(1.0, 0.0, 15.0));
        let model = PickFreeze::new(&a, &b, &replicate, &[true; 64]);
        assert_eq!(model.indices(&a), Indices { first: nothing, total: nothing });
        assert_eq!(model.indices(&b), Indices { first: all, total: all });
    }
}
