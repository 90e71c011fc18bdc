//! The shape of a sample, for a chart: a histogram with bins of width 2·IQR·n^(−1/3) (Freedman & Diaconis 1981), and a Gaussian kernel
//! density with bandwidth 0.9·min(s, IQR/1.34)·n^(−1/5) (Silverman 1986). Where the sample ends within the picture, so does the curve, and what the
//! kernel would put beyond is reflected (Schuster 1985, Communications in Statistics 14): a tariff is not below zero because a curve is smooth.
//!
//! Both look at the range from the 0.5% to the 99.5% quantile, and on to an end of the sample that is not far out: one draw in a heavy tail must not squeeze the
//! rest into a single bin. Values are few where an outcome is discrete: each then has its own peak.

use super::quantile::quantiles_in_place;
use crate::numerics::Real;
use crate::numerics::Running;

/// Counts in bins of equal width.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Rising, one more than there are bins. A bin includes its lower edge; the last one both.
    pub edges: Vec<f64>,
    pub counts: Vec<u64>,
    /// How many values lie below the first edge and above the last.
    pub below: u64,
    pub above: u64,
}

/// A density on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// Evenly spaced, rising.
    pub x: Vec<f64>,
    /// Per unit of x; integrates to the share of the values within the grid.
    pub density: Vec<f64>,
    pub bandwidth: f64,
}

const FEWEST_BINS: f64 = 8.0;
const MOST_BINS: f64 = 80.0;
/// How many different values still count as discrete.
const FEW_VALUES: usize = 12;

/// What both pictures start from.
struct Shape {
    low: f64,
    high: f64,
    /// Whether these are the smallest and the largest value.
    ends: [bool; 2],
    interquartile: f64,
}

impl Shape {
    /// `None` of no values; these are [`usable`].
    fn of(mut sorted: Vec<f64>) -> Option<Shape> {
        if sorted.is_empty() {
            return None;
        }
        let q = quantiles_in_place(&mut sorted, &[0.0, 0.005, 0.25, 0.75, 0.995, 1.0]);
        let inner = q[4] - q[1];
        let ends = [q[1] - q[0], q[5] - q[4]].map(|tail| tail <= 0.15 * inner || inner == 0.0);
        let (low, high) = (if ends[0] { q[0] } else { q[1] }, if ends[1] { q[5] } else { q[4] });
        // A spread of roundings is none.
        if high - low <= 1e-12 * low.abs().max(high.abs()) {
            return Some(Shape { low, high: low, ends, interquartile: 0.0 });
        }
        Some(Shape { low, high, ends, interquartile: q[3] - q[2] })
    }
}

/// The values that a picture can show: finite, with a width that is finite too.
fn usable(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|x| x.abs() < 1e150).collect()
}

/// A histogram of the finite values; empty of none. Values that are all the same fill one bin around them.
pub fn histogram(values: &[f64]) -> Histogram {
    let values = usable(values);
    let Some(Shape { low, high, interquartile, .. }) = Shape::of(values.clone()) else {
        return Histogram { edges: vec![], counts: vec![], below: 0, above: 0 };
    };
    let (low, high, bins) = if low == high {
        let half = half_width(low);
        (low - half, high + half, 1)
    } else {
        let width = 2.0 * interquartile / cube_root(values.len() as f64);
        let bins = if width > 0.0 { ((high - low) / width).ceil() } else { MOST_BINS };
        (low, high, bins.clamp(FEWEST_BINS, MOST_BINS) as usize)
    };
    let width = (high - low) / bins as f64;
    let edges: Vec<f64> = (0..=bins).map(|k| if k == bins { high } else { low + k as f64 * width }).collect();
    let mut histogram = Histogram { counts: vec![0; bins], edges, below: 0, above: 0 };
    for &x in &values {
        if x < low {
            histogram.below += 1;
        } else if x > high {
            histogram.above += 1;
        } else {
            // The edges decide, not the division that finds them.
            let mut bin = (((x - low) / width) as usize).min(bins - 1);
            if x < histogram.edges[bin] {
                bin -= 1;
            } else if bin + 1 < bins && x >= histogram.edges[bin + 1] {
                bin += 1;
            }
            histogram.counts[bin] += 1;
        }
    }
    histogram
}

