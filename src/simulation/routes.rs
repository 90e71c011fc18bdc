//! Routes of eight draws through the periods: base shares, costs, choice, and waiting that agrees with trade.
//!
//! Waiting and the trade equilibrium hang on each other. A period begins with the waiting that last period's trade would cause; sectors are solved; where the waiting
//! that their trade causes is another, it is solved again with trade that answers by its local elasticity, the sectors that it moves are solved again, and so on
//! until no waiting is off by more than [`TOLERANCE`].

use super::world::World;
use crate::model::elasticities::away_from_one;
use crate::model::{Elasticities, Equilibrium, Market};
use crate::numerics::Real;
use crate::transport::Crowding;
use crate::transport::crowding::{TOLERANCE, Trade};

/// The transport side of a lane batch.
pub struct Routes<R> {
    crowding: Crowding<R>,
    /// φ′, by period ([`World::routes_at`]), then as φ.
    after: Vec<R>,
    /// ln Ĝ by period and corridor.
    log_composite: Vec<R>,
    /// By period and facility.
    facilities: Vec<FacilityState<R>>,
    /// By facility: throughput of the modelled routes in the base year, TEU.
    ours: Vec<R>,
    /// Days: the largest difference left between the waiting that goods were told of and the one that they caused, over all periods.
    pub residual: R,
}

/// A port or service in one period.
#[derive(Debug, Clone, Copy)]
pub struct FacilityState<R> {
    /// TEU a year, all trade.
    pub throughput: R,
    /// TEU a year; infinite where nobody knows.
    pub capacity: R,
    /// Throughput over capacity.
    pub utilisation: R,
    /// Days.
    pub wait: R,
}

impl<R: Real> Routes<R> {
    pub fn new(world: &World) -> Self {
        let nothing = FacilityState { throughput: R::zero(), capacity: R::zero(), utilisation: R::zero(), wait: R::zero() };
        let routes = world.route_offsets.last().copied().unwrap_or(0);
        Routes {
            crowding: Crowding::new(&world.network, &world.route_offsets),
            after: vec![R::zero(); world.periods * routes],
            log_composite: vec![R::zero(); world.periods * world.network.corridors.len()],
            facilities: vec![nothing; world.periods * world.network.facilities.len()],
            ours: vec![R::zero(); world.network.facilities.len()],
            residual: R::zero(),
        }
    }

    /// φ of the base year, by corridor and route ([`World::route_offsets`]).
    #[inline(always)]
    pub fn before(&self) -> &[R] {
        &self.crowding.before
    }

    /// φ′ of a period.
    #[inline(always)]
    pub fn after(&self, world: &World, period: usize) -> &[R] {
        let all = self.crowding.before.len();
        let start = world.routes_at[period] * all;
        &self.after[start..start + all]
    }

    /// ln Ĝ of a corridor in a period.
    #[inline(always)]
    pub fn log_composite(&self, world: &World, period: usize, corridor: usize) -> R {
        self.log_composite[world.routes_at[period] * world.network.corridors.len() + corridor]
    }

    #[inline(always)]
    pub fn facility(&self, world: &World, period: usize, facility: usize) -> &FacilityState<R> {
        &self.facilities[world.routes_at[period] * world.network.facilities.len() + facility]
    }

    /// A facility in the base year: throughput, and utilisation where its capacity is known.
    #[inline(always)]
    pub fn facility_before(&self, world: &World, facility: usize) -> (R, Option<R>) {
        let described = &world.network.facilities[facility];
        let throughput = R::splat(described.throughput).max(self.ours[facility]);
        (throughput, described.base_capacity().map(|capacity| throughput / R::splat(capacity)))
    }

    /// The base year of the draws whose parameters are `drawn`: shares, costs, throughput.
    #[inline(always)]
    pub fn begin(&mut self, world: &World, markets: &[Market<R>], bulk: &[R], drawn: &[R]) {
        let crowding = &mut self.crowding;
        self.residual = R::zero();
        for ours in &mut self.ours {
            *ours = R::zero();
        }
        for (index, corridor) in world.network.corridors.iter().enumerate() {
            let routes = world.route_offsets[index]..world.route_offsets[index + 1];
            let weighed = weighed(world, index, markets, bulk);
            let bulk = bulk[corridor.sector];
            corridor.base_shares(drawn, &mut crowding.before[routes.clone()]);
            let tau = corridor.time_value.of(drawn);
            let storage = world.network.storage.of(drawn);
            for (r, route) in routes.zip(&corridor.routes) {
                if corridor.moves {
                    let base = route.base(tau, bulk);
                    crowding.per_base[r] = R::one() / base;
                    crowding.per_day[r] = route.per_day(tau, storage, bulk) * crowding.per_base[r];
                    if corridor.enters {
                        crowding.log_base[r] = base.ln();
                    }
                }
                for &stop in &route.stops {
                    self.ours[stop] = (weighed * crowding.before[r]).mul_add(R::splat(route.teu_per_usd_m), self.ours[stop]);
                }
            }
        }
        crowding.begin(&world.network, &self.ours);
        for (c, &index) in crowding.corridors.iter().enumerate() {
            let quantity = weighed(world, index, markets, bulk);
            crowding.trade[c] = Trade { quantity, log_composite: R::zero(), response: R::zero() };
        }
    }

