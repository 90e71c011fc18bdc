//! The commands as a person, a shell script or a batch job meets them: exit codes, what goes to which stream, and what is left behind.

mod common;

use assert_cmd::assert::Assert;
use common::{Bench, Run, TWO_YEARS, World, duty, names, shipped, tradewind};
use std::path::Path;
use std::process::{Command, Stdio};

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

#[test]
fn a_run_says_where_its_results_are_and_nothing_else() {
    let bench = Bench::with_two_alike();
    let out = bench.path("deep/results");
    let done = tradewind().arg("run").args([bench.path("one.toml"), bench.path("two.toml")]).arg("--out").arg(&out).assert().code(0);
    assert_eq!(stdout(&done), format!("{}\n{}\n", out.join("one").display(), out.join("two").display()));
    let said = stderr(&done);
    assert!(!said.is_empty() && !said.contains('\u{1b}') && !said.contains("draws/s"), "{said}");
    assert_eq!(names(&out), ["one", "two"]);
    let files = Run::of(&out.join("one")).files();
    for name in ["summary", "flows", "tariffs", "prices", "welfare", "diversion", "maritime_shift", "exposure", "failures"] {
        assert!(files.contains_key(&format!("{name}.csv")), "{name}");
    }
    assert!(files.contains_key("manifest.json") && !files.contains_key("draws.csv"));
    let plots = |ending: &str| files.keys().filter(|name| name.starts_with("plots/") && name.ends_with(ending)).count();
    assert!(plots(".png") >= 5 && plots(".png") == plots(".svg"));
}

#[test]
fn quiet_says_nothing_but_the_place() {
    let bench = Bench::with_two_alike();
    let run = |option: &str| {
        tradewind()
            .arg("run")
            .arg(bench.path("one.toml"))
            .arg("--out")
            .arg(bench.path("out"))
            .args([option, "--no-plots", "--draws", "1024"])
            .assert()
            .code(0)
    };
    for option in ["--quiet", "-q"] {
        let done = run(option);
        assert_eq!((stderr(&done), stdout(&done)), (String::new(), format!("{}\n", bench.path("out/one").display())));
    }
    assert!(!bench.path("out/one/plots").exists());
    // But for what is wrong with the figures.
    let few =
        tradewind().arg("run").arg(bench.path("one.toml")).arg("--out").arg(bench.path("out")).args(["-q", "--no-plots"]).assert().code(0);
    assert!(stderr(&few).starts_with("warning: quantiles") && stderr(&few).lines().count() == 1, "{}", stderr(&few));
    let checked = tradewind().args(["check", "--quiet"]).arg(bench.path("one.toml")).assert().code(0);
    assert_eq!((stdout(&checked), stderr(&checked)), (String::new(), String::new()));
}

#[test]
fn results_go_to_output_unless_told_otherwise() {
    let bench = Bench::with_two_alike();
    let done = tradewind().current_dir(bench.path("")).args(["run", "one.toml", "--no-plots"]).assert().code(0);
    assert_eq!(stdout(&done), format!("{}\n", Path::new("output").join("one").display()));
    assert!(bench.path("output/one/manifest.json").exists());
}

#[test]
fn one_wrong_scenario_stops_no_other() {
    let bench = Bench::with_two_alike();
    let wrong = bench.file("wrong.toml", &format!("{TWO_YEARS}drawz = 3\n"));
    let done = tradewind()
        .arg("run")
        .args([bench.path("one.toml"), wrong.clone(), bench.path("two.toml")])
        .arg("--out")
        .arg(bench.path("out"))
        .arg("--no-plots")
        .assert()
        .code(2);
    assert_eq!(stdout(&done), format!("{}\n{}\n", bench.path("out/one").display(), bench.path("out/two").display()));
    assert!(stderr(&done).contains("wrong.toml:5:1") && stderr(&done).contains("draws"), "{}", stderr(&done));
    assert_eq!(names(&bench.path("out")), ["one", "two"]);
    let checked = tradewind().arg("check").args([bench.path("one.toml"), wrong, bench.path("two.toml")]).assert().code(2);
    assert_eq!((stderr(&checked).matches(": fine:").count(), stdout(&checked)), (2, String::new()));
}

