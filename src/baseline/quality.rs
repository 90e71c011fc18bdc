//! How a figure is known.

/// How a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    /// Published by whoever counted it.
    Observed,
    /// Worked out from observed figures.
    Derived,
    /// Chosen, for want of either.
    Assumed,
}

impl Quality {
    /// As tables write them.
    pub const WORDS: &'static [(&'static str, Quality)] =
        &[("observed", Quality::Observed), ("derived", Quality::Derived), ("assumed", Quality::Assumed)];
}
