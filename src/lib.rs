//! Tradewind: what tariffs do to trade, with honest uncertainty.

pub mod numerics;
pub mod uncertainty;
