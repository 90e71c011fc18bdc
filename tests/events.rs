//! Policy events: what a branch changes, how often it comes about, and that it is the same world as one in which its measures are written plainly.

mod common;

use common::draws::{Compiled, Draw};
use common::{Bench, World, close, duty, fixed_elasticities};
use tradewind::numerics::{Isa, Running};
use tradewind::simulation::Results;
use tradewind::simulation::tables::ports::Measure;

const HEAD: &str = "baseline = \"world\"\nperiods = \"2025..2027\"\n[simulation]\ndraws = 16\n";
const PAIRS: [&str; 9] = ["CAN-CAN", "CAN-USA", "CAN-MEX", "USA-CAN", "USA-USA", "USA-MEX", "MEX-CAN", "MEX-USA", "MEX-MEX"];

/// Known elasticities, and preferences that Canada's goods claim in the US.
fn known() -> World {
    let mut world = World::coasts(&["machines", "grain"], &fixed_elasticities(1.0, 3.0, 6.0, "2"));
    world.more.push(preferences());
    world
}

fn uncertain() -> World {
    let elasticities = "demand,*,*,long,1,0.2,lognormal,assumed\ndomestic,*,*,long,3,0.6,lognormal,assumed\n\
        import,*,*,long,6,1.2,lognormal,assumed\nsupply,*,*,long,2,0.6,lognormal,assumed\n";
    let mut world = World::coasts(&["machines", "grain"], elasticities);
    world.more.push(preferences());
    world
}

fn preferences() -> (&'static str, String) {
    (
        "preferences.csv",
        "agreement,exporter,importer,sector,utilisation,utilisation_max,response,quality\nusmca,CAN,USA,*,0.4,0.9,15,assumed\n".into(),
    )
}

fn event(name: &str, date: &str, when: &str) -> String {
    let when = if when.is_empty() { String::new() } else { format!("when = {{ {when} }}\n") };
    format!("\n[[event]]\nname = \"{name}\"\ndate = {date}\n{when}")
}

fn branch(name: &str, probability: f64, set: &str) -> String {
    let set = if set.is_empty() { String::new() } else { format!("set = {{ {set} }}\n") };
    format!("[[event.outcome]]\nname = \"{name}\"\nprobability = {probability}\n{set}")
}

/// An outcome that always comes about, in mid-2026.
fn certain(set: &str) -> String {
    event("Sure", "2026-07-01", "") + &branch("yes", 1.0, set)
}

const STEEL: &str = "\n[[tariff]]\nname = \"Steel\"\nimporter = \"USA\"\nexporters = [\"CAN\", \"MEX\"]\nsectors = \"*\"\nrate = \"25%\"\nfrom = 2025-03-04\n\
    coverage = 0.8\nusmca_exempt = true\n";

/// The share of 2026 from July on.
const SECOND_HALF: f64 = 184.0 / 365.0;

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// Trade, tariffs and routes are the same in a period of both.
#[track_caller]
fn same(one: &Draw<'_>, other: &Draw<'_>, period: usize, tolerance: f64) {
    for pair in PAIRS {
        for sector in ["machines", "grain"] {
            close(one.value(period, pair, sector), other.value(period, pair, sector), 0.0, tolerance);
            if pair[..3] != pair[4..] {
                close(one.tariff(period, pair, sector), other.tariff(period, pair, sector), 1.0, tolerance);
            }
        }
    }
    for route in ["truck", "atlantic", "pacific"] {
        close(one.share(period, "CAN-MEX", route), other.share(period, "CAN-MEX", route), 0.0, tolerance);
    }
}

/// How far a period of one is from the other's in the trade of a pair, in the sector that differs most.
fn apart(one: &Draw<'_>, other: &Draw<'_>, period: usize, pair: &str) -> f64 {
    let of = |sector| (one.value(period, pair, sector) / other.value(period, pair, sector) - 1.0).abs();
    of("machines").max(of("grain"))
}

fn merged(replicates: &[Running]) -> Running {
    replicates.iter().copied().fold(Running::default(), Running::merge)
}

fn counts(compiled: &Compiled, results: &Results) -> Vec<u64> {
    (0..compiled.plan.branches()).map(|branch| merged(&results.outcomes[0].by_branch[branch]).count).collect()
}

