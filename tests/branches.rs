//! What may happen, as results tell it: branch by branch, adding up to the whole; services that only one of two scenarios has.

mod common;

use common::{Bench, Run, World, close, duty, shipped, tradewind};

/// Two events, the second only where the first came out one way; outcomes of one name in both.
const EVENTS: &str = r#"
[[event]]
name = "Review"
date = 2025-07-01
[[event.outcome]]
name = "extended"
probability = 0.6
[[event.outcome]]
name = "withdrawal"
probability = 0.4
[[event.outcome.tariff]]
name = "More"
importer = "USA"
exporters = ["MEX"]
sectors = "*"
rate = "20%"
[[event]]
name = "Answer"
date = 2026-01-01
when = { "Review" = "withdrawal" }
[[event.outcome]]
name = "duties"
probability = 0.5
[[event.outcome]]
name = "extended"
probability = 0.5
"#;
const HEAD: &str = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 300\n";

fn scenario(events: &str) -> String {
    format!("{HEAD}{}{events}", duty("Steel", "USA", "\"*\"", "[\"steel\"]", "{ dist = \"uniform\", min = 0.1, max = 0.5 }"))
}

#[test]
fn branches_add_up_to_all_draws() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    for sampler in ["sobol", "random"] {
        let run = bench.simulate(sampler, &scenario(EVENTS), &["--sampler", sampler, "--keep-draws", "csv"]);
        let (summary, draws) = (run.table("summary.csv"), run.table("draws.csv"));
        let branches = ["Review: extended", "withdrawal", "duties", "Answer: extended"];
        let mut seen = 0;
        for all in summary.of(&[("branch", "all")]) {
            let keys = [("outcome", all.text("outcome")), ("period", all.text("period"))];
            let of = |branch: &str, column: &str| {
                let row = summary.of(&keys).find(|row| row.text("branch") == branch).unwrap_or_else(|| panic!("{branch}"));
                row.number(column)
            };
            let moment = |names: &[&str], power: i32| -> f64 {
                names.iter().map(|name| of(name, "draws") * of(name, "mean").powi(power)).sum::<f64>()
            };
            // What came of the review divides all draws, and what came of the answer those in which there was one.
            for (parts, whole) in [(&branches[..2], "all"), (&branches[2..], "withdrawal")] {
                close(moment(parts, 0), of(whole, "draws"), 0.0, 0.0);
                close(moment(parts, 1), of(whole, "draws") * of(whole, "mean"), of(whole, "draws") * of(whole, "sd"), 1e-12);
            }
            let rows: Vec<_> = draws.iter().filter(|row| row.text("period") == all.text("period")).collect();
            for branch in ["Review: extended", "withdrawal"] {
                let took = rows.iter().filter(|row| row.text("branch").split(" + ").any(|part| part == branch));
                let values: Vec<f64> = took.map(|row| row.number(all.text("outcome"))).collect();
                assert_eq!(values.len() as f64, of(branch, "draws"));
                close(values.iter().sum::<f64>() / values.len() as f64, of(branch, "mean"), of(branch, "sd"), 1e-11);
                let (p01, p99) = (of(branch, "p01"), of(branch, "p99"));
                assert!(values.iter().filter(|value| **value < p01 || **value > p99).count() <= values.len() / 25 + 2);
            }
            seen += 1;
        }
        assert!(seen > 4);
        let mut names = draws.texts("branch");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names, ["Review: extended", "withdrawal + Answer: extended", "withdrawal + duties"]);
        let manifest: serde_json::Value = serde_json::from_slice(&run.files()["manifest.json"]).unwrap();
        let listed: Vec<&str> = manifest["branches"].as_array().unwrap().iter().map(|branch| branch["branch"].as_str().unwrap()).collect();
        assert_eq!(listed, branches);
        assert!(manifest["waiting_residual_days"].is_number());
    }
}

#[test]
fn a_branch_that_no_draw_took_has_no_figures() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let run = bench.simulate("never", &scenario(&EVENTS.replace("0.6", "1.0").replace("0.4", "0.0")), &[]);
    for row in run.table("summary.csv").of(&[("branch", "withdrawal")]) {
        let cells = ["mean", "sd", "se", "p01", "p50", "p99", "draws"].map(|column| row.text(column));
        assert_eq!(cells, ["", "", "", "", "", "", "0"]);
    }
}

