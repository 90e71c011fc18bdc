//! The page of a run as a browser shows it, at the width of a desk and of a telephone: nothing hangs over the edge, nothing is complained of, tables sort and filter.
//!
//! Needs Chromium, so it runs where it is asked for: `cargo test --test browser -- --ignored`. The browser is `TRADEWIND_CHROMIUM`, or `chromium` on the path.

mod common;

use common::{Bench, World, duty};
use std::path::Path;
use std::process::{Command, Stdio};

/// Shows the report in a frame of a given width and writes what it finds into its own page as JSON.
const LOOK: &str = r#"<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="page" style="border:0;width:WIDTHpx;height:900px" src="PAGE"></iframe><pre id="found"></pre>
<script>
document.getElementById("page").addEventListener("load", () => {
  const found = { errors: [] };
  const frame = document.getElementById("page");
  const page = frame.contentDocument;
  const all = (selector, within = page) => [...within.querySelectorAll(selector)];
  const tick = (control, event) => control.dispatchEvent(new frame.contentWindow.Event(event, { bubbles: true }));
  try {
    all("details").forEach((fold) => { fold.open = true; });
    const root = page.documentElement;
    found.width = root.clientWidth;
    found.overflow = root.scrollWidth - root.clientWidth;
    // Whatever sticks out must stand in something that scrolls.
    found.outside = all("main *, header *").filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > root.clientWidth + 1 && !element.closest(".scroll, .chart, pre, .skip");
    }).map((element) => element.tagName + "." + element.className);
    found.scrollable = all(".scroll, .chart, pre").every((box) => box.tabIndex === 0);
    found.background = frame.contentWindow.getComputedStyle(page.body).backgroundColor;
    found.ids = all("[id]").length - new Set(all("[id]").map((element) => element.id)).size;
    found.charts = all("figure svg").length;

    const table = page.getElementById("summary");
    const shown = () => [...table.tBodies[0].rows].filter((row) => !row.hidden);
    found.rows = table.tBodies[0].rows.length;
    found.first = shown().length;
    found.count = table.parentElement.previousElementSibling.querySelector("output").textContent;
    const head = [...table.tHead.rows[0].cells].find((cell) => cell.textContent === "Mean");
    const means = () => shown().map((row) => Number(row.cells[head.cellIndex].dataset.key));
    const inOrder = (values) => values.every((value, place) => place === 0 || values[place - 1] <= value);
    head.querySelector("button").click();
    found.rising = head.getAttribute("aria-sort") === "ascending" && inOrder(means());
    head.querySelector("button").click();
    found.falling = head.getAttribute("aria-sort") === "descending" && inOrder(means().reverse());

    const controls = table.parentElement.previousElementSibling;
    const period = controls.querySelector("select");
    period.value = "*";
    tick(period, "input");
    found.every = shown().length;
    const word = controls.querySelector("input");
    word.value = "LÁZARO";
    tick(word, "input");
    found.searched = shown().map((row) => row.cells[0].textContent);
  } catch (error) {
    found.errors.push(String(error));
  }
  document.getElementById("found").textContent = JSON.stringify(found);
});
</script>"#;

/// What the page has to say for itself at this width.
fn look(bench: &Bench, chromium: &str, page: &Path, width: usize, dark: bool) -> serde_json::Value {
    let name = format!("look-{width}-{dark}");
    let look = LOOK.replace("WIDTH", &width.to_string()).replace("PAGE", &format!("file://{}", page.display()));
    let look = bench.file(&format!("{name}.html"), &look);
    let mut command = Command::new(chromium);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]);
    command.args(["--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--enable-logging=stderr", "--v=0"]);
    command.arg(format!("--user-data-dir={}", bench.path(&format!("{name}-profile")).display()));
    command.args(["--window-size=1400,1000", "--virtual-time-budget=20000"]);
    command.arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }));
    command.arg("--dump-dom").arg(format!("file://{}", look.display()));
    let done = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{chromium}: {error}"));
    let (dom, log) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let console: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert!(console.is_empty(), "{console:?}");
    let (_, found) = dom.split_once("<pre id=\"found\">").unwrap_or_else(|| panic!("no page came: {dom}\n{log}"));
    let found = found.split_once("</pre>").unwrap().0.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&found).unwrap_or_else(|error| panic!("{error}: {found}\n{log}"))
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_is_whole_on_a_desk_and_on_a_telephone() {
    let chromium = std::env::var("TRADEWIND_CHROMIUM").unwrap_or_else(|_| "chromium".into());
    let bench = Bench::new();
    bench.baseline("world", &World::small());
    let outcome = |name: &str, exporter: &str, reading: &str| {
        format!(
            "\n[[outcome]]\nname = \"{name}\"\nmeasure = \"trade_value\"\nexporters = [\"{exporter}\"]\nimporters = [\"USA\"]\nas = \"{reading}\"\n"
        )
    };
    let long = "Value of everything that is sold abroad, with_one_word_that_is_much_longer_than_a_telephone_is_wide_and_cannot_be_broken";
    let scenario = format!(
        "title = \"{long}\"\nbaseline = \"world\"\nperiods = \"2025..2027\"\n[simulation]\ndraws = 256\n{}{}{}{}",
        duty("Steel", "USA", "\"*\"", "[\"steel\"]", "{ dist = \"triangular\", min = \"20%\", mode = \"50%\", max = \"60%\" }"),
        outcome(long, "CAN", "percent"),
        outcome("Through Lázaro Cárdenas", "MEX", "change"),
        outcome("<b>Canada & Québec</b>", "CAN", "level")
    );
    let run = bench.simulate("one", &scenario, &[]);
    for (width, dark) in [(1280, false), (390, false), (1280, true)] {
        let found = look(&bench, &chromium, &run.folder.join("report.html"), width, dark);
        let at = format!("at {width}, dark: {dark}: {found:#}");
        assert_eq!(found["errors"], serde_json::json!([]), "{at}");
        assert!(found["width"].as_u64().unwrap().abs_diff(width as u64) <= 20, "{at}");
        assert_eq!((&found["overflow"], &found["outside"]), (&0.into(), &serde_json::json!([])), "{at}");
        assert_eq!((&found["scrollable"], &found["ids"]), (&true.into(), &0.into()), "{at}");
        assert!(found["charts"].as_u64().unwrap() >= 8, "{at}");
        // Three outcomes in three periods; the last period is shown first.
        assert_eq!((&found["rows"], &found["first"], &found["count"]), (&9.into(), &3.into(), &"3 of 9 rows".into()), "{at}");
        assert_eq!((&found["rising"], &found["falling"], &found["every"]), (&true.into(), &true.into(), &9.into()), "{at}");
        assert_eq!(found["searched"], serde_json::json!(vec!["Through Lázaro Cárdenas"; 3]), "{at}");
        assert_eq!(found["background"] == "rgb(255, 255, 255)", !dark, "{at}");
    }
}
