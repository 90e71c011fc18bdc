//! All uncertain numbers of a run, and their values draw by draw: the design's uniforms through each distribution's quantile function.

use super::distribution::Transform;
use super::{Design, Number, Sampler, Uncertain};
use crate::numerics::Real;

/// A number as a draw meets it: known in advance, or the draw's value of one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    Fixed(f64),
    /// Place among the [`Parameters`].
    Parameter(usize),
}

impl Value {
    /// The number in the draws whose parameters are `drawn` (one entry a parameter).
    #[inline(always)]
    pub fn of<R: Real>(self, drawn: &[R]) -> R {
        match self {
            Value::Fixed(number) => R::splat(number),
            Value::Parameter(place) => drawn[place],
        }
    }

    /// Whether it is this number in every draw.
    pub fn is(self, number: f64) -> bool {
        self == Value::Fixed(number)
    }
}

/// The uncertain numbers that a run in fact uses, in the order of first use.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    uncertain: Vec<Uncertain>,
    transforms: Vec<Transform>,
}

impl Parameters {
    pub fn new() -> Parameters {
        Parameters::default()
    }

    /// The value of `number`, which joins the parameters if it is uncertain and not there already. Two numbers of one path take the same draws; if their
    /// distributions are also the same they are one parameter.
    pub fn value(&mut self, number: &Number) -> Value {
        let uncertain = match number {
            Number::Fixed(number) => return Value::Fixed(*number),
            Number::Uncertain(uncertain) => uncertain,
        };
        let place = self.uncertain.iter().position(|known| known == &**uncertain).unwrap_or_else(|| {
            self.transforms.push(Transform::new(&uncertain.distribution));
            self.uncertain.push((**uncertain).clone());
            self.uncertain.len() - 1
        });
        Value::Parameter(place)
    }

    pub fn len(&self) -> usize {
        self.uncertain.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uncertain.is_empty()
    }

    /// The parameters in the order of their places.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Uncertain> {
        self.uncertain.iter()
    }

    /// The design for these parameters.
    pub fn design(&self, sampler: Sampler, seed: u64) -> Design {
        Design::new(sampler, seed, self.uncertain.iter().map(|uncertain| uncertain.path.as_str()))
    }

    /// The values of one parameter for `out.len()` draws from `first_draw` on. Allocates nothing; the same bits whatever lane type `R` computes them.
    ///
    /// # Panics
    /// Where there is no such parameter, or the design was made for fewer.
    #[inline(always)]
    pub fn values_of<R: Real>(&self, parameter: usize, design: &Design, first_draw: u64, out: &mut [f64]) {
        design.fill(parameter, first_draw, out);
        self.transforms[parameter].apply::<R>(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::{Isa, Kernel, dispatch};
    use crate::uncertainty::Distribution;

    struct Values<'a>(&'a Parameters, &'a Design, usize, &'a mut [f64]);

    impl Kernel for Values<'_> {
        type Output = ();

        #[inline(always)]
        fn run<R: Real>(self) {
            self.0.values_of::<R>(self.2, self.1, 5, self.3);
        }
    }

    #[test]
    fn the_same_bits_on_every_instruction_set() {
        let truncated = |inner: Distribution, min, max| Distribution::truncated(inner, min, max).unwrap();
        let families = [
            Distribution::normal(5.0, 1.0).unwrap(),
            Distribution::lognormal(5.0, 1.0).unwrap(),
            Distribution::lognormal(5.0, 2000.0).unwrap(),
            truncated(Distribution::normal(5.0, 1.0).unwrap(), Some(1.5), None),
            truncated(Distribution::lognormal(5.0, 1.0).unwrap(), None, Some(6.0)),
            Distribution::gamma_from_moments(5.0, 2.0).unwrap(),
            Distribution::pert(0.0, 0.2, 1.0, 4.0).unwrap(),
            Distribution::student_t(0.0, 1.0, 3.0).unwrap(),
        ];
        let mut parameters = Parameters::new();
        for (k, distribution) in families.into_iter().enumerate() {
            parameters.value(&uncertain(&format!("p{k}"), distribution));
        }
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let design = parameters.design(sampler, 1);
            for parameter in 0..parameters.len() {
                // Not a multiple of the lanes, from a draw in the middle of a row of replicates.
                let mut one_by_one = [0.0; 1003];
                parameters.values_of::<f64>(parameter, &design, 5, &mut one_by_one);
                for isa in Isa::available() {
                    let mut in_lanes = [0.0; 1003];
                    dispatch(isa, Values(&parameters, &design, parameter, &mut in_lanes));
                    assert!(in_lanes.iter().zip(&one_by_one).all(|(a, b)| a.to_bits() == b.to_bits()), "{parameter} on {}", isa.name());
                }
            }
        }
    }

    fn uncertain(path: &str, distribution: Distribution) -> Number {
        Number::Uncertain(Box::new(Uncertain { path: path.into(), distribution }))
    }

    #[test]
    fn one_name_is_one_number() {
        let mut parameters = Parameters::new();
        let five = uncertain("elasticities.import.\"*\"", Distribution::lognormal(5.0, 1.0).unwrap());
        let rate = uncertain("tariff.a.rate", Distribution::uniform(0.1, 0.5).unwrap());
        let values = [&five, &rate, &five, &Number::Fixed(2.0)].map(|number| parameters.value(number));
        assert_eq!(values, [Value::Parameter(0), Value::Parameter(1), Value::Parameter(0), Value::Fixed(2.0)]);
        assert_eq!(parameters.len(), 2);
        // The same name with another distribution: the same draws, other values.
        let other = uncertain("tariff.a.rate", Distribution::uniform(0.0, 1.0).unwrap());
        assert_eq!(parameters.value(&other), Value::Parameter(2));
        let design = parameters.design(Sampler::Sobol, 1);
        assert_eq!(design.uniform(1, 5), design.uniform(2, 5));
    }

    #[test]
    fn values_are_quantiles_of_the_design_and_have_the_moments_asked_for() {
        let mut parameters = Parameters::new();
        let made = [
            Distribution::lognormal(5.0, 1.0),
            Distribution::normal(-2.0, 3.0),
            Distribution::gamma(2.0, 1.5),
            Distribution::normal(4.0, 0.0),
        ];
        for (k, distribution) in made.into_iter().enumerate() {
            parameters.value(&uncertain(&format!("p{k}"), distribution.unwrap()));
        }
        let design = parameters.design(Sampler::Sobol, 1);
        for (p, parameter) in parameters.iter().enumerate() {
            let mut row = [0.0; 4096];
            parameters.values_of::<f64>(p, &design, 0, &mut row);
            assert_eq!(row[77], parameter.distribution.quantile(design.uniform(p, 77)));
            let (mean, sd) = (parameter.distribution.mean(), parameter.distribution.sd());
            let found = row.iter().sum::<f64>() / 4096.0;
            let spread = (row.iter().map(|x| (x - found).powi(2)).sum::<f64>() / 4096.0).sqrt();
            assert!((found - mean).abs() <= 1e-3 * sd && (spread - sd).abs() <= 0.01 * sd, "{p}: {found} {spread}");
            let mut part = [0.0; 24];
            parameters.values_of::<f64>(p, &design, 100, &mut part);
            assert_eq!(part, row[100..124]);
        }
    }
}
