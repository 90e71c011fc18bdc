//! Numbers as people read them: US$ 1.2 bn, −4.5%, 0.35. A true minus sign (U+2212), a comma between thousands as in all other words of a run, one scale for a whole axis.

use serde::{Deserialize, Serialize};

/// What a chart's numbers are, and so how they are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Millions of US dollars; written as US$, thousand, m, bn or tn.
    UsdMillion,
    /// A change in millions of US dollars: as [`Unit::UsdMillion`], with + before gains.
    UsdMillionChange,
    /// A share or rate as a fraction: 0.35 is written 35%.
    Fraction,
    /// A relative change as a fraction: −0.045 is written −4.5%, and gains carry a +.
    PercentChange,
    /// A change of a share as a fraction: 0.032 is written +3.2 pp.
    PercentagePoints,
    /// A ratio to the baseline (1 = unchanged), or any plain number.
    Ratio,
    /// A count of something: TEU, days, tonnes.
    Count(String),
    /// A change of such a count, with + before gains.
    CountChange(String),
}

impl Unit {
    /// One value by itself: `Unit::PercentChange.format(-0.045)` is "−4.5%".
    pub fn format(&self, value: f64) -> String {
        Format::together(self, &[value]).full(value)
    }

    /// The unit of a difference between two values.
    pub fn difference(&self) -> Unit {
        match self {
            Unit::UsdMillion => Unit::UsdMillionChange,
            Unit::Fraction | Unit::PercentChange => Unit::PercentagePoints,
            Unit::Count(name) => Unit::CountChange(name.clone()),
            same => same.clone(),
        }
    }

    /// Whether a value is a difference from the baseline, so that zero means no change.
    pub fn is_change(&self) -> bool {
        matches!(self, Unit::UsdMillionChange | Unit::PercentChange | Unit::PercentagePoints | Unit::CountChange(_))
    }
}

/// Whether a value can stand on an axis: a number, and not so large that differences of two overflow.
pub(super) fn drawable(value: f64) -> bool {
    value.abs() <= 1e100
}

/// How all values of one axis, or of one group of labels, are written.
#[derive(Debug, Clone)]
pub(super) struct Format {
    /// Values are divided by this before they are written.
    divisor: f64,
    prefix: &'static str,
    suffix: String,
    /// Whether the suffix is short enough (%) to stand at every tick.
    suffix_at_ticks: bool,
    decimals: usize,
    /// Five digits and more are rounded to a multiple of this: nobody reads the last ones.
    multiple: f64,
    signed: bool,
    scientific: bool,
    /// Decimals of the leading digit where numbers are written as 1.2e−9.
    mantissa: usize,
}

impl Format {
    /// For labels that are read together: one scale, and decimals enough to tell them apart.
    pub fn together(unit: &Unit, values: &[f64]) -> Format {
        let largest = values.iter().copied().filter(|v| drawable(*v)).fold(0.0_f64, |a, v| a.max(v.abs()));
        Format::scaled(unit, largest).precise(values)
    }

    /// The same scale, with decimals enough for labels that are read together.
    pub fn precise(mut self, values: &[f64]) -> Format {
        let finite = values.iter().copied().filter(|v| drawable(*v));
        let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let shown = if low <= high { low.abs().max(high.abs()) / self.divisor } else { 0.0 };
        let usual = match shown {
            _ if shown >= 99.95 || shown == 0.0 => 0,
            _ if shown >= 0.995 => 1,
            _ if shown >= 0.0995 => 2,
            _ => 1 + decimals_of(shown),
        };
        let apart = if high > low { decimals_of((high - low) / self.divisor / 10.0) } else { 0 };
        self.decimals = usual.max(apart.min(usual + 4));
        if self.decimals == 0 && shown >= 1e4 {
            self.multiple = 10f64.powi(exponent(shown) - 3);
        }
        self.mantissa = if high > low { digits_between(shown, (high - low) / self.divisor / 10.0) } else { 1 };
        self.scientific |= self.decimals > 6;
        self
    }

