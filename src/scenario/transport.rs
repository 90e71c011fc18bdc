//! `[freight]` and `[route_shares]`: what is believed about the cost of a mode and about how goods travel today.

use super::course::Course;
use super::number::{self, Quantity};
use super::reader::{Reader, mode_name};
use super::written::{Entry, Place, Table, Value, Written};
use crate::baseline::{Baseline, Mode};
use crate::diagnostics::quoted;
use crate::uncertainty::Number;
use crate::uncertainty::toml_key;

/// `[freight]` and `[transit_time]`: `sea."*" = 0.9`, `truck."CAN-MEX" = 1.3`: freight or days of a mode as a multiple of the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct ModeMultiple {
    pub mode: Mode,
    /// Exporter and importer; `None` = every pair that has routes.
    pub pair: Option<(usize, usize)>,
    pub multiple: Course,
}

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

/// `[time_value]`: `"*" = "0.8%"`, `fruit_veg = { dist = … }`: what a day on the way costs, ad valorem.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeValueOverride {
    /// `None` = every sector.
    pub sector: Option<usize>,
    pub value: Number,
}

/// `[exchange_rate]`: `CAN = { process = … }`: the real exchange rate of a region's currency, US$ per unit, as a ratio to the base year's.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeRate {
    pub region: usize,
    pub course: Course,
}

/// `[route_shares]`: `sea."cereals_oilseeds@CAN-MEX" = 0.87`: a mode's share of a sector's trade in the base year; the other routes share the rest as before.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteShareOverride {
    pub mode: Mode,
    pub sector: Option<usize>,
    pub exporter: usize,
    pub importer: usize,
    pub share: Number,
}

/// Reads `[freight]`.
pub(super) fn freight(reader: &mut Reader<'_>, written: &Written) -> Vec<ModeMultiple> {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [freight]", None) else {
        return out;
    };
    if let Some(entry) = table.entry("uncertain") {
        let help = "freight is uncertain where its multiple is a distribution; uncertain belongs to [route_shares]".to_owned();
        reader.error(&entry.key_place, "unknown key \"uncertain\" in [freight]", Some(help));
    }
    for (mode, entry, values) in modes(reader, table, &["*", "CAN-MEX"]) {
        for value in &values.entries {
            let pair = match value.key.as_str() {
                "*" => any_route(reader, mode, &value.key_place).map(|()| None),
                key => pair(reader, key, &value.key_place, mode).map(Some),
            };
            let path = format!("freight.{}.{}", entry.key, toml_key(&value.key));
            let multiplier = number::read(reader, &value.value, Quantity::FreightMultiple, &path);
            if let (Some(pair), Some(multiplier)) = (pair, multiplier) {
                out.push(ModeMultiple { mode, pair, multiple: Course::Constant(multiplier) });
            }
        }
    }
    out
}

/// Reads `[route_shares]`: the overrides, and whether the baseline's prior is drawn. It is unless `uncertain = false` says otherwise.
pub(super) fn route_shares(reader: &mut Reader<'_>, written: &Written) -> (Vec<RouteShareOverride>, bool) {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [route_shares]", None) else {
        return (out, true);
    };
    let uncertain = table.get("uncertain").and_then(|w| reader.boolean(w)).unwrap_or(true);
    let mut places: Vec<&Place> = Vec::new();
    for (mode, entry, values) in modes(reader, table, &["*@CAN-MEX", "energy@CAN-MEX"]) {
        for value in &values.entries {
            let path = format!("route_shares.{}.{}", entry.key, toml_key(&value.key));
            let share = number::read(reader, &value.value, Quantity::RouteShare, &path);
            let Some((sector, pair_key)) = value.key.split_once('@') else {
                let message = format!("{} does not say between which regions", quoted(&value.key));
                let help = "write \"sector@EXPORTER-IMPORTER\", e.g. \"*@CAN-MEX\"".to_owned();
                reader.error(&value.key_place, message, Some(help));
                continue;
            };
            let sector = match sector {
                "*" => Some(None),
                code => reader.sector(code, &value.key_place).map(Some),
            };
            let pair = pair(reader, pair_key, &value.key_place, mode);
            if let (Some(sector), Some((exporter, importer)), Some(share)) = (sector, pair, share) {
                places.push(&value.value.place);
                out.push(RouteShareOverride { mode, sector, exporter, importer, share });
            }
        }
    }
    check_sums(reader, &out, &places);
    (out, uncertain)
}

