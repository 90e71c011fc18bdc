//! Newton in logs with the analytic Jacobian, eight draws at once; quadratic, a handful of steps from the base year's prices, fewer from last period's.

use super::damped;
use super::equations::{Workspace, evaluate, finish, land};
use super::slopes::jacobian;
use crate::model::equilibrium::TOLERANCE;
use crate::model::{Elasticities, Equilibrium, Failure, Market, Shock};
use crate::numerics::{Real, solve_again, solve_in_place};

/// Steps before a lane is handed to the damped solver.
const STEPS: usize = 12;
/// The largest step of a log price.
const LONGEST_STEP: f64 = 1.5;

/// A lane whose residual squared is below this part of the residual before it needs one more step, and the last step's matrix serves for it: a chord. Newton's error falls as
/// e′ = C e², the chord's as 2 C e e′ = 2 e′²/e: what is left is a fifth of the tolerance at most, and no lane wants another evaluation for it. Solves of 30 regions take a tenth less
/// time with it, those of 8 from the base year's prices 7% less; from prices near the solution 3% more, where some lanes of a batch are near and some are not.
const NEAR: f64 = TOLERANCE / 10.0;

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
    // The size is told to the compiler where it is a common one (a third off a solve of four regions), not everywhere: each takes its time to compile.
    match market.regions {
        4 => solve_sized(4, market, shock, elasticities, equilibrium, work),
        8 => solve_sized(8, market, shock, elasticities, equilibrium, work),
        regions => solve_sized(regions, market, shock, elasticities, equilibrium, work),
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
    let mut residual_before = R::zero();
    let converged = loop {
        evaluate(n, market, elasticities, equilibrium, work);
        let residual = equilibrium.residual;
        let converged = R::bits(residual.le(R::splat(TOLERANCE)));
        if converged == every_lane || steps == STEPS {
            break converged;
        }
        let near = R::bits((residual * residual).le(residual_before * R::splat(NEAR)));
        residual_before = residual;
        step(n, market, elasticities, equilibrium, work, near, every_lane & !near & !converged);
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
    finish(n, shock, elasticities, equilibrium, work);
    Solved { converged, steps }
}

/// Newton's step into `work.step`: for the lanes `near` the end by the last step's matrix, for those still `far` by one of their own.
///
/// Each lane takes the step that it would take alone, so that no draw hangs on those beside it.
#[inline(always)]
fn step<R: Real>(
    n: usize,
    market: &Market<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &Equilibrium<R>,
    work: &mut Workspace<R>,
    near: u32,
    far: u32,
) {
    if near != 0 {
        for i in 0..n {
            work.last_step[i] = work.excess[i] * work.slopes.unit[i];
        }
        solve_again(&work.slopes.matrix, &mut work.last_step, n);
    }
    if far != 0 {
        jacobian(n, market, elasticities, equilibrium, work);
        for i in 0..n {
            work.step[i] = work.excess[i] * work.slopes.unit[i];
        }
        solve_in_place(&mut work.slopes.matrix, &mut work.step, n);
    }
    let near = R::mask(near);
    for i in 0..n {
        work.step[i] = R::select(near, work.last_step[i], work.step[i]);
    }
}

/// Why the lanes outside `converged` failed, as their residuals tell.
pub fn failure<R: Real>(equilibrium: &Equilibrium<R>, lane: usize) -> Failure {
    let residual = equilibrium.residual.lane(lane);
    if residual.is_finite() { Failure::NotConverged { residual, iterations: STEPS + damped::STEPS } } else { Failure::NotFinite }
}
