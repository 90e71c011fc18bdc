//! Downloads added up: by whose figure it is, exporting and importing country, chapter of the Harmonized System and sector. Of the rows, only these sums are kept.

use super::classification::{Classification, HsCode, Target};
use super::countries::{Countries, Place};
use super::layouts::{Asked, Entry, Side, Verdict};
use super::stream::{Download, at_line};
use super::{Request, Source};
use crate::baseline::{InputFile, number};
use crate::diagnostics::Diagnostics;
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// How many errors of one file are shown; the rest are counted.
const SHOWN: usize = 50;

/// Rows between two words of progress.
const ROWS_A_WORD: u64 = 1 << 16;

/// What one office says of one side of trade: all of its files together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dataset {
    pub source: Source,
    pub side: Side,
}

/// What is added up. Ordered by pair and chapter first, as it is read afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub exporter: u16,
    pub importer: u16,
    pub chapter: u8,
    /// Place in [`Gathered::datasets`].
    pub dataset: u8,
    /// How fine the rows were: digits of the code, then whether they were single places or sums over them.
    pub level: (u8, bool),
    pub target: Target,
}

/// US$ million, and how much of it is CIF.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Amount {
    pub value: f64,
    pub cif: f64,
}

/// What one file came to.
#[derive(Debug, Clone)]
pub struct FileReport {
    pub file: InputFile,
    pub source: Source,
    pub rows: u64,
    /// Rows whose figures were taken.
    pub taken: u64,
    /// US$ million of them.
    pub value: f64,
    /// Rows left out, by why.
    pub skipped: BTreeMap<&'static str, u64>,
    /// The months that the year's figures are of; empty where they are of the whole year.
    pub months: BTreeSet<u8>,
}

/// All downloads, added up.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub year: Option<i32>,
    pub datasets: Vec<Dataset>,
    pub sums: HashMap<Key, Amount>,
    pub files: Vec<FileReport>,
    /// US$ million by what a partner is called that is no country known.
    pub unknown: BTreeMap<String, f64>,
    other_years: BTreeSet<i32>,
    /// Rows met, to find those that are there twice.
    met: HashSet<u64>,
    /// BACI's own numbers.
    numbers: HashMap<String, Option<Place>>,
}

/// The errors of one file.
struct Faults<'a> {
    path: &'a Path,
    found: Diagnostics,
    hidden: usize,
}

impl Faults<'_> {
    fn at(&mut self, line: u64, message: String, help: Option<String>) {
        if self.found.items.len() < SHOWN {
            self.found.error_in(&at_line(self.path, line), message, help);
        } else {
            self.hidden += 1;
        }
    }
}

impl Gathered {
    /// Reads all files of a request. `progress` is told the file and how many of its rows are read.
    pub fn read(request: &Request, classes: &Classification, progress: &mut dyn FnMut(&Path, u64), wrong: &mut Diagnostics) -> Gathered {
        let mut gathered = Gathered { year: request.year, ..Gathered::default() };
        // Lists of countries come first, whatever their place on the command line.
        let mut open = Vec::new();
        for named in &request.downloads {
            let asked = Asked { source: request.source, side: named.side.map(|side| side.into()) };
            let Some(download) = Download::open(&named.path, &asked, wrong) else { continue };
            if download.layout.source() == Source::Statcan && request.rate.is_none() {
                let help = "give the year's average with --rate, C$ for one US$ (1.3698 for 2024)".to_string();
                wrong.error_in(&named.path, "Statistics Canada's values are Canadian dollars", Some(help));
                continue;
            }
            if download.layout.is_country_list() {
                gathered.country_list(download, &named.path, wrong);
            } else {
                open.push((named.path.as_path(), download));
            }
        }
        for (path, download) in open {
            let mut faults = Faults { path, found: Diagnostics::default(), hidden: 0 };
            let scale =
                download.layout.scale() / if download.layout.source() == Source::Statcan { request.rate.unwrap_or(1.0) } else { 1.0 };
            let report = gathered.file(download, scale, classes, progress, &mut faults);
            gathered.files.push(report);
            if faults.hidden > 0 {
                faults.found.error_in(path, format!("and {} more errors in this file", faults.hidden), None);
            }
            wrong.absorb(faults.found);
        }
        gathered.check_years(request, wrong);
        gathered
    }

