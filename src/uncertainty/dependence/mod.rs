//! Which uncertain numbers go together, and how: rank correlations between pairs of them, joined by a Gaussian or a Student-t copula (Sklar 1959).
//!
//! The economist states Spearman's ρ, since it says nothing about the distributions. It becomes the correlation r of the scores behind the ranks (`scores`), r must make a
//! matrix that can exist (`matrix`), and its triangular root L makes scores that are correlated out of such that are not: u → z = Φ⁻¹(u) → L z → Φ → the number's own
//! quantile function (`join`). So each number keeps its distribution exactly, and only numbers that are linked, directly or through others, have anything to do
//! with each other. Of those linked, the first in the order of their paths keeps the values that it has alone.

mod compile;
mod impossible;
mod join;
mod matrix;
mod scores;

#[cfg(test)]
mod tests;

pub use impossible::{Fault, Impossible, Repair};

use super::Refusal;
use super::distribution::{Gamma, StudentT};

/// What joins ranks that go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Copula {
    Gaussian,
    /// Extremes come together: the fewer degrees of freedom, the more. From 0.5 to 1,000,000.
    StudentT {
        df: f64,
    },
}

impl Copula {
    /// A Student-t copula, if it has degrees of freedom that make one.
    pub fn student_t(df: f64) -> Result<Copula, Refusal> {
        if (0.5..=1e6).contains(&df) {
            Ok(Copula::StudentT { df })
        } else {
            Err(Refusal::new("df", df, "from 0.5 to 1000000 (beyond, take the Gaussian copula: nobody could tell them apart)"))
        }
    }
}

/// Two numbers, by their places in the order of [`Parameters::iter`](super::Parameters::iter), and their rank correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    pub first: usize,
    pub second: usize,
    pub spearman: f64,
}

/// Correlations that can exist, ready to join the numbers of a run: [`Dependence::compile`].
#[derive(Debug, Clone, Default)]
pub struct Dependence {
    sets: Vec<Set>,
    /// By place: whether the number stands in a set.
    joined: Vec<bool>,
    /// What mixes the normal scores to those of a Student-t, the same for every set.
    mixing: Option<Mixing>,
}

/// Numbers that are linked with each other and with no others.
#[derive(Debug, Clone)]
struct Set {
    /// In the order of their paths.
    members: Vec<Member>,
    /// Names the set's own stream, which mixes.
    stream: String,
}

/// One path: the draws that one or more numbers take.
#[derive(Debug, Clone)]
struct Member {
    /// Where its numbers stand among the parameters.
    places: Vec<usize>,
    /// Its row of L, up to the diagonal; its length is one.
    row: Vec<f64>,
    /// An earlier member whose ranks are the same, or the opposite.
    twin: Option<Twin>,
}

#[derive(Debug, Clone, Copy)]
struct Twin {
    member: usize,
    opposite: bool,
}

/// The Student-t scores T = √W·Z, W = ν/χ²_ν, and what W is once one T of a set is known: (ν + T²)/χ²_(ν+1).
#[derive(Debug, Clone, Copy)]
struct Mixing {
    df: f64,
    t: StudentT,
    half_chi_square: Gamma,
}

impl Mixing {
    fn new(df: f64) -> Mixing {
        Mixing { df, t: StudentT::new(df), half_chi_square: Gamma::new(0.5 * (df + 1.0)) }
    }
}

impl Dependence {
    /// The sets of numbers that are linked with each other, by their places in the order of [`Parameters::iter`](super::Parameters::iter).
    pub fn components(&self) -> Vec<Vec<usize>> {
        let places = |set: &Set| {
            let mut places: Vec<usize> = set.members.iter().flat_map(|member| member.places.iter().copied()).collect();
            places.sort_unstable();
            places
        };
        self.sets.iter().map(places).collect()
    }

    /// Whether the number at this place has to do with others.
    #[inline(always)]
    pub(super) fn joins(&self, place: usize) -> bool {
        self.joined.get(place).is_some_and(|joined| *joined)
    }

    /// The names of the streams that it draws from besides those of the numbers, each with a number of its set.
    pub(super) fn streams(&self) -> impl Iterator<Item = (&str, usize)> {
        let sets = if self.mixing.is_some() { &self.sets[..] } else { &[] };
        sets.iter().map(|set| (set.stream.as_str(), set.members[0].places[0]))
    }
}
