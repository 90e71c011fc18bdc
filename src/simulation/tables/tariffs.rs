//! `tariffs.csv`: effective ad-valorem tariffs by market, exporter and sector, base included, as fractions.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::plan::Plan;

/// One row and its base-year tariff.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    pub base: f64,
    /// Index into [`Plan::touched`]; `None` where no measure ever bears on it.
    touched: Option<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Tariffs {
    pub keys: Vec<Key>,
}

impl Tariffs {
    pub fn compile(plan: &Plan) -> Self {
        let mut keys = Vec::new();
        for importer in 0..plan.regions {
            for exporter in (0..plan.regions).filter(|&exporter| exporter != importer) {
                for sector in 0..plan.sectors {
                    let touched = plan.touched_on(sector, exporter, importer);
                    let base = plan.markets[sector].tariff[exporter * plan.regions + importer];
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
