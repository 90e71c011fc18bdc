//! Stroud's rule of degree 3 for n symmetric numbers (Stroud 1957; Arndt 1996 for its use with GTAP): 2n points of equal weight, which give the mean of every polynomial
//! of degree 3 or less exactly.
//!
//! In standard deviations from the mean, point k = 1 … 2n has the coordinates √2 cos((2r−1)kπ/n) and √2 sin((2r−1)kπ/n) for r = 1 … ⌊n/2⌋, and (−1)^k for the last of
//! an odd n.

use crate::uncertainty::angles::cos_sin;
use std::f64::consts::SQRT_2;

/// One coordinate of the rule, counted from zero, for how many numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroud {
    pub coordinate: u64,
    /// Zero: there is nothing to spread, and the number stays at its mean.
    pub numbers: u64,
}

impl Stroud {
    /// The coordinate at points from `first` on, counted from zero; past the last they begin anew.
    pub fn fill(&self, first: u64, out: &mut [f64]) {
        for (point, x) in (first..).zip(out) {
            *x = if self.numbers == 0 { 0.0 } else { self.at(point % (2 * self.numbers) + 1) };
        }
    }

    fn at(&self, k: u64) -> f64 {
        let (n, pair) = (self.numbers, self.coordinate / 2);
        if n % 2 == 1 && self.coordinate == n - 1 {
            return if k.is_multiple_of(2) { 1.0 } else { -1.0 };
        }
        // Full turns taken off in whole numbers.
        let turns = u128::from(2 * pair + 1) * u128::from(k) % u128::from(2 * n);
        let (cos, sin) = cos_sin(turns as f64 / n as f64);
        SQRT_2 * if self.coordinate.is_multiple_of(2) { cos } else { sin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_of_polynomials_of_degree_three_are_exact() {
        for numbers in [1u64, 2, 3, 4, 5, 8, 13] {
            let column = |coordinate| {
                let mut x = vec![0.0; 2 * numbers as usize];
                Stroud { coordinate, numbers }.fill(0, &mut x);
                x
            };
            let columns: Vec<Vec<f64>> = (0..numbers).map(column).collect();
            let mean = |of: &dyn Fn(usize) -> f64| (0..2 * numbers as usize).map(of).sum::<f64>() / (2 * numbers) as f64;
            for (i, x) in columns.iter().enumerate() {
                assert!(mean(&|k| x[k]).abs() < 1e-14, "{numbers}: {i}");
                for (j, y) in columns.iter().enumerate() {
                    let expected = if i == j { 1.0 } else { 0.0 };
                    assert!((mean(&|k| x[k] * y[k]) - expected).abs() < 1e-14, "{numbers}: {i} {j}");
                    for z in &columns {
                        assert!(mean(&|k| x[k] * y[k] * z[k]).abs() < 1e-14);
                    }
                }
            }
        }
    }

    #[test]
    fn points_are_the_published_ones() {
        // Three numbers: √2 cos(kπ/3), √2 sin(kπ/3), (−1)^k.
        let column = |coordinate| {
            let mut x = [0.0; 6];
            Stroud { coordinate, numbers: 3 }.fill(0, &mut x);
            x
        };
        let (half, high) = (0.5f64.sqrt(), 1.5f64.sqrt());
        let close = |found: [f64; 6], expected: [f64; 6]| found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-15);
        assert!(close(column(0), [half, -half, -SQRT_2, -half, half, SQRT_2]));
        assert!(close(column(1), [high, high, 0.0, -high, -high, 0.0]));
        assert_eq!(column(2), [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0]);
    }

    #[test]
    fn points_past_the_last_begin_anew_and_nothing_to_spread_stays_where_it_is() {
        let mut x = [0.0; 9];
        Stroud { coordinate: 1, numbers: 3 }.fill(4, &mut x);
        assert_eq!(x[2..8], {
            let mut y = [0.0; 6];
            Stroud { coordinate: 1, numbers: 3 }.fill(0, &mut y);
            y
        });
        Stroud { coordinate: 0, numbers: 0 }.fill(0, &mut x);
        assert_eq!(x, [0.0; 9]);
    }
}
