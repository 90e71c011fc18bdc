//! The cells of the wide tables: means over all draws, quantiles over the leading ones, base year added back.

use crate::simulation::tables::exposure::Measure;
use crate::simulation::{Plan, Results};
use crate::statistics::{Ordered, risk};
use crate::uncertainty::Sampler;
use rayon::prelude::*;

/// One cell in one period, as a change from the base year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellFigures {
    pub mean: f64,
    pub p05: f64,
    pub p50: f64,
    pub p95: f64,
}

impl CellFigures {
    /// With the base year's figure added.
    pub fn over(self, base: f64) -> CellFigures {
        CellFigures { mean: base + self.mean, p05: base + self.p05, p50: base + self.p50, p95: base + self.p95 }
    }
}

/// How sure one needs to be that no more is lost.
pub const RISK_LEVEL: f64 = 0.95;

/// Trade at risk and expected shortfall of one exposure, US$ million a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossFigures {
    pub trade_at_risk: f64,
    pub expected_shortfall: f64,
}

/// All cells of all periods.
pub struct Cells {
    per_period: usize,
    changes: Vec<CellFigures>,
    /// Period-major, then exposure key of a loss in order.
    losses: Vec<LossFigures>,
}

impl Cells {
    pub(super) fn new(plan: &Plan, results: &Results) -> Self {
        let per_period = plan.tables.len();
        let mut changes = Vec::with_capacity(plan.world.periods * per_period);
        for (period, &same) in plan.world.same_as.iter().enumerate() {
            if same < period {
                changes.extend_from_within(same * per_period..(same + 1) * per_period);
                continue;
            }
            changes.par_extend((period * per_period..(period + 1) * per_period).into_par_iter().map_init(
                Default::default,
                |(draws, ordered), cell| {
                    let mean = results.mean_change[cell];
                    results.changes(cell, draws);
                    if plan.sampler == Sampler::Quadrature {
                        // Points of a rule, not draws.
                        return CellFigures { mean, p05: f64::NAN, p50: f64::NAN, p95: f64::NAN };
                    }
                    let ordered: &mut Ordered = ordered;
                    ordered.take(draws);
                    let [p05, p50, p95] = [0.05, 0.50, 0.95].map(|p| single(ordered.quantile(p)));
                    CellFigures { mean, p05, p50, p95 }
                },
            ));
        }
        let exposure = plan.tables.ranges()[6].start;
        let losing: Vec<usize> =
            (0..plan.tables.exposure.keys.len()).filter(|&key| plan.tables.exposure.keys[key].measure == Measure::Loss).collect();
        let loss = |draws: &mut Vec<f64>, at: usize| {
            let (period, key) = (at / losing.len(), losing[at % losing.len()]);
            results.changes(period * per_period + exposure + key, draws);
            if plan.sampler == Sampler::Quadrature {
                draws.clear();
            }
            let risk = risk(draws, RISK_LEVEL);
            LossFigures { trade_at_risk: single(risk.at_risk), expected_shortfall: single(risk.expected_shortfall) }
        };
        let losses = (0..plan.world.periods * losing.len()).into_par_iter().map_init(Vec::new, loss).collect();
        Cells { per_period, changes, losses }
    }

    /// The change of a cell, counted among all cells of a period.
    pub fn change(&self, period: usize, cell: usize) -> CellFigures {
        self.changes[period * self.per_period + cell]
    }

    /// The loss of an exposure's pair and sector; `index` counts losses alone.
    pub fn loss(&self, period: usize, index: usize, periods: usize) -> LossFigures {
        self.losses[period * (self.losses.len() / periods) + index]
    }
}

/// What single precision knows of a number: seven digits. The draws of the cells are kept so, and further digits would be noise.
fn single(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}
