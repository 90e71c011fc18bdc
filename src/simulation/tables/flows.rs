//! `flows.csv`: customs value by exporter, market, sector and mode, US$ million a year. A pair with routes has a row a mode, any other one row.
//!
//! Where the base year's split over routes is itself uncertain, a mode's row is the central base-year value plus the change within each draw.

use crate::baseline::Mode;
use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::plan::Plan;

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
}

impl Flows {
    pub fn compile(plan: &Plan) -> Self {
        let mut keys = Vec::new();
        for sector in 0..plan.sectors {
            for exporter in 0..plan.regions {
                for importer in 0..plan.regions {
                    let value = plan.value(sector, exporter, importer);
                    if value <= 0.0 {
                        continue;
                    }
                    let row = |mode, base| Key { sector, exporter, importer, mode, base };
                    match plan.corridor(sector, exporter, importer) {
                        None => keys.push(row(None, value)),
                        Some(corridor) => {
                            let routes = &plan.network.corridors[corridor].routes;
                            for mode in modes(plan, corridor) {
                                let share: f64 = routes.iter().filter(|r| r.mode == mode).map(|r| r.share).sum();
                                keys.push(row(Some(mode), value * share));
                            }
                        }
                    }
                }
            }
        }
        Flows { keys }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        for (key, out) in self.keys.iter().zip(out) {
            let value = state.value(key.sector, key.exporter, key.importer);
            let Some(mode) = key.mode else {
                *out = value - R::splat(key.base);
                continue;
            };
            let Some(corridor) = state.plan.corridor(key.sector, key.exporter, key.importer) else { continue };
            // Against the same draw's base year: where the split is uncertain, that is no effect of the scenario.
            let (before, now) = mode_share(state, corridor, mode);
            *out = value * now - R::splat(state.plan.value(key.sector, key.exporter, key.importer)) * before;
        }
    }
}

/// The modes of a corridor, each once.
pub fn modes(plan: &Plan, corridor: usize) -> Vec<Mode> {
    let mut modes = Vec::new();
    for route in &plan.network.corridors[corridor].routes {
        if !modes.contains(&route.mode) {
            modes.push(route.mode);
        }
    }
    modes
}

/// A mode's share of a corridor's value, in the base year and now.
#[inline(always)]
pub fn mode_share<R: Real>(state: &PeriodState<'_, R>, corridor: usize, mode: Mode) -> (R, R) {
    let (before, after) = state.shares(corridor);
    let (mut base, mut now) = (R::zero(), R::zero());
    for (r, route) in state.plan.network.corridors[corridor].routes.iter().enumerate() {
        if route.mode == mode {
            base = base + before[r];
            now = now + after[r];
        }
    }
    (base, now)
}
