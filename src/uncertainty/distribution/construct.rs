//! The doors to [`Distribution`]: every parameter is checked here, once, and refused by its name in the scenario file.

use super::{Cut, Distribution};
use crate::uncertainty::Refusal;

/// How far probabilities may be from adding up to one.
const SUM_TOLERANCE: f64 = 1e-9;
/// The least probability that a truncation may leave: below it the remaining tail has no digits left.
const LEAST_MASS: f64 = 1e-12;
/// Beyond these shapes a gamma or beta cannot be told from a spike at zero, or from a normal.
const LEAST_SHAPE: f64 = 1e-3;
const LARGEST_BETA_SHAPE: f64 = 1e6;
const LARGEST_GAMMA_SHAPE: f64 = 1e12;
/// Beyond, a Student-t cannot be told from a normal.
const LARGEST_DF: f64 = 1e6;
/// A lognormal's largest sd over mean: beyond it nearly every draw is nearly zero and the mean rests on draws that never come.
const LARGEST_VARIATION: f64 = 1e3;

fn finite(key: &'static str, value: f64) -> Result<f64, Refusal> {
    if value.is_finite() { Ok(value) } else { Err(Refusal::new(key, value, "a finite number")) }
}

fn spread(key: &'static str, value: f64) -> Result<f64, Refusal> {
    finite(key, value)?;
    if value >= 0.0 { Ok(value) } else { Err(Refusal::new(key, value, "zero or more")) }
}

fn positive(key: &'static str, value: f64) -> Result<f64, Refusal> {
    finite(key, value)?;
    if value > 0.0 { Ok(value) } else { Err(Refusal::new(key, value, "more than zero")) }
}

fn between(key: &'static str, value: f64, least: f64, most: f64) -> Result<f64, Refusal> {
    finite(key, value)?;
    if value >= least && value <= most { Ok(value) } else { Err(Refusal::new(key, value, format!("a number from {least} to {most}"))) }
}

/// Checks a range and that its width is a number too.
fn range(low_key: &'static str, low: f64, high_key: &'static str, high: f64) -> Result<(), Refusal> {
    finite(low_key, low)?;
    finite(high_key, high)?;
    if low > high {
        return Err(Refusal::new(low_key, low, format!("at most {high_key}, which is {high}")));
    }
    if (high - low).is_finite() { Ok(()) } else { Err(Refusal::new(high_key, high, format!("closer to {low_key}, which is {low}"))) }
}

fn mode_within(min: f64, mode: f64, max: f64) -> Result<(), Refusal> {
    finite("mode", mode)?;
    range("min", min, "max", max)?;
    if mode >= min && mode <= max { Ok(()) } else { Err(Refusal::new("mode", mode, format!("between min and max, {min} to {max}"))) }
}

/// Probabilities are not negative and add up to one.
fn probabilities(key: &'static str, values: impl Iterator<Item = f64> + Clone) -> Result<(), Refusal> {
    for value in values.clone() {
        finite(key, value)?;
        if value < 0.0 {
            return Err(Refusal::new(key, value, "zero or more"));
        }
    }
    let sum: f64 = values.sum();
    if (sum - 1.0).abs() <= SUM_TOLERANCE {
        return Ok(());
    }
    // Ten decimals tell apart what the tolerance does, and do not show 0.8 + 0.4 as 1.2000000000000002.
    let shown = format!("{sum:.10}");
    let shown = shown.trim_end_matches('0').trim_end_matches('.');
    Err(Refusal::new(key, format!("adding up to {shown}"), "a sum of 1"))
}

impl Distribution {
    /// A normal with this mean and standard deviation (`sd` zero or more).
    pub fn normal(mean: f64, sd: f64) -> Result<Distribution, Refusal> {
        Ok(Distribution::Normal { mean: finite("mean", mean)?, sd: spread("sd", sd)? })
    }

    /// A lognormal whose values, not their logarithms, have this mean (more than zero) and standard deviation (zero to 1,000 times the mean).
    pub fn lognormal(mean: f64, sd: f64) -> Result<Distribution, Refusal> {
        positive("mean", mean)?;
        spread("sd", sd)?;
        if sd / mean > LARGEST_VARIATION {
            return Err(Refusal::new("sd", sd, format!("at most {LARGEST_VARIATION} times the mean, which is {mean}")));
        }
        Ok(Distribution::Lognormal { mean, sd })
    }

    /// Uniform from `min` to `max`.
    pub fn uniform(min: f64, max: f64) -> Result<Distribution, Refusal> {
        range("min", min, "max", max)?;
        Ok(Distribution::Uniform { min, max })
    }

