//! Why a distribution cannot be made: the parameter at fault, what was found there and what would do.

use std::fmt;

/// A distribution that does not exist as asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The parameter at fault, by the name it has in a scenario file: `sd`, `probabilities`.
    pub key: &'static str,
    /// What stands there, e.g. `-1`.
    pub found: String,
    /// What could stand there, e.g. `zero or more`.
    pub expected: String,
}

impl Refusal {
    pub(crate) fn new(key: &'static str, found: impl fmt::Display, expected: impl fmt::Display) -> Refusal {
        Refusal { key, found: found.to_string(), expected: expected.to_string() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}; expected {}", self.key, self.found, self.expected)
    }
}

impl std::error::Error for Refusal {}
