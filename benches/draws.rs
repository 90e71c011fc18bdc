//! Whole paths: draws per second of the flagship scenario, from parameters to tables and outcomes, on the instruction set of this machine. One element is one draw.
//!
//! First, where the time of a run of [`PROFILED`] draws goes on one thread, stage by stage, statistics and files included. Then: *leading chunk* keeps the cells of its 256 draws for
//! quantiles, *later chunk* only adds them up; *threads* runs [`DRAWS`] draws as the command does, files and charts left out; *crowding and events* compares a scenario with both to the
//! same without, and to the one with services that fill.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use criterion::{Bencher, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use tradewind::baseline::Baseline;
use tradewind::findings::Findings;
use tradewind::numerics::Isa;
use tradewind::output::{Folder, Manifest, write_tables};
use tradewind::scenario::Scenario;
use tradewind::simulation::chunk::{CHUNK, ChunkWork};
use tradewind::simulation::{Control, Plan, Stage, Workspace, profile, run};
use tradewind::{baseline, scenario};

const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
const DRAWS: u64 = 4096;
const PROFILED: u64 = 100_000;

fn plan(draws: u64) -> Plan {
    changed("north-america-2025", draws, |_| {}).2
}

fn changed(name: &str, draws: u64, change: impl Fn(&mut Scenario)) -> (Scenario, Baseline, Plan) {
    let document = scenario::open(&Path::new(SCENARIOS).join(name).with_extension("toml")).expect("the scenario opens");
    let (baseline, _) = baseline::read(document.baseline_folder()).expect("its baseline reads");
    let (mut scenario, _) = document.resolve(&baseline).expect("it fits its baseline");
    scenario.simulation.draws = draws;
    change(&mut scenario);
    let plan = Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"));
    (scenario, baseline, plan)
}

/// Says where the time of a run goes.
fn stages() {
    let (scenario, baseline, plan) = changed("north-america-2025", PROFILED, |_| {});
    let single = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(8 << 20).build().expect("a thread");
    let (times, statistics, writing) = single.install(|| {
        let (results, times) = profile(&plan, Isa::detect());
        let start = Instant::now();
        let findings = Findings::new(&scenario, &baseline, &plan, &results);
        let statistics = start.elapsed();
        let place = tempfile::tempdir().expect("a folder for the tables");
        let folder = Folder::create(&place.path().join("run")).expect("a folder of results");
        let start = Instant::now();
        write_tables(&findings, &folder).expect("the tables");
        folder.finish(Manifest::default()).expect("a whole run");
        (times, statistics, start.elapsed())
    });
    let whole = times.whole() + statistics + writing;
    println!("where the time goes: {PROFILED} draws on one thread, {:.2} s", whole.as_secs_f64());
    let line = |name: &str, time: Duration| {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        println!("  {name:<20} {share:5.1}%  {:8.2} µs a draw", 1e6 * time.as_secs_f64() / PROFILED as f64);
    };
    for stage in Stage::ALL {
        line(stage.word(), times.of(stage));
    }
    line("statistics", statistics);
    line("writing", writing);
}

/// One chunk after the other in a workspace, as a thread of a run makes them.
fn chunk_after_chunk(bencher: &mut Bencher<'_>, plan: &Plan, first: u64) {
    let (design, mut workspace, mut index) = (plan.design(), Workspace::new(plan), first);
    bencher.iter(|| {
        // Other draws each time, or the same leading ones: a chunk late enough keeps nothing.
        index = if first == 0 { 0 } else { index + 1 };
        let keep = if first == 0 { CHUNK } else { 0 };
        let work = ChunkWork { plan: black_box(plan), design: &design, first: index * CHUNK as u64, count: CHUNK, keep, only: None };
        work.run_in(Isa::detect(), &mut workspace)
    });
}

fn chunks(criterion: &mut Criterion) {
    stages();
    let plan = plan(1 << 30);
    let mut group = criterion.benchmark_group("draws/chunks");
    group.throughput(Throughput::Elements(CHUNK as u64));
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(4));
    for (name, first) in [("leading chunk", 0), ("later chunk", 1000)] {
        group.bench_function(name, |bencher| chunk_after_chunk(bencher, &plan, first));
    }
    group.finish();
}

fn threads(criterion: &mut Criterion) {
    let plan = plan(DRAWS);
    let mut group = criterion.benchmark_group("draws/threads");
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
    let mut group = criterion.benchmark_group("draws/crowding and events");
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
    for (name, (_, _, plan)) in &plans {
        group.bench_function(*name, |bencher| chunk_after_chunk(bencher, plan, 1000));
    }
    group.finish();
}

criterion_group!(benches, chunks, threads, crowding_and_events);
criterion_main!(benches);
