//! The classic closures: GSIM against its published example and the exact model, SMART against results worked by hand, both as scenarios.

mod common;

use common::{Bench, Run, World, close, duty, shipped, stderr, tradewind};
use tradewind::model::closure::Workspace;
use tradewind::model::equilibrium::{Shock, Wedge};
use tradewind::model::{Closure, Elasticities, Equilibrium, Failure, Market, diversion, linear};

/// The answer of a closure to landed prices multiplied by what is given, and whether it has one.
fn answer(
    closure: Closure,
    market: &Market,
    landed: &[(usize, usize, f64)],
    elasticities: &Elasticities<f64>,
) -> Result<Equilibrium<f64>, Failure> {
    let wedges = landed.iter().map(|&(exporter, importer, times)| Wedge { exporter, importer, log: times.ln() }).collect();
    let (mut equilibrium, mut work) = (closure.baseline(market.regions), Workspace::new(market.regions));
    let solved = closure.solve(market, &Shock { wedges }, elasticities, &mut equilibrium, &mut work);
    if solved.converged == 1 { Ok(equilibrium) } else { Err(closure.failure(market, &equilibrium, 0)) }
}

fn solve(closure: Closure, market: &Market, landed: &[(usize, usize, f64)], elasticities: &Elasticities<f64>) -> Equilibrium<f64> {
    answer(closure, market, landed, elasticities).unwrap()
}

const US: usize = 0;
const JP: usize = 1;
const EU: usize = 2;
const RW: usize = 3;

/// Francois & Hall's four regions: trade at world prices, and tariffs.
fn four_by_four() -> Market {
    let value = vec![0., 50., 200., 300., 500., 0., 150., 200., 300., 100., 200., 200., 50., 100., 110., 20.];
    let tariff = vec![0., 0.21, 0.41, 0.22, 0.37, 0., 0.31, 0.23, 0.32, 0.36, 0., 0.18, 0.57, 0.41, 0.25, 0.15];
    Market::new(4, value, tariff, &[0.0; 16])
}

/// Five regions with uneven trade, one that makes nothing and one that buys nothing.
fn uneven() -> Market {
    let value = vec![
        400., 120., 30., 0., 25., //
        90., 800., 60., 0., 40., //
        20., 150., 300., 0., 0., //
        70., 35., 15., 0., 10., //
        0., 0., 0., 0., 0.,
    ];
    let tariff = (0..25).map(|c| if c / 5 == c % 5 { 0.0 } else { 0.01 * (c % 7) as f64 }).collect();
    let transport: Vec<f64> = (0..25).map(|c| if c / 5 == c % 5 { 0.0 } else { 0.02 + 0.01 * (c % 3) as f64 }).collect();
    Market::new(5, value, tariff, &transport)
}

#[test]
fn gsim_by_its_published_example() {
    let (market, elasticities) = (four_by_four(), Elasticities::uniform(4, 1.25, 5.0, 5.0, 1.5));
    let e = solve(Closure::Gsim, &market, &[(US, EU, 1.0 / 1.41), (EU, US, 1.0 / 1.32)], &elasticities);
    for (found, published) in e.producer.iter().zip([0.0792, -0.0316, 0.0480, -0.0184]) {
        assert!((found - 1.0 - published).abs() < 5e-5, "{:?}", e.producer);
    }
    // Changes in quantity, and welfare by the spreadsheet's formulas, from a calculation of the same example apart from this programme.
    let quantity = [
        [-0.71956, -0.29885, 0.78777, -0.25762],
        [-0.16555, 0.25516, -0.11212, 0.29639],
        [0.64822, -0.14319, -0.51047, -0.10196],
        [-0.2318, 0.18891, -0.17836, 0.23014],
    ];
    for (cell, expected) in quantity.iter().flatten().enumerate() {
        assert!((e.quantity(cell / 4, cell) - 1.0 - expected).abs() < 6e-6, "cell {cell}");
    }
    let producers = [46.135965548762975, -26.240374731298044, 39.824678241999756, -5.073199616474655];
    // Where prices fall, in the US and the EU, this is what the spreadsheet gives.
    let consumers = [110.59519673825915, -8.593473677701768, 68.55885367381687, -31.37844501653439];
    let revenue = [-138.51724242856793, 0.6219206031626996, -93.83918589012168, -2.869914372993098];
    for n in [US, JP, EU, RW] {
        close(Closure::Gsim.producer_surplus(&market, &elasticities, &e, n), producers[n], 0.0, 1e-9);
        close(Closure::Gsim.consumer_surplus(&market, &elasticities, &e, n), consumers[n], 0.0, 1e-9);
        let now = |i: usize| if (i, n) == (US, EU) || (i, n) == (EU, US) { 0.0 } else { market.tariff[i * 4 + n] };
        let change = (0..4).map(|i| market.value[i * 4 + n] * (now(i) * e.value[i * 4 + n] - market.tariff[i * 4 + n])).sum();
        close(change, revenue[n], 0.0, 1e-9);
    }
}

