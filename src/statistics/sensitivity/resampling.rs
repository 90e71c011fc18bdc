//! The bootstrap over randomisations: rows within one depend on each other, the 16 do not, so whole randomisations are drawn with replacement, 1,000 times.
//!
//! The keys are fixed, so that the same rows give the same interval, and all figures of a table share their resamples. Sixteen drawn from sixteen vary by a
//! share (R − 1)/R too little, which the standard error makes good.

use super::super::estimate::{DEGREES, Estimate};
use crate::numerics::Running;
use crate::uncertainty::REPLICATES;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::LazyLock;

const RESAMPLES: usize = 1000;

/// How often each randomisation is in each resample.
static TIMES: LazyLock<Vec<[f64; REPLICATES]>> = LazyLock::new(|| {
    let mut generator = ChaCha8Rng::from_seed(*b"tradewind, bootstrap resamples 1");
    let resample = |_| {
        let mut times = [0.0; REPLICATES];
        let mut digits = generator.next_u64();
        for _ in 0..REPLICATES {
            times[(digits % REPLICATES as u64) as usize] += 1.0;
            digits /= REPLICATES as u64;
        }
        times
    };
    (0..RESAMPLES).map(resample).collect()
});

/// The weights of the randomisations: as they are, then in each resample.
pub(super) fn weights() -> impl Iterator<Item = &'static [f64; REPLICATES]> {
    std::iter::once(&[1.0; REPLICATES]).chain(TIMES.iter())
}

/// Σ wᵣ qᵣ
pub(super) fn weighted(weights: &[f64; REPLICATES], quantities: &[f64; REPLICATES]) -> f64 {
    weights.iter().zip(quantities).map(|(weight, quantity)| weight * quantity).sum()
}

/// A figure as it is, followed by the same figure of each resample.
pub(super) fn bootstrapped(figures: &[f64]) -> Estimate {
    let Some((value, resampled)) = figures.split_first() else { return Estimate::UNKNOWN };
    if figures.iter().any(|figure| figure.is_nan()) {
        return Estimate { value: *value, ..Estimate::UNKNOWN };
    }
    let count = REPLICATES as f64;
    Estimate::symmetric(*value, Running::of(resampled).sd() * (count / (count - 1.0)).sqrt(), DEGREES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_of_a_mean_comes_out() {
        let means: [f64; REPLICATES] = std::array::from_fn(|r| (r * r % 11) as f64);
        let figures: Vec<f64> = weights().map(|weights| weighted(weights, &means) / weighted(weights, &[1.0; REPLICATES])).collect();
        assert_eq!(figures.len(), 1 + RESAMPLES);
        let (found, exact) = (bootstrapped(&figures), Estimate::of_replicates(Running::of(&means).mean, &means));
        // A standard deviation from 1,000 has an error of 1/√2000 = 2.2%.
        assert!((found.value - exact.value).abs() < 1e-14 && (found.se / exact.se - 1.0).abs() < 0.09, "{found:?} {exact:?}");
        assert!(TIMES.iter().all(|times| times.iter().sum::<f64>() == 16.0));
        assert!(bootstrapped(&[]).value.is_nan() && bootstrapped(&[1.0, f64::NAN]).se.is_nan());
    }
}
