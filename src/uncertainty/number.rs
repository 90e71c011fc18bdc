//! A number as the economist gives it: fixed, or a distribution with a name.

use super::Distribution;

/// A number of a scenario or of the baseline.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    Fixed(f64),
    Uncertain(Box<Uncertain>),
}

/// An uncertain number. Its path is its name: draw k of seed S is a function of (S, k, path) and of nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    /// e.g. `elasticities.import.steel_iron`, `tariff."Steel, Section 232".rate`
    pub path: String,
    pub distribution: Distribution,
}

impl Number {
    /// The one number where one is wanted: itself, or the mean of its distribution.
    pub fn central(&self) -> f64 {
        match self {
            Number::Fixed(value) => *value,
            Number::Uncertain(uncertain) => uncertain.distribution.mean(),
        }
    }

    /// Whether every draw sees the same value: no distribution, or one without spread.
    pub fn is_fixed(&self) -> bool {
        match self {
            Number::Fixed(_) => true,
            Number::Uncertain(uncertain) => uncertain.distribution.is_fixed().is_some(),
        }
    }
}

/// A key as TOML wants it in a dotted path: bare where it can be, in quotes elsewhere.
pub fn toml_key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare {
        return name.to_owned();
    }
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_central_value_is_the_mean_and_no_spread_is_fixed() {
        let number = |distribution| Number::Uncertain(Box::new(Uncertain { path: "elasticities.import.steel".into(), distribution }));
        assert_eq!(Number::Fixed(3.0).central(), 3.0);
        assert!(Number::Fixed(3.0).is_fixed());
        let spread = number(Distribution::lognormal(5.0, 1.0).unwrap());
        assert_eq!(spread.central(), 5.0);
        assert!(!spread.is_fixed());
        assert!(number(Distribution::normal(5.0, 0.0).unwrap()).is_fixed());
    }

    #[test]
    fn keys_are_quoted_as_toml_quotes_them() {
        assert_eq!(toml_key("steel_iron"), "steel_iron");
        assert_eq!(toml_key("*"), "\"*\"");
        assert_eq!(toml_key("a \"b\" \\"), r#""a \"b\" \\""#);
        assert_eq!(toml_key(""), "\"\"");
    }
}
