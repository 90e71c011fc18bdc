//! The default closure: partial equilibrium, one sector at a time (MODEL 3, 4, 6).
//!
//! Nested CES demand (Armington 1969): varieties of one origin at P̂_in = p̂_i τ̂_in Ĝ_in; imports among origins with σ_M; domestic against imports with σ_D; the
//! sector's total with η. Each origin sells one good at one producer price, q̂_i = p̂_i^ε. Market clearing, in value:
//!
//! Y_i = Σ_n w_in V̂_in = p̂_i^(1+ε),   V̂_in = p̂_i q̂_in,
//!
//! so F_i = ln(Y_i)/(1+ε_i) − ln p̂_i = 0. Written with the slope 1/(1+ε), a fixed endowment (ε = 0), a fixed price (ε = ∞) and anything between are one formula.
//!
//! `equations` holds F, `slopes` its Jacobian; `newton` solves it for eight draws at once, `damped` for the few that resist.

pub(super) mod damped;
pub(super) mod equations;
pub(super) mod newton;
mod slopes;

pub use equations::Workspace;
pub use newton::{Solved, failure, solve};
