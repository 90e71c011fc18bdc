//! The USITC's DataWeb: `Data Type`, `HTS Number`, `Country` and a column for each year (`Year 2024`), in US$ unless the lines above say otherwise.
//!
//! Rows of customs value are imports, rows of FAS value exports; duties, charges, CIF values and quantities are left out.

use super::{Entry, Header, Layout, Recognised, Side, Source, Verdict, cell, folded};
use csv::StringRecord;

pub(super) const EXPECTED: &str = "Data Type, HTS Number, Country, and a column for each year (Year 2024 or 2024)";

struct Dataweb {
    /// Where the file has one value for all, none.
    kind: Option<usize>,
    side: Option<Side>,
    code: usize,
    country: usize,
    years: Vec<(i32, usize)>,
    scale: f64,
    keys: Vec<usize>,
}

pub(super) fn recognise(header: &Header, titles: &str, cells: &[String], asked: Option<Side>) -> Recognised {
    let code = header.find(&["HTS Number", "HTS Item", "HS Number"])?;
    let country = header.find(&["Country"])?;
    let year = |(place, cell): (usize, &String)| {
        let digits = cell.strip_prefix("Year ").unwrap_or(cell).trim();
        let year = digits.parse().ok().filter(|year| (1989..=2200).contains(year) && digits.len() == 4)?;
        Some((year, place))
    };
    let years: Vec<(i32, usize)> = cells.iter().enumerate().filter_map(year).collect();
    if years.is_empty() {
        let help = "ask DataWeb for annual data, with the years as columns";
        return Some(Err(("it has no column for a year".into(), help.into())));
    }
    let kind = header.find(&["Data Type"]);
    // A comma within 1,000 may have split the line.
    let said = folded(titles);
    let side = asked.or_else(|| match (said.contains("import"), said.contains("export")) {
        (true, false) => Some(Side::Importer),
        (false, true) => Some(Side::Exporter),
        _ => None,
    });
    if kind.is_none() && side.is_none() {
        let help = "write imports=FILE or exports=FILE, or keep the column Data Type";
        return Some(Err(("nothing in it says whether these are imports or exports".into(), help.into())));
    }
    let scale = if said.contains("1000000dollars") || said.contains("millionsofdollars") {
        1.0
    } else if said.contains("1000dollars") || said.contains("thousandsofdollars") {
        1e-3
    } else {
        1e-6
    };
    let within = header.all(&["Program", "Special Import Program", "District", "Rate Provision Code", "Customs District"]);
    let keys = [code, country].into_iter().chain(within).collect();
    Some(Ok(Box::new(Dataweb { kind, side, code, country, years, scale, keys })))
}

impl Layout for Dataweb {
    fn source(&self) -> Source {
        Source::Dataweb
    }

    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let kind = self.kind.map(|place| cell(row, place).to_ascii_lowercase());
        let side = match kind.as_deref() {
            Some(kind) if kind.contains("quantity") || kind.contains("unit") => return Verdict::Skipped("quantities"),
            Some(kind) if kind.contains("customs value") => Side::Importer,
            Some(kind) if kind.contains("fas value") => Side::Exporter,
            Some(kind) if kind.starts_with("total") => return Verdict::Skipped("sums over products"),
            Some(_) => return Verdict::Skipped("duties, charges and CIF values"),
            None => match self.side {
                Some(side) => side,
                None => return Verdict::Skipped("neither imports nor exports"),
            },
        };
        let (code, country) = (cell(row, self.code), cell(row, self.country));
        if code.to_ascii_lowercase().starts_with("total") || country.to_ascii_lowercase().starts_with("total") {
            return Verdict::Skipped("sums over products");
        }
        let (exporter, importer) = if side == Side::Importer { (country, "USA") } else { ("USA", country) };
        for (year, place) in &self.years {
            entries.push(Entry {
                year: *year,
                month: None,
                side,
                exporter,
                importer,
                code,
                value: cell(row, *place),
                cif: false,
                sum: false,
            });
        }
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        self.scale
    }

    fn keys(&self) -> &[usize] {
        &self.keys
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.keys.iter().copied().chain(self.years.iter().map(|(_, place)| *place)))
    }

    fn padded(&self) -> bool {
        false
    }
}
