//! The routes of each pair and sector, with base shares and costs as the scenario leaves them.
//!
//! Freight as a share of value is g = (US$ per tonne) / (value per tonne); a scenario's multiplier m gives ln Ĉ = ln((1+g·m)/(1+g)).
//! Base shares are the baseline's, moved by `[route_shares]`: a mode's share is set, or the whole split is drawn from the baseline's prior, a logistic normal:
//! φ_r ∝ φ⁰_r exp(s_r z_r), one standard normal z per route of a pair, shared by its sectors, since what is unknown is unknown for all of them.

use crate::baseline::{Baseline, Mode};
use crate::numerics::Real;
use crate::scenario::{Course, Scenario};
use crate::uncertainty::{Distribution, Number, Parameters, Uncertain, Value};

/// One route of one pair and sector.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteCost {
    pub mode: Mode,
    /// φ⁰: central base-year share of the pair's value.
    pub share: f64,
    /// g: freight as a share of customs value.
    pub freight: f64,
    multiplier: Value,
    /// s and z, where the split is drawn.
    odds: Option<(f64, Value)>,
    /// The share that the scenario sets for the route's mode, and this route's part of it.
    set: Option<(Value, f64)>,
}

impl RouteCost {
    /// ln Ĉ = ln((1+g·m)/(1+g)); exactly zero at m = 1.
    #[inline(always)]
    pub fn log_cost<R: Real>(&self, drawn: &[R]) -> R {
        let freight = R::splat(self.freight);
        let change = freight * (self.multiplier.of(drawn) - R::one());
        (R::one() + change / (R::one() + freight)).ln()
    }
}

/// The routes between one exporter and one market in one sector.
#[derive(Debug, Clone, PartialEq)]
pub struct Corridor {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    /// In the order of the baseline's routes.
    pub routes: Vec<RouteCost>,
    /// Whether some route crosses a third region: there the sea competes with a land bridge.
    pub crosses: bool,
}

impl Corridor {
    /// Whether a draw may find other base shares than the central ones.
    pub fn has_moved_shares(&self) -> bool {
        self.routes.iter().any(|route| route.odds.is_some() || route.set.is_some())
    }

    /// Whether freight can move.
    pub fn has_moving_cost(&self) -> bool {
        self.routes.iter().any(|route| !route.multiplier.is(1.0))
    }

    /// g_in = Σ φ⁰_r g_r: transport cost as a share of the pair's customs value.
    pub fn freight(&self) -> f64 {
        self.routes.iter().map(|route| route.share * route.freight).sum()
    }

    /// Base-year shares φ in the draws whose parameters are `drawn`, into `shares` (one a route); they add to one.
    #[inline(always)]
    pub fn base_shares<R: Real>(&self, drawn: &[R], shares: &mut [R]) {
        if !self.has_moved_shares() {
            for (share, route) in shares.iter_mut().zip(&self.routes) {
                *share = R::splat(route.share);
            }
            return;
        }
        let (mut set, mut free) = (R::zero(), R::zero());
        for (share, route) in shares.iter_mut().zip(&self.routes) {
            match (route.set, route.odds) {
                (Some((of_mode, within)), _) => {
                    *share = of_mode.of(drawn) * R::splat(within);
                    set = set + *share;
                }
                (None, Some((spread, deviation))) => {
                    *share = R::splat(route.share) * (R::splat(spread) * deviation.of(drawn)).exp();
                    free = free + *share;
                }
                (None, None) => {
                    *share = R::splat(route.share);
                    free = free + *share;
                }
            }
        }
        // What the set modes leave goes to the others in proportion. Set shares of more than one, or with no other route to take the rest, are scaled to one.
        let left = R::select(R::zero().lt(free), (R::one() - set).max(R::zero()), R::zero());
        let per_free = R::select(R::zero().lt(free), left / free, R::zero());
        let total = set + left;
        for (share, route) in shares.iter_mut().zip(&self.routes) {
            *share = if route.set.is_some() { *share / total } else { *share * per_free / total };
        }
    }
}

/// Every corridor of the baseline that has routes.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Sector-major, then in the order of the baseline's pairs.
    pub corridors: Vec<Corridor>,
}

impl Network {
    /// Lays the scenario's freight and shares over the baseline's routes and registers what is uncertain.
    pub fn compile(scenario: &Scenario, baseline: &Baseline, parameters: &mut Parameters) -> Self {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for route in &baseline.routes {
            if !pairs.contains(&(route.exporter, route.importer)) {
                pairs.push((route.exporter, route.importer));
            }
        }
        let mut corridors = Vec::new();
        for sector in 0..baseline.sectors.len() {
            for &(exporter, importer) in &pairs {
                if baseline.flow(sector, exporter, importer).value > 0.0 {
                    corridors.push(corridor(scenario, baseline, parameters, sector, exporter, importer));
                }
            }
        }
        Network { corridors }
    }
}

