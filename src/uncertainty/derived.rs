//! Numbers that a draw derives from its uncertain ones: whether an outcome came about, a process over the periods, the share of a period after an uncertain day.
//!
//! They stand among the draw's numbers like any other, so that whoever takes a [`Value`] need not know which kind it is.

use super::Value;
use crate::numerics::Real;

/// How a number follows from others, which stand before it.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// 1 where `uniform` lies in [from, to) and, of each list in `all_of`, one is 1; else 0.
    Outcome { uniform: Value, from: f64, to: f64, all_of: Vec<Vec<Value>> },
    /// a·b
    Product(Value, Value),
    /// before + gate · share of the period · (after − before)
    Switched { before: Value, after: Value, gate: Value, shares: Vec<f64> },
    /// The multiple of a mean-reverting process of the log from x = 0:
    /// x(t+Δ) = ln(level) + (x(t) − ln(level)) e^(−speed·Δ) + sd √(1 − e^(−2·speed·Δ)) z(t+Δ)   (Ornstein & Uhlenbeck 1930)
    Reverting {
        /// A standard normal for each period.
        normals: Vec<Value>,
        level: Value,
        speed: Value,
        sd: Value,
        /// Δ: years to each period from the one before, to the first from the base year.
        years: Vec<f64>,
    },
    /// The share of each period, given by its first day and the day after its last, that lies on or after `day`.
    Since { day: Value, periods: Vec<(f64, f64)> },
    /// (1 + rate)^(years to the period)
    Growth { rate: Value, years: Vec<f64> },
}

impl Rule {
    /// The number in one period. For a process `previous` is its multiple in the period before, one in the base year.
    #[inline(always)]
    pub(super) fn of<R: Real>(&self, period: usize, drawn: &[R], previous: R) -> R {
        let one = R::one();
        match self {
            Rule::Outcome { uniform, from, to, all_of } => {
                let u = uniform.of(drawn);
                let within = R::select(R::splat(*from).le(u), R::select(u.lt(R::splat(*to)), one, R::zero()), R::zero());
                let holds = |any_of: &Vec<Value>| any_of.iter().fold(R::zero(), |found, gate| found.max(gate.of(drawn)));
                all_of.iter().fold(within, |so_far, any_of| so_far * holds(any_of))
            }
            Rule::Product(a, b) => a.of(drawn) * b.of(drawn),
            Rule::Switched { before, after, gate, shares } => {
                let (before, weight) = (before.of(drawn), gate.of(drawn) * R::splat(shares[period]));
                // Exactly the one or the other where the switch is fully off or on, infinities included.
                let between = weight.mul_add(after.of(drawn) - before, before);
                R::select(weight.le(R::zero()), before, R::select(one.le(weight), after.of(drawn), between))
            }
            Rule::Reverting { normals, level, speed, sd, years } => {
                let (home, kept) = (level.of(drawn).ln(), (-(speed.of(drawn) * R::splat(years[period]))).exp());
                let spread = (one - kept * kept).max(R::zero()).sqrt() * sd.of(drawn);
                ((previous.ln() - home).mul_add(kept, home) + spread * normals[period].of(drawn)).exp()
            }
            Rule::Since { day, periods } => {
                let (start, end) = periods[period];
                ((R::splat(end) - day.of(drawn)) / R::splat(end - start)).max(R::zero()).min(one)
            }
            Rule::Growth { rate, years } => ((one + rate.of(drawn)).ln() * R::splat(years[period])).exp(),
        }
    }

    /// Whether it gives the same number in two periods, given that what it is derived from does.
    pub(super) fn is_same(&self, a: usize, b: usize) -> bool {
        match self {
            Rule::Outcome { .. } | Rule::Product(..) => true,
            Rule::Switched { shares, .. } => shares[a] == shares[b],
            Rule::Reverting { .. } => a == b,
            Rule::Since { day: Value::Fixed(day), periods } => {
                let share = |(start, end): (f64, f64)| ((end - day) / (end - start)).clamp(0.0, 1.0);
                share(periods[a]) == share(periods[b])
            }
            Rule::Since { .. } => a == b,
            Rule::Growth { years, .. } => years[a] == years[b],
        }
    }

