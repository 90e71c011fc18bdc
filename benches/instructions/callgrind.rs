//! Counting by callgrind, which interprets every instruction of a process and counts it.

use super::COUNT;
use super::pieces::Piece;
use std::process::Command;
use tradewind::numerics::Isa;

/// The instructions that valgrind knows of this machine's.
pub const PATH: Isa = Isa::Avx2;

/// Whether this machine counts what is committed.
pub fn counts_here() -> bool {
    #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
    let counts = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    #[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
    let counts = false;
    counts
}

/// Instructions of a unit of the piece's work.
///
/// # Errors
/// If valgrind is not there, or does not do as it is told.
pub fn per_unit(piece: &Piece) -> Result<f64, String> {
    let [fewer, more] = piece.rounds;
    let ((few, few_units), (many, many_units)) = (count(piece, fewer)?, count(piece, more)?);
    Ok(many.saturating_sub(few) as f64 / many_units.saturating_sub(few_units) as f64)
}

/// Instructions of the whole process, and its units of work.
fn count(piece: &Piece, rounds: u64) -> Result<(u64, u64), String> {
    let failed = |what: String| format!("{}: {what}", piece.name);
    let own = std::env::current_exe().map_err(|error| failed(error.to_string()))?;
    let folder = tempfile::tempdir().map_err(|error| failed(error.to_string()))?;
    let counts = folder.path().join("counts");
    let output = Command::new("valgrind")
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(own)
        .args([COUNT, piece.name, &rounds.to_string()])
        .output()
        .map_err(|error| failed(format!("valgrind could not be started ({error}); install it: apt-get install valgrind")))?;
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(failed(format!("valgrind ended with {}\n{complained}", output.status)));
    }
    let mut lines = said.lines();
    let (on, units) = (lines.next().unwrap_or_default(), lines.next().and_then(|units| units.parse().ok()));
    if on != PATH.name() {
        return Err(failed(format!("ran on {on} under valgrind, not on {}: the choice of the instruction set has changed", PATH.name())));
    }
    let written = std::fs::read_to_string(&counts).map_err(|error| failed(format!("callgrind wrote no counts: {error}")))?;
    let total = written.lines().find_map(|line| line.strip_prefix("totals: ")).and_then(|total| total.trim().parse().ok());
    total.zip(units).ok_or_else(|| failed("callgrind's counts have no total, or the piece said no units".into()))
}
