//! The design: draw k's uniform number for each parameter, a pure function of (seed, draw, path, sampler).
//!
//! *Random*: ChaCha8 keyed by (seed, path); draw k is its k-th 64-bit word.
//!
//! *Latin hypercube* (see `latin_hypercube`): a function of the number of draws as well. *Quadrature* (see `stroud`): of all the paths, and no uniform number.
//!
//! *Sobol'*: draws are dealt in turn to [`REPLICATES`] independent randomisations, replicate k mod 16 and place ⌊k/16⌋ in it, so that the spread of the 16 means is an
//! honest standard error at any number of draws. A parameter's path alone gives its block and its dimension there (see `blocks`). Per replicate, the block shuffles the order
//! of its points (a nested uniform scrambling of the index, and any order within sixteen places: any 2^m ≥ 16 places in a row from a multiple of 2^m still hold a
//! full net) and the parameter scrambles its coordinate. The shuffles are what makes blocks independent of each other although all use the same few dimensions; both keys hash the names, so that
//! a parameter more or less changes nothing for the others (Burley 2020, "Practical hash-based Owen scrambling", section on padding).
//!
//! Between blocks the pairing is random, as in a Latin hypercube: a pure interaction between two blocks has a few per cent more variance than independent numbers give
//! it. Everything else, main effects and interactions inside a block, has next to none.
//!
//! Best numbers of draws are 16 times a power of two, from 256 on: each replicate is then balanced.

use super::Sampler;
use super::blocks::place;
use super::keys::{Purpose, Sample, generator};
use super::latin_hypercube::LatinHypercube;
use super::scramble::Scrambles;
use super::shuffle::{Shuffles, permuted};
use super::stroud::Stroud;
use super::{shuffle, sobol};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// How many independent randomisations the draws of a Sobol' or Latin hypercube design are dealt to; draw k belongs to randomisation k mod 16.
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
    LatinHypercube(Box<LatinHypercube>),
    Random(Box<ChaCha8Rng>),
    Stroud(Stroud),
}

/// What a design wants to know of a number.
#[derive(Debug, Clone, Copy)]
pub(in crate::uncertainty) struct Named<'a> {
    pub path: &'a str,
    pub sample: Sample,
    /// Whether its distribution has no spread, so that quadrature need not spend points on it.
    pub fixed: bool,
}

/// One coordinate of a block: its dimension, the block's order, within sixteen places and beyond, and the coordinate's scrambling.
#[derive(Debug, Clone)]
struct Randomised {
    dimension: usize,
    within: Shuffles,
    order: Scrambles,
    scramble: Scrambles,
}

impl Design {
    /// The design of a run of this many draws for these parameter paths. A path gets the same numbers whatever the others are and wherever it stands in the list
    /// (but for quadrature, whose points are made for all numbers together).
    pub fn new<'a>(sampler: Sampler, seed: u64, draws: u64, paths: impl IntoIterator<Item = &'a str>) -> Design {
        let numbers: Vec<Named<'a>> = paths.into_iter().map(|path| Named { path, sample: Sample::First, fixed: false }).collect();
        Design::of(sampler, seed, draws, &numbers)
    }

    /// As [`Design::new`], each number from its sample.
    pub(in crate::uncertainty) fn of(sampler: Sampler, seed: u64, draws: u64, numbers: &[Named<'_>]) -> Design {
        let mut spread: Vec<&str> = numbers.iter().filter(|number| !number.fixed).map(|number| number.path).collect();
        spread.sort_unstable();
        spread.dedup();
        let stream = |number: &Named<'_>| {
            let key = |purpose, name: &str| generator(purpose, number.sample, seed, name);
            match sampler {
                Sampler::Random => Stream::Random(Box::new(key(Purpose::Stream, number.path))),
                Sampler::LatinHypercube => {
                    let inside = key(Purpose::Inside, number.path);
                    Stream::LatinHypercube(Box::new(LatinHypercube::random(draws, &mut key(Purpose::Parts, number.path), inside)))
                }
                Sampler::Sobol => {
                    let place = place(number.path);
                    let mut of_block = key(Purpose::Order, &place.block);
                    let order = Scrambles::random(&mut of_block);
                    let within = Shuffles::random(&mut of_block);
                    let scramble = Scrambles::random(&mut key(Purpose::Scramble, number.path));
                    Stream::Sobol(Box::new(Randomised { dimension: place.dimension, within, order, scramble }))
                }
                Sampler::Quadrature => Stream::Stroud(match spread.binary_search(&number.path) {
                    Ok(coordinate) => Stroud { coordinate: coordinate as u64, numbers: spread.len() as u64 },
                    Err(_) => Stroud { coordinate: 0, numbers: 0 },
                }),
            }
        };
        Design { sampler, streams: numbers.iter().map(stream).collect() }
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

    /// The uniform numbers of one parameter for `out.len()` draws from `first_draw` on, strictly between 0 and 1; of a quadrature, its coordinates instead, in standard
    /// deviations from the mean. Allocates nothing. Quickest from inside a numerics kernel, where sixteen replicates go side by side.
    ///
    /// # Panics
    /// Where there is no such parameter.
    #[inline(always)]
    pub fn fill(&self, parameter: usize, first_draw: u64, out: &mut [f64]) {
        match &self.streams[parameter] {
            Stream::Random(generator) => fill_random(generator, first_draw, out),
            Stream::LatinHypercube(hypercube) => hypercube.fill(first_draw, out),
            Stream::Sobol(randomised) => randomised.fill(first_draw, out),
            Stream::Stroud(stroud) => stroud.fill(first_draw, out),
        }
    }
}

impl Randomised {
    #[inline(always)]
    fn fill(&self, first_draw: u64, out: &mut [f64]) {
        /// The lowest bits of the index; the others change only every 16 points, and their sum with them.
        const LOW: usize = shuffle::BITS as usize;
        const DEALT: u64 = REPLICATES as u64;
        let (mut index, mut skip) = (first_draw / DEALT, (first_draw % DEALT) as usize);
        let (mut high, mut orders) = ([0; REPLICATES], [0; REPLICATES]);
        let mut known = None;
        let mut done = 0;
        while done < out.len() {
            // One point of every replicate: sixteen draws in a row. Indices and fractions have their bits read backwards throughout.
            let sixteen = index >> LOW;
            if known != Some(sixteen) {
                orders = self.within.of(sixteen);
            }
            let mut x = permuted(index & ((1 << LOW) - 1), &orders).map(|place| (sixteen << LOW | place).reverse_bits());
            self.order.reversed(&mut x);
            if known != Some(sixteen) {
                known = Some(sixteen);
                // The sixteen's own bits of the index do not reach down to those that these dimensions share.
                high = sobol::sums(self.dimension, &x, 0, 64 - LOW);
            }
            let low = sobol::sums(self.dimension, &x, 64 - LOW, 64);
            for ((x, high), low) in x.iter_mut().zip(&high).zip(&low) {
                *x = high ^ low;
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
pub(super) fn open_unit(bits: u64) -> f64 {
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    f64::from_bits(ONE | (bits >> 12)) - (1.0 - f64::EPSILON / 2.0)
}