    fn country_list(&mut self, mut download: Download, path: &Path, wrong: &mut Diagnostics) {
        let (mut row, countries) = (StringRecord::new(), Countries::all());
        loop {
            match download.next(&mut row) {
                Ok(None) => return,
                Err((line, message)) => {
                    wrong.error_in(&at_line(path, line), message, None);
                    return;
                }
                Ok(Some(_)) => {
                    let mut entries = Vec::new();
                    download.layout.read(&row, &mut entries);
                    for entry in entries {
                        self.numbers
                            .insert(entry.exporter.to_string(), countries.find(entry.importer).or_else(|| countries.find(entry.exporter)));
                    }
                }
            }
        }
    }

    fn file(
        &mut self,
        mut download: Download,
        scale: f64,
        classes: &Classification,
        progress: &mut dyn FnMut(&Path, u64),
        faults: &mut Faults,
    ) -> FileReport {
        let source = download.layout.source();
        let (mut rows, mut taken, mut value, mut skipped) = (0u64, 0u64, 0.0, BTreeMap::new());
        let (mut months, mut whole_year) = (BTreeSet::new(), false);
        let mut places: HashMap<String, Option<Place>> = if source == Source::Baci { self.numbers.clone() } else { HashMap::new() };
        let mut row = StringRecord::new();
        loop {
            let line = match download.next(&mut row) {
                Ok(None) => break,
                Ok(Some(line)) => line,
                Err((line, message)) => {
                    faults.at(line, message, Some("look at the end of the cell that begins there".into()));
                    break;
                }
            };
            rows += 1;
            if rows.is_multiple_of(ROWS_A_WORD) {
                progress(faults.path, rows);
            }
            if !download.is_whole(&row) {
                // Below a table stand notes, of one cell or two.
                if row.iter().filter(|cell| !cell.trim().is_empty()).count() <= 2 {
                    *skipped.entry("notes below the table").or_default() += 1;
                } else {
                    faults.at(
                        line,
                        format!("this row has {} cells, fewer than the header", row.len()),
                        Some("is the file cut off? Download it again".into()),
                    );
                }
                continue;
            }
            if download.has_surplus(&row) {
                faults.at(
                    line,
                    format!("this row has {} cells, more than the header", row.len()),
                    Some("put a cell that holds a comma within quotes".into()),
                );
                continue;
            }
            let mut entries: Vec<Entry> = Vec::new();
            match download.layout.read(&row, &mut entries) {
                Verdict::Figures => {}
                Verdict::Skipped(why) => {
                    *skipped.entry(why).or_default() += 1;
                    continue;
                }
                Verdict::Wrong(message, help) => {
                    faults.at(line, message, Some(help));
                    continue;
                }
            }
            let mut used = false;
            for entry in &entries {
                if *self.year.get_or_insert(entry.year) != entry.year {
                    self.other_years.insert(entry.year);
                    *skipped.entry("of other years").or_default() += 1;
                    continue;
                }
                let mut key = DefaultHasher::new();
                (source, entry.side, entry.month).hash(&mut key);
                download.layout.keys().iter().for_each(|place| row.get(*place).unwrap_or_default().trim().hash(&mut key));
                match self.entry(entry, source, scale, classes, download.layout.padded(), &mut places) {
                    Taken::Figure(amount) => {
                        if !self.met.insert(key.finish()) {
                            faults.at(
                                line,
                                format!("{} from {} to {} is here a second time", entry.code, entry.exporter, entry.importer),
                                Some("keep one of the rows, or one of the files that hold it".into()),
                            );
                        }
                        match entry.month {
                            Some(month) => drop(months.insert(month)),
                            None => whole_year = true,
                        }
                        value += amount;
                        used = true;
                    }
                    Taken::LeftOut(why) => *skipped.entry(why).or_default() += 1,
                    Taken::Wrong(message, help) => faults.at(line, message, help),
                }
            }
            taken += u64::from(used);
        }
        if whole_year && !months.is_empty() {
            faults.found.error_in(
                faults.path,
                "it holds years and months: they would be counted twice",
                Some("choose one of them where you download".into()),
            );
        }
        if let Some(line) = download.foreign {
            let help = "if names look wrong in the report, save the file as CSV UTF-8".to_string();
            let mut note = Diagnostics::default();
            note.error_in(&at_line(faults.path, line), "this line is not UTF-8: it is read as Windows-1252", Some(help));
            note.items.iter_mut().for_each(|item| item.severity = crate::diagnostics::Severity::Warning);
            faults.found.absorb(note);
        }
        FileReport { file: download.finish(), source, rows, taken, value, skipped, months }
    }

