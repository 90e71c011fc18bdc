//! A number as written: `0.5`, `"50%"`, `"inf"` where a supply elasticity stands, or a distribution; and what each quantity allows.

use super::distribution;
use super::reader::Reader;
use super::written::{Place, Value, Written};
use crate::diagnostics::quoted;
use crate::uncertainty::{Distribution, Number, Uncertain};

/// What a number measures, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Ad valorem: zero or more, a fraction.
    Rate,
    /// A share of the sector's trade: 0 to 1.
    Coverage,
    /// Demand, domestic, import, route: more than zero.
    Elasticity,
    /// Zero or more; may be infinite.
    SupplyElasticity,
    /// More than zero.
    FreightMultiple,
    /// More than zero, a year.
    Speed,
    /// 0 to 1.
    RouteShare,
}

/// A plain rate above this is taken for a percentage without its sign: 300% was never exceeded by accident.
const LARGEST_PLAIN_RATE: f64 = 3.0;

impl Quantity {
    fn name(self) -> &'static str {
        match self {
            Quantity::Rate => "a rate",
            Quantity::Coverage => "a coverage",
            Quantity::Elasticity => "this elasticity",
            Quantity::SupplyElasticity => "a supply elasticity",
            Quantity::FreightMultiple => "a multiple of freight",
            Quantity::Speed => "a speed of adjustment",
            Quantity::RouteShare => "a route's share",
        }
    }

    /// Whether a fixed number must be more than zero, not just zero.
    fn excludes_zero(self) -> bool {
        matches!(self, Quantity::Elasticity | Quantity::FreightMultiple | Quantity::Speed)
    }

    fn most(self) -> Option<f64> {
        matches!(self, Quantity::Coverage | Quantity::RouteShare).then_some(1.0)
    }

    /// A plain number that was likely meant as a percentage.
    fn looks_like_percent(self, value: f64) -> bool {
        match self {
            Quantity::Rate => value > LARGEST_PLAIN_RATE,
            Quantity::Coverage | Quantity::RouteShare => (2.0..=100.0).contains(&value),
            _ => false,
        }
    }

    fn range(self) -> &'static str {
        match self {
            Quantity::Rate => "zero or more, a fraction such as 0.25 or \"25%\"",
            Quantity::Coverage | Quantity::RouteShare => "0 to 1",
            Quantity::Elasticity | Quantity::FreightMultiple | Quantity::Speed => "more than zero",
            Quantity::SupplyElasticity => "zero or more, or \"inf\"",
        }
    }
}

/// Reads a number of this kind; `path` is its name should it be uncertain. What is wrong is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, quantity: Quantity, path: &str) -> Option<Number> {
    if let Value::Table(table) = &written.value {
        let distribution = distribution::read(reader, table, &written.place, quantity)?;
        check_support(reader, &distribution, &written.place, quantity)?;
        return Some(Number::Uncertain(Box::new(Uncertain { path: path.to_owned(), distribution })));
    }
    if quantity == Quantity::SupplyElasticity && is_infinite(written) {
        return Some(Number::Fixed(f64::INFINITY));
    }
    let value = scalar(reader, written, quantity)?;
    let outside = value < 0.0 || (value == 0.0 && quantity.excludes_zero()) || quantity.most().is_some_and(|most| value > most);
    if outside {
        let message = format!("{} is {}: it must be {}", quantity.name(), as_written(written), quantity.range());
        reader.error(&written.place, message, None);
        return None;
    }
    Some(Number::Fixed(value))
}

fn is_infinite(written: &Written) -> bool {
    match &written.value {
        Value::Text(text) => matches!(text.as_str(), "inf" | "+inf"),
        Value::Float(x) => *x == f64::INFINITY,
        _ => false,
    }
}

/// A single finite number in the quantity's units, percentages resolved; suspects of a forgotten % sign are refused.
pub(super) fn scalar(reader: &mut Reader<'_>, written: &Written, quantity: Quantity) -> Option<f64> {
    let value = plain(reader, written)?;
    if !matches!(written.value, Value::Text(_)) && quantity.looks_like_percent(value) {
        let found = as_written(written);
        let message = format!("{} of {found} would be {}%", quantity.name(), two_places_right(&found));
        let help = format!("write \"{found}%\" or {}", percent(&found).unwrap_or(value / 100.0));
        reader.error(&written.place, message, Some(help));
        return None;
    }
    if !matches!(written.value, Value::Text(_)) && matches!(quantity, Quantity::Rate) && value > 1.0 {
        let found = as_written(written);
        let message = format!("a rate of {found} is {}%", two_places_right(&found));
        reader.warn(
            &written.place,
            message,
            Some(format!("write \"{}%\" if that is meant, \"{found}%\" if not", two_places_right(&found))),
        );
    }
    Some(value)
}

