//! Years and quarters: `periods = "2025..2028"`, `[2025, 2026]`, `"2025Q1..2026Q4"`.

use super::day::day_number;
use super::reader::Reader;
use super::written::{Place, Value, Written};
use crate::diagnostics::quoted;
use crate::uncertainty::Number;
use jiff::civil::Date;

pub(super) const FIRST_YEAR: i16 = 1900;
pub(super) const LAST_YEAR: i16 = 2200;
/// Enough for a century of quarters; more is a slip.
pub(super) const MOST: usize = 400;
const FORMS: &str = "write years \"2025..2028\", a list [2025, 2026], or quarters \"2025Q1..2026Q4\"";

/// A year or a quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// `2025` or `2025Q1`.
    pub label: String,
    pub first_day: Date,
    /// The last day that belongs to it.
    pub last_day: Date,
}

/// A point on the calendar: a year, or a quarter of one (1 to 4).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tick {
    year: i16,
    quarter: Option<i8>,
}

impl Tick {
    /// Its number among its kind.
    fn ordinal(self) -> i32 {
        match self.quarter {
            None => i32::from(self.year),
            Some(q) => i32::from(self.year) * 4 + i32::from(q) - 1,
        }
    }

    fn next(self) -> Tick {
        match self.quarter {
            None => Tick { year: self.year + 1, ..self },
            Some(4) => Tick { year: self.year + 1, quarter: Some(1) },
            Some(q) => Tick { quarter: Some(q + 1), ..self },
        }
    }

    fn label(self) -> String {
        match self.quarter {
            None => format!("{}", self.year),
            Some(q) => format!("{}Q{q}", self.year),
        }
    }

    /// `None` outside the calendar; the years are checked before.
    fn period(self) -> Option<Period> {
        let (first, last) = match self.quarter {
            None => (1, 12),
            Some(q) => (3 * q - 2, 3 * q),
        };
        Some(Period {
            label: self.label(),
            first_day: Date::new(self.year, first, 1).ok()?,
            last_day: Date::new(self.year, last, 1).ok()?.last_of_month(),
        })
    }
}

/// Reads `periods`; empty where nothing could be made of it, which is then reported.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Vec<Period> {
    let ticks = match &written.value {
        Value::Broken => return Vec::new(),
        Value::Text(text) => range(reader, text, &written.place),
        Value::Integer(_) => tick_of(reader, written).map(|t| vec![t]),
        Value::List(items) => list(reader, items, &written.place),
        _ => {
            reader.wrong_type(written, "periods", Some(FORMS.to_owned()));
            None
        }
    };
    ticks.unwrap_or_default().into_iter().filter_map(Tick::period).collect()
}

/// Warns of what begins only after the run, in every draw.
pub(super) fn warn_if_after(reader: &mut Reader<'_>, place: &Place, what: &str, day: &Number, periods: &[Period]) {
    // A plan whose uncertain day lies beyond the run is a plan; a date there is likely a slip.
    if let (Number::Fixed(day), Some(last)) = (day, periods.last())
        && *day > day_number(last.last_day)
    {
        let message = format!("{what} changes nothing in the run, whose last day is {}: this is later", last.last_day);
        reader.warn(place, message, Some("add periods, or leave it out".to_owned()));
    }
}

fn range(reader: &mut Reader<'_>, text: &str, place: &Place) -> Option<Vec<Tick>> {
    let Some((first, last)) = text.split_once("..") else {
        return tick(reader, text, place).map(|t| vec![t]);
    };
    let (first, last) = (tick(reader, first, place), tick(reader, last.trim_start_matches('='), place));
    let (first, last) = (first?, last?);
    if first.quarter.is_some() != last.quarter.is_some() {
        reader.error(place, format!("{} mixes years and quarters", quoted(text)), Some(FORMS.to_owned()));
        return None;
    }
    if last.ordinal() < first.ordinal() {
        let turned = format!("write \"{}..{}\"", last.label(), first.label());
        reader.error(place, format!("{} ends before it begins", quoted(text)), Some(turned));
        return None;
    }
    let count = usize::try_from(last.ordinal() - first.ordinal() + 1).unwrap_or(usize::MAX);
    if count > MOST {
        reader.error(place, format!("{count} periods are more than the {MOST} that a run may have"), None);
        return None;
    }
    Some(std::iter::successors(Some(first), |t| Some(t.next())).take(count).collect())
}

fn list(reader: &mut Reader<'_>, items: &[Written], place: &Place) -> Option<Vec<Tick>> {
    if items.is_empty() {
        reader.error(place, "no periods in the list", Some(FORMS.to_owned()));
        return None;
    }
    if items.len() > MOST {
        reader.error(place, format!("{} periods are more than the {MOST} that a run may have", items.len()), None);
        return None;
    }
    let mut ticks: Vec<Tick> = Vec::with_capacity(items.len());
    let mut whole = true;
    for item in items {
        let Some(tick) = tick_of(reader, item) else {
            whole = false;
            continue;
        };
        if let Some(last) = ticks.last() {
            let label = tick.label();
            if last.quarter.is_some() != tick.quarter.is_some() {
                reader.error(&item.place, "years and quarters in one list overlap", Some("use one or the other".to_owned()));
                whole = false;
            } else if ticks.contains(&tick) {
                reader.error(&item.place, format!("period {label} is given twice"), None);
                whole = false;
            } else if tick.ordinal() < last.ordinal() {
                let message = format!("period {label} comes after {}, though it is earlier", last.label());
                reader.error(&item.place, message, Some("put the periods in order of time".to_owned()));
                whole = false;
            }
        }
        ticks.push(tick);
    }
    whole.then_some(ticks)
}

