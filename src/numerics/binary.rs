//! A number taken apart as x = m · 2^k and put together again: what `exp` and `ln` need beyond plain arithmetic.

/// 1.5 · 2^52. Added to a number below 2^51 in size it rounds it to an integer (ties to even) and leaves that integer in the lowest bits.
pub(super) const ROUNDER: f64 = 6_755_399_441_055_744.0;
/// 2^52 in bits: an integer below 2^52 put into the lowest bits reads as 2^52 + integer.
pub(super) const INTEGER_BITS: u64 = 0x4330_0000_0000_0000;
/// √½ in bits.
pub(super) const HALF_ROOT_BITS: u64 = 0x3FE6_A09E_667F_3BCD;
/// Takes the bits of √½ to those of 1, so that the exponent changes at √½ and not at 1.
pub(super) const CENTRING: u64 = 0x3FF0_0000_0000_0000 - HALF_ROOT_BITS;
/// The stored bits of the fraction.
pub(super) const FRACTION: u64 = 0x000F_FFFF_FFFF_FFFF;
/// 2^52 + 1023: what an exponent carries after [`INTEGER_BITS`] are put around it.
pub(super) const EXPONENT_OFFSET: f64 = 4_503_599_627_371_519.0;
/// Lifts a subnormal number among the normal ones: 2^54.
pub(super) const LIFT: f64 = 18_014_398_509_481_984.0;

/// Access to exponent and mantissa, lane by lane.
pub trait Binary: Sized {
    /// self · 2^n, rounded once, for integer n in −1100..=1100 and a self between ¼ and 4 in size (or 0, or NaN).
    fn scale(self, n: Self) -> Self;
    /// (m, k) with self = m · 2^k and √½ ≤ m < √2, for a positive finite self (subnormal too); unspecified for any other.
    fn split(self) -> (Self, Self);
}

impl Binary for f64 {
    #[inline(always)]
    fn scale(self, n: f64) -> f64 {
        // In two steps: 2^n itself may be out of range. The first product is exact, so the second rounds once.
        let half = n * 0.5 + ROUNDER;
        let rest = (n - (half - ROUNDER)) + ROUNDER;
        let power = |integer: f64| f64::from_bits(integer.to_bits().wrapping_add(1023) << 52);
        self * power(half) * power(rest)
    }
    #[inline(always)]
    fn split(self) -> (f64, f64) {
        let subnormal = self < f64::MIN_POSITIVE;
        let normal = if subnormal { self * LIFT } else { self };
        let offset = if subnormal { EXPONENT_OFFSET + 54.0 } else { EXPONENT_OFFSET };
        let centred = normal.to_bits().wrapping_add(CENTRING);
        let mantissa = f64::from_bits((centred & FRACTION) + HALF_ROOT_BITS);
        (mantissa, f64::from_bits((centred >> 52) | INTEGER_BITS) - offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_scales_back() {
        for x in [1.0, 1.5, 0.75, 3e-5, 7e300, f64::MIN_POSITIVE, 5e-324, 3.3e-310, f64::MAX] {
            let (m, k) = x.split();
            assert!((std::f64::consts::FRAC_1_SQRT_2..std::f64::consts::SQRT_2).contains(&m), "{x}: {m}");
            assert_eq!(m.scale(k), x);
        }
        assert_eq!(std::f64::consts::SQRT_2.split(), (f64::from_bits(HALF_ROOT_BITS), 1.0));
    }

    #[test]
    fn scaling_rounds_once() {
        // 1.5 · 2^-1074 is halfway between two subnormals: to even. 1.25 and 1.75 are not.
        assert_eq!(1.5.scale(-1074.0), 1e-323);
        assert_eq!(1.25.scale(-1074.0), 5e-324);
        assert_eq!(1.0.scale(-1075.0), 0.0);
        assert_eq!(0.75.scale(1024.0), 1.348_269_851_146_737e308);
        assert_eq!(1.0.scale(1024.0), f64::INFINITY);
    }
}
