//! Ports, services and the choice of routes, held against what can be worked out by hand and against what must be so whatever the numbers.

mod common;

use common::coasts::{ONE_YEAR, PAIRS, machines, service, uncertain, with_small_halifax};
use common::draws::{Compiled, Draw};
use common::{Bench, close, duty};
use tradewind::baseline::Mode;
use tradewind::numerics::Isa;
use tradewind::simulation::chunk::{CHUNK, Chunk, ChunkWork};
use tradewind::simulation::tables::{maritime::Component, ports::Measure};
use tradewind::transport::Kind;

/// Congestion, a service, berths, processes, a land bridge that becomes dear, elasticities that age, and an event, at once.
fn everything() -> String {
    let uniform = |min: &str, max: &str| format!("{{ dist = \"uniform\", min = {min}, max = {max} }}");
    format!(
        "baseline = \"world\"\nperiods = \"2025..2027\"\n[simulation]\ndraws = 300\n\
         [elasticities]\nroute.\"*\" = {{ dist = \"lognormal\", mean = 4, sd = 0.8 }}\nimport_short.\"*\" = {}\n\
         [freight]\nsea.\"*\" = {{ process = \"mean-reverting\", sd = 0.25, speed = 0.8 }}\n\
         [transit_time]\ntruck.\"*\" = {}\n[time_value]\nmachines = {}\n\
         [land_bridge.USA]\ncost = {}\ndays = 1\nfrom = 2025-09-01\n\
         [exchange_rate]\nCAN = {{ process = \"mean-reverting\", sd = 0.08, speed = 0.5 }}\n\
         [ports]\ngrowth = {}\nhandling.\"*\" = 0.9\n\
         [[expansion]]\nport = \"Halifax\"\nadds_teu = {}\ndate = {}\n{}{}\
         [[event]]\nname = \"Border\"\ndate = 2026-04-01\n[[event.outcome]]\nname = \"quiet\"\nprobability = 0.6\n\
         [[event.outcome]]\nname = \"closed\"\nprobability = 0.4\n\
         set = {{ \"land_bridge.USA.cost\" = \"20%\", \"service.\\\"Gulf express\\\".capacity_teu\" = 30000 }}\n\
         [[event.outcome.tariff]]\nname = \"Answer\"\nimporter = \"CAN\"\nexporters = [\"USA\"]\nsectors = [\"grain\"]\nrate = \"15%\"\n\
         [[outcome]]\nname = \"By sea\"\nmeasure = \"mode_share\"\nexporters = [\"CAN\", \"MEX\"]\nimporters = [\"CAN\", \"MEX\"]\nmodes = [\"sea\"]\n\
         [[outcome]]\nname = \"Full\"\nmeasure = \"port_utilisation\"\nports = [\"Halifax\"]\n",
        uniform("2", "3"),
        uniform("0.9", "1.2"),
        uniform("\"0.4%\"", "\"1.5%\""),
        uniform("\"0%\"", "\"8%\""),
        uniform("\"0%\"", "\"4%\""),
        uniform("5000", "20000"),
        uniform("2025-06-01", "2027-06-01"),
        service("8000", "2026-01-01", 12.0, 250.0),
        duty("Canada", "USA", "[\"CAN\"]", "\"*\"", "\"25%\""),
    )
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn volume_route_and_both_are_the_whole_shift_in_every_cell_and_draw() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let compiled = bench.compile("everything", &everything());
    let mut crowded = false;
    for draw in compiled.draws(0..24) {
        for period in 0..3 {
            for pair in PAIRS {
                let mut sums = [0.0; 4];
                for sector in ["machines", "grain"] {
                    let of = |component| draw.shift(period, pair, Some(sector), component);
                    let [volume, route, joint, total] = [Component::Volume, Component::Route, Component::Joint, Component::Total].map(of);
                    let gross = volume.abs() + route.abs() + joint.abs();
                    assert!(gross > 0.0);
                    close(volume + route + joint, total, gross, 1e-9);
                    // The total is what the flows say, and both at once is the route's part in proportion to the change of trade.
                    close(total, draw.trade(period, pair, sector, &[Mode::Sea]).1, gross, 1e-9);
                    let (base, change) = draw.trade(period, pair, sector, &[]);
                    close(joint, route * change / base, gross, 1e-9);
                    for (sum, part) in sums.iter_mut().zip([volume, route, joint, total]) {
                        *sum += part;
                    }
                }
                for (sum, component) in sums.into_iter().zip([Component::Volume, Component::Route, Component::Joint, Component::Total]) {
                    close(sum, draw.shift(period, pair, None, component), sums.iter().map(|part| part.abs()).sum(), 1e-9);
                }
            }
            crowded |= draw.port(period, "Halifax", Measure::Utilisation) > 1.0;
        }
    }
    assert!(crowded, "no draw has a queue, so that congestion is not tested");
}

