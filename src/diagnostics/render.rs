//! Diagnostics as a person reads them: the message, `file:line:column`, the line itself with the place underlined, and what to do.
//!
//! ```text
//! error: unknown sector "steal_iron"
//!   --> scenarios/x.toml:14:12
//!    |
//! 14 | sectors = ["steal_iron"]
//!    |            ^^^^^^^^^^^^
//!    = help: did you mean "steel_iron"?
//! ```

use super::{Diagnostic, Diagnostics, Severity, SourceText};
use std::fmt::Write;
use std::ops::Range;

/// Narrower than this nothing reads well, so narrower terminals wrap for themselves.
const LEAST_WIDTH: usize = 40;
/// A tab moves the text by this many columns.
const TAB: usize = 4;

/// Nobody reads further, and a file of another kind would give thousands.
const MOST_SHOWN: usize = 100;

impl Diagnostics {
    /// All of them (the first hundred where there are more), one after another with a blank line between; `width` in terminal columns,
    /// `colour` with ANSI escapes.
    pub fn render(&self, colour: bool, width: usize) -> String {
        let shown = self.items.iter().take(MOST_SHOWN).map(|d| d.render(colour, width));
        let mut out = shown.collect::<Vec<_>>().join("\n");
        if self.items.len() > MOST_SHOWN {
            let _ = writeln!(out, "\nand {} more", self.items.len() - MOST_SHOWN);
        }
        out
    }
}

impl Diagnostic {
    /// This one, ending in a newline.
    pub fn render(&self, colour: bool, width: usize) -> String {
        let width = width.max(LEAST_WIDTH);
        let paint = Paint { on: colour };
        let (word, ink) = match self.severity {
            Severity::Error => ("error", "1;31"),
            Severity::Warning => ("warning", "1;33"),
        };
        let mut out = String::new();
        let message = wrap(&clean(&self.message), width.saturating_sub(word.len() + 2), word.len() + 2);
        let _ = writeln!(out, "{}{} {}", paint.with(ink, word), paint.with("1", ":"), paint.with("1", &message));

        let mut margin = 2;
        let path = clean(&self.path.display().to_string());
        match self.source.as_ref().zip(self.span.as_ref()) {
            Some((source, span)) => {
                let spot = Spot::find(source, span);
                margin = spot.line_number.to_string().len();
                let blank = " ".repeat(margin);
                let bar = paint.with("1;34", "|");
                let _ = writeln!(out, "{blank}{} {path}:{}:{}", paint.with("1;34", "-->"), spot.line_number, spot.column);
                let _ = writeln!(out, "{blank} {bar}");
                let (line, carets) = spot.drawn(width.saturating_sub(margin + 3));
                let gap = if line.is_empty() { "" } else { " " };
                let _ = writeln!(out, "{} {bar}{gap}{line}", paint.with("1;34", &spot.line_number.to_string()));
                let _ = writeln!(out, "{blank} {bar} {}", paint.with_indent(ink, &carets));
            }
            None => {
                let _ = writeln!(out, "{}{} {path}", " ".repeat(margin), paint.with("1;34", "-->"));
            }
        }
        if let Some(help) = &self.help {
            let lead = margin + 1;
            let text = wrap(&clean(help), width.saturating_sub(lead + 8), lead + 8);
            let _ = writeln!(out, "{}{} {}: {text}", " ".repeat(lead), paint.with("1;34", "="), paint.with("1", "help"));
        }
        out
    }

    /// Line and column, from 1 and in characters, where it points into a text.
    pub fn position(&self) -> Option<(usize, usize)> {
        let spot = Spot::find(self.source.as_ref()?, self.span.as_ref()?);
        Some((spot.line_number, spot.column))
    }
}

/// A place in a text: its first line and the part of it that is meant.
struct Spot<'a> {
    line_number: usize,
    column: usize,
    line: &'a str,
    /// Bytes within `line`.
    marked: Range<usize>,
}

