//! Demand and excess demand at given prices.
//!
//! With S_n = Σ_{i≠n} μ_in (p̂_i τ̂_in Ĝ_in)^(1−σ_M), D_n = P̂_n^(1−σ_D):
//!
//! V̂_in = (τ̂Ĝ)_in^(−σ_M) p̂_i^(1−σ_M) K_n,   K_n = (P̂^M_n)^(1−σ_D)/S_n · P̂_n^(σ_D−η),
//!
//! which needs four exponentials and three logarithms a region, none a pair, and no division. Sums over markets take what the wedges and the base year bring (w_in (τ̂Ĝ)^(−σ_M), one
//! number a cell) and, where all markets share one σ_M, p̂_i^(1−σ_M) once an exporter: a multiplication and addition a cell.

use super::slopes::Slopes;
use crate::model::{Elasticities, Equilibrium, Market, Shock};
use crate::numerics::Real;

/// Room for one solve; reused from sector to sector.
#[derive(Debug, Clone)]
pub struct Workspace<R> {
    /// By region, the same in all steps.
    pub(super) powers: Vec<Powers<R>>,
    /// μ_in (τ̂Ĝ)^(1−σ_M), market-major; zero at home.
    pub(super) landed: Vec<R>,
    /// (τ̂Ĝ)^(−σ_M), by wedge.
    passed: Vec<R>,
    /// w_in (τ̂Ĝ)^(−σ_M), exporter-major; zero at home.
    pub(super) sold: Vec<R>,
    /// p̂_i^(1−σ_M), by class then exporter.
    pub(super) own: Vec<R>,
    /// By market, at the current prices.
    pub(super) demand: Vec<Demand<R>>,
    /// Σ_{n≠i} w_in V̂_in.
    pub(super) abroad: Vec<R>,
    /// F_i.
    pub(super) excess: Vec<R>,
    pub(super) slopes: Slopes<R>,
    pub(super) step: Vec<R>,
    /// The step of the lanes that need only one more.
    pub(super) last_step: Vec<R>,
}

/// What a region's elasticities come to in a solve.
#[derive(Debug, Clone, Copy)]
pub(super) struct Powers<R> {
    /// 1 − σ_D.
    domestic: R,
    /// (1−σ_D)/(1−σ_M) − 1: of S_n in (P̂^M_n)^(1−σ_D)/S_n.
    import: R,
    /// 1/(1−σ_D).
    per_domestic: R,
    /// 1/(1−σ_M).
    per_import: R,
    /// (σ_D−η)/(1−σ_D): of D_n in demand.
    total: R,
    /// 1/(1+ε). A region that makes none of the good has a price that nobody pays: zero holds it at one.
    pub(super) slope: R,
    /// Turns F_i into ln of demand over supply; one at a fixed price, where supply meets any demand.
    per_slope: R,
}

/// A market's demand at the current prices.
#[derive(Debug, Clone, Copy)]
pub(super) struct Demand<R> {
    /// S_n.
    pub(super) imports: R,
    /// (P̂^M_n)^(1−σ_D)/S_n.
    per_imports: R,
    /// p̂_n^(1−σ_D).
    pub(super) home: R,
    /// D_n.
    pub(super) composite: R,
    /// P̂_n^(σ_D−η).
    pub(super) total: R,
    /// K_n.
    pub(super) pull: R,
}

impl<R: Real> Workspace<R> {
    /// Room for `regions` regions.
    pub fn new(regions: usize) -> Self {
        let one = R::one();
        let (row, square) = (vec![R::zero(); regions], vec![R::zero(); regions * regions]);
        let powers = Powers { domestic: one, import: one, per_domestic: one, per_import: one, total: one, slope: one, per_slope: one };
        Workspace {
            powers: vec![powers; regions],
            landed: square.clone(),
            passed: Vec::with_capacity(regions * regions),
            sold: square.clone(),
            own: square,
            demand: vec![Demand { imports: one, per_imports: one, home: one, composite: one, total: one, pull: one }; regions],
            abroad: row.clone(),
            excess: row.clone(),
            slopes: Slopes::new(regions),
            step: row.clone(),
            last_step: row,
        }
    }
}

