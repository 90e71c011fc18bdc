//! What is allowed and likely not meant: measures that add up on the same goods, goods that buyers hardly switch between, names that differ by a space,
//! figures that nothing in the scenario can move. Each is told where it stands, and the scenario is used in spite of it.

use super::measure::{Measure, items};
use super::names::{NAMED, name_of};
use super::outcome::OutcomeMeasure;
use super::reader::Reader;
use super::written::{Place, Table, Written};
use super::{ElasticityOverride, Scenario};
use crate::baseline::{Baseline, ElasticityKind, Horizon, without_accents};
use crate::diagnostics::quoted;
use crate::uncertainty::{Number, toml_key};
use jiff::civil::Date;
use std::collections::HashMap;

/// A file with more measures than this is made by a machine, which knows what it adds up.
const MOST_MEASURES: usize = 500;
/// Others that a warning names.
const MOST_NAMED: usize = 3;
/// Draws in a hundred that may have an elasticity below one before it is worth telling.
const FEW: f64 = 0.01;

/// Warns of all this in a scenario that stands.
pub(super) fn warn(reader: &mut Reader<'_>, root: &Table, scenario: &Scenario) {
    let Some(baseline) = reader.baseline else { return };
    let tables = |key: &str| root.get(key).map(items).unwrap_or_default();
    warn_of_overlaps(reader, baseline, tables("tariff"), scenario);
    warn_of_low_elasticities(reader, root, baseline, &scenario.elasticities);
    for key in NAMED {
        warn_of_near_namesakes(reader, key, tables(key));
    }
    warn_of_idle_outcomes(reader, baseline, tables("outcome"), scenario);
}

/// Measures without a word on displacement that both bear in full on the same goods on the same days: the goods pay the sum.
fn warn_of_overlaps(reader: &mut Reader<'_>, baseline: &Baseline, tables: &[Written], scenario: &Scenario) {
    let measures = &scenario.measures;
    if measures.len() != tables.len() || measures.len() > MOST_MEASURES {
        return;
    }
    for (at, (measure, table)) in measures.iter().zip(tables).enumerate() {
        // Who writes displaces, if only an empty list, has thought of it.
        let unsaid = |at: usize| tables[at].get("displaces").is_none();
        let others = (0..at).filter(|&other| unsaid(at) && unsaid(other) && adds(&measures[other], measure, scenario));
        let others: Vec<(usize, Vec<(usize, usize)>)> =
            others.map(|other| (other, common(baseline, &measures[other], measure))).filter(|(_, goods)| !goods.is_empty()).collect();
        let Some((first, goods)) = others.first() else { continue };
        let place = table.get("name").map_or(&table.place, |written| &written.place);
        let named = others.iter().take(MOST_NAMED).map(|(other, _)| quoted(&measures[*other].name)).collect::<Vec<_>>().join(", ");
        let more =
            others.len().checked_sub(MOST_NAMED).filter(|more| *more > 0).map_or_else(String::new, |more| format!(" and {more} more"));
        let (sector, exporter) = goods[0];
        let goods = match goods.len() {
            1 => format!("{} from {}", baseline.sectors[sector].code, baseline.regions[exporter].code),
            count => format!("{} from {} and {} more", baseline.sectors[sector].code, baseline.regions[exporter].code, count - 1),
        };
        let (from, until) = shared_days(&measures[*first], measure);
        let days = until.map_or_else(|| format!("from {from} on"), |until| format!("from {from} to {until}"));
        let message = format!("the measure {} adds to {named}{more} on the same goods: {days}, {goods} pay the sum", quoted(&measure.name));
        let help = match &measures[*first].authority {
            Some(authority) if measure.authority.as_ref() != Some(authority) => {
                format!("write displaces = [{authority:?}] if it stands instead, or displaces = [] if both are to be paid")
            }
            _ => "give the earlier one an until, or write displaces = [] if both are to be paid".to_owned(),
        };
        reader.warn(place, message, Some(help));
    }
}

/// Whether both measures are paid on the same days, on more than the whole of the goods, without one displacing the other.
fn adds(first: &Measure, second: &Measure, scenario: &Scenario) -> bool {
    let displaces = |one: &Measure, other: &Measure| other.authority.as_ref().is_some_and(|authority| one.displaces.contains(authority));
    let (from, until) = shared_days(first, second);
    let meet = scenario.periods.iter().any(|p| from <= p.last_day && until.is_none_or(|until| until >= p.first_day && until >= from));
    // Measures on parts of a sector are taken to be on different parts.
    let whole = first.coverage.central() + second.coverage.central() > 1.0 + 1e-9;
    // Namesakes are an error, and told as one.
    let two = first.name != second.name && first.importer == second.importer;
    two && whole && meet && !displaces(first, second) && !displaces(second, first)
}

/// The first and the last day on which both are in force; the last may lie before the first.
fn shared_days(first: &Measure, second: &Measure) -> (Date, Option<Date>) {
    let until = match (first.until, second.until) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    (first.from.max(second.from), until)
}

