//! The routes of each pair and sector, with base shares and costs as the scenario leaves them, services that do not exist yet among them.
//!
//! Base shares are the baseline's, moved by `[route_shares]`: a mode's share is set, or the whole split is drawn from the baseline's prior, a logistic normal:
//! φ_r ∝ φ⁰_r exp(s_r z_g), one standard normal z per group of routes of a pair, shared by its sectors, since what is unknown is unknown for all of them.

use super::capacity::{Facility, Kind, facilities, since};
use super::cost::{Entry, RouteCost};
use super::numbers::Numbers;
use crate::baseline::{Baseline, Mode, Route};
use crate::numerics::Real;
use crate::policy::Branches;
use crate::scenario::{RouteShareOverride, Scenario};
use crate::uncertainty::{Distribution, Number, Parameters, Rule, Uncertain, Value};

/// The routes between one exporter and one market in one sector.
#[derive(Debug, Clone, PartialEq)]
pub struct Corridor {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    /// In the order of the baseline's routes, then of the scenario's services.
    pub routes: Vec<RouteCost>,
    /// τ: what a day on the way costs, ad valorem.
    pub time_value: Value,
    /// g of the base year at central shares and value of time.
    pub cost: f64,
    /// Whether some route crosses a third region: there the sea competes with a land bridge.
    pub crosses: bool,
    /// Whether a service without a past may enter.
    pub enters: bool,
    /// Whether its costs can differ from the base year's.
    pub moves: bool,
}