#[test]
fn gsim_clears_every_market() {
    let market = uneven();
    for supply in [0.0, 0.7, 3.0, f64::INFINITY] {
        let elasticities = Elasticities::uniform(5, 0.8, 5.2, 5.2, supply);
        let e = solve(Closure::Gsim, &market, &[(0, 1, 1.06), (2, 0, 0.97), (3, 1, 1.02)], &elasticities);
        for i in 0..4 {
            let sold: f64 = (0..5).map(|n| market.value[i * 5 + n] * (e.quantity(i, i * 5 + n) - 1.0)).sum();
            if supply.is_finite() {
                close(sold / market.output[i], supply * (e.producer[i] - 1.0), 0.1, 1e-13);
            } else {
                assert_eq!(e.producer[i], 1.0);
            }
        }
        // The same as the first-order model written for any nest, which is solved by another routine.
        let wedges: Vec<_> =
            [(0, 1, 0.06), (2, 0, -0.03), (3, 1, 0.02)].map(|(exporter, importer, log)| Wedge { exporter, importer, log }).to_vec();
        for (found, expected) in e.producer.iter().zip(linear::producer_prices(&market, &wedges, &elasticities).unwrap()) {
            assert!((found - 1.0 - expected).abs() < 1e-14, "{found} {expected}");
        }
    }
}

/// The exact model with one nest goes to GSIM as shocks grow small: ten times smaller, a hundred times closer.
#[test]
fn the_exact_model_tends_to_gsim() {
    let market = uneven();
    for supply in [0.0, 2.5, f64::INFINITY] {
        let elasticities = Elasticities::uniform(5, 0.8, 5.2, 5.2, supply);
        let apart = |size: f64| -> Vec<f64> {
            let landed = [(0, 1, 1.0 + size), (2, 0, 1.0 - 0.5 * size)];
            let of = |closure: Closure| {
                let e = solve(closure, &market, &landed, &elasticities);
                let surplus = |n| closure.consumer_surplus(&market, &elasticities, &e, n) / market.spending[n];
                let profit = |i| closure.producer_surplus(&market, &elasticities, &e, i) / market.output[i];
                let traded = (0..25).filter(|&cell| market.value[cell] > 0.0).map(|cell| e.value[cell]).collect::<Vec<_>>();
                [
                    e.log_producer.clone(),
                    e.log_consumer.clone(),
                    e.log_import.clone(),
                    traded,
                    [0, 1, 2].map(surplus).to_vec(),
                    (0..4).map(profit).collect(),
                ]
            };
            let (exact, linear) = (of(Closure::Partial), of(Closure::Gsim));
            let largest = |a: &Vec<f64>, b: &Vec<f64>| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            exact.iter().zip(&linear).map(|(a, b)| largest(a, b)).collect()
        };
        let (large, small) = (apart(1e-3), apart(1e-4));
        for (what, (large, small)) in large.iter().zip(&small).enumerate() {
            let fixed = *large < 1e-13 && *small < 1e-13;
            assert!(fixed || (80.0..125.0).contains(&(large / small)), "supply {supply}, {what}: {large:e} {small:e}");
            assert!(*large < 1e-4, "{large:e}");
        }
        assert!(small[3] > 1e-9, "flows are not the same");
    }
}

/// For a small tariff the parts of welfare add up to second order as they do exactly, which the triangle with the sign of the price would not.
#[test]
fn the_deadweight_loss_of_a_small_tariff_is_that_of_the_exact_model() {
    // One buyer, one seller abroad at a fixed price: the loss is a triangle, ½ η t² of what is spent.
    let market = Market::new(2, vec![0., 0., 100., 0.], vec![0.0; 4], &[0.0; 4]);
    let elasticities = Elasticities::uniform(2, 1.4, 5.0, 5.0, f64::INFINITY);
    let rate = 1e-3;
    for closure in [Closure::Partial, Closure::Gsim, Closure::Smart] {
        let e = solve(closure, &market, &[(1, 0, 1.0 + rate)], &elasticities);
        let net = closure.consumer_surplus(&market, &elasticities, &e, 0) + rate * 100.0 * e.value[2];
        close(net, -0.5 * 1.4 * rate * rate * 100.0, 0.0, 5e-3);
    }
}

