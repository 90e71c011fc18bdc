//! The worst cases of a sample of losses: the loss not exceeded with probability α, and the mean of the worst 1 − α.
//!
//! Expected shortfall after Acerbi & Tasche (2002): with k = (1 − α)n, the sum of the ⌊k⌋ largest losses and the fraction k − ⌊k⌋ of the next, over k.

use super::quantile::quantiles_in_place;

/// Trade at risk and expected shortfall of a sample of losses (gains are negative losses), in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// The loss that the share `level` of the draws does not exceed.
    pub at_risk: f64,
    /// The mean loss of the worst 1 − `level` of the draws.
    pub expected_shortfall: f64,
}

/// Both measures at a level, e.g. 0.95 (held to 0 … 1). NaN of no losses.
pub fn risk(losses: &[f64], level: f64) -> Risk {
    let mut sorted = losses.to_vec();
    let Some(&first) = losses.first() else { return Risk { at_risk: f64::NAN, expected_shortfall: f64::NAN } };
    let at_risk = quantiles_in_place(&mut sorted, &[level])[0];
    // The worst single loss stands for a tail of less than one draw.
    let tail = (1.0 - level.clamp(0.0, 1.0)) * losses.len() as f64;
    let whole = (tail as usize).min(losses.len());
    let (worst, partly) = if whole < losses.len() {
        let (_, next, worst) = sorted.select_nth_unstable_by(losses.len() - 1 - whole, f64::total_cmp);
        worst.sort_unstable_by(f64::total_cmp);
        (&*worst, Some(*next))
    } else {
        sorted.sort_unstable_by(f64::total_cmp);
        (&sorted[..], None)
    };
    if whole == 0 {
        return Risk { at_risk, expected_shortfall: partly.unwrap_or(first) };
    }
    let weight = tail - whole as f64;
    // Measured from one loss, so that equal losses have exactly that shortfall.
    let base = worst[0];
    let sum = worst.iter().map(|loss| loss - base).sum::<f64>() + partly.map_or(0.0, |next| weight * (next - base));
    Risk { at_risk, expected_shortfall: base + sum / (whole as f64 + partly.map_or(0.0, |_| weight)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        let losses: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let Risk { at_risk, expected_shortfall } = risk(&losses, 0.95);
        assert!((at_risk - 95.05).abs() < 1e-12 && (expected_shortfall - 98.0).abs() < 1e-12);
        // Ten draws at 95%: half of the worst one.
        assert_eq!(risk(&losses[..10], 0.95).expected_shortfall, 100.0);
        // Thirty: the worst and half of the next.
        assert!((risk(&losses[..30], 0.95).expected_shortfall - (100.0 + 0.5 * 99.0) / 1.5).abs() < 1e-12);
        assert_eq!(risk(&[0.1; 77], 0.95), Risk { at_risk: 0.1, expected_shortfall: 0.1 });
        assert_eq!(risk(&losses, 0.0), Risk { at_risk: 1.0, expected_shortfall: 50.5 });
        assert_eq!(risk(&losses, 1.0), Risk { at_risk: 100.0, expected_shortfall: 100.0 });
        assert!(risk(&[], 0.95).at_risk.is_nan());
    }
}
