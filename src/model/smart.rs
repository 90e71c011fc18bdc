//! SMART, the single-market model of the World Bank's WITS, after the UNCTAD trade policy simulation model (Laird & Yeats 1986, annex I; Jammes & Olarreaga 2005).
//!
//! One importer at a time, imports alone. With T̂_in = T′_in/T_in − 1, which for a tariff is dt/(1+t), import demand E_m, export supply E_x, substitution E_s:
//!
//! trade creation  TC_in = V_in E_m T̂_in / (1 − E_m/E_x),      price effect  V_in p_in,  p_in = T̂_in E_m/(E_x − E_m),
//! trade diversion TD_in = V_in ((1 + x_in) Σ_k V_kn / Σ_k V_kn (1 + x_kn) − 1),  x_in = −E_s·(π_n − π_in)/(1 + π_n),
//!
//! where 1 + π_in = (1+p_in)(1+T̂_in) is the change of the price in the market and π_n the largest among its suppliers. With two groups of suppliers, TD is
//! M_k M_K x/(M_k + M_K + M_k x): Laird & Yeats' diversion from the group K to the group k that grows cheaper by x/E_s beside it. Taking the least favoured supplier
//! for K carries that to any number of rates, and raised ones too: what suppliers gain others lose, and no one loses more than he had. They take the change of
//! tariffs for that of prices, which it is where supply is infinite; here prices after the price effect count.
//!
//! V̂_in = 1 + (TC + TD)/V + p, as WITS adds them up. Supply may be infinite (E_x = ∞, the usual run of WITS, which writes 99): no price effect then.
//! E_m is −η of the market, E_s −σ_M, E_x the exporter's ε. σ_D has no part: home sales and their price stay as they are.
//! In a baseline of many markets each is taken for itself, so that one exporter has a price in each; his producer price is their mean, weighted by sales. What a
//! market no longer buys is not made: no other market is told of it. The composite of a market counts home goods at the price they had.
//!
//! Welfare: ΔCS_n = −Σ_i E_in π_in (1 + ½ q̂_in) and ΔPS_i = Σ_n V_in p_in (1 + ½ q̂_in), trapezoids. With infinite supply, and with tariff revenue, they add up to
//! Σ_i ½ (t_in + t′_in) ΔM_in, the change of imports at the mean of old and new tariff (Laird & Yeats' ½ dt dM where the tariff goes to or from nothing).

use super::elasticities::Elasticities;
use super::equilibrium::{Equilibrium, Shock, TOLERANCE};
use super::gsim::relative_wedges;
use super::market::Market;
use super::partial::Solved;
use crate::numerics::Real;

/// Room for one solve; reused from sector to sector.
#[derive(Debug, Clone)]
pub struct Workspace<R> {
    /// T̂_in, exporter-major.
    wedge: Vec<R>,
    /// By exporter, in one market: p, and the created part of q̂.
    price: Vec<R>,
    created: Vec<R>,
    /// By exporter, in one market: x.
    favour: Vec<R>,
}

impl<R: Real> Workspace<R> {
    /// Room for `regions` regions.
    pub fn new(regions: usize) -> Self {
        let row = vec![R::zero(); regions];
        Workspace { wedge: vec![R::zero(); regions * regions], price: row.clone(), created: row.clone(), favour: row }
    }
}

/// Room for an answer in which an exporter has a price in each market.
pub fn baseline<R: Real>(regions: usize) -> Equilibrium<R> {
    let mut equilibrium = Equilibrium::baseline(regions);
    equilibrium.by_market = vec![R::one(); regions * regions];
    equilibrium.landed = vec![R::one(); regions * regions];
    equilibrium
}

