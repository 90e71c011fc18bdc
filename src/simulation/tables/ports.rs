//! `ports.csv` and `services.csv`: what passes through each port and each service, what it can take, how full it is and how long goods wait.

use crate::numerics::Real;
use crate::simulation::path::PeriodState;
use crate::simulation::world::World;
use crate::transport::Kind;

/// What is measured, in the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// All trade, TEU a year.
    Throughput,
    /// TEU a year.
    Capacity,
    /// Throughput over capacity.
    Utilisation,
    /// Days that goods wait, the base year's waiting included; of a service, for a place on board.
    Wait,
}

/// One row and its base-year figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// Its place among [`crate::transport::Network::facilities`].
    pub facility: usize,
    pub kind: Kind,
    pub measure: Measure,
    pub base: f64,
}

/// Ports whose throughput is known, then services; without capacity only the throughput.
#[derive(Debug, Clone, Default)]
pub struct Ports {
    pub keys: Vec<Key>,
}

impl Ports {
    pub fn compile(world: &World) -> Self {
        let mut keys = Vec::new();
        for (facility, described) in world.network.facilities.iter().enumerate() {
            let mut row = |measure, base| keys.push(Key { facility, kind: described.kind, measure, base });
            row(Measure::Throughput, described.throughput);
            if described.can_fill() {
                let capacity = described.base_capacity();
                row(Measure::Capacity, capacity.unwrap_or(0.0));
                row(Measure::Utilisation, capacity.map_or(0.0, |capacity| described.throughput / capacity));
                row(Measure::Wait, described.base_wait());
            }
        }
        Ports { keys }
    }

    #[inline(always)]
    pub fn fill<R: Real>(&self, state: &PeriodState<'_, R>, out: &mut [R]) {
        for (key, out) in self.keys.iter().zip(out) {
            let found = state.facility(key.facility);
            let now = match key.measure {
                Measure::Throughput => found.throughput,
                Measure::Capacity => found.capacity,
                Measure::Utilisation => found.utilisation,
                // Nobody waits for what does not sail.
                Measure::Wait => R::select(R::zero().lt(found.capacity), found.wait, R::zero()),
            };
            *out = now - R::splat(key.base);
        }
    }
}
