//! A scenario draw by draw, through the library: every cell of every table in double precision, where the tables that a run writes hold means and quantiles.

use super::Bench;
use std::sync::atomic::AtomicBool;
use tradewind::baseline::{self, Baseline, Mode};
use tradewind::model::Market;
use tradewind::numerics::Isa;
use tradewind::scenario;
use tradewind::simulation::chunk::{CHUNK, Chunk, ChunkWork};
use tradewind::simulation::tables::{maritime::Component, ports::Measure, prices, route_mix::When};
use tradewind::simulation::{self, Control, Plan, Results};
use tradewind::transport::Kind;

impl Bench {
    /// Writes one scenario and compiles it, to be looked at draw by draw and in full precision.
    pub fn compile(&self, stem: &str, scenario: &str) -> Compiled {
        let path = self.file(&format!("{stem}.toml"), scenario);
        let document = scenario::open(&path).unwrap_or_else(|found| panic!("{found}"));
        let (baseline, _) = baseline::read(document.baseline_folder()).unwrap_or_else(|found| panic!("{found}"));
        let (scenario, _) = document.resolve(&baseline).unwrap_or_else(|found| panic!("{found}"));
        let plan = Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"));
        Compiled { baseline, plan }
    }
}

/// A scenario on its baseline, ready to be drawn.
pub struct Compiled {
    pub baseline: Baseline,
    pub plan: Plan,
}

impl Compiled {
    /// Every draw, with the chunks that they came in.
    pub fn run(&self, isa: Isa, threads: usize) -> (Results, Vec<Chunk>) {
        let mut chunks = Vec::new();
        let mut keep = |chunk: &Chunk| {
            chunks.push(chunk.clone());
            Ok(())
        };
        let control = Control {
            threads: Some(threads),
            isa,
            cancel: &AtomicBool::new(false),
            progress: &|_| (),
            enough: None,
            keep: Some(&mut keep),
        };
        let results = simulation::run(&self.plan, control).unwrap();
        (results, chunks)
    }

    /// Some draws, each by itself, in double precision; all must have an equilibrium.
    pub fn draws(&self, draws: std::ops::Range<u64>) -> Vec<Draw<'_>> {
        let design = self.plan.design();
        // The lanes of a chunk need more than a test's 2 MiB of stack where the compiler does not optimise.
        let alone = |first| ChunkWork { plan: &self.plan, design: &design, first, count: 1, keep: 0, only: None }.run_on(Isa::detect());
        let chunks: Vec<Chunk> = std::thread::scope(|scope| {
            let roomy = std::thread::Builder::new().stack_size(16 << 20);
            roomy.spawn_scoped(scope, || draws.map(alone).collect()).unwrap().join().unwrap()
        });
        let draw = |chunk: Chunk| {
            assert!(chunk.alive[0], "draw {}: {:?}", chunk.first, chunk.failures);
            Draw { of: self, chunk }
        };
        chunks.into_iter().map(draw).collect()
    }

    /// The uncertain number with this path in the leading draws.
    pub fn input(&self, path: &str, draws: usize) -> Vec<f64> {
        let at = self.plan.world.parameters.iter().position(|uncertain| uncertain.path == path);
        simulation::inputs(&self.plan, draws).swap_remove(at.unwrap_or_else(|| panic!("no {path}")))
    }

    /// What some leading draws take for the base year.
    pub fn base_years(&self, draws: usize) -> Vec<BaseYear<'_>> {
        let (world, inputs) = (&self.plan.world, simulation::inputs(&self.plan, draws));
        let places = world.parameters.drawn_places();
        let of = |draw: usize| {
            let mut drawn = vec![0.0; world.parameters.places()];
            for (&place, column) in places.iter().zip(&inputs) {
                drawn[place] = column[draw];
            }
            let (mut markets, mut bulk) = (world.markets.clone(), vec![1.0; world.sectors]);
            world.data.recalibrate(&drawn, &mut markets, &mut bulk);
            BaseYear { of: self, markets, bulk }
        };
        (0..draws).map(of).collect()
    }

    /// The first draw: all there is to know where no number is uncertain.
    pub fn only(&self) -> Draw<'_> {
        self.draws(0..1).remove(0)
    }

    pub fn region(&self, code: &str) -> usize {
        self.baseline.region(code).unwrap_or_else(|| panic!("no region {code}"))
    }

    pub fn sector(&self, code: &str) -> usize {
        self.baseline.sector(code).unwrap_or_else(|| panic!("no sector {code}"))
    }

    fn pair(&self, pair: &str) -> (usize, usize) {
        let (from, to) = pair.split_once('-').unwrap();
        (self.region(from), self.region(to))
    }
}

/// The base year of one draw, where the baseline's own figures are in doubt.
pub struct BaseYear<'a> {
    of: &'a Compiled,
    /// By sector.
    pub markets: Vec<Market>,
    /// How much heavier than in the baseline a sector's goods are.
    pub bulk: Vec<f64>,
}

impl BaseYear<'_> {
    /// What a pair (`CAN-MEX`) trades in a sector, or a region (`CAN-CAN`) sells at home.
    pub fn value(&self, pair: &str, sector: &str) -> f64 {
        let (exporter, importer) = self.of.pair(pair);
        self.markets[self.of.sector(sector)].value[exporter * self.of.baseline.regions.len() + importer]
    }
}

/// One draw: every cell of every table as a number of its own.
pub struct Draw<'a> {
    of: &'a Compiled,
    pub chunk: Chunk,
}

