//! Ports and services that fill: waiting, and what it does to routes, held against its own formula and against what must be so whatever the numbers.

mod common;

use common::coasts::{ONE_YEAR, PAIRS, machines, service, uncertain, with_small_halifax};
use common::draws::{Compiled, Draw};
use common::{Bench, World, close, fixed_elasticities};
use tradewind::numerics::Isa;
use tradewind::simulation::tables::ports::Measure;
use tradewind::transport::crowding::TOLERANCE;

const PORTS: [&str; 4] = ["Halifax", "Vancouver", "Veracruz", "Manzanillo"];

/// The same with trade that hardly minds what transport costs, so that what leaves the road goes to sea.
fn stubborn_machines() -> World {
    World::coasts(&["machines"], &fixed_elasticities(0.5, 1.2, 1.5, "2"))
}

/// W(u) as MODEL 5 has it, with a queue of ten years beyond capacity.
fn waiting(free: f64, utilisation: f64) -> f64 {
    free * (1.0 + 0.15 * utilisation.min(1.0).powi(4)) + 0.5 * 3650.0 * (utilisation - 1.0).max(0.0)
}

/// The share of the sea in a pair's trade, route by route.
fn by_sea(draw: &Draw<'_>, period: usize, pair: &str) -> f64 {
    draw.share(period, pair, "atlantic") + draw.share(period, pair, "pacific")
}

#[test]
fn twice_the_trade_through_twice_the_berths_is_as_crowded() {
    let bench = Bench::new();
    let once = with_small_halifax(uncertain());
    let mut twice = once.clone().scaled(2.0);
    for (from, to) in [
        (",60000,66000,", ",120000,132000,"),
        (",3000000,4000000,", ",6000000,8000000,"),
        (",1100000,1300000,", ",2200000,2600000,"),
        (",3700000,4000000,", ",7400000,8000000,"),
    ] {
        twice = twice.replacing("ports.csv", from, to);
    }
    bench.baseline("world", &once);
    bench.baseline("doubled", &twice);
    let scenario = |world: &str, adds: u32, capacity: &str| {
        format!(
            "baseline = \"{world}\"\nperiods = \"2025..2026\"\n[land_bridge.USA]\ncost = {{ dist = \"uniform\", min = 0, max = 0.2 }}\n\
             [ports]\ngrowth = 0.1\n[[expansion]]\nport = \"Halifax\"\nadds_teu = {adds}\ndate = 2026-04-01\n{}",
            service(capacity, "2025-07-01", 10.0, 200.0)
        )
    };
    let (once, twice) =
        (bench.compile("once", &scenario("world", 4_000, "9_000")), bench.compile("twice", &scenario("doubled", 8_000, "18_000")));
    let mut longest: f64 = 0.0;
    for (a, b) in once.draws(0..12).iter().zip(twice.draws(0..12)) {
        for period in 0..2 {
            for pair in PAIRS {
                for route in ["truck", "atlantic", "pacific", "Gulf express"] {
                    close(a.share(period, pair, route), b.share(period, pair, route), 0.0, 1e-9);
                }
                close(2.0 * a.value(period, pair, "grain"), b.value(period, pair, "grain"), 0.0, 1e-9);
                for measure in [Measure::Utilisation, Measure::Wait] {
                    close(a.service(period, 0, pair, measure), b.service(period, 0, pair, measure), 1.0, 1e-9);
                }
                longest = longest.max(a.service(period, 0, pair, Measure::Wait));
            }
            for port in PORTS {
                close(2.0 * a.port(period, port, Measure::Throughput), b.port(period, port, Measure::Throughput), 0.0, 1e-9);
                for measure in [Measure::Utilisation, Measure::Wait] {
                    close(a.port(period, port, measure), b.port(period, port, measure), 1.0, 1e-9);
                }
            }
        }
    }
    assert!(longest > 10.0, "nobody waits: {longest}");
}

/// The sea's share never falls from one scenario to the next; returns its first and last in the leading draw.
fn never_falls(scenarios: &[Compiled], draws: u64) -> (f64, f64) {
    let mut before: Option<Vec<[f64; 2]>> = None;
    let (mut first, mut last) = (None, 0.0);
    for (step, compiled) in scenarios.iter().enumerate() {
        let shares: Vec<[f64; 2]> = compiled.draws(0..draws).iter().map(|draw| PAIRS.map(|pair| by_sea(draw, 0, pair))).collect();
        for (now, before) in shares.iter().flatten().zip(before.iter().flatten().flatten()) {
            assert!(now >= before, "step {step}: {now} after {before}");
        }
        last = shares[0][0];
        first = first.or(Some(last));
        before = Some(shares);
    }
    (first.unwrap(), last)
}

