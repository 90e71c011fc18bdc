//! Instructions of the hot path, counted by valgrind: a figure that a busy machine does not blur, so that a regression of a few per cent shows.
//!
//! ```text
//! cargo bench --bench instructions                  measured, committed (benches/instructions.toml), and the ratio
//! cargo bench --bench instructions -- --check       the same; fails where a piece needs 5% more than committed
//! cargo bench --bench instructions -- --bless       commits what is measured
//! cargo bench --bench instructions -- draw          only the pieces with "draw" in their name
//! ```
//!
//! Each piece is run twice in a process of its own, with fewer and with more rounds; the difference is what rounds cost, without reading, compiling and starting up.
//! Valgrind has no AVX-512: what is counted is the AVX2 path.

#[path = "../common/mod.rs"]
mod common;

mod callgrind;
mod committed;
mod pieces;

use committed::Committed;
use pieces::{PIECES, Piece};
use rayon::prelude::*;
use std::process::ExitCode;
use tradewind::numerics::Isa;

/// How far a count may move before it is spoken of.
const TOLERANCE: f64 = 0.05;
/// With this a process runs one piece, to be counted: `--count PIECE ROUNDS`.
const COUNT: &str = "--count";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(code) => code,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode, String> {
    if let [first, name, rounds] = arguments
        && first == COUNT
    {
        return count(name, rounds);
    }
    let (mut check, mut bless, mut filters) = (false, false, Vec::new());
    for argument in arguments {
        match argument.as_str() {
            // What cargo adds.
            "--bench" => {}
            "--check" => check = true,
            "--bless" => bless = true,
            flag if flag.starts_with('-') => {
                return Err(format!("`{flag}` is unknown here: --check, --bless, or part of the name of a piece"));
            }
            filter => filters.push(filter),
        }
    }
    let wanted: Vec<&Piece> =
        PIECES.iter().filter(|piece| filters.is_empty() || filters.iter().any(|part| piece.name.contains(part))).collect();
    if wanted.is_empty() {
        let names: Vec<&str> = PIECES.iter().map(|piece| piece.name).collect();
        return Err(format!("no piece is called so; there are: {}", names.join("; ")));
    }
    if !callgrind::counts_here() {
        println!("Instructions are counted on x86-64 Linux with AVX2 and FMA; this machine is another, so nothing is counted or compared.");
        return Ok(ExitCode::SUCCESS);
    }
    let measured: Vec<(&str, f64)> =
        wanted.par_iter().map(|piece| Ok((piece.name, callgrind::per_unit(piece)?))).collect::<Result<_, String>>()?;
    let before = Committed::read()?;
    tell(&measured, &before);
    if bless {
        before.with(&measured).write()?;
        println!("\nwritten to {}", committed::FILE);
        return Ok(ExitCode::SUCCESS);
    }
    let fewer: Vec<&str> = judged(&measured, &before).filter(|(_, ratio)| *ratio < 1.0 - TOLERANCE).map(|(name, _)| name).collect();
    let more: Vec<&str> = judged(&measured, &before).filter(|(_, ratio)| !(*ratio <= 1.0 + TOLERANCE)).map(|(name, _)| name).collect();
    if !fewer.is_empty() {
        println!("\nfewer than committed, to be kept by `cargo bench --bench instructions -- --bless`: {}", fewer.join("; "));
    }
    if check && !more.is_empty() {
        let compiler = match committed::compiler() {
            now if now == before.rustc => String::new(),
            now => format!("\nThe compiler is another: {now}; the committed figures are of {}.", before.rustc),
        };
        return Err(format!(
            "\nmore than {:.0}% over the committed figure, or without one: {}{compiler}\n\
            If that is a price worth paying, run `cargo bench --bench instructions -- --bless` and commit {} with a reason.",
            100.0 * TOLERANCE,
            more.join("; "),
            committed::FILE
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs a piece, and says on what and how much of it.
fn count(name: &str, rounds: &str) -> Result<ExitCode, String> {
    let piece = PIECES.iter().find(|piece| piece.name == name).ok_or(format!("no piece is called `{name}`"))?;
    let rounds: u64 = rounds.parse().map_err(|_| format!("`{rounds}` is no number of rounds"))?;
    let units = (piece.run)(rounds);
    println!("{}\n{units}", Isa::detect().name());
    Ok(ExitCode::SUCCESS)
}

/// Measured over committed; NaN where nothing is committed.
fn judged<'a>(measured: &'a [(&'static str, f64)], committed: &'a Committed) -> impl Iterator<Item = (&'static str, f64)> + 'a {
    measured.iter().map(|(name, count)| (*name, count / committed.of(name)))
}

fn tell(measured: &[(&'static str, f64)], committed: &Committed) {
    println!("instructions ({}, {})", callgrind::PATH.name(), committed::compiler());
    println!("{:<44} {:>12} {:>12} {:>7}", "", "measured", "committed", "ratio");
    for ((name, ratio), (_, count)) in judged(measured, committed).zip(measured) {
        println!("{name:<44} {count:>12.2} {:>12.2} {ratio:>7.4}", committed.of(name));
    }
}
