//! UN Comtrade: the columns of today (`refYear`, `reporterISO`, `flowCode`, `cmdCode`, `primaryValue`) and those before 2022 (`Trade Flow`, `Trade Value (US$)`). US$.
//!
//! Imports are recorded CIF, exports FOB; where an import row has a FOB value of its own, that is taken. Re-exports and re-imports are parts of exports
//! and imports and left out, as are rows by customs procedure, mode of transport or second partner, which repeat their sum.

use super::{Entry, Header, Layout, Recognised, Side, Source, Verdict, cell, no_time, time};
use csv::StringRecord;

pub(super) const EXPECTED: &str = "period (or refYear), reporterISO or reporterCode, flowCode, partnerISO or partnerCode, cmdCode, primaryValue; \
or, before 2022, Year, Trade Flow, Reporter ISO or Reporter Code, Partner ISO or Partner Code, Commodity Code, Trade Value (US$)";

struct Comtrade {
    period: Vec<usize>,
    reporter: Vec<usize>,
    partner: Vec<usize>,
    flow: usize,
    code: usize,
    value: usize,
    fob: Option<usize>,
    /// Goods, not services.
    kind: Option<usize>,
    classification: Option<usize>,
    /// Columns with the words that stand for their sum.
    parts: Vec<(usize, &'static [&'static str])>,
    keys: Vec<usize>,
}

pub(super) fn recognise(header: &Header) -> Recognised {
    let any = |names: &[&str]| Some(header.all(names)).filter(|places| !places.is_empty());
    let period = any(&["period", "refYear", "Year"])?;
    let reporter = any(&["reporterISO", "Reporter ISO", "reporterCode", "Reporter Code", "reporterDesc", "Reporter"])?;
    let partner = any(&["partnerISO", "Partner ISO", "partnerCode", "Partner Code", "partnerDesc", "Partner"])?;
    let flow = header.find(&["flowCode", "Trade Flow Code", "TradeFlow", "Trade Flow", "flowDesc"])?;
    let code = header.find(&["cmdCode", "Commodity Code"])?;
    let value = header.find(&["primaryValue", "Trade Value (US$)", "TradeValueUS"])?;
    const NO_PART: &[&str] = &["", "0", "W00", "World"];
    let parts = [
        (header.find(&["partner2Code", "2nd Partner Code"]), NO_PART),
        (header.find(&["motCode", "Mode of Transport Code"]), &["", "0"]),
        (header.find(&["mosCode"]), &["", "0"]),
        (header.find(&["customsCode", "Customs Proc. Code"]), &["", "C00"]),
    ];
    let parts = parts.into_iter().filter_map(|(place, sums)| place.map(|place| (place, sums))).collect();
    let keys = reporter.iter().chain(&partner).copied().chain([flow, code]).collect();
    Some(Ok(Box::new(Comtrade {
        period,
        reporter,
        partner,
        flow,
        code,
        value,
        fob: header.find(&["fobvalue", "FOB Trade Value (US$)"]),
        kind: header.find(&["typeCode"]),
        classification: header.find(&["classificationCode", "Classification", "classificationSearchCode"]),
        parts,
        keys,
    })))
}

impl Layout for Comtrade {
    fn source(&self) -> Source {
        Source::Comtrade
    }

    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let first =
            |places: &[usize]| places.iter().map(|place| cell(row, *place)).find(|text| !matches!(*text, "" | "N/A")).unwrap_or_default();
        if self.kind.is_some_and(|place| cell(row, place) == "S") {
            return Verdict::Skipped("services");
        }
        if let Some(other) = self.classification.map(|place| cell(row, place)).filter(|name| !name.is_empty() && !name.starts_with('H')) {
            return Verdict::Wrong(
                format!("products are classified by `{other}`, not by the Harmonized System"),
                "choose HS at UN Comtrade".into(),
            );
        }
        if self.parts.iter().any(|(place, sums)| !sums.contains(&cell(row, *place))) {
            return Verdict::Skipped("by mode of transport, customs procedure or second partner");
        }
        let flow = cell(row, self.flow);
        let side = match flow.to_ascii_lowercase().as_str() {
            "m" | "1" | "import" | "imports" => Side::Importer,
            "x" | "2" | "export" | "exports" => Side::Exporter,
            "rm" | "rx" | "3" | "4" | "re-export" | "re-exports" | "re-import" | "re-imports" | "dx" | "fm" | "mip" | "xip" | "mop"
            | "xop" | "mif" | "xif" => {
                return Verdict::Skipped("re-exports, re-imports and parts of imports and exports");
            }
            _ => return Verdict::Wrong(format!("the flow `{flow}` is not known"), "M or Import and X or Export are read".into()),
        };
        let code = cell(row, self.code);
        if code.eq_ignore_ascii_case("TOTAL") {
            return Verdict::Skipped("sums over products");
        }
        let text = first(&self.period);
        let Some((year, month)) = time(text) else { return no_time(text) };
        let (reporter, partner) = (first(&self.reporter), first(&self.partner));
        let (exporter, importer) = if side == Side::Importer { (partner, reporter) } else { (reporter, partner) };
        // A FOB value of zero is what Comtrade writes where there is none.
        let fob = self
            .fob
            .map(|place| cell(row, place))
            .filter(|text| side == Side::Importer && text.bytes().any(|b| (b'1'..=b'9').contains(&b)));
        let value = fob.unwrap_or_else(|| cell(row, self.value));
        entries.push(Entry {
            year,
            month,
            side,
            exporter,
            importer,
            code,
            value,
            cif: side == Side::Importer && fob.is_none(),
            sum: false,
        });
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        1e-6
    }

    fn keys(&self) -> &[usize] {
        &self.keys
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.keys.iter().copied().chain(self.period.iter().copied()).chain([self.value]))
    }
}
