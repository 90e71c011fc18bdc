//! `flows.csv`: customs value by exporter, market, sector and mode, US$ million a year. A pair with routes has a row a mode, any other one row.
//!
//! Where the base year is itself uncertain, in its values or in its split over routes, a row is the central base-year value plus the change within each draw.

use crate::baseline::Mode;
use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// One row and its base-year value; `mode: None` where the pair has no known routes, and at home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    pub mode: Option<Mode>,
    pub base: f64,
}

/// Cells with trade in the base year; what is not traded then is not traded after.
#[derive(Debug, Clone, Default)]
pub struct Flows {
    pub keys: Vec<Key>,
    /// For each row, the routes of its mode among all routes; empty where it has no mode.
    routes: Vec<Vec<usize>>,
}

impl Flows {
    pub fn compile(world: &World) -> Self {
        let (mut keys, mut by_mode) = (Vec::new(), Vec::new());
        for sector in 0..world.sectors {
            for exporter in 0..world.regions {
                for importer in 0..world.regions {
                    let value = world.value(sector, exporter, importer);
                    if value <= 0.0 {
                        continue;
                    }
                    let row = |mode, base| Key { sector, exporter, importer, mode, base };
                    match world.corridor(sector, exporter, importer) {
                        None => {
                            keys.push(row(None, value));
                            by_mode.push(Vec::new());
                        }
                        Some(corridor) => {
                            let routes = &world.network.corridors[corridor].routes;
                            for mode in modes(world, corridor) {
                                let share: f64 = routes.iter().filter(|r| r.mode == mode).map(|r| r.share).sum();
                                keys.push(row(Some(mode), value * share));
                                by_mode.push(routes_of(world, corridor, mode));
                            }
                        }
                    }
                }
            }
        }
        Flows { keys, routes: by_mode }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        for ((key, routes), out) in self.keys.iter().zip(&self.routes).zip(out) {
            let value = state.value(key.sector, key.exporter, key.importer);
            if key.mode.is_none() {
                *out = value - state.base_value(key.sector, key.exporter, key.importer);
                continue;
            }
            // Against the same draw's base year: where the split is uncertain, that is no effect of the scenario.
            let (before, now) = state.share_of(routes);
            *out = value * now - state.base_value(key.sector, key.exporter, key.importer) * before;
        }
    }
}

/// The modes of a corridor, each once.
pub fn modes(world: &World, corridor: usize) -> Vec<Mode> {
    let mut modes = Vec::new();
    for route in &world.network.corridors[corridor].routes {
        if !modes.contains(&route.mode) {
            modes.push(route.mode);
        }
    }
    modes
}

/// The routes of one mode in a corridor, as places among all routes ([`World::route_offsets`]).
pub fn routes_of(world: &World, corridor: usize, mode: Mode) -> Vec<usize> {
    let routes = world.network.corridors[corridor].routes.iter().enumerate();
    routes.filter(|(_, route)| route.mode == mode).map(|(r, _)| world.route_offsets[corridor] + r).collect()
}
