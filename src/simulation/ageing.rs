//! Elasticities that grow with the age of the shock (MODEL 9): σ(h) = σ_LR − (σ_LR − σ_SR) e^(−λh); the same for κ and ε.
//!
//! Trade answers slowly: contracts run, suppliers must be found (Boehm, Levchenko & Pandalai-Nayar 2023). h is the age in years, at the middle of a period, of the
//! first measure that bears on a sector; where none does, and only freight moves, of the run itself. Where an elasticity has no short-run value, the long-run one
//! holds from the start.

use crate::numerics::Real;
use crate::scenario::Period;
use crate::uncertainty::Value;
use jiff::civil::Date;

/// An elasticity in the long run and, if it differs, in the short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aged {
    pub long: Value,
    pub short: Option<Value>,
}

impl Aged {
    /// The elasticity when `youth` = e^(−λh) of the way is still to go.
    #[inline(always)]
    pub fn of<R: Real>(&self, drawn: &[R], youth: R) -> R {
        let long = self.long.of(drawn);
        match self.short {
            None => long,
            Some(short) => long - (long - short.of(drawn)) * youth,
        }
    }

    /// The numbers that it is made of.
    pub fn numbers(&self) -> impl Iterator<Item = Value> {
        std::iter::once(self.long).chain(self.short)
    }

    /// 1/(1+ε) of a supply elasticity. An infinite one is approached by its slope, since no elasticity lies between a finite and an infinite one.
    #[inline(always)]
    pub fn supply_slope<R: Real>(&self, drawn: &[R], youth: R) -> R {
        let slope = |elasticity: R| R::one() / (R::one() + elasticity);
        let long = self.long.of(drawn);
        let Some(short) = self.short else { return slope(long) };
        let short = short.of(drawn);
        let (from, to) = (slope(short), slope(long));
        let by_slope = to - (to - from) * youth;
        let steep = R::zero().lt(from.min(to));
        R::select(steep, slope(long - (long - short) * youth), by_slope)
    }
}

/// Ages of the shock in a sector, by period: years from its first day (the run's, where no measure has one) to the middle of each period, zero before.
pub fn ages(periods: &[Period], first_day: Option<Date>) -> Vec<f64> {
    let start = first_day.or_else(|| periods.first().map(|period| period.first_day));
    let age = |period: &Period| start.map_or(0.0, |start| (years(start, period.first_day) + years(start, period.last_day)) / 2.0);
    periods.iter().map(|period| age(period).max(0.0)).collect()
}

fn years(from: Date, to: Date) -> f64 {
    const HOURS: f64 = 24.0 * 365.25;
    to.duration_since(from).as_hours() as f64 / HOURS
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn elasticities_move_from_short_to_long() {
        let aged = Aged { long: Value::Fixed(6.0), short: Some(Value::Fixed(2.0)) };
        assert_eq!(aged.of::<f64>(&[], 1.0), 2.0);
        assert_eq!(aged.of::<f64>(&[], 0.0), 6.0);
        assert_eq!(aged.of::<f64>(&[], 0.5), 4.0);
        assert_eq!(Aged { long: Value::Fixed(6.0), short: None }.of::<f64>(&[], 1.0), 6.0);
    }

    #[test]
    fn supply_may_become_infinite() {
        let aged = Aged { long: Value::Fixed(f64::INFINITY), short: Some(Value::Fixed(1.0)) };
        let slopes = [1.0, 0.5, 0.0].map(|youth| aged.supply_slope::<f64>(&[], youth));
        assert_eq!(slopes, [0.5, 0.25, 0.0]);
        let finite = Aged { long: Value::Fixed(3.0), short: Some(Value::Fixed(1.0)) };
        assert_eq!(finite.supply_slope::<f64>(&[], 0.5), 1.0 / 3.0);
    }

    #[test]
    fn ages_count_from_the_first_measure_to_mid_period() {
        let year = |y: i16| Period { label: y.to_string(), first_day: date(y, 1, 1), last_day: date(y, 12, 31) };
        let periods = [year(2024), year(2025), year(2027)];
        assert_eq!(ages(&periods, None).first(), Some(&(182.5 / 365.25)));
        let found = ages(&periods, Some(date(2025, 7, 2)));
        assert_eq!(found[..2], [0.0, 0.0], "not before it is in force");
        assert!((found[2] - 2.0).abs() < 0.01, "{found:?}");
    }
}
