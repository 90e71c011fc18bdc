//! `[data]`: the base year's own figures in doubt. What is drawn has the spread that is said and moves nothing else; what comes of it is an equilibrium of each
//! draw's own base year.

mod common;

use common::draws::{BaseYear, Compiled};
use common::{Bench, World, close, duty, fixed_elasticities};
use tradewind::simulation::tables::maritime::Component;

const HEAD: &str = "baseline = \"world\"\nperiods = 2025\n[simulation]\ndraws = 4096\n";
const DRAWS: usize = 4096;
/// Of what 4,096 Sobol' points say of a standard deviation or correlation: several times their error.
const SAMPLING: f64 = 0.02;

/// The small world with elasticities that are known, so that nothing but the data is drawn.
fn known() -> World {
    World { elasticities: fixed_elasticities(0.8, 2.5, 5.0, "2") + "route,*,*,long,4,,,assumed\n", ..World::small() }
        .replacing("route_shares.csv", ",0.3,assumed", ",0,assumed")
        .replacing("route_shares.csv", ",0.8,assumed", ",0,assumed")
}

fn compile(world: &World, scenario: &str) -> Compiled {
    let bench = Bench::new();
    bench.baseline("world", world);
    bench.compile("doubtful", scenario)
}

/// By draw: the log of a cell over what the baseline has.
fn logs(years: &[BaseYear<'_>], world: &World, pair: &str, sector: &str) -> Vec<f64> {
    let central = central(world, pair, sector);
    years.iter().map(|year| (year.value(pair, sector) / central).ln()).collect()
}

fn central(world: &World, pair: &str, sector: &str) -> f64 {
    world.flows.iter().find(|flow| format!("{}-{}", flow.0, flow.1) == pair && flow.2 == sector).unwrap().3
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn covariance(a: &[f64], b: &[f64]) -> f64 {
    let (of_a, of_b) = (mean(a), mean(b));
    a.iter().zip(b).map(|(a, b)| (a - of_a) * (b - of_b)).sum::<f64>() / (a.len() - 1) as f64
}

fn sd(numbers: &[f64]) -> f64 {
    covariance(numbers, numbers).sqrt()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    covariance(a, b) / (sd(a) * sd(b))
}

/// Every cell but these is what the baseline says, to the last bit, in every draw.
#[track_caller]
fn others_stand(years: &[BaseYear<'_>], world: &World, moving: &[(&str, &str)]) {
    let still = world.flows.iter().filter(|flow| !moving.contains(&(&format!("{}-{}", flow.0, flow.1), flow.2)));
    let still: Vec<_> = still.collect();
    assert_eq!(still.len() + moving.len(), world.flows.len());
    for (from, to, sector, value, _) in still {
        let pair = format!("{from}-{to}");
        assert!(years.iter().all(|year| year.value(&pair, sector).to_bits() == value.to_bits()), "{pair} {sector}");
    }
}

#[test]
fn home_sales_spread_as_said_and_half_of_it_is_common_to_a_market() {
    let world = known().assuming(&[("CAN", "CAN", "steel"), ("CAN", "CAN", "grain"), ("MEX", "MEX", "steel"), ("CAN", "USA", "grain")]);
    let compiled = compile(&world, &format!("{HEAD}[data]\nhome_sales = 0.3\n"));
    let paths: Vec<&str> = compiled.plan.world.parameters.iter().map(|uncertain| uncertain.path.as_str()).collect();
    let expected = ["data.home_sales.CAN", "data.home_sales.CAN.steel", "data.home_sales.CAN.grain", "data.home_sales.MEX"];
    assert_eq!(paths, [&expected[..], &["data.home_sales.MEX.steel"]].concat());
    let years = compiled.base_years(DRAWS);
    // Imports stand, so this is the log of home over import sales too.
    others_stand(&years, &world, &[("CAN-CAN", "steel"), ("CAN-CAN", "grain"), ("MEX-MEX", "steel")]);
    let of = |pair: &str, sector: &str| logs(&years, &world, pair, sector);
    let (steel, grain, mexican) = (of("CAN-CAN", "steel"), of("CAN-CAN", "grain"), of("MEX-MEX", "steel"));
    for numbers in [&steel, &grain, &mexican] {
        close(sd(numbers), 0.3, 0.0, SAMPLING);
        assert!(mean(numbers).abs() < 0.3 * SAMPLING, "{}", mean(numbers));
    }
    close(correlation(&steel, &grain), 0.5, 1.0, SAMPLING);
    close(correlation(&steel, &mexican), 0.0, 1.0, SAMPLING);
    // The market is calibrated to what was drawn.
    let steel = compiled.sector("steel");
    let (canada, regions) = (compiled.region("CAN"), compiled.baseline.regions.len());
    for year in &years[..64] {
        let market = &year.markets[steel];
        let bought = |from: usize| market.value[from * regions + canada] * market.landed_cost[from * regions + canada];
        close(market.home_share[canada], bought(canada) / (0..regions).map(bought).sum::<f64>(), 0.0, 1e-14);
        close(market.output[canada], (0..regions).map(|to| market.value[canada * regions + to]).sum(), 0.0, 1e-14);
    }
}

#[test]
fn trade_moves_between_the_goods_of_a_pair_and_not_in_its_sum() {
    let pairs = [("CAN", "USA", "steel"), ("CAN", "USA", "grain"), ("MEX", "ROW", "steel"), ("USA", "USA", "steel")];
    let world = known().assuming(&pairs);
    let compiled = compile(&world, &format!("{HEAD}[data]\ntrade = 0.4\n"));
    let years = compiled.base_years(DRAWS);
    others_stand(&years, &world, &[("CAN-USA", "steel"), ("CAN-USA", "grain"), ("MEX-ROW", "steel")]);
    let whole = central(&world, "CAN-USA", "steel") + central(&world, "CAN-USA", "grain");
    for year in &years {
        close(year.value("CAN-USA", "steel") + year.value("CAN-USA", "grain"), whole, 0.0, 1e-13);
    }
    // What the scaling takes from one it takes from the other: their ratio has the spread of two independent cells.
    let (steel, grain) = (logs(&years, &world, "CAN-USA", "steel"), logs(&years, &world, "CAN-USA", "grain"));
    let apart: Vec<f64> = steel.iter().zip(&grain).map(|(steel, grain)| steel - grain).collect();
    close(sd(&apart), 0.4 * 2f64.sqrt(), 0.0, SAMPLING);
    // The only doubtful cell of its pair has no other to give to.
    close(sd(&logs(&years, &world, "MEX-ROW", "steel")), 0.4, 0.0, SAMPLING);
}

#[test]
fn what_is_named_moves_as_it_is_named_whatever_its_mark() {
    let world = known().assuming(&[("CAN", "CAN", "steel"), ("MEX", "MEX", "grain"), ("CAN", "USA", "steel"), ("MEX", "USA", "steel")]);
    let section = "[data]\nhome_sales = { \"*\" = 0.3, USA = 0.1, CAN = 0 }\ntrade = { \"USA-MEX\" = 0.2, \"CAN-USA\" = 0 }\n";
    let compiled = compile(&world, &format!("{HEAD}{section}"));
    let years = compiled.base_years(DRAWS);
    let moving = [("USA-USA", "steel"), ("USA-USA", "grain"), ("MEX-MEX", "grain"), ("USA-MEX", "steel"), ("USA-MEX", "grain")];
    others_stand(&years, &world, &moving);
    for (pair, sector, expected) in [("USA-USA", "steel", 0.1), ("USA-USA", "grain", 0.1), ("MEX-MEX", "grain", 0.3)] {
        close(sd(&logs(&years, &world, pair, sector)), expected, 0.0, SAMPLING);
    }
    let (steel, grain) = (logs(&years, &world, "USA-MEX", "steel"), logs(&years, &world, "USA-MEX", "grain"));
    let apart: Vec<f64> = steel.iter().zip(&grain).map(|(steel, grain)| steel - grain).collect();
    close(sd(&apart), 0.2 * 2f64.sqrt(), 0.0, SAMPLING);
}

#[test]
fn all_that_is_doubtful_is_what_the_baseline_marks() {
    let world = known().assuming(&[("CAN", "CAN", "steel"), ("CAN", "USA", "steel"), ("CAN", "USA", "grain")]);
    let compiled = compile(&world, &format!("{HEAD}[data]\nuncertain = true\n"));
    let years = compiled.base_years(DRAWS);
    others_stand(&years, &world, &[("CAN-CAN", "steel"), ("CAN-USA", "steel"), ("CAN-USA", "grain")]);
    close(sd(&logs(&years, &world, "CAN-CAN", "steel")), 0.3, 0.0, SAMPLING);
    for sector in 0..2 {
        let heavier: Vec<f64> = years.iter().map(|year| year.bulk[sector].ln()).collect();
        close(sd(&heavier), 0.2, 0.0, SAMPLING);
    }
}

#[test]
fn without_doubt_no_byte_changes() {
    let bench = Bench::new();
    // Everything observed: there is nothing to be doubted.
    let observed = World::small().replacing("value_density.csv", "assumed", "observed");
    bench.baseline("world", &observed);
    bench.baseline("doubtful", &World::small().assuming_all());
    let scenario = |world: &str, section: &str| {
        let head = format!("baseline = \"{world}\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 48\n");
        let text = format!("{head}{}{section}", duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"50%\""));
        let mut files = bench.simulate("steel", &text, &["--keep-draws", "csv"]).files();
        files.retain(|name, _| name.ends_with(".csv"));
        assert!(files.len() > 10);
        files
    };
    for (world, section) in [("world", "[data]\nuncertain = true\n"), ("doubtful", "[data]\nuncertain = false\n"), ("doubtful", "[data]\n")]
    {
        assert!(scenario(world, section) == scenario(world, ""), "{world}, {section}");
    }
    let zero = "[data]\nhome_sales = 0\ntrade = 0\nvalue_density = 0\n";
    assert!(scenario("doubtful", zero) == scenario("doubtful", ""));
    assert!(scenario("doubtful", "[data]\nuncertain = true\n") != scenario("doubtful", ""), "doubt shows");
}

#[test]
fn heavier_goods_fill_more_containers_and_shun_dear_freight() {
    let outcome = |name: &str, rest: &str| format!("[[outcome]]\nname = \"{name}\"\nexporters = [\"CAN\"]\nimporters = [\"MEX\"]\n{rest}");
    let volume = outcome("containers", "measure = \"trade_volume\"\nunit = \"teu\"\nas = \"level\"\nsectors = [\"steel\"]\n");
    let share = outcome("sea", "measure = \"mode_share\"\nmodes = [\"sea\"]\nsectors = [\"steel\"]\nas = \"change\"\n");
    let section = "[data]\nvalue_density = { steel = 0.5 }\n";
    let draws = 256;
    let still = compile(&known(), &format!("{HEAD}{section}{volume}"));
    let weights: Vec<f64> = still.base_years(draws).iter().map(|year| year.bulk[still.sector("steel")]).collect();
    let containers = |draw: &common::draws::Draw<'_>| draw.outcome("containers", 0);
    // 28 US$ million of 1,300 US$ a tonne and 13 tonnes a container, however they travel.
    let expected = 6e6 / 1300.0 / 13.0;
    for (draw, weight) in still.draws(0..16).iter().zip(&weights) {
        close(containers(draw), expected * weight, 0.0, 1e-12);
    }
    let dearer = compile(&known(), &format!("{HEAD}{section}[freight]\nsea.\"*\" = 2.0\n{share}"));
    let mut found: Vec<(f64, f64)> =
        dearer.draws(0..64).iter().zip(&weights).map(|(draw, &weight)| (weight, draw.outcome("sea", 0))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(found[63].0 > 2.0 * found[0].0, "weights spread: {:?}", (found[0], found[63]));
    assert!(found.windows(2).all(|pair| pair[1].1 < pair[0].1 && pair[0].1 < 0.0), "{found:?}");
}

/// All that can be in doubt, on the small world with uncertain elasticities and route shares.
const DOUBTFUL: &str = "[data]\nuncertain = true\n";

#[test]
fn no_shock_changes_nothing_in_any_draw_whatever_the_base_year() {
    let one = "{ dist = \"discrete\", values = [1.0], probabilities = [1.0] }";
    let nothing = "{ dist = \"discrete\", values = [0.0], probabilities = [1.0] }";
    let taken = duty("Nothing", "USA", "\"*\"", "\"*\"", nothing) + &format!("[freight]\nsea.\"*\" = {one}\ntruck.\"*\" = {one}\n");
    let world = World::small().assuming_all();
    // Silent; and with every step taken.
    for (section, exposed) in [("", false), (taken.as_str(), true)] {
        let compiled = compile(&world, &format!("{HEAD}{DOUBTFUL}{section}"));
        assert!(compiled.plan.world.parameters.len() > 40);
        let ranges = compiled.plan.tables.ranges();
        for draw in compiled.draws(0..24) {
            for (table, range) in ranges.iter().enumerate() {
                let cells = &draw.cells(0)[range.clone()];
                // Shares of trade that pay a measure of nothing; shares of routes.
                if table == 6 && exposed || table == 7 {
                    continue;
                }
                assert!(cells.iter().all(|change| *change == 0.0), "table {table}: {cells:?}");
            }
        }
    }
}

const SHOCK: &str = "\n[[tariff]]\nname = \"Steel\"\nimporter = \"USA\"\nexporters = [\"CAN\", \"MEX\"]\nsectors = \"*\"\nrate = \"25%\"\nfrom = 2025-01-01\n\
    [freight]\ntruck.\"*\" = 1.4\n";

#[test]
fn each_draw_is_an_equilibrium_of_its_own_base_year() {
    let world = known().assuming_all();
    let compiled = compile(&world, &format!("{HEAD}{DOUBTFUL}{SHOCK}"));
    let years = compiled.base_years(16);
    let pairs = |from: &'static str| ["CAN", "USA", "MEX", "ROW"].map(|to| format!("{from}-{to}"));
    for (draw, year) in compiled.draws(0..16).iter().zip(&years) {
        for sector in ["steel", "grain"] {
            for region in ["CAN", "USA", "MEX", "ROW"] {
                // Supply: sales answer to the price with (1 + ε), from what was sold in this draw's base year.
                let before: f64 = pairs(region).iter().map(|pair| year.value(pair, sector)).sum();
                let change: f64 = pairs(region).iter().map(|pair| draw.value(0, pair, sector) - central(&world, pair, sector)).sum();
                let supplied = before * draw.producer_price(0, region, sector).powi(3);
                close(before + change, supplied, 0.0, 1e-10);
            }
            for pair in ["CAN-MEX", "MEX-CAN"] {
                let part = |component| draw.shift(0, pair, Some(sector), component);
                let parts = part(Component::Volume) + part(Component::Route) + part(Component::Joint);
                close(parts, part(Component::Total), part(Component::Route), 1e-12);
                assert!(part(Component::Route) > 0.0, "a dearer truck drives goods to sea");
            }
        }
        let diverted = draw.table(0, 4);
        for row in diverted.chunks_exact(5) {
            let gross: f64 = row.iter().map(|cell| cell.abs()).sum();
            assert!(gross > 0.0 && row.iter().sum::<f64>().abs() < 1e-10 * gross, "{row:?}");
        }
    }
    // Not the same equilibrium in every draw.
    let prices: Vec<f64> = compiled.draws(0..16).iter().map(|draw| draw.producer_price(0, "CAN", "steel")).collect();
    assert!(sd(&prices) > 1e-4, "{prices:?}");
}

#[test]
fn the_unit_of_value_is_immaterial_in_every_draw() {
    let outcome =
        "[[outcome]]\nname = \"trade\"\nmeasure = \"trade_value\"\nexporters = [\"CAN\"]\nimporters = [\"USA\"]\nas = \"percent\"\n";
    let text = format!("{HEAD}{DOUBTFUL}{SHOCK}{outcome}");
    let (small, large) = (compile(&World::small().assuming_all(), &text), compile(&World::small().assuming_all().scaled(1000.0), &text));
    for (one, other) in small.draws(0..16).iter().zip(large.draws(0..16)) {
        close(one.outcome("trade", 0), other.outcome("trade", 0), 0.0, 1e-9);
        for region in ["CAN", "USA", "MEX"] {
            close(one.producer_price(0, region, "steel"), other.producer_price(0, region, "steel"), 0.0, 1e-11);
        }
        close(1000.0 * one.value(0, "CAN-USA", "grain"), other.value(0, "CAN-USA", "grain"), 0.0, 1e-10);
    }
}