/// One sector: of two, the one that minds waiting more may leave a port that the other fills.
fn crowding_machines() -> World {
    let elasticities = "demand,*,*,long,0.5,0.1,lognormal,assumed\ndomestic,*,*,long,1.2,0.2,lognormal,assumed\n\
        import,*,*,long,1.5,0.4,lognormal,assumed\nsupply,*,*,long,2,0.6,lognormal,assumed\n";
    with_small_halifax(World::coasts(&["machines"], elasticities))
}

#[test]
fn a_dearer_land_bridge_never_lowers_the_share_of_the_sea() {
    let bench = Bench::new();
    bench.baseline("world", &crowding_machines());
    let steps = ["0", "0.001", "0.01", "0.03", "0.06", "0.1", "0.2", "0.4", "0.8", "1.6", "4"];
    let at = |cost: &str| {
        bench.compile(
            &format!("cost-{cost}"),
            &format!("{ONE_YEAR}[land_bridge.USA]\ncost = \"{}%\"\n", cost.parse::<f64>().unwrap() * 100.0),
        )
    };
    let scenarios = steps.map(at);
    let (first, last) = never_falls(&scenarios, 8);
    close(first, 0.2, 0.0, 1e-9);
    assert!(last > 0.5, "{last}");
    let is_crowded = |draw: &Draw<'_>| draw.port(0, "Halifax", Measure::Utilisation) > 1.0 && draw.port(0, "Halifax", Measure::Wait) > 10.0;
    assert!(scenarios[10].draws(0..8).iter().any(is_crowded));
}

#[test]
fn fewer_days_at_sea_never_lower_the_share_of_the_sea() {
    let bench = Bench::new();
    bench.baseline("world", &crowding_machines());
    let steps = ["1.5", "1.2", "1", "0.9", "0.8", "0.6", "0.4", "0.2", "0.1"];
    let scenarios = steps.map(|pace| {
        bench
            .compile(&format!("pace-{pace}"), &format!("{ONE_YEAR}[transit_time]\nsea.\"*\" = {pace}\n[land_bridge.USA]\ncost = \"10%\"\n"))
    });
    let (first, last) = never_falls(&scenarios, 8);
    assert!(last > first + 0.05, "{first} {last}");
}

#[test]
fn a_cap_that_binds_holds_volume_near_capacity_by_waiting() {
    let bench = Bench::new();
    bench.baseline("world", &machines());
    let free = bench.compile("free", &format!("{ONE_YEAR}{}", service("10_000_000", "2025-01-01", 9.0, 100.0)));
    let wanted = free.only().service(0, 0, "CAN-MEX", Measure::Throughput);
    assert!(wanted > 20_000.0, "{wanted}");
    let mut before = f64::INFINITY;
    for part in [0.12, 0.2, 0.35, 0.5, 0.8] {
        let scenario = format!("{ONE_YEAR}{}", service(&format!("{}", (part * wanted).round()), "2025-01-01", 9.0, 100.0));
        let compiled = bench.compile("capped", &scenario);
        let (results, _) = compiled.run(Isa::detect(), 2);
        assert!(results.failures.is_empty() && results.waiting_residual <= TOLERANCE, "{part}");
        let draw = compiled.only();
        let (used, wait) = (draw.service(0, 0, "CAN-MEX", Measure::Utilisation), draw.service(0, 0, "CAN-MEX", Measure::Wait));
        assert!((1.0..=1.1).contains(&used), "{part}: {used}");
        assert!(wait < before && wait > 3.5, "{part}: {wait} days after {before}");
        before = wait;
    }
    // Enough room: nobody waits for more than the next ship.
    close(free.only().service(0, 0, "CAN-MEX", Measure::Wait), 3.5, 0.0, 1e-6);
}

