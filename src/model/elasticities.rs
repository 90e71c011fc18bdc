//! The elasticities of one sector in one draw (MODEL 3, 4).

use crate::numerics::Real;

/// How near to one a substitution elasticity may come: there 1/(1−σ) has no value and the CES becomes Cobb–Douglas.
/// A σ within this distance is moved to it, which moves the log price index by at most half of it times the variance of log prices: below 1e-6.
pub const CLOSEST_TO_ONE: f64 = 1e-5;

/// By region: the market for demand, domestic, import; the exporter for supply.
#[derive(Debug, Clone)]
pub struct Elasticities<R> {
    /// η ≥ 0: of a sector's total demand to its price.
    pub demand: Vec<R>,
    /// σ_D: between domestic goods and imports.
    pub domestic: Vec<R>,
    /// σ_M: among import origins.
    pub import: Vec<R>,
    /// 1/(1+ε) of supply: 1 for a fixed endowment (ε = 0), 0 for a fixed price (ε = ∞).
    pub supply_slope: Vec<R>,
    /// Markets that share one σ_M have the same class; classes are numbered from zero.
    pub import_class: Vec<usize>,
    /// A market of each class.
    pub class_market: Vec<usize>,
}

impl<R: Real> Elasticities<R> {
    /// The same elasticities in all of `regions` regions.
    pub fn uniform(regions: usize, demand: f64, domestic: f64, import: f64, supply: f64) -> Self {
        let mut all = Self::new(vec![0; regions]);
        for region in 0..regions {
            all.set_market(region, R::splat(demand), R::splat(domestic), R::splat(import));
            all.set_supply(region, R::splat(supply));
        }
        all
    }

    /// Room for elasticities whose import elasticity falls into these classes.
    pub fn new(import_class: Vec<usize>) -> Self {
        let regions = import_class.len();
        let classes = import_class.iter().max().map_or(0, |last| last + 1);
        let class_market = (0..classes).map(|class| import_class.iter().position(|&c| c == class).unwrap_or(0)).collect();
        Elasticities {
            demand: vec![R::one(); regions],
            domestic: vec![R::splat(2.0); regions],
            import: vec![R::splat(2.0); regions],
            supply_slope: vec![R::splat(0.5); regions],
            import_class,
            class_market,
        }
    }

    /// Sets a market's elasticities; substitution elasticities too near to one are moved away (see [`CLOSEST_TO_ONE`]).
    #[inline(always)]
    pub fn set_market(&mut self, market: usize, demand: R, domestic: R, import: R) {
        self.demand[market] = demand;
        self.domestic[market] = away_from_one(domestic);
        self.import[market] = away_from_one(import);
    }

    /// Gives a region the elasticities that another has, as a market and as an exporter.
    #[inline(always)]
    pub fn set_as(&mut self, region: usize, other: usize) {
        self.demand[region] = self.demand[other];
        self.domestic[region] = self.domestic[other];
        self.import[region] = self.import[other];
        self.supply_slope[region] = self.supply_slope[other];
    }

    /// Sets an exporter's supply elasticity; infinity is a fixed price.
    #[inline(always)]
    pub fn set_supply(&mut self, exporter: usize, supply: R) {
        self.supply_slope[exporter] = R::one() / (R::one() + supply);
    }
}

/// σ, or the nearest value at [`CLOSEST_TO_ONE`] from one.
#[inline(always)]
pub fn away_from_one<R: Real>(sigma: R) -> R {
    let distance = sigma - R::one();
    let least = R::splat(CLOSEST_TO_ONE);
    let moved = R::select(distance.lt(R::zero()), R::one() - least, R::one() + least);
    R::select(distance.abs().lt(least), moved, sigma)
}
