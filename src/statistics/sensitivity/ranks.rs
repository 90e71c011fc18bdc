//! Ranks, from 1, with equal values sharing the mean of theirs.

use super::super::ordered::order;

/// The rank of each value, in their order.
///
/// ```
/// use tradewind::statistics::sensitivity::ranks;
/// assert_eq!(ranks(&[7.0, 3.0, 9.0, 3.0]), [3.0, 1.5, 4.0, 1.5]);
/// ```
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    ranks_among(values, &order(values), &mut ranks);
    ranks
}

/// The ranks of some values among each other, to their places: `rising` are these, in the order of the values.
pub(super) fn ranks_among(values: &[f64], rising: &[u32], ranks: &mut [f64]) {
    let mut first = 0;
    for same in rising.chunk_by(|a, b| values[*a as usize] == values[*b as usize]) {
        // Ranks first + 1 to first + length.
        let shared = first as f64 + 0.5 * (same.len() + 1) as f64;
        for place in same {
            ranks[*place as usize] = shared;
        }
        first += same.len();
    }
}

/// Which of `classes` equally frequent classes each rank of n belongs to. Equal values are never split, so a class may be empty.
pub(super) fn class(rank: f64, n: usize, classes: usize) -> usize {
    (((rank - 0.5) / n as f64 * classes as f64) as usize).min(classes - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_their_rank() {
        assert_eq!(ranks(&[2.0, 0.0, 2.0, 1.0, 2.0, -0.0]), [5.0, 1.5, 5.0, 3.0, 5.0, 1.5]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn classes_are_equally_frequent() {
        let mut counts = [0; 4];
        for rank in 1..=100 {
            counts[class(f64::from(rank), 100, 4)] += 1;
        }
        assert_eq!(counts, [25; 4]);
        // 30 draws of one value and 70 of another
        assert_eq!((class(15.5, 100, 32), class(65.5, 100, 32)), (4, 20));
    }
}
