//! Whole paths: draws per second of the flagship scenario, from parameters to tables and outcomes, on the instruction set of this machine. One element is one draw.
//!
//! *leading chunk* keeps the cells of its 256 draws for quantiles, *later chunk* only adds them up. *threads* runs [`DRAWS`] draws as the command does, files and charts left out.
//! *crowding and events* compares a scenario with both to the same without, and to the one with services that fill.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use tradewind::numerics::Isa;
use tradewind::scenario::Scenario;
use tradewind::simulation::chunk::CHUNK;
use tradewind::simulation::{Control, Plan, run};
use tradewind::{baseline, scenario};

const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
const DRAWS: u64 = 4096;

fn plan(draws: u64) -> Plan {
    changed("north-america-2025", draws, |_| {})
}

fn changed(name: &str, draws: u64, change: impl Fn(&mut Scenario)) -> Plan {
    let document = scenario::open(&Path::new(SCENARIOS).join(name).with_extension("toml")).expect("the scenario opens");
    let (baseline, _) = baseline::read(document.baseline_folder()).expect("its baseline reads");
    let (mut scenario, _) = document.resolve(&baseline).expect("it fits its baseline");
    scenario.simulation.draws = draws;
    change(&mut scenario);
    Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"))
}

fn chunks(criterion: &mut Criterion) {
    let plan = plan(1 << 30);
    let design = plan.design();
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(CHUNK as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
    for (name, first) in [("leading chunk", 0), ("later chunk", 1000)] {
        let mut index = first;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                // Other draws each time, or the same leading ones: a chunk late enough keeps nothing.
                index = if first == 0 { 0 } else { index + 1 };
                run::one(black_box(&plan), &design, index, Isa::detect())
            });
        });
    }
    group.finish();
}

fn threads(criterion: &mut Criterion) {
    let plan = plan(DRAWS);
    let mut group = criterion.benchmark_group("threads");
    group.throughput(Throughput::Elements(DRAWS));
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5));
    for threads in [1, 2] {
        group.bench_function(BenchmarkId::from_parameter(threads), |bencher| {
            bencher.iter(|| {
                let cancel = AtomicBool::new(false);
                let control =
                    Control { threads: Some(threads), isa: Isa::detect(), cancel: &cancel, progress: &|_| {}, enough: None, keep: None };
                run(black_box(&plan), control)
            });
        });
    }
    group.finish();
}

fn crowding_and_events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("crowding and events");
    group.throughput(Throughput::Elements(CHUNK as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
    let neither = |scenario: &mut Scenario| {
        scenario.ports.congestion = false;
        scenario.events.clear();
    };
    let plans = [
        ("neither", changed("usmca-review-2026", 1 << 30, neither)),
        ("both", changed("usmca-review-2026", 1 << 30, |_| {})),
        ("services that fill", changed("maritime-action-plan", 1 << 30, |_| {})),
    ];
    for (name, plan) in &plans {
        let design = plan.design();
        let mut index = 1000;
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                index += 1;
                run::one(black_box(plan), &design, index, Isa::detect())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, chunks, threads, crowding_and_events);
criterion_main!(benches);
