//! `[[sweep]]`: a grid of scenarios that differ in a few values: `path = "tariff.\"Steel\".rate"`, `values = ["0%", "25%", "50%"]`. Every combination is a point,
//! the last sweep changing fastest; a point is the scenario with its values in place of what it says there, read and checked like any other.

use super::document::Document;
use super::measure::entries;
use super::number;
use super::path;
use super::reader::Reader;
use super::swept::{self, Step};
use super::written::{Place, Table, Value, Written};
use crate::diagnostics::{Diagnostic, Diagnostics, quoted};
use std::collections::HashSet;

pub(super) const KEYS: [&str; 3] = ["name", "path", "values"];

/// One dimension of the grid.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// Its `name`, or its path where it has none.
    pub label: String,
    /// As written, e.g. `tariff."Steel".rate`.
    pub path: String,
    /// As written, without the quotes around a text.
    pub values: Vec<String>,
    /// The values as numbers, `"25%"` as 0.25, where all of them are.
    pub numbers: Option<Vec<f64>>,
    steps: Vec<Step>,
    path_place: Place,
    written: Vec<Written>,
}

/// One combination of values.
#[derive(Debug, Clone)]
pub struct Point {
    /// From 1, in the order of the grid.
    pub number: usize,
    /// Label and value of each sweep.
    pub values: Vec<(String, String)>,
    /// Which of each sweep's values.
    pub places: Vec<usize>,
}

/// A grid of more points is taken for a mistake: each is a run and a folder of its own.
const MOST_POINTS: usize = 10_000;

/// What every point has in common, and why.
const COMMON: [(&str, &str); 8] = [
    ("baseline", "the points of a grid share a baseline; write one scenario for each, with extends"),
    ("extends", "write one scenario for each, with extends"),
    ("sweep", "add another [[sweep]] for another dimension"),
    ("simulation", "the points of a grid share their draws, so that only the swept values tell them apart"),
    ("periods", "the points of a grid share their periods, so that their tables stand side by side"),
    ("outcome", "the points of a grid share their outcomes, so that their tables stand side by side"),
    ("title", "a title changes no figure"),
    ("description", "a description changes no figure"),
];

impl Document {
    /// The dimensions of the scenario's grid, in the order of the file; none where it sweeps nothing.
    ///
    /// # Errors
    /// What is wrong with the `[[sweep]]` tables themselves, and paths that lead nowhere.
    pub fn sweeps(&self) -> Result<Vec<Sweep>, Diagnostics> {
        let mut reader = Reader::new(None);
        reader.torn = self.torn;
        let sweeps = read(&mut reader, &self.root);
        if reader.found.has_errors() {
            reader.found.sort();
            return Err(reader.found);
        }
        Ok(sweeps)
    }

    /// The points of the scenario's grid; none where it sweeps nothing. [`Document::at`] gives the scenario of a point.
    ///
    /// # Errors
    /// As [`Document::sweeps`].
    pub fn points(&self) -> Result<Vec<Point>, Diagnostics> {
        Ok(points(&self.sweeps()?))
    }

    /// The scenario of a point of the grid of these sweeps: without them, and with the point's values where they lead.
    pub fn at(&self, sweeps: &[Sweep], point: &Point) -> Document {
        // Thousands of values are not copied only to be left out.
        let kept = self.root.entries.iter().filter(|entry| entry.key != "sweep").cloned().collect();
        let mut document = Document {
            path: self.path.clone(),
            root: Table { entries: kept },
            baseline: self.baseline.clone(),
            files: self.files.clone(),
            sources: self.sources.clone(),
            found: self.found.clone(),
            torn: self.torn,
            source: self.source.clone(),
        };
        for (sweep, value) in sweeps.iter().zip(&point.places) {
            if let Some(value) = sweep.written.get(*value) {
                swept::put(&mut document.root, &sweep.steps, value, &sweep.path_place);
            }
        }
        document
    }
}

impl Sweep {
    /// Whether something is said of one of the values or of the path.
    pub(super) fn holds(&self, item: &Diagnostic) -> bool {
        let places = self.written.iter().map(|value| &value.place).chain([&self.path_place]);
        let Some(span) = &item.span else { return false };
        places.into_iter().any(|place| *place.source.path == *item.path && place.span.start <= span.start && span.end <= place.span.end)
    }
}

