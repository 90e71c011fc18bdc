//! All that no draw changes: the sectors' markets, tariffs by period, routes, which elasticity holds where.

use super::ageing::{Aged, ages};
use super::data::Doubts;
use super::duties::Duties;
use super::elasticities::SectorElasticities;
use crate::baseline::{Baseline, ValueDensity};
use crate::model::{Closure, Market};
use crate::policy::{Branches, TariffSchedule};
use crate::scenario::{self, Scenario};
use crate::transport::{Network, course};
use crate::uncertainty::{Parameters, Value};
use jiff::civil::Date;

/// A cell whose landed price can move: a tariff measure, the cost of transport or an exchange rate bears on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    pub sector: usize,
    pub exporter: usize,
    pub importer: usize,
    /// Index into [`Network::corridors`], where the pair has routes whose cost can move.
    pub transport: Option<usize>,
    /// Whether the currency of either side moves.
    pub floats: bool,
}

/// What US$ million of a sector's goods come to at base-year prices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Volume {
    pub tonnes_per_usd_m: f64,
    /// As many containers as the goods would fill.
    pub teu_per_usd_m: f64,
}

impl Volume {
    /// Nothing where the baseline does not say what the goods weigh.
    fn of(density: Option<&ValueDensity>) -> Self {
        density.map_or(Volume { tonnes_per_usd_m: 0.0, teu_per_usd_m: 0.0 }, |density| {
            let tonnes_per_usd_m = 1e6 / density.usd_per_tonne;
            Volume { tonnes_per_usd_m, teu_per_usd_m: tonnes_per_usd_m / density.tonnes_per_teu }
        })
    }
}

/// A scenario laid over its baseline: what every draw meets.
#[derive(Debug, Clone)]
pub struct World {
    /// What answers the shocks.
    pub closure: Closure,
    pub regions: usize,
    pub sectors: usize,
    pub periods: usize,
    pub markets: Vec<Market>,
    pub tariffs: TariffSchedule,
    /// The tariffs of `touched`, each once.
    pub duties: Duties,
    pub network: Network,
    /// By cell (sector, exporter, importer): the corridor, where the pair has routes.
    pub corridors: Vec<Option<usize>>,
    /// Where each corridor's routes begin in a draw's list of route shares; one more than there are corridors.
    pub route_offsets: Vec<usize>,
    pub elasticities: Vec<SectorElasticities>,
    /// By sector, then period: how old the shock is, years.
    pub ages: Vec<Vec<f64>>,
    /// λ, a year.
    pub adjustment: Value,
    /// For every period: the first with the same route choice and waiting, which is the period itself unless all they hang on repeats.
    pub routes_at: Vec<usize>,
    /// What of the base year differs by draw.
    pub data: Doubts,
    /// By sector.
    pub volumes: Vec<Volume>,
    /// By sector: whether something can hold up its goods, so that its trade and waiting hang on each other.
    pub crowded: Vec<bool>,
    /// By region: US$ per unit of its currency, as a ratio to the base year.
    pub exchange: Vec<Value>,
    /// What may happen.
    pub branches: Branches,
    /// Sector-major.
    pub touched: Vec<Touched>,
    /// Where each sector begins in `touched`; one more than there are sectors.
    pub touched_offsets: Vec<usize>,
    /// By cell (sector, exporter, importer): its place in `touched`.
    pub touched_at: Vec<Option<usize>>,
    /// Where the equilibrium of every period and sector stands (period × sectors + sector): its own place, or that of the first period with the same tariffs.
    pub solved_at: Vec<usize>,
    /// For every period: the first that is the same in all sectors, which is the period itself unless all its tariffs repeat.
    pub same_as: Vec<usize>,
    /// Every uncertain number in use.
    pub parameters: Parameters,
}

