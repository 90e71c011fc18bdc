//! The README against the program: its scenarios run, its commands print what it shows, its tables and keys are those there are, its links lead somewhere.

use assert_cmd::Command;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const README: &str = include_str!("../README.md");

/// The fenced blocks of one language, in order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

/// A block that names the file to save it as, in its first line.
fn file_name(block: &str) -> Option<&str> {
    block.lines().next()?.strip_prefix("# ").filter(|name| name.ends_with(".toml"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A folder as a reader has it who followed the README: the scenarios of the repository and those that the page says to save.
fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository().join("scenarios"), &folder.path().join("scenarios"));
    for block in blocks("toml") {
        if let Some(name) = file_name(block) {
            fs::write(folder.path().join(name), block).unwrap();
        }
    }
    fs::write(folder.path().join("scenarios/estimates.csv"), "study,sigma\nA,4.2\nB,6.5\nC,8.1\n").unwrap();
    folder
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Exit code, and stderr followed by stdout.
fn tradewind(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::cargo_bin("tradewind").unwrap().args(arguments).current_dir(folder).output().unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    (output.status.code(), text)
}

/// Rows of the README's tables as trimmed cells.
fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    README.lines().filter(|l| l.starts_with('|')).map(|l| l.trim_matches('|').split('|').map(str::trim).collect())
}

/// The rows of a results table by its columns.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    reader.records().map(|r| header.iter().map(str::to_owned).zip(r.unwrap().iter().map(str::to_owned)).collect()).collect()
}

#[test]
fn commands_print_what_the_page_shows() {
    let place = workplace();
    let slips = fs::read_to_string(place.path().join("scenarios/my-steel.toml")).unwrap();
    // The page says: with `rate = 25` and `sectors = ["steel"]` in the tariff.
    let slips = slips.replacen("rate = \"25%\"", "rate = 25", 1).replacen("[\"steel_iron\"]", "[\"steel\"]", 1);
    fs::write(place.path().join("scenarios/slips.toml"), slips).unwrap();
    let shown = blocks("console");
    assert!(shown.len() >= 3);
    for block in shown {
        let (command, expected) = block.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.strip_prefix("$ tradewind ").unwrap().split(' ').collect();
        let (code, printed) = tradewind(place.path(), &arguments);
        assert_eq!(code, Some(if expected.contains("error") { 2 } else { 0 }), "{command}\n{printed}");
        if arguments[0] == "explain" {
            assert!(printed.contains(expected), "{command} prints\n{printed}\nnot\n{expected}");
        } else {
            assert_eq!(printed, expected, "{command}");
        }
    }
    assert!(place.path().join("output/my-steel/plots").is_dir());
}

#[test]
fn complete_scenarios_run_and_leave_the_tables_that_are_listed() {
    let place = workplace();
    let scenarios: Vec<&str> = blocks("toml").into_iter().filter_map(file_name).collect();
    assert!(scenarios.len() >= 2);
    let mut arguments = vec!["run", "--draws", "32", "--no-plots", "--keep-draws", "csv"];
    arguments.extend(&scenarios);
    let (code, printed) = tradewind(place.path(), &arguments);
    assert_eq!(code, Some(0), "{printed}");

    let listed: BTreeMap<&str, String> = rows()
        .filter_map(|r| match r[..] {
            [name, columns] if name.ends_with(".csv`") => Some((name.trim_matches('`'), columns.trim_matches('`').replace(", ", ","))),
            _ => None,
        })
        .collect();
    for scenario in scenarios {
        let results = place.path().join("output").join(Path::new(scenario).file_stem().unwrap());
        let mut there = BTreeMap::new();
        for entry in fs::read_dir(&results).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".csv") && name != "draws.csv" {
                let text = fs::read_to_string(&path).unwrap();
                there.insert(name, text.lines().next().unwrap_or_default().to_owned());
            }
        }
        let listed: BTreeMap<String, String> = listed.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        assert_eq!(listed, there);
        assert!(fs::read_to_string(results.join("draws.csv")).unwrap().starts_with("draw,branch,period,"));
        for (table_name, column, words) in [
            ("prices.csv", "kind", &["producer", "consumer", "import"][..]),
            ("welfare.csv", "component", &["consumer_surplus", "producer_surplus", "tariff_revenue", "net"]),
            ("exposure.csv", "measure", &["share_exposed", "weighted_rate", "trade_at_risk_95", "expected_shortfall_95"]),
            ("route_mix.csv", "when", &["base_year", "now"]),
            ("maritime_shift.csv", "component", &["volume", "route", "joint", "total"]),
        ] {
            let found: BTreeSet<String> = table(&results.join(table_name)).into_iter().map(|mut r| r.remove(column).unwrap()).collect();
            assert_eq!(found, words.iter().map(|w| (*w).to_owned()).collect(), "{table_name}");
            for word in words {
                assert!(README.contains(&format!("`{word}`")), "{word} is not explained");
            }
        }
    }
}

