//! GSIM, the global simulation model of Francois & Hall (2003): linear in relative changes, one N×N system a sector for the prices of all exporters.
//!
//! Goods differ by origin, home goods among them, in one nest. With θ_in the share of i in n's spending at duty-paid prices, the elasticities of demand are
//!
//! N_in,in = θ_in E_m − (1−θ_in) E_s,   N_in,kn = θ_kn (E_m + E_s)
//!
//! and with T̂_in = T′_in/T_in − 1 the change of what a good costs beyond its price, q̂_in = N_in,in (p_i + T̂_in) + Σ_{k≠i} N_in,kn (p_k + T̂_kn), which is
//! −E_s (p_i + T̂_in) + (E_s + E_m) Σ_k θ_kn (p_k + T̂_kn). Supply is E_x p_i, and every exporter's market clears: Σ_n w_in q̂_in = E_x p_i (equation 15).
//!
//! E_m is −η of the market, E_s its σ_M, E_x the exporter's ε; σ_D has no part, as home goods are one origin among many.
//!
//! Levels then follow as in the authors' spreadsheet: prices 1 + p_i, trade (1+p_i)(1+q̂_in), the price in a market (1+p_i)(1+T̂_in), composites P̂_n = Σ_i θ_in times
//! its change, tariff revenue t′V′ − tV, ΔPS_i = V_i p_i (1 + ½ X̂_i) with X̂_i = E_x p_i, and ΔCS_n = −E_n (P̂_n + ½ E_m P̂_n²). In the last the authors print
//! ½ E_m P̂² sign(P̂): the same where prices fall, as in their example, but where they rise it adds the triangle that a demand curve takes away.
//! Here the triangle is right for both, so that a small tariff has the deadweight loss of section 6.
//!
//! It is exact for small shocks only. Where a shock is so large that a flow or a price would fall below zero, the draw has failed.

use super::elasticities::Elasticities;
use super::equilibrium::{Equilibrium, Shock, TOLERANCE};
use super::market::Market;
use super::partial::Solved;
use crate::numerics::{Real, expm1_over, solve_in_place};

/// Room for one solve; reused from sector to sector.
#[derive(Debug, Clone)]
pub struct Workspace<R> {
    /// T̂_in, exporter-major.
    wedge: Vec<R>,
    /// θ_in, market-major.
    share: Vec<R>,
    /// By market: Σ_k θ_kn (p_k + T̂_kn), first at prices that have not moved.
    composite: Vec<R>,
    matrix: Vec<R>,
    price: Vec<R>,
}

impl<R: Real> Workspace<R> {
    /// Room for `regions` regions.
    pub fn new(regions: usize) -> Self {
        let (row, square) = (vec![R::zero(); regions], vec![R::zero(); regions * regions]);
        Workspace { wedge: square.clone(), share: square.clone(), composite: row.clone(), matrix: square, price: row }
    }
}

/// Solves one sector: no start is needed, and one step is the solution.
#[inline(always)]
pub fn solve<R: Real>(
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) -> Solved {
    let n = market.regions;
    relative_wedges(shock, n, &mut work.wedge);
    for m in 0..n {
        for i in 0..n {
            let share = if i == m { market.home_share[m] } else { (R::one() - market.home_share[m]) * market.import_share[m * n + i] };
            work.share[m * n + i] = share;
        }
        work.price[m] = R::zero();
    }
    compose(n, work);
    clear_markets(market, elasticities, work);
    solve_in_place(&mut work.matrix[..n * n], &mut work.price[..n], n);
    compose(n, work);
    fill(market, elasticities, equilibrium, work)
}

/// T̂ of every cell, exporter-major, from what its landed price is multiplied by.
#[inline(always)]
pub(super) fn relative_wedges<R: Real>(shock: &Shock<R>, regions: usize, wedge: &mut [R]) {
    for cell in &mut wedge[..regions * regions] {
        *cell = R::zero();
    }
    for moved in &shock.wedges {
        wedge[moved.exporter * regions + moved.importer] = moved.log * expm1_over(moved.log);
    }
}

/// Σ_k θ_kn (p_k + T̂_kn) of every market, at the prices as they stand.
#[inline(always)]
fn compose<R: Real>(n: usize, work: &mut Workspace<R>) {
    for m in 0..n {
        let mut sum = R::zero();
        for k in 0..n {
            sum = work.share[m * n + k].mul_add(work.price[k] + work.wedge[k * n + m], sum);
        }
        work.composite[m] = sum;
    }
}

