//! Measures and the agreement in pieces of time on which none of their numbers changes, since an outcome of an event may change them from its day on.

use super::calendar::InForce;
use super::events::{Branches, Contingent};
use crate::scenario::{Scenario, Target};
use crate::uncertainty::{Parameters, Rule, Value};

/// Days of a measure on which none of its numbers changes.
#[derive(Debug, Clone)]
pub(super) struct Spell {
    /// Among all measures.
    pub index: usize,
    pub rate: Value,
    pub coverage: Value,
    pub days: InForce,
}

/// Every measure, cut where an outcome of an event changes its rate, its coverage or whether it is in force.
pub(super) fn spells(scenario: &Scenario, all: &[Contingent<'_>], branches: &Branches, parameters: &mut Parameters) -> Vec<Spell> {
    let mut spells = Vec::new();
    for (index, contingent) in all.iter().enumerate() {
        let measure = contingent.measure;
        let (mut rate, mut coverage) = (parameters.value(&measure.rate), parameters.value(&measure.coverage));
        let mut changes = Vec::new();
        match contingent.branch {
            Some(branch) => coverage = parameters.derived(Rule::Product(coverage, branches.branches[branch].gate)),
            None => {
                for target in [Target::TariffRate(index), Target::TariffCoverage(index), Target::TariffActive(index)] {
                    changes.extend(branches.changes(scenario, &target));
                }
            }
        }
        changes.sort_by_key(|change| change.date);
        let mut start = contingent.from;
        for change in changes {
            let after = parameters.value(&change.setting.value);
            let mut switch = |before, after| {
                let rule = Rule::Switched { before, after, gate: change.gate, shares: vec![1.0; scenario.periods.len()] };
                parameters.derived(rule)
            };
            let (new_rate, new_coverage) = match change.setting.target {
                Target::TariffRate(_) => (switch(rate, after), coverage),
                Target::TariffCoverage(_) => (rate, switch(coverage, after)),
                // In force with the coverage it has, or not at all.
                _ => (rate, switch(coverage, if after.is(0.0) { after } else { coverage })),
            };
            if let Ok(last) = change.date.yesterday()
                && start <= last
            {
                let last = measure.until.map_or(last, |until| until.min(last));
                spells.push(Spell { index, rate, coverage, days: InForce { first_day: start, last_day: Some(last) } });
                start = change.date;
            }
            (rate, coverage) = (new_rate, new_coverage);
        }
        if measure.until.is_none_or(|until| start <= until) {
            spells.push(Spell { index, rate, coverage, days: InForce { first_day: start, last_day: measure.until } });
        }
    }
    spells
}

/// The agreement whose goods `usmca_exempt` exempts.
pub(super) const AGREEMENT: &str = "usmca";

/// Whether the agreement is in force: from the start, and after each event that may change it.
pub(super) struct Agreement {
    pub at_first: Value,
    pub after: Vec<(InForce, Value)>,
}

impl Agreement {
    pub fn compile(scenario: &Scenario, branches: &Branches, parameters: &mut Parameters) -> Self {
        let active = !scenario.inactive_agreements.iter().any(|inactive| inactive == AGREEMENT);
        let at_first = Value::Fixed(if active { 1.0 } else { 0.0 });
        let mut now = at_first;
        let mut after = Vec::new();
        for change in branches.changes(scenario, &Target::PreferenceActive(AGREEMENT.to_owned())) {
            let to = parameters.value(&change.setting.value);
            let shares = vec![1.0; scenario.periods.len()];
            now = parameters.derived(Rule::Switched { before: now, after: to, gate: change.gate, shares });
            after.push((InForce { first_day: change.date, last_day: None }, now));
        }
        Agreement { at_first, after }
    }
}
