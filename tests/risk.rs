//! What the worst draws say, held against the draws themselves as a run keeps them: thresholds, trade at risk, expected shortfall, exceedance, and which quantiles
//! rest on too few draws.

mod common;

use common::{Bench, Row, Run, Table, close, duties, stderr, tradewind, two_duties};

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 512\n";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    bench
}

/// Two rates, and what A sells to C by each way of reading it. The duty's distribution is symmetric around 0.34.
fn scenario() -> String {
    let trade = |reading: &str, thresholds: &str| {
        format!(
            "[[outcome]]\nname = \"{reading}\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"C\"]\nas = \"{reading}\"\nthreshold = {thresholds}\n"
        )
    };
    let rates = duties("{ dist = \"uniform\", min = 0.1, max = 0.3 }", "{ dist = \"triangular\", min = 0.1, mode = 0.4, max = 0.7 }");
    format!(
        "{HEAD}{rates}threshold = [\"34%\", 0.2]\n{}{}{}",
        trade("change", "[5, -5, 0, 1_000]"),
        trade("level", "65"),
        trade("percent", "\"10%\"")
    )
}

/// A run of the scenario that kept its draws.
fn kept(bench: &Bench, sampler: &str) -> (Run, Table) {
    let run = bench.simulate("risky", &scenario(), &["--keep-draws", "csv", "--sampler", sampler]);
    let draws = run.table("draws.csv");
    (run, draws)
}

fn column(draws: &Table, outcome: &str) -> Vec<f64> {
    let numbers: Vec<f64> = draws.iter().map(|row| row.number(outcome)).collect();
    assert_eq!(numbers.len(), 512);
    numbers
}

#[test]
fn probabilities_are_shares_of_the_draws() {
    let bench = bench();
    for sampler in ["sobol", "latin-hypercube", "random"] {
        let (run, draws) = kept(&bench, sampler);
        let risk = run.table("risk.csv");
        let below: Vec<Row<'_>> = risk.of(&[("measure", "probability_below")]).collect();
        let told: Vec<(&str, &str)> = below.iter().map(|row| (row.text("outcome"), row.text("threshold"))).collect();
        let expected = [
            ("duty", "0.2"),
            ("duty", "0.34"),
            ("change", "-5"),
            ("change", "0"),
            ("change", "5"),
            ("change", "1000"),
            ("level", "65"),
            ("percent", "0.1"),
        ];
        assert_eq!(told, expected);
        for row in &below {
            let values = column(&draws, row.text("outcome"));
            let share = values.iter().filter(|value| **value < row.number("threshold")).count() as f64 / 512.0;
            close(row.number("estimate"), share, 1.0, 1e-14);
            let (low, high) = (row.number("low95"), row.number("high95"));
            assert!(0.0 <= low && low <= share && share <= high && high <= 1.0 && low < high, "{:?}", row.cells);
            assert_eq!(row.text("unit"), "probability");
        }
        // Known: half of a symmetric distribution lies below its middle.
        assert!(below[1].number("low95") <= 0.5 && below[1].number("high95") >= 0.5, "{:?}", below[1].cells);
        // All of 512 draws are not certainty: Wilson's z²/(n + z²).
        let certain = &below[5];
        assert_eq!((certain.text("estimate"), certain.text("high95")), ("1", "1"));
        close(certain.number("low95"), 1.0 - 3.841_458_8 / (512.0 + 3.841_458_8), 0.0, 1e-7);
        // One question in three readings.
        let of = |outcome: &str, threshold: &str| risk.number(&[("outcome", outcome), ("threshold", threshold)], "estimate");
        assert!(of("change", "5") > 0.05 && of("change", "5") < 0.95);
        assert_eq!(of("change", "5"), of("level", "65"));
    }
}

