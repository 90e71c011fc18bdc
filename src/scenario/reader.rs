//! The door: asks a written value for what a section expects, and notes what is wrong with it instead of stopping there.

use super::syntax::other_date;
use super::written::{Place, Table, Value, Written};
use crate::baseline::{Baseline, InputFile, Mode, without_accents};
use crate::diagnostics::{Diagnostics, nearest, quoted, suggest};
use jiff::civil::Date;

/// What a resolution carries through the sections: the world that names are looked up in, and all that was found wrong so far.
pub(super) struct Reader<'a> {
    /// `None` where the baseline could not be read: names then stay unresolved, and everything else is still checked.
    pub baseline: Option<&'a Baseline>,
    pub found: Diagnostics,
    /// Files read on the way, for the manifest.
    pub files: Vec<InputFile>,
    /// A syntax error may have swallowed keys, so that none is called missing.
    pub torn: bool,
    /// Errors and warnings made here, told or not.
    errors: usize,
    warnings: usize,
}

/// What messages call the scenario's own table.
pub(super) const ROOT: &str = "the scenario";
/// Errors after this many are not kept, nor warnings: the file is something else than a scenario, and may hold millions of them.
const MOST_TOLD: usize = 1000;
/// The longest list of names; no world has as many regions and sectors.
const LONGEST_LIST: usize = 10_000;

/// A table of the file, with what to call it and which of its keys were probably meant by those that nobody knows.
pub(super) struct Section<'t> {
    pub table: &'t Table,
    pub place: &'t Place,
    pub name: String,
    pub meant: Vec<&'t str>,
}

