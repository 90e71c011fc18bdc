//! The engine on an economy: eight draws at once, sector by sector, in one thread, from the base year's prices.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tradewind::model::equilibrium::Wedge;
use tradewind::model::partial::{self, Workspace};
use tradewind::model::{Elasticities, Equilibrium, Market, Shock};
use tradewind::numerics::{Kernel, LANES, Real};

use crate::economy::{Economy, Sector};

/// What all programs must agree on, for every sector and draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// p̂_i, sectors × draws × regions.
    pub producer: Vec<f64>,
    /// P̂_n, likewise.
    pub consumer: Vec<f64>,
    /// V̂_in, sectors × draws × exporters × importers.
    pub value: Vec<f64>,
}

/// Column `column` of eight rows of a draws × `columns` matrix.
#[inline(always)]
fn eight<R: Real>(matrix: &[f64], columns: usize, first: usize, column: usize) -> R {
    let lanes: [f64; LANES] = std::array::from_fn(|lane| matrix[(first + lane) * columns + column]);
    R::load(&lanes)
}

/// The draws of one sector, eight at a time, one batch behind the other in memory: η, σ_D and ε by region, σ_M by class, ln τ̂ by moved cell.
///
/// As in a run, they are set into elasticities and a shock that are reused from solve to solve, and the clock runs on that too.
struct Draws<R> {
    numbers: Vec<R>,
    /// Numbers of a batch.
    batch: usize,
    elasticities: Elasticities<R>,
    shock: Shock<R>,
}

impl<R: Real> Draws<R> {
    #[inline(always)]
    fn new(sector: &Sector, draws: usize) -> Self {
        let (n, cells, imports) = (sector.market.regions, sector.cells.len(), sector.import.len() / draws);
        let batch = 3 * n + imports + cells;
        let mut numbers = Vec::with_capacity(draws / LANES * batch);
        for first in (0..draws).step_by(LANES) {
            for (matrix, columns) in
                [(&sector.demand, n), (&sector.domestic, n), (&sector.supply, n), (&sector.import, imports), (&sector.wedge, cells)]
            {
                for column in 0..columns {
                    numbers.push(eight(matrix, columns, first, column));
                }
            }
        }
        let class = if imports == 1 { vec![0; n] } else { (0..n).collect() };
        let wedges = sector.cells.iter().map(|&(exporter, importer)| Wedge { exporter, importer, log: R::zero() }).collect();
        Draws { numbers, batch, elasticities: Elasticities::new(class), shock: Shock { wedges } }
    }

    /// How many batches there are.
    fn batches(&self) -> usize {
        self.numbers.len() / self.batch
    }

    /// Solves one batch from the base year's prices. All lanes must have an equilibrium: a comparison of times is none where one program gives up.
    #[inline(always)]
    fn solve(&mut self, index: usize, market: &Market<R>, equilibrium: &mut Equilibrium<R>, work: &mut Workspace<R>) {
        let n = market.regions;
        let numbers = &self.numbers[index * self.batch..(index + 1) * self.batch];
        let (demand, numbers) = numbers.split_at(n);
        let (domestic, numbers) = numbers.split_at(n);
        let (supply, numbers) = numbers.split_at(n);
        let (import, logs) = numbers.split_at(self.elasticities.class_market.len());
        for m in 0..n {
            self.elasticities.set_market(m, demand[m], domestic[m], import[self.elasticities.import_class[m]]);
            self.elasticities.set_supply(m, supply[m]);
        }
        for (wedge, &log) in self.shock.wedges.iter_mut().zip(logs) {
            wedge.log = log;
        }
        equilibrium.log_producer.fill(R::zero());
        let solved = partial::solve(market, &self.shock, &self.elasticities, equilibrium, work);
        assert_eq!(solved.converged, (1 << LANES) - 1, "a draw has no equilibrium");
    }
}

/// All answers to an economy.
pub struct Answers<'a>(pub &'a Economy);

impl Kernel for Answers<'_> {
    type Output = Answer;
    #[inline(always)]
    fn run<R: Real>(self) -> Answer {
        let shape = self.0.shape;
        let n = shape.regions;
        let (mut work, mut equilibrium) = (Workspace::new(n), Equilibrium::baseline(n));
        let mut answer = Answer::default();
        for sector in &self.0.sectors {
            let market = sector.market.in_lanes::<R>();
            let mut draws = Draws::new(sector, shape.draws);
            for batch in 0..draws.batches() {
                draws.solve(batch, &market, &mut equilibrium, &mut work);
                for lane in 0..LANES {
                    for i in 0..n {
                        answer.producer.push(equilibrium.producer[i].lane(lane));
                        answer.consumer.push(equilibrium.log_consumer[i].exp().lane(lane));
                    }
                    for cell in 0..n * n {
                        answer.value.push(equilibrium.value[cell].lane(lane));
                    }
                }
            }
        }
        answer
    }
}

/// The time of the best pass over all sectors and draws of an economy, after one that warms up. The clock runs on the solves alone:
/// draws lie in memory as the solver takes them, answers are left where it puts them, for the next batch to overwrite.
pub struct Passes<'a> {
    pub economy: &'a Economy,
    pub passes: usize,
}

impl Kernel for Passes<'_> {
    type Output = Duration;
    #[inline(always)]
    fn run<R: Real>(self) -> Duration {
        let shape = self.economy.shape;
        let (mut work, mut equilibrium) = (Workspace::new(shape.regions), Equilibrium::baseline(shape.regions));
        let mut sectors = Vec::new();
        for sector in &self.economy.sectors {
            sectors.push((sector.market.in_lanes::<R>(), Draws::new(sector, shape.draws)));
        }
        let mut best = Duration::MAX;
        for pass in 0..=self.passes {
            let clock = Instant::now();
            for (market, draws) in black_box(&mut sectors) {
                for batch in 0..draws.batches() {
                    draws.solve(batch, market, &mut equilibrium, &mut work);
                    black_box(&equilibrium);
                }
            }
            if pass > 0 {
                best = best.min(clock.elapsed());
            }
        }
        best
    }
}