#[test]
fn trade_at_risk_and_shortfall_are_those_of_the_worst_draws() {
    let bench = bench();
    for sampler in ["sobol", "random"] {
        let (run, draws) = kept(&bench, sampler);
        let risk = run.table("risk.csv");
        for (outcome, base) in [("change", 0.0), ("level", 60.0), ("percent", 0.0)] {
            let mut losses: Vec<f64> = column(&draws, outcome).iter().map(|value| base - value).collect();
            losses.sort_by(|a, b| b.total_cmp(a));
            let row = |measure: &str| risk.one(&[("outcome", outcome), ("measure", measure)]).cells.to_vec();
            let (at_risk, shortfall) = (row("trade_at_risk_95"), row("expected_shortfall_95"));
            let number = |row: &[String], name: &str| row[risk.column(name)].parse::<f64>().unwrap();
            // 0.95 · 511 = 485.45 from below is 25.55 from above.
            close(number(&at_risk, "estimate"), losses[26] + 0.45 * (losses[25] - losses[26]), 60.0, 1e-12);
            // 5% of 512 draws: 25 and 0.6 of the next.
            let worst = (losses[..25].iter().sum::<f64>() + 0.6 * losses[25]) / 25.6;
            close(number(&shortfall, "estimate"), worst, 60.0, 1e-12);
            assert!(number(&shortfall, "estimate") > number(&at_risk, "estimate"));
            for row in [&at_risk, &shortfall] {
                let [low, value, high, se] = ["low95", "estimate", "high95", "se"].map(|name| number(row, name));
                assert!(low < value && value < high && se > 0.0 && high - low < 6.0 * se, "{row:?}");
            }
        }
    }
}

#[test]
fn exceedance_falls_from_nearly_one_to_nearly_none() {
    let bench = bench();
    let (run, draws) = kept(&bench, "sobol");
    let curves = run.table("exceedance.csv");
    for outcome in ["duty", "change", "level", "percent"] {
        let values = column(&draws, outcome);
        let curve: Vec<Row<'_>> = curves.iter().filter(|row| row.text("outcome") == outcome).collect();
        assert!(curve.len() > 40);
        for pair in curve.windows(2) {
            assert!(pair[0].number("value") < pair[1].number("value") && pair[0].number("probability") >= pair[1].number("probability"));
        }
        for row in &curve {
            let [low, p, high] = ["low95", "probability", "high95"].map(|name| row.number(name));
            assert!(0.0 <= low && low <= p && p <= high && high <= 1.0, "{:?}", row.cells);
            let above = values.iter().filter(|value| **value > row.number("value")).count() as f64 / 512.0;
            // A draw that is the value itself may be printed on either side of it.
            assert!((above - p).abs() <= 1.0 / 512.0 + 1e-12, "{above} against {p}");
        }
        assert!(curve[0].number("probability") > 0.99 && curve.last().unwrap().number("probability") < 0.01);
    }
}

#[test]
fn every_figure_of_the_summary_has_its_error() {
    let bench = bench();
    let event = "\n[[event]]\nname = \"Review\"\ndate = 2025-01-01\n[[event.outcome]]\nname = \"fails\"\nprobability = 0.25\n\
        [[event.outcome.tariff]]\nname = \"More\"\nimporter = \"C\"\nexporters = [\"A\"]\nsectors = \"*\"\nrate = \"10%\"\nfrom = 2025-01-01\n\
        [[event.outcome]]\nname = \"holds\"\nprobability = 0.75\n";
    for sampler in ["sobol", "latin-hypercube", "random"] {
        let run = bench.simulate("risky", &(scenario() + event), &["--sampler", sampler]);
        let (summary, errors) = (run.table("summary.csv"), run.table("errors.csv"));
        assert_eq!(summary.rows.len(), 4 * 3);
        for row in summary.iter() {
            let draws = row.number("draws");
            assert_eq!(row.text("branch") == "all", draws == 512.0);
            for (statistic, p) in [
                ("mean", None),
                ("p01", Some(0.01)),
                ("p05", Some(0.05)),
                ("p25", Some(0.25)),
                ("p50", Some(0.5)),
                ("p75", Some(0.25)),
                ("p95", Some(0.05)),
                ("p99", Some(0.01)),
            ] {
                let keys = [
                    ("outcome", row.text("outcome")),
                    ("branch", row.text("branch")),
                    ("period", row.text("period")),
                    ("statistic", statistic),
                ];
                let error = errors.one(&keys);
                assert_eq!(error.text("estimate"), row.text(statistic), "{keys:?}");
                let [low, value, high] = ["low95", "estimate", "high95"].map(|name| error.number(name));
                assert!(low <= value && value <= high && low < high, "{:?}", error.cells);
                match p {
                    None => assert_eq!((error.text("se"), error.text("draws_beyond")), (row.text("se"), "")),
                    Some(p) => assert_eq!(error.number("draws_beyond"), (p * draws + 1e-9).floor(), "{keys:?}"),
                }
            }
        }
    }
}

