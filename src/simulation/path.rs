//! Eight draws through the periods: parameters → elasticities, routes and tariffs → the equilibrium of every sector and period.

use super::world::World;
use crate::model::elasticities::away_from_one;
use crate::model::equilibrium::Wedge;
use crate::model::{Elasticities, Equilibrium, Failure, Shock, partial};
use crate::numerics::Real;
use crate::transport::choose;

/// A lane that found no equilibrium, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneFailure {
    pub lane: usize,
    pub period: usize,
    pub sector: usize,
    pub failure: Failure,
}

/// The state of one lane batch, allocated once and reused from batch to batch.
pub struct Paths<R> {
    /// The draws' parameters, in the order of the world's.
    pub drawn: Vec<R>,
    pub elasticities: Vec<Elasticities<R>>,
    /// φ of the base year, by corridor and route ([`World::route_offsets`]).
    pub shares_before: Vec<R>,
    /// φ′.
    pub shares_after: Vec<R>,
    /// ln Ĉ.
    log_costs: Vec<R>,
    /// ln Ĝ by corridor.
    log_composite: Vec<R>,
    /// By period and sector, each at its [`World::solved_at`].
    equilibria: Vec<Equilibrium<R>>,
    /// By period and touched cell: t′.
    tariffs: Vec<R>,
    /// By period and touched cell: the share of trade that pays a measure.
    exposed: Vec<R>,
    shock: Shock<R>,
    work: partial::Workspace<R>,
    /// Lanes that failed, in the order found.
    pub failures: Vec<LaneFailure>,
}

/// What one period of a lane batch looks like to those who report on it.
#[derive(Clone, Copy)]
pub struct PeriodState<'a, R> {
    pub world: &'a World,
    pub paths: &'a Paths<R>,
    pub period: usize,
}

impl<R: Real> Paths<R> {
    pub fn new(world: &World) -> Self {
        let routes = world.route_offsets.last().copied().unwrap_or(0);
        let cells = world.periods * world.touched.len();
        Paths {
            drawn: vec![R::zero(); world.parameters.len()],
            elasticities: world.elasticities.iter().map(|e| Elasticities::new(e.import_class.clone())).collect(),
            shares_before: vec![R::zero(); routes],
            shares_after: vec![R::zero(); routes],
            log_costs: vec![R::zero(); routes],
            log_composite: vec![R::zero(); world.network.corridors.len()],
            equilibria: vec![Equilibrium::baseline(world.regions); world.periods * world.sectors],
            tariffs: vec![R::zero(); cells],
            exposed: vec![R::zero(); cells],
            shock: Shock { wedges: Vec::with_capacity(world.regions * world.regions) },
            work: partial::Workspace::new(world.regions),
            failures: Vec::new(),
        }
    }

    /// Solves every period for the draws whose parameters are in `drawn`. Returns one bit per lane that succeeded everywhere.
    #[inline(always)]
    pub fn solve(&mut self, world: &World) -> u32 {
        self.failures.clear();
        self.set_elasticities(world);
        self.choose_routes(world);
        let mut alive = (1u32 << R::LANES) - 1;
        for period in 0..world.periods {
            for sector in 0..world.sectors {
                let at = period * world.sectors + sector;
                if world.solved_at[at] != at {
                    self.copy_tariffs(world, period, sector);
                    continue;
                }
                self.set_shock(world, period, sector);
                // Last period's prices are where to start; the first starts at the base year's.
                let start = if period == 0 { None } else { Some(world.solved_at[at - world.sectors]) };
                for i in 0..world.regions {
                    self.equilibria[at].log_producer[i] = start.map_or(R::zero(), |from| self.equilibria[from].log_producer[i]);
                }
                let equilibrium = &mut self.equilibria[at];
                let solved = partial::solve(&world.markets[sector], &self.shock, &self.elasticities[sector], equilibrium, &mut self.work);
                let failed = alive & !solved.converged;
                if failed != 0 {
                    for lane in (0..R::LANES).filter(|lane| failed >> lane & 1 == 1) {
                        let failure = partial::failure(&self.equilibria[at], lane);
                        self.failures.push(LaneFailure { lane, period, sector, failure });
                    }
                    alive &= solved.converged;
                }
            }
        }
        alive
    }

