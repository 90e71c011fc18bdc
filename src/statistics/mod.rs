//! What many draws say: centre, spread, quantiles, the error of each, the shape of a distribution, the worst cases, and which inputs they hang on.
//!
//! Pure functions on slices of values. They know nothing of scenarios, and neither read nor write a file. Sums run in the order of the slice,
//! so the same values give the same bits.
//!
//! For who writes scenarios: [uncertainty](crate::guide::uncertainty), [sensitivity](crate::guide::sensitivity).

mod density;
mod error;
mod estimate;
mod ordered;
mod probability;
mod quantile;
mod quantile_error;
mod risk;
pub mod sensitivity;

#[cfg(test)]
mod coverage_tests;

pub use density::{Density, Histogram, density, histogram};
pub use error::standard_error;
pub use estimate::{Estimate, Verdict, by_replicate, mean};
pub use ordered::Ordered;
pub use probability::{Exceedance, exceedance, probability_below};
pub use quantile::quantiles_in_place;
pub use quantile_error::{TOO_FEW, draws_beyond, quantiles};
pub use risk::{Risk, risk, tail_risk};
