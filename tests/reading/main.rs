//! Scenarios that are right: what is read from them, what is inherited, and what is assumed where they are silent.

mod uncertainty;
#[path = "../mistakes/world.rs"]
mod world;

use std::path::Path;
use tradewind::baseline::{ElasticityKind, Horizon, Mode};
use tradewind::diagnostics::Diagnostic;
use tradewind::scenario::{
    self, Condition, Course, Doubt, ExchangeRate, LandBridge, MeanReverting, OutcomeMeasure, Reading, Sampler, Scenario, Service,
    ServiceWay, Setting, Target, VolumeUnit, date_of,
};
use tradewind::uncertainty::{Copula, Distribution, Number, Uncertain};

fn read(path: &Path) -> (Scenario, Vec<Diagnostic>) {
    let document = scenario::open(path).unwrap_or_else(|found| panic!("{found}"));
    let baseline = world::world(document.baseline_folder());
    document.resolve(&baseline).unwrap_or_else(|found| panic!("{found}"))
}

/// Reads `files[0]` from a folder with these files and an empty baseline folder `world`.
fn read_files(files: &[(&str, &str)]) -> (Scenario, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("world")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    read(&folder.path().join(files[0].0))
}

fn uncertain(path: &str, distribution: Result<Distribution, tradewind::uncertainty::Refusal>) -> Number {
    Number::Uncertain(Box::new(Uncertain { path: path.into(), distribution: distribution.unwrap() }))
}

#[test]
fn everything_a_scenario_can_say() {
    let (s, warnings) = read(Path::new("tests/mistakes/valid.toml"));
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!((s.stem.as_str(), s.title.as_str()), ("valid", "Tariffs on Canada and Mexico"));
    assert_eq!(s.baseline, Path::new("tests/mistakes/cases/world"));
    assert_eq!(s.periods.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(), ["2025", "2026", "2027", "2028"]);
    assert_eq!((s.simulation.draws, s.simulation.seed, s.simulation.sampler), (1000, 7, Sampler::Random));
    assert_eq!(s.simulation.precision, Some(0.005));
    let correlation = s.correlation.as_ref().unwrap();
    assert_eq!((correlation.copula, correlation.repair, correlation.pairs.len()), (Copula::StudentT { df: 4.0 }, true, 2));
    assert_eq!(s.data.home_sales, [Doubt { of: None, log_sd: 0.3 }, Doubt { of: Some(1), log_sd: 0.1 }]);
    assert_eq!(s.data.trade, [Doubt { of: None, log_sd: 0.4 }, Doubt { of: Some((0, 2)), log_sd: 0.3 }]);
    assert_eq!(s.outcomes[0].thresholds, [-500.0, 1000.0]);

    let [steel, ieepa, free] = &s.measures[..] else { panic!("{:?}", s.measures) };
    assert_eq!((steel.importer, &steel.exporters[..], &steel.sectors[..]), (1, &[0, 2][..], &[0, 1][..]));
    assert_eq!((&steel.rate, &steel.coverage), (&Number::Fixed(0.5), &Number::Fixed(1.0)));
    assert_eq!((steel.from.to_string(), steel.until.unwrap().to_string()), ("2025-06-04".into(), "2027-12-31".into()));
    assert_eq!((steel.authority.as_deref(), &steel.displaces[..]), (Some("232"), &["IEEPA".to_owned()][..]));
    assert!(!steel.usmca_exempt && !steel.replaces_base && ieepa.usmca_exempt && free.replaces_base);
    assert_eq!((&ieepa.exporters[..], &ieepa.sectors[..]), (&[0, 2, 3][..], &[0, 1, 3][..]));
    assert_eq!(ieepa.rate, uncertain("tariff.IEEPA.rate", Distribution::pert(0.25, 0.3, 0.35, 4.0)));
    assert_eq!(ieepa.coverage, uncertain("tariff.IEEPA.coverage", Distribution::beta(8.0, 2.0, 0.0, 1.0)));
    assert_eq!(free.rate, Number::Fixed(0.0));

    let kinds: Vec<_> = s.elasticities.iter().map(|e| (e.kind, e.sector, e.region)).collect();
    assert_eq!(
        kinds,
        [
            (ElasticityKind::Import, None, None),
            (ElasticityKind::Import, Some(0), None),
            (ElasticityKind::Route, None, None),
            (ElasticityKind::Supply, None, None),
            (ElasticityKind::Supply, Some(0), Some(0)),
            (ElasticityKind::Demand, None, Some(2)),
        ]
    );
    assert_eq!(s.elasticities[0].value, uncertain("elasticities.import.\"*\"", Distribution::lognormal(5.0, 1.0)));
    assert_eq!(s.elasticities[3].value, Number::Fixed(f64::INFINITY));
    assert_eq!((s.freight[0].mode, s.freight[0].pair), (Mode::Sea, None));
    assert_eq!(s.freight[1].pair, Some((0, 2)));
    assert_eq!(s.freight[0].multiple, Course::Constant(Number::Fixed(0.9)));
    assert_eq!(s.freight[1].multiple, Course::Constant(uncertain("freight.truck.CAN-MEX", Distribution::uniform(1.0, 1.3))));
    assert!(!s.route_shares_uncertain);
    assert_eq!((s.route_shares[0].sector, &s.route_shares[0].share), (Some(3), &Number::Fixed(0.87)));
    assert_eq!((s.route_shares[1].sector, s.route_shares[1].exporter, s.route_shares[1].importer), (None, 2, 0));
    assert_eq!(s.route_shares[1].share, uncertain("route_shares.truck.\"*@MEX-CAN\"", Distribution::triangular(0.2, 0.4, 0.6)));
    assert_eq!(s.inactive_agreements, ["usmca"]);
    assert_eq!((s.outcomes[0].modes.as_deref(), s.outcomes[0].reading), (Some(&[Mode::Sea][..]), Reading::Change));
    assert_eq!((s.outcomes[1].measure, s.outcomes[1].reading), (OutcomeMeasure::ConsumerPrice, Reading::Level));
    assert_eq!((&s.outcomes[1].importers[..], s.outcomes[1].exporters.len(), s.outcomes[1].modes.is_none()), (&[1][..], 4, true));
    assert_eq!(s.files.len(), 1);
    assert_eq!((s.files[0].name.as_str(), s.files[0].sha256.len()), ("valid.toml", 64));
}

