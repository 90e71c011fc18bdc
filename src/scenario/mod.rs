//! What the economist writes: the TOML file, read, checked and resolved against its baseline, once, at the door.
//! Beyond this folder nobody meets an unknown name, a percentage or a date that does not exist.

use crate::baseline::{ElasticityKind, InputFile, Mode};
use crate::uncertainty::Number;
use jiff::civil::Date;
use std::path::PathBuf;

/// A scenario as validated: indices are the baseline's.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub path: PathBuf,
    /// The file's stem; names the folder of results.
    pub stem: String,
    pub title: String,
    /// Free text shown in the report, if given.
    pub description: Option<String>,
    /// The baseline's folder, resolved against the file that names it.
    pub baseline: PathBuf,
    pub periods: Vec<Period>,
    pub closure: Closure,
    pub simulation: Simulation,
    pub measures: Vec<Measure>,
    pub elasticities: Vec<ElasticityOverride>,
    pub freight: Vec<FreightOverride>,
    pub route_shares: Vec<RouteShareOverride>,
    /// Whether the baseline's prior over route shares is drawn (`[route_shares] uncertain = true`) or held at its centre.
    pub route_shares_uncertain: bool,
    /// Agreements switched off by `[preferences.<agreement>] active = false`, lower case.
    pub inactive_agreements: Vec<String>,
    pub outcomes: Vec<Outcome>,
    /// Every file read, for the manifest: the scenario, what it extends, CSV columns of empirical distributions.
    pub files: Vec<InputFile>,
}

/// A year or a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// `2025` or `2025Q1`.
    pub label: String,
    pub first_day: Date,
    /// The last day that belongs to it.
    pub last_day: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    Partial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampler {
    Sobol,
    Random,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulation {
    pub draws: u64,
    pub seed: u64,
    pub sampler: Sampler,
}

/// A tariff measure (MODEL: rate, scope, dates, authority, coverage, exemption, stacking).
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub name: String,
    pub importer: usize,
    pub exporters: Vec<usize>,
    pub sectors: Vec<usize>,
    /// Ad valorem, a fraction.
    pub rate: Number,
    pub from: Date,
    /// The last day in force.
    pub until: Option<Date>,
    pub authority: Option<String>,
    pub usmca_exempt: bool,
    /// Share of the sector's trade in scope, 0 to 1.
    pub coverage: Number,
    /// Authorities that this measure switches off where it applies.
    pub displaces: Vec<String>,
    pub replaces_base: bool,
}

/// `[elasticities]`: later entries do not beat earlier ones; the most specific does, and any of these beats the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct ElasticityOverride {
    pub kind: ElasticityKind,
    pub sector: Option<usize>,
    pub region: Option<usize>,
    pub value: Number,
}

/// `[freight]`: `sea."*" = 0.9`, `truck."CAN-MEX" = 1.3`: freight of a mode as a multiple of the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct FreightOverride {
    pub mode: Mode,
    /// Exporter and importer; `None` = every pair that has routes.
    pub pair: Option<(usize, usize)>,
    pub multiplier: Number,
}

/// `[route_shares]`: `sea."cereals_oilseeds@CAN-MEX" = 0.87`: a mode's share of a sector's trade in the base year; the other routes share the rest as before.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteShareOverride {
    pub mode: Mode,
    pub sector: Option<usize>,
    pub exporter: usize,
    pub importer: usize,
    pub share: Number,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeMeasure {
    TradeValue,
    TradeVolume,
    ModeShare,
    TariffRevenue,
    EffectiveTariff,
    ProducerPrice,
    ConsumerPrice,
    ConsumerSurplus,
    ProducerSurplus,
    Welfare,
    Exposure,
}

/// How an outcome is read against the base year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    Level,
    Change,
    Percent,
}

/// `[[outcome]]`: what to report and plot. Empty lists never occur: "*" and absence are resolved to all.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub name: String,
    pub measure: OutcomeMeasure,
    /// Origins of the goods.
    pub exporters: Vec<usize>,
    /// Markets. Pairs with exporter = importer count only where the scenario names just that one region on both sides, or the measure is not about trade.
    pub importers: Vec<usize>,
    pub sectors: Vec<usize>,
    /// `None`: every mode.
    pub modes: Option<Vec<Mode>>,
    pub reading: Reading,
}
