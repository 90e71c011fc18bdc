//! What is said of correlations that cannot be, and of what was taken instead.

use super::Refusal;
use std::fmt;

/// Correlations that cannot be as asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Impossible {
    /// Which pairs are to blame, by their places among those given, in rising order.
    pub pairs: Vec<usize>,
    pub fault: Fault,
}

/// What is wrong with them; numbers by their paths.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Not from −1 to 1.
    Range { paths: [String; 2], found: f64 },
    /// A number paired with itself.
    Itself { path: String },
    /// The same pair with two correlations.
    Twice { paths: [String; 2], found: [f64; 2] },
    /// No numbers have these correlations, but leave out any one of them and there are some.
    Matrix { paths: Vec<String>, least_eigenvalue: f64 },
    /// The copula does not exist.
    Copula(Refusal),
}

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Fault::Range { paths: [one, other], found } => {
                write!(f, "the correlation of {one} with {other} is {found}; expected a number from -1 to 1")
            }
            Fault::Itself { path } => write!(f, "{path} is paired with itself; expected two different numbers"),
            Fault::Twice { paths: [one, other], found } => {
                write!(f, "{one} and {other} are paired twice, with {} and {}; expected one correlation", found[0], found[1])
            }
            Fault::Matrix { paths, least_eigenvalue } => {
                const NAMED: usize = 8;
                write!(f, "no numbers can be correlated as {} are asked to be", enumerated(paths, NAMED))?;
                let eigenvalue =
                    if *least_eigenvalue > -0.001 { format!("{least_eigenvalue:.1e}") } else { format!("{least_eigenvalue:.3}") };
                write!(f, " (their matrix has the eigenvalue {eigenvalue}, and none may be negative); change one of these correlations, ")?;
                write!(
                    f,
                    "state those that are missing (a pair that is not given is uncorrelated), or take the nearest matrix with repair = true"
                )
            }
            Fault::Copula(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for Impossible {}

/// "a, b and c"; of more than `most`, how many others.
fn enumerated(names: &[String], most: usize) -> String {
    let (named, others) = names.split_at(if names.len() > most { most } else { names.len().saturating_sub(1) });
    let last = if names.len() > most { format!("{} others", others.len()) } else { others.concat() };
    if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) }
}

/// How far what was taken is from what was asked, where that could not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// The Frobenius norm of the difference between the matrices of score correlations.
    pub distance: f64,
    /// The pair whose rank correlation changed most, by path.
    pub paths: [String; 2],
    pub asked: f64,
    pub taken: f64,
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Repair { distance, paths: [one, other], asked, taken } = self;
        write!(
            f,
            "no numbers can be correlated as asked; the nearest correlations are taken, at a distance of {distance:.3} (Frobenius norm); "
        )?;
        write!(f, "the largest change is between {one} and {other}, from {asked:.3} to {taken:.3}")
    }
}
