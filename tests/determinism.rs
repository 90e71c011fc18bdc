//! The same scenario gives the same bytes: whatever the threads, the instruction set, the number of draws around a draw, the other inputs and outcomes.

mod common;

use common::{Bench, Run, Table, World, shipped};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use tradewind::numerics::Isa;
use tradewind::simulation::chunk::{CHUNK, Chunk, ChunkWork};
use tradewind::simulation::{self, Control, Plan, Results};
use tradewind::{baseline, scenario};

const SMALL: &str = r#"
baseline = "world"
periods = "2025..2026"
[simulation]
draws = 700
[[tariff]]
name = "Steel"
importer = "USA"
exporters = "*"
sectors = ["steel"]
rate = { dist = "triangular", min = "20%", mode = "50%", max = "60%" }
from = 2025-06-04
[[tariff]]
name = "Canada"
importer = "USA"
exporters = ["CAN"]
sectors = "*"
rate = "25%"
from = 2025-03-04
usmca_exempt = true
"#;
const OUTCOMES: &str = r#"
[[outcome]]
name = "Canada to the US"
measure = "trade_value"
exporters = ["CAN"]
importers = ["USA"]
as = "percent"
[[outcome]]
name = "Share by sea"
measure = "mode_share"
exporters = ["CAN"]
importers = ["MEX"]
modes = ["sea"]
"#;

fn small() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    bench
}

/// A scenario that comes with the programme, compiled.
fn plan(name: &str, draws: u64) -> Plan {
    let document = scenario::open(&shipped(name)).unwrap();
    let (baseline, _) = baseline::read(document.baseline_folder()).unwrap();
    let (mut scenario, _) = document.resolve(&baseline).unwrap();
    scenario.simulation.draws = draws;
    Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"))
}

fn run(plan: &Plan, isa: Isa, threads: usize) -> (Results, Vec<Chunk>) {
    let mut chunks = Vec::new();
    let mut keep = |chunk: &Chunk| {
        chunks.push(chunk.clone());
        Ok(())
    };
    let control =
        Control { threads: Some(threads), isa, cancel: &AtomicBool::new(false), progress: &|_| (), enough: None, keep: Some(&mut keep) };
    let results = simulation::run(plan, control).unwrap();
    (results, chunks)
}

fn same_files(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs: {what}");
    }
}

#[test]
fn threads_change_no_byte_of_any_file() {
    let bench = small();
    let path = bench.file("small.toml", &format!("{SMALL}{OUTCOMES}"));
    let files =
        |threads: &str| bench.run(std::slice::from_ref(&path), threads, &["--threads", threads, "--keep-draws", "csv", "--quiet"]).files();
    let one = files("1");
    assert!(one.len() > 20 && one.contains_key("draws.csv") && one.contains_key("manifest.json"));
    assert!(one.keys().any(|name| name.ends_with(".png")) && one.keys().any(|name| name.ends_with(".svg")));
    for threads in ["2", "5"] {
        same_files(&one, &files(threads), &format!("1 and {threads} threads"));
    }
}

#[test]
fn threads_change_no_table_of_the_flagship() {
    let bench = Bench::new();
    let path = shipped("north-america-2025.toml");
    let files = |threads: &str| {
        bench.run(std::slice::from_ref(&path), threads, &["--threads", threads, "--draws", "520", "--no-plots", "--quiet"]).files()
    };
    let one = files("1");
    assert!(one.contains_key("maritime_shift.csv"));
    same_files(&one, &files("2"), "1 and 2 threads");
    same_files(&one, &files("5"), "1 and 5 threads");
}

#[test]
fn instruction_sets_change_no_bit() {
    // A whole chunk and part of another, whose last batch has lanes to spare.
    let plan = plan("north-america-2025.toml", CHUNK as u64 + 21);
    let (expected, _) = run(&plan, Isa::Portable, 2);
    assert!(expected.outcomes.iter().any(|column| column.whole().sd() > 0.0));
    let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for isa in Isa::available().into_iter().filter(|isa| *isa != Isa::Portable) {
        let (found, _) = run(&plan, isa, 2);
        for (a, b) in expected.outcomes.iter().zip(&found.outcomes) {
            assert_eq!((bits(&a.values), &a.replicates), (bits(&b.values), &b.replicates), "{}", isa.name());
        }
        assert!(bits(&expected.mean_change) == bits(&found.mean_change), "{}", isa.name());
        assert!(expected.leading == found.leading, "{}", isa.name());
        assert_eq!(expected.failures, found.failures);
    }
}

#[test]
fn a_draw_alone_is_the_draw_among_others() {
    // The lanes of a chunk need more than a test's 2 MiB of stack where the compiler does not optimise; a run gives its threads as much.
    let roomy = std::thread::Builder::new().stack_size(16 << 20).spawn(one_by_one).unwrap();
    roomy.join().unwrap();
}

