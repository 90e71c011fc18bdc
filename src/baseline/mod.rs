//! The observed world that a scenario disturbs: regions, sectors, trade flows, elasticities, routes.
//! Here tables are read, checked and held; nothing is simulated.

use crate::uncertainty::Number;
use std::path::PathBuf;

/// A region that trades.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    pub code: String,
    pub name: String,
}

/// A sector of goods.
#[derive(Debug, Clone, PartialEq)]
pub struct Sector {
    pub code: String,
    pub name: String,
    pub hs_chapters: String,
}

/// How a figure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quality {
    Observed,
    Derived,
    Assumed,
}

/// One cell of the trade matrix. `value` in US$ million a year at customs value (domestic sales where exporter = importer); `tariff` a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    pub value: f64,
    pub tariff: f64,
    pub quality: Quality,
}

/// Which elasticity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ElasticityKind {
    /// η: of a sector's total demand to its price.
    Demand,
    /// σ_D: of substitution between domestic goods and imports.
    Domestic,
    /// σ_M: of substitution among import origins.
    Import,
    /// κ: of substitution among the routes of one origin.
    Route,
    /// ε: of supply to the producer price; may be infinite.
    Supply,
}

/// An elasticity with what it holds for; `None` = every sector, every region. The region is the exporter for supply and the market for the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Elasticity {
    pub kind: ElasticityKind,
    pub sector: Option<usize>,
    pub region: Option<usize>,
    /// Path of an uncertain one: `elasticities.<kind>.<sector or *>`, with `@<region>` where the row has one.
    pub value: Number,
}

/// How goods travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    Truck,
    Rail,
    Sea,
    Air,
    Pipeline,
    Other,
}

/// A way from one region to another. `routes.csv`: exporter,importer,route,mode,via,distance_km,days,freight_usd_per_tonne,quality,source
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub exporter: usize,
    pub importer: usize,
    /// Its name within the pair, e.g. `sea_pacific`.
    pub name: String,
    pub mode: Mode,
    /// The third region it crosses, if any (the land bridge through the US).
    pub via: Option<usize>,
    pub distance_km: f64,
    pub days: f64,
    /// US$ per tonne, door to door where known, as its source says.
    pub freight_usd_per_tonne: f64,
    pub quality: Quality,
}

/// The share of a sector's trade that takes a route. `route_shares.csv`: exporter,importer,sector,route,share,log_sd,quality,source
/// (one row per route and sector of a pair; shares of a sector and pair sum to one).
#[derive(Debug, Clone, PartialEq)]
pub struct RouteShare {
    /// Index into [`Baseline::routes`].
    pub route: usize,
    pub sector: usize,
    /// Share of customs value, central estimate.
    pub share: f64,
    /// Standard deviation of the log of the route's odds, where the split is itself uncertain; 0 where it is observed.
    pub log_sd: f64,
    pub quality: Quality,
}

/// Who claims a trade agreement's preference, and how that answers to the duty saved.
/// `preferences.csv`: agreement,exporter,importer,sector,utilisation,utilisation_max,response,quality,source  (sector may be *)
/// u = utilisation + (utilisation_max − utilisation)·(1 − exp(−response·margin))
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// Lower case: `usmca`.
    pub agreement: String,
    pub exporter: usize,
    pub importer: usize,
    pub sector: Option<usize>,
    pub utilisation: f64,
    pub utilisation_max: f64,
    pub response: f64,
    pub quality: Quality,
}

/// What a tonne and a container of a sector are worth. `value_density.csv`: sector,usd_per_tonne,tonnes_per_teu,quality,source
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueDensity {
    pub usd_per_tonne: f64,
    pub tonnes_per_teu: f64,
    pub quality: Quality,
}

/// A file that was read, for the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFile {
    /// Name within the folder, e.g. `flows.csv`.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

/// The baseline, as read and checked.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub folder: PathBuf,
    pub regions: Vec<Region>,
    pub sectors: Vec<Sector>,
    /// Dense: see [`Baseline::flow`]. Absent rows are zero trade.
    pub flows: Vec<Flow>,
    pub elasticities: Vec<Elasticity>,
    pub routes: Vec<Route>,
    pub route_shares: Vec<RouteShare>,
    pub preferences: Vec<Preference>,
    /// By sector; `None` where the table has no row.
    pub value_density: Vec<Option<ValueDensity>>,
    pub files: Vec<InputFile>,
}

impl Baseline {
    /// Index of a cell in [`Baseline::flows`].
    pub fn cell(&self, sector: usize, exporter: usize, importer: usize) -> usize {
        (sector * self.regions.len() + exporter) * self.regions.len() + importer
    }

    pub fn flow(&self, sector: usize, exporter: usize, importer: usize) -> &Flow {
        &self.flows[self.cell(sector, exporter, importer)]
    }

    pub fn region(&self, code: &str) -> Option<usize> {
        self.regions.iter().position(|r| r.code == code)
    }

    pub fn sector(&self, code: &str) -> Option<usize> {
        self.sectors.iter().position(|s| s.code == code)
    }
}
