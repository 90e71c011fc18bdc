//! Exchange rates: who sells more, what does not depend on the unit of money, and what a rate has in common with a duty.

mod common;

use common::coasts::{ONE_YEAR, machines, uncertain, with_small_halifax};
use common::{Bench, World, close, duty, fixed_elasticities};

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

const VOLUMES: &str = "[[outcome]]\nname = \"volume\"\nmeasure = \"trade_volume\"\nexporters = [\"CAN\"]\nimporters = [\"USA\"]\nas = \"level\"\n\
    [[outcome]]\nname = \"price\"\nmeasure = \"producer_price\"\nexporters = [\"CAN\"]\n\
    [[outcome]]\nname = \"imports\"\nmeasure = \"trade_volume\"\nexporters = [\"USA\"]\nimporters = [\"CAN\"]\nas = \"level\"\n";

#[test]
fn a_weaker_currency_sells_more_and_buys_less() {
    let bench = Bench::new();
    bench.baseline("world", &machines());
    let mut before = (0.0, f64::INFINITY, 0.0);
    for rate in ["1.2", "1.05", "1", "0.95", "0.8"] {
        let compiled = bench.compile(&format!("rate-{rate}"), &format!("{ONE_YEAR}[exchange_rate]\nCAN = {rate}\n{VOLUMES}"));
        let draw = compiled.only();
        let (sold, bought, price) = (draw.outcome("volume", 0), draw.outcome("imports", 0), draw.outcome("price", 0));
        assert!(sold > before.0 && bought < before.1, "{rate}: {sold} {bought}");
        // In its own currency: more is asked of those who produce.
        assert!(price > before.2, "{rate}: {price}");
        before = (sold, bought, price);
    }
}

#[test]
fn an_exchange_rate_of_one_changes_no_bit() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let head = format!("{ONE_YEAR}[land_bridge.USA]\ncost = {{ dist = \"uniform\", min = 0, max = 0.2 }}\n");
    let plain = bench.compile("plain", &head);
    let one = "{ dist = \"discrete\", values = [1.0], probabilities = [1.0] }";
    for (name, rates) in [("fixed", "CAN = 1\nMEX = 1.0\n".into()), ("drawn", format!("CAN = {one}\nMEX = {one}\n"))] {
        let with = bench.compile(name, &format!("{head}[exchange_rate]\n{rates}"));
        for (a, b) in plain.draws(0..12).iter().zip(with.draws(0..12)) {
            assert!(bits(a.cells(0)) == bits(b.cells(0)), "{name}, draw {}", a.chunk.first);
        }
    }
}

#[test]
fn only_relative_currencies_matter() {
    let bench = Bench::new();
    let elasticities = fixed_elasticities(0.9, 3.0, 6.0, "1.5");
    let values = [500., 80., 20., 60., 700., 40., 30., 50., 400.];
    // All currencies against a dollar that nobody here trades in: prices at home and quantities stay, dollars are worth less.
    bench.baseline("world", &World::one_sector(&["A", "B", "C"], &values, &elasticities));
    let compiled = bench.compile("all", &format!("{ONE_YEAR}[exchange_rate]\nA = 0.8\nB = 0.8\nC = 0.8\n"));
    let draw = compiled.only();
    for (cell, value) in values.iter().enumerate() {
        let (from, to) = (["A", "B", "C"][cell / 3], ["A", "B", "C"][cell % 3]);
        close(draw.value(0, &format!("{from}-{to}"), "goods"), 0.8 * value, 0.0, 1e-14);
        assert_eq!(draw.producer_price(0, from, "goods"), 1.0);
    }
    // The ratios alone count: A's and B's rates against C's.
    let rates = |stem: &str, [a, b, c]: [f64; 3]| {
        let compiled = bench.compile(stem, &format!("{ONE_YEAR}[exchange_rate]\nA = {a}\nB = {b}\nC = {c}\n"));
        let draw = compiled.only();
        (0..9)
            .map(|cell| {
                let (from, to) = (["A", "B", "C"][cell / 3], ["A", "B", "C"][cell % 3]);
                draw.value(0, &format!("{from}-{to}"), "goods")
            })
            .collect::<Vec<f64>>()
    };
    let (one, scaled) = (rates("one", [0.9, 1.1, 1.0]), rates("scaled", [0.45, 0.55, 0.5]));
    for (one, scaled) in one.iter().zip(&scaled) {
        close(*one, 2.0 * scaled, 0.0, 1e-11);
    }
    assert!((one[1] / values[1] - 1.0).abs() > 0.05);
}

#[test]
fn a_currency_that_rises_is_a_duty_on_what_it_sells() {
    let bench = Bench::new();
    // A buys nothing abroad, so that its rate acts on its exports alone.
    let values = [500., 80., 20., 0., 700., 40., 0., 50., 400.];
    bench.baseline("world", &World::one_sector(&["A", "B", "C"], &values, &fixed_elasticities(0.9, 3.0, 6.0, "1.5")));
    let risen = bench.compile("risen", &format!("{ONE_YEAR}[exchange_rate]\nA = 1.1\n"));
    let duties = duty("In B", "B", "[\"A\"]", "\"*\"", "\"10%\"") + &duty("In C", "C", "[\"A\"]", "\"*\"", "\"10%\"");
    let taxed = bench.compile("taxed", &format!("{ONE_YEAR}{duties}"));
    let (risen, taxed) = (risen.only(), taxed.only());
    for (pair, rate) in [("A-A", 1.1), ("A-B", 1.1), ("A-C", 1.1), ("B-B", 1.0), ("B-C", 1.0), ("C-B", 1.0), ("C-C", 1.0)] {
        close(risen.value(0, pair, "goods"), rate * taxed.value(0, pair, "goods"), 0.0, 1e-12);
    }
    assert!(taxed.value(0, "A-B", "goods") < 70.0);
}
