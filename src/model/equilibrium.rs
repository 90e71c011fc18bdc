//! What every closure is given and what it answers.

use crate::numerics::Real;
use std::fmt;

/// An equilibrium is one where every relative excess demand is below this; a draw without one has failed.
pub const TOLERANCE: f64 = 1e-10;

/// Moved landed prices: a list of (exporter, importer, ln τ̂_in·Ĝ_in), with τ̂ = (1+t′)/(1+t) and Ĝ the route composite, each cell at most once; all other cells are unmoved.
#[derive(Debug, Clone)]
pub struct Shock<R> {
    pub wedges: Vec<Wedge<R>>,
}

/// One moved cell.
#[derive(Debug, Clone, Copy)]
pub struct Wedge<R> {
    pub exporter: usize,
    pub importer: usize,
    /// ln(τ̂·Ĝ)
    pub log: R,
}

/// A sector's answer, in hats. Matrices exporter-major, N×N.
#[derive(Debug, Clone)]
pub struct Equilibrium<R> {
    /// ln p̂_i.
    pub log_producer: Vec<R>,
    /// p̂_i.
    pub producer: Vec<R>,
    /// V̂_in = p̂_i q̂_in: customs value.
    pub value: Vec<R>,
    /// p̂_i q̂_i: the value of output.
    pub output: Vec<R>,
    /// ln P̂_n: the sector's composite.
    pub log_consumer: Vec<R>,
    /// ln P̂^M_n: the composite of imports.
    pub log_import: Vec<R>,
    /// |relative excess demand|, the largest over exporters.
    pub residual: R,
    /// q̂_in where an exporter has a price in each market; empty where he has one price, and q̂ = V̂/p̂.
    pub by_market: Vec<R>,
    /// p̂_in τ̂_in Ĝ_in, likewise.
    pub landed: Vec<R>,
}

impl<R: Real> Equilibrium<R> {
    /// The base year itself.
    pub fn baseline(regions: usize) -> Self {
        Equilibrium {
            log_producer: vec![R::zero(); regions],
            producer: vec![R::one(); regions],
            value: vec![R::one(); regions * regions],
            output: vec![R::one(); regions],
            log_consumer: vec![R::zero(); regions],
            log_import: vec![R::zero(); regions],
            residual: R::zero(),
            by_market: Vec::new(),
            landed: Vec::new(),
        }
    }

    /// q̂_in of a cell of `exporter`.
    #[inline(always)]
    pub fn quantity(&self, exporter: usize, cell: usize) -> R {
        self.volume(R::one(), exporter, cell)
    }

    /// base · q̂_in of a cell of `exporter`.
    #[inline(always)]
    pub fn volume(&self, base: R, exporter: usize, cell: usize) -> R {
        if self.by_market.is_empty() { base * self.value[cell] / self.producer[exporter] } else { base * self.by_market[cell] }
    }
}

/// Why a draw has no equilibrium to report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Failure {
    /// Excess demand stayed above the tolerance.
    NotConverged { residual: f64, iterations: usize },
    /// Trade and waiting at ports did not come to agree.
    Waiting { days: f64, tolerance: f64, rounds: usize },
    /// A price or quantity left the range of numbers.
    NotFinite,
    /// A linear model took a price or a flow below nothing: the lowest of their ratios to the base year.
    BelowZero { lowest: f64 },
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NotConverged { residual, iterations } => {
                write!(f, "relative excess demand still {residual:.1e} after {iterations} steps (tolerance {:.0e})", TOLERANCE)
            }
            Failure::Waiting { days, tolerance, rounds } => {
                write!(f, "waiting at ports still {days:.1e} days off after {rounds} rounds with trade (tolerance {tolerance:.0e})")
            }
            Failure::BelowZero { lowest } => {
                write!(
                    f,
                    "a flow or a price would change by {:.0}%: the shock is too large for a linear model; closure partial takes it",
                    100.0 * (lowest - 1.0)
                )
            }
            Failure::NotFinite => f.write_str("a price or a quantity left the range of numbers"),
        }
    }
}
