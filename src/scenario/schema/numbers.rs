//! Numbers in the schema: each kind of quantity with its range and unit, as a number, a percentage, a date or a distribution of these.
//! Ranges are the reader's own ([`Quantity`]), families and their parameters too ([`FAMILIES`]), so that neither can say what the other does not.

use super::super::families::{FAMILIES, Family};
use super::super::quantity::Quantity;
use super::reference;
use serde_json::{Map, Value, json};

/// What a number of a quantity is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A number, or a percentage in quotes.
    Figure,
    /// A number of a unit, of which a percentage would say nothing.
    Amount,
    Date,
}

const FORMS: [(&str, Form); 3] = [("figures", Form::Figure), ("amounts", Form::Amount), ("dates", Form::Date)];

/// Quantities by the names that their definitions have in the schema.
const QUANTITIES: [(&str, Quantity); 19] = [
    ("rate", Quantity::Rate),
    ("coverage", Quantity::Coverage),
    ("elasticity", Quantity::Elasticity),
    ("supply_elasticity", Quantity::SupplyElasticity),
    ("freight_multiple", Quantity::FreightMultiple),
    ("time_multiple", Quantity::TimeMultiple),
    ("exchange_ratio", Quantity::ExchangeRatio),
    ("handling_multiple", Quantity::HandlingMultiple),
    ("speed", Quantity::Speed),
    ("log_sd", Quantity::LogSd),
    ("route_share", Quantity::RouteShare),
    ("time_value", Quantity::TimeValue),
    ("crossing_cost", Quantity::CrossingCost),
    ("growth", Quantity::Growth),
    ("days", Quantity::Days),
    ("teu", Quantity::Teu),
    ("freight_rate", Quantity::FreightRate),
    ("storage", Quantity::Storage),
    ("day", Quantity::Date),
];

/// Every definition that numbers need.
pub(super) fn definitions() -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("percentage".into(), percentage());
    out.insert("date".into(), date());
    for (name, form) in FORMS {
        out.insert(format!("distribution_of_{name}"), distribution(form, false));
        out.insert(format!("component_of_{name}"), distribution(form, true));
    }
    for (name, quantity) in QUANTITIES {
        out.insert(name.into(), number(quantity));
    }
    out
}

/// A number that may be uncertain.
fn number(quantity: Quantity) -> Value {
    let form = form(quantity);
    let mut ways = fixed(quantity);
    if quantity == Quantity::SupplyElasticity {
        ways.push(json!({ "const": "inf", "description": "Perfectly elastic: sold at the world's price." }));
    }
    ways.push(reference(&format!("distribution_of_{}", word(form))));
    let unit = quantity.unit().map(|unit| format!(", {unit}")).unwrap_or_default();
    json!({ "description": format!("{}{unit}: {}; or a distribution of it.", capital(quantity.name()), quantity.range()), "anyOf": ways })
}

/// The forms of a number that is certain.
pub(super) fn fixed(quantity: Quantity) -> Vec<Value> {
    if quantity == Quantity::Date {
        return vec![reference("date")];
    }
    let mut number = Map::new();
    number.insert("type".into(), json!("number"));
    if quantity.least().is_finite() {
        number.insert(if quantity.excludes_least() { "exclusiveMinimum" } else { "minimum" }.into(), json!(quantity.least()));
    }
    if let Some(most) = quantity.largest_plain() {
        number.insert("maximum".into(), json!(most));
    }
    let mut ways = vec![Value::Object(number)];
    if form(quantity) == Form::Figure {
        ways.push(reference("percentage"));
    }
    ways
}

fn form(quantity: Quantity) -> Form {
    match quantity {
        Quantity::Date => Form::Date,
        quantity if quantity.unit().is_some() => Form::Amount,
        _ => Form::Figure,
    }
}

fn word(form: Form) -> &'static str {
    FORMS.iter().find(|(_, known)| *known == form).map_or("", |(name, _)| name)
}

fn percentage() -> Value {
    json!({
        "type": "string",
        "description": "A percentage, in quotes, with a decimal point.",
        "pattern": r"^\s*[+-]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)\s*%\s*$",
        "examples": ["25%", "2.5%"]
    })
}

fn date() -> Value {
    json!({
        "type": "string",
        "description": "A day as year-month-day, without quotes.",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "examples": ["2025-06-04"]
    })
}

/// A distribution of any family, or with `weight` one component of a mixture.
fn distribution(form: Form, weight: bool) -> Value {
    let families = FAMILIES.iter().filter(|family| form != Form::Date || !matches!(family.name, "lognormal" | "gamma"));
    json!({
        "type": "object",
        "required": ["dist"],
        "properties": { "dist": { "enum": families.clone().map(|family| family.name).collect::<Vec<_>>() } },
        "anyOf": families.map(|family| of_family(family, form, weight)).collect::<Vec<_>>()
    })
}

