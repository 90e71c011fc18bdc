//! From a seed and a name to keys: SHA-256 of both, so that no two names share a stream.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};

/// What a key is for; the same name gives other keys for another purpose.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// The stream of pseudo-random numbers of a parameter.
    Stream,
    /// The order in which a block goes through its Sobol' points.
    Order,
    /// The scrambling of one parameter's coordinate.
    Scramble,
    /// The orders in which a parameter goes through the parts of its Latin hypercubes.
    Parts,
    /// Its places inside the parts.
    Inside,
}

/// Two samples of the same numbers, independent of each other: Sobol' indices want both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::uncertainty) enum Sample {
    First,
    Second,
}

/// ChaCha8 keyed by the sample, the purpose, the seed and the name.
pub(super) fn generator(purpose: Purpose, sample: Sample, seed: u64, name: &str) -> ChaCha8Rng {
    let sample: &[u8] = match sample {
        Sample::First => b"",
        Sample::Second => b"second ",
    };
    let purpose: &[u8] = match purpose {
        Purpose::Stream => b"tradewind stream\0",
        Purpose::Order => b"tradewind order\0",
        Purpose::Scramble => b"tradewind scramble\0",
        Purpose::Parts => b"tradewind parts\0",
        Purpose::Inside => b"tradewind inside\0",
    };
    let digest =
        Sha256::new().chain_update(sample).chain_update(purpose).chain_update(seed.to_le_bytes()).chain_update(name.as_bytes()).finalize();
    ChaCha8Rng::from_seed(digest.into())
}
