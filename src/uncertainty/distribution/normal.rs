//! The standard normal: Φ(x) and its inverse.
//!
//! Φ after Cody (1969), "Rational Chebyshev approximations for the error function"; Φ⁻¹ after Wichura (1988), algorithm AS 241, PPND16.
//! Both are good to about 1e-16 relative, in either tail.

use crate::numerics::Real;

/// a\[0\] + a\[1\]·x + a\[2\]·x² + … by plain products and sums, which cost the same on machines without fused ones.
#[inline(always)]
fn polynomial<R: Real, const N: usize>(x: R, coefficients: &[f64; N]) -> R {
    let mut sum = R::splat(coefficients[N - 1]);
    let mut k = N - 1;
    while k > 0 {
        k -= 1;
        sum = sum * x + R::splat(coefficients[k]);
    }
    sum
}

/// Φ⁻¹ where `below` is the probability below and `above` = 1 − `below` the one above; the smaller decides, so that both tails keep their digits.
/// Both must lie in (0, 1).
#[inline(always)]
pub(crate) fn standard_quantile<R: Real>(below: R, above: R) -> R {
    const CENTRE: [f64; 8] = [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ];
    const CENTRE_BELOW: [f64; 8] = [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_66e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ];
    const TAIL: [f64; 8] = [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ];
    const TAIL_BELOW: [f64; 8] = [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ];
    const FAR: [f64; 8] = [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ];
    const FAR_BELOW: [f64; 8] = [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ];
    let centred = below - R::splat(0.5);
    let r = R::splat(0.180625) - centred * centred;
    let (centre, centre_below) = (centred * polynomial(r, &CENTRE), polynomial(r, &CENTRE_BELOW));
    let all = (1u32 << R::LANES) - 1;
    let in_centre = centred.abs().le(R::splat(0.425));
    if R::bits(in_centre) == all {
        return centre / centre_below;
    }
    let r = (-below.min(above).ln()).sqrt();
    let s = r - R::splat(1.6);
    let (mut tail, mut tail_below) = (polynomial(s, &TAIL), polynomial(s, &TAIL_BELOW));
    let near = r.le(R::splat(5.0));
    if R::bits(near) != all {
        let s = r - R::splat(5.0);
        tail = R::select(near, tail, polynomial(s, &FAR));
        tail_below = R::select(near, tail_below, polynomial(s, &FAR_BELOW));
    }
    let tail = R::select(centred.lt(R::zero()), -tail, tail);
    // Each lane its own fraction, all by one division.
    R::select(in_centre, centre, tail) / R::select(in_centre, centre_below, tail_below)
}

