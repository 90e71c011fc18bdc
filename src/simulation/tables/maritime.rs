//! `maritime_shift.csv`: how trade comes to the sea on pairs where the sea competes with a land bridge; customs value, US$ million a year.

use super::flows::routes_of;
use crate::baseline::Mode;
use crate::model::maritime;
use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// Which part of the shift, in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    Volume,
    Route,
    Joint,
    Total,
}

pub const COMPONENTS: [Component; 4] = [Component::Volume, Component::Route, Component::Joint, Component::Total];

/// One row; the base is zero. `sector: None` is the sum over sectors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub exporter: usize,
    pub importer: usize,
    pub sector: Option<usize>,
    pub component: Component,
}

/// Pair by pair: the components of every sector, then of the sum.
#[derive(Debug, Clone, Default)]
pub struct Maritime {
    pub keys: Vec<Key>,
    pairs: Vec<(usize, usize)>,
    /// Pair by pair: the sea routes of every sector among all routes; `None` where the pair does not trade.
    by_sea: Vec<Option<Vec<usize>>>,
}

impl Maritime {
    pub fn compile(world: &World) -> Self {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for corridor in &world.network.corridors {
            let by_sea = corridor.routes.iter().any(|route| route.mode == Mode::Sea);
            if corridor.crosses && by_sea && !pairs.contains(&(corridor.exporter, corridor.importer)) {
                pairs.push((corridor.exporter, corridor.importer));
            }
        }
        let sectors = || (0..world.sectors).map(Some).chain([None]);
        let keys = pairs
            .iter()
            .flat_map(|&(exporter, importer)| {
                sectors().flat_map(move |sector| COMPONENTS.map(|component| Key { exporter, importer, sector, component }))
            })
            .collect();
        let by_sea = pairs
            .iter()
            .flat_map(|&(exporter, importer)| (0..world.sectors).map(move |sector| world.corridor(sector, exporter, importer)))
            .map(|corridor| corridor.map(|corridor| routes_of(world, corridor, Mode::Sea)))
            .collect();
        Maritime { keys, pairs, by_sea }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        let world = state.world;
        let rows = COMPONENTS.len();
        let per_pair = (world.sectors + 1) * rows;
        for (pair, &(exporter, importer)) in self.pairs.iter().enumerate() {
            let out = &mut out[pair * per_pair..(pair + 1) * per_pair];
            let mut total = [R::zero(); 4];
            for sector in 0..world.sectors {
                let parts = match &self.by_sea[pair * world.sectors + sector] {
                    Some(routes) => {
                        let (before, after) = state.share_of(routes);
                        let value = state.base_value(sector, exporter, importer);
                        let shift = maritime::shift(value, state.value(sector, exporter, importer), before, after);
                        [shift.volume, shift.route, shift.joint, shift.total]
                    }
                    None => [R::zero(); 4],
                };
                for (part, value) in parts.into_iter().enumerate() {
                    out[sector * rows + part] = value;
                    total[part] = total[part] + value;
                }
            }
            out[world.sectors * rows..].copy_from_slice(&total);
        }
    }
}