fn tick_of(reader: &mut Reader<'_>, item: &Written) -> Option<Tick> {
    match &item.value {
        Value::Integer(Some(year)) => tick(reader, &year.to_string(), &item.place),
        Value::Text(text) => tick(reader, text, &item.place),
        _ => {
            reader.wrong_type(item, "a year or a quarter", Some(FORMS.to_owned()));
            None
        }
    }
}

fn tick(reader: &mut Reader<'_>, text: &str, place: &Place) -> Option<Tick> {
    let text = text.trim();
    let (year, quarter) = match text.split_once(['Q', 'q']) {
        None => (text, None),
        Some((year, quarter)) => (year.trim_end_matches('-'), Some(quarter)),
    };
    let number =
        |part: &str| (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u64>().unwrap_or(u64::MAX));
    let quarter = quarter.map(|q| number(q).and_then(|q| i8::try_from(q).ok()).unwrap_or(0));
    let Some(year) = number(year) else {
        // 2025-2028, 2025:2028, 2025 to 2028.
        let ends: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
        let help = match ends[..] {
            [first, last] if !text.contains(['Q', 'q']) => format!("write \"{first}..{last}\""),
            _ => FORMS.to_owned(),
        };
        reader.error(place, format!("{} is not a period", quoted(text)), Some(help));
        return None;
    };
    let Some(year) = i16::try_from(year).ok().filter(|y| (FIRST_YEAR..=LAST_YEAR).contains(y)) else {
        let message = format!("the year {year} lies outside {FIRST_YEAR} to {LAST_YEAR}");
        reader.error(place, message, None);
        return None;
    };
    if quarter.is_some_and(|q| !(1..=4).contains(&q)) {
        reader.error(place, format!("{} is not a quarter", quoted(text)), Some(format!("write {year}Q1 to {year}Q4")));
        return None;
    }
    Some(Tick { year, quarter })
}

#[cfg(test)]
mod tests {
    use super::super::tests::written;
    use super::*;

    fn labels(text: &str) -> Result<Vec<String>, String> {
        let mut reader = Reader::new(None);
        let periods = read(&mut reader, &written(text));
        match reader.found.items.first() {
            Some(d) => Err(d.message.clone()),
            None => Ok(periods.into_iter().map(|p| p.label).collect()),
        }
    }

    #[test]
    fn years_and_quarters_in_every_form() {
        assert_eq!(labels("\"2025..2028\"").unwrap(), ["2025", "2026", "2027", "2028"]);
        assert_eq!(labels("[2025, 2027]").unwrap(), ["2025", "2027"]);
        assert_eq!(labels("\"2025Q3..2026Q2\"").unwrap(), ["2025Q3", "2025Q4", "2026Q1", "2026Q2"]);
        assert_eq!(labels("[\"2025Q1\", \"2026Q1\"]").unwrap(), ["2025Q1", "2026Q1"]);
        assert_eq!(labels("\"2025\"").unwrap(), ["2025"]);
        assert_eq!(labels("2025").unwrap(), ["2025"]);
        assert_eq!(labels("\"1900..2199\"").unwrap().len(), 300);
    }

    #[test]
    fn a_period_holds_its_first_and_last_day() {
        let mut reader = Reader::new(None);
        let quarter = &read(&mut reader, &written("\"2024Q1\""))[0];
        assert_eq!((quarter.first_day.to_string(), quarter.last_day.to_string()), ("2024-01-01".into(), "2024-03-31".into()));
        let year = &read(&mut reader, &written("2024"))[0];
        assert_eq!((year.first_day.to_string(), year.last_day.to_string()), ("2024-01-01".into(), "2024-12-31".into()));
    }

    #[test]
    fn slips_are_refused() {
        for (text, part) in [
            ("\"2028..2025\"", "ends before"),
            ("\"2025..2026Q1\"", "mixes years and quarters"),
            ("[2025, 2025]", "given twice"),
            ("[2026, 2025]", "though it is earlier"),
            ("[2025, \"2026Q1\"]", "overlap"),
            ("[]", "no periods"),
            ("\"2025Q5\"", "not a quarter"),
            ("\"2025Q\"", "not a quarter"),
            ("\"20255\"", "outside 1900"),
            ("99999999999999999999999", "outside 1900"),
            ("\"1900Q1..2200Q4\"", "1204 periods are more than the 400"),
            ("\"\"", "not a period"),
            ("\"..\"", "not a period"),
            ("-5", "not a period"),
            ("true", "expected periods"),
            ("[2025.5]", "expected a year or a quarter"),
        ] {
            let message = labels(text).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }
}
