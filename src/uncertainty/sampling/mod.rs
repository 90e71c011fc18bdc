//! Which uniform number draw k takes for which name: designs (`design`), and what they are made of.
//!
//! Draw k of seed S for name N is a pure function of (S, k, N) and the sampler (of a Latin hypercube, of the number of draws too). No state moves from one draw to the
//! next, so threads, shards and other names change nothing. Quadrature alone draws nothing: its points are laid out for all names together.

mod blocks;
mod design;
mod directions;
mod keys;
mod latin_hypercube;
mod scramble;
mod shuffle;
mod sobol;
mod stroud;

#[cfg(test)]
mod design_tests;

pub(super) use design::Named;
pub use design::{Design, REPLICATES};
pub use directions::DIMENSIONS;
pub(super) use keys::Sample;
pub use sobol::sobol_point;

/// How uniform numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampler {
    /// Scrambled Sobol' points: even coverage, errors that shrink nearly with the number of draws.
    Sobol,
    /// Latin hypercubes: each number alone is spread evenly, pairs are not.
    LatinHypercube,
    /// Independent pseudo-random numbers: errors that shrink with its square root.
    Random,
    /// Stroud's rule of degree 3, two points a number, as users of GTAP do: means and standard deviations and nothing else.
    Quadrature,
}

impl Sampler {
    /// Its name in scenarios, on the command line and in manifests.
    pub fn word(self) -> &'static str {
        match self {
            Sampler::Sobol => "sobol",
            Sampler::LatinHypercube => "latin-hypercube",
            Sampler::Random => "random",
            Sampler::Quadrature => "quadrature",
        }
    }

    /// What a reader is told of it.
    pub fn described(self) -> &'static str {
        match self {
            Sampler::Sobol => "scrambled Sobol' points",
            Sampler::LatinHypercube => "Latin hypercubes",
            Sampler::Random => "pseudo-random numbers",
            Sampler::Quadrature => "Stroud quadrature",
        }
    }
}