impl Corridor {
    /// Whether a draw may find other base shares than the central ones.
    pub fn has_moved_shares(&self) -> bool {
        self.routes.iter().any(|route| route.odds.is_some() || route.set.is_some())
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

/// Every corridor of the baseline that has routes, and what on them can fill.
#[derive(Debug, Clone)]
pub struct Network {
    /// Sector-major, then in the order of the baseline's pairs.
    pub corridors: Vec<Corridor>,
    pub facilities: Vec<Facility>,
    /// Whether crowding makes goods wait.
    pub congestion: bool,
    /// What waiting costs beside time: US$ per TEU and day.
    pub storage: Value,
}

impl Network {
    /// Lays the scenario over the baseline's routes and registers what is uncertain.
    pub fn compile(scenario: &Scenario, baseline: &Baseline, branches: &Branches, parameters: &mut Parameters) -> Self {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for route in &baseline.routes {
            if !pairs.contains(&(route.exporter, route.importer)) {
                pairs.push((route.exporter, route.importer));
            }
        }
        let facilities = facilities(scenario, baseline, branches, parameters);
        let fills = |at: usize| scenario.ports.congestion && facilities[at].can_fill();
        let numbers = Numbers { scenario, baseline, branches };
        let mut corridors = Vec::new();
        for sector in 0..baseline.sectors.len() {
            for &(exporter, importer) in &pairs {
                if baseline.flow(sector, exporter, importer).value > 0.0 {
                    let mut corridor = corridor(&numbers, &facilities, parameters, sector, exporter, importer);
                    for route in &mut corridor.routes {
                        route.waits = route.stops.iter().any(|&stop| fills(stop));
                    }
                    corridor.moves = corridor.routes.iter().any(|route| route.moves() || route.waits);
                    corridors.push(corridor);
                }
            }
        }
        let storage = parameters.value(&scenario.ports.storage);
        Network { corridors, facilities, congestion: scenario.ports.congestion, storage }
    }

    /// Whether anything on the way of these corridors can fill.
    pub fn can_fill(&self, of: impl Fn(&Corridor) -> bool) -> bool {
        let mut stops = self.corridors.iter().filter(|corridor| of(corridor)).flat_map(|c| &c.routes).flat_map(|r| &r.stops);
        self.congestion && stops.any(|&stop| self.facilities[stop].can_fill())
    }

    /// Whether costs, capacities and other trade are the same in two periods of every draw.
    pub fn is_same(&self, parameters: &Parameters, a: usize, b: usize) -> bool {
        let of_routes = self.corridors.iter().flat_map(|corridor| corridor.routes.iter().flat_map(RouteCost::numbers));
        let of_facilities = self.facilities.iter().flat_map(Facility::numbers);
        of_routes.chain(of_facilities).all(|number| parameters.is_same(number, a, b))
    }
}

fn corridor(
    numbers: &Numbers<'_>,
    facilities: &[Facility],
    parameters: &mut Parameters,
    sector: usize,
    exporter: usize,
    importer: usize,
) -> Corridor {
    let (scenario, baseline) = (numbers.scenario, numbers.baseline);
    let of_pair: Vec<usize> = baseline.routes_of(exporter, importer).map(|(index, _)| index).collect();
    let time_value = numbers.time_value(sector, parameters);
    let central_time = numbers.central_time_value(sector);
    let goods = Goods::of(baseline, sector);
    let mut routes: Vec<RouteCost> = Vec::with_capacity(of_pair.len());
    for &r in &of_pair {
        let route = &baseline.routes[r];
        let set = scenario
            .route_shares
            .iter()
            .filter(|set| set.mode == route.mode && set.exporter == exporter && set.importer == importer)
            .filter(|set| set.sector.is_none_or(|s| s == sector))
            .max_by_key(|set| set.sector.is_some())
            .map(|set| (parameters.value(&set.share), part_of_mode(baseline, &of_pair, r, sector, set)));
        let spread = baseline.route_share(r, sector).map_or(0.0, |row| row.log_sd);
        let odds = (scenario.route_shares_uncertain && spread > 0.0 && set.is_none())
            .then(|| (spread, parameters.value(&deviation(baseline, route))));
        let boxed = if route.mode == Mode::Sea { goods.containerised } else { 1.0 };
        let ports: Vec<usize> = route.ports.iter().flat_map(|(from, to)| [*from, *to]).collect();
        routes.push(RouteCost {
            name: route.name.clone(),
            mode: route.mode,
            share: baseline.share(r, sector),
            freight: route.freight_usd_per_tonne / goods.usd_per_tonne,
            days: route.days,
            multiple: numbers.freight(route.mode, (exporter, importer), parameters),
            pace: numbers.transit_time(route.mode, (exporter, importer), parameters),
            crossing: route.via.and_then(|region| numbers.land_bridge(region, parameters)),
            handling: numbers.handling(&ports, boxed / goods.usd_per_teu, parameters),
            stops: ports.iter().filter_map(|&port| facilities.iter().position(|f| f.kind == Kind::Port(port))).collect(),
            waits: false,
            boxed,
            teu_per_usd_m: 1e6 * boxed / goods.usd_per_teu,
            odds,
            set,
            entry: None,
        });
    }
    for (index, service) in scenario.services.iter().enumerate() {
        for way in service.ways.iter().filter(|way| (way.exporter, way.importer) == (exporter, importer)) {
            let takes = service.sectors.contains(&sector);
            let kind = Kind::Service { service: index, exporter, importer };
            let ports = if exporter == baseline.ports[service.from_port].region {
                [service.from_port, service.to_port]
            } else {
                [service.to_port, service.from_port]
            };
            let stops = [Kind::Port(ports[0]), kind, Kind::Port(ports[1])];
            routes.push(RouteCost {
                name: service.name.clone(),
                mode: Mode::Sea,
                share: 0.0,
                freight: way.freight_usd_per_tonne.central() / goods.usd_per_tonne,
                days: way.days.central(),
                multiple: relative(&way.freight_usd_per_tonne, numbers.freight(Mode::Sea, (exporter, importer), parameters), parameters),
                pace: relative(&way.days, numbers.transit_time(Mode::Sea, (exporter, importer), parameters), parameters),
                crossing: None,
                handling: numbers.handling(&ports, 1.0 / goods.usd_per_teu, parameters),
                stops: stops.iter().filter_map(|stop| facilities.iter().position(|f| f.kind == *stop)).collect(),
                waits: false,
                boxed: 1.0,
                teu_per_usd_m: 1e6 / goods.usd_per_teu,
                odds: None,
                set: None,
                entry: Some(Entry {
                    open: if takes { since(scenario, &service.start, parameters) } else { Value::Fixed(0.0) },
                    capacity: facilities.iter().find(|f| f.kind == kind).and_then(Facility::stated).unwrap_or(Value::Fixed(0.0)),
                    like: way.like.iter().filter_map(|like| of_pair.iter().position(|r| r == like)).collect(),
                }),
            });
        }
    }
    let cost = routes.iter().map(|route| route.share * (route.freight + central_time * route.days)).sum();
    let enters = routes.iter().any(|route| route.entry.is_some());
    let crosses = of_pair.iter().any(|&r| baseline.routes[r].via.is_some());
    Corridor { sector, exporter, importer, routes, time_value, cost, crosses, enters, moves: false }
}

/// A number that is uncertain itself, as a multiple of its mean, times a multiple.
fn relative(number: &Number, multiple: Value, parameters: &mut Parameters) -> Value {
    if number.is_fixed() {
        return multiple;
    }
    let drawn = parameters.value(number);
    let of_mean = parameters.derived(Rule::Product(drawn, Value::Fixed(1.0 / number.central())));
    if multiple.is(1.0) { of_mean } else { parameters.derived(Rule::Product(of_mean, multiple)) }
}

/// What a sector's goods come to by weight and by container; infinitely dear where the baseline does not say, so that freight and containers are nothing.
struct Goods {
    usd_per_tonne: f64,
    usd_per_teu: f64,
    containerised: f64,
}

impl Goods {
    fn of(baseline: &Baseline, sector: usize) -> Goods {
        match baseline.value_density.get(sector).copied().flatten() {
            Some(density) => Goods {
                usd_per_tonne: density.usd_per_tonne,
                usd_per_teu: density.usd_per_tonne * density.tonnes_per_teu,
                containerised: density.containerised,
            },
            None => Goods { usd_per_tonne: f64::INFINITY, usd_per_teu: f64::INFINITY, containerised: 0.0 },
        }
    }
}

/// A route's part of what its mode carries.
fn part_of_mode(baseline: &Baseline, of_pair: &[usize], route: usize, sector: usize, set: &RouteShareOverride) -> f64 {
    let of_mode: Vec<f64> = of_pair.iter().filter(|&&k| baseline.routes[k].mode == set.mode).map(|&k| baseline.share(k, sector)).collect();
    let whole: f64 = of_mode.iter().sum();
    if whole > 0.0 { baseline.share(route, sector) / whole } else { 1.0 / of_mode.len() as f64 }
}

/// The standard normal that moves the odds of a route's group.
fn deviation(baseline: &Baseline, route: &Route) -> Number {
    let (from, to) = (&baseline.regions[route.exporter].code, &baseline.regions[route.importer].code);
    let path = format!("route_shares.{from}-{to}.{}", route.group);
    match Distribution::normal(0.0, 1.0) {
        Ok(distribution) => Number::Uncertain(Box::new(Uncertain { path, distribution })),
        Err(_) => Number::Fixed(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::cost::tests::route;
    use super::*;

    fn corridor(routes: Vec<RouteCost>) -> Corridor {
        Corridor {
            sector: 0,
            exporter: 0,
            importer: 1,
            routes,
            time_value: Value::Fixed(0.0),
            cost: 0.05,
            crosses: true,
            enters: false,
            moves: false,
        }
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
}
