//! This engine's side of the comparison in `benches/peers/`: economies and draws that are the same everywhere, the engine's answers to them, and its time.
//!
//! ```text
//! cargo bench --bench peers                   the engine alone: µs per equilibrium by economy and instruction set
//! ... peers make DIR                          writes the economies, their draws and the answers to DIR, for the others to read
//! ... peers time NAME                         one round on an economy: seconds per equilibrium by instruction set, as JSON
//! ```
//!
//! `bash benches/peers/run` calls the last two and sets the peers beside them.

mod economy;
mod exchange;
mod solve;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use economy::{ECONOMIES, Economy};
use serde_json::{Map, json};
use tradewind::numerics::{Isa, dispatch};

fn main() -> ExitCode {
    // `cargo bench` adds its own --bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => alone(),
        ["make", folder] => make(Path::new(folder)),
        ["time", name] => time(name),
        _ => Err("expected `make DIR`, `time NAME` or nothing".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("peers: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn make(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    for shape in &ECONOMIES {
        let economy = Economy::make(shape);
        let answers: Vec<_> = Isa::available().into_iter().map(|isa| dispatch(isa, solve::Answers(&economy))).collect();
        if answers.iter().any(|other| *other != answers[0]) {
            return Err(format!("{}: the instruction sets of this machine do not give the same bytes", shape.name).into());
        }
        exchange::write(folder, &economy, &answers[0])?;
    }
    Ok(())
}

/// Passes over an economy's draws in one round; the best counts, since whatever else the machine does can only add time.
const PASSES: usize = 5;

fn seconds_per_equilibrium(economy: &Economy, isa: Isa) -> f64 {
    dispatch(isa, solve::Passes { economy, passes: PASSES }).as_secs_f64() / economy.equilibria() as f64
}

fn time(name: &str) -> Result<(), Box<dyn Error>> {
    let Some(shape) = ECONOMIES.iter().find(|shape| shape.name == name) else {
        let known: Vec<_> = ECONOMIES.iter().map(|shape| shape.name).collect();
        return Err(format!("there is no economy `{name}`; there are {}", known.join(", ")).into());
    };
    let economy = Economy::make(shape);
    let by_set: Map<_, _> =
        Isa::available().into_iter().map(|isa| (isa.name().to_owned(), json!(seconds_per_equilibrium(&economy, isa)))).collect();
    println!("{}", serde_json::Value::Object(by_set));
    Ok(())
}

fn alone() -> Result<(), Box<dyn Error>> {
    println!("This engine alone, one thread; `bash benches/peers/run` sets the peers beside it.");
    for shape in &ECONOMIES {
        let economy = Economy::make(shape);
        for isa in Isa::available() {
            println!("{:<14} {:<8} {:>9.3} µs per equilibrium", shape.name, isa.name(), 1e6 * seconds_per_equilibrium(&economy, isa));
        }
    }
    Ok(())
}
