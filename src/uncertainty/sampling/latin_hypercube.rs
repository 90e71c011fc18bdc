//! Latin hypercubes (McKay, Beckman & Conover 1979): u = (π(i) + v)/n, one draw in each of n equal parts of the unit interval.
//!
//! Each replicate is a hypercube of its own: with N draws dealt to 16 replicates, replicate r has as many parts as draws. Its order π is a permutation keyed by the seed, the
//! name and r that is computed place by place and never stored: a bijection of the next power of two, made of additions, odd multiplications and shifts, applied until
//! the result falls below n (cycle walking: Black & Rogaway 2002). The place v inside the part is a pseudo-random number of the draw.

use super::REPLICATES;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Enough for a few bits as for many: the places of any two draws are as good as independent.
const ROUNDS: usize = 6;

/// One number's hypercubes.
#[derive(Debug, Clone)]
pub(super) struct LatinHypercube {
    /// Draws of the whole design.
    draws: u64,
    orders: [Order; REPLICATES],
    /// Draw k takes its k-th 32-bit word.
    inside: ChaCha8Rng,
}

/// A permutation of any number of things, by key.
#[derive(Debug, Clone)]
struct Order {
    add: [u64; ROUNDS],
    odd: [u64; ROUNDS],
}

impl LatinHypercube {
    pub fn random(draws: u64, keys: &mut impl Rng, inside: ChaCha8Rng) -> LatinHypercube {
        let orders = std::array::from_fn(|_| Order {
            add: std::array::from_fn(|_| keys.next_u64()),
            odd: std::array::from_fn(|_| keys.next_u64() | 1),
        });
        LatinHypercube { draws, orders, inside }
    }

    /// The numbers of draws from `first_draw` on. Draws past the design's last begin its replicate anew.
    pub fn fill(&self, first_draw: u64, out: &mut [f64]) {
        let mut inside = self.inside.clone();
        inside.set_word_pos(u128::from(first_draw));
        for (draw, u) in (first_draw..).zip(out) {
            let (replicate, place) = (draw % REPLICATES as u64, draw / REPLICATES as u64);
            let parts = parts(self.draws, replicate);
            let part = self.orders[replicate as usize].at(place % parts, parts);
            // 32 bits: added to up to 2²⁰ parts they round nowhere, so that a draw stays in its part.
            const WORD: f64 = 4_294_967_296.0;
            let within = (f64::from(inside.next_u32()) + 0.5) / WORD;
            *u = ((part as f64 + within) / parts as f64).min(1.0 - f64::EPSILON / 2.0);
        }
    }
}

/// Draws of a replicate, at least one so that what lies past the last draw has a number too.
fn parts(draws: u64, replicate: u64) -> u64 {
    (draws.saturating_sub(replicate).div_ceil(REPLICATES as u64)).max(1)
}

impl Order {
    /// π(place) among `n`, for place < n.
    fn at(&self, place: u64, n: u64) -> u64 {
        // All ones up to the highest bit that a place can have.
        let mask = u64::MAX.checked_shr((n - 1).leading_zeros()).unwrap_or(0);
        let half = mask.count_ones().div_ceil(2);
        let mut x = place;
        loop {
            for (add, odd) in self.add.iter().zip(&self.odd) {
                // Each step can be undone: low bits reach high ones by the product, high ones low ones by the shift.
                x = x.wrapping_add(*add).wrapping_mul(*odd) & mask;
                x ^= x >> half;
            }
            if x < n {
                return x;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    fn hypercube(draws: u64, seed: u64) -> LatinHypercube {
        let mut keys = ChaCha8Rng::seed_from_u64(seed);
        LatinHypercube::random(draws, &mut keys, ChaCha8Rng::seed_from_u64(seed + 1_000_000))
    }

    #[test]
    fn every_part_of_every_replicate_gets_one_draw() {
        for draws in [16u64, 17, 100, 1000, 4096, 10_000] {
            let mut column = vec![0.0; draws as usize];
            hypercube(draws, 3).fill(0, &mut column);
            for replicate in 0..REPLICATES {
                let n = parts(draws, replicate as u64);
                let mut cells: Vec<u64> = column.iter().skip(replicate).step_by(REPLICATES).map(|u| (u * n as f64) as u64).collect();
                cells.sort_unstable();
                assert!(cells.into_iter().eq(0..n), "{draws} draws, replicate {replicate}");
            }
        }
    }

    #[test]
    fn fewer_draws_than_replicates_and_draws_past_the_last_are_still_numbers() {
        for draws in [0, 1, 15, 40] {
            let mut column = [0.0; 256];
            hypercube(draws, 5).fill(0, &mut column);
            assert!(column.iter().all(|u| *u > 0.0 && *u < 1.0));
        }
    }

    #[test]
    fn orders_are_as_good_as_drawn_from_all() {
        // Five things: every ordered pair of places of the first and the last comes up equally often. 20 classes, chi-square with 19 degrees of freedom.
        let tries = 4000;
        let mut seen = [[0u32; 5]; 5];
        for seed in 0..tries {
            let order = &hypercube(1, seed).orders[0];
            seen[order.at(0, 5) as usize][order.at(4, 5) as usize] += 1;
        }
        let expected = tries as f64 / 20.0;
        let mut distance = 0.0;
        for (a, row) in seen.iter().enumerate() {
            for (b, count) in row.iter().enumerate() {
                if a == b {
                    assert_eq!(*count, 0);
                } else {
                    distance += (f64::from(*count) - expected).powi(2) / expected;
                }
            }
        }
        // 99.9% point.
        assert!(distance < 43.8, "{distance}");
    }

    #[test]
    fn two_orders_are_uncorrelated_and_no_more_than_that() {
        // The correlation of two independent random orders of n has variance 1/(n − 1).
        for n in [7u64, 64, 625] {
            let (tries, middle) = (600, (n - 1) as f64 / 2.0);
            let variance = (n * n - 1) as f64 / 12.0;
            let mut squares = 0.0;
            for seed in 0..tries {
                let (one, other) = (&hypercube(1, 2 * seed).orders[3], &hypercube(1, 2 * seed + 1).orders[3]);
                let product = |i| (one.at(i, n) as f64 - middle) * (other.at(i, n) as f64 - middle);
                let r = (0..n).map(product).sum::<f64>() / (n as f64 * variance);
                squares += r * r * (n - 1) as f64 / tries as f64;
            }
            // The mean of 600 squares of nearly normal numbers: sd √(2/600) = 0.058.
            assert!((squares - 1.0).abs() < 0.2, "{n}: {squares}");
        }
    }
}
