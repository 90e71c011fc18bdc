//! The words around the figures: the base year's name, the source line, file names, units.

use crate::charts::Unit;
use crate::findings::{Against, Findings, Summary};
use crate::scenario::{OutcomeMeasure, Reading, VolumeUnit};
use crate::simulation::outcomes::CompiledOutcome;
use crate::uncertainty::Sampler;

/// What the base year is called: the year in the baseline folder's name, or "the base year".
pub(super) fn base_year(findings: &Findings<'_>) -> String {
    let folder = findings.baseline.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    year_of(&folder)
}

/// The year in the name of a baseline's folder, or "the base year".
pub(super) fn year_of(folder: &str) -> String {
    let year = folder.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4);
    year.map_or_else(|| "the base year".to_string(), str::to_string)
}

/// Scenario, baseline, and the model where it is not the default.
pub(super) fn source(findings: &Findings<'_>) -> String {
    let folder = findings.baseline.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    source_of(&findings.scenario.title, &folder, findings.model.as_deref())
}

pub(super) fn source_of(title: &str, baseline: &str, model: Option<&str>) -> String {
    let model = model.map(|model| format!(", {model} model")).unwrap_or_default();
    format!("Tradewind {}, scenario “{title}”, {baseline}{model}", env!("CARGO_PKG_VERSION"))
}

/// "10,000 draws".
pub(super) fn draws(findings: &Findings<'_>) -> String {
    let count = findings.results.succeeded();
    let what = if findings.plan.sampler == Sampler::Quadrature { "point" } else { "draw" };
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// "the first 1,024 draws", the ones that ranges in the wide tables rest on, or all of them.
pub(super) fn leading_draws(findings: &Findings<'_>) -> String {
    let leading = findings.results.quantile_draws as u64;
    if leading < findings.results.draws { format!("the first {} draws", grouped(leading)) } else { draws(findings) }
}

/// "mean of 10,000 draws, lines 5th to 95th percentile of the first 1,024 draws"; where all draws serve for both, they are counted once.
pub(super) fn means_and(findings: &Findings<'_>, ranges: &str) -> String {
    let (all, leading) = (draws(findings), leading_draws(findings));
    if all == leading { format!("mean and {ranges} of {all}") } else { format!("mean of {all}, {ranges} of {leading}") }
}

/// 1,234,567.
pub(super) fn grouped(count: u64) -> String {
    crate::charts::grouped(&count.to_string())
}

/// How a chart writes an outcome's figures, as changes from `against`.
pub(super) fn unit(against: &Against, outcome: &CompiledOutcome) -> Unit {
    use OutcomeMeasure::{ConsumerPrice, EffectiveTariff, Exposure, ModeShare, PortUtilisation, ProducerPrice};
    let fraction = matches!(outcome.measure, ModeShare | EffectiveTariff | Exposure | PortUtilisation);
    let difference = *against != Against::BaseYear;
    if let (Some(thing), Reading::Level | Reading::Change) = (counted(outcome), outcome.reading) {
        let level = outcome.reading == Reading::Level && !difference;
        return if level { Unit::Count(thing.into()) } else { Unit::CountChange(thing.into()) };
    }
    match outcome.reading {
        Reading::Percent if difference => Unit::PercentagePoints,
        Reading::Level if difference && fraction => Unit::PercentagePoints,
        Reading::Level if difference && !matches!(outcome.measure, ProducerPrice | ConsumerPrice) => Unit::UsdMillionChange,
        Reading::Percent => Unit::PercentChange,
        Reading::Level if fraction => Unit::Fraction,
        Reading::Change if fraction => Unit::PercentagePoints,
        Reading::Level | Reading::Change if matches!(outcome.measure, ProducerPrice | ConsumerPrice) => Unit::Ratio,
        Reading::Level if !outcome.is_change() => Unit::UsdMillion,
        Reading::Level | Reading::Change => Unit::UsdMillionChange,
    }
}

/// A standard deviation or error in a unit: no sign, and of what is in per cent in percentage points.
pub(super) fn spread(unit: &Unit, sd: f64) -> String {
    unit.difference().format(sd).trim_start_matches('+').to_string()
}

/// "−4.5% (−8.1% to −2.0%)"; of a quadrature "−4.5% ± 1.2%", mean and standard deviation.
pub(super) fn spread_of(unit: &Unit, found: &Summary) -> String {
    if found.median().is_nan() {
        return format!("{} ± {}", unit.format(found.mean), spread(unit, found.sd));
    }
    format!("{} ({} to {})", unit.format(found.median()), unit.format(found.p05()), unit.format(found.p95()))
}

/// What an outcome counts, where it is not money.
fn counted(outcome: &CompiledOutcome) -> Option<&'static str> {
    match (outcome.measure, outcome.volume) {
        (OutcomeMeasure::PortThroughput, _) | (OutcomeMeasure::TradeVolume, VolumeUnit::Teu) => Some("TEU"),
        (OutcomeMeasure::TradeVolume, VolumeUnit::Tonnes) => Some("tonnes"),
        _ => None,
    }
}

