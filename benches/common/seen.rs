//! What a bench saw, to be told in its own terms after Criterion has told its.

use std::time::Duration;

/// The shortest time that each piece was seen to take, in the order of first sight. The shortest, because whatever else the machine does only adds to it.
#[derive(Default)]
pub struct Seen(Vec<(String, f64)>);

impl Seen {
    /// `rounds` of a piece took this long.
    pub fn note(&mut self, piece: &str, rounds: u64, time: Duration) -> Duration {
        let seconds = time.as_secs_f64() / rounds as f64;
        match self.0.iter_mut().find(|(known, _)| known == piece) {
            Some((_, least)) => *least = least.min(seconds),
            None => self.0.push((piece.to_string(), seconds)),
        }
        time
    }

    /// Whether nothing was timed: all filtered out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Seconds a round; nothing of a piece that was filtered out.
    pub fn seconds(&self, piece: &str) -> Option<f64> {
        self.0.iter().find(|(known, _)| known == piece).map(|(_, seconds)| *seconds)
    }
}

/// The exponent b of y = a·x^b by least squares on logs.
pub fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / logs.len() as f64;
    let (x, y) = (mean(&|point| point.0), mean(&|point| point.1));
    mean(&|point| (point.0 - x) * (point.1 - y)) / mean(&|point| (point.0 - x) * (point.0 - x))
}
