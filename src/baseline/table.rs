//! A table of the baseline as text: its columns, its rows, and what is wrong with its cells.

use super::csv_reading::{Record, content, records};
use super::numbers::{NotANumber, number, signed};
use crate::diagnostics::{Diagnostics, SourceText, nearest};
use std::borrow::Cow;
use std::ops::Range;

/// How many errors of one file are shown; the rest are counted.
const SHOWN: usize = 50;

/// The columns that a table has. A column that begins with `note` is the author's own and is not read.
pub(super) struct Layout {
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
}

impl Layout {
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// The errors and warnings of one file.
pub(super) struct Complaints {
    source: SourceText,
    found: Diagnostics,
    hidden: usize,
}

impl Complaints {
    pub fn new(source: &SourceText) -> Self {
        Complaints { source: source.clone(), found: Diagnostics::default(), hidden: 0 }
    }

    /// An error; what it says is worked out only if it is shown.
    pub fn error(&mut self, span: &Range<usize>, says: impl FnOnce() -> (String, Option<String>)) {
        if self.found.items.len() >= SHOWN {
            self.hidden += 1;
            return;
        }
        let (message, help) = says();
        self.found.error_at(&self.source, span.clone(), message, help);
    }

    pub fn warn(&mut self, span: &Range<usize>, message: String, help: Option<String>) {
        if self.found.items.len() < SHOWN {
            self.found.warn_at(&self.source, span.clone(), message, help);
        }
    }

    pub fn has_errors(&self) -> bool {
        self.hidden > 0 || self.found.has_errors()
    }

    /// All of it, into the diagnostics of the folder.
    pub fn deliver(mut self, into: &mut Diagnostics) {
        if self.hidden > 0 {
            let more = if self.hidden == 1 { "1 more error".into() } else { format!("{} more errors", self.hidden) };
            self.found.error_in(&self.source.path, format!("and {more} in this file"), None);
        }
        into.absorb(self.found);
    }

    /// A number, zero or more, which must be there.
    pub fn number(&mut self, field: &Field) -> Option<f64> {
        self.parsed(field, number)
    }

    /// Degrees of latitude or longitude: a number of either sign, at most `limit` of it.
    pub fn degrees(&mut self, field: &Field, limit: f64) -> Option<f64> {
        let value = self.parsed(field, signed)?;
        if value.abs() > limit {
            self.error(&field.span, || {
                let help = format!("degrees from -{limit} to {limit}, negative in the south and in the west");
                (format!("{}: `{}` is not on the globe", field.column, field.text), Some(help))
            });
            return None;
        }
        Some(value)
    }

    fn parsed(&mut self, field: &Field, read: fn(&str) -> Result<f64, NotANumber>) -> Option<f64> {
        if field.text.is_empty() {
            self.error(&field.span, || (format!("`{}` is empty where a number is needed", field.column), None));
            return None;
        }
        match read(&field.text) {
            Ok(value) => Some(value),
            Err((message, help)) => {
                self.error(&field.span, || (format!("{}: {message}", field.column), help));
                None
            }
        }
    }

    /// A number, or `otherwise` where the cell is empty.
    pub fn number_or(&mut self, field: &Field, otherwise: f64) -> Option<f64> {
        if field.text.is_empty() { Some(otherwise) } else { self.number(field) }
    }

    /// A number, or `None` within where the cell is empty.
    pub fn number_if_any(&mut self, field: &Field) -> Option<Option<f64>> {
        if field.text.is_empty() { Some(None) } else { self.number(field).map(Some) }
    }

    /// A share or rate of use, from 0 to 1.
    pub fn fraction(&mut self, field: &Field) -> Option<f64> {
        let value = self.number(field)?;
        if value > 1.0 {
            self.error(&field.span, || {
                let help = Some("write a fraction: 0.05 for 5%".into());
                (format!("{}: `{}` is more than 1", field.column, field.text), help)
            });
            return None;
        }
        Some(value)
    }

