//! Mean and standard deviation: x̄ = x₁ + Σ(x_i − x₁)/n, s² = Σ(x_i − x̄)²/(n − 1).
//!
//! Measured from the first value, so that values that are all the same have exactly that mean and exactly no spread.

/// The mean; NaN of no values.
pub fn mean(values: &[f64]) -> f64 {
    let Some(&first) = values.first() else { return f64::NAN };
    first + values.iter().map(|x| x - first).sum::<f64>() / values.len() as f64
}

/// The standard deviation of the population that the values are a sample of; 0 of fewer than two.
pub fn sd(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let centre = mean(values);
    (values.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>() / (values.len() - 1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers_and_exact_constants() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!((mean(&values), sd(&values)), (5.0, (32.0f64 / 7.0).sqrt()));
        for constant in [0.1, 1e300, -7.3] {
            assert_eq!((mean(&[constant; 1001]), sd(&[constant; 1001])), (constant, 0.0));
        }
        assert_eq!((mean(&[3.0]), sd(&[3.0]), sd(&[])), (3.0, 0.0, 0.0));
        assert!(mean(&[]).is_nan());
        // Far from zero the spread keeps its digits.
        assert_eq!(sd(&[1e9, 1e9 + 1.0, 1e9 + 2.0]), 1.0);
    }
}