/// Every combination, the last sweep changing fastest.
pub(super) fn points(sweeps: &[Sweep]) -> Vec<Point> {
    if sweeps.is_empty() {
        return Vec::new();
    }
    let count: usize = sweeps.iter().map(|sweep| sweep.values.len()).product();
    let point = |at: usize| {
        let mut rest = at;
        let mut places: Vec<usize> = Vec::with_capacity(sweeps.len());
        for sweep in sweeps.iter().rev() {
            places.push(rest % sweep.values.len());
            rest /= sweep.values.len();
        }
        places.reverse();
        let values = sweeps.iter().zip(&places).map(|(sweep, value)| (sweep.label.clone(), sweep.values[*value].clone())).collect();
        Point { number: at + 1, values, places }
    };
    (0..count).map(point).collect()
}

/// Reads every `[[sweep]]` of a scenario. What is wrong is noted, and left out.
pub(super) fn read(reader: &mut Reader<'_>, root: &Table) -> Vec<Sweep> {
    let mut out: Vec<Sweep> = Vec::new();
    let Some(written) = root.get("sweep") else {
        return out;
    };
    let mut count: usize = 1;
    for entry in entries(reader, written, "sweep").unwrap_or_default() {
        let Some(table) = reader.table(entry, "a table [[sweep]]", None) else {
            continue;
        };
        let Some(sweep) = one(reader, table, &entry.place, root) else {
            continue;
        };
        if let Some(other) = out.iter().find(|other| within(&other.steps, &sweep.steps) || within(&sweep.steps, &other.steps)) {
            let (message, help) = match other.steps == sweep.steps {
                true => (format!("a second [[sweep]] of {}", quoted(&sweep.path)), "give all of its values in one"),
                false => (format!("{} and {} are one within the other", quoted(&sweep.path), quoted(&other.path)), "sweep one of the two"),
            };
            reader.error(&sweep.path_place, message, Some(help.to_owned()));
        } else if out.iter().any(|other| other.label == sweep.label) {
            let message = format!("a second [[sweep]] is named {}", quoted(&sweep.label));
            let place = table.get("name").map_or(&sweep.path_place, |w| &w.place);
            reader.error(place, message, Some("give each a name of its own, which heads its column in the table".to_owned()));
        } else if COLUMNS.contains(&sweep.label.as_str()) {
            let message = format!("a [[sweep]] is named {}, as a column that sweep.csv has already", quoted(&sweep.label));
            let place = table.get("name").map_or(&sweep.path_place, |w| &w.place);
            reader.error(place, message, Some("give it another name, or none: its path heads its column then".to_owned()));
        }
        let before = count;
        count = count.saturating_mul(sweep.values.len());
        if before <= MOST_POINTS && count > MOST_POINTS {
            let message = format!("with this the grid has {count} points or more, of which each is a run; at most {MOST_POINTS} are made");
            reader.error(&sweep.path_place, message, Some("sweep fewer values, or split the grid over several scenarios".to_owned()));
        }
        out.push(sweep);
    }
    out
}

/// What the columns of the combined table are called that follow the swept values.
const COLUMNS: [&str; 15] =
    ["outcome", "branch", "period", "unit", "mean", "sd", "se", "p01", "p05", "p25", "p50", "p75", "p95", "p99", "draws"];

/// Whether a path leads to something inside of what another leads to, or to the same.
fn within(outer: &[Step], inner: &[Step]) -> bool {
    inner.starts_with(outer)
}

fn one(reader: &mut Reader<'_>, table: &Table, place: &Place, root: &Table) -> Option<Sweep> {
    let section = reader.section(table, place, "[[sweep]]", &KEYS);
    let name = table.get("name").map(|w| reader.text(w, "the name of the sweep"));
    let path_written = reader.required(&section, "path", "\"tariff.\\\"Steel\\\".rate\"");
    let values_written = reader.required(&section, "values", "[\"0%\", \"25%\", \"50%\"]");
    let path = path_written.and_then(|w| Some((reader.text(w, "the path of a value")?, &w.place)));
    let steps = path.and_then(|(path, place)| steps(reader, path, place, root));
    let written = values_written.and_then(|w| values(reader, w));
    let (path, path_place) = path?;
    let label = match name {
        None => path.trim(),
        Some(name) => name?,
    };
    let written = written?;
    let numbers = written.iter().map(number_of).collect();
    let values = written.iter().map(as_written).collect();
    Some(Sweep {
        label: label.to_owned(),
        path: path.trim().to_owned(),
        values,
        numbers,
        steps: steps?,
        path_place: path_place.clone(),
        written,
    })
}

