//! The US Census Bureau's figures: USA Trade Online's CSV exports, and the columns of its API (`imports/hs`, `exports/hs`) saved as CSV. US$.
//!
//! Of customs values, imports for consumption are preferred to general imports: duties are paid on what is consumed. Columns of one mode of transport
//! (`Vessel Value`) are not read, nor freight and duties.

use super::{Entry, Header, Layout, Recognised, Side, Source, Verdict, cell, no_time, time};
use csv::StringRecord;

pub(super) const EXPECTED: &str = "Commodity, Country, Time, and Customs Value (Cons) ($US), Customs Value (Gen) ($US) or Total Exports Value ($US) (USA Trade Online); \
or I_COMMODITY, CTY_NAME, time, CON_VAL_YR or GEN_VAL_YR, and E_COMMODITY, CTY_NAME, time, ALL_VAL_YR (API)";

const IMPORTS: [&str; 8] = [
    "Customs Value (Cons) ($US)",
    "Customs Import Value (Cons) ($US)",
    "CON_VAL_YR",
    "CON_VAL_MO",
    "Customs Value (Gen) ($US)",
    "Customs Import Value (Gen) ($US)",
    "GEN_VAL_YR",
    "GEN_VAL_MO",
];
const EXPORTS: [&str; 4] = ["Total Exports Value ($US)", "Total Value ($US)", "ALL_VAL_YR", "ALL_VAL_MO"];
const WITHIN: [&str; 6] = ["District", "Port", "State", "DISTRICT", "PORT_NAME", "RP"];

struct Census {
    commodity: usize,
    country: usize,
    time: usize,
    values: Vec<(Side, usize)>,
    /// Values run from January to the month: only December's is a year's.
    cumulative: bool,
    /// Places within the United States, which are added up.
    within: Vec<usize>,
    /// The API's word for sums over countries.
    level: Option<usize>,
    keys: Vec<usize>,
}

pub(super) fn recognise(header: &Header, titles: &str) -> Recognised {
    let commodity = header.find(&["Commodity", "Commodities", "I_COMMODITY", "E_COMMODITY"])?;
    let country = header.find(&["Country", "Countries", "CTY_NAME"])?;
    let time = header.find(&["Time", "YEAR"])?;
    let (imports, exports) = (header.find(&IMPORTS), header.find(&EXPORTS));
    if imports.is_none() && exports.is_none() {
        return None;
    }
    if titles.contains("NAICS") {
        let help = "choose commodities of the Harmonized System (HS) at the office's site";
        return Some(Err(("its commodities are industries of NAICS".into(), help.into())));
    }
    let values: Vec<(Side, usize)> =
        imports.map(|place| (Side::Importer, place)).into_iter().chain(exports.map(|place| (Side::Exporter, place))).collect();
    let cumulative = values.iter().any(|(_, place)| header.words[*place].ends_with("valyr"));
    let within = header.all(&WITHIN);
    let keys = [commodity, country].into_iter().chain(within.iter().copied()).collect();
    Some(Ok(Box::new(Census { commodity, country, time, values, cumulative, within, level: header.find(&["SUMMARY_LVL"]), keys })))
}

impl Layout for Census {
    fn source(&self) -> Source {
        Source::Census
    }

    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let is_sum = |text: &str| text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("total")) || text.starts_with("All ");
        let commodity = cell(row, self.commodity);
        if is_sum(commodity) || commodity == "-" {
            return Verdict::Skipped("sums over products");
        }
        if self.level.is_some_and(|place| cell(row, place).eq_ignore_ascii_case("CGP")) {
            return Verdict::Skipped("sums over countries");
        }
        let sum = self.within.iter().any(|place| is_sum(cell(row, *place)));
        let text = cell(row, self.time);
        let Some((year, month)) = time(text) else { return no_time(text) };
        if self.cumulative && month.is_some_and(|month| month < 12) {
            return Verdict::Skipped("cumulative values before December");
        }
        let month = if self.cumulative { None } else { month };
        let code = commodity.split_whitespace().next().unwrap_or_default();
        let country = cell(row, self.country);
        for (side, place) in &self.values {
            let value = cell(row, *place);
            // A file with imports and exports leaves the one empty where there is only the other.
            if value.is_empty() && self.values.len() > 1 {
                continue;
            }
            let (exporter, importer) = if *side == Side::Importer { (country, "USA") } else { ("USA", country) };
            entries.push(Entry { year, month, side: *side, exporter, importer, code, value, cif: false, sum });
        }
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        1e-6
    }

    fn keys(&self) -> &[usize] {
        &self.keys
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.keys.iter().copied().chain([self.time]).chain(self.values.iter().map(|(_, place)| *place)))
    }

    fn padded(&self) -> bool {
        false
    }
}
