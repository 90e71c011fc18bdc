//! `[correlation]`, end to end: rank correlations come out as asked and nothing else changes; what cannot be is refused by name, or repaired and told.

mod common;

use common::draws::Compiled;
use common::{Bench, Run, close, duties, stderr, tradewind, two_duties};

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n";
/// Four families of distributions, each number its own.
const UNCERTAIN: &str = "[elasticities]\nimport.\"*\" = { dist = \"lognormal\", mean = 6, sd = 1.5 }\n\
    domestic.\"*\" = { dist = \"gamma\", mean = 3, sd = 0.6 }\nsupply.\"*\" = { dist = \"lognormal\", mean = 2, sd = 0.7 }\n";
const IMPORT: &str = "elasticities.import.\"*\"";
const DOMESTIC: &str = "elasticities.domestic.\"*\"";
const SUPPLY: &str = "elasticities.supply.\"*\"";
const ON_A: &str = "tariff.\"On A\".rate";
const ON_B: &str = "tariff.\"On B\".rate";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    bench
}

fn rates() -> String {
    duties("{ dist = \"uniform\", min = 0.1, max = 0.3 }", "{ dist = \"pert\", min = 0, mode = 0.2, max = 0.9 }")
}

/// A scenario with these pairs; `more` says which copula, and whether to repair.
fn scenario(draws: usize, pairs: &[(&str, &str, f64)], more: &str) -> String {
    let pairs: String = pairs.iter().map(|(one, other, rho)| format!("    ['{one}', '{other}', {rho}],\n")).collect();
    let section = if pairs.is_empty() { String::new() } else { format!("[correlation]\n{more}pairs = [\n{pairs}]\n") };
    format!("{HEAD}[simulation]\ndraws = {draws}\n{UNCERTAIN}{section}{}", rates())
}

fn compile(bench: &Bench, draws: usize, pairs: &[(&str, &str, f64)], more: &str) -> Compiled {
    bench.compile("correlated", &scenario(draws, pairs, more))
}

/// Places in rising order, from 0; numbers are all different.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    let mut ranks = vec![0.0; numbers.len()];
    order.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank as f64);
    ranks
}

/// Spearman's ρ: 1 − 6Σd²/(n³ − n).
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(a, b)| (a - b).powi(2)).sum();
    1.0 - 6.0 * squares / (n * n * n - n)
}

const DRAWS: usize = 8192;
/// The standard error of a rank correlation over as many independent draws is at most 1/√n (and of a Student-t copula not much more); three and a half of them.
const SAMPLING: f64 = 0.04;
const PAIRS: [(&str, &str, f64); 3] = [(IMPORT, DOMESTIC, 0.6), (IMPORT, SUPPLY, -0.4), (ON_A, ON_B, 0.8)];
const STUDENT_T: &str = "copula = { dist = \"student-t\", df = 3 }\n";

#[test]
fn rank_correlations_are_those_asked_for() {
    for sampler in ["sobol", "latin-hypercube", "random"] {
        for copula in ["", "copula = \"gaussian\"\n", STUDENT_T] {
            let text = scenario(DRAWS, &PAIRS, copula).replace("draws =", &format!("sampler = \"{sampler}\"\ndraws ="));
            let compiled = bench().compile("correlated", &text);
            let drawn = |path: &str| compiled.input(path, DRAWS);
            for (one, other, asked) in PAIRS {
                close(spearman(&drawn(one), &drawn(other)), asked, 1.0, SAMPLING);
            }
            for (one, other) in [(IMPORT, ON_A), (SUPPLY, ON_B)] {
                close(spearman(&drawn(one), &drawn(other)), 0.0, 1.0, SAMPLING);
            }
            // Not given, so uncorrelated, although both go with a third.
            close(spearman(&drawn(DOMESTIC), &drawn(SUPPLY)), 0.0, 1.0, SAMPLING);
        }
    }
}

#[test]
fn a_kept_run_shows_the_numbers_that_were_drawn() {
    let bench = bench();
    let run = bench.simulate("correlated", &scenario(300, &PAIRS, STUDENT_T), &["--keep-draws", "csv"]);
    let kept = run.table("draws.csv");
    let compiled = bench.compile("again", &scenario(300, &PAIRS, STUDENT_T));
    for path in [IMPORT, DOMESTIC, SUPPLY, ON_A, ON_B] {
        let drawn = compiled.input(path, 300);
        assert_eq!(kept.rows.len(), 300);
        for (row, drawn) in kept.iter().zip(&drawn) {
            close(row.number(path), *drawn, 0.0, 1e-14);
        }
    }
}