/// A single finite number of any kind, percentages resolved.
pub(super) fn plain(reader: &mut Reader<'_>, written: &Written) -> Option<f64> {
    let value = match &written.value {
        Value::Broken => return None,
        Value::Integer(Some(n)) => *n as f64,
        Value::Float(x) => *x,
        Value::Text(text) => match text.trim().strip_suffix('%') {
            Some(digits) => match percent(digits.trim()) {
                Some(value) => value,
                None => {
                    let help = digits.contains(',').then(|| "write a decimal point: \"2.5%\"".to_owned());
                    reader.error(&written.place, format!("{} is not a percentage", quoted(text)), help);
                    return None;
                }
            },
            None => {
                let help = match text.trim() {
                    "inf" | "+inf" | "infinity" => "\"inf\" stands only for a fixed supply elasticity".to_owned(),
                    t if t.parse::<f64>().is_ok() => format!("write {t} without quotes, or \"{t}%\" for a percentage"),
                    _ => "write 0.5, \"50%\", or { dist = \"normal\", mean = 0.5, sd = 0.1 }".to_owned(),
                };
                reader.wrong_type(written, "a number", Some(help));
                return None;
            }
        },
        _ => {
            let help = "write 0.5, \"50%\", or { dist = \"normal\", mean = 0.5, sd = 0.1 }";
            reader.wrong_type(written, "a number", Some(help.to_owned()));
            return None;
        }
    };
    if !value.is_finite() {
        let message = format!("expected a finite number, found {}", as_written(written));
        let help = value.is_infinite().then(|| "only a fixed supply elasticity may be infinite".to_owned());
        reader.error(&written.place, message, help);
        return None;
    }
    Some(value)
}

/// 14.1 per cent as the double nearest to 0.141, which 14.1 / 100 need not be.
fn percent(digits: &str) -> Option<f64> {
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let plain = !unsigned.is_empty() && unsigned.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '_') && !unsigned.starts_with('_');
    if !plain {
        return None;
    }
    let value: f64 = format!("{}e-2", digits.replace('_', "")).parse().ok()?;
    value.is_finite().then_some(value)
}

fn two_places_right(found: &str) -> String {
    match format!("{found}e2").parse::<f64>() {
        Ok(value) if value.abs() < 1e15 => format!("{value}"),
        _ => format!("{found} × 100"),
    }
}

/// The source's own spelling, without the underscores.
fn as_written(written: &Written) -> String {
    let text = written.place.source.text.get(written.place.span.clone()).unwrap_or("");
    if text.len() > 40 {
        return written.described();
    }
    text.replace('_', "")
}

fn check_support(reader: &mut Reader<'_>, distribution: &Distribution, place: &Place, quantity: Quantity) -> Option<()> {
    let (low, high) = support(distribution);
    let mut add = Vec::new();
    let mut faults = Vec::new();
    // A continuous distribution that begins at zero never gives zero itself; one that gives single values may.
    if low < 0.0 || (low == 0.0 && quantity.excludes_zero() && atom_at(distribution, 0.0)) {
        let reach = if low == 0.0 { "be zero" } else { "fall below zero" };
        faults.push(reach.to_owned());
        add.push(if quantity.excludes_zero() { "min = 0.1".to_owned() } else { "min = 0".to_owned() });
    }
    if let Some(most) = quantity.most().filter(|most| high > *most) {
        faults.push(format!("exceed {most}"));
        add.push(format!("max = {most}"));
    }
    if faults.is_empty() {
        return Some(());
    }
    let mut help = match distribution {
        Distribution::Uniform { .. } | Distribution::Triangular { .. } | Distribution::Pert { .. } => format!("set {}", add.join(", ")),
        _ => format!("add {} to the distribution", add.join(", ")),
    };
    if quantity.excludes_zero() && matches!(distribution, Distribution::Normal { .. }) {
        help.push_str(", or use dist = \"lognormal\"");
    }
    let message = format!("{} must be {}; this distribution can {}", quantity.name(), quantity.range(), faults.join(" and "));
    reader.error(place, message, Some(help));
    None
}