impl World {
    pub fn compile(scenario: &Scenario, baseline: &Baseline) -> Self {
        let (regions, sectors, periods) = (baseline.regions.len(), baseline.sectors.len(), scenario.periods.len());
        let mut parameters = Parameters::default();
        let branches = Branches::compile(scenario, &mut parameters);
        let elasticities: Vec<SectorElasticities> =
            (0..sectors).map(|s| SectorElasticities::compile(scenario, baseline, &branches, &mut parameters, s)).collect();
        let adjustment = match elasticities.iter().any(SectorElasticities::ages) {
            true => parameters.value(&scenario.adjustment),
            // Nothing moves from short to long run, so nothing hangs on the speed.
            false => Value::Fixed(scenario.adjustment.central()),
        };
        let tariffs = TariffSchedule::compile(scenario, baseline, &branches, &mut parameters);
        let network = Network::compile(scenario, baseline, &branches, &mut parameters);
        let exchange = exchange(scenario, regions, &mut parameters);
        let data = Doubts::compile(scenario, baseline, &mut parameters);
        let crowded = (0..sectors).map(|sector| network.can_fill(|corridor| corridor.sector == sector)).collect();

        let mut corridors = vec![None; sectors * regions * regions];
        let mut route_offsets = vec![0];
        for (index, corridor) in network.corridors.iter().enumerate() {
            corridors[baseline.cell(corridor.sector, corridor.exporter, corridor.importer)] = Some(index);
            route_offsets.push(route_offsets[index] + corridor.routes.len());
        }
        let markets = (0..sectors).map(|s| market(baseline, &network, &corridors, s)).collect();
        let (touched, touched_offsets) = touched(baseline, &tariffs, &network, &corridors, &exchange);
        let mut touched_at = vec![None; sectors * regions * regions];
        for (index, cell) in touched.iter().enumerate() {
            touched_at[baseline.cell(cell.sector, cell.exporter, cell.importer)] = Some(index);
        }
        let policy = |period: usize, cell: usize| {
            let Touched { sector, exporter, importer, .. } = touched[cell];
            tariffs.cell(period, sector, exporter, importer)
        };
        let same = |cell: usize, a: usize, b: usize| {
            policy(a, cell) == policy(b, cell) && policy(a, cell).numbers().all(|number| parameters.is_same(number, a, b))
        };
        let duties = Duties::compile(periods, touched.len(), policy, same);
        let mut world = World {
            closure: closure(scenario.closure),
            regions,
            sectors,
            periods,
            markets,
            tariffs,
            duties,
            network,
            corridors,
            route_offsets,
            elasticities,
            ages: (0..sectors).map(|s| ages(&scenario.periods, first_day(scenario, &branches, s))).collect(),
            adjustment,
            routes_at: Vec::new(),
            crowded,
            data,
            volumes: baseline.value_density.iter().map(|density| Volume::of(density.as_ref())).collect(),
            exchange,
            branches,
            touched,
            touched_offsets,
            touched_at,
            solved_at: Vec::new(),
            same_as: Vec::new(),
            parameters,
        };
        world.routes_at = world.places_of_routes();
        world.solved_at = world.places_of_equilibria();
        world.same_as = world.same_periods();
        world
    }

    /// Index of a cell, as [`Baseline::cell`].
    #[inline(always)]
    pub fn cell(&self, sector: usize, exporter: usize, importer: usize) -> usize {
        (sector * self.regions + exporter) * self.regions + importer
    }

    /// V_in of the base year, US$ million.
    #[inline(always)]
    pub fn value(&self, sector: usize, exporter: usize, importer: usize) -> f64 {
        self.markets[sector].value[exporter * self.regions + importer]
    }

    /// The corridor of a cell, where the pair has routes.
    #[inline(always)]
    pub fn corridor(&self, sector: usize, exporter: usize, importer: usize) -> Option<usize> {
        self.corridors[self.cell(sector, exporter, importer)]
    }

    /// Index into [`World::touched`], where a tariff measure or freight bears on the cell.
    #[inline(always)]
    pub fn touched_on(&self, sector: usize, exporter: usize, importer: usize) -> Option<usize> {
        self.touched_at[self.cell(sector, exporter, importer)]
    }

    /// The touched cells of a sector, as a range of [`World::touched`].
    #[inline(always)]
    pub fn touched_of(&self, sector: usize) -> std::ops::Range<usize> {
        self.touched_offsets[sector]..self.touched_offsets[sector + 1]
    }

    /// Pairs (exporter, market) that a measure bears on in any sector and period.
    pub fn exposed_pairs(&self) -> Vec<(usize, usize)> {
        let touched = |exporter, importer| (0..self.sectors).any(|sector| self.tariffs.ever_touched(sector, exporter, importer));
        let all = (0..self.regions).flat_map(|importer| (0..self.regions).map(move |exporter| (exporter, importer)));
        all.filter(|&(exporter, importer)| touched(exporter, importer)).collect()
    }

    /// Counts two periods as the same only if they are the same in `other` too: what the two worlds differ by is then told period by period.
    pub fn tell_periods_apart_as(&mut self, other: &World) {
        let same = |a: usize, b: usize| self.same_as[a] == self.same_as[b] && other.same_as[a] == other.same_as[b];
        self.same_as = (0..self.periods).map(|period| (0..period).find(|&earlier| same(earlier, period)).unwrap_or(period)).collect();
    }

    /// Whether any elasticity moves from a short to a long run.
    pub fn has_short_run(&self) -> bool {
        self.elasticities.iter().any(SectorElasticities::ages)
    }

    /// Whether tariffs and elasticities of a sector are the same in two periods of every draw, and exchange rates with them.
    fn is_same_market(&self, sector: usize, a: usize, b: usize) -> bool {
        let elasticities = &self.elasticities[sector];
        let same = |value: Value| self.parameters.is_same(value, a, b);
        (!elasticities.ages() || self.ages[sector][a] == self.ages[sector][b])
            && elasticities.numbers().all(same)
            && self.exchange.iter().all(|&rate| same(rate))
            && self.touched[self.touched_of(sector)]
                .iter()
                .all(|t| self.tariffs.cell(a, sector, t.exporter, t.importer) == self.tariffs.cell(b, sector, t.exporter, t.importer))
    }

