//! Exact quantiles by selection: Q(p) = x_⌊h⌋ + (h − ⌊h⌋)(x_⌊h⌋₊₁ − x_⌊h⌋) with h = (n − 1)p, counted from 0 (Hyndman & Fan 1996, type 7).

/// The quantiles at these probabilities (0 to 1, in any order; outside, the nearest of the two), in their order. NaN of no values. The values are left in
/// another order.
///
/// ```
/// use tradewind::statistics::quantiles_in_place;
/// assert_eq!(quantiles_in_place(&mut [4.0, 1.0, 3.0, 2.0], &[0.0, 0.5, 1.0]), [1.0, 2.5, 4.0]);
/// ```
pub fn quantiles_in_place(values: &mut [f64], probabilities: &[f64]) -> Vec<f64> {
    if values.is_empty() {
        return vec![f64::NAN; probabilities.len()];
    }
    let last = values.len() - 1;
    let place = |p: &f64| last as f64 * p.clamp(0.0, 1.0);
    let mut ranks: Vec<usize> = probabilities.iter().map(place).flat_map(|h| [h as usize, (h as usize + 1).min(last)]).collect();
    ranks.sort_unstable();
    ranks.dedup();
    select(values, 0, &ranks);
    probabilities.iter().map(|p| quantile(values.len(), *p, |rank| values[rank])).collect()
}

/// Q(p) of n values, at least one, that are known by rank.
pub(super) fn quantile(n: usize, p: f64, mut at: impl FnMut(usize) -> f64) -> f64 {
    let last = n - 1;
    let h = last as f64 * p.clamp(0.0, 1.0);
    let rank = h as usize;
    let (low, high) = (at(rank), at((rank + 1).min(last)));
    // Also where both are infinite.
    if low == high { low } else { low + (h - rank as f64) * (high - low) }
}

/// Brings the values of these ranks, counted from `offset`, to their places: the middle one first, so that each further one searches only its side.
fn select(values: &mut [f64], offset: usize, ranks: &[usize]) {
    if ranks.is_empty() || values.len() < 2 {
        return;
    }
    let middle = ranks.len() / 2;
    let place = ranks[middle] - offset;
    let (left, _, right) = values.select_nth_unstable_by(place, f64::total_cmp);
    select(left, offset, &ranks[..middle]);
    select(right, offset + place + 1, &ranks[middle + 1..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_answers() {
        // numpy.quantile([7, 1, 3, 9, 4], …)
        assert_eq!(quantiles_in_place(&mut [7.0, 1.0, 3.0, 9.0, 4.0], &[0.95, 0.05, 0.5, 0.25]), [8.6, 1.4, 4.0, 3.0]);
        assert_eq!(quantiles_in_place(&mut [2.5], &[0.0, 0.3, 1.0]), [2.5; 3]);
        assert_eq!(quantiles_in_place(&mut [0.1; 99], &[0.01, 0.05, 0.123]), [0.1; 3]);
        assert_eq!(quantiles_in_place(&mut [1.0, f64::INFINITY, f64::INFINITY], &[0.75])[0], f64::INFINITY);
        assert!(quantiles_in_place(&mut [], &[0.5])[0].is_nan());
    }

    proptest! {
        #[test]
        fn selection_agrees_with_sorting(mut values in prop::collection::vec(-1e6..1e6f64, 1..300), probabilities in prop::collection::vec(0.0..=1.0f64, 1..9)) {
            let found = quantiles_in_place(&mut values.clone(), &probabilities);
            values.sort_by(f64::total_cmp);
            for (p, found) in probabilities.iter().zip(found) {
                let h = (values.len() - 1) as f64 * p;
                let (low, high) = (values[h.floor() as usize], values[h.ceil() as usize]);
                prop_assert!((found - (low + (h - h.floor()) * (high - low))).abs() <= 1e-9);
            }
        }
    }
}