#[test]
fn without_congestion_routes_are_the_closed_form_and_trade_answers_as_to_a_duty_of_that_size() {
    let bench = Bench::new();
    bench.baseline("world", &machines());
    let costs = "[ports]\ncongestion = false\nhandling.\"*\" = 0.5\n[freight]\nsea.\"*\" = 1.3\ntruck.\"CAN-MEX\" = 1.1\n\
        [transit_time]\nsea.\"*\" = 0.8\n[land_bridge.USA]\ncost = \"12%\"\ndays = 2\n";
    let moved = bench.compile("moved", &format!("{ONE_YEAR}{costs}"));
    let moved = moved.only();
    let tau = 0.008;
    let per_teu = 6000.0 * 8.0;
    let mut duties = String::new();
    for (pair, truck_multiple, name) in [("CAN-MEX", 1.1, "South"), ("MEX-CAN", 1.0, "North")] {
        // Share, freight and days of the base year; then the change of cost as a share of customs value.
        let sea = |freight: f64, days: f64| {
            let handling = (200.0 + 150.0) * 0.9 / per_teu;
            freight / 6000.0 * 0.3 - 0.2 * days * tau - 0.5 * handling
        };
        let routes = [
            ("truck", 0.8, 400.0, 8.0, 400.0 / 6000.0 * (truck_multiple - 1.0) + 0.12 + 2.0 * tau),
            ("atlantic", 0.15, 170.0, 25.0, sea(170.0, 25.0)),
            ("pacific", 0.05, 150.0, 20.0, sea(150.0, 20.0)),
        ];
        let pull = routes.map(|(_, share, freight, days, change)| {
            let before = 1.0 + freight / 6000.0 + tau * days;
            share * ((before + change) / before).powi(1 - 4)
        });
        let sum: f64 = pull.iter().sum();
        for ((route, ..), pull) in routes.iter().zip(pull) {
            close(moved.share(0, pair, route), pull / sum, 0.0, 1e-12);
        }
        let composite = sum.powf(1.0 / (1.0 - 4.0));
        assert!(composite > 1.05 && pull[0] / sum < 0.79, "{composite} {pull:?}");
        let (exporter, importer) = pair.split_once('-').unwrap();
        duties += &duty(name, importer, &format!("[\"{exporter}\"]"), "\"*\"", &format!("{:.17}", composite - 1.0));
    }
    let taxed = bench.compile("taxed", &format!("{ONE_YEAR}[ports]\ncongestion = false\n{duties}"));
    let taxed = taxed.only();
    for pair in ["CAN-CAN", "CAN-USA", "CAN-MEX", "USA-CAN", "USA-USA", "USA-MEX", "MEX-CAN", "MEX-USA", "MEX-MEX"] {
        close(moved.value(0, pair, "machines"), taxed.value(0, pair, "machines"), 0.0, 1e-11);
    }
    assert!(moved.trade(0, "CAN-MEX", "machines", &[]).1 < -100.0);
}

/// What is in both runs, cell by cell, without the rows that name a service.
fn without_services(compiled: &Compiled, draw: &Draw<'_>, period: usize, routes: usize) -> Vec<Vec<u64>> {
    let tables = &compiled.plan.tables;
    let mut kept: Vec<Vec<u64>> = (0..7).map(|which| bits(draw.table(period, which))).collect();
    let mix = tables.route_mix.keys.iter().zip(draw.table(period, 7)).filter(|(key, _)| key.route < routes);
    kept.push(mix.map(|(_, share)| share.to_bits()).collect());
    let ports = tables.ports.keys.iter().zip(draw.table(period, 8)).filter(|(key, _)| matches!(key.kind, Kind::Port(_)));
    kept.push(ports.map(|(_, figure)| figure.to_bits()).collect());
    kept
}

fn same_but_for_the_service(plain: &Compiled, with: &Compiled, draws: u64, periods: usize) {
    for (a, b) in plain.draws(0..draws).iter().zip(with.draws(0..draws)) {
        for period in 0..periods {
            let (one, other) = (without_services(plain, a, period, 3), without_services(with, &b, period, 3));
            assert!(one[5].len() > 8 && one[7].len() == 12 && one[8].len() == 16, "{:?}", one.iter().map(Vec::len).collect::<Vec<_>>());
            for (which, (one, other)) in one.iter().zip(&other).enumerate() {
                assert!(one == other, "draw {}, period {period}, table {which}", a.chunk.first);
            }
            for pair in PAIRS {
                assert_eq!(b.share(period, pair, "Gulf express"), 0.0);
                assert_eq!(b.service(period, 0, pair, Measure::Throughput), 0.0);
            }
        }
    }
}

