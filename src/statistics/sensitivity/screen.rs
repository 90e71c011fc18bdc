//! A first look at hundreds of inputs: the share of an outcome's variance that a parabola in the input's rank explains.
//!
//! R² = (Σ r y)² + (Σ r² y)²/(Σ r⁴ − 1/n), with r the standardised ranks of the input and y the standardised outcome. It misses what neither rises, falls nor bends, and costs
//! two products a draw; who is let through by it is then measured properly.

use super::column::{Input, Outcome};
use crate::numerics::{Isa, Kernel, LANES, Real, dispatch};

/// By outcome, R² of each input, 0 … 1; zero where it or the outcome does not vary.
pub fn screen(inputs: &[Input], outcomes: &[Outcome]) -> Vec<Vec<f64>> {
    let isa = Isa::detect();
    let mut found = vec![vec![0.0; inputs.len()]; outcomes.len()];
    for first in (0..inputs.len()).step_by(2) {
        for outcome in (0..outcomes.len()).step_by(2) {
            // Of an odd number the last is looked at twice.
            let (inputs_at, outcomes_at) = ([first, (first + 1).min(inputs.len() - 1)], [outcome, (outcome + 1).min(outcomes.len() - 1)]);
            let ranks = inputs_at.map(|input| inputs[input].whole.as_slice());
            let sums = dispatch(isa, Parabolas { ranks, outcomes: outcomes_at.map(|outcome| outcomes[outcome].standard.as_slice()) });
            for (sums, input) in sums.into_iter().zip(inputs_at) {
                let spread = inputs[input].fourth - 1.0 / inputs[input].whole.len().max(1) as f64;
                for ([line, bend], outcome) in sums.into_iter().zip(outcomes_at) {
                    found[outcome][input] = line * line + if spread > 0.0 { bend * bend / spread } else { 0.0 };
                }
            }
        }
    }
    found
}

/// Σ r⁴
pub(super) fn fourth_power(ranks: &[f64]) -> f64 {
    dispatch(Isa::detect(), Fourth { ranks })
}

/// Σ r y and Σ r² y of each pair, in eight sums side by side, whatever the machine has room for: hundreds of inputs meet hundreds of outcomes, so that these products are
/// most of a screening. Two of each at a time: one sum waits for its last addition longer than the next product takes, and every number read serves two pairs.
struct Parabolas<'a> {
    ranks: [&'a [f64]; 2],
    outcomes: [&'a [f64]; 2],
}

impl Kernel for Parabolas<'_> {
    /// By input, then outcome.
    type Output = [[[f64; 2]; 2]; 2];

    #[inline(always)]
    fn run<R: Real>(self) -> Self::Output {
        let n = self.ranks[0].len();
        let rest = n - n % R::LANES;
        let (ranks, outcomes) = (self.ranks.map(|ranks| &ranks[..n]), self.outcomes.map(|outcome| &outcome[..n]));
        let mut sums = [[[R::zero(); 2]; 2]; 2];
        for from in (0..rest).step_by(R::LANES) {
            let y = outcomes.map(|y| R::load(&y[from..from + R::LANES]));
            for (ranks, sums) in ranks.iter().zip(&mut sums) {
                let r = R::load(&ranks[from..from + R::LANES]);
                let square = r * r;
                for (y, [line, bend]) in y.into_iter().zip(sums) {
                    *line = *line + r * y;
                    *bend = *bend + square * y;
                }
            }
        }
        let whole = |input: usize, outcome: usize| {
            let [line, bend] = sums[input][outcome];
            let mut sums = [[0.0; LANES]; 2];
            line.store(&mut sums[0]);
            bend.store(&mut sums[1]);
            for (r, y) in ranks[input][rest..].iter().zip(&outcomes[outcome][rest..]) {
                sums[0][0] += r * y;
                sums[1][0] += r * r * y;
            }
            sums.map(|of| of.iter().sum::<f64>())
        };
        [[whole(0, 0), whole(0, 1)], [whole(1, 0), whole(1, 1)]]
    }
}

struct Fourth<'a> {
    ranks: &'a [f64],
}

impl Kernel for Fourth<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<R: Real>(self) -> f64 {
        let r = self.ranks;
        let rest = r.len() - r.len() % R::LANES;
        let mut fourth = R::zero();
        for r in r[..rest].chunks_exact(R::LANES) {
            let r = R::load(r);
            let square = r * r;
            fourth = fourth + square * square;
        }
        let mut sums = [0.0; LANES];
        fourth.store(&mut sums);
        for r in &r[rest..] {
            sums[0] += r * r * r * r;
        }
        sums.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Dealt;
    use super::*;

    #[test]
    fn lines_and_parabolas_are_seen_and_noise_is_not() {
        let n = 1000;
        let dealt = Dealt::new(&(0..n).map(|k| (k % 16) as u8).collect::<Vec<_>>());
        let x: Vec<f64> = (0..n).map(|k| ((k * 389) % n) as f64 / n as f64).collect();
        let input = dealt.input(&x);
        let of =
            |y: &dyn Fn(usize) -> f64| screen(std::slice::from_ref(&input), &[dealt.outcome(&(0..n).map(y).collect::<Vec<_>>())])[0][0];
        assert!((of(&|k| 3.0 - 2.0 * x[k]) - 1.0).abs() < 1e-9);
        assert!((of(&|k| (x[k] - 0.4).powi(2)) - 1.0).abs() < 1e-4);
        assert!(of(&|k| ((k * 7919) % n) as f64) < 0.02 && of(&|_| 4.0) == 0.0);
    }
}
