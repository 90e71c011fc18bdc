//! Dotted paths as the economist writes them, in a text: `tariff."Steel, 2.5%".rate`. An entry of a list goes by its name.

use super::reader::Reader;
use super::written::Place;
use crate::diagnostics::quoted;
use crate::uncertainty::toml_key;

/// One part of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Part {
    pub name: String,
    /// Written without quotes: a bare `*` may then mean any part, as `"*"` does not.
    pub bare: bool,
}

/// The parts of a path; a text that is no path is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, path: &str, place: &Place) -> Option<Vec<Part>> {
    let parts = parts(path);
    if parts.is_none() {
        let help =
            "write names with dots in quotes: \"tariff.\\\"Steel, 2.5%\\\".rate\", or '...' around a path that has quotes".to_owned();
        reader.error(place, format!("{} is not a path", quoted(path)), Some(help));
    }
    parts
}

/// A path from its parts, each in quotes where TOML wants them.
pub(super) fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| toml_key(part)).collect::<Vec<_>>().join(".")
}

/// The names on a dotted path, out of their quotes; `None` of a text that is no path.
pub fn path_parts(path: &str) -> Option<Vec<String>> {
    Some(parts(path)?.into_iter().map(|part| part.name).collect())
}

/// The parts of a dotted path: bare, or in either of TOML's quotes. Bare parts may hold what TOML would want in quotes, but no dots.
pub(super) fn parts(path: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = path.trim();
    loop {
        let mut bare = false;
        let (name, after) = match rest.chars().next()? {
            '"' => double_quoted(&rest[1..])?,
            '\'' => {
                let end = rest[1..].find('\'')?;
                (rest[1..=end].to_owned(), &rest[end + 2..])
            }
            _ => {
                bare = true;
                let end = rest.find('.').unwrap_or(rest.len());
                (rest[..end].trim().to_owned(), &rest[end..])
            }
        };
        if name.is_empty() {
            return None;
        }
        parts.push(Part { name, bare });
        let after = after.trim_start();
        if after.is_empty() {
            return Some(parts);
        }
        rest = after.strip_prefix('.')?.trim_start();
    }
}

/// What stands before the closing quote, its escapes resolved, and what follows it.
fn double_quoted(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &text[at + 1..])),
            '\\' => match chars.next()?.1 {
                c @ ('"' | '\\') => out.push(c),
                'u' => {
                    let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                    out.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32)?);
                }
                _ => return None,
            },
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_its_parts() {
        for (path, expected) in [
            ("preferences.usmca.active", &["preferences", "usmca", "active"][..]),
            (" tariff . \"Steel, 2.5%\" . rate ", &["tariff", "Steel, 2.5%", "rate"]),
            ("tariff.'a \"b\" c'.rate", &["tariff", "a \"b\" c", "rate"]),
            ("tariff.\"a \\\"b\\\" \\\\ \\u00e9\".rate", &["tariff", "a \"b\" \\ é", "rate"]),
            ("freight.sea.*", &["freight", "sea", "*"]),
            ("service.Saint John–Veracruz.capacity_teu", &["service", "Saint John–Veracruz", "capacity_teu"]),
            ("x", &["x"]),
        ] {
            let found = parts(path).map(|parts| parts.into_iter().map(|part| part.name).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), Some(expected.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>()).as_deref(), "{path}");
        }
        for path in ["", " ", ".", "a.", ".a", "a..b", "\"", "'", "a.\"b", "a.\"b\"c", "a.''", "a.\"\\", "a.\"\\u12\"", "a.\"\\n\""] {
            assert_eq!(parts(path), None, "{path}");
        }
    }

    #[test]
    fn quotes_are_remembered() {
        let bare = |path: &str| parts(path).map(|parts| parts.iter().map(|part| part.bare).collect::<Vec<_>>());
        assert_eq!(bare("a.*.\"*\".'b'"), Some(vec![true, true, false, false]));
    }
}