const OUTCOMES: &str = "\n[[outcome]]\nname = \"Exports\"\nmeasure = \"trade_value\"\nexporters = [\"CAN\"]\nimporters = [\"USA\"]\nas = \"level\"\n\
    [[outcome]]\nname = \"By sea\"\nmeasure = \"mode_share\"\nexporters = [\"CAN\"]\nimporters = [\"MEX\"]\nmodes = [\"sea\"]\n";

fn review() -> String {
    event("Review", "2026-07-01", "")
        + &branch("extended", 0.55, "")
        + &branch("annual", 0.3, "\"land_bridge.USA.cost\" = \"5%\"")
        + &branch("withdrawal", 0.15, "\"preferences.usmca.active\" = false, \"tariff.Steel.rate\" = \"40%\"")
}

#[test]
fn branches_recombine_to_the_whole_and_come_about_as_often_as_they_should() {
    let bench = Bench::new();
    bench.baseline("world", &uncertain());
    let compiled = bench.compile("review", &format!("{HEAD}{STEEL}{}{OUTCOMES}", review()).replace("draws = 16", "draws = 512"));
    let (results, chunks) = compiled.run(Isa::detect(), 2);
    assert!(results.failures.is_empty());
    // Sobol' points fill the unit interval evenly, replicate by replicate.
    for (count, probability) in counts(&compiled, &results).into_iter().zip([0.55, 0.3, 0.15]) {
        assert!((count as f64 - 512.0 * probability).abs() <= 16.0, "{count} of 512 at {probability}");
    }
    for (at, column) in results.outcomes.iter().enumerate() {
        let branches: Vec<Running> = column.by_branch.iter().map(|branch| merged(branch)).collect();
        let whole = column.whole();
        assert_eq!(branches.iter().map(|branch| branch.count).sum::<u64>(), whole.count);
        let sum: f64 = branches.iter().map(|branch| branch.count as f64 * branch.mean).sum();
        close(sum, whole.count as f64 * whole.mean, 1e-6, 1e-12);
        // Each branch's own draws, by their bits.
        assert_eq!(results.branches.len(), column.values.len());
        for (branch, moments) in branches.iter().enumerate() {
            let own: Vec<f64> =
                column.values.iter().zip(&results.branches).filter(|(_, bits)| *bits >> branch & 1 == 1).map(|(value, _)| *value).collect();
            assert_eq!(own.len() as u64, moments.count, "column {at}");
            close(own.iter().sum::<f64>() / own.len() as f64, moments.mean, 1e-6, 1e-12);
        }
    }
    // Withdrawal costs exports, from its day on.
    let exports = |branch: usize, period: usize| merged(&results.outcomes[compiled.plan.column(0, period)].by_branch[branch]).mean;
    assert!(exports(2, 2) < 0.8 * exports(0, 2) && exports(2, 1) < 0.95 * exports(0, 1), "{} {}", exports(2, 2), exports(0, 2));
    assert!((exports(2, 0) / exports(0, 0) - 1.0).abs() < 0.05);
    for chunk in &chunks {
        assert!(chunk.branches.iter().all(|bits| bits.count_ones() == 1), "one outcome a draw");
    }
    // Random draws: within four standard errors.
    let random = format!("{HEAD}{STEEL}{}{OUTCOMES}", review()).replace("draws = 16", "draws = 512\nsampler = \"random\"");
    let compiled = bench.compile("random", &random);
    let (results, _) = compiled.run(Isa::detect(), 2);
    for (count, p) in counts(&compiled, &results).into_iter().zip([0.55f64, 0.3, 0.15]) {
        assert!((count as f64 - 512.0 * p).abs() <= 4.0 * (512.0 * p * (1.0 - p)).sqrt(), "{count} of 512 at {p}");
    }
}

