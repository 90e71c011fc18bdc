//! Figures in a file of charts: what is no number stands there as a text (`"NaN"`, `"inf"`), as JSON has none of these, so that every figure reads back as it was,
//! to the last bit. Used as `#[serde(with = "figures")]` on a field.

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

pub(super) fn serialize<T: Figures, S: Serializer>(figures: &T, serializer: S) -> Result<S::Ok, S::Error> {
    figures.written().serialize(serializer)
}

pub(super) fn deserialize<'de, T: Figures, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::Written::deserialize(deserializer).map(T::read)
}

/// What holds figures, and the same as it is written.
pub(super) trait Figures: Sized {
    type Written: Serialize + for<'de> Deserialize<'de>;
    fn written(&self) -> Self::Written;
    fn read(written: Self::Written) -> Self;
}

/// One figure.
pub(super) struct Figure(f64);

impl Figures for f64 {
    type Written = Figure;
    fn written(&self) -> Figure {
        Figure(*self)
    }
    fn read(written: Figure) -> f64 {
        written.0
    }
}

impl<T: Figures> Figures for Option<T> {
    type Written = Option<T::Written>;
    fn written(&self) -> Self::Written {
        self.as_ref().map(T::written)
    }
    fn read(written: Self::Written) -> Self {
        written.map(T::read)
    }
}

impl<T: Figures> Figures for Vec<T> {
    type Written = Vec<T::Written>;
    fn written(&self) -> Self::Written {
        self.iter().map(T::written).collect()
    }
    fn read(written: Self::Written) -> Self {
        written.into_iter().map(T::read).collect()
    }
}

/// A point.
impl Figures for (f64, f64) {
    type Written = (Figure, Figure);
    fn written(&self) -> Self::Written {
        (self.0.written(), self.1.written())
    }
    fn read((x, y): Self::Written) -> Self {
        (x.0, y.0)
    }
}

/// A figure with its name.
impl Figures for (String, f64) {
    type Written = (String, Figure);
    fn written(&self) -> Self::Written {
        (self.0.clone(), self.1.written())
    }
    fn read((name, figure): Self::Written) -> Self {
        (name, figure.0)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            figure if figure.is_finite() => serializer.serialize_f64(figure),
            figure if figure.is_nan() => serializer.serialize_str("NaN"),
            figure => serializer.serialize_str(if figure > 0.0 { "inf" } else { "-inf" }),
        }
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Figure, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Figure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or \"NaN\", \"inf\" or \"-inf\"")
            }
            fn visit_f64<E: Error>(self, figure: f64) -> Result<Figure, E> {
                Ok(Figure(figure))
            }
            fn visit_u64<E: Error>(self, figure: u64) -> Result<Figure, E> {
                Ok(Figure(figure as f64))
            }
            fn visit_i64<E: Error>(self, figure: i64) -> Result<Figure, E> {
                Ok(Figure(figure as f64))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Figure, E> {
                match text {
                    "NaN" => Ok(Figure(f64::NAN)),
                    "inf" => Ok(Figure(f64::INFINITY)),
                    "-inf" => Ok(Figure(f64::NEG_INFINITY)),
                    other => Err(E::invalid_value(Unexpected::Str(other), &self)),
                }
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Serialize, Deserialize)]
    struct Holder {
        #[serde(with = "super")]
        one: f64,
        #[serde(with = "super")]
        maybe: Option<f64>,
        #[serde(with = "super")]
        rows: Vec<Vec<f64>>,
        #[serde(with = "super")]
        named: Option<(String, f64)>,
    }

    fn there_and_back(holder: &Holder) -> Holder {
        serde_json::from_slice(&serde_json::to_vec(holder).expect("JSON")).expect("what was written")
    }

    #[test]
    fn what_is_no_number_survives() {
        let rows = vec![vec![f64::INFINITY, -0.0], vec![]];
        let back = there_and_back(&Holder { one: f64::NAN, maybe: Some(f64::NAN), rows, named: Some(("2024".into(), f64::NEG_INFINITY)) });
        assert!(back.one.is_nan() && back.maybe.is_some_and(f64::is_nan));
        assert_eq!((back.rows[0][0], back.rows[0][1].to_bits()), (f64::INFINITY, (-0.0_f64).to_bits()));
        assert_eq!(back.named, Some(("2024".into(), f64::NEG_INFINITY)));
        assert!(serde_json::from_str::<Holder>(r#"{"one": "many", "maybe": null, "rows": [], "named": null}"#).is_err());
        assert_eq!(serde_json::from_str::<Holder>(r#"{"one": 3, "maybe": null, "rows": [], "named": null}"#).expect("JSON").one, 3.0);
    }

    proptest! {
        #[test]
        fn every_number_reads_back_to_the_bit(figure in any::<f64>()) {
            prop_assume!(!figure.is_nan());
            let back = there_and_back(&Holder { one: figure, maybe: Some(figure), rows: vec![vec![figure]], named: None });
            prop_assert_eq!((back.one.to_bits(), back.rows[0][0].to_bits()), (figure.to_bits(), figure.to_bits()));
        }
    }
}
