//! Borgonovo's δ: how far knowing an input moves the outcome's whole distribution, ½ E_X ∫ |f_Y − f_{Y|X}|; 0 where they are independent, at most 1
//! (Borgonovo 2007, "A new uncertainty importance measure"). It needs no independent inputs, and no transformation of the outcome changes it.
//!
//! From given data (Plischke, Borgonovo & Smith 2013): draws are counted in equally frequent classes of both, ½ Σ |p_mk − p_m p_k|. The absolute
//! value of noise is not zero on average. So each cell's size is taken from eight of the randomisations and its sign from the other eight, over fifteen ways
//! of halving them: where there is nothing but noise the two are independent and the mean is zero; where the signal is clear, nothing is changed; in between,
//! and by the coarseness of the classes, δ comes out a little low.

use super::super::estimate::Estimate;
use super::column::{Input, MOST_COARSE, Outcome, coarse_classes, ranges};
use crate::numerics::{Isa, Kernel, LANES, Real, dispatch};
use crate::uncertainty::REPLICATES;

/// δ with its interval, the jackknife's over the 16 randomisations; below zero only by noise. NaN where the input or the outcome does
/// not vary, or a randomisation has no draws.
pub fn borgonovo(input: &Input, outcome: &Outcome) -> Estimate {
    let n = outcome.standard.len();
    if outcome.is_constant() || !input.varies() || ranges(&outcome.ranks.ends).any(|range| range.is_empty()) {
        return Estimate::UNKNOWN;
    }
    let classes = coarse_classes(n);
    let (cells, of_draws) = (classes * classes, &input.measured().coarse);
    // By randomisation, what each cell has above what independence would give it.
    let mut excess = vec![0.0; REPLICATES * cells];
    for (excess, range) in excess.chunks_exact_mut(cells).zip(ranges(&outcome.ranks.ends)) {
        let weight = 1.0 / range.len() as f64;
        for (x, y) in of_draws[range.clone()].iter().zip(&outcome.coarse[range]) {
            excess[usize::from(*x) * classes + usize::from(*y)] += weight;
        }
        let mut of_outcome = [0.0; MOST_COARSE];
        let mut of_input = [0.0; MOST_COARSE];
        for (x, row) in excess.chunks_exact(classes).enumerate() {
            for (y, share) in row.iter().enumerate() {
                of_input[x] += share;
                of_outcome[y] += share;
            }
        }
        for (x, row) in excess.chunks_exact_mut(classes).enumerate() {
            for (y, share) in row.iter_mut().enumerate() {
                *share -= of_input[x] * of_outcome[y];
            }
        }
    }
    let (value, without) = dispatch(Isa::detect(), Agreement { excess: &excess, cells });
    Estimate::jackknife(value, &without)
}

/// How many ways of halving sixteen there are in which any two agree on half of either half (rows of a Hadamard matrix; McCarthy 1969).
const SPLITS: usize = REPLICATES - 1;

/// Whether a randomisation is in the first half of a split, by its number from 1.
fn first(split: usize, replicate: usize) -> bool {
    (split & replicate).count_ones().is_multiple_of(2)
}

/// ½ Σ over cells of the excess in one half, with the sign that it has in the other, both ways round, on average over the splits; and that without each randomisation in
/// turn, eight of them side by side: with fifteen splits and sixteen randomisations to leave out, these sums are most of δ.
struct Agreement<'a> {
    /// By randomisation, then cell.
    excess: &'a [f64],
    cells: usize,
}

impl Kernel for Agreement<'_> {
    type Output = (f64, [f64; REPLICATES]);

    #[inline(always)]
    fn run<R: Real>(self) -> Self::Output {
        let Agreement { excess, cells } = self;
        let (mut value, mut without) = (0.0, [0.0; REPLICATES]);
        // By cell, then randomisation.
        let mut turned = vec![0.0; REPLICATES * cells];
        for (replicate, own) in excess.chunks_exact(cells).enumerate() {
            for (cell, own) in own.iter().enumerate() {
                turned[cell * REPLICATES + replicate] = *own;
            }
        }
        let mut halves = vec![[0.0; 2]; cells];
        for split in 1..=SPLITS {
            let firsts: [bool; REPLICATES] = std::array::from_fn(|replicate| first(split, replicate));
            let masks: [R::Mask; REPLICATES / LANES] =
                std::array::from_fn(|part| R::mask((0..LANES).map(|lane| u32::from(firsts[part * LANES + lane]) << lane).sum()));
            let (mut whole, mut less) = (0.0, [R::zero(); REPLICATES / LANES]);
            for (own, half) in turned.chunks_exact(REPLICATES).zip(&mut halves) {
                *half = [0.0; 2];
                for (own, first) in own.iter().zip(firsts) {
                    half[usize::from(!first)] += own;
                }
                let means = half.map(|sum| sum / (REPLICATES / 2) as f64);
                whole += agreement(means[0], means[1]);
            }
            for (own, half) in turned.chunks_exact(REPLICATES).zip(&halves) {
                let sums = half.map(R::splat);
                for (part, less) in less.iter_mut().enumerate() {
                    // The half that the randomisation is taken from, a mean over one fewer, and the other.
                    let from = R::select(masks[part], sums[0], sums[1]) - R::load(&own[part * LANES..(part + 1) * LANES]);
                    let other = R::select(masks[part], sums[1], sums[0]);
                    let fewer = R::splat((REPLICATES / 2 - 1) as f64);
                    *less = *less + agreement(from / fewer, other * R::splat(1.0 / (REPLICATES / 2) as f64));
                }
            }
            value += 0.25 * whole;
            for (without, less) in without.chunks_exact_mut(LANES).zip(less) {
                (R::load(without) + R::splat(0.25) * less).store(without);
            }
        }
        (value / SPLITS as f64, without.map(|sum| sum / SPLITS as f64))
    }
}

