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
    /// By period and sector, each at its [`World::solved_at`].
    elasticities: Vec<Elasticities<R>>,
    /// φ of the base year, by corridor and route ([`World::route_offsets`]).
    pub shares_before: Vec<R>,
    /// φ′, by route period, then as φ.
    pub shares_after: Vec<R>,
    /// ln Ĉ.
    log_costs: Vec<R>,
    /// ln Ĝ by route period and corridor.
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
            elasticities: (0..world.periods)
                .flat_map(|_| world.elasticities.iter().map(|of_sector| Elasticities::new(of_sector.import_class.clone())))
                .collect(),
            shares_before: vec![R::zero(); routes],
            shares_after: vec![R::zero(); world.route_periods * routes],
            log_costs: vec![R::zero(); routes],
            log_composite: vec![R::zero(); world.route_periods * world.network.corridors.len()],
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
        for period in 0..world.route_periods {
            self.choose_routes(world, period);
        }
        let mut alive = (1u32 << R::LANES) - 1;
        for period in 0..world.periods {
            for sector in 0..world.sectors {
                let at = period * world.sectors + sector;
                if world.solved_at[at] != at {
                    self.copy_tariffs(world, period, sector);
                    continue;
                }
                self.set_elasticities(world, period, sector);
                self.set_shock(world, period, sector);
                // Last period's prices are where to start; the first starts at the base year's.
                let start = if period == 0 { None } else { Some(world.solved_at[at - world.sectors]) };
                for i in 0..world.regions {
                    self.equilibria[at].log_producer[i] = start.map_or(R::zero(), |from| self.equilibria[from].log_producer[i]);
                }
                let equilibrium = &mut self.equilibria[at];
                let solved = partial::solve(&world.markets[sector], &self.shock, &self.elasticities[at], equilibrium, &mut self.work);
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

    /// The elasticities of a sector at the age that its shock has in a period.
    #[inline(always)]
    fn set_elasticities(&mut self, world: &World, period: usize, sector: usize) {
        let youth = self.youth(world, period, sector);
        let values = &world.elasticities[sector];
        let of_sector = &mut self.elasticities[period * world.sectors + sector];
        for region in 0..world.regions {
            let demand = values.demand[region].of(&self.drawn, youth);
            let domestic = values.domestic[region].of(&self.drawn, youth);
            let import = values.import[region].of(&self.drawn, youth);
            of_sector.set_market(region, demand, domestic, import);
            of_sector.supply_slope[region] = values.supply[region].supply_slope(&self.drawn, youth);
        }
    }

    /// e^(−λh): the part of the way from short to long run that is still to go.
    #[inline(always)]
    fn youth(&self, world: &World, period: usize, sector: usize) -> R {
        (-(world.adjustment.of(&self.drawn) * R::splat(world.ages[sector][period]))).exp()
    }

    #[inline(always)]
    fn choose_routes(&mut self, world: &World, period: usize) {
        let all = self.shares_before.len();
        for (index, corridor) in world.network.corridors.iter().enumerate() {
            let routes = world.route_offsets[index]..world.route_offsets[index + 1];
            let youth = self.youth(world, period, corridor.sector);
            let before = &mut self.shares_before[routes.clone()];
            corridor.base_shares(&self.drawn, before);
            let after = &mut self.shares_after[period * all + routes.start..period * all + routes.end];
            if corridor.has_moving_cost() {
                let log_costs = &mut self.log_costs[routes];
                for (cost, route) in log_costs.iter_mut().zip(&corridor.routes) {
                    *cost = route.log_cost(&self.drawn);
                }
                let kappa = away_from_one(world.elasticities[corridor.sector].route[corridor.importer].of(&self.drawn, youth));
                self.log_composite[period * world.network.corridors.len() + index] = choose(before, log_costs, kappa, after);
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
                Some(corridor) => duty + self.log_composite[world.route_period(period) * world.network.corridors.len() + corridor],
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
        &self.paths.elasticities[self.world.solved_at[self.period * self.world.sectors + sector]]
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
        let after = self.after();
        for &route in routes {
            before = before + self.paths.shares_before[route];
            now = now + after[route];
        }
        (before, now)
    }

    /// Base-year and present shares of a corridor's routes.
    #[inline(always)]
    pub fn shares(&self, corridor: usize) -> (&'a [R], &'a [R]) {
        let routes = self.world.route_offsets[corridor]..self.world.route_offsets[corridor + 1];
        (&self.paths.shares_before[routes.clone()], &self.after()[routes])
    }

    /// φ′ of the period.
    #[inline(always)]
    fn after(&self) -> &'a [R] {
        let all = self.paths.shares_before.len();
        let start = self.world.route_period(self.period) * all;
        &self.paths.shares_after[start..start + all]
    }
}
