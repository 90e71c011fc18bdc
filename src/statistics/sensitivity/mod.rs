//! Which inputs an outcome's spread hangs on.
//!
//! From a run's ordinary draws, at no further cost: a screening by rank correlation (`rank_correlation`) and by the share of variance that one input explains
//! (`first_order`), the outcome in an input's lowest and highest tenth (`tails`), and a measure that also stands where inputs are correlated (`borgonovo`).
//! Every figure is an [`Estimate`](super::Estimate): its [`verdict`](super::Estimate::verdict) tells a small index from noise.

mod borgonovo;
mod column;
mod first_order;
mod rank_correlation;
mod ranks;
mod tails;

pub use borgonovo::borgonovo;
pub use column::{Dealt, Input, Outcome};
pub use first_order::first_order;
pub use rank_correlation::rank_correlation;
pub use ranks::ranks;
pub use tails::{Tails, tails};