/// The least and the greatest value a distribution can take; infinite where a tail has no end.
pub(super) fn support(distribution: &Distribution) -> (f64, f64) {
    let all = (f64::NEG_INFINITY, f64::INFINITY);
    match distribution {
        Distribution::Normal { mean, sd: spread } | Distribution::StudentT { mean, scale: spread, .. } => {
            if *spread > 0.0 {
                all
            } else {
                (*mean, *mean)
            }
        }
        Distribution::Lognormal { mean, sd } if *sd == 0.0 => (*mean, *mean),
        Distribution::Lognormal { .. } | Distribution::Gamma { .. } => (0.0, f64::INFINITY),
        Distribution::Uniform { min, max } | Distribution::Triangular { min, max, .. } | Distribution::Pert { min, max, .. } => {
            (*min, *max)
        }
        Distribution::Beta { low, high, .. } => (*low, *high),
        Distribution::Discrete { values, probabilities } => {
            extent(values.iter().zip(probabilities).filter(|(_, p)| **p > 0.0).map(|(v, _)| (*v, *v)))
        }
        Distribution::Empirical { values } => extent(values.iter().map(|v| (*v, *v))),
        Distribution::Mixture { components } => extent(components.iter().filter(|(w, _)| *w > 0.0).map(|(_, d)| support(d))),
        Distribution::Truncated { inner, min, max } => {
            let (low, high) = support(inner);
            (low.max(*min), high.min(*max))
        }
    }
}

fn extent(parts: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    parts.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (l, h)| (low.min(l), high.max(h)))
}

/// Whether a single value has probability of its own.
fn atom_at(distribution: &Distribution, value: f64) -> bool {
    match distribution {
        Distribution::Discrete { values, probabilities } => values.iter().zip(probabilities).any(|(v, p)| *v == value && *p > 0.0),
        Distribution::Empirical { values } => values.contains(&value),
        Distribution::Mixture { components } => components.iter().any(|(w, d)| *w > 0.0 && atom_at(d, value)),
        Distribution::Truncated { inner, min, max } => (*min..=*max).contains(&value) && atom_at(inner, value),
        other => support(other) == (value, value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::written;
    use super::*;

    fn fixed(text: &str, quantity: Quantity) -> Result<f64, String> {
        let mut reader = Reader::new(None);
        match read(&mut reader, &written(text), quantity, "p") {
            Some(Number::Fixed(value)) => Ok(value),
            other => {
                assert!(other.is_none(), "{other:?}");
                let d = &reader.found.items[0];
                Err(format!("{} | {}", d.message, d.help.clone().unwrap_or_default()))
            }
        }
    }

    #[test]
    fn percentages_are_the_nearest_doubles() {
        for (text, value) in
            [("\"50%\"", 0.5), ("\"2.5%\"", 0.025), ("\"14.1%\"", 0.141), ("\"0%\"", 0.0), ("\"110.10%\"", 1.101), ("\" 7 % \"", 0.07)]
        {
            assert_eq!(fixed(text, Quantity::Rate).unwrap(), value, "{text}");
        }
        for n in 0..3000 {
            let (text, value) = (format!("\"{}.{}%\"", n / 10, n % 10), format!("{n}e-3").parse::<f64>().unwrap());
            assert_eq!(fixed(&text, Quantity::Rate).unwrap(), value, "{text}");
        }
    }

    #[test]
    fn what_a_quantity_allows() {
        assert_eq!(fixed("3", Quantity::Rate).unwrap(), 3.0);
        assert_eq!(fixed("\"inf\"", Quantity::SupplyElasticity).unwrap(), f64::INFINITY);
        assert_eq!(fixed("inf", Quantity::SupplyElasticity).unwrap(), f64::INFINITY);
        assert_eq!(fixed("0", Quantity::SupplyElasticity).unwrap(), 0.0);
        assert_eq!(fixed("1_0.5", Quantity::Elasticity).unwrap(), 10.5);
        for (text, quantity, part) in [
            ("50", Quantity::Rate, "would be 5000% | write \"50%\" or 0.5"),
            ("14.1", Quantity::Rate, "write \"14.1%\" or 0.141"),
            ("-0.1", Quantity::Rate, "must be zero or more"),
            ("\"-5%\"", Quantity::Rate, "must be zero or more"),
            ("80", Quantity::Coverage, "write \"80%\" or 0.8"),
            ("\"101%\"", Quantity::Coverage, "must be 0 to 1"),
            ("1000", Quantity::RouteShare, "must be 0 to 1"),
            ("0", Quantity::Elasticity, "must be more than zero"),
            ("\"inf\"", Quantity::Elasticity, "only for a fixed supply elasticity"),
            ("nan", Quantity::SupplyElasticity, "expected a finite number"),
            ("-inf", Quantity::SupplyElasticity, "expected a finite number"),
            ("1e999", Quantity::Elasticity, "expected a finite number"),
            ("\"0.5\"", Quantity::Rate, "write 0.5 without quotes"),
            ("\"%\"", Quantity::Rate, "not a percentage"),
            ("\"2,5%\"", Quantity::Rate, "decimal point"),
            ("\"1e400%\"", Quantity::Rate, "not a percentage"),
            ("true", Quantity::Rate, "expected a number, found true"),
            ("[1]", Quantity::Rate, "expected a number, found a list"),
        ] {
            let message = fixed(text, quantity).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
