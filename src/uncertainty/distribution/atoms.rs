//! Distributions of single values: discrete ones, and observed values each as likely as any other. Q(u) = the least value with P(X ≤ value) ≥ u.

/// The least and largest value with a probability.
pub(super) fn bounds(values: &[f64], probabilities: &[f64]) -> (f64, f64) {
    let first = probabilities.iter().position(|p| *p > 0.0).unwrap_or(0);
    let last = probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    (values[first], values[last])
}

/// Values in rising order.
pub(super) fn quantile(values: &[f64], probabilities: &[f64], below: f64) -> f64 {
    let mut sum = 0.0;
    let mut answer = values[0];
    for (value, probability) in values.iter().zip(probabilities) {
        if *probability > 0.0 {
            answer = *value;
            sum += probability;
            if sum >= below {
                break;
            }
        }
    }
    answer
}

/// The probabilities of the values that satisfy, and of the others.
pub(super) fn tails(values: &[f64], probabilities: &[f64], satisfies: impl Fn(f64) -> bool) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for (value, probability) in values.iter().zip(probabilities) {
        if satisfies(*value) {
            sums.0 += probability;
        } else {
            sums.1 += probability;
        }
    }
    sums
}

/// Values in rising order.
pub(super) fn empirical_quantile(values: &[f64], below: f64) -> f64 {
    let n = values.len();
    let rank = (below * n as f64).ceil() as usize;
    values[rank.clamp(1, n) - 1]
}

/// The tails where `count` of the values lie below.
pub(super) fn empirical_tails(values: &[f64], count: usize) -> (f64, f64) {
    let n = values.len() as f64;
    (count as f64 / n, (values.len() - count) as f64 / n)
}
