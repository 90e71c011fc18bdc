//! A cell that should hold a number: what is one, and what to write instead of what is not.

/// Why a cell is no number, and what to write.
pub(crate) type NotANumber = (String, Option<String>);

/// A finite number that is not negative: digits with a decimal point, perhaps an exponent, perhaps commas that group thousands.
pub(crate) fn number(text: &str) -> Result<f64, NotANumber> {
    let value = signed(text)?;
    if value < 0.0 {
        return Err((format!("`{text}` is negative"), Some("values here are zero or more".into())));
    }
    Ok(value)
}

/// A finite number of either sign, written in the same ways.
pub(super) fn signed(text: &str) -> Result<f64, NotANumber> {
    let plain = if text.contains(',') { ungrouped(text)? } else { text.to_string() };
    let digits = plain.bytes().any(|b| b.is_ascii_digit());
    if !digits || !plain.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return Err(no_number(text));
    }
    let value: f64 = plain.parse().map_err(|_| no_number(text))?;
    if !value.is_finite() {
        return Err((format!("`{text}` is too large for a number"), None));
    }
    Ok(value + 0.0) // a negative zero becomes zero
}

/// The number without the commas that group its thousands; a comma anywhere else is an error.
fn ungrouped(text: &str) -> Result<String, NotANumber> {
    let (sign, unsigned) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let leads = (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
    if leads && groups.all(|g| g.len() == 3 && is_digits(g)) && is_digits(fraction) {
        return Ok(text.replace(',', ""));
    }
    // 1234,5 and 1.234.567,8: the comma where a point belongs.
    if let Some((before, after)) = unsigned.rsplit_once(',') {
        let before = before.replace('.', "");
        if !before.is_empty() && is_digits(&before) && !after.is_empty() && is_digits(after) {
            let help = format!("use a decimal point: {sign}{before}.{after}");
            return Err((format!("`{text}` has a decimal comma"), Some(help)));
        }
    }
    Err(no_number(text))
}

fn no_number(text: &str) -> NotANumber {
    let lower = text.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let help = match lower.as_str() {
        "nan" | "na" | "n/a" | "#n/a" | "null" | "none" | "-" | "." | "" => {
            "where nothing is known leave the row out, or the cell empty if the column allows; write 0 for none"
        }
        "inf" | "infinity" => "only the mean of a supply elasticity may be `inf`",
        _ if lower.ends_with('%') => "write a fraction: 0.05 for 5%",
        _ if lower.bytes().any(|b| b.is_ascii_digit()) => "write digits with a decimal point and nothing else: 1234.5",
        _ => "write a number such as 1234.5",
    };
    (format!("`{text}` is not a number"), Some(help.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_spreadsheets_write_them() {
        for (text, value) in
            [("1,234.5", 1234.5), ("1,234,567", 1234567.0), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("1E+3", 1000.0), ("+2", 2.0)]
        {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        assert_eq!(number("-0").map(f64::to_bits), Ok(0));
        assert_eq!((signed("-123.0289"), signed("-1,000"), signed("45.5")), (Ok(-123.0289), Ok(-1000.0), Ok(45.5)));
    }

    #[test]
    fn decimal_commas_are_named_with_the_remedy() {
        for (text, remedy) in [("1234,5", "1234.5"), ("0,5", "0.5"), ("0,125", "0.125"), ("1.234,56", "1234.56"), ("12,34", "12.34")] {
            let (message, help) = number(text).expect_err(text);
            assert!(message.contains("decimal comma"), "{text}: {message}");
            assert_eq!(help, Some(format!("use a decimal point: {remedy}")));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "NaN", "inf", "-inf", "Infinity", "-1", "-1,000", "1e999", "5%", "$5", "1 000", "", "-", ",", "1,2,3", "1.2.3", "e5", "0x10",
            "1_000", "٣",
        ] {
            assert!(number(text).is_err(), "{text}");
            assert_eq!(signed(text).is_err(), !matches!(text, "-1" | "-1,000"), "{text}");
        }
    }
}
