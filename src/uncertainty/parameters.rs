//! All numbers of a run that differ by draw: uncertain ones, whose values are the design's uniforms through each distribution's quantile function, and those
//! derived from them.

use super::derived::Rule;
use super::distribution::Transform;
use super::sampling::{Named, Sample};
use super::{Dependence, Design, Number, Sampler, Uncertain};
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

/// What stands at one place among a draw's numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// An uncertain number, by its place among those.
    Drawn(usize),
    Derived(Rule),
}

/// The uncertain numbers that a run in fact uses, in the order of first use, and what is derived from them.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    uncertain: Vec<Uncertain>,
    transforms: Vec<Transform>,
    /// Every number of a draw; what is derived stands behind what it is derived from.
    pub(super) places: Vec<Place>,
    /// Where what is derived stands among them: a few among hundreds.
    derived: Vec<usize>,
    /// Which of the uncertain numbers go together.
    dependence: Dependence,
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
        let drawn = self.uncertain.iter().position(|known| known == &**uncertain).unwrap_or_else(|| {
            self.transforms.push(Transform::of_many(&uncertain.distribution));
            self.uncertain.push((**uncertain).clone());
            self.uncertain.len() - 1
        });
        self.at(Place::Drawn(drawn))
    }

    /// The value of what `rule` derives; one rule is one number.
    pub fn derived(&mut self, rule: Rule) -> Value {
        self.at(Place::Derived(rule))
    }

    fn at(&mut self, place: Place) -> Value {
        let known = self.places.iter().position(|known| *known == place);
        Value::Parameter(known.unwrap_or_else(|| {
            if matches!(place, Place::Derived(_)) {
                self.derived.push(self.places.len());
            }
            self.places.push(place);
            self.places.len() - 1
        }))
    }

    /// Numbers of one draw, derived ones included.
    pub fn places(&self) -> usize {
        self.places.len()
    }

    /// The places of the uncertain numbers in the order of [`Parameters::iter`].
    pub fn drawn_places(&self) -> Vec<usize> {
        let mut places = vec![0; self.uncertain.len()];
        for (at, place) in self.places.iter().enumerate() {
            if let Place::Drawn(drawn) = place {
                places[*drawn] = at;
            }
        }
        places
    }

    /// Fills in what is derived, for one period. Periods come in their order, since a process goes on from where it was.
    #[inline(always)]
    pub fn derive<R: Real>(&self, period: usize, drawn: &mut [R]) {
        for &at in &self.derived {
            if let Place::Derived(rule) = &self.places[at] {
                let previous = if period == 0 { R::one() } else { drawn[at] };
                drawn[at] = rule.of(period, drawn, previous);
            }
        }
    }

    /// Whether a value is the same in two periods of every draw.
    pub fn is_same(&self, value: Value, a: usize, b: usize) -> bool {
        match value {
            Value::Fixed(_) => true,
            Value::Parameter(place) => match &self.places[place] {
                Place::Drawn(_) => true,
                Place::Derived(rule) => rule.is_same(a, b) && rule.sources().into_iter().all(|source| self.is_same(source, a, b)),
            },
        }
    }

    /// A draw with every uncertain number at its mean, and every outcome of an event as likely as it is, in one period after the other.
    pub fn central(&self, periods: usize) -> Vec<Vec<f64>> {
        let mut drawn = vec![0.0; self.places.len()];
        for (at, uncertain) in self.drawn_places().into_iter().zip(&self.uncertain) {
            drawn[at] = uncertain.distribution.mean();
        }
        let in_period = |period: usize| {
            for (at, place) in self.places.iter().enumerate() {
                let Place::Derived(rule) = place else { continue };
                let previous = if period == 0 { 1.0 } else { drawn[at] };
                drawn[at] = match rule {
                    Rule::Outcome { from, to, all_of, .. } => {
                        let holds = |any_of: &Vec<Value>| any_of.iter().map(|gate| gate.of(&drawn)).sum::<f64>();
                        all_of.iter().fold(to.min(1.0) - from, |so_far, any_of| so_far * holds(any_of))
                    }
                    rule => rule.of(period, &drawn, previous),
                };
            }
            drawn.clone()
        };
        (0..periods).map(in_period).collect()
    }

    /// How many numbers are uncertain.
    pub fn len(&self) -> usize {
        self.uncertain.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uncertain.is_empty()
    }

    /// The uncertain numbers in the order of first use.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Uncertain> {
        self.uncertain.iter()
    }

    /// Lets numbers go together. Those that join the parameters later go with none.
    pub fn correlate(&mut self, dependence: Dependence) {
        self.dependence = dependence;
    }

    /// The sets of numbers that go together, by their places in the order of [`Parameters::iter`]. Numbers in none are independent of all others.
    pub fn components(&self) -> Vec<Vec<usize>> {
        self.dependence.components()
    }

    /// The design for these parameters.
    pub fn design(&self, sampler: Sampler, seed: u64, draws: u64) -> Design {
        self.design_with(sampler, seed, draws, &|_| false)
    }

    /// As [`Parameters::design`], but the numbers for which `second` is true (by their places in the order of [`Parameters::iter`]) take their draws from another sample,
    /// independent of the first. Of numbers that go together all or none may. A quadrature has one sample only.
    pub fn design_with(&self, sampler: Sampler, seed: u64, draws: u64, second: &dyn Fn(usize) -> bool) -> Design {
        debug_assert!(self.components().iter().all(|set| set.iter().all(|place| second(*place) == second(set[0]))));
        let sample = |place| if second(place) { Sample::Second } else { Sample::First };
        let own = self.uncertain.iter().enumerate().map(|(place, uncertain)| Named {
            path: &uncertain.path,
            sample: sample(place),
            fixed: uncertain.distribution.is_fixed().is_some(),
        });
        // Streams of sets are no numbers for which a quadrature would need points.
        let of_sets = self.dependence.streams().map(|(path, place)| Named { path, sample: sample(place), fixed: true });
        Design::of(sampler, seed, draws, &own.chain(of_sets).collect::<Vec<_>>())
    }

    /// The values of every uncertain number for `stride` draws from `first_draw` on, a column of `stride` for each in the order of [`Parameters::iter`]. Allocates nothing;
    /// the same bits whatever lane type `R` computes them.
    ///
    /// # Panics
    /// Where `inputs` is shorter than the columns, or the design was made for fewer numbers.
    #[inline(always)]
    pub fn values<R: Real>(&self, design: &Design, first_draw: u64, stride: usize, inputs: &mut [f64]) {
        if design.sampler() == Sampler::Quadrature {
            self.coordinates(design, first_draw, stride, inputs);
            self.spread_around_means(stride, inputs);
            return;
        }
        self.dependence.fill::<R>(design, self.uncertain.len(), first_draw, stride, inputs);
        let mut place = 0;
        while place < self.uncertain.len() {
            // Uniform numbers and at once their quantiles, while the column is at hand: all columns together would have to be fetched again.
            let column = &mut inputs[place * stride..(place + 1) * stride];
            if !self.dependence.joins(place) {
                design.fill(place, first_draw, column);
            }
            self.transforms[place].apply::<R>(column);
            place += 1;
        }
    }

    /// The coordinates of a quadrature, in standard deviations.
    fn coordinates(&self, design: &Design, first_draw: u64, stride: usize, inputs: &mut [f64]) {
        for place in (0..self.uncertain.len()).filter(|&place| !self.dependence.joins(place)) {
            design.fill(place, first_draw, &mut inputs[place * stride..(place + 1) * stride]);
        }
        self.dependence.fill_coordinates(design, first_draw, stride, inputs);
    }

    /// mean + sd·x for coordinates x of a quadrature.
    fn spread_around_means(&self, stride: usize, inputs: &mut [f64]) {
        for (place, uncertain) in self.uncertain.iter().enumerate() {
            let (mean, sd) = (uncertain.distribution.mean(), uncertain.distribution.sd());
            for x in &mut inputs[place * stride..(place + 1) * stride] {
                // A number without spread stays exactly where it is, one without a finite sd too.
                *x = if *x == 0.0 { mean } else { mean + sd * *x };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::{Isa, Kernel, dispatch};
    use crate::uncertainty::{Copula, Distribution, Pair};

    /// From draw 5 on.
    struct Values<'a>(&'a Parameters, &'a Design, usize, &'a mut [f64]);

    impl Kernel for Values<'_> {
        type Output = ();

        #[inline(always)]
        fn run<R: Real>(self) {
            self.0.values::<R>(self.1, 5, self.2, self.3);
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
        let pairs = [(1, 3, 0.5), (3, 5, -0.7), (0, 7, 1.0), (5, 7, 0.2), (0, 5, 0.2)];
        let pairs = pairs.map(|(first, second, spearman)| Pair { first, second, spearman });
        for copula in [None, Some(Copula::Gaussian), Some(Copula::StudentT { df: 3.0 })] {
            if let Some(copula) = copula {
                parameters.correlate(Dependence::compile(&parameters, copula, &pairs, false).unwrap().0);
            }
            for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random, Sampler::Quadrature] {
                let design = parameters.design(sampler, 1, 1008);
                // Not a multiple of the lanes, from a draw in the middle of a row of replicates.
                let mut one_by_one = vec![0.0; 203 * parameters.len()];
                parameters.values::<f64>(&design, 5, 203, &mut one_by_one);
                for isa in Isa::available() {
                    let mut in_lanes = vec![0.0; 203 * parameters.len()];
                    dispatch(isa, Values(&parameters, &design, 203, &mut in_lanes));
                    let same = in_lanes.iter().zip(&one_by_one).all(|(a, b)| a.to_bits() == b.to_bits());
                    assert!(same, "{copula:?}, {sampler:?} on {}", isa.name());
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
        let design = parameters.design(Sampler::Sobol, 1, 4096);
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
        let design = parameters.design(Sampler::Sobol, 1, 4096);
        let (mut rows, mut parts) = (vec![0.0; 4096 * parameters.len()], vec![0.0; 24 * parameters.len()]);
        parameters.values::<f64>(&design, 0, 4096, &mut rows);
        parameters.values::<f64>(&design, 100, 24, &mut parts);
        for (p, parameter) in parameters.iter().enumerate() {
            let row = &rows[4096 * p..4096 * (p + 1)];
            assert_eq!(row[77], parameter.distribution.quantile(design.uniform(p, 77)));
            let (mean, sd) = (parameter.distribution.mean(), parameter.distribution.sd());
            let found = row.iter().sum::<f64>() / 4096.0;
            let spread = (row.iter().map(|x| (x - found).powi(2)).sum::<f64>() / 4096.0).sqrt();
            assert!((found - mean).abs() <= 1e-3 * sd && (spread - sd).abs() <= 0.01 * sd, "{p}: {found} {spread}");
            assert_eq!(parts[24 * p..24 * (p + 1)], row[100..124]);
        }
    }
}
