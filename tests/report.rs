//! `report.html`, `plot` and `report`: a page that stands alone, and the same again from the folder without a draw.

mod common;

use common::{Bench, Run, World, duty, stderr, tradewind, two_duties};
use std::path::Path;

const HEAD: &str = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 256\n";
/// A name that would be a program, were it not a text.
const HOSTILE: &str = "</title><script>alert(1)</script> & \\\"Québec\\\" {{ 7 * 7 }}";

fn scenario() -> String {
    let measures = duty("Steel", "USA", "\"*\"", "[\"steel\"]", "{ dist = \"triangular\", min = \"20%\", mode = \"50%\", max = \"60%\" }");
    let outcome = |name: &str, rest: &str| format!("\n[[outcome]]\nname = \"{name}\"\nmeasure = \"trade_value\"\n{rest}");
    format!("title = \"{HOSTILE}\"\n{HEAD}{measures}")
        + &outcome(HOSTILE, "exporters = [\"CAN\"]\nimporters = [\"USA\"]\nas = \"percent\"\nthreshold = \"-5%\"\n")
        + &outcome("=Lázaro Cárdenas", "exporters = [\"MEX\"]\nimporters = [\"CAN\"]\nas = \"change\"\n")
}

fn bench() -> Bench {
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    bench
}

fn page(run: &Run) -> String {
    String::from_utf8(run.files()["report.html"].clone()).unwrap()
}

/// Texts of elements, without marks.
fn bare(html: &str) -> String {
    let mut text = String::new();
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn plot_and_report_leave_what_the_run_left() {
    let bench = bench();
    let path = bench.file("one.toml", &scenario());
    let whole = bench.run(std::slice::from_ref(&path), "out", &["--quiet"]).files();
    assert!(whole.contains_key("charts.json") && whole.contains_key("report.json") && whole.keys().any(|name| name.ends_with("-fan.png")));
    // A run without pictures, to which both are added.
    let bare = bench.run(&[path], "bare", &["--quiet", "--no-plots"]);
    assert_eq!(bare.files()["report.html"], whole["report.html"], "the page has its charts either way");
    std::fs::remove_file(bare.folder.join("report.html")).unwrap();
    let drawn = tradewind().arg("plot").arg(&bare.folder).assert().code(0);
    assert!(stderr(&drawn).contains("charts drawn"), "{}", stderr(&drawn));
    assert_eq!(drawn.get_output().stdout, format!("{}\n", bare.folder.display()).into_bytes());
    tradewind().args(["report", "--quiet"]).arg(&bare.folder).assert().code(0).stderr("");
    for (name, bytes) in &whole {
        assert!(bare.files()[name] == *bytes, "{name} differs");
    }
    assert_eq!(bare.files().len(), whole.len());
}

#[test]
fn the_page_stands_alone_and_takes_names_for_names() {
    let bench = bench();
    let run = bench.simulate("one", &scenario(), &[]);
    let page = page(&run);
    for foreign in ["http:", "https:", " src=", "url(", "@import", "<iframe", "<object"] {
        let found = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!found.contains(foreign), "{foreign}");
    }
    assert_eq!(page.matches("<script").count(), 1, "its own");
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("{{ 7 * 7 }}") && page.contains("Lázaro Cárdenas"));
    let text = bare(&page);
    for heading in
        ["What was asked", "The answer", "All outcomes", "What drives the uncertainty", "How good the data are", "Method and limits"]
    {
        assert!(text.contains(heading), "{heading}");
    }
    assert!(text.contains("nine of ten draws lie between") && text.contains("tradewind run one.toml --draws 256 --seed 1 --sampler sobol"));
    assert!(text.contains("50% is observed") || text.contains("100% is observed"), "data quality");
    assert!(
        text.contains("in nine of ten draws) on imports of USA from all other regions: steel; from 2025-01-01 on."),
        "measures in words"
    );
    for reader in ["<html lang=\"en\">", "class=\"skip\"", "<caption", "scope=\"col\"", "scope=\"row\"", "role=\"img\"", "<main>"] {
        assert!(page.contains(reader), "{reader}");
    }
    assert!(!page.contains(&*bench.path("").to_string_lossy()), "no path of this machine");
}

#[test]
fn comparisons_and_grids_have_pages_of_their_own() {
    let bench = bench();
    let less = bench.file("less.toml", &scenario().replace("50%", "30%"));
    let more = bench.file("more.toml", &scenario());
    tradewind().arg("compare").args([less, more]).args(["-q", "--no-plots", "--out"]).arg(bench.path("out")).assert().code(0);
    let compared = page(&Run::of(&bench.path("out/less-vs-more")));
    assert!(compared.contains("difference from “") && compared.contains("tradewind compare less.toml more.toml"));

    bench.baseline("duties", &two_duties());
    let outcome = "[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nexporters = [\"A\"]\nimporters = [\"C\"]\nas = \"change\"\n";
    let sweep = "[[sweep]]\npath = 'tariff.\"On A\".rate'\nvalues = [\"0%\", \"10%\"]\n";
    let grid = format!(
        "{}{}{outcome}{sweep}",
        HEAD.replace("world", "duties"),
        common::duties("\"10%\"", "{ dist = \"uniform\", min = 0.1, max = 0.7 }")
    );
    tradewind().arg("run").arg(bench.file("grid.toml", &grid)).args(["-q", "--out"]).arg(bench.path("out")).assert().code(0);
    let whole = Run::of(&bench.path("out/grid"));
    let before = page(&whole);
    assert!(before.contains("grid of scenarios") && before.contains("From sweep.csv"));
    tradewind().arg("report").arg(bench.path("out/grid")).arg(bench.path("out/grid/2")).args(["-q"]).assert().code(0);
    assert_eq!(page(&whole), before);
    assert!(page(&Run::of(&bench.path("out/grid/2"))).contains("The answer"), "a point has its page when it is asked for");
}