#[test]
fn an_event_on_condition_happens_only_where_the_condition_holds() {
    let bench = Bench::new();
    bench.baseline("world", &known());
    let scenario = format!(
        "{HEAD}{STEEL}{}{}{}{}{}{}{}{OUTCOMES}",
        review(),
        event("Answer", "2026-10-01", "\"Review\" = [\"annual\", \"withdrawal\"]"),
        branch("hard", 0.4, "\"land_bridge.USA.days\" = 4"),
        branch("soft", 0.6, ""),
        event("Truce", "2027-01-01", "\"Review\" = \"withdrawal\", \"Answer\" = \"hard\""),
        branch("held", 0.5, ""),
        branch("broken", 0.5, "\"tariff.Steel.rate\" = \"60%\""),
    )
    .replace("draws = 16", "draws = 1024");
    let compiled = bench.compile("tree", &scenario);
    let (results, _) = compiled.run(Isa::detect(), 2);
    let named: Vec<(usize, usize)> = compiled.plan.world.branches.branches.iter().map(|branch| (branch.event, branch.outcome)).collect();
    assert_eq!(named, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1)]);
    let has = |bits: u64, branch: usize| bits >> branch & 1 == 1;
    for &bits in &results.branches {
        let answered = has(bits, 3) || has(bits, 4);
        assert_eq!(answered, has(bits, 1) || has(bits, 2), "{bits:b}");
        assert_eq!(has(bits, 5) || has(bits, 6), has(bits, 2) && has(bits, 3), "{bits:b}");
        assert!([(3, 4), (5, 6)].iter().all(|&(one, other)| !has(bits, one) || !has(bits, other)), "{bits:b}");
    }
    let expected = [0.55, 0.3, 0.15, 0.45 * 0.4, 0.45 * 0.6, 0.15 * 0.4 * 0.5, 0.15 * 0.4 * 0.5];
    for (count, p) in counts(&compiled, &results).into_iter().zip(expected) {
        // Three standard errors of random draws; Sobol' points are better in each event, and no worse in their products.
        assert!((count as f64 - 1024.0 * p).abs() <= 3.0 * (1024.0 * p * (1.0 - p)).sqrt(), "{count} of 1024 at {p}");
    }
    // In the draws of a branch the world is that branch's: numbers known, so every draw of one leaf is the same.
    let last = &results.outcomes[compiled.plan.column(0, 2)].values;
    for (bits, value) in results.branches.iter().zip(last) {
        let first = results.branches.iter().position(|other| other == bits).unwrap();
        assert_eq!(value.to_bits(), last[first].to_bits(), "{bits:b}");
    }
}

#[test]
fn a_certain_branch_is_its_measures_written_plainly() {
    let bench = Bench::new();
    bench.baseline("world", &known());
    let brought = "[[event.outcome.tariff]]\nname = \"Answer\"\nimporter = \"CAN\"\nexporters = [\"USA\"]\nsectors = [\"grain\"]\nrate = \"15%\"\n\
        [[event.outcome.tariff]]\nname = \"Early\"\nimporter = \"MEX\"\nexporters = [\"USA\"]\nsectors = \"*\"\nrate = \"7%\"\nfrom = 2025-05-01\n\
        [[event.outcome.tariff]]\nname = \"Late\"\nimporter = \"CAN\"\nexporters = [\"MEX\"]\nsectors = \"*\"\nrate = \"3%\"\nfrom = 2026-11-01\nuntil = 2027-03-31\n";
    let sets = "\"tariff.Steel.rate\" = \"50%\", \"tariff.Steel.coverage\" = 0.9, \"tariff.Other.active\" = false, \"land_bridge.USA.cost\" = \"6%\", \"land_bridge.USA.days\" = 3";
    let other = duty("Other", "USA", "[\"MEX\"]", "[\"machines\"]", "\"10%\"");
    let tree = bench.compile("tree", &format!("{HEAD}{STEEL}{other}{}{brought}", certain(sets)));
    let plainly = |text: &str| text.replace("event.outcome.tariff", "tariff");
    let steel = STEEL.replace("from = 2025-03-04\n", "from = 2025-03-04\nuntil = 2026-06-30\n");
    let later =
        STEEL.replace("2025-03-04", "2026-07-01").replace("\"Steel\"", "\"Steel later\"").replace("25%", "50%").replace("0.8", "0.9");
    let answer = plainly(brought).replace("rate = \"15%\"\n", "rate = \"15%\"\nfrom = 2026-07-01\n").replace("2025-05-01", "2026-07-01");
    let plain = bench.compile(
        "plain",
        &format!(
            "{HEAD}[land_bridge.USA]\ncost = \"6%\"\ndays = 3\nfrom = 2026-07-01\n{steel}{later}{}until = 2026-06-30\n{answer}",
            other
        ),
    );
    let untouched = bench.compile("untouched", &format!("{HEAD}{STEEL}{other}"));
    let (tree, plain, untouched) = (tree.only(), plain.only(), untouched.only());
    for period in 0..3 {
        same(&tree, &plain, period, 1e-12);
    }
    same(&tree, &untouched, 0, 1e-12);
    for pair in ["CAN-USA", "CAN-MEX", "USA-CAN", "USA-MEX", "MEX-CAN", "MEX-USA"] {
        assert!(apart(&tree, &untouched, 1, pair) > 1e-4 && apart(&tree, &untouched, 2, pair) > 1e-4, "{pair}");
    }
}

