//! How goods travel: the routes of each pair, what they cost, what on them can fill, and who takes which (MODEL 3.1, 5).
//!
//! [`network`] holds the routes as a scenario leaves them, [`cost`] says what each costs, [`capacity`] what ports and services can take, [`congestion`] how long
//! a full port makes goods wait, [`route_choice`] who goes where, and [`crowding`] finds where waiting and choice agree. Nothing here knows tariffs or prices of goods.
//!
//! For who writes scenarios: [routes and generalised cost](crate::guide::routes), [ports and congestion](crate::guide::ports).

pub mod capacity;
pub mod congestion;
pub mod cost;
pub mod crowding;
pub mod network;
mod numbers;
pub mod route_choice;

pub use capacity::{Facility, Kind};
pub use cost::RouteCost;
pub use crowding::Crowding;
pub use network::{Corridor, Network};
pub use numbers::course;
