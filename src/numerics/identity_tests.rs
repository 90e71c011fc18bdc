//! The promise of this folder: the same bits on every instruction set and in the scalar form.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{Isa, Kernel, Real, dispatch, expm1_over, solve_in_place};

/// What is applied to three numbers (a, b, c), by name.
const OPERATIONS: [&str; 21] = [
    "a + b",
    "a - b",
    "a * b",
    "a / b",
    "-a",
    "|a|",
    "max",
    "min",
    "sqrt",
    "mul_add",
    "le",
    "lt",
    "exp",
    "ln",
    "powf",
    "expm1_over",
    "scale",
    "mantissa",
    "exponent",
    "mask",
    "round trip",
];

#[inline(always)]
fn apply<R: Real>(operation: usize, a: R, b: R, c: R) -> R {
    match operation {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 => a / b,
        4 => -a,
        5 => a.abs(),
        6 => a.max(b),
        7 => a.min(b),
        8 => a.sqrt(),
        9 => a.mul_add(b, c),
        10 => R::select(a.le(b), c, a),
        11 => R::select(a.lt(b), c, a),
        12 => a.exp(),
        13 => a.ln(),
        14 => a.powf(b),
        15 => expm1_over(a),
        // Within what `Binary` promises: mantissas as of a number near 1, integer exponents, positive finite numbers.
        16 => R::select(a.abs().le(R::splat(2.0)), R::one() + a.abs(), R::one()).scale(exponents(b)),
        17 => positive(a).split().0,
        18 => positive(a).split().1,
        19 => R::select(R::mask(0b1011_0101 & R::bits(a.le(b))), b, c),
        20 => R::select(R::mask(R::bits(a.lt(c))), b, c),
        _ => unreachable!(),
    }
}

/// An integer in −1100..=1100 made of any number.
#[inline(always)]
fn exponents<R: Real>(b: R) -> R {
    let rounder = R::splat(super::binary::ROUNDER);
    let integer = (R::splat(1100.0).min(R::splat(-1100.0).max(b)) + rounder) - rounder;
    R::select(integer.le(integer), integer, R::zero())
}

/// A positive finite number made of any number.
#[inline(always)]
fn positive<R: Real>(a: R) -> R {
    a.abs().max(R::splat(5e-324)).min(R::splat(f64::MAX))
}

struct Apply<'a> {
    operation: usize,
    inputs: [&'a [f64]; 3],
}

impl Kernel for Apply<'_> {
    type Output = Vec<f64>;
    #[inline(always)]
    fn run<R: Real>(self) -> Vec<f64> {
        let mut results = vec![0.0; self.inputs[0].len()];
        for at in (0..results.len()).step_by(R::LANES) {
            let [a, b, c] = self.inputs.map(|input| R::load(&input[at..]));
            apply(self.operation, a, b, c).store(&mut results[at..]);
        }
        results
    }
}

/// Numbers of every kind: edges, any bits at all, and the sizes that the model meets.
fn numbers(count: usize, seed: u64) -> Vec<f64> {
    let edges = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::MIN_POSITIVE,
        -f64::MIN_POSITIVE,
        5e-324,
        -5e-324,
        f64::MAX,
        f64::MIN,
        0.34,
        709.782_712_893_384,
        709.782_712_893_383_9,
        710.0,
        -745.133_219_101_941_1,
        -745.133_219_101_941_2,
        -708.4,
        -746.0,
        std::f64::consts::SQRT_2,
        std::f64::consts::FRAC_1_SQRT_2,
    ];
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|i| match i % 4 {
            0 => edges[rng.random_range(0..edges.len())],
            1 => f64::from_bits(rng.random()),
            2 => rng.random_range(-800.0..800.0),
            _ => rng.random_range(-2.0..2.0),
        })
        .collect()
}

fn same(x: f64, y: f64) -> bool {
    x.to_bits() == y.to_bits() || x.is_nan() && y.is_nan()
}

