//! Distributions as written: `{ dist = "normal", mean = 5, sd = 1, min = 1.5 }`. The families themselves live in [`crate::uncertainty`].

use super::column;
use super::families::{FAMILIES, Family};
use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::{Place, Table, Value, Written};
use crate::diagnostics::{quoted, suggest};
use crate::uncertainty::{Distribution, Refusal};

/// The parameters of one table, with what is needed to say where a wrong one stands.
struct Parameters<'t> {
    table: &'t Table,
    place: &'t Place,
    quantity: Quantity,
}

impl Parameters<'_> {
    fn written(&self, key: &str) -> Option<&Written> {
        self.table.get(key)
    }

    /// A parameter in the quantity's own units.
    fn amount(&self, reader: &mut Reader<'_>, key: &str) -> Option<f64> {
        number::scalar(reader, self.written(key)?, self.quantity)
    }

    /// A parameter without units: shapes, degrees of freedom, weights.
    fn pure(&self, reader: &mut Reader<'_>, key: &str) -> Option<f64> {
        number::plain(reader, self.written(key)?)
    }

    /// A parameter that is a width: of a date it is days.
    fn width(&self, reader: &mut Reader<'_>, key: &str) -> Option<f64> {
        let quantity = if self.quantity == Quantity::Date { Quantity::Days } else { self.quantity };
        number::scalar(reader, self.written(key)?, quantity)
    }

    fn amounts(&self, reader: &mut Reader<'_>, key: &str) -> Option<Vec<f64>> {
        let quantity = self.quantity;
        list(reader, self.written(key)?, |reader, item| number::scalar(reader, item, quantity))
    }
}

/// Every item must be readable; all that are not get reported.
fn list<T>(reader: &mut Reader<'_>, written: &Written, mut read: impl FnMut(&mut Reader<'_>, &Written) -> Option<T>) -> Option<Vec<T>> {
    let Value::List(items) = &written.value else {
        reader.wrong_type(written, "a list", None);
        return None;
    };
    let values: Vec<T> = items.iter().filter_map(|item| read(reader, item)).collect();
    (values.len() == items.len()).then_some(values)
}

/// Reads a distribution of this quantity. What is wrong is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table, place: &Place, quantity: Quantity) -> Option<Distribution> {
    read_with(reader, table, place, quantity, &[])
}

fn read_with(reader: &mut Reader<'_>, table: &Table, place: &Place, quantity: Quantity, extra: &[&str]) -> Option<Distribution> {
    let names: Vec<&str> = FAMILIES.iter().map(|f| f.name).collect();
    let Some(kind) = table.get("dist") else {
        if !reader.torn {
            let near = table.entries.iter().find(|e| crate::diagnostics::nearest(&e.key, ["dist"]).is_some());
            let (place, help) = match near {
                Some(entry) => (&entry.key_place, format!("write dist instead of {}", entry.key)),
                None => (place, format!("add dist = \"normal\" (or {})", names[1..].join(", "))),
            };
            reader.error(place, "a distribution without dist, which names its family", Some(help));
        }
        return None;
    };
    let name = reader.text(kind, "the name of a distribution")?;
    let Some(family) = FAMILIES.iter().find(|f| f.name == name) else {
        let help = match name.to_lowercase().as_str() {
            "gaussian" | "gauss" => Some("did you mean \"normal\"?".to_owned()),
            "t" | "student" | "student_t" => Some("did you mean \"student-t\"?".to_owned()),
            "point" | "constant" | "fixed" => Some("write the number alone".to_owned()),
            _ => suggest(name, &names),
        };
        reader.error(&kind.place, format!("unknown distribution {}", quoted(name)), help);
        return None;
    };
    let known: Vec<&str> = ["dist"].iter().chain(family.required).chain(family.optional).chain(extra).copied().collect();
    let before = reader.found.items.len();
    let section = reader.section(table, place, format!("a {name} distribution"), &known);
    let missing: Vec<&str> =
        family.required.iter().copied().filter(|key| table.get(key).is_none() && !section.meant.contains(key)).collect();
    if !missing.is_empty() && !reader.torn {
        let help = format!("write {{ dist = {name:?}, {} }}", family.example_of(quantity));
        reader.error(place, format!("a {name} distribution without {}", missing.join(" and ")), Some(help));
    }
    let from = Parameters { table, place, quantity };
    let made = build(reader, name, &from, family);
    if reader.found.items.len() > before { None } else { made }
}

