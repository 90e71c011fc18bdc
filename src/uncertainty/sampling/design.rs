//! The design: draw k's uniform number for each parameter, a pure function of (seed, draw, path, sampler).
//!
//! *Random*: ChaCha8 keyed by (seed, path); draw k is its k-th 64-bit word.
//!
//! *Sobol'*: draws are dealt in turn to [`REPLICATES`] independent randomisations, replicate k mod 16 and place ⌊k/16⌋ in it, so that the spread of the 16 means is an
//! honest standard error at any number of draws. A parameter's path alone gives its block and its dimension there (see `blocks`). Per replicate, the block shuffles the order
//! of its points (a nested uniform scrambling of the index: any 2^m places in a row from a multiple of 2^m still hold a full net) and the parameter
//! scrambles its coordinate. The shuffles are what makes blocks independent of each other although all use the same few dimensions; both keys hash the names, so that
//! a parameter more or less changes nothing for the others (Burley 2020, "Practical hash-based Owen scrambling", section on padding).
//!
//! Between blocks the pairing is random, but not quite as random as a Latin hypercube's: two places next to each other in the order have opposite halves of the unit interval in
//! every coordinate, as the balance of any 2^m places demands. A pure interaction between two blocks therefore has about 1.6 times the variance that
//! independent numbers give it. Everything else, main effects and interactions inside a block, has next to none.
//!
//! Best numbers of draws are 16 times a power of two: each replicate is then balanced.

use super::Sampler;
use super::blocks::place;
use super::keys::{Purpose, generator};
use super::scramble::Scrambles;
use super::sobol;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// How many independent randomisations the draws of a Sobol' design are dealt to; draw k belongs to randomisation k mod 16.
pub const REPLICATES: usize = 16;

/// The uniform numbers of every parameter and draw.
#[derive(Debug, Clone)]
pub struct Design {
    sampler: Sampler,
    streams: Vec<Stream>,
}

#[derive(Debug, Clone)]
enum Stream {
    Sobol(Box<Randomised>),
    Random(Box<ChaCha8Rng>),
}

/// One coordinate of a block: its dimension, the block's order and the coordinate's scrambling.
#[derive(Debug, Clone)]
struct Randomised {
    dimension: usize,
    order: Scrambles,
    scramble: Scrambles,
}

impl Design {
    /// The design for these parameter paths. A path gets the same numbers whatever the others are and wherever it stands in the list.
    pub fn new<'a>(sampler: Sampler, seed: u64, paths: impl IntoIterator<Item = &'a str>) -> Design {
        let stream = |path| match sampler {
            Sampler::Random => Stream::Random(Box::new(generator(Purpose::Stream, seed, path))),
            Sampler::Sobol => {
                let place = place(path);
                let order = Scrambles::random(&mut generator(Purpose::Order, seed, &place.block));
                let scramble = Scrambles::random(&mut generator(Purpose::Scramble, seed, path));
                Stream::Sobol(Box::new(Randomised { dimension: place.dimension, order, scramble }))
            }
        };
        Design { sampler, streams: paths.into_iter().map(stream).collect() }
    }

    pub fn sampler(&self) -> Sampler {
        self.sampler
    }

    /// The uniform number of one parameter (its place in the list of paths) and one draw, strictly between 0 and 1. For many draws, [`Design::fill`].
    ///
    /// # Panics
    /// Where there is no such parameter.
    pub fn uniform(&self, parameter: usize, draw: u64) -> f64 {
        let mut one = [0.0];
        self.fill(parameter, draw, &mut one);
        one[0]
    }

    /// The uniform numbers of one parameter for `out.len()` draws from `first_draw` on, strictly between 0 and 1. Allocates nothing. Quickest from inside a
    /// numerics kernel, where sixteen replicates go side by side.
    ///
    /// # Panics
    /// Where there is no such parameter.
    #[inline(always)]
    pub fn fill(&self, parameter: usize, first_draw: u64, out: &mut [f64]) {
        match &self.streams[parameter] {
            Stream::Random(generator) => fill_random(generator, first_draw, out),
            Stream::Sobol(randomised) => randomised.fill(first_draw, out),
        }
    }
}

