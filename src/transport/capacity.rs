//! What can fill: ports, and services in each direction. Capacity as it stands and as it is added, and the other trade that is there already.

use super::congestion::waiting;
use crate::baseline::Baseline;
use crate::numerics::Real;
use crate::policy::Branches;
use crate::policy::calendar::span;
use crate::scenario::{Scenario, Target};
use crate::uncertainty::{Parameters, Rule, Value};

/// What a facility is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By place in the baseline.
    Port(usize),
    /// By place in the scenario, in one direction.
    Service { service: usize, exporter: usize, importer: usize },
}

/// A port, or a service in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Facility {
    pub kind: Kind,
    /// w: days of waiting where nobody else is.
    pub free_days: f64,
    /// Throughput of the base year, all trade, TEU; zero for a service.
    pub throughput: f64,
    /// TEU a year; `None` where nobody knows it: it never fills.
    capacity: Option<Value>,
    /// What is added (TEU a year) and the share of the period from the day of opening on.
    additions: Vec<(Value, Value)>,
    /// Other trade as a multiple of the base year's.
    growth: Value,
    /// The share of the period in which it is there at all.
    open: Value,
}

impl Facility {
    /// TEU that it can take in the period, at a yearly rate; `None` where nobody knows.
    #[inline(always)]
    pub fn capacity<R: Real>(&self, drawn: &[R]) -> Option<R> {
        let capacity = self.capacity?.of(drawn) * self.open.of(drawn);
        Some(self.additions.iter().fold(capacity, |sum, (teu, since)| teu.of(drawn).mul_add(since.of(drawn), sum)))
    }

    /// TEU a year while it is there, before additions, where anybody knows.
    pub(super) fn stated(&self) -> Option<Value> {
        self.capacity
    }

    /// Whether it has a capacity that anybody knows.
    pub fn can_fill(&self) -> bool {
        self.capacity.is_some()
    }

    /// Capacity of the base year, where it is known.
    pub fn base_capacity(&self) -> Option<f64> {
        match (self.kind, self.capacity) {
            (Kind::Port(_), Some(Value::Fixed(capacity))) => Some(capacity),
            _ => None,
        }
    }

    /// Days of waiting in the base year; none for what does not exist yet.
    pub fn base_wait(&self) -> f64 {
        self.base_capacity().map_or(0.0, |capacity| waiting(self.free_days, self.throughput / capacity))
    }

    /// Throughput other than ours, where `ours` of the base year's was. It grows until the port is full, and then gives way: what it would do is not modelled, and a
    /// queue of its own making would say nothing about us.
    #[inline(always)]
    pub fn others<R: Real>(&self, ours: R, drawn: &[R]) -> R {
        let before = (R::splat(self.throughput) - ours).max(R::zero());
        let grown = before * self.growth.of(drawn);
        match self.capacity(drawn) {
            Some(capacity) => grown.min(before.max(capacity)),
            None => grown,
        }
    }

    /// Every number that it hangs on.
    pub fn numbers(&self) -> impl Iterator<Item = Value> + '_ {
        let additions = self.additions.iter().flat_map(|(teu, since)| [*teu, *since]);
        // What never takes anybody hangs on nothing.
        let there = !self.capacity.is_some_and(|capacity| capacity.is(0.0));
        self.capacity.into_iter().chain(additions).chain([self.growth, self.open]).filter(move |_| there)
    }
}

/// Days that a container waits for a weekly ship with room on it, on average.
const WEEKLY: f64 = 3.5;

/// Every port whose throughput is known, then every service direction by direction.
pub(super) fn facilities(scenario: &Scenario, baseline: &Baseline, branches: &Branches, parameters: &mut Parameters) -> Vec<Facility> {
    let rate = parameters.value(&scenario.ports.growth);
    let growth = if rate.is(0.0) {
        Value::Fixed(1.0)
    } else {
        let years = years_since_base(scenario);
        parameters.derived(Rule::Growth { rate, years })
    };
    let mut facilities = Vec::new();
    for (index, port) in baseline.ports.iter().enumerate() {
        let Some(throughput) = port.throughput_teu else { continue };
        let additions = scenario.expansions.iter().filter(|expansion| expansion.port == index).map(|expansion| {
            let teu = parameters.value(&expansion.adds_teu);
            (teu, since(scenario, &expansion.date, parameters))
        });
        facilities.push(Facility {
            kind: Kind::Port(index),
            free_days: port.wait_days,
            throughput,
            additions: additions.collect(),
            capacity: port.capacity_teu.map(Value::Fixed),
            growth,
            open: Value::Fixed(1.0),
        });
    }
    for (index, service) in scenario.services.iter().enumerate() {
        let capacity = parameters.value(&service.capacity_teu);
        let capacity = branches.over_periods(scenario, &Target::ServiceCapacity(index), capacity, parameters);
        let open = since(scenario, &service.start, parameters);
        for way in &service.ways {
            facilities.push(Facility {
                kind: Kind::Service { service: index, exporter: way.exporter, importer: way.importer },
                free_days: WEEKLY,
                throughput: 0.0,
                capacity: Some(capacity),
                additions: Vec::new(),
                growth: Value::Fixed(1.0),
                open,
            });
        }
    }
    facilities
}

/// The share of each period from an uncertain day on.
pub(super) fn since(scenario: &Scenario, day: &crate::uncertainty::Number, parameters: &mut Parameters) -> Value {
    let day = parameters.value(day);
    parameters.derived(Rule::Since { day, periods: scenario.periods.iter().map(span).collect() })
}

/// Years from the middle of the base year, the one before the first period, to the middle of each period.
pub(super) fn years_since_base(scenario: &Scenario) -> Vec<f64> {
    const YEAR: f64 = 365.25;
    let Some(first) = scenario.periods.first() else { return Vec::new() };
    let base = span(first).0 - YEAR / 2.0;
    scenario.periods.iter().map(|period| (span(period).0 + span(period).1) / 2.0).map(|middle| (middle - base) / YEAR).collect()
}