/// Makes the distribution of a family from its parameters, and truncates it where it says so.
fn build(reader: &mut Reader<'_>, name: &str, from: &Parameters<'_>, family: &Family) -> Option<Distribution> {
    // Every parameter is read before any is missed, so that all of them are checked at once.
    let (mean, sd) = (from.amount(reader, "mean"), from.width(reader, "sd"));
    let (min, max) = (from.amount(reader, "min"), from.amount(reader, "max"));
    let mode = from.amount(reader, "mode");
    if from.quantity == Quantity::Date {
        check_dates(reader, name, from, [("min", min), ("mode", mode), ("max", max)])?;
    }
    let made = match name {
        "normal" => Distribution::normal(mean?, sd?),
        "lognormal" => Distribution::lognormal(mean?, sd?),
        "uniform" => Distribution::uniform(min?, max?),
        "triangular" => Distribution::triangular(min?, mode?, max?),
        "pert" => {
            let shape = if from.written("shape").is_some() { from.pure(reader, "shape")? } else { 4.0 };
            Distribution::pert(min?, mode?, max?, shape)
        }
        "beta" => {
            let (alpha, beta) = (from.pure(reader, "alpha"), from.pure(reader, "beta"));
            let low = if from.written("low").is_some() { from.amount(reader, "low")? } else { 0.0 };
            let high = if from.written("high").is_some() { from.amount(reader, "high")? } else { 1.0 };
            Distribution::beta(alpha?, beta?, low, high)
        }
        "gamma" => return gamma(reader, from, mean, sd).and_then(|made| truncate(reader, from, made, min, max)),
        "student-t" => {
            let (scale, df) = (from.width(reader, "scale"), from.pure(reader, "df"));
            Distribution::student_t(mean?, scale?, df?)
        }
        "discrete" => {
            let values = from.amounts(reader, "values");
            let probabilities = from.written("probabilities").and_then(|w| list(reader, w, number::plain));
            Distribution::discrete(values?, probabilities?)
        }
        "mixture" => Distribution::mixture(components(reader, from)?),
        _ => Distribution::empirical(observed(reader, from)?),
    };
    match made {
        Ok(made) if family.required.contains(&"min") => Some(made),
        Ok(made) => truncate(reader, from, made, min, max),
        Err(refusal) => refuse(reader, from, name, &refusal),
    }
}

fn truncate(
    reader: &mut Reader<'_>,
    from: &Parameters<'_>,
    inner: Distribution,
    min: Option<f64>,
    max: Option<f64>,
) -> Option<Distribution> {
    if min.is_none() && max.is_none() {
        return Some(inner);
    }
    let (low, high) = number::support(&inner);
    for (key, bound, beyond) in [("min", min, min.is_some_and(|m| m > high)), ("max", max, max.is_some_and(|m| m < low))] {
        if let (Some(bound), true) = (bound, beyond) {
            let place = from.written(key).map_or(from.place, |w| &w.place);
            let [bound, low, high] = [bound, low, high].map(|value| from.quantity.shown(value));
            let message = format!("{key} = {bound} leaves nothing of a distribution that runs from {low} to {high}");
            reader.error(place, message, None);
            return None;
        }
    }
    match Distribution::truncated(inner, min, max) {
        Ok(made) => Some(made),
        Err(refusal) if from.quantity == Quantity::Date => {
            let (key, bound) = if refusal.key == "max" { ("max", max) } else { ("min", min) };
            let place = from.written(key).map_or(from.place, |w| &w.place);
            let bound = bound.map_or_else(String::new, |bound| format!(", {},", from.quantity.shown(bound)));
            reader.error(place, format!("{key}{bound} leaves nothing of the distribution"), None);
            None
        }
        Err(refusal) => refuse(reader, from, "truncated", &refusal),
    }
}