#[test]
fn every_number_keeps_its_own_distribution() {
    let alone = compile(&bench(), DRAWS, &[], "");
    for copula in ["", STUDENT_T] {
        let together = compile(&bench(), DRAWS, &PAIRS, copula);
        for path in [IMPORT, DOMESTIC, SUPPLY, ON_A, ON_B] {
            let (mut one, mut other) = (alone.input(path, DRAWS), together.input(path, DRAWS));
            one.sort_by(f64::total_cmp);
            other.sort_by(f64::total_cmp);
            // Kolmogorov and Smirnov: the widest gap between the shares below, exceeded by independent draws of one distribution once in a thousand times.
            let below = |x: f64| one.partition_point(|&y| y <= x) as f64 / DRAWS as f64;
            let apart = other.iter().enumerate().map(|(at, &x)| (below(x) - at as f64 / DRAWS as f64).abs()).fold(0.0, f64::max);
            assert!(apart < 1.95 * (2.0 / DRAWS as f64).sqrt(), "{path}: {apart}");
        }
    }
}

#[test]
fn what_is_not_named_is_untouched_to_the_last_bit() {
    let (alone, together) = (compile(&bench(), 512, &[], ""), compile(&bench(), 512, &[(SUPPLY, IMPORT, 0.5)], STUDENT_T));
    for path in [DOMESTIC, ON_A, ON_B] {
        assert!(alone.input(path, 512) == together.input(path, 512), "{path}");
    }
    assert!(alone.input(SUPPLY, 512) != together.input(SUPPLY, 512));
    // In the tables too, under a duty that does not hang on what is correlated.
    let bench = bench();
    let column = |pairs: &[(&str, &str, f64)]| bench.simulate("correlated", &scenario(64, pairs, ""), &[]).table("tariffs.csv");
    assert_eq!(column(&[]), column(&[(SUPPLY, IMPORT, 0.5)]));
    assert_ne!(column(&[]), column(&[(ON_B, ON_A, 0.5)]));
}

#[test]
fn extremes_meet_more_often_in_a_student_t_copula() {
    let draws = 16_384;
    let together = |copula: &str| {
        let compiled = compile(&bench(), draws, &[(IMPORT, DOMESTIC, 0.5)], copula);
        let top = |path: &str| ranks(&compiled.input(path, draws)).into_iter().map(|rank| rank >= 0.99 * draws as f64);
        top(IMPORT).zip(top(DOMESTIC)).filter(|(one, other)| *one && *other).count() as f64 / (0.01 * draws as f64)
    };
    // Of the highest hundredth of one, the share that is in the highest hundredth of the other: Gaussian 0.13, Student-t with three degrees of freedom 0.36.
    let (gaussian, student) = (together(""), together(STUDENT_T));
    assert!(gaussian < 0.22 && student > 0.27, "{gaussian}, {student}");
}

#[test]
fn perfect_correlation_is_perfect() {
    let pairs = [(IMPORT, DOMESTIC, 1.0), (ON_A, ON_B, -1.0)];
    for copula in ["", STUDENT_T] {
        let compiled = compile(&bench(), 1024, &pairs, copula);
        let ranks = |path: &str| ranks(&compiled.input(path, 1024));
        assert_eq!(ranks(IMPORT), ranks(DOMESTIC));
        assert_eq!(ranks(ON_A), ranks(ON_B).into_iter().map(|rank| 1023.0 - rank).collect::<Vec<_>>());
    }
}

/// What goes up with a thing that goes up with another cannot go down with that.
const IMPOSSIBLE: [(&str, &str, f64); 4] = [(ON_A, ON_B, 0.3), (IMPORT, DOMESTIC, 0.9), (DOMESTIC, SUPPLY, 0.9), (IMPORT, SUPPLY, -0.9)];

#[test]
fn correlations_that_cannot_be_are_refused_where_they_stand() {
    let bench = bench();
    let text = scenario(64, &IMPOSSIBLE, "");
    let path = bench.file("impossible.toml", &text);
    let line = 1 + text.lines().position(|line| line.contains("-0.9")).unwrap();
    for command in ["run", "check"] {
        let said = stderr(&tradewind().arg(command).arg(&path).current_dir(bench.path("")).assert().code(2));
        assert!(said.contains(&format!("impossible.toml:{line}:")), "{said}");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        // 1 − 2r with r = 2 sin(π·0.9/6).
        assert!(said.contains("no numbers can be correlated as") && said.contains("the eigenvalue -0.816"), "{said}");
        for (named, path) in [(true, IMPORT), (true, DOMESTIC), (true, SUPPLY), (false, ON_A), (false, ON_B)] {
            let message = said.split(" are asked to be").next().unwrap();
            assert_eq!(message.contains(path), named, "{path}: {said}");
        }
        assert!(said.contains("repair = true"), "{said}");
    }
    assert!(!bench.path("output").exists());
}

