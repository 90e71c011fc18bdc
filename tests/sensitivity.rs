//! Which inputs drive which outcomes: the screening of a plain run and the indices of `sensitivity`, on outcomes whose shares of variance are known in closed form.

mod common;

use common::{Bench, Run, Table, close, duties, duty, stderr, tradewind, two_duties};

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 1024\n";
const ELASTICITIES: &str = "[elasticities]\nimport.\"*\" = { dist = \"lognormal\", mean = 6, sd = 1.5 }\n\
    domestic.\"*\" = { dist = \"gamma\", mean = 3, sd = 0.6 }\n";
const ON_A: &str = "tariff.\"On A\".rate";
const ON_B: &str = "tariff.\"On B\".rate";
const COVERAGE: &str = "tariff.\"On A\".coverage";
const IMPORT: &str = "elasticities.import.\"*\"";
const DOMESTIC: &str = "elasticities.domestic.\"*\"";

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    bench
}

/// duty = 0.3 × uniform on 0 … 0.6 + 0.7 × symmetric triangle on 0.1 … 0.7; elasticities, which a duty weighted by base-year trade does not hang on.
fn additive() -> String {
    let rates = duties("{ dist = \"uniform\", min = 0, max = 0.6 }", "{ dist = \"triangular\", min = 0.1, mode = 0.4, max = 0.7 }");
    format!("{HEAD}{ELASTICITIES}{rates}")
}

/// 0.3² · 0.6²/12 and 0.7² · 0.3²/6, as shares of their sum.
const SHARES: [f64; 2] = [0.0027 / 0.01005, 0.00735 / 0.01005];

/// What `sensitivity` leaves of a scenario.
fn sensitivity(bench: &Bench, scenario: &str, options: &[&str]) -> Run {
    let path = bench.file("driven.toml", scenario);
    let out = bench.path("sensitivity");
    tradewind().arg("sensitivity").arg(path).args(["--no-plots", "--quiet", "--out"]).arg(&out).args(options).assert().code(0);
    Run::of(&out.join("driven"))
}

/// Estimate, low and high.
fn index(table: &Table, outcome: &str, input: &str, index: &str) -> [f64; 3] {
    let keys = [("outcome", outcome), ("input", input), ("index", index)];
    let row = table.one(&keys);
    ["estimate", "low", "high"].map(|column| row.number(column))
}

#[test]
fn shares_of_a_sum_are_those_of_its_parts() {
    let bench = bench();
    for sampler in ["sobol", "latin-hypercube", "random"] {
        let mut missed = 0;
        for seed in ["1", "2", "3", "4"] {
            let run = sensitivity(&bench, &additive(), &["--rows", "512", "--sampler", sampler, "--seed", seed, "--draws", "256"]);
            let table = run.table("sensitivity.csv");
            for (input, share) in [(ON_A, SHARES[0]), (ON_B, SHARES[1])] {
                for kind in ["first", "total"] {
                    let [value, low, high] = index(&table, "duty", input, kind);
                    close(value, share, 1.0, 0.15);
                    assert!(low < value && value < high);
                    missed += usize::from(!(low..=high).contains(&share));
                }
            }
            // Nothing hangs on these, in any row.
            for input in [IMPORT, DOMESTIC] {
                for kind in ["first", "total"] {
                    assert_eq!(index(&table, "duty", input, kind), [0.0; 3]);
                }
            }
        }
        // Sixteen intervals of 95%, which miss in pairs since the two shares are complements: more than four misses come about once in a hundred times.
        assert!(missed <= 4, "{sampler}: {missed} of 16");
    }
}

#[test]
fn what_works_together_is_in_both_totals() {
    let bench = bench();
    // duty = 0.3 × rate × coverage, both uniform: the variance of a product of independent numbers.
    let measure = duty("On A", "C", "[\"A\"]", "\"*\"", "{ dist = \"uniform\", min = 0, max = 0.6 }")
        + "coverage = { dist = \"uniform\", min = 0, max = 1 }\n"
        + "[[outcome]]\nname = \"duty\"\nmeasure = \"effective_tariff\"\nimporters = [\"C\"]\nas = \"level\"\n";
    let run = sensitivity(&bench, &format!("{HEAD}{measure}"), &["--rows", "2048"]);
    let table = run.table("sensitivity.csv");
    // Relative variances of 1/3 each and 1/9 together: 3/7, 3/7 and 1/7.
    for input in [ON_A, COVERAGE] {
        for (kind, truth) in [("first", 3.0 / 7.0), ("total", 4.0 / 7.0)] {
            let [value, low, high] = index(&table, "duty", input, kind);
            close(value, truth, 1.0, 0.05);
            assert!(low < value && value < high && high - low < 0.2, "{low} {high}");
        }
    }
    // One group brings all of it.
    for kind in ["shapley", "first", "total"] {
        close(index(&table, "duty", "group: policy", kind)[0], 1.0, 0.0, 1e-9);
    }
}

