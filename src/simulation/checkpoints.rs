//! Where a run looks back on what it has so far: to show how its figures settle, and to stop where they are precise enough.

use super::chunk::CHUNK;

/// Fewer draws than this are not judged: the error of an error is too large.
const FIRST: u64 = 4;

/// Numbers of draws, rising, the last `draws` itself: four chunks, and from there on powers of two and three quarters of them, in chunks. At a power of two
/// scrambled Sobol' points are balanced. They depend on `draws` only by where they end.
pub fn checkpoints(draws: u64) -> Vec<u64> {
    let chunk = CHUNK as u64;
    let mut at = Vec::new();
    let mut power = FIRST;
    while power.saturating_mul(chunk) < draws {
        at.extend([power * chunk, power / 2 * 3 * chunk].into_iter().filter(|&made| made < draws));
        power = power.saturating_mul(2);
    }
    at.push(draws);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_are_whole_chunks_and_end_with_the_run() {
        assert_eq!(checkpoints(10_000), [1024, 1536, 2048, 3072, 4096, 6144, 8192, 10_000]);
        assert_eq!(checkpoints(1024), [1024]);
        assert_eq!(checkpoints(1), [1]);
        assert!(checkpoints(u64::MAX).windows(2).all(|pair| pair[0] < pair[1]));
        let (short, long) = (checkpoints(5000), checkpoints(100_000));
        assert_eq!(short[..short.len() - 1], long[..short.len() - 1], "the same whatever the end");
    }
}
