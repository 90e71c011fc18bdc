//! What is believed about trade, in the schema: elasticities, freight, days, currencies, ports, routes, and what is drawn together.

use super::super::{capacity, correlation, course, data, land_bridge, reader, settings};
use super::{Section, by_name, choice, flag, number, numbers, reference, table, text};
use crate::baseline::{ElasticityKind, Horizon};
use serde_json::{Map, Value, json};

pub(super) fn sections() -> Vec<Section> {
    vec![
        process("freight_process", "freight_multiple"),
        process("exchange_process", "exchange_ratio"),
        ports(),
        land_bridge(),
        agreement(),
        data(),
        correlation(),
        copula(),
    ]
}

/// A pair, e.g. `CAN-MEX`, or all.
const PAIR: &str = r"^(\*|.+-.+)$";

pub(super) fn elasticities() -> Value {
    let kinds = [Horizon::Long, Horizon::Short].into_iter().flat_map(|horizon| ElasticityKind::ALL.map(|kind| (kind, horizon)));
    let properties: Map<String, Value> = kinds
        .map(|(kind, horizon)| {
            let definition = if kind == ElasticityKind::Supply { "supply_elasticity" } else { "elasticity" };
            let run = if horizon == Horizon::Short { "In the short run, by" } else { "By" };
            let values =
                by_name(&format!("{} {run} sector, sector@REGION or \"*\".", meaning(kind)), r"^[^@]+(@[^@*]+)?$", reference(definition));
            (horizon.kind_word(kind), values)
        })
        .collect();
    json!({
        "type": "object",
        "description": "Elasticities instead of the baseline's: import.\"*\" = { dist = \"lognormal\", mean = 5.0, sd = 1.0 }.",
        "properties": properties,
        "additionalProperties": false
    })
}

fn meaning(kind: ElasticityKind) -> &'static str {
    match kind {
        ElasticityKind::Demand => "How spending on a sector answers to its price.",
        ElasticityKind::Domestic => "Substitution between home goods and imports.",
        ElasticityKind::Import => "Substitution between the origins of imports (Armington).",
        ElasticityKind::Route => "Substitution between routes.",
        ElasticityKind::Supply => "How an exporter's supply answers to its price; \"inf\" for a fixed price.",
    }
}

/// `[freight]`, `[transit_time]` and `[route_shares]`: a table for each mode.
fn by_mode(description: &str, pattern: &str, value: &Value, more: Option<(&str, Value)>) -> Value {
    let mode = |(name, _)| (String::from(name), by_name(&format!("Of what goes by {name}."), pattern, value.clone()));
    let mut properties: Map<String, Value> = reader::MODES.map(mode).into_iter().collect();
    properties.extend(more.map(|(key, schema)| (key.to_owned(), schema)));
    json!({ "type": "object", "description": description, "properties": properties, "additionalProperties": false })
}

pub(super) fn freight() -> Value {
    let value = json!({ "anyOf": [reference("freight_multiple"), reference("freight_process")] });
    by_mode("Freight as a multiple of the base year's, by mode and pair: sea.\"*\" = 0.9, truck.\"CAN-MEX\" = 1.3.", PAIR, &value, None)
}

pub(super) fn transit_time() -> Value {
    by_mode("Days under way as a multiple of the base year's, by mode and pair: sea.\"*\" = 1.1.", PAIR, &reference("time_multiple"), None)
}

pub(super) fn route_shares() -> Value {
    let uncertain = flag("Whether the baseline's prior over route shares is drawn, or held at its centre.", true);
    let description = "What share of a sector's trade went by a mode in the base year: sea.\"cereals_oilseeds@CAN-MEX\" = 0.87.";
    by_mode(description, r"^[^@]+@.+-.+$", &reference("route_share"), Some(("uncertain", uncertain)))
}

pub(super) fn time_value() -> Value {
    let description = "What a day under way costs, as a share of the goods' value, by sector or \"*\": \"*\" = \"0.8%\".";
    by_name(description, r"\S", reference("time_value"))
}

pub(super) fn exchange_rate() -> Value {
    let value = json!({ "anyOf": [reference("exchange_ratio"), reference("exchange_process")] });
    by_name(
        "Real exchange rates, US$ per unit of a region's currency, as ratios to the base year's: CAN = 0.95.",
        r"^(?!\*$)(?!USA$).+$",
        value,
    )
}

pub(super) fn preferences() -> Value {
    by_name("Trade agreements by name: [preferences.usmca].", r"\S", reference("agreement"))
}

pub(super) fn land_bridges() -> Value {
    by_name("What it costs to cross a third region: [land_bridge.USA].", "^(?!(cost|days|from)$).+$", reference("land_bridge"))
}