/// Days since 1970 of 1 January 2026, 1 July and 1 September 2026, 1 January 2027 and 2028.
const DAYS: [f64; 5] = [20454.0, 20635.0, 20697.0, 20819.0, 21184.0];

#[test]
fn costs_that_move_over_the_periods() {
    let (s, _) = read(Path::new("tests/mistakes/valid.toml"));
    let process = MeanReverting {
        path: "freight.rail.MEX-CAN".into(),
        sd: Number::Fixed(0.25),
        speed: uncertain("freight.rail.MEX-CAN.speed", Distribution::uniform(0.5, 1.0)),
        level: Number::Fixed(1.0),
    };
    assert_eq!((s.freight[2].pair, &s.freight[2].multiple), (Some((2, 0)), &Course::MeanReverting(process)));
    assert_eq!((s.transit_time[0].mode, &s.transit_time[0].multiple), (Mode::Sea, &Course::Constant(Number::Fixed(0.95))));
    assert_eq!(s.transit_time[1].multiple, Course::Constant(uncertain("transit_time.truck.CAN-MEX", Distribution::uniform(1.0, 1.2))));
    assert_eq!((s.time_values[0].sector, &s.time_values[0].value), (None, &Number::Fixed(0.008)));
    let normal = Distribution::truncated(Distribution::normal(0.02, 0.005).unwrap(), Some(0.0), None);
    assert_eq!((s.time_values[1].sector, &s.time_values[1].value), (Some(3), &uncertain("time_value.cereals_oilseeds", normal)));
    let bridge = LandBridge {
        region: 1,
        cost: Number::Fixed(0.05),
        days: uncertain("land_bridge.USA.days", Distribution::triangular(0.0, 1.0, 4.0)),
        from: Some(Number::Fixed(DAYS[1])),
    };
    assert_eq!(s.land_bridges, [bridge]);
    let process = MeanReverting {
        path: "exchange_rate.CAN".into(),
        sd: Number::Fixed(0.1),
        speed: Number::Fixed(0.5),
        level: uncertain("exchange_rate.CAN.level", Distribution::uniform(0.9, 1.1)),
    };
    let rates = [
        ExchangeRate { region: 2, course: Course::Constant(Number::Fixed(0.95)) },
        ExchangeRate { region: 0, course: Course::MeanReverting(process) },
    ];
    assert_eq!(s.exchange_rates, rates);
}

