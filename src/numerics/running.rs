//! Mean and variance of numbers that come in batches, merged without cancellation (Chan, Golub & LeVeque 1983, eq. 2.1).

/// Count, mean and sum of squared deviations. Equal numbers have exactly their mean and no variance, however they are batched.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Running {
    pub count: u64,
    pub mean: f64,
    /// Σ (x − mean)².
    pub squares: f64,
}

impl Running {
    /// Of these numbers, in two passes.
    pub fn of(numbers: &[f64]) -> Self {
        let Some(&first) = numbers.first() else { return Self::default() };
        let count = numbers.len();
        let mean = first + numbers.iter().map(|x| x - first).sum::<f64>() / count as f64;
        let squares = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
        Running { count: count as u64, mean, squares }
    }

    /// Of both.
    pub fn merge(self, other: Running) -> Running {
        if self.count == 0 {
            return other;
        }
        if other.count == 0 {
            return self;
        }
        let (a, b) = (self.count as f64, other.count as f64);
        let apart = other.mean - self.mean;
        Running {
            count: self.count + other.count,
            mean: self.mean + apart * (b / (a + b)),
            squares: self.squares + other.squares + apart * apart * (a * b / (a + b)),
        }
    }

    /// Standard deviation, with n − 1; zero for fewer than two numbers.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { 0.0 } else { (self.squares / (self.count - 1) as f64).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_agree_with_the_whole() {
        let numbers: Vec<f64> = (0..1000).map(|k| 1e6 + ((k * 7919) % 1000) as f64).collect();
        let whole = Running::of(&numbers);
        let merged = numbers.chunks(37).map(Running::of).fold(Running::default(), Running::merge);
        assert_eq!(merged.count, 1000);
        assert!((merged.mean - whole.mean).abs() < 1e-8 && (merged.sd() - whole.sd()).abs() < 1e-8);
        assert!((whole.mean - 1_000_499.5).abs() < 1e-8 && (whole.sd() - (1000.0f64 * 1001.0 / 12.0).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn equal_numbers_have_no_variance() {
        let merged = [0.1; 100].chunks(7).map(Running::of).fold(Running::default(), Running::merge);
        assert_eq!((merged.mean, merged.sd()), (0.1, 0.0));
    }
}
