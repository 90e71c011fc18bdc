//! A number over the periods: the same in all, or a process that is drawn to a level (MODEL 9).

use crate::uncertainty::Number;

/// How a multiple of the base year's figure runs over the periods.
#[derive(Debug, Clone, PartialEq)]
pub enum Course {
    /// The same in every period.
    Constant(Number),
    MeanReverting(MeanReverting),
}

/// An Ornstein–Uhlenbeck process of the log, x = ln(multiple), from zero in the middle of the base year:
/// x(t+Δ) = ln(level) + (x(t) − ln(level)) e^(−speed·Δ) + sd √(1 − e^(−2·speed·Δ)) z.
///
/// Written `{ process = "mean-reverting", sd = 0.25, speed = 0.8, level = 1.0 }`.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanReverting {
    /// Its name, e.g. `freight.sea."*"`; the standard normal of period 2026 is named `freight.sea."*".2026`.
    pub path: String,
    /// Of the log, in the long run.
    pub sd: Number,
    /// A year.
    pub speed: Number,
    /// What the multiple is drawn to; 1, the base year, if not given.
    pub level: Number,
}