#[test]
fn parts_of_scenarios_are_read_without_a_complaint() {
    let place = workplace();
    let header = "title = \"Part\"\nbaseline = \"baseline-2024\"\nperiods = \"2025..2028\"\n";
    let parts: Vec<&str> = blocks("toml").into_iter().filter(|b| file_name(b).is_none()).collect();
    assert!(parts.len() >= 2);
    for part in parts {
        fs::write(place.path().join("scenarios/part.toml"), format!("{header}{part}")).unwrap();
        let (code, printed) = tradewind(place.path(), &["check", "scenarios/part.toml"]);
        assert_eq!(code, Some(0), "{printed}\n{part}");
        assert!(!printed.contains("warning"), "{printed}\n{part}");
    }
}

/// What the program names when it is asked for something it does not know.
fn known(place: &Path, part: &str) -> Vec<String> {
    let header = "title = \"Part\"\nbaseline = \"baseline-2024\"\nperiods = 2026\n";
    fs::write(place.join("scenarios/part.toml"), format!("{header}{part}")).unwrap();
    let (code, printed) = tradewind(place, &["check", "scenarios/part.toml"]);
    assert_eq!(code, Some(2), "{printed}");
    let list = printed.split("known:").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_else(|| panic!("{printed}"));
    list.split(',').map(|word| word.trim().trim_matches(['"', ')']).to_owned()).collect()
}

#[test]
fn every_family_measure_and_mode_is_on_the_page() {
    let place = workplace();
    let families = known(place.path(), "[elasticities]\nimport.\"*\" = { dist = \"qqq\" }\n");
    assert!(families.len() >= 11, "{families:?}");
    for family in families {
        assert!(README.contains(&format!("dist = \"{family}\"")), "{family}");
    }
    let measures = known(place.path(), "[[outcome]]\nname = \"x\"\nmeasure = \"qqq\"\n");
    assert!(measures.len() >= 11, "{measures:?}");
    let modes = known(place.path(), "[[outcome]]\nname = \"x\"\nmeasure = \"mode_share\"\nmodes = [\"qqq\"]\n");
    assert_eq!(modes.len(), 6, "{modes:?}");
    for word in measures.iter().chain(&modes) {
        assert!(README.contains(&format!("`{word}`")), "{word}");
    }
}

/// `−US$ 7.3 bn`, `+1.5%`, `6.2%` as the tables have them: US$ million, fractions.
fn figure(text: &str) -> f64 {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let scale = if text.contains(" bn") {
        1000.0
    } else if text.contains('%') {
        0.01
    } else {
        1.0
    };
    let sign = if text.contains('−') { -1.0 } else { 1.0 };
    sign * scale * digits.parse::<f64>().unwrap_or_else(|_| panic!("{text}"))
}

/// The headline figures rest on 10,000 draws; a few hundred must agree to within a fraction of the range.
#[test]
fn the_main_scenario_says_what_the_page_says() {
    let place = workplace();
    let (code, printed) = tradewind(place.path(), &["run", "scenarios/north-america-2025.toml", "--draws", "256", "--no-plots", "--quiet"]);
    assert_eq!(code, Some(0), "{printed}");
    let summary = table(&place.path().join("output/north-america-2025/summary.csv"));
    let mut compared = 0;
    for row in rows().skip_while(|r| r[0] != "outcome").skip(2).take_while(|r| r[0] != "figure") {
        let [outcome, median, range] = row[..] else { panic!("{row:?}") };
        let (low, high) = range.split_once(" to ").unwrap_or_else(|| panic!("{range}"));
        let found = summary.iter().find(|r| r["outcome"] == outcome && r["period"] == "2028").unwrap_or_else(|| panic!("{outcome}"));
        let (median, low, high) = (figure(median), figure(low), figure(high));
        for (column, said, leeway) in [("p50", median, 0.1), ("p05", low, 0.15), ("p95", high, 0.15)] {
            let is: f64 = found[column].parse().unwrap();
            assert!((is - said).abs() < leeway * (high - low), "{outcome}, {column}: {said} on the page, {is} in a run");
        }
        compared += 1;
    }
    assert!(compared >= 10);
}

#[test]
fn links_lead_somewhere_and_the_gallery_is_small() {
    let mut linked = BTreeSet::new();
    for part in README.split("](").skip(1) {
        let target = part.split(')').next().unwrap_or_default();
        if !target.starts_with("https://") {
            assert!(repository().join(target).exists(), "{target}");
            linked.insert(target.to_owned());
        }
    }
    let mut bytes = 0;
    for entry in fs::read_dir(repository().join("output/gallery")).unwrap() {
        let entry = entry.unwrap();
        let name = format!("output/gallery/{}", entry.file_name().to_string_lossy());
        assert!(linked.contains(&name), "{name} is not shown");
        bytes += entry.metadata().unwrap().len();
    }
    assert!(bytes < 1_500_000, "{bytes} bytes");
}
