//! Who takes which route: the incremental logit in log cost (Ben-Akiva & Lerman 1985) that is the CES nest of routes (MODEL 3.1):
//!
//! Ĝ = (Σ_r φ_r Ĉ_r^(1−κ))^(1/(1−κ)),   φ′_r = φ_r (Ĉ_r/Ĝ)^(1−κ).

use crate::numerics::Real;

/// Given base shares φ (adding to one), log cost changes ln Ĉ_r and κ (not one), writes φ′ into `after` and returns ln Ĝ.
#[inline(always)]
pub fn choose<R: Real>(before: &[R], log_cost: &[R], kappa: R, after: &mut [R]) -> R {
    let power = R::one() - kappa;
    // Written as one plus changes, so that no change of cost leaves shares and Ĝ exactly as they were.
    let mut sum = R::one();
    for r in 0..before.len() {
        let pull = (power * log_cost[r]).exp();
        sum = before[r].mul_add(pull - R::one(), sum);
        after[r] = before[r] * pull;
    }
    for share in after.iter_mut().take(before.len()) {
        *share = *share / sum;
    }
    sum.ln() / power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_without_a_change_of_cost() {
        let before = [0.1, 0.2, 0.7];
        let mut after = [0.0; 3];
        assert_eq!(choose(&before, &[0.0; 3], 4.0, &mut after), 0.0);
        assert_eq!(after, before);
    }

    #[test]
    fn trade_moves_to_what_became_cheap_by_kappa() {
        let before = [0.5, 0.5];
        let mut after = [0.0; 2];
        let log_g = choose(&before, &[-0.1, 0.0], 5.0, &mut after);
        assert!((after.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // Log odds move by (1−κ) times the log cost.
        assert!(((after[0] / after[1]).ln() - 0.4).abs() < 1e-12);
        assert!(log_g < 0.0 && log_g > -0.1);
    }

    #[test]
    fn an_unused_route_stays_unused() {
        let mut after = [0.0; 2];
        assert_eq!(choose(&[0.0, 1.0], &[-3.0, 0.0], 5.0, &mut after), 0.0);
        assert_eq!(after, [0.0, 1.0]);
    }
}