/// Sectors and exporters that both bear on and that trade.
fn common(baseline: &Baseline, first: &Measure, second: &Measure) -> Vec<(usize, usize)> {
    let sectors = first.sectors.iter().filter(|sector| second.sectors.contains(sector));
    let goods = sectors.flat_map(|&sector| {
        let exporters = first.exporters.iter().filter(|exporter| second.exporters.contains(exporter));
        exporters.map(move |&exporter| (sector, exporter))
    });
    goods.filter(|&(sector, exporter)| baseline.flow(sector, exporter, first.importer).value > 0.0).collect()
}

/// Of goods that buyers switch between: below one, what becomes dearer earns more.
fn warn_of_low_elasticities(reader: &mut Reader<'_>, root: &Table, baseline: &Baseline, elasticities: &[ElasticityOverride]) {
    for elasticity in elasticities {
        // Demand and supply are often inelastic, and so is anything in its first months.
        let substitution = matches!(elasticity.kind, ElasticityKind::Domestic | ElasticityKind::Import | ElasticityKind::Route);
        if !substitution || elasticity.horizon == Horizon::Short {
            continue;
        }
        let sector = elasticity.sector.map_or("*", |sector| baseline.sectors[sector].code.as_str());
        let region = elasticity.region.map(|region| format!("@{}", baseline.regions[region].code)).unwrap_or_default();
        let key = format!("{sector}{region}");
        let kind = elasticity.horizon.kind_word(elasticity.kind);
        let Some(written) = root.get("elasticities").and_then(|table| table.get(&kind)).and_then(|table| table.get(&key)) else {
            continue;
        };
        let told = match &elasticity.value {
            Number::Fixed(value) if *value < 1.0 => Some(format!("is {value}, below 1")),
            Number::Fixed(_) => None,
            Number::Uncertain(uncertain) => match (uncertain.distribution.mean(), uncertain.distribution.cdf_below(1.0)) {
                (mean, _) if mean < 1.0 => Some(format!("has a mean of {}, below 1", (1e4 * mean).round() / 1e4)),
                (_, share) if share > FEW => Some(format!("is below 1 in {:.0}% of the draws", 100.0 * share)),
                _ => None,
            },
        };
        if let Some(told) = told {
            let message = format!("elasticities.{kind}.{} {told}: goods that become dearer would then earn more", toml_key(&key));
            let help = match &elasticity.value {
                Number::Uncertain(_) => "add min = 1.05 to the distribution, or keep it if that is meant".to_owned(),
                Number::Fixed(_) if elasticity.kind == ElasticityKind::Route => "estimates lie well above 1".to_owned(),
                Number::Fixed(_) => format!("estimates lie well above 1; the first months are {kind}_short"),
            };
            reader.warn(&written.place, message, Some(help));
        }
    }
}

/// Names that are the same but for spaces, capitals, accents and signs: an entry that was meant to replace its namesake, and does not.
fn warn_of_near_namesakes(reader: &mut Reader<'_>, key: &str, tables: &[Written]) {
    let mut seen: HashMap<String, (&str, &Place)> = HashMap::with_capacity(tables.len());
    for (name, written) in tables.iter().filter_map(name_of) {
        let plain: String = without_accents(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if plain.is_empty() {
            continue;
        }
        match seen.get(&plain) {
            Some((other, place)) if *other != name => {
                let message = format!("the [[{key}]] {} is named almost as another, {}: both count", quoted(name), quoted(other));
                let help = match place.source.path == written.place.source.path {
                    true => "give one of them another name, if they are two".to_owned(),
                    false => format!("write name = {} to replace the one of the file that is extended", quoted(other)),
                };
                reader.warn(&written.place, message, Some(help));
            }
            Some(_) => {}
            None => {
                seen.insert(plain, (name, &written.place));
            }
        }
    }
}

/// Duties on goods that no measure of the scenario is on: they stay as they are in every draw.
fn warn_of_idle_outcomes(reader: &mut Reader<'_>, baseline: &Baseline, tables: &[Written], scenario: &Scenario) {
    let brought = scenario.events.iter().flat_map(|event| &event.outcomes).flat_map(|outcome| &outcome.measures);
    let measures: Vec<&Measure> = scenario.measures.iter().chain(brought).collect();
    if measures.is_empty() {
        return;
    }
    for outcome in scenario.outcomes.iter().filter(|outcome| outcome.measure == OutcomeMeasure::Exposure) {
        let Some(table) = tables.iter().find(|table| name_of(table).is_some_and(|(name, _)| name == outcome.name)) else {
            continue;
        };
        let on = |measure: &&Measure| {
            let both = |ours: &[usize], theirs: &[usize]| ours.iter().any(|one| theirs.contains(one));
            outcome.importers.contains(&measure.importer)
                && both(&measure.exporters, &outcome.exporters)
                && both(&measure.sectors, &outcome.sectors)
        };
        let traded = measures.iter().filter(|measure| on(measure)).any(|measure| {
            let goods = measure.sectors.iter().filter(|sector| outcome.sectors.contains(sector));
            goods
                .into_iter()
                .any(|&sector| measure.exporters.iter().any(|&exporter| baseline.flow(sector, exporter, measure.importer).value > 0.0))
        });
        if !traded {
            let place = table.get("measure").map_or(&table.place, |written| &written.place);
            let message = format!("the outcome {} is zero in every draw: no measure is on any of these goods", quoted(&outcome.name));
            reader.warn(place, message, Some("name the importer and the exporters of a [[tariff]], or remove it".to_owned()));
        }
    }
}