/// The density of the finite values on `points` points (at least 16); empty of no values. Values that are all the same give one narrow peak.
pub fn density(values: &[f64], points: usize) -> Density {
    let values = usable(values);
    let Some(Shape { low, high, ends, interquartile }) = Shape::of(values.clone()) else {
        return Density { x: vec![], density: vec![], bandwidth: 0.0 };
    };
    let (n, points) = (values.len() as f64, points.max(16));
    let spread = Running::of(&values).sd();
    let narrow = if interquartile > 0.0 { spread.min(interquartile / 1.34) } else { spread };
    let mut bandwidth = 0.9 * narrow * Real::exp(-0.2 * Real::ln(n));
    let gap = smallest_gap(&values);
    if let Some(gap) = gap {
        bandwidth = bandwidth.min(gap / 6.0);
    }
    if low == high {
        bandwidth = half_width(low) / 3.0;
    }
    // A peak narrower than the grid would be missed.
    bandwidth = bandwidth.max((high - low) / (points as f64 - 8.0));
    // Peaks of discrete values stand free, and so does the one peak of values that are all the same.
    let walls = ends.map(|end| end && gap.is_none() && low < high);
    let start = if walls[0] { low } else { low - 3.0 * bandwidth };
    let end = if walls[1] { high } else { high + 3.0 * bandwidth };
    let step = (end - start) / (points - 1) as f64;
    let x: Vec<f64> = (0..points).map(|k| start + k as f64 * step).collect();
    let density = convolve(&share_out(&values, start, step, points), step / bandwidth, walls);
    Density { x, density: density.into_iter().map(|y| y / (n * bandwidth)).collect(), bandwidth }
}

/// Each value on the two grid points beside it, in proportion to nearness (linear binning).
fn share_out(values: &[f64], start: f64, step: f64, points: usize) -> Vec<f64> {
    let mut weights = vec![0.0; points];
    for value in values {
        let place = (value - start) / step;
        // The last point itself may come out a rounding beyond.
        if place >= 0.0 && place < (points - 1) as f64 + 1e-9 {
            let left = (place as usize).min(points - 2);
            let right_share = (place - left as f64).min(1.0);
            weights[left] += 1.0 - right_share;
            weights[left + 1] += right_share;
        }
    }
    weights
}

/// Σ_j w_j φ((i − j)·spacing), spacing in bandwidths; at a wall the weights are reflected.
fn convolve(weights: &[f64], spacing: f64, walls: [bool; 2]) -> Vec<f64> {
    const REACH: f64 = 6.0;
    let reach = ((REACH / spacing).ceil() as usize).min(weights.len());
    let root = std::f64::consts::TAU.sqrt();
    let kernel: Vec<f64> = (0..=reach)
        .map(|k| {
            let z = k as f64 * spacing;
            Real::exp(-0.5 * z * z) / root
        })
        .collect();
    let last = weights.len() - 1;
    let part = |j: usize, distance: usize| kernel.get(distance).map_or(0.0, |k| weights[j] * k);
    (0..=last)
        .map(|i| {
            let (from, to) = (i.saturating_sub(reach), (i + reach).min(last));
            let straight: f64 = (from..=to).map(|j| part(j, i.abs_diff(j))).sum();
            let low: f64 = if walls[0] { (from..=to).map(|j| part(j, i + j)).sum() } else { 0.0 };
            let high: f64 = if walls[1] { (from..=to).map(|j| part(j, 2 * last - i - j)).sum() } else { 0.0 };
            straight + low + high
        })
        .collect()
}

/// The smallest distance between different values where there are 2 to 12 of them, each seen several times.
fn smallest_gap(values: &[f64]) -> Option<f64> {
    let mut different: Vec<f64> = vec![];
    for value in values {
        if let Err(place) = different.binary_search_by(|x| x.total_cmp(value)) {
            if different.len() == FEW_VALUES {
                return None;
            }
            different.insert(place, *value);
        }
    }
    let repeated = values.len() >= 4 * different.len();
    let gaps = different.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0.0);
    if repeated { gaps.min_by(f64::total_cmp) } else { None }
}

/// Half the width of the bin around a single value: visible beside it, and wide enough to be a number.
fn half_width(value: f64) -> f64 {
    if value == 0.0 { 0.5 } else { (0.005 * value.abs()).max(1e-300) }
}

