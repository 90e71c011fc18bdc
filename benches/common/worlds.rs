//! Worlds of any size, made up: a baseline folder and a scenario on it, written as an economist would and read as the engine reads theirs.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use std::path::PathBuf;
use tempfile::TempDir;

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub regions: usize,
    pub sectors: usize,
    /// Years. Elasticities age, so that none repeats another.
    pub periods: usize,
}

impl Size {
    /// Equilibria of a draw.
    pub fn markets(self) -> usize {
        self.sectors * self.periods
    }
}

/// A world on disk; gone when dropped.
pub struct World {
    folder: TempDir,
}

impl World {
    /// Regions around a circle that sell most at home and less the further away; sectors that differ in size; elasticities that nobody knows, by sector;
    /// and a first region that puts a tariff that nobody knows on all goods of all others.
    pub fn new(size: Size) -> World {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for a world: {error}"));
        let world = World { folder };
        world.write("baseline/regions.csv", &codes("region", "R", size.regions));
        world.write("baseline/sectors.csv", &codes("sector", "s", size.sectors));
        world.write("baseline/flows.csv", &flows(size));
        world.write("baseline/elasticities.csv", &elasticities(size.sectors));
        world.write("scenario.toml", &scenario(size.periods));
        world
    }

    pub fn baseline(&self) -> PathBuf {
        self.folder.path().join("baseline")
    }

    pub fn scenario(&self) -> PathBuf {
        self.folder.path().join("scenario.toml")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

fn codes(what: &str, letter: &str, count: usize) -> String {
    (0..count).fold("code,name\n".into(), |text, k| text + &format!("{letter}{k:03},{what} {k}\n"))
}

fn flows(size: Size) -> String {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let mut text = String::from("exporter,importer,sector,value_usd_m,tariff,quality,source\n");
    let scale: Vec<f64> = (0..size.regions).map(|_| rng.random_range(1.0..20.0)).collect();
    for s in 0..size.sectors {
        let of_sector: f64 = rng.random_range(1.0..10.0);
        for i in 0..size.regions {
            for n in 0..size.regions {
                let steps = i.abs_diff(n).min(size.regions - i.abs_diff(n));
                let near = if i == n { 20.0 } else { 1.0 / steps as f64 };
                let value = of_sector * near * scale[i] * scale[n] * rng.random_range(0.5..1.5);
                let tariff = if i == n { 0.0 } else { rng.random_range(0.0..0.06) };
                writeln!(text, "R{i:03},R{n:03},s{s:03},{value:.3},{tariff:.4},observed,bench").expect("a string takes any text");
            }
        }
    }
    text
}

fn elasticities(sectors: usize) -> String {
    let mut text = String::from("kind,sector,region,horizon,mean,sd,dist,quality,source\n");
    for s in 0..sectors {
        for (kind, horizon, mean, sd) in [
            ("demand", "long", 0.8, 0.2),
            ("domestic", "long", 3.0, 0.8),
            ("domestic", "short", 1.5, 0.3),
            ("import", "long", 6.0, 1.5),
            ("import", "short", 2.5, 0.5),
            ("supply", "long", 2.0, 0.8),
        ] {
            writeln!(text, "{kind},s{s:03},*,{horizon},{mean},{sd},lognormal,assumed,bench").expect("a string takes any text");
        }
    }
    text
}

fn scenario(periods: usize) -> String {
    let last = 2024 + periods;
    format!(
        r#"
title = "A tariff on everything"
baseline = "baseline"
periods = "2025..{last}"

[[tariff]]
name = "On everything"
importer = "R000"
exporters = "*"
sectors = "*"
rate = {{ dist = "pert", min = 0.0, mode = 0.25, max = 0.6 }}
from = 2025-01-01
authority = "bench"
"#
    )
}
