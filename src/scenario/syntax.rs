//! Syntax errors in the words of someone who writes scenarios, not parsers: quotes of a word processor, dates of another country, commas and colons.

use crate::diagnostics::{Diagnostics, SourceText};
use jiff::civil::Date;
use std::ops::Range;
use toml::de::Error as SyntaxError;

/// Whether a syntax error may have swallowed keys, and not only the value of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Torn {
    No,
    Yes,
    /// Whatever else is wrong follows from it.
    ToTheEnd,
}

/// What is wrong, where, and what to write instead.
struct Told {
    span: Range<usize>,
    message: String,
    help: Option<String>,
    torn: Torn,
}

/// Notes a syntax error.
pub(super) fn report(error: &SyntaxError, source: &SourceText, found: &mut Diagnostics) -> Torn {
    let span = error.span().unwrap_or(0..0);
    let line = Line::around(&source.text, span.start);
    let told = line.slip().or_else(|| at(error.message(), &span, &line)).unwrap_or_else(|| Told {
        span: span.clone(),
        message: format!("not valid TOML: {}", error.message()),
        help: None,
        torn: Torn::Yes,
    });
    // One slip makes several errors.
    let repeated = found.items.iter().any(|item| {
        item.message == told.message && (item.span.as_ref() == Some(&told.span) || told.message == NESTED) && item.path == *source.path
    });
    if !repeated {
        found.error_at(source, told.span, told.message, told.help);
    }
    told.torn
}

const NESTED: &str = "brackets or keys are nested too deeply to be a scenario";

/// The line of an error: `key = value # comment`.
struct Line<'t> {
    text: &'t str,
    start: usize,
    /// Of the error within the line.
    at: usize,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Line<'t> {
        let at = (0..=at.min(text.len())).rev().find(|&byte| text.is_char_boundary(byte)).unwrap_or(0);
        let start = text[..at].rfind('\n').map_or(0, |found| found + 1);
        let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
        Line { text: &text[start..end], start, at: at - start }
    }

    fn span(&self, part: &str) -> Range<usize> {
        // A part of the line's own text.
        let from = self.start + (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        from..from + part.len()
    }

    fn before(&self) -> &'t str {
        self.text[..self.at].trim_end_matches(' ')
    }

    fn after(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The value, where the line has one, without a comment.
    fn value(&self) -> Option<&'t str> {
        let value = self.text.split_once('=')?.1;
        Some(value.split('#').next().unwrap_or(value).trim())
    }

    fn told(&self, part: &str, message: String, help: String) -> Option<Told> {
        Some(Told { span: self.span(part), message, help: Some(help), torn: Torn::No })
    }

    /// A slip that the line itself shows, whatever the parser made of it.
    fn slip(&self) -> Option<Told> {
        let whole = self.text.trim();
        if let Some((key, value)) = whole.split_once(':')
            && !key.is_empty()
            && key.trim().chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        {
            let told = self.told(
                key,
                "a key and its value are joined by =, not by a colon".into(),
                format!("write {} = {}", key.trim(), value.trim()),
            );
            return told.map(|told| Told { torn: Torn::Yes, ..told });
        }
        let value = self.value()?;
        if let Some(iso) = other_date(value) {
            return self.told(value, format!("{value} is not how a date is written"), format!("write year-month-day: {iso}"));
        }
        let first = value.chars().next()?;
        if "“”„«‘’".contains(first) {
            let words = value.trim_matches(|c| "“”„«»‘’\"'".contains(c));
            return self.told(value, format!("{value} has the quotes of a word processor"), format!("write straight quotes: {words:?}"));
        }
        if "−–—".contains(first) {
            let digits = value.trim_start_matches(first);
            return self.told(
                value,
                format!("{value} has no minus sign that is one"),
                format!("write the hyphen of the keyboard: -{digits}"),
            );
        }
        let truth = match value.to_lowercase().as_str() {
            "true" | "yes" | "on" => "true",
            "false" | "no" | "off" => "false",
            _ => return None,
        };
        if value == truth {
            return None;
        }
        self.told(value, format!("{value} is neither true nor false"), format!("write {truth}, in small letters and without quotes"))
    }
}