/// Where a path leads in the scenario.
fn steps(reader: &mut Reader<'_>, path: &str, place: &Place, root: &Table) -> Option<Vec<Step>> {
    let parts: Vec<String> = path::read(reader, path, place)?.into_iter().map(|part| part.name).collect();
    let head = parts.first().map_or("", String::as_str);
    if let Some((_, why)) = COMMON.iter().find(|(key, _)| *key == head) {
        reader.error(place, format!("{head} cannot be swept"), Some((*why).to_owned()));
        return None;
    }
    match swept::locate(root, &parts) {
        Ok(steps) => Some(steps),
        Err((message, help)) => {
            reader.error(place, message, Some(help));
            None
        }
    }
}

/// At least one value, each once. Whether they are right is told when a point is read, as of any other value.
fn values(reader: &mut Reader<'_>, written: &Written) -> Option<Vec<Written>> {
    let Value::List(items) = &written.value else {
        let help = format!("write values = [{}]", place_text(written).unwrap_or("\"0%\", \"25%\""));
        reader.wrong_type(written, "a list of values", Some(help));
        return None;
    };
    if items.is_empty() {
        reader.error(
            &written.place,
            "the list of values is empty",
            Some("write at least one: values = [\"0%\", \"25%\", \"50%\"]".to_owned()),
        );
        return None;
    }
    let mut seen: HashSet<String> = HashSet::new();
    for item in items.iter().filter(|item| !matches!(item.value, Value::Broken)) {
        let text = as_written(item);
        let message = format!("{} is listed twice", quoted(&text));
        if !seen.insert(text) {
            reader.error(&item.place, message, Some("keep one of the two".to_owned()));
        }
    }
    Some(items.clone())
}

fn place_text(written: &Written) -> Option<&str> {
    written.place.source.text.get(written.place.span.clone()).filter(|text| text.len() <= 40)
}

