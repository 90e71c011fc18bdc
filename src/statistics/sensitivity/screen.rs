//! A first look at hundreds of inputs: the share of an outcome's variance that a parabola in the input's rank explains.
//!
//! R² = (Σ r y)² + (Σ r² y)²/(Σ r⁴ − 1/n), with r the standardised ranks of the input and y the standardised outcome. It misses what neither rises, falls nor bends, and costs
//! two products a draw; who is let through by it is then measured properly.

use super::column::{Input, Outcome};

/// R², 0 … 1; zero where either does not vary.
pub fn screen(input: &Input, outcome: &Outcome) -> f64 {
    let (r, y) = (&input.ranks.whole, &outcome.standard);
    let (by_eight, rest) = (r.chunks_exact(8).zip(y.chunks_exact(8)), 8 * (r.len() / 8));
    let (mut line, mut bend, mut fourth) = ([0.0; 8], [0.0; 8], [0.0; 8]);
    for (r, y) in by_eight {
        for lane in 0..8 {
            let square = r[lane] * r[lane];
            line[lane] += r[lane] * y[lane];
            bend[lane] += square * y[lane];
            fourth[lane] += square * square;
        }
    }
    for (r, y) in r[rest..].iter().zip(&y[rest..]) {
        line[0] += r * y;
        bend[0] += r * r * y;
        fourth[0] += r * r * r * r;
    }
    let sum = |of: [f64; 8]| of.iter().sum::<f64>();
    let (line, bend, spread) = (sum(line), sum(bend), sum(fourth) - 1.0 / r.len().max(1) as f64);
    line * line + if spread > 0.0 { bend * bend / spread } else { 0.0 }
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
