//! Eight draws in one 512-bit register.
//!
//! Safety of every `unsafe` block here: the type does not leave this crate by name, and values of it come into being only under [`super::dispatch()`],
//! which has checked that the machine has AVX-512 F, DQ and VL. The functions carry no target feature themselves: they are inlined into the entry that does.

use std::arch::x86_64::*;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::binary::Binary;
use super::ln;
use super::real::Real;

/// Eight draws in one register.
#[derive(Clone, Copy)]
pub(super) struct Avx512(__m512d);

/// What `fixupimm` makes of the raw logarithm by the class of its argument, four bits each, lowest first:
/// quiet and signalling NaN → NaN, ±0 → −∞, 1 → as it is, −∞ → NaN, +∞ → +∞, negative → NaN, positive → as it is.
const LN_EDGES: i64 = 0x0353_0422;

macro_rules! operator {
    ($trait:ident, $method:ident, $intrinsic:ident) => {
        impl $trait for Avx512 {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: see the head of the file.
                Self(unsafe { $intrinsic(self.0, other.0) })
            }
        }
    };
}
operator!(Add, add, _mm512_add_pd);
operator!(Sub, sub, _mm512_sub_pd);
operator!(Mul, mul, _mm512_mul_pd);
operator!(Div, div, _mm512_div_pd);

impl Neg for Avx512 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_xor_pd(self.0, _mm512_set1_pd(-0.0)) })
    }
}

impl Binary for Avx512 {
    #[inline(always)]
    fn scale(self, n: Self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_scalef_pd(self.0, n.0) })
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        // SAFETY: see the head of the file.
        unsafe {
            let mantissa = _mm512_getmant_pd::<_MM_MANT_NORM_1_2, _MM_MANT_SIGN_SRC>(self.0);
            let exponent = _mm512_getexp_pd(self.0);
            let large = _mm512_cmp_pd_mask::<_CMP_GE_OQ>(mantissa, _mm512_set1_pd(std::f64::consts::SQRT_2));
            (
                Self(_mm512_mask_mul_pd(mantissa, large, mantissa, _mm512_set1_pd(0.5))),
                Self(_mm512_mask_add_pd(exponent, large, exponent, _mm512_set1_pd(1.0))),
            )
        }
    }
}

impl Real for Avx512 {
    type Mask = __mmask8;
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_set1_pd(value) })
    }
    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let from = &from[..8];
        // SAFETY: as above, and the eight numbers are there.
        Self(unsafe { _mm512_loadu_pd(from.as_ptr()) })
    }
    #[inline(always)]
    fn store(self, to: &mut [f64]) {
        let to = &mut to[..8];
        // SAFETY: as above, and the eight places are there.
        unsafe { _mm512_storeu_pd(to.as_mut_ptr(), self.0) }
    }
    #[inline(always)]
    fn lane(self, index: usize) -> f64 {
        let mut lanes = [0.0; 8];
        self.store(&mut lanes);
        lanes[index]
    }
    #[inline(always)]
    fn mul_add(self, factor: Self, term: Self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_fmadd_pd(self.0, factor.0, term.0) })
    }
    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_abs_pd(self.0) })
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_max_pd(self.0, other.0) })
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_min_pd(self.0, other.0) })
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_sqrt_pd(self.0) })
    }
    #[inline(always)]
    fn le(self, other: Self) -> __mmask8 {
        // SAFETY: see the head of the file.
        unsafe { _mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn lt(self, other: Self) -> __mmask8 {
        // SAFETY: see the head of the file.
        unsafe { _mm512_cmp_pd_mask::<_CMP_LT_OQ>(self.0, other.0) }
    }
    #[inline(always)]
    fn select(mask: __mmask8, yes: Self, no: Self) -> Self {
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_mask_blend_pd(mask, no.0, yes.0) })
    }
    #[inline(always)]
    fn bits(mask: __mmask8) -> u32 {
        u32::from(mask)
    }
    #[inline(always)]
    fn mask(bits: u32) -> __mmask8 {
        (bits & 0xFF) as __mmask8
    }
    #[inline(always)]
    fn ln(self) -> Self {
        let raw = ln::of_positive(self);
        // SAFETY: see the head of the file.
        Self(unsafe { _mm512_fixupimm_pd::<0>(raw.0, self.0, _mm512_set1_epi64(LN_EDGES)) })
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        // SAFETY: see the head of the file.
        unsafe {
            // Neighbours, then neighbouring pairs, then halves: the order of the scalar form without a trip through memory.
            let two = _mm512_add_pd(self.0, _mm512_permute_pd::<0b0101_0101>(self.0));
            let four = _mm512_add_pd(two, _mm512_permutex_pd::<0b0100_1110>(two));
            let eight = _mm512_add_pd(four, _mm512_shuffle_f64x2::<0b0100_1110>(four, four));
            _mm512_cvtsd_f64(eight)
        }
    }
}