#[test]
fn two_scenarios_of_one_name_are_refused() {
    let bench = Bench::with_two_alike();
    bench.baseline("other/world", &World::small());
    let other = bench.file("other/one.toml", TWO_YEARS);
    let refused = tradewind().arg("run").args([bench.path("one.toml"), other]).arg("--out").arg(bench.path("out")).assert().code(2);
    assert!(stderr(&refused).contains("same folder") && stderr(&refused).contains("one.toml"), "{}", stderr(&refused));
    assert!(stdout(&refused).is_empty() && names(&bench.path("out")).is_empty());
}

#[test]
fn what_cannot_be_written_is_74() {
    let bench = Bench::with_two_alike();
    let file = bench.file("file", "mine");
    let mut places = vec![file.clone(), file.join("within")];
    if cfg!(target_os = "linux") {
        places.push("/proc/tradewind".into());
    }
    for place in places {
        let failed = tradewind().arg("run").arg(bench.path("one.toml")).arg("--out").arg(&place).assert().code(74);
        let said = stderr(&failed);
        assert!(said.contains("could not be written") && said.contains(&place.display().to_string()), "{said}");
        assert!(stdout(&failed).is_empty());
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    // A file where a folder of results should stand.
    let taken = bench.file("out/one", "mine too");
    tradewind().arg("run").arg(bench.path("one.toml")).arg("--out").arg(bench.path("out")).assert().code(74);
    assert_eq!((std::fs::read_to_string(&taken).unwrap().as_str(), names(&bench.path("out")).len()), ("mine too", 1));
}

#[test]
fn wrong_arguments_are_2() {
    let bench = Bench::with_two_alike();
    let one = bench.path("one.toml").display().to_string();
    let cases: &[(&[&str], &str)] = &[
        (&["run", &one, "--draws", "0"], "1..=100000000"),
        (&["run", &one, "--draws", "1000000000000"], "1..=100000000"),
        (&["run", &one, "--draws", "-5"], "-5"),
        (&["run", &one, "--draws", "many"], "many"),
        (&["run", &one, "--seed", "1.5"], "1.5"),
        (&["run", &one, "--threads", "0"], "1..=1024"),
        (&["run", &one, "--sampler", "dice"], "sobol"),
        (&["run", &one, "--keep-draws", "xlsx"], "csv"),
        (&["run", &one, "--drows", "5"], "--draws"),
        (&["run"], "SCENARIO"),
        (&["check"], "SCENARIO"),
        (&["rum", &one], "run"),
        (&["completions", "tcsh"], "bash"),
        (&[], "Usage"),
    ];
    for (arguments, expected) in cases {
        let refused = tradewind().current_dir(bench.path("")).args(*arguments).assert().code(2);
        assert!(stderr(&refused).contains(expected) && stdout(&refused).is_empty(), "{arguments:?}: {}", stderr(&refused));
    }
    assert!(!bench.path("output").exists());
}

#[test]
fn help_and_version_are_no_errors() {
    let version = tradewind().arg("--version").assert().code(0);
    assert_eq!(stdout(&version), concat!("tradewind ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = stdout(&tradewind().arg("--help").assert().code(0));
    for word in ["run", "check", "explain", "completions", "74"] {
        assert!(help.contains(word), "{word}");
    }
    let help = stdout(&tradewind().args(["run", "--help"]).assert().code(0));
    for word in ["--out", "--draws", "--seed", "--sampler", "--threads", "--keep-draws", "--no-plots", "--quiet"] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn completions_name_the_commands() {
    for (shell, sign) in [("bash", "complete -F"), ("zsh", "#compdef tradewind"), ("fish", "complete -c tradewind")] {
        let script = stdout(&tradewind().args(["completions", shell]).assert().code(0));
        for word in [sign, "run", "check", "explain", "keep-draws"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn every_shipped_scenario_is_fine() {
    let mut scenarios: Vec<_> = std::fs::read_dir(shipped("")).unwrap().map(|entry| entry.unwrap().path()).collect();
    scenarios.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    assert!(scenarios.len() >= 6);
    let checked = tradewind().arg("check").args(&scenarios).assert().code(0);
    let said = stderr(&checked);
    assert_eq!(said.lines().count(), scenarios.len(), "{said}");
    assert!(said.lines().all(|line| line.contains(": fine: ")), "{said}");
}

#[test]
fn explain_shows_the_tariffs_that_a_run_applies() {
    let bench = Bench::with_two_alike();
    let duties = duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"50%\"") + &duty("Canada", "USA", "[\"CAN\"]", "\"*\"", "\"25%\"");
    let path = bench.file("both.toml", &format!("{TWO_YEARS}{duties}usmca_exempt = true\nuntil = 2026-03-31\n"));
    let csv = bench.file("tariffs.csv", &stdout(&tradewind().arg("explain").arg(&path).arg("--csv").assert().code(0)));
    tradewind().arg("run").arg(&path).arg("--out").arg(bench.path("out")).args(["--no-plots", "--quiet"]).assert().code(0);
    let (explained, applied) = (common::Table::read(&csv), Run::of(&bench.path("out/both")).table("tariffs.csv"));
    let mut compared = 0;
    for row in explained.of(&[("layer", "effective")]) {
        let keys = ["period", "importer", "exporter", "sector"].map(|column| (column, row.text(column)));
        common::close(row.number("ad_valorem"), applied.number(&keys, "mean"), 1.0, 1e-6);
        let layers = explained.of(&keys).filter(|layer| layer.text("layer") != "effective").map(|layer| layer.number("ad_valorem"));
        common::close(row.number("ad_valorem"), layers.sum(), 1.0, 3e-6);
        compared += 1;
    }
    // Two sectors of three origins in two years.
    assert_eq!(compared, 12);
    let read = stdout(&tradewind().args(["explain", "--sector", "steel"]).arg(&path).assert().code(0));
    assert!(read.contains("Canada") && read.contains("50.0%") && !read.contains("grain "), "{read}");
    let refused = tradewind().args(["explain", "--sector", "stel"]).arg(&path).assert().code(2);
    assert!(stderr(&refused).contains("did you mean \"steel\"?"), "{}", stderr(&refused));
}

#[test]
fn a_reader_that_has_gone_is_no_panic() {
    let bench = Bench::with_two_alike();
    let (one, out) = (bench.path("one.toml").display().to_string(), bench.path("out").display().to_string());
    let commands: [&[&str]; 5] =
        [&["completions", "bash"], &["--help"], &["check", &one], &["explain", &one], &["run", &one, "--no-plots", "--out", &out]];
    for arguments in commands {
        let gone = || {
            let (reader, writer) = std::io::pipe().unwrap();
            drop(reader);
            writer
        };
        let program = || Command::new(assert_cmd::cargo::cargo_bin!("tradewind"));
        let ended = program().args(arguments).stdout(gone()).stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.code() == Some(0) && !said.contains("panicked"), "{arguments:?}: {:?} {said}", ended.status);
        let ended = program().args(arguments).stdout(Stdio::null()).stderr(gone()).status().unwrap();
        assert_eq!(ended.code(), Some(0), "{arguments:?} without stderr");
    }
}

/// `script` lends a terminal, where there is one to lend.
#[cfg(target_os = "linux")]
#[test]
fn colour_is_for_terminals_that_want_it() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let bench = Bench::with_two_alike();
    let wrong = bench.file("wrong.toml", &format!("{TWO_YEARS}drawz = 3\n"));
    let program = assert_cmd::cargo::cargo_bin!("tradewind");
    let said = |no_colour: &str| {
        let command = format!("'{}' check '{}'", program.display(), wrong.display());
        let ended = Command::new("script").args(["-qec", &command, "/dev/null"]).env("NO_COLOR", no_colour).output().unwrap();
        assert_eq!(ended.status.code(), Some(2));
        String::from_utf8_lossy(&ended.stdout).into_owned()
    };
    let (plain, coloured) = (said("1"), said(""));
    assert!(plain.contains("wrong.toml:5:1") && !plain.contains('\u{1b}'), "{plain:?}");
    assert!(coloured.contains("drawz") && coloured.contains("\u{1b}["), "{coloured:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_stdout_is_74() {
    let bench = Bench::with_two_alike();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let program = Command::new(assert_cmd::cargo::cargo_bin!("tradewind"))
        .args(["run", "--no-plots", "--out"])
        .args([bench.path("out"), bench.path("one.toml")])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&program.stderr);
    assert!(program.status.code() == Some(74) && said.contains("standard output"), "{said}");
}

/// Some of these draws substitute so readily that a duty on every origin leaves no imports that a number can hold.
const PARTLY_FAILING: &str = "[elasticities]\nimport.steel = { dist = \"discrete\", values = [4, 40_000], probabilities = [0.75, 0.25] }\n";

#[test]
fn draws_without_an_equilibrium_are_counted_and_listed() {
    let bench = Bench::with_two_alike();
    let steel = duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"300%\"");
    let path = bench.file("hard.toml", &format!("{}{PARTLY_FAILING}{steel}", TWO_YEARS.replace("32", "256")));
    let out = bench.path("out");
    let done = tradewind().arg("run").args([&path, &bench.path("one.toml")]).arg("--out").arg(&out).assert().code(3);
    assert_eq!(stdout(&done), format!("{}\n{}\n", out.join("hard").display(), out.join("one").display()));
    assert!(stderr(&done).contains("64 of 256 draws") && stderr(&done).contains("failures.csv"), "{}", stderr(&done));

    let run = Run::of(&out.join("hard"));
    let failures = run.table("failures.csv");
    assert_eq!(failures.header, ["draw", "period", "sector", "reason"]);
    let draws: Vec<u64> = failures.texts("draw").iter().map(|draw| draw.parse().unwrap()).collect();
    assert!(draws.len() == 64 && draws.windows(2).all(|pair| pair[0] < pair[1]) && draws[63] < 256, "{draws:?}");
    for row in failures.iter() {
        assert_eq!((row.text("period"), row.text("sector")), ("2025", "steel"));
        assert!(row.text("reason").contains("range of numbers") || row.text("reason").contains("excess demand"), "{:?}", row.cells);
    }
    for row in run.table("summary.csv").iter() {
        assert_eq!(row.text("draws"), "192");
        assert!(row.number("mean").is_finite() && row.number("p99").is_finite());
    }
    for name in ["flows.csv", "prices.csv", "welfare.csv", "diversion.csv", "exposure.csv"] {
        assert!(run.table(name).iter().all(|row| ["mean", "p05", "p95"].iter().all(|figure| row.number(figure).is_finite())), "{name}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&run.files()["manifest.json"]).unwrap();
    assert_eq!((manifest["draws"].as_u64(), manifest["failures"].as_u64()), (Some(256), Some(64)));
    assert_eq!(Run::of(&out.join("one")).table("failures.csv").rows.len(), 0);

    // The figures are those of the draws that are left: the same as where the hard ones are never drawn.
    let kept = tradewind().arg("run").arg(&path).arg("--out").arg(&out).args(["--keep-draws", "csv", "--no-plots"]).assert().code(3);
    assert!(stderr(&kept).contains("64 of 256"));
    let kept = run.table("draws.csv");
    assert_eq!(kept.rows.len(), 192 * 2);
    assert!(kept.texts("draw").iter().all(|draw| !draws.contains(&draw.parse().unwrap())));
    assert!(kept.texts("elasticities.import.steel").iter().all(|sigma| *sigma == "4"));
}

#[test]
fn no_draw_with_an_equilibrium_is_1_and_leaves_nothing() {
    let bench = Bench::with_two_alike();
    let steel = duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"300%\"");
    let path = bench.file("hopeless.toml", &format!("{TWO_YEARS}[elasticities]\nimport.steel = 40_000\n{steel}"));
    let failed = tradewind().arg("run").arg(path).arg("--out").arg(bench.path("out")).assert().code(1);
    assert!(stderr(&failed).contains("none of the 32 draws") && stderr(&failed).contains("sector steel"), "{}", stderr(&failed));
    assert!(stdout(&failed).is_empty() && names(&bench.path("out")).is_empty());
}