impl<'a> Spot<'a> {
    fn find(source: &'a SourceText, span: &Range<usize>) -> Spot<'a> {
        let text: &str = &source.text;
        let start = floor_boundary(text, span.start);
        let end = floor_boundary(text, span.end.max(span.start));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = text[line_start..line_end].trim_end_matches('\r');
        let from = (start - line_start).min(line.len());
        let to = end.saturating_sub(line_start).clamp(from, line.len());
        Spot { line_number: text[..line_start].matches('\n').count() + 1, column: line[..from].chars().count() + 1, line, marked: from..to }
    }

    /// The line as shown within `room` columns, and the carets under it.
    fn drawn(&self, room: usize) -> (String, String) {
        let before = expand(&self.line[..self.marked.start]);
        let marked = expand(&self.line[self.marked.clone()]);
        let after = expand(&self.line[self.marked.end..]);
        let total = columns(&before) + columns(&marked) + columns(&after);
        let (before, marked, after) = if total <= room {
            (before, marked, after)
        } else {
            // A long line: keep the marked part in sight with some of what stands before it.
            let marked = head(&marked, room * 2 / 3);
            let before = tail(&before, (room - columns(&marked)) / 2);
            let after = head(&after, room.saturating_sub(columns(&before) + columns(&marked)));
            (before, marked, after)
        };
        let carets = format!("{}{}", " ".repeat(columns(&before)), "^".repeat(columns(&marked).max(1)));
        (format!("{before}{marked}{after}").trim_end().to_owned(), carets)
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// At most `room` columns from the front, an ellipsis where text is left out.
fn head(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += char_columns(c);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// At most `room` columns from the back.
fn tail(text: &str, room: usize) -> String {
    let turned: String = text.chars().rev().collect();
    head(&turned, room).chars().rev().collect()
}

/// Tabs to spaces, and control characters to a sign that no terminal obeys.
fn expand(text: &str) -> String {
    text.replace('\t', &" ".repeat(TAB)).chars().map(visible).collect()
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// Control characters and marks that turn the direction of text would garble the terminal.
fn visible(c: char) -> char {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(char_columns).sum()
}

/// Columns that a terminal gives a character: the blocks that matter of Unicode's East Asian Width (UAX 11) and of combining marks.
fn char_columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xFEFF => 0,
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F => 2,
        0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F | 0x1F680..=0x1F6FF | 0x1F900..=0x1F9FF | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// Breaks at spaces so that no line passes `room` columns where a space allows it; further lines start at column `indent`.
fn wrap(text: &str, room: usize, indent: usize) -> String {
    let mut out = String::new();
    for (n, paragraph) in text.split('\n').enumerate() {
        if n > 0 {
            let _ = write!(out, "\n{}", " ".repeat(indent));
        }
        let mut used = 0;
        for (m, word) in paragraph.split(' ').enumerate() {
            let wide = columns(word);
            if m > 0 && used + 1 + wide > room {
                let _ = write!(out, "\n{}", " ".repeat(indent));
                used = 0;
            } else if m > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += wide;
        }
    }
    out
}

struct Paint {
    on: bool,
}

impl Paint {
    fn with(&self, ink: &str, text: &str) -> String {
        if self.on { format!("\u{1b}[{ink}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Colours what follows the leading spaces.
    fn with_indent(&self, ink: &str, text: &str) -> String {
        let bare = text.trim_start();
        format!("{}{}", &text[..text.len() - bare.len()], self.with(ink, bare))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn source(text: &str) -> SourceText {
        SourceText { path: Path::new("scenarios/x.toml").into(), text: text.into() }
    }

    fn rendered(text: &str, mark: &str, message: &str, help: Option<&str>, width: usize) -> String {
        let start = text.find(mark).unwrap();
        let mut found = Diagnostics::default();
        found.error_at(&source(text), start..start + mark.len(), message, help.map(str::to_owned));
        found.render(false, width)
    }

    #[test]
    fn shows_the_line_and_underlines_the_place() {
        let text = "title = \"x\"\nsectors = [\"steal_iron\"]\r\n";
        insta::assert_snapshot!(
            rendered(text, "\"steal_iron\"", "unknown sector \"steal_iron\"", Some("did you mean \"steel_iron\"?"), 100),
            @r#"
        error: unknown sector "steal_iron"
         --> scenarios/x.toml:2:12
          |
        2 | sectors = ["steal_iron"]
          |            ^^^^^^^^^^^^
          = help: did you mean "steel_iron"?
        "#
        );
    }

    #[test]
    fn carets_stay_under_accents_wide_letters_and_tabs() {
        for line in ["\tnáme = \"鋼\", x", "e\u{301}tat = x", "a\tb = x"] {
            let out = rendered(line, "x", "m", None, 80);
            let lines: Vec<&str> = out.lines().collect();
            let shown = lines[3].split_once("| ").unwrap().1;
            let carets = lines[4].split_once("| ").unwrap().1;
            let before = shown.split_once('x').unwrap().0;
            assert_eq!(columns(before), carets.len() - 1, "{out}");
        }
    }

    #[test]
    fn a_long_line_keeps_the_place_in_sight() {
        let text = format!("{} = BAD # {}", "k".repeat(500), "z".repeat(500));
        let out = rendered(&text, "BAD", "m", None, 80);
        assert!(out.lines().all(|l| columns(l) <= 80), "{out}");
        assert!(out.contains("BAD") && out.contains("x.toml:1:504"), "{out}");
    }

    #[test]
    fn a_span_over_several_lines_marks_the_first() {
        let text = "a = [\n  1,\n  2,\n]\n";
        let mut found = Diagnostics::default();
        found.error_at(&source(text), 4..text.len(), "m", None);
        assert!(found.render(false, 80).contains("1 | a = [\n  |     ^\n"));
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_letter_do_no_harm() {
        for (start, end) in [(0, 0), (1, 2), (2, 1), (5, 900), (900, 901)] {
            let mut found = Diagnostics::default();
            found.error_at(&source("é\n"), start..end, "m", None);
            assert!(found.render(true, 0).contains("x.toml:"));
        }
    }

    #[test]
    fn thousands_are_counted_and_not_shown() {
        let mut found = Diagnostics::default();
        for _ in 0..5000 {
            found.error_at(&source("x"), 0..1, "m", None);
        }
        let out = found.render(false, 80);
        assert_eq!(out.matches("error: m").count(), 100);
        assert!(out.ends_with("\nand 4900 more\n"));
    }

    #[test]
    fn no_escape_of_the_input_reaches_the_terminal() {
        let out = rendered("a = \"\u{1b}[2J\" # \u{202e}", "a", "bad \u{1b}[31m", None, 80);
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{out:?}");
    }
}
