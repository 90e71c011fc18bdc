//! The JSON Schema of the scenario format against the reader: what the one accepts the other does, and what is broken by itself both refuse.

mod common;

use common::{Bench, World, shipped, tradewind};
use jsonschema::Validator;
use serde_json::Value;
use std::path::Path;

fn validator() -> Validator {
    jsonschema::validator_for(&serde_json::from_str(&tradewind::scenario::json_schema()).unwrap()).unwrap()
}

/// TOML as JSON, dates as texts.
fn json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(n) => n.into(),
            toml::Value::Float(x) => x.into(),
            toml::Value::Boolean(b) => b.into(),
            toml::Value::Datetime(date) => Value::String(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, convert(value))).collect(),
        }
    }
    convert(toml::Value::Table(text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))))
}

fn complaints(schema: &Validator, text: &str) -> Vec<String> {
    schema.iter_errors(&json(text)).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_schema_beside_the_scenarios_is_the_one_that_is_printed() {
    let kept = std::fs::read_to_string(shipped("scenario.schema.json")).unwrap();
    let printed = tradewind().arg("schema").assert().code(0).get_output().stdout.clone();
    assert!(kept == String::from_utf8(printed).unwrap(), "write it again: tradewind schema > scenarios/scenario.schema.json");
}

#[test]
fn every_shipped_scenario_names_the_schema_and_keeps_to_it() {
    let schema = validator();
    let mut seen = 0;
    for entry in std::fs::read_dir(shipped("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(text.lines().next(), Some("#:schema ./scenario.schema.json"), "{}", path.display());
            assert_eq!(complaints(&schema, &text), Vec::<String>::new(), "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 11);
}

/// Fenced `toml` of the README; a part of a scenario is one that extends another.
#[test]
fn the_examples_of_the_readme_keep_to_it() {
    let schema = validator();
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let examples: Vec<&str> = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty());
    for example in examples {
        let whole = if example.contains("extends") { example.to_owned() } else { format!("extends = \"x.toml\"\n{example}") };
        assert_eq!(complaints(&schema, &whole), Vec::<String>::new(), "{example}");
    }
}

/// What the reader's own tests accept, the schema accepts too.
#[test]
fn the_valid_scenario_with_everything_in_it_keeps_to_it() {
    let text = std::fs::read_to_string("tests/mistakes/valid.toml").unwrap();
    assert_eq!(complaints(&validator(), &text), Vec::<String>::new());
}

const WHOLE: &str = "baseline = \"world\"\nperiods = \"2025..2026\"\n";

fn tariff(lines: &str) -> String {
    format!(
        "{WHOLE}[[tariff]]\nname = \"T\"\nimporter = \"USA\"\nexporters = [\"CAN\"]\nsectors = [\"steel\"]\nrate = \"5%\"\nfrom = 2025-01-01\n{lines}\n"
    )
}

#[test]
fn every_family_in_every_place_keeps_to_it() {
    let (schema, bench) = (validator(), Bench::new());
    bench.baseline("world", &World::small());
    bench.file("estimates.csv", "sigma\n4.0\n5.5\n");
    let families = [
        "\"normal\", mean = 5, sd = 1, min = 2",
        "\"lognormal\", mean = 5, sd = 1",
        "\"uniform\", min = 2, max = 3",
        "\"triangular\", min = 2, mode = 3, max = 4",
        "\"pert\", min = 2, mode = 3, max = 4, shape = 6",
        "\"beta\", alpha = 2, beta = 5, low = 2, high = 9",
        "\"gamma\", mean = 5, sd = 1",
        "\"gamma\", shape = 25, scale = 0.2",
        "\"student-t\", mean = 5, scale = 1, df = 4, min = 2",
        "\"discrete\", values = [2, 4], probabilities = [\"40%\", 0.6]",
        "\"mixture\", components = [{ weight = 0.5, dist = \"uniform\", min = 2, max = 3 }, { weight = 0.5, dist = \"gamma\", mean = 5, sd = 1 }]",
        "\"empirical\", values = [4, 5.5]",
        "\"empirical\", file = \"estimates.csv\", column = \"sigma\"",
    ];
    for family in families {
        let text = format!("{WHOLE}[elasticities]\nimport.\"*\" = {{ dist = {family} }}\n");
        assert_eq!(complaints(&schema, &text), Vec::<String>::new(), "{family}");
        let path = bench.file("x.toml", &text);
        tradewind().args(["check", "--quiet"]).arg(path).assert().code(0);
    }
}

/// What is wrong whatever the baseline: the schema says so in the editor, `check` in the terminal.
#[test]
fn what_is_broken_by_itself_both_refuse() {
    let (schema, bench) = (validator(), Bench::new());
    bench.baseline("world", &World::small());
    let with = |lines: &str| format!("{WHOLE}{lines}\n");
    let broken = [
        "periods = \"2025..2026\"\n".to_owned(),
        "baseline = \"world\"\n".to_owned(),
        with("titel = \"x\""),
        with("title = 5"),
        with("title = \"\""),
        "baseline = \"world\"\nperiods = \"next year\"\n".to_owned(),
        "baseline = \"world\"\nperiods = []\n".to_owned(),
        "baseline = \"world\"\nperiods = [2025, 2025]\n".to_owned(),
        with("[model]\nclosure = \"partail\""),
        with("[simulation]\ndraws = 0"),
        with("[simulation]\ndraws = 10.5"),
        with("[simulation]\nsampler = \"sobel\""),
        with("[simulation]\nprecision = 2"),
        with("[tariff]\nname = \"T\""),
        tariff("rates = 0.5"),
        tariff("until = \"next year\""),
        tariff("usmca_exempt = \"yes\""),
        tariff("coverage = 1.5"),
        tariff("displaces = \"IEEPA\""),
        tariff("").replace("rate = \"5%\"", "rate = 50"),
        tariff("").replace("rate = \"5%\"", "rate = \"5\""),
        tariff("").replace("rate = \"5%\"", "rate = \"2,5%\""),
        tariff("").replace("rate = \"5%\"", "rate = -0.1"),
        tariff("").replace("rate = \"5%\"", "rate = { dist = \"normal\", mean = 0.2 }"),
        tariff("").replace("rate = \"5%\"", "rate = { dist = \"gaussian\", mean = 0.2, sd = 0.1 }"),
        tariff("").replace("rate = \"5%\"\n", ""),
        tariff("").replace("from = 2025-01-01", "from = 2025"),
        tariff("").replace("exporters = [\"CAN\"]", "exporter = [\"CAN\"]"),
        tariff("").replace("exporters = [\"CAN\"]", "exporters = \"CAN\""),
        tariff("").replace("sectors = [\"steel\"]", "sectors = []"),
        with("[elasticities]\nimport = 5.0"),
        with("[elasticities]\nimports.\"*\" = 5.0"),
        with("[elasticities]\nimport.\"*\" = 0"),
        with("[freight]\nsea = 0.9"),
        with("[freight]\nship.\"*\" = 0.9"),
        with("[exchange_rate]\nUSA = 1.1"),
        with("[ports]\ncongestion = 1"),
        with("[preferences.usmca]\nactive = \"no\""),
        with("[[outcome]]\nname = \"x\""),
        with("[[outcome]]\nname = \"x\"\nmeasure = \"trade\""),
        with("[[outcome]]\nname = \"x\"\nmeasure = \"trade_value\"\nas = \"ratio\""),
        with("[[outcome]]\nname = \"x\"\nmeasure = \"trade_value\"\nmodes = [\"ship\"]"),
        with("[[event]]\nname = \"x\"\ndate = 2026-01-01"),
        with("[[event]]\nname = \"x\"\ndate = 2026-01-01\n[[event.outcome]]\nname = \"a\"\nprobability = 70"),
        with(
            "[[event]]\nname = \"x\"\ndate = 2026-01-01\n[[event.outcome]]\nname = \"a\"\nprobability = 1\nset = { \"prefs.usmca.active\" = false }",
        ),
        with("[correlation]\npairs = [[\"a.b\", 0.3]]"),
        with("[correlation]\ncopula = \"clayton\"\npairs = []"),
        with("[data]\nuncertain = \"yes\""),
        with("[[sweep]]\npath = \"tariff.T.rate\"\nvalues = []"),
    ];
    for text in broken {
        assert!(!complaints(&schema, &text).is_empty(), "the schema accepts\n{text}");
        let path = bench.file("x.toml", &text);
        tradewind().args(["check", "--quiet"]).arg(path).assert().code(2);
    }
}