fn corridor(
    scenario: &Scenario,
    baseline: &Baseline,
    parameters: &mut Parameters,
    sector: usize,
    exporter: usize,
    importer: usize,
) -> Corridor {
    let of_pair: Vec<usize> = (0..baseline.routes.len())
        .filter(|&r| baseline.routes[r].exporter == exporter && baseline.routes[r].importer == importer)
        .collect();
    let central = |r: usize| baseline.share(r, sector);
    let density = baseline.value_density.get(sector).copied().flatten();
    let routes = of_pair.iter().map(|&r| {
        let route = &baseline.routes[r];
        let set = scenario
            .route_shares
            .iter()
            .filter(|set| set.mode == route.mode && set.exporter == exporter && set.importer == importer)
            .filter(|set| set.sector.is_none_or(|s| s == sector))
            .max_by_key(|set| set.sector.is_some())
            .map(|set| {
                let of_mode: Vec<f64> = of_pair.iter().filter(|&&k| baseline.routes[k].mode == route.mode).map(|&k| central(k)).collect();
                let whole: f64 = of_mode.iter().sum();
                let within = if whole > 0.0 { central(r) / whole } else { 1.0 / of_mode.len() as f64 };
                (parameters.value(&set.share), within)
            });
        let spread = baseline.route_share(r, sector).map_or(0.0, |row| row.log_sd);
        let odds = (scenario.route_shares_uncertain && spread > 0.0 && set.is_none()).then(|| {
            let (from, to) = (&baseline.regions[exporter].code, &baseline.regions[importer].code);
            (spread, parameters.value(&standard_normal(format!("route_shares.{from}-{to}.{}", route.name))))
        });
        let multiplier = scenario
            .freight
            .iter()
            .filter(|freight| freight.mode == route.mode && freight.pair.is_none_or(|pair| pair == (exporter, importer)))
            .max_by_key(|freight| freight.pair.is_some())
            .map_or(Value::Fixed(1.0), |freight| match &freight.multiple {
                Course::Constant(multiple) => parameters.value(multiple),
                Course::MeanReverting(_) => Value::Fixed(1.0),
            });
        let freight = density.map_or(0.0, |density| route.freight_usd_per_tonne / density.usd_per_tonne);
        RouteCost { mode: route.mode, share: central(r), freight, multiplier, odds, set }
    });
    let routes: Vec<RouteCost> = routes.collect();
    Corridor { sector, exporter, importer, routes, crosses: of_pair.iter().any(|&r| baseline.routes[r].via.is_some()) }
}

fn standard_normal(path: String) -> Number {
    match Distribution::normal(0.0, 1.0) {
        Ok(distribution) => Number::Uncertain(Box::new(Uncertain { path, distribution })),
        Err(_) => Number::Fixed(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(mode: Mode, share: f64) -> RouteCost {
        RouteCost { mode, share, freight: 0.05, multiplier: Value::Fixed(1.0), odds: None, set: None }
    }

    fn corridor(routes: Vec<RouteCost>) -> Corridor {
        Corridor { sector: 0, exporter: 0, importer: 1, routes, crosses: true }
    }

    fn shares(corridor: &Corridor, drawn: &[f64]) -> Vec<f64> {
        let mut shares = vec![0.0; corridor.routes.len()];
        corridor.base_shares(drawn, &mut shares);
        shares
    }

    #[test]
    fn a_set_mode_takes_its_share_and_the_rest_keep_their_proportions() {
        let mut routes = vec![route(Mode::Truck, 0.6), route(Mode::Rail, 0.2), route(Mode::Sea, 0.05), route(Mode::Sea, 0.15)];
        routes[2].set = Some((Value::Fixed(0.5), 0.25));
        routes[3].set = Some((Value::Fixed(0.5), 0.75));
        let found = shares(&corridor(routes), &[]);
        for (found, expected) in found.iter().zip([0.375, 0.125, 0.125, 0.375]) {
            assert!((found - expected).abs() < 1e-15);
        }
    }

    #[test]
    fn drawn_odds_keep_the_sum() {
        let mut routes = vec![route(Mode::Truck, 0.7), route(Mode::Sea, 0.3)];
        routes[1].odds = Some((0.8, Value::Parameter(0)));
        let corridor = corridor(routes);
        let higher = shares(&corridor, &[1.0]);
        assert!((higher[0] + higher[1] - 1.0).abs() < 1e-15);
        assert!(((higher[1] / higher[0]).ln() - ((0.3f64 / 0.7).ln() + 0.8)).abs() < 1e-12);
        assert!((shares(&corridor, &[0.0])[1] - 0.3).abs() < 1e-15);
    }

    #[test]
    fn shares_set_to_more_than_everything_are_scaled() {
        let mut routes = vec![route(Mode::Truck, 0.7), route(Mode::Sea, 0.3)];
        routes[0].set = Some((Value::Fixed(0.9), 1.0));
        routes[1].set = Some((Value::Parameter(0), 1.0));
        let found = shares(&corridor(routes), &[0.6]);
        assert!((found[0] - 0.6).abs() < 1e-15 && (found[1] - 0.4).abs() < 1e-15);
    }

    #[test]
    fn freight_moves_cost_by_its_share_of_value() {
        let mut dear = route(Mode::Truck, 1.0);
        assert_eq!(dear.log_cost::<f64>(&[]), 0.0);
        dear.multiplier = Value::Fixed(2.0);
        assert!((dear.log_cost::<f64>(&[]) - (1.10f64 / 1.05).ln()).abs() < 1e-15);
    }
}
