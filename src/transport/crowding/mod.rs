//! How long goods wait, given how much trade there is: the fixed point of waiting and route choice (MODEL 5).
//!
//! x_k = u_k(Δ(x)),   Δ_k = W(x_k) − W(u_k⁰),   u_k = (others_k + Σ_{routes through k} q φ′_r TEU_r) / capacity_k,   φ′ and Ĝ as the delays Δ make them.
//!
//! Route choice is the gradient of a convex potential and waiting rises with use, so there is one solution (Fisk 1980, stochastic user equilibrium). The unknowns are
//! the uses x, not the delays: ln x − ln u rises along each of them and is almost linear where a queue makes waiting steep, so that Newton with the analytic Jacobian
//! needs a handful of steps. Trade answers to the composite cost by a local elasticity on the way; the caller, who knows the trade equilibrium, checks what is left
//! ([`Crowding::residual`]) and solves again.

mod calls;
mod newton;

use super::capacity::Kind;
use super::congestion::waiting;
use super::network::Network;
use super::route_choice::{Offers, attraction, choose, choose_with_entry};
use crate::numerics::Real;
use calls::Calls;

/// A fixed point is one where no waiting differs by more than this from the one that goods were told of: days, about a second.
pub const TOLERANCE: f64 = 1e-5;
/// What is expected of a service before anybody knows.
const EXPECTED: f64 = 0.9;
/// Less than this is nothing.
const NOTHING: f64 = 1e-6;

/// The trade of a corridor that some facility on it can hold up.
#[derive(Debug, Clone, Copy)]
pub struct Trade<R> {
    /// US$ million a year at base-year prices and the central value per tonne, when the composite cost is `log_composite`.
    pub quantity: R,
    /// ln Ĝ.
    pub log_composite: R,
    /// d ln(quantity) / d ln Ĝ.
    pub response: R,
}

/// The routes of one period, in lanes. Routes and facilities are counted as in the network.
#[derive(Debug, Clone)]
pub struct Crowding<R> {
    /// Places of the corridors that something can hold up.
    pub corridors: Vec<usize>,
    /// Where each corridor's routes begin.
    offsets: Vec<usize>,
    /// Facilities that can fill and lie on some route.
    filling: Vec<usize>,
    /// Whether some of them are services, whose every place is taken by modelled trade.
    has_services: bool,
    /// By facility: its place among those.
    place: Vec<Option<usize>>,
    /// By corridor in `corridors`: the places of the facilities on its routes.
    touches: Vec<Vec<usize>>,
    /// The routes that pass through facilities, and those of them on which goods may wait.
    calls: Calls,
    held: Calls,
    /// By route: φ of the base year.
    pub before: Vec<R>,
    /// By route: 1/(1+g) and ln(1+g) of the base year; then, as shares of 1+g, what has changed but for delays, and what a day of waiting costs.
    pub per_base: Vec<R>,
    pub log_base: Vec<R>,
    pub still: Vec<R>,
    pub per_day: Vec<R>,
    /// By route: φ, or the attraction of a service.
    offered: Vec<R>,
    /// By route: Ĉ, ln Ĉ, ln(1+g′) where services enter, Ĉ^(1−κ).
    ratio: Vec<R>,
    log_ratio: Vec<R>,
    log_cost: Vec<R>,
    raised: Vec<R>,
    /// By route: φ′.
    pub after: Vec<R>,
    /// By route of a corridor that services enter: d ln Ĝ / d ln Ĉ_r, which elsewhere is φ′.
    weight: Vec<R>,
    /// By corridor: ln Ĝ and 1−κ.
    pub log_composite: Vec<R>,
    pub power: Vec<R>,
    /// By corridor: its trade at the present cost where anything on it is of concern.
    pub quantity: Vec<R>,
    /// By corridor in `corridors`.
    pub trade: Vec<Trade<R>>,
    /// By facility: the use that goods are told of, and the days of waiting beyond the base year's that follow.
    told: Vec<R>,
    delay: Vec<R>,
    /// By facility: W(u⁰), other trade, capacity (infinite where unknown) and its inverse, throughput, TEU a year.
    base_wait: Vec<R>,
    /// By facility: throughput of the base year, TEU.
    handled: Vec<R>,
    pub others: Vec<R>,
    pub capacity: Vec<R>,
    per_capacity: Vec<R>,
    pub volume: Vec<R>,
    /// By place: what is left of the equations, their Jacobian.
    left: Vec<R>,
    matrix: Vec<R>,
    /// By place: between what the use lies, as far as the steps have shown.
    bounds: Vec<(R, R)>,
    /// By place, of one corridor: its volume, and how its composite cost and its shares' denominator answer to a delay.
    through: Vec<R>,
    composite_slope: Vec<R>,
    share_slope: Vec<R>,
}

