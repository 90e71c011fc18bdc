//! `[[outcome]]`: what to report and plot, over which origins, markets, goods and modes, or at which ports, and how it is read against the base year.

use super::measure::entries;
use super::reader::{MODES, Reader, Section, mode_name};
use super::thresholds;
use super::transport::{known_modes, modes_between};
use super::written::{Place, Table, Written};
use crate::baseline::Mode;
use crate::diagnostics::quoted;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeMeasure {
    TradeValue,
    TradeVolume,
    ModeShare,
    TariffRevenue,
    EffectiveTariff,
    ProducerPrice,
    ConsumerPrice,
    ConsumerSurplus,
    ProducerSurplus,
    Welfare,
    Exposure,
    PortThroughput,
    PortUtilisation,
}

/// What a trade volume is counted in (`unit` of an outcome).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VolumeUnit {
    /// US$ million at the base year's prices: `unit = "usd"`, the usual one.
    BaseYearPrices,
    /// `unit = "teu"`: as many containers as the goods would fill.
    Teu,
    /// `unit = "tonnes"`
    Tonnes,
}

/// How an outcome is read against the base year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    Level,
    Change,
    Percent,
}

/// `[[outcome]]`: what to report and plot. Empty lists never occur: "*" and absence are resolved to all.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub name: String,
    pub measure: OutcomeMeasure,
    /// Origins of the goods.
    pub exporters: Vec<usize>,
    /// Markets. Pairs with exporter = importer count only where the scenario names just that one region on both sides, or the measure is not about trade.
    pub importers: Vec<usize>,
    pub sectors: Vec<usize>,
    /// `None`: every mode.
    pub modes: Option<Vec<Mode>>,
    /// What is measured at ports: those that are counted, by place in the baseline's.
    pub ports: Vec<usize>,
    /// Of a trade volume.
    pub unit: VolumeUnit,
    pub reading: Reading,
    /// In the outcome's unit, rising: how likely it is to be below each.
    pub thresholds: Vec<f64>,
}

pub(super) const MEASURES: [(&str, OutcomeMeasure); 13] = [
    ("trade_value", OutcomeMeasure::TradeValue),
    ("trade_volume", OutcomeMeasure::TradeVolume),
    ("mode_share", OutcomeMeasure::ModeShare),
    ("tariff_revenue", OutcomeMeasure::TariffRevenue),
    ("effective_tariff", OutcomeMeasure::EffectiveTariff),
    ("producer_price", OutcomeMeasure::ProducerPrice),
    ("consumer_price", OutcomeMeasure::ConsumerPrice),
    ("consumer_surplus", OutcomeMeasure::ConsumerSurplus),
    ("producer_surplus", OutcomeMeasure::ProducerSurplus),
    ("welfare", OutcomeMeasure::Welfare),
    ("exposure", OutcomeMeasure::Exposure),
    ("port_throughput", OutcomeMeasure::PortThroughput),
    ("port_utilisation", OutcomeMeasure::PortUtilisation),
];
pub(super) const UNITS: [(&str, VolumeUnit); 3] =
    [("usd", VolumeUnit::BaseYearPrices), ("teu", VolumeUnit::Teu), ("tonnes", VolumeUnit::Tonnes)];
pub(super) const READINGS: [(&str, Reading); 3] = [("level", Reading::Level), ("change", Reading::Change), ("percent", Reading::Percent)];
pub(super) const KEYS: [&str; 10] = ["name", "measure", "exporters", "importers", "sectors", "modes", "ports", "unit", "as", "threshold"];

