//! How fast uncertain numbers are drawn: uniform numbers by sampler, and values by family. One element is one number.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use tradewind::numerics::{Isa, Kernel, Real, dispatch};
use tradewind::uncertainty::{Design, Distribution, Number, Parameters, Sampler, Uncertain};

const DRAWS: usize = 256;

/// Values of one parameter, as the engine draws them: in lanes, on the fastest instruction set of the machine.
struct Draw<'a> {
    parameters: &'a Parameters,
    design: &'a Design,
    first: u64,
    out: &'a mut [f64],
}

impl Kernel for Draw<'_> {
    type Output = ();

    #[inline(always)]
    fn run<R: Real>(self) {
        self.parameters.values::<R>(self.design, self.first, DRAWS, self.out);
    }
}

fn uniforms(c: &mut Criterion) {
    let mut group = c.benchmark_group("uniforms");
    group.throughput(Throughput::Elements(DRAWS as u64));
    // A first dimension and a later one: the first needs no table.
    let paths = ["elasticities.demand.steel", "elasticities.supply.steel"];
    for (name, sampler, parameter) in
        [("sobol, first", Sampler::Sobol, 0), ("sobol, fifth", Sampler::Sobol, 1), ("random", Sampler::Random, 0)]
    {
        let design = Design::new(sampler, 1, 1 << 20, paths);
        let mut out = [0.0; DRAWS];
        let mut first = 0;
        group.bench_function(name, |b| {
            b.iter(|| {
                design.fill(parameter, first, black_box(&mut out));
                first += DRAWS as u64;
            });
        });
    }
    group.finish();
}

fn values(c: &mut Criterion) {
    let isa = Isa::detect();
    let mut group = c.benchmark_group(format!("values, {}", isa.name()));
    group.throughput(Throughput::Elements(DRAWS as u64));
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
        let Ok(distribution) = distribution else { continue };
        let mut parameters = Parameters::new();
        parameters.value(&Number::Uncertain(Box::new(Uncertain { path: "elasticities.import.steel".into(), distribution })));
        let design = parameters.design(Sampler::Sobol, 1, 1 << 20);
        let mut out = [0.0; DRAWS];
        let mut first = 0;
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| {
                dispatch(isa, Draw { parameters: &parameters, design: &design, first, out: black_box(&mut out) });
                first += DRAWS as u64;
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = uniforms, values
}
criterion_main!(benches);