/// Rates, elasticities and what A sells to C are uncertain, and A's sales hang on all.
fn three_groups() -> String {
    let trade = "[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"C\"]\nas = \"change\"\n";
    format!("{}{trade}[data]\ntrade = {{ \"A-C\" = 0.3 }}\n", additive())
}

#[test]
fn groups_share_all_of_the_variance() {
    let bench = bench();
    let run = sensitivity(&bench, &three_groups(), &["--rows", "512"]);
    let table = run.table("sensitivity.csv");
    for outcome in ["duty", "trade"] {
        let keys = [("outcome", outcome), ("index", "shapley")];
        let groups: Vec<_> = table.of(&keys).map(|row| (row.text("input"), row.number("estimate"))).collect();
        assert_eq!(groups.iter().map(|group| group.0).collect::<Vec<_>>(), ["group: elasticities", "group: policy", "group: data"]);
        close(groups.iter().map(|group| group.1).sum(), 1.0, 0.0, 1e-9);
        for (input, share) in groups {
            // An effect lies between what the group brings alone and what it brings with all others, up to what sampling leaves.
            let [first, total] = ["first", "total"].map(|kind| index(&table, outcome, input, kind)[0]);
            assert!(first - 0.1 < share && share < total + 0.1, "{outcome}, {input}: {first} {share} {total}");
        }
    }
    let share = |outcome: &str, group: &str| index(&table, outcome, &format!("group: {group}"), "shapley")[0];
    // The weights of the duty hang on the data, its rates on policy, and neither on elasticities.
    close(share("duty", "elasticities"), 0.0, 1.0, 0.05);
    assert!(share("duty", "policy") > 0.8, "{}", share("duty", "policy"));
    assert!(["elasticities", "policy", "data"].iter().all(|group| share("trade", group) > 0.02));
    let manifest = run.manifest();
    assert_eq!(manifest["draws"].as_u64(), Some(1024), "the run itself is the scenario's");
}

#[test]
fn inputs_beyond_the_number_asked_for_are_taken_as_one() {
    let bench = bench();
    let of = |options: &[&str]| {
        let table = sensitivity(&bench, &additive(), &[&["--rows", "512"], options].concat()).table("sensitivity.csv");
        let inputs = table.of(&[("outcome", "duty"), ("index", "total")]).map(|row| row.text("input").to_owned());
        (inputs.filter(|input| !input.starts_with("group: ")).collect::<Vec<_>>(), table)
    };
    let (inputs, table) = of(&["--inputs", "1"]);
    // The strongest by itself, then the other three.
    assert_eq!(inputs, [ON_B, "all other inputs (3)"]);
    close(index(&table, "duty", &inputs[1], "total")[0], SHARES[0], 1.0, 0.1);
    close(index(&table, "duty", &inputs[0], "first")[0], SHARES[1], 1.0, 0.1);
    // One left over is no more trouble than what stands for it.
    let (inputs, _) = of(&["--inputs", "3"]);
    assert!(inputs.len() == 4 && !inputs.iter().any(|input| input.starts_with("all")), "{inputs:?}");
    assert_eq!(of(&["--all-inputs"]).0.len(), 4);
}

#[test]
fn correlated_inputs_are_one() {
    let bench = bench();
    let scenario = format!("{}[correlation]\npairs = [['{ON_A}', '{ON_B}', 0.6]]\n", additive());
    let table = sensitivity(&bench, &scenario, &["--rows", "256"]).table("sensitivity.csv");
    let bundle = format!("{ON_A} & {ON_B}");
    let inputs: Vec<&str> = table
        .of(&[("outcome", "duty"), ("index", "first")])
        .map(|row| row.text("input"))
        .filter(|input| !input.starts_with("group: "))
        .collect();
    assert_eq!(inputs[0], bundle);
    assert_eq!(inputs.len(), 3);
    for kind in ["first", "total"] {
        close(index(&table, "duty", &bundle, kind)[0], 1.0, 0.0, 1e-9);
    }
    // The screening tells them apart, each with what it is correlated with: more than their own shares.
    let [one, other] = [ON_A, ON_B].map(|input| index(&table, "duty", input, "given_data")[0]);
    assert!(one > SHARES[0] + 0.1 && other > SHARES[1], "{one} {other}");
    // A correlation across groups makes one source of them.
    let scenario = format!("{}[correlation]\npairs = [['{ON_A}', '{IMPORT}', 0.6]]\n", additive());
    let table = sensitivity(&bench, &scenario, &["--rows", "256"]).table("sensitivity.csv");
    let groups: Vec<&str> = table.of(&[("outcome", "duty"), ("index", "shapley")]).map(|row| row.text("input")).collect();
    assert_eq!(groups, ["group: elasticities & policy"]);
}