#[test]
fn withdrawal_from_the_agreement_ends_what_its_goods_are_spared() {
    let bench = Bench::new();
    bench.baseline("world", &known());
    let tree = bench.compile("tree", &format!("{HEAD}{STEEL}{}", certain("\"preferences.usmca.active\" = false")));
    let out = bench.compile("out", &format!("{HEAD}[preferences.usmca]\nactive = false\n{STEEL}"));
    let within = bench.compile("within", &format!("{HEAD}{STEEL}"));
    let (tree, out, within) = (tree.only(), out.only(), within.only());
    same(&tree, &within, 0, 1e-12);
    // Waiting at ports is found from another start: it agrees to 1e-5 days, a ten-millionth of the goods' value.
    same(&tree, &out, 2, 1e-7);
    let tariff = |draw: &Draw<'_>| draw.tariff(1, "CAN-USA", "machines");
    close(tariff(&tree), (1.0 - SECOND_HALF) * tariff(&within) + SECOND_HALF * tariff(&out), 0.0, 1e-12);
    close(tariff(&out), 0.2, 0.0, 1e-12);
    assert!(tariff(&within) < 0.08);
    // Mexico's goods claim nothing here, so that nothing of theirs changes.
    close(tree.tariff(2, "MEX-USA", "grain"), within.tariff(2, "MEX-USA", "grain"), 0.0, 1e-15);
}

#[test]
fn every_number_that_an_outcome_sets_acts_as_if_written_plainly() {
    let bench = Bench::new();
    bench.baseline("world", &known());
    let service = |capacity: f64| {
        format!(
            "\n[[service]]\nname = \"Express\"\nfrom_port = \"Halifax\"\nto_port = \"Veracruz\"\nstart = 2025-01-01\ncapacity_teu = {capacity}\nlike = \"truck\"\n\
             days = 12\nfreight_usd_per_tonne = 300\n"
        )
    };
    // What the outcome sets; what stands plainly before it, in the year of the event, after it.
    let between = |before: f64, after: f64| before + SECOND_HALF * (after - before);
    type Plain<'a> = &'a dyn Fn(f64) -> String;
    let elasticities: Plain<'_> = &|value| format!("[elasticities]\nimport.\"grain@MEX\" = {value}\n{STEEL}");
    let kappa: Plain<'_> = &|value| format!("[elasticities]\nroute.\"*\" = {value}\n[land_bridge.USA]\ncost = \"9%\"\n");
    let freight: Plain<'_> = &|value| format!("[freight]\nsea.\"*\" = {value}\n");
    let one_way: Plain<'_> = &|value| format!("[freight]\ntruck.\"MEX-CAN\" = {value}\n");
    let pace: Plain<'_> = &|value| format!("[transit_time]\nsea.\"*\" = {value}\n");
    let cost: Plain<'_> = &|value| format!("[land_bridge.USA]\ncost = {value}\n");
    let days: Plain<'_> = &|value| format!("[land_bridge.USA]\ndays = {value}\n");
    let room: Plain<'_> = &|value| service(value);
    let cases = [
        ("elasticity", "elasticities.import.\\\"grain@MEX\\\"", 6.0, 2.5, elasticities),
        ("kappa", "elasticities.route.*", 4.0, 9.0, kappa),
        ("freight", "freight.sea.*", 1.0, 0.4, freight),
        ("one-way", "freight.truck.MEX-CAN", 1.0, 1.7, one_way),
        ("pace", "transit_time.sea.*", 1.0, 0.5, pace),
        ("cost", "land_bridge.USA.cost", 0.0, 0.08, cost),
        ("days", "land_bridge.USA.days", 0.0, 5.0, days),
        ("room", "service.Express.capacity_teu", 20_000.0, 60_000.0, room),
    ];
    for (name, path, before, after, plain) in cases {
        let tree = bench.compile(&format!("{name}-tree"), &format!("{HEAD}{}{}", plain(before), certain(&format!("\"{path}\" = {after}"))));
        let tree = tree.only();
        let plainly: Vec<Compiled> = [before, between(before, after), after]
            .into_iter()
            .enumerate()
            .map(|(step, value)| bench.compile(&format!("{name}-{step}"), &format!("{HEAD}{}", plain(value))))
            .collect();
        for (period, plain) in plainly.iter().enumerate() {
            // Waiting is solved to a second or so, from where the period before left it: to a millionth of a share.
            same(&tree, &plain.only(), period, 1e-6);
        }
        let moved = ["MEX-CAN", "USA-MEX", "CAN-MEX"].map(|pair| apart(&tree, &plainly[0].only(), 2, pair));
        assert!(moved.into_iter().any(|moved| moved > 1e-4), "{name}: {moved:?}");
        if name == "room" {
            let used = tree.service(2, 0, "CAN-MEX", Measure::Capacity);
            assert_eq!((tree.service(0, 0, "CAN-MEX", Measure::Capacity), used), (before, after));
            close(tree.service(1, 0, "CAN-MEX", Measure::Capacity), between(before, after), 0.0, 1e-12);
        }
    }
}