#[test]
fn sailings_and_berths() {
    let (s, _) = read(Path::new("tests/mistakes/valid.toml"));
    assert!(s.ports.congestion);
    assert_eq!(s.ports.growth, Number::Fixed(0.02));
    // Whoever types no accents has the same parameter as who does.
    let handling = uncertain("ports.handling.\"Lázaro Cárdenas\"", Distribution::uniform(0.5, 1.0));
    assert_eq!(s.ports.handling, [(None, Number::Fixed(0.9)), (Some(2), handling)]);

    let [container, pacific] = &s.services[..] else { panic!("{:?}", s.services) };
    let path = |key: &str| format!("service.\"Saint John–Veracruz container\".{key}");
    let way = |exporter, importer, like| ServiceWay {
        exporter,
        importer,
        like,
        days: Number::Fixed(7.0),
        freight_usd_per_tonne: Number::Fixed(150.0),
    };
    let expected = Service {
        name: "Saint John–Veracruz container".into(),
        from_port: world::SAINT_JOHN,
        to_port: world::VERACRUZ,
        start: uncertain(&path("start"), Distribution::triangular(DAYS[0], DAYS[2], DAYS[4])),
        capacity_teu: Number::Fixed(52_000.0),
        sectors: vec![0, 1, 2, 3],
        ways: vec![way(0, 2, vec![0]), way(2, 0, vec![2])],
    };
    assert_eq!(container, &expected);
    assert_eq!([DAYS[0], DAYS[2], DAYS[4]].map(date_of), ["2026-01-01", "2026-09-01", "2028-01-01"]);
    // A group is the routes of the pair that have it: one from Canada, two from Mexico.
    let ways: Vec<_> = pacific.ways.iter().map(|w| (w.exporter, w.importer, w.like.clone())).collect();
    assert_eq!(ways, [(2, 0, vec![2, 3]), (0, 2, vec![0])]);
    assert_eq!((pacific.from_port, pacific.ways[0].freight_usd_per_tonne.clone()), (2, Number::Fixed(95.0)));
    assert_eq!(pacific.ways[0].days, uncertain("service.\"Pacific loop\".days", Distribution::uniform(20.0, 30.0)));
    assert_eq!(pacific.ways[1].days, pacific.ways[0].days);

    let names: Vec<(&str, usize)> = s.expansions.iter().map(|e| (e.name.as_str(), e.port)).collect();
    assert_eq!(names, [("Veracruz", 1), ("Veracruz 2", 1), ("Third berth", 0)]);
    let date = Distribution::truncated(Distribution::normal(DAYS[3], 90.0).unwrap(), Some(20605.0), None);
    assert_eq!(s.expansions[0].date, uncertain("expansion.Veracruz.date", date));
    assert_eq!(s.expansions[1].adds_teu, uncertain("expansion.\"Veracruz 2\".adds_teu", Distribution::uniform(1e5, 3e5)));
    let date = Distribution::discrete(vec![DAYS[0], DAYS[3]], vec![0.4, 0.6]);
    assert_eq!(s.expansions[2].date, uncertain("expansion.\"Third berth\".date", date));

    let [.., teu, throughput, utilisation] = &s.outcomes[..] else { panic!("{:?}", s.outcomes) };
    assert_eq!((teu.measure, teu.unit, teu.reading), (OutcomeMeasure::TradeVolume, VolumeUnit::Teu, Reading::Change));
    assert_eq!(
        (throughput.measure, &throughput.ports[..], throughput.reading),
        (OutcomeMeasure::PortThroughput, &[1, 2][..], Reading::Change)
    );
    // Those whose capacity is known.
    assert_eq!(
        (utilisation.measure, &utilisation.ports[..], utilisation.reading),
        (OutcomeMeasure::PortUtilisation, &[0, 1, 4][..], Reading::Level)
    );
}

