//! Known answers through the whole programme, from a folder of tables to a folder of results; and the smell test of the main scenario.

mod common;

use common::{Bench, Run, Table, World, close, duty, fixed_elasticities, shipped};
use tradewind::model::equilibrium::Wedge;
use tradewind::model::{Elasticities, Market, linear};

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 16\n";

fn price(run: &Run, region: &str, kind: &str) -> f64 {
    run.table("prices.csv").number(&[("region", region), ("kind", kind)], "mean")
}

#[test]
fn three_sources_ces_market() {
    // One market buys 60 at home, 30 and 10 from two others; supply 1, 10, 10; σ 4; demand −1; the second source +10%.
    let bench = Bench::new();
    let elasticities = fixed_elasticities(1.0, 4.0, 4.0, "10") + "supply,*,HOME,long,1,,,assumed\n";
    let world = World::one_sector(&["HOME", "SECOND", "THIRD"], &[60., 0., 0., 30., 0., 0., 10., 0., 0.], &elasticities);
    bench.baseline("world", &world);
    let run = bench.simulate("ces", &format!("{HEAD}{}", duty("Ten", "HOME", "[\"SECOND\"]", "\"*\"", "\"10%\"")), &[]);
    let found = [
        price(&run, "HOME", "consumer"),
        price(&run, "HOME", "producer"),
        1.1 * price(&run, "SECOND", "producer"),
        price(&run, "THIRD", "producer"),
    ];
    for (found, published) in found.iter().zip([1.0356507, 1.0212404, 1.0785150, 1.0075347]) {
        assert!((found - published).abs() < 5e-8, "{found} against {published}");
    }
    // Nothing is uncertain: every quantile is the mean, as far as single precision goes.
    for row in run.table("prices.csv").iter() {
        close(row.number("p05"), row.number("mean"), 0.0, 1e-7);
        assert_eq!(row.text("p05"), row.text("p95"));
    }
}

/// Francois & Hall's 4×4 example, exporter × importer.
const GSIM: [f64; 16] = [0., 50., 200., 300., 500., 0., 150., 200., 300., 100., 200., 200., 50., 100., 110., 20.];
const DUTY_PAID: [f64; 16] = [1., 1.21, 1.41, 1.22, 1.37, 1., 1.31, 1.23, 1.32, 1.36, 1., 1.18, 1.57, 1.41, 1.25, 1.];

#[test]
fn small_steps_to_free_trade_agree_with_gsim() {
    let bench = Bench::new();
    let regions = ["US", "JP", "EU", "RW"];
    let mut world = World::one_sector(&regions, &GSIM, &fixed_elasticities(1.25, 5.0, 5.0, "1.5"));
    for flow in &mut world.flows {
        let place = |code| regions.iter().position(|region| *region == code).unwrap();
        flow.4 = DUTY_PAID[4 * place(flow.0) + place(flow.1)] - 1.0;
    }
    bench.baseline("world", &world);
    let market = Market::new(4, GSIM.to_vec(), DUTY_PAID.map(|t| t - 1.0).to_vec(), &[0.0; 16]);
    let elasticities = Elasticities::uniform(4, 1.25, 5.0, 5.0, 1.5);
    // A duty of zero on a part of the trade between the US and the EU, in place of the one that is paid.
    let error = |stem: &str, part: f64| {
        let free = |name: &str, importer: &str, exporter: &str| {
            duty(name, importer, &format!("[\"{exporter}\"]"), "\"*\"", "\"0%\"") + &format!("replaces_base = true\ncoverage = {part}\n")
        };
        let run = bench.simulate(stem, &format!("{HEAD}{}{}", free("a", "EU", "US"), free("b", "US", "EU")), &[]);
        let wedge = |exporter: usize, importer: usize| {
            let base = DUTY_PAID[4 * exporter + importer];
            Wedge { exporter, importer, log: ((base - part * (base - 1.0)) / base).ln() }
        };
        let predicted = linear::producer_prices(&market, &[wedge(0, 2), wedge(2, 0)], &elasticities).unwrap();
        let apart = |(region, predicted): (&&str, &f64)| (price(&run, region, "producer").ln() - predicted).abs();
        (regions.iter().zip(&predicted).map(apart).fold(0.0, f64::max), predicted[0])
    };
    let ((large, _), (small, moved)) = (error("hundredth", 1e-2), error("thousandth", 1e-3));
    // Ten times smaller, a hundred times closer: the difference is of second order.
    assert!((50.0..200.0).contains(&(large / small)), "{large:e} {small:e}");
    assert!(moved > 1e-5 && small < 1e-3 * moved, "{small:e} of {moved:e}");
}

