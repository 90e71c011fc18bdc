//! The economics, pure: numbers in, numbers out. No files, no randomness, no threads; every equation once, for one draw (`f64`) or eight (lanes).
//!
//! A sector is a [`Market`] (the base year's values and shares). A [`Shock`] moves landed prices; a closure answers with an [`Equilibrium`] in hats
//! (ratios to the base year), from which [`welfare`], [`diversion`] and [`maritime`] follow whatever the closure was: this is the seam that all closures share.
//! [`closure`] chooses: [`partial`] is the default, [`gsim`] and [`smart`] are the classics; [`linear`] is the first-order limit of the nested model.
//!
//! For who writes scenarios: [elasticities](crate::guide::elasticities), [trade diversion](crate::guide::diversion), [welfare](crate::guide::welfare), [the classic closures](crate::guide::closures).

pub mod closure;
pub mod diversion;
pub mod elasticities;
pub mod equilibrium;
pub mod gsim;
pub mod linear;
pub mod maritime;
pub mod market;
pub mod partial;
pub mod smart;
pub mod welfare;

#[cfg(test)]
mod tests;

pub use closure::Closure;
pub use elasticities::Elasticities;
pub use equilibrium::{Equilibrium, Failure, Shock};
pub use market::Market;
