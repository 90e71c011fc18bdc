//! `[[event]]`: what may happen on a day, with which probability, on what condition, and what it changes (MODEL 10).

use super::distribution;
use super::measure::{self, Measure, When, entries, items};
use super::names::name_of;
use super::number::{self, Quantity};
use super::period::Period;
use super::reader::Reader;
use super::target::{self, Settable, Setting};
use super::written::{Place, Table, Value, Written};
use crate::diagnostics::{quoted, suggest};
use crate::uncertainty::{Number, toml_key};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub(super) const KEYS: [&str; 4] = ["name", "date", "when", "outcome"];
pub(super) const OUTCOME_KEYS: [&str; 4] = ["name", "probability", "set", "tariff"];

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

/// Every draw remembers which outcomes it had as bits of one 64-bit number.
const MOST_OUTCOMES: usize = 60;
/// How far probabilities may be from adding up to one.
const SUM_TOLERANCE: f64 = 1e-9;

/// An event as far as it can be read without the others.
struct Draft<'t> {
    table: &'t Table,
    name: Option<&'t str>,
    /// What messages call it.
    called: String,
    date: Option<Date>,
    outcomes: Vec<DraftOutcome<'t>>,
}

struct DraftOutcome<'t> {
    table: &'t Table,
    name: Option<&'t str>,
    probability: Option<f64>,
}

/// Reads every `[[event]]`: in the order of their days, those of one day in the order of the file.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, settable: Settable<'_>, periods: &[Period]) -> Vec<Event> {
    let entries = entries(reader, written, "event").unwrap_or_default();
    let mut drafts: Vec<Draft<'_>> = Vec::with_capacity(entries.len());
    let mut outcomes = 0;
    for entry in entries {
        if let Some(table) = reader.table(entry, "a table [[event]]", None) {
            drafts.push(draft(reader, table, &entry.place, &mut outcomes, periods));
        }
    }
    check_tariff_names(reader, settable.tariffs, entries);
    drafts.sort_by_key(|draft| (draft.date.is_none(), draft.date));
    let conditions: Vec<Vec<Condition>> = (0..drafts.len()).map(|at| conditions(reader, &drafts, at)).collect();
    check_contradictions(reader, &drafts, &conditions);
    let mut events = Vec::with_capacity(drafts.len());
    for (draft, when) in drafts.iter().zip(conditions) {
        let outcomes: Vec<Option<EventOutcome>> = draft.outcomes.iter().map(|o| finished(reader, draft, o, settable, periods)).collect();
        if let (Some(name), Some(date), Some(outcomes)) = (draft.name, draft.date, outcomes.into_iter().collect()) {
            events.push(Event { name: name.to_owned(), date, when, outcomes });
        }
    }
    events
}

/// The lists of tariffs that an event's outcomes bring, as written.
pub(super) fn tariff_lists(event: &Written) -> impl Iterator<Item = &Written> {
    event.get("outcome").map(items).unwrap_or_default().iter().filter_map(|outcome| outcome.get("tariff"))
}

fn draft<'t>(reader: &mut Reader<'_>, table: &'t Table, place: &'t Place, total: &mut usize, periods: &[Period]) -> Draft<'t> {
    let mut section = reader.section(table, place, "[[event]]", &KEYS);
    let name = reader.required(&section, "name", "\"USMCA joint review\"").and_then(|w| reader.text(w, "the name of the event"));
    section.name = name.map_or_else(|| "this event".to_owned(), |n| format!("the event {}", quoted(n)));
    let date = reader.required(&section, "date", "2026-07-01").and_then(|w| Some((reader.date(w)?, &w.place)));
    if let (Some((date, place)), Some(last)) = (date, periods.last())
        && date > last.last_day
    {
        let message = format!("{} is after the run, whose last day is {}, and changes nothing in it", section.name, last.last_day);
        reader.warn(place, message, Some("add periods, or leave the event out".to_owned()));
    }
    let mut outcomes: Vec<DraftOutcome<'t>> = Vec::new();
    let list = match table.get("outcome") {
        None if reader.torn || section.meant.contains(&"outcome") => &[],
        None => {
            let help = "write [[event.outcome]] under it, with name and probability, for each way it can come out".to_owned();
            reader.error(place, format!("{} has no outcomes", section.name), Some(help));
            &[][..]
        }
        Some(written) => entries(reader, written, "event.outcome").unwrap_or_default(),
    };
    for entry in list {
        *total += 1;
        if *total == MOST_OUTCOMES + 1 {
            let message = format!("more than {MOST_OUTCOMES} outcomes over all events: a draw has no more bits to remember them by");
            reader.error(&entry.place, message, Some("join outcomes that differ little, or split the scenario with extends".to_owned()));
        }
        if let Some(table) = reader.table(entry, "a table [[event.outcome]]", None) {
            let read = draft_outcome(reader, table, &entry.place, &section.name, &outcomes);
            outcomes.push(read);
        }
    }
    let probabilities: Option<Vec<f64>> = outcomes.iter().map(|o| o.probability).collect();
    if let Some(probabilities) = probabilities.filter(|p| !p.is_empty() && p.len() == list.len()) {
        check_sum(reader, place, &section.name, &probabilities);
    }
    Draft { table, name, called: section.name, date: date.map(|(date, _)| date), outcomes }
}

