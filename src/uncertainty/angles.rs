//! Sine, cosine and arcsine by their power series, so that they have the same bits on every machine.
//!
//! Angles are counted in half turns (multiples of π), which makes their reduction to the first eighth of a turn exact.

use std::f64::consts::{FRAC_PI_2, PI};

/// cos(π·`half_turns`) and sin(π·`half_turns`) for 0 ≤ `half_turns` ≤ 2, to about 1e-16.
pub(super) fn cos_sin(half_turns: f64) -> (f64, f64) {
    let quarters = 2.0 * half_turns;
    let quadrant = quarters.floor();
    let rest = quarters - quadrant;
    // Within the quadrant the angle or what it lacks to a right angle, whichever is less.
    let (cos, sin) = if rest > 0.5 {
        let (cos, sin) = series(FRAC_PI_2 * (1.0 - rest));
        (sin, cos)
    } else {
        series(FRAC_PI_2 * rest)
    };
    match quadrant as u8 % 4 {
        0 => (cos, sin),
        1 => (-sin, cos),
        2 => (-cos, -sin),
        _ => (sin, -cos),
    }
}

/// Σ (−1)^k x^(2k)/(2k)! and Σ (−1)^k x^(2k+1)/(2k+1)! for 0 ≤ x ≤ π/4.
fn series(x: f64) -> (f64, f64) {
    let square = x * x;
    // Nested: 1 − x²/(1·2)·(1 − x²/(3·4)·(…)), and the same one factor on.
    let (mut cos, mut sin) = (1.0, 1.0);
    for k in (1..=9).rev() {
        let n = 2.0 * f64::from(k);
        cos = 1.0 - square / ((n - 1.0) * n) * cos;
        sin = 1.0 - square / (n * (n + 1.0)) * sin;
    }
    (cos, x * sin)
}

/// The coefficients of asin x = Σ c_k x^(2k+1), c_k = (2k)! / (4^k (k!)² (2k+1)).
const ARCSINE: [f64; 25] = {
    let mut coefficients = [1.0; 25];
    let mut k = 1;
    while k < 25 {
        let n = 2.0 * k as f64;
        coefficients[k] = coefficients[k - 1] * (n - 1.0) * (n - 1.0) / (n * (n + 1.0));
        k += 1;
    }
    coefficients
};

/// asin(x) for 0 ≤ x ≤ 1, to about 1e-16; above a half through asin x = π/2 − 2 asin √((1−x)/2).
pub(super) fn arcsine(x: f64) -> f64 {
    let sum = |x: f64| {
        let square = x * x;
        x * ARCSINE.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient)
    };
    if x <= 0.5 { sum(x) } else { 0.5 * PI - 2.0 * sum((0.5 * (1.0 - x)).sqrt()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_standard_library() {
        for k in 0..=2000 {
            let share = f64::from(k) / 1000.0;
            let (cos, sin) = cos_sin(share);
            // The rounding of π·share moves the library's angle by up to half an ulp of 2π.
            assert!((cos - (PI * share).cos()).abs() < 9e-16 && (sin - (PI * share).sin()).abs() < 9e-16, "{share}: {cos} {sin}");
            assert!((cos * cos + sin * sin - 1.0).abs() < 5e-16);
            let x = share / 2.0;
            assert!((arcsine(x) - x.asin()).abs() < 4e-16, "{x}: {}", arcsine(x));
        }
    }

    #[test]
    fn right_angles_are_exact() {
        assert_eq!([0.0, 0.5, 1.0, 1.5, 2.0].map(|x| cos_sin(x).0), [1.0, 0.0, -1.0, 0.0, 1.0]);
        assert_eq!([0.0, 0.5, 1.0, 1.5, 2.0].map(|x| cos_sin(x).1), [0.0, 1.0, 0.0, -1.0, 0.0]);
        assert_eq!((arcsine(0.0), arcsine(1.0)), (0.0, FRAC_PI_2));
    }
}