    /// Costs and capacities of a period, and the choice of routes where nothing can hold goods up. κ is given by corridor.
    #[inline(always)]
    pub fn prepare(&mut self, world: &World, bulk: &[R], drawn: &[R], kappa: impl Fn(usize) -> R) {
        let crowding = &mut self.crowding;
        crowding.set_capacities(&world.network, &self.ours, drawn);
        for (index, corridor) in world.network.corridors.iter().enumerate() {
            let routes = world.route_offsets[index]..world.route_offsets[index + 1];
            if !corridor.moves {
                crowding.after[routes.clone()].copy_from_slice(&crowding.before[routes]);
                continue;
            }
            crowding.power[index] = R::one() - away_from_one(kappa(index));
            let tau = corridor.time_value.of(drawn);
            for (r, route) in routes.zip(&corridor.routes) {
                crowding.still[r] = route.change(tau, bulk[corridor.sector], drawn) * crowding.per_base[r];
            }
            crowding.begin_choice(&world.network, index, drawn);
        }
    }

    /// Whether waiting can depend on trade.
    pub fn is_crowded(&self) -> bool {
        self.crowding.is_possible()
    }

    /// How trade answers to the cost of transport, for want of a solution: `of_sector` gives a sector's elasticities.
    #[inline(always)]
    pub fn anticipate<'e>(&mut self, world: &World, markets: &[Market<R>], of_sector: impl Fn(usize) -> &'e Elasticities<R>) {
        for c in 0..self.crowding.corridors.len() {
            let corridor = self.crowding.corridors[c];
            self.crowding.trade[c].response = {
                let sector = world.network.corridors[corridor].sector;
                response(world, corridor, &markets[sector], of_sector(sector))
            };
        }
    }

    /// Holds waiting against the trade that was solved for it: one bit per lane of `alive` where it is off.
    #[inline(always)]
    pub fn check<'e>(
        &mut self,
        world: &World,
        markets: &[Market<R>],
        bulk: &[R],
        equilibrium: impl Fn(usize) -> &'e Equilibrium<R>,
        alive: u32,
    ) -> u32 {
        self.crowding.set_volumes(|index| {
            let corridor = &world.network.corridors[index];
            let cell = corridor.exporter * world.regions + corridor.importer;
            let found = equilibrium(corridor.sector);
            found.volume(weighed(world, index, markets, bulk), corridor.exporter, cell)
        });
        if !self.crowding.is_possible() {
            return 0;
        }
        let residual = self.crowding.residual(&world.network);
        let off = alive & !R::bits(residual.le(R::splat(TOLERANCE)));
        if off == 0 {
            self.residual = self.residual.max(R::select(R::mask(alive), residual, R::zero()));
            return 0;
        }
        for c in 0..self.crowding.corridors.len() {
            let index = self.crowding.corridors[c];
            let known = self.crowding.trade[c];
            let (quantity, log_composite) = (self.crowding.quantity[index], self.crowding.log_composite[index]);
            // Where the last round moved the cost, what it did to trade is a better guide than the elasticity at base-year shares.
            let moved = log_composite - known.log_composite;
            let found = (quantity / known.quantity).ln() / moved;
            let (least, most) = (R::splat(2.0) * known.response, R::splat(0.5) * known.response);
            let tells = R::splat(1e-7).lt(moved.abs());
            let response = R::select(tells, least.max(most.min(found)), known.response);
            // Lanes that agree keep what they know, since the next period starts from it: a draw must not feel its neighbours.
            let mask = R::mask(off);
            self.crowding.trade[c] = Trade {
                quantity: R::select(mask, quantity, known.quantity),
                log_composite: R::select(mask, log_composite, known.log_composite),
                response: R::select(mask, response, known.response),
            };
        }
        off
    }

    /// Brings waiting in line with the trade last known, in the lanes of `off`.
    #[inline(always)]
    pub fn relax(&mut self, world: &World, off: u32) {
        self.crowding.solve(&world.network, off);
    }

    /// The largest difference left in one lane, days.
    pub fn left(&self, world: &World, lane: usize) -> f64 {
        self.crowding.residual(&world.network).lane(lane)
    }

    /// Keeps the choice of routes for the period.
    #[inline(always)]
    pub fn keep_choice(&mut self, world: &World, period: usize) {
        let (routes, corridors) = (self.crowding.before.len(), self.crowding.log_composite.len());
        self.after[period * routes..(period + 1) * routes].copy_from_slice(&self.crowding.after);
        self.log_composite[period * corridors..(period + 1) * corridors].copy_from_slice(&self.crowding.log_composite);
        debug_assert_eq!(world.routes_at[period], period);
    }

    /// Keeps what passed through ports and services in the period.
    #[inline(always)]
    pub fn keep_facilities(&mut self, world: &World, period: usize) {
        let all = world.network.facilities.len();
        for facility in 0..all {
            self.facilities[period * all + facility] = FacilityState {
                throughput: self.crowding.volume[facility],
                capacity: self.crowding.capacity[facility],
                utilisation: self.crowding.use_of(facility),
                wait: self.crowding.met(facility),
            };
        }
    }
}

/// A corridor's trade of the base year, US$ million at the central value per tonne: what it weighs is in proportion.
#[inline(always)]
fn weighed<R: Real>(world: &World, corridor: usize, markets: &[Market<R>], bulk: &[R]) -> R {
    let corridor = &world.network.corridors[corridor];
    markets[corridor.sector].value[corridor.exporter * world.regions + corridor.importer] * bulk[corridor.sector]
}

/// d ln q_in / d ln Ĝ_in at given producer prices and base-year shares: −σ_M + s ((σ_M − σ_D) + (σ_D − η)(1 − α)).
#[inline(always)]
fn response<R: Real>(world: &World, corridor: usize, market: &Market<R>, elasticities: &Elasticities<R>) -> R {
    let corridor = &world.network.corridors[corridor];
    let n = corridor.importer;
    let share = market.import_share[n * world.regions + corridor.exporter];
    let (import, domestic, demand) = (elasticities.import[n], elasticities.domestic[n], elasticities.demand[n]);
    let outer = (domestic - demand).mul_add(R::one() - market.home_share[n], import - domestic);
    share.mul_add(outer, -import)
}