impl Randomised {
    #[inline(always)]
    fn fill(&self, first_draw: u64, out: &mut [f64]) {
        /// The lowest bits of the index; the others change only every 16 points, and their sum with them.
        const LOW: usize = 4;
        const DEALT: u64 = REPLICATES as u64;
        let (mut index, mut skip) = (first_draw / DEALT, (first_draw % DEALT) as usize);
        let mut high = [0; REPLICATES];
        let mut known = None;
        let mut done = 0;
        while done < out.len() {
            // One point of every replicate: sixteen draws in a row. Indices and fractions have their bits read backwards throughout.
            let mut x = [index.reverse_bits(); REPLICATES];
            self.order.reversed(&mut x);
            if known != Some(index >> LOW) {
                known = Some(index >> LOW);
                for (high, x) in high.iter_mut().zip(&x) {
                    *high = sobol::sum(self.dimension, *x, 0, 64 - LOW);
                }
            }
            for (high, x) in high.iter().zip(&mut x) {
                *x = high ^ sobol::sum(self.dimension, *x, 64 - LOW, 64);
            }
            self.scramble.reversed(&mut x);
            let row = x.map(|x| open_unit(x.reverse_bits()));
            let count = (REPLICATES - skip).min(out.len() - done);
            out[done..done + count].copy_from_slice(&row[skip..skip + count]);
            done += count;
            skip = 0;
            index += 1;
        }
    }
}

fn fill_random(generator: &ChaCha8Rng, first_draw: u64, out: &mut [f64]) {
    let mut generator = generator.clone();
    // Two 32-bit words a draw.
    generator.set_word_pos(2 * u128::from(first_draw));
    for u in out {
        *u = open_unit(generator.next_u64());
    }
}

