//! What nobody knows, as numbers: distributions, how they are sampled, and the stream of draws.

mod distribution;

pub use distribution::{Distribution, Number, Uncertain};