/// A date has no zero that it could be a multiple of; and what is out of order is told in dates, not in days since 1970.
fn check_dates(reader: &mut Reader<'_>, name: &str, from: &Parameters<'_>, bounds: [(&str, Option<f64>); 3]) -> Option<()> {
    if matches!(name, "lognormal" | "gamma") {
        let help = "use triangular, pert, uniform, normal or discrete, with dates: { dist = \"triangular\", min = 2026-01-01, mode = 2026-09-01, \
                    max = 2028-01-01 }";
        let place = from.written("dist").map_or(from.place, |w| &w.place);
        reader.error(place, format!("a date cannot be {name}: no date is zero"), Some(help.to_owned()));
        return None;
    }
    if name == "beta" && (from.written("low").is_none() || from.written("high").is_none()) {
        let help = "add low = 2026-01-01, high = 2028-01-01".to_owned();
        reader.error(from.place, "a beta of a date needs low and high", Some(help));
        return None;
    }
    if let Some(file) = from.written("file") {
        let help = "write the dates here: values = [2026-01-01, 2026-09-01]".to_owned();
        reader.error(&file.place, "dates are not read from a column", Some(help));
        return None;
    }
    let given: Vec<(&str, f64)> = bounds.into_iter().filter_map(|(key, day)| Some((key, day?))).collect();
    let ends = ["low", "high"].map(|key| Some((key, from.amount(reader, key)?)));
    let ends: Vec<(&str, f64)> = ends.into_iter().flatten().collect();
    for pair in given.windows(2).chain(ends.windows(2)) {
        let [(earlier, first), (later, last)] = [pair[0], pair[1]];
        if last < first {
            let place = from.written(later).map_or(from.place, |w| &w.place);
            let [first, last] = [first, last].map(|day| from.quantity.shown(day));
            reader.error(place, format!("{later}, {last}, is before {earlier}, {first}"), None);
            return None;
        }
    }
    Some(())
}

fn refuse(reader: &mut Reader<'_>, from: &Parameters<'_>, name: &str, refusal: &Refusal) -> Option<Distribution> {
    // Weights stand in the components, and it is all of them together that are wrong.
    let key = if refusal.key == "weight" { "components" } else { refusal.key };
    let place = from.written(key).map_or(from.place, |w| &w.place).clone();
    let message = format!("{} of a {name} distribution: found {}, expected {}", refusal.key, refusal.found, refusal.expected);
    reader.error(&place, message, None);
    None
}

/// By mean and sd, or by shape and scale, but not by some of both.
fn gamma(reader: &mut Reader<'_>, from: &Parameters<'_>, mean: Option<f64>, sd: Option<f64>) -> Option<Distribution> {
    let (shape, scale) = (from.pure(reader, "shape"), from.amount(reader, "scale"));
    let given = |key: &str| from.written(key).is_some();
    let made = match (given("mean") || given("sd"), given("shape") || given("scale")) {
        (true, false) if given("mean") && given("sd") => Distribution::gamma_from_moments(mean?, sd?),
        (false, true) if given("shape") && given("scale") => Distribution::gamma(shape?, scale?),
        _ if reader.torn => return None,
        _ => {
            let help = "write { dist = \"gamma\", mean = 5.0, sd = 1.0 } or { dist = \"gamma\", shape = 25, scale = 0.2 }";
            reader.error(from.place, "a gamma distribution needs mean and sd, or shape and scale", Some(help.to_owned()));
            return None;
        }
    };
    match made {
        Ok(made) => Some(made),
        Err(refusal) => refuse(reader, from, "gamma", &refusal),
    }
}

fn components(reader: &mut Reader<'_>, from: &Parameters<'_>) -> Option<Vec<(f64, Distribution)>> {
    let quantity = from.quantity;
    list(reader, from.written("components")?, |reader, item| {
        let table = reader.table(item, "a component { weight = 0.5, dist = … }", None)?;
        let weight = match table.get("weight") {
            Some(weight) => number::plain(reader, weight),
            None => {
                reader.error(&item.place, "a component without weight", Some("add weight = 0.5; the weights add up to 1".to_owned()));
                None
            }
        };
        let inner = read_with(reader, table, &item.place, quantity, &["weight"]);
        Some((weight?, inner?))
    })
}

