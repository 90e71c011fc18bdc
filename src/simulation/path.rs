//! Eight draws through the periods: parameters → elasticities, routes and tariffs → the equilibrium of every sector and period, and waiting that agrees with it.

use super::duties::Levied;
use super::profile::{Clock, Stage};
use super::routes::{FacilityState, Routes};
use super::world::World;
use crate::model::closure::Workspace;
use crate::model::equilibrium::Wedge;
use crate::model::{Elasticities, Equilibrium, Failure, Market, Shock};
use crate::numerics::Real;
use crate::transport::crowding::TOLERANCE;

/// A lane that found no equilibrium, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneFailure {
    pub lane: usize,
    pub period: usize,
    /// `None`: not in one sector, but between trade and waiting.
    pub sector: Option<usize>,
    pub failure: Failure,
}

/// The state of one lane batch, allocated once and reused from batch to batch.
pub struct Paths<R> {
    /// The draws' numbers, in the order of the world's parameters; what is derived is that of the last period solved.
    pub drawn: Vec<R>,
    pub routes: Routes<R>,
    /// By sector: the base year, each draw's own where the data are uncertain.
    pub markets: Vec<Market<R>>,
    /// By sector: tonnes per US$ against the central figure.
    pub bulk: Vec<R>,
    /// By period and sector, each at its [`World::solved_at`].
    elasticities: Vec<Elasticities<R>>,
    /// By period and sector, each at its [`World::solved_at`].
    equilibria: Vec<Equilibrium<R>>,
    levied: Levied<R>,
    /// By sector: e^(−λh) of the period, the part of the way from short to long run that is still to go.
    youth: Vec<R>,
    /// By period and region: US$ per unit of its currency against the base year.
    exchange: Vec<R>,
    shock: Shock<R>,
    work: Workspace<R>,
    /// Lanes that failed, in the order found.
    pub failures: Vec<LaneFailure>,
    /// Still, unless somebody wants to know where the time goes.
    pub clock: Clock,
}

/// What one period of a lane batch looks like to those who report on it.
#[derive(Clone, Copy)]
pub struct PeriodState<'a, R> {
    pub world: &'a World,
    pub paths: &'a Paths<R>,
    pub period: usize,
}

/// Rounds of sectors and waiting before a lane is given up.
const ROUNDS: usize = 25;

impl<R: Real> Paths<R> {
    pub fn new(world: &World) -> Self {
        Paths {
            drawn: vec![R::zero(); world.parameters.places()],
            routes: Routes::new(world),
            markets: world.markets.iter().map(Market::in_lanes).collect(),
            bulk: vec![R::one(); world.sectors],
            elasticities: (0..world.periods)
                .flat_map(|_| world.elasticities.iter().map(|of_sector| Elasticities::new(of_sector.import_class.clone())))
                .collect(),
            equilibria: vec![world.closure.baseline(world.regions); world.periods * world.sectors],
            levied: Levied::new(&world.duties),
            youth: vec![R::one(); world.sectors],
            exchange: vec![R::one(); world.periods * world.regions],
            shock: Shock { wedges: Vec::with_capacity(world.regions * world.regions) },
            work: Workspace::new(world.regions),
            failures: Vec::new(),
            clock: Clock::still(),
        }
    }

    /// Solves every period for the draws whose parameters are in `drawn`. Returns one bit per lane that succeeded everywhere.
    #[inline(always)]
    pub fn solve(&mut self, world: &World) -> u32 {
        self.failures.clear();
        let mut alive = (1u32 << R::LANES) - 1;
        for period in 0..world.periods {
            self.clock.enter(Stage::Sampling);
            world.parameters.derive(period, &mut self.drawn);
            if period == 0 {
                self.clock.enter(Stage::Calibration);
                world.data.recalibrate(&self.drawn, &mut self.markets, &mut self.bulk);
                self.clock.enter(Stage::Transport);
                self.routes.begin(world, &self.markets, &self.bulk, &self.drawn);
            }
            self.clock.enter(Stage::Policy);
            for (region, rate) in world.exchange.iter().enumerate() {
                self.exchange[period * world.regions + region] = rate.of(&self.drawn);
            }
            self.levied.levy(&world.duties, period, &self.drawn);
            self.set_youth(world, period);
            for sector in 0..world.sectors {
                if world.solved_at[period * world.sectors + sector] == period * world.sectors + sector {
                    self.set_elasticities(world, period, sector);
                }
            }
            self.clock.enter(Stage::Transport);
            let routes_are_new = world.routes_at[period] == period;
            if routes_are_new {
                let (drawn, youth) = (&self.drawn, &self.youth);
                let kappa = |index: usize| {
                    let corridor = &world.network.corridors[index];
                    world.elasticities[corridor.sector].route[corridor.importer].of(drawn, youth[corridor.sector])
                };
                self.routes.prepare(world, &self.bulk, drawn, kappa);
            }
            alive = self.solve_period(world, period, routes_are_new, alive);
        }
        alive
    }