    /// For the ticks of an axis that reaches `largest` in absolute value, `step` apart.
    pub fn axis(unit: &Unit, largest: f64, step: f64) -> Format {
        // The end of an axis is a round number somewhat beyond the values: 800 m on an axis to 1 bn are still millions.
        let mut format = Format::scaled(unit, 0.75 * largest);
        let shown = step / format.divisor;
        format.decimals = decimals_of(shown);
        let scaled = shown * 10f64.powi(format.decimals.min(300) as i32);
        if (scaled - scaled.round()).abs() > 0.01 {
            format.decimals += 1; // 2.5, 0.25
        }
        format.mantissa = digits_between(largest / format.divisor, shown);
        format.scientific |= format.decimals > 6;
        format
    }

    fn scaled(unit: &Unit, largest: f64) -> Format {
        let (divisor, prefix, suffix, suffix_at_ticks, signed) = match unit {
            Unit::UsdMillion | Unit::UsdMillionChange => {
                let (divisor, suffix) = match largest {
                    _ if largest >= 999_500.0 => (1e6, " tn"),
                    _ if largest >= 999.5 => (1e3, " bn"),
                    _ if largest == 0.0 => (1.0, ""),
                    _ if largest >= 0.9995 => (1.0, " m"),
                    _ if largest >= 0.000_999_5 => (1e-3, " thousand"),
                    _ => (1e-6, ""),
                };
                (divisor, "US$ ", suffix.to_owned(), false, *unit == Unit::UsdMillionChange)
            }
            Unit::Fraction => (0.01, "", "%".to_owned(), true, false),
            Unit::PercentChange => (0.01, "", "%".to_owned(), true, true),
            Unit::PercentagePoints => (0.01, "", " pp".to_owned(), false, true),
            Unit::Ratio => (1.0, "", String::new(), false, false),
            Unit::Count(name) | Unit::CountChange(name) => {
                let (divisor, scale) = match largest {
                    _ if largest >= 999.5e6 => (1e9, " bn"),
                    _ if largest >= 999.5e3 => (1e6, " m"),
                    _ => (1.0, ""),
                };
                (divisor, "", format!("{scale} {name}"), false, matches!(unit, Unit::CountChange(_)))
            }
        };
        let shown = largest / divisor;
        let scientific = shown >= 1e7 || (shown > 0.0 && shown < 1e-5);
        Format { divisor, prefix, suffix, suffix_at_ticks, decimals: 0, multiple: 1.0, signed, scientific, mantissa: 1 }
    }

    /// The value with its unit, as a label: "−US$ 1.2 bn".
    pub fn full(&self, value: f64) -> String {
        self.written(value, true)
    }

    /// The value at a tick: zero is "0" (or "0%") beside "+2.5" too.
    pub fn tick(&self, value: f64) -> String {
        let mut format = self.clone();
        if value == 0.0 {
            format.decimals = 0;
        }
        format.bare(value)
    }

    /// The value as it stands in a column whose heading names the unit.
    pub fn bare(&self, value: f64) -> String {
        self.written(value, false)
    }

    /// The unit as an axis names it ("US$ bn"); empty where each tick carries it.
    pub fn axis_name(&self) -> String {
        if self.suffix_at_ticks { String::new() } else { format!("{}{}", self.prefix.trim_end(), self.suffix).trim().to_owned() }
    }

    fn written(&self, value: f64, with_unit: bool) -> String {
        if !drawable(value) {
            return "n/a".to_owned();
        }
        let (negative, digits) = self.digits(value);
        let zero = !digits.contains(|c: char| c.is_ascii_digit() && c != '0');
        let sign = match (zero, negative) {
            (true, _) => "",
            (_, true) => "−",
            _ if self.signed => "+",
            _ => "",
        };
        let prefix = if with_unit { self.prefix } else { "" };
        let suffix = if with_unit || self.suffix_at_ticks { self.suffix.as_str() } else { "" };
        format!("{sign}{prefix}{digits}{suffix}")
    }

