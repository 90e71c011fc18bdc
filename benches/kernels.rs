//! Nanoseconds per value of `exp` and `ln`, and per system of the 8 × 8 solve, on each instruction set of this machine.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tradewind::numerics::{Isa, Kernel, Real, dispatch, expm1_over, solve_in_place};

/// In the first-level cache, with room for the results.
const VALUES: usize = 1024;
const N: usize = 8;

#[derive(Clone, Copy)]
enum Function {
    Exp,
    Ln,
    Expm1Over,
}

struct Map<'a> {
    function: Function,
    from: &'a [f64],
    to: &'a mut [f64],
}

impl Kernel for Map<'_> {
    type Output = ();
    #[inline(always)]
    fn run<R: Real>(self) {
        let lanes = self.from.chunks_exact(R::LANES).zip(self.to.chunks_exact_mut(R::LANES));
        match self.function {
            Function::Exp => {
                for (from, to) in lanes {
                    R::load(from).exp().store(to);
                }
            }
            Function::Ln => {
                for (from, to) in lanes {
                    R::load(from).ln().store(to);
                }
            }
            Function::Expm1Over => {
                for (from, to) in lanes {
                    expm1_over(R::load(from)).store(to);
                }
            }
        }
    }
}

/// Solves the same eight systems `times` times, each from fresh copies.
struct Solve<'a> {
    matrix: &'a [f64],
    rhs: &'a mut [f64],
    times: usize,
}

impl Kernel for Solve<'_> {
    type Output = ();
    #[inline(always)]
    fn run<R: Real>(self) {
        for _ in 0..self.times {
            let (matrix, rhs) = black_box((self.matrix, &*self.rhs));
            let mut matrix: [R; N * N] = std::array::from_fn(|i| R::load(&matrix[8 * i..]));
            let mut rhs: [R; N] = std::array::from_fn(|i| R::load(&rhs[8 * i..]));
            solve_in_place(&mut matrix, &mut rhs, N);
            for (x, to) in rhs.iter().zip(self.rhs.chunks_exact_mut(R::LANES)) {
                x.store(to);
            }
        }
    }
}

fn functions(criterion: &mut Criterion) {
    for (name, function, low, high) in
        [("exp", Function::Exp, -10.0, 10.0), ("ln", Function::Ln, 0.01, 100.0), ("expm1_over", Function::Expm1Over, -2.0, 2.0)]
    {
        let from: Vec<f64> = (0..VALUES).map(|i| low + (high - low) * ((i * 389) % VALUES) as f64 / VALUES as f64).collect();
        let mut to = vec![0.0; VALUES];
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(VALUES as u64));
        for isa in Isa::available() {
            group.bench_function(isa.name(), |bencher| {
                bencher.iter(|| dispatch(isa, Map { function, from: black_box(&from), to: black_box(&mut to) }));
            });
        }
        group.bench_function("one by one", |bencher| {
            bencher.iter(|| {
                for (&from, to) in black_box(&from).iter().zip(black_box(&mut to)) {
                    *to = match function {
                        Function::Exp => Real::exp(from),
                        Function::Ln => Real::ln(from),
                        Function::Expm1Over => expm1_over(from),
                    };
                }
            });
        });
        group.finish();
    }
}

fn solve(criterion: &mut Criterion) {
    const TIMES: usize = 64;
    let matrix: Vec<f64> = (0..N * N * 8)
        .map(|i| {
            let (row, column, lane) = (i / 8 / N, i / 8 % N, i % 8);
            if row == column { 2.0 + 0.1 * lane as f64 } else { -1.0 / (3 + row * 5 + column + lane) as f64 }
        })
        .collect();
    let mut rhs = vec![1.0; N * 8];
    let mut group = criterion.benchmark_group("solve 8 × 8");
    group.throughput(Throughput::Elements((TIMES * 8) as u64));
    for isa in Isa::available() {
        group.bench_function(isa.name(), |bencher| {
            bencher.iter(|| {
                rhs.fill(1.0);
                dispatch(isa, Solve { matrix: &matrix, rhs: black_box(&mut rhs), times: TIMES });
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = functions, solve
}
criterion_main!(benches);