#[test]
fn differences_are_told_by_the_events_of_the_scenario_that_has_them() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let (without, with) = (bench.file("without.toml", &scenario("")), bench.file("with.toml", &scenario(EVENTS)));
    for pair in [[&without, &with], [&with, &without]] {
        let out = bench.path("out");
        tradewind().arg("compare").args(pair).args(["--no-plots", "--quiet", "--out"]).arg(&out).assert().code(0);
        let stem = |path: &std::path::PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let summary = Run::of(&out.join(format!("{}-vs-{}", stem(pair[0]), stem(pair[1])))).table("summary.csv");
        // Where the review is extended nothing is another, and where it is not the tariff is.
        let of =
            |branch: &str| summary.number(&[("outcome", "USA effective tariff"), ("branch", branch), ("period", "2026")], "mean").abs();
        assert!(of("Review: extended") == 0.0 && of("withdrawal") > 0.001, "{} {}", of("Review: extended"), of("withdrawal"));
    }
}

#[test]
fn a_service_is_compared_with_its_absence() {
    let bench = Bench::new();
    let head = format!("extends = \"{}\"\n", shipped("north-america-2025.toml").display());
    let service = |name: &str, to: &str| {
        format!(
            "{head}[[service]]\nname = \"{name}\"\nfrom_port = \"Saint John\"\nto_port = \"{to}\"\nstart = 2025-06-01\ncapacity_teu = 40_000\nlike = \"truck\"\n\
             days = 20\nfreight_usd_per_tonne = 160\n"
        )
    };
    let with = bench.file("with.toml", &service("Fundy", "Veracruz"));
    let other = bench.file("other.toml", &service("Gulf", "Altamira"));
    let same = bench.file("same.toml", &service("Fundy", "Altamira"));
    let out = bench.path("out");
    let compare = |first: &std::path::Path, second: &std::path::Path| {
        tradewind().arg("compare").args([first, second]).args(["--draws", "32", "--no-plots", "--quiet", "--out"]).arg(&out).assert()
    };
    let absent = shipped("north-america-2025.toml");
    compare(&absent, &with).code(0);
    let run = Run::of(&out.join("north-america-2025-vs-with"));
    let carried = |service: &str, run: &Run| {
        let keys = [("service", service), ("period", "2028"), ("exporter", "CAN"), ("measure", "carried_teu")];
        run.table("services.csv").number(&keys, "mean")
    };
    assert!(carried("Fundy", &run) > 1000.0);
    let mix = run.table("route_mix.csv");
    let share = |route: &str| mix.number(&[("period", "2028"), ("exporter", "CAN"), ("route", route), ("when", "now")], "mean");
    assert!(share("Fundy") > 0.01 && share("truck") < -0.001);
    assert!(run.table("ports.csv").number(&[("period", "2028"), ("port", "Saint John"), ("measure", "utilisation")], "mean") > 0.001);
    // Either has what the other lacks.
    compare(&with, &other).code(0);
    let run = Run::of(&out.join("with-vs-other"));
    assert!(carried("Fundy", &run) < -1000.0 && carried("Gulf", &run) > 1000.0);
    compare(&with, &with).code(0);
    for table in ["services.csv", "ports.csv", "route_mix.csv", "flows.csv"] {
        for row in Run::of(&out.join("with-vs-with")).table(table).iter() {
            assert_eq!(["mean", "p05", "p95"].map(|column| row.text(column)), ["0"; 3], "{table}");
        }
    }
    let refused = compare(&with, &same).code(2).get_output().clone();
    assert!(String::from_utf8(refused.stderr).unwrap().contains("not between the same ports"));
}

#[test]
fn a_world_without_ports_has_their_tables_with_a_header_alone() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let run = bench.simulate("plain", &scenario(""), &[]);
    let (ports, services) = (run.table("ports.csv"), run.table("services.csv"));
    assert_eq!(ports.header.join(","), "period,port,measure,mean,p05,p50,p95");
    assert_eq!(services.header.join(","), "period,service,exporter,importer,measure,mean,p05,p50,p95");
    assert!(ports.rows.is_empty() && services.rows.is_empty());
}

