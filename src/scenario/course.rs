//! A number over the periods: the same in all, or a process that is drawn to a level (MODEL 9).

use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::{Place, Table, Value, Written};
use crate::uncertainty::Number;

pub(super) const KEYS: [&str; 4] = ["process", "sd", "speed", "level"];

/// How a multiple of the base year's figure runs over the periods.
#[derive(Debug, Clone, PartialEq)]
pub enum Course {
    /// The same in every period.
    Constant(Number),
    MeanReverting(MeanReverting),
}

/// An Ornstein–Uhlenbeck process of the log, x = ln(multiple), from zero in the middle of the base year:
/// x(t+Δ) = ln(level) + (x(t) − ln(level)) e^(−speed·Δ) + sd √(1 − e^(−2·speed·Δ)) z.
///
/// Written `{ process = "mean-reverting", sd = 0.25, speed = 0.8, level = 1.0 }`.
#[derive(Debug, Clone, PartialEq)]
pub struct MeanReverting {
    /// Its name, e.g. `freight.sea."*"`; the standard normal of period 2026 is named `freight.sea."*".2026`.
    pub path: String,
    /// Of the log, in the long run.
    pub sd: Number,
    /// A year.
    pub speed: Number,
    /// What the multiple is drawn to; 1, the base year, if not given.
    pub level: Number,
}

pub(super) const PROCESSES: [(&str, ()); 1] = [("mean-reverting", ())];
const EXAMPLE: &str = "{ process = \"mean-reverting\", sd = 0.25, speed = 0.8 }";

/// Whether the table under a mode or region is a value, rather than a table of values.
pub(super) fn is_value(table: &Table) -> bool {
    table.get("dist").is_some() || table.get("process").is_some()
}

/// Reads a number over the periods; `path` is its name should it be uncertain. What is wrong is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, quantity: Quantity, path: &str) -> Option<Course> {
    if let Value::Table(table) = &written.value {
        if table.get("process").is_some() {
            return process(reader, table, &written.place, quantity, path).map(Course::MeanReverting);
        }
        if table.get("dist").is_none() && table.get("speed").is_some() && !reader.torn {
            let help = "add process = \"mean-reverting\"".to_owned();
            reader.error(&written.place, "a process without process, which says of which kind it is", Some(help));
            return None;
        }
    }
    number::read(reader, written, quantity, path).map(Course::Constant)
}

/// A mean-reverting process; `level` is of the quantity that it runs through.
fn process(reader: &mut Reader<'_>, table: &Table, place: &Place, quantity: Quantity, path: &str) -> Option<MeanReverting> {
    let section = reader.section(table, place, "a mean-reverting process", &KEYS);
    let kind = table.get("process").and_then(|w| reader.choice(w, "process", &PROCESSES));
    let mut part = |key: &str, quantity: Quantity| {
        let written = table.get(key)?;
        number::read(reader, written, quantity, &format!("{path}.{key}"))
    };
    let (sd, speed, level) = (part("sd", Quantity::LogSd), part("speed", Quantity::Speed), part("level", quantity));
    let missing: Vec<&str> = ["sd", "speed"].into_iter().filter(|key| table.get(key).is_none() && !section.meant.contains(key)).collect();
    if !missing.is_empty() && !reader.torn {
        let help = format!("write {EXAMPLE}: the standard deviation of the log in the long run, and the speed a year of its return");
        reader.error(place, format!("a mean-reverting process without {}", missing.join(" and ")), Some(help));
    }
    kind?;
    let level = if table.get("level").is_some() { level? } else { Number::Fixed(1.0) };
    Some(MeanReverting { path: path.to_owned(), sd: sd?, speed: speed?, level })
}
