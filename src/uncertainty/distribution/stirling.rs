//! Γ without its large numbers: Γ(a+1) = √(2πa) · (a/e)^a · e^δ(a), and the deviance a·ln(a/x) + x − a.
//!
//! Densities of the gamma and beta families written in δ and the deviance keep their digits at any shape, where differences of ln Γ lose them
//! (Loader 2000, "Fast and accurate computation of binomial probabilities").

use crate::numerics::Real;

pub(super) const TWO_PI: f64 = std::f64::consts::TAU;

/// δ(a) = ln Γ(a+1) − (a + ½) ln a + a − ½ ln 2π, for a > 0.
pub(super) fn stirling_error(a: f64) -> f64 {
    const SERIES: [f64; 8] =
        [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0, 1.0 / 156.0, -3617.0 / 122_400.0];
    // δ(a) = δ(a+1) + (a + ½) ln(1 + 1/a) − 1 climbs to where the series has all its digits.
    let (mut climbed, mut x) = (0.0, a);
    while x < 15.0 {
        climbed += (x + 0.5) * Real::ln((x + 1.0) / x) - 1.0;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    climbed + SERIES.iter().rev().fold(0.0, |sum, c| sum * square + c) / x
}

/// a·ln(a/x) + x − a for a, x > 0: zero at x = a and positive elsewhere, with its digits kept near there.
pub(super) fn deviance(a: f64, x: f64) -> f64 {
    let difference = a - x;
    if difference.abs() < 0.1 * (a + x) {
        let v = difference / (a + x);
        let mut sum = difference * v;
        let (square, mut power) = (v * v, 2.0 * a * v);
        let mut odd = 1.0;
        loop {
            power *= square;
            odd += 2.0;
            let next = sum + power / odd;
            if next == sum {
                return next;
            }
            sum = next;
        }
    }
    a * Real::ln(a / x) - difference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factorials_come_out() {
        for (a, factorial) in [(1.0, 1.0), (2.0, 2.0), (5.0, 120.0), (20.0, 2_432_902_008_176_640_000.0)] {
            let found = (TWO_PI * a).sqrt() * f64::exp(a * f64::ln(a) - a + stirling_error(a));
            assert!((found / factorial - 1.0).abs() < 2e-14, "{a}: {found}");
        }
        // Γ(3/2) = √π/2
        let found = std::f64::consts::PI.sqrt() * f64::exp(0.5 * f64::ln(0.5) - 0.5 + stirling_error(0.5));
        assert!((found / (std::f64::consts::PI.sqrt() / 2.0) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn deviance_is_smooth_through_its_zero() {
        assert_eq!(deviance(3.0, 3.0), 0.0);
        for (a, x) in [(3.0, 3.0001), (3.0, 2.5), (3.0, 3.7), (100.0, 80.0), (0.5, 9.0)] {
            let plain = a * f64::ln(a / x) + x - a;
            assert!((deviance(a, x) - plain).abs() < 1e-14 * (a + x), "{a} {x}");
        }
    }
}
