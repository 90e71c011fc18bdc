//! Statistics Canada's international merchandise trade: the files of the CIMT database (`YearMonth/AnnéeMois`, `HS6`, `Country/Pays`, `Province`,
//! `State/État`, `Value/Valeur`) and tables saved from its web application (`Period`, `Commodity`, `Province`, `Country`, `Value ($)`). C$.
//!
//! Nothing in a file says whether it is imports or exports but the length of its codes: ten digits are imports, eight exports; for others the reader says.

use super::{Entry, Header, Layout, Recognised, Side, Source, Verdict, cell, no_time, time};
use csv::StringRecord;

pub(super) const EXPECTED: &str = "YearMonth/AnnéeMois, HS2, HS4, HS6, HS8 or HS10, Country/Pays, Province, Value/Valeur (CIMT); \
or Period, Commodity, Province, Country, Value ($) (web application)";

struct Statcan {
    period: usize,
    code: usize,
    country: usize,
    value: usize,
    within: Vec<usize>,
    side: Side,
    keys: Vec<usize>,
}

pub(super) fn recognise(header: &Header, asked: Option<Side>) -> Recognised {
    let period = header.find(&["YearMonth/AnnéeMois", "Period", "Reference period"])?;
    let codes = [&["HS10"][..], &["HS8"], &["HS2", "HS4", "HS6", "HS Code", "HS", "Commodity"]];
    let (kind, code) = codes.iter().enumerate().find_map(|(kind, names)| header.find(names).map(|place| (kind, place)))?;
    let country = header.find(&["Country/Pays", "Country", "Trading partner"])?;
    let value = header.find(&["Value/Valeur", "Value ($)", "Value"])?;
    let side = match (asked, kind) {
        (Some(side), _) => side,
        (None, 0) => Side::Importer,
        (None, 1) => Side::Exporter,
        (None, _) => {
            let help = "write imports=FILE or exports=FILE";
            return Some(Err(("nothing in it says whether these are Canada's imports or exports".into(), help.into())));
        }
    };
    let within = header.all(&["Province", "State/État", "State"]);
    let keys = [code, country].into_iter().chain(within.iter().copied()).collect();
    Some(Ok(Box::new(Statcan { period, code, country, value, within, side, keys })))
}

impl Layout for Statcan {
    fn source(&self) -> Source {
        Source::Statcan
    }

    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let is_sum = |text: &str| matches!(text.to_lowercase().as_str(), "canada" | "total" | "all" | "all provinces" | "all states");
        let sum = self.within.iter().any(|place| is_sum(cell(row, *place)));
        let text = cell(row, self.period);
        let Some((year, month)) = time(text.get(..7).filter(|_| text.len() == 10).unwrap_or(text)) else { return no_time(text) };
        let commodity = cell(row, self.code);
        if commodity.to_lowercase().starts_with("total") {
            return Verdict::Skipped("sums over products");
        }
        let code = commodity.split([' ', '-', '–']).next().unwrap_or_default();
        let country = cell(row, self.country);
        let (exporter, importer) = if self.side == Side::Importer { (country, "CAN") } else { ("CAN", country) };
        entries.push(Entry { year, month, side: self.side, exporter, importer, code, value: cell(row, self.value), cif: false, sum });
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        1e-6
    }

    fn keys(&self) -> &[usize] {
        &self.keys
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.keys.iter().copied().chain([self.period, self.value]))
    }
}
