//! `route_mix.csv`: the share of each route in a pair's trade, all sectors together, in the base year and now, where the sea competes with a land bridge.
//!
//! Both are of the same draw, so that their difference is the scenario's doing even where the base year's split is itself uncertain.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;

/// When a share holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    BaseYear,
    Now,
}

/// One cell; the base is zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub exporter: usize,
    pub importer: usize,
    /// The route's place among those of its pair.
    pub route: usize,
    pub when: When,
}

/// Pair by pair: every route in the base year and now.
#[derive(Debug, Clone, Default)]
pub struct RouteMix {
    pub keys: Vec<Key>,
    /// Exporter, importer, and how many routes they have.
    pairs: Vec<(usize, usize, usize)>,
}

impl RouteMix {
    pub fn compile(world: &World) -> Self {
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for corridor in world.network.corridors.iter().filter(|corridor| corridor.crosses) {
            let pair = (corridor.exporter, corridor.importer, corridor.routes.len());
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        let keys = pairs
            .iter()
            .flat_map(|&(exporter, importer, routes)| {
                (0..routes).flat_map(move |route| [When::BaseYear, When::Now].map(|when| Key { exporter, importer, route, when }))
            })
            .collect();
        RouteMix { keys, pairs }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        let world = state.world;
        let mut start = 0;
        for &(exporter, importer, routes) in &self.pairs {
            let out = &mut out[start..start + 2 * routes];
            start += 2 * routes;
            for share in out.iter_mut() {
                *share = R::zero();
            }
            let (mut all_before, mut all_now) = (R::zero(), R::zero());
            for sector in 0..world.sectors {
                let Some(corridor) = world.corridor(sector, exporter, importer) else { continue };
                let (before, after) = state.shares(corridor);
                let (base, now) = (state.base_value(sector, exporter, importer), state.value(sector, exporter, importer));
                all_before = all_before + base;
                all_now = all_now + now;
                for route in 0..routes {
                    out[2 * route] = base.mul_add(before[route], out[2 * route]);
                    out[2 * route + 1] = now.mul_add(after[route], out[2 * route + 1]);
                }
            }
            for route in 0..routes {
                out[2 * route] = out[2 * route] / all_before;
                out[2 * route + 1] = out[2 * route + 1] / all_now;
            }
        }
    }
}
