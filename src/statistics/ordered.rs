//! A sample in order, as far as anybody asks: values are dealt to equal parts of their range, and only a part that a rank falls into is sorted (the bucket sort of Isaac &
//! Singleton 1956). A few quantiles cost two passes, however many are asked for later, and a whole order little more: parts are as many as values, or nearly.

use super::quantile::quantile;
use std::ops::Range;

/// Values of one part, on average.
const A_PART: usize = 8;

/// A sample that knows its order statistics.
#[derive(Debug, Clone, Default)]
pub struct Ordered {
    /// By part.
    values: Vec<f64>,
    /// Where each part begins, and where the last one ends.
    begins: Vec<u32>,
    sorted: Vec<bool>,
    /// The part of each value as it was given.
    places: Vec<u32>,
}

impl Ordered {
    /// Of these values, in the order of `f64::total_cmp`.
    pub fn new(values: &[f64]) -> Ordered {
        let mut ordered = Ordered::default();
        ordered.take(values);
        ordered
    }

    /// Of these values instead, in the memory of the last.
    pub fn take(&mut self, values: &[f64]) {
        let parts = Parts::of(values, values.len() / A_PART);
        self.values.resize(values.len(), 0.0);
        parts.deal(values, &mut self.places, &mut self.begins, |to, at| self.values[to] = values[at]);
        self.sorted.clear();
        self.sorted.resize(parts.count, false);
    }

    /// How many values there are.
    pub(super) fn count(&self) -> usize {
        self.values.len()
    }

    /// The p-quantile, as of [`quantiles_in_place`](super::quantiles_in_place). NaN of no values.
    pub fn quantile(&mut self, p: f64) -> f64 {
        if self.values.is_empty() { f64::NAN } else { quantile(self.values.len(), p, |rank| self.at(rank)) }
    }

    /// The value of this rank, counted from 0.
    ///
    /// # Panics
    /// Where there are no more values than that.
    pub(super) fn at(&mut self, rank: usize) -> f64 {
        self.sort(rank..rank + 1);
        self.values[rank]
    }

    /// So many of the largest values, rising.
    ///
    /// # Panics
    /// Where there are fewer.
    pub(super) fn largest(&mut self, count: usize) -> &[f64] {
        let from = self.values.len() - count;
        self.sort(from..self.values.len());
        &self.values[from..]
    }

    /// Brings these ranks to their places.
    fn sort(&mut self, ranks: Range<usize>) {
        let first = self.begins.partition_point(|begin| *begin as usize <= ranks.start).saturating_sub(1);
        for part in first..self.sorted.len() {
            let of = self.begins[part] as usize..self.begins[part + 1] as usize;
            if of.start >= ranks.end {
                break;
            }
            if !std::mem::replace(&mut self.sorted[part], true) {
                self.values[of].sort_unstable_by(f64::total_cmp);
            }
        }
    }
}

/// The places of these values in rising order (`f64::total_cmp`).
pub(super) fn order(values: &[f64]) -> Vec<u32> {
    let parts = Parts::of(values, values.len());
    let mut dealt = vec![(0.0, 0); values.len()];
    let (mut places, mut begins) = (Vec::new(), Vec::new());
    parts.deal(values, &mut places, &mut begins, |to, at| dealt[to] = (values[at], at as u32));
    for of in begins.windows(2) {
        if of[1] - of[0] > 1 {
            dealt[of[0] as usize..of[1] as usize].sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        }
    }
    dealt.into_iter().map(|(_, at)| at).collect()
}

/// Equal parts of a sample's range; one alone where it has no width, or none that is a number.
struct Parts {
    low: f64,
    per_width: f64,
    count: usize,
}

