//! Tradewind: what tariffs do to trade, with honest uncertainty.

pub mod baseline;
pub mod charts;
pub mod cli;
pub mod diagnostics;
pub mod findings;
pub mod model;
pub mod numerics;
pub mod output;
pub mod policy;
pub mod report;
pub mod scenario;
pub mod simulation;
pub mod statistics;
pub mod transport;
pub mod uncertainty;
