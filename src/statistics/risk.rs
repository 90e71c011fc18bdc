//! The worst cases of a sample of losses: the loss not exceeded with probability α, and the mean of the worst 1 − α.
//!
//! Expected shortfall after Acerbi & Tasche (2002): with k = (1 − α)n, the sum of the ⌊k⌋ largest losses and the fraction k − ⌊k⌋ of the next, over k.
//!
//! Its error: expected shortfall is the least of c + E(L − c)⁺/(1 − α) over c, reached at c = q, the loss at risk (Rockafellar & Uryasev 2000). At a minimum the error
//! of q does not matter to first order, so what remains is the error of the mean of z = q + (L − q)⁺/(1 − α), which is found as for any mean.

use super::estimate::{Estimate, by_replicate, mean};
use super::ordered::Ordered;
use super::quantile_error::quantiles_of;
use crate::uncertainty::Sampler;

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
    risk_of(&mut Ordered::new(losses), level)
}

fn risk_of(ordered: &mut Ordered, level: f64) -> Risk {
    let n = ordered.count();
    if n == 0 {
        return Risk { at_risk: f64::NAN, expected_shortfall: f64::NAN };
    }
    let at_risk = ordered.quantile(level);
    // The worst single loss stands for a tail of less than one draw.
    let tail = (1.0 - level.clamp(0.0, 1.0)) * n as f64;
    let whole = (tail as usize).min(n);
    let next = if whole < n { Some(ordered.at(n - 1 - whole)) } else { None };
    let worst = ordered.largest(whole);
    let Some(&base) = worst.first() else { return Risk { at_risk, expected_shortfall: next.unwrap_or(at_risk) } };
    let weight = tail - whole as f64;
    // Measured from one loss, so that equal losses have exactly that shortfall.
    let sum = worst.iter().map(|loss| loss - base).sum::<f64>() + next.map_or(0.0, |next| weight * (next - base));
    Risk { at_risk, expected_shortfall: base + sum / (whole as f64 + next.map_or(0.0, |_| weight)) }
}

/// The loss that the share `level` of the draws does not exceed, then the mean loss of the others, the worst, with their errors; `replicate` says to which
/// randomisation (below 16) each loss belongs. A tail of less than one draw is the worst single loss, whose error nobody can know from the sample: NaN.
///
/// # Panics
/// Where a randomisation has no such number.
pub fn tail_risk(sampler: Sampler, losses: &[f64], replicate: &[u8], level: f64) -> [Estimate; 2] {
    let mut ordered = Ordered::new(losses);
    let at_risk = quantiles_of(sampler, &mut ordered, losses, replicate, &[level])[0];
    [at_risk, expected_shortfall(sampler, &mut ordered, losses, replicate, level)]
}

fn expected_shortfall(sampler: Sampler, ordered: &mut Ordered, losses: &[f64], replicate: &[u8], level: f64) -> Estimate {
    let tail = 1.0 - level.clamp(0.0, 1.0);
    if losses.is_empty() || sampler == Sampler::Quadrature {
        return Estimate::UNKNOWN;
    }
    let Risk { at_risk, expected_shortfall: value } = risk_of(ordered, level);
    if tail * (losses.len() as f64) < 1.0 {
        return Estimate { value, ..Estimate::UNKNOWN };
    }
    let beyond: Vec<f64> = losses.iter().map(|loss| (loss - at_risk).max(0.0) / tail).collect();
    let error = mean(sampler, &by_replicate(&beyond, replicate));
    let half = error.high - error.value;
    Estimate { value, se: error.se, low: value - half, high: value + half }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Design, Distribution};

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
    #[test]
    fn expected_shortfall_of_a_normal_lies_within_its_interval() {
        // φ(z)/(1 − α) at α = 0.95, z = 1.6449.
        let (truth, seeds) = (2.062712807507, 200);
        let normal = Distribution::normal(0.0, 1.0).unwrap();
        let replicate: Vec<u8> = (0..1024).map(|k| (k % 16) as u8).collect();
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random] {
            let mut covered = 0;
            for seed in 0..seeds {
                let design = Design::new(sampler, seed, 1024, ["a", "b"]);
                let mut u = [[0.0; 1024]; 2];
                design.fill(0, 0, &mut u[0]);
                design.fill(1, 0, &mut u[1]);
                // A normal made of two, so that an even design is not exact in it.
                let losses: Vec<f64> = (0..1024).map(|k| 0.6 * normal.quantile(u[0][k]) + 0.8 * normal.quantile(u[1][k])).collect();
                let shortfall = tail_risk(sampler, &losses, &replicate, 0.95)[1];
                assert_eq!(shortfall.value, risk(&losses, 0.95).expected_shortfall);
                covered += i32::from(shortfall.covers(truth));
            }
            // 190 of 200 and four standard deviations.
            assert!(covered >= 178, "{sampler:?}: {covered}");
        }
    }

    #[test]
    fn a_tail_of_less_than_a_draw_has_no_error() {
        let losses: Vec<f64> = (0..16).map(f64::from).collect();
        let replicate: Vec<u8> = (0..16).collect();
        let worst = tail_risk(Sampler::Random, &losses, &replicate, 0.95)[1];
        assert!(worst.value == 15.0 && worst.se.is_nan() && worst.high.is_nan());
        let all = tail_risk(Sampler::Random, &losses, &replicate, 0.0)[1];
        assert!((all.se - mean(Sampler::Random, &by_replicate(&losses, &replicate)).se).abs() < 1e-14);
        assert!(tail_risk(Sampler::Sobol, &[], &[], 0.95)[1].value.is_nan());
        assert_eq!(tail_risk(Sampler::Random, &losses, &replicate, 0.5)[0].value, 7.5);
    }
}
