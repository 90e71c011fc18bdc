//! The standard error of a mean: how far it would scatter over other seeds.
//!
//! Random draws are independent: s/√n. Sobol' draws are not, and s/√n would overstate their error many times over; but they are dealt to R = 16 independent
//! randomisations, whose means are independent: se = sd(x̄_1 … x̄_R)/√R (Owen 1997, "Monte Carlo variance of scrambled net quadrature").

use super::moments::{mean, sd};
use crate::uncertainty::{REPLICATES, Sampler};

/// The standard error of the mean of `values`, where `draw(k)` is the number of the draw that gave `values[k]`: k itself unless draws are missing.
///
/// With fewer than two draws in some randomisation, Sobol' draws are treated as independent ones, which errs on the side of caution. Fewer than two values have no scatter to
/// measure and the answer is 0.
pub fn standard_error(sampler: Sampler, values: &[f64], draw: impl Fn(usize) -> u64) -> f64 {
    let independent = || if values.len() < 2 { 0.0 } else { sd(values) / (values.len() as f64).sqrt() };
    match sampler {
        Sampler::Random => independent(),
        Sampler::Sobol => match replicate_means(values, draw) {
            Some(means) => sd(&means) / (REPLICATES as f64).sqrt(),
            None => independent(),
        },
    }
}

/// The mean of each randomisation, unless one has fewer than two values.
fn replicate_means(values: &[f64], draw: impl Fn(usize) -> u64) -> Option<[f64; REPLICATES]> {
    let centre = mean(values);
    let mut sums = [(0.0, 0u64); REPLICATES];
    for (k, x) in values.iter().enumerate() {
        let (sum, count) = &mut sums[(draw(k) % REPLICATES as u64) as usize];
        *sum += x - centre;
        *count += 1;
    }
    sums.iter().all(|(_, count)| *count >= 2).then(|| sums.map(|(sum, count)| centre + sum / count as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Design;

    #[test]
    fn known_answers() {
        let same = |k| k as u64;
        assert_eq!(standard_error(Sampler::Random, &[1.0, 3.0], same), 1.0);
        assert_eq!(standard_error(Sampler::Sobol, &[1.0, 3.0], same), 1.0, "too few for randomisations");
        for sampler in [Sampler::Sobol, Sampler::Random] {
            assert_eq!(standard_error(sampler, &[], same), 0.0);
            assert_eq!(standard_error(sampler, &[5.0], same), 0.0);
            assert_eq!(standard_error(sampler, &[0.1; 100], same), 0.0);
        }
        // Randomisation r gives r and −r in turn plus r: means 0 … 15, whose sd is √(340/15).
        let values: Vec<f64> = (0..64).map(|k| f64::from(k % 16) * if k < 32 { 2.0 } else { 0.0 }).collect();
        let expected = (340.0f64 / 15.0).sqrt() / 4.0;
        assert!((standard_error(Sampler::Sobol, &values, same) - expected).abs() < 1e-15);
        // Draw 5 missing: its randomisation has one value fewer and the others stay what they are.
        let (draws, left): (Vec<u64>, Vec<f64>) = (0..64).zip(&values).filter(|(k, _)| *k != 5).map(|(k, x)| (k, *x)).unzip();
        let changed: Vec<f64> = (0..16).map(|r| if r == 5 { 10.0 / 3.0 } else { f64::from(r) }).collect();
        assert!((standard_error(Sampler::Sobol, &left, |k| draws[k]) - sd(&changed) / 4.0).abs() < 1e-15);
    }

    #[test]
    fn errors_are_as_large_as_the_scatter_over_seeds() {
        let paths = ["elasticities.import.a", "elasticities.supply.a", "tariff.b.rate"];
        const N: usize = 2048;
        let seeds = 200;
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let (mut means, mut variances) = (vec![], vec![]);
            for seed in 0..seeds {
                let design = Design::new(sampler, seed, paths);
                let mut u = [[0.0; N]; 3];
                for (parameter, column) in u.iter_mut().enumerate() {
                    design.fill(parameter, 0, column);
                }
                let values: Vec<f64> = (0..N).map(|k| u[0][k] * u[1][k] + u[2][k].powi(3) * u[0][k]).collect();
                means.push(mean(&values));
                variances.push(standard_error(sampler, &values, |k| k as u64).powi(2));
            }
            let ratio = mean(&variances).sqrt() / sd(&means);
            assert!((ratio - 1.0).abs() < 0.2, "{sampler:?}: {ratio}");
        }
    }
}