fn one_by_one() {
    let plan = plan("steel-50.toml", 3 * CHUNK as u64);
    let isa = Isa::detect();
    let (_, chunks) = run(&plan, isa, 2);
    let design = plan.design();
    // A whole chunk out of turn.
    let third = simulation::run::one(&plan, &design, 2, isa);
    assert!(third.outcomes == chunks[2].outcomes && third.inputs == chunks[2].inputs && third.sums == chunks[2].sums);
    // A draw in a batch of its own, in whichever lane.
    for draw in [0u64, 7, 8, 255, 256, 300, 767] {
        let alone = ChunkWork { plan: &plan, design: &design, first: draw, count: 1, keep: 0, only: None }.run_on(isa);
        let (chunk, place) = (&chunks[draw as usize / CHUNK], draw as usize % CHUNK);
        assert!(alone.alive[0] && chunk.alive[place]);
        for (columns, together) in [(&alone.inputs, &chunk.inputs), (&alone.outcomes, &chunk.outcomes)] {
            assert!(!columns.is_empty());
            for column in (0..columns.len()).step_by(CHUNK) {
                assert_eq!(columns[column].to_bits(), together[column + place].to_bits(), "draw {draw}");
            }
        }
    }
}

#[test]
fn more_draws_begin_with_the_fewer() {
    let bench = small();
    let draws = |draws: &str| bench.simulate(&format!("n{draws}"), SMALL, &["--draws", draws, "--keep-draws", "csv"]).table("draws.csv");
    let (few, many) = (draws("300"), draws("1000"));
    assert_eq!((few.rows.len(), many.rows.len()), (600, 2000));
    assert_eq!(few.header, many.header);
    assert_eq!(few.rows[..], many.rows[..600]);
    let numbers: Vec<&str> = many.texts("draw");
    assert_eq!((numbers[0], numbers[1], numbers[1999]), ("0", "0", "999"));
}

/// The columns that both tables have, but for what is named `except`.
fn same_columns(one: &Table, other: &Table, except: &[&str]) -> usize {
    let shared: Vec<&String> = one.header.iter().filter(|name| other.header.contains(name) && !except.contains(&name.as_str())).collect();
    for name in &shared {
        assert_eq!(one.texts(name), other.texts(name), "{name}");
    }
    shared.len()
}

#[test]
fn another_input_or_outcome_changes_no_other_column() {
    let bench = small();
    let keep = ["--keep-draws", "csv"];
    let plain = bench.simulate("plain", &format!("{SMALL}{OUTCOMES}"), &keep).table("draws.csv");
    let inputs = plain.header.len() - 3 - 2;
    assert!(inputs >= 10, "{:?}", plain.header);

    let more = "[freight]\ntruck.\"*\" = 1.5\nsea.\"*\" = { dist = \"lognormal\", mean = 1, sd = 0.2 }\n[elasticities]\ndemand.grain = { dist = \"gamma\", mean = 1, sd = 0.2 }\n";
    let widened = bench.simulate("widened", &format!("{SMALL}{more}{OUTCOMES}"), &keep).table("draws.csv");
    assert!(
        widened.header.iter().any(|name| name == "freight.sea.\"*\"")
            && widened.header.iter().any(|name| name == "elasticities.demand.grain")
    );
    // The outcomes answer to freight; the inputs and keys do not.
    assert_eq!(same_columns(&plain, &widened, &["Canada to the US", "Share by sea"]), 3 + inputs);
    assert_ne!(plain.texts("Share by sea"), widened.texts("Share by sea"));

    let outcome = "[[outcome]]\nname = \"Welfare\"\nmeasure = \"welfare\"\nimporters = [\"USA\"]\n";
    let reported = bench.simulate("reported", &format!("{SMALL}{outcome}{OUTCOMES}"), &keep).table("draws.csv");
    assert_eq!(reported.header.len(), plain.header.len() + 1);
    assert_eq!(same_columns(&plain, &reported, &[]), plain.header.len());
}

#[test]
fn a_seed_is_a_world() {
    let bench = small();
    let files = |stem: &str, seed: &str| bench.simulate(stem, SMALL, &["--seed", seed, "--keep-draws", "csv"]);
    let (one, again, other) = (files("one", "7"), files("again", "7"), files("other", "8"));
    for name in one.files().keys().filter(|name| name.ends_with(".csv")) {
        assert!(one.files()[name] == again.files()[name], "{name}");
    }
    let (one, other) = (one.table("draws.csv"), other.table("draws.csv"));
    assert_eq!(one.header, other.header);
    for name in one.header.iter().skip(3).filter(|name| name.starts_with("elasticities") || name.starts_with("tariff")) {
        assert_ne!(one.texts(name), other.texts(name), "{name}");
    }
}

#[test]
fn samplers_agree_within_their_errors() {
    let bench = small();
    let summary = |sampler: &str| {
        let run: Run = bench.simulate(sampler, SMALL, &["--sampler", sampler, "--draws", "4096"]);
        run.table("summary.csv")
    };
    let (sobol, random) = (summary("sobol"), summary("random"));
    assert!(sobol.rows.len() >= 10);
    let (mut squares, mut compared) = (0.0, 0.0);
    for (a, b) in sobol.iter().zip(random.iter()) {
        assert_eq!(a.key(&["outcome", "period"]), b.key(&["outcome", "period"]));
        let error = a.number("se").hypot(b.number("se"));
        let apart = (a.number("mean") - b.number("mean")).abs();
        assert!(apart <= 4.0 * error, "{:?}: {apart} with an error of {error}", a.key(&["outcome", "period"]));
        if error > 0.0 {
            squares += (apart / error).powi(2);
            compared += 1.0;
            assert!(a.number("se") < b.number("se"), "Sobol' points are no better than random ones: {:?}", a.cells);
        }
    }
    // Errors that are stated far too large would pass the test above unseen.
    assert!(compared > 5.0 && squares / compared > 0.02, "{squares} of {compared}");
}
