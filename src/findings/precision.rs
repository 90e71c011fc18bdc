//! When a run has drawn enough: every outcome's standard error, relative to its mean, below what the scenario asks for, in every period.

use crate::simulation::{OutcomeColumn, Plan};
use crate::statistics;

/// The outcome that is least sure, relative to its mean.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastSure {
    /// Place among the plan's outcomes.
    pub outcome: usize,
    pub period: usize,
    /// se/|mean|; infinite of a mean of zero.
    pub relative: f64,
}

/// The least sure outcome and period; none where there is no outcome.
pub fn least_sure(plan: &Plan, columns: &[OutcomeColumn]) -> Option<LeastSure> {
    let all = (0..plan.outcomes.len()).flat_map(|outcome| (0..plan.world.periods).map(move |period| (outcome, period)));
    let relative = |(outcome, period)| {
        let mean = statistics::mean(plan.sampler, &columns[plan.column(outcome, period)].replicates);
        // What is the same in every draw is sure, and what has no error yet is not.
        let relative = if mean.se == 0.0 {
            0.0
        } else if mean.se.is_nan() {
            f64::INFINITY
        } else {
            mean.se / mean.value.abs()
        };
        LeastSure { outcome, period, relative }
    };
    all.map(relative).max_by(|a, b| a.relative.total_cmp(&b.relative))
}

/// Whether the plan's precision is reached; never where it asks for none.
pub fn is_reached(plan: &Plan, columns: &[OutcomeColumn]) -> bool {
    plan.precision.is_some_and(|asked| least_sure(plan, columns).is_none_or(|least| least.relative < asked))
}
