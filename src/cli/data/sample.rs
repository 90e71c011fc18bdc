//! `data sample`: made-up downloads in every office's own layout, with the tables to import them into and a scenario to run on the result.

use crate::cli::Ending;
use crate::cli::terminal::{complain, say};
use crate::output;
use std::path::Path;

/// The files of the sample; no figure in them is anybody's.
macro_rules! sample_files {
    ($($name:literal),* $(,)?) => { [$(($name, &include_bytes!(concat!("../../data/sample/", $name))[..])),*] };
}

pub(super) fn sample(folder: &Path) -> Ending {
    if folder.exists() {
        complain(&format!("{} is there already: choose a folder that is not", folder.display()));
        return Ending::WrongInput;
    }
    let files = sample_files![
        "census-imports.csv",
        "dataweb-exports.csv",
        "comtrade.csv",
        "baci.csv",
        "country_codes.csv",
        "statcan-imports.csv",
        "output.csv",
        "totals.csv",
        "base/regions.csv",
        "base/sectors.csv",
        "base/flows.csv",
        "base/elasticities.csv",
        "steel.toml",
    ]
    .map(|(name, bytes)| (name.to_string(), bytes.to_vec()));
    match output::write_baseline(folder, &files) {
        Ok(()) => say(&format!("The sample is in {}", folder.display())),
        Err(error) => {
            complain(&error.to_string());
            Ending::NotWritten
        }
    }
}