/// A value as it stands in the file: a text without its quotes, a number without underscores, the rest on one line.
fn as_written(written: &Written) -> String {
    let source = written.place.source.text.get(written.place.span.clone()).unwrap_or("");
    match &written.value {
        Value::Text(text) => text.clone(),
        Value::Integer(_) | Value::Float(_) => source.replace('_', ""),
        _ => source.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn number_of(written: &Written) -> Option<f64> {
    match &written.value {
        Value::Integer(_) | Value::Float(_) | Value::Text(_) => number::plain(&mut Reader::new(None), written),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::open;
    use super::*;

    const SCENARIO: &str = r#"
        baseline = "."
        periods = "2025..2026"
        [elasticities]
        import."*" = { dist = "lognormal", mean = 5.0, sd = 1.0 }
        [[tariff]]
        name = "Steel, 2.5%"
        rate = "50%"
        [[expansion]]
        port = "Veracruz"
        adds_teu = 1
        [[event]]
        name = "Review"
        [[event.outcome]]
        name = "kept"
        probability = 0.5
        [[event.outcome]]
        name = "ended"
        probability = 0.5
        set = { "tariff.\"Steel, 2.5%\".rate" = "25%" }
        [[event.outcome.tariff]]
        name = "Later"
        rate = "10%"
    "#;

    fn document(sweeps: &str) -> Document {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, format!("{SCENARIO}{sweeps}")).unwrap();
        open(&path).unwrap()
    }

    /// What stands where keys and places in lists lead.
    fn there<'d>(document: &'d Document, way: &str) -> &'d Value {
        let (first, rest) = way.split_once('/').unwrap();
        let mut here = document.root.get(first).unwrap();
        for step in rest.split('/') {
            here = match (&here.value, step.parse::<usize>()) {
                (Value::List(items), Ok(at)) => &items[at],
                _ => here.get(step).unwrap(),
            };
        }
        &here.value
    }

    #[test]
    fn every_combination_the_last_fastest() {
        let document = document(
            "[[sweep]]\nname = \"steel\"\npath = 'tariff.\"Steel, 2.5%\".rate'\nvalues = [\"0%\", \"25%\"]\n\
             [[sweep]]\npath = \"elasticities.domestic.energy\"\nvalues = [1_0, 2.5, { dist = \"uniform\",  min = 1, max = 2 }]\n",
        );
        let sweeps = document.sweeps().unwrap();
        assert_eq!((&sweeps[0].label[..], &sweeps[0].path[..]), ("steel", "tariff.\"Steel, 2.5%\".rate"));
        assert_eq!((&sweeps[0].numbers, &sweeps[1].numbers), (&Some(vec![0.0, 0.25]), &None));
        let points = document.points().unwrap();
        let values: Vec<[&str; 2]> = points.iter().map(|point| [&point.values[0].1[..], &point.values[1].1[..]]).collect();
        let uniform = "{ dist = \"uniform\", min = 1, max = 2 }";
        let (low, high) = ("0%", "25%");
        assert_eq!(values, [[low, "10"], [low, "2.5"], [low, uniform], [high, "10"], [high, "2.5"], [high, uniform]]);
        assert_eq!(points.iter().map(|point| point.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(points[4].values[1].0, "elasticities.domestic.energy");

        let fifth = document.at(&sweeps, &points[4]);
        assert!(fifth.root.get("sweep").is_none() && fifth.points().unwrap().is_empty());
        assert!(matches!(there(&fifth, "tariff/0/rate"), Value::Text(rate) if rate == "25%"));
        // A table and a key that were not there are made, and what stood beside them stays.
        assert!(matches!(there(&fifth, "elasticities/domestic/energy"), Value::Float(2.5)));
        assert!(matches!(there(&fifth, "elasticities/import/*"), Value::Table(_)));
        assert!(matches!(there(&document, "tariff/0/rate"), Value::Text(rate) if rate == "50%"));
    }

    #[test]
    fn where_paths_lead() {
        for (path, way) in [
            ("elasticities.import.*.sd", "elasticities/import/*/sd"),
            ("model.adjustment", "model/adjustment"),
            ("expansion.Veracruz.adds_teu", "expansion/0/adds_teu"),
            ("event.Review.date", "event/0/date"),
            ("event.Review.outcome.ended.probability", "event/0/outcome/1/probability"),
            ("event.Review.ended.probability", "event/0/outcome/1/probability"),
            ("event.Review.ended.set.tariff.\"Steel, 2.5%\".rate", "event/0/outcome/1/set/tariff.\"Steel, 2.5%\".rate"),
            ("event.Review.kept.set.preferences.usmca.active", "event/0/outcome/0/set/preferences.usmca.active"),
            ("tariff.Later.rate", "event/0/outcome/1/tariff/0/rate"),
            ("event.Review.ended.tariff.Later.rate", "event/0/outcome/1/tariff/0/rate"),
        ] {
            let document = document(&format!("[[sweep]]\npath = {path:?}\nvalues = [17]\n"));
            let (sweeps, points) = (document.sweeps().unwrap(), document.points().unwrap());
            let document = document.at(&sweeps, &points[0]);
            assert!(matches!(there(&document, way), Value::Integer(Some(17))), "{path}");
        }
    }

    #[test]
    fn paths_that_lead_nowhere() {
        for (path, part) in [
            ("event.Review.outcome.endd.probability", "no [[outcome]] is named \"endd\" | did you mean \"ended\"?"),
            ("event.Reviev.date", "no [[event]] is named"),
            ("event.Review.ended", "ends at the entry \"ended\""),
            ("tariff.Later", "ends at the entry \"Later\""),
            ("tariff.'Steel, 2.5%'.rate.min", "\"rate\" is the text \"50%\""),
            ("periods", "periods cannot be swept"),
            ("model", "is a section"),
            ("", "empty text"),
        ] {
            let found = document(&format!("[[sweep]]\npath = {path:?}\nvalues = [17]\n")).points().unwrap_err();
            let told: Vec<String> = found.items.iter().map(|d| format!("{} | {}", d.message, d.help.as_deref().unwrap_or(""))).collect();
            assert!(told.len() == 1 && told[0].contains(part), "{path}: {told:?}");
        }
    }

    #[test]
    fn no_sweep_no_points() {
        assert!(document("").points().unwrap().is_empty());
    }
}
