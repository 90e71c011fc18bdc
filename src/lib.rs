//! Tradewind: what tariffs do to trade, with honest uncertainty.

pub mod baseline;
pub mod diagnostics;
pub mod numerics;
pub mod scenario;
pub mod uncertainty;
