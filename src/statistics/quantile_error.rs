//! Quantiles with their error.
//!
//! Sobol' points and Latin hypercubes: what share of each of the 16 randomisations lies below the pooled quantile? The spread of these shares over 4, times
//! t, says how far the true probability may be from p, and the sample's own quantiles at p less and p more by that bound the true quantile
//! (Woodruff 1952, "Confidence intervals for medians and other position measures"); by one draw at least, since no sample knows a place between two draws.
//!
//! Random draws, and tails of fewer than ten draws, where an even design is no better than a random one: order statistics, whatever the distribution.
//! F(x₍ₖ₎) of n draws is Beta(k, n + 1 − k), so x₍ₖ₎ lies below the p-quantile with probability I_p(k, n + 1 − k); the ranks at which that is 97.5% and 2.5% bound it, and a
//! rank between two draws takes a value between theirs (Hutson 1999, "Calculating nonparametric confidence intervals for quantiles using fractional order statistics").

use super::estimate::{DEGREES, Estimate, NORMAL_975, student_t_975};
use super::ordered::Ordered;
use crate::numerics::Running;
use crate::uncertainty::{Distribution, REPLICATES, Sampler};

/// A quantile with fewer draws beyond it is not to be relied on.
pub const TOO_FEW: u64 = 10;

/// How many of n draws lie beyond the p-quantile, on the side of the nearer tail.
pub fn draws_beyond(n: u64, p: f64) -> u64 {
    // A share such as 0.05 is no binary number: 0.05 · 200 is 10.
    (n as f64 * p.min(1.0 - p).max(0.0) + 1e-9) as u64
}

/// The quantiles at these probabilities, in their order; `replicate` says to which randomisation (below 16) each value belongs. NaN of no
/// values; of a quadrature rule, whose points are no sample, also. Further out than the outermost draws no interval can be known: it ends there, and
/// [`draws_beyond`] says that there are too few.
///
/// # Panics
/// Where a randomisation has no such number.
pub fn quantiles(sampler: Sampler, values: &[f64], replicate: &[u8], probabilities: &[f64]) -> Vec<Estimate> {
    quantiles_of(sampler, &mut Ordered::new(values), values, replicate, probabilities)
}

/// As [`quantiles`], of values that are in order already.
pub(super) fn quantiles_of(
    sampler: Sampler,
    ordered: &mut Ordered,
    values: &[f64],
    replicate: &[u8],
    probabilities: &[f64],
) -> Vec<Estimate> {
    if values.is_empty() || sampler == Sampler::Quadrature {
        return vec![Estimate::UNKNOWN; probabilities.len()];
    }
    if values.len() == 1 {
        // One draw has no spread to tell an error by.
        return vec![Estimate { value: values[0], ..Estimate::UNKNOWN }; probabilities.len()];
    }
    let n = values.len();
    let by_spread = |p: f64| matches!(sampler, Sampler::Sobol | Sampler::LatinHypercube) && draws_beyond(n as u64, p) >= TOO_FEW;
    let spread: Vec<f64> = probabilities.iter().map(|p| p.clamp(0.0, 1.0)).filter(|p| by_spread(*p)).collect();
    let mut errors = errors_of_shares(ordered, values, replicate, &spread).into_iter();
    let estimate = |p: &f64| {
        let p = p.clamp(0.0, 1.0);
        let error = if by_spread(p) { errors.next().flatten() } else { None };
        let ((low, high), times) = match error {
            Some(error) => {
                let times = student_t_975(DEGREES);
                let reach = (times * error).max(1.0 / n as f64);
                ((p - reach, p + reach), times)
            }
            None => (limits(n, p), NORMAL_975),
        };
        let [value, low, high] = [p, low, high].map(|p| ordered.quantile(p));
        Estimate::between(value, low, high, times)
    };
    probabilities.iter().map(estimate).collect()
}

/// The standard error of the share below each pooled p-quantile; none where a randomisation has no draws. Of draws equal to it each randomisation counts the same part.
fn errors_of_shares(ordered: &mut Ordered, values: &[f64], replicate: &[u8], probabilities: &[f64]) -> Vec<Option<f64>> {
    if probabilities.is_empty() {
        return vec![];
    }
    let n = values.len() as f64;
    let at: Vec<f64> = probabilities.iter().map(|p| ordered.at(((n - 1.0) * p) as usize)).collect();
    let mut levels = at.clone();
    levels.sort_unstable_by(f64::total_cmp);
    levels.dedup();
    let counted = Counted::new(values, replicate, &levels);
    let own = counted.draws();
    if own.contains(&0.0) {
        return vec![None; probabilities.len()];
    }
    let error = |(p, at): (&f64, &f64)| {
        let [below, same] = counted.at(levels.partition_point(|level| level < at));
        let all = |of: &[f64; REPLICATES]| of.iter().sum::<f64>();
        let part = ((p * n - all(&below)) / all(&same)).clamp(0.0, 1.0);
        let shares: [f64; REPLICATES] = std::array::from_fn(|r| (below[r] + part * same[r]) / own[r]);
        Some(Running::of(&shares).sd() / (shares.len() as f64).sqrt())
    };
    probabilities.iter().zip(&at).map(error).collect()
}

