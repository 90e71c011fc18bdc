//! The outcomes that a scenario declares: one number a draw and period, kept for exact quantiles.

use super::path::PeriodState;
use super::tables::welfare;
use super::world::World;
use crate::baseline::Mode;
use crate::model::Market;
use crate::numerics::Real;
use crate::scenario::{Outcome, OutcomeMeasure, Reading, VolumeUnit};
use crate::transport::Kind;

/// A trade cell that an outcome counts, with what is known of it beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    sector: usize,
    exporter: usize,
    importer: usize,
    /// V_in of the base year.
    value: f64,
    /// t_in of the base year.
    tariff: f64,
    touched: Option<usize>,
    corridor: Option<usize>,
    /// What US$ million at base-year prices come to in the outcome's unit.
    per_value: f64,
}

/// A region and sector that an outcome counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    sector: usize,
    region: usize,
    weight: Weight,
}

/// What a place counts by in the base year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// What is spent there on the sector.
    Spending,
    /// What is made there.
    Output,
}

impl Weight {
    #[inline(always)]
    fn of<R: Real>(self, market: &Market<R>, region: usize) -> R {
        match self {
            Weight::Spending => market.spending[region],
            Weight::Output => market.output[region],
        }
    }
}

/// An outcome with its cells looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct CompiledOutcome {
    pub name: String,
    pub measure: OutcomeMeasure,
    pub reading: Reading,
    modes: Option<Vec<Mode>>,
    cells: Vec<Cell>,
    places: Vec<Place>,
    /// Ports that it counts, by their place in the network.
    facilities: Vec<usize>,
    /// In the outcome's unit: how likely it is to be below each is told.
    pub thresholds: Vec<f64>,
    /// What a trade volume is counted in.
    pub volume: VolumeUnit,
    /// Base-year trade or weight of all that is counted.
    whole: f64,
    /// The measure in the base year at central route shares; zero for what is a change by nature.
    pub central: f64,
}

impl CompiledOutcome {
    pub fn compile(outcome: &Outcome, world: &World) -> Self {
        use OutcomeMeasure::*;
        let trade = matches!(outcome.measure, TradeValue | TradeVolume | ModeShare | EffectiveTariff | TariffRevenue | Exposure);
        let regions = if matches!(outcome.measure, ProducerPrice | ProducerSurplus) { &outcome.exporters } else { &outcome.importers };
        let at_ports = matches!(outcome.measure, PortThroughput | PortUtilisation);
        let cells = if trade { cells(outcome, world) } else { Vec::new() };
        let places = if trade || at_ports { Vec::new() } else { places(outcome, regions, world) };
        let facilities: Vec<usize> = outcome
            .ports
            .iter()
            .filter_map(|&port| world.network.facilities.iter().position(|facility| facility.kind == Kind::Port(port)))
            .filter(|&facility| outcome.measure == PortThroughput || world.network.facilities[facility].can_fill())
            .collect();
        let through = facilities.iter().map(|&facility| world.network.facilities[facility].throughput).sum::<f64>();
        let whole = cells.iter().map(|c| c.value).sum::<f64>()
            + places.iter().map(|p| p.weight.of(&world.markets[p.sector], p.region)).sum::<f64>()
            + through;
        let mut compiled = CompiledOutcome {
            name: outcome.name.clone(),
            measure: outcome.measure,
            reading: outcome.reading,
            modes: outcome.modes.clone(),
            cells,
            places,
            facilities,
            thresholds: outcome.thresholds.clone(),
            volume: outcome.unit,
            whole,
            central: 0.0,
        };
        compiled.central = compiled.in_base_year(world);
        compiled
    }

    /// Whether the baseline has nothing that it counts.
    pub fn counts_nothing(&self) -> bool {
        self.whole <= 0.0
    }

    /// Whether it is a change by nature: surplus and welfare, which have no level.
    pub fn is_change(&self) -> bool {
        matches!(self.measure, OutcomeMeasure::ConsumerSurplus | OutcomeMeasure::ProducerSurplus | OutcomeMeasure::Welfare)
    }

