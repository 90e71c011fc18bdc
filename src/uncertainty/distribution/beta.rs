//! The beta distribution on [0, 1]: I_x(a, b) and its inverse.
//!
//! Continued fraction of Abramowitz & Stegun 26.5.8 by Lentz's method, on the side of the mean where it converges quickly.

use super::invert::{Local, rising_zero};
use super::stirling::{TWO_PI, deviance, stirling_error};
use crate::numerics::Real;

/// A beta with these shapes and what its functions share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::uncertainty) struct Beta {
    a: f64,
    b: f64,
    /// δ(a + b) − δ(a) − δ(b)
    stirling: f64,
    /// The probabilities below and above ½.
    at_half: (f64, f64),
}

impl Beta {
    pub fn new(a: f64, b: f64) -> Beta {
        let stirling = stirling_error(a + b) - stirling_error(a) - stirling_error(b);
        let mut beta = Beta { a, b, stirling, at_half: (0.0, 0.0) };
        beta.at_half = beta.tails(0.5, 0.5);
        beta
    }

    fn mirrored(&self) -> Beta {
        Beta { a: self.b, b: self.a, stirling: self.stirling, at_half: (self.at_half.1, self.at_half.0) }
    }

    /// x^a y^b / B(a, b), y = 1 − x, which is x·y times the density.
    pub fn weight(&self, x: f64, y: f64) -> f64 {
        let (a, b, n) = (self.a, self.b, self.a + self.b);
        if x <= 0.0 || y <= 0.0 {
            return 0.0;
        }
        let exponent = self.stirling - deviance(a, n * x) - deviance(b, n * y);
        (a * b / (TWO_PI * n)).sqrt() * Real::exp(exponent)
    }

    /// The probabilities below and above x, where y = 1 − x is given apart so that neither end loses digits.
    pub fn tails(&self, x: f64, y: f64) -> (f64, f64) {
        if x <= 0.0 {
            return (0.0, 1.0);
        }
        if y <= 0.0 {
            return (1.0, 0.0);
        }
        self.tails_and_weight(x, y).0
    }

    /// [`Beta::tails`] and [`Beta::weight`] strictly inside.
    pub fn tails_and_weight(&self, x: f64, y: f64) -> ((f64, f64), f64) {
        let weight = self.weight(x, y);
        let tails = if x * (self.a + self.b + 2.0) <= self.a + 1.0 {
            let below = (weight * fraction(self.a, self.b, x) / self.a).clamp(0.0, 1.0);
            (below, 1.0 - below)
        } else {
            let above = (weight * fraction(self.b, self.a, y) / self.b).clamp(0.0, 1.0);
            (1.0 - above, above)
        };
        (tails, weight)
    }

    /// The x with probability `below` under it and `above` = 1 − `below` over it.
    pub fn quantile(&self, below: f64, above: f64) -> f64 {
        // Solved from the end that is nearer, so that x near 1 is as good as x near 0.
        if self.at_half.0 < below { 1.0 - self.mirrored().left_quantile(above, below) } else { self.left_quantile(below, above) }
    }

    /// [`Beta::quantile`] where the answer is at most ½.
    fn left_quantile(&self, below: f64, above: f64) -> f64 {
        let (a, b, n) = (self.a, self.b, self.a + self.b);
        // I_x ≈ x^a / (a B) near zero.
        let log_beta = 0.5 * Real::ln(TWO_PI * n / (a * b)) - self.stirling + a * Real::ln(a / n) + b * Real::ln(b / n);
        let leading = Real::exp((Real::ln(below) + Real::ln(a) + log_beta) / a);
        if leading < f64::MIN_POSITIVE {
            return leading;
        }
        let mut start = leading;
        if a > 1.0 && b > 1.0 && below > 1e-4 {
            // Abramowitz & Stegun 26.5.22
            let z = super::normal::standard_quantile(below, above);
            let (h, lambda) = (2.0 / (1.0 / (2.0 * a - 1.0) + 1.0 / (2.0 * b - 1.0)), (z * z - 3.0) / 6.0);
            let w = -z * (h + lambda).max(0.0).sqrt() / h
                - (1.0 / (2.0 * b - 1.0) - 1.0 / (2.0 * a - 1.0)) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
            start = a / (a + b * Real::exp(2.0 * w));
        }
        let solve_left = below < above;
        rising_zero(0.0, 1.0, start.min(0.6), |x| {
            let y = 1.0 - x;
            let ((p, q), weight) = self.tails_and_weight(x, y);
            let density = weight / (x * y);
            let bend = (a - 1.0) / x - (b - 1.0) / y;
            if solve_left && p > 0.0 {
                let ratio = density / p;
                Local { value: Real::ln(p / below), slope: ratio, bend: bend - ratio }
            } else {
                Local { value: if solve_left { p - below } else { above - q }, slope: density, bend }
            }
        })
    }
}

/// 1/(1+ d₁/(1+ d₂/(1+ …
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let tiny = 1e-300;
    let guard = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    let mut m = 0.0;
    while m < 1e5 {
        m += 1.0;
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() < 4e-16 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_quantiles_undo_each_other_at_every_shape() {
        for (a, b) in
            [(1e-3, 1e-3), (0.5, 0.5), (0.1, 8.0), (1.0, 1.0), (1.0, 3.0), (2.0, 3.5), (5.0, 0.2), (90.0, 400.0), (1e6, 1e6), (1e6, 2.0)]
        {
            let beta = Beta::new(a, b);
            let mut last = 0.0;
            for p in [1e-12, 1e-6, 0.01, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.999, 1.0 - 1e-9] {
                let x = beta.quantile(p, 1.0 - p);
                assert!(x >= last && x <= 1.0, "{a} {b} {p}: {x}");
                last = x;
                if x > 1e-290 && x < 1.0 - 1e-10 {
                    let (below, _) = beta.tails(x, 1.0 - x);
                    let slack = 1e-13 + 4e-16 * (a + b).sqrt() + 1e-15 / (1.0 - x).min(1.0);
                    assert!((below - p).abs() < slack, "{a} {b} {p}: {below}");
                }
            }
        }
    }
}
