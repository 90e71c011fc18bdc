//! Which inputs an outcome's spread hangs on.
//!
//! From a run's ordinary draws, at no further cost: a first look (`screen`), rank correlation (`rank_correlation`) and by the share of variance that one input explains
//! (`first_order`), the outcome in an input's lowest and highest tenth (`tails`), and a measure that also stands where inputs are correlated (`borgonovo`).
//! From designs made for it: first-order and total Sobol' indices of inputs or groups (`pick_freeze`), and Shapley effects of a few groups (`shapley`), which
//! share all of the variance out. Every figure is an [`Estimate`](super::Estimate): its [`verdict`](super::Estimate::verdict) tells a small index from noise.

mod borgonovo;
mod column;
mod first_order;
mod pick_freeze;
mod rank_correlation;
mod ranks;
mod resampling;
mod screen;
mod shapley;
mod tails;

#[cfg(test)]
mod tests;

pub use borgonovo::borgonovo;
pub use column::{Dealt, Input, Outcome};
pub use first_order::first_order;
pub use pick_freeze::{Indices, PickFreeze};
pub use rank_correlation::rank_correlation;
pub use ranks::ranks;
pub use screen::screen;
pub use shapley::{Attribution, MOST_GROUPS, attribution};
pub use tails::{Tails, tails};