fn draft_outcome<'t>(
    reader: &mut Reader<'_>,
    table: &'t Table,
    place: &'t Place,
    event: &str,
    before: &[DraftOutcome<'t>],
) -> DraftOutcome<'t> {
    let mut section = reader.section(table, place, "[[event.outcome]]", &OUTCOME_KEYS);
    let written = reader.required(&section, "name", "\"withdrawal\"");
    let name = written.and_then(|w| reader.text(w, "the name of the outcome"));
    section.name = name.map_or_else(|| "this outcome".to_owned(), |n| format!("the outcome {}", quoted(n)));
    if let (Some(name), Some(written)) = (name, written)
        && before.iter().any(|o| o.name == Some(name))
    {
        let message = format!("a second outcome of {event} is named {}", quoted(name));
        reader.error(&written.place, message, Some("give each a name of its own; results and conditions are found by it".to_owned()));
    }
    let probability = reader.required(&section, "probability", "\"30%\"").and_then(|w| probability(reader, w));
    DraftOutcome { table, name, probability }
}

/// A fixed number. Of an uncertain probability only the mean would count, since an event happens once in a draw.
fn probability(reader: &mut Reader<'_>, written: &Written) -> Option<f64> {
    if let Value::Table(table) = &written.value {
        if table.get("dist").is_none() {
            reader.wrong_type(written, "a probability such as 0.3 or \"30%\"", None);
            return None;
        }
        let mean = distribution::read(reader, table, &written.place, Quantity::Probability)?.mean();
        let message = "a probability cannot be a distribution: of an uncertain probability only the mean counts";
        reader.error(&written.place, message, Some(format!("write its mean: probability = {}", short(mean))));
        return None;
    }
    match number::read(reader, written, Quantity::Probability, "")? {
        Number::Fixed(value) => Some(value),
        Number::Uncertain(_) => None,
    }
}

fn check_sum(reader: &mut Reader<'_>, place: &Place, event: &str, probabilities: &[f64]) {
    let sum: f64 = probabilities.iter().sum();
    if (sum - 1.0).abs() <= SUM_TOLERANCE {
        return;
    }
    let message = format!("the probabilities of {event} add up to {}, not to 1", short(sum));
    let help = match sum < 1.0 {
        true => format!("{} is missing: add an outcome for what else may happen", short(1.0 - sum)),
        false => format!("{} is too much", short(sum - 1.0)),
    };
    reader.error(place, message, Some(help));
}

