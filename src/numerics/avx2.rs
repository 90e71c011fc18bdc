//! Eight draws in two 256-bit registers.
//!
//! Safety of every `unsafe` block here: the type does not leave this crate by name, and values of it come into being only under [`super::dispatch()`],
//! which has checked that the machine has AVX2 and FMA. The functions carry no target feature themselves: they are inlined into the entry that does.

use std::arch::x86_64::*;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::binary::{Binary, CENTRING, EXPONENT_OFFSET, FRACTION, HALF_ROOT_BITS, INTEGER_BITS, LIFT, ROUNDER};
use super::real::Real;

/// Eight draws in two registers, lanes 0 to 3 in the first.
#[derive(Clone, Copy)]
pub(super) struct Avx2(__m256d, __m256d);

macro_rules! operator {
    ($trait:ident, $method:ident, $intrinsic:ident) => {
        impl $trait for Avx2 {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: see the head of the file.
                unsafe { Self($intrinsic(self.0, other.0), $intrinsic(self.1, other.1)) }
            }
        }
    };
}
operator!(Add, add, _mm256_add_pd);
operator!(Sub, sub, _mm256_sub_pd);
operator!(Mul, mul, _mm256_mul_pd);
operator!(Div, div, _mm256_div_pd);

impl Neg for Avx2 {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        // SAFETY: see the head of the file.
        unsafe {
            let sign = _mm256_set1_pd(-0.0);
            Self(_mm256_xor_pd(self.0, sign), _mm256_xor_pd(self.1, sign))
        }
    }
}

/// The same steps as in the scalar form.
#[inline(always)]
fn scale(x: __m256d, n: __m256d) -> __m256d {
    // SAFETY: see the head of the file.
    unsafe {
        let rounder = _mm256_set1_pd(ROUNDER);
        let half = _mm256_fmadd_pd(n, _mm256_set1_pd(0.5), rounder);
        let rest = _mm256_add_pd(_mm256_sub_pd(n, _mm256_sub_pd(half, rounder)), rounder);
        _mm256_mul_pd(_mm256_mul_pd(x, power_of_two(half)), power_of_two(rest))
    }
}

/// 2^n from the sum n + [`ROUNDER`].
#[inline(always)]
fn power_of_two(integer: __m256d) -> __m256d {
    // SAFETY: see the head of the file.
    unsafe {
        let biased = _mm256_add_epi64(_mm256_castpd_si256(integer), _mm256_set1_epi64x(1023));
        _mm256_castsi256_pd(_mm256_slli_epi64::<52>(biased))
    }
}

/// The same steps as in the scalar form.
#[inline(always)]
fn split(x: __m256d) -> (__m256d, __m256d) {
    // SAFETY: see the head of the file.
    unsafe {
        let subnormal = _mm256_cmp_pd::<_CMP_LT_OQ>(x, _mm256_set1_pd(f64::MIN_POSITIVE));
        let normal = _mm256_blendv_pd(x, _mm256_mul_pd(x, _mm256_set1_pd(LIFT)), subnormal);
        let offset = _mm256_blendv_pd(_mm256_set1_pd(EXPONENT_OFFSET), _mm256_set1_pd(EXPONENT_OFFSET + 54.0), subnormal);
        let centred = _mm256_add_epi64(_mm256_castpd_si256(normal), _mm256_set1_epi64x(CENTRING.cast_signed()));
        let fraction = _mm256_and_si256(centred, _mm256_set1_epi64x(FRACTION.cast_signed()));
        let mantissa = _mm256_add_epi64(fraction, _mm256_set1_epi64x(HALF_ROOT_BITS.cast_signed()));
        let exponent = _mm256_or_si256(_mm256_srli_epi64::<52>(centred), _mm256_set1_epi64x(INTEGER_BITS.cast_signed()));
        (_mm256_castsi256_pd(mantissa), _mm256_sub_pd(_mm256_castsi256_pd(exponent), offset))
    }
}

impl Binary for Avx2 {
    #[inline(always)]
    fn scale(self, n: Self) -> Self {
        Self(scale(self.0, n.0), scale(self.1, n.1))
    }
    #[inline(always)]
    fn split(self) -> (Self, Self) {
        let (low, high) = (split(self.0), split(self.1));
        (Self(low.0, high.0), Self(low.1, high.1))
    }
}