#[test]
fn every_operation_has_the_same_bits_everywhere() {
    let count = 5_600; // times 21 operations: more than 100 000 results on each instruction set
    let inputs = [numbers(count, 1), numbers(count, 2), numbers(count, 3)];
    let mut shuffled = inputs.clone();
    // The kinds must meet each other, not each its like.
    shuffled[1].rotate_left(1);
    shuffled[2].rotate_left(2);
    let mut inputs: [Vec<f64>; 3] = std::array::from_fn(|i| inputs[i].iter().chain(&shuffled[i]).copied().collect());
    inputs[1][..8].copy_from_slice(&[0.0, -0.0, f64::NAN, 1.0, 0.0, -0.0, 2.0, f64::NAN]);
    inputs[0][..8].copy_from_slice(&[-0.0, 0.0, 1.0, f64::NAN, 0.0, -0.0, 2.0, f64::NAN]);
    for (operation, name) in OPERATIONS.iter().enumerate() {
        let scalar: Vec<f64> = if operation == 19 {
            // A fixed mask differs by lane, which the scalar form does not know.
            dispatch(Isa::Portable, Apply { operation, inputs: [&inputs[0], &inputs[1], &inputs[2]] })
        } else {
            (0..inputs[0].len()).map(|i| apply(operation, inputs[0][i], inputs[1][i], inputs[2][i])).collect()
        };
        for isa in Isa::available() {
            let lanes = dispatch(isa, Apply { operation, inputs: [&inputs[0], &inputs[1], &inputs[2]] });
            for i in 0..scalar.len() {
                let [a, b, c] = [inputs[0][i], inputs[1][i], inputs[2][i]];
                assert!(same(lanes[i], scalar[i]), "{name} of {a:e}, {b:e}, {c:e} on {isa:?}: {:e} for {:e}", lanes[i], scalar[i]);
            }
        }
    }
}

struct Bits<'a>(&'a [f64], &'a [f64]);

impl Kernel for Bits<'_> {
    type Output = (u32, u32, f64, f64, f64);
    #[inline(always)]
    fn run<R: Real>(self) -> Self::Output {
        let (a, b) = (R::load(self.0), R::load(self.1));
        (R::bits(a.le(b)), R::bits(a.lt(b)), a.sum(), a.lane(0), a.lane(7))
    }
}

#[test]
fn lanes_are_numbered_and_summed_alike() {
    let a = [1e16, 1.0, -1e16, 3.0, f64::MIN_POSITIVE, 0.1, 0.2, 7.0];
    let b = [1e16, 2.0, -2e16, f64::NAN, 1.0, 0.0, 0.2, 8.0];
    for isa in Isa::available() {
        let sum = ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
        assert_eq!(dispatch(isa, Bits(&a, &b)), (0b1101_0011, 0b1001_0010, sum, 1e16, 7.0), "{isa:?}");
    }
}

struct Solve<'a> {
    matrix: &'a [f64],
    rhs: &'a [f64],
    n: usize,
}

impl Kernel for Solve<'_> {
    type Output = Vec<f64>;
    #[inline(always)]
    fn run<R: Real>(self) -> Vec<f64> {
        let mut matrix: Vec<R> = self.matrix.chunks_exact(R::LANES).map(R::load).collect();
        let mut rhs: Vec<R> = self.rhs.chunks_exact(R::LANES).map(R::load).collect();
        solve_in_place(&mut matrix, &mut rhs, self.n);
        let mut solution = vec![0.0; self.rhs.len()];
        for (x, to) in rhs.iter().zip(solution.chunks_exact_mut(R::LANES)) {
            x.store(to);
        }
        solution
    }
}

#[test]
fn solutions_have_the_same_bits_everywhere() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    for n in [1, 2, 5, 8, 11] {
        let mut matrix: Vec<f64> = (0..n * n * 8).map(|_| rng.random_range(-1.0..1.0)).collect();
        for i in 0..n {
            for lane in 0..8 {
                matrix[(i * n + i) * 8 + lane] += n as f64;
            }
        }
        // Lane 3 is singular: it must not touch the others.
        for place in 0..n * n {
            matrix[place * 8 + 3] = 0.0;
        }
        let rhs: Vec<f64> = (0..n * 8).map(|_| rng.random_range(-1.0..1.0)).collect();
        for isa in Isa::available() {
            let solution = dispatch(isa, Solve { matrix: &matrix, rhs: &rhs, n });
            for lane in 0..8 {
                let mut a: Vec<f64> = matrix.iter().skip(lane).step_by(8).copied().collect();
                let mut x: Vec<f64> = rhs.iter().skip(lane).step_by(8).copied().collect();
                solve_in_place(&mut a, &mut x, n);
                for i in 0..n {
                    assert!(same(x[i], solution[i * 8 + lane]), "n = {n}, lane {lane} on {isa:?}: {} for {}", solution[i * 8 + lane], x[i]);
                    assert_eq!(x[i].is_finite(), lane != 3);
                }
            }
        }
    }
}

#[test]
fn the_fastest_set_comes_first() {
    assert_eq!(Isa::available()[0], Isa::detect());
    assert_eq!(*Isa::available().last().unwrap(), Isa::Portable);
    assert!(!Isa::detect().name().is_empty());
}
