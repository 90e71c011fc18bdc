//! `[time_value]` and `[exchange_rate]`: what a day on the way costs a sector's goods (Hummels & Schaur 2013), and what a region's currency is worth.

use super::course::{self, Course};
use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::Written;
use crate::uncertainty::{Number, toml_key};

/// The region whose currency the others are measured in.
const NUMERAIRE: &str = "USA";

/// `[time_value]`: `"*" = "0.8%"`, `fruit_veg = { dist = … }`: what a day on the way costs, ad valorem.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeValueOverride {
    /// `None` = every sector.
    pub sector: Option<usize>,
    pub value: Number,
}

/// `[exchange_rate]`: `CAN = { process = … }`: the real exchange rate of a region's currency, US$ per unit, as a ratio to the base year's.
#[derive(Debug, Clone, PartialEq)]
pub struct ExchangeRate {
    pub region: usize,
    pub course: Course,
}

/// Reads `[time_value]`.
pub(super) fn time_values(reader: &mut Reader<'_>, written: &Written) -> Vec<TimeValueOverride> {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [time_value]", None) else {
        return out;
    };
    if course::is_value(table) {
        let help = "write \"*\" = … for all sectors".to_owned();
        reader.error(&written.place, "[time_value] does not say for which sectors", Some(help));
        return out;
    }
    for entry in &table.entries {
        let sector = match entry.key.as_str() {
            "*" => Some(None),
            code => reader.sector(code, &entry.key_place).map(Some),
        };
        let value = number::read(reader, &entry.value, Quantity::TimeValue, &format!("time_value.{}", toml_key(&entry.key)));
        if let (Some(sector), Some(value)) = (sector, value) {
            out.push(TimeValueOverride { sector, value });
        }
    }
    out
}

/// Reads `[exchange_rate]`.
pub(super) fn exchange_rates(reader: &mut Reader<'_>, written: &Written) -> Vec<ExchangeRate> {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [exchange_rate]", None) else {
        return out;
    };
    if course::is_value(table) {
        let help = "write CAN = … for the currency of Canada".to_owned();
        reader.error(&written.place, "[exchange_rate] does not say of which region", Some(help));
        return out;
    }
    for entry in &table.entries {
        let region = match entry.key.as_str() {
            "*" => {
                let help = "write one line for each region whose currency moves".to_owned();
                reader.error(&entry.key_place, "an exchange rate belongs to one region, not to all", Some(help));
                None
            }
            NUMERAIRE => {
                let help = "turn it round: a stronger dollar is a lower value of the other regions' currencies".to_owned();
                reader.error(&entry.key_place, "exchange rates are in US$, so the dollar has none of its own", Some(help));
                None
            }
            code => reader.region(code, &entry.key_place),
        };
        let course = course::read(reader, &entry.value, Quantity::ExchangeRatio, &format!("exchange_rate.{}", toml_key(&entry.key)));
        if let (Some(region), Some(course)) = (region, course) {
            out.push(ExchangeRate { region, course });
        }
    }
    out
}
