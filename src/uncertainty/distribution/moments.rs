//! Means and standard deviations: closed forms where they exist; for a truncated continuous family the integral of its quantile function,
//! E\[g(X)\] = ∫₀¹ g(Q(u)) du, by the double-exponential rule (Takahasi & Mori 1974), to about 1e-12 relative.

use super::{Distribution, Transform, bounded, mixture};
use crate::numerics::Real;

impl Distribution {
    /// The mean. Of a discrete distribution or mixture, the weighted one; the constructors admit none without a mean.
    pub fn mean(&self) -> f64 {
        self.moments().0
    }

    /// The standard deviation; infinite for a Student-t with 2 degrees of freedom or fewer, unless it is truncated on both sides.
    pub fn sd(&self) -> f64 {
        self.moments().1.max(0.0).sqrt()
    }

    /// Mean and variance.
    fn moments(&self) -> (f64, f64) {
        if let Some(value) = self.is_fixed() {
            return (value, 0.0);
        }
        match self {
            Distribution::Normal { mean, sd } | Distribution::Lognormal { mean, sd } => (*mean, sd * sd),
            Distribution::Uniform { min, max } => (min + 0.5 * (max - min), (max - min) * (max - min) / 12.0),
            Distribution::Triangular { min, mode, max } => {
                let (a, b, c) = (mode - min, max - mode, max - min);
                (min + (a + c) / 3.0, (a * a + b * b + a * b) / 18.0)
            }
            Distribution::Pert { min, mode, max, shape } => {
                let (alpha, beta) = bounded::pert_shapes(*min, *mode, *max, *shape);
                stretched_beta(alpha, beta, *min, *max)
            }
            Distribution::Beta { alpha, beta, low, high } => stretched_beta(*alpha, *beta, *low, *high),
            Distribution::Gamma { shape, scale } => (shape * scale, shape * scale * scale),
            Distribution::StudentT { mean, scale, df } => {
                (*mean, if *df > 2.0 { scale * scale * (df / (df - 2.0)) } else { f64::INFINITY })
            }
            Distribution::Discrete { values, probabilities } => weighted(values.iter().copied().zip(probabilities.iter().copied())),
            Distribution::Empirical { values } => weighted(values.iter().map(|value| (*value, 1.0))),
            Distribution::Mixture { components } => of_mixture(components),
            Distribution::Truncated { inner, min, max } => self.truncated_moments(inner, *min, *max),
        }
    }

    fn truncated_moments(&self, inner: &Distribution, min: f64, max: f64) -> (f64, f64) {
        let inside = |value: f64| value >= min && value <= max;
        match inner {
            Distribution::Discrete { values, probabilities } => {
                weighted(values.iter().copied().zip(probabilities.iter().copied()).filter(|(value, _)| inside(*value)))
            }
            Distribution::Empirical { values } => weighted(values.iter().filter(|value| inside(**value)).map(|value| (*value, 1.0))),
            // A truncated mixture is a mixture of truncations, each with the weight it keeps.
            Distribution::Mixture { components } => {
                let kept = mixture::truncated(components, min, max);
                of_mixture(&kept)
            }
            Distribution::StudentT { df, .. } if *df <= 2.0 && (min.is_infinite() || max.is_infinite()) => {
                (self.integrate(|x| x), f64::INFINITY)
            }
            _ => {
                let mean = self.integrate(|x| x);
                (mean, self.integrate(|x| (x - mean) * (x - mean)))
            }
        }
    }

    /// ∫₀¹ g(Q(u)) du with u = 1/(1 + e^(−π sinh t)).
    fn integrate(&self, g: impl Fn(f64) -> f64) -> f64 {
        const STEP: f64 = 1.0 / 16.0;
        let transform = Transform::new(self);
        let mut sum = 0.0;
        for k in -96..=96 {
            let t = f64::from(k) * STEP;
            let (up, down) = (Real::exp(t), Real::exp(-t));
            let (sinh, cosh) = (0.5 * (up - down), 0.5 * (up + down));
            let (below, above) =
                (1.0 / (1.0 + Real::exp(-std::f64::consts::PI * sinh)), 1.0 / (1.0 + Real::exp(std::f64::consts::PI * sinh)));
            let weight = std::f64::consts::PI * cosh * below * above * STEP;
            sum += weight * g(transform.at(below, above));
        }
        sum
    }
}

fn stretched_beta(alpha: f64, beta: f64, low: f64, high: f64) -> (f64, f64) {
    let (n, width) = (alpha + beta, high - low);
    let share = alpha / n;
    (low + width * share, width * width * share * (beta / n) / (n + 1.0))
}

/// Mean and variance of values with weights that need not add up to one; exact where all values are the same.
fn weighted(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64) {
    let Some((first, _)) = pairs.clone().next() else { return (0.0, 0.0) };
    let total: f64 = pairs.clone().map(|(_, weight)| weight).sum();
    let mean = first + pairs.clone().map(|(value, weight)| weight * (value - first)).sum::<f64>() / total;
    (mean, pairs.map(|(value, weight)| weight * (value - mean) * (value - mean)).sum::<f64>() / total)
}

/// Variance = Σ w (variance of the part + squared distance of its mean).
fn of_mixture(components: &[(f64, Distribution)]) -> (f64, f64) {
    let parts: Vec<(f64, (f64, f64))> =
        components.iter().filter(|(weight, _)| *weight > 0.0).map(|(weight, component)| (*weight, component.moments())).collect();
    let (mean, between) = weighted(parts.iter().map(|(weight, (mean, _))| (*mean, *weight)));
    let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
    (mean, between + parts.iter().map(|(weight, (_, variance))| weight * variance).sum::<f64>() / total)
}
