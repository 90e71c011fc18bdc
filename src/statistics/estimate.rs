//! A figure with its error: standard error and 95% interval, and whether it can be told from zero.
//!
//! The interval is value ± t·se with Student's t: 15 degrees of freedom where the error is the spread over the 16 randomisations of a design
//! (t = 2.131), n − 1 where n draws are independent (1.96 for many).

use super::error::{dealt, standard_error};
use crate::numerics::Running;
use crate::uncertainty::{Distribution, REPLICATES, Sampler};

/// A figure and how sure it is, all in its unit. NaN is what cannot be known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Standard error: how far the value would scatter over other seeds.
    pub se: f64,
    /// The 95% interval. It need not lie evenly around the value.
    pub low: f64,
    pub high: f64,
}

/// Whether a figure can be told from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Zero lies outside the 95% interval.
    Distinct,
    /// Zero lies within it: a figure of this size is what chance alone would give.
    WithinNoise,
    /// There is no figure, or none for its error.
    Unknown,
}

/// How many degrees of freedom the spread over the randomisations has.
pub(super) const DEGREES: f64 = REPLICATES as f64 - 1.0;

impl Estimate {
    /// Where nothing is known.
    pub const UNKNOWN: Estimate = Estimate { value: f64::NAN, se: f64::NAN, low: f64::NAN, high: f64::NAN };

    /// value ± t·se.
    pub(super) fn symmetric(value: f64, se: f64, degrees: f64) -> Estimate {
        let half = if se == 0.0 { 0.0 } else { student_t_975(degrees) * se };
        Estimate { value, se, low: value - half, high: value + half }
    }

    /// A value with the same figure from each randomisation, or at least two of them.
    pub(super) fn of_replicates(value: f64, replicates: &[f64]) -> Estimate {
        if replicates.len() < 2 {
            return Estimate { value, ..Estimate::UNKNOWN };
        }
        let count = replicates.len() as f64;
        Estimate::symmetric(value, Running::of(replicates).sd() / count.sqrt(), count - 1.0)
    }

    /// A value with what it would be without each of the randomisations in turn: se² = (R − 1)/R Σ (θ₍₋ᵣ₎ − θ̄)² (the jackknife, Efron & Stein 1981).
    pub(super) fn jackknife(value: f64, without: &[f64]) -> Estimate {
        if without.len() < 2 {
            return Estimate { value, ..Estimate::UNKNOWN };
        }
        let count = without.len() as f64;
        Estimate::symmetric(value, ((count - 1.0) / count * Running::of(without).squares).sqrt(), count - 1.0)
    }

    /// An interval from elsewhere, `times` standard errors wide on either side; it contains the value.
    pub(super) fn between(value: f64, low: f64, high: f64, times: f64) -> Estimate {
        let (low, high) = (low.min(value), high.max(value));
        let se = if low == high { 0.0 } else { (high - low) / (2.0 * times) };
        Estimate { value, se, low, high }
    }

    /// With the interval held to what the figure can be.
    pub(super) fn within(self, least: f64, most: f64) -> Estimate {
        Estimate { low: self.low.clamp(least, most), high: self.high.clamp(least, most), ..self }
    }