    /// Waiting and sectors in turn until they agree: first all sectors, with the waiting that the last known trade would cause; then those whose goods wait.
    #[inline(always)]
    fn solve_period(&mut self, world: &World, period: usize, routes_are_new: bool, mut alive: u32) -> u32 {
        let at = |sector: usize| world.solved_at[period * world.sectors + sector];
        let crowded = routes_are_new && self.routes.is_crowded();
        let mut off = alive;
        if crowded {
            let elasticities = &self.elasticities;
            self.routes.anticipate(world, &self.markets, |sector| &elasticities[at(sector)]);
        }
        for round in 0..=ROUNDS {
            if crowded {
                self.routes.relax(world, off);
            }
            if routes_are_new {
                self.routes.keep_choice(world, period);
            }
            self.clock.enter(Stage::Policy);
            for sector in 0..world.sectors {
                if round > 0 && !world.crowded[sector] {
                    continue;
                }
                if at(sector) != period * world.sectors + sector {
                    continue;
                }
                if round == 0 {
                    self.start_sector(world, period, sector);
                }
                alive = self.solve_sector(world, period, sector, alive);
            }
            if !routes_are_new {
                return alive;
            }
            self.clock.enter(Stage::Transport);
            let equilibria = &self.equilibria;
            off = self.routes.check(world, &self.markets, &self.bulk, |sector| &equilibria[at(sector)], alive);
            if off == 0 {
                break;
            }
        }
        for lane in (0..R::LANES).filter(|lane| off >> lane & 1 == 1) {
            let failure = Failure::Waiting { days: self.routes.left(world, lane), tolerance: TOLERANCE, rounds: ROUNDS };
            self.failures.push(LaneFailure { lane, period, sector: None, failure });
        }
        self.routes.keep_facilities(world, period);
        alive & !off
    }

    /// The prices to start a sector from: last period's; in the first period the base year's.
    #[inline(always)]
    fn start_sector(&mut self, world: &World, period: usize, sector: usize) {
        let at = period * world.sectors + sector;
        let start = if period == 0 { None } else { Some(world.solved_at[at - world.sectors]) };
        for i in 0..world.regions {
            self.equilibria[at].log_producer[i] = start.map_or(R::zero(), |from| self.equilibria[from].log_producer[i]);
        }
    }

    /// Solves a sector from the prices where it stands; lanes that are solved already keep theirs to the bit.
    #[inline(always)]
    fn solve_sector(&mut self, world: &World, period: usize, sector: usize, alive: u32) -> u32 {
        let at = period * world.sectors + sector;
        self.set_wedges(world, period, sector);
        let (market, equilibrium) = (&self.markets[sector], &mut self.equilibria[at]);
        self.clock.enter(Stage::Solve);
        let solved = world.closure.solve(market, &self.shock, &self.elasticities[at], equilibrium, &mut self.work);
        self.clock.enter(Stage::Policy);
        let failed = alive & !solved.converged;
        for lane in (0..R::LANES).filter(|lane| failed >> lane & 1 == 1) {
            let failure = world.closure.failure(market, equilibrium, lane);
            self.failures.push(LaneFailure { lane, period, sector: Some(sector), failure });
        }
        alive & solved.converged
    }

    /// How far each sector still is from the long run. Few have an age of their own, and one exponential serves a row of sectors with the same.
    #[inline(always)]
    fn set_youth(&mut self, world: &World, period: usize) {
        let speed = world.adjustment.of(&self.drawn);
        for sector in 0..world.sectors {
            let age = world.ages[sector][period];
            self.youth[sector] = match sector.checked_sub(1) {
                Some(last) if world.ages[last][period] == age => self.youth[last],
                _ => (-(speed * R::splat(age))).exp(),
            };
        }
    }