/// One importer (0) of three suppliers, and home sales that SMART leaves alone.
fn one_importer() -> Market {
    let value = vec![500., 0., 0., 0., 100., 0., 0., 0., 240., 0., 0., 0., 60., 0., 0., 0.];
    let tariff = vec![0., 0., 0., 0., 0.25, 0., 0., 0., 0.25, 0., 0., 0., 0.25, 0., 0., 0.];
    Market::new(4, value, tariff, &[0.0; 16])
}

/// M_k M_K x/(M_k + M_K + M_k x): Laird & Yeats' diversion to the preferred group k.
fn laird_yeats(preferred: f64, others: f64, x: f64) -> f64 {
    preferred * others * x / (preferred + others + preferred * x)
}

#[test]
fn smart_by_hand() {
    let (market, elasticities) = (one_importer(), Elasticities::uniform(4, 2.0, 3.0, 1.5, f64::INFINITY));
    // 25% to nothing for supplier 1: landed prices fall by a fifth; creation 100·2·0.2, diversion with x = 1.5·0.2.
    let e = solve(Closure::Smart, &market, &[(1, 0, 0.8)], &elasticities);
    let diverted = laird_yeats(100.0, 300.0, 0.3);
    assert!((diverted - 20.930_232_558).abs() < 1e-9);
    for (supplier, base, change) in [(1, 100.0, 40.0 + diverted), (2, 240.0, -0.8 * diverted), (3, 60.0, -0.2 * diverted)] {
        close(base * (e.value[supplier * 4] - 1.0), change, 0.0, 1e-12);
        assert_eq!((e.producer[supplier], e.value[supplier * 4]), (1.0, e.quantity(supplier, supplier * 4)));
    }
    assert_eq!(e.value[0], 1.0, "home sales stay");
    close(e.log_import[0].exp(), 1.0 - 0.2 * 0.25, 0.0, 1e-15);
    close(e.log_consumer[0].exp(), 1.0 - 0.2 * 125.0 / 1000.0, 0.0, 1e-15);
    // ½ (t + t′) ΔM over all suppliers.
    let consumers = Closure::Smart.consumer_surplus(&market, &elasticities, &e, 0);
    close(consumers, 125.0 * 0.2 * (1.0 + 0.5 * (0.4 + diverted / 100.0)), 0.0, 1e-12);
    let revenue = -0.25 * (100.0 + diverted);
    close(consumers + revenue, 0.5 * 0.25 * (40.0 + diverted) - 0.25 * diverted, 40.0, 1e-14);
}

#[test]
fn smart_with_finite_supply() {
    let (market, elasticities) = (one_importer(), Elasticities::uniform(4, 2.0, 3.0, 1.5, 3.0));
    let e = solve(Closure::Smart, &market, &[(1, 0, 0.8), (2, 0, 0.8), (3, 0, 0.8)], &elasticities);
    for supplier in [1, 2, 3] {
        // TC = M·η·0.2/(1 + η/ε), world price up by η·0.2/(ε + η); all are treated alike, so nothing is diverted.
        close(e.quantity(supplier, supplier * 4), 1.0 + 2.0 * 0.2 / (1.0 + 2.0 / 3.0), 0.0, 1e-15);
        close(e.producer[supplier], 1.0 + 2.0 * 0.2 / 5.0, 0.0, 1e-15);
        close(e.value[supplier * 4] - 1.0, (e.quantity(supplier, supplier * 4) - 1.0) + (e.producer[supplier] - 1.0), 0.0, 1e-14);
        let profit = Closure::Smart.producer_surplus(&market, &elasticities, &e, supplier);
        close(profit, market.output[supplier] * 0.08 * (1.0 + 0.5 * 0.24), 0.0, 1e-12);
    }
    let fixed = solve(Closure::Smart, &market, &[(1, 0, 0.8)], &Elasticities::uniform(4, 2.0, 3.0, 1.5, 0.0));
    close(fixed.producer[1], 1.2, 0.0, 1e-15);
}