/// What the steps of a solve have in common: the powers of prices, and what the wedges do to landed prices.
#[inline(always)]
pub(in crate::model) fn land<R: Real>(
    n: usize,
    market: &Market<R>,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    work: &mut Workspace<R>,
) {
    let one = R::one();
    let (demand, sigma_domestic, sigma_import) = (&elasticities.demand[..n], &elasticities.domestic[..n], &elasticities.import[..n]);
    let (output, supply_slope) = (&market.output[..n], &elasticities.supply_slope[..n]);
    for (m, powers) in work.powers[..n].iter_mut().enumerate() {
        let (domestic, import) = (one - sigma_domestic[m], one - sigma_import[m]);
        let slope = R::select(R::zero().lt(output[m]), supply_slope[m], R::zero());
        let slope_or_one = R::select(R::zero().lt(slope), slope, one);
        // Three inverses from one division, which takes as long as a dozen multiplications.
        let nests = domestic * import;
        let per_all = one / (nests * slope_or_one);
        let per_nests = per_all * slope_or_one;
        let (per_domestic, per_import) = (per_nests * import, per_nests * domestic);
        *powers = Powers {
            domestic,
            import: domestic * per_import - one,
            per_domestic,
            per_import,
            total: (sigma_domestic[m] - demand[m]) * per_domestic,
            slope,
            per_slope: per_all * nests,
        };
    }
    let (landed, sold) = (&mut work.landed[..n * n], &mut work.sold[..n * n]);
    landed.copy_from_slice(&market.import_share[..n * n]);
    sold.copy_from_slice(&market.sales_share[..n * n]);
    for i in 0..n {
        sold[i * n + i] = R::zero();
    }
    work.passed.clear();
    for wedge in &shock.wedges {
        let (i, m) = (wedge.exporter, wedge.importer);
        let raised = ((one - elasticities.import[m]) * wedge.log).exp();
        let passing = raised * (-wedge.log).exp();
        landed[m * n + i] = landed[m * n + i] * raised;
        sold[i * n + m] = sold[i * n + m] * passing;
        work.passed.push(passing);
    }
}

/// Excess demand at the prices in `equilibrium.log_producer`.
#[inline(always)]
pub(in crate::model) fn evaluate<R: Real>(
    n: usize,
    market: &Market<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) {
    raise(n, elasticities, equilibrium, work);
    answer(n, market, elasticities, equilibrium, work);
    clear(n, market, elasticities, equilibrium, work);
}

/// The powers of producer prices: p̂_i^(1−σ_M) for buyers abroad, p̂_n^(1−σ_D) for those at home.
#[inline(always)]
fn raise<R: Real>(n: usize, elasticities: &Elasticities<R>, equilibrium: &Equilibrium<R>, work: &mut Workspace<R>) {
    let x = &equilibrium.log_producer[..n];
    let (powers, demand, own) = (&work.powers[..n], &mut work.demand[..n], &mut work.own[..n * n]);
    for (class, &at) in elasticities.class_market.iter().enumerate() {
        let power = R::one() - elasticities.import[at];
        for (own, &x) in own[class * n..(class + 1) * n].iter_mut().zip(x) {
            *own = (power * x).exp();
        }
    }
    for m in 0..n {
        demand[m].home = (powers[m].domestic * x[m]).exp();
    }
}

