//! CEPII's BACI (Gaulier & Zignago 2010): `t,i,j,k,v,q`, flows reconciled from both partners' records, FOB, in thousand US$; and the list of its country codes.

use super::{Entry, Header, Layout, Recognised, Side, Source, Verdict, cell, no_time, time};
use csv::StringRecord;

pub(super) const EXPECTED: &str =
    "t,i,j,k,v,q (BACI_HS…_Y…_V….csv), or country_code,country_name,country_iso2,country_iso3 (country_codes_V….csv)";

struct Baci {
    places: [usize; 5],
}

pub(super) fn recognise(header: &Header) -> Recognised {
    if let (Some(code), Some(iso3)) = (header.find(&["country_code"]), header.find(&["country_iso3", "iso_3digit_alpha"])) {
        return Some(Ok(Box::new(CountryList { places: [code, iso3] })));
    }
    let places = ["t", "i", "j", "k", "v"].map(|name| header.find(&[name]));
    let [Some(t), Some(i), Some(j), Some(k), Some(v)] = places else { return None };
    Some(Ok(Box::new(Baci { places: [t, i, j, k, v] })))
}

impl Layout for Baci {
    fn source(&self) -> Source {
        Source::Baci
    }

    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let [t, exporter, importer, code, value] = self.places.map(|place| cell(row, place));
        let Some((year, month)) = time(t) else { return no_time(t) };
        entries.push(Entry { year, month, side: Side::Both, exporter, importer, code, value, cif: false, sum: false });
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        1e-3
    }

    fn keys(&self) -> &[usize] {
        &self.places[1..4]
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.places.iter().copied())
    }
}

/// Which country a number of BACI's stands for; read before the flows.
struct CountryList {
    places: [usize; 2],
}

impl Layout for CountryList {
    fn source(&self) -> Source {
        Source::Baci
    }

    /// The number as exporter, the code as importer.
    fn read<'r>(&self, row: &'r StringRecord, entries: &mut Vec<Entry<'r>>) -> Verdict {
        let [exporter, importer] = self.places.map(|place| cell(row, place));
        entries.push(Entry { year: 0, month: None, side: Side::Both, exporter, importer, code: "", value: "", cif: false, sum: false });
        Verdict::Figures
    }

    fn scale(&self) -> f64 {
        1.0
    }

    fn keys(&self) -> &[usize] {
        &self.places[..1]
    }

    fn places(&self) -> Box<dyn Iterator<Item = usize> + '_> {
        Box::new(self.places.iter().copied())
    }

    fn is_country_list(&self) -> bool {
        true
    }
}
