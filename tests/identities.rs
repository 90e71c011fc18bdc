//! What must hold of every run whatever the numbers, read off the tables as a user gets them: nothing comes of nothing, parts add up to their whole,
//! the unit of value is immaterial, a duty never helps what it hits. On every closure, as far as it goes.

mod common;

use common::{Bench, Row, Run, World, close, duty, shipped};
use std::collections::BTreeMap;

const SHOCKED: &str = r#"
baseline = "world"
periods = "2025..2026"
[simulation]
draws = 48
[[tariff]]
name = "Steel"
importer = "USA"
exporters = "*"
sectors = ["steel"]
rate = "50%"
from = 2025-06-04
coverage = { dist = "pert", min = 0.7, mode = 0.9, max = 1.0 }
[[tariff]]
name = "Canada"
importer = "USA"
exporters = ["CAN"]
sectors = "*"
rate = "25%"
from = 2025-03-04
until = 2026-05-31
usmca_exempt = true
[freight]
sea."*" = { dist = "lognormal", mean = 0.9, sd = 0.2 }
truck."CAN-MEX" = 1.2
[[outcome]]
name = "Canadian exports"
measure = "trade_value"
exporters = ["CAN"]
as = "level"
[[outcome]]
name = "Canada to the US"
measure = "trade_value"
exporters = ["CAN"]
importers = ["USA"]
as = "level"
[[outcome]]
name = "Steel by sea"
measure = "trade_value"
exporters = ["CAN"]
importers = ["MEX"]
sectors = ["steel"]
modes = ["sea"]
as = "change"
"#;

fn shocked(bench: &Bench) -> Run {
    bench.baseline("world", &World::small());
    bench.simulate("shocked", SHOCKED, &[])
}

/// The same under a classic closure, with duties that a linear model can take.
fn gentle(closure: &str) -> String {
    let duties = SHOCKED.replace("rate = \"50%\"", "rate = \"4%\"").replace("rate = \"25%\"", "rate = \"2%\"");
    duties.replace("[simulation]", &format!("[model]\nclosure = \"{closure}\"\n[simulation]"))
}

/// Every closure's run of it, the default's first.
fn by_every_closure(bench: &Bench) -> Vec<Run> {
    let classics = ["gsim", "smart"].map(|closure| (closure, gentle(closure)));
    std::iter::once(shocked(bench)).chain(classics.map(|(stem, text)| bench.simulate(stem, &text, &[]))).collect()
}

/// Sums of a column by key, and of its absolute values.
fn sums<'a>(rows: impl Iterator<Item = Row<'a>>, key: &[&str], column: &str) -> BTreeMap<String, (f64, f64)> {
    let mut sums = BTreeMap::new();
    for row in rows {
        let (net, gross) = sums.entry(row.key(key)).or_insert((0.0, 0.0));
        *net += row.number(column);
        *gross += row.number(column).abs();
    }
    sums
}

const FIGURES: [&str; 4] = ["mean", "p05", "p50", "p95"];

