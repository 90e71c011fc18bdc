//! Measures, events, services and outcomes are known by their names, so a name is there, says something, and is given once.

use super::written::{Table, Value, Written};
use crate::diagnostics::{Diagnostics, quoted, suggest};
use std::collections::HashSet;

/// The lists of tables whose entries have names: an entry replaces its namesake in the file that is extended.
pub(super) const NAMED: [&str; 5] = ["tariff", "event", "service", "expansion", "outcome"];

/// The name of an entry, if it has one.
pub(super) fn name_of(entry: &Written) -> Option<(&str, &Written)> {
    let name = entry.get("name")?;
    match &name.value {
        Value::Text(text) => Some((text, name)),
        _ => None,
    }
}

/// Reports names given twice in one file. Done file by file, since across files a namesake replaces.
pub(super) fn check_unique(root: &Table, found: &mut Diagnostics) {
    for key in NAMED {
        let Some(Value::List(entries)) = root.get(key).map(|w| &w.value) else {
            continue;
        };
        let mut seen: HashSet<&str> = HashSet::with_capacity(entries.len());
        for (name, written) in entries.iter().filter_map(name_of) {
            if !seen.insert(name) {
                let message = format!("a second [[{key}]] is named {}", quoted(name));
                let help = "give each a name of its own; results and parameters are found by it".to_owned();
                found.error_at(&written.place.source, written.place.span.clone(), message, Some(help));
            }
        }
    }
}

/// Entries of a list that an error names.
const MOST_NAMED: usize = 6;

/// What to say of a name that no entry of the list has: the message, and the nearest name or those there are.
pub(super) fn no_such_entry(list: &str, name: &str, known: &[&str]) -> (String, String) {
    let help = match suggest(name, known) {
        None => format!("it can name an entry of the scenario's own list [[{list}]], and there is none"),
        Some(close) if close.starts_with("did") => close,
        // Names may hold commas, so that each is in quotes.
        Some(_) => {
            let some = known.iter().take(MOST_NAMED).map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
            let more =
                known.len().checked_sub(MOST_NAMED).filter(|more| *more > 0).map(|more| format!(", and {more} more")).unwrap_or_default();
            format!("it names an entry of the scenario's own list [[{list}]]: {some}{more}")
        }
    };
    (format!("no [[{list}]] is named {}", quoted(name)), help)
}