    /// The unit of the outcome's figures.
    pub fn unit(&self) -> &'static str {
        use OutcomeMeasure::*;
        match (self.reading, self.measure) {
            (Reading::Percent, _) => "fraction of the base year",
            (_, TradeVolume) => match self.volume {
                VolumeUnit::BaseYearPrices => "US$ million at base-year prices",
                VolumeUnit::Teu => "TEU",
                VolumeUnit::Tonnes => "tonnes",
            },
            (_, TradeValue | TariffRevenue | ConsumerSurplus | ProducerSurplus | Welfare) => "US$ million",
            (_, ModeShare | Exposure) => "share",
            (_, EffectiveTariff) => "ad valorem rate",
            (_, ProducerPrice | ConsumerPrice) => "ratio to the base year",
            (_, PortThroughput) => "TEU",
            (_, PortUtilisation) => "share of capacity",
        }
    }

    /// The measure in the base year and now, read as the scenario asks.
    #[inline(always)]
    pub fn read<R: Real>(&self, before: R, now: R) -> R {
        match self.reading {
            Reading::Level => now,
            Reading::Change => now - before,
            // What is a change already is set against what was spent or made.
            Reading::Percent if self.is_change() => now / R::splat(self.whole),
            Reading::Percent => now / before - R::one(),
        }
    }

    /// The measure that a draw gives for the base year and for one period.
    #[inline(always)]
    pub fn before_and_now<R: Real>(&self, state: &PeriodState<'_, R>) -> (R, R) {
        let (mut before, mut now) = (R::zero(), R::zero());
        match self.measure {
            OutcomeMeasure::TradeValue | OutcomeMeasure::TradeVolume => {
                for cell in &self.cells {
                    let (base_share, share) = self.share(state, cell);
                    let per_value = self.per_value(state, cell);
                    before = (per_value * base_value(state, cell)).mul_add(base_share, before);
                    now = (per_value * self.trade(state, cell)).mul_add(share, now);
                }
            }
            OutcomeMeasure::ModeShare => {
                let (mut all_before, mut all_now) = (R::zero(), R::zero());
                for cell in &self.cells {
                    let (base_share, share) = self.share(state, cell);
                    let (base, trade) = (base_value(state, cell), self.trade(state, cell));
                    before = base.mul_add(base_share, before);
                    now = trade.mul_add(share, now);
                    all_before = all_before + base;
                    all_now = all_now + trade;
                }
                before = before / all_before;
                now = now / all_now;
            }
            OutcomeMeasure::TariffRevenue => {
                for cell in &self.cells {
                    before = R::splat(cell.tariff).mul_add(base_value(state, cell), before);
                    now = tariff(state, cell).mul_add(state.value_to_importer(cell.sector, cell.exporter, cell.importer), now);
                }
            }
            OutcomeMeasure::EffectiveTariff => {
                let mut whole = R::zero();
                for cell in &self.cells {
                    let base = base_value(state, cell);
                    before = R::splat(cell.tariff).mul_add(base, before);
                    now = tariff(state, cell).mul_add(base, now);
                    whole = whole + base;
                }
                before = before / whole;
                now = now / whole;
            }
            OutcomeMeasure::Exposure => {
                let mut whole = R::zero();
                for cell in &self.cells {
                    let base = base_value(state, cell);
                    whole = whole + base;
                    if let Some(touched) = cell.touched {
                        now = state.exposed(touched).mul_add(base, now);
                    }
                }
                now = now / whole;
            }
            OutcomeMeasure::ProducerPrice | OutcomeMeasure::ConsumerPrice => {
                let (mut change, mut whole) = (R::zero(), R::zero());
                for place in &self.places {
                    let equilibrium = state.equilibrium(place.sector);
                    let price = match self.measure {
                        OutcomeMeasure::ProducerPrice => equilibrium.producer[place.region],
                        _ => equilibrium.log_consumer[place.region].exp(),
                    };
                    let weight = place.weight.of(state.market(place.sector), place.region);
                    change = weight.mul_add(price - R::one(), change);
                    whole = whole + weight;
                }
                before = R::one();
                now = before + change / whole;
            }
            OutcomeMeasure::ConsumerSurplus | OutcomeMeasure::ProducerSurplus | OutcomeMeasure::Welfare => {
                let part = match self.measure {
                    OutcomeMeasure::ConsumerSurplus => 0,
                    OutcomeMeasure::ProducerSurplus => 1,
                    _ => 3,
                };
                for place in &self.places {
                    now = now + welfare::of_region(state, place.sector, place.region)[part];
                }
            }
            OutcomeMeasure::PortThroughput | OutcomeMeasure::PortUtilisation => {
                let (mut room_before, mut room) = (R::zero(), R::zero());
                for &facility in &self.facilities {
                    let found = state.facility(facility);
                    let (throughput, _) = state.paths.routes.facility_before(state.world, facility);
                    before = before + throughput;
                    now = now + found.throughput;
                    room_before = room_before + R::splat(state.world.network.facilities[facility].base_capacity().unwrap_or(0.0));
                    room = room + found.capacity;
                }
                if self.measure == OutcomeMeasure::PortUtilisation {
                    before = before / room_before;
                    now = now / room;
                }
            }
        }
        (before, now)
    }

    /// What US$ million of a cell's goods at base-year prices come to in the outcome's unit.
    #[inline(always)]
    fn per_value<R: Real>(&self, state: &PeriodState<'_, R>, cell: &Cell) -> R {
        match (self.measure, self.volume) {
            (OutcomeMeasure::TradeVolume, VolumeUnit::Teu | VolumeUnit::Tonnes) => R::splat(cell.per_value) * state.bulk(cell.sector),
            _ => R::splat(cell.per_value),
        }
    }

    /// V′ or, for volumes, V q̂.
    #[inline(always)]
    fn trade<R: Real>(&self, state: &PeriodState<'_, R>, cell: &Cell) -> R {
        match self.measure {
            OutcomeMeasure::TradeVolume => {
                let at = cell.exporter * state.world.regions + cell.importer;
                state.equilibrium(cell.sector).volume(base_value(state, cell), cell.exporter, at)
            }
            _ => state.value(cell.sector, cell.exporter, cell.importer),
        }
    }

    /// The share of a cell's trade that goes by the outcome's modes, in the base year and now.
    #[inline(always)]
    fn share<R: Real>(&self, state: &PeriodState<'_, R>, cell: &Cell) -> (R, R) {
        let Some(modes) = &self.modes else { return (R::one(), R::one()) };
        let Some(corridor) = cell.corridor else { return (R::zero(), R::zero()) };
        let (before, after) = state.shares(corridor);
        let (mut base, mut now) = (R::zero(), R::zero());
        for (r, route) in state.world.network.corridors[corridor].routes.iter().enumerate() {
            if modes.contains(&route.mode) {
                base = base + before[r];
                now = now + after[r];
            }
        }
        (base, now)
    }

    fn in_base_year(&self, world: &World) -> f64 {
        let share = |cell: &Cell| match (&self.modes, cell.corridor) {
            (None, _) => 1.0,
            (Some(_), None) => 0.0,
            (Some(modes), Some(at)) => {
                world.network.corridors[at].routes.iter().filter(|r| modes.contains(&r.mode)).map(|r| r.share).sum::<f64>()
            }
        };
        match self.measure {
            OutcomeMeasure::TradeValue | OutcomeMeasure::TradeVolume => self.cells.iter().map(|c| c.per_value * c.value * share(c)).sum(),
            OutcomeMeasure::ModeShare => self.cells.iter().map(|c| c.value * share(c)).sum::<f64>() / self.whole,
            OutcomeMeasure::TariffRevenue => self.cells.iter().map(|c| c.value * c.tariff).sum(),
            OutcomeMeasure::EffectiveTariff => self.cells.iter().map(|c| c.value * c.tariff).sum::<f64>() / self.whole,
            OutcomeMeasure::ProducerPrice | OutcomeMeasure::ConsumerPrice => 1.0,
            OutcomeMeasure::Exposure | OutcomeMeasure::ConsumerSurplus | OutcomeMeasure::ProducerSurplus | OutcomeMeasure::Welfare => 0.0,
            OutcomeMeasure::PortThroughput => self.whole,
            OutcomeMeasure::PortUtilisation => {
                self.whole / self.facilities.iter().filter_map(|&f| world.network.facilities[f].base_capacity()).sum::<f64>()
            }
        }
    }
}