/// Φ(x) and 1 − Φ(x), each to full relative precision.
#[inline(always)]
pub(crate) fn standard_tails<R: Real>(x: R) -> (R, R) {
    const A: [f64; 5] =
        [2.235_252_035_460_683_7, 161.028_231_068_555_88, 1_067.689_485_460_371, 18_154.981_253_343_56, 0.065_682_337_918_207_45];
    const B: [f64; 4] = [47.202_581_904_688_245, 976.098_551_737_776_7, 10_260.932_208_618_979, 45_507.789_335_026_73];
    const C: [f64; 9] = [
        0.398_941_512_088_138_1,
        8.883_149_794_388_377,
        93.506_656_132_177_85,
        597.270_276_394_800_2,
        2_494.537_585_290_372_6,
        6_848.190_450_536_283,
        11_602.651_437_647_35,
        9_842.714_838_383_978,
        1.076_557_677_372_019_2e-8,
    ];
    const D: [f64; 8] = [
        22.266_688_044_328_117,
        235.387_901_782_625,
        1_519.377_599_407_554_7,
        6_485.558_298_266_761,
        18_615.571_640_885_097,
        34_900.952_721_145_98,
        38_912.003_286_093_27,
        19_685.429_676_859_992,
    ];
    const P: [f64; 6] = [
        0.215_898_534_057_957,
        0.127_401_161_160_247_36,
        0.022_235_277_870_649_807,
        0.001_421_619_193_227_893_4,
        2.911_287_495_116_879_3e-5,
        0.023_073_441_764_940_174,
    ];
    const Q: [f64; 5] =
        [1.284_260_096_144_911, 0.468_238_212_480_865_1, 0.065_988_137_868_928_56, 0.003_782_396_332_027_582_4, 7.297_515_550_839_662e-5];
    let (one, half, sixteenth) = (R::one(), R::splat(0.5), R::splat(0.0625));
    let y = x.abs();
    let all = (1u32 << R::LANES) - 1;
    // Near the middle.
    let square = R::select(y.le(R::splat(1e-16)), R::zero(), x * x);
    let (mut above, mut below) = (R::splat(A[4]) * square, square);
    for k in 0..3 {
        above = (above + R::splat(A[k])) * square;
        below = (below + R::splat(B[k])) * square;
    }
    let off = x * (above + R::splat(A[3])) / (below + R::splat(B[3]));
    let in_middle = y.le(R::splat(0.674_489_75));
    if R::bits(in_middle) == all {
        return (half + off, half - off);
    }
    // In the tails.
    let (mut above, mut below) = (R::splat(C[8]) * y, y);
    for k in 0..7 {
        above = (above + R::splat(C[k])) * y;
        below = (below + R::splat(D[k])) * y;
    }
    let mut tail = (above + R::splat(C[7])) / (below + R::splat(D[7]));
    let near = y.le(R::splat(32.0).sqrt());
    if R::bits(near) != all {
        const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;
        let square = one / (x * x);
        let (mut above, mut below) = (R::splat(P[5]) * square, square);
        for k in 0..4 {
            above = (above + R::splat(P[k])) * square;
            below = (below + R::splat(Q[k])) * square;
        }
        let far = (R::splat(INVERSE_ROOT_TWO_PI) - square * (above + R::splat(P[4])) / (below + R::splat(Q[4]))) / y;
        tail = R::select(near, tail, far);
    }
    // e^(−y²/2) in two factors, so that the square's rounding does not reach the exponent. Adding 1.5·2⁵² rounds to a whole number, from which y·16 is cut off.
    let shift = R::splat(6_755_399_441_055_744.0);
    let steps = y * R::splat(16.0);
    let rounded = (steps + shift) - shift;
    let coarse = R::select(steps.lt(rounded), rounded - one, rounded) * sixteenth;
    let rest = (y - coarse) * (y + coarse);
    let tail = (-coarse * coarse * half).exp() * (-rest * half).exp() * tail;
    let tail = R::select(R::splat(38.6).lt(y), R::zero(), tail);
    let (below, above) = (R::select(R::zero().lt(x), one - tail, tail), R::select(R::zero().lt(x), tail, one - tail));
    (R::select(in_middle, half + off, below), R::select(in_middle, half - off, above))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_the_published_ones() {
        // scipy.special.ndtri
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959963984540054),
            (0.9, 1.2815515655446004),
            (0.25, -0.6744897501960817),
            (0.01, -2.3263478740408408),
            (1e-10, -6.361340902404056),
            (1e-15, -7.941345326170998),
            (1e-300, -37.0470962993612),
        ] {
            let found = standard_quantile(p, 1.0 - p);
            let tolerance = if p < 1e-100 { 1e-11 } else { 2e-15 * (1.0 + z.abs()) };
            assert!((found - z).abs() <= tolerance, "{p}: {found} {z}");
        }
        assert_eq!(standard_quantile(0.3, 0.7), -standard_quantile(0.7, 0.3));
    }

    #[test]
    fn distribution_function_is_the_published_one() {
        // scipy.special.ndtr
        for (x, p) in [
            (0.0, 0.5),
            (0.5, 0.6914624612740131),
            (-1.0, 0.15865525393145707),
            (-3.0, 0.0013498980316300933),
            (-6.0, 9.86587645037698e-10),
            (-10.0, 7.61985302416052e-24),
        ] {
            let (below, above) = standard_tails(x);
            assert!((below / p - 1.0).abs() < 2e-15, "{x}: {below} {p}");
            assert!((below + above - 1.0).abs() < 1e-15);
            assert_eq!(standard_tails(-x).1, below);
        }
        assert_eq!(standard_tails(f64::INFINITY), (1.0, 0.0));
    }

    #[test]
    fn each_undoes_the_other_over_sixteen_decades() {
        let mut p = 1e-16;
        while p < 0.5 {
            let (below, _) = standard_tails(standard_quantile(p, 1.0 - p));
            assert!((below / p - 1.0).abs() < 1e-13, "{p}: {below}");
            p *= 1.7;
        }
    }
}
