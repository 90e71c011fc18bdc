//! The README against the program: its scenarios run, its commands print what it shows, its tables and keys are those there are, its links lead somewhere.

mod common;

use assert_cmd::Command;
use common::copy;
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
        let mut folder = place.path().to_path_buf();
        for step in format!("\n{}", block.replace("\\\n", "")).split("\n$ ").skip(1) {
            // What a command printed before the next one, without the line break that the next one took.
            let (command, expected) = step.split_once('\n').unwrap_or((step, ""));
            let expected = &if expected.is_empty() || expected.ends_with('\n') { expected.to_owned() } else { format!("{expected}\n") };
            if let Some(into) = command.strip_prefix("cd ") {
                folder.push(into);
                continue;
            }
            let arguments: Vec<&str> = command.strip_prefix("tradewind ").unwrap().split_whitespace().collect();
            let (code, printed) = tradewind(&folder, &arguments);
            assert_eq!(code, Some(if expected.contains("error") { 2 } else { 0 }), "{command}\n{printed}");
            if arguments[0] == "explain" {
                assert!(printed.contains(expected), "{command} prints\n{printed}\nnot\n{expected}");
            } else if !expected.is_empty() {
                assert_shown(expected, &printed, command);
            }
        }
    }
    assert!(place.path().join("output/my-steel/plots").is_dir());
}

