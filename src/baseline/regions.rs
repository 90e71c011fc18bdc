//! Who trades and what: regions and sectors.

use super::table::{Complaints, Field, Layout, Table};
use std::collections::HashMap;
use std::ops::Range;

pub(super) const REGIONS: Layout = Layout { required: &["code", "name"], optional: &["source"] };
pub(super) const SECTORS: Layout = Layout { required: &["code", "name"], optional: &["hs_chapters", "source"] };

/// Words that stand for something else where a code could stand, in scenarios or in tables of results.
const RESERVED: [&str; 2] = ["all", "not_made"];

/// A region that trades.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Letters, digits and underscores.
    pub code: String,
    /// As charts and reports show it; the code where the table leaves it empty.
    pub name: String,
}

/// A sector of goods.
#[derive(Debug, Clone, PartialEq)]
pub struct Sector {
    /// Letters, digits, underscores and hyphens.
    pub code: String,
    /// As charts and reports show it; the code where the table leaves it empty.
    pub name: String,
    /// Chapters of the Harmonized System, for the reader.
    pub hs_chapters: String,
}

pub(super) fn regions(table: &Table, complaints: &mut Complaints) -> Vec<Region> {
    // A hyphen would make `CAN-MEX`, the pair, ambiguous.
    let codes = codes(table, "region", |c| c.is_alphanumeric() || c == '_', "letters, digits and underscores", complaints);
    codes.into_iter().map(|(code, name, _)| Region { code, name }).collect()
}

pub(super) fn sectors(table: &Table, complaints: &mut Complaints) -> Vec<Sector> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let codes = codes(table, "sector", allowed, "letters, digits, underscores and hyphens", complaints);
    codes.into_iter().map(|(code, name, hs_chapters)| Sector { code, name, hs_chapters }).collect()
}

/// Code, name and HS chapters of each row.
fn codes(
    table: &Table,
    what: &str,
    allowed: impl Fn(char) -> bool,
    expected: &str,
    complaints: &mut Complaints,
) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut first: HashMap<String, Range<usize>> = HashMap::new();
    for row in table.rows() {
        let (code, name) = (row.field("code"), row.field("name"));
        if !usable(&code, &allowed, expected, complaints) {
            continue;
        }
        if let Some(before) = first.get(&*code.text) {
            complaints.duplicate(&code.span, format!("the {what} `{}`", code.text), before);
            continue;
        }
        first.insert(code.text.to_string(), row.span());
        let name = if name.text.is_empty() { code.text.to_string() } else { name.text.into_owned() };
        found.push((code.text.into_owned(), name, row.field("hs_chapters").text.into_owned()));
    }
    if found.is_empty() && !complaints.has_errors() {
        complaints.error(&table.start(), || (format!("there is no {what} in this table"), Some(format!("give at least one {what}"))));
    }
    found
}

/// Whether a code can serve as one; complains where it cannot.
fn usable(code: &Field, allowed: impl Fn(char) -> bool, expected: &str, complaints: &mut Complaints) -> bool {
    if code.text.is_empty() {
        complaints.error(&code.span, || ("`code` is empty".into(), None));
        return false;
    }
    if !code.text.chars().all(allowed) {
        complaints
            .error(&code.span, || (format!("the code `{}` cannot be used", code.text), Some(format!("a code is made of {expected}"))));
        return false;
    }
    if RESERVED.contains(&&*code.text) {
        complaints.error(&code.span, || {
            (format!("the code `{}` cannot be used", code.text), Some("the word has another meaning in tables of results".into()))
        });
        return false;
    }
    true
}