fn of_family(family: &Family, form: Form, weight: bool) -> Value {
    let mut properties = Map::new();
    properties.insert("dist".into(), json!({ "const": family.name, "description": "The family of the distribution." }));
    for key in family.required.iter().chain(family.optional) {
        properties.insert((*key).into(), parameter(family, key, form));
    }
    let mut required = vec!["dist"];
    required.extend(family.required);
    if weight {
        properties.insert("weight".into(), described("Its share of the mixture; the weights add up to 1.", figure()));
        required.push("weight");
    }
    let quantity = if form == Form::Date { Quantity::Date } else { Quantity::Elasticity };
    let mut out = json!({
        "type": "object",
        "description": format!("{{ dist = {:?}, {} }}", family.name, family.example_of(quantity)),
        "properties": properties,
        "required": required,
        "additionalProperties": false
    });
    // Parameters that come together, in one of several ways.
    let ways: &[&[&str]] = match (family.name, form) {
        ("gamma", _) => &[&["mean", "sd"], &["shape", "scale"]],
        ("empirical", Form::Date) => &[&["values"]],
        ("empirical", _) => &[&["file", "column"], &["values"]],
        ("beta", Form::Date) => &[&["low", "high"]],
        _ => &[],
    };
    if let (false, Some(object)) = (ways.is_empty(), out.as_object_mut()) {
        object.insert("anyOf".into(), ways.iter().map(|keys| json!({ "required": keys })).collect());
    }
    out
}

fn parameter(family: &Family, key: &str, form: Form) -> Value {
    let amount = || match form {
        Form::Figure => figure(),
        Form::Amount => json!({ "type": "number" }),
        Form::Date => reference("date"),
    };
    let values = match role(family.name, key) {
        Role::Amount => amount(),
        Role::Width if form == Form::Figure => figure(),
        Role::Width => json!({ "type": "number" }),
        Role::Pure => figure(),
        Role::Amounts => json!({ "type": "array", "items": amount(), "minItems": 1 }),
        Role::Shares => json!({ "type": "array", "items": figure(), "minItems": 1 }),
        Role::Components => json!({ "type": "array", "items": reference(&format!("component_of_{}", word(form))), "minItems": 1 }),
        Role::Name => json!({ "type": "string", "minLength": 1 }),
    };
    described(meaning(family.name, key), values)
}

/// A number or a percentage, of any size.
fn figure() -> Value {
    json!({ "anyOf": [{ "type": "number" }, reference("percentage")] })
}

/// A schema with a description.
pub(super) fn described(description: &str, mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        // What stands beside a $ref is not read.
        if object.contains_key("$ref") {
            return json!({ "description": description, "allOf": [schema] });
        }
        object.insert("description".into(), json!(description));
    }
    schema
}

/// What a parameter is: of the quantity itself, a width of it, or without units.
enum Role {
    Amount,
    Width,
    Pure,
    Amounts,
    Shares,
    Components,
    Name,
}

fn role(family: &str, key: &str) -> Role {
    match (family, key) {
        (_, "sd") | ("student-t", "scale") => Role::Width,
        (_, "alpha" | "beta" | "shape" | "df") => Role::Pure,
        (_, "values") => Role::Amounts,
        (_, "probabilities") => Role::Shares,
        (_, "components") => Role::Components,
        (_, "file" | "column") => Role::Name,
        _ => Role::Amount,
    }
}

/// What a parameter of a family is, in words.
fn meaning(family: &str, key: &str) -> &'static str {
    match (family, key) {
        (_, "mean") => "Mean, before any truncation.",
        (_, "sd") => "Standard deviation, before any truncation; of a date in days.",
        ("uniform" | "triangular" | "pert", "min") => "The least value.",
        ("uniform" | "triangular" | "pert", "max") => "The greatest value.",
        (_, "min") => "Cut off below this.",
        (_, "max") => "Cut off above this.",
        (_, "mode") => "The most likely value.",
        ("pert", "shape") => "How peaked: 4 if not given.",
        ("gamma", "shape") => "Shape, (mean / sd)².",
        ("gamma", "scale") => "Scale, sd² / mean.",
        (_, "scale") => "Scale; of a date in days.",
        (_, "df") => "Degrees of freedom: the fewer, the heavier the tails.",
        (_, "alpha") => "First shape.",
        (_, "beta") => "Second shape.",
        (_, "low") => "The least value: 0 if not given.",
        (_, "high") => "The greatest value: 1 if not given.",
        ("empirical", "values") => "Observed values, each as likely.",
        (_, "values") => "The values that it can take.",
        (_, "probabilities") => "Of the values, in their order; they add up to 1.",
        (_, "components") => "Distributions with their weights.",
        (_, "file") => "A CSV file, beside this one.",
        (_, "column") => "The column of the file.",
        _ => "",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_has_a_meaning() {
        for family in &FAMILIES {
            for key in family.required.iter().chain(family.optional) {
                assert!(!meaning(family.name, key).is_empty(), "{} {key}", family.name);
            }
        }
    }
}
