//! Newton in logs with the analytic Jacobian, eight draws at once; quadratic, a handful of steps from the base year's prices, fewer from last period's.

use super::damped;
use super::equations::{Workspace, evaluate, finish, jacobian, land};
use crate::model::equilibrium::TOLERANCE;
use crate::model::{Elasticities, Equilibrium, Failure, Market, Shock};
use crate::numerics::{Real, solve_in_place};

/// Steps before a lane is handed to the damped solver.
const STEPS: usize = 12;
/// The largest step of a log price.
const LONGEST_STEP: f64 = 1.5;

/// How a lane batch ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Solved {
    /// One bit per lane that has an equilibrium.
    pub converged: u32,
    /// Newton steps of the slowest lane.
    pub steps: usize,
}

/// Solves one sector. `equilibrium.log_producer` is the start on entry (zeros, or last period's prices) and the solution on return.
///
/// Lanes that Newton does not settle are solved one by one with damping; those that still fail are absent from [`Solved::converged`].
#[inline(always)]
pub fn solve<R: Real>(
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) -> Solved {
    // The size is told to the compiler where it is the common one.
    if market.regions == 8 {
        solve_sized(8, market, shock, elasticities, equilibrium, work)
    } else {
        solve_sized(market.regions, market, shock, elasticities, equilibrium, work)
    }
}

#[inline(always)]
fn solve_sized<R: Real>(
    n: usize,
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) -> Solved {
    let every_lane = (1u32 << R::LANES) - 1;
    land(n, market, shock, elasticities, work);
    let mut steps = 0;
    let converged = loop {
        evaluate(n, market, elasticities, equilibrium, work);
        let converged = R::bits(equilibrium.residual.le(R::splat(TOLERANCE)));
        if converged == every_lane || steps == STEPS {
            break converged;
        }
        jacobian(n, market, elasticities, equilibrium, work);
        work.step[..n].copy_from_slice(&work.excess[..n]);
        solve_in_place(&mut work.matrix[..n * n], &mut work.step[..n], n);
        let settled = R::mask(converged);
        let longest = R::splat(LONGEST_STEP);
        for i in 0..n {
            let step = work.step[i].min(longest).max(-longest);
            let x = equilibrium.log_producer[i];
            equilibrium.log_producer[i] = R::select(settled, x, x + step);
        }
        steps += 1;
    };
    let converged = if converged == every_lane {
        converged
    } else {
        let rescued = damped::lanes(market, shock, elasticities, equilibrium, every_lane & !converged);
        evaluate(n, market, elasticities, equilibrium, work);
        converged | rescued & R::bits(equilibrium.residual.le(R::splat(TOLERANCE)))
    };
    finish(n, elasticities, equilibrium);
    Solved { converged, steps }
}

/// Why the lanes outside `converged` failed, as their residuals tell.
pub fn failure<R: Real>(equilibrium: &Equilibrium<R>, lane: usize) -> Failure {
    let residual = equilibrium.residual.lane(lane);
    if residual.is_finite() { Failure::NotConverged { residual, iterations: STEPS + damped::STEPS } } else { Failure::NotFinite }
}
