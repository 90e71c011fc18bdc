//! Which numbers can be taken by quadrature, and at how many points.
//!
//! Stroud's rule knows a number by its mean and standard deviation alone and takes it at mean + sd·x, with x up to √2. That is right for what is smooth and
//! lies well inside its range; it means nothing for a choice between a few values, nor for the uniform number that decides an event.

use super::distribution::Distribution;
use super::parameters::Place;
use super::{Parameters, Rule, Sampler, Value};

impl Parameters {
    /// Points of Stroud's rule: two for each name whose numbers have a spread, one if there is none.
    pub fn quadrature_points(&self) -> u64 {
        let mut spread: Vec<&str> =
            self.iter().filter(|uncertain| uncertain.distribution.is_fixed().is_none()).map(|uncertain| uncertain.path.as_str()).collect();
        spread.sort_unstable();
        spread.dedup();
        (2 * spread.len() as u64).max(1)
    }

    /// Whether all numbers can be taken by quadrature.
    ///
    /// # Errors
    /// What is in the way, a sentence for each number, by its path.
    pub fn refuse_quadrature(&self) -> Result<(), Vec<String>> {
        let points = self.quadrature_points() as usize;
        let mut taken = vec![0.0; points * self.len()];
        self.values::<f64>(&self.design(Sampler::Quadrature, 0, points as u64), 0, points, &mut taken);
        let deciding = self.deciding();
        let mut refused = Vec::new();
        for (place, (uncertain, column)) in self.iter().zip(taken.chunks_exact(points)).enumerate() {
            let distribution = &uncertain.distribution;
            let why = if distribution.is_fixed().is_some() {
                None
            } else if deciding[place] {
                Some("decides the outcome of an event, which either comes about or does not".to_owned())
            } else if is_a_choice(distribution) {
                Some("is a choice between values or distributions, which a mean and a standard deviation do not describe".to_owned())
            } else if !distribution.sd().is_finite() {
                Some("has no finite standard deviation".to_owned())
            } else {
                out_of_range(distribution, column)
            };
            refused.extend(why.map(|why| format!("{} {why}", uncertain.path)));
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// By place: whether an event's outcome hangs on the number.
    fn deciding(&self) -> Vec<bool> {
        let mut deciding = vec![false; self.len()];
        for place in &self.places {
            if let Place::Derived(Rule::Outcome { uniform: Value::Parameter(at), .. }) = place
                && let Place::Drawn(drawn) = self.places[*at]
            {
                deciding[drawn] = true;
            }
        }
        deciding
    }
}

fn is_a_choice(distribution: &Distribution) -> bool {
    match distribution {
        Distribution::Discrete { .. } | Distribution::Mixture { .. } => true,
        Distribution::Truncated { inner, .. } => is_a_choice(inner),
        _ => false,
    }
}

/// What is said where a point lies where the number cannot be.
fn out_of_range(distribution: &Distribution, column: &[f64]) -> Option<String> {
    let outside = column.iter().find(|value| distribution.cdf(**value) <= 0.0 || distribution.cdf_below(**value) >= 1.0)?;
    let ((low, high), mean, sd) = (distribution.bounds(), distribution.mean(), distribution.sd());
    let range = match (low.is_finite(), high.is_finite()) {
        (true, true) => format!("between {low} and {high}"),
        (true, false) => format!("above {low}"),
        _ => format!("below {high}"),
    };
    Some(format!("would be taken at {outside:.4} (mean {mean:.4}, standard deviation {sd:.4}), and can only be {range}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Copula, Dependence, Number, Pair, Uncertain};

    fn parameters(numbers: &[(&str, Distribution)]) -> Parameters {
        let mut parameters = Parameters::new();
        for (path, distribution) in numbers {
            parameters.value(&Number::Uncertain(Box::new(Uncertain { path: (*path).into(), distribution: distribution.clone() })));
        }
        parameters
    }

    fn normal(mean: f64, sd: f64) -> Distribution {
        Distribution::normal(mean, sd).unwrap()
    }

    #[test]
    fn cubic_polynomials_have_their_mean_to_the_last_digits() {
        let mut three = parameters(&[("a", normal(1.0, 2.0)), ("b", Distribution::uniform(0.0, 1.0).unwrap()), ("c", normal(5.0, 0.5))]);
        assert_eq!((three.quadrature_points(), three.refuse_quadrature()), (6, Ok(())));
        let mean = |parameters: &Parameters, f: &dyn Fn(f64, f64, f64) -> f64| {
            let design = parameters.design(Sampler::Quadrature, 1, 6);
            let mut inputs = [0.0; 18];
            parameters.values::<f64>(&design, 0, 6, &mut inputs);
            (0..6).map(|k| f(inputs[k], inputs[6 + k], inputs[12 + k])).sum::<f64>() / 6.0
        };
        // E a³ = μ³ + 3μσ² = 13, E b³ = 1/4, E a²b = 5/2, E abc = 5/2.
        assert!((mean(&three, &|a, _, _| a * a * a) - 13.0).abs() < 1e-13);
        assert!((mean(&three, &|_, b, _| b * b * b) - 0.25).abs() < 1e-15);
        assert!((mean(&three, &|a, b, _| a * a * b) - 2.5).abs() < 1e-14);
        assert!((mean(&three, &|a, b, c| a * b * c) - 2.5).abs() < 1e-13);
        // Correlated: E ac = 5 + r·2·0.5, with r = 2 sin(π·0.5/6).
        let pairs = [Pair { first: 0, second: 2, spearman: 0.5 }];
        three.correlate(Dependence::compile(&three, Copula::Gaussian, &pairs, false).unwrap().0);
        assert!((mean(&three, &|a, _, c| a * c) - 5.517638090205041).abs() < 1e-13);
        assert!((mean(&three, &|_, _, c| (c - 5.0) * (c - 5.0)) - 0.25).abs() < 1e-14);
    }

    #[test]
    fn numbers_of_no_spread_stay_where_they_are_and_cost_no_point() {
        let two = parameters(&[("a", normal(1.0, 0.0)), ("b", normal(2.0, 1.0))]);
        assert_eq!((two.quadrature_points(), two.refuse_quadrature()), (2, Ok(())));
        let mut inputs = [0.0; 4];
        two.values::<f64>(&two.design(Sampler::Quadrature, 1, 2), 0, 2, &mut inputs);
        assert_eq!(inputs, [1.0, 1.0, 1.0, 3.0]);
        assert_eq!((Parameters::new().quadrature_points(), Parameters::new().refuse_quadrature()), (1, Ok(())));
    }

    #[test]
    fn what_cannot_be_taken_so_is_refused_by_name() {
        let mut four = parameters(&[
            ("elasticities.import.steel", Distribution::lognormal(5.0, 4.0).unwrap()),
            ("tariff.a.rate", Distribution::discrete(vec![0.1, 0.5], vec![0.5, 0.5]).unwrap()),
            ("freight.sea", Distribution::student_t(1.0, 0.1, 2.0).unwrap()),
            ("fine", normal(0.0, 1.0)),
        ]);
        let uniform =
            Number::Uncertain(Box::new(Uncertain { path: "event.review".into(), distribution: Distribution::uniform(0.0, 1.0).unwrap() }));
        let uniform = four.value(&uniform);
        four.derived(Rule::Outcome { uniform, from: 0.0, to: 0.5, all_of: vec![] });
        let refused = four.refuse_quadrature().unwrap_err();
        assert_eq!(refused.len(), 4, "{refused:?}");
        // Five numbers: the third coordinate reaches √2 sds: 5 − 4√2.
        let told = "elasticities.import.steel would be taken at -0.6569 (mean 5.0000, standard deviation 4.0000), and can only be above 0";
        assert!(refused.contains(&told.to_owned()), "{refused:?}");
        for start in ["tariff.a.rate is a choice", "freight.sea has no finite", "event.review decides"] {
            assert!(refused.iter().any(|told| told.starts_with(start)), "{refused:?}");
        }
    }
}