impl<R: Real> Crowding<R> {
    pub fn new(network: &Network, offsets: &[usize]) -> Self {
        let can_fill = |stop: usize| network.congestion && network.facilities[stop].can_fill();
        let stops = |c: usize| network.corridors[c].routes.iter().flat_map(|route| &route.stops).copied().filter(|&stop| can_fill(stop));
        let corridors: Vec<usize> = (0..network.corridors.len()).filter(|&c| stops(c).next().is_some()).collect();
        let mut filling: Vec<usize> = corridors.iter().flat_map(|&c| stops(c)).collect();
        filling.sort_unstable();
        filling.dedup();
        let place: Vec<Option<usize>> = (0..network.facilities.len()).map(|f| filling.iter().position(|&known| known == f)).collect();
        let touches = corridors.iter().map(|&c| {
            let mut places: Vec<usize> = stops(c).filter_map(|stop| place[stop]).collect();
            places.sort_unstable();
            places.dedup();
            places
        });
        let touches = touches.collect();
        let (routes, facilities, n) = (offsets.last().copied().unwrap_or(0), network.facilities.len(), filling.len());
        let row = |length: usize| vec![R::zero(); length];
        let nothing = Trade { quantity: R::zero(), log_composite: R::zero(), response: R::zero() };
        Crowding {
            trade: vec![nothing; corridors.len()],
            quantity: row(network.corridors.len()),
            calls: Calls::new(network, offsets, |_| true),
            held: Calls::new(network, offsets, can_fill),
            corridors,
            offsets: offsets.to_vec(),
            has_services: filling.iter().any(|&f| matches!(network.facilities[f].kind, Kind::Service { .. })),
            filling,
            place,
            touches,
            before: row(routes),
            per_base: vec![R::one(); routes],
            log_base: row(routes),
            still: row(routes),
            per_day: row(routes),
            offered: row(routes),
            ratio: vec![R::one(); routes],
            log_ratio: row(routes),
            log_cost: row(routes),
            raised: vec![R::one(); routes],
            after: row(routes),
            weight: row(routes),
            log_composite: row(network.corridors.len()),
            power: vec![-R::one(); network.corridors.len()],
            told: row(facilities),
            delay: row(facilities),
            base_wait: row(facilities),
            handled: row(facilities),
            others: row(facilities),
            capacity: vec![R::one(); facilities],
            per_capacity: vec![R::one(); facilities],
            volume: row(facilities),
            left: row(n),
            matrix: row(n * n),
            bounds: vec![(R::zero(), R::zero()); n],
            through: row(n),
            composite_slope: row(n),
            share_slope: row(n),
        }
    }

    /// Whether anything can fill.
    pub fn is_possible(&self) -> bool {
        !self.filling.is_empty()
    }

    /// The base year: use and waiting where `ours` is the throughput of our routes.
    #[inline(always)]
    pub fn begin(&mut self, network: &Network, ours: &[R]) {
        for (f, facility) in network.facilities.iter().enumerate() {
            // What a port handled in the base year it can handle, whatever its stated capacity.
            self.handled[f] = R::splat(facility.throughput).max(ours[f]);
            let base_use = match facility.base_capacity() {
                // As [`Crowding::use_of`] has it, so that what has not changed is the same to the bit.
                Some(capacity) => self.handled[f] * (R::one() / self.handled[f].max(R::splat(capacity))),
                None => R::zero(),
            };
            self.told[f] = if facility.base_capacity().is_some() { R::splat(NOTHING).max(base_use) } else { R::splat(EXPECTED) };
            self.base_wait[f] = waiting(R::splat(facility.free_days), base_use);
            self.delay[f] = R::zero();
        }
    }

    /// Other trade and capacity of a period. `ours` is the base-year throughput of our routes.
    #[inline(always)]
    pub fn set_capacities(&mut self, network: &Network, ours: &[R], drawn: &[R]) {
        for (f, facility) in network.facilities.iter().enumerate() {
            self.others[f] = facility.others(ours[f], drawn);
            let capacity = match facility.capacity(drawn) {
                Some(capacity) => self.handled[f].max(capacity),
                None => R::splat(f64::INFINITY),
            };
            self.capacity[f] = capacity;
            self.per_capacity[f] = R::select(R::zero().lt(capacity), R::one() / capacity, R::zero());
        }
    }

    /// Use of a facility: zero where it takes nobody.
    #[inline(always)]
    pub fn use_of(&self, facility: usize) -> R {
        self.volume[facility] * self.per_capacity[facility]
    }

    /// Days of waiting at a facility as goods meet them: the base year's and the delay.
    #[inline(always)]
    pub fn met(&self, facility: usize) -> R {
        self.base_wait[facility] + self.delay[facility]
    }

