//! What must hold of the default closure, on markets small enough to know the answer of.

use super::equilibrium::TOLERANCE;
use super::equilibrium::Wedge;
use super::partial::{self, Workspace};
use super::*;

/// A market of five regions with uneven trade, one region that makes nothing and one that buys nothing.
fn uneven() -> Market {
    let value = vec![
        400., 120., 30., 0., 25., //
        90., 800., 60., 0., 40., //
        20., 150., 300., 0., 0., //
        70., 35., 15., 0., 10., // buys nothing
        0., 0., 0., 0., 0., // makes nothing
    ];
    let tariff = (0..25).map(|c| if c / 5 == c % 5 { 0.0 } else { 0.01 * (c % 7) as f64 }).collect();
    let transport: Vec<f64> = (0..25).map(|c| if c / 5 == c % 5 { 0.0 } else { 0.02 + 0.01 * (c % 3) as f64 }).collect();
    Market::new(5, value, tariff, &transport)
}

fn solve(market: &Market, wedges: &[(usize, usize, f64)], elasticities: &Elasticities<f64>) -> Equilibrium<f64> {
    let shock = Shock { wedges: wedges.iter().map(|&(exporter, importer, log)| Wedge { exporter, importer, log }).collect() };
    let mut equilibrium = Equilibrium::baseline(market.regions);
    let solved = partial::solve(market, &shock, elasticities, &mut equilibrium, &mut Workspace::new(market.regions));
    assert_eq!(solved.converged, 1, "residual {}", equilibrium.residual);
    assert!(equilibrium.residual <= TOLERANCE);
    equilibrium
}

fn nested(regions: usize) -> Elasticities<f64> {
    Elasticities::uniform(regions, 0.8, 2.6, 5.2, 3.0)
}

#[test]
fn no_shock_changes_nothing_to_the_last_bit() {
    for supply in [0.0, 1.7, f64::INFINITY] {
        for wedges in [vec![], vec![(0, 1, 0.0), (2, 0, 0.0)]] {
            let e = solve(&uneven(), &wedges, &Elasticities::uniform(5, 0.8, 2.6, 5.2, supply));
            assert!(e.value.iter().chain(&e.producer).chain(&e.output).all(|&hat| hat == 1.0));
            assert!(e.log_consumer.iter().chain(&e.log_import).chain(&e.log_producer).all(|&log| log == 0.0));
        }
    }
}

#[test]
fn the_unit_of_value_is_immaterial() {
    let small = uneven();
    let doubled: Vec<f64> = small.value.iter().map(|v| 2.0 * v).collect();
    let transport: Vec<f64> =
        (0..25).map(|c| if small.value[c] > 0.0 { small.landed_cost[c] / (1.0 + small.tariff[c]) - 1.0 } else { 0.0 }).collect();
    let large = Market::new(5, doubled, small.tariff.clone(), &transport);
    let (a, b) = (solve(&small, &[(0, 1, 0.2)], &nested(5)), solve(&large, &[(0, 1, 0.2)], &nested(5)));
    for (a, b) in a.value.iter().zip(&b.value) {
        assert!((a - b).abs() < 1e-12);
    }
}

#[test]
fn all_prices_up_changes_no_share() {
    // A wedge on everything that a market buys, home included in effect: fixed supply prices and the same wedge on all imports of a market without home sales.
    let market = Market::new(3, vec![0., 60., 0., 0., 0., 0., 0., 40., 0.], vec![0.0; 9], &[0.0; 9]);
    let e = solve(&market, &[(0, 1, 0.3), (2, 1, 0.3)], &Elasticities::uniform(3, 1.0, 3.0, 6.0, f64::INFINITY));
    let (from_0, from_2) = (e.value[1], e.value[7]);
    assert!((from_0 - from_2).abs() < 1e-15);
    // η = 1: duty-paid spending stays, so customs value falls by the wedge.
    assert!((from_0 - (-0.3f64).exp()).abs() < 1e-12);
}

#[test]
fn three_sources_ces_market() {
    // One market that buys 60 at home, 30 and 10 from two others; supply 1, 10, 10; σ 4; demand −1; the second source +10%.
    let value = vec![60., 0., 0., 30., 0., 0., 10., 0., 0.];
    let market = Market::new(3, value, vec![0.0; 9], &[0.0; 9]);
    let mut elasticities = Elasticities::uniform(3, 1.0, 4.0, 4.0, 10.0);
    elasticities.set_supply(0, 1.0);
    let e = solve(&market, &[(1, 0, 1.1f64.ln())], &elasticities);
    assert!((e.log_consumer[0].exp() - 1.0356507).abs() < 5e-8);
    let consumer = [e.producer[0], e.producer[1] * 1.1, e.producer[2]];
    for (found, published) in consumer.iter().zip([1.0212404, 1.0785150, 1.0075347]) {
        assert!((found - published).abs() < 5e-8, "{consumer:?}");
    }
}

