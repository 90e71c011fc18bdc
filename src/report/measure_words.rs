//! A scenario's measures and events in sentences that a reader without the file understands.

use crate::baseline::Baseline;
use crate::scenario::{Event, Measure, Scenario};
use crate::uncertainty::Number;
use serde::{Deserialize, Serialize};

/// A measure or event by its name, and what it does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub name: String,
    pub what: String,
}

/// Sectors that are named one by one.
const NAMED: usize = 4;

/// The scenario's own measures, those of its events, and the agreements that it switches off.
pub(super) fn measures(scenario: &Scenario, baseline: &Baseline) -> Vec<Told> {
    let told = |measure: &Measure| Told { name: measure.name.clone(), what: sentence(measure, baseline) };
    let mut all: Vec<Told> = scenario.measures.iter().map(told).collect();
    all.extend(
        scenario
            .inactive_agreements
            .iter()
            .map(|agreement| Told { name: agreement.to_uppercase(), what: "The preferences of this agreement do not hold.".into() }),
    );
    all
}

/// "10 June 2025 on: 50% …".
fn sentence(measure: &Measure, baseline: &Baseline) -> String {
    let region = |index: usize| baseline.regions[index].name.clone();
    let exporters = match measure.exporters.len() {
        // The importer is not among them.
        count if count + 1 >= baseline.regions.len() && count > 1 => "all other regions".to_string(),
        _ => listed(measure.exporters.iter().map(|&index| region(index)).collect()),
    };
    let sectors = match measure.sectors.len() {
        count if count >= baseline.sectors.len() => "all goods".to_string(),
        count if count > NAMED => {
            let left: Vec<usize> = (0..baseline.sectors.len()).filter(|index| !measure.sectors.contains(index)).collect();
            if left.len() <= NAMED {
                let left = listed(left.into_iter().map(|index| baseline.sectors[index].name.clone()).collect());
                format!("all goods except {left}")
            } else {
                format!("{count} of {} sectors", baseline.sectors.len())
            }
        }
        _ => listed(measure.sectors.iter().map(|&index| baseline.sectors[index].name.clone()).collect()),
    };
    let mut text = format!("{} on imports of {} from {exporters}: {sectors}", percent(&measure.rate), region(measure.importer));
    text.push_str(&match measure.until {
        Some(until) => format!("; from {} until {until}", measure.from),
        None => format!("; from {} on", measure.from),
    });
    if measure.coverage.central() != 1.0 || !measure.coverage.is_fixed() {
        text.push_str(&format!("; {} of this trade is in scope", percent(&measure.coverage)));
    }
    if measure.usmca_exempt {
        text.push_str("; goods that claim USMCA preference are free");
    }
    if !measure.displaces.is_empty() {
        text.push_str(&format!("; instead of measures under {}", listed(measure.displaces.clone())));
    }
    if measure.replaces_base {
        text.push_str("; in place of the base year’s tariff");
    }
    text.push('.');
    text
}

pub(super) fn events(scenario: &Scenario) -> Vec<Told> {
    let told = |event: &Event| {
        let outcomes = event.outcomes.iter().map(|outcome| format!("{} ({})", outcome.name, short(outcome.probability)));
        let conditions = event.when.iter().map(|condition| {
            let of = &scenario.events[condition.event];
            let outcomes: Vec<&str> = condition.outcomes.iter().map(|&outcome| of.outcomes[outcome].name.as_str()).collect();
            format!(" if “{}” comes out as {}", of.name, outcomes.join(" or "))
        });
        let (outcomes, conditions): (Vec<String>, Vec<String>) = (outcomes.collect(), conditions.collect());
        Told { name: event.name.clone(), what: format!("{}{}: {}.", event.date, conditions.join(" and"), outcomes.join("; ")) }
    };
    scenario.events.iter().map(told).collect()
}

/// "25%", or "about 35%, between 22% and 49% in nine of ten draws".
fn percent(number: &Number) -> String {
    match number {
        Number::Uncertain(uncertain) if !number.is_fixed() => {
            let (low, high) = (uncertain.distribution.quantile(0.05), uncertain.distribution.quantile(0.95));
            format!("{} ({} to {} in nine of ten draws)", short(number.central()), short(low), short(high))
        }
        _ => short(number.central()),
    }
}

/// A fraction in per cent, with a decimal where there is one.
fn short(fraction: f64) -> String {
    let text = format!("{:.1}", 100.0 * fraction);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.')).replace('-', "−")
}

/// "a, b and c".
fn listed(names: Vec<String>) -> String {
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => "none".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_shares_read_as_english() {
        assert_eq!(listed(vec!["a".into()]), "a");
        assert_eq!(listed(vec!["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!((short(0.25).as_str(), short(0.025).as_str(), short(-0.1).as_str()), ("25%", "2.5%", "−10%"));
    }
}