    fn digits(&self, value: f64) -> (bool, String) {
        let shown = if value.abs() < 1e-100 { 0.0 } else { (value / self.divisor).abs() };
        // A stray value far above those that the scale was chosen for would run on for a hundred digits.
        if !self.scientific && shown < 1e9 {
            let shown = if self.multiple > 1.0 { (shown / self.multiple).round() * self.multiple } else { shown };
            return (value < 0.0, grouped(&format!("{shown:.*}", self.decimals)));
        }
        if shown == 0.0 {
            return (false, "0".to_owned());
        }
        let written = format!("{shown:.*e}", self.mantissa);
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        (value < 0.0, format!("{mantissa}e{}", exponent.replace('-', "−")))
    }
}

/// Commas between thousands, from 1,000 upwards.
pub fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The decimals needed to see a difference of this size: 0 for 1 and more, 1 for 0.1, 2 for 0.05.
fn decimals_of(difference: f64) -> usize {
    usize::try_from(-exponent(difference)).unwrap_or(0)
}

/// How many digits after its first a number needs to show a difference of this size.
fn digits_between(number: f64, difference: f64) -> usize {
    usize::try_from(exponent(number) - exponent(difference)).unwrap_or(0).clamp(1, 6)
}

/// The power of ten of a number's leading digit, from its decimal form, so exactly.
pub(super) fn exponent(value: f64) -> i32 {
    format!("{value:e}").split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        for (unit, value, text) in [
            (Unit::UsdMillion, 1234.0, "US$ 1.2 bn"),
            (Unit::UsdMillion, 411_700.0, "US$ 412 bn"),
            (Unit::UsdMillion, 35.0, "US$ 35.0 m"),
            (Unit::UsdMillion, 0.0123, "US$ 12.3 thousand"),
            (Unit::UsdMillionChange, 0.0, "US$ 0"),
            (Unit::UsdMillion, 999_700.0, "US$ 1.0 tn"),
            (Unit::UsdMillionChange, -1234.0, "−US$ 1.2 bn"),
            (Unit::UsdMillionChange, 250.4, "+US$ 250 m"),
            (Unit::Fraction, 0.35, "35.0%"),
            (Unit::PercentChange, -0.045, "−4.5%"),
            (Unit::PercentChange, 12.0, "+1,200%"),
            (Unit::PercentChange, 0.0, "0%"),
            (Unit::PercentagePoints, 0.032, "+3.2 pp"),
            (Unit::Ratio, 0.35, "0.35"),
            (Unit::Ratio, 1.0, "1.0"),
            (Unit::Ratio, 1.23e-9, "1.2e−9"),
            (Unit::Count("TEU".into()), 52_000.0, "52,000 TEU"),
            (Unit::Count("TEU".into()), 8_143.0, "8,143 TEU"),
            (Unit::Count("TEU".into()), 52_346.0, "52,350 TEU"),
            (Unit::Count("TEU".into()), 1_250_000.0, "1.2 m TEU"),
            (Unit::Ratio, f64::NAN, "n/a"),
        ] {
            assert_eq!(unit.format(value), text, "{value} as {unit:?}");
        }
    }

    #[test]
    fn labels_read_together_can_be_told_apart() {
        let values = [0.4001, 0.4004];
        let format = Format::together(&Unit::Ratio, &values);
        assert_ne!(format.full(values[0]), format.full(values[1]));
        assert_eq!(Format::together(&Unit::PercentChange, &[-0.214, 0.000_001]).full(-0.000_001), "0.0%");
    }

    #[test]
    fn an_axis_has_one_scale() {
        let format = Format::axis(&Unit::UsdMillion, 2_000.0, 250.0);
        assert_eq!((format.bare(250.0).as_str(), format.bare(2_000.0).as_str(), format.axis_name().as_str()), ("0.25", "2.00", "US$ bn"));
        assert_eq!((format.tick(0.0).as_str(), format.bare(0.0).as_str()), ("0", "0.00"));
        let format = Format::axis(&Unit::Fraction, 0.5, 0.1);
        assert_eq!((format.bare(0.3).as_str(), format.axis_name().as_str()), ("30%", ""));
    }
}
