//! ln x = k·ln 2 + ln m with x = m · 2^k and √½ ≤ m < √2.
//!
//! With f = m − 1 and s = f/(2 + f): ln m = 2 artanh s = f − (f²/2 − s·(f²/2 + z·L(z))), z = s², where f is exact and leads, so that the error stays below 1 ulp
//! however close to 1 x is (the arrangement of fdlibm's `e_log.c`, Sun Microsystems 1993). L is the minimax polynomial of degree 6 of
//! (2 artanh(√z)/√z − 2)/z (Remez; relative error of ln m 2^−59.5).

use super::exp::{LN_2_HIGH, LN_2_LOW, line};
use super::real::Real;

/// The coefficients of L, constant term first.
const L: [f64; 7] = [
    0.666_666_666_666_673_4,
    0.399_999_999_994_139_5,
    0.285_714_287_425_654_63,
    0.222_221_985_534_845_68,
    0.181_835_654_206_878_06,
    0.153_140_208_271_672_52,
    0.147_962_636_212_346_23,
];

/// ln x for positive finite x; anything for any other.
#[inline(always)]
pub(super) fn of_positive<R: Real>(x: R) -> R {
    let (m, k) = x.split();
    let f = m - R::one();
    let s = f / (f + R::splat(2.0));
    let z = s * s;
    let z2 = z * z;
    let l = z2.mul_add(R::splat(L[6]), line(&L, 4, z));
    let l = l.mul_add(z2, line(&L, 2, z)).mul_add(z2, line(&L, 0, z));
    let half_square = f * (f * R::splat(0.5));
    let tail = s.mul_add(z.mul_add(l, half_square), k * R::splat(LN_2_LOW));
    k.mul_add(R::splat(LN_2_HIGH), f - (half_square - tail))
}

/// The kernel behind [`Real::ln`].
#[inline(always)]
pub(super) fn logarithm<R: Real>(x: R) -> R {
    let zero = R::zero();
    let infinity = R::splat(f64::INFINITY);
    let below = R::select(x.le(zero), R::select(x.lt(zero), R::splat(f64::NAN), -infinity), x);
    let inside = R::select(x.lt(infinity), of_positive(x), x);
    R::select(zero.lt(x), inside, below)
}
