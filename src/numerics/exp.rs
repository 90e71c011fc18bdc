//! e^x = 2^n · e^r with n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ½ ln 2.
//!
//! The reduction takes ln 2 in two parts, the first of 42 bits so that n times it is exact (Cody and Waite 1980, ch. 6). Then
//! e^r = 1 + r + r²·P(r), P the minimax polynomial of degree 9 (Remez, weight r²/e^r, its first coefficient rounded before the others were fitted;
//! relative error of e^r 2^−57.8).

use super::binary::ROUNDER;
use super::real::Real;

/// ln 2, its first 42 bits.
pub(super) const LN_2_HIGH: f64 = 0.693_147_180_559_890_3;
/// ln 2 − [`LN_2_HIGH`].
pub(super) const LN_2_LOW: f64 = 5.497_923_018_708_371e-14;

/// The coefficients of P, constant term first.
const P: [f64; 10] = [
    0.500_000_000_000_001_1,
    0.166_666_666_666_664_38,
    0.041_666_666_666_525_77,
    0.008_333_333_333_473_978,
    0.001_388_888_894_487_364_3,
    0.000_198_412_695_600_574_07,
    2.480_149_172_627_247e-5,
    2.755_753_064_006_954_5e-6,
    2.763_076_520_088_771_4e-7,
    2.502_017_307_339_951_5e-8,
];

/// Beyond these e^x is infinite or zero in any case, and n would leave the range of [`super::Binary::scale`].
const HIGHEST: f64 = 710.0;
const LOWEST: f64 = -746.0;

/// A number taken apart: x = n·ln 2 + r.
struct Reduced<R> {
    n: R,
    r: R,
    /// r²
    square: R,
    /// P(r)
    p: R,
}

/// c_i + c_{i+1}·x, a step of Estrin's scheme: shorter chains than Horner's.
#[inline(always)]
pub(super) fn line<R: Real>(coefficients: &[f64], i: usize, x: R) -> R {
    x.mul_add(R::splat(coefficients[i + 1]), R::splat(coefficients[i]))
}

#[inline(always)]
fn reduce<R: Real>(x: R) -> Reduced<R> {
    // The bounds come first, so that a NaN in x stays (see `Real::max`).
    let x = R::splat(HIGHEST).min(R::splat(LOWEST).max(x));
    let n = x.mul_add(R::splat(std::f64::consts::LOG2_E), R::splat(ROUNDER)) - R::splat(ROUNDER);
    let r = n.mul_add(R::splat(-LN_2_HIGH), x);
    let r = n.mul_add(R::splat(-LN_2_LOW), r);
    let square = r * r;
    let fourth = square * square;
    let low = line(&P, 2, r).mul_add(square, line(&P, 0, r));
    let high = line(&P, 8, r).mul_add(fourth, line(&P, 6, r).mul_add(square, line(&P, 4, r)));
    let p = high.mul_add(fourth, low);
    Reduced { n, r, square, p }
}

/// The kernel behind [`Real::exp`].
#[inline(always)]
pub(super) fn exponential<R: Real>(x: R) -> R {
    let Reduced { n, r, square, p } = reduce(x);
    // 1 + r in two parts, so that only the last addition rounds by as much as half an ulp.
    let high = R::one() + r;
    let low = r - (high - R::one());
    (square.mul_add(p, low) + high).scale(n)
}

/// (e^z − 1)/z, the mean of e^t over t from 0 to z: 1 at z = 0, 0 at −∞, ∞ where e^z overflows; within 3 ulp.
///
/// The welfare formulas integrate a constant-elasticity curve: ∫ from p₀ to p₁ of (p/p₀)^(−ε) dp = p₀ · ln(p₁/p₀) · `expm1_over((1 − ε) · ln(p₁/p₀))`,
/// which has no hole at ε = 1.
#[inline(always)]
pub fn expm1_over<R: Real>(z: R) -> R {
    let Reduced { n, r, square, p } = reduce(z);
    let q = square.mul_add(p, r);
    // With q = e^r − 1: 2^n (1 + q) − 1 as 2·(2^(n−1)·q + (2^(n−1) − ½)): nothing cancels that is not exact, and 2^(n−1) is always finite.
    let half_power = R::splat(0.5).scale(n);
    let expm1 = R::splat(2.0) * half_power.mul_add(q, half_power - R::splat(0.5));
    // Infinity over infinity would be NaN: the divisor stops where the dividend is infinite already.
    let far = expm1 / R::splat(HIGHEST).min(z);
    // Near zero n = 0 and r = z: the series divided by z, which is 1 + z·P(z).
    let near = r.mul_add(p, R::one());
    R::select(z.abs().le(R::splat(0.34)), near, far)
}
