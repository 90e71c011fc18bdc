//! The gamma distribution with scale 1: P(a, x) = γ(a, x)/Γ(a) and its inverse.
//!
//! Series below a + 1, continued fraction above (Abramowitz & Stegun 6.5.29, 6.5.31, the latter by Lentz's method), and from a = 10⁵ on
//! Temme's uniform expansion (1979), whose error there is below 1e-13.

use super::invert::{Local, rising_zero};
use super::normal;
use super::stirling::{TWO_PI, deviance, stirling_error};
use crate::numerics::Real;

const UNIFORM_FROM: f64 = 1e5;

/// A gamma with this shape and what its functions share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::uncertainty) struct Gamma {
    shape: f64,
    stirling: f64,
}

impl Gamma {
    pub fn new(shape: f64) -> Gamma {
        Gamma { shape, stirling: stirling_error(shape) }
    }

    /// x^a e^(−x) / Γ(a + 1), which is x/a times the density.
    fn weight(&self, x: f64) -> f64 {
        Real::exp(-self.stirling - deviance(self.shape, x)) / (TWO_PI * self.shape).sqrt()
    }

    /// The probabilities below and above x.
    pub fn tails(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 {
            (0.0, 1.0)
        } else if x == f64::INFINITY {
            (1.0, 0.0)
        } else {
            self.tails_and_weight(x).0
        }
    }

    fn tails_and_weight(&self, x: f64) -> ((f64, f64), f64) {
        let (a, weight) = (self.shape, self.weight(x));
        if a >= UNIFORM_FROM {
            return (self.uniform_expansion(x), weight);
        }
        if x < a + 1.0 {
            let (mut term, mut sum, mut n) = (1.0, 1.0, a);
            while term > sum * 1e-17 {
                n += 1.0;
                term *= x / n;
                sum += term;
            }
            let below = (weight * sum).min(1.0);
            return ((below, 1.0 - below), weight);
        }
        let tiny = 1e-300;
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / tiny;
        let mut d = 1.0 / b;
        let mut fraction = d;
        let mut i = 0.0;
        while i < 1e5 {
            i += 1.0;
            let numerator = -i * (i - a);
            b += 2.0;
            d = numerator * d + b;
            d = 1.0 / if d.abs() < tiny { tiny } else { d };
            c = b + numerator / c;
            c = if c.abs() < tiny { tiny } else { c };
            let factor = d * c;
            fraction *= factor;
            if (factor - 1.0).abs() < 4e-16 {
                break;
            }
        }
        let above = (weight * a * fraction).clamp(0.0, 1.0);
        ((1.0 - above, above), weight)
    }

    /// Q = Φ(−η√a) + e^(−aη²/2)/√(2πa) · (c₀(η) + c₁(η)/a), η²/2 = λ − 1 − ln λ, λ = x/a; c₀ and c₁ by their series at η = 0,
    /// since the distribution lives within |η| < 0.03.
    fn uniform_expansion(&self, x: f64) -> (f64, f64) {
        const C0: [f64; 6] = [-1.0 / 3.0, 1.0 / 12.0, -2.0 / 135.0, 1.0 / 864.0, 1.0 / 2835.0, -139.0 / 777_600.0];
        const C1: [f64; 4] = [-1.0 / 540.0, -1.0 / 288.0, 1.0 / 378.0, -77.0 / 77_760.0];
        let a = self.shape;
        let half_square = deviance(a, x);
        let eta = (2.0 * half_square / a).sqrt().copysign(x - a);
        let (below, above) = normal::standard_tails(eta * a.sqrt());
        if eta.abs() > 0.1 {
            return (below, above);
        }
        let series = |c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * eta + c);
        let correction = Real::exp(-half_square) / (TWO_PI * a).sqrt() * (series(&C0) + series(&C1) / a);
        ((below - correction).clamp(0.0, 1.0), (above + correction).clamp(0.0, 1.0))
    }

    /// The x with probability `below` under it and `above` = 1 − `below` over it.
    pub fn quantile(&self, below: f64, above: f64) -> f64 {
        let a = self.shape;
        // Wilson & Hilferty (1931) where the bulk is, the leading power of x where the density piles up at zero.
        let z = normal::standard_quantile(below, above);
        let ninth = 1.0 / (9.0 * a);
        let cube = 1.0 - ninth + z * ninth.sqrt();
        let mut start = a * cube * cube * cube;
        let leading = self.small(below);
        if cube <= 0.3 || a < 0.4 || leading < 0.1 * a {
            start = leading.min(if above < 0.3 { f64::INFINITY } else { a + 1.0 });
        }
        if leading < f64::MIN_POSITIVE {
            return leading;
        }
        let start = if start.is_finite() { start } else { a + z.abs() };
        // Log x is the coordinate in which a small shape's left side is straight, so the left side is solved in log probability.
        let solve_left = below < above;
        rising_zero(0.0, f64::MAX, start, |x| {
            let ((p, q), weight) = self.tails_and_weight(x);
            let density = weight * a / x;
            let bend = (a - 1.0) / x - 1.0;
            if solve_left && p > 0.0 && below < 0.1 {
                let ratio = density / p;
                Local { value: Real::ln(p / below), slope: ratio, bend: bend - ratio }
            } else if !solve_left && q > 0.0 && above < 0.1 {
                let ratio = density / q;
                Local { value: Real::ln(above / q), slope: ratio, bend: bend + ratio }
            } else {
                Local { value: if solve_left { p - below } else { above - q }, slope: density, bend }
            }
        })
    }

    /// (p Γ(a + 1))^(1/a), the quantile's leading term at small p.
    fn small(&self, p: f64) -> f64 {
        let a = self.shape;
        Real::exp((Real::ln(p) + 0.5 * Real::ln(TWO_PI * a) + self.stirling) / a + Real::ln(a) - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_and_quantiles_undo_each_other_at_every_shape() {
        for shape in [1e-3, 0.05, 0.3, 0.9, 1.0, 1.5, 4.0, 30.0, 700.0, 9e4, 1.1e5, 1e8, 1e12] {
            let gamma = Gamma::new(shape);
            let mut last = 0.0;
            for p in [1e-12, 1e-6, 0.01, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.999, 1.0 - 1e-9] {
                let x = gamma.quantile(p, 1.0 - p);
                assert!(x >= last, "{shape} {p}");
                last = x;
                let (below, above) = gamma.tails(x);
                // A rounding of x itself moves the probability by density · ε · x.
                let slack = 1e-13 + 4e-16 * shape.sqrt();
                if x > 1e-290 {
                    assert!((below - p).abs() < slack * p.max(1e-3), "{shape} {p}: {below}");
                    assert!((above - (1.0 - p)).abs() < slack.max(2e-16), "{shape} {p}: {above}");
                }
            }
        }
    }

    #[test]
    fn the_uniform_expansion_continues_the_continued_fraction() {
        let (small, large) = (Gamma::new(UNIFORM_FROM * (1.0 - 1e-15)), Gamma::new(UNIFORM_FROM));
        for x in [9.8e4, 9.95e4, 1e5, 1.003e5, 1.01e5, 1.02e5] {
            let ((p, q), (r, s)) = (small.tails(x), large.tails(x));
            assert!((p - r).abs() < 2e-13 && (q - s).abs() < 2e-13, "{x}: {p} {r}");
        }
    }
}
