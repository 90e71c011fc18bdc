//! What followed from each way that events turned out: the outcomes over the draws in which it came about, and over no others.

use super::summary::{Summary, of};
use crate::scenario::Event;
use crate::simulation::{Plan, Results};
use crate::statistics::Ordered;
use rayon::prelude::*;

/// What tables call all draws together.
pub const ALL: &str = "all";

/// Every outcome of every event, in the order of the events.
pub struct Branches {
    labels: Vec<String>,
    /// For a reader who has not the table of events at hand: with the event, where there are several.
    titles: Vec<String>,
    /// Column of the plan by column, then branch.
    summaries: Vec<Summary>,
}

impl Branches {
    pub(super) fn new(events: &[Event], plan: &Plan, results: &Results) -> Self {
        let labels = labels(events);
        let count = labels.len();
        let summaries = (0..results.outcomes.len() * count).into_par_iter().map(|at| {
            let (column, branch) = (&results.outcomes[at / count], at % count);
            let took = column.values.iter().zip(&results.branches).filter(|(_, bits)| *bits >> branch & 1 == 1);
            of(plan.sampler, &column.by_branch[branch], &mut Ordered::new(&took.map(|(value, _)| *value).collect::<Vec<f64>>()))
        });
        let summaries = summaries.collect();
        let outcomes = events.iter().flat_map(|event| event.outcomes.iter().map(move |outcome| (&event.name, &outcome.name)));
        let titles = outcomes.map(|(event, name)| if events.len() > 1 { format!("{event}: {name}") } else { name.clone() }).collect();
        Branches { summaries, labels, titles }
    }

    pub(super) fn labels(&self) -> &[String] {
        &self.labels
    }

    pub(super) fn titles(&self) -> &[String] {
        &self.titles
    }

    pub(super) fn summary(&self, column: usize, branch: usize) -> &Summary {
        &self.summaries[column * self.labels.len() + branch]
    }
}

/// What the outcomes of events are called, in the order of the bits that a draw keeps of them: by their name, and where another event has an outcome of that name,
/// by event and name.
pub fn labels(events: &[Event]) -> Vec<String> {
    let outcomes = || events.iter().flat_map(|event| event.outcomes.iter().map(move |outcome| (&event.name, &outcome.name)));
    let unique = |name: &str| name != ALL && outcomes().filter(|(_, other)| *other == name).count() == 1;
    outcomes().map(|(event, name)| if unique(name) { name.clone() } else { format!("{event}: {name}") }).collect()
}

/// The branches of one draw, given by its bits: `annual reviews + tariff on copper`; all draws where nothing can happen.
pub fn name_of(bits: u64, labels: &[String]) -> String {
    let came_about: Vec<&str> = labels.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, label)| label.as_str()).collect();
    if came_about.is_empty() { ALL.to_string() } else { came_about.join(" + ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::EventOutcome;
    use jiff::civil::date;

    fn event(name: &str, outcomes: &[&str]) -> Event {
        let outcome = |name: &&str| EventOutcome { name: name.to_string(), probability: 0.5, measures: Vec::new(), sets: Vec::new() };
        Event { name: name.into(), date: date(2026, 7, 1), when: Vec::new(), outcomes: outcomes.iter().map(outcome).collect() }
    }

    #[test]
    fn a_name_that_two_events_share_is_told_with_the_event() {
        let labels = labels(&[event("Review", &["extended", "withdrawal"]), event("Copper", &["withdrawal", "all"])]);
        assert_eq!(labels, ["extended", "Review: withdrawal", "Copper: withdrawal", "Copper: all"]);
        assert_eq!(name_of(0b0101, &labels), "extended + Copper: withdrawal");
        assert_eq!((name_of(0b1000, &labels).as_str(), name_of(0, &labels).as_str()), ("Copper: all", "all"));
        assert_eq!(name_of(0, &[]), "all");
    }
}
