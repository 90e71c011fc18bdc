//! What touched cells pay in a draw, period by period: t′, the share of trade that pays a measure, and ln τ̂ = ln (1 + t′)/(1 + t).
//!
//! Measures are few and last for years. So a tariff on which nothing uncertain bears is known before any draw, one that stands in a period as it stood in an earlier
//! one is computed there, and a draw computes only what is new in each period.

use crate::numerics::Real;
use crate::policy::{CellPolicy, Effective};
use std::ops::Range;

/// The distinct tariffs of every touched cell over the periods, and where each stands.
#[derive(Debug, Clone, Default)]
pub struct Duties {
    /// Those that no draw changes first, then the others by the first period in which they stand.
    distinct: Vec<CellPolicy>,
    /// By period: those that are new in it and differ by draw, among the distinct ones.
    new_in: Vec<Range<usize>>,
    /// By period and touched cell: its place among the distinct ones.
    places: Vec<usize>,
    /// How many cells are touched.
    cells: usize,
}

impl Duties {
    /// The tariffs of `cells` touched cells: `policy` gives one by period and cell, `same` says whether a cell's is the same in two periods of every draw.
    pub fn compile<'a>(
        periods: usize,
        cells: usize,
        policy: impl Fn(usize, usize) -> &'a CellPolicy,
        same: impl Fn(usize, usize, usize) -> bool,
    ) -> Self {
        let mut duties = Duties { distinct: Vec::new(), new_in: Vec::new(), places: vec![0; periods * cells], cells };
        let mut place = |period: usize, known: bool| {
            for cell in (0..cells).filter(|&cell| policy(period, cell).is_known() == known) {
                duties.places[period * cells + cell] = match (0..period).find(|&earlier| same(cell, earlier, period)) {
                    Some(earlier) => duties.places[earlier * cells + cell],
                    None => {
                        duties.distinct.push(policy(period, cell).clone());
                        duties.distinct.len() - 1
                    }
                };
            }
            duties.distinct.len()
        };
        let mut from = (0..periods).map(|period| place(period, true)).last().unwrap_or(0);
        for period in 0..periods {
            let to = place(period, false);
            duties.new_in.push(from..to);
            from = to;
        }
        duties
    }
}

/// The tariffs of a lane batch, each in the order of the distinct ones; allocated once.
pub struct Levied<R> {
    effective: Vec<Effective<R>>,
    /// ln τ̂
    logs: Vec<R>,
}

impl<R: Real> Levied<R> {
    /// With all that no draw changes.
    pub fn new(duties: &Duties) -> Self {
        let nothing = Effective { rate: R::zero(), exposed: R::zero() };
        let count = duties.distinct.len();
        let mut levied = Levied { effective: vec![nothing; count], logs: vec![R::zero(); count] };
        let known = duties.new_in.first().map_or(count, |new| new.start);
        levied.set(duties, 0..known, &[]);
        levied
    }

    /// The tariffs that are new in a period, in the draws whose parameters are `drawn`.
    #[inline(always)]
    pub fn levy(&mut self, duties: &Duties, period: usize, drawn: &[R]) {
        self.set(duties, duties.new_in[period].clone(), drawn);
    }

    #[inline(always)]
    fn set(&mut self, duties: &Duties, places: Range<usize>, drawn: &[R]) {
        for place in places {
            let policy = &duties.distinct[place];
            let effective = policy.effective(drawn);
            self.logs[place] = ((R::one() + effective.rate) / R::splat(1.0 + policy.base)).ln();
            self.effective[place] = effective;
        }
    }

    /// t′ of a touched cell, and the share of its trade that pays a measure.
    #[inline(always)]
    pub fn effective(&self, duties: &Duties, period: usize, touched: usize) -> Effective<R> {
        self.effective[duties.places[period * duties.cells + touched]]
    }

    /// ln τ̂ of a touched cell.
    #[inline(always)]
    pub fn log(&self, duties: &Duties, period: usize, touched: usize) -> R {
        self.logs[duties.places[period * duties.cells + touched]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::World;
    use crate::{baseline, scenario};
    use std::path::Path;

    fn world(name: &str) -> World {
        let scenarios = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios"));
        let document = scenario::open(&scenarios.join(name)).unwrap();
        let (baseline, _) = baseline::read(document.baseline_folder()).unwrap();
        let (scenario, _) = document.resolve(&baseline).unwrap();
        World::compile(&scenario, &baseline)
    }

    #[test]
    fn every_period_has_its_schedule_s_tariffs_and_only_new_ones_are_computed() {
        // Measures that stay, and measures that events bring and take away.
        for (name, computed_in) in [("north-america-2025.toml", vec![true, true, false, false]), ("usmca-review-2026.toml", vec![])] {
            let world = world(name);
            let mut levied = Levied::<f64>::new(&world.duties);
            for (period, drawn) in world.parameters.central(world.periods).iter().enumerate() {
                levied.levy(&world.duties, period, drawn);
                for (touched, cell) in world.touched.iter().enumerate() {
                    let policy = world.tariffs.cell(period, cell.sector, cell.exporter, cell.importer);
                    let expected = policy.effective(drawn);
                    assert_eq!(levied.effective(&world.duties, period, touched), expected, "{name}, {period}, {cell:?}");
                    let factor = levied.log(&world.duties, period, touched).exp();
                    assert!((factor * (1.0 + policy.base) - (1.0 + expected.rate)).abs() < 1e-14, "{name}, {period}, {cell:?}");
                }
            }
            for (new, computed) in world.duties.new_in.iter().zip(computed_in) {
                assert_eq!(!new.is_empty(), computed, "{name}");
            }
        }
    }
}
