//! `diversion.csv`: where an exporter's goods go instead, by market, at home, and not made; volume at base-year prices, US$ million a year.

use crate::model::diversion;
use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// One row; the base is zero. `sector: None` is the sum over sectors, `destination: None` what is not made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub exporter: usize,
    pub sector: Option<usize>,
    pub destination: Option<usize>,
}

/// Exporter by exporter: every sector's markets and not made, then the sums.
#[derive(Debug, Clone, Default)]
pub struct Diversion {
    pub keys: Vec<Key>,
}

impl Diversion {
    pub fn compile(world: &World) -> Self {
        let sectors = || (0..world.sectors).map(Some).chain([None]);
        let destinations = || (0..world.regions).map(Some).chain([None]);
        let keys = (0..world.regions)
            .flat_map(|exporter| {
                sectors().flat_map(move |sector| destinations().map(move |destination| Key { exporter, sector, destination }))
            })
            .collect();
        Diversion { keys }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        let world = state.world;
        let row = world.regions + 1;
        let per_exporter = (world.sectors + 1) * row;
        for exporter in 0..world.regions {
            let out = &mut out[exporter * per_exporter..(exporter + 1) * per_exporter];
            let (by_sector, total) = out.split_at_mut(world.sectors * row);
            for sum in total.iter_mut() {
                *sum = R::zero();
            }
            for sector in 0..world.sectors {
                let cells = &mut by_sector[sector * row..(sector + 1) * row];
                let not_made = diversion::of_exporter(state.market(sector), state.equilibrium(sector), exporter, cells);
                cells[world.regions] = not_made;
                for (sum, cell) in total.iter_mut().zip(cells.iter()) {
                    *sum = *sum + *cell;
                }
            }
        }
    }
}
