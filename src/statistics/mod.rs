//! What many draws say: centre, spread, quantiles, the error of a mean, the shape of a distribution, the worst cases.
//!
//! Pure functions on slices of values. They know nothing of scenarios, and neither read nor write a file. Sums run in the order of the slice,
//! so the same values give the same bits.

mod density;
mod error;
mod quantile;
mod risk;

pub use density::{Density, Histogram, density, histogram};
pub use error::standard_error;
pub use quantile::quantiles_in_place;
pub use risk::{Risk, risk};
