//! `[[sweep]]`: a grid of scenarios, each point a run like any other, and the table that sets them side by side.

mod common;

use common::{Bench, Run, Table, duties, stderr, tradewind, two_duties};
use std::path::{Path, PathBuf};

const HEAD: &str = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 96\n";
const RATES: &str = "[[sweep]]\npath = 'tariff.\"On A\".rate'\nvalues = [\"0%\", \"10%\", 0.3]\n";
const SUPPLY: &str = "[[sweep]]\nname = \"supply\"\npath = 'elasticities.supply.\"*\"'\nvalues = [1, 2]\n";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    bench
}

/// A duty of 10% on A and an uncertain one on B; the baseline's supply elasticity is 2.
fn plain() -> String {
    let trade = "[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"C\"]\nas = \"change\"\n";
    format!("{HEAD}{}{trade}", duties("\"10%\"", "{ dist = \"triangular\", min = 0.1, mode = 0.4, max = 0.7 }"))
}

fn run(bench: &Bench, sweeps: &str, options: &[&str]) -> PathBuf {
    let path = bench.file("grid.toml", &format!("{}{sweeps}", plain()));
    let done =
        tradewind().arg("run").arg(path).args(["--no-plots", "--quiet", "--out"]).arg(bench.path("out")).args(options).assert().code(0);
    let out = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert_eq!(out, format!("{}\n", bench.path("out/grid").display()), "one line says where the results are");
    bench.path("out/grid")
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_grid_is_a_run_a_point_and_a_table_of_all() {
    let bench = bench();
    let place = run(&bench, &format!("{SUPPLY}{RATES}"), &[]);
    assert_eq!(names(&place), ["1", "2", "3", "4", "5", "6", "charts.json", "manifest.json", "report.html", "report.json", "sweep.csv"]);
    let whole = Table::read(&place.join("sweep.csv"));
    let mut expected: Vec<Vec<String>> = Vec::new();
    let mut header = vec!["supply".to_owned(), "tariff.\"On A\".rate".to_owned()];
    // The last sweep changes fastest.
    for (point, (supply, rate)) in ["1", "2"].into_iter().flat_map(|supply| ["0%", "10%", "0.3"].map(|rate| (supply, rate))).enumerate() {
        let summary = Run::of(&place.join((point + 1).to_string())).table("summary.csv");
        assert_eq!(summary.rows.len(), 4);
        expected.extend(summary.rows.into_iter().map(|row| [vec![supply.to_owned(), rate.to_owned()], row].concat()));
        if point == 0 {
            header.extend(summary.header);
        }
    }
    assert_eq!(whole.header, header);
    assert_eq!(whole.rows, expected);
    let manifest = Run::of(&place).manifest();
    assert_eq!((manifest["points"].as_u64(), manifest["draws"].as_u64()), (Some(6), Some(96)));
    assert_eq!(
        manifest["results"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>(),
        ["charts.json", "report.html", "report.json", "sweep.csv"]
    );

    // Points differ, and as economics has it: a higher duty, less trade; a steeper supply holds it up.
    let trade = |supply: &str, rate: &str| {
        whole.number(&[("outcome", "trade"), ("period", "2026"), ("supply", supply), ("tariff.\"On A\".rate", rate)], "mean")
    };
    assert!(trade("2", "0%") > trade("2", "10%") && trade("2", "10%") > trade("2", "0.3") && trade("2", "0.3") < -1.0);
    assert!(trade("1", "0.3") > trade("2", "0.3"));
}

#[test]
fn every_point_is_the_run_that_its_values_make() {
    let bench = bench();
    let place = run(&bench, &format!("{SUPPLY}{RATES}"), &["--keep-draws", "csv"]);
    // The scenario's own rate, and the baseline's own elasticity.
    let alone = bench.simulate("alone", &plain(), &["--keep-draws", "csv"]);
    let (mut point, mut alone) = (Run::of(&place.join("5")).files(), alone.files());
    // Charts and words have the scenario's name in them; figures do not.
    for files in [&mut point, &mut alone] {
        files.retain(|name, _| name.ends_with(".csv"));
    }
    assert!(point.len() > 10);
    assert!(point.keys().eq(alone.keys()) && point == alone);
    // Elsewhere another value, under the same draws.
    let draws = |point: &str| Run::of(&place.join(point)).table("draws.csv");
    let (one, six) = (draws("1"), draws("6"));
    assert_eq!(one.rows.len(), 2 * 96);
    assert_eq!(one.texts("tariff.\"On B\".rate"), six.texts("tariff.\"On B\".rate"));
    assert_ne!(one.texts("trade"), six.texts("trade"));
}

#[test]
fn threads_change_no_byte_and_a_single_value_is_a_grid_of_one() {
    let bench = bench();
    let one = "[[sweep]]\npath = 'tariff.\"On B\".rate'\nvalues = [{ dist = \"uniform\", min = 0.1, max = 0.2 }]\n";
    let files = |threads: &str| Run::of(&run(&bench, one, &["--threads", threads])).files();
    let with_one = files("1");
    assert!(with_one.contains_key("1/summary.csv") && with_one.contains_key("sweep.csv") && !with_one.contains_key("2/summary.csv"));
    assert!(with_one == files("2") && with_one == files("5"));
}

#[test]
fn what_an_earlier_run_left_is_taken_away() {
    let bench = bench();
    let place = run(&bench, &format!("{SUPPLY}{RATES}"), &[]);
    assert!(place.join("6").exists());
    let smaller = run(&bench, SUPPLY, &[]);
    assert_eq!(names(&smaller), ["1", "2", "charts.json", "manifest.json", "report.html", "report.json", "sweep.csv"]);
    assert_eq!(Table::read(&smaller.join("sweep.csv")).rows.len(), 2 * 4);
    // A plain run in its place, then a grid again.
    let plainly = run(&bench, "", &[]);
    let left = names(&plainly);
    assert!(
        left.contains(&"summary.csv".to_owned()) && !left.contains(&"sweep.csv".to_owned()) && !left.contains(&"1".to_owned()),
        "{left:?}"
    );
    let again = run(&bench, SUPPLY, &[]);
    assert_eq!(names(&again), ["1", "2", "charts.json", "manifest.json", "report.html", "report.json", "sweep.csv"]);
}

#[test]
fn charts_set_the_points_side_by_side() {
    let bench = bench();
    let path = bench.file("grid.toml", &format!("{}{SUPPLY}{RATES}", plain()));
    let done = tradewind().arg("run").arg(path).arg("--out").arg(bench.path("out")).assert().code(0);
    assert!(stderr(&done).contains("supply") && !stderr(&done).contains("draws/s"), "{}", stderr(&done));
    let files = Run::of(&bench.path("out/grid")).files();
    let plots: Vec<&String> = files.keys().filter(|name| name.contains("plots/")).collect();
    assert!(!plots.is_empty() && plots.iter().all(|name| name.starts_with("plots/")), "{plots:?}");
    assert_eq!(plots.iter().filter(|name| name.ends_with(".png")).count(), plots.iter().filter(|name| name.ends_with(".svg")).count());
}

fn refused(bench: &Bench, command: &[&str], sweeps: &str) -> String {
    bench.file("grid.toml", &format!("{}{sweeps}", plain()));
    bench.file("plain.toml", &plain());
    let done = tradewind().current_dir(bench.path("")).args(command).assert().code(2);
    stderr(&done).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_wrong_at_a_point_is_told_at_its_value() {
    let bench = bench();
    let sweeps = format!("{SUPPLY}[[sweep]]\npath = 'tariff.\"On A\".rate'\nvalues = [\"0%\",\n    50]\n");
    let line = 1 + format!("{}{sweeps}", plain()).lines().position(|line| line.trim() == "50]").unwrap();
    for command in ["run", "check"] {
        let said = refused(&bench, &[command, "grid.toml"], &sweeps);
        assert!(said.contains(&format!("grid.toml:{line}:5")) && said.contains("50"), "{said}");
        assert_eq!(said.matches("error:").count(), 1, "of two points the same is told once: {said}");
    }
    let nowhere = refused(&bench, &["run", "grid.toml"], "[[sweep]]\npath = 'tariff.\"On C\".rate'\nvalues = [0.1]\n");
    assert!(nowhere.contains("On A") || nowhere.contains("On B"), "the nearest name: {nowhere}");
    let simulation = refused(&bench, &["run", "grid.toml"], "[[sweep]]\npath = \"simulation.seed\"\nvalues = [1, 2]\n");
    assert!(simulation.contains("simulation cannot be swept"), "{simulation}");
    assert!(!bench.path("output").exists());
}

#[test]
fn correlations_are_checked_at_every_point() {
    let bench = bench();
    // A number that is uncertain at one point only cannot be correlated at the other.
    let sweeps = "[[sweep]]\npath = 'tariff.\"On A\".rate'\nvalues = [{ dist = \"uniform\", min = 0.1, max = 0.2 }, \"15%\"]\n\
        [correlation]\npairs = [['tariff.\"On A\".rate', 'tariff.\"On B\".rate', 0.5]]\n";
    let said = refused(&bench, &["check", "grid.toml"], sweeps);
    assert!(said.contains("is not an uncertain number of this run"), "{said}");
}

#[test]
fn a_grid_is_counted_and_is_no_single_scenario() {
    let bench = bench();
    let path = bench.file("grid.toml", &format!("{}{SUPPLY}{RATES}", plain()));
    let fine = stderr(&tradewind().arg("check").arg(path).assert().code(0)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(fine.contains("96 draws at each of 6 points of a grid"), "{fine}");
    let grid = format!("{SUPPLY}{RATES}");
    for command in [&["compare", "plain.toml", "grid.toml"][..], &["compare", "grid.toml", "plain.toml"], &["sensitivity", "grid.toml"]] {
        let said = refused(&bench, command, &grid);
        assert!(said.contains("takes one scenario, and this is a grid of 6") && said.contains("grid.toml"), "{command:?}: {said}");
    }
    assert!(!bench.path("output").exists());
}
