//! Input that is wrong, through the programme: always exit 2, a message at the place, nothing on stdout, no folder of results, and never a panic. Input that is only
//! doubtful is warned of and used.

mod common;

use common::{Bench, World, stderr, tradewind};
use std::path::Path;

const SCENARIO: &str = r#"baseline = "world"
periods = "2025..2026"
[simulation]
draws = 32
[[tariff]]
name = "Steel"
importer = "USA"
exporters = ["CAN"]
sectors = ["steel"]
rate = "50%"
from = 2025-06-04
"#;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    bench.file("good.toml", SCENARIO);
    bench
}

/// `check` and `run` both refuse `scenario`, saying all of `expected`.
#[track_caller]
fn refused(bench: &Bench, scenario: &str, expected: &[&str]) {
    for command in ["check", "run"] {
        let refused =
            tradewind().current_dir(bench.path("")).args([command, scenario]).timeout(std::time::Duration::from_secs(20)).assert().code(2);
        let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(!said.contains("panicked") && refused.get_output().stdout.is_empty(), "{command} {scenario}: {said}");
        // Lines are broken to the width of the page; what is expected may span a break.
        let flat = said.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        for text in expected {
            assert!(flat.contains(text), "{command} {scenario}: no {text:?} in\n{said}");
        }
    }
    assert!(!bench.path("output").exists());
}

/// The scenario with one text in place of another is refused at `place` with `expected`.
#[track_caller]
fn changed(from: &str, to: &str, place: &str, expected: &[&str]) {
    let bench = bench();
    assert!(SCENARIO.contains(from));
    bench.file("bad.toml", &SCENARIO.replace(from, to));
    let mut all = vec![place];
    all.extend(expected);
    refused(&bench, "bad.toml", &all);
}

#[test]
fn the_scenario_itself_is_right() {
    let bench = bench();
    tradewind().current_dir(bench.path("")).args(["check", "good.toml"]).assert().code(0);
}

#[test]
fn an_unknown_key() {
    changed("rate =", "rates =", "bad.toml:10:1", &["rates", "did you mean \"rate\"?", "1 error found"]);
}

#[test]
fn an_unknown_region_and_sector_at_once() {
    changed(
        "[\"CAN\"]\nsectors = [\"steel\"]",
        "[\"CNA\"]\nsectors = [\"stel\"]",
        "bad.toml:8:14",
        &["CAN", "bad.toml:9:12", "steel", "2 errors found"],
    );
}

#[test]
fn a_rate_of_fifty() {
    changed("\"50%\"", "50", "bad.toml:10:8", &["5000%", "write \"50%\" or 0.5"]);
}

#[test]
fn a_date_that_does_not_exist() {
    changed("2025-06-04", "2025-13-40", "bad.toml:11:8", &["2025-13-40"]);
}

#[test]
fn a_trillion_draws() {
    changed("draws = 32", "draws = 1_000_000_000_000", "bad.toml:4:9", &["draws", "100"]);
}

#[test]
fn probabilities_above_one() {
    let rate = "{ dist = \"discrete\", values = [0.1, 0.5], probabilities = [0.7, 0.6] }";
    changed("\"50%\"", rate, "bad.toml:10:", &["probabilities", "expected a sum of 1"]);
}

#[test]
fn a_part_of_the_format_that_comes_later() {
    changed("[simulation]", "[model]\nclosure = \"general\"\n[simulation]", "bad.toml:4:11", &["general", "not supported yet", "gsim"]);
}

#[test]
fn a_grid_without_values() {
    changed("[simulation]", "[[sweep]]\npath = \"model.adjustment\"\n[simulation]", "bad.toml:3:1", &["[[sweep]] has no values"]);
}

#[test]
fn an_outcome_that_counts_nothing() {
    let mut world = World::small();
    world.flows.retain(|(exporter, importer, ..)| (*exporter, *importer) != ("MEX", "ROW"));
    let bench = Bench::new();
    bench.baseline("world", &world);
    let outcome = "[[outcome]]\nname = \"Nothing\"\nmeasure = \"trade_value\"\nexporters = [\"MEX\"]\nimporters = [\"ROW\"]\n";
    bench.file("bad.toml", &format!("{SCENARIO}{outcome}"));
    refused(&bench, "bad.toml", &["bad.toml", "outcome \"Nothing\" counts nothing"]);
}

#[test]
fn what_is_not_there() {
    let bench = bench();
    refused(&bench, "god.toml", &["god.toml", "no such file", "did you mean good.toml"]);
    refused(&bench, "world", &["world", "a folder, where a file was expected"]);
    refused(&bench, "", &["error"]);
    bench.file("bad.toml", &SCENARIO.replace("\"world\"", "\"wold\""));
    refused(&bench, "bad.toml", &["wold", "world"]);
    bench.file("bad.toml", &SCENARIO.replace("\"world\"", "\"good.toml\""));
    refused(&bench, "bad.toml", &["good.toml", "folder"]);
}