/// Every figure of the table is `text`, or what `expected` says of its row.
fn all(run: &Run, table: &str, expected: impl Fn(&Row<'_>) -> String) {
    let table_read = run.table(table);
    assert!(!table_read.rows.is_empty(), "{table} is empty");
    for row in table_read.iter() {
        for figure in FIGURES {
            assert_eq!(row.text(figure), expected(&row), "{table}: {figure} of {:?}", row.cells);
        }
    }
}

#[test]
fn no_shock_changes_nothing_to_the_last_bit() {
    let bench = Bench::new();
    let head = format!("baseline = '{}'\nperiods = \"2025..2026\"\n[simulation]\ndraws = 24\n", shipped("baseline-2024").display());
    let zero = duty("Nothing", "USA", "\"*\"", "\"*\"", "\"0%\"");
    let one = "{ dist = \"discrete\", values = [1.0], probabilities = [1.0] }";
    let scenarios = [
        ("silent", head.clone()),
        ("zero", format!("{head}{zero}[freight]\nsea.\"*\" = 1.0\n")),
        // Drawn rather than known in advance, so that every step is taken: route choice, wedges, Newton.
        (
            "drawn",
            format!(
                "{head}{}[freight]\nsea.\"*\" = {one}\ntruck.\"*\" = {one}\n",
                zero.replace("\"0%\"", "{ dist = \"discrete\", values = [0.0], probabilities = [1.0] }")
            ),
        ),
    ];
    let drawn = scenarios[2].1.clone();
    let classics = ["gsim", "smart"].map(|closure| (closure, format!("{drawn}[model]\nclosure = \"{closure}\"\n")));
    let observed = common::Table::read(&shipped("baseline-2024/flows.csv"));
    let tariffs: BTreeMap<String, f64> = observed
        .iter()
        .map(|row| (row.key(&["importer", "exporter", "sector"]), if row.text("tariff").is_empty() { 0.0 } else { row.number("tariff") }))
        .collect();
    for (stem, scenario) in scenarios.into_iter().chain(classics) {
        let run = bench.simulate(stem, &scenario, &[]);
        all(&run, "flows.csv", |row| row.text("baseline").into());
        all(&run, "prices.csv", |_| "1".into());
        for table in ["welfare.csv", "diversion.csv", "maritime_shift.csv"] {
            all(&run, table, |_| "0".into());
        }
        for row in run.table("tariffs.csv").iter() {
            let base = tariffs.get(&row.key(&["importer", "exporter", "sector"])).copied().unwrap_or(0.0);
            assert!(FIGURES.iter().all(|figure| row.number(figure) == base), "{stem}: {:?}", row.cells);
        }
        for row in run.table("summary.csv").iter().filter(|row| row.text("outcome").contains("change")) {
            assert_eq!((row.text("mean"), row.text("sd"), row.text("p99")), ("0", "0", "0"), "{stem}: {:?}", row.cells);
        }
        for row in run.table("exposure.csv").iter().filter(|row| row.text("measure") != "share_exposed") {
            assert!(FIGURES.iter().all(|figure| row.number(figure) == 0.0), "{stem}: {:?}", row.cells);
        }
        assert_eq!(run.table("failures.csv").rows.len(), 0);
    }
}

#[test]
fn routes_add_up_to_the_pair_and_pairs_to_the_region() {
    let bench = Bench::new();
    let run = shocked(&bench);
    let (flows, summary) = (run.table("flows.csv"), run.table("summary.csv"));

    let world = World::small();
    let base = sums(flows.of(&[("period", "2025")]), &["exporter", "importer", "sector"], "baseline");
    assert_eq!(base.len(), world.flows.len());
    for (exporter, importer, sector, value, _) in &world.flows {
        close(base[&format!("{exporter} {importer} {sector}")].0, *value, 0.0, 1e-12);
    }
    let by_pair = sums(flows.iter(), &["period", "exporter", "importer"], "mean");
    for period in ["2025", "2026"] {
        let level = |outcome: &str| summary.number(&[("outcome", outcome), ("period", period)], "mean");
        close(by_pair[&format!("{period} CAN USA")].0, level("Canada to the US"), 0.0, 1e-12);
        let abroad: f64 = ["USA", "MEX", "ROW"].iter().map(|importer| by_pair[&format!("{period} CAN {importer}")].0).sum();
        close(abroad, level("Canadian exports"), 0.0, 1e-12);
        // Not an identity of nothing: the shock shows.
        assert!(abroad < 300.0 && (by_pair[&format!("{period} CAN MEX")].0 - 28.0).abs() > 0.1);
        let sea =
            flows.one(&[("period", period), ("exporter", "CAN"), ("importer", "MEX"), ("sector", "steel"), ("mode", "sea")]).cells.to_vec();
        let sea =
            Row::number(&flows.of(&[("period", period)]).find(|row| row.cells == sea).unwrap(), "mean") - sea[5].parse::<f64>().unwrap();
        close(sea, level("Steel by sea"), 1.0, 1e-12);
    }
    let modes: Vec<&str> =
        flows.of(&[("exporter", "MEX"), ("importer", "CAN"), ("sector", "grain"), ("period", "2025")]).map(|r| r.text("mode")).collect();
    assert_eq!(modes, ["truck", "sea"]);
}

#[test]
fn the_unit_of_value_is_immaterial() {
    let bench = Bench::new();
    let once = by_every_closure(&bench);
    bench.baseline("doubled/world", &World::small().scaled(2.0));
    let texts = [SHOCKED.to_string(), gentle("gsim"), gentle("smart")];
    for (once, (at, text)) in once.iter().zip(texts.iter().enumerate()) {
        is_doubled(once, &bench.simulate(&format!("doubled/shocked{at}"), text, &[]));
    }
}

fn is_doubled(once: &Run, twice: &Run) {
    for name in ["prices.csv", "tariffs.csv", "route_mix.csv"] {
        assert_eq!(once.table(name), twice.table(name), "{name}");
    }
    for name in ["flows.csv", "welfare.csv", "diversion.csv", "maritime_shift.csv"] {
        let (once, twice) = (once.table(name), twice.table(name));
        assert_eq!(once.rows.len(), twice.rows.len());
        for (a, b) in once.iter().zip(twice.iter()) {
            // Means in double precision, quantiles in single.
            for (figure, tolerance) in [("mean", 1e-13), ("p05", 2e-6), ("p50", 2e-6), ("p95", 2e-6)] {
                close(2.0 * a.number(figure), b.number(figure), 1e-9, tolerance);
            }
        }
    }
}

#[test]
fn what_leaves_one_market_is_sold_elsewhere_or_not_made() {
    let bench = Bench::new();
    for (at, run) in by_every_closure(&bench).iter().enumerate() {
        let diversion = run.table("diversion.csv");
        let by_good = sums(diversion.iter(), &["period", "exporter", "sector"], "mean");
        assert_eq!(by_good.len(), 2 * 4 * 3);
        for (good, (net, gross)) in &by_good {
            assert!(net.abs() <= 1e-9 * gross, "{good}: {net} of {gross}");
        }
        assert!(by_good["2026 CAN steel"].1 > if at == 0 { 50.0 } else { 1.0 }, "the shock shows");
        let sectors = sums(diversion.iter().filter(|row| row.text("sector") != "all"), &["period", "exporter", "destination"], "mean");
        for row in diversion.of(&[("sector", "all")]) {
            let (net, gross) = sectors[&row.key(&["period", "exporter", "destination"])];
            close(row.number("mean"), net, gross, 1e-12);
        }
        let of = |destination| {
            diversion.number(&[("period", "2026"), ("exporter", "CAN"), ("sector", "steel"), ("destination", destination)], "mean")
        };
        assert!(of("USA") < 0.0 && of("not_made") > 0.0);
        // SMART takes each market for itself: nothing goes home instead.
        assert!(if at == 2 { of("CAN") == 0.0 } else { of("CAN") > 0.0 });
        // Under gentle duties dearer trucks keep more from Mexico than the duties send there.
        assert!(at > 0 || of("MEX") > 0.0);
    }
}

#[test]
fn the_maritime_shift_is_volume_route_and_both() {
    let bench = Bench::new();
    let run = shocked(&bench);
    let (shift, flows) = (run.table("maritime_shift.csv"), run.table("flows.csv"));
    let mut checked = 0;
    for total in shift.of(&[("component", "total")]) {
        let keys = ["period", "exporter", "importer", "sector"].map(|column| (column, total.text(column)));
        let part = |component| {
            let [period, exporter, importer, sector] = keys;
            shift.number(&[period, exporter, importer, sector, ("component", component)], "mean")
        };
        let parts = [part("volume"), part("route"), part("joint")];
        let gross: f64 = parts.iter().map(|part| part.abs()).sum();
        assert!(gross > 0.0);
        close(parts.iter().sum(), total.number("mean"), gross, 1e-9);
        let every = total.text("sector") == "all";
        let sea = flows.of(&keys[..if every { 3 } else { 4 }]).filter(|row| row.text("mode") == "sea");
        let change: f64 = sea.map(|row| row.number("mean") - row.number("baseline")).sum();
        close(change, total.number("mean"), gross, 1e-9);
        checked += 1;
    }
    assert_eq!(checked, 2 * 2 * 3);
}

#[test]
fn welfare_is_the_sum_of_its_parts() {
    let bench = Bench::new();
    by_every_closure(&bench).iter().for_each(parts_add_up);
}

fn parts_add_up(run: &Run) {
    let welfare = run.table("welfare.csv");
    let parts = sums(welfare.iter().filter(|row| row.text("component") != "net"), &["period", "region", "sector"], "mean");
    for net in welfare.of(&[("component", "net")]) {
        let (sum, gross) = parts[&net.key(&["period", "region", "sector"])];
        close(net.number("mean"), sum, gross, 1e-9);
    }
    let sectors = sums(welfare.iter().filter(|row| row.text("sector") != "all"), &["period", "region", "component"], "mean");
    for row in welfare.of(&[("sector", "all")]) {
        let (sum, gross) = sectors[&row.key(&["period", "region", "component"])];
        close(row.number("mean"), sum, gross, 1e-9);
    }
    let us = |component| welfare.number(&[("period", "2026"), ("region", "USA"), ("sector", "steel"), ("component", component)], "mean");
    assert!(us("consumer_surplus") < 0.0 && us("tariff_revenue") > 0.0);
    // SMART's home producers sell what they sold.
    let producers = us("producer_surplus");
    assert!(if run.manifest()["closure"] == "smart" { producers <= 0.0 } else { producers > 0.0 }, "{producers}");
}

#[test]
fn revenue_is_what_the_tariffs_take_from_the_flows() {
    let bench = Bench::new();
    let mut world = World::small();
    world.elasticities = common::fixed_elasticities(0.8, 2.5, 5.0, "2") + "route,*,*,long,4,,,assumed\n";
    bench.baseline("world", &world);
    let scenario = format!(
        "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 16\n[route_shares]\nuncertain = false\n[freight]\nsea.\"*\" = 1.3\n{}{}",
        duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"50%\""),
        duty("Grain", "MEX", "[\"CAN\", \"USA\"]", "[\"grain\"]", "0.2"),
    );
    for closure in ["partial", "gsim", "smart"] {
        let scenario = if closure == "partial" { scenario.clone() } else { gently(&scenario, closure) };
        is_taken(&bench.simulate(closure, &scenario, &[]), &world);
    }
}