impl Real for Avx2 {
    /// All bits of a lane set or none.
    type Mask = (__m256d, __m256d);
    const LANES: usize = 8;

    #[inline(always)]
    fn splat(value: f64) -> Self {
        // SAFETY: see the head of the file.
        unsafe { Self(_mm256_set1_pd(value), _mm256_set1_pd(value)) }
    }
    #[inline(always)]
    fn load(from: &[f64]) -> Self {
        let from = &from[..8];
        // SAFETY: as above, and the eight numbers are there.
        unsafe { Self(_mm256_loadu_pd(from.as_ptr()), _mm256_loadu_pd(from.as_ptr().add(4))) }
    }
    #[inline(always)]
    fn store(self, to: &mut [f64]) {
        let to = &mut to[..8];
        // SAFETY: as above, and the eight places are there.
        unsafe {
            _mm256_storeu_pd(to.as_mut_ptr(), self.0);
            _mm256_storeu_pd(to.as_mut_ptr().add(4), self.1);
        }
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
        unsafe { Self(_mm256_fmadd_pd(self.0, factor.0, term.0), _mm256_fmadd_pd(self.1, factor.1, term.1)) }
    }
    #[inline(always)]
    fn abs(self) -> Self {
        // SAFETY: see the head of the file.
        unsafe {
            let sign = _mm256_set1_pd(-0.0);
            Self(_mm256_andnot_pd(sign, self.0), _mm256_andnot_pd(sign, self.1))
        }
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        // SAFETY: see the head of the file.
        unsafe { Self(_mm256_max_pd(self.0, other.0), _mm256_max_pd(self.1, other.1)) }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        // SAFETY: see the head of the file.
        unsafe { Self(_mm256_min_pd(self.0, other.0), _mm256_min_pd(self.1, other.1)) }
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        // SAFETY: see the head of the file.
        unsafe { Self(_mm256_sqrt_pd(self.0), _mm256_sqrt_pd(self.1)) }
    }
    #[inline(always)]
    fn le(self, other: Self) -> Self::Mask {
        // SAFETY: see the head of the file.
        unsafe { (_mm256_cmp_pd::<_CMP_LE_OQ>(self.0, other.0), _mm256_cmp_pd::<_CMP_LE_OQ>(self.1, other.1)) }
    }
    #[inline(always)]
    fn lt(self, other: Self) -> Self::Mask {
        // SAFETY: see the head of the file.
        unsafe { (_mm256_cmp_pd::<_CMP_LT_OQ>(self.0, other.0), _mm256_cmp_pd::<_CMP_LT_OQ>(self.1, other.1)) }
    }
    #[inline(always)]
    fn select(mask: Self::Mask, yes: Self, no: Self) -> Self {
        // SAFETY: see the head of the file.
        unsafe { Self(_mm256_blendv_pd(no.0, yes.0, mask.0), _mm256_blendv_pd(no.1, yes.1, mask.1)) }
    }
    #[inline(always)]
    fn bits(mask: Self::Mask) -> u32 {
        // SAFETY: see the head of the file.
        unsafe { (_mm256_movemask_pd(mask.0) | _mm256_movemask_pd(mask.1) << 4).cast_unsigned() }
    }
    #[inline(always)]
    fn mask(bits: u32) -> Self::Mask {
        // SAFETY: see the head of the file.
        unsafe {
            let bits = _mm256_set1_epi64x(i64::from(bits));
            let (low, high) = (_mm256_setr_epi64x(1, 2, 4, 8), _mm256_setr_epi64x(16, 32, 64, 128));
            (
                _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_and_si256(bits, low), low)),
                _mm256_castsi256_pd(_mm256_cmpeq_epi64(_mm256_and_si256(bits, high), high)),
            )
        }
    }
    #[inline(always)]
    fn sum(self) -> f64 {
        let mut lanes = [0.0; 8];
        self.store(&mut lanes);
        let [a, b, c, d, e, f, g, h] = lanes;
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }
}
