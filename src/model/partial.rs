//! The default closure: partial equilibrium, one sector at a time (MODEL 3, 4, 6).
//!
//! Nested CES demand (Armington 1969): varieties of one origin at P̂_in = p̂_i τ̂_in Ĝ_in; imports among origins with σ_M; domestic against imports with σ_D; the
//! sector's total with η. Each origin sells one good at one producer price, q̂_i = p̂_i^ε. Market clearing, in value:
//!
//! Y_i = Σ_n w_in V̂_in = p̂_i^(1+ε),   V̂_in = p̂_i q̂_in,
//!
//! so F_i = ln(Y_i)/(1+ε_i) − ln p̂_i = 0, solved for ln p̂ by Newton with the analytic Jacobian. Written with the slope 1/(1+ε), a fixed endowment (ε = 0), a fixed
//! price (ε = ∞) and anything between are one formula. With S_n = Σ_{i≠n} μ_in (p̂_i τ̂_in Ĝ_in)^(1−σ_M), D_n = P̂_n^(1−σ_D):
//!
//! V̂_in = (τ̂Ĝ)_in^(−σ_M) p̂_i^(1−σ_M) K_n,   K_n = (P̂^M_n)^(1−σ_D)/S_n · P̂_n^(σ_D−η),
//!
//! which needs four exponentials and three logarithms a region and step, none a pair.

use super::elasticities::Elasticities;
use super::equilibrium::{Equilibrium, Failure, Shock};
use super::market::Market;
use super::rescue;
use crate::numerics::{Real, solve_in_place};

/// A solve ends with every relative excess demand below this, or it has failed.
pub const TOLERANCE: f64 = 1e-10;
/// Newton steps in lanes before a lane is handed to the damped solver.
const STEPS: usize = 12;
/// The largest step of a log price.
const LONGEST_STEP: f64 = 1.5;

/// Room for one solve; reused from sector to sector.
#[derive(Debug, Clone)]
pub struct Workspace<R> {
    /// μ_in (τ̂Ĝ)^(1−σ_M), market-major.
    landed: Vec<R>,
    /// (τ̂Ĝ)^(−σ_M), exporter-major.
    sold: Vec<R>,
    /// p̂_i^(1−σ_M), by class then exporter.
    own: Vec<R>,
    /// S_n.
    imports: Vec<R>,
    /// α_n p̂_n^(1−σ_D)/D_n: the domestic share at the current prices.
    home_now: Vec<R>,
    /// F_i.
    excess: Vec<R>,
    matrix: Vec<R>,
    /// The sensitivity of demand to each market's import price, exporter-major.
    weight: Vec<R>,
    /// Import shares at the current prices, market-major.
    share_now: Vec<R>,
    step: Vec<R>,
}

impl<R: Real> Workspace<R> {
    /// Room for `regions` regions.
    pub fn new(regions: usize) -> Self {
        let (row, square) = (vec![R::zero(); regions], vec![R::zero(); regions * regions]);
        Workspace {
            landed: square.clone(),
            sold: square.clone(),
            own: square.clone(),
            imports: row.clone(),
            home_now: row.clone(),
            excess: row.clone(),
            matrix: square.clone(),
            weight: square.clone(),
            share_now: square,
            step: row,
        }
    }

    /// F_i of the last evaluation.
    pub(super) fn excess(&self) -> &[R] {
        &self.excess
    }

    /// The matrix of the last call of [`jacobian`].
    pub(super) fn matrix(&self) -> &[R] {
        &self.matrix
    }
}

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
/// Lanes that Newton does not settle are solved one by one with damping ([`rescue`]); those that still fail are absent from [`Solved::converged`].
#[inline(always)]
pub fn solve<R: Real>(
    market: &Market,
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
    market: &Market,
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
        let rescued = rescue::lanes(market, shock, elasticities, equilibrium, every_lane & !converged);
        evaluate(n, market, elasticities, equilibrium, work);
        converged | rescued & R::bits(equilibrium.residual.le(R::splat(TOLERANCE)))
    };
    finish(n, elasticities, equilibrium);
    Solved { converged, steps }
}

/// Why the lanes outside `converged` failed, as their residuals tell.
pub fn failure<R: Real>(equilibrium: &Equilibrium<R>, lane: usize) -> Failure {
    let residual = equilibrium.residual.lane(lane);
    if residual.is_finite() { Failure::NotConverged { residual, iterations: STEPS + rescue::STEPS } } else { Failure::NotFinite }
}

/// What the wedges do to landed prices: constant over the steps of a solve.
#[inline(always)]
pub(super) fn land<R: Real>(n: usize, market: &Market, shock: &Shock<R>, elasticities: &Elasticities<R>, work: &mut Workspace<R>) {
    let (landed, sold) = (&mut work.landed[..n * n], &mut work.sold[..n * n]);
    let share = &market.import_share[..n * n];
    for cell in 0..n * n {
        landed[cell] = R::splat(share[cell]);
        sold[cell] = R::one();
    }
    for wedge in &shock.wedges {
        let (i, m) = (wedge.exporter, wedge.importer);
        let raised = ((R::one() - elasticities.import[m]) * wedge.log).exp();
        landed[m * n + i] = R::splat(share[m * n + i]) * raised;
        sold[i * n + m] = raised * (-wedge.log).exp();
    }
}

