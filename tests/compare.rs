//! `compare`: the same draws through two worlds.

mod common;

use common::{Bench, Run, World, close, duty, fixed_elasticities, shipped, tradewind};
use std::path::PathBuf;

fn compare(bench: &Bench, scenarios: &[PathBuf], options: &[&str]) -> Run {
    let out = bench.path("out");
    tradewind().arg("compare").args(scenarios).args(["--no-plots", "--quiet", "--out"]).arg(&out).args(options).assert().code(0);
    let stem = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    Run::of(&out.join(format!("{}-vs-{}", stem(&scenarios[0]), stem(&scenarios[1]))))
}

const TABLES: [&str; 8] =
    ["flows.csv", "tariffs.csv", "prices.csv", "welfare.csv", "diversion.csv", "maritime_shift.csv", "exposure.csv", "route_mix.csv"];

#[test]
fn a_scenario_less_itself_is_nothing() {
    let bench = Bench::new();
    let scenario = shipped("north-america-2025.toml");
    let run = compare(&bench, &[scenario.clone(), scenario], &["--draws", "300"]);
    for table in TABLES {
        for row in run.table(table).iter() {
            for column in ["mean", "p05", "p50", "p95"] {
                assert_eq!(row.text(column), "0", "{table} {column}");
            }
        }
    }
    for row in run.table("summary.csv").iter() {
        for column in ["mean", "sd", "se", "p01", "p99"] {
            assert_eq!(row.text(column), "0", "{column}");
        }
    }
}

#[test]
fn differences_are_those_of_the_two_runs() {
    let bench = Bench::new();
    let elasticities = fixed_elasticities(1.0, 3.0, 6.0, "2") + "import,goods,*,long,5,1.5,lognormal,assumed\n";
    let world = World::one_sector(&["A", "B", "C"], &[500., 80., 20., 60., 700., 40., 30., 50., 400.], &elasticities);
    bench.baseline("world", &world);
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 512\n";
    let outcome =
        "\n[[outcome]]\nname = \"A to B\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"B\"]\nas = \"change\"\n";
    let low = format!("{head}{}{outcome}", duty("Ten", "B", "[\"A\"]", "\"*\"", "\"10%\""));
    let high =
        format!("{head}{}{}{outcome}", duty("Ten", "B", "[\"A\"]", "\"*\"", "\"30%\""), duty("Other", "C", "[\"A\"]", "\"*\"", "\"5%\""));
    let (run_low, run_high) = (bench.simulate("low", &low, &[]), bench.simulate("high", &high, &[]));
    let run = compare(&bench, &[bench.path("low.toml"), bench.path("high.toml")], &[]);
    for table in ["flows.csv", "prices.csv", "welfare.csv", "diversion.csv"] {
        let (low, high, difference) = (run_low.table(table), run_high.table(table), run.table(table));
        for ((low, high), difference) in low.iter().zip(high.iter()).zip(difference.iter()) {
            close(difference.number("mean"), high.number("mean") - low.number("mean"), 1000.0, 1e-11);
        }
    }
    let sd = |run: &Run| run.table("summary.csv").number(&[("outcome", "A to B"), ("period", "2026")], "sd");
    // A chart that sets the two side by side, on top of those of the difference.
    let charts = bench.path("charts");
    let both = [bench.path("low.toml"), bench.path("high.toml")];
    tradewind().arg("compare").args(&both).args(["--quiet", "--out"]).arg(&charts).assert().code(0);
    let beside = std::fs::read_to_string(charts.join("low-vs-high/plots/outcome-01-a-to-b-side-by-side.svg")).unwrap();
    let median = |run: &Run| run.table("summary.csv").number(&[("outcome", "A to B"), ("period", "2026")], "p50");
    for run in [&run_low, &run_high] {
        // US$ m, as the chart writes them.
        let written = format!("median  −US$ {:.1} m", -median(run));
        assert!(beside.contains(&written), "{written}");
    }
    // Shared draws: what is common to both cancels.
    assert!(sd(&run) > 0.0 && sd(&run) < sd(&run_high) + sd(&run_low));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    bench.baseline("other", &World::one_sector(&["A", "B"], &[500., 80., 60., 700.], &fixed_elasticities(1.0, 3.0, 6.0, "2")));
    let one = bench.file("one.toml", "baseline = \"world\"\nperiods = \"2025\"\n");
    let years = bench.file("years.toml", "baseline = \"world\"\nperiods = \"2025..2026\"\n");
    let other = bench.file("other.toml", "baseline = \"other\"\nperiods = \"2025\"\n");
    for (second, told) in [(&years, "give both the same `periods`"), (&other, "different baselines")] {
        let output =
            tradewind().arg("compare").args([&one, second]).arg("--out").arg(bench.path("out")).assert().code(2).get_output().clone();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(told), "{message}");
    }
    tradewind().arg("compare").arg(&one).assert().code(2);
}
