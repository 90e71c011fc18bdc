//! How long goods wait, given how much trade there is: the fixed point of waiting and route choice (MODEL 5).
//!
//! Δ_k = W(u_k) − W(u_k⁰),   u_k = (others_k + Σ_{routes through k} q φ′_r TEU_r) / capacity_k,   φ′ and Ĝ as the delays make them.
//!
//! Route choice is the gradient of a convex potential and waiting rises with use, so there is one solution (Fisk 1980, stochastic user equilibrium). Solved by
//! Newton in the delays with the analytic Jacobian; trade answers to the composite cost by a local elasticity on the way, and the caller, who knows the trade
//! equilibrium, checks what is left ([`Crowding::residual`]) and solves again.

use super::congestion::{waiting, waiting_slope};
use super::network::Network;
use super::route_choice::{choose, choose_with_entry};
use crate::numerics::{Real, solve_in_place};

/// A fixed point is one where no delay differs by more than this from the one that its use makes: days.
pub const TOLERANCE: f64 = 1e-6;
/// The Newton steps inside go further, so that what is left is the trade's.
const INNER_TOLERANCE: f64 = 1e-8;
const STEPS: usize = 40;
/// The longest change of a delay in one step, days.
const LONGEST_STEP: f64 = 90.0;

/// The trade of a corridor that some facility on it can hold up.
#[derive(Debug, Clone, Copy)]
pub struct Trade<R> {
    /// US$ million a year at base-year prices, when the composite cost is `log_composite`.
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
    /// By facility: its place among those.
    place: Vec<Option<usize>>,
    /// By corridor in `corridors`: the places of the facilities on its routes.
    touches: Vec<Vec<usize>>,
    /// By route: φ, 1+g and ln(1+g) of the base year, g′−g without delays, ln Ĉ.
    pub before: Vec<R>,
    pub base: Vec<R>,
    pub log_base: Vec<R>,
    pub still: Vec<R>,
    log_cost: Vec<R>,
    /// By route: φ′.
    pub after: Vec<R>,
    /// By corridor: ln Ĝ, κ and τ.
    pub log_composite: Vec<R>,
    pub kappa: Vec<R>,
    pub time_value: Vec<R>,
    /// By corridor in `corridors`.
    pub trade: Vec<Trade<R>>,
    /// By facility: days of waiting beyond the base year's.
    pub delay: Vec<R>,
    /// By facility: W(u⁰), other trade, capacity (infinite where unknown), throughput, TEU a year.
    base_wait: Vec<R>,
    pub others: Vec<R>,
    pub capacity: Vec<R>,
    pub volume: Vec<R>,
    /// By place: what is left of the equations, their Jacobian.
    left: Vec<R>,
    matrix: Vec<R>,
    /// By place, of one corridor: its volume, and how its composite cost answers to a delay.
    through: Vec<R>,
    composite_slope: Vec<R>,
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
            corridors,
            offsets: offsets.to_vec(),
            filling,
            place,
            touches,
            before: row(routes),
            base: vec![R::one(); routes],
            log_base: row(routes),
            still: row(routes),
            log_cost: row(routes),
            after: row(routes),
            log_composite: row(network.corridors.len()),
            kappa: vec![R::splat(2.0); network.corridors.len()],
            time_value: row(network.corridors.len()),
            delay: row(facilities),
            base_wait: row(facilities),
            others: row(facilities),
            capacity: vec![R::one(); facilities],
            volume: row(facilities),
            left: row(n),
            matrix: row(n * n),
            through: row(n),
            composite_slope: row(n),
        }
    }

    /// Whether anything can fill.
    pub fn is_possible(&self) -> bool {
        !self.filling.is_empty()
    }

    /// Sets other trade and capacity of a period, and in the first period what the base year's waiting was. `ours` is the base-year throughput of our routes.
    #[inline(always)]
    pub fn set_capacities(&mut self, network: &Network, ours: &[R], drawn: &[R]) {
        for (f, facility) in network.facilities.iter().enumerate() {
            self.others[f] = facility.others(ours[f], drawn);
            self.capacity[f] = facility.capacity(drawn).unwrap_or(R::splat(f64::INFINITY));
            let base_use =
                facility.base_capacity().map_or(R::zero(), |capacity| R::splat(facility.throughput).max(ours[f]) / R::splat(capacity));
            self.base_wait[f] = waiting(R::splat(facility.free_days), base_use);
        }
    }

    /// Use of a facility: zero where it takes nobody.
    #[inline(always)]
    pub fn use_of(&self, facility: usize) -> R {
        R::select(R::zero().lt(self.capacity[facility]), self.volume[facility] / self.capacity[facility], R::zero())
    }

    /// Days of waiting at a facility as its use makes them.
    #[inline(always)]
    pub fn wait(&self, network: &Network, facility: usize) -> R {
        waiting(R::splat(network.facilities[facility].free_days), self.use_of(facility))
    }

    /// Days of waiting at a facility as goods meet them: the base year's and the delay.
    #[inline(always)]
    pub fn met(&self, facility: usize) -> R {
        self.base_wait[facility] + self.delay[facility]
    }

    /// φ′ and ln Ĝ of one corridor at the present delays.
    #[inline(always)]
    pub fn choose(&mut self, network: &Network, index: usize, drawn: &[R]) {
        let corridor = &network.corridors[index];
        let routes = self.offsets[index]..self.offsets[index + 1];
        let tau = self.time_value[index];
        let mut enters = false;
        for (r, route) in routes.clone().zip(&corridor.routes) {
            let mut change = self.still[r];
            if network.congestion && !route.stops.is_empty() {
                let mut delay = R::zero();
                for &stop in &route.stops {
                    delay = delay + self.delay[stop];
                }
                change = (tau * R::splat(route.boxed)).mul_add(delay, change);
            }
            self.log_cost[r] = (R::one() + change / self.base[r]).ln();
            enters |= route.entry.is_some();
        }
        let (before, after) = (&self.before[routes.clone()], &mut self.after[routes.clone()]);
        let costs = (&self.log_base[routes.clone()], &self.log_cost[routes]);
        self.log_composite[index] = if enters {
            choose_with_entry(corridor, before, costs, self.kappa[index], drawn, after)
        } else {
            choose(before, costs.1, self.kappa[index], after)
        };
    }

    /// Throughput of every facility, with the trade of each corridor given by `quantity`.
    #[inline(always)]
    pub fn set_volumes(&mut self, network: &Network, quantity: impl Fn(usize) -> R) {
        self.volume.copy_from_slice(&self.others);
        for (index, corridor) in network.corridors.iter().enumerate() {
            if corridor.routes.iter().all(|route| route.stops.is_empty()) {
                continue;
            }
            let quantity = quantity(index);
            for (r, route) in corridor.routes.iter().enumerate() {
                if !route.stops.is_empty() {
                    let boxes = quantity * self.after[self.offsets[index] + r] * R::splat(route.teu_per_usd_m);
                    for &stop in &route.stops {
                        self.volume[stop] = self.volume[stop] + boxes;
                    }
                }
            }
        }
    }

    /// The largest |Δ_k − (W(u_k) − W(u_k⁰))| at the present volumes: days.
    #[inline(always)]
    pub fn residual(&self, network: &Network) -> R {
        largest(self.filling.iter().map(|&f| self.delay[f] - (self.wait(network, f) - self.base_wait[f])))
    }

    /// Newton in the delays of the lanes in `active`, with trade that answers by its local elasticity. Other lanes keep their delays to the bit.
    #[inline(always)]
    pub fn solve(&mut self, network: &Network, drawn: &[R], active: u32) {
        let n = self.filling.len();
        let mut moving = active;
        for _ in 0..STEPS {
            self.evaluate(network, drawn);
            let most = largest(self.left.iter().copied());
            moving &= !R::bits(most.le(R::splat(INNER_TOLERANCE)));
            if moving == 0 {
                return;
            }
            solve_in_place(&mut self.matrix[..n * n], &mut self.left[..n], n);
            let mask = R::mask(moving);
            let longest = R::splat(LONGEST_STEP);
            for (at, &f) in self.filling.iter().enumerate() {
                let step = self.left[at].min(longest).max(-longest);
                // Nobody waits less than where nobody is.
                let least = R::splat(network.facilities[f].free_days) - self.base_wait[f];
                let delay = least.max(self.delay[f] - step);
                self.delay[f] = R::select(mask, delay, self.delay[f]);
            }
        }
        // The volumes of the last delays.
        self.evaluate(network, drawn);
    }

    /// What is left of the equations and their Jacobian at the present delays.
    #[inline(always)]
    fn evaluate(&mut self, network: &Network, drawn: &[R]) {
        let (n, one) = (self.filling.len(), R::one());
        for entry in &mut self.matrix {
            *entry = R::zero();
        }
        for (at, &f) in self.filling.iter().enumerate() {
            self.left[at] = self.others[f];
        }
        for c in 0..self.corridors.len() {
            let index = self.corridors[c];
            self.choose(network, index, drawn);
            let (trade, tau) = (self.trade[c], self.time_value[index]);
            let power = one - self.kappa[index];
            let quantity = trade.quantity * (trade.response * (self.log_composite[index] - trade.log_composite)).exp();
            for &place in &self.touches[c] {
                self.through[place] = R::zero();
                self.composite_slope[place] = R::zero();
            }
            for (r, route) in network.corridors[index].routes.iter().enumerate() {
                if route.stops.is_empty() {
                    continue;
                }
                let at = self.offsets[index] + r;
                let boxes = quantity * self.after[at] * R::splat(route.teu_per_usd_m);
                // d ln Ĉ / dΔ, through ln Ĉ = ln(1 + change/base).
                let slope = tau * R::splat(route.boxed) / self.base[at] * (-self.log_cost[at]).exp();
                let own = boxes * power * slope;
                for k in route.stops.iter().filter_map(|&stop| self.place[stop]) {
                    self.through[k] = self.through[k] + boxes;
                    self.composite_slope[k] = self.after[at].mul_add(slope, self.composite_slope[k]);
                    for l in route.stops.iter().filter_map(|&stop| self.place[stop]) {
                        self.matrix[l * n + k] = self.matrix[l * n + k] + own;
                    }
                }
            }
            let pull = trade.response - power;
            for &l in &self.touches[c] {
                self.left[l] = self.left[l] + self.through[l];
                let weight = self.through[l] * pull;
                for &k in &self.touches[c] {
                    self.matrix[l * n + k] = weight.mul_add(self.composite_slope[k], self.matrix[l * n + k]);
                }
            }
        }
        for (at, &f) in self.filling.iter().enumerate() {
            self.volume[f] = self.left[at];
            let use_ = self.use_of(f);
            let free = R::splat(network.facilities[f].free_days);
            self.left[at] = self.delay[f] - (waiting(free, use_) - self.base_wait[f]);
            let per_box = R::select(R::zero().lt(self.capacity[f]), waiting_slope(free, use_) / self.capacity[f], R::zero());
            for k in 0..n {
                let entry = -(per_box * self.matrix[at * n + k]);
                self.matrix[at * n + k] = if k == at { one + entry } else { entry };
            }
        }
    }
}

/// The largest size among some numbers; NaN if one of them is.
#[inline(always)]
fn largest<R: Real>(of: impl Iterator<Item = R>) -> R {
    let (mut largest, mut sum) = (R::zero(), R::zero());
    for number in of {
        largest = largest.max(number.abs());
        sum = sum + number;
    }
    // `max` forgets a NaN, a sum does not.
    R::zero().mul_add(sum, largest)
}
