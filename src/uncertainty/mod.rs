//! What nobody knows, as numbers: distributions, how they are sampled, and the streams of draws.
//!
//! Here live the families (`distribution/`), a number that may be one of them (`number`), the design that says which uniform number draw k takes for which name
//! (`sampling/`), which numbers go together (`dependence/`), the table of a run's parameters with their values draw by draw (`parameters`; by `quadrature` at a few
//! points instead), and the numbers that follow from them (`derived`): outcomes of events, processes. Nothing here knows a tariff or an elasticity: only names and numbers.
//!
//! For who writes scenarios: [uncertainty](crate::guide::uncertainty).

mod angles;
mod dependence;
mod derived;
mod distribution;
mod number;
mod parameters;
mod quadrature;
mod refusal;
mod sampling;

pub use dependence::{Copula, Dependence, Fault, Impossible, Pair, Repair};
pub use derived::Rule;
pub use distribution::Distribution;
pub use number::{Number, Uncertain, toml_key};
pub use parameters::{Parameters, Value};
pub use refusal::Refusal;
pub use sampling::{DIMENSIONS, Design, REPLICATES, Sampler, sobol_point};
