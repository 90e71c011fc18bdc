//! The number a formula is written in: one draw (`f64`) or eight draws at once (a lane type).

use std::ops::{Add, Div, Mul, Neg, Sub};

use super::binary::Binary;
use super::{exp, ln, scalar};

/// A real number, or [`Real::LANES`] of them side by side.
///
/// Every equation of the model is written once, generic over `Real`: tests and `explain` read it with `f64`, the engine runs it with lanes.
/// All implementations give the same bits lane by lane: each operation is IEEE 754 exact, `mul_add` rounds once, and `exp` and `ln` are this crate's own kernels.
/// (Only which of the many NaNs a NaN is, is left open.)
pub trait Real:
    Binary
    + Copy
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// The outcome of a comparison, lane by lane.
    type Mask: Copy;
    /// How many draws one value holds.
    const LANES: usize;

    /// The same number in every lane.
    fn splat(value: f64) -> Self;
    /// Reads the first [`Real::LANES`] numbers of `from`; panics if there are fewer.
    fn load(from: &[f64]) -> Self;
    /// Writes the lanes to the first [`Real::LANES`] places of `to`; panics if there are fewer.
    fn store(self, to: &mut [f64]);
    /// The number in lane `index`.
    fn lane(self, index: usize) -> f64;
    /// self × factor + term, rounded once.
    fn mul_add(self, factor: Self, term: Self) -> Self;
    fn abs(self) -> Self;
    /// The larger; the second operand where either is NaN or both are zero (as x86 does). So a bound written first, `bound.max(x)`, lets a NaN in x through.
    fn max(self, other: Self) -> Self;
    /// The smaller; the second operand where either is NaN or both are zero.
    fn min(self, other: Self) -> Self;
    fn sqrt(self) -> Self;
    /// self ≤ other; false where either is NaN.
    fn le(self, other: Self) -> Self::Mask;
    /// self < other; false where either is NaN.
    fn lt(self, other: Self) -> Self::Mask;
    /// `yes` where the mask is set, `no` elsewhere.
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self;
    /// One bit per lane, lane 0 lowest.
    fn bits(mask: Self::Mask) -> u32;
    /// The mask with these bits, lane 0 lowest.
    fn mask(bits: u32) -> Self::Mask;
    /// e to the power of self; 0 below −745.13…, infinity above 709.78…, within 1 ulp.
    #[inline(always)]
    fn exp(self) -> Self {
        exp::exponential(self)
    }
    /// The natural logarithm; −∞ at 0, NaN below, within 1 ulp.
    #[inline(always)]
    fn ln(self) -> Self {
        ln::logarithm(self)
    }
    /// The lanes added up in a fixed order: ((0+1)+(2+3))+((4+5)+(6+7)).
    fn sum(self) -> f64;

    /// self to a power, through `exp(power · ln self)`: within 1 + 3·|power · ln self| ulps. NaN below zero, and at zero to the power of zero.
    #[inline(always)]
    fn powf(self, power: Self) -> Self {
        (power * self.ln()).exp()
    }
    #[inline(always)]
    fn zero() -> Self {
        Self::splat(0.0)
    }
    #[inline(always)]
    fn one() -> Self {
        Self::splat(1.0)
    }
}

impl Real for f64 {
    type Mask = bool;
    const LANES: usize = 1;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        from[0]
    }
    #[inline(always)]
    fn store(self, to: &mut [f64]) {
        to[0] = self;
    }
    #[inline(always)]
    fn lane(self, index: usize) -> f64 {
        debug_assert_eq!(index, 0);
        self
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        f64::mul_add(self, factor, term)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
    #[inline(always)]
    fn le(self, other: Self) -> bool {
        self <= other
    }
    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        self < other
    }
    #[inline(always)]
    fn select(mask: bool, yes: Self, no: Self) -> Self {
        if mask { yes } else { no }
    }
    #[inline(always)]
    fn bits(mask: bool) -> u32 {
        u32::from(mask)
    }
    #[inline(always)]
    fn mask(bits: u32) -> bool {
        bits & 1 == 1
    }
    #[inline(always)]
    fn exp(self) -> Self {
        scalar::exp(self)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        scalar::ln(self)
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        self
    }
}
