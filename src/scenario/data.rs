//! `[data]`: how far the baseline's own figures may be off, as standard deviations of their logs. One line turns it on: `uncertain = true`; what it
//! means of each kind of figure can be said anew for a market, a pair or a sector.

use super::course::is_value;
use super::number::{self, Quantity};
use super::reader::Reader;
use super::transport::region_pair;
use super::written::{Place, Table, Value, Written};
use crate::baseline::{Baseline, Quality};
use crate::diagnostics::quoted;

/// Standard deviations of logs; nothing listed is taken to be exact.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DataUncertainty {
    /// Of home over import sales, by market.
    pub home_sales: Vec<Doubt<usize>>,
    /// Of trade between regions, by (exporter, importer).
    pub trade: Vec<Doubt<(usize, usize)>>,
    /// Of US$ per tonne, by sector.
    pub value_density: Vec<Doubt<usize>>,
}

impl DataUncertainty {
    /// The standard deviation of the log of a market's home over its import sales.
    pub fn of_home_sales(&self, market: usize, quality: Quality) -> f64 {
        most_specific(&self.home_sales, market, quality == Quality::Assumed)
    }

    /// The standard deviation of the log of one cell of trade between regions.
    pub fn of_trade(&self, pair: (usize, usize), quality: Quality) -> f64 {
        most_specific(&self.trade, pair, quality == Quality::Assumed)
    }

    /// The standard deviation of the log of a sector's US$ per tonne.
    pub fn of_value_density(&self, sector: usize, quality: Quality) -> f64 {
        most_specific(&self.value_density, sector, quality != Quality::Observed)
    }
}

/// What is said of one place holds whatever its mark; what is said of all, for those in doubt.
fn most_specific<K: Copy + PartialEq>(doubts: &[Doubt<K>], of: K, doubtful: bool) -> f64 {
    let named = doubts.iter().find(|doubt| doubt.of == Some(of));
    let all = doubts.iter().find(|doubt| doubt.of.is_none()).filter(|_| doubtful);
    named.or(all).map_or(0.0, |doubt| doubt.log_sd)
}

/// How far off the figures of one place may be, or of all that the baseline does not vouch for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt<K> {
    /// `None`: every figure that the baseline marks assumed (of value densities: that it does not mark observed).
    pub of: Option<K>,
    /// Standard deviation of the log; zero holds the figure fast.
    pub log_sd: f64,
}

/// What `uncertain = true` means of home over import sales: as far as assumed home sales were off where the true ones are known, in the United States.
pub(super) const HOME_SALES: f64 = 0.3;
/// Of trade cells that are assumed.
pub(super) const TRADE: f64 = 0.4;
/// Of US$ per tonne.
pub(super) const VALUE_DENSITY: f64 = 0.2;
/// Two draws in three within a factor of seven: whoever knows as little as that knows no figure.
pub(super) const MOST: f64 = 2.0;

pub(super) const KEYS: [&str; 4] = ["uncertain", "home_sales", "trade", "value_density"];

