//! A distribution made ready to turn many uniform numbers into values: logarithms, Γ and cut-off probabilities are computed once.

use super::beta::{Beta, Grid};
use super::gamma::Gamma;
use super::normal::standard_quantile;
use super::student_t::StudentT;
use super::{Cut, Distribution, bounded};
use crate::numerics::Real;

/// The quantile function of a [`Distribution`], ready for use in a loop.
#[derive(Debug, Clone)]
pub(in crate::uncertainty) enum Transform {
    Fixed(f64),
    Normal { mean: f64, sd: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Uniform { min: f64, max: f64 },
    Beta { beta: Beta, low: f64, high: f64 },
    ManyOfBeta { grid: Grid, low: f64, high: f64 },
    Gamma { gamma: Gamma, scale: f64 },
    StudentT { t: StudentT, mean: f64, scale: f64 },
    Truncated { inner: Box<Transform>, cut: Cut, min: f64, max: f64 },
    General(Distribution),
}

/// Mean and standard deviation of the logarithm: σ² = ln(1 + sd²/mean²), μ = ln mean − σ²/2.
pub(super) fn log_moments(mean: f64, sd: f64) -> (f64, f64) {
    let square = (sd / mean) * (sd / mean);
    // ln(1 + s) with its digits at small s: the rounding of 1 + s divides out.
    let grown = 1.0 + square;
    let variance = if grown == 1.0 { square } else { Real::ln(grown) * (square / (grown - 1.0)) };
    (Real::ln(mean) - 0.5 * variance, variance.sqrt())
}

impl Transform {
    /// Made for thousands of numbers, not for one.
    pub fn of_many(distribution: &Distribution) -> Transform {
        match Transform::new(distribution) {
            Transform::Beta { beta, low, high } => Transform::ManyOfBeta { grid: Grid::new(beta), low, high },
            other => other,
        }
    }

    pub fn new(distribution: &Distribution) -> Transform {
        if let Some(value) = distribution.is_fixed() {
            return Transform::Fixed(value);
        }
        match distribution {
            Distribution::Normal { mean, sd } => Transform::Normal { mean: *mean, sd: *sd },
            Distribution::Lognormal { mean, sd } => {
                let (mu, sigma) = log_moments(*mean, *sd);
                Transform::Lognormal { mu, sigma }
            }
            Distribution::Uniform { min, max } => Transform::Uniform { min: *min, max: *max },
            Distribution::Pert { min, mode, max, shape } => {
                let (alpha, beta) = bounded::pert_shapes(*min, *mode, *max, *shape);
                Transform::Beta { beta: Beta::new(alpha, beta), low: *min, high: *max }
            }
            Distribution::Beta { alpha, beta, low, high } => Transform::Beta { beta: Beta::new(*alpha, *beta), low: *low, high: *high },
            Distribution::Gamma { shape, scale } => Transform::Gamma { gamma: Gamma::new(*shape), scale: *scale },
            Distribution::StudentT { mean, scale, df } => Transform::StudentT { t: StudentT::new(*df), mean: *mean, scale: *scale },
            Distribution::Truncated { inner, min, max } => {
                Transform::Truncated { inner: Box::new(Transform::new(inner)), cut: Cut::new(inner, *min, *max), min: *min, max: *max }
            }
            other => Transform::General(other.clone()),
        }
    }

    /// The value with probability `below` under it and `above` = 1 − `below` over it, both in (0, 1).
    pub fn at(&self, below: f64, above: f64) -> f64 {
        let finite = |x: f64| x.clamp(f64::MIN, f64::MAX);
        match self {
            Transform::Fixed(value) => *value,
            Transform::Normal { mean, sd } => finite(mean + sd * standard_quantile(below, above)),
            Transform::Lognormal { mu, sigma } => finite(Real::exp(mu + sigma * standard_quantile(below, above))),
            Transform::Uniform { min, max } => (min + below * (max - min)).min(*max),
            Transform::Beta { beta, low, high } => stretched(beta.quantile(below, above), *low, *high),
            Transform::ManyOfBeta { grid, low, high } => stretched(grid.quantile(Grid::place(below, above), below, above), *low, *high),
            Transform::Gamma { gamma, scale } => finite(scale * gamma.quantile(below, above)),
            Transform::StudentT { t, mean, scale } => finite(mean + scale * t.quantile(below, above)),
            Transform::Truncated { inner, cut, min, max } => {
                let (under, over) = (cut.under + cut.mass * below, cut.over + cut.mass * above);
                inner.at(within(under), within(over)).clamp(*min, *max)
            }
            Transform::General(distribution) => distribution.at(below, above),
        }
    }