/// The top 52 bits as an odd multiple of 2⁻⁵³: strictly inside (0, 1), and 1 − u is exact.
#[inline(always)]
fn open_unit(bits: u64) -> f64 {
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    f64::from_bits(ONE | (bits >> 12)) - (1.0 - f64::EPSILON / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTOR: [&str; 5] = [
        "elasticities.demand.steel_iron",
        "elasticities.domestic.steel_iron",
        "elasticities.import.steel_iron",
        "elasticities.route.steel_iron",
        "elasticities.supply.steel_iron",
    ];

    fn column(design: &Design, parameter: usize, draws: usize) -> Vec<f64> {
        let mut out = vec![0.0; draws];
        design.fill(parameter, 0, &mut out);
        out
    }

    #[test]
    fn other_names_and_the_place_in_the_list_change_nothing() {
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let few = Design::new(sampler, 1, [SECTOR[2]]);
            let many = Design::new(sampler, 1, ["a", SECTOR[0], SECTOR[2], "tariff.\"x\".rate"]);
            assert_eq!(column(&few, 0, 100), column(&many, 2, 100));
            assert_ne!(column(&few, 0, 100), column(&Design::new(sampler, 2, [SECTOR[2]]), 0, 100));
            // Whatever the chunks, each draw is itself.
            let whole = column(&many, 1, 1000);
            for first in [0usize, 1, 15, 16, 300, 992] {
                let mut part = [0.0; 8];
                many.fill(1, first as u64, &mut part);
                assert_eq!(part, whole[first..first + 8], "{sampler:?} from {first}");
                assert_eq!(many.uniform(1, first as u64 + 3), part[3]);
            }
            assert!(whole.iter().all(|u| *u > 0.0 && *u < 1.0));
        }
        assert_eq!((open_unit(0), open_unit(u64::MAX)), (2f64.powi(-53), 1.0 - 2f64.powi(-53)));
    }

    #[test]
    fn no_two_names_share_a_sequence() {
        let paths =
            [SECTOR[0], SECTOR[1], "elasticities.demand.aluminium", "elasticities.steel_iron", "a", "b", "tariff.a.rate", "tariff.b.rate"];
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let design = Design::new(sampler, 1, paths);
            let columns: Vec<Vec<f64>> = (0..paths.len()).map(|p| column(&design, p, 256)).collect();
            for (k, one) in columns.iter().enumerate() {
                for other in &columns[..k] {
                    assert!(one.iter().zip(other).all(|(a, b)| a != b));
                }
            }
        }
    }

    #[test]
    fn every_dyadic_interval_gets_one_point_per_replicate() {
        let design = Design::new(Sampler::Sobol, 9, SECTOR.into_iter().chain(["freight.sea"]));
        for parameter in 0..6 {
            for power in [1, 4, 8] {
                let n = 1usize << power;
                // The first 2^m points of each replicate, and the next.
                let all = column(&design, parameter, 2 * n * REPLICATES);
                for block in all.chunks(n * REPLICATES) {
                    for replicate in 0..REPLICATES {
                        let mut cells: Vec<usize> =
                            block.iter().skip(replicate).step_by(REPLICATES).map(|u| (u * n as f64) as usize).collect();
                        cells.sort_unstable();
                        assert!(cells.into_iter().eq(0..n));
                    }
                }
            }
        }
    }

    #[test]
    fn pairs_inside_a_block_fill_the_square() {
        // Dimensions 1 and 2 of Sobol' form a (0, m, 2)-net: one point in every box of area 2^-m.
        let design = Design::new(Sampler::Sobol, 4, [SECTOR[0], SECTOR[1]]);
        let (x, y) = (column(&design, 0, 256 * REPLICATES), column(&design, 1, 256 * REPLICATES));
        for replicate in 0..REPLICATES {
            for bits in 0..=8 {
                let (wide, high) = (f64::from(1 << bits), f64::from(1 << (8 - bits)));
                let mut seen = vec![false; 256];
                for k in (replicate..256 * REPLICATES).step_by(REPLICATES) {
                    let cell = (x[k] * wide) as usize * high as usize + (y[k] * high) as usize;
                    assert!(!std::mem::replace(&mut seen[cell], true));
                }
            }
        }
    }

    #[test]
    fn sixty_parameters_are_uncorrelated() {
        let kinds = ["demand", "domestic", "import", "route", "supply"];
        let paths: Vec<String> = (0..12).flat_map(|sector| kinds.map(|kind| format!("elasticities.{kind}.s{sector}"))).collect();
        let n = 8192;
        // The variance of a correlation between blocks, times n, is about 1.6, not one: see above.
        for (sampler, expected) in [(Sampler::Sobol, 1.6), (Sampler::Random, 1.0)] {
            let (mut squares, mut pairs) = (0.0, 0.0);
            for seed in 0..3 {
                let design = Design::new(sampler, seed, paths.iter().map(String::as_str));
                let standard = |p| column(&design, p, n).iter().map(|u| (u - 0.5) * 12f64.sqrt()).collect();
                let columns: Vec<Vec<f64>> = (0..paths.len()).map(standard).collect();
                for (k, one) in columns.iter().enumerate() {
                    for (j, other) in columns[..k].iter().enumerate() {
                        let r = one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>() / n as f64;
                        let within = sampler == Sampler::Sobol && k / 5 == j / 5;
                        // Inside a block the net leaves almost nothing.
                        let most = if within { 0.005 } else { 5.0 * (expected / n as f64).sqrt() };
                        assert!(r.abs() < most, "{sampler:?} {} {}: {r}", paths[k], paths[j]);
                        if !within {
                            squares += r * r * n as f64;
                            pairs += 1.0;
                        }
                    }
                }
            }
            let ratio = squares / pairs / expected;
            assert!((ratio - 1.0).abs() < 0.15, "{sampler:?}: {ratio}");
        }
    }

    /// Root mean square error of the mean of f over five coordinates of a block, at n draws, over seeds.
    fn rmse(sampler: Sampler, draws: usize, seeds: u64, f: impl Fn(&[f64; 5]) -> f64, exact: f64) -> f64 {
        let mut squares = 0.0;
        for seed in 0..seeds {
            let design = Design::new(sampler, seed, SECTOR);
            let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, draws));
            let mean = (0..draws).map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / draws as f64;
            squares += (mean - exact) * (mean - exact) / seeds as f64;
        }
        squares.sqrt()
    }

    #[test]
    fn errors_fall_faster_than_those_of_random_numbers() {
        // Π (1 + (u − ½)/(d + 1)): every coordinate and every product of them, mean 1.
        let f = |u: &[f64; 5]| u.iter().enumerate().map(|(d, u)| 1.0 + (u - 0.5) / (d as f64 + 1.0)).product::<f64>();
        let rate = |sampler| {
            let (few, many) = (rmse(sampler, REPLICATES << 4, 30, f, 1.0), rmse(sampler, REPLICATES << 10, 30, f, 1.0));
            (-f64::ln(many / few) / f64::ln(64.0), many)
        };
        let ((sobol, sobol_error), (random, random_error)) = (rate(Sampler::Sobol), rate(Sampler::Random));
        assert!(sobol > 0.8, "{sobol}");
        assert!((random - 0.5).abs() < 0.15, "{random}");
        assert!(sobol_error < 0.02 * random_error, "{sobol_error} {random_error}");
    }

    #[test]
    fn hashing_scrambles_as_well_as_owens_tree() {
        // The same block, its coordinates scrambled by a tree of independent choices instead: one hashed bit for every digit and the digits before it.
        let owen = |x: u64, key: u64| {
            (0..32).fold(0u64, |sum, digit| {
                let prefix = if digit == 0 { 0 } else { x >> (64 - digit) };
                let mut h = key ^ (prefix + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (digit as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
                for _ in 0..3 {
                    h = (h ^ (h >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                }
                sum | ((((x >> (63 - digit)) ^ (h >> 63)) & 1) << (63 - digit))
            })
        };
        let f = |u: &[f64; 5]| f64::exp(u[0] + u[1] * u[2] - u[3] + 0.3 * u[4] * u[0]);
        let (n, seeds) = (64, 400);
        let exact = reference_mean(Sampler::Sobol, f);
        let mut tree = 0.0;
        for seed in 0..seeds {
            let mean = (0..n)
                .map(|i| {
                    f(&std::array::from_fn(|d| {
                        open_unit(owen(super::super::sobol_point(d, i), (seed * 5 + d as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d)))
                    }))
                })
                .sum::<f64>()
                / n as f64;
            tree += (mean - exact) * (mean - exact) / seeds as f64;
        }
        // One replicate of the design at a time: draws 16 apart.
        let mut hashed = 0.0;
        for seed in 0..seeds / 16 {
            let design = Design::new(Sampler::Sobol, seed, SECTOR);
            let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, n as usize * REPLICATES));
            for replicate in 0..REPLICATES {
                let draws = (replicate..n as usize * REPLICATES).step_by(REPLICATES);
                let mean = draws.map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / n as f64;
                hashed += (mean - exact) * (mean - exact) / seeds as f64;
            }
        }
        let ratio = (hashed / tree).sqrt();
        assert!(ratio < 1.2 && ratio > 0.8, "{ratio}");
    }

    /// The mean of f over the block by many draws.
    fn reference_mean(sampler: Sampler, f: impl Fn(&[f64; 5]) -> f64) -> f64 {
        let n = REPLICATES << 12;
        let design = Design::new(sampler, 77, SECTOR);
        let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, n));
        (0..n).map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / n as f64
    }

    #[test]
    fn both_samplers_agree_across_blocks() {
        let paths = ["tariff.a.rate", "freight.sea", SECTOR[0], SECTOR[4]];
        let n = 65_536;
        let mean = |sampler| {
            let design = Design::new(sampler, 3, paths);
            let columns: Vec<Vec<f64>> = (0..4).map(|p| column(&design, p, n)).collect();
            let f = |k: usize| columns[0][k] * columns[1][k] + (columns[2][k] - columns[3][k]).powi(2) * columns[0][k];
            (0..n).map(f).sum::<f64>() / n as f64
        };
        // ¼ + ⅙·½; the standard deviation of one draw is about 0.24.
        let exact = 0.25 + 1.0 / 12.0;
        assert!((mean(Sampler::Random) - exact).abs() < 4.0 * 0.24 / 256.0);
        assert!((mean(Sampler::Sobol) - exact).abs() < 4.0 * 0.24 / 256.0);
    }
}
