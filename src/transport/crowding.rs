//! How long goods wait, given how much trade there is: the fixed point of waiting and route choice (MODEL 5).
//!
//! x_k = u_k(Δ(x)),   Δ_k = W(x_k) − W(u_k⁰),   u_k = (others_k + Σ_{routes through k} q φ′_r TEU_r) / capacity_k,   φ′ and Ĝ as the delays Δ make them.
//!
//! Route choice is the gradient of a convex potential and waiting rises with use, so there is one solution (Fisk 1980, stochastic user equilibrium). The unknowns are
//! the uses x, not the delays: ln x − ln u rises along each of them and is almost linear where a queue makes waiting steep, so that Newton with the analytic Jacobian
//! needs a handful of steps. Trade answers to the composite cost by a local elasticity on the way; the caller, who knows the trade equilibrium, checks what is left
//! ([`Crowding::residual`]) and solves again.

use super::congestion::{waiting, waiting_slope};
use super::network::Network;
use super::route_choice::{Offers, attraction, choose, choose_with_entry};
use crate::numerics::{Real, solve_in_place};

/// A fixed point is one where no waiting differs by more than this from the one that goods were told of: days, about a second.
pub const TOLERANCE: f64 = 1e-5;
/// The Newton steps inside go further, so that what is left is the trade's.
const INNER_TOLERANCE: f64 = 1e-6;
const STEPS: usize = 120;
/// Full steps before they are made uneven.
const EVEN: usize = 9;
/// The furthest that a use goes in one step beyond capacity, where waiting soon is so long that nothing more can be learnt from it.
const LONGEST_STEP: f64 = 0.25;
/// What is expected of a service before anybody knows.
const EXPECTED: f64 = 0.9;
/// Less than this is nothing.
const NOTHING: f64 = 1e-6;

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
    /// By route: φ of the base year.
    pub before: Vec<R>,
    /// By route: 1+g and its log in the base year; then, as shares of 1+g, what has changed but for delays, and what a day of waiting costs.
    pub base: Vec<R>,
    pub log_base: Vec<R>,
    pub still: Vec<R>,
    pub per_day: Vec<R>,
    /// By route: φ, or the attraction of a service.
    offered: Vec<R>,
    /// By route: Ĉ, ln(1+g′) where services enter, Ĉ^(1−κ).
    ratio: Vec<R>,
    log_cost: Vec<R>,
    raised: Vec<R>,
    /// By route: φ′.
    pub after: Vec<R>,
    /// By route of a corridor that services enter: d ln Ĝ / d ln Ĉ_r, which elsewhere is φ′.
    weight: Vec<R>,
    /// By corridor: ln Ĝ and 1−κ.
    pub log_composite: Vec<R>,
    pub power: Vec<R>,
    /// By corridor in `corridors`: its trade at the present cost.
    quantity: Vec<R>,
    /// By corridor in `corridors`.
    pub trade: Vec<Trade<R>>,
    /// By facility: the use that goods are told of, and the days of waiting beyond the base year's that follow.
    told: Vec<R>,
    delay: Vec<R>,
    /// By facility: W(u⁰), other trade, capacity (infinite where unknown), throughput, TEU a year.
    base_wait: Vec<R>,
    /// By facility: throughput of the base year, TEU.
    handled: Vec<R>,
    pub others: Vec<R>,
    pub capacity: Vec<R>,
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
            quantity: row(corridors.len()),
            corridors,
            offsets: offsets.to_vec(),
            filling,
            place,
            touches,
            before: row(routes),
            base: vec![R::one(); routes],
            log_base: row(routes),
            still: row(routes),
            per_day: row(routes),
            offered: row(routes),
            ratio: vec![R::one(); routes],
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
            let base_use = facility.base_capacity().map_or(R::zero(), |capacity| self.handled[f] / self.handled[f].max(R::splat(capacity)));
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
            self.capacity[f] = facility.capacity(drawn).map_or(R::splat(f64::INFINITY), |capacity| self.handled[f].max(capacity));
        }
    }

    /// Use of a facility: zero where it takes nobody.
    #[inline(always)]
    pub fn use_of(&self, facility: usize) -> R {
        R::select(R::zero().lt(self.capacity[facility]), self.volume[facility] / self.capacity[facility], R::zero())
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
        self.choose(network, index, true);
    }

    /// φ′ and ln Ĝ of one corridor at the present delays: of all its routes, or anew of those alone on which goods wait.
    #[inline(always)]
    fn choose(&mut self, network: &Network, index: usize, all: bool) {
        let corridor = &network.corridors[index];
        let routes = self.offsets[index]..self.offsets[index + 1];
        let power = self.power[index];
        for (r, route) in routes.clone().zip(&corridor.routes) {
            if !(all || route.waits) {
                continue;
            }
            let mut change = self.still[r];
            if route.waits {
                let mut delay = R::zero();
                for &stop in &route.stops {
                    delay = delay + self.delay[stop];
                }
                change = self.per_day[r].mul_add(delay, change);
            }
            self.ratio[r] = R::one() + change;
            let log = self.ratio[r].ln();
            self.raised[r] = (power * log).exp();
            if corridor.enters {
                self.log_cost[r] = self.log_base[r] + log;
            }
        }
        let (offered, raised) = (&self.offered[routes.clone()], &self.raised[routes.clone()]);
        let after = &mut self.after[routes.clone()];
        self.log_composite[index] = if corridor.enters {
            let offers = Offers { before: offered, raised, log_cost: &self.log_cost[routes.clone()] };
            choose_with_entry(corridor, &offers, power, after, &mut self.weight[routes])
        } else {
            choose(offered, raised, power, after)
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

    /// The largest |W(x_k) − W(u_k)| at the present volumes: days.
    #[inline(always)]
    pub fn residual(&self, network: &Network) -> R {
        largest(self.filling.iter().map(|&f| {
            let off = self.met(f) - waiting(R::splat(network.facilities[f].free_days), self.use_of(f));
            R::select(R::zero().lt(self.capacity[f]), off, R::zero())
        }))
    }

    /// Newton in the uses of the lanes in `active`, with trade that answers by its local elasticity. Other lanes keep theirs to the bit.
    #[inline(always)]
    pub fn solve(&mut self, network: &Network, active: u32) {
        let n = self.filling.len();
        let mut moving = active;
        // One evaluation more than there are steps: the volumes are those of the last delays.
        for step in 0..=STEPS {
            self.evaluate(network);
            moving &= !R::bits(self.residual(network).le(R::splat(INNER_TOLERANCE)));
            if moving == 0 || step == STEPS {
                return;
            }
            self.linearise(network);
            solve_in_place(&mut self.matrix[..n * n], &mut self.left[..n], n);
            let (mask, one, longest) = (R::mask(moving), R::one(), R::splat(LONGEST_STEP));
            let bounded = step >= EVEN;
            if bounded {
                self.bound(step == EVEN);
            }
            // Ports and the services that fill them can send one another round over their bends. Steps whose length never repeats (multiples of the golden section)
            // break every round.
            let pace = R::splat(if !bounded { 1.0 } else { (step as f64 * 0.618_033_988_749_895).fract().max(0.1) });
            for (at, &f) in self.filling.iter().enumerate() {
                let (told, step) = (self.told[f], pace * self.left[at]);
                // Never past the bend where the queue begins: what is known on one side of it says nothing of the other. Beyond it no further than some waiting
                // can tell; and down as the logarithm sees it, which knows no use below nothing.
                let bend = R::select(told.lt(one), one, told + longest * told * told);
                let up = (told - step).min(bend);
                let down = R::select(one.lt(told), one.max(told - step), told * (-(step / told)).exp());
                let next = R::select(step.lt(R::zero()), up, down);
                let next = if bounded { self.within_bounds(at, told, next) } else { next };
                self.told[f] = R::select(mask, R::splat(NOTHING).max(next), told);
            }
        }
    }

    /// Where more comes than was told of, the use lies above; else below. What the others' moves have made wrong is forgotten.
    #[inline(always)]
    fn bound(&mut self, anew: bool) {
        let (none, all) = (R::zero(), R::splat(f64::INFINITY));
        for (at, &f) in self.filling.iter().enumerate() {
            let told = self.told[f];
            let rises = told.lt(self.use_of(f));
            let (least, most) = if anew { (none, all) } else { self.bounds[at] };
            self.bounds[at] = (
                R::select(rises, told, R::select(told.le(least), none, least)),
                R::select(rises, R::select(most.le(told), all, most), told),
            );
        }
    }

    /// A step, or halfway to the bound that it would leave behind: where cheap goods give way to waiting all at once, a slope says little of what is beyond.
    #[inline(always)]
    fn within_bounds(&self, at: usize, told: R, next: R) -> R {
        let (least, most) = self.bounds[at];
        let half = R::splat(0.5);
        let above = R::select(next.lt(most), next, half * (told + most));
        R::select(least.lt(next), above, half * (told + least))
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
            self.choose(network, index, false);
            let trade = self.trade[c];
            self.quantity[c] = trade.quantity * (trade.response * (self.log_composite[index] - trade.log_composite)).exp();
            for (r, route) in network.corridors[index].routes.iter().enumerate() {
                if route.waits {
                    let boxes = self.quantity[c] * self.after[self.offsets[index] + r] * R::splat(route.teu_per_usd_m);
                    for &stop in &route.stops {
                        self.volume[stop] = self.volume[stop] + boxes;
                    }
                }
            }
        }
    }

    /// ln x − ln u of every facility that can fill, into `left`, and the derivatives by x, into `matrix`.
    #[inline(always)]
    fn linearise(&mut self, network: &Network) {
        let n = self.filling.len();
        for entry in &mut self.matrix {
            *entry = R::zero();
        }
        for c in 0..self.corridors.len() {
            let index = self.corridors[c];
            let (corridor, power, response) = (&network.corridors[index], self.power[index], self.trade[c].response);
            for &place in &self.touches[c] {
                self.through[place] = R::zero();
                self.composite_slope[place] = R::zero();
                self.share_slope[place] = R::zero();
            }
            for (r, route) in corridor.routes.iter().enumerate() {
                if !route.waits {
                    continue;
                }
                let at = self.offsets[index] + r;
                let boxes = self.quantity[c] * self.after[at] * R::splat(route.teu_per_usd_m);
                // d ln Ĉ / dΔ
                let slope = self.per_day[at] / self.ratio[at];
                let own = boxes * power * slope;
                let weight = if corridor.enters { self.weight[at] } else { self.after[at] };
                for k in route.stops.iter().filter_map(|&stop| self.place[stop]) {
                    self.through[k] = self.through[k] + boxes;
                    self.share_slope[k] = self.after[at].mul_add(slope, self.share_slope[k]);
                    self.composite_slope[k] = weight.mul_add(slope, self.composite_slope[k]);
                    for l in route.stops.iter().filter_map(|&stop| self.place[stop]) {
                        self.matrix[l * n + k] = self.matrix[l * n + k] + own;
                    }
                }
            }
            for &k in &self.touches[c] {
                self.composite_slope[k] = response * self.composite_slope[k] - power * self.share_slope[k];
            }
            for &l in &self.touches[c] {
                for &k in &self.touches[c] {
                    self.matrix[l * n + k] = self.through[l].mul_add(self.composite_slope[k], self.matrix[l * n + k]);
                }
            }
        }
        for (k, &f) in self.filling.iter().enumerate() {
            // On the bend, the side that the use lies on.
            let slope = waiting_slope(R::splat(network.facilities[f].free_days), self.told[f], self.told[f].lt(self.use_of(f)));
            for l in 0..n {
                self.matrix[l * n + k] = self.matrix[l * n + k] * slope;
            }
        }
        for (at, &f) in self.filling.iter().enumerate() {
            let (told, found) = (self.told[f], R::splat(NOTHING).max(self.use_of(f)));
            self.left[at] = R::select(R::zero().lt(self.capacity[f]), (told / found).ln(), R::zero());
            // Where nobody comes nobody's waiting matters.
            let per_box = R::select(R::splat(NOTHING).lt(found), R::one() / self.volume[f], R::zero());
            for k in 0..n {
                let entry = -(per_box * self.matrix[at * n + k]);
                self.matrix[at * n + k] = if k == at { entry + R::one() / told } else { entry };
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