#[test]
fn a_plain_run_screens_its_inputs() {
    let bench = bench();
    for sampler in ["sobol", "latin-hypercube", "random"] {
        let table = bench.simulate("plain", &additive(), &["--sampler", sampler, "--draws", "4096"]).table("sensitivity.csv");
        let mut kinds: Vec<&str> = table.texts("index");
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, ["delta", "given_data", "rank"]);
        let strongest: Vec<&str> = table.of(&[("outcome", "duty"), ("index", "given_data")]).map(|row| row.text("input")).collect();
        assert_eq!(strongest[..2], [ON_B, ON_A]);
        for (input, share) in [(ON_A, SHARES[0]), (ON_B, SHARES[1])] {
            let [value, low, high] = index(&table, "duty", input, "given_data");
            // Classes blur a little of what an input explains.
            close(value, share, 1.0, 0.04);
            assert!(low < value && value < high, "{low} {high}");
            // Of what is nearly normal and linear, the rank correlation is near the root of the share.
            close(index(&table, "duty", input, "rank")[0], share.sqrt(), 1.0, 0.06);
        }
        let delta = |input: &str| index(&table, "duty", input, "delta")[0];
        assert!(delta(ON_B) > delta(ON_A) && delta(ON_A) > 0.05 && delta(ON_B) < 1.0);
        for input in strongest.iter().filter(|input| input.starts_with("elasticities")) {
            assert!(delta(input).abs() < 0.05 && index(&table, "duty", input, "given_data")[0].abs() < 0.02);
        }
    }
}

#[test]
fn a_higher_duty_lowers_the_trade_it_is_on() {
    let bench = bench();
    let table = bench.simulate("plain", &three_groups(), &["--draws", "1024"]).table("sensitivity.csv");
    let [rank, low, high] = index(&table, "trade", ON_A, "rank");
    assert!(rank < -0.3 && low < rank && rank < high && high < 0.0, "{low} {rank} {high}");
    // What is bought elsewhere comes from A.
    assert!(index(&table, "trade", ON_B, "rank")[0] > 0.0);
}

#[test]
fn threads_change_no_byte() {
    let bench = bench();
    let files = |threads: &str| sensitivity(&bench, &three_groups(), &["--rows", "192", "--draws", "300", "--threads", threads]).files();
    let one = files("1");
    assert!(one.contains_key("sensitivity.csv") && one.contains_key("summary.csv"));
    assert!(one == files("2") && one == files("5"));
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let bench = bench();
    let fixed = format!("{HEAD}{}", duties("\"10%\"", "\"20%\""));
    let grid = format!("{}[[sweep]]\npath = 'elasticities.supply.\"*\"'\nvalues = [1, 2, 3]\n", additive());
    let quadrature = additive().replace("draws = 1024", "sampler = \"quadrature\"");
    let cases: [(&str, &[&str], &str); 5] = [
        (&fixed, &[], "no number is uncertain"),
        (&additive(), &["--sampler", "quadrature"], "a quadrature has no draws"),
        (&quadrature, &[], "--sampler sobol"),
        (&grid, &[], "sensitivity takes one scenario, and this is a grid of 3"),
        (&additive(), &["--rows", "10"], "64"),
    ];
    for (scenario, options, expected) in cases {
        let path = bench.file("refused.toml", scenario);
        let done = tradewind().arg("sensitivity").arg(path).args(options).arg("--out").arg(bench.path("out")).assert().code(2);
        let said = stderr(&done).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{said}");
    }
    assert!(!bench.path("out").exists());
}

