//! Days as people write them: a number that stands for a date is told as one.

use crate::scenario::date_of;
use crate::uncertainty::{Distribution, Number};

/// Whether the number of this name is a day: what starts, opens or closes from then on.
pub(super) fn is_day(path: &str) -> bool {
    let (first, last) = (path.split('.').next().unwrap_or_default(), path.rsplit('.').next().unwrap_or_default());
    matches!((first, last), ("service", "start") | ("expansion", "date") | ("land_bridge", "from"))
}

/// `2026-09-12 (90% 2026-04-01 to 2027-05-30)`: the mean and the middle nine draws in ten; a day that is certain by itself.
pub(super) fn day(number: &Number) -> String {
    match number {
        Number::Uncertain(uncertain) if !number.is_fixed() => {
            let [mean, low, high] = figures(&uncertain.distribution);
            format!("{mean} (90% {low} to {high})")
        }
        _ => date_of(number.central()),
    }
}

/// Mean, 5% and 95%.
pub(super) fn figures(distribution: &Distribution) -> [String; 3] {
    [distribution.mean(), distribution.quantile(0.05), distribution.quantile(0.95)].map(date_of)
}

/// A distribution of days in words: `triangular, mean 2026-11-01, 90% 2026-04-01 to 2027-07-01`.
pub(super) fn described(distribution: &Distribution) -> String {
    if let Some(day) = distribution.is_fixed() {
        return format!("fixed at {}", date_of(day));
    }
    let [mean, low, high] = figures(distribution);
    let words = distribution.describe();
    // The rest of the words would be numbers of days.
    let family = match words.split([',', '(']).next().unwrap_or_default().trim() {
        listed if listed.starts_with("one of") => "one of several days",
        mixed if mixed.starts_with("mixture") => "mixture",
        family => family,
    };
    format!("{family}, mean {mean}, 90% {low} to {high}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_known_by_their_names_and_told_as_dates() {
        for path in ["service.\"Saint John–Veracruz, 1.start\".start", "expansion.Veracruz.date", "land_bridge.USA.from"] {
            assert!(is_day(path), "{path}");
        }
        for path in ["service.start.capacity_teu", "tariff.\"From.start\".rate", "event.review", "elasticities.import.start"] {
            assert!(!is_day(path), "{path}");
        }
        let distribution = Distribution::uniform(20454.0, 20554.0).expect("a distribution");
        assert_eq!(described(&distribution), "uniform, mean 2026-02-20, 90% 2026-01-06 to 2026-04-06");
        let discrete = Distribution::discrete(vec![20454.0, 20819.0], vec![0.5, 0.5]).expect("a distribution");
        assert_eq!(described(&discrete), "one of several days, mean 2026-07-02, 90% 2026-01-01 to 2027-01-01");
        let mixture = Distribution::mixture(vec![(0.5, distribution.clone()), (0.5, distribution)]).expect("a distribution");
        assert_eq!(described(&mixture), "mixture, mean 2026-02-20, 90% 2026-01-06 to 2026-04-06");
        assert_eq!(described(&Distribution::normal(20454.0, 0.0).expect("a distribution")), "fixed at 2026-01-01");
        assert_eq!(day(&Number::Fixed(20454.0)), "2026-01-01");
    }
}
