//! The wide tables: thousands of cells that every draw fills and that leave the run as means and quantiles.
//!
//! A table names its cells once (keys, and the base-year figure of each) and fills, draw by draw and period by period, the *change* of each from the base year:
//! so that what does not change is exactly what it was.

pub mod diversion;
pub mod exposure;
pub mod flows;
pub mod maritime;
pub mod ports;
pub mod prices;
pub mod route_mix;
pub mod tariffs;
pub mod welfare;

use super::path::PeriodState;
use super::world::World;
use crate::numerics::Real;
use std::ops::Range;

/// All wide tables of a run.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    pub flows: flows::Flows,
    pub tariffs: tariffs::Tariffs,
    pub prices: prices::Prices,
    pub welfare: welfare::Welfare,
    pub diversion: diversion::Diversion,
    pub maritime: maritime::Maritime,
    pub exposure: exposure::Exposure,
    pub route_mix: route_mix::RouteMix,
    pub ports: ports::Ports,
}

impl Tables {
    /// `exposed`: pairs whose exposure is told even where no measure bears on them.
    pub fn compile(world: &World, exposed: &[(usize, usize)]) -> Self {
        Tables {
            flows: flows::Flows::compile(world),
            tariffs: tariffs::Tariffs::compile(world),
            prices: prices::Prices::compile(world),
            welfare: welfare::Welfare::compile(world),
            diversion: diversion::Diversion::compile(world),
            maritime: maritime::Maritime::compile(world),
            exposure: exposure::Exposure::compile(world, exposed),
            route_mix: route_mix::RouteMix::compile(world),
            ports: ports::Ports::compile(world),
        }
    }

    /// Where each table's cells stand among all cells of a period, in the order of the fields.
    pub fn ranges(&self) -> [Range<usize>; 9] {
        let mut start = 0;
        let lengths = [
            self.flows.keys.len(),
            self.tariffs.keys.len(),
            self.prices.keys.len(),
            self.welfare.keys.len(),
            self.diversion.keys.len(),
            self.maritime.keys.len(),
            self.exposure.keys.len(),
            self.route_mix.keys.len(),
            self.ports.keys.len(),
        ];
        lengths.map(|length| {
            let range = start..start + length;
            start = range.end;
            range
        })
    }

    /// Cells of one period.
    pub fn len(&self) -> usize {
        self.ranges()[8].end
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes the changes of one period's cells, in lanes; nothing where no table is asked for (`Tables::default()`).
    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        if self.is_empty() {
            return;
        }
        let [flows, tariffs, prices, welfare, diversion, maritime, exposure, route_mix, ports] = self.ranges();
        self.flows.fill(state, &mut out[flows]);
        self.tariffs.fill(state, &mut out[tariffs]);
        self.prices.fill(state, &mut out[prices]);
        self.welfare.fill(state, &mut out[welfare]);
        self.diversion.fill(state, &mut out[diversion]);
        self.maritime.fill(state, &mut out[maritime]);
        self.exposure.fill(state, &mut out[exposure]);
        self.route_mix.fill(state, &mut out[route_mix]);
        self.ports.fill(state, &mut out[ports]);
    }
}