#[test]
fn what_cannot_be_read_is_said_with_what_to_do() {
    let bench = bench();
    let run = bench.simulate("one", &scenario(), &["--draws", "64"]);
    let said = |folder: &Path, code: i32, words: &[&str]| {
        for command in ["plot", "report"] {
            let text = stderr(&tradewind().arg(command).arg(folder).assert().code(code)).replace('\n', " ");
            for word in words {
                assert!(text.contains(word), "{command}: {word} in {text}");
            }
        }
    };
    said(&bench.path("nowhere"), 2, &["nowhere", "does not exist"]);
    said(&bench.path("one.toml"), 2, &["is a scenario; run it"]);
    said(&bench.path("world"), 2, &["no manifest.json", "run the scenario again"]);
    said(&bench.path("out"), 2, &["name one of those in it: one"]);
    std::fs::write(run.folder.join("charts.json"), "{\"fan\": {\"fan\": {\"title\": 1}}}").unwrap();
    said(&run.folder, 65, &["charts.json", "damaged", "line 1 column"]);
    std::fs::remove_file(run.folder.join("charts.json")).unwrap();
    said(&run.folder, 65, &["charts.json", "missing"]);
    let text = std::fs::read_to_string(run.folder.join("manifest.json")).unwrap();
    std::fs::write(run.folder.join("manifest.json"), text.replace("    \"charts.json\",\n", "")).unwrap();
    said(&run.folder, 2, &["kept no charts.json", "run the scenario again"]);
    std::fs::write(run.folder.join("manifest.json"), "{").unwrap();
    said(&run.folder, 65, &["manifest.json", "damaged"]);

    let run = bench.simulate("one", &scenario(), &["--draws", "64"]);
    let summary = std::fs::read_to_string(run.folder.join("summary.csv")).unwrap();
    std::fs::write(run.folder.join("summary.csv"), summary.replacen(",64\n", ",many\n", 1)).unwrap();
    let damaged = tradewind().arg("report").arg(&run.folder).assert().code(65);
    assert!(stderr(&damaged).contains("column draws: `many` is no number"), "{}", stderr(&damaged));
}

#[test]
fn the_last_words_of_a_run_fit_the_terminal() {
    let bench = bench();
    let path = bench.file("one.toml", &scenario());
    for columns in [60, 80] {
        let done = tradewind()
            .env("COLUMNS", columns.to_string())
            .env("NO_COLOR", "1")
            .arg("run")
            .arg(&path)
            .args(["--no-plots", "--draws", "2048", "--out"])
            .arg(bench.path("out"))
            .assert()
            .code(0);
        let text = stderr(&done);
        assert!(text.lines().all(|line| line.chars().count() <= columns), "{columns} columns:\n{text}");
        assert!(text.contains("=Lázaro Cárdenas") && text.contains("median") && !text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn a_model_that_is_not_the_default_is_named_on_the_page_and_under_its_charts() {
    let bench = Bench::new();
    bench.baseline("world", &two_duties());
    let duties = common::duties("{ dist = \"uniform\", min = 0, max = 0.1 }", "0.1");
    let scenario = |closure: &str| format!("{HEAD}{duties}[model]\nclosure = \"{closure}\"\n");
    let shown = |run: &Run| {
        let files = run.files();
        let charts = String::from_utf8(files["charts.json"].clone()).unwrap();
        (bare(&page(run)), charts)
    };
    for (closure, caption, method) in
        [("gsim", "world, GSIM model", "Francois and Hall"), ("smart", "world, SMART model", "Laird and Yeats")]
    {
        let (page, charts) = shown(&bench.simulate(closure, &scenario(closure), &["--draws", "64"]));
        assert!(charts.contains(caption) && page.contains(method) && !page.contains("(nested CES)"), "{closure}");
    }
    let (page, charts) = shown(&bench.simulate("partial", &scenario("partial"), &["--draws", "64"]));
    assert!(!charts.contains(" model\"") && page.contains("(nested CES)"));
    let files = ["partial", "gsim"].map(|stem| bench.path(&format!("{stem}.toml")));
    tradewind()
        .arg("compare")
        .args(files)
        .args(["--no-plots", "--quiet", "--draws", "64", "--out"])
        .arg(bench.path("out"))
        .assert()
        .code(0);
    let (page, charts) = shown(&Run::of(&bench.path("out/partial-vs-gsim")));
    assert!(charts.contains("world, GSIM less nested CES model") && page.contains("GSIM less nested CES"));
    let swept = format!("{}[[sweep]]\npath = \"model.closure\"\nvalues = [\"gsim\", \"partial\"]\n", scenario("gsim"));
    let (page, charts) = shown(&bench.simulate("swept", &swept, &["--draws", "64"]));
    assert!(!charts.contains("GSIM model") && !page.contains("Francois and Hall"), "the axis says it");
}
