//! Arithmetic that every formula stands on: lanes of eight draws, and `exp` and `ln` that give the same bits on every machine.

mod real;

pub use real::Real;