/// The system for p. Rows are divided by 1 + E_x, so that supply may be infinite: (1−a) p_i − a Σ_n w_in q̂_in(p) = a Σ_n w_in q̂_in(T̂), a = 1/(1+E_x).
#[inline(always)]
fn clear_markets<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, work: &mut Workspace<R>) {
    let n = market.regions;
    for i in 0..n {
        let slope = slope(market, elasticities, i);
        let row = &mut work.matrix[i * n..(i + 1) * n];
        for cell in row.iter_mut() {
            *cell = R::zero();
        }
        let (mut own, mut moved) = (R::one() - slope, R::zero());
        for m in 0..n {
            let sales = slope * market.sales_share[i * n + m];
            let substitution = elasticities.import[m];
            let through = substitution - elasticities.demand[m];
            own = sales.mul_add(substitution, own);
            moved = sales.mul_add(through * work.composite[m] - substitution * work.wedge[i * n + m], moved);
            for (k, cell) in row.iter_mut().enumerate() {
                *cell = -(sales * through).mul_add(work.share[m * n + k], -*cell);
            }
        }
        row[i] = row[i] + own;
        work.price[i] = moved;
    }
}

/// 1/(1+E_x); who makes nothing has a price that nobody pays, which stays.
#[inline(always)]
fn slope<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, exporter: usize) -> R {
    R::select(R::zero().lt(market.output[exporter]), elasticities.supply_slope[exporter], R::zero())
}

/// Levels at the prices found, and whether they can be.
#[inline(always)]
fn fill<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, equilibrium: &mut Equilibrium<R>, work: &Workspace<R>) -> Solved {
    let (n, one) = (market.regions, R::one());
    let (mut residual, mut lowest, mut sum) = (R::zero(), one, R::zero());
    for i in 0..n {
        let price = work.price[i];
        let producer = one + price;
        let (mut sold, mut gained) = (R::zero(), R::zero());
        for m in 0..n {
            let substitution = elasticities.import[m];
            let change = (substitution - elasticities.demand[m]) * work.composite[m] - substitution * (price + work.wedge[i * n + m]);
            let share = market.sales_share[i * n + m];
            let value = producer * (one + change);
            equilibrium.value[i * n + m] = value;
            sold = share.mul_add(change, sold);
            gained = share.mul_add(value - one, gained);
            sum = sum + value;
            lowest = R::select(R::zero().lt(market.value[i * n + m]), lowest.min(one + change), lowest);
        }
        equilibrium.producer[i] = producer;
        equilibrium.log_producer[i] = producer.ln();
        equilibrium.output[i] = one + gained;
        lowest = lowest.min(producer);
        let slope = slope(market, elasticities, i);
        let excess = (slope * sold - (one - slope) * price).abs();
        residual = residual.max(R::select(R::zero().lt(slope), excess / slope, excess));
    }
    for m in 0..n {
        let (mut all, mut imports) = (R::zero(), R::zero());
        for i in 0..n {
            let landed = (one + work.price[i]).mul_add(work.wedge[i * n + m], work.price[i]);
            all = work.share[m * n + i].mul_add(landed, all);
            imports = market.import_share[m * n + i].mul_add(landed, imports);
        }
        equilibrium.log_consumer[m] = (one + all).ln();
        equilibrium.log_import[m] = (one + imports).ln();
    }
    // A maximum may pass over a NaN, a sum does not.
    equilibrium.residual = sum.mul_add(R::zero(), residual);
    let converged = R::bits(equilibrium.residual.le(R::splat(TOLERANCE))) & R::bits(R::zero().le(lowest));
    Solved { converged, steps: 1 }
}

/// The change in consumers' surplus in market `n`: −E_n (P̂ + ½ E_m P̂²).
#[inline(always)]
pub fn consumer_surplus<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, equilibrium: &Equilibrium<R>, n: usize) -> R {
    let change = equilibrium.log_consumer[n] * expm1_over(equilibrium.log_consumer[n]);
    -(market.spending[n] * change * (R::one() - R::splat(0.5) * elasticities.demand[n] * change))
}

/// The change in producers' surplus of exporter `i`: V_i p_i (1 + ½ X̂_i), with 1 + X̂_i the value of output over its price.
#[inline(always)]
pub fn producer_surplus<R: Real>(market: &Market<R>, equilibrium: &Equilibrium<R>, i: usize) -> R {
    let producer = equilibrium.producer[i];
    market.output[i] * (producer - R::one()) * R::splat(0.5) * (R::one() + equilibrium.output[i] / producer)
}
