//! `[[tariff]]`: a measure with an importer, exporters, sectors, a rate, the days it is in force, and how it stacks on others.

use super::number::{self, Quantity};
use super::period::Period;
use super::reader::{Reader, Section};
use super::written::{Place, Table, Value, Written};
use crate::diagnostics::{quoted, suggest};
use crate::uncertainty::Number;
use crate::uncertainty::toml_key;
use jiff::civil::Date;

/// A tariff measure (MODEL: rate, scope, dates, authority, coverage, exemption, stacking).
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    pub name: String,
    pub importer: usize,
    pub exporters: Vec<usize>,
    pub sectors: Vec<usize>,
    /// Ad valorem, a fraction.
    pub rate: Number,
    pub from: Date,
    /// The last day in force.
    pub until: Option<Date>,
    pub authority: Option<String>,
    pub usmca_exempt: bool,
    /// Share of the sector's trade in scope, 0 to 1.
    pub coverage: Number,
    /// Authorities that this measure switches off where it applies.
    pub displaces: Vec<String>,
    pub replaces_base: bool,
}

pub(super) const KEYS: [&str; 13] = [
    "name",
    "importer",
    "exporters",
    "sectors",
    "except",
    "rate",
    "from",
    "until",
    "authority",
    "usmca_exempt",
    "coverage",
    "displaces",
    "replaces_base",
];

/// When measures hold: the periods of the run, and for those that an event brings its day.
#[derive(Clone, Copy)]
pub(super) struct When<'p> {
    pub periods: &'p [Period],
    /// `Some` for an event's: its day, if that could be read. Its measures hold from then on where they do not say, and never before.
    pub event: Option<Option<Date>>,
}

/// Reads every `[[tariff]]`, or `[[event.outcome.tariff]]`. Those that cannot be made are left out, with a note of why.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, when: When<'_>) -> Vec<Measure> {
    let list = if when.event.is_some() { "event.outcome.tariff" } else { "tariff" };
    let Some(entries) = entries(reader, written, list) else {
        return Vec::new();
    };
    let mut measures = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(table) = reader.table(entry, &format!("a table [[{list}]]"), None) {
            measures.extend(one(reader, table, &entry.place, list, when));
        }
    }
    measures
}

/// The entries of a list of tables; a single `[tariff]` is a slip that is common enough to be named.
pub(super) fn entries<'t>(reader: &mut Reader<'_>, written: &'t Written, key: &str) -> Option<&'t [Written]> {
    match &written.value {
        Value::List(entries) => Some(entries),
        _ => {
            let help = format!("write [[{key}]], in double brackets, above each");
            reader.wrong_type(written, &format!("a list of tables [[{key}]]"), Some(help));
            None
        }
    }
}

/// The entries of a list, if it is one.
pub(super) fn items(list: &Written) -> &[Written] {
    match &list.value {
        Value::List(items) => items,
        _ => &[],
    }
}

