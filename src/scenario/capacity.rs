//! `[[expansion]]` and `[ports]`: berths that do not exist yet, and how full the ports are without us.

use super::course::is_value;
use super::measure::entries;
use super::names::name_of;
use super::number::{self, Quantity};
use super::period::{self, Period};
use super::reader::Reader;
use super::written::{Place, Table, Value, Written};
use crate::diagnostics::quoted;
use crate::uncertainty::{Number, toml_key};

pub(super) const EXPANSION_KEYS: [&str; 4] = ["name", "port", "adds_teu", "date"];
pub(super) const PORTS_KEYS: [&str; 4] = ["congestion", "growth", "storage", "handling"];

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
    /// What a container that waits pays beside the time it loses: US$ per TEU and day.
    pub storage: Number,
    /// Handling charges as a multiple of the baseline's; `None` = every port.
    pub handling: Vec<(Option<usize>, Number)>,
}

/// Storage where a scenario does not say, US$ per TEU and day: a judgement on demurrage after the free days are over.
pub(super) const USUAL_STORAGE: f64 = 40.0;

impl Default for PortAssumptions {
    fn default() -> Self {
        PortAssumptions { congestion: true, growth: Number::Fixed(0.0), storage: Number::Fixed(USUAL_STORAGE), handling: Vec::new() }
    }
}

/// Reads every `[[expansion]]`. Those that cannot be made are left out, with a note of why.
pub(super) fn expansions(reader: &mut Reader<'_>, written: &Written, periods: &[Period]) -> Vec<Expansion> {
    let entries = entries(reader, written, "expansion").unwrap_or_default();
    // A name that is given somewhere is not made up elsewhere.
    let mut taken: Vec<String> = entries.iter().filter_map(name_of).map(|(name, _)| name.to_owned()).collect();
    let mut out = Vec::new();
    for entry in entries {
        if let Some(table) = reader.table(entry, "a table [[expansion]]", None) {
            out.extend(expansion(reader, table, &entry.place, &mut taken, periods));
        }
    }
    out
}

fn expansion(reader: &mut Reader<'_>, table: &Table, place: &Place, taken: &mut Vec<String>, periods: &[Period]) -> Option<Expansion> {
    let mut section = reader.section(table, place, "[[expansion]]", &EXPANSION_KEYS);
    let given = table.get("name").map(|w| reader.text(w, "the name of the expansion"));
    if let Some(Some(name)) = given {
        section.name = format!("the expansion {}", quoted(name));
    }
    let port = reader.required(&section, "port", "\"Veracruz\"").and_then(|w| {
        let name = reader.text(w, "the name of a port")?;
        reader.port(name, &w.place)
    });
    let port_name = port.and_then(|port| Some(reader.baseline?.ports.get(port)?.name.clone()));
    let name = match (given, &port_name) {
        (Some(name), _) => name.map(str::to_owned),
        (None, Some(port)) => Some(unused(port, taken)),
        (None, None) => None,
    };
    let path = |key: &str| format!("expansion.{}.{key}", toml_key(name.as_deref().unwrap_or_default()));
    let adds_teu = reader.required(&section, "adds_teu", "500_000").and_then(|w| number::read(reader, w, Quantity::Teu, &path("adds_teu")));
    let date = reader.required(&section, "date", "2027-01-01").and_then(|w| number::read(reader, w, Quantity::Date, &path("date")));
    let (name, port, adds_teu, date) = (name?, port?, adds_teu?, date?);
    if let Some(written) = table.get("date") {
        period::warn_if_after(reader, &written.place, &format!("the expansion {}", quoted(&name)), &date, periods);
    }
    let known = reader.baseline?.ports[port].capacity_teu.is_some();
    if let (false, Some(port_name), Some(written)) = (known, port_name, table.get("port")) {
        let message = format!("the capacity of {port_name} is not known, so it never fills and more berths change nothing");
        reader.warn(&written.place, message, Some("give its capacity_teu in ports.csv".to_owned()));
    }
    Some(Expansion { name, port, adds_teu, date })
}

/// The port's name, or with the least number behind it that makes it a new one.
fn unused(port: &str, taken: &mut Vec<String>) -> String {
    let mut name = port.to_owned();
    let mut number = 1_u64;
    while taken.contains(&name) {
        number += 1;
        name = format!("{port} {number}");
    }
    taken.push(name.clone());
    name
}

/// Reads `[ports]`; what is absent or wrong has its default.
pub(super) fn ports(reader: &mut Reader<'_>, written: &Written) -> PortAssumptions {
    let mut out = PortAssumptions::default();
    let Some(table) = reader.table(written, "a table [ports]", None) else {
        return out;
    };
    reader.section(table, &written.place, "[ports]", &PORTS_KEYS);
    if let Some(w) = table.get("congestion") {
        out.congestion = reader.boolean(w).unwrap_or(out.congestion);
    }
    if let Some(w) = table.get("growth") {
        out.growth = number::read(reader, w, Quantity::Growth, "ports.growth").unwrap_or(out.growth);
    }
    if let Some(w) = table.get("storage") {
        out.storage = number::read(reader, w, Quantity::Storage, "ports.storage").unwrap_or(out.storage);
    }
    if let Some(w) = table.get("handling") {
        out.handling = handling(reader, w);
    } else if reader.baseline.is_some_and(|b| b.ports.is_empty()) {
        reader.warn(&written.place, "the baseline knows no ports (ports.csv), so [ports] changes nothing", None);
    }
    out
}

fn handling(reader: &mut Reader<'_>, written: &Written) -> Vec<(Option<usize>, Number)> {
    let mut out: Vec<(Option<usize>, Number)> = Vec::new();
    let help = || Some("write handling.\"*\" = 0.9 for all ports".to_owned());
    let table = match &written.value {
        Value::Table(table) if is_value(table) => {
            reader.error(&written.place, "handling does not say at which ports", help());
            return out;
        }
        _ => reader.table(written, "multiples of handling charges by port", help()),
    };
    for entry in table.map_or(&[][..], |t| &t.entries) {
        let port = match entry.key.as_str() {
            "*" => reader.baseline.filter(|b| b.ports.is_empty()).map_or(Some(None), |_| reader.port("*", &entry.key_place).map(Some)),
            name => reader.port(name, &entry.key_place).map(Some),
        };
        let canonical = port.flatten().and_then(|port| Some(reader.baseline?.ports.get(port)?.name.clone()));
        let path = format!("ports.handling.{}", toml_key(canonical.as_deref().unwrap_or(&entry.key)));
        let multiple = number::read(reader, &entry.value, Quantity::HandlingMultiple, &path);
        if let (Some(port), Some(multiple)) = (port, multiple) {
            if out.iter().any(|(known, _)| *known == port) {
                let message = format!("{} is given twice, with and without its accents", quoted(&canonical.unwrap_or_default()));
                reader.error(&entry.key_place, message, Some("keep one of the two".to_owned()));
                continue;
            }
            out.push((port, multiple));
        }
    }
    out
}