fn cube_root(x: f64) -> f64 {
    Real::exp(Real::ln(x) / 3.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Distribution;

    fn sample(distribution: Distribution, n: u32) -> Vec<f64> {
        (0..n).map(|k| distribution.quantile((f64::from(k) + 0.5) / f64::from(n))).collect()
    }

    fn area(density: &Density) -> f64 {
        density.density.iter().sum::<f64>() * (density.x[1] - density.x[0])
    }

    #[test]
    fn a_normal_sample_looks_like_a_normal() {
        let values = sample(Distribution::normal(10.0, 2.0).unwrap(), 5000);
        let curve = density(&values, 256);
        for (x, y) in curve.x.iter().zip(&curve.density) {
            let z = (x - 10.0) / 2.0;
            let exact = f64::exp(-0.5 * z * z) / (2.0 * std::f64::consts::TAU.sqrt());
            assert!((y - exact).abs() < 0.005, "{x}: {y} {exact}");
        }
        let bars = histogram(&values);
        assert_eq!(bars.counts.iter().sum::<u64>() + bars.below + bars.above, 5000);
        // 2 · 2.7 / 17.1 = 0.32 wide, over 5.2 standard deviations or the whole of it
        let width = bars.edges[1] - bars.edges[0];
        assert!((0.28..0.34).contains(&width), "{width}");
    }

    #[test]
    fn a_heavy_tail_does_not_squeeze_the_rest() {
        let mut values = sample(Distribution::student_t(0.0, 1.0, 1.5).unwrap(), 4000);
        values[0] = -1e12;
        let bars = histogram(&values);
        assert!(bars.edges[0] > -100.0 && bars.below >= 20 && bars.above >= 20);
        assert!(bars.counts.iter().filter(|count| **count > 100).count() >= 3);
        let curve = density(&values, 512);
        assert!((area(&curve) - 0.99).abs() < 0.01, "{}", area(&curve));
    }

    #[test]
    fn a_curve_ends_where_the_values_do_and_keeps_its_height_there() {
        // Exponential: the density is 1 at zero, and nothing lies below.
        let values: Vec<f64> = (0..4000).map(|k| -f64::ln(1.0 - (f64::from(k) + 0.5) / 4000.0)).collect();
        let curve = density(&values, 400);
        // What the kernel itself smooths off the corner: 2∫₀ φ(u) e^(−hu) du.
        let h = curve.bandwidth;
        let smoothed = 1.0 - h * (2.0 / std::f64::consts::PI).sqrt() + h * h / 2.0;
        assert!(curve.x[0] >= 0.0 && (curve.density[0] - smoothed).abs() < 0.01, "{} {smoothed}", curve.density[0]);
        let uniform = density(&sample(Distribution::uniform(2.0, 4.0).unwrap(), 2000), 200);
        assert!(uniform.x[0] >= 2.0 && uniform.x[199] <= 4.0 && uniform.density.iter().all(|y| (y - 0.5).abs() < 0.01));
    }

    #[test]
    fn no_spread_and_few_values_still_draw() {
        for value in [0.0, 3.0, -1e-9, 1e12] {
            let same = vec![value; 500];
            let bars = histogram(&same);
            assert_eq!((bars.counts.as_slice(), bars.below + bars.above), ([500].as_slice(), 0));
            assert!(bars.edges[0] < value && value < bars.edges[1]);
            let curve = density(&same, 200);
            assert!((area(&curve) - 1.0).abs() < 0.02, "{value}: {}", area(&curve));
        }
        let roundings: Vec<f64> = (0..500).map(|k| 1.0 + f64::from(k % 3) * f64::EPSILON).collect();
        assert_eq!((histogram(&roundings).counts, histogram(&[f64::MAX, f64::MIN, 1.0]).counts), (vec![500], vec![1]));
        assert!((area(&density(&roundings, 200)) - 1.0).abs() < 0.02);
        let coin: Vec<f64> = (0..1000).map(|k| if k % 4 == 0 { 1.0 } else { 2.0 }).collect();
        let curve = density(&coin, 400);
        let height = |at: f64| curve.x.iter().zip(&curve.density).min_by(|a, b| (a.0 - at).abs().total_cmp(&(b.0 - at).abs())).unwrap().1;
        assert!((height(2.0) / height(1.0) - 3.0).abs() < 0.1 && *height(1.5) < 0.05 * height(1.0));
        let bars = histogram(&coin);
        assert_eq!((bars.counts[0], bars.counts[bars.counts.len() - 1]), (250, 750));
        assert!(histogram(&[]).counts.is_empty() && density(&[f64::NAN], 100).x.is_empty());
        assert_eq!(histogram(&[1.0, 2.0]).counts.iter().sum::<u64>(), 2);
    }

    #[test]
    fn every_value_is_in_the_bin_whose_edges_hold_it() {
        let values = sample(Distribution::uniform(0.1, 0.7).unwrap(), 777);
        let bars = histogram(&values);
        for (k, count) in bars.counts.iter().enumerate() {
            let last = k + 1 == bars.counts.len();
            let inside =
                values.iter().filter(|x| **x >= bars.edges[k] && (**x < bars.edges[k + 1] || (last && **x == bars.edges[k + 1]))).count();
            assert_eq!(*count, inside as u64);
        }
    }
}