    fn entry(
        &mut self,
        entry: &Entry,
        source: Source,
        scale: f64,
        classes: &Classification,
        padded: bool,
        places: &mut HashMap<String, Option<Place>>,
    ) -> Taken {
        if entry.value.is_empty() {
            return Taken::LeftOut("without a value");
        }
        let value = match number(entry.value) {
            Ok(value) => value * scale,
            Err((message, help)) => return Taken::Wrong(format!("value: {message}"), help),
        };
        let Some(code) = HsCode::read(entry.code, padded) else {
            let help = "2, 4, 6, 8 or 10 digits are read: is it another classification?".to_string();
            return Taken::Wrong(format!("`{}` is no code of the Harmonized System", entry.code), Some(help));
        };
        let mut place = |text: &str| match places.get(text) {
            Some(known) => *known,
            None => {
                let found = Countries::all().find(text);
                places.insert(text.to_string(), found);
                found
            }
        };
        let pair = (place(entry.exporter), place(entry.importer));
        let index = |place: Place| match place {
            Place::Country(country) => Some(country),
            Place::Union => Some(Countries::all().len() as u16),
            Place::Sum => None,
        };
        let (exporter, importer) = match pair {
            (Some(exporter), Some(importer)) => match (index(exporter), index(importer)) {
                (Some(exporter), Some(importer)) => (exporter, importer),
                _ => return Taken::LeftOut("sums over countries"),
            },
            (None, _) => return self.unknown(entry.exporter, value),
            (_, None) => return self.unknown(entry.importer, value),
        };
        if exporter == importer {
            return Taken::LeftOut("goods that return to their own country");
        }
        let dataset = Dataset { source, side: entry.side };
        let dataset = self.datasets.iter().position(|known| *known == dataset).unwrap_or_else(|| {
            self.datasets.push(dataset);
            self.datasets.len() - 1
        }) as u8;
        let key =
            Key { exporter, importer, chapter: code.chapter(), dataset, level: (code.length(), !entry.sum), target: classes.target(code) };
        let sum = self.sums.entry(key).or_default();
        sum.value += value;
        sum.cif += if entry.cif { value } else { 0.0 };
        Taken::Figure(value)
    }

    fn unknown(&mut self, name: &str, value: f64) -> Taken {
        *self.unknown.entry(name.to_string()).or_default() += value;
        Taken::LeftOut("partners that are no country known")
    }

    /// One year alone, and all of it.
    fn check_years(&mut self, request: &Request, wrong: &mut Diagnostics) {
        let Some(first) = request.downloads.first().map(|named| named.path.as_path()) else { return };
        if request.year.is_none() && !self.other_years.is_empty() {
            let mut years = self.other_years.clone();
            years.extend(self.year);
            let years = years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
            wrong.error_in(first, format!("the files hold several years: {years}"), Some("choose one with --year".into()));
        } else if self.sums.is_empty() && !wrong.has_errors() {
            let years = self.other_years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
            let help = if years.is_empty() {
                "no row has a figure of goods between two countries known".into()
            } else {
                format!("the years there are: {years}")
            };
            let year = self.year.map(|year| format!(" for {year}")).unwrap_or_default();
            wrong.error_in(first, format!("nothing can be imported{year}"), Some(help));
        }
    }
}

/// What became of one figure.
enum Taken {
    Figure(f64),
    LeftOut(&'static str),
    Wrong(String, Option<String>),
}