#[test]
fn a_full_port_holds_volume_near_its_berths_too() {
    let bench = Bench::new();
    bench.baseline("world", &stubborn_machines().replacing("ports.csv", ",500000,800000,", ",40000,45000,"));
    let mut before = f64::INFINITY;
    for adds in [0, 1_000, 2_500, 5_000] {
        let berths = format!("[[expansion]]\nport = \"Halifax\"\nadds_teu = {adds}\ndate = 2025-01-01\n");
        let compiled = bench.compile("port", &format!("{ONE_YEAR}[land_bridge.USA]\ncost = \"60%\"\n{berths}"));
        let draw = compiled.only();
        let (used, wait) = (draw.port(0, "Halifax", Measure::Utilisation), draw.port(0, "Halifax", Measure::Wait));
        assert!((1.0..=1.1).contains(&used) && wait < before && wait > 5.0, "{adds}: {used}, {wait} days after {before}");
        before = wait;
    }
}

#[test]
fn waiting_and_throughput_are_those_of_the_trade_that_was_found() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(machines()));
    let scenario = format!(
        "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 16\n[land_bridge.USA]\ncost = \"15%\"\n[ports]\ngrowth = 0.05\n{}",
        service("6_000", "2025-01-01", 12.0, 300.0)
    );
    let compiled = bench.compile("known", &scenario);
    let (results, _) = compiled.run(Isa::detect(), 2);
    assert!(results.failures.is_empty());
    assert!(results.waiting_residual > 0.0 && results.waiting_residual <= TOLERANCE, "{}", results.waiting_residual);
    let draw = compiled.only();
    let ports =
        [("Halifax", "atlantic", 60_000.0, 1.5), ("Veracruz", "atlantic", 1_100_000.0, 2.5), ("Vancouver", "pacific", 3_000_000.0, 2.0)];
    for (period, years) in [(0, 1.0), (1, 2.0)] {
        for (port, route, observed, free) in ports {
            let (throughput, capacity) = (draw.port(period, port, Measure::Throughput), draw.port(period, port, Measure::Capacity));
            close(draw.port(period, port, Measure::Utilisation), throughput / capacity, 0.0, 1e-12);
            let wait = draw.port(period, port, Measure::Wait);
            assert!((wait - waiting(free, throughput / capacity)).abs() <= 1e-5, "{port}: {wait} days");
            // What passes is other trade, grown, and containers of the goods traded: their volume, not their value.
            let (mut ours, mut others) = (0.0, observed);
            for (pair, exporter, base, share) in [("CAN-MEX", "CAN", 4_000.0, 0.15), ("MEX-CAN", "MEX", 6_000.0, 0.15)] {
                let share = if route == "pacific" { 0.05 } else { share };
                others -= base * share * 1e6 * 0.9 / 48_000.0;
                let volume = draw.value(period, pair, "machines") / draw.producer_price(period, exporter, "machines");
                ours += volume * draw.share(period, pair, route) * 1e6 * 0.9 / 48_000.0;
                if route == "atlantic" {
                    ours += volume * draw.share(period, pair, "Gulf express") * 1e6 / 48_000.0;
                }
            }
            // From the middle of 2024 to the middle of the period, in years of 365.25 days.
            let years = years * 365.0 / 365.25 + 0.125 / 365.25;
            close(throughput, others * 1.05f64.powf(years) + ours, 0.0, 1e-5);
        }
        for pair in PAIRS {
            let used = draw.service(period, 0, pair, Measure::Throughput) / draw.service(period, 0, pair, Measure::Capacity);
            let wait = draw.service(period, 0, pair, Measure::Wait);
            assert!((wait - waiting(3.5, used)).abs() <= 1e-5, "{pair}: {wait} days");
        }
    }
    assert!(draw.port(1, "Halifax", Measure::Utilisation) > 1.0);
}

