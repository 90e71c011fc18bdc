//! What a run rests on: enough to repeat it to the byte. No clock, no host, no path, so that the same run leaves the same manifest.

use crate::baseline::InputFile;
use serde::{Deserialize, Serialize};

/// How many draws a branch rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchDraws {
    /// As `summary.csv` calls it.
    pub branch: String,
    pub draws: u64,
}

/// `manifest.json`, keys in this order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the tool.
    pub tradewind: String,
    /// Title of the scenario.
    pub title: String,
    /// What to type beside the scenario to have the same run again.
    #[serde(default)]
    pub command: String,
    /// The scenario, what it extends, and columns of empirical distributions.
    pub scenario_files: Vec<InputFile>,
    pub baseline_files: Vec<InputFile>,
    /// `partial`, `gsim` or `smart`.
    pub closure: String,
    pub periods: Vec<String>,
    /// Draws made: those asked for, or fewer where the precision was reached before.
    pub draws: u64,
    #[serde(default)]
    pub draws_asked: u64,
    /// Every outcome's relative standard error at which the run was to stop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// How far the correlations that were drawn are from those asked for (Frobenius norm), where these could not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair_distance: Option<f64>,
    /// Rows of the samples that Sobol' indices were estimated from, where they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitivity_rows: Option<u64>,
    /// Of a sweep: the points of its grid, each with a manifest of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u64>,
    pub seed: u64,
    /// `sobol`, `latin-hypercube`, `random` or `quadrature`.
    pub sampler: String,
    /// How many leading draws the quantiles of the wide tables rest on; all means rest on every draw.
    pub quantile_draws: u64,
    /// How many leading draws the quantiles of the outcomes rest on: all of them, unless there are more than memory should hold.
    pub outcome_draws: u64,
    /// Draws in which some market did not solve; `failures.csv` lists them.
    pub failures: u64,
    /// Days: the largest difference left in any draw between the waiting that goods were told of and the one that they caused.
    #[serde(default)]
    pub waiting_residual_days: f64,
    /// The outcomes of events, in their order.
    #[serde(default)]
    pub branches: Vec<BranchDraws>,
    /// The files of this run by name within its folder, in order; filled in when the folder is put in place.
    pub results: Vec<String>,
}

impl Manifest {
    /// The manifest in a file; `None` where it is none.
    pub fn read(bytes: &[u8]) -> Option<Manifest> {
        serde_json::from_slice(bytes).ok()
    }

    pub(super) fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_as_it_was_written() {
        let manifest = Manifest {
            tradewind: "0.1.0".into(),
            title: "Steel \"50%\"".into(),
            scenario_files: vec![InputFile::of("steel.toml", b"abc")],
            closure: "partial".into(),
            periods: vec!["2025".into(), "2026".into()],
            draws: 10_000,
            seed: u64::MAX,
            sampler: "sobol".into(),
            quantile_draws: 2_048,
            waiting_residual_days: 1.25e-9,
            branches: vec![BranchDraws { branch: "withdrawal".into(), draws: 1_500 }],
            ..Manifest::default()
        };
        let bytes = manifest.to_bytes().expect("JSON");
        assert_eq!(Manifest::read(&bytes), Some(manifest));
        let text = String::from_utf8(bytes).expect("UTF-8");
        // SHA-256 of `abc`, FIPS 180-2 appendix B.1.
        assert!(text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), "{text}");
        let keys: Vec<_> = text.lines().filter(|l| l.starts_with("  \"")).filter_map(|l| l.split('"').nth(1)).collect();
        let order = "tradewind title command scenario_files baseline_files closure periods draws draws_asked seed sampler quantile_draws outcome_draws failures \
            waiting_residual_days branches results";
        assert_eq!(keys.join(" "), order);
        assert!(text.contains("\"seed\": 18446744073709551615") && text.ends_with("}\n"), "{text}");
        assert_eq!(Manifest::read(b"{}"), None);
    }
}
