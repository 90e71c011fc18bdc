//! The standard error of a mean: how far it would scatter over other seeds.
//!
//! Random draws are independent: s/√n. Sobol' draws and Latin hypercubes are not, and s/√n would overstate their error many times over; but they are dealt to R = 16 independent
//! randomisations, whose means are independent: se = sd(x̄_1 … x̄_R)/√R (Owen 1997, "Monte Carlo variance of scrambled net quadrature").

use crate::numerics::Running;
use crate::uncertainty::Sampler;

/// The standard error of the mean over all draws, from the moments of each randomisation; NaN of fewer than two draws, which have no scatter to measure.
///
/// With fewer than two draws in some randomisation, even designs are treated as independent draws, which errs on the side of caution. The points of a
/// quadrature rule are no sample, and the rule has no error of this kind: NaN.
pub fn standard_error(sampler: Sampler, replicates: &[Running]) -> f64 {
    let whole = replicates.iter().copied().fold(Running::default(), Running::merge);
    if whole.count < 2 || sampler == Sampler::Quadrature {
        return f64::NAN;
    }
    if dealt(sampler, replicates) {
        let means: Vec<f64> = replicates.iter().map(|replicate| replicate.mean).collect();
        return Running::of(&means).sd() / (means.len() as f64).sqrt();
    }
    whole.sd() / (whole.count as f64).sqrt()
}

/// Whether the spread over the randomisations is the error: an even design with at least two draws in each.
pub(super) fn dealt(sampler: Sampler, replicates: &[Running]) -> bool {
    let even = matches!(sampler, Sampler::Sobol | Sampler::LatinHypercube);
    even && replicates.len() > 1 && replicates.iter().all(|replicate| replicate.count >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Design, REPLICATES};

    /// Draw k belongs to randomisation k mod 16.
    fn replicates(values: &[f64]) -> Vec<Running> {
        let of = |r: usize| Running::of(&values.iter().skip(r).step_by(REPLICATES).copied().collect::<Vec<_>>());
        (0..REPLICATES).map(of).collect()
    }

    #[test]
    fn known_answers() {
        assert_eq!(standard_error(Sampler::Random, &replicates(&[1.0, 3.0])), 1.0);
        assert_eq!(standard_error(Sampler::Sobol, &replicates(&[1.0, 3.0])), 1.0, "too few for randomisations");
        for sampler in [Sampler::Sobol, Sampler::Random] {
            assert!(standard_error(sampler, &replicates(&[])).is_nan());
            assert!(standard_error(sampler, &replicates(&[5.0])).is_nan());
            assert_eq!(standard_error(sampler, &replicates(&[0.1; 100])), 0.0);
        }
        assert!(standard_error(Sampler::Quadrature, &replicates(&[1.0, 3.0])).is_nan());
        // Randomisation r gives 2r and 0 in turn: means 0 … 15, whose sd is √(340/15).
        let values: Vec<f64> = (0..64).map(|k| f64::from(k % 16) * if k < 32 { 2.0 } else { 0.0 }).collect();
        let expected = (340.0f64 / 15.0).sqrt() / 4.0;
        assert!((standard_error(Sampler::Sobol, &replicates(&values)) - expected).abs() < 1e-15);
    }

    #[test]
    fn errors_are_as_large_as_the_scatter_over_seeds() {
        let paths = ["elasticities.import.a", "elasticities.supply.a", "tariff.b.rate"];
        const N: usize = 2048;
        let seeds = 200;
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            let (mut means, mut variances) = (vec![], vec![]);
            for seed in 0..seeds {
                let design = Design::new(sampler, seed, N as u64, paths);
                let mut u = [[0.0; N]; 3];
                for (parameter, column) in u.iter_mut().enumerate() {
                    design.fill(parameter, 0, column);
                }
                let values: Vec<f64> = (0..N).map(|k| u[0][k] * u[1][k] + u[2][k].powi(3) * u[0][k]).collect();
                means.push(Running::of(&values).mean);
                variances.push(standard_error(sampler, &replicates(&values)).powi(2));
            }
            let ratio = Running::of(&variances).mean.sqrt() / Running::of(&means).sd();
            assert!((ratio - 1.0).abs() < 0.2, "{sampler:?}: {ratio}");
        }
    }
}