/// What each market pays and how it answers.
///
/// In short loops over the markets: one loop that took each market through its chain of logarithm, exponential, logarithm and exponential would wait
/// on every link of it (with these loops a solve of eight regions takes 27% less time).
#[inline(always)]
fn answer<R: Real>(
    n: usize,
    market: &Market<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &mut Workspace<R>,
) {
    let one = R::one();
    let (powers, demand, own) = (&work.powers[..n], &mut work.demand[..n], &work.own[..n * n]);
    let (classes, slack) = (&elasticities.import_class[..n], &market.import_slack[..n]);
    let (landed, log_import) = (&work.landed[..n * n], &mut equilibrium.log_import[..n]);
    for m in 0..n {
        let own = &own[classes[m] * n..][..n];
        let mut sum = R::zero();
        for i in 0..n {
            sum = landed[m * n + i].mul_add(own[i], sum);
        }
        demand[m].imports = sum + slack[m];
        log_import[m] = demand[m].imports.ln();
    }
    let home_share = &market.home_share[..n];
    for m in 0..n {
        let per_imports = (powers[m].import * log_import[m]).exp();
        let alpha = home_share[m];
        demand[m].composite = (one - alpha).mul_add(per_imports * demand[m].imports, alpha * demand[m].home);
        demand[m].per_imports = per_imports;
    }
    let log_consumer = &mut equilibrium.log_consumer[..n];
    for m in 0..n {
        log_consumer[m] = demand[m].composite.ln();
    }
    for m in 0..n {
        let total = (powers[m].total * log_consumer[m]).exp();
        demand[m].pull = demand[m].per_imports * total;
        demand[m].total = total;
    }
}

/// Sales of every exporter, and how far what is asked of him is from what he supplies.
#[inline(always)]
fn clear<R: Real>(n: usize, market: &Market<R>, elasticities: &Elasticities<R>, equilibrium: &mut Equilibrium<R>, work: &mut Workspace<R>) {
    let x = &equilibrium.log_producer[..n];
    let (powers, demand, own, classes) = (&work.powers[..n], &work.demand[..n], &work.own[..n * n], &elasticities.import_class[..n]);
    let (sold, output, sold_abroad) = (&work.sold[..n * n], &mut equilibrium.output[..n], &mut work.abroad[..n]);
    let (share, slack, excess) = (&market.sales_share[..n * n], &market.sales_slack[..n], &mut work.excess[..n]);
    let one_class = elasticities.class_market.len() == 1;
    for i in 0..n {
        let sold = &sold[i * n..(i + 1) * n];
        let mut abroad = R::zero();
        if one_class {
            for m in 0..n {
                abroad = sold[m].mul_add(demand[m].pull, abroad);
            }
            abroad = abroad * own[i];
        } else {
            for m in 0..n {
                abroad = sold[m].mul_add(own[classes[m] * n + i] * demand[m].pull, abroad);
            }
        }
        let home = demand[i].home * demand[i].total;
        sold_abroad[i] = abroad;
        output[i] = share[i * n + i].mul_add(home, abroad) + slack[i];
    }
    let (mut largest, mut sum) = (R::zero(), R::zero());
    for i in 0..n {
        excess[i] = powers[i].slope.mul_add(output[i].ln(), -x[i]);
        let relative = (excess[i] * powers[i].per_slope).abs();
        largest = largest.max(relative);
        sum = sum + relative;
    }
    // `max` forgets a NaN, a sum does not.
    equilibrium.residual = R::zero().mul_add(sum, largest);
}

/// Values, and prices from the powers of them that the steps worked with.
#[inline(always)]
pub(super) fn finish<R: Real>(
    n: usize,
    shock: &Shock<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &mut Equilibrium<R>,
    work: &Workspace<R>,
) {
    let (powers, own, demand, classes) = (&work.powers[..n], &work.own[..n * n], &work.demand[..n], &elasticities.import_class[..n]);
    let (value, log_producer, producer) = (&mut equilibrium.value[..n * n], &equilibrium.log_producer[..n], &mut equilibrium.producer[..n]);
    let (log_consumer, log_import) = (&mut equilibrium.log_consumer[..n], &mut equilibrium.log_import[..n]);
    for m in 0..n {
        let own = &own[classes[m] * n..][..n];
        for i in 0..n {
            value[i * n + m] = own[i] * demand[m].pull;
        }
        producer[m] = log_producer[m].exp();
        log_consumer[m] = log_consumer[m] * powers[m].per_domestic;
        log_import[m] = log_import[m] * powers[m].per_import;
    }
    for (wedge, &passed) in shock.wedges.iter().zip(&work.passed) {
        let cell = wedge.exporter * n + wedge.importer;
        value[cell] = value[cell] * passed;
    }
    for m in 0..n {
        value[m * n + m] = demand[m].home * demand[m].total;
    }
}