#[test]
fn smart_diverts_what_others_lose() {
    let (market, elasticities) = (one_importer(), Elasticities::uniform(4, 1.0, 3.0, 6.0, f64::INFINITY));
    // A rise on one is a preference for the others: Laird & Yeats' groups the other way round.
    let e = solve(Closure::Smart, &market, &[(1, 0, 1.2)], &elasticities);
    let gained = laird_yeats(300.0, 100.0, 6.0 * (1.0 - 1.0 / 1.2));
    close(240.0 * (e.value[8] - 1.0), 0.8 * gained, 0.0, 1e-12);
    close(100.0 * (e.value[4] - 1.0), -0.2 * 100.0 - gained, 0.0, 1e-12);
    // Three rates: what some gain the others lose, and no supplier more than he had, however large the rise.
    for (first, second) in [(1.1, 0.9), (1.3, 1.05), (0.75, 0.9), (3.0, 1.5)] {
        let rigid = Elasticities::uniform(4, 0.0, 3.0, 6.0, f64::INFINITY);
        let e = solve(Closure::Smart, &market, &[(1, 0, first), (2, 0, second)], &rigid);
        let sum: f64 = (1..4).map(|i| market.value[i * 4] * (e.value[i * 4] - 1.0)).sum();
        assert!(sum.abs() < 1e-11 && (1..4).all(|i| e.value[i * 4] > 0.0), "{first} {second}: {sum}");
        let order = e.value[4] < e.value[8];
        assert_eq!(order, first > second, "the dearer loses more");
    }
}

#[test]
fn each_market_of_smart_stands_alone() {
    let market = uneven();
    let elasticities = Elasticities::uniform(5, 1.2, 3.0, 4.0, 2.0);
    let landed = [(0, 1, 1.1), (2, 1, 0.95), (3, 0, 1.05)];
    let together = solve(Closure::Smart, &market, &landed, &elasticities);
    let second = solve(Closure::Smart, &market, &landed[2..], &elasticities);
    for i in 0..5 {
        assert_eq!(together.value[i * 5], second.value[i * 5]);
        assert_eq!(second.value[i * 5 + 1], 1.0);
    }
    let mut change = [0.0; 5];
    let not_made = diversion::of_exporter(&market, &together, 0, &mut change);
    assert!(change[1] < 0.0 && change[0] == 0.0 && change[2] == 0.0 && not_made > 0.0);
}

#[test]
fn no_shock_changes_nothing_to_the_last_bit_in_any_closure() {
    for closure in [Closure::Partial, Closure::Gsim, Closure::Smart] {
        for supply in [0.0, 1.7, f64::INFINITY] {
            let elasticities = Elasticities::uniform(5, 0.8, 2.6, 5.2, supply);
            for landed in [&[][..], &[(0, 1, 1.0), (2, 0, 1.0)]] {
                let e = solve(closure, &uneven(), landed, &elasticities);
                assert!(e.value.iter().chain(&e.producer).chain(&e.output).chain(&e.by_market).chain(&e.landed).all(|&hat| hat == 1.0));
                assert!(e.log_consumer.iter().chain(&e.log_import).chain(&e.log_producer).all(|&log| log == 0.0));
                for region in 0..5 {
                    assert_eq!(closure.consumer_surplus(&uneven(), &elasticities, &e, region), 0.0);
                    assert_eq!(closure.producer_surplus(&uneven(), &elasticities, &e, region), 0.0);
                }
            }
        }
    }
}

#[test]
fn a_higher_duty_lowers_what_it_hits_in_any_closure() {
    for closure in [Closure::Partial, Closure::Gsim, Closure::Smart] {
        for supply in [0.4, 3.0, f64::INFINITY] {
            let mut before = 1.0;
            for rate in [0.02, 0.05, 0.08, 0.12] {
                let e = solve(closure, &uneven(), &[(0, 1, 1.0 + rate)], &Elasticities::uniform(5, 0.8, 5.2, 5.2, supply));
                assert!(e.value[1] < before && e.producer[0] <= 1.0, "{closure:?}, supply {supply}");
                assert!(e.value[11] > 1.0, "replaced by another origin");
                before = e.value[1];
            }
        }
    }
}

