//! The desk: a scenario to start from, results that follow each save, tables that fit the terminal, help with examples.

mod common;

use common::{Bench, World, duty, shipped, stderr, tradewind};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

fn stdout(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).unwrap()
}

#[test]
fn a_new_scenario_runs_as_it_is() {
    let bench = Bench::new();
    bench.baseline("baseline-2024", &World::small());
    let path = bench.path("mine.toml");
    let told = tradewind().arg("new").arg(&path).assert().code(0);
    let next: Vec<String> = stdout(&told).lines().skip(1).map(str::to_owned).collect();
    assert_eq!(next, [format!("tradewind check {}", path.display()), format!("tradewind run --watch {}", path.display())]);
    assert!(stderr(&told).contains("tradewind schema > "));
    assert!(stderr(&tradewind().arg("check").arg(&path).assert().code(0)).contains("fine: 1 measure"));
    let run = bench.run(std::slice::from_ref(&path), "out", &["--draws", "64", "--no-plots", "--quiet"]);
    assert_eq!(run.manifest()["draws"], 64);

    let before = std::fs::read(&path).unwrap();
    let refused = tradewind().arg("new").arg(&path).assert().code(2);
    assert!(stderr(&refused).contains("is there already"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_new_scenario_finds_the_baseline_near_it_or_says_what_to_do() {
    let bench = Bench::new();
    let alone = tradewind().arg("new").arg(bench.path("mine.toml")).assert().code(2);
    assert!(stderr(&alone).contains("no baseline for") && stderr(&alone).contains("write it beside one"));
    assert!(!bench.path("mine.toml").exists());
    // The latest year is meant, not an example that the alphabet puts after it.
    for folder in ["scenarios/baseline-2019", "scenarios/baseline-2024", "scenarios/baseline-textbook-4x4"] {
        bench.baseline(folder, &World::small());
    }
    bench.file("scenarios/scenario.schema.json", "{}");
    for (file, folder, schema) in [
        ("mine.toml", "scenarios/baseline-2024", "scenarios/scenario.schema.json"),
        ("scenarios/mine.toml", "baseline-2024", "./scenario.schema.json"),
        ("notes/mine.toml", "../scenarios/baseline-2024", "../scenarios/scenario.schema.json"),
    ] {
        std::fs::create_dir_all(bench.path("notes")).unwrap();
        tradewind().arg("new").arg(bench.path(file)).assert().code(0);
        let text = std::fs::read_to_string(bench.path(file)).unwrap();
        assert!(text.starts_with(&format!("#:schema {schema}\n")), "{text}");
        assert!(text.contains(&format!("baseline = \"{folder}\"")), "{text}");
        tradewind().arg("check").arg(bench.path(file)).assert().code(0);
    }
    for (file, word) in [("mine", "write"), ("nowhere/mine.toml", "there is no folder")] {
        assert!(stderr(&tradewind().arg("new").arg(bench.path(file)).assert().code(2)).contains(word));
    }
}

#[test]
fn a_new_scenario_on_the_shipped_baseline_is_free_of_warnings() {
    let bench = Bench::new();
    let folder = bench.path("baseline-2024");
    std::fs::create_dir(&folder).unwrap();
    for entry in std::fs::read_dir(shipped("baseline-2024")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    let path = bench.path("mine.toml");
    tradewind().arg("new").arg(&path).assert().code(0);
    assert_eq!(stderr(&tradewind().args(["check", "--quiet"]).arg(&path).assert().code(0)), "");
}

#[test]
fn the_shipped_scenarios_are_free_of_warnings() {
    for entry in std::fs::read_dir(shipped("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            assert_eq!(stderr(&tradewind().args(["check", "--quiet"]).arg(&path).assert().code(0)), "", "{}", path.display());
        }
    }
}

/// A programme that runs on, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
    heard: Vec<String>,
}

impl Watching {
    fn of(path: &Path, out: &Path) -> Watching {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("tradewind"))
            .args(["run", "--watch", "--no-plots", "--draws", "600", "--out"])
            .args([out, path])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Watching { child, lines, heard: Vec::new() }
    }

    /// Waits for a line with these words.
    fn hear(&mut self, words: &str) {
        let since = Instant::now();
        while since.elapsed() < Duration::from_secs(120) {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(200)) {
                self.heard.push(line);
                if self.heard.last().is_some_and(|line| line.contains(words)) {
                    return;
                }
            }
        }
        panic!("no {words:?} in {:#?}", self.heard);
    }

    /// Ctrl-C.
    fn stop(mut self) -> (Option<i32>, String) {
        assert!(Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap().success());
        let code = self.child.wait().unwrap().code();
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        (code, said)
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[cfg(unix)]
#[test]
fn results_follow_each_save() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let scenario = |rate: &str| format!("extends = \"parent.toml\"\n{}", duty("Duty", "USA", "[\"CAN\"]", "[\"steel\"]", rate));
    bench.file("parent.toml", "baseline = \"world\"\nperiods = \"2025\"\n[[outcome]]\nname = \"Revenue\"\nmeasure = \"tariff_revenue\"\n");
    let path = bench.file("mine.toml", &scenario("\"10%\""));
    let mut watching = Watching::of(&path, &bench.path("out"));
    watching.hear("── quick look: 512 of 600 draws");
    watching.hear("── in full: 600 draws ──");
    watching.hear("; Ctrl-C ends");
    let first = std::fs::read(bench.path("out/mine/summary.csv")).unwrap();

    // As editors save: another file, renamed.
    std::fs::rename(bench.file("mine.toml~", &scenario("\"40%\"")), &path).unwrap();
    watching.hear("medians since the last save");
    watching.hear("; Ctrl-C ends");
    assert_ne!(std::fs::read(bench.path("out/mine/summary.csv")).unwrap(), first);

    bench.file("mine.toml", &scenario("40"));
    watching.hear("a rate of 40 would be 4000%");
    watching.hear("; Ctrl-C ends");
    bench.file("mine.toml", &scenario("\"40%\""));
    watching.hear("no median moved since the last save");
    watching.hear("; Ctrl-C ends");

    // What it extends counts, and a table of its baseline.
    bench.file("parent.toml", "baseline = \"world\"\nperiods = \"2025\"\n[[outcome]]\nname = \"Dues\"\nmeasure = \"tariff_revenue\"\n");
    watching.hear("Dues  new");
    bench.baseline("world", &World::small().scaled(2.0));
    watching.hear("medians since the last save");
    let (code, said) = watching.stop();
    assert_eq!(code, Some(0));
    assert!(said.lines().all(|line| line == bench.path("out/mine").display().to_string()), "{said}");
    let left: Vec<_> = std::fs::read_dir(bench.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["mine"]);
}

#[test]
fn watching_takes_one_scenario_that_is_no_grid() {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let one = bench.file("one.toml", "baseline = \"world\"\nperiods = \"2025\"\n");
    assert!(stderr(&tradewind().args(["run", "--watch"]).args([&one, &one]).assert().code(2)).contains("--watch takes one scenario"));
    assert!(
        stderr(&tradewind().args(["run", "--watch", "--keep-draws", "csv"]).arg(&one).assert().code(2)).contains("cannot be used with")
    );
}

#[test]
fn explain_fits_the_terminal() {
    for columns in ["60", "80", "120"] {
        let output = tradewind().env("COLUMNS", columns).arg("explain").arg(shipped("usmca-review-2026.toml")).assert().code(0);
        let room: usize = columns.parse().unwrap();
        for line in stdout(&output).lines() {
            assert!(line.chars().count() <= room, "{columns}: {line}");
        }
    }
}

#[test]
fn every_command_has_an_example() {
    let all = stdout(&tradewind().arg("--help").assert().code(0));
    let commands = all.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() >= 9, "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let help = stdout(&tradewind().args([name, "--help"]).assert().code(0));
        assert!(help.contains(&format!("Example: tradewind {name}")), "{name}: {help}");
    }
}