/// What a command prints is what the page shows, where a line `…` stands for lines left out.
fn assert_shown(expected: &str, printed: &str, command: &str) {
    let parts: Vec<&str> = expected.split("…\n").collect();
    let mut rest = printed;
    for (number, part) in parts.iter().enumerate() {
        let at = if number + 1 == parts.len() { rest.ends_with(part).then(|| rest.len() - part.len()) } else { rest.find(part) };
        let at = at.filter(|at| number > 0 || *at == 0).unwrap_or_else(|| panic!("{command} prints\n{printed}\nand not\n{part}"));
        assert!(parts.len() > 1 || at == 0, "{command} prints\n{printed}");
        rest = &rest[at + part.len()..];
    }
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
        assert!(fs::read_to_string(results.join("manifest.json")).unwrap().contains("\"waiting_residual_days\""));
        assert!(fs::read_to_string(results.join("draws.csv")).unwrap().starts_with("draw,branch,period,"));
        for (table_name, column, words) in [
            ("prices.csv", "kind", &["producer", "consumer", "import"][..]),
            ("welfare.csv", "component", &["consumer_surplus", "producer_surplus", "tariff_revenue", "net"]),
            ("exposure.csv", "measure", &["share_exposed", "weighted_rate", "trade_at_risk_95", "expected_shortfall_95"]),
            ("route_mix.csv", "when", &["base_year", "now"]),
            ("maritime_shift.csv", "component", &["volume", "route", "joint", "total"]),
            ("ports.csv", "measure", &["throughput_teu", "capacity_teu", "utilisation", "wait_days"]),
            ("risk.csv", "measure", &["trade_at_risk_95", "expected_shortfall_95"]),
            ("sensitivity.csv", "index", &["rank", "given_data", "delta"]),
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
    assert!(measures.len() >= 13, "{measures:?}");
    let modes = known(place.path(), "[[outcome]]\nname = \"x\"\nmeasure = \"mode_share\"\nmodes = [\"qqq\"]\n");
    assert_eq!(modes.len(), 6, "{modes:?}");
    for word in measures.iter().chain(&modes) {
        assert!(README.contains(&format!("`{word}`")), "{word}");
    }
}

/// `−US$ 7.3 bn`, `+1.5%`, `6.2%`, `+2.4 thousand` as the tables have them: US$ million, fractions.
fn figure(text: &str) -> f64 {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let scale = if text.contains(" bn") || text.contains("thousand") {
        1000.0
    } else if text.contains('%') || text.contains("pp") {
        0.01
    } else {
        1.0
    };
    let sign = if text.contains('−') { -1.0 } else { 1.0 };
    sign * scale * digits.parse::<f64>().unwrap_or_else(|_| panic!("{text}"))
}

/// A results folder's summary by outcome, of one branch in 2028.
fn results_of(place: &Path, arguments: &[&str], folder: &str, branch: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut arguments = arguments.to_vec();
    arguments.extend(["--draws", "256", "--no-plots", "--quiet"]);
    let (code, printed) = tradewind(place, &arguments);
    assert_eq!(code, Some(0), "{printed}");
    let rows = table(&place.join("output").join(folder).join("summary.csv")).into_iter();
    rows.filter(|r| r["period"] == "2028" && r["branch"] == branch).map(|r| (r["outcome"].clone(), r)).collect()
}

/// Figures on the page rest on 10,000 draws; a few hundred must agree to within a fraction of the range.
fn agrees(found: &BTreeMap<String, BTreeMap<String, String>>, outcome: &str, [median, low, high]: [f64; 3]) {
    let row = found.get(outcome).unwrap_or_else(|| panic!("{outcome}"));
    for (column, said, leeway) in [("p50", median, 0.1), ("p05", low, 0.15), ("p95", high, 0.15)] {
        let is: f64 = row[column].parse().unwrap();
        assert!((is - said).abs() < leeway * (high - low), "{outcome}, {column}: {said} on the page, {is} in a run");
    }
}

/// `+201 (+65 to +389)` in a table's unit.
fn median_and_range(cell: &str, unit: f64) -> [f64; 3] {
    let (median, range) = cell.trim_end_matches(')').split_once(" (").unwrap_or_else(|| panic!("{cell}"));
    let (low, high) = range.split_once(" to ").unwrap_or_else(|| panic!("{cell}"));
    [median, low, high].map(|text| unit * figure(text))
}

/// The rows of the table whose first heading is given.
fn rows_under(heading: &str) -> Vec<Vec<&'static str>> {
    let lines =
        README.lines().skip_while(|line| !line.trim_start_matches("| ").starts_with(heading)).take_while(|line| line.starts_with('|'));
    lines.skip(2).map(|l| l.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

const ALONE: [&str; 3] = ["compare", "scenarios/no-new-tariffs.toml", "scenarios/north-america-2025.toml"];

#[test]
fn the_main_scenario_says_what_the_page_says() {
    let place = workplace();
    let alone = results_of(place.path(), &ALONE, "no-new-tariffs-vs-north-america-2025", "all");
    let run = results_of(place.path(), &["run", "scenarios/north-america-2025.toml"], "north-america-2025", "all");
    let headlines = rows_under("outcome");
    assert!(headlines.len() >= 15);
    for row in headlines {
        let [outcome, ref cells @ ..] = row[..] else { panic!("{row:?}") };
        for (found, median, range) in [(&alone, cells[0], cells[1]), (&run, cells[2], cells[3])] {
            let (low, high) = range.split_once(" to ").unwrap_or_else(|| panic!("{range}"));
            agrees(found, outcome, [median, low, high].map(figure));
        }
    }
    let ports = rows_under("port ");
    assert_eq!(ports.len(), 10);
    for row in ports {
        let [port, _, median, range] = row[..] else { panic!("{row:?}") };
        let (low, high) = range.split_once(" to ").unwrap();
        agrees(&run, &format!("How full {port} is"), [median, low, high].map(figure));
    }
    for row in rows_under("destination") {
        for (exporter, cell) in [("Canada", row[1]), ("Mexico", row[2])] {
            if !cell.is_empty() {
                agrees(&alone, &format!("{exporter}'s exports to {}", row[0]), median_and_range(cell, 1.0));
            }
        }
    }
    let goods = [
        ("Canadian steel and aluminium to the US", "Mexican steel and aluminium to the US"),
        ("Canadian vehicles and parts to the US", "Mexican vehicles and parts to the US"),
        ("", "Mexican pharmaceuticals to the US, US$"),
        ("Canadian energy and potash to the US", ""),
        ("Canadian goods under the 25% and 35%", ""),
        ("", "Mexican goods under the fentanyl 25%"),
    ];
    for (row, (canada, mexico)) in rows_under("measure                             ").iter().zip(goods) {
        for (outcome, cell) in [(canada, row[1]), (mexico, row[3])] {
            assert_eq!(outcome.is_empty(), cell.is_empty(), "{row:?}");
            if !cell.is_empty() {
                agrees(&alone, outcome, median_and_range(cell, 1000.0));
            }
        }
    }
}

#[test]
fn the_spread_hangs_on_what_the_page_says() {
    let place = workplace();
    let scenario = "scenarios/north-america-2025.toml";
    let arguments = ["sensitivity", scenario, "--rows", "64", "--inputs", "1", "--draws", "256", "--no-plots", "--quiet"];
    let (code, printed) = tradewind(place.path(), &arguments);
    assert_eq!(code, Some(0), "{printed}");
    let mut shares = table(&place.path().join("output/north-america-2025/sensitivity.csv"));
    shares.retain(|r| r["period"] == "2028" && r["index"] == "shapley");
    let rows = rows_under("spread of ");
    assert_eq!(rows.len(), 6);
    for row in rows {
        let groups = ["elasticities", "policy", "freight", "ports", "data"];
        // To within rounding.
        let whole: f64 = row[1..6].iter().map(|cell| figure(cell)).sum();
        assert!((whole - 1.0).abs() < 0.03, "{row:?}");
        for (cell, group) in row[1..6].iter().zip(groups) {
            let input = format!("group: {group}");
            let found = shares.iter().find(|r| r["outcome"] == row[0] && r["input"] == input).unwrap_or_else(|| panic!("{row:?}"));
            let [low, high]: [f64; 2] = ["low", "high"].map(|column| found[column].parse().unwrap());
            // The page says itself how far off its own shares may be: three points.
            assert!((low - 0.03..=high + 0.03).contains(&figure(cell)), "{} by {group}: {cell}, {low} to {high} in a run", row[0]);
        }
    }
}

#[test]
fn branches_and_variants_say_what_the_page_says() {
    let place = workplace();
    let extended = results_of(place.path(), &["run", "scenarios/usmca-review-2026.toml"], "usmca-review-2026", "extended");
    let there: BTreeSet<String> =
        table(&place.path().join("output/usmca-review-2026/summary.csv")).into_iter().map(|mut r| r.remove("branch").unwrap()).collect();
    let rows = rows_under("branch ");
    assert_eq!(rows.iter().map(|r| r[0].to_owned()).collect::<BTreeSet<_>>(), there);
    let row = rows.iter().find(|r| r[0] == "extended").unwrap();
    for (cell, outcome, unit) in [
        (row[2], "Canada's exports to the US", 1000.0),
        (row[3], "Mexico's exports to the US", 1000.0),
        (row[4], "Canada–Mexico trade, growth", 0.01),
        (row[5], "Canada–Mexico trade by sea, TEU", 1000.0),
        (row[6], "Welfare of Canada", 1000.0),
        (row[7], "Welfare of Mexico", 1000.0),
    ] {
        agrees(&extended, outcome, median_and_range(cell, unit));
    }
    for (variant, heading) in [("maritime-action-plan", "action plan: all"), ("land-bridge-closed", "land bridge: all")] {
        let file = format!("scenarios/{variant}.toml");
        let folder = format!("north-america-2025-vs-{variant}");
        let found = results_of(place.path(), &["compare", "scenarios/north-america-2025.toml", &file], &folder, "all");
        let row = rows_under("scenario and branch").into_iter().find(|r| r[0] == heading).unwrap();
        for (cell, outcome, unit) in [
            (row[2], "Canada–Mexico trade, growth", 0.01),
            (row[3], "Canada–Mexico trade by sea", 1000.0),
            (row[4], "Share of Canada–Mexico trade that goes by sea", 0.01),
            (row[5], "Canada–Mexico trade by sea, TEU", 1000.0),
            (row[6], "Welfare of Canada", 1.0),
            (row[7], "Welfare of Mexico", 1.0),
        ] {
            agrees(&found, outcome, median_and_range(cell, unit));
        }
        if variant == "maritime-action-plan" {
            let services = table(&place.path().join("output").join(&folder).join("services.csv"));
            let words: BTreeSet<String> = services.into_iter().map(|mut r| r.remove("measure").unwrap()).collect();
            assert_eq!(words.len(), 4, "{words:?}");
            assert!(words.iter().all(|word| README.contains(&format!("`{word}`"))), "{words:?}");
        }
    }
}

#[test]
fn links_lead_somewhere_and_the_gallery_is_small() {
    let anchor = |heading: &str| heading.to_lowercase().replace(' ', "-").replace(|c: char| !c.is_alphanumeric() && c != '-', "");
    let headings: Vec<String> =
        README.lines().filter(|line| line.starts_with("##")).map(|line| anchor(line.trim_start_matches(['#', ' ']))).collect();
    for part in README.split("](").skip(1) {
        let target = part.split(')').next().unwrap_or_default();
        if let Some(heading) = target.strip_prefix('#') {
            assert!(headings.iter().any(|known| known == heading), "#{heading}");
        } else if !target.starts_with("https://") {
            assert!(repository().join(target).exists(), "{target}");
        }
    }
    // The gallery's own page shows each picture that its script makes, and there is no other.
    let page = fs::read_to_string(repository().join("output/README.md")).unwrap();
    let script = fs::read_to_string(repository().join("output/gallery.sh")).unwrap();
    let (mut bytes, mut pictures) = (0, 0);
    for entry in fs::read_dir(repository().join("output/gallery")).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(page.contains(&format!("](gallery/{name})")), "{name} is not shown");
        let chart = name.strip_suffix(".png").unwrap();
        assert!(script.lines().any(|line| line.split_whitespace().nth(1) == Some(chart)), "{name} is made by nothing");
        bytes += entry.metadata().unwrap().len();
        pictures += 1;
    }
    assert_eq!(pictures, page.matches("](gallery/").count());
    assert!(bytes < 2_500_000, "{bytes} bytes");
}
