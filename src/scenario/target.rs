//! What an outcome of an event sets: `set = { "tariff.\"Steel, 50%\".rate" = "25%" }`. The path is TOML's, in a text; the value is checked
//! as the number is whose place it takes.

use super::course::is_value;
use super::elasticities;
use super::land_bridge::crossed;
use super::measure::Measure;
use super::names::{name_of, no_such_entry};
use super::number::{self, Quantity};
use super::path::{self, joined};
use super::reader::Reader;
use super::service::Service;
use super::settings::check_agreement;
use super::transport::{Multiple, pair_or_every};
use super::written::{Entry, Place, Table, Value, Written};
use crate::baseline::{ElasticityKind, Horizon, Mode};
use crate::diagnostics::{nearest, quoted};
use crate::uncertainty::{Number, toml_key};

/// One entry of `set = { "preferences.usmca.active" = false }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub target: Target,
    /// The new number; 1 and 0 for true and false.
    pub value: Number,
}

/// A number of the scenario that an outcome can change.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// `preferences.<agreement>.active`, lower case.
    PreferenceActive(String),
    /// `tariff.<name>.rate`, by place in the scenario's measures; likewise the next two.
    TariffRate(usize),
    TariffCoverage(usize),
    /// `tariff.<name>.active`
    TariffActive(usize),
    /// `elasticities.<kind>.<sector@REGION>`
    Elasticity {
        kind: ElasticityKind,
        horizon: Horizon,
        sector: Option<usize>,
        region: Option<usize>,
    },
    /// `freight.<mode>.<pair>`, as a multiple of the base year's.
    Freight {
        mode: Mode,
        pair: Option<(usize, usize)>,
    },
    /// `transit_time.<mode>.<pair>`
    TransitTime {
        mode: Mode,
        pair: Option<(usize, usize)>,
    },
    /// `land_bridge.<REGION>.cost`
    LandBridgeCost(usize),
    /// `land_bridge.<REGION>.days`
    LandBridgeDays(usize),
    /// `service.<name>.capacity_teu`
    ServiceCapacity(usize),
}

/// Every form of a path, by its first part.
pub(super) const FORMS: [(&str, &str); 7] = [
    ("preferences", "preferences.usmca.active"),
    ("tariff", "tariff.\"Name\".rate, coverage or active"),
    ("elasticities", "elasticities.import.\"sector@REGION\""),
    ("freight", "freight.sea.\"CAN-MEX\""),
    ("transit_time", "transit_time.sea.\"CAN-MEX\""),
    ("land_bridge", "land_bridge.USA.cost or days"),
    ("service", "service.\"Name\".capacity_teu"),
];

/// What the paths of an outcome can name: the scenario's own measures and services, as written and as read.
#[derive(Clone, Copy)]
pub(super) struct Settable<'t> {
    pub tariffs: &'t [Written],
    pub measures: &'t [Measure],
    pub sailings: &'t [Written],
    pub services: &'t [Service],
}

/// What stands at a path.
enum Expected {
    Flag,
    Number(Quantity),
}

/// Reads the `set` of an outcome; `prefix` is the path of the outcome. What is wrong is noted, and left out.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, settable: Settable<'_>, prefix: &str) -> Vec<Setting> {
    let mut out: Vec<Setting> = Vec::new();
    let help = || Some("write set = { \"preferences.usmca.active\" = false }".to_owned());
    let table = match &written.value {
        Value::Table(table) if is_value(table) => None,
        _ => reader.table(written, "a table of paths and their values", help()),
    };
    for entry in table.map_or(&[][..], |t| &t.entries) {
        let Some((target, value)) = one(reader, entry, settable, prefix) else {
            continue;
        };
        if out.iter().any(|known| known.target == target) {
            reader.error(&entry.key_place, "this outcome sets the same number twice", Some("keep one of the two".to_owned()));
            continue;
        }
        out.extend(value.map(|value| Setting { target, value }));
    }
    out
}

fn one(reader: &mut Reader<'_>, entry: &Entry, settable: Settable<'_>, prefix: &str) -> Option<(Target, Option<Number>)> {
    let place = &entry.key_place;
    let parts = path::read(reader, &entry.key, place)?;
    if let (1, Value::Table(inner)) = (parts.len(), &entry.value.value)
        && !is_value(inner)
    {
        let whole = quoted(&whole_path(&entry.key, inner));
        let message = format!("{} is only the first part of a path", quoted(&entry.key));
        reader.error(place, message, Some(format!("write the whole path as one text in quotes: {whole} = …")));
        return None;
    }
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let (target, expected) = target(reader, &names, place, settable)?;
    let path = format!("{prefix}.set.{}", joined(&names));
    let value = match expected {
        Expected::Flag => reader.boolean(&entry.value).map(|on| Number::Fixed(f64::from(u8::from(on)))),
        Expected::Number(quantity) => number::read(reader, &entry.value, quantity, &path),
    };
    Some((target, value))
}