fn one(reader: &mut Reader<'_>, table: &Table, place: &Place, list: &str, when: When<'_>) -> Option<Measure> {
    let mut section = reader.section(table, place, format!("[[{list}]]"), &KEYS);
    let name = reader.required(&section, "name", "\"Steel, Section 232\"").and_then(|w| reader.text(w, "the name of the measure"));
    section.name = name.map_or_else(|| "this measure".to_owned(), |n| format!("the measure {}", quoted(n)));
    let path = |field: &str| format!("tariff.{}.{field}", toml_key(name.unwrap_or_default()));

    let importer = reader.required(&section, "importer", "\"USA\"").and_then(|w| importer(reader, w));
    let exporters =
        reader.required(&section, "exporters", "[\"CAN\", \"MEX\"], or \"*\" for all").and_then(|w| exporters(reader, w, importer));
    let sectors = sectors(reader, &section, Usual::Nothing);
    let rate = reader.required(&section, "rate", "\"25%\"").and_then(|w| number::read(reader, w, Quantity::Rate, &path("rate")));
    let coverage = match table.get("coverage") {
        Some(w) => number::read(reader, w, Quantity::Coverage, &path("coverage")),
        None => Some(Number::Fixed(1.0)),
    };
    let from = match (table.get("from"), when.event) {
        (None, Some(day)) if !section.meant.contains(&"from") => day,
        _ => reader.required(&section, "from", "2025-06-04").and_then(|w| reader.date(w)),
    };
    let until = table.get("until").map(|w| (reader.date(w), w));
    let authority = table.get("authority").map(|w| reader.text(w, "the name of an authority"));
    let usmca_exempt = flag(reader, table, "usmca_exempt");
    let replaces_base = flag(reader, table, "replaces_base");
    let displaces = displaced(reader, table);

    if let (Some(from), Some((Some(until), written))) = (from, &until)
        && *until < from
    {
        let message = format!("the last day, {until}, is before the first, {from}");
        reader.error(&written.place, message, Some("until is the last day in force".to_owned()));
    }
    let last_day = until.as_ref().and_then(|(u, _)| *u);
    match (from, table.get("from"), when.event.flatten()) {
        (Some(from), _, Some(day)) => warn_of_event(reader, table, place, &section.name, (from, last_day), day),
        (Some(from), Some(w), None) => warn_of_dates(reader, w, &section.name, from, last_day, when.periods),
        _ => {}
    }
    let (importer, exporters, sectors) = (importer?, exporters?, sectors?);
    warn_of_no_trade(reader, place, &section.name, importer, &exporters, &sectors);
    if usmca_exempt == Some(true) {
        warn_of_idle_exemption(reader, table, importer, &exporters);
    }
    Some(Measure {
        name: name?.to_owned(),
        importer,
        exporters,
        sectors,
        rate: rate?,
        from: from?,
        until: match until {
            None => None,
            Some((until, _)) => Some(until?),
        },
        authority: match authority {
            None => None,
            Some(text) => Some(text?.to_owned()),
        },
        usmca_exempt: usmca_exempt?,
        coverage: coverage?,
        displaces: displaces?,
        replaces_base: replaces_base?,
    })
}

fn flag(reader: &mut Reader<'_>, table: &Table, key: &str) -> Option<bool> {
    table.get(key).map_or(Some(false), |w| reader.boolean(w))
}

fn importer(reader: &mut Reader<'_>, written: &Written) -> Option<usize> {
    match &written.value {
        Value::Text(code) if code == "*" => {
            let help = "write one [[tariff]] for each importer".to_owned();
            reader.error(&written.place, "a measure has one importer, not all", Some(help));
            None
        }
        Value::Text(code) => reader.region(code, &written.place),
        Value::List(_) => {
            let help = "write the code of one region, and a [[tariff]] for each other importer".to_owned();
            reader.wrong_type(written, "the code of one region", Some(help));
            None
        }
        _ => {
            reader.wrong_type(written, "the code of a region", None);
            None
        }
    }
}

fn exporters(reader: &mut Reader<'_>, written: &Written, importer: Option<usize>) -> Option<Vec<usize>> {
    let listed = reader.names(written, "region codes", |r, code, place| {
        let region = r.region(code, place)?;
        if Some(region) == importer {
            let help = "a tariff is on imports: take the importer out of the exporters".to_owned();
            r.error(place, format!("{} is the importer of this measure", quoted(code)), Some(help));
        }
        Some(region)
    })?;
    match listed {
        Some(regions) => Some(regions),
        None => Some((0..reader.baseline?.regions.len()).filter(|r| Some(*r) != importer).collect()),
    }
}

/// What a missing list of sectors means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usual {
    All,
    /// It must be given.
    Nothing,
}

/// `sectors` and `except`; where neither is written and `usual` says so, all.
pub(super) fn sectors(reader: &mut Reader<'_>, section: &Section<'_>, usual: Usual) -> Option<Vec<usize>> {
    if usual == Usual::All && section.table.get("sectors").is_none() && section.table.get("except").is_none() {
        return Some((0..reader.baseline?.sectors.len()).collect());
    }
    let except = match section.table.get("except") {
        None => Some(None),
        Some(w) => match reader.sectors(w) {
            Some(None) => {
                reader.error(&w.place, "except = \"*\" would leave nothing", None);
                None
            }
            listed => listed,
        },
    };
    let written = reader.required(section, "sectors", "[\"steel_iron\"], or \"*\" for all")?;
    let listed = reader.sectors(written)?;
    match (listed, except?) {
        (None, except) => {
            let except = except.unwrap_or_default();
            let left: Vec<usize> = (0..reader.baseline?.sectors.len()).filter(|s| !except.contains(s)).collect();
            if left.is_empty() {
                reader.error(&written.place, "except leaves no sector", None);
                return None;
            }
            Some(left)
        }
        (Some(sectors), None) => Some(sectors),
        (Some(_), Some(_)) => {
            let place = section.table.entry("except").map_or(section.place, |e| &e.key_place);
            reader.error(place, "except goes with sectors = \"*\" only", Some("take the sectors out of the list".to_owned()));
            None
        }
    }
}

