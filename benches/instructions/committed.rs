//! The committed figures, benches/instructions.toml.

use super::pieces::PIECES;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// From the root of the repository.
pub const FILE: &str = "benches/instructions.toml";

const HEAD: &str = "\
# Instructions of the hot path, as callgrind counts them on the AVX2 path (valgrind has no AVX-512): a unit of each piece, start-up left out.
# .ci/run fails where a piece needs more than 5% more. To accept a change, or to keep a gain:
#
#     cargo bench --bench instructions -- --bless
#
# and commit this file with the reason. Another compiler counts differently: bless with the one that .ci/run uses.

";

/// Instructions by piece.
#[derive(Debug, Clone, Deserialize)]
pub struct Committed {
    /// What `rustc --version` said.
    pub rustc: String,
    instructions: BTreeMap<String, f64>,
}

impl Committed {
    /// # Errors
    /// If the file is there and cannot be read. Without a file nothing is committed.
    pub fn read() -> Result<Committed, String> {
        match std::fs::read_to_string(place()) {
            Ok(text) => toml::from_str(&text).map_err(|error| format!("{FILE}: {error}")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Committed { rustc: compiler(), instructions: BTreeMap::new() })
            }
            Err(error) => Err(format!("{FILE}: {error}")),
        }
    }

    /// NaN where nothing is committed.
    pub fn of(&self, piece: &str) -> f64 {
        self.instructions.get(piece).copied().unwrap_or(f64::NAN)
    }

    /// These figures, and those of the other pieces as they were.
    pub fn with(mut self, measured: &[(&str, f64)]) -> Committed {
        self.rustc = compiler();
        self.instructions.retain(|name, _| PIECES.iter().any(|piece| piece.name == name));
        self.instructions.extend(measured.iter().map(|(piece, count)| (piece.to_string(), *count)));
        self
    }

    /// # Errors
    /// If the file cannot be written.
    pub fn write(&self) -> Result<(), String> {
        let figures = self.instructions.iter().map(|(piece, count)| format!("\"{piece}\" = {count:.2}\n"));
        let text = format!("{HEAD}rustc = \"{}\"\n\n[instructions]\n{}", self.rustc, figures.collect::<String>());
        std::fs::write(place(), text).map_err(|error| format!("{FILE}: {error}"))
    }
}

/// What compiled this, as far as it can still be asked.
pub fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    output.map_or_else(|_| "rustc unknown".into(), |output| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)
}
