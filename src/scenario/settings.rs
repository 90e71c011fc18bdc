//! How a scenario is computed, not what happens in it: `[model]`, `[simulation]`, and the agreements of `[preferences]`.

use super::closure::{self, Closure};
use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::{Place, Value, Written};
use crate::diagnostics::{quoted, suggest};
use crate::uncertainty::{Number, Sampler};

pub(super) const MODEL_KEYS: [&str; 2] = ["closure", "adjustment"];
pub(super) const SIMULATION_KEYS: [&str; 4] = ["draws", "seed", "sampler", "precision"];
pub(super) const AGREEMENT_KEYS: [&str; 1] = ["active"];

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulation {
    pub draws: u64,
    pub seed: u64,
    pub sampler: Sampler,
    /// Stop once every outcome's relative standard error is below this; `draws` is then the most. More than 0, less than 1.
    pub precision: Option<f64>,
}

impl Default for Simulation {
    fn default() -> Simulation {
        Simulation { draws: 10_000, seed: 1, sampler: Sampler::Sobol, precision: None }
    }
}

/// The most draws of one run: beyond it a run takes days, and the error left is far below that of any elasticity.
pub const MOST_DRAWS: u64 = 100_000_000;

pub(super) const SAMPLERS: [Sampler; 4] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random, Sampler::Quadrature];

/// A plain precision from here on was likely meant as a percentage: a standard error of a tenth of the mean is no precision.
const COARSE: f64 = 0.1;

/// λ where a scenario does not say: half of the way from short to long run in two years, nine tenths in six and a half, as the tariff elasticities of
/// Boehm, Levchenko & Pandalai-Nayar (2023), which settle after seven to ten years, have it.
pub(super) const USUAL_ADJUSTMENT: f64 = 0.35;

/// `[model]`: which closure, and λ, the speed a year at which elasticities move from short to long run.
pub(super) fn model(reader: &mut Reader<'_>, written: Option<&Written>) -> (Closure, Number) {
    let (mut closure, mut adjustment) = (Closure::Partial, Number::Fixed(USUAL_ADJUSTMENT));
    if let Some(written) = written
        && let Some(table) = reader.table(written, "a table [model]", None)
    {
        reader.section(table, &written.place, "[model]", &MODEL_KEYS);
        if let Some(written) = table.get("adjustment") {
            adjustment = number::read(reader, written, Quantity::Speed, "model.adjustment").unwrap_or(adjustment);
        }
        if let Some(written) = table.get("closure") {
            closure = closure::read(reader, written);
        }
    }
    (closure, adjustment)
}

/// Reads `[simulation]`; what is absent or wrong has its default.
pub(super) fn simulation(reader: &mut Reader<'_>, written: &Written) -> Simulation {
    let mut out = Simulation::default();
    let Some(table) = reader.table(written, "a table [simulation]", None) else {
        return out;
    };
    reader.section(table, &written.place, "[simulation]", &SIMULATION_KEYS);
    if let Some(w) = table.get("draws") {
        let why = "more would run for days and change no digit that is reported; 10_000 give most means to within one per cent";
        out.draws = reader.integer(w, "draws", 1, MOST_DRAWS, why).unwrap_or(out.draws);
    }
    if let Some(w) = table.get("seed") {
        out.seed = reader.integer(w, "seed", 0, u64::MAX, "any whole number of 64 bits will do").unwrap_or(out.seed);
    }
    if let Some(w) = table.get("sampler") {
        out.sampler = reader.choice(w, "sampler", &SAMPLERS.map(|sampler| (sampler.word(), sampler))).unwrap_or(out.sampler);
    }
    out.precision = table.get("precision").and_then(|w| precision(reader, w));
    if let (Some(entry), Sampler::Quadrature) = (table.entry("precision"), out.sampler) {
        let help = "remove one of the two: quadrature takes its two points a number, and none of them is drawn".to_owned();
        reader.warn(&entry.key_place, "precision means nothing to quadrature, which has no sampling error to stop at", Some(help));
        out.precision = None;
    }
    out
}

/// The relative standard error to stop at, between 0 and 1.
fn precision(reader: &mut Reader<'_>, written: &Written) -> Option<f64> {
    if matches!(written.value, Value::Table(_)) {
        reader.wrong_type(written, "a precision such as 0.005 or \"0.5%\"", None);
        return None;
    }
    let value = number::plain(reader, written)?;
    let digits = number::as_written(written);
    if value > 0.0 && value < 1.0 {
        if value >= COARSE && !matches!(written.value, Value::Text(_)) {
            let message = format!(
                "a precision of {digits} stops the run once standard errors are {}% of the means",
                number::two_places_right(&digits)
            );
            reader.warn(&written.place, message, Some(format!("write \"{digits}%\" if a percentage was meant")));
        }
        return Some(value);
    }
    let message = format!("a precision of {digits}: it must be more than 0 and less than 1, as a share of the mean");
    let help = match value > 0.0 && !matches!(written.value, Value::Text(_)) {
        true => format!("write \"{digits}%\" if a percentage was meant; 0.005 stops once every standard error is below 0.5% of its mean"),
        false => "write 0.005 to stop once every standard error is below 0.5% of its mean, or remove it to make all the draws".to_owned(),
    };
    reader.error(&written.place, message, Some(help));
    None
}

/// Reads `[preferences.<agreement>] active = …`: the agreements that are switched off, lower case.
pub(super) fn inactive_agreements(reader: &mut Reader<'_>, written: &Written) -> Vec<String> {
    let mut off = Vec::new();
    let Some(table) = reader.table(written, "a table [preferences.usmca]", None) else {
        return off;
    };
    for entry in &table.entries {
        let agreement = entry.key.to_lowercase();
        check_agreement(reader, &entry.key, &entry.key_place);
        let help = format!("write [preferences.{}] and under it active = false", entry.key);
        let Some(inner) = reader.table(&entry.value, "a table with active = true or false", Some(help)) else {
            continue;
        };
        let section = reader.section(inner, &entry.key_place, format!("[preferences.{}]", entry.key), &AGREEMENT_KEYS);
        let active = reader.required(&section, "active", "false").and_then(|w| reader.boolean(w));
        if active == Some(false) {
            off.push(agreement);
        }
    }
    off
}

/// The agreement, lower case, if the baseline has preferences under it.
pub(super) fn check_agreement(reader: &mut Reader<'_>, name: &str, place: &Place) -> Option<String> {
    let agreement = name.to_lowercase();
    let mut names: Vec<&str> = reader.baseline?.preferences.iter().map(|p| p.agreement.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.contains(&agreement.as_str()) {
        return Some(agreement);
    }
    let message = format!("the baseline has no preferences under an agreement {}", quoted(name));
    let help = suggest(name, &names).or_else(|| Some("its table preferences.csv is absent or empty".to_owned()));
    reader.error(place, message, help);
    None
}