fn observed(reader: &mut Reader<'_>, from: &Parameters<'_>) -> Option<Vec<f64>> {
    match (from.written("values"), from.written("file"), from.written("column")) {
        (Some(_), None, None) => from.amounts(reader, "values"),
        (None, Some(file), Some(column)) => column::read(reader, file, column),
        _ if reader.torn => None,
        _ => {
            let help = "write { dist = \"empirical\", file = \"estimates.csv\", column = \"sigma\" } or values = [4.1, 5.3]";
            reader.error(from.place, "an empirical distribution needs file and column, or values", Some(help.to_owned()));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::written;
    use super::*;
    use crate::uncertainty::Number;

    fn read(text: &str, quantity: Quantity) -> Result<Distribution, Vec<String>> {
        let mut reader = Reader::new(None);
        match number::read(&mut reader, &written(text), quantity, "p") {
            Some(Number::Uncertain(u)) => {
                assert_eq!(u.path, "p");
                assert!(reader.found.items.is_empty());
                Ok(u.distribution)
            }
            other => {
                assert_eq!(other, None);
                Err(reader.found.items.into_iter().map(|d| format!("{} | {}", d.message, d.help.unwrap_or_default())).collect())
            }
        }
    }

    #[test]
    fn every_family_in_every_form() {
        let e = Quantity::Elasticity;
        let normal = Distribution::normal(6.0, 1.0).unwrap();
        for (text, made) in [
            ("{ dist = \"lognormal\", mean = 5.0, sd = 1.0 }", Distribution::lognormal(5.0, 1.0)),
            ("{ dist = \"normal\", mean = 6, sd = 1, min = 1.5 }", Distribution::truncated(normal, Some(1.5), None)),
            ("{ dist = \"uniform\", min = 1, max = 2 }", Distribution::uniform(1.0, 2.0)),
            ("{ dist = \"triangular\", min = 1, mode = 2, max = 4 }", Distribution::triangular(1.0, 2.0, 4.0)),
            ("{ dist = \"pert\", min = 1, mode = 2, max = 4 }", Distribution::pert(1.0, 2.0, 4.0, 4.0)),
            ("{ dist = \"pert\", min = 1, mode = 2, max = 4, shape = 6 }", Distribution::pert(1.0, 2.0, 4.0, 6.0)),
            ("{ dist = \"beta\", alpha = 2, beta = 5 }", Distribution::beta(2.0, 5.0, 0.0, 1.0)),
            ("{ dist = \"beta\", alpha = 2, beta = 5, low = 1, high = 3 }", Distribution::beta(2.0, 5.0, 1.0, 3.0)),
            ("{ dist = \"gamma\", mean = 4, sd = 2 }", Distribution::gamma_from_moments(4.0, 2.0)),
            ("{ dist = \"gamma\", shape = 4, scale = 0.5 }", Distribution::gamma(4.0, 0.5)),
            (
                "{ dist = \"discrete\", values = [1, 2], probabilities = [\"40%\", 0.6] }",
                Distribution::discrete(vec![1.0, 2.0], vec![0.4, 0.6]),
            ),
            ("{ dist = \"empirical\", values = [3, 1] }", Distribution::empirical(vec![3.0, 1.0])),
            (
                "{ dist = \"student-t\", mean = 4, scale = 1, df = 5, min = 1, max = 9 }",
                Distribution::truncated(Distribution::student_t(4.0, 1.0, 5.0).unwrap(), Some(1.0), Some(9.0)),
            ),
            (
                "{ dist = \"mixture\", components = [{ weight = 0.5, dist = \"uniform\", min = 1, max = 2 }, { weight = 0.5, dist = \"gamma\", shape = 1, scale = 1 }] }",
                Distribution::mixture(vec![(0.5, Distribution::uniform(1.0, 2.0).unwrap()), (0.5, Distribution::gamma(1.0, 1.0).unwrap())]),
            ),
        ] {
            assert_eq!(read(text, e), Ok(made.unwrap()), "{text}");
        }
        let days = [20454.0, 20697.0, 21184.0];
        for (text, made) in [
            (
                "{ dist = \"triangular\", min = 2026-01-01, mode = 2026-09-01, max = 2028-01-01 }",
                Distribution::triangular(days[0], days[1], days[2]),
            ),
            ("{ dist = \"normal\", mean = 2026-09-01, sd = 90 }", Distribution::normal(days[1], 90.0)),
            (
                "{ dist = \"normal\", mean = 2026-09-01, sd = 90, min = 2026-01-01 }",
                Distribution::truncated(Distribution::normal(days[1], 90.0).unwrap(), Some(days[0]), None),
            ),
            (
                "{ dist = \"discrete\", values = [2026-01-01, 2028-01-01], probabilities = [0.25, 0.75] }",
                Distribution::discrete(vec![days[0], days[2]], vec![0.25, 0.75]),
            ),
            (
                "{ dist = \"beta\", alpha = 2, beta = 3, low = 2026-01-01, high = 2028-01-01 }",
                Distribution::beta(2.0, 3.0, days[0], days[2]),
            ),
        ] {
            assert_eq!(read(text, Quantity::Date), Ok(made.unwrap()), "{text}");
        }
        assert_eq!(read("{ dist = \"uniform\", min = \"10%\", max = 0.3 }", Quantity::Rate), Ok(Distribution::uniform(0.1, 0.3).unwrap()));
    }

    #[test]
    fn slips_are_named() {
        let (rate, coverage, elasticity) = (Quantity::Rate, Quantity::Coverage, Quantity::Elasticity);
        for (text, quantity, part) in [
            ("{ dist = \"norml\", mean = 5, sd = 1 }", elasticity, "did you mean \"normal\"?"),
            ("{ dist = \"gaussian\", mean = 5, sd = 1 }", elasticity, "did you mean \"normal\"?"),
            ("{ mean = 5, sd = 1 }", elasticity, "without dist"),
            ("{ dits = \"normal\", mean = 5, sd = 1 }", elasticity, "write dist instead of dits"),
            ("{ dist = \"normal\", mean = 5 }", elasticity, "without sd"),
            (
                "{ dist = \"normal\", mean = 5, sd = -1, min = 1 }",
                elasticity,
                "sd of a normal distribution: found -1, expected zero or more",
            ),
            ("{ dist = \"normal\", mean = 5, sd = 1, mni = 1 }", elasticity, "unknown key \"mni\""),
            ("{ dist = \"normal\", mean = 5, sd = 1 }", elasticity, "add min = 0.1 to the distribution, or use dist = \"lognormal\""),
            ("{ dist = \"uniform\", min = 3, max = 2 }", elasticity, "min of a uniform distribution: found 3, expected at most max"),
            ("{ dist = \"discrete\", values = [0, 1], probabilities = [0.5, 0.5] }", elasticity, "can be zero"),
            ("{ dist = \"discrete\", values = [1, 2], probabilities = [0.7, 0.6] }", elasticity, "expected a sum of 1"),
            ("{ dist = \"normal\", mean = 0.2, sd = 0.1 }", rate, "fall below zero | add min = 0"),
            ("{ dist = \"uniform\", min = 10, max = 25 }", rate, "write \"10%\" or 0.1"),
            ("{ dist = \"normal\", mean = 0.9, sd = 0.1 }", coverage, "fall below zero and exceed 1 | add min = 0, max = 1"),
            ("{ dist = \"beta\", alpha = 2, beta = 3, min = 2 }", elasticity, "leaves nothing"),
            ("{ dist = \"gamma\", mean = 5, scale = 1 }", elasticity, "needs mean and sd, or shape and scale"),
            ("{ dist = \"empirical\" }", elasticity, "needs file and column, or values"),
            ("{ dist = \"mixture\", components = [{ dist = \"uniform\", min = 1, max = 2 }] }", elasticity, "without weight"),
            ("{ dist = \"mixture\", components = [] }", elasticity, "expected at least one component"),
            ("{ dist = \"normal\", mean = \"inf\", sd = 1 }", Quantity::SupplyElasticity, "only for a fixed supply elasticity"),
            ("{ dist = 3 }", elasticity, "expected the name of a distribution"),
            ("{ dist = \"normal\", mean = 0.02, sd = 0.01 }", Quantity::Growth, "fall below -1 | add min = -0.5"),
            ("{ dist = \"normal\", mean = 2026-01-01, sd = 9, min = 2030-01-01 }", Quantity::Date, "min, 2030-01-01, leaves nothing"),
            ("{ dist = \"uniform\", min = 2027-01-01, max = 2026-01-01 }", Quantity::Date, "max, 2026-01-01, is before min, 2027-01-01"),
            ("{ dist = \"uniform\", min = 2026-01-01, max = 2027 }", Quantity::Date, "expected a date, found the integer 2027"),
            ("{ dist = \"uniform\", min = 2026-01-01 }", Quantity::Date, "without max | write { dist = \"uniform\", min = 2026-01-01, max"),
            ("{ dist = \"gamma\", mean = 2026-01-01, sd = 30 }", Quantity::Date, "a date cannot be gamma"),
        ] {
            let found = read(text, quantity).unwrap_err();
            assert!(found.iter().any(|m| m.contains(part)), "{text}: {found:?}");
        }
        let several = read("{ dist = \"normal\", mean = true, sd = [1], mode = 3 }", elasticity).unwrap_err();
        assert_eq!(several.len(), 3, "{several:?}");
    }
}
