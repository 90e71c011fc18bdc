//! A first look at hundreds of inputs: the share of an outcome's variance that a parabola in the input's rank explains.
//!
//! R² = (Σ r y)² + (Σ r² y)²/(Σ r⁴ − 1/n), with r the standardised ranks of the input and y the standardised outcome. It misses what neither rises, falls nor bends, and costs
//! two products a draw; who is let through by it is then measured properly.

use super::column::{Input, Outcome};
use crate::numerics::{Isa, Kernel, LANES, Real, dispatch};

/// R², 0 … 1; zero where either does not vary.
pub fn screen(input: &Input, outcome: &Outcome) -> f64 {
    dispatch(Isa::detect(), Parabola { ranks: &input.whole, outcome: &outcome.standard })
}

/// Eight sums side by side, whatever the machine has room for: hundreds of inputs meet hundreds of outcomes, so that these products are most of a screening.
struct Parabola<'a> {
    ranks: &'a [f64],
    outcome: &'a [f64],
}

impl Kernel for Parabola<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<R: Real>(self) -> f64 {
        let (r, y) = (self.ranks, self.outcome);
        let rest = r.len() - r.len() % R::LANES;
        let (mut line, mut bend, mut fourth) = (R::zero(), R::zero(), R::zero());
        for (r, y) in r.chunks_exact(R::LANES).zip(y.chunks_exact(R::LANES)) {
            let (r, y) = (R::load(r), R::load(y));
            let square = r * r;
            line = line + r * y;
            bend = bend + square * y;
            fourth = fourth + square * square;
        }
        let mut sums = [[0.0; LANES]; 3];
        line.store(&mut sums[0]);
        bend.store(&mut sums[1]);
        fourth.store(&mut sums[2]);
        for (r, y) in r[rest..].iter().zip(&y[rest..]) {
            sums[0][0] += r * y;
            sums[1][0] += r * r * y;
            sums[2][0] += r * r * r * r;
        }
        let [line, bend, fourth] = sums.map(|of| of.iter().sum::<f64>());
        let spread = fourth - 1.0 / r.len().max(1) as f64;
        line * line + if spread > 0.0 { bend * bend / spread } else { 0.0 }
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
        let of = |y: &dyn Fn(usize) -> f64| screen(&input, &dealt.outcome(&(0..n).map(y).collect::<Vec<_>>()));
        assert!((of(&|k| 3.0 - 2.0 * x[k]) - 1.0).abs() < 1e-9);
        assert!((of(&|k| (x[k] - 0.4).powi(2)) - 1.0).abs() < 1e-4);
        assert!(of(&|k| ((k * 7919) % n) as f64) < 0.02 && of(&|_| 4.0) == 0.0);
    }
}
