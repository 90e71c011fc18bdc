//! Days as numbers, so that a date can be uncertain: whole days since 1 January 1970.

use jiff::Span;
use jiff::civil::Date;

/// The number of a date: days since 1 January 1970.
pub fn day_number(date: Date) -> f64 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as f64
}

/// The date of a number of days since 1 January 1970, the part of a day that has begun left out: `2026-09-01`. What no calendar holds stays a number.
pub fn date_of(days: f64) -> String {
    // No calendar has more days than this; and the span itself refuses what is beyond its own.
    let whole = days.floor().clamp(-1e8, 1e8) as i64;
    let date = Span::new().try_days(whole).and_then(|span| Date::constant(1970, 1, 1).checked_add(span));
    date.map_or_else(|_| format!("day {days}"), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_date_again() {
        for date in [Date::constant(1970, 1, 1), Date::constant(1969, 12, 31), Date::constant(2024, 2, 29), Date::constant(2026, 9, 1)] {
            assert_eq!(date_of(day_number(date)), date.to_string());
            assert_eq!(date_of(day_number(date) + 0.999), date.to_string());
        }
        assert_eq!((day_number(Date::constant(1970, 1, 2)), day_number(Date::constant(2026, 1, 1))), (1.0, 20454.0));
        for none in [f64::NAN, f64::INFINITY, -1e300, 1e8] {
            assert!(!date_of(none).is_empty());
        }
    }
}
