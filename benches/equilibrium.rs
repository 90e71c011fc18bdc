//! Nanoseconds per equilibrium: one sector in nested CES, batches of eight draws with other elasticities and other tariffs in each. One element is one equilibrium.
//!
//! *cold* starts at the base year's prices, *warm* at the solution for four fifths of the tariffs, as a period starts at the one before it.
//! *exp and ln* is the floor under *cold* at eight regions: the exponentials and logarithms of its evaluations of demand, and nothing else.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tradewind::model::equilibrium::Wedge;
use tradewind::model::partial::{self, Workspace};
use tradewind::model::{Elasticities, Equilibrium, Market, Shock};
use tradewind::numerics::{Isa, Kernel, LANES, Real, dispatch};

/// Batches in a round: enough that no branch predictor learns them by heart, few enough for the second-level cache at eight regions.
const BATCHES: usize = 32;

#[derive(Clone, Copy, PartialEq)]
enum Start {
    Cold,
    Warm,
}

/// A sector with home bias and trade falling off with distance, as the baseline's sectors have.
fn market(regions: usize) -> Market {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let size: Vec<f64> = (0..regions).map(|_| rng.random_range(1.0..20.0)).collect();
    let mut value = vec![0.0; regions * regions];
    for i in 0..regions {
        for n in 0..regions {
            let near = if i == n { 10.0 } else { 1.0 / (1 + i.abs_diff(n)) as f64 };
            value[i * regions + n] = near * size[i] * size[n] * rng.random_range(0.5..1.5);
        }
    }
    let tariff = (0..regions * regions).map(|cell| if cell / regions == cell % regions { 0.0 } else { 0.03 }).collect();
    Market::new(regions, value, tariff, &vec![0.05; regions * regions])
}

/// Eight draws of elasticities and tariffs, and the prices to start from.
struct Batch<R> {
    elasticities: Elasticities<R>,
    shock: Shock<R>,
    start: Vec<R>,
}

fn lanes<R: Real>(rng: &mut ChaCha8Rng, low: f64, high: f64) -> R {
    let drawn: [f64; LANES] = std::array::from_fn(|_| rng.random_range(low..high));
    R::load(&drawn)
}

/// One market raises tariffs of 10% to 50% on everybody, a second answers it.
#[inline(always)]
fn batches<R: Real>(market: &Market<R>, start: Start) -> Vec<Batch<R>> {
    let n = market.regions;
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut work = Workspace::new(n);
    let mut batches = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let mut elasticities = Elasticities::new(vec![0; n]);
        let (demand, domestic) = (lanes::<R>(&mut rng, 0.5, 1.2), lanes(&mut rng, 1.5, 4.0));
        let import = domestic * lanes(&mut rng, 1.5, 2.5);
        for region in 0..n {
            elasticities.set_market(region, demand, domestic, import);
            elasticities.set_supply(region, lanes(&mut rng, 0.5, 5.0));
        }
        let mut wedges: Vec<Wedge<R>> =
            (1..n).map(|exporter| Wedge { exporter, importer: 0, log: (R::one() + lanes(&mut rng, 0.1, 0.5)).ln() }).collect();
        wedges.push(Wedge { exporter: 0, importer: 1, log: (R::one() + lanes(&mut rng, 0.1, 0.25)).ln() });
        let mut equilibrium = Equilibrium::baseline(n);
        if start == Start::Warm {
            let most = wedges.iter().map(|w| Wedge { log: w.log * R::splat(0.8), ..*w }).collect();
            partial::solve(market, &Shock { wedges: most }, &elasticities, &mut equilibrium, &mut work);
        }
        batches.push(Batch { elasticities, shock: Shock { wedges }, start: equilibrium.log_producer });
    }
    batches
}

/// Solves all batches `rounds` times over. Gives the time and how often demand was evaluated.
struct Solve<'a> {
    market: &'a Market,
    start: Start,
    rounds: u64,
}

impl Kernel for Solve<'_> {
    type Output = (Duration, u64);
    #[inline(always)]
    fn run<R: Real>(self) -> (Duration, u64) {
        let market = self.market.in_lanes::<R>();
        let batches = batches(&market, self.start);
        let mut work = Workspace::new(self.market.regions);
        let mut equilibrium = Equilibrium::baseline(self.market.regions);
        let mut evaluations = 0;
        let clock = Instant::now();
        for _ in 0..self.rounds {
            for batch in black_box(&batches) {
                equilibrium.log_producer.copy_from_slice(&batch.start);
                let solved = partial::solve(&market, &batch.shock, &batch.elasticities, &mut equilibrium, &mut work);
                assert_eq!(black_box(solved).converged, (1 << LANES) - 1);
                evaluations += solved.steps as u64 + 1;
            }
        }
        (clock.elapsed(), evaluations)
    }
}

/// Four exponentials and three logarithms a region, as often as `evaluations` of demand take them.
struct Floor {
    regions: usize,
    evaluations: u64,
}

impl Kernel for Floor {
    type Output = Duration;
    #[inline(always)]
    fn run<R: Real>(self) -> Duration {
        let prices: Vec<R> = (0..self.regions).map(|i| R::splat(0.9 + 0.02 * i as f64)).collect();
        let clock = Instant::now();
        for _ in 0..self.evaluations {
            let mut sum = R::zero();
            for &price in black_box(&prices) {
                for k in 1..=4 {
                    sum = sum + (price * R::splat(0.3 * f64::from(k))).exp();
                }
                for k in 1..=3 {
                    sum = sum + (price + R::splat(f64::from(k))).ln();
                }
            }
            black_box(sum.lane(0));
        }
        clock.elapsed()
    }
}

fn equilibrium(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("equilibrium");
    group.throughput(Throughput::Elements((BATCHES * LANES) as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for (name, start) in [("cold", Start::Cold), ("warm", Start::Warm)] {
        for regions in [2, 4, 8, 16, 32] {
            let market = market(regions);
            group.bench_function(BenchmarkId::new(name, regions), |bencher| {
                bencher.iter_custom(|rounds| dispatch(Isa::detect(), Solve { market: &market, start, rounds }).0);
            });
        }
    }
    let market = market(8);
    for isa in Isa::available() {
        group.bench_function(BenchmarkId::new(isa.name(), 8), |bencher| {
            bencher.iter_custom(|rounds| dispatch(isa, Solve { market: &market, start: Start::Cold, rounds }).0);
        });
    }
    let (_, evaluations) = dispatch(Isa::detect(), Solve { market: &market, start: Start::Cold, rounds: 1 });
    group.bench_function("exp and ln", |bencher| {
        bencher.iter_custom(|rounds| dispatch(Isa::detect(), Floor { regions: 8, evaluations: rounds * evaluations }));
    });
    group.finish();
}

criterion_group!(benches, equilibrium);
criterion_main!(benches);
