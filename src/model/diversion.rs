//! Where an exporter's goods go instead: the change in volume at baseline prices by market, at home, and not made (MODEL 11).
//!
//! Δ_in = V_in (q̂_in − 1);  not made = −Σ_n Δ_in.  The sum over markets, home and not made is zero by construction.

use super::equilibrium::Equilibrium;
use super::market::Market;
use crate::numerics::Real;

/// Δ_in for exporter `i` and every market, home included, into `change` (N values); returns what is not made.
#[inline(always)]
pub fn of_exporter<R: Real>(market: &Market<R>, equilibrium: &Equilibrium<R>, i: usize, change: &mut [R]) -> R {
    let mut not_made = R::zero();
    for (n, change) in change.iter_mut().enumerate().take(market.regions) {
        let cell = market.cell(i, n);
        let quantity = equilibrium.quantity(i, cell);
        *change = market.value[cell] * (quantity - R::one());
        not_made = not_made - *change;
    }
    not_made
}
