//! How goods travel: the routes of each pair, what they cost, and who takes which (MODEL 3.1, 5).
//!
//! [`network`] holds the routes as a scenario leaves them, [`route_choice`] answers to their cost. Nothing here knows tariffs or prices of goods.

pub mod network;
pub mod route_choice;

pub use network::{Corridor, Network, RouteCost};
pub use route_choice::choose;
