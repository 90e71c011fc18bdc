//! Nanoseconds per value of `exp`, `ln` and `expm1_over`, and per system of the 8 × 8 solve, on each instruction set of this machine.
//! (The quantile functions of distributions, which stand on these, are in `sampling`.)

mod common;

use common::kernels::{Function, Map, VALUES};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use tradewind::numerics::{Isa, Kernel, LANES, Real, dispatch, solve_in_place};

/// Equations of a system.
const N: usize = 8;
/// How often the eight systems of a lane are solved in a round.
const TIMES: usize = 64;

/// Solves the same eight systems [`TIMES`] times, each from fresh copies.
struct Solve<'a> {
    matrix: &'a [f64],
    rhs: &'a mut [f64],
}

impl Kernel for Solve<'_> {
    type Output = ();

    #[inline(always)]
    fn run<R: Real>(self) {
        for _ in 0..TIMES {
            let (matrix, rhs) = black_box((self.matrix, &*self.rhs));
            let mut matrix: [R; N * N] = std::array::from_fn(|i| R::load(&matrix[LANES * i..]));
            let mut rhs: [R; N] = std::array::from_fn(|i| R::load(&rhs[LANES * i..]));
            solve_in_place(&mut matrix, &mut rhs, N);
            for (x, to) in rhs.iter().zip(self.rhs.chunks_exact_mut(R::LANES)) {
                x.store(to);
            }
        }
    }
}

fn kernels(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("kernels");
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.throughput(Throughput::Elements(VALUES as u64));
    for function in Function::ALL {
        let from = function.arguments();
        let mut to = vec![0.0; VALUES];
        for isa in Isa::available() {
            group.bench_function(BenchmarkId::new(function.name(), isa.name()), |bencher| {
                bencher.iter(|| dispatch(isa, Map { function, from: black_box(&from), to: black_box(&mut to) }));
            });
        }
        group.bench_function(BenchmarkId::new(function.name(), "one by one"), |bencher| {
            bencher.iter(|| {
                for (&from, to) in black_box(&from).iter().zip(black_box(&mut to)) {
                    *to = function.of::<f64>(from);
                }
            });
        });
    }
    group.throughput(Throughput::Elements((TIMES * LANES) as u64));
    let matrix: Vec<f64> = (0..N * N * LANES)
        .map(|i| {
            let (row, column, lane) = (i / LANES / N, i / LANES % N, i % LANES);
            if row == column { 2.0 + 0.1 * lane as f64 } else { -1.0 / (3 + row * 5 + column + lane) as f64 }
        })
        .collect();
    let mut rhs = vec![1.0; N * LANES];
    for isa in Isa::available() {
        group.bench_function(BenchmarkId::new("solve 8 × 8", isa.name()), |bencher| {
            bencher.iter(|| {
                rhs.fill(1.0);
                dispatch(isa, Solve { matrix: &matrix, rhs: black_box(&mut rhs) });
            });
        });
    }
    group.finish();
}

criterion_group!(benches, kernels);
criterion_main!(benches);
