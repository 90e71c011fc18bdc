//! Nested uniform scrambling (Owen 1995) of a binary fraction, by hashing.
//!
//! Owen's scrambling flips each binary digit, or not, at random, by a choice of its own for every value of the digits before it. So a set of points that has one
//! point in every dyadic interval keeps it, every point becomes uniform, and the variance of a mean falls as fast as the integrand's smoothness allows. The tree of choices
//! is not stored but computed: on the number read backwards, adding a key, multiplying by an odd key and x ⊕= x·(even key) all let each digit act only on those
//! above it (Laine & Karras 2011; Burley 2020, "Practical hash-based Owen scrambling", there with 32 bits and fixed factors). Here the factors are keys
//! as well, since the first few digits weigh most and a single key has too few low bits to choose them independently.

use super::REPLICATES;
use rand::Rng;

const ROUNDS: usize = 3;

/// A random choice of nested uniform scrambling for each replicate, side by side so that all are computed at once.
#[derive(Debug, Clone)]
pub(super) struct Scrambles {
    add: [[u64; REPLICATES]; ROUNDS],
    odd: [[u64; REPLICATES]; ROUNDS],
    even: [[u64; REPLICATES]; ROUNDS],
}

impl Scrambles {
    pub fn random(rng: &mut impl Rng) -> Scrambles {
        let mut keys = |make: fn(u64) -> u64| std::array::from_fn(|_| std::array::from_fn(|_| make(rng.next_u64())));
        Scrambles { add: keys(|key| key), odd: keys(|key| key | 1), even: keys(|key| key & !1) }
    }

    /// Scrambles one binary fraction per replicate, given and returned with the bits read backwards.
    #[inline(always)]
    pub fn reversed(&self, x: &mut [u64; REPLICATES]) {
        for round in 0..ROUNDS {
            let (add, odd, even) = (&self.add[round], &self.odd[round], &self.even[round]);
            for r in 0..REPLICATES {
                let y = x[r].wrapping_add(add[r]);
                x[r] = (y ^ y.wrapping_mul(even[r])).wrapping_mul(odd[r]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    fn scrambles(n: usize) -> Vec<Scrambles> {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        (0..n).map(|_| Scrambles::random(&mut rng)).collect()
    }

    fn reversed(scrambles: &Scrambles, x: u64) -> [u64; REPLICATES] {
        let mut all = [x; REPLICATES];
        scrambles.reversed(&mut all);
        all
    }

    #[test]
    fn dyadic_intervals_stay_together() {
        for scrambles in scrambles(3) {
            for x in [0, 1, 77, u64::MAX / 3] {
                for bit in 0..64 {
                    // Numbers that first differ in this digit still first differ there.
                    for (a, b) in reversed(&scrambles, x).into_iter().zip(reversed(&scrambles, x ^ (1 << bit))) {
                        assert_eq!((a ^ b).trailing_zeros(), bit);
                    }
                }
            }
        }
    }

    #[test]
    fn the_choices_of_a_digit_are_fair_and_independent_of_each_other() {
        let groups = 2500;
        let n = groups * REPLICATES;
        // Whether digit 5 flips, for each of the 32 values of the digits before it.
        let mut flips = Vec::with_capacity(n);
        for scrambles in scrambles(groups) {
            let mut tree = [0u32; REPLICATES];
            for prefix in 0..32u64 {
                for (tree, y) in tree.iter_mut().zip(reversed(&scrambles, prefix)) {
                    *tree |= (((y >> 5) & 1) as u32) << prefix;
                }
            }
            flips.extend(tree);
        }
        let tolerance = 5.0 / (n as f64).sqrt();
        for a in 0..32 {
            for b in 0..=a {
                // E[(−1)^(flip a) (−1)^(flip b)]: zero, or of a alone where b = a.
                let odd = flips.iter().filter(|f| (**f >> a ^ if a == b { 0 } else { **f >> b }) & 1 == 1).count();
                let bias = 1.0 - 2.0 * odd as f64 / n as f64;
                assert!(bias.abs() < tolerance, "digits {a} and {b}: {bias}");
            }
        }
    }
}