impl OutcomeMeasure {
    /// Its name in a scenario file.
    pub fn name(self) -> &'static str {
        MEASURES.iter().find(|(_, m)| *m == self).map_or("", |(name, _)| name)
    }

    /// Whether it is about the sellers: exports, and what producers get.
    fn uses_exporters(self) -> bool {
        !matches!(self, OutcomeMeasure::ConsumerPrice | OutcomeMeasure::ConsumerSurplus | OutcomeMeasure::Welfare)
    }

    /// Whether it is about the buyers: markets, and those who live in them.
    fn uses_importers(self) -> bool {
        !matches!(self, OutcomeMeasure::ProducerPrice | OutcomeMeasure::ProducerSurplus)
    }

    /// Whether it is counted at ports, of all that passes there, and not over pairs of regions.
    fn is_at_ports(self) -> bool {
        matches!(self, OutcomeMeasure::PortThroughput | OutcomeMeasure::PortUtilisation)
    }

    fn has_modes(self) -> bool {
        matches!(self, OutcomeMeasure::TradeValue | OutcomeMeasure::TradeVolume | OutcomeMeasure::ModeShare)
    }

    /// A gain or loss against the base year, which has no level of its own to be a percentage of.
    fn is_difference(self) -> bool {
        matches!(self, OutcomeMeasure::ConsumerSurplus | OutcomeMeasure::ProducerSurplus | OutcomeMeasure::Welfare)
    }

    /// How it is read where the file does not say: money as a change, shares, rates and prices as they stand.
    pub fn usual_reading(self) -> Reading {
        match self {
            OutcomeMeasure::ModeShare
            | OutcomeMeasure::EffectiveTariff
            | OutcomeMeasure::ProducerPrice
            | OutcomeMeasure::ConsumerPrice
            | OutcomeMeasure::Exposure
            | OutcomeMeasure::PortUtilisation => Reading::Level,
            _ => Reading::Change,
        }
    }
}

/// Reads every `[[outcome]]`. Those that cannot be made are left out, with a note of why.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Vec<Outcome> {
    let mut out = Vec::new();
    for entry in entries(reader, written, "outcome").unwrap_or_default() {
        if let Some(table) = reader.table(entry, "a table [[outcome]]", None) {
            out.extend(one(reader, table, &entry.place));
        }
    }
    out
}

fn one(reader: &mut Reader<'_>, table: &Table, place: &Place) -> Option<Outcome> {
    let mut section = reader.section(table, place, "[[outcome]]", &KEYS);
    let name = reader.required(&section, "name", "\"Canada–Mexico trade by sea\"").and_then(|w| reader.text(w, "the name of the outcome"));
    section.name = name.map_or_else(|| "this outcome".to_owned(), |n| format!("the outcome {}", quoted(n)));
    let measure = reader.required(&section, "measure", "\"trade_value\"").and_then(|w| reader.choice(w, "outcome measure", &MEASURES));
    let reading = reading(reader, table, measure);
    let unit = unit(reader, table, measure);
    let ports = ports(reader, &section, measure);
    let thresholds = thresholds::read(reader, table, measure, unit, reading);
    if let Some(measure) = measure.filter(|m| m.is_at_ports()) {
        let other = ["exporters", "importers", "sectors", "modes"].map(|key| table.entry(key));
        for entry in other.into_iter().flatten() {
            let message = format!("{} is counted at ports, over all that passes there: it has no {}", measure.name(), entry.key);
            reader.error(
                &entry.key_place,
                message,
                Some("remove it; for the trade of some regions or goods, measure trade_volume".to_owned()),
            );
        }
        let baseline = reader.baseline?;
        let every = || (0..baseline.regions.len()).collect();
        return Some(Outcome {
            name: name?.to_owned(),
            measure,
            exporters: every(),
            importers: every(),
            sectors: (0..baseline.sectors.len()).collect(),
            modes: None,
            ports: ports?,
            unit: unit?,
            reading: reading?,
            thresholds: thresholds?,
        });
    }
    let exporters = side(reader, table, "exporters", measure, measure.is_none_or(OutcomeMeasure::uses_exporters));
    let importers = side(reader, table, "importers", measure, measure.is_none_or(OutcomeMeasure::uses_importers));
    let sectors = match table.get("sectors") {
        None => Some(None),
        Some(w) => reader.sectors(w),
    };
    let modes = modes(reader, table, measure);
    if measure == Some(OutcomeMeasure::ModeShare) && table.get("modes").is_none() && !reader.torn {
        reader.error(place, format!("{} is a mode's share, but names no mode", section.name), Some("add modes = [\"sea\"]".to_owned()));
    }
    let (exporters, importers, sectors, modes) = (exporters?, importers?, sectors?, modes?);
    let baseline = reader.baseline?;
    let every = || (0..baseline.regions.len()).collect::<Vec<usize>>();
    let exporters = exporters.unwrap_or_else(every);
    let importers = importers.unwrap_or_else(every);
    if let (Some(modes), Some(written)) = (&modes, table.get("modes")) {
        check_routes(reader, written, modes, &exporters, &importers);
    }
    if exporters.is_empty() || importers.is_empty() {
        return None;
    }
    Some(Outcome {
        name: name?.to_owned(),
        measure: measure?,
        exporters,
        importers,
        sectors: sectors.unwrap_or_else(|| (0..baseline.sectors.len()).collect()),
        modes,
        ports: ports?,
        unit: unit?,
        reading: reading?,
        thresholds: thresholds?,
    })
}

