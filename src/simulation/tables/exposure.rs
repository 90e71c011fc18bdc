//! `exposure.csv`: how exposed an exporter's trade is to the measures of a market: the share that pays one, the duty that they add, and what may be lost.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// What is measured, in the order of the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Share of base-year trade that pays a measure.
    ShareExposed,
    /// Duty that the measures add, ad valorem, weighted by base-year trade.
    WeightedRate,
    /// V − V′: exports lost, US$ million a year; trade at risk and expected shortfall are read off its distribution.
    Loss,
}

pub const MEASURES: [Measure; 3] = [Measure::ShareExposed, Measure::WeightedRate, Measure::Loss];

/// One cell; the base is zero. `sector: None` is all sectors together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub exporter: usize,
    pub importer: usize,
    pub sector: Option<usize>,
    pub measure: Measure,
}

/// Pairs that any measure bears on: the cells of every sector, then of all together.
#[derive(Debug, Clone, Default)]
pub struct Exposure {
    pub keys: Vec<Key>,
    pairs: Vec<(usize, usize)>,
}

impl Exposure {
    /// `also`: pairs told in any case.
    pub fn compile(world: &World, also: &[(usize, usize)]) -> Self {
        let mut pairs = world.exposed_pairs();
        pairs.extend(also.iter().filter(|pair| !pairs.contains(pair)).copied().collect::<Vec<_>>());
        pairs.sort_by_key(|&(exporter, importer)| (importer, exporter));
        pairs.dedup();
        let sectors = || (0..world.sectors).map(Some).chain([None]);
        let keys = pairs
            .iter()
            .flat_map(|&(exporter, importer)| {
                sectors().flat_map(move |sector| MEASURES.map(|measure| Key { exporter, importer, sector, measure }))
            })
            .collect();
        Exposure { keys, pairs }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        let world = state.world;
        let rows = MEASURES.len();
        let per_pair = (world.sectors + 1) * rows;
        for (pair, &(exporter, importer)) in self.pairs.iter().enumerate() {
            let out = &mut out[pair * per_pair..(pair + 1) * per_pair];
            let (mut exposed, mut duty, mut loss, mut trade) = (R::zero(), R::zero(), R::zero(), R::zero());
            for sector in 0..world.sectors {
                let value = state.base_value(sector, exporter, importer);
                let lost = value - state.value(sector, exporter, importer);
                let (share, added) = match world.touched_on(sector, exporter, importer) {
                    Some(t) => {
                        let base = world.markets[sector].tariff[exporter * world.regions + importer];
                        (state.exposed(t), state.tariff(t) - R::splat(base))
                    }
                    None => (R::zero(), R::zero()),
                };
                let cells = [share, added, lost];
                out[sector * rows..(sector + 1) * rows].copy_from_slice(&cells);
                exposed = value.mul_add(share, exposed);
                duty = value.mul_add(added, duty);
                loss = loss + lost;
                trade = trade + value;
            }
            let per_trade = R::select(R::zero().lt(trade), R::one() / trade, R::zero());
            out[world.sectors * rows..].copy_from_slice(&[exposed * per_trade, duty * per_trade, loss]);
        }
    }
}
