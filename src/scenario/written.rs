//! The file as written: each value with the place it stands at, so that what is inherited through `extends` is blamed on its own file and line.
//! Syntax errors do not end the reading: what could still be read is read, and the broken values are passed over in silence later.

use super::syntax::{self, Torn};
use crate::diagnostics::{Diagnostics, SourceText};
use std::ops::Range;
use toml::de::{DeTable, DeValue, Error as SyntaxError};

/// A stretch of a file.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub source: SourceText,
    pub span: Range<usize>,
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub value: Value,
    pub place: Place,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    /// `None` beyond 128 bits.
    Integer(Option<i128>),
    Float(f64),
    Boolean(bool),
    Date(toml::value::Datetime),
    List(Vec<Written>),
    Table(Table),
    /// Already reported as a syntax error.
    Broken,
}

/// A table, in the order of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: String,
    pub key_place: Place,
    pub value: Written,
}

impl Table {
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    pub fn get(&self, key: &str) -> Option<&Written> {
        self.entry(key).map(|e| &e.value)
    }
}

impl Written {
    /// What stands under a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Written> {
        match &self.value {
            Value::Table(table) => table.get(key),
            _ => None,
        }
    }

    /// What a person would call it, for "found …".
    pub fn described(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("the text {}", crate::diagnostics::quoted(text)),
            Value::Integer(Some(n)) => format!("the integer {n}"),
            Value::Integer(None) => "an integer of more than 38 digits".to_owned(),
            Value::Float(x) => format!("the number {x}"),
            Value::Boolean(b) => format!("{b}"),
            Value::Date(date) => format!("the date {date}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
            Value::Broken => "what cannot be read".to_owned(),
        }
    }
}

/// A file with more syntax errors is not read for what else is wrong with it.
const MOST_ERRORS: usize = 200;

/// Parses a text as TOML. The syntax errors go to `found`; the table holds all that could be read in spite of them.
/// Also tells whether the text is torn: whether an error may have swallowed keys, and not only the value of one.
pub(crate) fn parse(source: &SourceText, found: &mut Diagnostics) -> (Table, bool) {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let spans: Vec<Range<usize>> = errors.iter().filter_map(SyntaxError::span).collect();
    let mut torn = false;
    for error in errors.iter().take(MOST_ERRORS) {
        match syntax::report(error, source, found) {
            Torn::No => {}
            Torn::Yes => torn = true,
            Torn::ToTheEnd => {
                torn = true;
                break;
            }
        }
    }
    if errors.len() > MOST_ERRORS {
        // No scenario with slips, but something else altogether.
        return (Table::default(), true);
    }
    (convert(document.get_ref(), source, &spans), torn)
}

fn convert(table: &DeTable<'_>, source: &SourceText, broken: &[Range<usize>]) -> Table {
    let entries = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_place: Place { source: source.clone(), span: key.span() },
            value: converted(value.get_ref(), value.span(), source, broken),
        })
        .collect();
    Table { entries }
}

fn converted(value: &DeValue<'_>, span: Range<usize>, source: &SourceText, broken: &[Range<usize>]) -> Written {
    let hit = broken.iter().any(|b| b.start <= span.end && span.start <= b.end);
    let value = match value {
        _ if hit => Value::Broken,
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => Value::Integer(i128::from_str_radix(n.as_str(), n.radix()).ok()),
        DeValue::Float(x) => x.as_str().parse().map_or(Value::Broken, Value::Float),
        DeValue::Boolean(b) => Value::Boolean(*b),
        DeValue::Datetime(date) => Value::Date(*date),
        DeValue::Array(items) => Value::List(items.iter().map(|v| converted(v.get_ref(), v.span(), source, broken)).collect()),
        DeValue::Table(inner) => Value::Table(convert(inner, source, broken)),
    };
    Written { value, place: Place { source: source.clone(), span } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn messages(text: &str) -> Vec<String> {
        let source = SourceText { path: Path::new("x.toml").into(), text: text.into() };
        let mut found = Diagnostics::default();
        parse(&source, &mut found);
        found.items.into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn dates_that_do_not_exist_are_told_apart() {
        let found = messages("a = 2025-13-40\nb = 2025-02-30\nc = 2024-02-29\n");
        assert_eq!(
            found,
            ["the date 2025-13-40 does not exist: there is no month 13", "the date 2025-02-30 does not exist: February 2025 has 28 days"]
        );
    }

    #[test]
    fn reading_goes_on_after_an_error() {
        let source = SourceText { path: Path::new("x.toml").into(), text: "a = 50%\nb = 0,5\nc = \"x\"\n".into() };
        let mut found = Diagnostics::default();
        let (table, torn) = parse(&source, &mut found);
        assert!(!torn);
        assert_eq!(found.items.len(), 2);
        assert!(matches!(table.get("a").unwrap().value, Value::Broken));
        assert!(matches!(&table.get("c").unwrap().value, Value::Text(t) if t == "x"));
    }

    #[test]
    fn bottomless_nesting_is_one_error() {
        for text in
            [format!("a = {}", "[".repeat(100_000)), format!("a = {}", "{a=".repeat(100_000)), format!("{}a = 1", "a.".repeat(100_000))]
        {
            let found = messages(&text);
            assert_eq!(found.iter().filter(|m| m.contains("nested too deeply")).count(), 1, "{found:?}");
        }
        assert!(!messages(&"[".repeat(100_000)).is_empty());
    }
}
