//! Nanoseconds per equilibrium: one sector in nested CES, batches of eight draws with other elasticities and other tariffs in each. One element is one equilibrium.
//!
//! *cold* starts at the base year's prices, *warm* at the solution for four fifths of the tariffs, as a period starts at the one before it.
//! *exp and ln* is the floor under *cold* at eight regions: as many exponentials and logarithms as these solves take, and nothing else. They are counted, by solving
//! in numbers that keep count. At the end the nanoseconds of every size are set side by side, and the ratio to the floor is told.

mod common;

use common::operations::{Operations, count};
use common::sectors::{EQUILIBRIA, Solve, Start, market};
use common::seen::Seen;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tradewind::numerics::{Isa, Kernel, LANES, Real, dispatch};

const SIZES: [usize; 6] = [2, 4, 8, 16, 32, 60];
const STARTS: [(&str, Start); 2] = [("cold", Start::Cold), ("warm", Start::Warm)];

/// As many exponentials and logarithms as `operations`, `rounds` times over.
struct Floor {
    operations: Operations,
    rounds: u64,
}

impl Kernel for Floor {
    type Output = Duration;

    #[inline(always)]
    fn run<R: Real>(self) -> Duration {
        // Eight at a time, which do not wait for each other, as the solver's loops over regions.
        let arguments: [R; 8] = std::array::from_fn(|i| R::splat(0.9 + 0.02 * i as f64));
        let clock = Instant::now();
        for _ in 0..self.rounds {
            for _ in 0..self.operations.exp / 8 {
                let arguments = black_box(&arguments);
                let mut sum = arguments[0].exp();
                for argument in &arguments[1..] {
                    sum = sum + argument.exp();
                }
                black_box(sum.lane(0));
            }
            for _ in 0..self.operations.ln / 8 {
                let arguments = black_box(&arguments);
                let mut sum = arguments[0].ln();
                for argument in &arguments[1..] {
                    sum = sum + argument.ln();
                }
                black_box(sum.lane(0));
            }
        }
        clock.elapsed()
    }
}

fn equilibrium(criterion: &mut Criterion) {
    let mut seen = Seen::default();
    let mut group = criterion.benchmark_group("equilibrium");
    group.throughput(Throughput::Elements(EQUILIBRIA as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for (name, start) in STARTS {
        for regions in SIZES {
            let market = market(regions);
            group.bench_function(BenchmarkId::new(name, regions), |bencher| {
                bencher.iter_custom(|rounds| {
                    let time = dispatch(Isa::detect(), Solve { market: &market, start, rounds });
                    seen.note(&format!("{name}/{regions}"), rounds, time)
                });
            });
        }
    }
    let market = market(8);
    for isa in Isa::available() {
        group.bench_function(BenchmarkId::new(isa.name(), 8), |bencher| {
            bencher.iter_custom(|rounds| dispatch(isa, Solve { market: &market, start: Start::Cold, rounds }));
        });
    }
    let operations = operations();
    group.bench_function(BenchmarkId::new("exp and ln", 8), |bencher| {
        bencher.iter_custom(|rounds| {
            let time = dispatch(Isa::detect(), Floor { operations, rounds });
            seen.note("floor", rounds, time)
        });
    });
    group.finish();
    tell(&seen, operations);
}

/// What a round of cold solves at eight regions takes, without the making of its batches.
fn operations() -> Operations {
    let market = market(8);
    let of = |rounds| count(Solve { market: &market, start: Start::Cold, rounds }).1;
    let (one, two) = (of(1), of(2));
    Operations { exp: two.exp - one.exp, ln: two.ln - one.ln }
}

fn tell(seen: &Seen, operations: Operations) {
    let nanoseconds = |piece: &str| seen.seconds(piece).map(|seconds| 1e9 * seconds / EQUILIBRIA as f64);
    if seen.is_empty() {
        return;
    }
    println!("nanoseconds per equilibrium on one core, {}, the shortest seen", Isa::detect().name());
    println!("{:>8} {:>10} {:>10}", "regions", "cold", "warm");
    for regions in SIZES {
        let cell = |name: &str| nanoseconds(&format!("{name}/{regions}")).map_or("–".to_string(), |ns| format!("{ns:.0}"));
        println!("{regions:>8} {:>10} {:>10}", cell("cold"), cell("warm"));
    }
    let each = |calls: u64| calls as f64 * LANES as f64 / EQUILIBRIA as f64;
    if let (Some(cold), Some(floor)) = (nanoseconds("cold/8"), nanoseconds("floor")) {
        println!(
            "8 regions, cold: {cold:.0} ns, {:.2} times its {:.0} exponentials and {:.0} logarithms alone ({floor:.0} ns)\n",
            cold / floor,
            each(operations.exp),
            each(operations.ln)
        );
    }
}

criterion_group!(benches, equilibrium);
criterion_main!(benches);
