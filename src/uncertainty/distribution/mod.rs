//! The families of distributions that a scenario or a baseline can name.
//!
//! One file per family; each gives its distribution function, its quantile function (the way every draw is made: one uniform
//! number in, one value out, monotone) and its moments. Nothing here draws anything.
//!
//! Probabilities travel as pairs, below and above, whose smaller member keeps its digits far out in either tail.

mod atoms;
mod beta;
mod bounded;
mod construct;
mod describe;
mod gamma;
mod invert;
mod mixture;
mod moments;
mod normal;
mod stirling;
mod student_t;
mod transform;

pub(super) use gamma::Gamma;
pub(super) use normal::{standard_quantile, standard_tails};
pub(super) use student_t::StudentT;
pub(super) use transform::Transform;

use crate::numerics::Real;

/// A distribution, checked when made: use the constructors ([`Distribution::normal`] and its like), which refuse what does not exist.
///
/// A spread of zero is allowed and stands for a fixed number.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Mean and standard deviation.
    Normal { mean: f64, sd: f64 },
    /// Mean and standard deviation of the number itself, not of its logarithm.
    Lognormal { mean: f64, sd: f64 },
    /// Equally likely everywhere between the two.
    Uniform { min: f64, max: f64 },
    /// Density rises in a line from min to mode and falls in a line to max.
    Triangular { min: f64, mode: f64, max: f64 },
    /// A beta between min and max with mean (min + shape·mode + max)/(shape + 2); shape 4 is the usual.
    Pert { min: f64, mode: f64, max: f64, shape: f64 },
    /// Beta(alpha, beta) stretched from [0, 1] to [low, high].
    Beta { alpha: f64, beta: f64, low: f64, high: f64 },
    /// Mean shape·scale, variance shape·scale².
    Gamma { shape: f64, scale: f64 },
    /// mean + scale · t with `df` degrees of freedom; its standard deviation is scale·√(df/(df−2)), not scale.
    StudentT { mean: f64, scale: f64, df: f64 },
    /// Single values, in rising order, with their probabilities.
    Discrete { values: Vec<f64>, probabilities: Vec<f64> },
    /// One of the components, chosen with its weight.
    Mixture { components: Vec<(f64, Distribution)> },
    /// Observed values, in rising order, each as likely as any other.
    Empirical { values: Vec<f64> },
    /// The inner distribution given that it falls between min and max (both included; infinite where one side is open).
    Truncated { inner: Box<Distribution>, min: f64, max: f64 },
}

