//! The families of distributions as a scenario writes them: names, keys, an example of each.

use super::number::Quantity;

/// A family: its name, the keys it needs, the keys it may have besides, and how it is written.
pub(super) struct Family {
    pub name: &'static str,
    pub required: &'static [&'static str],
    pub optional: &'static [&'static str],
    pub example: &'static str,
}

impl Family {
    /// How it is written for a quantity: with dates where that is a date.
    pub fn example_of(&self, quantity: Quantity) -> &'static str {
        match self.name {
            _ if quantity != Quantity::Date => self.example,
            "normal" => "mean = 2026-09-01, sd = 90",
            "student-t" => "mean = 2026-09-01, scale = 60, df = 4",
            "uniform" => "min = 2026-01-01, max = 2028-01-01",
            "triangular" | "pert" => "min = 2026-01-01, mode = 2026-09-01, max = 2028-01-01",
            "beta" => "alpha = 2, beta = 5, low = 2026-01-01, high = 2028-01-01",
            "discrete" => "values = [2026-01-01, 2027-01-01], probabilities = [0.4, 0.6]",
            _ => self.example,
        }
    }
}

pub(super) const FAMILIES: [Family; 11] = [
    family("normal", &["mean", "sd"], &["min", "max"], "mean = 5.0, sd = 1.0"),
    family("lognormal", &["mean", "sd"], &["min", "max"], "mean = 5.0, sd = 1.0"),
    family("uniform", &["min", "max"], &[], "min = 0.1, max = 0.3"),
    family("triangular", &["min", "mode", "max"], &[], "min = 0.1, mode = 0.2, max = 0.3"),
    family("pert", &["min", "mode", "max"], &["shape"], "min = 0.1, mode = 0.2, max = 0.3"),
    family("beta", &["alpha", "beta"], &["low", "high", "min", "max"], "alpha = 2, beta = 5"),
    family("gamma", &[], &["mean", "sd", "shape", "scale", "min", "max"], "mean = 5.0, sd = 1.0"),
    family("student-t", &["mean", "scale", "df"], &["min", "max"], "mean = 5.0, scale = 1.0, df = 4"),
    family("discrete", &["values", "probabilities"], &["min", "max"], "values = [0.1, 0.25], probabilities = [0.4, 0.6]"),
    family(
        "mixture",
        &["components"],
        &["min", "max"],
        "components = [{ weight = 0.6, dist = \"normal\", mean = 5, sd = 1 }, { weight = 0.4, dist = \"uniform\", min = 2, max = 3 }]",
    ),
    family("empirical", &[], &["file", "column", "values", "min", "max"], "file = \"estimates.csv\", column = \"sigma\""),
];

const fn family(name: &'static str, required: &'static [&'static str], optional: &'static [&'static str], example: &'static str) -> Family {
    Family { name, required, optional, example }
}
