//! What crowding costs: waiting as a function of use, for a port or for a place on board.
//!
//! W(u) = w (1 + a min(u, 1)^b) + ½ T max(0, u − 1),   u = volume / capacity
//!
//! Up to capacity it is the volume-delay function of the Bureau of Public Roads (1964), a = 0.15 and b = 4; beyond, that function would let a facility carry twice
//! what it can. Where more comes than can be handled a queue grows, and who joins it in the time T that it lasts waits for half of the excess on average
//! (deterministic queueing, as in Akçelik 1991). Nobody works off a queue for a ship that is always full, so T is long, ten years: a cap that binds holds volume within
//! a few per cent of capacity, and the waiting is what a shipper would pay to get on board.

use crate::numerics::Real;

/// a of the volume-delay function.
const A: f64 = 0.15;
/// T: days in which a queue builds up.
const QUEUE: f64 = 3650.0;

/// W(u) in days, where an empty facility makes wait for `free` days.
#[inline(always)]
pub fn waiting<R: Real>(free: R, use_: R) -> R {
    let within = use_.min(R::one());
    let squared = within * within;
    R::splat(QUEUE / 2.0).mul_add(use_ - within, free * (R::splat(A) * squared).mul_add(squared, R::one()))
}

/// dW/du; where the queue begins, that of the queue if `rising`, else that of the crowd.
#[inline(always)]
pub fn waiting_slope<R: Real>(free: R, use_: R, rising: R::Mask) -> R {
    let (one, queue) = (R::one(), R::splat(QUEUE / 2.0));
    let crowd = R::splat(4.0 * A) * free * use_ * use_ * use_;
    R::select(use_.lt(one), crowd, R::select(one.lt(use_), queue, R::select(rising, queue, crowd)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_the_bureaus_until_a_queue_forms() {
        assert_eq!(waiting(2.0, 0.0), 2.0);
        assert!((waiting(2.0, 0.8) - 2.0 * (1.0 + 0.15 * 0.4096)).abs() < 1e-15);
        assert!((waiting(2.0, 1.1) - (2.3 + 182.5)).abs() < 1e-10);
    }

    #[test]
    fn the_slope_is_that_of_the_curve() {
        for use_ in [0.3, 0.9, 1.2, 3.0] {
            let numeric = (waiting(1.5, use_ + 1e-6) - waiting(1.5, use_ - 1e-6)) / 2e-6;
            assert!((waiting_slope(1.5, use_, true) / numeric - 1.0).abs() < 1e-8, "{use_}");
        }
        assert_eq!(waiting_slope(1.5, 1.0, true), 1825.0);
        assert!((waiting_slope::<f64>(1.5, 1.0, false) - 0.9).abs() < 1e-15);
    }
}