#[test]
fn quantiles_that_rest_on_few_draws_are_warned_of() {
    let bench = bench();
    let path = bench.file("thin.toml", &scenario());
    let said = |options: &[&str]| {
        let done = tradewind().arg("run").arg(&path).args(["--no-plots", "--out"]).arg(bench.path("out")).args(options).assert().code(0);
        stderr(&done).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let thin = said(&["--draws", "100"]);
    assert!(
        thin.contains("warning: quantiles with fewer than 10 draws beyond them")
            && thin.contains("all draws (100 draws): p01, p05, p95, p99"),
        "{thin}"
    );
    let thicker = said(&["--draws", "512"]);
    assert!(thicker.contains("all draws (512 draws): p01, p99"), "{thicker}");
    assert!(!said(&["--draws", "1000"]).contains("warning"));
}

/// As in `tests/commands.rs`: a quarter of the draws have no equilibrium.
const PARTLY_FAILING: &str = "[elasticities]\nimport.goods = { dist = \"discrete\", values = [4, 40_000], probabilities = [0.75, 0.25] }\n\
    supply.goods = { dist = \"lognormal\", mean = 2, sd = 0.5 }\n\
    [[tariff]]\nname = \"All\"\nimporter = \"C\"\nexporters = \"*\"\nsectors = \"*\"\nrate = { dist = \"uniform\", min = \"300%\", max = \"400%\" }\nfrom = 2025-01-01\n\
    [[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nimporters = [\"C\"]\nas = \"change\"\nthreshold = -196\n";

/// Standard deviation over √16.
fn spread(of_replicates: &[f64]) -> f64 {
    let mean = of_replicates.iter().sum::<f64>() / 16.0;
    (of_replicates.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / 15.0 / 16.0).sqrt()
}

#[test]
fn errors_are_the_spread_of_the_sixteen_randomisations_whatever_fails() {
    let bench = bench();
    let path = bench.file("hard.toml", &format!("{HEAD}{PARTLY_FAILING}"));
    let run = |sampler: &str| {
        let options = ["--no-plots", "--quiet", "--keep-draws", "csv", "--sampler", sampler, "--out"];
        tradewind().arg("run").arg(&path).args(options).arg(bench.path("out")).assert().code(3);
        Run::of(&bench.path("out/hard"))
    };
    for sampler in ["sobol", "latin-hypercube"] {
        let run = run(sampler);
        let draws = run.table("draws.csv");
        assert!((300..=480).contains(&draws.rows.len()), "{}", draws.rows.len());
        let mut dealt: Vec<Vec<f64>> = vec![Vec::new(); 16];
        for row in draws.iter() {
            dealt[row.text("draw").parse::<usize>().unwrap() % 16].push(row.number("trade"));
        }
        let each = |of: &dyn Fn(&[f64]) -> f64| dealt.iter().map(|values| of(values)).collect::<Vec<f64>>();
        let means = each(&|values| values.iter().sum::<f64>() / values.len() as f64);
        let below = each(&|values| values.iter().filter(|value| **value < -196.0).count() as f64 / values.len() as f64);
        assert!(below.iter().sum::<f64>() > 1.0 && below.iter().sum::<f64>() < 15.0, "{below:?}");
        close(run.table("summary.csv").number(&[("outcome", "trade")], "se"), spread(&means), 0.0, 1e-9);
        close(run.table("risk.csv").number(&[("measure", "probability_below")], "se"), spread(&below), 0.0, 1e-9);
    }
}