/// Reads `[data]`. A kind of figure that has a key of its own is uncertain without `uncertain` too; what is wrong is noted, and left out.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> DataUncertainty {
    let mut out = DataUncertainty::default();
    let Some(table) = reader.table(written, "a table [data]", Some("write [data] and under it uncertain = true".to_owned())) else {
        return out;
    };
    reader.section(table, &written.place, "[data]", &KEYS);
    let uncertain = table.get("uncertain").and_then(|w| reader.boolean(w));
    if uncertain == Some(false) {
        for entry in table.entries.iter().filter(|entry| KEYS[1..].contains(&entry.key.as_str())) {
            let message = format!("{} is given beside uncertain = false, which takes every figure to be exact", entry.key);
            reader.error(&entry.key_place, message, Some("remove one of the two".to_owned()));
        }
    }
    let on = uncertain == Some(true);
    out.home_sales = doubts(reader, table, "home_sales", on.then_some(HOME_SALES), "USA", |r, key, place| {
        let region = r.region(key, place)?;
        let sold = |b: &Baseline| (0..b.sectors.len()).any(|sector| b.flow(sector, region, region).value > 0.0);
        warn_unless(r, sold, place, format!("the baseline has no home sales of {key}"));
        Some(region)
    });
    out.trade = doubts(reader, table, "trade", on.then_some(TRADE), "CAN-MEX", |r, key, place| {
        let (exporter, importer) = region_pair(r, key, place)?;
        if exporter == importer {
            let message = format!("{} is one region: what it sells at home is not trade", quoted(key));
            let code = r.baseline.map_or("", |b| b.regions[exporter].code.as_str());
            r.error(place, message, Some(format!("write home_sales.{code} = {HOME_SALES} for its home sales")));
            return None;
        }
        let traded = |b: &Baseline| (0..b.sectors.len()).any(|sector| b.flow(sector, exporter, importer).value > 0.0);
        warn_unless(r, traded, place, format!("the baseline has no trade of {}", quoted(key)));
        Some((exporter, importer))
    });
    out.value_density = doubts(reader, table, "value_density", on.then_some(VALUE_DENSITY), "steel_iron", |r, key, place| {
        let sector = r.sector(key, place)?;
        warn_unless(
            r,
            |b| b.value_density[sector].is_some(),
            place,
            format!("the baseline has no value density of {key} (value_density.csv)"),
        );
        Some(sector)
    });
    out
}

fn warn_unless(reader: &mut Reader<'_>, there: impl Fn(&Baseline) -> bool, place: &Place, message: String) {
    if !reader.baseline.is_some_and(there) {
        reader.warn(place, format!("{message}, so this line changes nothing"), None);
    }
}

/// The doubts of one kind of figure: `0.3` for all, or a table by place with `"*"` for all; `usual` where neither says.
fn doubts<K>(
    reader: &mut Reader<'_>,
    table: &Table,
    key: &str,
    usual: Option<f64>,
    example: &str,
    mut look_up: impl FnMut(&mut Reader<'_>, &str, &Place) -> Option<K>,
) -> Vec<Doubt<K>> {
    let all = |log_sd: f64| Doubt { of: None, log_sd };
    let mut out = Vec::new();
    match table.get(key) {
        None => out.extend(usual.map(all)),
        Some(Written { value: Value::Table(places), .. }) if !is_value(places) => {
            if places.get("*").is_none() {
                out.extend(usual.map(all));
            }
            for entry in &places.entries {
                let log_sd = log_sd(reader, &entry.value);
                if entry.key == "*" {
                    out.extend(log_sd.map(all));
                } else if let (Some(of), Some(log_sd)) = (look_up(reader, &entry.key, &entry.key_place), log_sd) {
                    out.push(Doubt { of: Some(of), log_sd });
                }
            }
        }
        Some(written) if matches!(written.value, Value::Boolean(_)) => {
            let help = format!("write {key} = 0.3, the standard deviation of the log, or {key} = {{ \"*\" = 0.3, {example} = 0.1 }}");
            reader.wrong_type(written, "a number or a table of them", Some(help));
        }
        Some(written) => out.extend(log_sd(reader, written).map(all)),
    }
    out
}

/// A standard deviation of a log, 0 to [`MOST`].
fn log_sd(reader: &mut Reader<'_>, written: &Written) -> Option<f64> {
    if matches!(&written.value, Value::Table(_)) {
        let help = "write 0.3: a figure that is drawn as often above as below the table's, two times in three within 30% or so";
        reader.error(&written.place, "the sd of a log is itself a number, not a table or a distribution", Some(help.to_owned()));
        return None;
    }
    let value = number::scalar(reader, written, Quantity::LogSd)?;
    if (0.0..=MOST).contains(&value) {
        return Some(value);
    }
    let message = format!("the sd of a log is {}: it must be 0 to {MOST}", number::as_written(written));
    let help = "0.3 means within 30% or so two times in three; 0 holds the figure fast";
    reader.error(&written.place, message, Some(help.to_owned()));
    None
}
