//! What a scenario says of its uncertainty: how it is sampled, what goes together, how far the data may be off, thresholds, grids.

use super::{read_files, uncertain, world};
use tradewind::baseline::{Baseline, Quality, ValueDensity};
use tradewind::scenario::{self, DataUncertainty, Doubt, Sampler, Scenario};
use tradewind::uncertainty::{Copula, Distribution, Number};

/// A scenario with these lines, read against the small world as `change` leaves it.
fn read_lines(lines: &str, change: impl Fn(&mut Baseline)) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, format!("baseline = \".\"\nperiods = 2025\n{lines}")).unwrap();
    let document = scenario::open(&path).unwrap();
    let mut baseline = world::world(document.baseline_folder());
    change(&mut baseline);
    let (scenario, warnings) = document.resolve(&baseline).unwrap_or_else(|found| panic!("{found}"));
    assert!(warnings.is_empty(), "{warnings:?}");
    scenario
}

#[test]
fn how_a_scenario_is_sampled() {
    for (word, sampler) in [
        ("sobol", Sampler::Sobol),
        ("latin-hypercube", Sampler::LatinHypercube),
        ("random", Sampler::Random),
        ("quadrature", Sampler::Quadrature),
    ] {
        let s = read_lines(&format!("[simulation]\nsampler = {word:?}\n"), |_| {});
        assert_eq!((s.simulation.sampler, s.simulation.precision), (sampler, None));
    }
    for precision in ["0.005", "\"0.5%\""] {
        let s = read_lines(&format!("[simulation]\nprecision = {precision}\n"), |_| {});
        assert_eq!(s.simulation.precision, Some(0.005));
    }
}

#[test]
fn what_goes_together() {
    let pairs = "pairs = [[\"elasticities.import.*\", 'elasticities.domestic.\"*\"', \"-30%\"]]";
    for (copula, expected) in [
        ("", Copula::Gaussian),
        ("copula = \"gaussian\"", Copula::Gaussian),
        ("copula = { dist = \"gaussian\" }", Copula::Gaussian),
        ("copula = { dist = \"student-t\", df = 4.5 }\nrepair = true", Copula::StudentT { df: 4.5 }),
    ] {
        let s = read_lines(&format!("[correlation]\n{copula}\n{pairs}\n"), |_| {});
        let correlation = s.correlation.unwrap();
        assert_eq!((correlation.copula, correlation.repair), (expected, copula.contains("repair")));
        let [pair] = &correlation.pairs[..] else { panic!("{:?}", correlation.pairs) };
        let part = |name: &str| Some(name.to_owned());
        assert_eq!(pair.first, [part("elasticities"), part("import"), None]);
        assert_eq!(pair.second, [part("elasticities"), part("domestic"), part("*")]);
        assert_eq!(pair.spearman, -0.3);
    }
    assert!(read_lines("", |_| {}).correlation.is_none());
}

#[test]
fn how_far_the_data_may_be_off() {
    let dense = |baseline: &mut Baseline| {
        let density = ValueDensity { usd_per_tonne: 1000.0, tonnes_per_teu: 10.0, containerised: 0.5, quality: Quality::Derived };
        baseline.value_density = vec![Some(density); baseline.sectors.len()];
    };
    let data = |lines: &str| read_lines(lines, dense).data;
    fn doubt<K>(of: Option<K>, log_sd: f64) -> Doubt<K> {
        Doubt { of, log_sd }
    }
    assert_eq!(data(""), DataUncertainty::default());
    assert_eq!(data("[data]\nuncertain = false\n"), DataUncertainty::default());
    let usual =
        DataUncertainty { home_sales: vec![doubt(None, 0.3)], trade: vec![doubt(None, 0.4)], value_density: vec![doubt(None, 0.2)] };
    assert_eq!(data("[data]\nuncertain = true\n"), usual);
    // A key of its own turns one kind on, and takes the place of what uncertain says of it.
    let home_sales = vec![doubt(None, 0.2)];
    assert_eq!(data("[data]\nhome_sales = 0.2\n"), DataUncertainty { home_sales: home_sales.clone(), ..DataUncertainty::default() });
    assert_eq!(data("[data]\nuncertain = true\nhome_sales = \"20%\"\n"), DataUncertainty { home_sales, ..usual.clone() });
    let lines = "[data]\nuncertain = true\nhome_sales = { \"*\" = 0.5, USA = 0 }\ntrade = { EU27-MEX = 0.1 }\nvalue_density.energy = 2\n";
    let expected = DataUncertainty {
        home_sales: vec![doubt(None, 0.5), doubt(Some(1), 0.0)],
        trade: vec![doubt(None, 0.4), doubt(Some((3, 2)), 0.1)],
        value_density: vec![doubt(None, 0.2), doubt(Some(2), 2.0)],
    };
    assert_eq!(data(lines), expected);
    let only = data("[data]\ntrade.CAN-USA = 0.1\n");
    assert_eq!((only.trade, only.home_sales), (vec![doubt(Some((0, 1)), 0.1)], vec![]));
}

