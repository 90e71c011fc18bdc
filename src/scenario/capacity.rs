//! `[[service]]`, `[[expansion]]` and `[ports]`: sailings and berths that do not exist yet, and how full the ports are without us.

use crate::uncertainty::Number;

/// `[[service]]`: a sailing between two ports, both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub name: String,
    /// Places in the baseline's ports, of two regions.
    pub from_port: usize,
    pub to_port: usize,
    /// The first day, in days since 1 January 1970.
    pub start: Number,
    /// TEU a year, each way. Zero: nobody can board.
    pub capacity_teu: Number,
    /// One or two: the directions in which the pair has a route that it is like.
    pub ways: Vec<ServiceWay>,
}

/// A service in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceWay {
    pub exporter: usize,
    pub importer: usize,
    /// The routes of the pair (places in the baseline's) whose attractiveness it takes over: one, or all of a mode or group together.
    pub like: Vec<usize>,
    /// Door to door, without waiting for a place on board.
    pub days: Number,
    pub freight_usd_per_tonne: Number,
}

/// `[[expansion]]`: berths that a port adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// What it is called, or the port's name.
    pub name: String,
    pub port: usize,
    pub adds_teu: Number,
    /// The first day, in days since 1 January 1970.
    pub date: Number,
}

/// `[ports]`: the ports as a scenario sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct PortAssumptions {
    /// Whether full ports and services make goods wait. Without it waiting stays as in the base year.
    pub congestion: bool,
    /// Growth of the ports' other trade, a year, as a fraction.
    pub growth: Number,
    /// Handling charges as a multiple of the baseline's; `None` = every port.
    pub handling: Vec<(Option<usize>, Number)>,
}

impl Default for PortAssumptions {
    fn default() -> Self {
        PortAssumptions { congestion: true, growth: Number::Fixed(0.0), handling: Vec::new() }
    }
}
