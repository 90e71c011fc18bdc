//! What may happen: the tree of events as numbers that are one in the draws where an outcome came about and zero elsewhere, and what such a draw changes (MODEL 10).
//!
//! An event has one uniform number u, named `event.<name>`; outcome j comes about where u lies between the sums of the probabilities before and with it, and where
//! the earlier events that the event waits for came out so. From the event's day on its measures are in force and its numbers hold.

use super::calendar;
use crate::scenario::{Event, Measure, Period, Scenario, Setting, Target, day_number};
use crate::uncertainty::{Distribution, Number, Parameters, Rule, Uncertain, Value, toml_key};
use jiff::civil::Date;

/// An outcome of an event, in the order of the scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    pub event: usize,
    pub outcome: usize,
    /// One in the draws where it came about, else zero.
    pub gate: Value,
}

/// Every event of a scenario.
#[derive(Debug, Clone, Default)]
pub struct Branches {
    pub branches: Vec<Branch>,
}

/// A measure with what decides whether it is ever in force.
#[derive(Debug, Clone)]
pub struct Contingent<'a> {
    pub measure: &'a Measure,
    /// The outcome that brings it, by place among the branches; `None` for the scenario's own measures.
    pub branch: Option<usize>,
    /// Its first day: not before the event's.
    pub from: Date,
}

/// One number that an outcome changes.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    pub gate: Value,
    pub date: Date,
    pub setting: &'a Setting,
}

impl Branches {
    pub fn compile(scenario: &Scenario, parameters: &mut Parameters) -> Self {
        let mut branches: Vec<Branch> = Vec::new();
        for (index, event) in scenario.events.iter().enumerate() {
            let uniform = parameters.value(&uniform(event));
            let all_of: Vec<Vec<Value>> = event
                .when
                .iter()
                .map(|condition| {
                    let wanted = |branch: &&Branch| branch.event == condition.event && condition.outcomes.contains(&branch.outcome);
                    branches.iter().filter(wanted).map(|branch| branch.gate).collect()
                })
                .collect();
            let mut below = 0.0;
            for (outcome, described) in event.outcomes.iter().enumerate() {
                let last = outcome + 1 == event.outcomes.len();
                // The last one takes what rounding leaves.
                let to = if last { 1.0 } else { below + described.probability };
                let gate = parameters.derived(Rule::Outcome { uniform, from: below, to, all_of: all_of.clone() });
                branches.push(Branch { event: index, outcome, gate });
                below = to;
            }
        }
        Branches { branches }
    }

    /// Where an outcome stands among the branches.
    fn place(&self, event: usize, outcome: usize) -> Option<usize> {
        self.branches.iter().position(|branch| (branch.event, branch.outcome) == (event, outcome))
    }

    /// Every measure that may ever be in force: the scenario's own, then those of outcomes in the order of the branches.
    pub fn measures<'a>(&self, scenario: &'a Scenario) -> Vec<Contingent<'a>> {
        let mut all: Vec<Contingent<'a>> =
            scenario.measures.iter().map(|measure| Contingent { measure, branch: None, from: measure.from }).collect();
        for (at, branch) in self.branches.iter().enumerate() {
            let event = &scenario.events[branch.event];
            let of_outcome = event.outcomes[branch.outcome].measures.iter();
            all.extend(of_outcome.map(|measure| Contingent { measure, branch: Some(at), from: measure.from.max(event.date) }));
        }
        all
    }

    /// The changes of one number, in the order of their days.
    pub fn changes<'a>(&self, scenario: &'a Scenario, target: &Target) -> Vec<Change<'a>> {
        let mut changes = Vec::new();
        for (index, event) in scenario.events.iter().enumerate() {
            for (outcome, described) in event.outcomes.iter().enumerate() {
                let Some(at) = self.place(index, outcome) else { continue };
                let of_target = described.sets.iter().filter(|setting| setting.target == *target);
                changes.extend(of_target.map(|setting| Change { gate: self.branches[at].gate, date: event.date, setting }));
            }
        }
        changes
    }

    /// A number as it stands in each period, its changes weighted by the share of the period's days that lie on or after their day.
    pub fn over_periods(&self, scenario: &Scenario, target: &Target, before: Value, parameters: &mut Parameters) -> Value {
        self.changes(scenario, target).into_iter().fold(before, |before, change| {
            let after = parameters.value(&change.setting.value);
            let shares = scenario.periods.iter().map(|period| share_from(period, change.date)).collect();
            parameters.derived(Rule::Switched { before, after, gate: change.gate, shares })
        })
    }
}

fn uniform(event: &Event) -> Number {
    let path = format!("event.{}", toml_key(&event.name));
    match Distribution::uniform(0.0, 1.0) {
        Ok(distribution) => Number::Uncertain(Box::new(Uncertain { path, distribution })),
        Err(_) => Number::Fixed(0.5),
    }
}

/// The share of a period's days that lie on or after a date.
fn share_from(period: &Period, date: Date) -> f64 {
    let (start, end) = calendar::span(period);
    ((end - day_number(date)) / (end - start)).clamp(0.0, 1.0)
}
