//! Elasticities that move from short to long run, through the whole programme.

mod common;

use common::{Bench, Run, World, close, duty, fixed_elasticities};

/// A tariff in force from the first day of 2025, seen over eight years.
fn run(bench: &Bench, stem: &str, more: &str) -> Run {
    let elasticities = fixed_elasticities(1.0, 3.0, 6.0, "2");
    bench.baseline("world", &World::one_sector(&["A", "B", "C"], &[500., 80., 20., 60., 700., 40., 30., 50., 400.], &elasticities));
    let head = "baseline = \"world\"\nperiods = \"2025..2032\"\n[simulation]\ndraws = 16\n";
    bench.simulate(stem, &format!("{head}{more}{}", duty("Thirty", "B", "[\"A\"]", "\"*\"", "\"30%\"")), &[])
}

fn exports(run: &Run, period: &str) -> f64 {
    run.table("flows.csv").number(&[("period", period), ("exporter", "A"), ("importer", "B")], "mean")
}

#[test]
fn trade_falls_further_as_the_shock_ages() {
    let bench = Bench::new();
    let long = run(&bench, "long", "");
    let short = run(&bench, "short", "[elasticities]\nimport.\"*\" = 2.0\ndomestic.\"*\" = 1.5\n");
    let ageing = run(&bench, "ageing", "[elasticities]\nimport_short.\"*\" = 2.0\ndomestic_short.\"*\" = 1.5\n");
    let by_year: Vec<f64> = (2025..=2032).map(|year| exports(&ageing, &year.to_string())).collect();
    assert!(by_year.windows(2).all(|pair| pair[1] < pair[0]), "{by_year:?}");
    assert!(by_year[0] < exports(&short, "2025") && by_year[7] > exports(&long, "2032"));
    // Half a year old at 0.35 a year: 84% of the way is still to go, in the elasticities.
    let youth = (-0.35f64 * 0.49829).exp();
    let blended = [6.0 - 4.0 * youth, 3.0 - 1.5 * youth];
    let by_hand = run(&bench, "by-hand", &format!("[elasticities]\nimport.\"*\" = {}\ndomestic.\"*\" = {}\n", blended[0], blended[1]));
    close(by_year[0], exports(&by_hand, "2025"), 0.0, 1e-5);
}

#[test]
fn the_ends_are_the_short_and_the_long_run() {
    let bench = Bench::new();
    let long = exports(&run(&bench, "long", ""), "2025");
    let short = exports(&run(&bench, "short", "[elasticities]\nimport.\"*\" = 2.0\n"), "2025");
    let at = |stem: &str, speed: f64| {
        let more = format!("[model]\nadjustment = {speed:e}\n[elasticities]\nimport_short.\"*\" = 2.0\n");
        exports(&run(&bench, stem, &more), "2025")
    };
    close(at("at-once", 1e6), long, 0.0, 1e-9);
    close(at("never", 1e-12), short, 0.0, 1e-9);
}

#[test]
fn short_run_values_may_stand_in_the_baseline_and_be_uncertain() {
    let bench = Bench::new();
    let elasticities = fixed_elasticities(1.0, 3.0, 6.0, "2") + "import,*,*,short,2,0.5,lognormal,assumed\n";
    bench.baseline("world", &World::one_sector(&["A", "B"], &[500., 80., 60., 700.], &elasticities));
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[model]\nadjustment = { dist = \"uniform\", min = 0.2, max = 0.6 }\n[simulation]\ndraws = 64\n";
    let scenario = format!("{head}{}", duty("Thirty", "B", "[\"A\"]", "\"*\"", "\"30%\""));
    let run = bench.simulate("drawn", &scenario, &["--keep-draws", "csv"]);
    let draws = run.table("draws.csv");
    for row in draws.iter() {
        assert!((0.2..0.6).contains(&row.number("model.adjustment")));
        assert!(row.number("elasticities.import_short.\"*\"") > 0.0);
    }
}
