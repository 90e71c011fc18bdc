//! `[freight]` and `[transit_time]`: what is believed about the cost of a mode and about its days, as multiples of the baseline's.

use super::course::{self, Course};
use super::number::{self, Quantity};
use super::reader::{Reader, mode_name};
use super::written::{Entry, Place, Table, Value, Written};
use crate::baseline::{Baseline, Mode};
use crate::diagnostics::quoted;
use crate::uncertainty::toml_key;

/// `[freight]` and `[transit_time]`: `sea."*" = 0.9`, `truck."CAN-MEX" = 1.3`: freight or days of a mode as a multiple of the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct ModeMultiple {
    pub mode: Mode,
    /// Exporter and importer; `None` = every pair that has routes.
    pub pair: Option<(usize, usize)>,
    pub multiple: Course,
}

/// Which of the two sections of multiples by mode and pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Multiple {
    Freight,
    TransitTime,
}

impl Multiple {
    pub fn section(self) -> &'static str {
        match self {
            Multiple::Freight => "freight",
            Multiple::TransitTime => "transit_time",
        }
    }

    pub fn quantity(self) -> Quantity {
        match self {
            Multiple::Freight => Quantity::FreightMultiple,
            Multiple::TransitTime => Quantity::TimeMultiple,
        }
    }
}

/// Reads `[freight]` or `[transit_time]`. Freight may follow a process; the days of a voyage do not wander.
pub(super) fn multiples(reader: &mut Reader<'_>, written: &Written, which: Multiple) -> Vec<ModeMultiple> {
    let mut out = Vec::new();
    let section = which.section();
    let Some(table) = reader.table(written, &format!("a table [{section}]"), None) else {
        return out;
    };
    if let Some(entry) = table.entry("uncertain") {
        let help = format!("{section} is uncertain where its multiple is a distribution; uncertain belongs to [route_shares]");
        reader.error(&entry.key_place, format!("unknown key \"uncertain\" in [{section}]"), Some(help));
    }
    for (mode, entry, values) in modes(reader, table, &["*", "CAN-MEX"]) {
        for value in &values.entries {
            let pair = pair_or_every(reader, &value.key, &value.key_place, mode);
            let path = format!("{section}.{}.{}", entry.key, toml_key(&value.key));
            let multiple = match which {
                Multiple::Freight => course::read(reader, &value.value, which.quantity(), &path),
                Multiple::TransitTime => number::read(reader, &value.value, which.quantity(), &path).map(Course::Constant),
            };
            if let (Some(pair), Some(multiple)) = (pair, multiple) {
                out.push(ModeMultiple { mode, pair, multiple });
            }
        }
    }
    out
}

/// `CAN-MEX`, or `*` for every pair, which is `Some(None)`; of those that this mode serves.
pub(super) fn pair_or_every(reader: &mut Reader<'_>, key: &str, place: &Place, mode: Mode) -> Option<Option<(usize, usize)>> {
    match key {
        "*" => any_route(reader, mode, place).map(|()| None),
        key => pair(reader, key, place, mode).map(Some),
    }
}

/// The modes of a section with the table under each; `keys` are examples of the keys in it. What is no mode is reported, but for
/// `uncertain`, which is the caller's.
pub(super) fn modes<'t>(reader: &mut Reader<'_>, table: &'t Table, keys: &[&str; 2]) -> Vec<(Mode, &'t Entry, &'t Table)> {
    let mut out = Vec::new();
    for entry in table.entries.iter().filter(|e| e.key != "uncertain") {
        let Some(mode) = reader.mode(&entry.key, &entry.key_place) else {
            continue;
        };
        match &entry.value.value {
            Value::Table(values) if !course::is_value(values) => out.push((mode, entry, values)),
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
pub(super) fn pair(reader: &mut Reader<'_>, key: &str, place: &Place, mode: Mode) -> Option<(usize, usize)> {
    let (exporter, importer) = region_pair(reader, key, place)?;
    let known = modes_between(reader.baseline?, exporter, importer);
    if known.contains(&mode) {
        return Some((exporter, importer));
    }
    let message = format!("the baseline has no route by {} for {}", mode_name(mode), quoted(key));
    reader.error(place, message, Some(known_modes(&known)));
    None
}

/// `CAN-MEX` as exporter and importer.
pub(super) fn region_pair(reader: &mut Reader<'_>, key: &str, place: &Place) -> Option<(usize, usize)> {
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
    split.or_else(|| {
        let (exporter, importer) = (reader.region(left, place), reader.region(right, place));
        Some((exporter?, importer?))
    })
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
