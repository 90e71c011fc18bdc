//! What happens, in the schema: tariffs, events, services, berths, what is reported.

use super::super::{capacity, event, measure, outcome, reader, service, target};
use super::{Section, by_name, choice, flag, list_of, names, number, numbers, reference, table, text};
use crate::uncertainty::toml_key;
use serde_json::{Value, json};

pub(super) fn sections() -> Vec<Section> {
    vec![
        tariff("tariff", &["name", "importer", "exporters", "sectors", "rate", "from"], "A tariff measure, in force from a day on."),
        tariff(
            "event_tariff",
            &["name", "importer", "exporters", "sectors", "rate"],
            "A tariff measure in force only where the event comes out this way, and not before its day.",
        ),
        event(),
        event_outcome(),
        service(),
        expansion(),
        outcome(),
    ]
}

fn date(description: &str) -> Value {
    numbers::described(description, reference("date"))
}

fn sectors(description: &str) -> Value {
    names(description, json!([["steel_iron", "aluminium"], "*"]))
}

fn tariff(name: &'static str, required: &[&str], description: &str) -> Section {
    let authorities = json!({
        "type": "array",
        "items": { "type": "string", "minLength": 1 },
        "description": "Authorities whose measures this one switches off on the value that it covers. An empty list says that it is meant to add to others.",
        "examples": [["IEEPA"], []]
    });
    let properties = vec![
        ("name", text("What the measure is called in results, charts and paths.", json!(["Steel and aluminium, Section 232"]))),
        ("importer", text("Code of the region that charges it.", json!(["USA"]))),
        ("exporters", names("Codes of the regions whose goods pay it; \"*\": all but the importer.", json!([["CAN", "MEX"], "*"]))),
        ("sectors", sectors("Codes of the sectors; \"*\": all.")),
        ("except", sectors("Sectors that \"*\" leaves out.")),
        ("rate", number("rate", "Ad-valorem rate on customs value: \"25%\" or 0.25, never 25.", json!(["25%", 0.25]))),
        ("from", date("The first day in force.")),
        ("until", date("The last day in force; without it there is none.")),
        ("authority", text("The legal authority, which displaces names.", json!(["232", "IEEPA", "301", "122"]))),
        ("usmca_exempt", flag("Whether goods that claim the agreement's preference (USMCA = CUSMA = T-MEC) are free of it.", false)),
        ("coverage", number("coverage", "Share of the sectors' trade in scope, 0 to 1.", json!([1.0, "85%"]))),
        ("displaces", authorities),
        ("replaces_base", flag("Whether the rate stands instead of the base year's tariff, rather than on top of it.", false)),
    ];
    table(name, &measure::KEYS, required, description, properties)
}

fn event() -> Section {
    let outcome =
        json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1, "uniqueItems": true }] });
    let when = json!({
        "type": "object",
        "description": "The event happens only where earlier events came out so: { \"USMCA joint review\" = \"withdrawal\" }.",
        "additionalProperties": outcome
    });
    let mut outcomes = list_of("event_outcome", "The ways it can come out; their probabilities add up to 1.");
    outcomes["minItems"] = json!(1);
    let properties = vec![
        ("name", text("What the event is called.", json!(["USMCA joint review"]))),
        ("date", date("The day on which it is decided.")),
        ("when", when),
        ("outcome", outcomes),
    ];
    table("event", &event::KEYS, &["name", "date", "outcome"], "What may happen on a day, and how likely.", properties)
}

fn event_outcome() -> Section {
    let probability = json!({
        "description": "Given that the event happens, 0 to 1; those of an event's outcomes add up to 1.",
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1 }, reference("percentage")],
        "examples": [0.55, "30%"]
    });
    let heads: Vec<String> = target::FORMS.iter().map(|(head, _)| (*head).to_owned()).collect();
    let value = json!({ "anyOf": [{ "type": "boolean" }, { "type": "number" }, { "type": "string" }, reference("distribution_of_figures"), reference("distribution_of_amounts")] });
    let mut set = by_name(
        "Numbers that are others from the event's day on, by path: { \"preferences.usmca.active\" = false }.",
        &format!(r"^\s*({})\s*\.", heads.join("|")),
        value,
    );
    set["examples"] = json!([{ "preferences.usmca.active": false }, { format!("tariff.{}.rate", toml_key("Steel, 50%")): "25%" }]);
    let properties = vec![
        ("name", text("What the outcome is called.", json!(["withdrawal"]))),
        ("probability", probability),
        ("set", set),
        ("tariff", list_of("event_tariff", "Measures that this outcome brings.")),
    ];
    table("event_outcome", &event::OUTCOME_KEYS, &["name", "probability"], "One way in which an event can come out.", properties)
}