    /// Triangular with its peak at `mode`.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Distribution, Refusal> {
        mode_within(min, mode, max)?;
        Ok(Distribution::Triangular { min, mode, max })
    }

    /// PERT: a beta from `min` to `max` around `mode`; `shape` is the weight of the mode in the mean, usually 4 (zero to 100,000).
    pub fn pert(min: f64, mode: f64, max: f64, shape: f64) -> Result<Distribution, Refusal> {
        mode_within(min, mode, max)?;
        between("shape", shape, 0.0, 1e5)?;
        Ok(Distribution::Pert { min, mode, max, shape })
    }

    /// Beta with these shapes (0.001 to 1,000,000), stretched to run from `low` to `high`.
    pub fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Distribution, Refusal> {
        between("alpha", alpha, LEAST_SHAPE, LARGEST_BETA_SHAPE)?;
        between("beta", beta, LEAST_SHAPE, LARGEST_BETA_SHAPE)?;
        range("low", low, "high", high)?;
        Ok(Distribution::Beta { alpha, beta, low, high })
    }

    /// Gamma with mean `shape`·`scale` (shape 0.001 to 10¹², scale zero or more; zero is the fixed number 0).
    pub fn gamma(shape: f64, scale: f64) -> Result<Distribution, Refusal> {
        between("shape", shape, LEAST_SHAPE, LARGEST_GAMMA_SHAPE)?;
        spread("scale", scale)?;
        finite("scale", shape * scale)?;
        Ok(Distribution::Gamma { shape, scale })
    }

    /// Gamma with this mean (more than zero) and standard deviation (zero to 31 times the mean; zero is the fixed number `mean`).
    pub fn gamma_from_moments(mean: f64, sd: f64) -> Result<Distribution, Refusal> {
        positive("mean", mean)?;
        spread("sd", sd)?;
        let variation = sd / mean;
        let shape = 1.0 / (variation * variation);
        if shape < LEAST_SHAPE {
            return Err(Refusal::new("sd", sd, format!("at most 31 times the mean, which is {mean}")));
        }
        // With an sd below a millionth of the mean, a gamma is a normal to the last digit that anybody can see.
        if shape > LARGEST_GAMMA_SHAPE {
            return Distribution::normal(mean, sd);
        }
        Distribution::gamma(shape, mean / shape)
    }

    /// `mean` + `scale` · t, with more than 1 degree of freedom (up to 1,000,000): at or below 1 it has no mean.
    pub fn student_t(mean: f64, scale: f64, df: f64) -> Result<Distribution, Refusal> {
        finite("mean", mean)?;
        spread("scale", scale)?;
        finite("df", df)?;
        if df > 1.0 && df <= LARGEST_DF {
            Ok(Distribution::StudentT { mean, scale, df })
        } else {
            Err(Refusal::new("df", df, format!("more than 1 (at or below, there is no mean) and at most {LARGEST_DF}")))
        }
    }

    /// These values with these probabilities, in any order.
    pub fn discrete(values: Vec<f64>, probabilities: Vec<f64>) -> Result<Distribution, Refusal> {
        if values.is_empty() {
            return Err(Refusal::new("values", "empty", "at least one value"));
        }
        if values.len() != probabilities.len() {
            let expected = format!("as many as there are values, {}", values.len());
            return Err(Refusal::new("probabilities", format!("a list of {}", probabilities.len()), expected));
        }
        for &value in &values {
            finite("values", value)?;
        }
        self::probabilities("probabilities", probabilities.iter().copied())?;
        let mut pairs: Vec<(f64, f64)> = values.into_iter().zip(probabilities).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, probabilities) = pairs.into_iter().unzip();
        Ok(Distribution::Discrete { values, probabilities })
    }

    /// One of these distributions, each with its weight; weights add up to one.
    pub fn mixture(components: Vec<(f64, Distribution)>) -> Result<Distribution, Refusal> {
        if components.is_empty() {
            return Err(Refusal::new("components", "empty", "at least one component"));
        }
        probabilities("weight", components.iter().map(|(weight, _)| *weight))?;
        Ok(Distribution::Mixture { components })
    }

    /// Observed values, in any order, each equally likely.
    pub fn empirical(mut values: Vec<f64>) -> Result<Distribution, Refusal> {
        if values.is_empty() {
            return Err(Refusal::new("values", "empty", "at least one value"));
        }
        for &value in &values {
            finite("values", value)?;
        }
        values.sort_by(f64::total_cmp);
        Ok(Distribution::Empirical { values })
    }

    /// `inner` given that it lies from `min` to `max`, both included. Refused where that has a probability below 10⁻¹².
    pub fn truncated(inner: Distribution, min: Option<f64>, max: Option<f64>) -> Result<Distribution, Refusal> {
        if min.is_none() && max.is_none() {
            return Ok(inner);
        }
        let mut low = min.map_or(Ok(f64::NEG_INFINITY), |value| finite("min", value))?;
        let mut high = max.map_or(Ok(f64::INFINITY), |value| finite("max", value))?;
        if low > high {
            return Err(Refusal::new("min", low, format!("at most max, which is {high}")));
        }
        // A truncation of a truncation is one truncation.
        let inner = match inner {
            Distribution::Truncated { inner, min, max } => {
                low = low.max(min);
                high = high.min(max);
                inner
            }
            other => Box::new(other),
        };
        let cut = Cut::new(&inner, low, high);
        if low > high || cut.mass < LEAST_MASS {
            let key = if max.is_none() || (min.is_some() && cut.under > 0.5) { "min" } else { "max" };
            let (least, most) = (inner.quantile(0.001), inner.quantile(0.999));
            let found = format!("{}, which leaves nothing of the distribution", if key == "min" { low } else { high });
            return Err(Refusal::new(key, found, format!("some of its range inside; 99.8% of it lies from {least:.6} to {most:.6}")));
        }
        Ok(Distribution::Truncated { inner, min: low, max: high })
    }
}
