//! The order in which a block goes through each sixteen of its points: a random one, anew for every sixteen.
//!
//! A nested scrambling alone would keep neighbours apart: places 2j and 2j + 1 in opposite halves of every coordinate, in every block. Two blocks would then
//! meet in pairs that mirror each other, and an interaction between them would have 1.6 times the variance that independent numbers give it. Any sixteen
//! places from a multiple of sixteen still hold the same points, so that nothing else changes.
//!
//! The permutation is Fisher's and Yates' with numbers from a hash of the sixteen's number, kept as sixteen digits of four bits.

use super::REPLICATES;
use rand::Rng;

/// Points that are shuffled together, as bits of the index.
pub(super) const BITS: u32 = 4;
const MASK: u64 = (1 << BITS) - 1;

/// A random choice of orders for each replicate.
#[derive(Debug, Clone)]
pub(super) struct Shuffles {
    keys: [u64; REPLICATES],
}

/// A permutation of sixteen for each replicate: digit p of sixteen says where place p goes.
pub(super) type Orders = [u64; REPLICATES];

impl Shuffles {
    pub fn random(rng: &mut impl Rng) -> Shuffles {
        Shuffles { keys: std::array::from_fn(|_| rng.next_u64()) }
    }

    /// The orders of sixteen number `sixteen`.
    #[inline(always)]
    pub fn of(&self, sixteen: u64) -> Orders {
        /// In order: digit p is p.
        const UNMOVED: u64 = 0xfedc_ba98_7654_3210;
        let mut state = self.keys.map(|key| key ^ sixteen.wrapping_mul(0xd134_2543_de82_ef95));
        let mut orders = [UNMOVED; REPLICATES];
        let mut numbers = [0; REPLICATES];
        for place in (1..16u64).rev() {
            // Sixteen bits a swap: four swaps a number.
            let part = (15 - place) % 4;
            if part == 0 {
                for (number, state) in numbers.iter_mut().zip(&mut state) {
                    // SplitMix64 (Steele, Lea & Flood 2014).
                    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                    let mut h = *state;
                    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                    *number = h ^ (h >> 31);
                }
            }
            for (order, number) in orders.iter_mut().zip(&numbers) {
                let with = ((number >> (16 * part) & 0xffff) * (place + 1)) >> 16;
                let differ = (*order >> (4 * place) ^ *order >> (4 * with)) & MASK;
                // Of a place with itself nothing differs.
                *order ^= differ << (4 * place) ^ differ << (4 * with);
            }
        }
        orders
    }
}

/// Where place `place` (below 16) goes in each replicate.
#[inline(always)]
pub(super) fn permuted(place: u64, orders: &Orders) -> [u64; REPLICATES] {
    orders.map(|order| order >> (4 * place) & MASK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn every_place_is_taken_once_and_any_pair_goes_anywhere() {
        let shuffles = Shuffles::random(&mut ChaCha8Rng::seed_from_u64(5));
        let sixteens = 4000;
        // How often places 0 and 1, and 0 and 8, go to each pair of places.
        let mut counts = [[0u32; 256]; 2];
        for sixteen in 0..sixteens {
            let orders = shuffles.of(sixteen);
            let to: Vec<[u64; REPLICATES]> = (0..16).map(|place| permuted(place, &orders)).collect();
            for replicate in 0..REPLICATES {
                let mut seen = to.iter().map(|row| row[replicate]).collect::<Vec<_>>();
                seen.sort_unstable();
                assert!(seen.into_iter().eq(0..16));
                for (which, other) in [(0, 1), (1, 8)] {
                    counts[which][(16 * to[0][replicate] + to[other][replicate]) as usize] += 1;
                }
            }
        }
        let expected = (sixteens as usize * REPLICATES) as f64 / 240.0;
        for count in &counts {
            let off: Vec<f64> =
                count.iter().enumerate().filter(|(at, _)| at / 16 != at % 16).map(|(_, n)| f64::from(*n) / expected - 1.0).collect();
            let spread = (off.iter().map(|x| x * x).sum::<f64>() / off.len() as f64).sqrt();
            // 1/√267 by chance.
            assert!(spread < 0.075, "{spread}");
        }
    }
}