    #[inline(always)]
    fn set_elasticities(&mut self, world: &World) {
        for (of_sector, values) in self.elasticities.iter_mut().zip(&world.elasticities) {
            for region in 0..world.regions {
                let demand = values.demand[region].of(&self.drawn);
                let domestic = values.domestic[region].of(&self.drawn);
                let import = values.import[region].of(&self.drawn);
                of_sector.set_market(region, demand, domestic, import);
                of_sector.set_supply(region, values.supply[region].of(&self.drawn));
            }
        }
    }

    #[inline(always)]
    fn choose_routes(&mut self, world: &World) {
        for (index, corridor) in world.network.corridors.iter().enumerate() {
            let routes = world.route_offsets[index]..world.route_offsets[index + 1];
            let before = &mut self.shares_before[routes.clone()];
            corridor.base_shares(&self.drawn, before);
            let after = &mut self.shares_after[routes.clone()];
            if corridor.has_moving_cost() {
                let log_costs = &mut self.log_costs[routes];
                for (cost, route) in log_costs.iter_mut().zip(&corridor.routes) {
                    *cost = route.log_cost(&self.drawn);
                }
                let kappa = away_from_one(world.elasticities[corridor.sector].route[corridor.importer].of(&self.drawn));
                self.log_composite[index] = choose(before, log_costs, kappa, after);
            } else {
                after.copy_from_slice(before);
            }
        }
    }

    /// Effective tariffs of a sector and period, and what they do to landed prices.
    #[inline(always)]
    fn set_shock(&mut self, world: &World, period: usize, sector: usize) {
        self.shock.wedges.clear();
        for index in world.touched_of(sector) {
            let cell = world.touched[index];
            let policy = world.tariffs.cell(period, sector, cell.exporter, cell.importer);
            let effective = policy.effective(&self.drawn);
            self.tariffs[period * world.touched.len() + index] = effective.rate;
            self.exposed[period * world.touched.len() + index] = effective.exposed;
            let duty = ((R::one() + effective.rate) / R::splat(1.0 + policy.base)).ln();
            let log = match cell.freight {
                Some(corridor) => duty + self.log_composite[corridor],
                None => duty,
            };
            self.shock.wedges.push(Wedge { exporter: cell.exporter, importer: cell.importer, log });
        }
    }

    #[inline(always)]
    fn copy_tariffs(&mut self, world: &World, period: usize, sector: usize) {
        let earlier = world.solved_at[period * world.sectors + sector] / world.sectors;
        let touched = world.touched_of(sector);
        let (from, to) = (earlier * world.touched.len(), period * world.touched.len() + touched.start);
        self.tariffs.copy_within(from + touched.start..from + touched.end, to);
        self.exposed.copy_within(from + touched.start..from + touched.end, to);
    }
}

impl<'a, R: Real> PeriodState<'a, R> {
    #[inline(always)]
    pub fn equilibrium(&self, sector: usize) -> &'a Equilibrium<R> {
        &self.paths.equilibria[self.world.solved_at[self.period * self.world.sectors + sector]]
    }

    #[inline(always)]
    pub fn elasticities(&self, sector: usize) -> &'a Elasticities<R> {
        &self.paths.elasticities[sector]
    }

    /// t′ of a touched cell.
    #[inline(always)]
    pub fn tariff(&self, touched: usize) -> R {
        self.paths.tariffs[self.period * self.world.touched.len() + touched]
    }

    /// The share of a touched cell's trade that pays a measure.
    #[inline(always)]
    pub fn exposed(&self, touched: usize) -> R {
        self.paths.exposed[self.period * self.world.touched.len() + touched]
    }

    /// V′_in, US$ million.
    #[inline(always)]
    pub fn value(&self, sector: usize, exporter: usize, importer: usize) -> R {
        let cell = exporter * self.world.regions + importer;
        R::splat(self.world.markets[sector].value[cell]) * self.equilibrium(sector).value[cell]
    }

    /// The share of a corridor's trade that goes by some of its routes (their places among all routes), in the base year and now.
    #[inline(always)]
    pub fn share_of(&self, routes: &[usize]) -> (R, R) {
        let (mut before, mut now) = (R::zero(), R::zero());
        for &route in routes {
            before = before + self.paths.shares_before[route];
            now = now + self.paths.shares_after[route];
        }
        (before, now)
    }

    /// Base-year and present shares of a corridor's routes.
    #[inline(always)]
    pub fn shares(&self, corridor: usize) -> (&'a [R], &'a [R]) {
        let routes = self.world.route_offsets[corridor]..self.world.route_offsets[corridor + 1];
        (&self.paths.shares_before[routes.clone()], &self.paths.shares_after[routes])
    }
}
