//! Which sector a product belongs to: the codes in `hs_chapters` of sectors.csv, where the finest code wins.
//! `72 73` are chapters, `8703` a heading, `8703.23` a subheading, `68-70` a range, `*` all that is named nowhere else.

use crate::baseline::Sector;
use crate::diagnostics::{Diagnostics, SourceText};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A code of the Harmonized System, cut to its six international digits: 2, 4 or 6 of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct HsCode {
    digits: u32,
    length: u8,
}

impl HsCode {
    /// `8703.23.0190` is 870323. `None` for what is no code; an odd number of digits has lost its leading zero to a spreadsheet, which is put back if `padded`.
    pub fn read(text: &str, padded: bool) -> Option<HsCode> {
        let mut digits = [0u8; 12];
        let mut length = 0;
        for byte in text.bytes().filter(|byte| !matches!(byte, b'.' | b' ')) {
            if byte.is_ascii_digit() && length < digits.len() {
                digits[length] = byte - b'0';
                length += 1;
            } else if length >= 4 {
                break; // 9999AA, "not specified according to kind"
            } else {
                return None;
            }
        }
        if length % 2 == 1 {
            if !padded || length == digits.len() {
                return None;
            }
            digits.copy_within(0..length, 1);
            digits[0] = 0;
            length += 1;
        }
        let length = length.min(6);
        let code = digits[..length].iter().fold(0, |code, digit| 10 * code + u32::from(*digit));
        (length >= 2).then_some(HsCode { digits: code, length: length as u8 })
    }

    /// The first `length` digits.
    fn cut(self, length: u8) -> HsCode {
        let drop = u32::from(self.length.saturating_sub(length));
        HsCode { digits: self.digits / 10u32.pow(drop), length: self.length.min(length) }
    }

    pub fn chapter(self) -> u8 {
        self.cut(2).digits as u8
    }

    /// 2, 4 or 6.
    pub fn length(self) -> u8 {
        self.length
    }
}

/// Where a code belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Target {
    Sector(u16),
    /// Parts of it belong to different sectors: a file with finer codes is needed.
    TooCoarse,
    /// To no sector.
    None,
}

/// The sectors' codes.
#[derive(Debug, Default)]
pub(super) struct Classification {
    sectors: HashMap<HsCode, u16>,
    /// Codes that have a finer one in another sector.
    split: HashSet<HsCode>,
    rest: Option<u16>,
}

impl Classification {
    /// From sectors.csv, whose text is for pointing at what cannot be read.
    pub fn new(sectors: &[Sector], source: &SourceText, diagnostics: &mut Diagnostics) -> Classification {
        let mut found = Classification::default();
        let mut finer = Vec::new();
        for (index, sector) in (0u16..).zip(sectors) {
            let mut error =
                |message: String, help: &str| diagnostics.error_at(source, line_of(source, sector), message, Some(help.to_string()));
            let tokens: Vec<&str> = sector.hs_chapters.split([' ', ',', ';', '\t']).filter(|token| !token.is_empty()).collect();
            if tokens.is_empty() {
                error(
                    format!("the sector `{}` has no HS codes: nothing can be imported into it", sector.code),
                    "write its chapters in `hs_chapters`: 72 73",
                );
            }
            for token in tokens {
                if token == "*" {
                    match found.rest.replace(index) {
                        Some(before) => error(
                            format!("`*` stands for the rest in `{}` and in `{}`", sectors[usize::from(before)].code, sector.code),
                            "keep one of them",
                        ),
                        None => continue,
                    }
                }
                let Some(codes) = codes(token) else {
                    error(
                        format!("`{token}` in the sector `{}` is no HS code", sector.code),
                        "write 2, 4 or 6 digits (72, 8703, 8703.23), a range of chapters (68-70), or * for all others",
                    );
                    continue;
                };
                for code in codes {
                    match found.sectors.insert(code, index) {
                        Some(before) if before != index => error(
                            format!(
                                "the HS code {:0width$} is in `{}` and in `{}`",
                                code.digits,
                                sectors[usize::from(before)].code,
                                sector.code,
                                width = usize::from(code.length)
                            ),
                            "keep it in one of them",
                        ),
                        _ => finer.push((code, index)),
                    }
                }
            }
        }
        for (code, sector) in finer {
            for length in [2, 4].into_iter().filter(|length| *length < code.length) {
                let coarse = code.cut(length);
                if found.without_split(coarse) != Target::Sector(sector) {
                    found.split.insert(coarse);
                }
            }
        }
        found
    }