impl Parts {
    fn of(values: &[f64], count: usize) -> Parts {
        // Eight lanes, since one minimum waits for the one before.
        let (mut low, mut high, mut odd) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8], [0.0; 8]);
        let mut see = |lane: usize, x: f64| {
            low[lane] = if x < low[lane] { x } else { low[lane] };
            high[lane] = if x > high[lane] { x } else { high[lane] };
            // Of a number 0, of any other NaN.
            odd[lane] += 0.0 * x;
        };
        let chunks = values.chunks_exact(8);
        chunks.remainder().iter().for_each(|x| see(0, *x));
        for chunk in chunks {
            chunk.iter().enumerate().for_each(|(lane, x)| see(lane, *x));
        }
        let (low, high) = (low.iter().copied().fold(f64::INFINITY, f64::min), high.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        let per_width = (count as f64 - 1.0) / (high - low);
        if count < 2 || odd.iter().any(|odd| odd.is_nan()) || !per_width.is_finite() {
            return Parts { low: 0.0, per_width: 0.0, count: 1 };
        }
        Parts { low, per_width, count }
    }

    /// Never falls as the value rises: no difference, product or sum does when rounded.
    fn place(&self, value: f64) -> u32 {
        // What is added to 2⁵² is rounded to a whole number, which the lowest bits then are: for several values at once, as a conversion is not.
        const WHOLE: f64 = (1u64 << 52) as f64;
        (((value - self.low) * self.per_width + WHOLE).to_bits() as u32).min(self.count as u32 - 1)
    }

    /// Tells, of each value, where it goes; `begins` is then where each part does, and the end.
    fn deal(&self, values: &[f64], places: &mut Vec<u32>, begins: &mut Vec<u32>, mut to: impl FnMut(usize, usize)) {
        places.clear();
        places.extend(values.iter().map(|value| self.place(*value)));
        // Counted two places on, so that each beginning, moved on by every value dealt, ends as that of the next part.
        begins.clear();
        begins.resize(self.count + 2, 0);
        for place in &*places {
            begins[*place as usize + 2] += 1;
        }
        let mut all = 0;
        for begin in &mut *begins {
            all += *begin;
            *begin = all;
        }
        for (at, place) in places.iter().enumerate() {
            let next = &mut begins[*place as usize + 1];
            to(*next as usize, at);
            *next += 1;
        }
        begins.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        // numpy.quantile([7, 1, 3, 9, 4], …)
        let mut five = Ordered::new(&[7.0, 1.0, 3.0, 9.0, 4.0]);
        assert_eq!([0.95, 0.05, 0.5, 0.25].map(|p| five.quantile(p)), [8.6, 1.4, 4.0, 3.0]);
        assert_eq!(five.largest(2), [7.0, 9.0]);
        assert!(five.largest(0).is_empty());
        assert_eq!(Ordered::new(&[0.1; 99]).quantile(0.123), 0.1);
        assert!(Ordered::new(&[]).quantile(0.5).is_nan());
        assert_eq!(order(&[2.0, f64::INFINITY, -1.0, f64::NEG_INFINITY]), [3, 2, 0, 1]);
    }

    /// Numbers of all sizes, many of them equal, and what is no number.
    fn odd() -> impl Strategy<Value = f64> {
        prop_oneof![
            8 => -1e3..1e3f64,
            4 => (-2..3i32).prop_map(f64::from),
            1 => prop::sample::select(vec![-0.0, 1e300, -1e308, 1e308, 5e-324, f64::MAX]),
        ]
    }

    proptest! {
        #[test]
        fn ranks_are_those_of_a_sort(mut values in prop::collection::vec(odd(), 1..400), more in prop::sample::select(vec![0.5, f64::INFINITY, f64::NAN, -f64::NAN])) {
            values.push(more);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let mut ordered = Ordered::new(&values);
            for rank in (0..values.len()).rev().step_by(3).chain(0..values.len()) {
                prop_assert_eq!(ordered.at(rank).to_bits(), sorted[rank].to_bits());
            }
            let found: Vec<u64> = order(&values).iter().map(|at| values[*at as usize].to_bits()).collect();
            prop_assert_eq!(found, sorted.iter().map(|x| x.to_bits()).collect::<Vec<_>>());
        }
    }
}
