//! Damped Newton, one draw at a time, for the few that the lanes' plain Newton does not settle: pivoted elimination, and steps halved until excess demand falls.

use super::equations::{Workspace, evaluate, land};
use super::slopes::jacobian;
use crate::model::equilibrium::{TOLERANCE, Wedge};
use crate::model::{Elasticities, Equilibrium, Market, Shock};
use crate::numerics::Real;
use nalgebra::{DMatrix, DVector};

/// Steps before a draw counts as failed.
pub const STEPS: usize = 200;
const HALVINGS: usize = 30;

/// Solves the lanes named in `unsettled` from the base year's prices; writes their prices into `equilibrium.log_producer` and says which succeeded.
#[cold]
#[inline(never)]
pub fn lanes<R: Real>(
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    unsettled: u32,
) -> u32 {
    let mut rescued = 0;
    let mut lanes = vec![0.0; R::LANES];
    for lane in (0..R::LANES).filter(|lane| unsettled >> lane & 1 == 1) {
        let Some(prices) = solve(&market.lane(lane), &shock_of(shock, lane), &elasticities_of(elasticities, lane)) else { continue };
        for (i, &price) in prices.iter().enumerate() {
            equilibrium.log_producer[i].store(&mut lanes);
            lanes[lane] = price;
            equilibrium.log_producer[i] = R::load(&lanes);
        }
        rescued |= 1 << lane;
    }
    rescued
}

/// ln p̂ of one draw, or nothing if damping does not find it either.
fn solve(market: &Market, shock: &Shock<f64>, elasticities: &Elasticities<f64>) -> Option<Vec<f64>> {
    let n = market.regions;
    let mut work = Workspace::new(n);
    let mut now = Equilibrium::baseline(n);
    land(n, market, shock, elasticities, &mut work);
    evaluate(n, market, elasticities, &mut now, &mut work);
    for _ in 0..STEPS {
        if now.residual <= TOLERANCE {
            return Some(now.log_producer);
        }
        let step = newton_step(n, market, elasticities, &now, &mut work)?;
        let mut damping = 1.0;
        let mut improved = None;
        for _ in 0..HALVINGS {
            let mut trial = now.clone();
            for i in 0..n {
                trial.log_producer[i] += damping * step[i];
            }
            evaluate(n, market, elasticities, &mut trial, &mut work);
            if trial.residual < now.residual {
                improved = Some(trial);
                break;
            }
            damping *= 0.5;
        }
        now = improved?;
    }
    None
}

fn newton_step(
    n: usize,
    market: &Market,
    elasticities: &Elasticities<f64>,
    now: &Equilibrium<f64>,
    work: &mut Workspace<f64>,
) -> Option<DVector<f64>> {
    jacobian(n, market, elasticities, now, work);
    let excess = DVector::from_fn(n, |i, _| work.slopes.unit[i] * work.excess[i]);
    DMatrix::from_row_slice(n, n, &work.slopes.matrix).lu().solve(&excess)
}

fn shock_of<R: Real>(shock: &Shock<R>, lane: usize) -> Shock<f64> {
    let wedges = shock.wedges.iter().map(|w| Wedge { exporter: w.exporter, importer: w.importer, log: w.log.lane(lane) }).collect();
    Shock { wedges }
}

fn elasticities_of<R: Real>(all: &Elasticities<R>, lane: usize) -> Elasticities<f64> {
    let one = |values: &[R]| values.iter().map(|v| v.lane(lane)).collect();
    Elasticities {
        demand: one(&all.demand),
        domestic: one(&all.domestic),
        import: one(&all.import),
        supply_slope: one(&all.supply_slope),
        import_class: all.import_class.clone(),
        class_market: all.class_market.clone(),
    }
}
