//! `[correlation]`: which uncertain numbers go together, as Spearman's rank correlation by parameter path, and what copula joins them (MODEL 10).
//!
//! `pairs = [["elasticities.import.*", "elasticities.domestic.*", 0.5]]`: a bare `*` is any part, and two paths go together where it is the same
//! for both; the `"*"` in quotes is the part of that name.

use super::course::is_value;
use super::number;
use super::path::{self, Part};
use super::reader::Reader;
use super::written::{Place, Value, Written};
use crate::uncertainty::Copula;

pub(super) const KEYS: [&str; 3] = ["copula", "repair", "pairs"];
pub(super) const T_KEYS: [&str; 2] = ["dist", "df"];

/// `[correlation]`, as read; the paths are looked up once the run's parameters are known, by [`Correlation::pairs_of`].
#[derive(Debug, Clone)]
pub struct Correlation {
    pub copula: Copula,
    /// Whether a matrix that cannot be is replaced by the nearest that can.
    pub repair: bool,
    pub pairs: Vec<CorrelatedPair>,
}

/// One entry of `pairs`.
#[derive(Debug, Clone)]
pub struct CorrelatedPair {
    /// Dotted paths, in parts; `None` is a bare `*`, which stands for any one part.
    pub first: Vec<Option<String>>,
    pub second: Vec<Option<String>>,
    /// Spearman's ρ, −1 to 1.
    pub spearman: f64,
    pub(super) place: Place,
    /// Of the two paths.
    pub(super) path_places: [Place; 2],
}

const EXAMPLE: &str = "[\"elasticities.import.steel_iron\", \"elasticities.supply.steel_iron\", 0.3]";
const T_EXAMPLE: &str = "copula = { dist = \"student-t\", df = 4 }";

/// Reads `[correlation]`. What is wrong is noted, and left out.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Option<Correlation> {
    let table = reader.table(written, "a table [correlation]", None)?;
    let section = reader.section(table, &written.place, "[correlation]", &KEYS);
    let copula = table.get("copula").map_or(Some(Copula::Gaussian), |w| copula(reader, w));
    let repair = table.get("repair").map_or(Some(false), |w| reader.boolean(w));
    let pairs = reader.required(&section, "pairs", &format!("[{EXAMPLE}]"))?;
    let Value::List(items) = &pairs.value else {
        reader.wrong_type(pairs, "a list of pairs", Some(format!("write pairs = [{EXAMPLE}]")));
        return None;
    };
    let pairs = items.iter().filter_map(|item| pair(reader, item)).collect();
    Some(Correlation { copula: copula?, repair: repair?, pairs })
}

/// `"gaussian"`, or a table that names the copula with its parameters.
fn copula(reader: &mut Reader<'_>, written: &Written) -> Option<Copula> {
    let (name, table) = match &written.value {
        Value::Table(table) => {
            let Some(name) = table.get("dist") else {
                let help = format!("write {T_EXAMPLE}, or copula = \"gaussian\"");
                reader.error(&written.place, "a copula without dist, which says of which kind it is", Some(help));
                return None;
            };
            (name, Some(table))
        }
        Value::Text(_) => (written, None),
        _ => {
            reader.wrong_type(written, "a copula", Some(format!("write copula = \"gaussian\" or {T_EXAMPLE}")));
            return None;
        }
    };
    let is_t = reader.choice(name, "copula", &[("gaussian", false), ("student-t", true)])?;
    let keys: &[&str] = if is_t { &T_KEYS } else { &T_KEYS[..1] };
    let called = if is_t { "the student-t copula" } else { "the gaussian copula" };
    let section = table.map(|table| reader.section(table, &written.place, called, keys));
    if !is_t {
        return Some(Copula::Gaussian);
    }
    let Some(df) = table.and_then(|table| table.get("df")) else {
        if !reader.torn && section.is_none_or(|section| !section.meant.contains(&"df")) {
            let help = format!("write {T_EXAMPLE}: the fewer degrees of freedom, the more extremes come together");
            reader.error(&written.place, "a student-t copula without df, its degrees of freedom", Some(help));
        }
        return None;
    };
    if matches!(&df.value, Value::Table(inner) if is_value(inner)) {
        reader.error(&df.place, "the degrees of freedom of a copula cannot be a distribution", Some("write df = 4".to_owned()));
        return None;
    }
    let value = number::plain(reader, df)?;
    let copula = Copula::student_t(value);
    if let Err(refusal) = &copula {
        let message = format!("{} degrees of freedom; expected {}", number::as_written(df), refusal.expected);
        reader.error(&df.place, message, Some("write df = 4".to_owned()));
    }
    copula.ok()
}

/// `[path, path, ρ]`
fn pair(reader: &mut Reader<'_>, written: &Written) -> Option<CorrelatedPair> {
    let Value::List(items) = &written.value else {
        reader.wrong_type(written, "a pair of paths with its rank correlation", Some(format!("write {EXAMPLE}")));
        return None;
    };
    let [first, second, spearman] = &items[..] else {
        let message = format!("expected two paths and a rank correlation, found a list of {}", items.len());
        reader.error(&written.place, message, Some(format!("write {EXAMPLE}")));
        return None;
    };
    let paths = [first, second].map(|w| {
        let text = reader.text(w, "the path of an uncertain number")?;
        path::read(reader, text, &w.place)
    });
    let spearman = rank_correlation(reader, spearman);
    let [Some(one), Some(other)] = paths else {
        return None;
    };
    let [one, other] = [one, other].map(pattern);
    // The same pattern twice is every pair among what it matches; the same path twice is nothing.
    if one == other && one.iter().all(Option::is_some) {
        let message = "a number with itself: its correlation is always 1";
        reader.error(&written.place, message, Some("name two numbers, or remove the pair".to_owned()));
        return None;
    }
    let path_places = [first, second].map(|w| w.place.clone());
    Some(CorrelatedPair { first: one, second: other, spearman: spearman?, place: written.place.clone(), path_places })
}

/// Parts with the bare stars left open.
fn pattern(parts: Vec<Part>) -> Vec<Option<String>> {
    parts.into_iter().map(|part| if part.bare && part.name == "*" { None } else { Some(part.name) }).collect()
}

/// ρ, −1 to 1.
fn rank_correlation(reader: &mut Reader<'_>, written: &Written) -> Option<f64> {
    if let Value::Table(table) = &written.value
        && is_value(table)
    {
        reader.error(&written.place, "a correlation cannot be a distribution", Some("write its mean, e.g. 0.3".to_owned()));
        return None;
    }
    let percentage = matches!(&written.value, Value::Text(text) if text.trim().ends_with('%'));
    if !percentage && !matches!(written.value, Value::Integer(_) | Value::Float(_)) {
        reader.wrong_type(written, "a rank correlation, -1 to 1", Some(format!("write {EXAMPLE}")));
        return None;
    }
    let value = number::plain(reader, written)?;
    if value.abs() <= 1.0 {
        return Some(value);
    }
    let digits = number::as_written(written);
    let message = format!("a rank correlation of {digits}: it must be -1 to 1");
    let help = ((2.0..=100.0).contains(&value.abs()) && !matches!(written.value, Value::Text(_)))
        .then(|| format!("write \"{digits}%\" if a percentage was meant"));
    reader.error(&written.place, message, help);
    None
}