/// What a volume is counted in. Nothing else has units to choose from.
fn unit(reader: &mut Reader<'_>, table: &Table, measure: Option<OutcomeMeasure>) -> Option<VolumeUnit> {
    let Some(entry) = table.entry("unit") else {
        return Some(VolumeUnit::BaseYearPrices);
    };
    let unit = reader.choice(&entry.value, "unit", &UNITS);
    if let Some(measure) = measure.filter(|m| *m != OutcomeMeasure::TradeVolume) {
        let help = "unit goes with trade_volume".to_owned();
        reader.error(&entry.key_place, format!("{} has no unit to choose", measure.name()), Some(help));
    }
    unit
}

/// The ports of a measure that is counted there; none for the others.
fn ports(reader: &mut Reader<'_>, section: &Section<'_>, measure: Option<OutcomeMeasure>) -> Option<Vec<usize>> {
    let Some(entry) = section.table.entry("ports") else {
        if measure.is_some_and(OutcomeMeasure::is_at_ports) {
            reader.required(section, "ports", "[\"Veracruz\"], or \"*\" for all")?;
        }
        return Some(Vec::new());
    };
    if let Some(measure) = measure.filter(|m| !m.is_at_ports()) {
        let help = "ports goes with port_throughput and port_utilisation".to_owned();
        reader.error(&entry.key_place, format!("{} is not counted at ports", measure.name()), Some(help));
        return None;
    }
    let fills = |r: &Reader<'_>, port: usize| r.baseline.is_some_and(|b| b.ports[port].capacity_teu.is_some());
    let must_fill = measure == Some(OutcomeMeasure::PortUtilisation);
    let mut seen: Vec<usize> = Vec::new();
    let listed = reader.names(&entry.value, "ports", |r, name, place| {
        let port = r.port(name, place)?;
        if seen.contains(&port) {
            r.error(place, format!("{} is listed twice, with and without its accents", quoted(name)), None);
        } else if must_fill && !fills(r, port) {
            let message = format!("the capacity of {} is not known, so its utilisation is not either", quoted(name));
            r.error(place, message, Some("give its capacity_teu in ports.csv, or measure port_throughput".to_owned()));
        }
        seen.push(port);
        Some(port)
    })?;
    if let Some(listed) = listed {
        return Some(listed);
    }
    let baseline = reader.baseline?;
    let every: Vec<usize> = (0..baseline.ports.len()).filter(|port| !must_fill || fills(reader, *port)).collect();
    if every.is_empty() {
        let what = if baseline.ports.is_empty() { "ports" } else { "port whose capacity is known" };
        reader.error(&entry.value.place, format!("the baseline has no {what} (ports.csv)"), None);
        return None;
    }
    Some(every)
}