fn process(name: &'static str, level: &str) -> Section {
    let properties = vec![
        (
            "process",
            choice("The kind of process: a log that is drawn back to its level.", course::PROCESSES.iter().map(|(name, ())| *name)),
        ),
        ("sd", number("log_sd", "Standard deviation of the log in the long run.", json!([0.25]))),
        ("speed", number("speed", "How fast it returns, a year: half of the way in ln 2 / speed years.", json!([0.8]))),
        ("level", number(level, "What it is drawn to, as a multiple of the base year; 1 if not given.", json!([1.0]))),
    ];
    table(name, &course::KEYS, &["process", "sd", "speed"], "A number that wanders over the periods.", properties)
}

fn ports() -> Section {
    let handling = by_name(
        "Handling charges as a multiple of the baseline's, by port or \"*\": handling.\"*\" = 0.9.",
        r"^(?!(dist|process)$)",
        reference("handling_multiple"),
    );
    let mut storage = number("storage", "What a container that waits pays beside the time it loses, US$ per TEU and day.", json!([40]));
    storage["default"] = json!(capacity::USUAL_STORAGE);
    let properties = vec![
        ("congestion", flag("Whether full ports and services make goods wait.", true)),
        ("growth", number("growth", "Growth of the ports' other trade, a year.", json!(["2%"]))),
        ("storage", storage),
        ("handling", handling),
    ];
    table("ports", &capacity::PORTS_KEYS, &[], "Ports as the scenario sees them.", properties)
}

fn land_bridge() -> Section {
    let properties = vec![
        ("cost", number("crossing_cost", "Ad valorem, on top of the base year's freight.", json!(["5%"]))),
        ("days", number("days", "Days lost at the crossing.", json!([2]))),
        ("from", number("day", "The first day: a date, or a distribution of dates; from the start if not given.", json!(["2026-01-01"]))),
    ];
    let mut section =
        table("land_bridge", &land_bridge::KEYS, &[], "What goods pay that cross this region on their way to another.", properties);
    section.schema["anyOf"] = json!([{ "required": ["cost"] }, { "required": ["days"] }]);
    section
}

fn agreement() -> Section {
    let active = flag("Whether the agreement holds.", true);
    table(
        "agreement",
        &settings::AGREEMENT_KEYS,
        &["active"],
        "A trade agreement of the baseline's preferences.csv.",
        vec![("active", active)],
    )
}

fn data() -> Section {
    let log_sd = || json!({ "anyOf": [{ "type": "number", "minimum": 0, "maximum": data::MOST }, reference("percentage")] });
    let doubt = |description: &str, usual: f64, pattern: &str| {
        json!({
            "description": format!("{description} As the standard deviation of the log, of all or by name; {usual} under uncertain = true."),
            "anyOf": [
                { "type": "number", "minimum": 0, "maximum": data::MOST },
                reference("percentage"),
                { "type": "object", "propertyNames": { "pattern": pattern }, "additionalProperties": log_sd() }
            ],
            "examples": [usual]
        })
    };
    let properties = vec![
        ("uncertain", flag("Whether figures that the baseline marks assumed are drawn.", false)),
        ("home_sales", doubt("How far off home sales may be against imports, by market.", data::HOME_SALES, "^(?!(dist|process)$)")),
        ("trade", doubt("How far off trade between regions may be, by pair.", data::TRADE, PAIR)),
        ("value_density", doubt("How far off US$ per tonne may be, by sector.", data::VALUE_DENSITY, "^(?!(dist|process)$)")),
    ];
    table("data", &data::KEYS, &[], "How far the baseline's own figures may be off.", properties)
}

fn correlation() -> Section {
    let path = || text("Path of an uncertain number; a bare * stands for any part.", json!(["elasticities.import.steel_iron"]));
    let rho = json!({
        "description": "Spearman's rank correlation, -1 to 1.",
        "anyOf": [{ "type": "number", "minimum": -1, "maximum": 1 }, reference("percentage")]
    });
    let pairs = json!({
        "type": "array",
        "description": "Which uncertain numbers go together.",
        "items": { "type": "array", "items": [path(), path(), rho], "minItems": 3, "maxItems": 3 },
        "examples": [[["elasticities.import.steel_iron", "elasticities.supply.steel_iron", 0.3]]]
    });
    let copula = json!({
        "description": "What joins them: \"gaussian\", or { dist = \"student-t\", df = 4 } where extremes come together.",
        "anyOf": [{ "const": "gaussian" }, { "type": "object", "required": ["dist"], "properties": { "dist": { "const": "gaussian" } }, "additionalProperties": false }, reference("copula")],
        "default": "gaussian"
    });
    let properties = vec![
        ("copula", copula),
        ("repair", flag("Whether correlations that cannot all hold are replaced by the nearest that can.", false)),
        ("pairs", pairs),
    ];
    table("correlation", &correlation::KEYS, &[], "Which uncertain numbers are drawn together.", properties)
}

fn copula() -> Section {
    let df = json!({ "description": "Degrees of freedom: the fewer, the more extremes come together.", "anyOf": [{ "type": "number", "exclusiveMinimum": 0 }, reference("percentage")] });
    let dist = numbers::described("Student's t.", json!({ "const": "student-t" }));
    table("copula", &correlation::T_KEYS, &["dist", "df"], "Student's t copula.", vec![("dist", dist), ("df", df)])
}
