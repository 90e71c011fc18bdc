//! Shapley effects of a few groups of inputs: shares of an outcome's variance that are never negative in truth and sum to one, interactions divided equally among
//! those that take part (Owen 2014, "Sobol' indices and Shapley value"; Song, Nelson & Staum 2016).
//!
//! With g groups the outcome is evaluated on all 2^g mixtures of two independent samples A and B. Two mixtures that differ in exactly the groups u differ by as
//! much as u matters: E(y_v − y_{v⊕u})²/2 = V·T_u, Jansen's total index, of which all 2^(g−1) such pairs are averaged. Then
//! φᵢ = Σ_{u∌i} |u|!(g − |u| − 1)!/g! (T_{u∪i} − T_u). V is taken from the pairs that differ in everything, so that the shares sum to exactly one.
//!
//! Groups must be independent of each other: correlated inputs belong in one group.

use super::super::estimate::Estimate;
use super::pick_freeze::{rounding, squared_distances};
use super::resampling::{bootstrapped, weighted, weights};
use crate::uncertainty::REPLICATES;

/// With more, evaluations double each time.
pub const MOST_GROUPS: usize = 8;

/// How an outcome's variance is shared out among groups, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Sum to one.
    pub shapley: Vec<Estimate>,
    /// What knowing the group alone would remove.
    pub first: Vec<Estimate>,
    /// What the group does alone and together with others.
    pub total: Vec<Estimate>,
}

/// The attribution from an outcome on every mixture: `mixtures[mask]` has the groups in the mask (group i is bit i) from B and the others from A. `replicate`
/// is the randomisation of each row (below 16) and `alive` whether all of the row's evaluations have a solution. All NaN where the outcome does not vary.
///
/// # Panics
/// Where the mixtures are not 2^g for g of 1 to [`MOST_GROUPS`], or a randomisation has no such number.
pub fn attribution(mixtures: &[&[f64]], replicate: &[u8], alive: &[bool]) -> Attribution {
    let sets = mixtures.len();
    assert!(sets.is_power_of_two() && (2..=1 << MOST_GROUPS).contains(&sets), "{sets} mixtures are not those of 1 to {MOST_GROUPS} groups");
    let groups = sets.trailing_zeros() as usize;
    let mut distances = vec![[0.0; REPLICATES]; sets];
    for (differ, distances) in distances.iter_mut().enumerate().skip(1) {
        // Each pair once.
        for (one, other) in (0..sets).map(|one| (one, one ^ differ)).filter(|(one, other)| one < other) {
            let pair = squared_distances(mixtures[one], mixtures[other], replicate, alive);
            for (sum, pair) in distances.iter_mut().zip(pair) {
                *sum += pair;
            }
        }
    }
    let least = rounding(mixtures[0], alive);
    let mut of_resamples = vec![vec![]; 3 * groups];
    let mut total = vec![0.0; sets];
    for weights in weights() {
        let all = weighted(weights, &distances[sets - 1]);
        for (total, distances) in total.iter_mut().zip(&distances) {
            *total = if all > least { weighted(weights, distances) / all } else { f64::NAN };
        }
        for group in 0..groups {
            of_resamples[group].push(shapley(&total, group, groups));
            of_resamples[groups + group].push(1.0 - total[(sets - 1) ^ (1 << group)]);
            of_resamples[2 * groups + group].push(total[1 << group]);
        }
    }
    let mut estimates: Vec<Estimate> = of_resamples.iter().map(|figures| bootstrapped(figures)).collect();
    let total = estimates.split_off(2 * groups);
    let first = estimates.split_off(groups);
    Attribution { shapley: estimates, first, total }
}

/// The Shapley value of one of `groups` players, from the worth of every set of them.
fn shapley(worth: &[f64], player: usize, groups: usize) -> f64 {
    let bit = 1 << player;
    let mut sum = 0.0;
    for set in (0..worth.len()).filter(|set| set & bit == 0) {
        // |u|!(g − |u| − 1)!/g! is one over g times the ways to choose |u| of g − 1.
        let size = set.count_ones() as usize;
        let ways = (0..size).fold(1.0, |ways, k| ways * (groups - 1 - k) as f64 / (k + 1) as f64);
        sum += (worth[set | bit] - worth[set]) / (ways * groups as f64);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_known_game() {
        // The glove game: player 0 has a left glove, 1 and 2 a right one; a pair is worth 1. Values 2/3, 1/6, 1/6.
        let worth = [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        for (player, value) in [2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0].into_iter().enumerate() {
            assert!((shapley(&worth, player, 3) - value).abs() < 1e-15);
        }
    }

    #[test]
    fn one_group_has_everything_and_no_variance_nothing() {
        let replicate: Vec<u8> = (0..32).map(|k| k % 16).collect();
        let a: Vec<f64> = (0..32).map(|k| f64::from(k * 7 % 32)).collect();
        let b: Vec<f64> = (0..32).map(|k| f64::from(k * 13 % 32)).collect();
        let alone = attribution(&[&a, &b], &replicate, &[true; 32]);
        assert_eq!((alone.shapley[0].value, alone.first[0].value, alone.total[0].value), (1.0, 1.0, 1.0));
        let none = attribution(&[&a, &a, &a, &a], &replicate, &[true; 32]);
        assert!(none.shapley.iter().chain(&none.first).chain(&none.total).all(|e| e.value.is_nan() && e.low.is_nan()));
    }
}
