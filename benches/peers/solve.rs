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

/// Eight draws of one sector, as the solver takes them.
struct Batch<R> {
    elasticities: Elasticities<R>,
    shock: Shock<R>,
}

/// Column `column` of eight rows of a draws × `columns` matrix.
#[inline(always)]
fn eight<R: Real>(matrix: &[f64], columns: usize, first: usize, column: usize) -> R {
    let lanes: [f64; LANES] = std::array::from_fn(|lane| matrix[(first + lane) * columns + column]);
    R::load(&lanes)
}

#[inline(always)]
fn batches<R: Real>(sector: &Sector, draws: usize) -> Vec<Batch<R>> {
    let n = sector.market.regions;
    let imports = sector.import.len() / draws;
    let class = if imports == 1 { vec![0; n] } else { (0..n).collect() };
    let mut batches = Vec::with_capacity(draws / LANES);
    for first in (0..draws).step_by(LANES) {
        let mut elasticities = Elasticities::new(class.clone());
        for (m, &class) in class.iter().enumerate() {
            let import = eight(&sector.import, imports, first, class);
            elasticities.set_market(m, eight(&sector.demand, n, first, m), eight(&sector.domestic, n, first, m), import);
            elasticities.set_supply(m, eight(&sector.supply, n, first, m));
        }
        let mut wedges = Vec::with_capacity(sector.cells.len());
        for (at, &(exporter, importer)) in sector.cells.iter().enumerate() {
            wedges.push(Wedge { exporter, importer, log: eight(&sector.wedge, sector.cells.len(), first, at) });
        }
        batches.push(Batch { elasticities, shock: Shock { wedges } });
    }
    batches
}

/// Solves one batch from the base year's prices. All lanes must have an equilibrium: a comparison of times is none where one program gives up.
#[inline(always)]
fn solve<R: Real>(market: &Market<R>, batch: &Batch<R>, equilibrium: &mut Equilibrium<R>, work: &mut Workspace<R>) {
    equilibrium.log_producer.fill(R::zero());
    let solved = partial::solve(market, &batch.shock, &batch.elasticities, equilibrium, work);
    assert_eq!(solved.converged, (1 << LANES) - 1, "a draw has no equilibrium");
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
            for batch in batches(sector, shape.draws) {
                solve(&market, &batch, &mut equilibrium, &mut work);
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
            sectors.push((sector.market.in_lanes::<R>(), batches(sector, shape.draws)));
        }
        let mut best = Duration::MAX;
        for pass in 0..=self.passes {
            let clock = Instant::now();
            for (market, batches) in black_box(&sectors) {
                for batch in batches {
                    solve(market, batch, &mut equilibrium, &mut work);
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