/// What the parser's message means at this place.
fn at(message: &str, span: &Range<usize>, line: &Line<'_>) -> Option<Told> {
    let (before, after) = (line.before(), line.after());
    let at = after.get(..span.len()).unwrap_or(after).trim();
    let told = |message: String, help: Option<String>, torn: Torn| Some(Told { span: span.clone(), message, help, torn });
    if let Some(reason) = impossible_date(at) {
        return told(format!("the date {at} does not exist: {reason}"), Some("write year-month-day, e.g. 2025-06-04".into()), Torn::No);
    }
    if message.starts_with("string values must be quoted") {
        return match at.chars().next() {
            None => {
                let key = before.trim_end_matches('=').trim_end().rsplit('.').next().unwrap_or("").trim();
                told(format!("no value after \"{key} =\""), Some("write a value, or delete the line".into()), Torn::No)
            }
            Some(_) if at.ends_with('%') => {
                told(format!("{at} is not in quotes"), Some(format!("write a percentage as text: \"{at}\"")), Torn::No)
            }
            Some('0'..='9') => {
                let digits: String = at.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '_')).collect();
                told(format!("{at} is not a number"), Some(format!("write {digits} alone, or \"{digits}%\" for a percentage")), Torn::No)
            }
            Some(_) => told(format!("{at} is not a value"), Some(format!("write text in quotes: {at:?}")), Torn::No),
        };
    }
    if message.starts_with("unexpected key or value") {
        if after.starts_with(',') && before.ends_with(|c: char| c.is_ascii_digit()) {
            let [left, right] = [before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or(""), digits(&after[1..])];
            let help = match right.len() {
                3 if left != "0" => format!("write {left}_{right} for thousands, {left}.{right} for decimals"),
                _ => format!("write a decimal point: {left}.{right}, not {left},{right}"),
            };
            return told("a number ends here, then comes a comma".into(), Some(help), Torn::No);
        }
        if after.starts_with("//") {
            return told("a comment begins with #, not with //".into(), Some("write # before it".into()), Torn::Yes);
        }
        if before.ends_with('"') {
            let help = "quotes within a text are written \\\", or stand in '...'".into();
            return told("the text ends at the quote before this".into(), Some(help), Torn::Yes);
        }
    }
    if message.starts_with("key with no value") {
        let key = before.trim();
        return told(format!("no = after {key}"), Some(format!("write {key} = and its value")), Torn::Yes);
    }
    if message.starts_with("missing comma") {
        // The key of the next line is no item of a list.
        if before.is_empty() && after.contains('=') {
            let help = "end it with ] on the line above".into();
            return told("the list before this line is not closed".into(), Some(help), Torn::ToTheEnd);
        }
        return told("no comma between this and what is before it".into(), Some("write a comma between the two".into()), Torn::Yes);
    }
    if message.starts_with("unclosed array table") || message.starts_with("unclosed table") {
        let name = before.trim_matches(|c| matches!(c, '[' | ']' | ' '));
        let double = before.trim_start().starts_with("[[");
        let help = if double { format!("write [[{name}]]") } else { format!("write [{name}]") };
        return told("a header without its closing brackets".into(), Some(help), Torn::Yes);
    }
    if message.starts_with("missing escaped value") {
        return told("a backslash in a text does not stand for itself".into(), Some("write / in a path, or \\\\".into()), Torn::No);
    }
    if message.starts_with("invalid basic string") && at.is_empty() {
        return told("a text without its closing quote".into(), Some("end it with \" on the same line".into()), Torn::Yes);
    }
    if message == "duplicate key" {
        return told(format!("{at} is given twice"), Some("keep one of the two".into()), Torn::No);
    }
    message.contains("recurs").then(|| Told { span: span.clone(), message: NESTED.into(), help: None, torn: Torn::Yes })
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// A date of another country's writing, 06/04/2025, 4.6.2025 or 2025-6-4, as year-month-day; both readings where it has two.
pub(super) fn other_date(text: &str) -> Option<String> {
    let separator = ['/', '.', '-'].into_iter().find(|separator| text.matches(*separator).count() == 2)?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    if !parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let number = |at: usize| parts.get(at)?.parse::<i16>().ok();
    let date = |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let (a, b, c) = (number(0)?, number(1)?, number(2)?);
    if parts[0].len() == 4 {
        // As it should be, if it is a date at all.
        let whole = separator == '-' && parts[1].len() == 2 && parts[2].len() == 2;
        return date(a, b, c).filter(|_| !whole).map(|date| date.to_string());
    }
    if parts[2].len() != 4 {
        return None;
    }
    let (month_first, day_first) = (date(c, a, b), date(c, b, a));
    match (month_first, day_first) {
        // Points are the sign of a day before its month.
        (_, Some(day_first)) if separator == '.' => Some(day_first.to_string()),
        (Some(one), Some(other)) if one != other => {
            Some(format!("{one} if that is {}, {other} if it is {}", one.strftime("%-d %B"), other.strftime("%-d %B")))
        }
        (one, other) => one.or(other).map(|date| date.to_string()),
    }
}

/// Why a date of the right shape is none.
fn impossible_date(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
    let Some(name) = usize::try_from(month - 1).ok().and_then(|m| MONTHS.get(m)) else {
        return Some(format!("there is no month {month}"));
    };
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let days = first.days_in_month();
    if (1..=i16::from(days)).contains(&day) {
        return None;
    }
    Some(format!("{name} {year} has {days} days"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_other_countries_are_turned_round() {
        for (text, iso) in [
            ("06/04/2025", Some("2025-06-04 if that is 4 June, 2025-04-06 if it is 6 April")),
            ("12-31-2026", Some("2026-12-31")),
            ("04.06.2025", Some("2025-06-04")),
            ("2026-6-4", Some("2026-06-04")),
            ("2025/06/04", Some("2025-06-04")),
            ("6/6/2025", Some("2025-06-06")),
            ("2025-06-04", None),
            ("2025-13-40", None),
            ("1.2.3", None),
            ("45/45/2025", None),
            ("1/2", None),
        ] {
            assert_eq!(other_date(text).as_deref(), iso, "{text}");
        }
    }
}
