//! A number as a table shows it: fifteen significant digits, the same text on every machine.

use std::fmt::Write;

/// Digits of a figure computed in double precision: one short of what it holds, so that parts still add up to their whole and 0.1 + 0.2 is 0.3.
const DIGITS: usize = 15;

/// Appends `value` with at most fifteen significant digits, trailing zeros left out: `13179.068`, `0.025`, `0`. With an exponent
/// (`1.5e-10`, `2e15`) only below 1e-9 and from 1e15; `inf` and `-inf` where infinite; nothing where undefined (NaN). Never `-0`.
pub(super) fn push(text: &mut String, value: f64) {
    if value.is_nan() {
        return;
    }
    if value.is_infinite() {
        text.push_str(if value > 0.0 { "inf" } else { "-inf" });
        return;
    }
    if value == 0.0 {
        text.push('0');
        return;
    }
    // Rust prints the decimal expansion exactly rounded, without the platform's help: d.ddddddddddde±x
    let start = text.len();
    // Writing to a String does not fail.
    let _ = write!(text, "{:.*e}", DIGITS - 1, value.abs());
    let scientific = text.split_off(start);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    if value < 0.0 {
        text.push('-');
    }
    match usize::try_from(exponent) {
        _ if !(-9..15).contains(&exponent) => {
            let (first, rest) = digits.split_at(1);
            text.push_str(first);
            if !rest.is_empty() {
                text.push('.');
                text.push_str(rest);
            }
            let _ = write!(text, "e{exponent}");
        }
        // 0.00025: zeros between the point and the digits.
        Err(_) => {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
            text.push_str(digits);
        }
        // 2500: zeros up to the point.
        Ok(whole) if digits.len() <= whole + 1 => {
            text.push_str(digits);
            text.extend(std::iter::repeat_n('0', whole + 1 - digits.len()));
        }
        Ok(whole) => {
            let (before, after) = digits.split_at(whole + 1);
            text.push_str(before);
            text.push('.');
            text.push_str(after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::push;
    use proptest::prelude::*;

    fn text(value: f64) -> String {
        let mut text = String::from("|");
        push(&mut text, value);
        text.split_off(1)
    }

    #[test]
    fn numbers_as_a_reader_expects_them() {
        for (value, expected) in [
            (13179.068, "13179.068"),
            (0.1 + 0.2, "0.3"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.0, "0"),
            (-0.0, "0"),
            (2500.0, "2500"),
            (123456789012.0, "123456789012"),
            (1234567890123.0, "1234567890123"),
            (999999999999999.0, "999999999999999"),
            (9999999999999999.0, "1e16"),
            (1e15, "1e15"),
            (1.5e-10, "1.5e-10"),
            (1e-9, "0.000000001"),
            (-0.00025, "-0.00025"),
            (1.0 / 3.0, "0.333333333333333"),
            (1.25e-8, "0.0000000125"),
            (f64::MAX, "1.79769313486232e308"),
            (5e-324, "4.94065645841247e-324"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, ""),
        ] {
            assert_eq!(text(value), expected, "{value:e}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_near_what_was_meant(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            let read: f64 = text(value).parse().map_err(|_| TestCaseError::fail(text(value)))?;
            prop_assert!((read - value).abs() <= 1e-14 * value.abs() || value.abs() < 1e-300, "{} for {value:e}", text(value));
        }

        /// A figure that a table of the baseline holds comes out as it went in.
        #[test]
        fn a_figure_of_the_baseline_keeps_its_digits(thousandths in 1u64..999_999_999_999) {
            let value = thousandths as f64 / 1000.0;
            prop_assert_eq!(text(value), format!("{value}"));
        }
    }
}