#[test]
fn routes_and_waits_agree_with_each_other() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(stubborn_machines()));
    let compiled = bench.compile("crowded", &format!("{ONE_YEAR}[land_bridge.USA]\ncost = \"60%\"\n"));
    let draw = compiled.only();
    let delay = |port: &str, free: f64, base: f64| draw.port(0, port, Measure::Wait) - waiting(free, base);
    let lost = |ports: [(&str, f64, f64); 2]| ports.iter().map(|(port, free, base)| delay(port, *free, *base)).sum::<f64>();
    let atlantic = lost([("Halifax", 1.5, 60.0 / 66.0), ("Veracruz", 2.5, 11.0 / 13.0)]);
    let pacific = lost([("Vancouver", 2.0, 0.75), ("Manzanillo", 3.0, 0.925)]);
    assert!(atlantic > 5.0 && pacific > 0.0, "{atlantic} {pacific}");
    // A day of waiting costs time and US$ 40 of storage per container, of the nine tenths that are in containers.
    let day = 0.9 * (0.008 + 40.0 / 48_000.0);
    let raised = |base: f64, change: f64| ((base + change) / base).powi(-3);
    let pull = [
        0.8 * raised(1.0 + 400.0 / 6000.0 + 8.0 * 0.008, 0.6),
        0.15 * raised(1.0 + 170.0 / 6000.0 + 25.0 * 0.008, day * atlantic),
        0.05 * raised(1.0 + 150.0 / 6000.0 + 20.0 * 0.008, day * pacific),
    ];
    for pair in PAIRS {
        for (route, pull_of) in ["truck", "atlantic", "pacific"].into_iter().zip(pull) {
            close(draw.share(0, pair, route), pull_of / pull.iter().sum::<f64>(), 0.0, 1e-11);
        }
    }
}

#[test]
fn hostile_worlds_are_solved_or_reported() {
    let bench = Bench::new();
    // A port through which nothing of ours passes, one with hardly anything else, one that is full three times over from the start.
    let calm = uncertain()
        .replacing("route_shares.csv", "CAN,MEX,machines,pacific,0.05", "CAN,MEX,machines,pacific,0")
        .replacing("route_shares.csv", "CAN,MEX,machines,atlantic,0.15", "CAN,MEX,machines,atlantic,0.2")
        .replacing("ports.csv", ",1100000,1300000,", ",10,100000,");
    bench.baseline("calm", &calm);
    bench.baseline("full", &calm.clone().replacing("ports.csv", ",500000,800000,", ",300000,100000,"));
    let near_one = "route.\"*\" = { dist = \"uniform\", min = 0.9, max = 1.1 }\n";
    let worlds = [
        ("near-one", "calm", near_one, "growth = 0.5\n"),
        ("one", "calm", "route.\"*\" = 1\n", "growth = 0.5\n"),
        ("keen", "calm", "route.\"*\" = { dist = \"uniform\", min = 10, max = 40 }\n", "growth = 0.5\nstorage = 400\n"),
        ("shrinking", "calm", "route.\"*\" = { dist = \"lognormal\", mean = 4, sd = 3 }\n", "growth = -0.5\n"),
        ("full", "full", "route.\"*\" = 4\n", "growth = 0.5\n"),
        ("full-near-one", "full", near_one, "growth = 0.5\n"),
        ("full-shrinking", "full", "route.\"*\" = 4\n", "growth = -0.5\n"),
    ];
    for (name, world, kappa, ports) in worlds {
        let service =
            service("{ dist = \"uniform\", min = 0, max = 20 }", "{ dist = \"uniform\", min = 2025-01-01, max = 2040-01-01 }", 1.0, 1.0);
        let scenario = format!(
            "baseline = \"{world}\"\nperiods = [2025, 2027, 2030, 2035]\n[simulation]\ndraws = 64\n[elasticities]\n{kappa}\
             [land_bridge.USA]\ncost = {{ dist = \"uniform\", min = 0, max = 3 }}\n[ports]\n{ports}{service}"
        );
        let compiled = bench.compile(name, &scenario);
        let (results, chunks) = compiled.run(Isa::detect(), 2);
        let alive: usize = chunks.iter().flat_map(|chunk| &chunk.alive).filter(|alive| **alive).count();
        let mut failed: Vec<u64> = results.failures.iter().map(|failure| failure.draw).collect();
        failed.dedup();
        assert_eq!(alive + failed.len(), 64, "{name}: some draws neither succeeded nor are they reported");
        // What no waiting can bring in line is told as a failure; in this world that is rare.
        assert!(world == "full" || alive >= 48, "{name}: {:?}", results.failures);
        assert!(results.waiting_residual <= TOLERANCE, "{name}: {}", results.waiting_residual);
        assert!(results.mean_change.iter().all(|mean| mean.is_finite()), "{name}");
        for leading in &results.leading {
            for cell in 0..leading.cells() {
                assert!(leading.of(cell).all(f32::is_finite), "{name}: cell {cell}");
            }
        }
    }
}