/// With duties that a linear model can take.
fn gently(scenario: &str, closure: &str) -> String {
    let duties = scenario.replace("\"50%\"", "\"5%\"").replace("rate = 0.2", "rate = 0.05").replace("= 1.3", "= 1.05");
    format!("{duties}[model]\nclosure = \"{closure}\"\n")
}

fn is_taken(run: &Run, world: &World) {
    let (flows, tariffs, welfare) = (run.table("flows.csv"), run.table("tariffs.csv"), run.table("welfare.csv"));
    let now = sums(flows.iter(), &["exporter", "importer", "sector"], "mean");
    for row in welfare.of(&[("component", "tariff_revenue")]).filter(|row| row.text("sector") != "all") {
        let (mut expected, mut gross) = (0.0, 0.0);
        for (exporter, importer, sector, value, base) in &world.flows {
            if *importer == row.text("region") && *sector == row.text("sector") && exporter != importer {
                let tariff = tariffs.number(&[("importer", importer), ("exporter", exporter), ("sector", sector)], "mean");
                let (before, after) = (base * value, tariff * now[&format!("{exporter} {importer} {sector}")].0);
                expected += after - before;
                gross += after + before;
            }
        }
        close(row.number("mean"), expected, gross, 1e-9);
    }
    assert!(welfare.number(&[("region", "USA"), ("sector", "steel"), ("component", "tariff_revenue")], "mean") > 10.0);
}