/// How many draws of each randomisation lie between some levels, and at them: all levels in one pass.
struct Counted {
    /// By number of levels that a draw is above, then randomisation.
    above: Vec<[u32; REPLICATES]>,
    /// By level: those equal to it.
    same: Vec<[u32; REPLICATES]>,
}

impl Counted {
    /// The levels rise.
    fn new(values: &[f64], replicate: &[u8], levels: &[f64]) -> Counted {
        // Eight comparisons side by side, where one after another would be a guess each.
        let mut blocks = vec![[f64::INFINITY; 8]; levels.len() / 8 + 1];
        for (place, level) in levels.iter().enumerate() {
            blocks[place / 8][place % 8] = *level;
        }
        let (mut above, mut same) = (vec![[0; REPLICATES]; levels.len() + 1], vec![[0; REPLICATES]; levels.len() + 1]);
        for (value, replicate) in values.iter().zip(replicate) {
            let passed = |block: &[f64; 8]| block.iter().map(|level| u64::from(value > level)).sum::<u64>();
            let place = blocks.iter().map(passed).sum::<u64>() as usize;
            let at = usize::from(*replicate);
            above[place][at] += 1;
            same[place][at] += u32::from(*value == blocks[place / 8][place % 8]);
        }
        Counted { above, same }
    }

    /// Draws of each randomisation.
    fn draws(&self) -> [f64; REPLICATES] {
        std::array::from_fn(|r| self.above.iter().map(|above| f64::from(above[r])).sum())
    }

    /// By randomisation, draws below a level and those equal to it.
    fn at(&self, level: usize) -> [[f64; REPLICATES]; 2] {
        let same = self.same[level].map(f64::from);
        let below = std::array::from_fn(|r| self.above[..=level].iter().map(|above| f64::from(above[r])).sum::<f64>() - same[r]);
        [below, same]
    }
}

/// The probabilities at which the sample's own quantiles bound the p-quantile, from the fractional ranks.
fn limits(n: usize, p: f64) -> (f64, f64) {
    if n < 2 {
        return (0.0, 1.0);
    }
    let n = n as f64;
    let share = |target| (rank(n, p, target) - 1.0) / (n - 1.0);
    (share(NORMAL_975), share(-NORMAL_975))
}

