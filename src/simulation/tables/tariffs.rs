//! `tariffs.csv`: effective ad-valorem tariffs by market, exporter and sector, base included, as fractions.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// One row and its base-year tariff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    pub base: f64,
    /// Index into [`World::touched`]; `None` where no measure ever bears on it.
    touched: Option<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Tariffs {
    pub keys: Vec<Key>,
}

impl Tariffs {
    pub fn compile(world: &World) -> Self {
        let mut keys = Vec::new();
        for importer in 0..world.regions {
            for exporter in (0..world.regions).filter(|&exporter| exporter != importer) {
                for sector in 0..world.sectors {
                    let touched = world.touched_on(sector, exporter, importer);
                    let base = world.markets[sector].tariff[exporter * world.regions + importer];
                    keys.push(Key { sector, exporter, importer, base, touched });
                }
            }
        }
        Tariffs { keys }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        for (key, out) in self.keys.iter().zip(out) {
            *out = match key.touched {
                Some(touched) => state.tariff(touched) - R::splat(key.base),
                None => R::zero(),
            };
        }
    }
}
