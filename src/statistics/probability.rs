//! How likely an outcome is to cross a threshold, and the exceedance curve P(Y > y), with their errors.
//!
//! Even designs: the spread of the shares of the 16 randomisations. Random draws, and wherever fewer than ten draws lie on one side of the threshold, where
//! an even design is no better than a random one: Wilson (1927), (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n), so that none of n draws is "at most
//! 4/n", not "0 ± 0".

use super::estimate::{Estimate, NORMAL_975};
use super::ordered::Ordered;
use super::quantile_error::TOO_FEW;
use crate::uncertainty::{REPLICATES, Sampler};

/// The probability of less than `threshold`; `replicate` says to which randomisation (below 16) each value belongs. NaN of no values; a
/// quadrature rule's points are no sample, so there, too.
///
/// # Panics
/// Where a randomisation has no such number.
pub fn probability_below(sampler: Sampler, values: &[f64], replicate: &[u8], threshold: f64) -> Estimate {
    let mut below = [[0; 2]; REPLICATES];
    for (value, replicate) in values.iter().zip(replicate) {
        let [hits, draws] = &mut below[usize::from(*replicate)];
        *hits += usize::from(*value < threshold);
        *draws += 1;
    }
    share(sampler, &below)
}

/// One point of an exceedance curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exceedance {
    pub x: f64,
    /// P(Y > x)
    pub probability: Estimate,
}

/// The exceedance curve on `points` values of x (at least 2), evenly spaced from the 0.1% to the 99.9% quantile; one point where all values are the same,
/// none of no values or from a quadrature rule.
///
/// # Panics
/// Where a randomisation has no such number.
pub fn exceedance(sampler: Sampler, values: &[f64], replicate: &[u8], points: usize) -> Vec<Exceedance> {
    if values.is_empty() || sampler == Sampler::Quadrature {
        return vec![];
    }
    let mut ordered = Ordered::new(values);
    let ends = [0.001, 0.999].map(|p| ordered.quantile(p));
    let points = if ends[0] < ends[1] { points.max(2) } else { 1 };
    let x = |point: usize| {
        let share_of_way = if points == 1 { 0.0 } else { point as f64 / (points - 1) as f64 };
        if point + 1 == points { ends[1] } else { ends[0] + share_of_way * (ends[1] - ends[0]) }
    };
    let xs: Vec<f64> = (0..points).map(x).collect();
    let per_step = (points - 1) as f64 / (ends[1] - ends[0]);
    // How many values lie above so many of the points, then randomisation by randomisation.
    let mut above = vec![[0usize; REPLICATES]; points + 1];
    for (value, replicate) in values.iter().zip(replicate) {
        // About where it lies; then exactly.
        let mut place = ((value - ends[0]) * per_step).clamp(0.0, (points - 1) as f64) as u32 as usize;
        while place > 0 && *value <= xs[place - 1] {
            place -= 1;
        }
        while place < points && *value > xs[place] {
            place += 1;
        }
        above[place][usize::from(*replicate)] += 1;
    }
    for place in (0..points).rev() {
        let next = above[place + 1];
        above[place].iter_mut().zip(next).for_each(|(above, next)| *above += next);
    }
    let at = |(point, &x): (usize, &f64)| {
        let hits: [[usize; 2]; REPLICATES] = std::array::from_fn(|r| [above[point + 1][r], above[0][r]]);
        Exceedance { x, probability: share(sampler, &hits) }
    };
    xs.iter().enumerate().map(at).collect()
}

