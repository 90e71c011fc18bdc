//! The outcome where an input is at its lowest and at its highest: its mean over the draws in the input's lowest and highest tenth, the bars of a tornado.

use super::super::estimate::Estimate;
use super::column::{Input, Outcome};
use crate::uncertainty::REPLICATES;

/// The lowest tenth first, then the highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// The input's own mean there, in its unit.
    pub input: [f64; 2],
    /// The outcome's mean there, in its unit.
    pub outcome: [Estimate; 2],
}

/// Means over a tenth of the draws each (draws with equal values of the input stay together, so it may be more), with the jackknife's errors over the 16
/// randomisations. NaN of no draws.
pub fn tails(input: &Input, outcome: &Outcome) -> Tails {
    let input = input.measured();
    let mut sums = [[(0.0, 0.0); REPLICATES]; 2];
    for (sums, tenth) in sums.iter_mut().zip(&input.tenths) {
        let mut draws = tenth.as_slice();
        for (sums, end) in sums.iter_mut().zip(outcome.ranks.ends) {
            let (own, later) = draws.split_at(draws.partition_point(|draw| (*draw as usize) < end));
            for draw in own {
                sums.0 += outcome.standard[*draw as usize];
            }
            sums.1 = own.len() as f64;
            draws = later;
        }
    }
    let mean = |sums: [(f64, f64); REPLICATES]| {
        let (sum, count) = sums.iter().fold((0.0, 0.0), |all, own| (all.0 + own.0, all.1 + own.1));
        if count == 0.0 {
            return Estimate::UNKNOWN;
        }
        let level = |standard: f64| outcome.mean + outcome.unit * standard;
        let with_draws = sums.iter().filter(|own| own.1 > 0.0 && own.1 < count);
        let without: Vec<f64> = with_draws.map(|own| level((sum - own.0) / (count - own.1))).collect();
        Estimate::jackknife(level(sum / count), &without)
    };
    Tails { input: input.tenth_means, outcome: sums.map(mean) }
}

#[cfg(test)]
mod tests {
    use super::super::Dealt;
    use super::*;
    use crate::numerics::Running;
    use crate::uncertainty::{Design, Sampler};

    #[test]
    fn known_answers() {
        let replicate: Vec<u8> = (0..1000).map(|k| (k % 16) as u8).collect();
        let dealt = Dealt::new(&replicate);
        let x: Vec<f64> = (0..1000).map(|k| f64::from(k * 7 % 1000)).collect();
        let y: Vec<f64> = x.iter().map(|x| 5.0 - 0.01 * x).collect();
        let Tails { input, outcome } = tails(&dealt.input(&x), &dealt.outcome(&y));
        assert_eq!(input, [49.5, 949.5]);
        assert!((outcome[0].value - 4.505).abs() < 1e-12 && (outcome[1].value + 4.495).abs() < 1e-12);
        let constant = tails(&dealt.input(&x), &dealt.outcome(&[0.1; 1000])).outcome[0];
        assert_eq!((constant.value, constant.se), (0.1, 0.0));
        let none = Dealt::new(&[]);
        assert!(tails(&none.input(&[]), &none.outcome(&[])).outcome[1].value.is_nan());
    }

    #[test]
    fn errors_are_as_large_as_the_scatter_over_seeds() {
        let dealt = Dealt::new(&(0..1024).map(|k| (k % 16) as u8).collect::<Vec<_>>());
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            let (mut means, mut variances) = (vec![], vec![]);
            for seed in 0..200 {
                let design = Design::new(sampler, seed, 1024, ["a", "b"]);
                let mut u = [vec![0.0; 1024], vec![0.0; 1024]];
                design.fill(0, 0, &mut u[0]);
                design.fill(1, 0, &mut u[1]);
                let y: Vec<f64> = u[0].iter().zip(&u[1]).map(|(x, z)| x * x + x * z).collect();
                let highest = tails(&dealt.input(&u[0]), &dealt.outcome(&y)).outcome[1];
                means.push(highest.value);
                variances.push(highest.se * highest.se);
            }
            let ratio = Running::of(&variances).mean.sqrt() / Running::of(&means).sd();
            assert!((ratio - 1.0).abs() < 0.2, "{sampler:?}: {ratio}");
        }
    }
}
