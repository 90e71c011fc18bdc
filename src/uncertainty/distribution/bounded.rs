//! Distributions between two ends: triangular, and the beta stretched over a range, of which PERT is one.

use super::beta::Beta;

/// Q(u) = a + √(u (b−a)(m−a)) left of the mode, b − √((1−u)(b−a)(b−m)) right of it.
pub(super) fn triangular_quantile(min: f64, mode: f64, max: f64, below: f64, above: f64) -> f64 {
    let width = max - min;
    if below * width <= mode - min {
        (min + (below * width * (mode - min)).sqrt()).min(mode)
    } else {
        (max - (above * width * (max - mode)).sqrt()).max(mode)
    }
}

/// The probabilities below and above x.
pub(super) fn triangular_tails(min: f64, mode: f64, max: f64, x: f64) -> (f64, f64) {
    let width = max - min;
    if x <= min {
        (0.0, 1.0)
    } else if x >= max {
        (1.0, 0.0)
    } else if x <= mode {
        let below = (x - min) / width * ((x - min) / (mode - min));
        (below, 1.0 - below)
    } else {
        let above = (max - x) / width * ((max - x) / (max - mode));
        (1.0 - above, above)
    }
}

/// α = 1 + shape (mode − min)/(max − min), β = 1 + shape (max − mode)/(max − min) (Clark 1962; Vose's modified PERT).
pub(super) fn pert_shapes(min: f64, mode: f64, max: f64, shape: f64) -> (f64, f64) {
    (1.0 + shape * ((mode - min) / (max - min)), 1.0 + shape * ((max - mode) / (max - min)))
}

/// The probabilities below and above x of a beta from `low` to `high`.
pub(super) fn stretched_beta_tails(alpha: f64, beta: f64, low: f64, high: f64, x: f64) -> (f64, f64) {
    let x = x.clamp(low, high);
    Beta::new(alpha, beta).tails((x - low) / (high - low), (high - x) / (high - low))
}