/// The share of hits, from hits and draws by randomisation.
fn share(sampler: Sampler, replicates: &[[usize; 2]]) -> Estimate {
    let total = |which: usize| replicates.iter().map(|replicate| replicate[which]).sum::<usize>();
    let (hits, draws) = (total(0), total(1));
    if draws == 0 || sampler == Sampler::Quadrature {
        return Estimate::UNKNOWN;
    }
    let value = hits as f64 / draws as f64;
    let even = matches!(sampler, Sampler::Sobol | Sampler::LatinHypercube);
    let shares: Vec<f64> = replicates.iter().filter(|[_, draws]| *draws > 0).map(|[hits, draws]| *hits as f64 / *draws as f64).collect();
    if even
        && hits.min(draws - hits) as u64 >= TOO_FEW
        && shares.len() == replicates.len()
        && shares.iter().any(|share| *share != shares[0])
    {
        return Estimate::of_replicates(value, &shares).within(0.0, 1.0);
    }
    let (n, square) = (draws as f64, NORMAL_975 * NORMAL_975);
    let centre = value + square / (2.0 * n);
    let half = NORMAL_975 * (value * (1.0 - value) / n + square / (4.0 * n * n)).sqrt();
    let over = 1.0 + square / n;
    let low = if hits == 0 { 0.0 } else { (centre - half) / over };
    let high = if hits == draws { 1.0 } else { (centre + half) / over };
    Estimate::between(value, low, high, NORMAL_975)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Design, Distribution};

    const SAMPLERS: [Sampler; 3] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random];

    #[test]
    fn none_of_a_hundred_is_not_impossible() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let replicate: Vec<u8> = (0..100).map(|k| k % 16).collect();
        for sampler in SAMPLERS {
            // z²/(n + z²)
            let none = probability_below(sampler, &values, &replicate, 0.0);
            assert!(none.value == 0.0 && none.low == 0.0 && (none.high - 0.03699349820698568).abs() < 1e-12 && none.se > 0.0);
            let all = probability_below(sampler, &values, &replicate, 100.0);
            assert!(all.value == 1.0 && all.high == 1.0 && (1.0 - all.low - none.high).abs() < 1e-12);
            assert!(probability_below(sampler, &[], &[], 0.0).value.is_nan() && exceedance(sampler, &[], &[], 100).is_empty());
        }
        // The formula by hand.
        let some = probability_below(Sampler::Random, &values, &replicate, 30.0);
        assert!((some.low - 0.21894885294932756).abs() < 1e-12 && (some.high - 0.3958485463334666).abs() < 1e-12, "{some:?}");
        assert!(probability_below(Sampler::Quadrature, &values, &replicate, 50.0).value.is_nan());
    }

    #[test]
    fn intervals_contain_the_probability() {
        // P(x₁ + x₂ < 0.5) of two uniforms: 1/8.
        let replicate: Vec<u8> = (0..1024).map(|k| (k % 16) as u8).collect();
        let mut errors = vec![];
        for sampler in SAMPLERS {
            let (mut covered, mut error) = (0, 0.0);
            for seed in 0..200 {
                let design = Design::new(sampler, seed, 1024, ["a", "b"]);
                let mut u = [[0.0; 1024]; 2];
                design.fill(0, 0, &mut u[0]);
                design.fill(1, 0, &mut u[1]);
                let values: Vec<f64> = (0..1024).map(|k| u[0][k] + u[1][k]).collect();
                let below = probability_below(sampler, &values, &replicate, 0.5);
                covered += i32::from(below.covers(0.125));
                error += below.se / 200.0;
            }
            // 190 of 200 and four standard deviations.
            assert!(covered >= 178, "{sampler:?}: {covered}");
            errors.push(error);
        }
        assert!(errors[0] < errors[2], "{errors:?}");
    }

    #[test]
    fn the_curve_falls_from_one_to_nothing() {
        let normal = Distribution::normal(10.0, 2.0).unwrap();
        let values: Vec<f64> = (0..4096).map(|k| normal.quantile(f64::from(k) / 4096.0 + 1e-4)).collect();
        let replicate: Vec<u8> = (0..4096).map(|k| (k % 16) as u8).collect();
        let curve = exceedance(Sampler::Random, &values, &replicate, 100);
        assert_eq!(curve.len(), 100);
        for Exceedance { x, probability } in &curve {
            assert!((probability.value - (1.0 - normal.cdf(*x))).abs() < 5e-4 && probability.low <= probability.value);
        }
        assert!(curve.windows(2).all(|pair| pair[0].x < pair[1].x && pair[0].probability.value >= pair[1].probability.value));
        let same = exceedance(Sampler::Sobol, &[3.0; 40], &replicate[..40], 100);
        assert_eq!((same.len(), same[0].x, same[0].probability.value), (1, 3.0, 0.0));
    }
}
