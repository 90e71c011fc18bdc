//! How the cost of a run grows: with threads, draws, periods, sectors and regions, one of them at a time from [`BASE`], and 60 regions × 100 sectors at once. Worlds are
//! made up ([`common::worlds`]), written to disk and read as any other. What is timed is a run as the command makes it, files and charts left out; one element is one draw.
//!
//! At the end every run is told per draw and per equilibrium (draw × period × sector), with the exponent b of time = a·sizeᵇ by least squares on logs: 1 is a cost
//! linear in that size, less than 1 where what a run costs once, or its leading draws that are kept for quantiles, is spread over more. Regions cost more than that:
//! trade has as many cells as there are pairs of them, and elimination takes their cube.

mod common;

use common::draws::compile;
use common::seen::{Seen, exponent};
use common::worlds::{Size, World};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tradewind::numerics::Isa;
use tradewind::simulation::{Control, Plan, run};

const BASE: Size = Size { regions: 8, sectors: 24, periods: 4 };
const LARGE: Size = Size { regions: 60, sectors: 100, periods: 2 };
/// Draws where these do not grow.
const DRAWS: u64 = 1024;
/// Of regions, some of which cost much.
const FEW_DRAWS: u64 = 256;
/// Of the large world: a chunk for each of two threads.
const LARGE_DRAWS: u64 = 512;
/// Of the threads.
const MANY_DRAWS: u64 = 4096;

/// A run to be timed.
struct Case {
    /// What of it grows.
    axis: &'static str,
    /// How far.
    at: f64,
    name: String,
    size: Size,
    draws: u64,
    /// `None`: as many as the machine has cores.
    threads: Option<usize>,
}

fn cases() -> Vec<Case> {
    let one = |axis, at: u64, size, draws| Case { axis, at: at as f64, name: format!("{axis}/{at}"), size, draws, threads: Some(1) };
    let mut cases: Vec<Case> = Vec::new();
    for (name, threads) in [("1", Some(1)), ("2", Some(2)), ("all", None)] {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let at = threads.unwrap_or(cores) as f64;
        cases.push(Case { axis: "threads", at, name: format!("threads/{name}"), size: BASE, draws: MANY_DRAWS, threads });
    }
    cases.extend([512, 2048, 8192].map(|draws| one("draws", draws, BASE, draws)));
    cases.extend([1, 2, 4, 8].map(|periods| one("periods", periods as u64, Size { periods, ..BASE }, DRAWS)));
    cases.extend([6, 12, 24, 48, 96].map(|sectors| one("sectors", sectors as u64, Size { sectors, ..BASE }, DRAWS)));
    cases.extend([4, 8, 16, 32, 60].map(|regions| one("regions", regions as u64, Size { regions, periods: 1, ..BASE }, FEW_DRAWS)));
    cases.push(Case { axis: "large", at: 1.0, name: "60 regions × 100 sectors".into(), size: LARGE, draws: LARGE_DRAWS, threads: None });
    cases
}

fn scaling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scaling");
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(2));
    let (cases, mut seen) = (cases(), Seen::default());
    for case in &cases {
        time(&mut group, case, &mut seen);
    }
    group.finish();
    tell(&cases, &seen);
}

fn time(group: &mut BenchmarkGroup<'_, WallTime>, case: &Case, seen: &mut Seen) {
    // Made when it is first timed, and not for a case that is filtered out.
    let mut plan: Option<Plan> = None;
    group.throughput(Throughput::Elements(case.draws));
    group.bench_function(BenchmarkId::from_parameter(&case.name), |bencher| {
        let plan = plan.get_or_insert_with(|| compile(&World::new(case.size).scenario(), case.draws).plan);
        bencher.iter_custom(|rounds| {
            let clock = Instant::now();
            for _ in 0..rounds {
                let cancel = AtomicBool::new(false);
                let (threads, isa) = (case.threads, Isa::detect());
                let control = Control { threads, isa, cancel: &cancel, progress: &|_| {}, enough: None, keep: None };
                let results = run(black_box(plan), control).unwrap_or_else(|error| panic!("{}: {error}", case.name));
                assert!(results.failures.is_empty(), "{}: not all draws have an equilibrium", case.name);
            }
            seen.note(&case.name, rounds, clock.elapsed())
        });
    });
}

fn tell(cases: &[Case], seen: &Seen) {
    if seen.is_empty() {
        return;
    }
    println!("runs on {}, the shortest seen", Isa::detect().name());
    println!(
        "{:<26} {:>7} {:>7} {:>7} {:>6} {:>7} {:>9} {:>8} {:>14}",
        "", "regions", "sectors", "periods", "draws", "threads", "seconds", "µs/draw", "ns/equilibrium"
    );
    for case in cases {
        let Some(seconds) = seen.seconds(&case.name) else { continue };
        let (Size { regions, sectors, periods }, draws) = (case.size, case.draws);
        let threads = case.threads.map_or("all".to_string(), |threads| threads.to_string());
        let (per_draw, markets) = (seconds / draws as f64, case.size.markets() as f64);
        println!(
            "{:<26} {regions:>7} {sectors:>7} {periods:>7} {draws:>6} {threads:>7} {seconds:>9.3} {:>8.0} {:>14.0}",
            case.name,
            1e6 * per_draw,
            1e9 * per_draw / markets
        );
    }
    for axis in ["draws", "periods", "sectors", "regions"] {
        let of_axis = cases.iter().filter(|case| case.axis == axis);
        let points: Vec<(f64, f64)> = of_axis.filter_map(|case| Some((case.at, seen.seconds(&case.name)?))).collect();
        if points.len() > 1 {
            println!("time grows with {axis} to the power of {:.2}", exponent(&points));
        }
    }
    if let (Some(one), Some(two)) = (seen.seconds("threads/1"), seen.seconds("threads/2")) {
        println!("two threads are {:.0}% efficient", 100.0 * one / two / 2.0);
    }
    println!();
}

criterion_group!(benches, scaling);
criterion_main!(benches);