/// `preferences.usmca.active` as the text it should have been, from the tables that it became.
fn whole_path(first: &str, table: &Table) -> String {
    let mut path = toml_key(first);
    let mut table = table;
    while let Some(entry) = table.entries.first() {
        path = format!("{path}.{}", toml_key(&entry.key));
        match &entry.value.value {
            Value::Table(inner) if !is_value(inner) => table = inner,
            _ => break,
        }
    }
    path
}

fn target(reader: &mut Reader<'_>, parts: &[&str], place: &Place, settable: Settable<'_>) -> Option<(Target, Expected)> {
    let number = |target, quantity| Some((target, Expected::Number(quantity)));
    match *parts {
        ["preferences", agreement, "active"] => {
            Some((Target::PreferenceActive(check_agreement(reader, agreement, place)?), Expected::Flag))
        }
        ["tariff", name, field @ ("rate" | "coverage" | "active")] => {
            let names = settable.measures.iter().map(|m| m.name.as_str());
            let at = entry_of(reader, "tariff", name, place, settable.tariffs, names)?;
            match field {
                "rate" => number(Target::TariffRate(at), Quantity::Rate),
                "coverage" => number(Target::TariffCoverage(at), Quantity::Coverage),
                _ => Some((Target::TariffActive(at), Expected::Flag)),
            }
        }
        ["elasticities", kind_name, key] => {
            let kind = elasticities::kind(reader, kind_name, place);
            let scope = elasticities::scope(reader, kind_name, key, place);
            let ((kind, horizon), (sector, region)) = (kind?, scope?);
            number(Target::Elasticity { kind, horizon, sector, region }, elasticities::quantity(kind))
        }
        ["freight", mode, pair] => {
            let mode = reader.mode(mode, place)?;
            number(Target::Freight { mode, pair: pair_or_every(reader, pair, place, mode)? }, Multiple::Freight.quantity())
        }
        ["transit_time", mode, pair] => {
            let mode = reader.mode(mode, place)?;
            number(Target::TransitTime { mode, pair: pair_or_every(reader, pair, place, mode)? }, Multiple::TransitTime.quantity())
        }
        ["land_bridge", region, "cost"] => number(Target::LandBridgeCost(crossed(reader, region, place)?), Quantity::CrossingCost),
        ["land_bridge", region, "days"] => number(Target::LandBridgeDays(crossed(reader, region, place)?), Quantity::Days),
        ["service", name, "capacity_teu"] => {
            let names = settable.services.iter().map(|s| s.name.as_str());
            number(Target::ServiceCapacity(entry_of(reader, "service", name, place, settable.sailings, names)?), Quantity::Teu)
        }
        _ => {
            no_such_path(reader, parts, place);
            None
        }
    }
}

/// The place of a named entry among those that were read. One that is written but could not be read has been told of already.
fn entry_of<'n>(
    reader: &mut Reader<'_>,
    list: &str,
    name: &str,
    place: &Place,
    written: &[Written],
    mut read: impl Iterator<Item = &'n str>,
) -> Option<usize> {
    let known: Vec<&str> = written.iter().filter_map(name_of).map(|(name, _)| name).collect();
    if known.contains(&name) {
        return read.position(|n| n == name);
    }
    let (message, help) = no_such_entry(list, name, &known);
    reader.error(place, message, Some(help));
    None
}

fn no_such_path(reader: &mut Reader<'_>, parts: &[&str], place: &Place) {
    let path = joined(parts);
    let message = format!("an outcome cannot set {}", if path.chars().count() > 80 { "this path" } else { &path });
    let head = parts.first().copied().unwrap_or_default();
    let form = FORMS.iter().find(|(first, _)| *first == head);
    let help = match (form, nearest(head, FORMS.iter().map(|(first, _)| *first))) {
        (Some((_, form)), _) if parts.len() > 3 => format!("write {form}, with a name that has a dot in quotes"),
        (Some((_, form)), _) => format!("write {form}"),
        (None, Some(close)) => {
            let form = FORMS.iter().find(|(first, _)| *first == close).map_or("", |(_, form)| form);
            format!("did you mean {form}?")
        }
        (None, None) => format!("it can set {}", FORMS.map(|(_, form)| form).join("; ")),
    };
    reader.error(place, message, Some(help));
}
