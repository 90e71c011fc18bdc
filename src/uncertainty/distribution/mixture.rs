//! Mixtures: F(x) = Σ w_i F_i(x), and the least x with F(x) ≥ u.

use super::{Cut, Distribution};

type Components = [(f64, Distribution)];

/// The ends of what components with a weight can take.
pub(super) fn bounds(components: &Components) -> (f64, f64) {
    extremes(components, Distribution::bounds)
}

/// The least first and the largest second number over the components with a weight.
fn extremes(components: &Components, ends: impl Fn(&Distribution) -> (f64, f64)) -> (f64, f64) {
    let weighted = components.iter().filter(|(weight, _)| *weight > 0.0);
    weighted.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, component)| {
        let (least, most) = ends(component);
        (low.min(least), high.max(most))
    })
}

/// Σ w_i · (below, above) of each component.
pub(super) fn sum(components: &Components, tails: impl Fn(&Distribution) -> (f64, f64)) -> (f64, f64) {
    components.iter().fold((0.0, 0.0), |(below, above), (weight, component)| {
        let (p, q) = tails(component);
        (below + weight * p, above + weight * q)
    })
}

/// The least number at which F reaches u, between the least and the largest quantile of a component.
///
/// Chandrupatla's method (1997) comes within a few roundings of it; then bisection over the floating-point numbers themselves finds it exactly, also where a
/// component has single values.
pub(super) fn quantile(components: &Components, below: f64, above: f64) -> f64 {
    let (low, high) = extremes(components, |component| {
        let x = component.at(below, above);
        (x, x)
    });
    // How far F is beyond u: zero or more where it is reached.
    let beyond = |x: f64| {
        let (p, q) = sum(components, |component| component.tails(x));
        if below < above { p - below } else { above - q }
    };
    let at_low = beyond(low);
    if low >= high || at_low >= 0.0 {
        return low;
    }
    let (low, high) = close_in(low, at_low, high, beyond(high), beyond);
    let (mut low, mut high) = (order(low), order(high));
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if beyond(number(middle)) >= 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    number(high)
}

/// Shrinks a bracket, f(low) < 0 ≤ f(high), to a few roundings: inverse quadratic interpolation where the last three points allow it, else halving.
fn close_in(low: f64, at_low: f64, high: f64, at_high: f64, f: impl Fn(f64) -> f64) -> (f64, f64) {
    let (mut a, mut fa, mut b, mut fb) = (low, at_low, high, at_high);
    let mut share = 0.5;
    for _ in 0..100 {
        let x = a + share * (b - a);
        let fx = f(x);
        // a is the newest point, b the other end of the bracket, c the point that left it.
        let (c, fc);
        if (fx < 0.0) == (fa < 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let tolerance = 2.0 * f64::EPSILON * a.abs().min(b.abs()) / (b - a).abs();
        if tolerance.is_nan() || tolerance > 0.5 {
            break;
        }
        let (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        let curved = phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi;
        let interpolated = fa / (fb - fa) * (fc / (fb - fc)) + (c - a) / (b - a) * (fa / (fc - fa)) * (fb / (fc - fb));
        share = if curved && interpolated.is_finite() { interpolated.clamp(tolerance, 1.0 - tolerance) } else { 0.5 };
    }
    if fa < 0.0 { (a, b) } else { (b, a) }
}

/// The components cut to min and max, each with the weight that it keeps there.
pub(super) fn truncated(components: &Components, min: f64, max: f64) -> Vec<(f64, Distribution)> {
    let kept = components.iter().filter_map(|(weight, component)| {
        let part = Distribution::truncated(component.clone(), min.is_finite().then_some(min), max.is_finite().then_some(max));
        Some((weight * Cut::new(component, min, max).mass, part.ok()?))
    });
    kept.filter(|(weight, _)| *weight > 0.0).collect()
}

/// The place of a number among all floating-point numbers.
fn order(x: f64) -> i128 {
    let bits = x.to_bits() as i64;
    i128::from(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits })
}

/// The number at a place.
fn number(place: i128) -> f64 {
    let place = place as i64;
    f64::from_bits((if place < 0 { i64::MIN.wrapping_sub(place) } else { place }) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_numbers() {
        let numbers = [-1e300, -2.0, -1e-300, -0.0, 0.0, 5e-324, 1.0, 1e300];
        for pair in numbers.windows(2) {
            assert!(order(pair[0]) <= order(pair[1]));
            assert_eq!(number(order(pair[0])), pair[0]);
        }
        assert_eq!(order(1.0 + f64::EPSILON) - order(1.0), 1);
    }
}