#[test]
fn exact_data_beat_the_doubts_of_what_is_extended() {
    let common = "baseline = \"world\"\nperiods = 2025\n[data]\nuncertain = true\nhome_sales = 0.5\n";
    let with = |data: &str| {
        let leaf = format!("extends = \"common.toml\"\n[data]\n{data}\n");
        read_files(&[("leaf.toml", &leaf), ("common.toml", common)]).0.data
    };
    assert_eq!(with("uncertain = false"), DataUncertainty::default());
    let (home, trade) = (with("trade = 0.1").home_sales, with("trade = 0.1").trade);
    assert_eq!((home[0].log_sd, trade[0].log_sd), (0.5, 0.1));
}

#[test]
fn thresholds_rise_in_the_unit_of_their_outcome() {
    let head = "[[outcome]]\nname = \"x\"\nmeasure = ";
    for (lines, expected) in [
        ("\"trade_value\"\nthreshold = -10_000", &[-10_000.0][..]),
        ("\"trade_value\"\nas = \"percent\"\nthreshold = [\"5%\", -0.1, \"-400%\"]", &[-4.0, -0.1, 0.05]),
        ("\"mode_share\"\nexporters = [\"CAN\"]\nimporters = [\"MEX\"]\nmodes = [\"sea\"]\nthreshold = \"14.1%\"", &[0.141]),
        ("\"consumer_price\"\nthreshold = [1.05, \"110%\"]", &[1.05, 1.1]),
        ("\"port_throughput\"\nports = \"*\"\nthreshold = [5e4, 0]", &[0.0, 50_000.0]),
        ("\"welfare\"", &[]),
    ] {
        let s = read_lines(&format!("{head}{lines}\n"), |_| {});
        assert_eq!(s.outcomes[0].thresholds, expected, "{lines}");
    }
}

#[test]
fn a_distribution_without_spread_is_a_fixed_number() {
    for dist in [
        "{ dist = \"normal\", mean = 5, sd = 0 }",
        "{ dist = \"lognormal\", mean = 5, sd = 0 }",
        "{ dist = \"uniform\", min = 5, max = 5 }",
        "{ dist = \"triangular\", min = 5, mode = 5, max = 5 }",
        "{ dist = \"student-t\", mean = 5, scale = 0, df = 4 }",
        "{ dist = \"discrete\", values = [5, 7], probabilities = [1, 0] }",
    ] {
        let s = read_lines(&format!("[elasticities]\nimport.\"*\" = {dist}\n"), |_| {});
        let value = &s.elasticities[0].value;
        assert!(value.is_fixed() && value.central() == 5.0, "{dist}: {value:?}");
    }
}

#[test]
fn the_points_of_a_grid_are_scenarios() {
    let measure = "[[tariff]]\nname = \"A\"\nimporter = \"USA\"\nexporters = [\"CAN\"]\nsectors = \"*\"\nfrom = 2025-01-01\n";
    let sweep = "[[sweep]]\npath = \"tariff.A.rate\"\nvalues = [\"10%\", { dist = \"uniform\", min = 0, max = \"20%\" }]\n\
                 [[sweep]]\npath = \"elasticities.import.*\"\nvalues = [3, 4]\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    std::fs::write(&path, format!("baseline = \".\"\nperiods = 2025\n{measure}{sweep}")).unwrap();
    let document = scenario::open(&path).unwrap();
    let baseline = world::world(document.baseline_folder());
    assert!(document.check_grid(&baseline).unwrap().is_empty());
    assert!(document.errors_without_baseline().items.is_empty());
    // Without its sweep the measure has no rate, and the scenario is none.
    assert!(document.resolve(&baseline).is_err());
    let sweeps = document.sweeps().unwrap();
    let scenarios: Vec<Scenario> =
        document.points().unwrap().iter().map(|point| document.at(&sweeps, point).resolve(&baseline).unwrap().0).collect();
    let rates: Vec<f64> = scenarios.iter().map(|s| s.measures[0].rate.central()).collect();
    assert_eq!(rates, [0.1; 4]);
    assert_eq!(scenarios[2].measures[0].rate, uncertain("tariff.A.rate", Distribution::uniform(0.0, 0.2)));
    let elasticities: Vec<&Number> = scenarios.iter().map(|s| &s.elasticities[0].value).collect();
    assert_eq!(elasticities, [3.0, 4.0, 3.0, 4.0].map(Number::Fixed).iter().collect::<Vec<_>>());
    assert!(scenarios.iter().all(|s| s.stem == "a"));
}
