//! The share of a period's days on which a set of measures is in force.
//!
//! A measure that starts in June counts for 7/12 of the year only if nothing else changes meanwhile: what displaces what is decided day by day.
//! So a period is cut at every date on which a measure starts or ends, and each piece is weighted by its days.

use crate::scenario::{Period, day_number};
use jiff::civil::Date;

/// Days in force; an absent end never ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InForce {
    pub first_day: Date,
    pub last_day: Option<Date>,
}

impl InForce {
    fn covers(&self, day: f64) -> bool {
        day_number(self.first_day) <= day && self.last_day.is_none_or(|last| day <= day_number(last))
    }
}

/// A run of days within a period on which the same measures are in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Share of the period's days.
    pub share: f64,
    /// Indices of the measures in force, ascending.
    pub measures: Vec<usize>,
}

/// The period from `first_day` to `last_day` (both within it), cut where the set of measures in force changes. The shares add to one; segments with the same
/// measures are merged, those without any are left in.
pub fn segments(first_day: Date, last_day: Date, measures: &[InForce]) -> Vec<Segment> {
    let (start, end) = (day_number(first_day), day_number(last_day) + 1.0);
    let mut cuts = vec![start, end];
    for measure in measures {
        cuts.push(day_number(measure.first_day));
        cuts.extend(measure.last_day.map(|day| day_number(day) + 1.0));
    }
    cuts.retain(|day| (start..=end).contains(day));
    cuts.sort_unstable_by(f64::total_cmp);
    cuts.dedup();

    let mut days: Vec<(f64, Vec<usize>)> = Vec::new();
    for piece in cuts.windows(2) {
        let active: Vec<usize> = (0..measures.len()).filter(|&m| measures[m].covers(piece[0])).collect();
        let length = piece[1] - piece[0];
        match days.iter_mut().find(|(_, known)| *known == active) {
            Some((total, _)) => *total += length,
            None => days.push((length, active)),
        }
    }
    days.into_iter().map(|(length, measures)| Segment { share: length / (end - start), measures }).collect()
}

/// A period's first day and the day after its last, in days since 1 January 1970.
pub fn span(period: &Period) -> (f64, f64) {
    (day_number(period.first_day), day_number(period.last_day) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_measure_from_june_counts_its_days() {
        let cut = segments(date(2025, 1, 1), date(2025, 12, 31), &[InForce { first_day: date(2025, 6, 4), last_day: None }]);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[0], Segment { share: 154.0 / 365.0, measures: vec![] });
        assert_eq!(cut[1], Segment { share: 211.0 / 365.0, measures: vec![0] });
    }

    #[test]
    fn the_last_day_is_in_force_and_leap_years_have_366() {
        let cut =
            segments(date(2024, 1, 1), date(2024, 12, 31), &[InForce { first_day: date(2023, 5, 1), last_day: Some(date(2024, 2, 29)) }]);
        assert_eq!(cut[0], Segment { share: 60.0 / 366.0, measures: vec![0] });
        assert_eq!(cut[1], Segment { share: 306.0 / 366.0, measures: vec![] });
    }

    #[test]
    fn steps_meet_without_gap_or_overlap() {
        let steps = [
            InForce { first_day: date(2025, 3, 4), last_day: Some(date(2025, 7, 31)) },
            InForce { first_day: date(2025, 8, 1), last_day: None },
        ];
        let cut = segments(date(2025, 1, 1), date(2025, 12, 31), &steps);
        let days: Vec<f64> = cut.iter().map(|s| (s.share * 365.0).round()).collect();
        assert_eq!(days, [62.0, 150.0, 153.0]);
        assert!(cut.iter().all(|s| s.measures.len() <= 1));
    }

    #[test]
    fn a_measure_outside_the_period_is_no_cut() {
        let cut = segments(date(2025, 1, 1), date(2025, 3, 31), &[InForce { first_day: date(2025, 4, 1), last_day: None }]);
        assert_eq!(cut, [Segment { share: 1.0, measures: vec![] }]);
    }
}
