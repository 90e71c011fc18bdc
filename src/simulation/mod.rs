//! A draw, from its parameters to what it says about trade; many draws, in lanes, chunks and threads.
//!
//! [`world`] compiles scenario and baseline into all that no draw changes, [`elasticities`] says which number holds where, [`ageing`] how old a shock is,
//! [`data`] which figures of the base year differ by draw, [`duties`] which tariffs do; [`path`] takes eight draws through the periods, [`routes`] their goods;
//! [`tables`] and [`outcomes`] read what they say; a [`plan`] is all of these before they are run; [`chunk`] runs 256 draws and sums; a [`workspace`]
//! is where a thread runs them, one after the other; [`mod@run`] spreads chunks over threads and merges them in order, and [`evaluate`] does so for outcomes alone under other designs;
//! [`mod@profile`] tells where the time goes. Nothing here reads or writes a file.

pub mod ageing;
mod checkpoints;
pub mod chunk;
pub mod data;
pub mod duties;
pub mod elasticities;
pub mod evaluate;
mod in_order;
mod inputs;
mod merged;
pub mod outcomes;
pub mod path;
pub mod plan;
pub mod profile;
pub mod results;
pub mod routes;
pub mod run;
pub mod tables;
pub mod workspace;
pub mod world;

pub use evaluate::{Evaluated, Evaluator};
pub use inputs::inputs;
pub use plan::Plan;
pub use profile::{Profile, Stage, profile};
pub use results::{DrawFailure, OutcomeColumn, Results, Snapshot};
pub use run::{Control, Difference, Interrupted, run, run_difference};
pub use workspace::Workspace;
pub use world::World;
