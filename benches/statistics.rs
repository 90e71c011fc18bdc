//! What is made of draws once they are there: quantiles and their errors, densities, risk, and which inputs an outcome hangs on. One element is one number that goes in.
//!
//! *findings* is all of it together, as a run of the flagship scenario is digested before its tables are written; one element is one draw.

mod common;

use common::draws::{Sampling, compile, shipped};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use tradewind::findings::Findings;
use tradewind::numerics::Isa;
use tradewind::simulation::{Control, run};
use tradewind::statistics::sensitivity::{Dealt, PickFreeze, attribution, borgonovo, first_order, rank_correlation, screen, tails};
use tradewind::statistics::{Ordered, density, exceedance, histogram, quantiles, tail_risk};
use tradewind::uncertainty::{Distribution, Number, Parameters, REPLICATES, Sampler, Uncertain};

/// Draws of a sample.
const DRAWS: usize = 1 << 14;
/// Of the findings: more than the wide tables' quantiles rest on.
const RUN_DRAWS: u64 = 4096;
/// Groups of inputs that an outcome's variance is divided among.
const GROUPS: usize = 4;

/// Columns of independent numbers, column-major, [`DRAWS`] each.
fn columns(count: usize) -> Vec<Vec<f64>> {
    let mut parameters = Parameters::new();
    for k in 0..count {
        let distribution = Distribution::lognormal(3.0, 1.0).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        parameters.value(&Number::Uncertain(Box::new(Uncertain { path: format!("elasticities.import.s{k:02}"), distribution })));
    }
    let mut sampling = Sampling::new(&parameters, parameters.design(Sampler::Sobol, 1, DRAWS as u64));
    let mut columns = vec![Vec::with_capacity(DRAWS); count];
    while columns[0].len() < DRAWS {
        let chunk = sampling.draw();
        let draws = chunk.len() / count;
        for (column, values) in columns.iter_mut().zip(chunk.chunks_exact(draws)) {
            column.extend_from_slice(values);
        }
    }
    columns
}

fn replicates() -> Vec<u8> {
    (0..DRAWS).map(|draw| (draw % REPLICATES) as u8).collect()
}

fn of_one_outcome(group: &mut BenchmarkGroup<'_, WallTime>) {
    let (values, replicate) = (columns(1).remove(0), replicates());
    let (values, replicate) = (values.as_slice(), replicate.as_slice());
    group.throughput(Throughput::Elements(DRAWS as u64));
    let probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
    group.bench_function("quantiles", |bencher| {
        bencher.iter(|| {
            let mut ordered = Ordered::new(black_box(values));
            probabilities.map(|p| ordered.quantile(p))
        })
    });
    group.bench_function("quantiles and errors", |bencher| {
        bencher.iter(|| quantiles(Sampler::Sobol, black_box(values), replicate, &probabilities));
    });
    group.bench_function("histogram", |bencher| bencher.iter(|| histogram(black_box(values))));
    group.bench_function("density", |bencher| bencher.iter(|| density(black_box(values), 256)));
    group.bench_function("exceedance", |bencher| bencher.iter(|| exceedance(Sampler::Sobol, black_box(values), replicate, 100)));
    group.bench_function("risk", |bencher| {
        bencher.iter(|| tail_risk(Sampler::Sobol, black_box(values), replicate, 0.95));
    });
}

/// One input against one outcome, each prepared beforehand; and the preparation.
fn of_drivers(group: &mut BenchmarkGroup<'_, WallTime>) {
    let columns = columns(2);
    let sum: Vec<f64> = columns[0].iter().zip(&columns[1]).map(|(x, other)| x + 2.0 * other).collect();
    let dealt = Dealt::new(&replicates());
    let (input, outcome) = (dealt.input(&columns[0]), dealt.outcome(&sum));
    group.throughput(Throughput::Elements(DRAWS as u64));
    group.bench_function("drivers/input prepared", |bencher| bencher.iter(|| dealt.input(black_box(&columns[0]))));
    group.bench_function("drivers/outcome prepared", |bencher| bencher.iter(|| dealt.outcome(black_box(&sum))));
    group.bench_function("drivers/rank correlation", |bencher| bencher.iter(|| rank_correlation(black_box(&input), &outcome)));
    group.bench_function("drivers/first order", |bencher| bencher.iter(|| first_order(black_box(&input), &outcome)));
    group.bench_function("drivers/tails", |bencher| bencher.iter(|| tails(black_box(&input), &outcome)));
    group.bench_function("drivers/borgonovo", |bencher| bencher.iter(|| borgonovo(black_box(&input), &outcome)));
    // Every pair counts: many inputs meet several outcomes at once.
    let (inputs, outcomes) = (vec![input; 16], vec![outcome; 8]);
    group.throughput(Throughput::Elements((inputs.len() * outcomes.len() * DRAWS) as u64));
    group.bench_function("drivers/screen", |bencher| bencher.iter(|| screen(black_box(&inputs), &outcomes)));
}

/// From designs made for it: an outcome on A, on B and on mixtures of the two.
fn of_attribution(group: &mut BenchmarkGroup<'_, WallTime>) {
    let (mixtures, replicate, alive) = (columns(1 << GROUPS), replicates(), vec![true; DRAWS]);
    let mixtures: Vec<&[f64]> = mixtures.iter().map(Vec::as_slice).collect();
    group.throughput(Throughput::Elements(3 * DRAWS as u64));
    group.bench_function("attribution/jansen", |bencher| {
        bencher.iter(|| PickFreeze::new(black_box(mixtures[0]), mixtures[1], &replicate, &alive).indices(mixtures[2]));
    });
    group.throughput(Throughput::Elements((mixtures.len() * DRAWS) as u64));
    group.bench_function(BenchmarkId::new("attribution/shapley", format!("{GROUPS} groups")), |bencher| {
        bencher.iter(|| attribution(black_box(&mixtures), &replicate, &alive));
    });
}

fn of_a_run(group: &mut BenchmarkGroup<'_, WallTime>) {
    let mut made = None;
    group.throughput(Throughput::Elements(RUN_DRAWS)).sampling_mode(SamplingMode::Flat).sample_size(10);
    group.bench_function("findings", |bencher| {
        // A run of seconds: not where this is filtered out.
        let (compiled, results) = made.get_or_insert_with(|| {
            let compiled = compile(&shipped("north-america-2025"), RUN_DRAWS);
            let cancel = AtomicBool::new(false);
            let control = Control { threads: None, isa: Isa::detect(), cancel: &cancel, progress: &|_| {}, enough: None, keep: None };
            let results = run(&compiled.plan, control).unwrap_or_else(|error| panic!("{error}"));
            (compiled, results)
        });
        bencher.iter(|| Findings::new(&compiled.scenario, &compiled.baseline, &compiled.plan, black_box(results)).summaries.len());
    });
}

fn statistics(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("statistics");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    of_one_outcome(&mut group);
    of_drivers(&mut group);
    of_attribution(&mut group);
    of_a_run(&mut group);
    group.finish();
}

criterion_group!(benches, statistics);
criterion_main!(benches);