    pub fn target(&self, code: HsCode) -> Target {
        if self.split.contains(&code) { Target::TooCoarse } else { self.without_split(code) }
    }

    fn without_split(&self, code: HsCode) -> Target {
        let named = [6, 4, 2].into_iter().filter(|length| *length <= code.length).find_map(|length| self.sectors.get(&code.cut(length)));
        named.copied().or(self.rest).map_or(Target::None, Target::Sector)
    }

    /// The chapters that a sector has named itself, in order.
    pub fn chapters(&self, sector: u16) -> Vec<u8> {
        let mut chapters: Vec<u8> = self.sectors.iter().filter(|(_, of)| **of == sector).map(|(code, _)| code.chapter()).collect();
        chapters.sort_unstable();
        chapters.dedup();
        chapters
    }
}

/// A code, or the codes of a range of the same length.
fn codes(token: &str) -> Option<Vec<HsCode>> {
    // In sectors.csv a code is written in full: 1 may be 01 or the start of 10.
    let read =
        |text: &str| HsCode::read(text, false).filter(|code| usize::from(code.length) == text.bytes().filter(u8::is_ascii_digit).count());
    match token.split_once(['-', '–']) {
        None => Some(vec![read(token)?]),
        Some((from, to)) => {
            let (from, to) = (read(from)?, read(to)?);
            let code = |digits| HsCode { digits, length: from.length };
            (from.length == to.length && from.digits <= to.digits).then(|| (from.digits..=to.digits).map(code).collect())
        }
    }
}

/// The bytes of a sector's line.
fn line_of(source: &SourceText, sector: &Sector) -> Range<usize> {
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        if line.split(',').any(|cell| cell.trim().trim_matches('"') == sector.code) {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    0..0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(codes: &[&str]) -> (Classification, Diagnostics) {
        let sector =
            |(at, codes): (usize, &&str)| Sector { code: format!("s{at}"), name: String::new(), hs_chapters: (*codes).to_string() };
        let sectors: Vec<Sector> = codes.iter().enumerate().map(sector).collect();
        let lines: String = sectors.iter().map(|s| format!("{},\"{}\"\n", s.code, s.hs_chapters)).collect();
        let source = SourceText { path: Path::new("sectors.csv").into(), text: format!("code,hs_chapters\n{lines}").into() };
        let mut wrong = Diagnostics::default();
        (Classification::new(&sectors, &source, &mut wrong), wrong)
    }

    fn code(text: &str) -> HsCode {
        HsCode::read(text, true).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn the_finest_code_wins() {
        let (found, wrong) = read(&["72 73", "87", "8703", "8703.23", "68-70 75", "*"]);
        assert!(!wrong.has_errors(), "{wrong}");
        for (text, sector) in [
            ("72", 0),
            ("7304.19", 0),
            ("870410", 1),
            ("870310", 2),
            ("8703.23.0190", 3),
            ("690100", 4),
            ("0101", 5),
            ("101", 5),
            ("9999AA", 5),
        ] {
            assert_eq!(found.target(code(text)), Target::Sector(sector), "{text}");
        }
        assert_eq!((found.target(code("87")), found.target(code("8703"))), (Target::TooCoarse, Target::TooCoarse));
        assert_eq!((found.chapters(0), found.chapters(4)), (vec![72, 73], vec![68, 69, 70, 75]));
        assert_eq!(read(&["87"]).0.target(code("72")), Target::None);
        assert_eq!(read(&["87 8703"]).0.target(code("87")), Target::Sector(0));
    }

    #[test]
    fn what_is_no_code_is_pointed_at() {
        let (_, wrong) = read(&["all remaining chapters (68-70)", "7", "72", "72 70-68", ""]);
        let said = wrong.to_string();
        for words in ["`all`", "`7` in", "the HS code 72 is in `s2` and in `s3`", "`70-68`", "no HS codes", "sectors.csv:2:1"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert_eq!((HsCode::read("TOTAL", true), HsCode::read("", true), HsCode::read("336", false)), (None, None, None));
    }
}