/// The shares of the modes of one sector and pair cannot pass one together, not even at their least.
fn check_sums(reader: &mut Reader<'_>, shares: &[RouteShareOverride], places: &[&Place]) {
    for (i, share) in shares.iter().enumerate() {
        let pair = |other: &&RouteShareOverride| (other.exporter, other.importer) == (share.exporter, share.importer);
        // What is said of this sector beats what is said of all.
        let holds = |other: &&RouteShareOverride| {
            let beaten = || shares.iter().filter(pair).any(|o| o.mode == other.mode && o.sector == share.sector);
            other.sector == share.sector || (other.sector.is_none() && !beaten())
        };
        let others: f64 = shares.iter().filter(pair).filter(holds).filter(|o| o.mode != share.mode).map(least).sum();
        let told_later = shares[i + 1..].iter().filter(pair).any(|o| o.sector == share.sector);
        let sum = others + least(share);
        if sum > 1.0 + 1e-9 && !told_later {
            let message = format!("with the other modes of the same goods this makes {sum:.3} or more: shares add up to at most 1");
            reader.error(places[i], message, None);
        }
    }
}

fn least(share: &RouteShareOverride) -> f64 {
    match &share.share {
        Number::Fixed(value) => *value,
        Number::Uncertain(uncertain) => number::support(&uncertain.distribution).0.max(0.0),
    }
}

/// The modes of a section with the table under each; `keys` are examples of the keys in it. What is no mode is reported, but for
/// `uncertain`, which is the caller's.
fn modes<'t>(reader: &mut Reader<'_>, table: &'t Table, keys: &[&str; 2]) -> Vec<(Mode, &'t Entry, &'t Table)> {
    let mut out = Vec::new();
    for entry in table.entries.iter().filter(|e| e.key != "uncertain") {
        let Some(mode) = reader.mode(&entry.key, &entry.key_place) else {
            continue;
        };
        match &entry.value.value {
            Value::Table(values) if values.get("dist").is_none() => out.push((mode, entry, values)),
            Value::Broken => {}
            _ => {
                let message = format!("{} does not say for which trade, such as {:?} or {:?}", entry.key, keys[0], keys[1]);
                let help = format!("write {}.{:?} = …", entry.key, keys[0]);
                reader.error(&entry.value.place, message, Some(help));
            }
        }
    }
    out
}

/// `CAN-MEX` as exporter and importer of a pair that this mode serves.
fn pair(reader: &mut Reader<'_>, key: &str, place: &Place, mode: Mode) -> Option<(usize, usize)> {
    let Some((left, right)) = key.split_once('-') else {
        let message = format!("{} is not a pair of regions", quoted(key));
        reader.error(place, message, Some("write exporter and importer, e.g. \"CAN-MEX\"".to_owned()));
        return None;
    };
    let baseline = reader.baseline?;
    // A code may itself have a hyphen: take the split that gives two known regions, if there is one.
    let split = key.match_indices('-').find_map(|(at, _)| {
        let pair = (baseline.region(&key[..at])?, baseline.region(&key[at + 1..])?);
        Some(pair)
    });
    let (exporter, importer) = match split {
        Some(pair) => pair,
        None => {
            let (exporter, importer) = (reader.region(left, place), reader.region(right, place));
            (exporter?, importer?)
        }
    };
    let known = modes_between(baseline, exporter, importer);
    if known.contains(&mode) {
        return Some((exporter, importer));
    }
    let message = format!("the baseline has no route by {} for {}", mode_name(mode), quoted(key));
    reader.error(place, message, Some(known_modes(&known)));
    None
}

fn any_route(reader: &mut Reader<'_>, mode: Mode, place: &Place) -> Option<()> {
    let baseline = reader.baseline?;
    if baseline.routes.iter().any(|r| r.mode == mode) {
        return Some(());
    }
    let mut known: Vec<Mode> = baseline.routes.iter().map(|r| r.mode).collect();
    known.sort_by_key(|m| mode_name(*m));
    known.dedup();
    let message = format!("the baseline has no route by {}", mode_name(mode));
    reader.error(place, message, Some(known_modes(&known)));
    None
}

/// The modes that serve a pair, each once, in the order of the baseline's table.
pub(super) fn modes_between(baseline: &Baseline, exporter: usize, importer: usize) -> Vec<Mode> {
    let mut modes = Vec::new();
    for route in &baseline.routes {
        if route.exporter == exporter && route.importer == importer && !modes.contains(&route.mode) {
            modes.push(route.mode);
        }
    }
    modes
}

/// Help that names the modes there are.
pub(super) fn known_modes(known: &[Mode]) -> String {
    if known.is_empty() {
        return "it has no routes there at all (routes.csv)".to_owned();
    }
    let names: Vec<&str> = known.iter().map(|m| mode_name(*m)).collect();
    format!("its modes there: {}", names.join(", "))
}
