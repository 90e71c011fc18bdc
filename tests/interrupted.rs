//! A run that does not come to its end, because it is asked to stop or killed: what is left of it, and what the next one makes of that.
#![cfg(unix)]

mod common;

use common::{Bench, names, tradewind};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A child that is simulating into `out` of the bench.
fn begin(bench: &Bench, options: &[&str]) -> std::process::Child {
    Command::new(assert_cmd::cargo::cargo_bin!("tradewind"))
        .args(["run", "--out"])
        .args([bench.path("out"), bench.path("one.toml"), bench.path("two.toml")])
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn wait_until(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never came to it");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Presses Ctrl-C; how the child ended, and what it said to stdout and stderr.
fn interrupt(mut child: std::process::Child, patience: Duration) -> (Option<i32>, String, String) {
    assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let asked = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if asked.elapsed() > patience {
            child.kill().unwrap();
            panic!("still running {patience:?} after Ctrl-C");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let ended = child.wait_with_output().unwrap();
    (ended.status.code(), String::from_utf8_lossy(&ended.stdout).into(), String::from_utf8_lossy(&ended.stderr).into())
}

#[test]
fn ctrl_c_ends_a_run_and_leaves_nothing() {
    let bench = Bench::with_two_alike();
    for options in [&["--no-plots"][..], &["--keep-draws", "csv"]] {
        let child = begin(&bench, &[&["--draws", "100000000"], options].concat());
        wait_until(|| !names(&bench.path("out")).is_empty());
        std::thread::sleep(Duration::from_millis(200));
        let (code, stdout, stderr) = interrupt(child, Duration::from_secs(2));
        assert!(code == Some(1) && stdout.is_empty(), "{code:?} {stderr}");
        assert!(stderr.contains("stopped after") && stderr.contains("of 100000000 draws"), "{stderr}");
        assert_eq!(names(&bench.path("out")), Vec::<String>::new());
    }
}

#[test]
fn ctrl_c_after_the_draws_leaves_one_whole_run_and_begins_no_other() {
    let bench = Bench::with_two_alike();
    let child = begin(&bench, &[]);
    // The tables come after the draws and before the charts, which take longest.
    let unfinished = || names(&bench.path("out")).into_iter().find(|name| name.starts_with(".one.unfinished"));
    wait_until(|| unfinished().is_some_and(|folder| bench.path("out").join(folder).join("summary.csv").exists()));
    let (code, stdout, stderr) = interrupt(child, Duration::from_secs(30));
    assert!(code == Some(1) && stderr.contains("scenarios not run: 1"), "{code:?} {stderr}");
    assert_eq!((stdout, names(&bench.path("out"))), (format!("{}\n", bench.path("out/one").display()), vec!["one".to_string()]));
    assert!(bench.path("out/one/manifest.json").exists());
}

#[test]
fn the_next_run_clears_what_a_killed_one_left_and_nothing_of_a_living_one() {
    let bench = Bench::with_two_alike();
    let out = bench.path("out");
    let endless = || begin(&bench, &["--draws", "100000000", "--no-plots"]);
    let begun = |runs: usize| wait_until(|| names(&out).iter().filter(|name| out.join(name).join(".lock").exists()).count() == runs);
    let mut killed = endless();
    begun(1);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let left = names(&out);
    assert!(left.len() == 1 && left[0].starts_with(".one.unfinished-"), "{left:?}");
    let living = endless();
    wait_until(|| names(&out) != left && !names(&out).is_empty());
    begun(1);
    let of_living = names(&out);
    tradewind().args(["run", "--no-plots", "--quiet", "--out"]).arg(&out).arg(bench.path("two.toml")).assert().code(0);
    assert_eq!(names(&out), [of_living, vec!["two".to_string()]].concat());
    let (code, _, stderr) = interrupt(living, Duration::from_secs(10));
    assert!(code == Some(1) && stderr.contains("stopped after"), "{code:?} {stderr}");
    assert_eq!(names(&out), ["two"]);
}