#[test]
fn a_higher_duty_never_raises_imports_of_what_it_hits() {
    let bench = Bench::new();
    let rates = ["0%", "5%", "10%", "25%", "50%", "100%", "200%", "400%"];
    let scenarios: Vec<_> = rates
        .iter()
        .map(|rate| {
            let text = format!(
                "baseline = '{}'\nperiods = 2025\n{}{}{}",
                shipped("baseline-2024").display(),
                duty("Steel", "USA", "[\"CAN\"]", "[\"steel_iron\"]", &format!("\"{rate}\"")),
                "[[outcome]]\nname = \"value\"\nmeasure = \"trade_value\"\nexporters = [\"CAN\"]\nimporters = [\"USA\"]\nsectors = [\"steel_iron\"]\n",
                "[[outcome]]\nname = \"volume\"\nmeasure = \"trade_volume\"\nexporters = [\"CAN\"]\nimporters = [\"USA\"]\nsectors = [\"steel_iron\"]\n"
            );
            bench.file(&format!("rate{}.toml", rate.trim_end_matches('%')), &text)
        })
        .collect();
    bench.run(&scenarios, "out", &["--draws", "16", "--keep-draws", "csv", "--no-plots", "--quiet"]);
    for outcome in ["value", "volume"] {
        let of = |scenario: &std::path::PathBuf| -> Vec<f64> {
            let draws = Run::of(&bench.path("out").join(scenario.file_stem().unwrap())).table("draws.csv");
            draws.iter().map(|row| row.number(outcome)).collect()
        };
        let mut before = of(&scenarios[0]);
        assert_eq!(before.len(), 16);
        for (scenario, rate) in scenarios.iter().zip(rates).skip(1) {
            let now = of(scenario);
            assert!(now.iter().zip(&before).all(|(now, before)| now < before), "{outcome} at {rate}: {now:?} after {before:?}");
            before = now;
        }
    }
}