    /// Turns uniform numbers in (0, 1) into values, in place, `R::LANES` at a time; the same bits whatever `R` is.
    #[inline(always)]
    pub fn apply<R: Real>(&self, numbers: &mut [f64]) {
        let split = numbers.len() - numbers.len() % R::LANES;
        let (wide, rest) = numbers.split_at_mut(split);
        match self {
            Transform::Normal { mean, sd } => {
                for eight in wide.chunks_exact_mut(R::LANES) {
                    let u = R::load(eight);
                    let z = standard_quantile(u, R::one() - u);
                    bounded_by(R::splat(*mean) + R::splat(*sd) * z, f64::MIN, f64::MAX).store(eight);
                }
            }
            Transform::Lognormal { mu, sigma } => {
                for eight in wide.chunks_exact_mut(R::LANES) {
                    let u = R::load(eight);
                    let z = standard_quantile(u, R::one() - u);
                    bounded_by((R::splat(*mu) + R::splat(*sigma) * z).exp(), f64::MIN, f64::MAX).store(eight);
                }
            }
            Transform::ManyOfBeta { grid, low, high } => {
                for eight in wide.chunks_exact_mut(R::LANES) {
                    let u = R::load(eight);
                    let place = Grid::place(u, R::one() - u);
                    for (lane, u) in eight.iter_mut().enumerate() {
                        *u = stretched(grid.quantile(place.lane(lane), *u, 1.0 - *u), *low, *high);
                    }
                }
            }
            Transform::Truncated { inner, cut, min, max } => match **inner {
                Transform::Normal { mean, sd } => {
                    for eight in wide.chunks_exact_mut(R::LANES) {
                        let value = R::splat(mean) + R::splat(sd) * cut.standard_quantile(R::load(eight));
                        bounded_by(value, *min, *max).store(eight);
                    }
                }
                Transform::Lognormal { mu, sigma } => {
                    for eight in wide.chunks_exact_mut(R::LANES) {
                        let value = (R::splat(mu) + R::splat(sigma) * cut.standard_quantile(R::load(eight))).exp();
                        bounded_by(value, *min, *max).store(eight);
                    }
                }
                _ => self.apply_singly(wide),
            },
            _ => self.apply_singly(wide),
        }
        self.apply_singly(rest);
    }

    fn apply_singly(&self, numbers: &mut [f64]) {
        for u in numbers {
            *u = self.at(*u, 1.0 - *u);
        }
    }
}

impl Cut {
    /// Φ⁻¹ at the share u of what the cut leaves.
    #[inline(always)]
    fn standard_quantile<R: Real>(&self, u: R) -> R {
        let mass = R::splat(self.mass);
        let (under, over) = (R::splat(self.under) + mass * u, R::splat(self.over) + mass * (R::one() - u));
        let inside = |p: R| p.max(R::splat(f64::MIN_POSITIVE)).min(R::splat(1.0 - f64::EPSILON / 2.0));
        standard_quantile(inside(under), inside(over))
    }
}

/// A number in [0, 1] stretched to [low, high].
#[inline(always)]
fn stretched(x: f64, low: f64, high: f64) -> f64 {
    (low + (high - low) * x).min(high)
}

/// A probability that rounding may have taken out of (0, 1).
fn within(p: f64) -> f64 {
    p.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0)
}

#[inline(always)]
fn bounded_by<R: Real>(x: R, low: f64, high: f64) -> R {
    x.max(R::splat(low)).min(R::splat(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_bulk_as_one_by_one() {
        let truncated = |inner| Distribution::truncated(inner, Some(1.5), Some(9.0)).unwrap();
        let normal = Distribution::normal(6.0, 1.0).unwrap();
        let lognormal = Distribution::lognormal(5.0, 1.0).unwrap();
        for distribution in
            [normal.clone(), lognormal.clone(), truncated(normal), truncated(lognormal), Distribution::gamma(2.0, 3.0).unwrap()]
        {
            let uniforms: Vec<f64> = (0..1000).map(|k| (f64::from(k) + 0.5) / 1000.0).collect();
            let mut values = uniforms.clone();
            Transform::new(&distribution).apply::<f64>(&mut values);
            for (u, value) in uniforms.iter().zip(&values) {
                assert_eq!(distribution.quantile(*u).to_bits(), value.to_bits(), "{distribution:?} {u}");
            }
        }
    }

    #[test]
    fn a_tiny_spread_keeps_its_digits() {
        let (mu, sigma) = log_moments(2.0, 2e-9);
        assert!((sigma / 1e-9 - 1.0).abs() < 1e-15 && (mu - 2f64.ln()).abs() < 1e-15);
    }
}
