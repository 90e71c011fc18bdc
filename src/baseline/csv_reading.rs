//! Comma-separated text into records, each field with its place in the file (RFC 4180, and what spreadsheets make of it).
//!
//! The csv crate knows where a record begins but not where a field does, and an unclosed quote swallows the rest of a file without a word:
//! an error that points at its cell needs the places, so reading is done here (writing is the crate's).

use std::borrow::Cow;
use std::ops::Range;

/// One line of a table: the places of its fields, outer spaces left out and quotes still on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub fields: Vec<Range<usize>>,
}

impl Record {
    /// From the first field to the last.
    pub fn span(&self) -> Range<usize> {
        let start = self.fields.first().map_or(0, |f| f.start);
        start..self.fields.last().map_or(start, |f| f.end)
    }
}

/// A place where the text is not comma-separated values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Malformed {
    pub span: Range<usize>,
    pub message: &'static str,
    pub help: &'static str,
}

/// All records of `text`; lines without anything but commas and spaces are left out, as spreadsheets leave them behind.
pub(super) fn records(text: &str) -> (Vec<Record>, Vec<Malformed>) {
    let (mut found, mut malformed) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        let mut fields = Vec::new();
        loop {
            let (field, end) = field(text, at, &mut malformed);
            fields.push(field);
            at = end;
            if text.as_bytes().get(at) != Some(&b',') {
                break;
            }
            at += 1;
        }
        at = after_line_end(text.as_bytes(), at);
        if fields.iter().any(|f| !f.is_empty()) {
            found.push(Record { fields });
        }
    }
    (found, malformed)
}

/// What a field says, quotes taken off.
pub(super) fn content<'t>(text: &'t str, field: &Range<usize>) -> Cow<'t, str> {
    let raw = text.get(field.clone()).unwrap_or_default();
    match raw.strip_prefix('"') {
        None => Cow::Borrowed(raw),
        Some(rest) => {
            let inner = rest.strip_suffix('"').unwrap_or(rest);
            let inner = inner.trim();
            if inner.contains("\"\"") { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
        }
    }
}

/// The field that starts at `start`, and where the comma or line end behind it stands.
fn field(text: &str, start: usize, malformed: &mut Vec<Malformed>) -> (Range<usize>, usize) {
    let bytes = text.as_bytes();
    let open = start + bytes[start..].iter().take_while(|b| **b == b' ').count();
    if bytes.get(open) != Some(&b'"') {
        let end = delimiter(bytes, start);
        return (trimmed(text, start, end), end);
    }
    let Some(close) = closing_quote(bytes, open) else {
        malformed.push(Malformed {
            span: open..open + 1,
            message: "this quote is never closed",
            help: "close it, or write a quote within quotes twice",
        });
        // Nothing says where it was meant to close; the end of its line keeps the other lines readable.
        let end = line_end(bytes, open);
        return (trimmed(text, open, end), end);
    };
    let end = delimiter(bytes, close + 1);
    let rest = trimmed(text, close + 1, end);
    if !rest.is_empty() {
        malformed.push(Malformed {
            span: rest,
            message: "text after a closing quote",
            help: "put the whole cell within quotes, and write a quote within quotes twice",
        });
    }
    (open..close + 1, end)
}

/// The place of the quote that closes the one at `open`; doubled quotes stand for themselves.
fn closing_quote(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            if bytes.get(at + 1) != Some(&b'"') {
                return Some(at);
            }
            at += 1;
        }
        at += 1;
    }
    None
}

fn delimiter(bytes: &[u8], from: usize) -> usize {
    position(bytes, from, |b| matches!(b, b',' | b'\n' | b'\r'))
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    position(bytes, from, |b| matches!(b, b'\n' | b'\r'))
}

fn position(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|b| is(*b)).map_or(bytes.len(), |n| from + n)
}

/// Behind LF, CRLF or the lone CR of an old Macintosh.
fn after_line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(_), _) => at + 1,
        (None, _) => at,
    }
}

fn trimmed(text: &str, start: usize, end: usize) -> Range<usize> {
    let raw = &text[start..end];
    let from = start + (raw.len() - raw.trim_start().len());
    from..from + raw.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let (records, malformed) = records(text);
        assert_eq!(malformed, []);
        records.iter().map(|r| r.fields.iter().map(|f| content(text, f).into_owned()).collect()).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        assert_eq!(read("a,b\r\n\"1,234.5\", \"say \"\"so\"\"\"\r\n\r\n,\r\n"), [["a", "b"], ["1,234.5", "say \"so\""]]);
        assert_eq!(read("a,b\r1,\r"), [["a", "b"], ["1", ""]]);
        assert_eq!(read("a,\"two\nlines\"\n\u{a0}é ,5\" pipe"), [["a", "two\nlines"], ["é", "5\" pipe"]]);
    }

    #[test]
    fn an_open_quote_costs_its_line_only() {
        let text = "a,b\n1,\"open\n2,3\n";
        let (records, malformed) = records(text);
        assert_eq!(records.len(), 3);
        assert_eq!(malformed[0].span, 6..7);
        assert_eq!(content(text, &records[2].fields[1]), "3");
    }

    #[test]
    fn text_behind_a_quote_is_pointed_at() {
        let text = "\"a\"x,b";
        let (records, malformed) = records(text);
        assert_eq!(malformed[0].span, 3..4);
        assert_eq!(records[0].fields, [0..3, 5..6]);
    }
}
