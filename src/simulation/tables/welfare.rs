//! `welfare.csv`: changes in consumers' surplus, producers' surplus and tariff revenue, and their sum, by region and sector, US$ million a year.

use crate::model::welfare::tariff_revenue;
use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// Which part of welfare, in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    ConsumerSurplus,
    ProducerSurplus,
    TariffRevenue,
    Net,
}

pub const COMPONENTS: [Component; 4] = [Component::ConsumerSurplus, Component::ProducerSurplus, Component::TariffRevenue, Component::Net];

/// One row; the base is zero. `sector: None` is the sum over sectors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub region: usize,
    pub sector: Option<usize>,
    pub component: Component,
}

/// Region by region: the components of every sector, then of the sum.
#[derive(Debug, Clone, Default)]
pub struct Welfare {
    pub keys: Vec<Key>,
    sectors: usize,
}

impl Welfare {
    pub fn compile(world: &World) -> Self {
        let sectors = || (0..world.sectors).map(Some).chain([None]);
        let keys = (0..world.regions)
            .flat_map(|region| sectors().flat_map(move |sector| COMPONENTS.map(|component| Key { region, sector, component })))
            .collect();
        Welfare { keys, sectors: world.sectors }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        let rows = COMPONENTS.len();
        let per_region = (self.sectors + 1) * rows;
        for region in 0..state.world.regions {
            let out = &mut out[region * per_region..(region + 1) * per_region];
            let mut total = [R::zero(); 4];
            for sector in 0..self.sectors {
                let parts = of_region(state, sector, region);
                for (part, value) in parts.into_iter().enumerate() {
                    out[sector * rows + part] = value;
                    total[part] = total[part] + value;
                }
            }
            out[self.sectors * rows..].copy_from_slice(&total);
        }
    }
}

/// The components for one region and sector, in the order of [`COMPONENTS`].
#[inline(always)]
pub fn of_region<R: Real>(state: &PeriodState<'_, R>, sector: usize, region: usize) -> [R; 4] {
    let (market, elasticities, equilibrium) = (state.market(sector), state.elasticities(sector), state.equilibrium(sector));
    let closure = state.world.closure;
    let consumers = closure.consumer_surplus(market, elasticities, equilibrium, region);
    let producers = closure.producer_surplus(market, elasticities, equilibrium, region);
    let revenue = revenue_change(state, sector, region);
    [consumers, producers, revenue, consumers + producers + revenue]
}

/// Σ_i t′V′ − tV of one market and sector.
#[inline(always)]
fn revenue_change<R: Real>(state: &PeriodState<'_, R>, sector: usize, importer: usize) -> R {
    let world = state.world;
    let market = state.market(sector);
    let mut change = R::zero();
    for exporter in 0..world.regions {
        let cell = exporter * world.regions + importer;
        let base = market.tariff[cell];
        let now = match world.touched_on(sector, exporter, importer) {
            Some(touched) => state.tariff(touched),
            None if base == 0.0 => continue,
            None => R::splat(base),
        };
        change = change + tariff_revenue(base, market.value[cell], now, state.value_to_importer(sector, exporter, importer));
    }
    change
}
