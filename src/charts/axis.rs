//! Value axes: where the ticks stand and what they say.

use super::number::{Format, Unit, exponent};

/// The ticks of an axis and how they are written.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
    pub format: Format,
}

impl Axis {
    /// An axis over exactly `low..high` (low < high, both finite) with about `wanted` ticks at round values inside it.
    pub fn spanning(unit: &Unit, low: f64, high: f64, wanted: usize) -> Axis {
        let step = round_step((high - low) / wanted.max(1) as f64);
        let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
        let mut ticks = Vec::new();
        let mut i = first;
        while i <= last && ticks.len() <= 50 {
            ticks.push(i * step + 0.0); // + 0.0: never a negative zero
            i += 1.0;
        }
        Axis { low, high, ticks, format: Format::axis(unit, low.abs().max(high.abs()), step) }
    }

    /// As [`Axis::spanning`], widened to the ticks just outside, so that the axis ends in a labelled line at both ends.
    pub fn rounded(unit: &Unit, low: f64, high: f64, wanted: usize) -> Axis {
        let step = round_step((high - low) / wanted.max(1) as f64);
        Axis::spanning(unit, (low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step, wanted)
    }

    /// Whether zero lies on the axis.
    pub fn holds_zero(&self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }
}

/// The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `least`.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powi(exponent(least));
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= least * 0.999_999).unwrap_or(power * 10.0)
}

/// `low..high` made wide enough to draw: a single value gets a tenth of itself on both sides (a zero, one unit).
pub(super) fn widened(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if differ(low, high) {
        return (low, high);
    }
    let pad = if size > LEAST { size * 0.1 } else { 1.0 };
    (low - pad, high + pad)
}

/// Whether two values are far enough apart to be told apart on a chart: by more than rounding, and by more than nothing at all.
pub(super) fn differ(low: f64, high: f64) -> bool {
    high - low > (low.abs().max(high.abs()) * 1e-9).max(LEAST)
}

/// What is smaller is zero.
const LEAST: f64 = 1e-100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Axis::spanning(&Unit::Ratio, -3.0, 11.0, 6).ticks, [-2.5, 0.0, 2.5, 5.0, 7.5, 10.0]);
        assert_eq!(Axis::rounded(&Unit::Ratio, -3.0, 11.0, 4).ticks, [-5.0, 0.0, 5.0, 10.0, 15.0]);
        for (low, high) in [(1e-12, 3e-12), (-4e15, 2e15), (99.999, 100.001), (0.0, 1.0)] {
            let axis = Axis::spanning(&Unit::Ratio, low, high, 6);
            assert!((3..=8).contains(&axis.ticks.len()), "{low}..{high}: {:?}", axis.ticks);
            assert!(axis.ticks.iter().all(|t| *t >= low - (high - low) * 1e-6 && *t <= high + (high - low) * 1e-6));
            let written: Vec<String> = axis.ticks.iter().map(|t| axis.format.tick(*t)).collect();
            let mut distinct = written.clone();
            distinct.dedup();
            assert_eq!(written, distinct, "ticks that read the same");
        }
    }

    #[test]
    fn a_single_value_still_spans_an_axis() {
        for value in [0.0, -0.13, 5e9, 1e-300, -5e-324] {
            let (low, high) = widened(value, value);
            assert!(low < value && value < high);
        }
    }
}
