//! Student's t: P(T > t) = ½ I_{ν/(ν+t²)}(ν/2, ½) for t ≥ 0, and its inverse (Abramowitz & Stegun 26.7.1, 26.7.5).

use super::beta::Beta;
use super::invert::{Local, rising_zero};
use super::normal;
use crate::numerics::Real;

/// A t with this many degrees of freedom and what its functions share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::uncertainty) struct StudentT {
    df: f64,
    beta: Beta,
}

impl StudentT {
    pub fn new(df: f64) -> StudentT {
        StudentT { df, beta: Beta::new(0.5 * df, 0.5) }
    }

    /// P(|T| > t) and P(|T| < t), and t times the density, for t ≥ 0.
    fn sides(&self, t: f64) -> ((f64, f64), f64) {
        // x = ν/(ν+t²) and 1 − x without squaring what overflows.
        let s = t / self.df.sqrt();
        let (x, y) = if s < 1e150 { (1.0 / (1.0 + s * s), s * s / (1.0 + s * s)) } else { (1.0 / s / s, 1.0) };
        if x <= 0.0 {
            ((0.0, 1.0), 0.0)
        } else if y <= 0.0 {
            ((1.0, 0.0), 0.0)
        } else {
            self.beta.tails_and_weight(x, y)
        }
    }

    /// The t with probability `outside` beyond it on both sides, far out: P(|T| > t) ≈ (ν/t²)^(ν/2) / (½ν B(½ν, ½)).
    fn far(&self, outside: f64) -> f64 {
        // 1/B from the weight at a point, x^(ν/2) √(1−x) / B.
        let (v, x) = (self.df, 1e-3);
        let log_inverse_beta = Real::ln(self.beta.weight(x, 1.0 - x)) - 0.5 * Real::ln(1.0 - x) - 0.5 * v * Real::ln(x);
        v.sqrt() * Real::exp((log_inverse_beta - Real::ln(0.5 * v) - Real::ln(outside)) / v)
    }

    /// The probabilities below and above t.
    pub fn tails(&self, t: f64) -> (f64, f64) {
        let outside = if t.is_infinite() { 0.0 } else { self.sides(t.abs()).0.0 };
        let (smaller, larger) = (0.5 * outside, 1.0 - 0.5 * outside);
        if t < 0.0 { (smaller, larger) } else { (larger, smaller) }
    }

    /// The t with probability `below` under it and `above` = 1 − `below` over it.
    pub fn quantile(&self, below: f64, above: f64) -> f64 {
        let outside = 2.0 * below.min(above);
        let inside = (above - below).abs();
        if inside == 0.0 {
            return 0.0;
        }
        let v = self.df;
        let z = -normal::standard_quantile(below.min(above), below.max(above));
        let square = z * z;
        let bulk = z
            * (1.0
                + (square + 1.0) / (4.0 * v)
                + ((5.0 * square + 16.0) * square + 3.0) / (96.0 * v * v)
                + (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / (384.0 * v * v * v));
        let start = if v < 30.0 && square > v { self.far(outside).max(z) } else { bulk };
        let t = rising_zero(0.0, f64::MAX, start, |t| {
            let ((out, within), weight) = self.sides(t);
            let density = 2.0 * weight / t;
            let bend = -(v + 1.0) / (v / t + t);
            if outside < 0.5 && out > 0.0 {
                let ratio = density / out;
                Local { value: Real::ln(outside / out), slope: ratio, bend: bend + ratio }
            } else {
                Local { value: within - inside, slope: density, bend }
            }
        });
        if below < above { -t } else { t }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_quantiles_undo_each_other() {
        for df in [1.01, 2.0, 3.0, 4.5, 12.0, 100.0, 1e4, 1e6] {
            let t = StudentT::new(df);
            let mut last = f64::NEG_INFINITY;
            for p in [1e-15, 1e-9, 1e-4, 0.03, 0.2, 0.4, 0.4999999, 0.5, 0.500001, 0.7, 0.99, 1.0 - 1e-9] {
                let x = t.quantile(p, 1.0 - p);
                assert!(x > last, "{df} {p}");
                last = x;
                let (below, _) = t.tails(x);
                assert!((below - p).abs() < (2e-13 + 1e-18 * df) * p, "{df} {p}: {x} {below}");
            }
        }
    }
}
