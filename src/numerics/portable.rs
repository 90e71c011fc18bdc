//! Eight draws in a plain array: for machines without a lane type of their own, and the reference that the others are held to.
//!
//! The compiler turns the loops into what vectors the target has (NEON on aarch64). An x86 without AVX2 has no fused multiplication and addition, so that each is eight calls:
//! there the operations are calls too, which cost it little and the build of the engine less than half of what it took.

use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::binary::Binary;
use super::real::Real;
use super::{exp, ln};

/// Eight draws side by side, in arithmetic that every machine has.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Portable([f64; 8]);

impl Portable {
    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(from_fn(|i| f(self.0[i])))
    }
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(from_fn(|i| f(self.0[i], other.0[i])))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait for Portable {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.zip(other, $trait::$method)
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl Neg for Portable {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(|x| -x)
    }
}

impl Binary for Portable {
    #[inline(always)]
    fn scale(self, n: Self) -> Self {
        self.zip(n, Binary::scale)
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        (self.map(|x| x.split().0), self.map(|x| x.split().1))
    }
}

impl Real for Portable {
    type Mask = [bool; 8];
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        Self([value; 8])
    }
    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let from = &from[..8];
        Self(from_fn(|i| from[i]))
    }
    #[inline(always)]
    fn store(self, to: &mut [f64]) {
        to[..8].copy_from_slice(&self.0);
    }
    #[inline(always)]
    fn lane(self, index: usize) -> f64 {
        self.0[index]
    }
    #[cfg_attr(target_arch = "x86_64", inline(never))]
    #[cfg_attr(not(target_arch = "x86_64"), inline(always))]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        Self(from_fn(|i| self.0[i].mul_add(factor.0[i], term.0[i])))
    }
    #[cfg_attr(target_arch = "x86_64", inline(never))]
    #[cfg_attr(not(target_arch = "x86_64"), inline(always))]
    fn exp(self) -> Self {
        exp::exponential(self)
    }
    #[cfg_attr(target_arch = "x86_64", inline(never))]
    #[cfg_attr(not(target_arch = "x86_64"), inline(always))]
    fn ln(self) -> Self {
        ln::logarithm(self)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        self.map(f64::abs)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, Real::max)
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.zip(other, Real::min)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(f64::sqrt)
    }
    #[inline(always)]
    fn le(self, other: Self) -> [bool; 8] {
        from_fn(|i| self.0[i] <= other.0[i])
    }
    #[inline(always)]
    fn lt(self, other: Self) -> [bool; 8] {
        from_fn(|i| self.0[i] < other.0[i])
    }
    #[inline(always)]
    fn select(mask: [bool; 8], yes: Self, no: Self) -> Self {
        Self(from_fn(|i| if mask[i] { yes.0[i] } else { no.0[i] }))
    }
    #[inline(always)]
    fn bits(mask: [bool; 8]) -> u32 {
        mask.iter().rev().fold(0, |bits, &set| bits << 1 | u32::from(set))
    }
    #[inline(always)]
    fn mask(bits: u32) -> [bool; 8] {
        from_fn(|i| bits >> i & 1 == 1)
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        let [a, b, c, d, e, f, g, h] = self.0;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
}
