//! The beta distribution on [0, 1]: I_x(a, b) and its inverse.
//!
//! Continued fraction of DiDonato & Morris (1992), "Algorithm 708: Significant digit computation of the incomplete beta function ratios", equation 9, on the
//! side of the mean where it converges quickly.

use super::invert::{Local, rising_zero};
use super::normal::{standard_quantile, standard_tails};
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
            let below = (weight * fraction(self.a, self.b, x, y)).clamp(0.0, 1.0);
            (below, 1.0 - below)
        } else {
            let above = (weight * fraction(self.b, self.a, y, x)).clamp(0.0, 1.0);
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
        let (a, b) = (self.a, self.b);
        let start = self.start(below, above);
        if start < f64::MIN_POSITIVE {
            return start;
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
            } else if !solve_left && q > 0.0 && above < 0.1 {
                let ratio = density / q;
                Local { value: Real::ln(above / q), slope: ratio, bend: bend + ratio }
            } else {
                Local { value: if solve_left { p - below } else { above - q }, slope: density, bend }
            }
        })
    }
}

impl Beta {
    /// Where to look for a quantile of at most ½.
    fn start(&self, below: f64, above: f64) -> f64 {
        let (a, b, n) = (self.a, self.b, self.a + self.b);
        // I_x ≈ x^a / (a B) near zero.
        let log_beta = 0.5 * Real::ln(TWO_PI * n / (a * b)) - self.stirling + a * Real::ln(a / n) + b * Real::ln(b / n);
        let leading = Real::exp((Real::ln(below) + Real::ln(a) + log_beta) / a);
        if leading < f64::MIN_POSITIVE || a <= 1.0 || b <= 1.0 || below <= 1e-4 {
            return leading;
        }
        // Abramowitz & Stegun 26.5.22
        let z = standard_quantile(below, above);
        let (h, lambda) = (2.0 / (1.0 / (2.0 * a - 1.0) + 1.0 / (2.0 * b - 1.0)), (z * z - 3.0) / 6.0);
        let w = -z * (h + lambda).max(0.0).sqrt() / h
            - (1.0 / (2.0 * b - 1.0) - 1.0 / (2.0 * a - 1.0)) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h));
        a / (a + b * Real::exp(2.0 * w))
    }
}

/// A beta's quantiles as a function of the normal score z = Φ⁻¹(u), which is so smooth that polynomials between the points of a grid have all its digits: many
/// quantiles of one beta, a tenth as dear.
#[derive(Debug, Clone)]
pub(in crate::uncertainty) struct Grid {
    beta: Beta,
    /// From [`FIRST`] by [`APART`]: x by the share of the way to the next point, constant term first. None of a beta that bends too sharply at an end.
    pieces: Vec<[f64; 8]>,
}

/// Normal scores of the grid.
const FIRST: f64 = -4.0;
const APART: f64 = 1.0 / 32.0;
const PIECES: u32 = 256;

impl Grid {
    pub fn new(beta: Beta) -> Grid {
        let taylor = |k: u32| beta.taylor(FIRST + APART * f64::from(k));
        let smooth = beta.a >= 1.0 && beta.b >= 1.0;
        Grid { beta, pieces: if smooth { (0..PIECES).map(|k| hermite(taylor(k), taylor(k + 1))).collect() } else { vec![] } }
    }

    /// Where a probability stands, in steps of the grid from its first point.
    #[inline(always)]
    pub fn place<R: Real>(below: R, above: R) -> R {
        (standard_quantile(below, above) - R::splat(FIRST)) * R::splat(1.0 / APART)
    }

    /// [`Beta::quantile`], given its [`Grid::place`].
    #[inline(always)]
    pub fn quantile(&self, place: f64, below: f64, above: f64) -> f64 {
        // What is no number, or lies before the grid, is at no point of it.
        match self.pieces.get(if place >= 0.0 { place as usize } else { usize::MAX }) {
            Some([c0, c1, c2, c3, c4, c5, c6, c7]) => {
                let t = place - (place as u32) as f64;
                let square = t * t;
                let (low, high) = ((c0 + c1 * t) + (c2 + c3 * t) * square, (c4 + c5 * t) + (c6 + c7 * t) * square);
                low + high * (square * square)
            }
            None => self.beta.quantile(below, above),
        }
    }
}

