//! The four designs, end to end: the same bytes on any threads, means that agree within what they say of themselves, quadrature's closed forms, and runs that stop
//! once they are precise enough.

mod common;

use common::{Bench, Run, World, close, duties, stderr, tradewind, two_duties};
use std::collections::BTreeMap;
use std::path::Path;
use tradewind::numerics::Isa;
use tradewind::simulation::chunk::CHUNK;

/// Uncertain elasticities, route shares, data and rates, with correlations through a Student-t copula: all that a design has to do with.
const EVERYTHING: &str = r#"
baseline = "world"
periods = "2025..2026"
[simulation]
draws = 600
[[tariff]]
name = "Steel"
importer = "USA"
exporters = "*"
sectors = ["steel"]
rate = { dist = "triangular", min = "20%", mode = "40%", max = "60%" }
from = 2025-06-04
[data]
uncertain = true
[correlation]
copula = { dist = "student-t", df = 4 }
pairs = [
    ["elasticities.import.steel", "elasticities.domestic.*", 0.5],
    ["tariff.Steel.rate", "data.home_sales.CAN.steel", -0.4],
]
[[outcome]]
name = "Canada to the US"
measure = "trade_value"
exporters = ["CAN"]
importers = ["USA"]
as = "percent"
"#;

fn small() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &World::small().assuming_all());
    bench
}

fn duty_bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    bench
}

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n";

/// Two rates of known moments; their outcome is linear in them.
fn linear() -> String {
    duties("{ dist = \"uniform\", min = 0.1, max = 0.3 }", "{ dist = \"triangular\", min = 0.1, mode = 0.4, max = 0.7 }")
}

const MEAN: f64 = 0.3 * 0.2 + 0.7 * 0.4;

/// A uniform's sd is its range/√12, a symmetric triangle's half range/√6.
fn linear_sd() -> f64 {
    (0.3 * 0.2 / 12f64.sqrt()).hypot(0.7 * 0.3 / 6f64.sqrt())
}

fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs: {what}");
    }
}

#[test]
fn threads_change_no_byte_under_any_design() {
    let bench = small();
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for sampler in ["sobol", "latin-hypercube", "random", "quadrature"] {
        let files = |threads: &str| {
            let options = ["--sampler", sampler, "--threads", threads, "--keep-draws", "csv"];
            bench.simulate("everything", EVERYTHING, &options).files()
        };
        let one = files("1");
        assert!(one.len() > 15, "{:?}", one.keys());
        same(&one, &files("2"), sampler);
        same(&one, &files("5"), sampler);
        assert!(!seen.contains(&one["summary.csv"]), "{sampler} is another design's");
        seen.push(one["summary.csv"].clone());
    }
}

#[test]
fn a_draw_alone_is_the_draw_among_others() {
    for sampler in ["sobol", "latin-hypercube", "random", "quadrature"] {
        let bench = small();
        let compiled = bench.compile("everything", &EVERYTHING.replace("draws = 600", &format!("draws = 600\nsampler = \"{sampler}\"")));
        let draws = compiled.plan.draws;
        let (_, chunks) = compiled.run(Isa::detect(), 2);
        for draw in [0, 7, 38, 255, 256, 300, 599].into_iter().filter(|&draw| draw < draws) {
            let alone = compiled.draws(draw..draw + 1).remove(0).chunk;
            let (chunk, place) = (&chunks[draw as usize / CHUNK], draw as usize % CHUNK);
            for (columns, together) in [(&alone.inputs, &chunk.inputs), (&alone.outcomes, &chunk.outcomes)] {
                assert!(!columns.is_empty());
                for column in (0..columns.len()).step_by(CHUNK) {
                    assert_eq!(columns[column].to_bits(), together[column + place].to_bits(), "{sampler}, draw {draw}");
                }
            }
        }
    }
}

/// The mean of the only outcome, by `errors.csv`: value, low, high.
fn mean(run: &Run) -> [f64; 3] {
    let errors = run.table("errors.csv");
    let row = errors.one(&[("statistic", "mean"), ("branch", "all")]);
    ["estimate", "low95", "high95"].map(|column| row.number(column))
}

