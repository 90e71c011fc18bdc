//! A number as written: `0.5`, `"50%"`, `"inf"` where a supply elasticity stands, a date where a day is meant, or a distribution of any of these.

use super::day::day_number;
use super::distribution;
pub(super) use super::quantity::Quantity;
use super::reader::Reader;
use super::written::{Place, Value, Written};
use crate::diagnostics::quoted;
use crate::uncertainty::{Distribution, Number, Uncertain};

/// Reads a number of this kind; `path` is its name should it be uncertain. What is wrong is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, quantity: Quantity, path: &str) -> Option<Number> {
    if let Value::Table(table) = &written.value {
        if let Some(process) = table.entry("process").filter(|_| table.get("dist").is_none()) {
            let help = "write a number or a distribution here".to_owned();
            reader.error(&process.key_place, "a process stands only in [freight] and [exchange_rate]", Some(help));
            return None;
        }
        let distribution = distribution::read(reader, table, &written.place, quantity)?;
        check_support(reader, &distribution, &written.place, quantity)?;
        return Some(Number::Uncertain(Box::new(Uncertain { path: path.to_owned(), distribution })));
    }
    if quantity == Quantity::SupplyElasticity && is_infinite(written) {
        return Some(Number::Fixed(f64::INFINITY));
    }
    let value = scalar(reader, written, quantity)?;
    let least = quantity.least();
    let outside = value < least || (value == least && quantity.excludes_least()) || quantity.most().is_some_and(|most| value > most);
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

/// A single finite number in the quantity's units, percentages and dates resolved; suspects of a forgotten % sign are refused.
pub(super) fn scalar(reader: &mut Reader<'_>, written: &Written, quantity: Quantity) -> Option<f64> {
    if quantity == Quantity::Date {
        return reader.date(written).map(day_number);
    }
    if let Some(unit) = quantity.unit()
        && !matches!(written.value, Value::Integer(_) | Value::Float(_))
    {
        let help = match &written.value {
            Value::Text(text) if text.trim().parse::<f64>().is_ok() => Some(format!("write {} without quotes", text.trim())),
            Value::Text(text) if text.trim().ends_with('%') => Some(format!("a percentage of {unit} is no number of them")),
            _ => None,
        };
        reader.wrong_type(written, &format!("a number of {unit}"), help);
        return None;
    }
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
                    let help = digits.contains(',').then(|| format!("write a decimal point: \"{}%\"", digits.replace(',', ".")));
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

/// What a number is in per cent, for a message: its digits with the point two places to the right.
pub(super) fn two_places_right(found: &str) -> String {
    match format!("{found}e2").parse::<f64>() {
        Ok(value) if value.abs() < 1e15 => format!("{value}"),
        _ => format!("{found} × 100"),
    }
}

/// The source's own spelling, without the underscores.
pub(super) fn as_written(written: &Written) -> String {
    let text = written.place.source.text.get(written.place.span.clone()).unwrap_or("");
    if text.len() > 40 {
        return written.described();
    }
    text.replace('_', "")
}

fn check_support(reader: &mut Reader<'_>, distribution: &Distribution, place: &Place, quantity: Quantity) -> Option<()> {
    let (low, high) = support(distribution);
    let least = quantity.least();
    let mut add = Vec::new();
    let mut faults = Vec::new();
    // A continuous distribution that begins at the least never gives that itself; one that gives single values may.
    if low < least || (low == least && quantity.excludes_least() && atom_at(distribution, least)) {
        let bound = if least == 0.0 { "zero".to_owned() } else { format!("{least}") };
        faults.push(if low == least { format!("be {bound}") } else { format!("fall below {bound}") });
        add.push(format!("min = {}", quantity.lower_bound()));
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
    if quantity.excludes_least() && least == 0.0 && matches!(distribution, Distribution::Normal { .. }) {
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
        assert_eq!(fixed("\"-2%\"", Quantity::Growth).unwrap(), -0.02);
        assert_eq!(fixed("0", Quantity::Teu).unwrap(), 0.0);
        assert_eq!(fixed("1970-01-31", Quantity::Date).unwrap(), 30.0);
        assert_eq!(fixed("1969-12-31", Quantity::Date).unwrap(), -1.0);
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
            ("0.8", Quantity::TimeValue, "write \"0.8%\" or 0.008"),
            ("-3", Quantity::Growth, "would be -300% | write \"-3%\" or -0.03"),
            ("-1", Quantity::Growth, "must be more than -1"),
            ("\"5%\"", Quantity::Teu, "expected a number of TEU, found the text \"5%\" | a percentage of TEU"),
            ("\"5\"", Quantity::Days, "expected a number of days, found the text \"5\" | write 5 without quotes"),
            ("-5", Quantity::FreightRate, "must be zero or more"),
            ("0", Quantity::ExchangeRatio, "must be more than zero"),
            ("2026", Quantity::Date, "expected a date, found the integer 2026"),
            ("\"2026-01-01\"", Quantity::Date, "write 2026-01-01 without quotes"),
            ("2026-01-01T00:00:00", Quantity::Date, "write the day alone: 2026-01-01"),
        ] {
            let message = fixed(text, quantity).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