#[test]
fn an_entry_pays_every_layer() {
    // US customs brokers' worked example: $14,172.00 at 25% + 50% on top of 2.9% pays $3,543.00 + $7,086.00 + $410.99.
    let bench = Bench::new();
    let mut world = World::one_sector(&["CAN", "USA"], &[100., 14_172., 0., 900.], &fixed_elasticities(1.0, 3.0, 5.0, "inf"));
    world.flows.iter_mut().filter(|flow| flow.0 != flow.1).for_each(|flow| flow.4 = 0.029);
    bench.baseline("world", &world);
    let (ieepa, steel) = (duty("IEEPA", "USA", "\"*\"", "\"*\"", "\"25%\""), duty("Section 232", "USA", "[\"CAN\"]", "[\"goods\"]", "0.5"));
    let run = bench.simulate("entry", &format!("{HEAD}{ieepa}{steel}"), &[]);
    let rate = run.table("tariffs.csv").number(&[("importer", "USA"), ("exporter", "CAN")], "mean");
    close(rate, 0.779, 0.0, 1e-14);
    assert_eq!(format!("{:.2}", 14_172.0 * rate), "11039.99");
    let added = run
        .table("exposure.csv")
        .number(&[("exporter", "CAN"), ("importer", "USA"), ("sector", "goods"), ("measure", "weighted_rate")], "mean");
    assert_eq!(format!("{:.2}", 14_172.0 * added), "10629.00");
    // In half a year, half of each.
    let dated = |text: String, from: &str| text.replace("2025-01-01", from);
    let half = bench.simulate("half", &format!("{HEAD}{}{}", dated(ieepa, "2025-07-02"), dated(steel, "2025-12-31")), &[]);
    let rate = half.table("tariffs.csv").number(&[("importer", "USA"), ("exporter", "CAN")], "mean");
    close(rate, 0.029 + 0.25 * 183.0 / 365.0 + 0.5 / 365.0, 0.0, 1e-14);
}

/// IDLE makes nothing, SHUT buys nothing, some pairs do not trade, CAN and USA do all of that.
fn gaps() -> World {
    let values = [250., 130., 6., 0., 90., 1200., 0., 0., 0., 0., 0., 0., 40., 35., 15., 0.];
    World::one_sector(&["CAN", "USA", "IDLE", "SHUT"], &values, &fixed_elasticities(0.8, 2.5, 5.0, "1.5"))
}

#[test]
fn regions_that_make_or_buy_nothing_and_pairs_that_do_not_trade() {
    let bench = Bench::new();
    bench.baseline("world", &gaps());
    let run = bench.simulate("gaps", &format!("{HEAD}{}", duty("All", "USA", "\"*\"", "\"*\"", "\"50%\"")), &[]);
    assert_eq!(run.table("failures.csv").rows.len(), 0);
    let pairs: Vec<String> = run.table("flows.csv").iter().map(|row| row.key(&["exporter", "importer"])).collect();
    assert_eq!(pairs, ["CAN CAN", "CAN USA", "CAN IDLE", "USA CAN", "USA USA", "SHUT CAN", "SHUT USA", "SHUT IDLE"]);
    let prices: Vec<String> = run.table("prices.csv").iter().map(|row| row.key(&["region", "kind"])).collect();
    let expected = [
        "CAN producer",
        "CAN consumer",
        "CAN import",
        "USA producer",
        "USA consumer",
        "USA import",
        "IDLE consumer",
        "IDLE import",
        "SHUT producer",
    ];
    assert_eq!(prices, expected);
    assert!(price(&run, "CAN", "producer") < 1.0 && price(&run, "USA", "producer") > 1.0 && price(&run, "IDLE", "consumer") < 1.0);
    let surplus =
        |region, component| run.table("welfare.csv").number(&[("region", region), ("sector", "goods"), ("component", component)], "mean");
    assert_eq!((surplus("IDLE", "producer_surplus"), surplus("SHUT", "consumer_surplus")), (0.0, 0.0));
    assert!(surplus("SHUT", "producer_surplus") < 0.0 && surplus("IDLE", "consumer_surplus") > 0.0);
    for name in ["flows.csv", "welfare.csv", "diversion.csv", "exposure.csv"] {
        assert!(
            run.table(name).iter().all(|row| ["mean", "p05", "p50", "p95"].iter().all(|figure| row.number(figure).is_finite())),
            "{name}"
        );
    }
}

