//! Which uniform number draw k takes for which name: designs (`design`), and what they are made of.
//!
//! Draw k of seed S for name N is a pure function of (S, k, N) and the sampler. No state moves from one draw to the next, so threads, shards and
//! other names change nothing.

mod blocks;
mod design;
mod directions;
mod keys;
mod scramble;
mod sobol;

pub use design::{Design, REPLICATES};
pub use directions::DIMENSIONS;
pub use sobol::sobol_point;

/// How uniform numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampler {
    /// Scrambled Sobol' points: even coverage, errors that shrink nearly with the number of draws.
    Sobol,
    /// Independent pseudo-random numbers: errors that shrink with its square root.
    Random,
}