impl Draw<'_> {
    /// The change of every cell of a period from the base year.
    pub fn cells(&self, period: usize) -> &[f64] {
        let cells = self.of.plan.tables.len();
        &self.chunk.sums[period * cells..(period + 1) * cells]
    }

    /// The cells of one of the tables, by its place among [`tradewind::simulation::tables::Tables::ranges`].
    pub fn table(&self, period: usize, which: usize) -> &[f64] {
        &self.cells(period)[self.of.plan.tables.ranges()[which].clone()]
    }

    /// An outcome in a period, as the scenario reads it.
    pub fn outcome(&self, name: &str, period: usize) -> f64 {
        let outcome = self.of.plan.outcomes.iter().position(|outcome| outcome.name == name).unwrap_or_else(|| panic!("no {name}"));
        self.chunk.outcomes[self.of.plan.column(outcome, period) * CHUNK]
    }

    /// Customs value of a pair (`CAN-MEX`) and sector by the modes wanted: in the base year at central shares, and its change.
    pub fn trade(&self, period: usize, pair: &str, sector: &str, modes: &[Mode]) -> (f64, f64) {
        let ((exporter, importer), sector) = (self.of.pair(pair), self.of.sector(sector));
        let rows = self.of.plan.tables.flows.keys.iter().zip(self.table(period, 0));
        let rows = rows.filter(|(key, _)| (key.exporter, key.importer, key.sector) == (exporter, importer, sector));
        let rows = rows.filter(|(key, _)| modes.is_empty() || key.mode.is_some_and(|mode| modes.contains(&mode)));
        rows.fold((0.0, 0.0), |(base, change), (key, more)| (base + key.base, change + more))
    }

    /// Customs value of a pair and sector by any mode.
    pub fn value(&self, period: usize, pair: &str, sector: &str) -> f64 {
        let (base, change) = self.trade(period, pair, sector, &[]);
        base + change
    }

    /// The share of a route in a pair's trade.
    pub fn share(&self, period: usize, pair: &str, route: &str) -> f64 {
        let (exporter, importer) = self.of.pair(pair);
        let network = &self.of.plan.world.network;
        let corridor = network.corridors.iter().find(|corridor| (corridor.exporter, corridor.importer) == (exporter, importer)).unwrap();
        let route = corridor.routes.iter().position(|known| known.name == route).unwrap_or_else(|| panic!("no route {route}"));
        let keys = &self.of.plan.tables.route_mix.keys;
        let wanted = keys.iter().position(|k| (k.exporter, k.importer, k.route, k.when) == (exporter, importer, route, When::Now));
        self.table(period, 7)[wanted.unwrap()]
    }

    /// The share of the sea in a pair's trade in one sector.
    pub fn sea_share(&self, period: usize, pair: &str, sector: &str) -> f64 {
        let (base, change) = self.trade(period, pair, sector, &[Mode::Sea]);
        (base + change) / self.value(period, pair, sector)
    }

    /// A figure of `maritime_shift.csv`.
    pub fn shift(&self, period: usize, pair: &str, sector: Option<&str>, component: Component) -> f64 {
        let ((exporter, importer), sector) = (self.of.pair(pair), sector.map(|code| self.of.sector(code)));
        let keys = &self.of.plan.tables.maritime.keys;
        let wanted = keys.iter().position(|k| (k.exporter, k.importer, k.sector, k.component) == (exporter, importer, sector, component));
        self.table(period, 5)[wanted.unwrap()]
    }

    /// p̂ of a region's goods.
    pub fn producer_price(&self, period: usize, region: &str, sector: &str) -> f64 {
        let (region, sector) = (self.of.region(region), self.of.sector(sector));
        let keys = &self.of.plan.tables.prices.keys;
        let wanted = keys.iter().position(|k| (k.region, k.sector, k.kind) == (region, sector, prices::Kind::Producer));
        1.0 + self.table(period, 2)[wanted.unwrap()]
    }

    /// t′ on a pair's trade in a sector.
    pub fn tariff(&self, period: usize, pair: &str, sector: &str) -> f64 {
        let ((exporter, importer), sector) = (self.of.pair(pair), self.of.sector(sector));
        let keys = &self.of.plan.tables.tariffs.keys;
        let wanted = keys.iter().position(|k| (k.exporter, k.importer, k.sector) == (exporter, importer, sector)).unwrap();
        keys[wanted].base + self.table(period, 1)[wanted]
    }

    fn facility(&self, period: usize, measure: Measure, wanted: impl Fn(Kind) -> bool) -> f64 {
        let keys = &self.of.plan.tables.ports.keys;
        let at = keys.iter().position(|key| key.measure == measure && wanted(key.kind)).unwrap_or_else(|| panic!("no {measure:?}"));
        keys[at].base + self.table(period, 8)[at]
    }

    /// A figure of a port.
    pub fn port(&self, period: usize, name: &str, measure: Measure) -> f64 {
        let port = self.of.baseline.port(name).unwrap_or_else(|| panic!("no port {name}"));
        self.facility(period, measure, |kind| kind == Kind::Port(port))
    }

    /// A figure of a service between a pair, by its place in the scenario.
    pub fn service(&self, period: usize, service: usize, pair: &str, measure: Measure) -> f64 {
        let (exporter, importer) = self.of.pair(pair);
        self.facility(period, measure, |kind| kind == Kind::Service { service, exporter, importer })
    }
}
