//! A sum with the rounding errors carried along: Σ x within one rounding, whatever the number of terms (Neumaier 1974, "improved Kahan–Babuška").

/// A running sum and the error it has made so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
    error: f64,
}

impl Sum {
    /// The empty sum, 0.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a number.
    #[inline]
    pub fn add(&mut self, x: f64) {
        let total = self.total + x;
        // The smaller of the two is the one that lost digits.
        self.error += if self.total.abs() >= x.abs() { (self.total - total) + x } else { (x - total) + self.total };
        self.total = total;
    }

    /// Adds the numbers of another sum. Merging in one fixed order gives the same bits however the work was shared out.
    pub fn merge(&mut self, other: &Self) {
        self.add(other.total);
        self.error += other.error;
    }

    /// The sum so far. Infinite or NaN terms give what plain addition gives.
    #[must_use]
    pub fn value(&self) -> f64 {
        if self.total.is_finite() { self.total + self.error } else { self.total }
    }
}

impl Extend<f64> for Sum {
    fn extend<I: IntoIterator<Item = f64>>(&mut self, numbers: I) {
        for x in numbers {
            self.add(x);
        }
    }
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(numbers: I) -> Self {
        let mut sum = Self::new();
        sum.extend(numbers);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_plain_addition_loses() {
        let numbers = [1.0, 1e100, 1.0, -1e100];
        assert_eq!(numbers.iter().sum::<f64>(), 0.0);
        assert_eq!(Sum::from_iter(numbers).value(), 2.0);
        let tenths = Sum::from_iter(std::iter::repeat_n(0.1, 1_000_000));
        assert_eq!(tenths.value(), 100_000.0);
    }

    #[test]
    fn merging_keeps_the_errors() {
        let mut sum = Sum::from_iter([1.0, 1e100]);
        sum.merge(&Sum::from_iter([1.0, -1e100]));
        assert_eq!(sum.value(), 2.0);
    }

    #[test]
    fn zeros_infinities_and_nan_are_as_in_plain_addition() {
        assert_eq!(Sum::from_iter([0.0; 1000]).value().to_bits(), 0);
        assert_eq!(Sum::from_iter([1.0, f64::INFINITY, 2.0]).value(), f64::INFINITY);
        assert!(Sum::from_iter([f64::INFINITY, f64::NEG_INFINITY]).value().is_nan());
        assert!(Sum::from_iter([1.0, f64::NAN, 2.0]).value().is_nan());
        // The sum overflows on the way: as in plain addition.
        assert_eq!(Sum::from_iter([f64::MAX, f64::MAX, -f64::MAX]).value(), f64::INFINITY);
    }
}
