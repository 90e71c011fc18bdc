//! Over 1,000 seeds, 95% intervals contain the truth in 93–97% of them, for each sampler.

use super::{Estimate, by_replicate, mean, quantiles};
use crate::uncertainty::{Design, Distribution, Sampler};

const DRAWS: usize = 512;
const SEEDS: u64 = 1000;

/// e^(0.5 z₁ + 0.4 z₂ + 0.3 z₃), a lognormal: σ² = 0.5, so mean e^0.25 and median 1. No sum of functions of one input each, which Latin hypercubes would
/// have almost exactly.
fn intervals(sampler: Sampler, seed: u64, replicate: &[u8]) -> [Estimate; 2] {
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let design = Design::new(sampler, seed, DRAWS as u64, ["tariff.a.rate", "tariff.a.coverage", "freight.sea"]);
    let mut u = [[0.0; DRAWS]; 3];
    for (parameter, column) in u.iter_mut().enumerate() {
        design.fill(parameter, 0, column);
    }
    let z = |parameter: usize, k: usize| normal.quantile(u[parameter][k]);
    let values: Vec<f64> = (0..DRAWS).map(|k| crate::numerics::exp(0.5 * z(0, k) + 0.4 * z(1, k) + 0.3 * z(2, k))).collect();
    [mean(sampler, &by_replicate(&values, replicate)), quantiles(sampler, &values, replicate, &[0.5])[0]]
}

#[test]
fn intervals_of_mean_and_median_cover_the_truth_in_93_to_97_percent_of_seeds() {
    let replicate: Vec<u8> = (0..DRAWS).map(|k| (k % 16) as u8).collect();
    let truth = [crate::numerics::exp(0.25), 1.0];
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
        let mut covered = [0; 2];
        for seed in 0..SEEDS {
            for ((covered, interval), truth) in covered.iter_mut().zip(intervals(sampler, seed, &replicate)).zip(truth) {
                *covered += u32::from(interval.covers(truth));
            }
        }
        assert!(covered.iter().all(|count| (930..=970).contains(count)), "{sampler:?}: mean and median in {covered:?} of {SEEDS}");
    }
}