/// a·sgn b + b·sgn a
#[inline(always)]
fn agreement<R: Real>(a: R, b: R) -> R {
    let (size, product) = (a.abs() + b.abs(), a * b);
    R::select(R::zero().lt(product), size, R::select(product.lt(R::zero()), R::zero() - size, R::zero()))
}

#[cfg(test)]
mod tests {
    use super::super::Dealt;
    use super::*;
    use crate::numerics::Running;
    use crate::statistics::Verdict;
    use crate::uncertainty::{Design, Distribution, Sampler};

    /// δ of two normals with correlation r: the mean over x of the distance in total variation of N(0, 1) and N(rx, 1 − r²), whose densities cross where
    /// y² = (y − rx)²/(1 − r²) + ln(1 − r²).
    fn exact(r: f64) -> f64 {
        let normal = Distribution::normal(0.0, 1.0).unwrap();
        let (points, s) = (2000, (1.0 - r * r).sqrt());
        let distance = |k: i32| {
            let m = r * normal.quantile((f64::from(k) + 0.5) / f64::from(points));
            // r² y² − 2 m y + m² + s² ln s² = 0
            let root = (m * m - r * r * (m * m + s * s * (s * s).ln())).sqrt();
            let (a, b) = ((m - root) / (r * r), (m + root) / (r * r));
            let within = |mean: f64, sd: f64| normal.cdf((b - mean) / sd) - normal.cdf((a - mean) / sd);
            within(m, s) - within(0.0, 1.0)
        };
        (0..points).map(distance).sum::<f64>() / f64::from(points)
    }

    /// δ of two such normals from n draws of each seed.
    fn of_normals(sampler: Sampler, n: usize, r: f64, seeds: u64) -> Vec<Estimate> {
        let normal = Distribution::normal(0.0, 1.0).unwrap();
        let dealt = Dealt::new(&(0..n).map(|k| (k % 16) as u8).collect::<Vec<_>>());
        let one = |seed| {
            let design = Design::new(sampler, seed, n as u64, ["a", "b"]);
            let mut u = [vec![0.0; n], vec![0.0; n]];
            design.fill(0, 0, &mut u[0]);
            design.fill(1, 0, &mut u[1]);
            let x: Vec<f64> = u[0].iter().map(|u| normal.quantile(*u)).collect();
            let y: Vec<f64> = x.iter().zip(&u[1]).map(|(x, u)| r * x + (1.0 - r * r).sqrt() * normal.quantile(*u)).collect();
            borgonovo(&dealt.input(&x), &dealt.outcome(&y))
        };
        (0..seeds).map(one).collect()
    }

    #[test]
    fn correlated_normals_have_the_known_value() {
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            let mut last = f64::INFINITY;
            for (r, exact) in [(0.9, exact(0.9)), (0.5, exact(0.5)), (0.2, exact(0.2))] {
                let found = of_normals(sampler, 4096, r, 8);
                let mean = Running::of(&found.iter().map(|e| e.value).collect::<Vec<_>>()).mean;
                // Not above, beyond three standard errors of the mean of eight; below by no more than the width of a class's share, 1/10 of a quarter.
                assert!(mean < exact + 3.0 * found[0].se / 8f64.sqrt() && mean > exact - 0.03, "{sampler:?} {r}: {mean} {exact}");
                assert!(mean < last && found.iter().all(|e| e.verdict() == Verdict::Distinct), "{sampler:?} {r}");
                last = mean;
            }
        }
    }

    #[test]
    fn noise_is_nothing() {
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            let found = of_normals(sampler, 1024, 0.0, 40);
            let Running { mean, .. } = Running::of(&found.iter().map(|e| e.value).collect::<Vec<_>>());
            assert!(mean.abs() < 3.0 * found[0].se / 40f64.sqrt(), "{sampler:?}: {mean}");
            assert!(found.iter().filter(|e| e.verdict() == Verdict::WithinNoise).count() >= 36, "{sampler:?}");
        }
    }

    #[test]
    fn clear_differences_are_counted_exactly_and_transformations_change_nothing() {
        // y is uniform on (0, 1) or on (½, 3/2): each lies ¼ from their mixture.
        let n = 2304;
        let dealt = Dealt::new(&(0..n).map(|k| (k % 16) as u8).collect::<Vec<_>>());
        let x: Vec<f64> = (0..n).map(|k| (k / 16 % 2) as f64).collect();
        let y: Vec<f64> = (0..n).map(|k| 0.5 * x[k] + ((k * 1001 % n) as f64 + 0.5) / n as f64).collect();
        let input = dealt.input(&x);
        let found = borgonovo(&input, &dealt.outcome(&y));
        assert!(found.covers(0.25) && (found.value - 0.25).abs() < 0.01, "{found:?}");
        let cubes: Vec<f64> = y.iter().map(|y| -y * y * y).collect();
        let other = borgonovo(&input, &dealt.outcome(&cubes));
        assert!((other.value - found.value).abs() < 0.01, "{other:?} {found:?}");
        assert!(borgonovo(&input, &dealt.outcome(&vec![1.0; n])).value.is_nan());
        assert!(borgonovo(&dealt.input(&vec![1.0; n]), &dealt.outcome(&y)).value.is_nan());
        assert!(borgonovo(&Dealt::new(&[0]).input(&[1.0]), &Dealt::new(&[0]).outcome(&[1.0])).value.is_nan());
    }
}
