//! What an outcome's spread hangs on, as far as the run's own draws tell: for every outcome and period the inputs that explain most of it.
//!
//! A screening: it costs no draw. How the variance divides, interactions included, is for `sensitivity` ([`super::attribution`]).

use super::inputs::Group;
use crate::simulation::{Plan, Results, inputs};
use crate::statistics::Estimate;
use crate::statistics::sensitivity::{Dealt, Input, Outcome, Tails, borgonovo, first_order, rank_correlation, screen, tails};
use crate::uncertainty::Sampler;
use rayon::prelude::*;

/// Most leading draws that the screening looks at: an index of one per cent then stands out …
const SCREENED: usize = 4096;
/// … and fewer where hundreds of inputs would hold more numbers than these.
const MOST_NUMBERS: usize = 2 << 20;
/// Outcomes and periods that share a reading of the inputs, which are more than a cache holds.
const SIDE_BY_SIDE: usize = 8;
/// Inputs that a first look lets through, for each of those told.
const LOOKED_AT: usize = 3;
/// Inputs that are told of each outcome and period.
pub const TOLD: usize = 12;

/// One input of one outcome in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Place among [`Drivers::inputs`].
    pub input: usize,
    /// Spearman's rank correlation.
    pub rank: Estimate,
    /// The share of variance that the input explains by itself, or together with what it is correlated with.
    pub given_data: Estimate,
    /// Borgonovo's δ: how far knowing the input moves the outcome's whole distribution, 0 to 1; valid also where inputs are correlated.
    pub delta: Estimate,
    /// The outcome in the lowest and the highest tenth of the input.
    pub tails: Tails,
}

/// An input's name and group.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    pub path: String,
    pub group: Group,
}

/// The screening of a run.
#[derive(Debug, Clone, Default)]
pub struct Drivers {
    /// In the order of the plan's parameters.
    pub inputs: Vec<Named>,
    /// By column of the plan, those of the periods: the strongest inputs, falling by `given_data`.
    by_column: Vec<Vec<Driver>>,
}

impl Drivers {
    /// Draws are those of `results` that succeeded; nothing of a quadrature, whose points are chosen, not drawn.
    pub(super) fn new(plan: &Plan, results: &Results) -> Self {
        let parameters = &plan.world.parameters;
        let named = |path: &str| Named { path: path.to_string(), group: Group::of(path) };
        let names: Vec<Named> = parameters.iter().map(|uncertain| named(&uncertain.path)).collect();
        let columns = plan.outcomes.len() * plan.world.periods;
        if plan.sampler == Sampler::Quadrature || names.is_empty() {
            return Drivers { inputs: names, by_column: vec![Vec::new(); columns] };
        }
        let made = results.outcome_draws.min(SCREENED).min((MOST_NUMBERS / names.len()).max(1024));
        let alive = results.alive(made);
        let replicates = &results.replicates[..alive.len()];
        let dealt = Dealt::new(replicates);
        let drawn = inputs(plan, made);
        let drawn: Vec<Input> =
            drawn.into_par_iter().map(|column| dealt.input(&alive.iter().map(|&d| column[d]).collect::<Vec<_>>())).collect();
        let first_alike = |column: usize| {
            let period = column % plan.world.periods;
            column - period + plan.world.same_as[period]
        };
        let apart: Vec<usize> = (0..columns).filter(|&column| first_alike(column) == column).collect();
        let found = apart.par_chunks(SIDE_BY_SIDE).flat_map_iter(|columns| {
            let outcomes: Vec<Outcome> =
                columns.iter().map(|&column| dealt.outcome(&results.outcomes[column].values[..alive.len()])).collect();
            let screened = screen(&drawn, &outcomes);
            outcomes.into_iter().zip(screened).map(|(outcome, screened)| strongest(&drawn, &outcome, screened)).collect::<Vec<_>>()
        });
        let mut by_column: Vec<Vec<Driver>> = vec![Vec::new(); columns];
        for (column, found) in apart.iter().zip(found.collect::<Vec<_>>()) {
            by_column[*column] = found;
        }
        for column in 0..columns {
            if first_alike(column) != column {
                by_column[column] = by_column[first_alike(column)].clone();
            }
        }
        Drivers { inputs: names, by_column }
    }

    /// Of one column of the plan; none for the base year's.
    pub fn of(&self, column: usize) -> &[Driver] {
        self.by_column.get(column).map_or(&[], Vec::as_slice)
    }
}

/// `screened`: the first look at each input.
fn strongest(inputs: &[Input], outcome: &Outcome, screened: Vec<f64>) -> Vec<Driver> {
    let mut first: Vec<(usize, f64)> = screened.into_iter().enumerate().collect();
    first.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    first.truncate(LOOKED_AT * TOLD);
    let measured = first.into_iter().map(|(place, _)| (place, first_order(&inputs[place], outcome)));
    let mut found: Vec<(usize, Estimate)> = measured.filter(|(_, index)| index.value.is_finite()).collect();
    found.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(&b.0)));
    let told = found.into_iter().take(TOLD).map(|(place, given_data)| {
        let input = &inputs[place];
        Driver {
            input: place,
            rank: rank_correlation(input, outcome),
            given_data,
            delta: borgonovo(input, outcome),
            tails: tails(input, outcome),
        }
    });
    told.collect()
}