    /// One of a few words.
    pub fn word<T: Copy>(&mut self, field: &Field, words: &[(&'static str, T)]) -> Option<T> {
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == field.text) {
            return Some(*meaning);
        }
        self.error(&field.span, || {
            let known = || words.iter().map(|(word, _)| *word);
            let expected = known().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let help = match nearest(&field.text, known()) {
                Some(near) => format!("did you mean `{near}`? Known here: {expected}"),
                None => format!("expected one of {expected}"),
            };
            (unknown(field), Some(help))
        });
        None
    }

    /// Says that a row repeats the one at `first`.
    pub fn duplicate(&mut self, span: &Range<usize>, what: String, first: &Range<usize>) {
        let text = self.source.text.clone();
        self.error(span, || {
            let line = 1 + text.get(..first.start).unwrap_or_default().matches('\n').count();
            (format!("{what} is here a second time"), Some(format!("the first is on line {line}; keep one of them")))
        });
    }
}

/// `region: `CAM` is not known` or, where the cell is blank, that it is.
pub(super) fn unknown(field: &Field) -> String {
    if field.text.is_empty() { format!("`{}` is empty", field.column) } else { format!("{}: `{}` is not known", field.column, field.text) }
}

/// A table whose header is in order.
pub(super) struct Table {
    source: SourceText,
    /// For each column of the layout that the file has: its name and place.
    places: Vec<(&'static str, usize)>,
    rows: Vec<Record>,
}

/// A cell: what it says, outer spaces and quotes taken off.
pub(super) struct Field<'t> {
    pub column: &'static str,
    pub text: Cow<'t, str>,
    pub span: Range<usize>,
}

impl Table {
    /// Reads header and rows. Rows with the wrong number of fields are complained of and left out; `None` if the header cannot be used.
    pub fn read(source: SourceText, layout: &Layout, complaints: &mut Complaints) -> Option<Table> {
        let text = &*source.text.clone();
        let (mut rows, malformed) = records(text);
        for fault in malformed {
            complaints.error(&fault.span, || (fault.message.into(), Some(fault.help.into())));
        }
        for (at, character) in text.char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            complaints.error(&(at..at + character.len_utf8()), || {
                (format!("the control character U+{:04X} has no place in a table", character as u32), Some("delete it".into()))
            });
        }
        if rows.is_empty() {
            return None; // an empty file is complained of where it is opened
        }
        let header = rows.remove(0);
        let places = header_places(text, &header, layout, complaints)?;
        let width = header.fields.len();
        rows.retain(|row| {
            // Empty cells behind the last column are what a spreadsheet leaves where something was deleted.
            let surplus = row.fields.get(width..).unwrap_or_default().iter().any(|f| !f.is_empty());
            if row.fields.len() < width || surplus {
                complaints.error(&row.span(), || wrong_width(text, row, width));
                return false;
            }
            true
        });
        for (place, _) in header.fields.iter().enumerate().filter(|(_, f)| content(text, f).is_empty()) {
            for cell in rows.iter().filter_map(|r| r.fields.get(place)).filter(|c| !content(text, c).is_empty()) {
                complaints.error(cell, || {
                    ("this cell stands in a column without a name".into(), Some("name the column in the first line".into()))
                });
            }
        }
        Some(Table { source, places, rows })
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|record| Row { table: self, record })
    }

    /// Whether the table has this column.
    pub fn has(&self, column: &str) -> bool {
        self.places.iter().any(|(name, _)| *name == column)
    }

    /// The header's place, for what concerns the table as a whole.
    pub fn start(&self) -> Range<usize> {
        0..self.source.text.lines().next().map_or(0, str::len)
    }
}

/// A row of a [`Table`].
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    table: &'t Table,
    record: &'t Record,
}

impl<'t> Row<'t> {
    /// The cell in `column`; blank where the table has no such column.
    pub fn field(&self, column: &'static str) -> Field<'t> {
        let place = self.table.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place);
        match place.and_then(|place| self.record.fields.get(place)) {
            Some(field) => {
                let span = if field.is_empty() { self.span() } else { field.clone() };
                Field { column, text: content(&self.table.source.text, field), span }
            }
            None => Field { column, text: Cow::Borrowed(""), span: self.span() },
        }
    }

    pub fn span(&self) -> Range<usize> {
        self.record.span()
    }
}

fn header_places(text: &str, header: &Record, layout: &Layout, complaints: &mut Complaints) -> Option<Vec<(&'static str, usize)>> {
    let expected = || format!("the columns are {}", layout.columns().collect::<Vec<_>>().join(","));
    if header.fields.len() == 1 && text[header.span()].contains([';', '\t']) {
        let mark = if text[header.span()].contains(';') { "semicolons" } else { "tabs" };
        complaints.error(&header.span(), || {
            let help = "save it as comma-separated values, with a decimal point in the numbers".to_string();
            (format!("the columns are separated by {mark}, not commas"), Some(help))
        });
        return None;
    }
    let mut places: Vec<(&'static str, usize)> = Vec::new();
    for (place, field) in header.fields.iter().enumerate() {
        let name = content(text, field);
        if name.is_empty() || name.starts_with("note") {
            continue;
        }
        match layout.columns().find(|known| *known == name) {
            Some(known) if places.iter().any(|(before, _)| *before == known) => {
                complaints.error(field, || (format!("the column `{name}` is here a second time"), None));
            }
            Some(known) => places.push((known, place)),
            None => complaints.error(field, || {
                let help = match nearest(&name, layout.columns()) {
                    Some(near) => format!("did you mean `{near}`? A column of your own begins with `note`"),
                    None => format!("{}; a column of your own begins with `note`", expected()),
                };
                (format!("the column `{name}` is not known"), Some(help))
            }),
        }
    }
    let missing: Vec<_> = layout.required.iter().filter(|c| !places.iter().any(|(name, _)| name == *c)).collect();
    if missing.is_empty() {
        return Some(places);
    }
    complaints.error(&header.span(), || {
        let names = missing.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ");
        let what = if missing.len() == 1 { "the column" } else { "the columns" };
        (format!("{what} {names} {} missing", if missing.len() == 1 { "is" } else { "are" }), Some(expected()))
    });
    None
}

fn wrong_width(text: &str, row: &Record, width: usize) -> (String, Option<String>) {
    let count = row.fields.len();
    let message = format!("this line has {count} {}, the header has {width}", if count == 1 { "field" } else { "fields" });
    let is_digits = |f: &Range<usize>| !f.is_empty() && text[f.clone()].bytes().all(|b| b.is_ascii_digit());
    let split = row.fields.windows(2).find(|pair| is_digits(&pair[0]) && is_digits(&pair[1]));
    let help = match split {
        Some([whole, rest]) if count > width => {
            let (whole, rest) = (&text[whole.clone()], &text[rest.clone()]);
            format!("is `{whole},{rest}` a decimal comma? Use a decimal point ({whole}.{rest}), and put grouped thousands within quotes")
        }
        _ if count > width => "put a cell that holds a comma within quotes".into(),
        _ => "leave a cell empty, but keep its comma".into(),
    };
    (message, Some(help))
}
