//! What is counted: the kernels, an equilibrium, a sampled number, a draw.

use super::common::draws::{Sampling, compile, shipped};
use super::common::kernels::{Function, Map, VALUES};
use super::common::sectors::{EQUILIBRIA, Solve, Start, market};
use std::hint::black_box;
use tradewind::numerics::{Isa, dispatch};
use tradewind::simulation::run;

/// A piece of the hot path.
pub struct Piece {
    pub name: &'static str,
    /// Fewer and more; enough between them that what is not work is lost in it.
    pub rounds: [u64; 2],
    /// Works so many rounds: units of work done.
    pub run: fn(u64) -> u64,
}

pub const PIECES: [Piece; 7] = [
    Piece { name: "exp, a value", rounds: [10, 1010], run: |rounds| values(Function::Exp, rounds) },
    Piece { name: "ln, a value", rounds: [10, 1010], run: |rounds| values(Function::Ln, rounds) },
    Piece { name: "equilibrium of 8 regions, cold", rounds: [1, 21], run: |rounds| equilibria(Start::Cold, rounds) },
    Piece { name: "equilibrium of 8 regions, warm", rounds: [1, 21], run: |rounds| equilibria(Start::Warm, rounds) },
    Piece { name: "sampled number of north-america-2025", rounds: [0, 4], run: |rounds| numbers("north-america-2025", rounds) },
    Piece { name: "draw of north-america-2025", rounds: [0, 1], run: |rounds| draws("north-america-2025", rounds) },
    Piece { name: "draw of usmca-review-2026", rounds: [0, 1], run: |rounds| draws("usmca-review-2026", rounds) },
];

/// More than any run has: chunks that come late keep nothing for quantiles, as nearly all chunks of a long run.
const DRAWS: u64 = 1 << 30;
const LATE: u64 = 1000;

fn values(function: Function, rounds: u64) -> u64 {
    let (from, mut to) = (function.arguments(), vec![0.0; VALUES]);
    for _ in 0..rounds {
        dispatch(Isa::detect(), Map { function, from: black_box(&from), to: black_box(&mut to) });
    }
    rounds * VALUES as u64
}

fn equilibria(start: Start, rounds: u64) -> u64 {
    dispatch(Isa::detect(), Solve { market: &market(8), start, rounds });
    rounds * EQUILIBRIA as u64
}

fn numbers(scenario: &str, rounds: u64) -> u64 {
    let plan = compile(&shipped(scenario), DRAWS).plan;
    let mut sampling = Sampling::new(&plan.world.parameters, plan.design());
    (0..rounds).map(|_| black_box(sampling.draw()).len() as u64).sum()
}

fn draws(scenario: &str, rounds: u64) -> u64 {
    let plan = compile(&shipped(scenario), DRAWS).plan;
    let design = plan.design();
    (LATE..LATE + rounds).map(|index| black_box(run::one(&plan, &design, index, Isa::detect())).count as u64).sum::<u64>()
}
