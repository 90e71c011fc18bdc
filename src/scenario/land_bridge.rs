//! `[land_bridge.USA]`: what a third region may do to the goods that cross it: a charge, an inspection, from a day on.

use super::number::{self, Quantity};
use super::period::{self, Period};
use super::reader::Reader;
use super::written::{Place, Written};
use crate::uncertainty::{Number, toml_key};

pub(super) const KEYS: [&str; 3] = ["cost", "days", "from"];

/// `[land_bridge.USA]`: what crossing a third region costs beyond the base year's freight and days.
#[derive(Debug, Clone, PartialEq)]
pub struct LandBridge {
    /// The region that is crossed.
    pub region: usize,
    /// Ad valorem, a fraction.
    pub cost: Number,
    pub days: Number,
    /// The first day, in days since 1 January 1970; `None`: from the start.
    pub from: Option<Number>,
}

/// Reads every `[land_bridge.<REGION>]`.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, periods: &[Period]) -> Vec<LandBridge> {
    let mut out = Vec::new();
    let Some(bridges) = reader.table(written, "a table [land_bridge.USA]", None) else {
        return out;
    };
    for entry in &bridges.entries {
        // `[land_bridge] cost = …` lacks the region, rather than having one that is called cost.
        if matches!(entry.key.as_str(), "cost" | "days" | "from") {
            let help = "write [land_bridge.USA] above it, with the region that is crossed".to_owned();
            reader.error(&entry.key_place, format!("{} is of a region that [land_bridge] does not name", entry.key), Some(help));
            continue;
        }
        let region = crossed(reader, &entry.key, &entry.key_place);
        let name = format!("[land_bridge.{}]", toml_key(&entry.key));
        let Some(table) = reader.table(&entry.value, "a table with cost or days", Some(format!("write {name} and under it cost = \"5%\"")))
        else {
            continue;
        };
        let section = reader.section(table, &entry.key_place, name, &KEYS);
        let path = |key: &str| format!("land_bridge.{}.{key}", toml_key(&entry.key));
        let mut part = |key: &str, quantity| match table.get(key) {
            None => Some(None),
            Some(w) => number::read(reader, w, quantity, &path(key)).map(Some),
        };
        let (cost, days, from) = (part("cost", Quantity::CrossingCost), part("days", Quantity::Days), part("from", Quantity::Date));
        let silent = table.get("cost").is_none() && table.get("days").is_none();
        if silent && !reader.torn && !section.meant.iter().any(|key| matches!(*key, "cost" | "days")) {
            let help = "add cost = \"5%\", of the goods' value, or days = 2".to_owned();
            reader.error(&entry.key_place, format!("{} says neither cost nor days", section.name), Some(help));
        }
        if let (Some(Some(day)), Some(written)) = (&from, table.get("from")) {
            period::warn_if_after(reader, &written.place, &section.name, day, periods);
        }
        if let (Some(region), Some(cost), Some(days), Some(from)) = (region, cost, days, from) {
            let or_none = |number: Option<Number>| number.unwrap_or(Number::Fixed(0.0));
            out.push(LandBridge { region, cost: or_none(cost), days: or_none(days), from });
        }
    }
    out
}

/// A region that some route of the baseline crosses on its way to another.
pub(super) fn crossed(reader: &mut Reader<'_>, code: &str, place: &Place) -> Option<usize> {
    let region = reader.region(code, place)?;
    let baseline = reader.baseline?;
    if baseline.routes.iter().any(|route| route.via == Some(region)) {
        return Some(region);
    }
    let mut crossed: Vec<&str> = baseline.routes.iter().filter_map(|r| Some(baseline.regions[r.via?].code.as_str())).collect();
    crossed.sort_unstable();
    crossed.dedup();
    let help = match &crossed[..] {
        [] => "routes.csv has no route with a third region in its column via".to_owned(),
        codes => format!("routes.csv has routes across {}", codes.join(", ")),
    };
    reader.error(place, format!("no route crosses {code} on its way to another region"), Some(help));
    None
}