#[test]
fn intervals_of_every_design_hold_the_truth() {
    let bench = duty_bench();
    // The duty is linear and its mean is known; what is bought is neither, and is known from many more draws.
    let trade = "\n[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"C\"]\nas = \"change\"\n";
    let (duty, trade) =
        (format!("{HEAD}{}", linear()), format!("{HEAD}{}", linear().split("\n[[outcome]]").next().unwrap().to_owned() + trade));
    let [truth, low, high] = mean(&bench.simulate("trade", &trade, &["--draws", "16384"]));
    for sampler in ["sobol", "latin-hypercube", "random"] {
        for (stem, scenario, truth) in [("duty", &duty, MEAN), ("trade", &trade, truth)] {
            let mut missed = 0;
            let mut widths = 0.0;
            for seed in 11..21 {
                let [value, low, high] =
                    mean(&bench.simulate(stem, scenario, &["--sampler", sampler, "--draws", "512", "--seed", &seed.to_string()]));
                assert!(low < value && value < high);
                missed += usize::from(!(low..=high).contains(&truth));
                widths += (high - low) / 10.0;
            }
            // Of ten 95% intervals four miss once in a thousand times.
            assert!(missed <= 3, "{sampler}, {stem}: {missed} of 10");
            // Intervals that hold anything prove nothing: independent draws have 2 × 1.96 sd/√512, even designs far less.
            if stem == "duty" {
                let independent = 2.0 * 1.96 * linear_sd() / 512f64.sqrt();
                match sampler {
                    "random" => close(widths, independent, 0.0, 0.1),
                    _ => assert!(widths < 0.2 * independent, "{sampler}: {widths} against {independent}"),
                }
            }
        }
    }
    assert!(high - low < 0.002 * truth.abs(), "what counts as the truth: {low} to {high}");
}

#[test]
fn quadrature_has_the_moments_of_what_is_linear() {
    let bench = duty_bench();
    let path = bench.file("duty.toml", &format!("{HEAD}{}", linear()));
    let done = tradewind().arg("run").arg(&path).args(["--sampler", "quadrature", "--out"]).arg(bench.path("out")).assert().code(0);
    let said = stderr(&done);
    assert!(said.contains("quadrature gives means and standard deviations (4 points)"), "{said}");
    let run = Run::of(&bench.path("out/duty"));
    assert!(!run.folder.join("plots").exists());
    let manifest = run.manifest();
    assert_eq!(
        (manifest["draws"].as_u64(), manifest["sampler"].as_str(), manifest["failures"].as_u64()),
        (Some(4), Some("quadrature"), Some(0))
    );
    let summary = run.table("summary.csv");
    let row = summary.one(&[("outcome", "duty")]);
    close(row.number("mean"), MEAN, 0.0, 1e-14);
    close(row.number("sd"), linear_sd(), 0.0, 1e-13);
    for column in ["se", "p01", "p05", "p25", "p50", "p75", "p95", "p99"] {
        assert_eq!(row.text(column), "", "{column}");
    }
    for table in ["flows.csv", "prices.csv", "welfare.csv"] {
        for row in run.table(table).iter() {
            assert!(row.number("mean").is_finite());
            assert_eq!(["p05", "p50", "p95"].map(|column| row.text(column)), [""; 3], "{table}");
        }
    }
    let errors = run.table("errors.csv");
    assert!(!errors.rows.is_empty() && errors.iter().all(|row| ["se", "low95", "high95"].iter().all(|column| row.text(column).is_empty())));
    assert!(run.table("sensitivity.csv").rows.is_empty());
}

#[test]
fn quadrature_comes_near_the_means_of_what_is_not_linear() {
    let bench = duty_bench();
    let scenario = format!("{HEAD}{}", linear());
    let (points, draws) =
        (bench.simulate("points", &scenario, &["--sampler", "quadrature"]), bench.simulate("draws", &scenario, &["--draws", "4096"]));
    let (points, draws) = (points.table("flows.csv"), draws.table("flows.csv"));
    let mut moved = 0;
    for (point, draw) in points.iter().zip(draws.iter()) {
        let change = draw.number("mean") - draw.number("baseline");
        // What one half of a change is worth in the next order: a rule of degree three leaves less.
        close(point.number("mean"), draw.number("mean"), 0.0, 0.01);
        if change.abs() > 1.0 {
            moved += 1;
            close(point.number("mean") - point.number("baseline"), change, 0.0, 0.02);
        }
    }
    assert!(moved >= 4);
}