impl<'a> Reader<'a> {
    pub fn new(baseline: Option<&'a Baseline>) -> Reader<'a> {
        Reader { baseline, found: Diagnostics::default(), files: Vec::new(), torn: false, errors: 0, warnings: 0 }
    }

    pub fn error(&mut self, place: &Place, message: impl Into<String>, help: Option<String>) {
        self.errors += 1;
        if self.errors > MOST_TOLD {
            return;
        }
        self.found.error_at(&place.source, place.span.clone(), message, help);
    }

    pub fn warn(&mut self, place: &Place, message: impl Into<String>, help: Option<String>) {
        self.warnings += 1;
        if self.warnings > MOST_TOLD {
            return;
        }
        self.found.warn_at(&place.source, place.span.clone(), message, help);
    }

    pub fn wrong_type(&mut self, written: &Written, expected: &str, help: Option<String>) {
        if !matches!(written.value, Value::Broken) {
            self.error(&written.place, format!("expected {expected}, found {}", written.described()), help);
        }
    }

    /// A table with these keys, and an error for each other key in it.
    pub fn section<'t>(&mut self, table: &'t Table, place: &'t Place, name: impl Into<String>, known: &[&'t str]) -> Section<'t> {
        let mut section = Section { table, place, name: name.into(), meant: Vec::new() };
        for entry in &table.entries {
            if !known.contains(&entry.key.as_str()) && self.errors < MOST_TOLD {
                let message = format!("unknown key {} in {}", quoted(&entry.key), section.name);
                let near = nearest(&entry.key, known.iter().copied());
                // A header that cannot be read leaves its keys to the scenario itself.
                if near.is_none() && self.torn && section.name == ROOT {
                    continue;
                }
                section.meant.extend(near);
                self.error(&entry.key_place, message, suggest(&entry.key, known));
            }
        }
        section
    }

    /// The value of a key that must be there. It is not called missing where a key looks like it misspelt.
    pub fn required<'t>(&mut self, section: &Section<'t>, key: &str, example: &str) -> Option<&'t Written> {
        let value = section.table.get(key);
        if value.is_none() && !self.torn && !section.meant.contains(&key) {
            let message = format!("{} has no {key}", section.name);
            self.error(section.place, message, Some(format!("add {key} = {example}")));
        }
        value
    }

    pub fn table<'t>(&mut self, written: &'t Written, expected: &str, help: Option<String>) -> Option<&'t Table> {
        match &written.value {
            Value::Table(table) => Some(table),
            _ => {
                self.wrong_type(written, expected, help);
                None
            }
        }
    }

    /// A text that says something: not empty, on one line or many.
    pub fn text<'t>(&mut self, written: &'t Written, expected: &str) -> Option<&'t str> {
        match &written.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.error(&written.place, format!("expected {expected}, found an empty text"), None);
                None
            }
            Value::Text(text) => Some(text),
            _ => {
                self.wrong_type(written, expected, None);
                None
            }
        }
    }

    pub fn boolean(&mut self, written: &Written) -> Option<bool> {
        match &written.value {
            Value::Boolean(value) => Some(*value),
            Value::Text(text) if matches!(text.as_str(), "true" | "false") => {
                self.wrong_type(written, "true or false", Some(format!("write {text} without quotes")));
                None
            }
            _ => {
                self.wrong_type(written, "true or false", None);
                None
            }
        }
    }

    /// A whole number from `least` to `most`; `why` says what the limit is for.
    pub fn integer(&mut self, written: &Written, name: &str, least: u64, most: u64, why: &str) -> Option<u64> {
        match &written.value {
            Value::Integer(Some(n)) => match u64::try_from(*n).ok().filter(|n| (least..=most).contains(n)) {
                Some(n) => Some(n),
                None => {
                    let message =
                        format!("{name} = {} lies outside {} to {}", grouped(*n), grouped(i128::from(least)), grouped(i128::from(most)));
                    self.error(&written.place, message, Some(why.to_owned()));
                    None
                }
            },
            Value::Integer(None) => {
                let message = format!("{name} has more than 38 digits; at most {}", grouped(i128::from(most)));
                self.error(&written.place, message, Some(why.to_owned()));
                None
            }
            Value::Float(x) if x.fract() == 0.0 && (0.0..1e18).contains(x) => {
                let source = written.place.source.text.get(written.place.span.clone()).unwrap_or("");
                let help = match source.split_once('.') {
                    Some((left, right)) if right.len() == 3 => format!("write {x:.0}, or {left}_{right} if thousands were meant"),
                    _ => format!("write {x:.0}"),
                };
                self.wrong_type(written, "a whole number", Some(help));
                None
            }
            _ => {
                self.wrong_type(written, "a whole number", None);
                None
            }
        }
    }

    pub fn date(&mut self, written: &Written) -> Option<Date> {
        match &written.value {
            Value::Date(stamp) if stamp.time.is_none() && stamp.offset.is_none() => {
                let day = stamp.date?;
                let parts = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?);
                match Date::new(parts.0, parts.1, parts.2) {
                    Ok(date) => Some(date),
                    Err(_) => {
                        self.error(&written.place, format!("the date {day} does not exist"), None);
                        None
                    }
                }
            }
            Value::Date(stamp) => {
                let help = stamp.date.map(|day| format!("write the day alone: {day}"));
                self.wrong_type(written, "a date without a time", help);
                None
            }
            Value::Text(text) if text.trim().parse::<Date>().is_ok() => {
                self.wrong_type(written, "a date", Some(format!("write {} without quotes", text.trim())));
                None
            }
            Value::Table(table) if table.get("dist").is_some() => {
                let help = "write a date: 2025-06-04; only the start of a [[service]], the date of an [[expansion]] and the from of a [land_bridge] may be \
                            uncertain";
                self.error(&written.place, "this date cannot be a distribution", Some(help.to_owned()));
                None
            }
            _ => {
                let meant = match &written.value {
                    Value::Text(text) => other_date(text.trim()),
                    _ => None,
                };
                let help = format!("write year-month-day without quotes: {}", meant.as_deref().unwrap_or("2025-06-04"));
                self.wrong_type(written, "a date", Some(help));
                None
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, written: &Written, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(n, _)| *n).collect();
        let Value::Text(text) = &written.value else {
            self.wrong_type(written, &format!("one of {}", names.join(", ")), None);
            return None;
        };
        let chosen = choices.iter().find(|(n, _)| n == text).map(|(_, v)| *v);
        if chosen.is_none() {
            let message = format!("unknown {name} {}", quoted(text));
            let help = match suggest(text, &names) {
                Some(close) if close.starts_with("did") => Some(format!("{close} (known: {})", names.join(", "))),
                other => other,
            };
            self.error(&written.place, message, help);
        }
        chosen
    }

    /// The index of a region by its code.
    pub fn region(&mut self, code: &str, place: &Place) -> Option<usize> {
        let baseline = self.baseline?;
        let index = baseline.region(code);
        if index.is_none() {
            let help = match baseline.regions.iter().find(|r| r.name.eq_ignore_ascii_case(code)) {
                Some(named) => Some(format!("write its code: {:?}", named.code)),
                None => suggest(code, &codes(baseline.regions.iter().map(|r| &r.code))),
            };
            self.error(place, format!("unknown region {}", quoted(code)), help);
        }
        index
    }

    /// The index of a sector by its code.
    pub fn sector(&mut self, code: &str, place: &Place) -> Option<usize> {
        let baseline = self.baseline?;
        let index = baseline.sector(code);
        if index.is_none() {
            let help = match baseline.sectors.iter().find(|s| s.name.eq_ignore_ascii_case(code)) {
                Some(named) => Some(format!("write its code: {:?}", named.code)),
                None => suggest(code, &codes(baseline.sectors.iter().map(|s| &s.code))),
            };
            self.error(place, format!("unknown sector {}", quoted(code)), help);
        }
        index
    }

    /// The index of a port by its name, with or without its accents.
    pub fn port(&mut self, name: &str, place: &Place) -> Option<usize> {
        let baseline = self.baseline?;
        if baseline.ports.is_empty() {
            let help = "add ports.csv to its folder: port, region, coast, lat, lon, throughput_teu, capacity_teu, wait_days, …".to_owned();
            self.error(place, "the baseline knows no ports", Some(help));
            return None;
        }
        let index = baseline.port(name);
        if index.is_none() {
            let names: Vec<&str> = codes(baseline.ports.iter().map(|p| &p.name));
            let plain: Vec<String> = names.iter().map(|n| without_accents(n)).collect();
            let close = nearest(&without_accents(name), plain.iter().map(String::as_str)).and_then(|n| plain.iter().position(|p| p == n));
            let help = close.and_then(|i| names.get(i)).map_or_else(|| suggest(name, &names), |n| Some(format!("did you mean {n:?}?")));
            self.error(place, format!("unknown port {}", quoted(name)), help);
        }
        index
    }

    /// A list of names, or `"*"`: `Some(None)` for the star. Each name goes through `look_up`; what it refuses is left out of the list.
    /// `None` where the value is no such list; an empty one comes of names that are all unknown.
    pub fn names<T: Copy + PartialEq>(
        &mut self,
        written: &Written,
        what: &str,
        mut look_up: impl FnMut(&mut Self, &str, &Place) -> Option<T>,
    ) -> Option<Option<Vec<T>>> {
        let items = match &written.value {
            Value::Text(text) if text == "*" => return Some(None),
            Value::Text(text) => {
                let help = format!("write [{text:?}], or \"*\" for all");
                self.wrong_type(written, &format!("a list of {what}"), Some(help));
                return None;
            }
            Value::List(items) => items,
            _ => {
                self.wrong_type(written, &format!("a list of {what} or \"*\""), None);
                return None;
            }
        };
        if items.is_empty() {
            self.error(
                &written.place,
                format!("the list of {what} is empty"),
                Some("name at least one, or write \"*\" for all".to_owned()),
            );
            return None;
        }
        if items.len() > LONGEST_LIST {
            self.error(&written.place, format!("a list of {} {what} is too long", items.len()), None);
            return None;
        }
        let mut seen: Vec<&str> = Vec::with_capacity(items.len());
        let mut out = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Text(text) if text == "*" => {
                    self.error(
                        &item.place,
                        "\"*\" stands for all and cannot be in a list",
                        Some("write \"*\" without brackets".to_owned()),
                    );
                }
                Value::Text(text) if seen.contains(&text.as_str()) => {
                    self.error(&item.place, format!("{} is listed twice", quoted(text)), None);
                }
                Value::Text(text) => {
                    seen.push(text);
                    out.extend(look_up(self, text, &item.place));
                }
                _ => self.wrong_type(item, &format!("a text in the list of {what}"), None),
            }
        }
        Some(Some(out))
    }

    pub fn regions(&mut self, written: &Written) -> Option<Option<Vec<usize>>> {
        self.names(written, "region codes", |r, code, place| r.region(code, place))
    }

    pub fn sectors(&mut self, written: &Written) -> Option<Option<Vec<usize>>> {
        self.names(written, "sector codes", |r, code, place| r.sector(code, place))
    }

    pub fn mode(&mut self, name: &str, place: &Place) -> Option<Mode> {
        let found = MODES.iter().find(|(n, _)| *n == name).map(|(_, m)| *m);
        if found.is_none() {
            let known: Vec<&str> = MODES.iter().map(|(n, _)| *n).collect();
            self.error(place, format!("unknown mode {}", quoted(name)), suggest(name, &known));
        }
        found
    }
}

/// Modes by the names that a file gives them.
pub(super) const MODES: [(&str, Mode); 6] = [
    ("truck", Mode::Truck),
    ("rail", Mode::Rail),
    ("sea", Mode::Sea),
    ("air", Mode::Air),
    ("pipeline", Mode::Pipeline),
    ("other", Mode::Other),
];

/// The name of a mode.
pub(super) fn mode_name(mode: Mode) -> &'static str {
    MODES.iter().find(|(_, m)| *m == mode).map_or("other", |(name, _)| name)
}

fn codes<'b>(from: impl Iterator<Item = &'b String>) -> Vec<&'b str> {
    from.map(String::as_str).collect()
}

/// 1000000 as 1_000_000, the way TOML allows it.
fn grouped(n: i128) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('_');
        }
        out.push(c);
    }
    if n < 0 { format!("-{out}") } else { out }
}
