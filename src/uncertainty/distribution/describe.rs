//! A distribution in a line, as `explain` prints it: `lognormal, mean 5.0, sd 1.0, 90% 3.6–6.8`.

use super::Distribution;

impl Distribution {
    /// Its family, its parameters and the range that holds the middle 90% of it.
    pub fn describe(&self) -> String {
        if let Some(value) = self.is_fixed() {
            return format!("fixed at {value:?}");
        }
        let (low, high) = (self.quantile(0.05), self.quantile(0.95));
        format!("{}, 90% {}", self.named(), range(low, high))
    }

    fn named(&self) -> String {
        match self {
            Distribution::Normal { mean, sd } => format!("normal, mean {mean:?}, sd {sd:?}"),
            Distribution::Lognormal { mean, sd } => format!("lognormal, mean {mean:?}, sd {sd:?}"),
            Distribution::Uniform { min, max } => format!("uniform, {min:?} to {max:?}"),
            Distribution::Triangular { min, mode, max } => format!("triangular, {min:?} to {max:?}, mode {mode:?}"),
            Distribution::Pert { min, mode, max, shape } if *shape == 4.0 => format!("PERT, {min:?} to {max:?}, mode {mode:?}"),
            Distribution::Pert { min, mode, max, shape } => format!("PERT, {min:?} to {max:?}, mode {mode:?}, shape {shape:?}"),
            Distribution::Beta { alpha, beta, low, high } => format!("beta({alpha:?}, {beta:?}) from {low:?} to {high:?}"),
            Distribution::Gamma { shape, scale } => format!("gamma, shape {}, scale {}", short(*shape), short(*scale)),
            Distribution::StudentT { mean, scale, df } => format!("Student-t, mean {mean:?}, scale {scale:?}, {df} degrees of freedom"),
            Distribution::Discrete { values, probabilities } => {
                const SHOWN: usize = 4;
                let pairs = values.iter().zip(probabilities).take(SHOWN);
                let mut list: Vec<String> = pairs.map(|(value, p)| format!("{value:?} with {}%", short(100.0 * p))).collect();
                if values.len() > SHOWN {
                    list.push(format!("{} more", values.len() - SHOWN));
                }
                format!("one of {}", list.join(", "))
            }
            Distribution::Mixture { components } => {
                let list: Vec<String> =
                    components.iter().map(|(weight, part)| format!("{}% ({})", short(100.0 * weight), part.named())).collect();
                format!("mixture of {}", list.join(" and "))
            }
            Distribution::Empirical { values } => format!("{} observed values, mean {}", values.len(), short(self.mean())),
            Distribution::Truncated { inner, min, max } => {
                let limits = match (min.is_finite(), max.is_finite()) {
                    (true, true) => format!("between {min:?} and {max:?}"),
                    (true, false) => format!("at least {min:?}"),
                    _ => format!("at most {max:?}"),
                };
                format!("{}, {limits}", inner.named())
            }
        }
    }
}

/// Up to six decimals, without trailing zeros.
fn short(x: f64) -> String {
    let text = format!("{x:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// Both ends with as many decimals as tell them apart by two digits.
fn range(low: f64, high: f64) -> String {
    let (mut width, mut decimals) = (high - low, 1usize);
    while width < 1.0 && width > 0.0 && decimals < 12 {
        width *= 10.0;
        decimals += 1;
    }
    if width >= 10.0 {
        decimals = 0;
    }
    let (low, high) = (format!("{low:.decimals$}"), format!("{high:.decimals$}"));
    if low.starts_with('-') { format!("{low} to {high}") } else { format!("{low}–{high}") }
}