/// What the figures of an outcome are, in words: "Change from 2024, US$ a year", "Difference from “Steel 25%”, US$ a year".
pub(super) fn reading(findings: &Findings<'_>, against: &Against, outcome: &CompiledOutcome) -> String {
    match against {
        Against::Scenario(title) => format!("Difference from “{title}”, {}", difference(outcome)),
        Against::BaseYear => since(&base_year(findings), outcome),
    }
}

/// What the figures of an outcome are, read against a base year.
pub(super) fn since(base_year: &str, outcome: &CompiledOutcome) -> String {
    let quantity = quantity(outcome);
    if outcome.reading == Reading::Level && !outcome.is_change() {
        return capitalised(quantity);
    }
    format!("Change from {base_year}, {quantity}")
}

/// What a difference between scenarios is measured in.
pub(super) fn difference(outcome: &CompiledOutcome) -> &'static str {
    if outcome.reading == Reading::Percent { "percentage points of the change" } else { quantity(outcome) }
}

fn quantity(outcome: &CompiledOutcome) -> &'static str {
    use OutcomeMeasure::{
        ConsumerPrice, ConsumerSurplus, EffectiveTariff, Exposure, ModeShare, PortThroughput, PortUtilisation, ProducerPrice,
        ProducerSurplus, TradeVolume, Welfare,
    };
    match (outcome.reading, outcome.measure) {
        (Reading::Percent, ConsumerSurplus | Welfare) => "% of spending",
        (Reading::Percent, ProducerSurplus) => "% of sales",
        (Reading::Percent, _) => "%",
        (_, ModeShare) => "share of customs value",
        (_, EffectiveTariff) => "ad valorem, weighted by base-year trade",
        (_, Exposure) => "share of base-year trade",
        (_, ProducerPrice | ConsumerPrice) => "price, ratio to the base year",
        (_, PortThroughput) => "TEU a year, all trade",
        (_, PortUtilisation) => "throughput as a share of capacity",
        (_, TradeVolume) if outcome.volume == VolumeUnit::Teu => "TEU a year",
        (_, TradeVolume) if outcome.volume == VolumeUnit::Tonnes => "tonnes a year",
        (_, TradeVolume) => "US$ a year at base-year prices",
        _ => "US$ a year",
    }
}

/// With a capital where the text begins with a letter.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A file name for a text: lower-case letters, digits and single hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        let plain = match c {
            'à' | 'á' | 'â' | 'ä' | 'Á' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' | 'É' => 'e',
            'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ó' | 'ô' | 'ö' => 'o',
            'ú' | 'û' | 'ü' => 'u',
            c => c.to_ascii_lowercase(),
        };
        if plain.is_ascii_alphanumeric() {
            slug.push(plain);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(60);
    slug.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::{slug, spread};
    use crate::charts::Unit;

    #[test]
    fn a_spread_of_per_cents_is_in_points() {
        assert_eq!([Unit::PercentChange, Unit::Fraction, Unit::PercentagePoints].map(|unit| spread(&unit, 0.012)), ["1.2 pp"; 3]);
        assert_eq!([Unit::UsdMillion, Unit::UsdMillionChange].map(|unit| spread(&unit, 1234.0)), ["US$ 1.2 bn"; 2]);
    }

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(slug("Canada–Mexico trade, by sea (Lázaro Cárdenas)"), "canada-mexico-trade-by-sea-lazaro-cardenas");
        assert_eq!(slug("¿?"), "");
    }
}
