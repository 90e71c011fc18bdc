//! One sector in nested CES, made up: batches of eight draws with other elasticities and other tariffs in each, solved over and over.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tradewind::model::equilibrium::Wedge;
use tradewind::model::partial::{self, Workspace};
use tradewind::model::{Elasticities, Equilibrium, Market, Shock};
use tradewind::numerics::{Kernel, LANES, Real};

/// Batches in a round: enough that no branch predictor learns them by heart, few enough for the second-level cache at eight regions.
const BATCHES: usize = 32;
/// Equilibria in a round.
pub const EQUILIBRIA: usize = BATCHES * LANES;

#[derive(Clone, Copy, PartialEq)]
pub enum Start {
    /// At the base year's prices.
    Cold,
    /// At the solution for four fifths of the tariffs, as a period starts at the one before it.
    Warm,
}

/// A sector with home bias and trade falling off with distance, as the baseline's sectors have.
pub fn market(regions: usize) -> Market {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let size: Vec<f64> = (0..regions).map(|_| rng.random_range(1.0..20.0)).collect();
    let mut value = vec![0.0; regions * regions];
    for i in 0..regions {
        for n in 0..regions {
            let near = if i == n { 10.0 } else { 1.0 / (1 + i.abs_diff(n)) as f64 };
            value[i * regions + n] = near * size[i] * size[n] * rng.random_range(0.5..1.5);
        }
    }
    let tariff = (0..regions * regions).map(|cell| if cell / regions == cell % regions { 0.0 } else { 0.03 }).collect();
    Market::new(regions, value, tariff, &vec![0.05; regions * regions])
}

/// Eight draws of elasticities and tariffs, and the prices to start from.
struct Batch<R> {
    elasticities: Elasticities<R>,
    shock: Shock<R>,
    start: Vec<R>,
}

fn lanes<R: Real>(rng: &mut ChaCha8Rng, low: f64, high: f64) -> R {
    let drawn: [f64; LANES] = std::array::from_fn(|_| rng.random_range(low..high));
    R::load(&drawn)
}

/// One market raises tariffs of 10% to 50% on everybody, a second answers it.
#[inline(always)]
fn batches<R: Real>(market: &Market<R>, start: Start) -> Vec<Batch<R>> {
    let n = market.regions;
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut work = Workspace::new(n);
    let mut batches = Vec::with_capacity(BATCHES);
    for _ in 0..BATCHES {
        let mut elasticities = Elasticities::new(vec![0; n]);
        let (demand, domestic) = (lanes::<R>(&mut rng, 0.5, 1.2), lanes(&mut rng, 1.5, 4.0));
        let import = domestic * lanes(&mut rng, 1.5, 2.5);
        for region in 0..n {
            elasticities.set_market(region, demand, domestic, import);
            elasticities.set_supply(region, lanes(&mut rng, 0.5, 5.0));
        }
        let mut wedges: Vec<Wedge<R>> =
            (1..n).map(|exporter| Wedge { exporter, importer: 0, log: (R::one() + lanes(&mut rng, 0.1, 0.5)).ln() }).collect();
        wedges.push(Wedge { exporter: 0, importer: 1, log: (R::one() + lanes(&mut rng, 0.1, 0.25)).ln() });
        let mut equilibrium = Equilibrium::baseline(n);
        if start == Start::Warm {
            let most = wedges.iter().map(|w| Wedge { log: w.log * R::splat(0.8), ..*w }).collect();
            partial::solve(market, &Shock { wedges: most }, &elasticities, &mut equilibrium, &mut work);
        }
        batches.push(Batch { elasticities, shock: Shock { wedges }, start: equilibrium.log_producer });
    }
    batches
}

/// Solves all batches `rounds` times over; gives the time that took, without the making of the batches.
pub struct Solve<'a> {
    pub market: &'a Market,
    pub start: Start,
    pub rounds: u64,
}

impl Kernel for Solve<'_> {
    type Output = Duration;

    #[inline(always)]
    fn run<R: Real>(self) -> Duration {
        let market = self.market.in_lanes::<R>();
        let batches = batches(&market, self.start);
        let mut work = Workspace::new(self.market.regions);
        let mut equilibrium = Equilibrium::baseline(self.market.regions);
        let clock = Instant::now();
        for _ in 0..self.rounds {
            for batch in black_box(&batches) {
                equilibrium.log_producer.copy_from_slice(&batch.start);
                let solved = partial::solve(&market, &batch.shock, &batch.elasticities, &mut equilibrium, &mut work);
                assert_eq!(black_box(solved).converged, (1 << LANES) - 1);
            }
        }
        clock.elapsed()
    }
}
