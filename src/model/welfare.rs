//! Who gains and who pays, US$ million a year (MODEL 6):
//!
//! ΔCS_n = E_n (1 − P̂_n^(1−η))/(1−η), −E_n ln P̂_n at η = 1;  ΔPS_i = V_i (p̂_i^(1+ε) − 1)/(1+ε);  Δrevenue_n = Σ_i t′_in V′_in − t_in V_in.
//!
//! At the equilibrium p̂^(1+ε) is the value of output, so ΔPS is 1/(1+ε) of its change: nothing at a fixed price, all of it for a fixed endowment.

use super::elasticities::Elasticities;
use super::equilibrium::Equilibrium;
use super::market::Market;
use crate::numerics::{Real, expm1_over};

/// The change in consumers' surplus in market `n`.
#[inline(always)]
pub fn consumer_surplus<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, equilibrium: &Equilibrium<R>, n: usize) -> R {
    let log_price = equilibrium.log_consumer[n];
    -(market.spending[n] * log_price * expm1_over((R::one() - elasticities.demand[n]) * log_price))
}

/// The change in producers' surplus of exporter `i`.
#[inline(always)]
pub fn producer_surplus<R: Real>(market: &Market<R>, elasticities: &Elasticities<R>, equilibrium: &Equilibrium<R>, i: usize) -> R {
    market.output[i] * elasticities.supply_slope[i] * (equilibrium.output[i] - R::one())
}

/// The change in tariff revenue on one flow: t′V′ − tV.
#[inline(always)]
pub fn tariff_revenue<R: Real>(base_tariff: f64, base_value: R, tariff: R, value: R) -> R {
    tariff * value - R::splat(base_tariff) * base_value
}
