//! How fast uncertain numbers are drawn: uniform numbers by sampler, values by family, and numbers that go together. One element is one number.
//!
//! With the uniform numbers it prints how the error of a mean falls with the number of draws, by sampler.

mod common;

use common::draws::Sampling;
use common::seen::{Seen, exponent};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tradewind::simulation::chunk::CHUNK;
use tradewind::uncertainty::{Copula, Dependence, Design, Distribution, Number, Pair, Parameters, Sampler, Uncertain};

/// The root mean square error of the mean of a smooth function of five numbers that act together, e^(Σ u_d/d) with its mean Π d(e^(1/d) − 1), over seeds; and the
/// slope of its logarithm on that of the draws by least squares.
fn error_against_draws() {
    const SEEDS: u64 = 20;
    let paths = ["demand", "domestic", "import", "route", "supply"].map(|kind| format!("elasticities.{kind}.steel"));
    let exact: f64 = (1..=5).map(|d| f64::from(d) * (1.0 / f64::from(d)).exp_m1()).product();
    let sizes: Vec<usize> = (8..=16).map(|power| 1 << power).collect();
    println!("error of a mean against draws, {SEEDS} seeds");
    println!("{:>16} {} {:>7}", "draws", sizes.iter().map(|n| format!("{n:>9}")).collect::<String>(), "slope");
    for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
        let mut columns = [const { Vec::new() }; 5];
        let error = |draws: &usize| {
            let square = |seed| {
                let design = Design::new(sampler, seed, *draws as u64, paths.iter().map(String::as_str));
                for (d, column) in columns.iter_mut().enumerate() {
                    column.resize(*draws, 0.0);
                    design.fill(d, 0, column);
                }
                let value = |k: usize| columns.iter().enumerate().map(|(d, column)| column[k] / (d as f64 + 1.0)).sum::<f64>().exp();
                let mean = (0..*draws).map(value).sum::<f64>() / *draws as f64;
                (mean - exact) * (mean - exact) / SEEDS as f64
            };
            (0..SEEDS).map(square).sum::<f64>().sqrt()
        };
        let errors: Vec<f64> = sizes.iter().map(error).collect();
        let points: Vec<(f64, f64)> = sizes.iter().zip(&errors).map(|(n, error)| (*n as f64, *error)).collect();
        let slope = exponent(&points);
        println!("{:>16} {} {slope:>7.2}", sampler.word(), errors.iter().map(|error| format!("{error:>9.1e}")).collect::<String>());
    }
}

fn uniforms(group: &mut BenchmarkGroup<'_, WallTime>) {
    let mut seen = Seen::default();
    group.throughput(Throughput::Elements(CHUNK as u64));
    // A first dimension and a later one: the first needs no table.
    let paths = ["elasticities.demand.steel", "elasticities.supply.steel"];
    for (name, sampler, parameter) in [
        ("sobol, first", Sampler::Sobol, 0),
        ("sobol, fifth", Sampler::Sobol, 1),
        ("latin hypercube", Sampler::LatinHypercube, 0),
        ("random", Sampler::Random, 0),
    ] {
        let design = Design::new(sampler, 1, 1 << 20, paths);
        let mut out = [0.0; CHUNK];
        let mut first = 0;
        group.bench_function(BenchmarkId::new("uniforms", name), |bencher| {
            bencher.iter_custom(|rounds| {
                let clock = Instant::now();
                for _ in 0..rounds {
                    design.fill(parameter, first, black_box(&mut out));
                    first += CHUNK as u64;
                }
                seen.note(name, rounds, clock.elapsed())
            });
        });
    }
    if !seen.is_empty() {
        error_against_draws();
    }
}

/// The quantile function of each family at Sobol' points, in lanes.
fn values(group: &mut BenchmarkGroup<'_, WallTime>) {
    group.throughput(Throughput::Elements(CHUNK as u64));
    let families = [
        ("normal", Distribution::normal(5.0, 1.0)),
        ("lognormal", Distribution::lognormal(5.0, 1.0)),
        ("truncated normal", Distribution::normal(5.0, 1.0).and_then(|inner| Distribution::truncated(inner, Some(1.5), None))),
        ("uniform", Distribution::uniform(0.0, 1.0)),
        ("triangular", Distribution::triangular(0.0, 0.2, 1.0)),
        ("pert", Distribution::pert(0.0, 0.2, 1.0, 4.0)),
        ("gamma", Distribution::gamma_from_moments(5.0, 2.0)),
        ("student-t", Distribution::student_t(5.0, 1.0, 5.0)),
        ("discrete", Distribution::discrete(vec![0.1, 0.25, 0.5], vec![0.2, 0.3, 0.5])),
        (
            "mixture",
            Distribution::normal(5.0, 1.0).and_then(|a| Distribution::mixture(vec![(0.5, a), (0.5, Distribution::lognormal(3.0, 1.0)?)])),
        ),
    ];
    for (name, distribution) in families {
        let distribution = distribution.unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        let mut parameters = Parameters::new();
        parameters.value(&Number::Uncertain(Box::new(Uncertain { path: "elasticities.import.steel".into(), distribution })));
        let mut sampling = Sampling::new(&parameters, parameters.design(Sampler::Sobol, 1, 1 << 20));
        group.bench_function(BenchmarkId::new("values", name), |bencher| bencher.iter(|| black_box(sampling.draw()).len()));
    }
}

/// Twenty numbers, each correlated with the next.
fn correlated(group: &mut BenchmarkGroup<'_, WallTime>) {
    const NUMBERS: usize = 20;
    group.throughput(Throughput::Elements((NUMBERS * CHUNK) as u64));
    for (name, copula) in [("none", None), ("gaussian", Some(Copula::Gaussian)), ("student-t", Some(Copula::StudentT { df: 4.0 }))] {
        let mut parameters = Parameters::new();
        for k in 0..NUMBERS {
            let distribution = Distribution::normal(5.0, 1.0).unwrap_or_else(|wrong| panic!("{wrong:?}"));
            parameters.value(&Number::Uncertain(Box::new(Uncertain { path: format!("elasticities.import.s{k:02}"), distribution })));
        }
        let pairs: Vec<Pair> = (1..NUMBERS).map(|second| Pair { first: second - 1, second, spearman: 0.4 }).collect();
        if let Some(copula) = copula {
            let (dependence, _) =
                Dependence::compile(&parameters, copula, &pairs, false).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
            parameters.correlate(dependence);
        }
        let mut sampling = Sampling::new(&parameters, parameters.design(Sampler::Sobol, 1, 1 << 20));
        group.bench_function(BenchmarkId::new("correlated normals", name), |bencher| bencher.iter(|| black_box(sampling.draw()).len()));
    }
}

fn sampling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sampling");
    group.warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    uniforms(&mut group);
    values(&mut group);
    correlated(&mut group);
    group.finish();
}

criterion_group!(benches, sampling);
criterion_main!(benches);
