//! The points of Sobol' (1967), 64 bits of them, before any scrambling: x_d(i) = ⊕ over the set bits k of i of v_{d,k}.

use super::directions::{DIMENSIONS, REVERSED};

/// Coordinate `dimension` (below [`DIMENSIONS`]; higher ones wrap round) of point `index`, as a binary fraction: divide by 2⁶⁴.
///
/// Points come in the order of their index, not of the Gray code that most libraries use: their point i is ours at i ⊕ (i >> 1).
///
/// ```
/// use tradewind::uncertainty::sobol_point;
/// assert_eq!([0, 1, 2, 3].map(|i| sobol_point(0, i) as f64 / 2f64.powi(64)), [0.0, 0.5, 0.25, 0.75]);
/// ```
pub fn sobol_point(dimension: usize, index: u64) -> u64 {
    sums(dimension, &[index.reverse_bits()], 0, 64)[0].reverse_bits()
}

/// The parts of points that bits `from..to` of their indices, read backwards, contribute, their bits read backwards.
#[inline(always)]
pub(super) fn sums<const N: usize>(dimension: usize, reversed_indices: &[u64; N], from: usize, to: usize) -> [u64; N] {
    let directions = &REVERSED[dimension % DIMENSIONS];
    let mut sums = [0; N];
    for (bit, direction) in directions.iter().enumerate().take(to).skip(from) {
        for (sum, index) in sums.iter_mut().zip(reversed_indices) {
            // All ones where the bit is set: no branch, so that many points go side by side.
            *sum ^= direction & ((index >> bit) & 1).wrapping_neg();
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// scipy.stats.qmc.Sobol(16, scramble=False).random(32) × 32
    const SCIPY: [[u64; 16]; 32] = [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16],
        [24, 8, 8, 8, 24, 24, 8, 24, 24, 24, 24, 24, 8, 8, 24, 8],
        [8, 24, 24, 24, 8, 8, 24, 8, 8, 8, 8, 8, 24, 24, 8, 24],
        [12, 12, 20, 28, 12, 4, 12, 28, 28, 20, 28, 12, 12, 20, 12, 28],
        [28, 28, 4, 12, 28, 20, 28, 12, 12, 4, 12, 28, 28, 4, 28, 12],
        [20, 4, 28, 20, 20, 28, 4, 4, 4, 12, 4, 20, 4, 28, 20, 20],
        [4, 20, 12, 4, 4, 12, 20, 20, 20, 28, 20, 4, 20, 12, 4, 4],
        [6, 10, 30, 14, 18, 10, 14, 30, 30, 10, 22, 2, 30, 30, 26, 30],
        [22, 26, 14, 30, 2, 26, 30, 14, 14, 26, 6, 18, 14, 14, 10, 14],
        [30, 2, 22, 6, 10, 18, 6, 6, 6, 18, 14, 26, 22, 22, 2, 22],
        [14, 18, 6, 22, 26, 2, 22, 22, 22, 2, 30, 10, 6, 6, 18, 6],
        [10, 6, 10, 18, 30, 14, 2, 2, 2, 30, 10, 14, 18, 10, 22, 2],
        [26, 22, 26, 2, 14, 30, 18, 18, 18, 14, 26, 30, 2, 26, 6, 18],
        [18, 14, 2, 26, 6, 22, 10, 26, 26, 6, 18, 22, 26, 2, 14, 10],
        [2, 30, 18, 10, 22, 6, 26, 10, 10, 22, 2, 6, 10, 18, 30, 26],
        [3, 15, 15, 21, 9, 31, 17, 27, 15, 5, 3, 13, 21, 21, 11, 1],
        [19, 31, 31, 5, 25, 15, 1, 11, 31, 21, 19, 29, 5, 5, 27, 17],
        [27, 7, 7, 29, 17, 7, 25, 3, 23, 29, 27, 21, 29, 29, 19, 9],
        [11, 23, 23, 13, 1, 23, 9, 19, 7, 13, 11, 5, 13, 13, 3, 25],
        [15, 3, 27, 9, 5, 27, 29, 7, 19, 17, 31, 1, 25, 1, 7, 29],
        [31, 19, 11, 25, 21, 11, 13, 23, 3, 1, 15, 17, 9, 17, 23, 13],
        [23, 11, 19, 1, 29, 3, 21, 31, 11, 9, 7, 25, 17, 9, 31, 21],
        [7, 27, 3, 17, 13, 19, 5, 15, 27, 25, 23, 9, 1, 25, 15, 5],
        [5, 5, 17, 27, 27, 21, 31, 5, 17, 15, 21, 15, 11, 11, 17, 31],
        [21, 21, 1, 11, 11, 5, 15, 21, 1, 31, 5, 31, 27, 27, 1, 15],
        [29, 13, 25, 19, 3, 13, 23, 29, 9, 23, 13, 23, 3, 3, 9, 23],
        [13, 29, 9, 3, 19, 29, 7, 13, 25, 7, 29, 7, 19, 19, 25, 7],
        [9, 9, 5, 7, 23, 17, 19, 25, 13, 27, 9, 3, 7, 31, 29, 3],
        [25, 25, 21, 23, 7, 1, 3, 9, 29, 11, 25, 19, 23, 15, 13, 19],
        [17, 1, 13, 15, 15, 9, 27, 1, 21, 3, 17, 27, 15, 23, 5, 11],
        [1, 17, 29, 31, 31, 25, 11, 17, 5, 19, 1, 11, 31, 7, 21, 27],
    ];

    #[test]
    fn points_are_the_published_ones() {
        for (i, row) in SCIPY.iter().enumerate() {
            for (dimension, expected) in row.iter().enumerate() {
                let index = (i ^ (i >> 1)) as u64;
                assert_eq!(sobol_point(dimension, index) >> 59, *expected, "point {i}, dimension {dimension}");
            }
        }
    }

    #[test]
    fn every_dimension_visits_every_interval_once() {
        for dimension in 0..DIMENSIONS {
            let mut seen = [false; 1024];
            for index in 5 * 1024..6 * 1024 {
                let cell = (sobol_point(dimension, index) >> 54) as usize;
                assert!(!seen[cell], "dimension {dimension}");
                seen[cell] = true;
            }
        }
    }
}