impl Beta {
    /// The quantile at the normal score z, and h x′, h² x″/2 and h³ x‴/6 there, h = [`APART`]: x′ = φ(z)/f(x) with f the density, and f′/f = (a−1)/x − (b−1)/(1−x).
    fn taylor(&self, z: f64) -> [f64; 4] {
        let (below, above) = standard_tails(z);
        let x = self.quantile(below, above);
        let y = 1.0 - x;
        let first = Real::exp(-0.5 * z * z) / (TWO_PI.sqrt() * self.weight(x, y) / (x * y));
        let (slope, bend) = ((self.a - 1.0) / x - (self.b - 1.0) / y, -(self.a - 1.0) / (x * x) - (self.b - 1.0) / (y * y));
        let growth = -z - slope * first;
        let second = first * growth;
        let third = second * growth - first * (1.0 + bend * first * first + slope * second);
        [x, APART * first, APART * APART / 2.0 * second, APART * APART * APART / 6.0 * third]
    }
}

/// The polynomial of degree seven in t with these four Taylor coefficients at t = 0 and those at t = 1.
fn hermite(at_0: [f64; 4], at_1: [f64; 4]) -> [f64; 8] {
    let [c0, c1, c2, c3] = at_0;
    // What the first four terms leave at t = 1 …
    let left = [at_1[0] - (c0 + c1 + c2 + c3), at_1[1] - (c1 + 2.0 * c2 + 3.0 * c3), at_1[2] - (c2 + 3.0 * c3), at_1[3] - c3];
    // … is t⁴ times a cubic in t − 1, where t⁻⁴ = 1 − 4 (t−1) + 10 (t−1)² − 20 (t−1)³ + …
    let e0 = left[0];
    let e1 = left[1] - 4.0 * left[0];
    let e2 = left[2] - 4.0 * left[1] + 10.0 * left[0];
    let e3 = left[3] - 4.0 * left[2] + 10.0 * left[1] - 20.0 * left[0];
    [c0, c1, c2, c3, e0 - e1 + e2 - e3, e1 - 2.0 * e2 + 3.0 * e3, e2 - 3.0 * e3, e3]
}

/// I_x(a, b) over x^a y^b / B(a, b), in DiDonato & Morris's form, whose terms do not cancel where x is near a/(a + b).
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    // 1 + a − (a + b) x = 1 − b + (a + b) y, by way of the smaller so that it keeps its digits.
    let c = if x < y { 1.0 + a - (a + b) * x } else { 1.0 - b + (a + b) * y };
    let first = 1.0 + 1.0 / a;
    let (mut s, mut p) = (a + 1.0, 1.0);
    let (mut above, mut below) = (0.0, 1.0);
    let (mut next_above, mut next_below) = (1.0, c / first);
    let mut ratio = first / c;
    let mut n = 0.0;
    while n < 1e5 {
        n += 1.0;
        let t = n / a;
        let w = n * (b - n) * x;
        let e = a / s;
        let alpha = p * (p + b / a) * e * e * (w * x);
        let beta = n + w / s + (1.0 + t) / (first + 2.0 * t) * (c + n * (1.0 + y));
        p = 1.0 + t;
        s += 2.0;
        (above, next_above) = (next_above, alpha * above + beta * next_above);
        (below, next_below) = (next_below, alpha * below + beta * next_below);
        let last = std::mem::replace(&mut ratio, next_above / next_below);
        if (ratio - last).abs() <= 1e-16 * ratio {
            break;
        }
        // Only ratios matter: scaled so that nothing overflows.
        above /= next_below;
        below /= next_below;
        next_above = ratio;
        next_below = 1.0;
    }
    ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_by_the_grid_are_those_without_it() {
        for (a, b) in [(1.0, 1e4), (1.01, 40.0), (1.5, 1.2), (2.0, 3.5), (5.0, 1.0001), (90.0, 400.0), (1e5, 1e6), (0.7, 2.0)] {
            let beta = Beta::new(a, b);
            let grid = Grid::new(beta);
            for k in 1..4000 {
                let p = f64::from(k) / 4000.0;
                for below in [p, 1e-5 * p] {
                    let above = 1.0 - below;
                    let (fast, slow) = (grid.quantile(Grid::place(below, above), below, above), beta.quantile(below, above));
                    assert!((fast - slow).abs() <= 1e-13 * slow, "{a} {b} {below}: {fast} and {slow}");
                }
            }
        }
    }

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
