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
}

/// ChaCha8 keyed by the purpose, the seed and the name.
pub(super) fn generator(purpose: Purpose, seed: u64, name: &str) -> ChaCha8Rng {
    let purpose: &[u8] = match purpose {
        Purpose::Stream => b"tradewind stream\0",
        Purpose::Order => b"tradewind order\0",
        Purpose::Scramble => b"tradewind scramble\0",
    };
    let digest = Sha256::new().chain_update(purpose).chain_update(seed.to_le_bytes()).chain_update(name.as_bytes()).finalize();
    ChaCha8Rng::from_seed(digest.into())
}