#[test]
fn what_is_empty_or_no_text() {
    let bench = bench();
    bench.file("bad.toml", "");
    refused(&bench, "bad.toml", &["bad.toml:1:1", "the file says nothing"]);
    std::fs::write(bench.path("bad.toml"), [0xff, 0xfe, 0, b'x', 0, 0]).unwrap();
    refused(&bench, "bad.toml", &["bad.toml:1:1"]);
    bench.file("bad.toml", "baseline = \"world");
    refused(&bench, "bad.toml", &["bad.toml:1:"]);
}

/// A table of the baseline with one text in place of another is refused at `place` with `expected`.
#[track_caller]
fn table(name: &str, from: &str, to: &str, place: &str, expected: &[&str]) {
    let bench = bench();
    let path = format!("world/{name}");
    let text = std::fs::read_to_string(bench.path(&path)).unwrap();
    assert!(text.contains(from), "{from:?} is not in {name}");
    bench.file(&path, &text.replacen(from, to, 1));
    let mut all = vec![place];
    all.extend(expected);
    refused(&bench, "good.toml", &all);
}

#[test]
fn numbers_that_are_none() {
    table("flows.csv", "CAN,USA,steel,130,", "CAN,USA,steel,NaN,", "flows.csv:3:15", &["NaN", "not a number"]);
    table("flows.csv", "CAN,USA,steel,130,", "CAN,USA,steel,\"130,5\",", "flows.csv:3:15", &["decimal comma", "130.5"]);
    table("flows.csv", "CAN,USA,steel,130,", "CAN,USA,steel,-130,", "flows.csv:3:15", &["negative"]);
    table("flows.csv", "CAN,USA,steel,130,", "CAN,USA,steel,1e999,", "flows.csv:3:15", &["too large"]);
    table("elasticities.csv", "demand,*,*,long,0.8", "demand,*,*,long,inf", "elasticities.csv:2:17", &["inf"]);
}

#[test]
fn codes_that_are_unknown_or_twice() {
    table("flows.csv", "CAN,USA,steel,130,", "CAN,UAS,steel,130,", "flows.csv:3:5", &["UAS", "USA"]);
    table("flows.csv", "CAN,USA,steel,130,", "CAN,CAN,steel,130,", "flows.csv:3:", &["CAN"]);
    table("sectors.csv", "grain,grain", "steel,grain", "sectors.csv:3:", &["steel"]);
}

#[test]
fn tables_that_are_empty_or_not_there() {
    for name in ["regions.csv", "sectors.csv", "flows.csv", "elasticities.csv"] {
        let bench = bench();
        bench.file(&format!("world/{name}"), "");
        refused(&bench, "good.toml", &[name, "empty"]);
        std::fs::remove_file(bench.path("world").join(name)).unwrap();
        refused(&bench, "good.toml", &[name]);
    }
}

#[test]
fn spreadsheets_are_welcome() {
    let bench = bench();
    let path = bench.path("world/flows.csv");
    let text = std::fs::read_to_string(&path).unwrap().replace("CAN,USA,steel,130,", "CAN,USA,steel,\"1,130\",").replace('\n', "\r\n");
    std::fs::write(&path, format!("\u{feff}{text}")).unwrap();
    tradewind().current_dir(bench.path("")).args(["run", "good.toml", "--no-plots"]).assert().code(0);
    let flows = common::Run::of(&bench.path(&Path::new("output").join("good").to_string_lossy())).table("flows.csv");
    assert_eq!(flows.number(&[("period", "2025"), ("exporter", "CAN"), ("importer", "USA"), ("sector", "steel")], "baseline"), 1130.0);
}

#[test]
fn a_file_without_a_name_would_leave_its_results_everywhere() {
    let bench = bench();
    bench.file("..toml", SCENARIO);
    refused(&bench, "..toml", &["the file has no name of its own", "rename it"]);
}

#[test]
fn complements_in_a_baseline_are_warned_of_and_used() {
    let bench = Bench::new();
    let mut world = World::small();
    world.elasticities = world.elasticities.replace("import,steel,*,long,6,1.5,gamma", "import,steel,*,long,0.8,0.2,gamma")
        + "domestic,grain,CAN,long,0.95,,,assumed\nimport,*,*,short,0.9,,,assumed\n";
    bench.baseline("world", &world);
    let scenario = bench.file("one.toml", "baseline = \"world\"\nperiods = 2025\n");
    let told = |arguments: &[&str], path: &std::path::Path| {
        let said = stderr(&tradewind().args(arguments).arg(path).env("COLUMNS", "200").assert().code(0));
        assert_eq!(said.matches("below 1").count(), 2, "{said}");
        assert!(said.contains("warning: `elasticities.import.steel` has a mean of 0.8, below 1: origins are complements"), "{said}");
        assert!(
            said.contains("warning: `elasticities.domestic.\"grain@CAN\"` is 0.95, below 1: imports and home goods are complements"),
            "{said}"
        );
        assert!(said.contains("elasticities.csv:5:21") && said.contains("elasticities.csv:9:25"), "{said}");
    };
    told(&["check"], &scenario);
    told(&["data", "check"], &bench.path("world"));
}