/// Demand, and excess demand, at the prices in `equilibrium.log_producer`.
#[inline(always)]
pub(super) fn evaluate<R: Real>(
    n: usize,
    market: &Market,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) {
    let one = R::one();
    let x = &equilibrium.log_producer[..n];
    let value = &mut equilibrium.value[..n * n];
    let (landed, sold, own) = (&work.landed[..n * n], &work.sold[..n * n], &mut work.own[..n * n]);
    for (class, &at) in elasticities.class_market.iter().enumerate() {
        let power = one - elasticities.import[at];
        for i in 0..n {
            own[class * n + i] = (power * x[i]).exp();
        }
    }
    for m in 0..n {
        let class = elasticities.import_class[m] * n;
        let mut sum = R::zero();
        for i in 0..n {
            if i != m {
                sum = landed[m * n + i].mul_add(own[class + i], sum);
            }
        }
        let imports = sum + R::splat(market.import_slack[m]);
        let to_domestic = one - elasticities.domestic[m];
        let log_imports = imports.ln();
        let import_part = (to_domestic / (one - elasticities.import[m]) * log_imports).exp();
        let home = (to_domestic * x[m]).exp();
        let alpha = market.home_share[m];
        let home_part = R::splat(alpha) * home;
        let composite = R::splat(1.0 - alpha).mul_add(import_part, home_part);
        let log_composite = composite.ln();
        let total = ((elasticities.domestic[m] - elasticities.demand[m]) / to_domestic * log_composite).exp();
        let pull = import_part / imports * total;
        for i in 0..n {
            value[i * n + m] = if i == m { home * total } else { sold[i * n + m] * own[class + i] * pull };
        }
        work.imports[m] = imports;
        work.home_now[m] = home_part / composite;
        equilibrium.log_import[m] = log_imports;
        equilibrium.log_consumer[m] = log_composite;
    }
    let (mut largest, mut taint) = (R::zero(), R::zero());
    for i in 0..n {
        let mut abroad = R::zero();
        for m in 0..n {
            if m != i {
                abroad = R::splat(market.sales_share[i * n + m]).mul_add(value[i * n + m], abroad);
            }
        }
        let output = R::splat(market.sales_share[i * n + i]).mul_add(value[i * n + i], abroad) + R::splat(market.sales_slack[i]);
        let log_output = output.ln();
        // A region that makes none of the good has a price that nobody pays: held at one.
        let slope = if market.output[i] > 0.0 { elasticities.supply_slope[i] } else { R::zero() };
        let excess = slope.mul_add(log_output, -x[i]);
        work.excess[i] = excess;
        equilibrium.output[i] = output;
        // ln of demand over supply: the excess itself over the slope; at a fixed price supply meets any demand.
        let relative = R::select(R::zero().lt(slope), excess / slope, excess).abs();
        largest = R::select(relative.le(largest), largest, relative);
        // Zero, unless a number has left its range: then NaN, which stays.
        taint = relative.mul_add(R::zero(), taint);
    }
    equilibrium.residual = largest + taint;
}

/// I − ∂(ln Y_i/(1+ε_i))/∂ln p̂_k, so that Newton's step solves matrix · step = F.
///
/// ∂ln Y_i/∂ln p̂_k = δ_ik [Σ_{n≠i} θ_in (1−σ_M,n) + θ_ii (1−σ_D)] + Σ_n θ_in [m_in s_kn + (σ_D−η) α_n δ_nk], with θ_in the share of i's sales that go to n, s_kn the
/// share of n's imports that come from k, m_in = (σ_D−η)(1−α_n), plus σ_M−σ_D for imports.
#[inline(always)]
pub(super) fn jacobian<R: Real>(
    n: usize,
    market: &Market,
    elasticities: &Elasticities<R>,
    equilibrium: &Equilibrium<R>,
    work: &mut Workspace<R>,
) {
    let one = R::one();
    let (weight, share, matrix) = (&mut work.weight[..n * n], &mut work.share_now[..n * n], &mut work.matrix[..n * n]);
    let value = &equilibrium.value[..n * n];
    for m in 0..n {
        let class = elasticities.import_class[m] * n;
        let per_import = one / work.imports[m];
        for k in 0..n {
            share[m * n + k] = if k == m { R::zero() } else { work.landed[m * n + k] * work.own[class + k] * per_import };
        }
    }
    for i in 0..n {
        let slope = if market.output[i] > 0.0 { elasticities.supply_slope[i] } else { R::zero() };
        let per_output = slope / equilibrium.output[i];
        let row = &mut matrix[i * n..(i + 1) * n];
        let mut diagonal = one;
        for m in 0..n {
            let sales = R::splat(market.sales_share[i * n + m]) * value[i * n + m] * per_output;
            let to_total = elasticities.domestic[m] - elasticities.demand[m];
            let home = work.home_now[m];
            let through_imports = to_total * (one - home);
            let (substitution, own) = if m == i {
                (through_imports, elasticities.domestic[m])
            } else {
                (through_imports + elasticities.import[m] - elasticities.domestic[m], elasticities.import[m])
            };
            weight[i * n + m] = sales * substitution;
            row[m] = -(sales * to_total * home);
            diagonal = sales.mul_add(own - one, diagonal);
        }
        for m in 0..n {
            let weight = -weight[i * n + m];
            for k in 0..n {
                row[k] = weight.mul_add(share[m * n + k], row[k]);
            }
        }
        row[i] = row[i] + diagonal;
    }
}

/// Prices from the powers of them that the steps worked with.
#[inline(always)]
fn finish<R: Real>(n: usize, elasticities: &Elasticities<R>, equilibrium: &mut Equilibrium<R>) {
    let one = R::one();
    for m in 0..n {
        equilibrium.producer[m] = equilibrium.log_producer[m].exp();
        equilibrium.log_consumer[m] = equilibrium.log_consumer[m] / (one - elasticities.domestic[m]);
        equilibrium.log_import[m] = equilibrium.log_import[m] / (one - elasticities.import[m]);
    }
}