/// The rank k from 1 to n at which Φ⁻¹(I_p(k, n + 1 − k)) is `target`, or the nearest end. That falls with k in nearly a line.
fn rank(n: f64, p: f64, target: f64) -> f64 {
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let excess = |k: f64| {
        let below = Distribution::Beta { alpha: k, beta: n + 1.0 - k, low: 0.0, high: 1.0 };
        normal.quantile(below.cdf(p)) - target
    };
    let (mut low, mut high) = (1.0, n);
    let (mut at_low, mut at_high) = (excess(low), excess(high));
    if at_low <= 0.0 {
        return low;
    }
    if at_high >= 0.0 {
        return high;
    }
    // The normal approximation starts; the false position, its stale side halved (the Illinois rule), ends.
    let mut k = (p * (n + 1.0) - target * (n * p * (1.0 - p)).sqrt()).clamp(low, high);
    for _ in 0..60 {
        let at = excess(k);
        let last = k;
        if at > 0.0 {
            (low, at_low) = (k, at);
            at_high *= 0.5;
        } else {
            (high, at_high) = (k, at);
            at_low *= 0.5;
        }
        k = low + (high - low) * at_low / (at_low - at_high);
        if (k - last).abs() < 1e-9 * n {
            break;
        }
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Design;

    #[test]
    fn ranks_are_those_of_the_binomial() {
        // The median of 19: Hutson's ranks solve I_½(k, 20 − k) = 0.975 and 0.025. Of Bin(19, ½), 5 or more have 0.9904 and 6 or more 0.9682, so the lower lies between
        // 5 and 6, and by symmetry the upper is 20 less it.
        let (low, high) = (rank(19.0, 0.5, NORMAL_975), rank(19.0, 0.5, -NORMAL_975));
        assert!(low > 5.0 && low < 6.0 && (low + high - 20.0).abs() < 1e-6, "{low} {high}");
        let below = Distribution::Beta { alpha: low, beta: 20.0 - low, low: 0.0, high: 1.0 }.cdf(0.5);
        assert!((below - 0.975).abs() < 1e-9);
        // Many draws: the normal approximation of the binomial.
        let (n, p) = (1e5, 0.05f64);
        let expected = n * p - NORMAL_975 * (n * p * (1.0 - p)).sqrt();
        assert!((rank(n, p, NORMAL_975) - expected).abs() < 2.0);
        // 1 − 0.99²⁰ = 18% of samples of 20 reach beyond the 99% quantile: no upper limit.
        assert_eq!(rank(20.0, 0.99, -NORMAL_975), 20.0);
    }

    #[test]
    fn few_values_have_quantiles_too() {
        let replicate: Vec<u8> = (0..32).map(|k| k % 16).collect();
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            assert!(quantiles(sampler, &[], &[], &[0.5])[0].value.is_nan());
            let one = quantiles(sampler, &[3.0], &[0], &[0.01, 0.5])[1];
            assert!(one.value == 3.0 && one.se.is_nan() && one.low.is_nan(), "one draw has no spread to tell an error by");
            let same = quantiles(sampler, &[0.1; 32], &replicate, &[0.0, 0.05, 0.5, 1.0]);
            assert!(same.iter().all(|q| (q.value, q.se, q.low, q.high) == (0.1, 0.0, 0.1, 0.1)));
            let values: Vec<f64> = (0..32).map(f64::from).collect();
            for q in quantiles(sampler, &values, &replicate, &[0.0, 0.01, 0.5, 0.99, 1.0]) {
                assert!(q.low <= q.value && q.value <= q.high && q.low >= 0.0 && q.high <= 31.0, "{sampler:?} {q:?}");
            }
        }
        assert!(quantiles(Sampler::Quadrature, &[1.0, 2.0], &[0, 1], &[0.5])[0].value.is_nan());
        assert_eq!((draws_beyond(200, 0.05), draws_beyond(200, 0.95), draws_beyond(1000, 0.99), draws_beyond(7, 1.0)), (10, 10, 10, 0));
    }

    #[test]
    fn replicates_give_the_error_of_even_designs() {
        // Randomisation r is spread evenly over r … r + 100: its median is r + 50, and the standard error of their mean is the sd of 0 … 15 over 4.
        let (n, places) = (16 * 2001, 2000.0);
        let values: Vec<f64> = (0..n).map(|k| f64::from(k % 16) + 100.0 * f64::from(k / 16) / places).collect();
        let replicate: Vec<u8> = (0..n).map(|k| (k % 16) as u8).collect();
        let median = quantiles(Sampler::Sobol, &values, &replicate, &[0.5])[0];
        assert!((median.se - (340.0f64 / 15.0).sqrt() / 4.0).abs() < 100.0 / places && (median.value - 57.5).abs() < 100.0 / places);
        assert!(((median.high - median.low) / median.se - 2.0 * 2.131449545559774).abs() < 1e-9);
    }

    /// How many of 400 seeds' intervals of the 5%, the 50% and the 95% quantile contain the truth, of a lognormal made of normals with these weights.
    fn covered(sampler: Sampler, weights: [f64; 2]) -> [usize; 3] {
        const DRAWS: usize = 1024;
        let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
        let replicate: Vec<u8> = (0..DRAWS).map(|k| (k % 16) as u8).collect();
        let (probabilities, sd) = ([0.05, 0.5, 0.95], (weights[0] * weights[0] + weights[1] * weights[1]).sqrt());
        let truth = probabilities.map(|p| crate::numerics::exp(sd * normal.quantile(p)));
        let mut covered = [0; 3];
        for seed in 0..400 {
            let design = Design::new(sampler, seed, DRAWS as u64, ["a", "b"]);
            let mut u = [[0.0; DRAWS]; 2];
            design.fill(0, 0, &mut u[0]);
            design.fill(1, 0, &mut u[1]);
            let z = |k: usize| weights[0] * normal.quantile(u[0][k]) + weights[1] * normal.quantile(u[1][k]);
            let values: Vec<f64> = (0..DRAWS).map(|k| crate::numerics::exp(z(k))).collect();
            for ((covered, found), truth) in covered.iter_mut().zip(quantiles(sampler, &values, &replicate, &probabilities)).zip(truth) {
                *covered += usize::from(found.covers(truth));
            }
        }
        covered
    }

    #[test]
    fn intervals_cover_in_the_tails_and_where_one_input_is_all() {
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            // Even designs hold a single input almost exactly; what is left is where its draws fall within their parts.
            for weights in [[1.0, 0.0], [1.0, 0.1], [0.6, 0.8]] {
                let found = covered(sampler, weights);
                // 380 of 400 and four standard deviations.
                assert!(found.iter().all(|count| *count >= 362), "{sampler:?} {weights:?}: {found:?}");
            }
        }
    }
}
