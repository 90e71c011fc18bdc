//! From measures as written to the tariff a shipment pays: dates, coverage, stacking, displacement, preferences (MODEL 2).
//!
//! [`events`] says which measures and numbers hold in which draws, `spells` and [`calendar`] cut time where anything changes, [`preferences`] says who claims the agreement,
//! [`stacking`] adds the layers up.
//! Nothing here knows prices or quantities.
//!
//! For who writes scenarios: [tariffs and stacking](crate::guide::tariffs), [events and branches](crate::guide::events).

pub mod calendar;
pub mod events;
pub mod preferences;
mod spells;
pub mod stacking;

pub use events::Branches;
pub use preferences::Utilisation;
pub use stacking::{CellPolicy, Effective, Layer, TariffSchedule};