#[test]
fn a_service_without_a_place_on_board_changes_no_bit() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[land_bridge.USA]\ncost = { dist = \"uniform\", min = 0, max = 0.1 }\n[transit_time]\nsea.\"*\" = 0.5\n[ports]\ngrowth = 0.02\n";
    let plain = bench.compile("plain", head);
    let with = bench.compile("with", &format!("{head}{}", service("0", "2025-07-01", 4.0, 50.0)));
    same_but_for_the_service(&plain, &with, 12, 2);
    assert!(plain.draws(0..12).iter().any(|draw| draw.port(1, "Halifax", Measure::Utilisation) > 1.0));
    // It would be used if there were room.
    let roomy = bench.compile("roomy", &format!("{head}{}", service("1_000_000", "2025-07-01", 4.0, 50.0)));
    assert!(roomy.draws(0..2).iter().all(|draw| draw.share(1, "CAN-MEX", "Gulf express") > 0.01));
}

#[test]
fn a_service_that_opens_after_the_last_day_changes_no_bit() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[land_bridge.USA]\ncost = { dist = \"uniform\", min = 0, max = 0.1 }\n[transit_time]\nsea.\"*\" = 0.5\n[ports]\ngrowth = 0.02\n";
    let plain = bench.compile("plain", head);
    let with = bench.compile("with", &format!("{head}{}", service("50_000", "2027-01-01", 4.0, 50.0)));
    same_but_for_the_service(&plain, &with, 12, 2);
    // A day earlier it carries one day's worth.
    let day = bench.compile("day", &format!("{head}{}", service("50_000", "2026-12-31", 4.0, 50.0)));
    let day = day.only();
    assert_eq!(day.share(0, "CAN-MEX", "Gulf express"), 0.0);
    assert!(day.share(1, "CAN-MEX", "Gulf express") > 0.0);
    close(day.service(1, 0, "CAN-MEX", Measure::Capacity), 50_000.0 / 365.0, 0.0, 1e-12);
}

#[test]
fn a_service_like_the_truck_at_its_cost_takes_the_share_of_the_truck() {
    let bench = Bench::new();
    bench.baseline("world", &machines());
    let scenario = format!("{ONE_YEAR}[ports]\ncongestion = false\n{}", service("10_000_000", "2025-01-01", 8.0, 400.0));
    let compiled = bench.compile("like", &scenario);
    let draw = compiled.only();
    for pair in PAIRS {
        for (route, share) in [("truck", 0.8), ("Gulf express", 0.8), ("atlantic", 0.15), ("pacific", 0.05)] {
            close(draw.share(0, pair, route), share / 1.8, 0.0, 1e-12);
        }
        let volume = draw.value(0, pair, "machines") / draw.producer_price(0, &pair[..3], "machines");
        let teu = volume * 1e6 / 48_000.0 * 0.8 / 1.8;
        close(draw.service(0, 0, pair, Measure::Throughput), teu, 0.0, 1e-11);
    }
}

#[test]
fn a_service_saves_what_it_is_cheaper_than_the_routes_it_wins_from() {
    let bench = Bench::new();
    // Duties in the base year, so that a service's saving can be told as a duty that falls.
    let mut world = machines();
    for flow in world.flows.iter_mut().filter(|flow| PAIRS.contains(&format!("{}-{}", flow.0, flow.1).as_str())) {
        flow.4 = 0.2;
    }
    bench.baseline("world", &world);
    let head = format!("{ONE_YEAR}[ports]\ncongestion = false\n");
    let cost = |freight: f64, days: f64| 1.0 + freight / 6000.0 + 0.008 * days;
    let (truck, atlantic, pacific) = (cost(400.0, 8.0), cost(170.0, 25.0), cost(150.0, 20.0));
    let old = 0.8 * truck.ln() + 0.15 * atlantic.ln() + 0.05 * pacific.ln();
    for (stem, days, freight) in [("as-dear", 8.0, 400.0), ("cheaper", 2.0, 300.0), ("dearer", 30.0, 900.0)] {
        let serviced = bench.compile(stem, &format!("{head}{}", service("10_000_000", "2025-01-01", days, freight)));
        let serviced = serviced.only();
        let own = cost(freight, days);
        let odds = 0.8 * (own / truck).powi(-3);
        let share = odds / (1.0 + odds);
        close(serviced.share(0, "CAN-MEX", "Gulf express"), share, 0.0, 1e-12);
        let composite = (share * (own.ln() - old).min(0.0)).exp();
        let rate = format!("{:.17}", 1.2 * composite - 1.0);
        let cut = |name: &str, importer: &str, exporter: &str| {
            duty(name, importer, &format!("[\"{exporter}\"]"), "\"*\"", &rate) + "replaces_base = true\n"
        };
        let taxed = bench.compile("taxed", &format!("{head}{}{}", cut("South", "MEX", "CAN"), cut("North", "CAN", "MEX")));
        let taxed = taxed.only();
        for pair in ["CAN-CAN", "CAN-MEX", "USA-MEX", "MEX-CAN", "MEX-MEX"] {
            close(serviced.value(0, pair, "machines"), taxed.value(0, pair, "machines"), 0.0, 1e-11);
        }
        assert_eq!(serviced.trade(0, "CAN-MEX", "machines", &[]).1 > 1.0, own.ln() < old, "{stem}");
    }
}

