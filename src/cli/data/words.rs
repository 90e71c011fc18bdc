//! Money, shares and tables as the `data` commands say them.

use crate::cli::columns::Columns;
use crate::cli::terminal;

/// US$ million as a person reads it: `US$ 1.2 bn`.
pub(super) fn usd(millions: f64) -> String {
    format!("US$ {}", size(millions))
}

/// The same in a table that says what it is in: `1.2 bn`.
pub(super) fn size(millions: f64) -> String {
    // A sum of nothing is a negative zero.
    let millions = millions + 0.0;
    match millions.abs() {
        value if value >= 999_500.0 => format!("{:.2} tn", millions / 1e6),
        value if value >= 999.5 => format!("{:.1} bn", millions / 1e3),
        value if value >= 0.05 || value == 0.0 => format!("{millions:.1} m"),
        _ => format!("{:.1} thousand", millions * 1e3),
    }
    .replace('-', "−")
}

/// A share as a person reads it.
pub(super) fn percent(fraction: f64) -> String {
    format!("{:.1}%", 100.0 * fraction + 0.0)
}

/// A part of a whole; 0 of nothing.
pub(super) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// "1 row", "2 rows".
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A title over its table, set for the terminal where there is one.
pub(super) fn section(parts: &mut Vec<String>, title: &str, table: &Columns) {
    if !table.is_empty() {
        parts.push(format!("{}\n{}", wrapped(title, room()), table.text(room())));
    }
}

/// A title over a list, its lines broken to the terminal.
pub(super) fn list(parts: &mut Vec<String>, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.map(|item| format!("  {}", wrapped(&item, room().saturating_sub(4)).replace('\n', "\n    "))).collect();
    if !items.is_empty() {
        parts.push(format!("{}\n{}", wrapped(title, room()), items.join("\n")));
    }
}

/// Columns of the terminal; a page without an end where nobody looks.
fn room() -> usize {
    terminal::room().min(terminal::room_beside())
}

/// Text in lines of at most `room` columns, broken at spaces.
pub(super) fn wrapped(text: &str, room: usize) -> String {
    let (mut out, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let wide = word.chars().count();
        if used > 0 && used + 1 + wide > room {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += wide;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_a_readable_size() {
        for (millions, text) in [
            (0.0, "US$ 0.0 m"),
            (0.004, "US$ 4.0 thousand"),
            (12.34, "US$ 12.3 m"),
            (999.9, "US$ 1.0 bn"),
            (1234.0, "US$ 1.2 bn"),
            (2.5e6, "US$ 2.50 tn"),
        ] {
            assert_eq!(usd(millions), text);
        }
        assert_eq!(size(-1234.0), "−1.2 bn");
        assert_eq!((size(-0.0), percent(-0.0)), ("0.0 m".to_string(), "0.0%".to_string()));
    }

    #[test]
    fn lines_keep_to_their_room() {
        assert_eq!(wrapped("one two three", 8), "one two\nthree");
    }
}
