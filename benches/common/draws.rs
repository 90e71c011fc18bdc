//! Uncertain numbers as the engine draws them, a chunk at a time, and scenarios ready to be drawn.

use std::path::{Path, PathBuf};
use tradewind::baseline::{self, Baseline};
use tradewind::numerics::{Isa, Kernel, Real, dispatch};
use tradewind::scenario::{self, Scenario};
use tradewind::simulation::Plan;
use tradewind::simulation::chunk::CHUNK;
use tradewind::uncertainty::{Design, Parameters};

/// A scenario on its baseline, and the plan to run it.
pub struct Compiled {
    pub scenario: Scenario,
    pub baseline: Baseline,
    pub plan: Plan,
}

/// Reads and compiles the scenario at `path`, to be run with `draws` draws.
pub fn compile(path: &Path, draws: u64) -> Compiled {
    let document = scenario::open(path).unwrap_or_else(|found| panic!("{found}"));
    let (baseline, _) = baseline::read(document.baseline_folder()).unwrap_or_else(|found| panic!("{found}"));
    let (mut scenario, _) = document.resolve(&baseline).unwrap_or_else(|found| panic!("{found}"));
    scenario.simulation.draws = draws;
    let plan = Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"));
    Compiled { scenario, baseline, plan }
}

/// A scenario of this repository.
pub fn shipped(stem: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios")).join(stem).with_extension("toml")
}

/// Draws chunk after chunk of all parameters.
pub struct Sampling<'a> {
    parameters: &'a Parameters,
    design: Design,
    isa: Isa,
    first: u64,
    out: Vec<f64>,
}

impl<'a> Sampling<'a> {
    pub fn new(parameters: &'a Parameters, design: Design) -> Self {
        Sampling { parameters, design, isa: Isa::detect(), first: 0, out: vec![0.0; CHUNK * parameters.len()] }
    }

    /// The next [`CHUNK`] draws.
    pub fn draw(&mut self) -> &[f64] {
        dispatch(self.isa, Draw { parameters: self.parameters, design: &self.design, first: self.first, out: &mut self.out });
        self.first += CHUNK as u64;
        &self.out
    }
}

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
        self.parameters.values::<R>(self.design, self.first, CHUNK, self.out);
    }
}
