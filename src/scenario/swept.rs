//! Where the path of a sweep leads in a scenario as written, and how a value gets there.

use super::names::{NAMED, name_of, no_such_entry};
use super::path::{self, joined};
use super::written::{Entry, Place, Table, Value, Written};
use crate::diagnostics::quoted;

/// One step down from the top of the scenario.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// To what stands under a key, which need not be there yet.
    Key(String),
    /// To an entry of a list, by place.
    Entry(usize),
}

/// The steps of a path: keys, and the names of entries where a list of tables stands. Tables and keys may be missing, entries not.
///
/// Also the way that parameters are called: an event's outcome without `outcome` before it, a number that an outcome sets without quotes around its path,
/// and a tariff of an outcome by its name alone.
///
/// # Errors
/// A message and what to do, where the path leads through something that is not a table, ends at an entry or at a section, or names an entry that is not there.
pub(super) fn locate(root: &Table, parts: &[String]) -> Result<Vec<Step>, (String, String)> {
    let [head, rest @ ..] = parts else {
        return Err(("this path is empty".to_owned(), "write one such as tariff.\"Steel\".rate".to_owned()));
    };
    let [name, inside @ ..] = rest else {
        let message = format!("{} is a section, not a value in it", quoted(head));
        return Err((message, format!("write the whole path, such as {}", example(head))));
    };
    let list = entries_of(root.get(head));
    if head == "tariff"
        && !list.iter().any(|entry| is_named(entry, name))
        && let Some((steps, tariff)) = brought_by_an_event(root, name)
    {
        return below_entry(Some(tariff), steps, inside, name);
    }
    let mut steps = vec![Step::Key(head.clone())];
    if NAMED.contains(&head.as_str()) {
        let at = entry(head, list, name)?;
        steps.push(Step::Entry(at));
        return below_entry(list.get(at), steps, inside, name);
    }
    below(root.get(head), steps, rest, head)
}

/// From an entry on, whose name is `called`.
fn below_entry(here: Option<&Written>, steps: Vec<Step>, parts: &[String], called: &str) -> Result<Vec<Step>, (String, String)> {
    if parts.is_empty() {
        let message = format!("the path ends at the entry {}, not at a value in it", quoted(called));
        return Err((message, "add the key of the value, such as .rate or .probability".to_owned()));
    }
    below(here, steps, parts, called)
}

/// From `here`, called `called`, on; there may be nothing yet.
fn below(here: Option<&Written>, mut steps: Vec<Step>, parts: &[String], called: &str) -> Result<Vec<Step>, (String, String)> {
    let Some(part) = parts.first() else {
        return Ok(steps);
    };
    let rest = &parts[1..];
    let table = match here.map(|w| &w.value) {
        None => None,
        Some(Value::Table(table)) => Some(table),
        Some(Value::List(items)) if items.iter().any(|item| name_of(item).is_some()) => {
            let at = entry(called, items, part)?;
            steps.push(Step::Entry(at));
            return below_entry(items.get(at), steps, rest, part);
        }
        // Told already, as a syntax error.
        Some(Value::Broken) => None,
        Some(_) => {
            let found = here.map_or_else(String::new, Written::described);
            let message = format!("{} is {found}, in which there is no {}", quoted(called), quoted(part));
            return Err((
                message,
                "end the path there to sweep it whole, or write a distribution there whose parameters can be swept".to_owned(),
            ));
        }
    };
    if table.and_then(|table| table.get(part)).is_none() {
        let outcomes = entries_of(table.and_then(|table| table.get("outcome")));
        if let Some(at) = outcomes.iter().position(|outcome| is_named(outcome, part)) {
            steps.extend([Step::Key("outcome".to_owned()), Step::Entry(at)]);
            return below_entry(outcomes.get(at), steps, rest, part);
        }
        if called == "set" {
            // A number that an outcome sets: its key is a whole path, there already or not.
            let whole = |entry: &&Entry| path::parts(&entry.key).is_some_and(|key| key.iter().map(|part| &part.name).eq(parts.iter()));
            let there = table.and_then(|table| table.entries.iter().find(whole)).map(|entry| entry.key.clone());
            let key = there.unwrap_or_else(|| joined(&parts.iter().map(String::as_str).collect::<Vec<_>>()));
            steps.push(Step::Key(key));
            return Ok(steps);
        }
    }
    steps.push(Step::Key(part.clone()));
    below(table.and_then(|table| table.get(part)), steps, rest, part)
}

/// A tariff that an outcome of an event brings, wherever it stands.
fn brought_by_an_event<'t>(root: &'t Table, name: &str) -> Option<(Vec<Step>, &'t Written)> {
    for (event, written) in entries_of(root.get("event")).iter().enumerate() {
        for (outcome, written) in entries_of(written.get("outcome")).iter().enumerate() {
            let tariffs = entries_of(written.get("tariff"));
            if let Some(tariff) = tariffs.iter().position(|tariff| is_named(tariff, name)) {
                let key = |key: &str| Step::Key(key.to_owned());
                let steps = [key("event"), Step::Entry(event), key("outcome"), Step::Entry(outcome), key("tariff"), Step::Entry(tariff)];
                return Some((steps.into(), &tariffs[tariff]));
            }
        }
    }
    None
}

fn entries_of(written: Option<&Written>) -> &[Written] {
    match written.map(|w| &w.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn is_named(entry: &Written, name: &str) -> bool {
    called(entry) == Some(name)
}

/// The name of an entry; an expansion without one is called after its port.
fn called(entry: &Written) -> Option<&str> {
    if let Some((name, _)) = name_of(entry) {
        return Some(name);
    }
    match entry.get("port").map(|port| &port.value) {
        Some(Value::Text(port)) => Some(port),
        _ => None,
    }
}

/// The place of a named entry of a list.
fn entry(list: &str, entries: &[Written], name: &str) -> Result<usize, (String, String)> {
    entries.iter().position(|entry| is_named(entry, name)).ok_or_else(|| {
        let known: Vec<&str> = entries.iter().filter_map(called).collect();
        no_such_entry(list, name, &known)
    })
}

fn example(head: &str) -> &'static str {
    match head {
        "elasticities" => "elasticities.import.\"*\"",
        "model" => "model.adjustment",
        "ports" => "ports.congestion",
        "preferences" => "preferences.usmca.active",
        _ => "tariff.\"Name\".rate",
    }
}

/// Puts `value` where the steps lead. Tables that are missing on the way are made; what is made stands, for messages, at `place`.
pub(super) fn put(table: &mut Table, steps: &[Step], value: &Written, place: &Place) {
    let [Step::Key(key), rest @ ..] = steps else {
        return;
    };
    let at = table.entries.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
        let made = Written { value: Value::Table(Table::default()), place: place.clone() };
        table.entries.push(Entry { key: key.clone(), key_place: place.clone(), value: made });
        table.entries.len() - 1
    });
    let mut here = &mut table.entries[at].value;
    let mut rest = rest;
    while let [Step::Entry(place), more @ ..] = rest {
        let Value::List(items) = &mut here.value else { return };
        let Some(item) = items.get_mut(*place) else { return };
        (here, rest) = (item, more);
    }
    if rest.is_empty() {
        *here = value.clone();
    } else if let Value::Table(inner) = &mut here.value {
        put(inner, rest, value, place);
    }
}