#[test]
fn repaired_correlations_are_the_nearest_and_are_told() {
    let bench = bench();
    let path = bench.file("repaired.toml", &scenario(4096, &IMPOSSIBLE, "repair = true\n"));
    let done = tradewind().arg("run").arg(&path).args(["--no-plots", "--draws", "64", "--out"]).arg(bench.path("out")).assert().code(0);
    let said = stderr(&done).split_whitespace().collect::<Vec<_>>().join(" ");
    // By symmetry all three move alike, to ±1/2: √6 (r − 1/2) away.
    let distance = 6f64.sqrt() * (0.907_980_999_479_093_5 - 0.5);
    assert!(said.contains("warning") && said.contains(&format!("at a distance of {distance:.3}")), "{said}");
    let manifest = Run::of(&bench.path("out/repaired")).manifest();
    close(manifest["repair_distance"].as_f64().unwrap(), distance, 0.0, 1e-3);
    let compiled = compile(&bench, 4096, &IMPOSSIBLE, "repair = true\n");
    // ρ = (6/π) asin(r/2).
    let taken = 0.482_583_7;
    for (one, other, sign) in [(IMPORT, DOMESTIC, 1.0), (DOMESTIC, SUPPLY, 1.0), (IMPORT, SUPPLY, -1.0)] {
        close(spearman(&compiled.input(one, 4096), &compiled.input(other, 4096)), sign * taken, 1.0, SAMPLING);
    }
    // What can be is not repaired.
    let possible = bench.simulate("possible", &scenario(64, &PAIRS, "repair = true\n"), &[]);
    assert!(possible.manifest().get("repair_distance").is_none());
}

#[test]
fn an_event_may_go_with_a_number() {
    let event = "\n[[event]]\nname = \"Review\"\ndate = 2025-01-01\n[[event.outcome]]\nname = \"fails\"\nprobability = 0.25\n\
        [[event.outcome.tariff]]\nname = \"More\"\nimporter = \"C\"\nexporters = [\"A\"]\nsectors = \"*\"\nrate = \"10%\"\nfrom = 2025-01-01\n\
        [[event.outcome]]\nname = \"holds\"\nprobability = 0.75\n";
    let pairs: [(&str, &str, f64); 1] = [("event.Review", ON_B, -0.9)];
    let bench = bench();
    let run = bench.simulate("review", &(scenario(512, &pairs, "") + event), &["--keep-draws", "csv"]);
    let kept = run.table("draws.csv");
    let rates =
        |branch: &str| kept.iter().filter(|row| row.text("branch").contains(branch)).map(|row| row.number(ON_B)).collect::<Vec<_>>();
    let (fails, holds) = (rates("fails"), rates("holds"));
    let mean = |rates: &[f64]| rates.iter().sum::<f64>() / rates.len() as f64;
    assert_eq!(fails.len() + holds.len(), 512);
    close(fails.len() as f64, 128.0, 0.0, 0.15);
    // The uniform number that decides is lowest where the first outcome comes about.
    assert!(mean(&fails) > mean(&holds) + 0.15, "{} {}", mean(&fails), mean(&holds));
}

#[test]
fn two_hundred_numbers_may_all_go_together() {
    let bench = bench();
    let one = |k: usize| {
        format!(
            "\n[[tariff]]\nname = \"T{k:03}\"\nimporter = \"C\"\nexporters = [\"A\"]\nsectors = \"*\"\nfrom = 2025-01-01\n\
            rate = {{ dist = \"uniform\", min = 0, max = 0.001 }}\n"
        )
    };
    let all: String = (0..200).map(one).collect();
    let text = format!("{HEAD}[simulation]\ndraws = 4096\n[correlation]\npairs = [['tariff.*.rate', 'tariff.*.rate', 0.3]]\n{all}");
    let compiled = bench.compile("many", &text);
    assert_eq!(compiled.plan.world.parameters.components().iter().map(Vec::len).collect::<Vec<_>>(), [200]);
    let drawn = tradewind::simulation::inputs(&compiled.plan, 4096);
    let found: Vec<f64> = (0..199).map(|k| spearman(&drawn[k], &drawn[k + 1])).collect();
    let mean = found.iter().sum::<f64>() / found.len() as f64;
    close(mean, 0.3, 1.0, 0.02);
    assert!(found.iter().all(|rho| (rho - 0.3).abs() < 0.07), "{found:?}");
    bench.simulate("many", &text, &["--draws", "64"]);
}
