//! `[correlation]`: which uncertain numbers go together, as Spearman's rank correlation by parameter path.

use super::written::Place;
use crate::uncertainty::Copula;

/// `[correlation]`, as read; the paths are looked up once the run's parameters are known.
#[derive(Debug, Clone)]
pub struct Correlation {
    pub copula: Copula,
    /// Whether a matrix that cannot be is replaced by the nearest that can.
    pub repair: bool,
    pub pairs: Vec<CorrelatedPair>,
}

/// One entry of `pairs`.
#[derive(Debug, Clone)]
pub struct CorrelatedPair {
    /// Dotted paths, in parts; `None` is a bare `*`, which stands for any one part.
    pub first: Vec<Option<String>>,
    pub second: Vec<Option<String>>,
    /// Spearman's ρ, −1 to 1.
    pub spearman: f64,
    pub(super) place: Place,
}
