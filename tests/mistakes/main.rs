//! Mistakes that people make in scenarios, each a file in `cases/`, and what they are told, in `snapshots/`.
//! A new mistake is a new file; `INSTA_UPDATE=always cargo test --test mistakes` writes what it is told, to be read before it is kept.

mod hostile;
mod world;

use std::path::{Path, PathBuf};
use tradewind::diagnostics::Diagnostics;
use tradewind::scenario::{self, Scenario};
use tradewind::uncertainty::Number;

/// All that is said about a file: what is wrong with it, with its grid or with its correlations, or the warnings it is used in spite of.
fn told(path: &Path) -> Diagnostics {
    read(path).unwrap_or_else(|found| found)
}

fn read(path: &Path) -> Result<Diagnostics, Diagnostics> {
    let document = scenario::open(path)?;
    let baseline = world::world(document.baseline_folder());
    let (scenario, mut warnings) = document.resolve(&baseline)?;
    if !document.sweeps()?.is_empty() {
        warnings = document.check_grid(&baseline)?;
    }
    if let Some(correlation) = &scenario.correlation {
        correlation.pairs_of(&uncertain(&scenario))?;
    }
    Ok(Diagnostics { items: warnings })
}

/// The paths of what is uncertain in tariffs and elasticities.
fn uncertain(scenario: &Scenario) -> Vec<&str> {
    let tariffs = scenario.measures.iter().flat_map(|measure| [&measure.rate, &measure.coverage]);
    let numbers = tariffs.chain(scenario.elasticities.iter().map(|elasticity| &elasticity.value));
    let path = |number| match number {
        &Number::Fixed(_) => None,
        Number::Uncertain(uncertain) => Some(uncertain.path.as_str()),
    };
    numbers.filter_map(path).collect()
}

fn told_of_bytes(bytes: &[u8]) -> Diagnostics {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("world")).unwrap();
    let path = folder.path().join("x.toml");
    std::fs::write(&path, bytes).unwrap();
    told(&path)
}

#[test]
fn every_mistake_is_told_in_full() {
    let mut cases: Vec<PathBuf> = std::fs::read_dir("tests/mistakes/cases")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    cases.sort();
    assert!(cases.len() > 120);
    for case in cases {
        let found = told(&case);
        assert!(!found.items.is_empty(), "{} has no mistake", case.display());
        let name = case.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!(name, found.render(false, 110));
        });
    }
}

#[test]
fn every_error_of_a_case_is_told_with_its_place() {
    for name in ["several_at_once", "wrong_types", "outcomes", "correlation_pairs", "sweep_paths"] {
        let found = told(&Path::new("tests/mistakes/cases").join(name).with_extension("toml"));
        assert!(found.errors() >= 5, "{name}: {}", found.errors());
        for item in &found.items {
            let (line, column) = item.position().unwrap();
            assert!(item.render(false, 100).contains(&format!("{name}.toml:{line}:{column}\n")));
        }
    }
}