fn refused(bench: &Bench, scenario: &str, options: &[&str]) -> String {
    let path = bench.file("refused.toml", scenario);
    let done = tradewind().arg("run").arg(path).args(options).arg("--out").arg(bench.path("out")).assert().code(2);
    assert!(!bench.path("out/refused").exists());
    // Long lines are broken.
    stderr(&done).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_quadrature_cannot_take_is_named() {
    let bench = duty_bench();
    let event = "\n[[event]]\nname = \"Joint review\"\ndate = 2025-07-01\n[[event.outcome]]\nname = \"extended\"\nprobability = 0.6\n\
        [[event.outcome]]\nname = \"ended\"\nprobability = 0.4\n[[event.outcome.tariff]]\nname = \"More\"\nimporter = \"C\"\nexporters = [\"A\"]\n\
        sectors = \"*\"\nrate = \"10%\"\nfrom = 2025-07-01\n";
    let said = refused(&bench, &format!("{HEAD}{}{event}", linear()), &["--sampler", "quadrature"]);
    assert!(
        said.contains("event.\"Joint review\"") && said.contains("decides the outcome of an event") && said.contains("sobol"),
        "{said}"
    );
    // Both at once; skewed so far that √2 standard deviations below the mean there is nothing.
    let (skewed, choice) =
        ("{ dist = \"pert\", min = 0, mode = 0, max = 1 }", "{ dist = \"discrete\", values = [0.1, 0.5], probabilities = [0.5, 0.5] }");
    let said = refused(&bench, &format!("{HEAD}[simulation]\nsampler = \"quadrature\"\n{}", duties(skewed, choice)), &[]);
    assert!(said.contains("tariff.\"On A\".rate would be taken at -0.0") && said.contains("can only be between 0 and 1"), "{said}");
    assert!(said.contains("tariff.\"On B\".rate is a choice"), "{said}");
    // The same scenario draws.
    bench.simulate("refused", &format!("{HEAD}{}", duties(skewed, choice)), &["--draws", "64"]);
}

/// The run of one scenario, and what it said.
fn loud(bench: &Bench, path: &Path, options: &[&str]) -> (Run, String) {
    let done = tradewind().arg("run").arg(path).args(["--no-plots", "--out"]).arg(bench.path("out")).args(options).assert().code(0);
    (Run::of(&bench.path("out").join(path.file_stem().unwrap())), stderr(&done))
}

#[test]
fn a_run_stops_at_the_first_checkpoint_that_is_precise_enough() {
    let bench = duty_bench();
    // Independent draws: se/mean = 0.2563/√n, 0.654% of 1,536 and 0.566% of 2,048.
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 10_000\nsampler = \"random\"\n";
    close(linear_sd() / MEAN / 2048f64.sqrt(), 0.00566, 0.0, 0.01);
    let precise = bench.file("precise.toml", &format!("{head}precision = \"0.61%\"\n{}", linear()));
    let (run, said) = loud(&bench, &precise, &["--keep-draws", "csv", "--threads", "1"]);
    assert!(
        said.contains("precision of 0.61% reached after 2048 of at most 10000 draws") && said.contains("least sure: duty in 2026"),
        "{said}"
    );
    let manifest = run.manifest();
    assert_eq!(
        (manifest["draws"].as_u64(), manifest["draws_asked"].as_u64(), manifest["precision"].as_f64()),
        (Some(2048), Some(10_000), Some(0.0061))
    );
    assert_eq!(run.table("draws.csv").rows.len(), 2 * 2048);
    assert_eq!(run.table("summary.csv").texts("draws"), ["2048"; 2]);
    let checkpoints: Vec<String> = run.table("convergence.csv").of(&[("period", "2026")]).map(|row| row.text("draws").to_owned()).collect();
    assert_eq!(checkpoints, ["1024", "1536", "2048"]);
    let one = run.files();
    same(&one, &loud(&bench, &precise, &["--keep-draws", "csv", "--threads", "5"]).0.files(), "threads");
    // As if 2,048 had been asked for.
    let plain = bench.file("plain.toml", &format!("{}{}", head.replace("10_000", "2048"), linear()));
    let (mut plain, said) = {
        let (run, said) = loud(&bench, &plain, &["--keep-draws", "csv"]);
        (run.files(), said)
    };
    assert!(!said.contains("precision"), "{said}");
    let mut one = one;
    // The page and the manifest say what was asked.
    for files in [&mut one, &mut plain] {
        files.retain(|name, _| name.ends_with(".csv"));
    }
    assert!(one.len() > 10);
    same(&one, &plain, "2,048 draws");
}

#[test]
fn every_outcome_has_to_be_precise_and_a_precision_out_of_reach_is_told() {
    let bench = duty_bench();
    // What is sold elsewhere changes little and varies much, so that it is the least sure.
    let outcomes =
        "\n[[outcome]]\nname = \"elsewhere\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"B\"]\nas = \"change\"\n";
    let settings = "[simulation]\ndraws = 6144\nprecision = 0.0015\n";
    let path = bench.file("precise.toml", &format!("{HEAD}{settings}{}{outcomes}", linear()));
    let (run, said) = loud(&bench, &path, &[]);
    let convergence = run.table("convergence.csv");
    let relative = |row: &common::Row<'_>| row.number("se") / row.number("mean").abs();
    let worst = |draws: &str| convergence.of(&[("draws", draws)]).map(|row| relative(&row)).fold(0.0, f64::max);
    let mut draws: Vec<&str> = convergence.texts("draws");
    draws.sort_by_key(|draws| draws.parse::<u64>().unwrap());
    draws.dedup();
    let (last, before) = draws.split_last().unwrap();
    assert!(last != &"6144" && before.iter().all(|draws| worst(draws) >= 0.0015) && worst(last) < 0.0015, "{draws:?}, {said}");
    assert!(said.contains(&format!("reached after {last} of at most 6144")) && said.contains("least sure: elsewhere in 2025"), "{said}");
    let (run, said) = loud(&bench, &path, &["--draws", "1100", "--sampler", "random"]);
    assert!(said.contains("warning: precision of 0.15% not reached in 1100 draws; least sure: elsewhere in 2025"), "{said}");
    assert_eq!(run.manifest()["draws"].as_u64(), Some(1100));
}

#[test]
fn the_last_checkpoint_is_the_summary() {
    let bench = small();
    for (sampler, draws, expected) in
        [("sobol", "1300", vec!["1024", "1300"]), ("latin-hypercube", "1024", vec!["1024"]), ("random", "40", vec!["40"])]
    {
        let run = bench.simulate("everything", EVERYTHING, &["--sampler", sampler, "--draws", draws]);
        let (convergence, summary) = (run.table("convergence.csv"), run.table("summary.csv"));
        for row in summary.iter() {
            let keys = [("outcome", row.text("outcome")), ("period", row.text("period"))];
            let settled: Vec<_> = convergence.of(&keys).collect();
            assert_eq!(settled.iter().map(|row| row.text("draws")).collect::<Vec<_>>(), expected);
            let last = settled.last().unwrap();
            assert_eq!((last.text("mean"), last.text("se")), (row.text("mean"), row.text("se")), "{sampler}");
            assert!(row.number("se") > 0.0);
        }
    }
}

#[test]
fn quiet_runs_keep_their_remarks_and_not_their_warnings() {
    let bench = duty_bench();
    let settings = "[simulation]\ndraws = 1024\nprecision = \"50%\"\n";
    let path = bench.file("quiet.toml", &format!("{HEAD}{settings}{}", linear()));
    assert!(loud(&bench, &path, &["--quiet"]).1.is_empty());
    assert!(loud(&bench, &path, &["--quiet", "--sampler", "quadrature"]).1.is_empty());
    let path = bench.file("quiet.toml", &format!("{HEAD}{}{}", settings.replace("50%", "0.001%"), linear()));
    assert!(loud(&bench, &path, &["--quiet", "--sampler", "random"]).1.starts_with("warning: precision"));
}

#[test]
fn differences_of_quadratures_are_those_of_their_moments_or_none() {
    let bench = duty_bench();
    let (one, other) = (linear(), linear().replace("max = 0.3", "max = 0.5"));
    let compare = |one: &str, other: &str| {
        let paths = [bench.file("one.toml", &format!("{HEAD}{one}")), bench.file("other.toml", &format!("{HEAD}{other}"))];
        let out = bench.path("compared");
        tradewind().arg("compare").args(paths).args(["--sampler", "quadrature", "--no-plots", "--out"]).arg(out).assert()
    };
    compare(&one, &other).code(0);
    let summary = Run::of(&bench.path("compared/one-vs-other")).table("summary.csv");
    // 0.3 × (uniform on 0.1 … 0.5 less uniform on 0.1 … 0.3, under the same draws).
    close(summary.number(&[("outcome", "duty")], "mean"), 0.3 * 0.1, 0.0, 1e-12);
    close(summary.number(&[("outcome", "duty")], "sd"), 0.3 * 0.2 / 12f64.sqrt(), 0.0, 1e-12);
    // Points for two numbers and for one are points of two rules.
    let fewer = one.replace("{ dist = \"uniform\", min = 0.1, max = 0.3 }", "\"20%\"");
    for (one, other) in [(&one, &fewer), (&fewer, &one)] {
        let said = stderr(&compare(one, other).code(2)).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("have no points in common") && said.contains("--sampler sobol"), "{said}");
    }
}