    /// Whether the 95% interval contains `x`.
    pub fn covers(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    /// Whether the figure can be told from zero.
    pub fn verdict(&self) -> Verdict {
        if self.low.is_nan() || self.high.is_nan() {
            Verdict::Unknown
        } else if self.covers(0.0) {
            Verdict::WithinNoise
        } else {
            Verdict::Distinct
        }
    }
}

/// The mean over all draws from the moments of each randomisation, with its error. NaN of no draws; of one draw, and of a quadrature rule, which
/// has no sampling error, the error is NaN.
pub fn mean(sampler: Sampler, replicates: &[Running]) -> Estimate {
    let whole = replicates.iter().copied().fold(Running::default(), Running::merge);
    if whole.count == 0 {
        return Estimate::UNKNOWN;
    }
    let degrees = if dealt(sampler, replicates) { replicates.len() as f64 - 1.0 } else { whole.count as f64 - 1.0 };
    Estimate::symmetric(whole.mean, standard_error(sampler, replicates), degrees)
}

/// The moments of each randomisation; `replicate` says to which of them (below [`REPLICATES`]) each value belongs.
///
/// # Panics
/// Where a randomisation has no such number.
pub fn by_replicate(values: &[f64], replicate: &[u8]) -> Vec<Running> {
    let mut own: Vec<Running> = vec![Running::default(); REPLICATES];
    let mut first = [0.0; REPLICATES];
    let mut sums = [0.0; REPLICATES];
    for (value, replicate) in values.iter().zip(replicate) {
        let r = usize::from(*replicate);
        if own[r].count == 0 {
            first[r] = *value;
        }
        own[r].count += 1;
        sums[r] += value - first[r];
    }
    for (r, own) in own.iter_mut().enumerate().filter(|(_, own)| own.count > 0) {
        own.mean = first[r] + sums[r] / own.count as f64;
    }
    for (value, replicate) in values.iter().zip(replicate) {
        let own = &mut own[usize::from(*replicate)];
        own.squares += (value - own.mean) * (value - own.mean);
    }
    own
}

/// Φ⁻¹(0.975)
pub(super) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The 97.5% quantile of Student's t: what a standard error is multiplied by for a 95% interval. NaN of less than one degree of freedom.
pub(super) fn student_t_975(degrees: f64) -> f64 {
    if degrees < 1.0 {
        return f64::NAN;
    }
    // By far the most frequent, and asked for with every figure.
    if degrees == DEGREES {
        return 2.131_449_545_559_774;
    }
    if degrees <= 60.0 {
        return Distribution::StudentT { mean: 0.0, scale: 1.0, df: degrees }.quantile(0.975);
    }
    // Abramowitz & Stegun 26.7.5, good to 1e-8 from here on.
    let (z, v) = (NORMAL_975, 1.0 / degrees);
    let s = z * z;
    let series = [
        (s + 1.0) / 4.0,
        ((5.0 * s + 16.0) * s + 3.0) / 96.0,
        (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0,
        ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0,
    ];
    z * (1.0 + v * (series[0] + v * (series[1] + v * (series[2] + v * series[3]))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_is_the_published_one() {
        // Published to eight digits; 15 from the closed form for odd degrees (Abramowitz & Stegun 26.7.3).
        for (degrees, t) in [
            (1.0, 12.706204736174694),
            (15.0, 2.131449545559774),
            (60.0, 2.0002978210582616),
            (61.0, 1.9996235835524),
            (100.0, 1.983971518449634),
            (1000.0, 1.9623390808264078),
            (1e9, NORMAL_975),
        ] {
            assert!((student_t_975(degrees) - t).abs() < 2e-8, "{degrees}: {} {t}", student_t_975(degrees));
        }
        assert!(student_t_975(0.0).is_nan());
        let computed = Distribution::StudentT { mean: 0.0, scale: 1.0, df: DEGREES }.quantile(0.975);
        assert!((student_t_975(DEGREES) - computed).abs() < 1e-14);
    }

    #[test]
    fn a_mean_has_the_interval_of_its_sampler() {
        let values: Vec<f64> = (0..64).map(|k| f64::from(k % 16) * if k < 32 { 2.0 } else { 0.0 }).collect();
        let replicate: Vec<u8> = (0..64).map(|k| k % 16).collect();
        let moments = by_replicate(&values, &replicate);
        let sobol = mean(Sampler::Sobol, &moments);
        assert_eq!(sobol.value, 7.5);
        assert!(((sobol.high - sobol.value) / sobol.se - 2.131449545559774).abs() < 1e-12);
        let random = mean(Sampler::Random, &moments);
        // 63 degrees of freedom
        assert!(((random.high - random.value) / random.se - 1.9983405).abs() < 1e-6);
        assert!(mean(Sampler::Quadrature, &moments).se.is_nan() && mean(Sampler::Quadrature, &moments).value == 7.5);
        assert!(mean(Sampler::Sobol, &[]).value.is_nan());
        let one = mean(Sampler::Random, &[Running::of(&[3.0])]);
        assert!(one.value == 3.0 && one.se.is_nan() && one.low.is_nan());
        let same = mean(Sampler::Sobol, &by_replicate(&[0.1; 64], &replicate));
        assert_eq!((same.low, same.high), (0.1, 0.1));
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let means: Vec<f64> = (0..16).map(|r| f64::from(r * r % 7)).collect();
        let sum: f64 = means.iter().sum();
        let without: Vec<f64> = means.iter().map(|x| (sum - x) / 15.0).collect();
        let (direct, jackknife) = (Estimate::of_replicates(sum / 16.0, &means), Estimate::jackknife(sum / 16.0, &without));
        assert!((direct.se - jackknife.se).abs() < 1e-14 && (direct.high - jackknife.high).abs() < 1e-13);
        assert!(Estimate::of_replicates(1.0, &[1.0]).se.is_nan() && Estimate::jackknife(1.0, &[]).low.is_nan());
    }

    #[test]
    fn zero_is_told_from_noise() {
        assert_eq!(Estimate::symmetric(-0.01, 0.02, 15.0).verdict(), Verdict::WithinNoise);
        assert_eq!(Estimate::symmetric(0.3, 0.02, 15.0).verdict(), Verdict::Distinct);
        assert_eq!(Estimate::UNKNOWN.verdict(), Verdict::Unknown);
        assert_eq!(Estimate::symmetric(0.01, 0.1, 15.0).within(0.0, 1.0).low, 0.0);
    }
}