#[test]
fn small_shocks_agree_with_the_linear_model_to_first_order() {
    let market = uneven();
    let elasticities = nested(5);
    let error = |size: f64| {
        let wedges = [(0, 1, size), (2, 0, -0.5 * size)];
        let exact = solve(&market, &wedges, &elasticities).log_producer;
        let wedges: Vec<_> = wedges.iter().map(|&(exporter, importer, log)| Wedge { exporter, importer, log }).collect();
        let linear = linear::producer_prices(&market, &wedges, &elasticities).unwrap();
        exact.iter().zip(&linear).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    // Ten times smaller, a hundred times closer: the difference is of second order.
    let (large, small) = (error(1e-2), error(1e-3));
    assert!(small > 0.0 && (80.0..125.0).contains(&(large / small)), "{large:e} {small:e}");
}

#[test]
fn supply_meets_demand_by_its_own_definition() {
    // Excess demand recomputed in quantities, not as the solver writes it.
    let market = uneven();
    let supply = 2.3;
    let e = solve(&market, &[(0, 1, 0.3), (3, 1, 0.1)], &Elasticities::uniform(5, 0.8, 2.6, 5.2, supply));
    for i in 0..4 {
        let sold: f64 = (0..5).map(|n| market.value[i * 5 + n] * e.value[i * 5 + n] / e.producer[i]).sum();
        let made = market.output[i] * e.producer[i].powf(supply);
        assert!((sold / made - 1.0).abs() < 1e-10, "exporter {i}: {sold} against {made}");
    }
}

#[test]
fn fixed_prices_and_fixed_endowments() {
    let market = uneven();
    let elastic = solve(&market, &[(0, 1, 0.25)], &Elasticities::uniform(5, 0.8, 2.6, 5.2, f64::INFINITY));
    assert!(elastic.producer.iter().all(|&p| p == 1.0));
    let fixed = solve(&market, &[(0, 1, 0.25)], &Elasticities::uniform(5, 0.8, 2.6, 5.2, 0.0));
    for i in 0..4 {
        let sold: f64 = (0..5).map(|n| market.value[i * 5 + n] * fixed.value[i * 5 + n] / fixed.producer[i]).sum();
        assert!((sold / market.output[i] - 1.0).abs() < 1e-10);
    }
    assert!(fixed.producer[0] < 1.0 && elastic.value[1] < fixed.value[1]);
}

#[test]
fn a_tariff_lowers_what_it_hits_and_raises_its_rivals() {
    let market = uneven();
    let mut before = 1.0;
    for size in [0.02, 0.05, 0.1, 0.2, 0.4, 0.8] {
        let e = solve(&market, &[(0, 1, size)], &nested(5));
        assert!(e.value[1] < before && e.producer[0] < 1.0);
        assert!(e.value[2] > 1.0, "diverted to another market");
        assert!(e.value[11] > 1.0, "replaced by another origin");
        before = e.value[1];
    }
}

#[test]
fn symmetric_regions_get_symmetric_answers() {
    let market = Market::new(3, vec![50., 10., 10., 10., 50., 10., 10., 10., 50.], vec![0.0; 9], &[0.0; 9]);
    let e = solve(&market, &[(0, 2, 0.2), (1, 2, 0.2)], &nested(3));
    assert!((e.producer[0] - e.producer[1]).abs() < 1e-14 && (e.value[2] - e.value[5]).abs() < 1e-14);
}

#[test]
fn cobb_douglas_nests_are_the_limit_of_their_neighbours() {
    let market = uneven();
    let at = |domestic: f64| solve(&market, &[(0, 1, 0.3)], &Elasticities::uniform(5, 1.0, domestic, 4.0, 2.0)).log_producer[0];
    assert!((at(1.0) - at(1.0 + 1e-4)).abs() < 1e-5 && (at(1.0) - at(1.0 - 1e-4)).abs() < 1e-5);
}

#[test]
fn steep_markets_are_solved_too() {
    // Prohibitive wedges, near-fixed supply, strong substitution, complements: the damped solver takes what plain Newton does not.
    let market = uneven();
    for (demand, domestic, import, supply) in [(0.1, 1.2, 1.5, 0.05), (3.0, 1.5, 2.0, 0.1), (1.0, 15.0, 30.0, 0.2), (0.5, 0.4, 0.6, 1.0)] {
        solve(&market, &[(0, 1, 2.0), (1, 0, -1.0), (3, 2, 3.0)], &Elasticities::uniform(5, demand, domestic, import, supply));
    }
}

#[test]
fn welfare_by_its_textbook_forms() {
    let market = uneven();
    let (eta, supply) = (0.8, 2.0);
    let elasticities = Elasticities::uniform(5, eta, 2.6, 5.2, supply);
    let e = solve(&market, &[(0, 1, 0.3)], &elasticities);
    let cs = welfare::consumer_surplus(&market, &elasticities, &e, 1);
    let price = e.log_consumer[1].exp();
    assert!((cs - market.spending[1] * (1.0 - price.powf(1.0 - eta)) / (1.0 - eta)).abs() < 1e-8 && cs < 0.0);
    let ps = welfare::producer_surplus(&market, &elasticities, &e, 0);
    assert!((ps - market.output[0] * (e.producer[0].powf(1.0 + supply) - 1.0) / (1.0 + supply)).abs() < 1e-6 && ps < 0.0);
}

#[test]
fn decompositions_add_up() {
    let market = uneven();
    let e = solve(&market, &[(0, 1, 0.3)], &nested(5));
    let mut change = [0.0; 5];
    let not_made = diversion::of_exporter(&market, &e, 0, &mut change);
    assert!((change.iter().sum::<f64>() + not_made).abs() < 1e-9);
    assert!(change[1] < 0.0 && change[0] > 0.0 && change[2] > 0.0 && not_made > 0.0);
    let shift = maritime::shift(100.0, 130.0, 0.2, 0.25);
    assert!((shift.total - (130.0 * 0.25 - 100.0 * 0.2)).abs() < 1e-12);
    assert_eq!(shift.volume + shift.route + shift.joint, shift.total);
}