#[test]
fn events_in_the_order_of_their_days() {
    let (s, _) = read(Path::new("tests/mistakes/valid.toml"));
    let [review, retaliation] = &s.events[..] else { panic!("{:?}", s.events) };
    assert_eq!((review.name.as_str(), review.date.to_string(), &review.when[..]), ("USMCA joint review", "2026-07-01".into(), &[][..]));
    let outcomes: Vec<(&str, f64)> = review.outcomes.iter().map(|o| (o.name.as_str(), o.probability)).collect();
    assert_eq!(outcomes, [("extended", 0.55), ("annual reviews", 0.30), ("withdrawal", 0.15)]);
    let withdrawal = &review.outcomes[2];
    assert_eq!(withdrawal.sets, [Setting { target: Target::PreferenceActive("usmca".into()), value: Number::Fixed(0.0) }]);
    // A tariff that an event brings holds from its day where it does not say.
    let [tariff] = &withdrawal.measures[..] else { panic!("{:?}", withdrawal.measures) };
    assert_eq!((tariff.from, tariff.until), (review.date, None));
    assert_eq!(tariff.rate, uncertain("tariff.\"After withdrawal\".rate", Distribution::uniform(0.1, 0.25)));

    assert_eq!(
        (retaliation.date.to_string(), &retaliation.when[..]),
        ("2027-01-01".into(), &[Condition { event: 0, outcomes: vec![1, 2] }][..])
    );
    let prefix = "event.Retaliation.\"all of it\".set.";
    let elasticity = |kind, horizon, sector, region| Target::Elasticity { kind, horizon, sector, region };
    let expected = [
        (
            Target::TariffRate(0),
            uncertain(&format!("{prefix}tariff.\"Steel and aluminium, Section 232\".rate"), Distribution::uniform(0.5, 0.75)),
        ),
        (Target::TariffCoverage(1), Number::Fixed(0.5)),
        (Target::TariffActive(2), Number::Fixed(0.0)),
        (elasticity(ElasticityKind::Import, Horizon::Short, Some(0), Some(1)), Number::Fixed(2.0)),
        (elasticity(ElasticityKind::Supply, Horizon::Long, None, None), Number::Fixed(f64::INFINITY)),
        (Target::Freight { mode: Mode::Truck, pair: Some((0, 2)) }, Number::Fixed(1.5)),
        (Target::TransitTime { mode: Mode::Sea, pair: None }, Number::Fixed(1.1)),
        (Target::LandBridgeCost(1), uncertain(&format!("{prefix}land_bridge.USA.cost"), Distribution::uniform(0.05, 0.1))),
        (Target::LandBridgeDays(1), Number::Fixed(3.0)),
        (Target::ServiceCapacity(0), Number::Fixed(0.0)),
    ];
    let found: Vec<(Target, Number)> = retaliation.outcomes[1].sets.iter().map(|s| (s.target.clone(), s.value.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn events_and_services_replace_their_namesakes() {
    let event = |name: &str, date: &str, outcome: &str| {
        format!("[[event]]\nname = \"{name}\"\ndate = {date}\n[[event.outcome]]\nname = \"{outcome}\"\nprobability = 1\n")
    };
    let service = |name: &str, teu: &str, more: &str| {
        format!(
            "[[service]]\nname = \"{name}\"\nfrom_port = \"Veracruz\"\nto_port = \"Saint John\"\nstart = 2026-01-01\ncapacity_teu = {teu}\nlike = \"sea\"\n{more}"
        )
    };
    let head = "baseline = \"world\"\nperiods = \"2025..2026\"\n[freight]\nsea.\"*\" = { process = \"mean-reverting\", sd = 0.2, speed = 1, level = 1.2 }\n";
    let common =
        [head, &event("A", "2026-01-01", "a"), &event("B", "2026-06-01", "b"), &service("S", "1000", "days = 9\n"), &service("T", "1", "")];
    // The accents as characters of their own, as some keyboards type them.
    let berths = "[[expansion]]\nname = \"N\"\nport = \"La\u{301}zaro Ca\u{301}rdenas\"\nadds_teu = 1\ndate = 2026-01-01\n";
    let leaf = [
        "extends = \"common.toml\"\n[freight]\nsea.\"*\" = { process = \"mean-reverting\", sd = 0.3, speed = 2 }\n",
        &event("C", "2026-06-01", "c"),
        &event("A", "2026-09-01", "other"),
        &service("S", "2000", ""),
        berths,
    ];
    let (s, warnings) = read_files(&[("leaf.toml", &leaf.concat()), ("common.toml", &common.concat())]);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].message.contains("the capacity of Lázaro Cárdenas is not known"));
    let events: Vec<(&str, &str)> = s.events.iter().map(|e| (e.name.as_str(), e.outcomes[0].name.as_str())).collect();
    assert_eq!(events, [("B", "b"), ("C", "c"), ("A", "other")]);
    let services: Vec<(&str, &Number)> = s.services.iter().map(|s| (s.name.as_str(), &s.capacity_teu)).collect();
    assert_eq!(services, [("S", &Number::Fixed(2000.0)), ("T", &Number::Fixed(1.0))]);
    // Whole: the days of the old one are gone, and those of the route between the two ports hold.
    assert_eq!(s.services[0].ways[0].days, Number::Fixed(7.0));
    // A process is one value: it does not inherit the level.
    let Course::MeanReverting(process) = &s.freight[0].multiple else { panic!("{:?}", s.freight) };
    assert_eq!((&process.sd, &process.level), (&Number::Fixed(0.3), &Number::Fixed(1.0)));
    assert_eq!(s.expansions[0].port, 2);
}

#[test]
fn a_name_that_toml_must_quote_is_quoted_in_the_path() {
    let (s, _) = read_files(&[(
        "a.toml",
        "baseline = \"world\"\nperiods = 2025\n[[tariff]]\nname = \"Steel, \\\"232\\\"\"\nimporter = \"USA\"\nexporters = \"*\"\nsectors = \"*\"\n\
         rate = { dist = \"uniform\", min = 0.1, max = 0.2 }\nfrom = 2025-01-01\n",
    )]);
    assert_eq!(s.measures[0].rate, uncertain("tariff.\"Steel, \\\"232\\\"\".rate", Distribution::uniform(0.1, 0.2)));
}

#[test]
fn a_scenario_starts_from_another() {
    let common = "title = \"Common\"\nbaseline = \"../world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 500\nseed = 3\n\
        [elasticities]\nimport.\"*\" = { dist = \"normal\", mean = 5, sd = 1, min = 1 }\nroute.\"*\" = 4\n\
        [[tariff]]\nname = \"A\"\nimporter = \"USA\"\nexporters = [\"CAN\"]\nsectors = \"*\"\nrate = \"10%\"\nfrom = 2025-01-01\nuntil = 2025-12-31\n\
        [[tariff]]\nname = \"B\"\nimporter = \"USA\"\nexporters = [\"MEX\"]\nsectors = \"*\"\nrate = \"10%\"\nfrom = 2025-01-01\n";
    let middle = "extends = \"base/common.toml\"\n[simulation]\ndraws = 600\n";
    let leaf = "extends = \"middle.toml\"\ntitle = \"Leaf\"\n[elasticities]\nimport.\"*\" = { dist = \"lognormal\", mean = 6, sd = 1 }\nimport.energy = 8\n\
        [[tariff]]\nname = \"C\"\nimporter = \"USA\"\nexporters = [\"EU27\"]\nsectors = \"*\"\nrate = \"10%\"\nfrom = 2025-01-01\n\
        [[tariff]]\nname = \"A\"\nimporter = \"USA\"\nexporters = [\"CAN\"]\nsectors = [\"energy\"]\nrate = \"35%\"\nfrom = 2025-08-01\n";
    let (s, warnings) = read_files(&[("leaf.toml", leaf), ("middle.toml", middle), ("base/common.toml", common)]);
    assert!(warnings.is_empty());
    assert_eq!((s.title.as_str(), s.simulation.draws, s.simulation.seed), ("Leaf", 600, 3));
    // The namesake stands where it stood, whole: nothing of the old entry is left in it.
    let names: Vec<&str> = s.measures.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!((&s.measures[0].rate, s.measures[0].until, &s.measures[0].sectors[..]), (&Number::Fixed(0.35), None, &[2][..]));
    // A distribution is one value: it does not inherit the truncation.
    assert_eq!(s.elasticities[0].value, uncertain("elasticities.import.\"*\"", Distribution::lognormal(6.0, 1.0)));
    assert_eq!(s.elasticities.len(), 3);
    let files: Vec<&str> = s.files.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(files, ["leaf.toml", "middle.toml", "base/common.toml"]);
    assert!(s.baseline.ends_with("base/../world"));
}

#[test]
fn observed_values_come_from_a_column_beside_the_file_that_names_it() {
    let scenario = "extends = \"deep/er.toml\"\nperiods = [2025]\n";
    let deeper = "baseline = \"../world\"\n[elasticities]\nimport.\"*\" = { dist = \"empirical\", file = \"sigma.csv\", column = \"σ\" }\n";
    let (s, _) = read_files(&[
        ("a.toml", scenario),
        ("deep/er.toml", deeper),
        ("deep/sigma.csv", "\u{feff}study,σ\r\n\"Broda, Weinstein\",3.1\r\nSoderbery, 2.5 \r\n"),
    ]);
    assert_eq!(s.elasticities[0].value, uncertain("elasticities.import.\"*\"", Distribution::empirical(vec![3.1, 2.5])));
    assert_eq!(s.files[2].name, "sigma.csv");
}

#[test]
fn silence_means_ten_thousand_sobol_draws_and_the_usual_outcomes() {
    let (s, warnings) = read_files(&[(
        "quiet.toml",
        "baseline = \"world\"\nperiods = \"2025Q1..2025Q2\"\n[[tariff]]\nname = \"A\"\nimporter = \"USA\"\nexporters = [\"CAN\"]\nsectors = \"*\"\nrate = 0.1\nfrom = 2025-01-01\n",
    )]);
    assert!(warnings.is_empty());
    assert_eq!((s.title.as_str(), s.description), ("quiet", None));
    assert_eq!((s.simulation.draws, s.simulation.seed, s.simulation.sampler), (10_000, 1, Sampler::Sobol));
    assert!(s.route_shares_uncertain && s.inactive_agreements.is_empty());
    let names: Vec<&str> = s.outcomes.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Canada exports to United States, change",
            "Canada exports to United States, per cent",
            "United States tariff revenue",
            "United States effective tariff",
            "Canada–Mexico trade, value",
            "Canada–Mexico trade, change",
            "Canada–Mexico trade by sea, change",
            "Canada–Mexico trade, share by sea",
            "United States welfare",
            "Canada welfare",
        ]
    );
    assert!(s.outcomes.iter().all(|o| !o.exporters.is_empty() && !o.importers.is_empty() && o.sectors.len() == 4));
}