    /// φ′ and ln Ĝ of one corridor at the present delays, once the period's costs are set.
    #[inline(always)]
    pub fn begin_choice(&mut self, network: &Network, index: usize, drawn: &[R]) {
        let corridor = &network.corridors[index];
        let routes = self.offsets[index]..self.offsets[index + 1];
        self.offered[routes.clone()].copy_from_slice(&self.before[routes.clone()]);
        for (r, route) in routes.clone().zip(&corridor.routes) {
            if let Some(entry) = &route.entry {
                let (before, log_base) = (&self.before[routes.clone()], &self.log_base[routes.clone()]);
                self.offered[r] = attraction(entry, before, log_base, self.log_base[r], self.power[index], drawn);
            }
        }
        for r in routes.clone() {
            self.ratio[r] = R::one() + self.still[r];
        }
        self.delay_routes(index);
        raise(routes, &self.ratio, self.power[index], &mut self.log_ratio, &mut self.raised);
        self.choose(network, index);
    }

    /// Ĉ at the present delays, of those routes of a corridor on which goods may wait.
    #[inline(always)]
    fn delay_routes(&mut self, index: usize) {
        for call in self.held.of(index) {
            let mut delay = R::zero();
            for &stop in self.held.stops(call) {
                delay = delay + self.delay[stop];
            }
            self.ratio[call.route] = R::one() + self.per_day[call.route].mul_add(delay, self.still[call.route]);
        }
    }

    /// φ′ and ln Ĝ of one corridor, given Ĉ^(1−κ) of its routes.
    #[inline(always)]
    fn choose(&mut self, network: &Network, index: usize) {
        let corridor = &network.corridors[index];
        let routes = self.offsets[index]..self.offsets[index + 1];
        let power = self.power[index];
        let (offered, raised) = (&self.offered[routes.clone()], &self.raised[routes.clone()]);
        let after = &mut self.after[routes.clone()];
        self.log_composite[index] = if corridor.enters {
            for r in routes.clone() {
                self.log_cost[r] = self.log_base[r] + self.log_ratio[r];
            }
            let offers = Offers { before: offered, raised, log_cost: &self.log_cost[routes.clone()] };
            choose_with_entry(corridor, &offers, power, after, &mut self.weight[routes])
        } else {
            choose(offered, raised, power, after)
        };
    }

    /// Throughput of every facility, with the trade of each corridor given by `quantity`.
    #[inline(always)]
    pub fn set_volumes(&mut self, quantity: impl Fn(usize) -> R) {
        self.volume.copy_from_slice(&self.others);
        for index in 0..self.quantity.len() {
            if !self.calls.of(index).is_empty() {
                self.quantity[index] = quantity(index);
                load(&self.calls, index, self.quantity[index], &self.after, &mut self.volume);
            }
        }
    }

    /// The largest |W(x_k) − W(u_k)| at the present volumes: days; NaN if one of them is.
    #[inline(always)]
    pub fn residual(&self, network: &Network) -> R {
        let (mut largest, mut sum) = (R::zero(), R::zero());
        for &f in &self.filling {
            let off = self.met(f) - waiting(R::splat(network.facilities[f].free_days), self.use_of(f));
            let off = R::select(R::zero().lt(self.capacity[f]), off, R::zero());
            largest = largest.max(off.abs());
            sum = sum + off;
        }
        // `max` forgets a NaN, a sum does not.
        R::zero().mul_add(sum, largest)
    }

    /// Delays, route choice and throughput at the uses that goods are told of.
    #[inline(always)]
    fn evaluate(&mut self, network: &Network) {
        for &f in &self.filling {
            self.delay[f] = waiting(R::splat(network.facilities[f].free_days), self.told[f]) - self.base_wait[f];
            self.volume[f] = self.others[f];
        }
        for c in 0..self.corridors.len() {
            let index = self.corridors[c];
            self.delay_routes(index);
            let held = self.held.of(index).iter().map(|call| call.route);
            raise(held, &self.ratio, self.power[index], &mut self.log_ratio, &mut self.raised);
            self.choose(network, index);
            let trade = self.trade[c];
            self.quantity[index] = trade.quantity * (trade.response * (self.log_composite[index] - trade.log_composite)).exp();
            load(&self.held, index, self.quantity[index], &self.after, &mut self.volume);
        }
    }
}

/// ln Ĉ and Ĉ^(1−κ) of some routes: in two loops, so that no power waits for its own logarithm.
#[inline(always)]
fn raise<R: Real>(routes: impl Iterator<Item = usize> + Clone, ratio: &[R], power: R, log_ratio: &mut [R], raised: &mut [R]) {
    for r in routes.clone() {
        log_ratio[r] = ratio[r].ln();
    }
    for r in routes {
        raised[r] = (power * log_ratio[r]).exp();
    }
}

/// Adds what a corridor's `quantity` of trade, with shares `after` by route, brings to the facilities that it calls at: TEU a year.
#[inline(always)]
fn load<R: Real>(calls: &Calls, corridor: usize, quantity: R, after: &[R], volume: &mut [R]) {
    for call in calls.of(corridor) {
        let boxes = quantity * after[call.route] * R::splat(call.teu_per_usd_m);
        for &stop in calls.stops(call) {
            volume[stop] = volume[stop] + boxes;
        }
    }
}
