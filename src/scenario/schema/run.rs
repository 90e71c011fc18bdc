//! The scenario itself in the schema: what it starts from, when, how it is computed, and the grid that it sweeps.

use super::super::settings::{self, Simulation};
use super::super::{period, sweep};
use super::{Section, choice, list_of, number, reference, table, text, trade};
use crate::scenario::{Closure, MOST_DRAWS};
use serde_json::{Value, json};

pub(super) fn sections() -> Vec<Section> {
    vec![model(), simulation(), sweep()]
}

/// What stands under each key of the scenario.
pub(super) fn root() -> Vec<(&'static str, Value)> {
    vec![
        (
            "title",
            text(
                "What the scenario is called in charts and reports; the file's name if not given.",
                json!(["US tariffs on Canada and Mexico"]),
            ),
        ),
        ("description", text("A paragraph for the reader of the report.", json!(["Section 232 at 50% on steel and aluminium."]))),
        ("baseline", text("The folder of the base year's tables, beside this file.", json!(["baseline-2024"]))),
        (
            "extends",
            text(
                "Another scenario to start from, beside this file: tables merge, and an entry of a list replaces its namesake.",
                json!(["common.toml"]),
            ),
        ),
        ("periods", periods()),
        ("model", reference("model")),
        ("simulation", reference("simulation")),
        ("tariff", list_of("tariff", "Tariff measures: [[tariff]], in double brackets, above each.")),
        ("elasticities", trade::elasticities()),
        ("freight", trade::freight()),
        ("transit_time", trade::transit_time()),
        ("time_value", trade::time_value()),
        ("land_bridge", trade::land_bridges()),
        ("exchange_rate", trade::exchange_rate()),
        ("ports", reference("ports")),
        ("route_shares", trade::route_shares()),
        ("preferences", trade::preferences()),
        ("outcome", list_of("outcome", "What to report and plot; a set of usual outcomes if there is none.")),
        ("event", list_of("event", "What may happen.")),
        ("service", list_of("service", "Sailings that may begin.")),
        ("expansion", list_of("expansion", "Berths that ports add.")),
        ("data", reference("data")),
        ("correlation", reference("correlation")),
        ("sweep", list_of("sweep", "A grid of scenarios: every combination of values is a run of its own, under the same draws.")),
    ]
}

/// Years, quarters, ranges and lists of them.
fn periods() -> Value {
    let tick = r"[0-9]{4}(-?[Qq][1-4])?";
    let year = json!({ "type": "integer", "minimum": period::FIRST_YEAR, "maximum": period::LAST_YEAR });
    json!({
        "description": "The years or quarters to report: \"2025..2028\", [2025, 2026] or \"2025Q1..2026Q4\".",
        "anyOf": [
            { "type": "string", "pattern": format!(r"^\s*{tick}\s*(\.\.=?\s*{tick}\s*)?$") },
            year.clone(),
            {
                "type": "array",
                "items": { "anyOf": [year, { "type": "string", "pattern": format!(r"^\s*{tick}\s*$") }] },
                "minItems": 1,
                "maxItems": period::MOST,
                "uniqueItems": true
            }
        ],
        "examples": ["2025..2028", [2025, 2026], "2025Q1..2026Q4"]
    })
}

fn model() -> Section {
    let mut adjustment =
        number("speed", "How fast elasticities move from short to long run, a year: half of the way in ln 2 / speed years.", json!([0.35]));
    adjustment["default"] = json!(settings::USUAL_ADJUSTMENT);
    let mut closure = choice(
        "The model of trade; partial, the usual one, is nested CES with one price an exporter; gsim (Francois & Hall) and smart (Laird & Yeats) are the classics.",
        Closure::ALL.iter().map(|closure| closure.word()),
    );
    closure["default"] = json!("partial");
    table("model", &settings::MODEL_KEYS, &[], "How trade answers.", vec![("closure", closure), ("adjustment", adjustment)])
}

fn simulation() -> Section {
    let usual = Simulation::default();
    let precision = json!({
        "description": "Stop as soon as every outcome's standard error is below this share of its mean; draws is then the most.",
        "anyOf": [{ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }, reference("percentage")],
        "examples": [0.005, "0.5%"]
    });
    let mut sampler = choice(
        "Where the draws are taken: Owen-scrambled Sobol' points, Latin hypercubes, pseudo-random numbers, or Stroud's quadrature (means and standard deviations only).",
        settings::SAMPLERS.iter().map(|sampler| sampler.word()),
    );
    sampler["default"] = json!(usual.sampler.word());
    let properties = vec![
        (
            "draws",
            json!({ "type": "integer", "minimum": 1, "maximum": MOST_DRAWS, "default": usual.draws, "description": "How many worlds are drawn.", "examples": [10_000] }),
        ),
        (
            "seed",
            json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX, "default": usual.seed, "description": "The same seed gives the same draws." }),
        ),
        ("sampler", sampler),
        ("precision", precision),
    ];
    table("simulation", &settings::SIMULATION_KEYS, &[], "How many draws, and of what kind.", properties)
}

fn sweep() -> Section {
    let values = json!({
        "type": "array",
        "description": "The values that it takes, each as it would stand in the file.",
        "minItems": 1,
        "uniqueItems": true,
        "examples": [["0%", "25%", "50%"]]
    });
    let properties = vec![
        ("name", text("What heads its column in the table; its path if not given.", json!(["rate"]))),
        ("path", text("The path of the value that is swept, an entry of a list by its name.", json!(["tariff.\"Steel, 50%\".rate"]))),
        ("values", values),
    ];
    table("sweep", &sweep::KEYS, &["path", "values"], "One dimension of the grid.", properties)
}