    /// What it is derived from.
    pub(super) fn sources(&self) -> Vec<Value> {
        match self {
            Rule::Outcome { uniform, all_of, .. } => std::iter::once(*uniform).chain(all_of.iter().flatten().copied()).collect(),
            Rule::Product(a, b) => vec![*a, *b],
            Rule::Switched { before, after, gate, .. } => vec![*before, *after, *gate],
            Rule::Reverting { normals, level, speed, sd, .. } => normals.iter().chain([level, speed, sd]).copied().collect(),
            Rule::Since { day, .. } => vec![*day],
            Rule::Growth { rate, .. } => vec![*rate],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const U: Value = Value::Parameter(0);

    #[test]
    fn outcomes_divide_the_unit_interval_and_wait_for_their_conditions() {
        let outcome = |from, to, all_of| Rule::Outcome { uniform: U, from, to, all_of };
        let parts = [outcome(0.0, 0.55, vec![]), outcome(0.55, 0.85, vec![]), outcome(0.85, 1.0, vec![])];
        for u in [0.1, 0.55, 0.8, 0.85, 0.999] {
            let found: f64 = parts.iter().map(|part| part.of::<f64>(0, &[u], 1.0)).sum();
            assert_eq!(found, 1.0, "{u}");
        }
        let (yes, no) = (Value::Fixed(1.0), Value::Fixed(0.0));
        assert_eq!(outcome(0.0, 1.0, vec![vec![no, yes], vec![yes]]).of::<f64>(0, &[0.5], 1.0), 1.0);
        assert_eq!(outcome(0.0, 1.0, vec![vec![no, yes], vec![no]]).of::<f64>(0, &[0.5], 1.0), 0.0);
    }

    #[test]
    fn a_switch_is_exact_at_both_ends() {
        let rule = |gate| Rule::Switched {
            before: Value::Fixed(0.1),
            after: Value::Fixed(f64::INFINITY),
            gate: Value::Fixed(gate),
            shares: vec![0.0, 0.5, 1.0],
        };
        assert_eq!([0, 1, 2].map(|period| rule(0.0).of::<f64>(period, &[], 1.0)), [0.1; 3]);
        assert_eq!((rule(1.0).of::<f64>(0, &[], 1.0), rule(1.0).of::<f64>(2, &[], 1.0)), (0.1, f64::INFINITY));
        assert!(rule(1.0).is_same(1, 1) && !rule(1.0).is_same(0, 2));
    }

    #[test]
    fn a_process_keeps_its_variance_and_forgets_its_start() {
        let rule = |z: f64| Rule::Reverting {
            normals: vec![Value::Fixed(z); 3],
            level: Value::Fixed(1.2),
            speed: Value::Fixed(0.8),
            sd: Value::Fixed(0.25),
            years: vec![1.0, 1.0, 1000.0],
        };
        let quiet = rule(0.0);
        let first = quiet.of::<f64>(0, &[], 1.0);
        assert!((first.ln() - 1.2f64.ln() * (1.0 - (-0.8f64).exp())).abs() < 1e-15);
        assert!((quiet.of::<f64>(2, &[], first) - 1.2).abs() < 1e-15);
        // In the long run one standard normal moves the log by one sd; one year from the base year by less.
        assert!((rule(1.0).of::<f64>(2, &[], first).ln() - 1.2f64.ln() - 0.25).abs() < 1e-14);
        let early = rule(1.0).of::<f64>(0, &[], 1.0).ln() - first.ln();
        assert!((early - 0.25 * (1.0 - (-1.6f64).exp()).sqrt()).abs() < 1e-14);
    }

    #[test]
    fn days_and_growth_count_from_where_they_should() {
        let since = |day| Rule::Since { day: Value::Fixed(day), periods: vec![(0.0, 100.0), (100.0, 200.0)] };
        assert_eq!([0, 1].map(|period| since(75.0).of::<f64>(period, &[], 1.0)), [0.25, 1.0]);
        assert_eq!([0, 1].map(|period| since(-5.0).of::<f64>(period, &[], 1.0)), [1.0, 1.0]);
        assert!(since(-5.0).is_same(0, 1) && !since(75.0).is_same(0, 1));
        let growth = Rule::Growth { rate: Value::Fixed(0.02), years: vec![1.0, 2.0] };
        assert!((growth.of::<f64>(1, &[], 1.0) - 1.0404).abs() < 1e-15);
    }
}
