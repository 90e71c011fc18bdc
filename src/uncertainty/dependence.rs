//! Which uncertain numbers go together, and how.

/// What joins ranks that go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Copula {
    Gaussian,
    /// Extremes come together: the fewer degrees of freedom, the more.
    StudentT {
        df: f64,
    },
}