fn reading(reader: &mut Reader<'_>, table: &Table, measure: Option<OutcomeMeasure>) -> Option<Reading> {
    let Some(written) = table.get("as") else {
        return measure.map(OutcomeMeasure::usual_reading);
    };
    let reading = reader.choice(written, "reading", &READINGS)?;
    let Some(measure) = measure.filter(|m| m.is_difference()) else {
        return Some(reading);
    };
    if reading == Reading::Percent {
        let message = format!("{} is a gain or loss against the base year, which has no level to take per cent of", measure.name());
        reader.error(&written.place, message, Some("write as = \"change\"".to_owned()));
        return None;
    }
    Some(Reading::Change)
}

/// One side of the trade: `Some(None)` for all. A side that the measure knows nothing of is refused, not ignored.
fn side(reader: &mut Reader<'_>, table: &Table, key: &str, measure: Option<OutcomeMeasure>, used: bool) -> Option<Option<Vec<usize>>> {
    let Some(entry) = table.entry(key) else {
        return Some(None);
    };
    let regions = reader.regions(&entry.value);
    if let (false, Some(measure)) = (used, measure) {
        let other = if key == "exporters" { "importers" } else { "exporters" };
        let message = format!("{} has no {key}: it belongs to one region", measure.name());
        let help = format!("write {other} = […] for the regions whose {} you want", measure.name());
        reader.error(&entry.key_place, message, Some(help));
    }
    regions
}

fn modes(reader: &mut Reader<'_>, table: &Table, measure: Option<OutcomeMeasure>) -> Option<Option<Vec<Mode>>> {
    let Some(entry) = table.entry("modes") else {
        return Some(None);
    };
    let modes = reader.names(&entry.value, "modes", |r, name, place| r.mode(name, place));
    if let Some(measure) = measure.filter(|m| !m.has_modes()) {
        let message = format!("{} is not known by mode", measure.name());
        let help = "modes goes with trade_value, trade_volume and mode_share".to_owned();
        reader.error(&entry.key_place, message, Some(help));
    }
    match modes? {
        None if measure == Some(OutcomeMeasure::ModeShare) => {
            reader.error(&entry.value.place, "the share of all modes is always 1", Some("write modes = [\"sea\"]".to_owned()));
            None
        }
        modes => Some(modes),
    }
}

/// A mode that no pair of the outcome has is an error; one that some pairs lack is worth knowing.
fn check_routes(reader: &mut Reader<'_>, written: &Written, modes: &[Mode], exporters: &[usize], importers: &[usize]) {
    let Some(baseline) = reader.baseline else {
        return;
    };
    let pairs: Vec<(usize, usize)> =
        exporters.iter().flat_map(|e| importers.iter().map(move |i| (*e, *i))).filter(|(e, i)| e != i).collect();
    let served: Vec<(String, Vec<Mode>)> = pairs
        .iter()
        .map(|(e, i)| {
            let name = format!("{}-{}", baseline.regions[*e].code, baseline.regions[*i].code);
            (name, modes_between(baseline, *e, *i))
        })
        .collect();
    let mut known: Vec<Mode> = MODES.iter().map(|(_, m)| *m).collect();
    known.retain(|m| served.iter().any(|(_, modes)| modes.contains(m)));
    for mode in modes {
        let without: Vec<&str> = served.iter().filter(|(_, m)| !m.contains(mode)).map(|(name, _)| name.as_str()).collect();
        let word = mode_name(*mode);
        if without.len() == served.len() {
            let message = format!("the baseline has no route by {word} between these regions");
            reader.error(&written.place, message, Some(known_modes(&known)));
        } else if !without.is_empty() {
            let some = without.iter().take(6).copied().collect::<Vec<_>>().join(", ");
            let more = if without.len() > 6 { ", …" } else { "" };
            let message =
                format!("{} of {} pairs have no route by {word} and count for nothing: {some}{more}", without.len(), served.len());
            reader.warn(&written.place, message, None);
        }
    }
}
