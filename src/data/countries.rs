//! Which country a statistical office means: ISO 3166-1 codes of two and three letters, numbers (UN M49, with those that Comtrade and BACI use
//! instead: 842 for the United States, 251 for France, 699 for India, 490 for Taiwan), and English names as the offices write them.

use crate::baseline::without_accents;
use std::collections::HashMap;
use std::sync::OnceLock;

/// One line each: iso3, iso2, numbers, name, other names; made from ISO 3166-1 and the name lists of the offices read here.
const TABLE: &str = include_str!("countries.csv");

/// Members of the European Union since 2020.
const EU27: [&str; 27] = [
    "AUT", "BEL", "BGR", "HRV", "CYP", "CZE", "DNK", "EST", "FIN", "FRA", "DEU", "GRC", "HUN", "IRL", "ITA", "LVA", "LTU", "LUX", "MLT",
    "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "SWE",
];
const ASEAN: [&str; 10] = ["BRN", "KHM", "IDN", "LAO", "MYS", "MMR", "PHL", "SGP", "THA", "VNM"];
const EFTA: [&str; 4] = ["ISL", "LIE", "NOR", "CHE"];
const MERCOSUR: [&str; 4] = ["ARG", "BRA", "PRY", "URY"];

/// Sums over countries, as the offices name them; their rows repeat what those of the countries say.
const SUMS: [&str; 35] = [
    "0",
    "w00",
    "wld",
    "world",
    "worldtotal",
    "total",
    "totalforallcountries",
    "allcountries",
    "africa",
    "asia",
    "europe",
    "northamerica",
    "southamerica",
    "southcentralamerica",
    "centralamerica",
    "australiaandoceania",
    "oecd",
    "apec",
    "asean",
    "nafta",
    "usmca",
    "usmcanafta",
    "opec",
    "lafta",
    "twentylatinamericanrepublics",
    "caftadr",
    "cacm",
    "nato",
    "euroarea",
    "efta",
    "pacificrimcountries",
    "pacificrim",
    "latinamerica",
    "ldc",
    "caribbeanbasininitiative",
];
/// The European Union as one partner.
const UNION: [&str; 8] = ["eu", "eu27", "eu272020", "eur", "europeanunion", "europeanunion27", "97", "eu28"];

/// What a cell that names a partner stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Index into [`Countries`].
    Country(u16),
    /// The European Union as a whole.
    Union,
    /// A sum over countries.
    Sum,
}

/// The countries of the world and all that they are called.
pub(super) struct Countries {
    iso3: Vec<&'static str>,
    names: Vec<String>,
    by_word: HashMap<String, u16>,
    by_number: HashMap<u32, u16>,
}

impl Countries {
    /// The table, read once.
    pub fn all() -> &'static Countries {
        static READ: OnceLock<Countries> = OnceLock::new();
        READ.get_or_init(Countries::read)
    }

    fn read() -> Countries {
        let mut countries = Countries { iso3: Vec::new(), names: Vec::new(), by_word: HashMap::new(), by_number: HashMap::new() };
        let mut rows = csv::Reader::from_reader(TABLE.as_bytes());
        // The table is part of the programme; a test reads every line of it.
        for (index, (row, line)) in rows.records().flatten().zip(TABLE.lines().skip(1)).enumerate() {
            let index = index as u16;
            let cell = |place: usize| row.get(place).unwrap_or_default();
            countries.iso3.push(line.get(..3).unwrap_or_default());
            countries.names.push(cell(3).to_string());
            for word in [cell(0), cell(1), cell(3)].into_iter().chain(cell(4).split('|').filter(|word| !word.is_empty())) {
                countries.by_word.entry(folded(word)).or_insert(index);
            }
            for number in cell(2).split(' ').filter_map(|number| number.parse().ok()) {
                countries.by_number.insert(number, index);
            }
        }
        countries
    }

    pub fn len(&self) -> usize {
        self.iso3.len()
    }

    pub fn iso3(&self, country: u16) -> &'static str {
        self.iso3.get(usize::from(country)).copied().unwrap_or("EU")
    }

    /// English names, one a country, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// What `text` names: a number, a code or a name, accents and case aside.
    pub fn find(&self, text: &str) -> Option<Place> {
        let word = folded(text);
        if SUMS.contains(&word.as_str()) {
            return Some(Place::Sum);
        }
        if UNION.contains(&word.as_str()) {
            return Some(Place::Union);
        }
        let number = word.parse::<u32>().ok().and_then(|number| self.by_number.get(&number));
        number.or_else(|| self.by_word.get(&word)).map(|country| Place::Country(*country))
    }

    /// The members of a group of countries that regions are often made of; `None` if `code` is no such group.
    pub fn group(&self, code: &str) -> Option<Vec<u16>> {
        let mut members: Vec<&str> = match folded(code).as_str() {
            "eu" | "eu27" | "eu272020" => EU27.to_vec(),
            "eu28" => [&EU27[..], &["GBR"]].concat(),
            "asean" => ASEAN.to_vec(),
            "efta" => EFTA.to_vec(),
            "mercosur" => MERCOSUR.to_vec(),
            _ => return None,
        };
        members.sort_unstable();
        Some(members.iter().filter_map(|iso3| self.by_word.get(&folded(iso3)).copied()).collect())
    }
}

/// Lower-case letters and digits alone, without accents: `CÔTE D'IVOIRE` and `Cote d’Ivoire` are one.
pub(super) fn folded(text: &str) -> String {
    without_accents(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso3(text: &str) -> &'static str {
        match Countries::all().find(text) {
            Some(Place::Country(country)) => Countries::all().iso3(country),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_line_of_the_table_is_a_country() {
        let countries = Countries::all();
        assert_eq!(countries.len(), TABLE.lines().count() - 1);
        for (country, name) in countries.names().enumerate() {
            let code = countries.iso3(country as u16);
            assert!(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), "{code}");
            assert_eq!((iso3(code), iso3(name)), (code, code));
        }
    }

    #[test]
    fn offices_names_and_numbers_are_known() {
        for (text, code) in [
            ("Côte d'Ivoire", "CIV"),
            ("COTE D'IVOIRE", "CIV"),
            ("Türkiye", "TUR"),
            ("Turkey", "TUR"),
            ("KOREA, SOUTH", "KOR"),
            ("Rep. of Korea", "KOR"),
            ("842", "USA"),
            ("840", "USA"),
            ("251", "FRA"),
            ("699", "IND"),
            ("490", "TWN"),
            ("S19", "TWN"),
            ("036", "AUS"),
            ("MX", "MEX"),
            ("mexico", "MEX"),
            ("Congo (Kinshasa)", "COD"),
            ("Congo (Brazzaville)", "COG"),
            ("Burma", "MMR"),
        ] {
            assert_eq!(iso3(text), code, "{text}");
        }
    }

    #[test]
    fn sums_are_no_countries_and_nonsense_is_nothing() {
        let find = |text: &str| Countries::all().find(text);
        assert_eq!((find("World Total"), find("0"), find("European Union")), (Some(Place::Sum), Some(Place::Sum), Some(Place::Union)));
        assert_eq!((find("Atlantis"), find("899"), find("")), (None, None, None));
    }

    #[test]
    fn groups_have_their_members() {
        for (group, members) in [("EU27", 27), ("EU28", 28), ("ASEAN", 10), ("EFTA", 4), ("MERCOSUR", 4)] {
            assert_eq!(Countries::all().group(group).map(|found| found.len()), Some(members), "{group}");
        }
        assert_eq!(Countries::all().group("ROW"), None);
    }
}