/// Up to ten decimals, which tell apart what the tolerance does.
fn short(value: f64) -> String {
    let text = format!("{value:.10}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The conditions of an event, on events that stand before it.
fn conditions(reader: &mut Reader<'_>, drafts: &[Draft<'_>], at: usize) -> Vec<Condition> {
    let mut out = Vec::new();
    let Some(written) = drafts[at].table.get("when") else {
        return out;
    };
    let help = "write when = { \"USMCA joint review\" = \"withdrawal\" }, with the name of an earlier event and of its outcome".to_owned();
    let table = reader.table(written, "a table of events and their outcomes", Some(help));
    for entry in table.map_or(&[][..], |t| &t.entries) {
        let Some(event) = drafts.iter().position(|d| d.name == Some(&entry.key)) else {
            let names: Vec<&str> = drafts[..at].iter().filter_map(|d| d.name).collect();
            let help = suggest(&entry.key, &names).or_else(|| Some("no event is earlier than this one".to_owned()));
            reader.error(&entry.key_place, format!("no [[event]] is named {}", quoted(&entry.key)), help);
            continue;
        };
        check_earlier(reader, drafts, at, event, &entry.key_place);
        let wanted = match &entry.value.value {
            Value::Text(_) => std::slice::from_ref(&entry.value),
            Value::List(items) if items.is_empty() => {
                reader.error(&entry.value.place, "the list of outcomes is empty", Some("name at least one".to_owned()));
                continue;
            }
            Value::List(items) => items,
            _ => {
                reader.wrong_type(&entry.value, "the name of an outcome, or a list of them", None);
                continue;
            }
        };
        let mut outcomes: Vec<usize> = Vec::new();
        for item in wanted {
            let Some(name) = reader.text(item, "the name of an outcome") else {
                continue;
            };
            let known: Vec<&str> = drafts[event].outcomes.iter().filter_map(|o| o.name).collect();
            match drafts[event].outcomes.iter().position(|o| o.name == Some(name)) {
                Some(outcome) if outcomes.contains(&outcome) => {
                    reader.error(&item.place, format!("{} is listed twice", quoted(name)), None)
                }
                Some(outcome) => outcomes.push(outcome),
                None => {
                    let message = format!("{} has no outcome {}", drafts[event].called, quoted(name));
                    reader.error(&item.place, message, suggest(name, &known));
                }
            }
        }
        if !outcomes.is_empty() {
            out.push(Condition { event, outcomes });
        }
    }
    out
}

fn check_earlier(reader: &mut Reader<'_>, drafts: &[Draft<'_>], at: usize, event: usize, place: &Place) {
    let (Some(own), Some(other)) = (drafts[at].date, drafts[event].date) else {
        return;
    };
    let (this, that) = (&drafts[at].called, &drafts[event].called);
    if event == at {
        reader.error(place, format!("{this} cannot depend on itself"), None);
    } else if event > at && own == other {
        let help = format!("put the [[event]] it depends on above it, or on an earlier day than {other}");
        reader.error(place, format!("{that} is on the same day and comes later in the file"), Some(help));
    } else if event > at {
        let help = format!("{this} is on {own}: what is not known by then it cannot depend on");
        reader.error(place, format!("{that} is later, on {other}"), Some(help));
    }
}

/// Conditions that can never hold together, since an event asked for has conditions of its own.
fn check_contradictions(reader: &mut Reader<'_>, drafts: &[Draft<'_>], conditions: &[Vec<Condition>]) {
    // What each event needs of those before it, by itself and through them.
    let mut needs: Vec<BTreeMap<usize, BTreeSet<usize>>> = Vec::with_capacity(drafts.len());
    for (at, own) in conditions.iter().enumerate() {
        let mut need: BTreeMap<usize, BTreeSet<usize>> = own.iter().map(|c| (c.event, c.outcomes.iter().copied().collect())).collect();
        for condition in own.iter().filter(|c| c.event < at) {
            for (event, outcomes) in &needs[condition.event] {
                let both = match need.get(event) {
                    Some(known) => known.intersection(outcomes).copied().collect(),
                    None => outcomes.clone(),
                };
                if both.is_empty()
                    && let Some(written) = drafts[at].table.get("when")
                {
                    let message = format!("{} can never happen: its conditions ask for what excludes each other", drafts[at].called);
                    let names: Vec<String> = outcomes.iter().filter_map(|o| drafts[*event].outcomes[*o].name).map(quoted).collect();
                    let help = format!(
                        "{} happens only where {} comes out as {}",
                        drafts[condition.event].called,
                        drafts[*event].called,
                        names.join(" or ")
                    );
                    reader.error(&written.place, message, Some(help));
                    continue;
                }
                need.insert(*event, both);
            }
        }
        needs.push(need);
    }
}

/// Tariffs of outcomes share the names of parameters with the scenario's own, so that all of them together are unique.
fn check_tariff_names(reader: &mut Reader<'_>, own: &[Written], events: &[Written]) {
    let mut seen: HashSet<&str> = own.iter().filter_map(name_of).map(|(name, _)| name).collect();
    for (name, written) in events.iter().flat_map(tariff_lists).flat_map(items).filter_map(name_of) {
        if !seen.insert(name) {
            let message = format!("a second tariff is named {}", quoted(name));
            let help = "give each a name of its own, in events too; results and parameters are found by it".to_owned();
            reader.error(&written.place, message, Some(help));
        }
    }
}

/// The outcome with what it brings and what it sets.
fn finished(
    reader: &mut Reader<'_>,
    event: &Draft<'_>,
    outcome: &DraftOutcome<'_>,
    settable: Settable<'_>,
    periods: &[Period],
) -> Option<EventOutcome> {
    let when = When { periods, event: Some(event.date) };
    let measures = outcome.table.get("tariff").map(|w| measure::read(reader, w, when)).unwrap_or_default();
    let [event, name] = [event.name, outcome.name].map(|name| toml_key(name.unwrap_or_default()));
    let path = format!("event.{event}.{name}");
    let sets = outcome.table.get("set").map(|w| target::read(reader, w, settable, &path)).unwrap_or_default();
    Some(EventOutcome { name: outcome.name?.to_owned(), probability: outcome.probability?, measures, sets })
}
