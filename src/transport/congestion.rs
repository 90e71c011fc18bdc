//! What crowding costs: waiting as a function of use, for a port or for a place on board.
//!
//! W(u) = w (1 + a u^b) + ½ T max(0, u − 1),   u = volume / capacity
//!
//! The first part is the volume-delay function of the Bureau of Public Roads (1964), a = 0.15 and b = 4. It alone lets a facility carry twice what it can. Where more
//! comes in a year T than can be handled, a queue grows through the year, and who joins it waits for half of the excess on average (deterministic queueing, as in
//! Akçelik 1991): a cap that binds keeps volume near capacity.

use crate::numerics::Real;

/// a of the volume-delay function.
const A: f64 = 0.15;
/// T: days in which the queue builds up.
const YEAR: f64 = 365.0;

/// W(u) in days, where an empty facility makes wait for `free` days.
#[inline(always)]
pub fn waiting<R: Real>(free: R, use_: R) -> R {
    let squared = use_ * use_;
    let queue = (use_ - R::one()).max(R::zero());
    R::splat(YEAR / 2.0).mul_add(queue, free * (R::splat(A) * squared).mul_add(squared, R::one()))
}

/// dW/du, from the left where the queue begins.
#[inline(always)]
pub fn waiting_slope<R: Real>(free: R, use_: R) -> R {
    let crowd = R::splat(4.0 * A) * free * use_ * use_ * use_;
    R::select(R::one().lt(use_), crowd + R::splat(YEAR / 2.0), crowd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_the_bureaus_until_a_queue_forms() {
        assert_eq!(waiting(2.0, 0.0), 2.0);
        assert!((waiting(2.0, 0.8) - 2.0 * (1.0 + 0.15 * 0.4096)).abs() < 1e-15);
        assert!((waiting(2.0, 1.1) - (2.0 * (1.0 + 0.15 * 1.4641) + 18.25)).abs() < 1e-12);
    }

    #[test]
    fn the_slope_is_that_of_the_curve() {
        for use_ in [0.3, 0.9, 1.2, 3.0] {
            let numeric = (waiting(1.5, use_ + 1e-6) - waiting(1.5, use_ - 1e-6)) / 2e-6;
            assert!((waiting_slope(1.5, use_) / numeric - 1.0).abs() < 1e-8, "{use_}");
        }
    }
}