#[test]
fn symmetric_regions_get_symmetric_answers_in_any_closure() {
    let market = Market::new(3, vec![50., 10., 10., 10., 50., 10., 10., 10., 50.], vec![0.0; 9], &[0.0; 9]);
    for closure in [Closure::Partial, Closure::Gsim, Closure::Smart] {
        let e = solve(closure, &market, &[(0, 2, 1.05), (1, 2, 1.05)], &Elasticities::uniform(3, 0.8, 5.2, 5.2, 3.0));
        assert!((e.producer[0] - e.producer[1]).abs() < 1e-14 && (e.value[2] - e.value[5]).abs() < 1e-14);
    }
}

#[test]
fn what_a_linear_model_cannot_tell_is_a_failure() {
    let elasticities = Elasticities::uniform(5, 0.8, 5.2, 5.2, 3.0);
    let failure = answer(Closure::Gsim, &uneven(), &[(0, 1, 1.5)], &elasticities).unwrap_err();
    assert!(matches!(failure, Failure::BelowZero { lowest } if lowest < 0.0), "{failure:?}");
    assert!(failure.to_string().contains("too large for a linear model"), "{failure}");
    let steep = Elasticities::uniform(4, 3.0, 3.0, 1.5, f64::INFINITY);
    let failure = answer(Closure::Smart, &one_importer(), &[(1, 0, 1.5)], &steep).unwrap_err();
    assert!(matches!(failure, Failure::BelowZero { lowest } if lowest < 0.0), "{failure:?}");
    // Neither demand nor supply answers: no price clears the market.
    let failure = answer(Closure::Smart, &one_importer(), &[(1, 0, 1.5)], &Elasticities::uniform(4, 0.0, 3.0, 1.5, 0.0)).unwrap_err();
    assert_eq!(failure, Failure::NotFinite);
}

#[test]
fn the_gsim_scenario_gives_the_published_prices() {
    let bench = Bench::new();
    let run = bench.run(&[shipped("gsim-us-eu.toml")], "out", &["--no-plots", "--quiet"]);
    let prices = run.table("prices.csv");
    for (region, published) in [("US", 0.0792), ("JP", -0.0316), ("EU", 0.0480), ("RW", -0.0184)] {
        let found = prices.number(&[("region", region), ("kind", "producer")], "mean");
        assert!((found - 1.0 - published).abs() < 5e-5, "{region}: {found}");
    }
    let welfare = run.table("welfare.csv");
    let of = |region, component| welfare.number(&[("region", region), ("sector", "all"), ("component", component)], "mean");
    close(of("US", "consumer_surplus"), 110.59519673825915, 0.0, 1e-9);
    close(of("JP", "producer_surplus"), -26.240374731298044, 0.0, 1e-9);
    // The rest of the world levies duties on its own members' trade, too.
    close(of("RW", "tariff_revenue"), -2.869914372993098, 0.0, 1e-9);
    assert_eq!(run.manifest()["closure"], "gsim");
    let explained = tradewind().arg("explain").arg(shipped("gsim-us-eu.toml")).assert().code(0).get_output().stdout.clone();
    assert!(String::from_utf8(explained).unwrap().contains("Closure gsim: linear (Francois & Hall)"));
}

#[test]
fn the_smart_scenario_gives_what_its_sources_work_out() {
    let bench = Bench::new();
    let known = "extends = \"smart.toml\"\n[elasticities]\ndemand.\"*\" = 2.0\n";
    let text = std::fs::read_to_string(shipped("smart-example.toml")).unwrap();
    let baseline = format!("baseline = '{}'", shipped("baseline-smart-example").display());
    bench.file("smart.toml", &text.replace("baseline = \"baseline-smart-example\"", &baseline));
    let run = bench.simulate("known", known, &["--draws", "16"]);
    let summary = run.table("summary.csv");
    let sources = std::fs::read_to_string(shipped("baseline-smart-example/SOURCES.md")).unwrap();
    for (outcome, expected, written) in [
        ("Imports from the partner", 60.930_232_558, "160.930"),
        ("Imports from the others", -20.930_232_558, "20.930"),
        ("Tariff revenue", -30.232_558_140, "−30.233"),
        ("Welfare", 2.383_720_930, "2.384"),
    ] {
        let found = summary.number(&[("outcome", outcome), ("branch", "all")], "mean");
        assert!((found - expected).abs() < 1e-8, "{outcome}: {found}");
        assert!(sources.contains(written), "{written}");
    }
    assert_eq!(run.manifest()["closure"], "smart");
    let drawn = bench.run(&[bench.path("smart.toml")], "out", &["--no-plots", "--quiet"]);
    assert!(drawn.table("summary.csv").number(&[("outcome", "Welfare"), ("branch", "all")], "sd") > 0.1);
}

