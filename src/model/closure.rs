//! Which model answers a shock: the seam between the closures and all that runs and reports them (MODEL 6, 7).
//!
//! The choice is made once a sector and period, outside of the arithmetic.

use super::elasticities::Elasticities;
use super::equilibrium::{Equilibrium, Failure, Shock, TOLERANCE};
use super::market::Market;
use super::partial::Solved;
use super::{gsim, partial, smart, welfare};
use crate::numerics::Real;

/// A model of a sector's trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// Nested CES, solved exactly: [`partial`].
    Partial,
    /// Francois & Hall's linear model of all markets: [`gsim`].
    Gsim,
    /// Laird & Yeats' model of one importer at a time: [`smart`].
    Smart,
}

/// Room for one solve by any of the closures; reused from sector to sector.
#[derive(Debug, Clone)]
pub struct Workspace<R> {
    partial: partial::Workspace<R>,
    gsim: gsim::Workspace<R>,
    smart: smart::Workspace<R>,
}

impl<R: Real> Workspace<R> {
    /// Room for `regions` regions.
    pub fn new(regions: usize) -> Self {
        Workspace { partial: partial::Workspace::new(regions), gsim: gsim::Workspace::new(regions), smart: smart::Workspace::new(regions) }
    }
}

impl Closure {
    /// Whether home goods and imports substitute for each other as the elasticity σ_D says.
    pub fn knows_home_goods_apart(self) -> bool {
        self == Closure::Partial
    }

    /// The base year itself, with the room that the closure needs.
    pub fn baseline<R: Real>(self, regions: usize) -> Equilibrium<R> {
        match self {
            Closure::Partial | Closure::Gsim => Equilibrium::baseline(regions),
            Closure::Smart => smart::baseline(regions),
        }
    }

    /// Solves one sector. `equilibrium` is made by [`Closure::baseline`]; its `log_producer` is where [`partial`] starts, the others need no start.
    #[inline(always)]
    pub fn solve<R: Real>(
        self,
        market: &Market<R>,
        shock: &Shock<R>,
        elasticities: &Elasticities<R>,
        equilibrium: &mut Equilibrium<R>,
        work: &mut Workspace<R>,
    ) -> Solved {
        match self {
            Closure::Partial => partial::solve(market, shock, elasticities, equilibrium, &mut work.partial),
            Closure::Gsim => gsim::solve(market, shock, elasticities, equilibrium, &mut work.gsim),
            Closure::Smart => smart::solve(market, shock, elasticities, equilibrium, &mut work.smart),
        }
    }

    /// Why a lane has failed, as its answer tells.
    pub fn failure<R: Real>(self, market: &Market<R>, equilibrium: &Equilibrium<R>, lane: usize) -> Failure {
        if self == Closure::Partial {
            return partial::failure(equilibrium, lane);
        }
        let residual = equilibrium.residual.lane(lane);
        if !residual.is_finite() {
            return Failure::NotFinite;
        }
        if residual > TOLERANCE {
            return Failure::NotConverged { residual, iterations: 1 };
        }
        let sold = (0..market.value.len()).filter(|&cell| market.value[cell].lane(lane) > 0.0);
        let hats =
            sold.flat_map(|cell| [equilibrium.quantity(cell / market.regions, cell), equilibrium.value[cell]]).map(|hat| hat.lane(lane));
        let prices = equilibrium.producer.iter().map(|price| price.lane(lane));
        Failure::BelowZero { lowest: hats.chain(prices).fold(1.0, f64::min) }
    }

    /// The change in consumers' surplus in market `n`, US$ million.
    #[inline(always)]
    pub fn consumer_surplus<R: Real>(
        self,
        market: &Market<R>,
        elasticities: &Elasticities<R>,
        equilibrium: &Equilibrium<R>,
        n: usize,
    ) -> R {
        match self {
            Closure::Partial => welfare::consumer_surplus(market, elasticities, equilibrium, n),
            Closure::Gsim => gsim::consumer_surplus(market, elasticities, equilibrium, n),
            Closure::Smart => smart::consumer_surplus(market, equilibrium, n),
        }
    }

    /// The change in producers' surplus of exporter `i`, US$ million.
    #[inline(always)]
    pub fn producer_surplus<R: Real>(
        self,
        market: &Market<R>,
        elasticities: &Elasticities<R>,
        equilibrium: &Equilibrium<R>,
        i: usize,
    ) -> R {
        match self {
            Closure::Partial => welfare::producer_surplus(market, elasticities, equilibrium, i),
            Closure::Gsim => gsim::producer_surplus(market, equilibrium, i),
            Closure::Smart => smart::producer_surplus(market, equilibrium, i),
        }
    }
}