#[test]
fn before_its_day_an_event_changes_no_bit() {
    let bench = Bench::new();
    bench.baseline("world", &uncertain());
    let head = format!(
        "{HEAD}[freight]\nsea.\"*\" = {{ process = \"mean-reverting\", sd = 0.2, speed = 0.8 }}\n[ports]\ngrowth = 0.03\n\
         [land_bridge.USA]\ncost = {{ dist = \"uniform\", min = 0, max = 0.1 }}\n{STEEL}"
    );
    let plain = bench.compile("plain", &head);
    let tree = bench.compile("tree", &format!("{head}{}", review().replace("2026-07-01", "2026-01-01")));
    let mut branches = Vec::new();
    for (a, b) in plain.draws(0..16).iter().zip(tree.draws(0..16)) {
        assert!(bits(a.cells(0)) == bits(b.cells(0)), "draw {}", a.chunk.first);
        let branch = b.chunk.branches[0].trailing_zeros();
        // In the branch that changes nothing the draw stays as it was.
        assert_eq!(bits(a.cells(1)) == bits(b.cells(1)), branch == 0, "draw {}", a.chunk.first);
        branches.push(branch);
    }
    assert!((0..3).all(|branch| branches.contains(&branch)), "{branches:?}");
}

#[test]
fn an_event_changes_no_other_number_of_a_draw() {
    let bench = Bench::new();
    bench.baseline("world", &uncertain());
    let head = format!("{HEAD}[land_bridge.USA]\ncost = {{ dist = \"uniform\", min = 0, max = 0.1 }}\n{STEEL}");
    let plain = bench.compile("plain", &head);
    let uncertain_rate = "[[event.outcome.tariff]]\nname = \"Brought\"\nimporter = \"CAN\"\nexporters = [\"USA\"]\nsectors = \"*\"\n\
        rate = { dist = \"uniform\", min = 0.1, max = 0.2 }\n";
    let tree = bench.compile("tree", &format!("{head}{}{uncertain_rate}", review()));
    let inputs = |compiled: &Compiled| -> Vec<(String, Vec<u64>)> {
        let (_, chunks) = compiled.run(Isa::detect(), 1);
        let columns = chunks[0].inputs.chunks_exact(tradewind::simulation::chunk::CHUNK);
        compiled.plan.world.parameters.iter().map(|input| input.path.clone()).zip(columns.map(|column| bits(&column[..16]))).collect()
    };
    let (without, with) = (inputs(&plain), inputs(&tree));
    assert!(without.len() >= 5, "{}", without.len());
    for (path, draws) in &without {
        let (_, again) = with.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("{path} is gone"));
        assert!(draws == again, "{path}");
    }
    for path in ["event.Review", "tariff.Brought.rate"] {
        assert!(with.iter().any(|(known, _)| known == path), "no {path} among {:?}", with.iter().map(|(p, _)| p).collect::<Vec<_>>());
    }
    // Nor does another event that of the first.
    let two = bench.compile(
        "two",
        &format!("{head}{}{}{}", event("Before", "2025-02-01", ""), branch("a", 0.5, "") + &branch("b", 0.5, ""), review()),
    );
    let of = |all: &[(String, Vec<u64>)]| all.iter().find(|(path, _)| path == "event.Review").map(|(_, draws)| draws.clone());
    assert_eq!(of(&with), of(&inputs(&two)));
}
