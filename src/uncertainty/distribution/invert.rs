//! Where a rising function crosses zero: Halley's steps, kept inside a bracket that only shrinks.

/// The function at a point: its value, its slope, and its second derivative over its slope.
pub(super) struct Local {
    pub value: f64,
    pub slope: f64,
    pub bend: f64,
}

/// The zero of a rising function between `low` and `high`, to about 1e-15 relative. Halley's method from `start`; a step that leaves the bracket,
/// or is no number, becomes a halving (of the logarithm, where the bracket spans more than a factor of four).
pub(super) fn rising_zero(mut low: f64, mut high: f64, start: f64, at: impl Fn(f64) -> Local) -> f64 {
    // Below this a cubic step leaves nothing to correct.
    const CLOSE: f64 = 1e-7;
    let halve = |low: f64, high: f64| {
        if low > 0.0 && high > 4.0 * low { low.sqrt() * high.sqrt() } else { low + 0.5 * (high - low) }
    };
    let mut x = if start > low && start < high { start } else { halve(low, high) };
    let mut last_step = f64::INFINITY;
    for _ in 0..200 {
        let Local { value, slope, bend } = at(x);
        if value == 0.0 {
            return x;
        }
        if value < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = value / slope;
        let step = newton / (1.0 - 0.5 * newton * bend).max(0.5);
        let mut next = x - step;
        // A step that does not shrink is a circle: halve instead.
        let settles = next > low && next < high && step.abs() < 0.9 * last_step;
        last_step = if settles { step.abs() } else { f64::INFINITY };
        if !settles {
            if newton.abs() <= CLOSE * 1e-7 * x.abs() {
                return x;
            }
            next = halve(low, high);
            if next <= low || next >= high {
                return next;
            }
        } else if step.abs() <= CLOSE * x.abs() {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_zero_from_a_bad_start_and_past_a_flat_stretch() {
        let cube = |x: f64| Local { value: x * x * x - 2.0, slope: 3.0 * x * x, bend: 2.0 / x };
        for start in [1e-9, 1.0, 1e6, f64::NAN] {
            assert!((rising_zero(0.0, 1e9, start, cube) - 2f64.cbrt()).abs() < 4e-16, "{start}");
        }
        let flat = |x: f64| Local { value: (x - 1.0).powi(9), slope: 9.0 * (x - 1.0).powi(8), bend: 8.0 / (x - 1.0) };
        assert!((rising_zero(-10.0, 30.0, 20.0, flat) - 1.0).abs() < 1e-3);
    }
}
