//! What the economist writes: the TOML file, read, checked and resolved against its baseline, once, at the door.
//! Beyond this folder nobody meets an unknown name, a percentage or a date that does not exist.
//!
//! Reading has two steps, since names mean something only in the baseline that the file itself names:
//! [`open`] reads the text and what it extends as far as the baseline's folder; [`Document::resolve`] checks the rest against the baseline.
//! Neither stops at the first mistake: all that is wrong is told at once, each with its place.
//!
//! Here is the format and nothing else: no tariff is computed, nothing is drawn, no result is written.

mod capacity;
mod closure;
mod column;
mod correlated;
mod correlation;
mod course;
mod data;
mod day;
mod default_outcomes;
mod distribution;
mod document;
mod elasticities;
mod event;
mod families;
mod file;
mod grid;
mod land_bridge;
mod measure;
mod names;
mod number;
mod outcome;
mod path;
mod period;
mod quantity;
mod rates;
mod reader;
mod resolve;
mod route_shares;
mod same_services;
mod schema;
mod service;
mod settings;
mod sweep;
mod swept;
mod syntax;
mod target;
mod thresholds;
mod transport;
mod warnings;
mod written;

#[cfg(test)]
mod tests;

pub use crate::uncertainty::Sampler;
pub use capacity::{Expansion, PortAssumptions};
pub use closure::Closure;
pub use correlation::{CorrelatedPair, Correlation};
pub use course::{Course, MeanReverting};
pub use data::{DataUncertainty, Doubt};
pub use day::{date_of, day_number};
pub use default_outcomes::default_outcomes;
pub use document::{Document, open};
pub use elasticities::ElasticityOverride;
pub use event::{Condition, Event, EventOutcome};
pub use land_bridge::LandBridge;
pub use measure::Measure;
pub use outcome::{Outcome, OutcomeMeasure, Reading, VolumeUnit};
pub use path::path_parts;
pub use period::Period;
pub use rates::{ExchangeRate, TimeValueOverride};
pub use route_shares::RouteShareOverride;
pub use same_services::with_same_services;
pub use schema::json_schema;
pub use service::{Service, ServiceWay};
pub use settings::{MOST_DRAWS, Simulation};
pub use sweep::{Point, Sweep};
pub use target::{Setting, Target};
pub use transport::ModeMultiple;

use crate::baseline::InputFile;
use crate::uncertainty::Number;
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
    /// λ, a year: how fast elasticities move from short to long run (`[model] adjustment`).
    pub adjustment: Number,
    pub simulation: Simulation,
    pub measures: Vec<Measure>,
    pub elasticities: Vec<ElasticityOverride>,
    pub freight: Vec<ModeMultiple>,
    pub transit_time: Vec<ModeMultiple>,
    pub time_values: Vec<TimeValueOverride>,
    pub land_bridges: Vec<LandBridge>,
    pub exchange_rates: Vec<ExchangeRate>,
    pub ports: PortAssumptions,
    pub services: Vec<Service>,
    pub expansions: Vec<Expansion>,
    /// In the order of their days.
    pub events: Vec<Event>,
    pub route_shares: Vec<RouteShareOverride>,
    /// Whether the baseline's prior over route shares is drawn, or held at its centre (`[route_shares] uncertain = false`).
    pub route_shares_uncertain: bool,
    /// Agreements switched off by `[preferences.<agreement>] active = false`, lower case.
    pub inactive_agreements: Vec<String>,
    pub data: DataUncertainty,
    pub correlation: Option<Correlation>,
    pub outcomes: Vec<Outcome>,
    /// Every file read, for the manifest: the scenario, what it extends, CSV columns of empirical distributions.
    pub files: Vec<InputFile>,
}