#[test]
fn no_usual_outcome_counts_what_the_baseline_has_none_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    let measure = "[[tariff]]\nname = \"A\"\nimporter = \"USA\"\nexporters = \"*\"\nsectors = \"*\"\nrate = 0.1\nfrom = 2025-01-01\n";
    std::fs::write(&path, format!("baseline = \".\"\nperiods = 2025\n{measure}")).unwrap();
    let document = scenario::open(&path).unwrap();
    let mut baseline = world::world(document.baseline_folder());
    // The European Union (3) sells nothing to the United States (1); Mexico (2) sells and buys nothing at all.
    for sector in 0..baseline.sectors.len() {
        for other in 0..baseline.regions.len() {
            for (exporter, importer) in [(3, 1), (2, other), (other, 2)] {
                let cell = baseline.cell(sector, exporter, importer);
                baseline.flows[cell].value = 0.0;
            }
        }
    }
    let (s, _) = document.resolve(&baseline).unwrap();
    let names: Vec<&str> = s.outcomes.iter().map(|o| o.name.as_str()).collect();
    let trade = ["Canada exports to United States, change", "Canada exports to United States, per cent"];
    let rest = [
        "United States tariff revenue",
        "United States effective tariff",
        "United States welfare",
        "Canada welfare",
        "European Union welfare",
    ];
    assert_eq!(names, [&trade[..], &rest].concat());
}

#[test]
fn a_world_without_corridors_or_measures_still_has_an_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, "baseline = \".\"\nperiods = 2025\n").unwrap();
    let document = scenario::open(&path).unwrap();
    let mut baseline = world::world(document.baseline_folder());
    baseline.routes.clear();
    let (s, _) = document.resolve(&baseline).unwrap();
    assert_eq!(s.outcomes.len(), 1);
    assert_eq!(s.outcomes[0].name, "World trade, change");
}