/// Solves one sector, market by market; formulas, nothing is iterated. `equilibrium` must be made by [`baseline`].
#[inline(always)]
pub fn solve<R: Real>(
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) -> Solved {
    let (n, one) = (market.regions, R::one());
    relative_wedges(shock, n, &mut work.wedge);
    let (mut residual, mut lowest, mut sum) = (R::zero(), one, R::zero());
    for m in 0..n {
        create(market, elasticities, m, work);
        let mean_favour = favour(market, elasticities, equilibrium, m, work);
        let mut imports = R::zero();
        for i in 0..n {
            let cell = i * n + m;
            if i == m {
                (equilibrium.by_market[cell], equilibrium.value[cell], equilibrium.landed[cell]) = (one, one, one);
                continue;
            }
            let (created, price) = (work.created[i], work.price[i]);
            let diverted = (work.favour[i] - mean_favour) / (one + mean_favour);
            let quantity = one + created + diverted;
            equilibrium.by_market[cell] = quantity;
            equilibrium.value[cell] = quantity + price;
            sum = sum + equilibrium.value[cell];
            imports = market.import_share[m * n + i].mul_add(equilibrium.landed[cell] - one, imports);
            let slope = elasticities.supply_slope[i];
            residual = residual.max((slope * created - (one - slope) * price).abs());
            let least = quantity.min(quantity + price).min(one + price);
            lowest = R::select(R::zero().lt(market.value[cell]), lowest.min(least), lowest);
        }
        equilibrium.log_import[m] = (one + imports).ln();
        equilibrium.log_consumer[m] = (one + (one - market.home_share[m]) * imports).ln();
    }
    for i in 0..n {
        let (mut price, mut gained) = (R::zero(), R::zero());
        for m in 0..n {
            let (cell, share) = (i * n + m, market.sales_share[i * n + m]);
            price = share.mul_add(equilibrium.value[cell] - equilibrium.by_market[cell], price);
            gained = share.mul_add(equilibrium.value[cell] - one, gained);
        }
        equilibrium.producer[i] = one + price;
        equilibrium.log_producer[i] = equilibrium.producer[i].ln();
        equilibrium.output[i] = one + gained;
    }
    // A maximum may pass over a NaN, a sum does not.
    equilibrium.residual = sum.mul_add(R::zero(), residual);
    let converged = R::bits(equilibrium.residual.le(R::splat(TOLERANCE))) & R::bits(R::zero().le(lowest));
    Solved { converged, steps: 1 }
}

/// TC/V and p of every supplier of a market. With a = 1/(1+E_x) both are finite for any supply: TC/V = −η T̂ (1−a)/((1−a) + η a), p = −η T̂ a/((1−a) + η a).
#[inline(always)]
fn create<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, m: usize, work: &mut Workspace<R>) {
    let n = market.regions;
    for i in 0..n {
        let (slope, demand) = (elasticities.supply_slope[i], elasticities.demand[m]);
        let steady = R::one() - slope;
        let wedge = work.wedge[i * n + m];
        let less = demand * wedge / demand.mul_add(slope, steady);
        // Where neither demand nor supply answers, 0/0: no price clears the market, unless nothing has moved.
        let less = R::select(wedge.abs().le(R::zero()), R::zero(), less);
        let trades = R::zero().lt(market.value[i * n + m]);
        work.created[i] = R::select(trades, -(less * steady), R::zero());
        work.price[i] = R::select(trades, -(less * slope), R::zero());
    }
}

/// x of every supplier of a market, and 1 + π into `landed`; returns the mean of x, weighted by trade.
#[inline(always)]
fn favour<R: Real>(
    market: &Market<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    m: usize,
    work: &mut Workspace<R>,
) -> R {
    let (n, one) = (market.regions, R::one());
    let mut dearest = R::zero();
    for i in (0..n).filter(|&i| i != m) {
        let landed = (one + work.price[i]) * (one + work.wedge[i * n + m]);
        let trades = R::zero().lt(market.value[i * n + m]);
        equilibrium.landed[i * n + m] = R::select(trades, landed, one);
        dearest = R::select(trades, dearest.max(landed), dearest);
    }
    let (mut favoured, mut all) = (R::zero(), R::zero());
    for i in (0..n).filter(|&i| i != m) {
        let value = market.value[i * n + m];
        let gap = elasticities.import[m] * (dearest - equilibrium.landed[i * n + m]) / dearest;
        work.favour[i] = R::select(R::zero().lt(value), gap, R::zero());
        favoured = value.mul_add(work.favour[i], favoured);
        all = all + value;
    }
    R::select(R::zero().lt(all), favoured / all, R::zero())
}

/// The change in consumers' surplus in market `n`: −Σ_i E_in π_in (1 + ½ q̂_in), on imports alone.
#[inline(always)]
pub fn consumer_surplus<R: Real>(market: &Market<R>, equilibrium: &Equilibrium<R>, n: usize) -> R {
    let mut change = R::zero();
    for i in 0..market.regions {
        let cell = market.cell(i, n);
        let spent = market.value[cell] * R::splat(market.landed_cost[cell]);
        let dearer = equilibrium.landed[cell] - R::one();
        change = change - spent * dearer * R::splat(0.5) * (R::one() + equilibrium.by_market[cell]);
    }
    change
}

/// The change in producers' surplus of exporter `i`: Σ_n V_in p_in (1 + ½ q̂_in).
#[inline(always)]
pub fn producer_surplus<R: Real>(market: &Market<R>, equilibrium: &Equilibrium<R>, i: usize) -> R {
    let mut change = R::zero();
    for n in 0..market.regions {
        let cell = market.cell(i, n);
        let (quantity, value) = (equilibrium.by_market[cell], equilibrium.value[cell]);
        change = change + market.value[cell] * (value - quantity) * R::splat(0.5) * (R::one() + quantity);
    }
    change
}