/// A service, berths and a review, on the shipped baseline.
fn maritime(extra: &str) -> String {
    let baseline = shipped("baseline-2024");
    format!(
        "baseline = \"{}\"\nperiods = [2026, 2028]\n[simulation]\ndraws = 48\n{}{extra}\
         [[outcome]]\nname = \"Containers\"\nmeasure = \"trade_volume\"\nunit = \"teu\"\nexporters = [\"CAN\", \"MEX\"]\nimporters = [\"MEX\", \"CAN\"]\nmodes = [\"sea\"]\n",
        baseline.display(),
        duty("Steel", "USA", "[\"CAN\", \"MEX\"]", "[\"steel_iron\"]", "\"25%\"")
    )
}

const SERVICE: &str = r#"
[[service]]
name = "Fundy"
from_port = "Saint John"
to_port = "Veracruz"
start = { dist = "uniform", min = 2026-01-01, max = 2026-12-31 }
capacity_teu = 40_000
like = "truck"
[[expansion]]
port = "Montreal"
adds_teu = 1_150_000
date = 2027-07-01
[[event]]
name = "Review"
date = 2026-07-01
[[event.outcome]]
name = "extended"
probability = "75%"
[[event.outcome]]
name = "withdrawal"
probability = "25%"
set = { "preferences.usmca.active" = false, "service.Fundy.capacity_teu" = 20000 }
"#;

#[test]
fn charts_show_routes_ports_and_branches_as_far_as_they_have_something_to_show() {
    let bench = Bench::new();
    let (with, without) = (bench.file("with.toml", &maritime(SERVICE)), bench.file("without.toml", &maritime("")));
    let run = bench.run(std::slice::from_ref(&with), "out", &["--quiet"]);
    let files = run.files();
    for name in ["map", "ports", "maritime-shift", "route-mix", "outcome-01-containers-branches"] {
        for ending in ["svg", "png"] {
            assert!(files.contains_key(&format!("plots/{name}.{ending}")), "{name}.{ending}");
        }
    }
    let text = |name: &str| String::from_utf8(files[&format!("plots/{name}.svg")].clone()).unwrap();
    assert!(text("map").contains("Fundy") && text("map").contains("Sea, Pacific"));
    assert!(text("route-mix").contains("Fundy") && text("route-mix").contains("Sea, Montreal–Veracruz"));
    assert!(text("outcome-01-containers-branches").contains("withdrawal") && text("outcome-01-containers-branches").contains("TEU"));
    let out = bench.path("compared");
    tradewind().arg("compare").args([&without, &with]).args(["--quiet", "--out"]).arg(&out).assert().code(0);
    let files = Run::of(&out.join("without-vs-with")).files();
    for (name, there) in [("maritime-shift", true), ("outcome-01-containers-branches", true), ("map", false), ("ports", false)] {
        assert_eq!(files.contains_key(&format!("plots/{name}.svg")), there, "{name}");
    }
}

#[test]
fn explain_tells_what_may_happen_and_dates_as_dates() {
    let bench = Bench::new();
    let path = bench.file("maritime.toml", &maritime(SERVICE));
    let explain = |options: &[&str]| {
        let output = tradewind().arg("explain").arg(&path).args(options).assert().code(0).get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let all = explain(&[]);
    for told in [
        "preferences.usmca.active = false; service.Fundy.capacity_teu = 20000",
        "2026-07-02 (90% 2026-01-19 to 2026-12-12)",
        "2026-07-02  2026-01-19 to 2026-12-12  uniform\n",
        "2027-07-01",
    ] {
        assert!(all.contains(told), "{told}: {all}");
    }
    assert!(
        explain(&["--csv", "events"]).starts_with("event,date,if,outcome,probability,changes\nReview,2026-07-01,,extended,75.0%,nothing\n")
    );
    assert!(explain(&["--csv", "ports"]).contains("\nHalifax,CAN,Atlantic,546163,825000,66.2%,0.53,200,"));
    let routes = bench.file("routes.csv", &explain(&["--csv", "routes"]));
    let routes = common::Table::read(&routes);
    let row = routes.one(&[("pair", "CAN to MEX"), ("route", "Fundy")]);
    let part = |column: &str| row.text(column).trim_end_matches('%').parse::<f64>().unwrap();
    assert!((part("freight") + part("time") - part("cost")).abs() < 0.11 && part("cost") > 1.0 && part("share") == 0.0);
}
