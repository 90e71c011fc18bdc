//! A number as the economist gives it: fixed, or a distribution with a name.

/// A number of a scenario or of the baseline.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    Fixed(f64),
    Uncertain(Box<Uncertain>),
}

/// An uncertain number. Its path is its name: draw k of seed S is a function of (S, k, path) and of nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// e.g. `elasticities.import.steel_iron`, `tariff."Steel, Section 232".rate`
    pub path: String,
    pub distribution: Distribution,
}

/// A distribution, checked when made.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Mean and standard deviation.
    Normal { mean: f64, sd: f64 },
}
