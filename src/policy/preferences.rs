//! Who claims the agreement's preference:  u = u0 + (u_max − u0)·(1 − exp(−k·margin))
//!
//! The margin is the duty that claiming avoids. Claiming costs paperwork, so traders claim when it pays: in 2025 utilisation rose from 38% to over 80% for
//! Canada once the alternative was 25% to 35%. A constant would be wrong by half (MODEL 2).

use crate::baseline::Preference;
use crate::numerics::Real;

/// How preference utilisation of one exporter and sector answers to the margin; shares of trade value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Utilisation {
    /// u0: at no margin beyond the base year's.
    pub base: f64,
    /// u_max: at a very large margin.
    pub most: f64,
    /// k: per unit of ad-valorem margin.
    pub response: f64,
}

impl Utilisation {
    /// Nobody can claim.
    pub const NONE: Utilisation = Utilisation { base: 0.0, most: 0.0, response: 0.0 };

    /// The share of trade that claims when claiming saves `margin` (ad valorem, a fraction).
    #[inline(always)]
    pub fn at<R: Real>(&self, margin: R) -> R {
        let gap = R::splat(self.most - self.base);
        R::splat(self.base) + gap * (R::one() - (-(R::splat(self.response) * margin)).exp())
    }
}

impl From<&Preference> for Utilisation {
    fn from(row: &Preference) -> Self {
        Utilisation { base: row.utilisation, most: row.utilisation_max, response: row.response }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utilisation_runs_from_its_base_to_its_most() {
        let canada = Utilisation { base: 0.38, most: 0.9, response: 15.0 };
        assert_eq!(canada.at(0.0), 0.38);
        assert!((canada.at(0.35) - 0.9).abs() < 0.01);
        assert!(canada.at(0.05) < canada.at(0.10));
        assert_eq!(Utilisation::NONE.at(0.25), 0.0);
    }
}
