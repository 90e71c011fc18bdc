//! `[[event]]`: what may happen on a day, with which probability, on what condition, and what it changes (MODEL 10).

use super::measure::Measure;
use crate::baseline::{ElasticityKind, Horizon, Mode};
use crate::uncertainty::Number;
use jiff::civil::Date;

/// An event with its outcomes. Its path, `event.<name>`, is the name of the uniform number that decides it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub name: String,
    pub date: Date,
    /// All must hold for the event to happen at all; of earlier events.
    pub when: Vec<Condition>,
    /// Probabilities add to one.
    pub outcomes: Vec<EventOutcome>,
}

/// An earlier event came out in one of these ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Place in the scenario's events.
    pub event: usize,
    /// Places among its outcomes.
    pub outcomes: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventOutcome {
    pub name: String,
    /// Given that the event happens.
    pub probability: f64,
    /// Measures in force only in this outcome, and not before the event's day.
    pub measures: Vec<Measure>,
    /// Numbers that are others from the event's day on.
    pub sets: Vec<Setting>,
}

/// One entry of `set = { "preferences.usmca.active" = false }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub target: Target,
    /// The new number; 1 and 0 for true and false.
    pub value: Number,
}

/// A number of the scenario that an outcome can change.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// `preferences.<agreement>.active`, lower case.
    PreferenceActive(String),
    /// `tariff.<name>.rate`, by place in the scenario's measures; likewise the next two.
    TariffRate(usize),
    TariffCoverage(usize),
    /// `tariff.<name>.active`
    TariffActive(usize),
    /// `elasticities.<kind>.<sector@REGION>`
    Elasticity {
        kind: ElasticityKind,
        horizon: Horizon,
        sector: Option<usize>,
        region: Option<usize>,
    },
    /// `freight.<mode>.<pair>`, as a multiple of the base year's.
    Freight {
        mode: Mode,
        pair: Option<(usize, usize)>,
    },
    /// `transit_time.<mode>.<pair>`
    TransitTime {
        mode: Mode,
        pair: Option<(usize, usize)>,
    },
    /// `land_bridge.<REGION>.cost`
    LandBridgeCost(usize),
    /// `land_bridge.<REGION>.days`
    LandBridgeDays(usize),
    /// `service.<name>.capacity_teu`
    ServiceCapacity(usize),
}