impl Distribution {
    /// The value that a share `u` of the probability does not exceed: rising in u, finite for every u. `u` outside (0, 1) stands for the nearest
    /// number inside.
    ///
    /// To about 1e-13 relative, and exact for single values. To map many uniforms, see [`Parameters`](crate::uncertainty::Parameters).
    pub fn quantile(&self, u: f64) -> f64 {
        let u = u.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON / 2.0);
        self.at(u, 1.0 - u)
    }

    /// The probability of `x` or less.
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// The probability of less than `x`; differs from [`Distribution::cdf`] only at single values that have a probability of their own.
    pub fn cdf_below(&self, x: f64) -> f64 {
        self.tails_below(x).0
    }

    /// The least and the largest value it can take; infinite where it has no end.
    pub fn bounds(&self) -> (f64, f64) {
        if let Some(value) = self.is_fixed() {
            return (value, value);
        }
        match self {
            Distribution::Normal { .. } | Distribution::StudentT { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Distribution::Lognormal { .. } | Distribution::Gamma { .. } => (0.0, f64::INFINITY),
            Distribution::Uniform { min, max } | Distribution::Triangular { min, max, .. } | Distribution::Pert { min, max, .. } => {
                (*min, *max)
            }
            Distribution::Beta { low, high, .. } => (*low, *high),
            Distribution::Discrete { values, probabilities } => atoms::bounds(values, probabilities),
            Distribution::Empirical { values } => (values[0], values[values.len() - 1]),
            Distribution::Mixture { components } => mixture::bounds(components),
            Distribution::Truncated { inner, min, max } => {
                let (low, high) = inner.bounds();
                (low.max(*min), high.min(*max))
            }
        }
    }

    /// The value, if it can take only one.
    pub fn is_fixed(&self) -> Option<f64> {
        match self {
            Distribution::Normal { mean, sd } | Distribution::Lognormal { mean, sd } => (*sd == 0.0).then_some(*mean),
            Distribution::StudentT { mean, scale, .. } => (*scale == 0.0).then_some(*mean),
            Distribution::Gamma { scale, .. } => (*scale == 0.0).then_some(0.0),
            Distribution::Uniform { min, max } | Distribution::Triangular { min, max, .. } | Distribution::Pert { min, max, .. } => {
                (min == max).then_some(*min)
            }
            Distribution::Beta { low, high, .. } => (low == high).then_some(*low),
            Distribution::Discrete { .. } | Distribution::Empirical { .. } | Distribution::Mixture { .. } => {
                if let Distribution::Mixture { components } = self
                    && components.iter().any(|(weight, component)| *weight > 0.0 && component.is_fixed().is_none())
                {
                    return None;
                }
                let (low, high) = match self {
                    Distribution::Mixture { components } => mixture::bounds(components),
                    Distribution::Empirical { values } => (values[0], values[values.len() - 1]),
                    Distribution::Discrete { values, probabilities } => atoms::bounds(values, probabilities),
                    _ => return None,
                };
                (low == high).then_some(low)
            }
            Distribution::Truncated { inner, min, max } => inner.is_fixed().or((min == max).then_some(*min)),
        }
    }

    /// The quantile where `below` is the probability under it and `above` = 1 − `below` the one over it.
    fn at(&self, below: f64, above: f64) -> f64 {
        match self {
            Distribution::Triangular { min, mode, max } => bounded::triangular_quantile(*min, *mode, *max, below, above),
            Distribution::Discrete { values, probabilities } => atoms::quantile(values, probabilities, below),
            Distribution::Empirical { values } => atoms::empirical_quantile(values, below),
            Distribution::Mixture { components } => mixture::quantile(components, below, above),
            other => Transform::new(other).at(below, above),
        }
    }

    /// The probabilities of `x` or less, and of more than `x`.
    fn tails(&self, x: f64) -> (f64, f64) {
        if let Some(value) = self.is_fixed() {
            return if x >= value { (1.0, 0.0) } else { (0.0, 1.0) };
        }
        match self {
            Distribution::Normal { mean, sd } => normal::standard_tails((x - mean) / sd),
            Distribution::Lognormal { mean, sd } => {
                let (mu, sigma) = transform::log_moments(*mean, *sd);
                if x > 0.0 { normal::standard_tails((Real::ln(x) - mu) / sigma) } else { (0.0, 1.0) }
            }
            Distribution::Uniform { min, max } => {
                let x = x.clamp(*min, *max);
                ((x - min) / (max - min), (max - x) / (max - min))
            }
            Distribution::Triangular { min, mode, max } => bounded::triangular_tails(*min, *mode, *max, x),
            Distribution::Pert { min, mode, max, shape } => {
                let (alpha, beta) = bounded::pert_shapes(*min, *mode, *max, *shape);
                bounded::stretched_beta_tails(alpha, beta, *min, *max, x)
            }
            Distribution::Beta { alpha, beta, low, high } => bounded::stretched_beta_tails(*alpha, *beta, *low, *high, x),
            Distribution::Gamma { shape, scale } => gamma::Gamma::new(*shape).tails(x / scale),
            Distribution::StudentT { mean, scale, df } => student_t::StudentT::new(*df).tails((x - mean) / scale),
            Distribution::Discrete { values, probabilities } => atoms::tails(values, probabilities, |value| value <= x),
            Distribution::Empirical { values } => atoms::empirical_tails(values, values.partition_point(|&value| value <= x)),
            Distribution::Mixture { components } => mixture::sum(components, |component| component.tails(x)),
            Distribution::Truncated { inner, min, max } => {
                if x < *min {
                    (0.0, 1.0)
                } else if x >= *max {
                    (1.0, 0.0)
                } else {
                    Cut::new(inner, *min, *max).rescaled(inner.tails(x))
                }
            }
        }
    }

    /// The probabilities of less than `x`, and of `x` or more.
    fn tails_below(&self, x: f64) -> (f64, f64) {
        if let Some(value) = self.is_fixed() {
            return if x > value { (1.0, 0.0) } else { (0.0, 1.0) };
        }
        match self {
            Distribution::Discrete { values, probabilities } => atoms::tails(values, probabilities, |value| value < x),
            Distribution::Empirical { values } => atoms::empirical_tails(values, values.partition_point(|&value| value < x)),
            Distribution::Mixture { components } => mixture::sum(components, |component| component.tails_below(x)),
            Distribution::Truncated { inner, min, max } => {
                if x <= *min {
                    (0.0, 1.0)
                } else if x > *max {
                    (1.0, 0.0)
                } else {
                    Cut::new(inner, *min, *max).rescaled(inner.tails_below(x))
                }
            }
            continuous => continuous.tails(x),
        }
    }
}

/// What a truncation takes away: the probabilities under min and over max, their complements, and what is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cut {
    under: f64,
    from_min: f64,
    over: f64,
    to_max: f64,
    mass: f64,
}

impl Cut {
    fn new(inner: &Distribution, min: f64, max: f64) -> Cut {
        let (under, from_min) = inner.tails_below(min);
        let (to_max, over) = inner.tails(max);
        // The difference of the smaller numbers keeps its digits in either tail.
        let mass = if under > 0.5 { from_min - over } else { to_max - under };
        Cut { under, from_min, over, to_max, mass }
    }

    /// The tails of the whole distribution, from within min and max, as tails of what is left.
    fn rescaled(&self, (below, above): (f64, f64)) -> (f64, f64) {
        let shares = if self.under > 0.5 { (self.from_min - above, above - self.over) } else { (below - self.under, self.to_max - below) };
        ((shares.0 / self.mass).clamp(0.0, 1.0), (shares.1 / self.mass).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests;
