//! The scenario format as JSON Schema (draft-07), which editors complete, underline and explain by: `#:schema ./scenario.schema.json`.
//!
//! What a schema can say of a file by itself: keys, types, ranges, enumerations. What the baseline knows (codes of regions and sectors, ports, routes) and what
//! hangs on several values at once is told by `check`. Keys, words and ranges are those of the reader; a test holds the two together.

mod numbers;
mod policy;
mod run;
mod trade;

use super::resolve;
use serde_json::{Map, Value, json};

/// A table of the format: what it is called among the definitions, and its schema.
struct Section {
    name: &'static str,
    schema: Value,
}

/// The schema, as it stands in `scenarios/scenario.schema.json`.
pub fn json_schema() -> String {
    // A tree of texts and numbers has no way not to be JSON.
    let text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    text + "\n"
}

fn sections() -> Vec<Section> {
    let mut all = policy::sections();
    all.extend(trade::sections());
    all.extend(run::sections());
    all
}

fn schema() -> Value {
    let mut definitions = numbers::definitions();
    for section in sections() {
        definitions.insert(section.name.into(), section.schema);
    }
    let mut root = root();
    if let Some(object) = root.as_object_mut() {
        object.insert("definitions".into(), Value::Object(definitions));
    }
    root
}

fn root() -> Value {
    let section = table(
        "",
        &resolve::KEYS,
        &[],
        "A scenario of Tradewind: what happens to tariffs, what is believed about trade, and what to report. Values are US$ million a year, \
         rates and shares fractions or percentages in quotes, dates year-month-day, containers TEU. `tradewind check FILE` says all that is wrong with one.",
        run::root(),
    );
    let mut schema = section.schema;
    if let Some(object) = schema.as_object_mut() {
        object.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
        object.insert("title".into(), json!("Tradewind scenario"));
        // What is extended has them.
        object.insert("anyOf".into(), json!([{ "required": ["extends"] }, { "required": ["baseline", "periods"] }]));
    }
    schema
}

/// A table with the keys that the reader knows in it, and no others; each is described in `properties`.
fn table(name: &'static str, keys: &[&str], required: &[&str], description: &str, properties: Vec<(&'static str, Value)>) -> Section {
    debug_assert_eq!(keys.len(), properties.len(), "the keys of {name}");
    let described = |key: &str| properties.iter().find(|(known, _)| *known == key).map(|(_, schema)| schema.clone());
    let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), described(key).unwrap_or_default())).collect();
    let schema = json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false
    });
    Section { name, schema }
}

/// A table whose keys are names, of this pattern, with values of one kind.
fn by_name(description: &str, pattern: &str, value: Value) -> Value {
    json!({
        "type": "object",
        "description": description,
        "propertyNames": { "pattern": pattern },
        "additionalProperties": value
    })
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

/// A number of a definition, with what it is here.
fn number(definition: &str, description: &str, examples: Value) -> Value {
    json!({ "description": description, "allOf": [reference(definition)], "examples": examples })
}

fn text(description: &str, examples: Value) -> Value {
    json!({ "type": "string", "minLength": 1, "pattern": r"\S", "description": description, "examples": examples })
}

fn flag(description: &str, usual: bool) -> Value {
    json!({ "type": "boolean", "description": description, "default": usual })
}

/// Codes in a list, or `"*"` for all.
fn names(description: &str, examples: Value) -> Value {
    json!({
        "description": description,
        "anyOf": [
            { "const": "*", "description": "All." },
            { "type": "array", "items": { "type": "string", "not": { "const": "*" } }, "minItems": 1, "uniqueItems": true }
        ],
        "examples": examples
    })
}

/// One of a few words, each with what it means.
fn choice<'a>(description: &str, words: impl Iterator<Item = &'a str>) -> Value {
    json!({ "description": description, "enum": words.collect::<Vec<_>>() })
}

/// `[[name]]`
fn list_of(definition: &str, description: &str) -> Value {
    json!({ "type": "array", "description": description, "items": reference(definition) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_key_that_the_reader_knows_is_described() {
        let root = Section { name: "the scenario", schema: root() };
        for section in sections().into_iter().chain([root]) {
            for (key, schema) in section.schema["properties"].as_object().unwrap() {
                let says = |what: &str| schema.get(what).is_some();
                assert!(says("description") || says("$ref"), "{key} of {}", section.name);
            }
        }
    }

    #[test]
    fn every_reference_leads_to_a_definition_and_every_definition_is_used() {
        fn references(value: &Value, out: &mut BTreeSet<String>) {
            match value {
                Value::Object(object) => {
                    out.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
                    object.values().for_each(|value| references(value, out));
                }
                Value::Array(items) => items.iter().for_each(|value| references(value, out)),
                _ => {}
            }
        }
        let schema = schema();
        let mut used = BTreeSet::new();
        references(&schema, &mut used);
        let defined: BTreeSet<String> =
            schema["definitions"].as_object().unwrap().keys().map(|name| format!("#/definitions/{name}")).collect();
        assert_eq!(used, defined);
    }
}