    /// The elasticities of a sector at the age that its shock has in a period.
    #[inline(always)]
    fn set_elasticities(&mut self, world: &World, period: usize, sector: usize) {
        let youth = self.youth[sector];
        let values = &world.elasticities[sector];
        let of_sector = &mut self.elasticities[period * world.sectors + sector];
        for (region, &alike) in values.alike.iter().enumerate() {
            if alike != region {
                of_sector.set_as(region, alike);
                continue;
            }
            let demand = values.demand[region].of(&self.drawn, youth);
            let import = values.import[region].of(&self.drawn, youth);
            let domestic = match world.closure.knows_home_goods_apart() {
                true => values.domestic[region].of(&self.drawn, youth),
                false => import,
            };
            of_sector.set_market(region, demand, domestic, import);
            of_sector.supply_slope[region] = values.supply[region].supply_slope(&self.drawn, youth);
        }
    }

    /// What tariffs, transport and exchange rates do to landed prices, in the importer's currency.
    #[inline(always)]
    fn set_wedges(&mut self, world: &World, period: usize, sector: usize) {
        self.shock.wedges.clear();
        for index in world.touched_of(sector) {
            let cell = &world.touched[index];
            let mut log = self.levied.log(&world.duties, period, index);
            if let Some(corridor) = cell.transport {
                log = log + self.routes.log_composite(world, period, corridor);
            }
            if cell.floats {
                let rates = &self.exchange[period * world.regions..(period + 1) * world.regions];
                log = log + (rates[cell.exporter] / rates[cell.importer]).ln();
            }
            self.shock.wedges.push(Wedge { exporter: cell.exporter, importer: cell.importer, log });
        }
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
        self.paths.levied.effective(&self.world.duties, self.period, touched).rate
    }

    /// The share of a touched cell's trade that pays a measure.
    #[inline(always)]
    pub fn exposed(&self, touched: usize) -> R {
        self.paths.levied.effective(&self.world.duties, self.period, touched).exposed
    }

    /// The base year of a sector as the draws have it.
    #[inline(always)]
    pub fn market(&self, sector: usize) -> &'a Market<R> {
        &self.paths.markets[sector]
    }

    /// V_in of the base year as the draws have it, US$ million.
    #[inline(always)]
    pub fn base_value(&self, sector: usize, exporter: usize, importer: usize) -> R {
        self.market(sector).value[exporter * self.world.regions + importer]
    }

    /// Tonnes, or containers, per US$ of a sector's goods against the central figure.
    #[inline(always)]
    pub fn bulk(&self, sector: usize) -> R {
        self.paths.bulk[sector]
    }

    /// V′_in, US$ million.
    #[inline(always)]
    pub fn value(&self, sector: usize, exporter: usize, importer: usize) -> R {
        let cell = exporter * self.world.regions + importer;
        let value = self.market(sector).value[cell] * self.equilibrium(sector).value[cell];
        // The equilibrium's prices are in the exporter's currency.
        if self.world.exchange[exporter].is(1.0) { value } else { value * self.exchange(exporter) }
    }

    /// US$ per unit of a region's currency, against the base year.
    #[inline(always)]
    pub fn exchange(&self, region: usize) -> R {
        self.paths.exchange[self.period * self.world.regions + region]
    }

    /// V′_in, million of the importer's currency at the base year's rate: what its customs see.
    #[inline(always)]
    pub fn value_to_importer(&self, sector: usize, exporter: usize, importer: usize) -> R {
        let value = self.value(sector, exporter, importer);
        if self.world.exchange[importer].is(1.0) { value } else { value / self.exchange(importer) }
    }

    /// The share of a corridor's trade that goes by some of its routes (their places among all routes), in the base year and now.
    #[inline(always)]
    pub fn share_of(&self, routes: &[usize]) -> (R, R) {
        let (mut before, mut now) = (R::zero(), R::zero());
        let (all, after) = (self.paths.routes.before(), self.after());
        for &route in routes {
            before = before + all[route];
            now = now + after[route];
        }
        (before, now)
    }

    /// Base-year and present shares of a corridor's routes.
    #[inline(always)]
    pub fn shares(&self, corridor: usize) -> (&'a [R], &'a [R]) {
        let routes = self.world.route_offsets[corridor]..self.world.route_offsets[corridor + 1];
        (&self.paths.routes.before()[routes.clone()], &self.after()[routes])
    }

    /// A port or a service direction, by its place in the network.
    #[inline(always)]
    pub fn facility(&self, facility: usize) -> &'a FacilityState<R> {
        self.paths.routes.facility(self.world, self.period, facility)
    }

    /// φ′ of the period.
    #[inline(always)]
    fn after(&self) -> &'a [R] {
        self.paths.routes.after(self.world, self.period)
    }
}
