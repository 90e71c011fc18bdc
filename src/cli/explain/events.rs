//! What may happen, how likely, on what condition, and what it changes.

use super::{percent, short};
use crate::baseline::Horizon;
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;
use crate::scenario::{Event, EventOutcome, Setting, Target};
use crate::uncertainty::{Number, toml_key};

pub(super) fn events(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["event", "date", "if", "outcome", "probability", "changes"], 4);
    for event in &loaded.scenario.events {
        for outcome in &event.outcomes {
            table.row(vec![
                short(&event.name),
                event.date.to_string(),
                condition(loaded, event),
                short(&outcome.name),
                percent(outcome.probability),
                changes(loaded, outcome),
            ]);
        }
    }
    table.with_last_left()
}

/// `USMCA joint review = withdrawal or annual reviews`
fn condition(loaded: &Loaded, event: &Event) -> String {
    let conditions = event.when.iter().map(|condition| {
        let of = &loaded.scenario.events[condition.event];
        let outcomes: Vec<&str> = condition.outcomes.iter().map(|&outcome| of.outcomes[outcome].name.as_str()).collect();
        format!("{} = {}", of.name, outcomes.join(" or "))
    });
    conditions.collect::<Vec<_>>().join(" and ")
}

fn changes(loaded: &Loaded, outcome: &EventOutcome) -> String {
    let measures = outcome.measures.iter().map(|measure| {
        let exporters: Vec<&str> = measure.exporters.iter().map(|&region| loaded.baseline.regions[region].code.as_str()).collect();
        let importer = &loaded.baseline.regions[measure.importer].code;
        format!("tariff {}: {} of {importer} on {}", toml_key(&measure.name), rate(&measure.rate), exporters.join(", "))
    });
    let sets = outcome.sets.iter().map(|setting| format!("{} = {}", path(loaded, &setting.target), value(setting)));
    let all: Vec<String> = measures.chain(sets).collect();
    if all.is_empty() { "nothing".into() } else { all.join("; ") }
}

fn rate(number: &Number) -> String {
    format!("{}{}", about(number), percent(number.central()))
}

fn about(number: &Number) -> &'static str {
    if number.is_fixed() { "" } else { "~" }
}

fn value(setting: &Setting) -> String {
    let number = &setting.value;
    match setting.target {
        Target::PreferenceActive(_) | Target::TariffActive(_) => (number.central() != 0.0).to_string(),
        Target::TariffRate(_) | Target::TariffCoverage(_) | Target::LandBridgeCost(_) => rate(number),
        _ => format!("{}{}", about(number), (number.central() * 1e4).round() / 1e4),
    }
}

/// The number's path, as a scenario writes it.
fn path(loaded: &Loaded, target: &Target) -> String {
    let code = |region: usize| loaded.baseline.regions[region].code.as_str();
    let tariff = |measure: usize| format!("tariff.{}", toml_key(&loaded.scenario.measures[measure].name));
    let between = |pair: Option<(usize, usize)>| match pair {
        Some((exporter, importer)) => format!("{}-{}", code(exporter), code(importer)),
        None => toml_key("*"),
    };
    match *target {
        Target::PreferenceActive(ref agreement) => format!("preferences.{agreement}.active"),
        Target::TariffRate(measure) => format!("{}.rate", tariff(measure)),
        Target::TariffCoverage(measure) => format!("{}.coverage", tariff(measure)),
        Target::TariffActive(measure) => format!("{}.active", tariff(measure)),
        Target::Elasticity { kind, horizon, sector, region } => {
            let horizon = if horizon == Horizon::Short { "_short" } else { "" };
            let sector = sector.map_or("*", |sector| loaded.baseline.sectors[sector].code.as_str());
            let region = region.map(|region| format!("@{}", code(region))).unwrap_or_default();
            format!("elasticities.{}{horizon}.{}", kind.word(), toml_key(&format!("{sector}{region}")))
        }
        Target::Freight { mode, pair } => format!("freight.{}.{}", mode.word(), between(pair)),
        Target::TransitTime { mode, pair } => format!("transit_time.{}.{}", mode.word(), between(pair)),
        Target::LandBridgeCost(region) => format!("land_bridge.{}.cost", code(region)),
        Target::LandBridgeDays(region) => format!("land_bridge.{}.days", code(region)),
        Target::ServiceCapacity(service) => format!("service.{}.capacity_teu", toml_key(&loaded.scenario.services[service].name)),
    }
}