#[test]
fn fixed_endowments_and_fixed_prices() {
    let bench = Bench::new();
    bench.baseline("world", &gaps());
    let all = duty("All", "USA", "\"*\"", "\"*\"", "\"50%\"");
    let with = |stem: &str, supply: &str| bench.simulate(stem, &format!("{HEAD}[elasticities]\nsupply.\"*\" = {supply}\n{all}"), &[]);
    let not_made = |run: &Run, exporter| {
        run.table("diversion.csv").number(&[("exporter", exporter), ("sector", "goods"), ("destination", "not_made")], "mean")
    };
    let (fixed, elastic) = (with("fixed", "0"), with("elastic", "\"inf\""));
    for exporter in ["CAN", "USA", "SHUT"] {
        assert!(not_made(&fixed, exporter).abs() < 1e-6, "{}", not_made(&fixed, exporter));
        assert_eq!(price(&elastic, exporter, "producer"), 1.0);
        let surplus =
            elastic.table("welfare.csv").number(&[("region", exporter), ("sector", "goods"), ("component", "producer_surplus")], "mean");
        assert_eq!(surplus, 0.0);
    }
    assert!(price(&fixed, "CAN", "producer") < 0.99 && not_made(&elastic, "CAN") > 10.0);
    let to_us = |run: &Run| run.table("flows.csv").number(&[("exporter", "CAN"), ("importer", "USA")], "mean");
    assert!(to_us(&elastic) < 130.0 && to_us(&fixed) < 130.0);

    // One region's supply alone: the most specific entry holds.
    let one = bench.simulate("one", &format!("{HEAD}[elasticities]\nsupply.\"*\" = 1.5\nsupply.\"goods@CAN\" = \"inf\"\n{all}"), &[]);
    assert!(price(&one, "CAN", "producer") == 1.0 && price(&one, "SHUT", "producer") < 1.0);
}

/// Σ of a column over the rows between these regions.
fn trade(flows: &Table, exporters: &[&str], importers: &[&str], column: &str) -> f64 {
    let between = |row: &common::Row<'_>| {
        let (exporter, importer) = (row.text("exporter"), row.text("importer"));
        exporter != importer && exporters.contains(&exporter) && importers.contains(&importer) && row.text("period") == "2026"
    };
    flows.iter().filter(between).map(|row| row.number(column)).sum()
}

#[test]
fn the_main_scenario_passes_the_smell_test() {
    let bench = Bench::new();
    let run = bench.run(&[shipped("north-america-2025.toml")], "out", &["--draws", "400", "--no-plots", "--quiet"]);
    let (flows, summary) = (run.table("flows.csv"), run.table("summary.csv"));
    let (bridge, us) = (["CAN", "MEX"], ["USA"]);
    close(trade(&flows, &bridge, &bridge, "baseline"), 40_600.0, 0.0, 0.005);
    close(trade(&flows, &["CAN"], &us, "baseline"), 411_700.0, 0.0, 0.0005);
    close(trade(&flows, &["MEX"], &us, "baseline"), 503_400.0, 0.0, 0.0005);

    let steel = summary.one(&[("outcome", "Canadian steel to the US"), ("period", "2026")]);
    assert!((-0.85..-0.30).contains(&steel.number("mean")), "{:?}", steel.cells);
    assert!(steel.number("p95") < 0.0 && steel.number("p05") > -1.0 && steel.number("p05") < steel.number("p95"));
    let growth = trade(&flows, &bridge, &bridge, "mean") / trade(&flows, &bridge, &bridge, "baseline") - 1.0;
    assert!((-0.10..0.20).contains(&growth), "{growth}");
    let stated = summary.number(&[("outcome", "Canada–Mexico trade, growth"), ("period", "2026")], "mean");
    close(stated, growth, 1.0, 1e-4);
    let to_us = |exporter| trade(&flows, &[exporter], &us, "mean") / trade(&flows, &[exporter], &us, "baseline") - 1.0;
    // Mexico pays on less of its trade than its competitors do, and takes some of theirs.
    assert!((-0.30..-0.01).contains(&to_us("CAN")) && (-0.20..0.15).contains(&to_us("MEX")), "{} {}", to_us("CAN"), to_us("MEX"));
    assert!((-0.60..-0.05).contains(&to_us("CHN")), "{}", to_us("CHN"));
    for country in ["Canada", "Mexico"] {
        let rate = summary.number(&[("outcome", &format!("Effective US tariff on {country}")), ("period", "2026")], "mean");
        assert!((0.01..0.25).contains(&rate), "{country}: {rate}");
    }
    let welfare = |country: &str| summary.number(&[("outcome", &format!("Welfare of {country}")), ("period", "2026")], "mean");
    assert!((-20_000.0..0.0).contains(&welfare("Canada")) && (-10_000.0..10_000.0).contains(&welfare("Mexico")));
    assert!((-150_000.0..0.0).contains(&welfare("the United States")));
    assert_eq!(run.table("failures.csv").rows.len(), 0);
}
