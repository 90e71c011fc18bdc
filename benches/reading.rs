//! From files to a plan and back: the baseline read, the flagship scenario opened, resolved and compiled, the tables of its run written.
//! Throughput is bytes of the files; of *compiled*, uncertain numbers.

mod common;

use common::draws::{compile, shipped};
use common::worlds::{Size, World};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tradewind::findings::Findings;
use tradewind::numerics::Isa;
use tradewind::output::{Folder, write_tables};
use tradewind::simulation::{Control, Plan, run};
use tradewind::{baseline, scenario};

const FLAGSHIP: &str = "north-america-2025";
const LARGE: Size = Size { regions: 60, sectors: 100, periods: 1 };
/// Draws behind the tables. Their size hardly hangs on it.
const DRAWS: u64 = 256;

/// Bytes of the files in a folder, whatever is in folders within it.
fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.flatten().filter_map(|entry| entry.metadata().ok()).filter(|file| file.is_file()).map(|file| file.len()).sum()
}

fn of_baselines(group: &mut BenchmarkGroup<'_, WallTime>) {
    let mut read = |name: &str, folder: &Path| {
        group.throughput(Throughput::Bytes(bytes_in(folder)));
        group.bench_function(BenchmarkId::new("baseline", name), |bencher| {
            bencher.iter(|| baseline::read(black_box(folder)).unwrap_or_else(|found| panic!("{found}")).0.flows.len());
        });
    };
    read("2024", &shipped(FLAGSHIP).with_file_name("baseline-2024"));
    read("60 regions × 100 sectors", &World::new(LARGE).baseline());
}

fn of_scenarios(group: &mut BenchmarkGroup<'_, WallTime>) {
    let path = shipped(FLAGSHIP);
    let known = compile(&path, DRAWS);
    let bytes =
        known.scenario.files.iter().filter_map(|file| std::fs::metadata(path.with_file_name(&file.name)).ok()).map(|file| file.len());
    group.throughput(Throughput::Bytes(bytes.sum()));
    group.bench_function("scenario/opened and resolved", |bencher| {
        bencher.iter(|| {
            let document = scenario::open(black_box(&path)).unwrap_or_else(|found| panic!("{found}"));
            document.resolve(&known.baseline).unwrap_or_else(|found| panic!("{found}")).0.measures.len()
        });
    });
    group.throughput(Throughput::Elements(known.plan.world.parameters.len() as u64));
    group.bench_function("scenario/compiled", |bencher| {
        bencher.iter(|| Plan::compile(black_box(&known.scenario), &known.baseline).unwrap_or_else(|found| panic!("{found}")).columns());
    });
}

fn of_tables(group: &mut BenchmarkGroup<'_, WallTime>) {
    let known = compile(&shipped(FLAGSHIP), DRAWS);
    let cancel = AtomicBool::new(false);
    let control = Control { threads: None, isa: Isa::detect(), cancel: &cancel, progress: &|_| {}, enough: None, keep: None };
    let results = run(&known.plan, control).unwrap_or_else(|error| panic!("{error}"));
    let findings = Findings::new(&known.scenario, &known.baseline, &known.plan, &results);
    let place = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let write = || {
        let folder = Folder::create(&place.path().join("run")).unwrap_or_else(|error| panic!("{error}"));
        write_tables(&findings, &folder).unwrap_or_else(|error| panic!("{error}"));
        folder
    };
    // Before they are put in place, the tables stand in the only folder beside it.
    let folder = write();
    let unfinished = std::fs::read_dir(place.path()).unwrap_or_else(|error| panic!("{error}")).flatten();
    group.throughput(Throughput::Bytes(unfinished.map(|entry| bytes_in(&entry.path())).sum()));
    drop(folder);
    group.bench_function("tables written", |bencher| bencher.iter(write));
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(2));
    of_baselines(&mut group);
    of_scenarios(&mut group);
    of_tables(&mut group);
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