/// A scenario of one duty on the small world, with what is added to it.
fn with_closure(bench: &Bench, stem: &str, closure: &str, rate: &str, more: &str) -> std::path::PathBuf {
    bench.baseline("world", &World::small());
    let steel = duty("Steel", "USA", "\"*\"", "[\"steel\"]", rate);
    let head = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 64\n";
    bench.file(&format!("{stem}.toml"), &format!("{head}[model]\nclosure = \"{closure}\"\n{steel}{more}"))
}

#[test]
fn numbers_that_a_closure_does_not_use_are_told() {
    let bench = Bench::new();
    let told = |stem: &str, closure: &str, more: &str| {
        let assert = tradewind().arg("check").arg(with_closure(&bench, stem, closure, "\"2%\"", more)).assert().code(0);
        stderr(&assert)
    };
    let gsim = told("a", "gsim", "");
    assert!(gsim.contains("a.toml:6:11") && gsim.contains("(domestic) is not used") && !gsim.contains("import demand"), "{gsim}");
    let own = told("b", "gsim", "[elasticities]\ndomestic.\"*\" = 3.0\n");
    assert!(own.contains("elasticities.domestic changes nothing with closure = \"gsim\"") && !own.contains("the baseline's"), "{own}");
    let smart = told("c", "smart", "");
    for what in ["leaves home sales as they are", "elasticity of import demand", "finite export supply"] {
        assert!(smart.contains(what), "{what}: {smart}");
    }
    let stated = told("d", "smart", "[elasticities]\ndemand.\"*\" = 1.5\nsupply.\"*\" = \"inf\"\n");
    assert!(!stated.contains("elasticity of import demand") && !stated.contains("finite export supply"), "{stated}");
    assert!(!told("e", "partial", "[elasticities]\ndomestic.\"*\" = 3.0\n").contains("domestic"));
    let event = "[[event]]\nname = \"E\"\ndate = 2025-07-01\n[[event.outcome]]\nname = \"yes\"\nprobability = 0.5\n\
                 set = { \"elasticities.domestic.steel\" = 2.0 }\n[[event.outcome]]\nname = \"no\"\nprobability = 0.5\n";
    let set = told("f", "gsim", event);
    assert!(set.contains("elasticities.domestic.steel changes nothing"), "{set}");
}

#[test]
fn draws_that_leave_the_range_of_a_linear_model_are_listed() {
    let bench = Bench::new();
    let path = with_closure(&bench, "steep", "gsim", "{ dist = \"uniform\", min = 0.0, max = 0.4 }", "");
    let assert = tradewind().arg("run").arg(&path).args(["--no-plots", "--quiet", "--out"]).arg(bench.path("out")).assert().code(3);
    assert!(stderr(&assert).contains("have no equilibrium"));
    let failures = Run::of(&bench.path("out/steep")).table("failures.csv");
    assert!(!failures.rows.is_empty() && failures.rows.len() < 64);
    assert!(failures.texts("reason").iter().all(|reason| reason.contains("too large for a linear model")));
}

#[test]
fn closures_are_compared_draw_by_draw() {
    let bench = Bench::new();
    let more = "[elasticities]\nsupply.\"*\" = \"inf\"\n[[outcome]]\nname = \"imports\"\nmeasure = \"trade_value\"\nimporters = [\"USA\"]\n\
                sectors = [\"steel\"]\nas = \"percent\"\n";
    let paths = ["partial", "gsim", "smart"].map(|closure| with_closure(&bench, closure, closure, "\"1%\"", more));
    tradewind().arg("compare").args(&paths).args(["--no-plots", "--quiet", "--out"]).arg(bench.path("out")).assert().code(0);
    for closure in ["gsim", "smart"] {
        let apart = Run::of(&bench.path(&format!("out/partial-vs-{closure}")));
        let found = apart.table("summary.csv").number(&[("outcome", "imports"), ("branch", "all")], "mean");
        assert!(found != 0.0 && found.abs() < 0.1, "{closure}: {found}");
        assert_eq!(apart.manifest()["closure"], closure);
    }
}