#[test]
fn berths_from_mid_year_count_by_the_rest_of_the_year() {
    let bench = Bench::new();
    bench.baseline("world", &machines());
    let scenario = "baseline = \"world\"\nperiods = \"2025..2027\"\n\
        [[expansion]]\nport = \"Halifax\"\nadds_teu = 100_000\ndate = 2026-04-01\n[[expansion]]\nport = \"Halifax\"\nname = \"Second\"\nadds_teu = 73_000\ndate = 2027-12-31\n";
    let compiled = bench.compile("berths", scenario);
    let draw = compiled.only();
    for (period, capacity) in [(0, 800_000.0), (1, 800_000.0 + 100_000.0 * 275.0 / 365.0), (2, 900_000.0 + 200.0)] {
        close(draw.port(period, "Halifax", Measure::Capacity), capacity, 0.0, 1e-13);
    }
    assert_eq!(draw.port(1, "Veracruz", Measure::Capacity), 1_300_000.0);
}

#[test]
fn threads_and_instruction_sets_change_no_bit_with_everything_on() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let compiled = bench.compile("everything", &everything());
    let (results, chunks) = compiled.run(Isa::Portable, 1);
    assert!(chunks.len() == 2 && results.waiting_residual > 0.0);
    assert!(results.outcomes.iter().take(6).any(|column| column.whole().sd() > 0.01));
    let same = |a: &Chunk, b: &Chunk| {
        assert_eq!((&a.alive, &a.branches, &a.failures), (&b.alive, &b.branches, &b.failures));
        assert!(bits(&a.inputs) == bits(&b.inputs) && bits(&a.outcomes) == bits(&b.outcomes) && bits(&a.sums) == bits(&b.sums));
        assert!(a.moments == b.moments && a.changes == b.changes && a.waiting_residual.to_bits() == b.waiting_residual.to_bits());
    };
    let others = Isa::available().into_iter().map(|isa| (isa, 3));
    for (isa, threads) in others {
        let (again, found) = compiled.run(isa, threads);
        assert_eq!(found.len(), chunks.len());
        for (a, b) in chunks.iter().zip(&found) {
            same(a, b);
        }
        assert!(bits(&results.mean_change) == bits(&again.mean_change), "{}", isa.name());
        assert_eq!(results.branches, again.branches);
        for (a, b) in results.outcomes.iter().zip(&again.outcomes) {
            assert_eq!((&a.replicates, &a.by_branch, bits(&a.values)), (&b.replicates, &b.by_branch, bits(&b.values)), "{}", isa.name());
        }
    }
}

#[test]
fn no_draw_knows_its_neighbours_with_everything_on() {
    let bench = Bench::new();
    bench.baseline("world", &with_small_halifax(uncertain()));
    let compiled = bench.compile("everything", &everything());
    let (_, chunks) = compiled.run(Isa::detect(), 2);
    let design = compiled.plan.design();
    // Every draw in a first lane, beside those that follow it: what its neighbours need in one period must not show in its next.
    let alone = |first| ChunkWork { plan: &compiled.plan, design: &design, first, count: 1, keep: 1, only: None }.run_on(Isa::detect());
    let singles: Vec<Chunk> = std::thread::scope(|scope| {
        let roomy = std::thread::Builder::new().stack_size(16 << 20);
        roomy.spawn_scoped(scope, || (0..300).map(alone).collect()).unwrap().join().unwrap()
    });
    let mut differing = Vec::new();
    for single in &singles {
        let (chunk, place) = (&chunks[single.first as usize / CHUNK], single.first as usize % CHUNK);
        assert_eq!((single.alive[0], single.branches[0]), (chunk.alive[place], chunk.branches[place]));
        let columns = |of: &[f64], at: usize| -> Vec<u64> { of.iter().skip(at).step_by(CHUNK).map(|number| number.to_bits()).collect() };
        assert!(columns(&single.inputs, 0) == columns(&chunk.inputs, place), "draw {}", single.first);
        let cells: Vec<u32> = chunk.changes.iter().skip(place).step_by(chunk.kept).map(|change| change.to_bits()).collect();
        let own: Vec<u32> = single.changes.iter().map(|change| change.to_bits()).collect();
        if columns(&single.outcomes, 0) != columns(&chunk.outcomes, place) || own != cells {
            differing.push(single.first);
        }
    }
    assert!(differing.is_empty(), "draws {differing:?} are others alone than among their neighbours");
}
