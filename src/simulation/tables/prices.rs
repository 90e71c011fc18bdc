//! `prices.csv`: producer (p̂), consumer (P̂) and import (P̂^M) prices by region and sector, as ratios to the base year.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// Which price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// p̂_i of the region's own good.
    Producer,
    /// P̂_n: the sector's composite in the region.
    Consumer,
    /// P̂^M_n: its imports.
    Import,
}

/// One row; the base is one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub region: usize,
    pub sector: usize,
    pub kind: Kind,
}

/// Prices of what is made (producer), bought (consumer) and imported (import) in the base year.
#[derive(Debug, Clone, Default)]
pub struct Prices {
    pub keys: Vec<Key>,
}

impl Prices {
    pub fn compile(world: &World) -> Self {
        let mut keys = Vec::new();
        for region in 0..world.regions {
            for (sector, market) in world.markets.iter().enumerate() {
                let mut add = |kind, exists: bool| {
                    if exists {
                        keys.push(Key { region, sector, kind });
                    }
                };
                add(Kind::Producer, market.output[region] > 0.0);
                add(Kind::Consumer, market.spending[region] > 0.0);
                add(Kind::Import, market.spending[region] > 0.0 && market.home_share[region] < 1.0);
            }
        }
        Prices { keys }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        for (key, out) in self.keys.iter().zip(out) {
            let equilibrium = state.equilibrium(key.sector);
            let price = match key.kind {
                Kind::Producer => equilibrium.producer[key.region],
                Kind::Consumer => equilibrium.log_consumer[key.region].exp(),
                Kind::Import => equilibrium.log_import[key.region].exp(),
            };
            *out = price - R::one();
        }
    }
}