fn service() -> Section {
    let properties = vec![
        ("name", text("What the service is called.", json!(["Saint John–Veracruz container"]))),
        ("from_port", text("Name of a port of the baseline.", json!(["Saint John"]))),
        ("to_port", text("Name of a port of another region; the service sails both ways.", json!(["Veracruz"]))),
        ("start", number("day", "The first sailing: a date, or a distribution of dates.", json!(["2026-09-01"]))),
        ("capacity_teu", number("teu", "Places on board each way, TEU a year.", json!([52_000]))),
        ("like", text("The route, mode or group that it is as attractive as at equal cost, since it has no past.", json!(["truck"]))),
        ("sectors", sectors("The goods that it takes; all if not given.")),
        ("except", sectors("Sectors that \"*\" leaves out.")),
        ("days", number("days", "Door to door, in days, without waiting for a place.", json!([18]))),
        ("freight_usd_per_tonne", number("freight_rate", "Freight from door to door, US$ per tonne.", json!([95]))),
    ];
    let required = ["name", "from_port", "to_port", "start", "capacity_teu", "like"];
    table("service", &service::KEYS, &required, "A sailing between two ports that may not exist yet.", properties)
}

fn expansion() -> Section {
    let properties = vec![
        ("name", text("What it is called; the port's name if not given.", json!(["Veracruz, second terminal"]))),
        ("port", text("Name of a port of the baseline.", json!(["Veracruz"]))),
        ("adds_teu", number("teu", "Capacity that it adds, TEU a year.", json!([500_000]))),
        ("date", number("day", "The first day: a date, or a distribution of dates.", json!(["2027-01-01"]))),
    ];
    table("expansion", &capacity::EXPANSION_KEYS, &["port", "adds_teu", "date"], "Berths that a port adds.", properties)
}

fn outcome() -> Section {
    let threshold = || json!({ "anyOf": [{ "type": "number" }, reference("percentage")] });
    let modes = json!({
        "description": "Only what goes by these modes: of trade_value, trade_volume and mode_share.",
        "anyOf": [
            { "const": "*" },
            { "type": "array", "items": { "enum": reader::MODES.map(|(name, _)| name) }, "minItems": 1, "uniqueItems": true }
        ],
        "examples": [["sea"]]
    });
    let thresholds = json!({
        "description": "Figures, in the outcome's own unit, that somebody cares about: how likely it is to be below each.",
        "anyOf": [{ "type": "number" }, reference("percentage"), { "type": "array", "items": threshold(), "minItems": 1 }],
        "examples": [-10_000, "5%", [0, 1000]]
    });
    let properties = vec![
        ("name", text("What it is called in tables and charts.", json!(["Canada–Mexico trade by sea"]))),
        (
            "measure",
            choice(
                "What is measured: values, volumes (at base-year prices), revenue, surplus and welfare in US$ million a year; shares, rates and exposure as fractions; \
                 prices as ratios to the base year; throughput in TEU a year; utilisation as a fraction of capacity.",
                outcome::MEASURES.iter().map(|(name, _)| *name),
            ),
        ),
        ("exporters", names("Origins of the goods; all if not given.", json!([["CAN", "MEX"]]))),
        ("importers", names("Markets; all if not given.", json!([["USA"]]))),
        ("sectors", sectors("Sectors; all if not given.")),
        ("modes", modes),
        ("ports", names("Of port_throughput and port_utilisation: names of ports.", json!([["Veracruz"]]))),
        (
            "unit",
            choice(
                "What a trade_volume is counted in: usd at base-year prices, teu or tonnes.",
                outcome::UNITS.iter().map(|(name, _)| *name),
            ),
        ),
        (
            "as",
            choice(
                "How it is read against the base year: as a level, as a change from it, or in per cent of it.",
                outcome::READINGS.iter().map(|(name, _)| *name),
            ),
        ),
        ("threshold", thresholds),
    ];
    table("outcome", &outcome::KEYS, &["name", "measure"], "What to report and plot.", properties)
}
