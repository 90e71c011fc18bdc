//! The share of an outcome's variance that one input explains, from ordinary draws: the first-order index Var(E[Y|X]) / Var(Y).
//!
//! Draws are sorted into M equally frequent classes of the input, and what is left around the mean of each class is compared with the variance of all (the
//! correlation ratio from given data: Plischke 2010, "An effective algorithm for computing global sensitivity indices"). Classes are wide, so around a straight line in
//! each instead: a smooth response then loses next to nothing. Corrected so that noise has mean zero: 1 − (W/(n − p)) / (T/(n − 1)), W the squares
//! that are left, T all and p the numbers fitted (Kelley 1935).
//!
//! Where inputs are correlated the index still is the share that knowing the input would remove, but part of that is then the others'.

use super::super::estimate::Estimate;
use super::column::{Input, Outcome, ranges};
use crate::uncertainty::REPLICATES;

/// The first-order index with its interval, the jackknife's over the 16 randomisations; below zero only by noise. NaN where the input or the outcome does not
/// vary, or there are fewer than four draws a class.
pub fn first_order(input: &Input, outcome: &Outcome) -> Estimate {
    let input = input.measured();
    let classes = input.classes;
    if outcome.is_constant() || outcome.standard.len() < 4 * classes {
        return Estimate::UNKNOWN;
    }
    let mut of_outcome = vec![[0.0; 2]; input.of_cell.len()];
    for ((cell, x), y) in input.cell.iter().zip(&input.place).zip(&outcome.standard) {
        let [sum, product] = &mut of_outcome[usize::from(*cell)];
        *sum += y;
        *product += x * y;
    }
    let own = input.of_cell.iter().zip(of_outcome).map(|(&[n, x, xx], [y, xy])| Sums { n, x, xx, y, xy });
    let own: Vec<Sums> = own.collect();
    let mut whole = vec![Sums::default(); classes];
    for own in own.chunks_exact(classes) {
        for (whole, own) in whole.iter_mut().zip(own) {
            *whole = whole.plus(own, 1.0);
        }
    }
    let value = index(whole.iter().copied(), 1.0);
    if value.is_nan() {
        return Estimate::UNKNOWN;
    }
    let mut without = Vec::with_capacity(REPLICATES);
    for ((own, range), squares) in own.chunks_exact(classes).zip(ranges(&outcome.ranks.ends)).zip(&outcome.squares) {
        if !range.is_empty() {
            without.push(index(whole.iter().zip(own).map(|(whole, own)| whole.plus(own, -1.0)), 1.0 - squares));
        }
    }
    Estimate::jackknife(value, &without)
}

/// Sums over draws.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    x: f64,
    xx: f64,
    y: f64,
    xy: f64,
}

impl Sums {
    fn plus(&self, other: &Sums, times: f64) -> Sums {
        Sums {
            n: self.n + times * other.n,
            x: self.x + times * other.x,
            xx: self.xx + times * other.xx,
            y: self.y + times * other.y,
            xy: self.xy + times * other.xy,
        }
    }
}

/// The corrected ratio from the sums of each class and the squares of the outcome.
fn index(classes: impl Iterator<Item = Sums>, squares: f64) -> f64 {
    let (mut explained, mut sum, mut n, mut fitted) = (0.0, 0.0, 0.0, 0.0);
    for Sums { n: count, x, xx, y, xy } in classes.filter(|class| class.n > 0.0) {
        explained += y * y / count;
        sum += y;
        n += count;
        fitted += 1.0;
        let spread = xx - x * x / count;
        // Of all of a class's squares, 1, not so little is left that it is rounding.
        if spread > 1e-9 {
            let together = xy - x * y / count;
            explained += together * together / spread;
            fitted += 1.0;
        }
    }
    if fitted < 2.0 || n <= fitted {
        return f64::NAN;
    }
    let (total, left) = (squares - sum * sum / n, squares - explained);
    1.0 - left / (n - fitted) * (n - 1.0) / total
}

#[cfg(test)]
mod tests {
    use super::super::Dealt;
    use super::*;
    use crate::statistics::Verdict;

    #[test]
    fn known_answers() {
        // Two groups of 8: means 0 and 1, each half 0.5 under and over. T = 16 · 0.25 + 16 · 0.25 = 8, W = 4: 1 − (4/14)/(8/15) = 13/28.
        let x: Vec<f64> = (0..16).map(|k| f64::from(k / 8)).collect();
        let y: Vec<f64> = (0..16).map(|k| f64::from(k / 8) + if k % 2 == 0 { 0.5 } else { -0.5 }).collect();
        let dealt = Dealt::new(&(0..16).map(|k| k % 16).collect::<Vec<u8>>());
        let found = first_order(&dealt.input(&x), &dealt.outcome(&y));
        assert!((found.value - 13.0 / 28.0).abs() < 1e-14, "{found:?}");
        assert_eq!(first_order(&dealt.input(&x), &dealt.outcome(&[2.0; 16])).verdict(), Verdict::Unknown);
        assert_eq!(first_order(&dealt.input(&[1.0; 16]), &dealt.outcome(&y)).verdict(), Verdict::Unknown);
        // A straight line is explained entirely.
        let line: Vec<f64> = (0..16).map(|k| 3.0 - f64::from(k * 5 % 16)).collect();
        let steep: Vec<f64> = line.iter().map(|x| 1e6 - 7.0 * x).collect();
        assert!((first_order(&dealt.input(&line), &dealt.outcome(&steep)).value - 1.0).abs() < 1e-12);
        let few = Dealt::new(&[0, 1, 2]);
        assert!(first_order(&few.input(&x[..3]), &few.outcome(&y[..3])).value.is_nan());
    }
}
