//! Arithmetic that every formula stands on: lanes of eight draws, and `exp` and `ln` that give the same bits on every machine.
//!
//! Here live the number type of the formulas ([`Real`]), its kernels, the choice of the instruction set ([`dispatch()`]), the small linear solve inside a lane,
//! and summation. Nothing here knows of trade.

mod binary;
mod dispatch;
mod exp;
mod linear;
mod ln;
mod portable;
mod real;
mod running;
mod scalar;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

#[cfg(test)]
mod identity_tests;
#[cfg(test)]
mod reference_tests;

pub use binary::Binary;
pub use dispatch::{Isa, Kernel, dispatch};
pub use exp::expm1_over;
pub use linear::{add_product, add_product_in_columns, solve_again, solve_in_place};
pub use portable::Portable;
pub use real::Real;
pub use running::Running;
pub use scalar::{exp, ln, powf};

/// How many draws a lane holds, on every instruction set.
pub const LANES: usize = 8;