/// V_in of the base year as the draws have it.
#[inline(always)]
fn base_value<R: Real>(state: &PeriodState<'_, R>, cell: &Cell) -> R {
    state.base_value(cell.sector, cell.exporter, cell.importer)
}

#[inline(always)]
fn tariff<R: Real>(state: &PeriodState<'_, R>, cell: &Cell) -> R {
    cell.touched.map_or(R::splat(cell.tariff), |touched| state.tariff(touched))
}

fn cells(outcome: &Outcome, world: &World) -> Vec<Cell> {
    // Home sales are trade only where the scenario asks for one region with itself.
    let home = outcome.exporters.len() == 1 && outcome.exporters == outcome.importers;
    let levied_on_members = |sector: usize, region: usize| {
        outcome.measure == OutcomeMeasure::TariffRevenue && world.markets[sector].tariff[region * world.regions + region] > 0.0
    };
    let mut cells = Vec::new();
    for &sector in &outcome.sectors {
        for &exporter in &outcome.exporters {
            for &importer in &outcome.importers {
                let value = world.value(sector, exporter, importer);
                if value <= 0.0 || (exporter == importer && !home && !levied_on_members(sector, importer)) {
                    continue;
                }
                let touched = world.touched_on(sector, exporter, importer);
                let tariff = world.markets[sector].tariff[exporter * world.regions + importer];
                let corridor = world.corridor(sector, exporter, importer);
                let per_value = match outcome.unit {
                    _ if outcome.measure != OutcomeMeasure::TradeVolume => 1.0,
                    VolumeUnit::BaseYearPrices => 1.0,
                    VolumeUnit::Tonnes => world.volumes[sector].tonnes_per_usd_m,
                    VolumeUnit::Teu => world.volumes[sector].teu_per_usd_m,
                };
                cells.push(Cell { sector, exporter, importer, value, tariff, touched, corridor, per_value });
            }
        }
    }
    cells
}

fn places(outcome: &Outcome, regions: &[usize], world: &World) -> Vec<Place> {
    let of_producers = matches!(outcome.measure, OutcomeMeasure::ProducerPrice | OutcomeMeasure::ProducerSurplus);
    let weight = if of_producers { Weight::Output } else { Weight::Spending };
    let pairs = outcome.sectors.iter().flat_map(|&sector| regions.iter().map(move |&region| (sector, region)));
    let mut places: Vec<Place> = pairs.map(|(sector, region)| Place { sector, region, weight }).collect();
    // Those who only sell have a welfare too, and it is set against what they make.
    if outcome.measure == OutcomeMeasure::Welfare && places.iter().all(|p| world.markets[p.sector].spending[p.region] == 0.0) {
        for place in &mut places {
            place.weight = Weight::Output;
        }
    }
    places
}
