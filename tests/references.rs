//! Published results of other tools, read from their own files. `TRADEWIND_REFS` names the folder that holds them:
//! `TRADEWIND_REFS=… cargo test --test references -- --include-ignored`.

use serde_json::Value;
use std::path::PathBuf;
use tradewind::model::equilibrium::Wedge;
use tradewind::model::partial::{self, Workspace};
use tradewind::model::{Closure, Elasticities, Equilibrium, Market, Shock, closure, linear};

fn reference(name: &str) -> Value {
    let folder = PathBuf::from(std::env::var_os("TRADEWIND_REFS").expect("TRADEWIND_REFS names the folder of references"));
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().flat_map(|v| v.as_f64().map_or_else(|| numbers(v), |number| vec![number])).collect()
}

fn solve(market: &Market, wedges: Vec<Wedge<f64>>, elasticities: &Elasticities<f64>) -> Equilibrium<f64> {
    let mut equilibrium = Equilibrium::baseline(market.regions);
    let solved = partial::solve(market, &Shock { wedges }, elasticities, &mut equilibrium, &mut Workspace::new(market.regions));
    assert_eq!(solved.converged, 1);
    equilibrium
}

#[test]
#[ignore = "needs TRADEWIND_REFS"]
fn gsim_free_trade_between_the_us_and_the_eu() {
    let inputs = reference("gsim/gsim_4x4_inputs.json");
    let regions: Vec<&str> = inputs["regions"].as_array().unwrap().iter().map(|region| region.as_str().unwrap()).collect();
    let place = |code: &str| regions.iter().position(|region| *region == code).unwrap();
    let (duty_paid, n) = (numbers(&inputs["T0"]), regions.len());
    let market = Market::new(n, numbers(&inputs["M"]), duty_paid.iter().map(|t| t - 1.0).collect(), &vec![0.0; n * n]);
    let [demand, supply, substitution] = ["Em", "Ex", "Es"].map(|key| inputs[key].as_f64().unwrap());
    let elasticities = Elasticities::uniform(n, -demand, substitution, substitution, supply);
    let (us, eu) = (place("US"), place("EU"));
    let free = |exporter: usize, importer: usize, share: f64| {
        // Part of the way from the tariff to none; the whole of it is the published experiment.
        Wedge { exporter, importer, log: share * (1.0 / duty_paid[exporter * n + importer] - 1.0) }
    };
    let wedges = |share: f64| vec![free(us, eu, share), free(eu, us, share)];
    // The closure takes logs of what landed prices are multiplied by.
    let landed =
        [(us, eu), (eu, us)].map(|(exporter, importer)| Wedge { exporter, importer, log: -duty_paid[exporter * n + importer].ln() });
    let (mut equilibrium, mut work) = (Closure::Gsim.baseline(n), closure::Workspace::new(n));
    let solved = Closure::Gsim.solve(&market, &Shock { wedges: landed.to_vec() }, &elasticities, &mut equilibrium, &mut work);
    assert_eq!(solved.converged, 1);
    for (found, published) in equilibrium.producer.iter().zip([0.0792, -0.0316, 0.0480, -0.0184]) {
        assert!((found - 1.0 - published).abs() < 5e-5, "{found} against {published}");
    }
    let linear = |share: f64| linear::producer_prices(&market, &wedges(share), &elasticities).unwrap();
    for (found, published) in linear(1.0).iter().zip([0.0792, -0.0316, 0.0480, -0.0184]) {
        assert!((found - published).abs() < 5e-5, "{found} against {published}");
    }
    // The non-linear closure on the same market goes to the same answer as the step grows small, with an error of second order.
    let error = |share: f64| {
        let exact = solve(&market, wedges(share), &elasticities).log_producer;
        exact.iter().zip(linear(share)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    };
    let (large, small) = (error(1e-2), error(1e-3));
    assert!(small > 0.0 && (80.0..125.0).contains(&(large / small)), "{large:e} {small:e}");
}

#[test]
#[ignore = "needs TRADEWIND_REFS"]
fn usitc_market_of_three_sources() {
    let file = reference("usitc_ces/emr_armington_3source.json");
    let (inputs, outputs) = (&file["inputs"], &file["outputs"]);
    let [value, supply, cost] = ["v0", "eps", "tau_hat"].map(|key| numbers(&inputs[key]));
    // Source 0 is at home; each sells in that market alone.
    let flows = vec![value[0], 0., 0., value[1], 0., 0., value[2], 0., 0.];
    let market = Market::new(3, flows, vec![0.0; 9], &[0.0; 9]);
    let sigma = inputs["sigma"].as_f64().unwrap();
    let mut elasticities = Elasticities::uniform(3, -inputs["eta"].as_f64().unwrap(), sigma, sigma, supply[1]);
    supply.iter().enumerate().for_each(|(source, supply)| elasticities.set_supply(source, *supply));
    let wedges = (1..3).map(|exporter| Wedge { exporter, importer: 0, log: cost[exporter].ln() }).collect();
    let e = solve(&market, wedges, &elasticities);

    let meets = |found: f64, published: &Value| {
        let published = published.as_f64().unwrap();
        assert!((found / published - 1.0).abs() < 1e-9, "{found} against {published}");
    };
    meets(e.log_consumer[0].exp(), &outputs["P"]);
    for source in 0..3 {
        let (price, value) = (e.producer[source], e.value[source * 3]);
        meets(price, &outputs["producer_price_hat"][source]);
        meets(price * cost[source], &outputs["consumer_price_hat"][source]);
        meets(value / price, &outputs["q_hat"][source]);
        meets(value * cost[source], &outputs["expenditure_hat"][source]);
    }
}
