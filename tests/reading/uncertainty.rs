//! What a scenario says of its uncertainty: how it is sampled, what goes together, how far the data may be off, thresholds, grids.

use super::world;
use tradewind::baseline::Baseline;
use tradewind::scenario::{self, Sampler, Scenario};

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