fn displaced(reader: &mut Reader<'_>, table: &Table) -> Option<Vec<String>> {
    let Some(written) = table.get("displaces") else {
        return Some(Vec::new());
    };
    let Value::List(items) = &written.value else {
        let help = match &written.value {
            Value::Text(text) => Some(format!("write [{text:?}]")),
            _ => None,
        };
        reader.wrong_type(written, "a list of authorities", help);
        return None;
    };
    let texts: Vec<String> = items.iter().filter_map(|item| reader.text(item, "the name of an authority").map(str::to_owned)).collect();
    (texts.len() == items.len()).then_some(texts)
}

/// Warns of displaced authorities that no measure of these lists has. Compared as written, so that a measure with an error elsewhere still counts.
pub(super) fn check_displaced(reader: &mut Reader<'_>, lists: &[&Written]) {
    let tables = || {
        lists.iter().flat_map(|list| items(list)).filter_map(|e| match &e.value {
            Value::Table(table) => Some(table),
            _ => None,
        })
    };
    let text = |w: &Written| match &w.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let mut known: Vec<String> = tables().filter_map(|t| text(t.get("authority")?)).collect();
    known.sort();
    known.dedup();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for table in tables() {
        let Some(Value::List(items)) = table.get("displaces").map(|w| &w.value) else {
            continue;
        };
        for item in items {
            if let Some(name) = text(item).filter(|n| known.binary_search(&n.as_str()).is_err()) {
                let message = format!("no measure has the authority {}, so this displaces nothing", quoted(&name));
                reader.warn(&item.place, message, suggest(&name, &known));
            }
        }
    }
}

fn warn_of_dates(reader: &mut Reader<'_>, written: &Written, section: &str, from: Date, until: Option<Date>, periods: &[Period]) {
    if periods.is_empty() || until.is_some_and(|u| u < from) {
        return;
    }
    let meets = periods.iter().any(|p| from <= p.last_day && until.is_none_or(|u| u >= p.first_day));
    if !meets {
        let (first, last) = (&periods[0].first_day, &periods[periods.len() - 1].last_day);
        let message = format!("{section} is never in force in the periods of the run, {first} to {last}");
        reader.warn(&written.place, message, None);
    }
}

/// What an event brings does not hold before its day.
fn warn_of_event(reader: &mut Reader<'_>, table: &Table, place: &Place, section: &str, (from, until): (Date, Option<Date>), day: Date) {
    let place_of = |key: &str| table.get(key).map_or(place, |w| &w.place);
    if let Some(until) = until.filter(|until| *until < day && *until >= from) {
        let message = format!("{section} is never in force: its last day, {until}, is before the day of the event, {day}");
        reader.warn(place_of("until"), message, None);
    } else if from < day {
        let message = format!("{section} is in force from the day of the event on, {day}, and not before");
        reader.warn(place_of("from"), message, Some("leave from out, or set it to a later day".to_owned()));
    }
}

fn warn_of_no_trade(reader: &mut Reader<'_>, place: &Place, section: &str, importer: usize, exporters: &[usize], sectors: &[usize]) {
    let Some(baseline) = reader.baseline else {
        return;
    };
    let trade = sectors.iter().any(|s| exporters.iter().any(|e| *e != importer && baseline.flow(*s, *e, importer).value > 0.0));
    if !trade && !exporters.is_empty() && !sectors.is_empty() {
        reader.warn(place, format!("{section} meets no trade: the baseline has none of these goods from there"), None);
    }
}

/// An exemption works through `preferences.csv`: where none of the exporters is in it, nobody can claim.
fn warn_of_idle_exemption(reader: &mut Reader<'_>, table: &Table, importer: usize, exporters: &[usize]) {
    let (Some(baseline), Some(written)) = (reader.baseline, table.get("usmca_exempt")) else {
        return;
    };
    let claimed = baseline.preferences.iter().any(|p| p.agreement == "usmca" && p.importer == importer && exporters.contains(&p.exporter));
    if !claimed {
        let market = &baseline.regions[importer].code;
        let message = format!("this exempts nothing: preferences.csv has none of these exporters into {market} under usmca");
        reader.warn(&written.place, message, None);
    }
}