#[test]
fn draws_that_fail_are_in_no_index() {
    let bench = bench();
    // A quarter of the draws have no equilibrium.
    let scenario = format!(
        "{HEAD}[elasticities]\nimport.goods = {{ dist = \"discrete\", values = [4, 40_000], probabilities = [0.75, 0.25] }}\n\
         supply.goods = {{ dist = \"lognormal\", mean = 2, sd = 0.5 }}\n{}[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\n\
         importers = [\"C\"]\nas = \"change\"\n",
        duty("All", "C", "\"*\"", "\"*\"", "{ dist = \"uniform\", min = \"300%\", max = \"400%\" }")
    );
    let path = bench.file("hard.toml", &scenario);
    let start = |command: &str, options: &[&str]| {
        let out = bench.path(command);
        let done =
            tradewind().arg(command).arg(&path).args(["--draws", "256", "--no-plots", "--out"]).arg(&out).args(options).assert().code(3);
        (Run::of(&out.join("hard")), stderr(&done))
    };
    let (run, _) = start("run", &["--keep-draws", "csv"]);
    let (kept, screened) = (run.table("draws.csv"), run.table("sensitivity.csv"));
    assert!(kept.rows.len() < 230 && kept.rows.len() > 150, "{}", kept.rows.len());
    let column = |name: &str| kept.iter().map(|row| row.number(name)).collect::<Vec<f64>>();
    let ranks =
        |numbers: &[f64]| numbers.iter().map(|one| numbers.iter().filter(|other| *other < one).count() as f64).collect::<Vec<f64>>();
    let n = kept.rows.len() as f64;
    for input in ["elasticities.supply.goods", "tariff.All.rate"] {
        let squares: f64 = ranks(&column(input)).iter().zip(ranks(&column("trade"))).map(|(a, b)| (a - b).powi(2)).sum();
        close(index(&screened, "trade", input, "rank")[0], 1.0 - 6.0 * squares / (n * n * n - n), 1.0, 1e-9);
    }
    // Rows of which any of the evaluations failed are left out, and told of.
    let (run, said) = start("sensitivity", &["--rows", "256"]);
    let table = run.table("sensitivity.csv");
    let shares: Vec<f64> = ["elasticities.supply.goods", "tariff.All.rate"].map(|input| index(&table, "trade", input, "total")[0]).to_vec();
    assert!(shares.iter().all(|share| *share > 0.01) && (shares.iter().sum::<f64>() - 1.0).abs() < 0.1, "{shares:?}");
    assert!(said.contains("of 256 rows had a draw that did not solve and are in no index"), "{said}");
}

#[test]
fn what_one_command_takes_from_the_other_is_said_before_it_is_gone() {
    let bench = bench();
    let path = bench.file("driven.toml", &additive());
    let said = |command: &str, options: &[&str]| {
        let done = tradewind()
            .arg(command)
            .arg(&path)
            .args(["--no-plots", "--quiet", "--draws", "64", "--out"])
            .arg(bench.path("out"))
            .args(options)
            .assert();
        stderr(&done.code(0)).lines().filter(|line| line.contains("will replace")).collect::<String>()
    };
    let (indices, kept) = (&["--rows", "64"][..], &["--keep-draws", "csv"][..]);
    assert_eq!(said("run", &[]), "");
    assert_eq!(said("run", &["--seed", "2"]), "", "what it left itself");
    assert_eq!(said("run", &[]), "");
    assert_eq!(said("sensitivity", indices), "", "the same run, with indices");
    let warning = said("run", &[]);
    assert!(
        warning.contains("`tradewind sensitivity driven.toml --draws 64") && warning.contains("its Sobol' indices included"),
        "{warning}"
    );
    assert!(warning.contains(&bench.path("out/driven").display().to_string()) && warning.contains("--out"), "{warning}");
    let warning = said("sensitivity", &["--rows", "64", "--seed", "2"]);
    assert!(warning.contains("`tradewind run driven.toml --draws 64") && !warning.contains("included"), "{warning}");
    assert_eq!(said("sensitivity", indices), "", "what it left itself");
    assert!(said("run", kept).contains("its Sobol' indices included"));
    let warning = said("sensitivity", indices);
    assert!(warning.contains("its draws.csv included"), "{warning}");
    let grid = format!("{}\n[[sweep]]\npath = \"elasticities.demand.\\\"*\\\"\"\nvalues = [1, 2]\n", additive());
    std::fs::write(&path, grid).unwrap();
    assert!(said("run", &[]).contains("its Sobol' indices included"));
    std::fs::write(&path, additive()).unwrap();
    assert!(said("run", &[]).contains("the points of its grid included"));
}
