//! What official downloads look like: one file a source, each with the columns that it needs, its unit, and what a row of it says.

mod baci;
mod census;
mod comtrade;
mod dataweb;
mod statcan;

use super::Source;
use super::countries::folded;
use csv::StringRecord;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Side {
    /// Recorded by the importing country's customs.
    Importer,
    /// Reconciled from both.
    Both,
    /// Recorded by the exporting country's.
    Exporter,
}

/// One figure of a row. Texts are as the file has them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'r> {
    pub year: i32,
    /// 1 to 12; `None` for a whole year.
    pub month: Option<u8>,
    pub side: Side,
    pub exporter: &'r str,
    pub importer: &'r str,
    pub code: &'r str,
    pub value: &'r str,
    /// Cost, insurance and freight are in it.
    pub cif: bool,
    /// A sum over districts, provinces or states, which other rows may give one by one.
    pub sum: bool,
}

/// What a row comes to.
pub(super) enum Verdict {
    /// Its figures are in the list.
    Figures,
    /// It repeats others, or is about something else: why.
    Skipped(&'static str),
    /// It cannot be: what was found, and what to write or choose.
    Wrong(String, String),
}

/// How to read the rows of a file whose header is known.
pub(super) trait Layout {
    fn source(&self) -> Source;

    /// The figures of a row, appended to `entries`.
    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict;

    /// US$ million (C$ million for Statistics Canada) in one unit of the file.
    fn scale(&self) -> f64;

    /// Columns that tell one row from another, but for the year and the figures.
    fn keys(&self) -> &[usize];

    /// All columns that are read.
    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_>;

    /// Whether a code with an odd number of digits has lost a zero, rather than being of another classification.
    fn padded(&self) -> bool {
        true
    }

    /// The code of a country in the file, and the column that it is in, where the file is a list of countries and not of trade.
    fn is_country_list(&self) -> bool {
        false
    }
}

/// What the reader says of a file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    /// `--from`; any source where it is not given.
    pub source: Option<Source>,
    /// `imports=` or `exports=` before the file's name.
    pub side: Option<Side>,
}

/// A header: the places of its columns by their names, case, accents, spaces and marks aside.
pub(super) struct Header {
    words: Vec<String>,
}

impl Header {
    /// The place of the first of these names that the header has.
    fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let name = folded(name);
            self.words.iter().position(|word| *word == name)
        })
    }

    /// The places of all of these names that it has.
    fn all(&self, names: &[&str]) -> Vec<usize> {
        names.iter().filter_map(|name| self.find(&[name])).collect()
    }
}

type Refusal = (String, String);
type Recognised = Option<Result<Box<dyn Layout>, Refusal>>;

/// The layout that this line is the header of, if it is one; an error where it is one that cannot be used.
pub(super) fn recognise(cells: &[String], titles: &str, asked: &Asked) -> Recognised {
    let words = cells.iter().map(|cell| folded(cell.trim_end_matches("(Default Member)"))).collect();
    let header = Header { words };
    let try_it = |source: Source| match source {
        Source::Baci => baci::recognise(&header),
        Source::Census => census::recognise(&header, titles),
        Source::Comtrade => comtrade::recognise(&header),
        Source::Dataweb => dataweb::recognise(&header, titles, cells, asked.side),
        Source::Statcan => statcan::recognise(&header, asked.side),
    };
    match asked.source {
        Some(source) => try_it(source),
        None => Source::ALL.into_iter().find_map(try_it),
    }
}

/// What to say of a file without a known header.
pub(super) fn unknown(found: &[String], asked: &Asked) -> Refusal {
    let names = found.iter().take(16).map(|name| format!("`{}`", name.chars().take(40).collect::<String>())).collect::<Vec<_>>().join(", ");
    let found = if found.is_empty() { "none".to_string() } else { names };
    let expected = |source: Source| format!("{}: {}", source.word(), expected(source));
    match asked.source {
        Some(source) => (
            format!("this is no download of {}: the columns found are {found}", source.office()),
            format!("expected are {}", expected(source)),
        ),
        None => (
            format!("this is no download that is known: the columns found are {found}"),
            format!("expected are the columns of one of\n{}", Source::ALL.map(expected).join("\n")),
        ),
    }
}

fn expected(source: Source) -> &'static str {
    match source {
        Source::Census => census::EXPECTED,
        Source::Dataweb => dataweb::EXPECTED,
        Source::Comtrade => comtrade::EXPECTED,
        Source::Baci => baci::EXPECTED,
        Source::Statcan => statcan::EXPECTED,
    }
}

fn cell(row: &StringRecord, place: usize) -> &str {
    row.get(place).unwrap_or_default().trim()
}

/// `2024`, `2024-03`, `202403`, `March 2024`, `Mar-24`, `2024 through December`.
fn time(text: &str) -> Option<(i32, Option<u8>)> {
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let month_of = |word: &str| {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start).map(|at| at as u8 + 1)
    };
    let year = |number: u32| (1900..=2200).contains(&number).then_some(number as i32);
    match text.len() {
        4 => return Some((year(number(text)?)?, None)),
        6 if number(text).is_some() => {
            let month = (number(text)? % 100) as u8;
            // Comtrade writes the whole year as its thirteenth month, or as its fifty-second.
            return (1..=12).contains(&month).then_some(()).and_then(|()| Some((year(number(text)? / 100)?, Some(month))));
        }
        _ => {}
    }
    let (first, second) = text.split_once(['-', ' ', '/'])?;
    if let Some(of) = number(first).filter(|_| first.len() == 4) {
        let rest = second.trim();
        if let Some(last) = rest.strip_prefix("through ") {
            return (month_of(last) == Some(12) || last == "12").then_some(()).and_then(|()| Some((year(of)?, None)));
        }
        let month = number(rest).and_then(|m| u8::try_from(m).ok()).or_else(|| month_of(rest))?;
        return (1..=12).contains(&month).then_some(()).and_then(|()| Some((year(of)?, Some(month))));
    }
    let of = number(second.trim())?;
    let of = if second.trim().len() == 2 { 2000 + of } else { of };
    Some((year(of)?, Some(month_of(first)?)))
}

fn no_time(text: &str) -> Verdict {
    Verdict::Wrong(format!("`{text}` is no year and no month"), "2024, 2024-03, 202403 and March 2024 are read".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_offices_write_them() {
        for (text, found) in [
            ("2024", Some((2024, None))),
            ("202403", Some((2024, Some(3)))),
            ("2024-03", Some((2024, Some(3)))),
            ("March 2024", Some((2024, Some(3)))),
            ("Mar-24", Some((2024, Some(3)))),
            ("2024 through December", Some((2024, None))),
            ("2024 through June", None),
            ("202413", None),
            ("2024-00", None),
            ("24", None),
            ("Total", None),
            ("", None),
            ("é-24", None),
        ] {
            assert_eq!(time(text), found, "{text}");
        }
    }

    #[test]
    fn a_file_of_no_known_layout_is_told_what_was_found_and_expected() {
        let cells = ["year", "from", "to", "usd"].map(str::to_string);
        assert!(recognise(&cells, "", &Asked::default()).is_none());
        let (message, help) = unknown(&cells, &Asked { source: Some(Source::Baci), side: None });
        assert!(message.contains("`year`, `from`, `to`, `usd`") && help.contains("t,i,j,k,v,q"), "{message} {help}");
        let (_, help) = unknown(&cells, &Asked::default());
        assert!(Source::ALL.iter().all(|source| help.contains(expected(*source))), "{help}");
    }
}