    /// Equal costs and equal κ have equal routes; where goods wait, trade must be equal too.
    fn places_of_routes(&self) -> Vec<usize> {
        let crowded = self.crowded.contains(&true);
        let same = |a: usize, b: usize| {
            self.network.is_same(&self.parameters, a, b)
                && (0..self.sectors).all(|sector| {
                    let of_routes = &self.elasticities[sector].route;
                    let ageing = of_routes.iter().any(|aged| aged.short.is_some());
                    (!ageing || self.ages[sector][a] == self.ages[sector][b])
                        && of_routes.iter().flat_map(Aged::numbers).all(|value| self.parameters.is_same(value, a, b))
                        && (!crowded || self.is_same_market(sector, a, b))
                })
        };
        (0..self.periods).map(|period| (0..period).find(|&earlier| same(earlier, period)).unwrap_or(period)).collect()
    }

    /// Equal tariffs, elasticities and transport costs have equal equilibria: solved once.
    fn places_of_equilibria(&self) -> Vec<usize> {
        let mut places = Vec::with_capacity(self.periods * self.sectors);
        for period in 0..self.periods {
            for sector in 0..self.sectors {
                let travels = self.touched[self.touched_of(sector)].iter().any(|t| t.transport.is_some());
                let same = |earlier: &usize| {
                    (!travels || self.routes_at[*earlier] == self.routes_at[period]) && self.is_same_market(sector, *earlier, period)
                };
                let first = (0..period).find(same).unwrap_or(period);
                places.push(first * self.sectors + sector);
            }
        }
        places
    }

    /// Periods whose every equilibrium stands where an earlier one's does: told once.
    fn same_periods(&self) -> Vec<usize> {
        let of = |period: usize| (&self.solved_at[period * self.sectors..(period + 1) * self.sectors], self.routes_at[period]);
        (0..self.periods).map(|period| (0..period).find(|&earlier| of(earlier) == of(period)).unwrap_or(period)).collect()
    }
}

fn closure(asked: scenario::Closure) -> Closure {
    match asked {
        scenario::Closure::Partial => Closure::Partial,
        scenario::Closure::Gsim => Closure::Gsim,
        scenario::Closure::Smart => Closure::Smart,
    }
}

fn market(baseline: &Baseline, network: &Network, corridors: &[Option<usize>], sector: usize) -> Market {
    let regions = baseline.regions.len();
    let cells = (0..regions * regions).map(|c| baseline.cell(sector, c / regions, c % regions));
    let flows: Vec<_> = cells.clone().map(|c| baseline.flows[c]).collect();
    let transport: Vec<f64> = cells.map(|c| corridors[c].map_or(0.0, |at| network.corridors[at].cost)).collect();
    Market::new(regions, flows.iter().map(|f| f.value).collect(), flows.iter().map(|f| f.tariff).collect(), &transport)
}

fn touched(
    baseline: &Baseline,
    tariffs: &TariffSchedule,
    network: &Network,
    corridors: &[Option<usize>],
    exchange: &[Value],
) -> (Vec<Touched>, Vec<usize>) {
    let regions = baseline.regions.len();
    let (mut touched, mut offsets) = (Vec::new(), vec![0]);
    for sector in 0..baseline.sectors.len() {
        for exporter in 0..regions {
            for importer in (0..regions).filter(|&importer| importer != exporter) {
                let cell = baseline.cell(sector, exporter, importer);
                let transport = corridors[cell].filter(|&at| network.corridors[at].moves);
                let floats = [exporter, importer].iter().any(|&region| !exchange[region].is(1.0));
                let sold = baseline.flows[cell].value > 0.0;
                if transport.is_some() || (floats && sold) || tariffs.ever_touched(sector, exporter, importer) {
                    touched.push(Touched { sector, exporter, importer, transport, floats });
                }
            }
        }
        offsets.push(touched.len());
    }
    (touched, offsets)
}

/// The first day of the first measure that may bear on a sector.
fn first_day(scenario: &Scenario, branches: &Branches, sector: usize) -> Option<Date> {
    branches
        .measures(scenario)
        .iter()
        .filter(|contingent| contingent.measure.sectors.contains(&sector))
        .map(|contingent| contingent.from)
        .min()
}

/// By region: one, or what the scenario makes of its exchange rate.
fn exchange(scenario: &Scenario, regions: usize, parameters: &mut Parameters) -> Vec<Value> {
    let mut rates = vec![Value::Fixed(1.0); regions];
    for given in &scenario.exchange_rates {
        rates[given.region] = course(scenario, &given.course, parameters);
    }
    rates
}
