//! Spearman's rank correlation of an input and an outcome: whether the outcome rises or falls with it, and how steadily; −1 … 1.
//!
//! The interval comes from the spread of the correlations within the 16 randomisations, each with ranks of its own.

use super::super::estimate::{Estimate, NORMAL_975};
use super::column::{Input, Outcome, ranges};
use crate::numerics::exp;

/// With fewer draws in a randomisation its own correlation says next to nothing.
const FEWEST: usize = 8;

/// Rank correlation. NaN where the input or the outcome does not vary. With fewer than 8 draws in a randomisation, or one in which nothing varies, the
/// interval is that of independent draws: artanh ρ ± 1.96·1.03/√(n − 3) (Fieller, Hartley & Pearson 1957).
pub fn rank_correlation(input: &Input, outcome: &Outcome) -> Estimate {
    let y = &outcome.ranks;
    let varies = |own: &[f64]| own.iter().any(|rank| *rank != 0.0);
    if !input.varies() || !y.vary() {
        return Estimate::UNKNOWN;
    }
    let value = dot(&input.whole, &y.whole).clamp(-1.0, 1.0);
    let x = &input.measured().within;
    if ranges(&input.ends).all(|range| range.len() >= FEWEST && varies(&x[range.clone()]) && varies(&y.within[range])) {
        let own: Vec<f64> = ranges(&input.ends).map(|range| dot(&x[range.clone()], &y.within[range])).collect();
        return Estimate::of_replicates(value, &own).within(-1.0, 1.0);
    }
    let n = input.whole.len() as f64;
    if n <= 3.0 {
        return Estimate { value, ..Estimate::UNKNOWN };
    }
    let reach = NORMAL_975 * 1.03 / (n - 3.0).sqrt();
    // tanh(artanh ρ ± reach) without the infinities at ±1.
    let moved = |reach: f64| {
        let growth = exp(2.0 * reach);
        ((1.0 + value) * growth - (1.0 - value)) / ((1.0 + value) * growth + (1.0 - value))
    };
    Estimate::between(value, moved(-reach), moved(reach), NORMAL_975)
}

/// Σ xᵢyᵢ in eight sums side by side.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (x.chunks_exact(8), y.chunks_exact(8));
    let rest: f64 = x.remainder().iter().zip(y.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0; 8];
    for (x, y) in x.zip(y) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::super::Dealt;
    use super::*;

    #[test]
    fn known_answers() {
        let (x, y) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [2.0, 1.0, 4.0, 3.0, 7.0, 7.0, 5.0]);
        let dealt = Dealt::new(&[0, 1, 2, 3, 4, 5, 6]);
        let found = rank_correlation(&dealt.input(&x), &dealt.outcome(&y));
        // Ranks of y: 2 1 4 3 6.5 6.5 5. Σ(rx − 4)(ry − 4) = 22.5; Σ(rx − 4)² = 28, Σ(ry − 4)² = 27.5.
        assert!((found.value - 22.5 / (28.0f64 * 27.5).sqrt()).abs() < 1e-14, "{found:?}");
        // tanh(artanh 0.8108 ± 1.0094)
        assert!((found.low - 0.11946).abs() < 1e-3 && (found.high - 0.9726).abs() < 1e-3, "{found:?}");
        assert!(rank_correlation(&dealt.input(&[3.0; 7]), &dealt.outcome(&y)).value.is_nan());
        assert!(rank_correlation(&Dealt::new(&[]).input(&[]), &Dealt::new(&[]).outcome(&[])).value.is_nan());
    }

    #[test]
    fn what_rises_always_together_is_one() {
        let replicate: Vec<u8> = (0..256).map(|k| (k % 16) as u8).collect();
        let x: Vec<f64> = (0..256).map(|k| f64::from(k * 77 % 256)).collect();
        let y: Vec<f64> = x.iter().map(|x| -x * x * x).collect();
        let dealt = Dealt::new(&replicate);
        let found = rank_correlation(&dealt.input(&x), &dealt.outcome(&y));
        assert!((found.value + 1.0).abs() < 1e-12 && found.high < -0.999 && found.low >= -1.0, "{found:?}");
    }
}
