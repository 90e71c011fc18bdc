//! How much of an outcome's variance each input brings, and each group of them: Sobol' indices from designs made for it.
//!
//! Two independent samples A and B of the inputs; the outcomes on both, on A with one input from B (Saltelli et al. 2010), and on every mixture of the groups (Owen
//! 2014). Correlated inputs go from A to B together: their index is that of all of them. Inputs that the screening finds to matter nowhere are taken as one,
//! `all other inputs`, so that hundreds of them need not be tried one by one.

use super::drivers::Drivers;
use super::inputs::{Bundle, Source, bundles, sources};
use crate::simulation::{Evaluated, Evaluator, Interrupted, Plan};
use crate::statistics::Estimate;
use crate::statistics::sensitivity::{Indices, PickFreeze, attribution};
use crate::uncertainty::REPLICATES;
use rayon::prelude::*;

/// What is asked of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Rows of each sample.
    pub rows: u64,
    /// Inputs that are tried one by one; `None`: all.
    pub inputs: Option<usize>,
}

/// What is tried by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// A path, several joined by ` & `, or `all other inputs`.
    pub name: String,
    members: Vec<usize>,
}

/// One outcome in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// In the order of [`Attribution::inputs`].
    pub inputs: Vec<Indices>,
    /// In the order of [`Attribution::sources`].
    pub sources: Vec<SourceShares>,
}

/// What a group of inputs brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceShares {
    /// Its Shapley effect: the shares of all groups sum to one.
    pub shapley: Estimate,
    pub indices: Indices,
}

/// The attribution of a run's outcomes.
#[derive(Debug, Clone)]
pub struct Attribution {
    pub rows: u64,
    /// Evaluations of the model that it took.
    pub evaluations: u64,
    /// Rows with a draw that did not solve, which are in no figure.
    pub rows_lost: u64,
    pub inputs: Vec<Tried>,
    pub sources: Vec<Source>,
    /// By column of the plan, those of the periods.
    by_column: Vec<Shares>,
}

/// What an attribution will evaluate.
pub struct Trial<'a> {
    plan: &'a Plan,
    effort: Effort,
    inputs: Vec<Tried>,
    sources: Vec<Source>,
}

impl<'a> Trial<'a> {
    /// Chooses the inputs to be tried: those that explain most of some outcome, as the screening has it.
    pub fn new(plan: &'a Plan, drivers: &Drivers, effort: Effort) -> Self {
        let bundles = bundles(plan);
        let sources = sources(&plan.world.parameters, &bundles);
        Trial { plan, effort, inputs: tried(plan, drivers, bundles, effort.inputs), sources }
    }

    /// Evaluations of the model that it takes.
    pub fn evaluations(&self) -> u64 {
        (2 + self.inputs.len() as u64 + self.mixtures().count() as u64) * self.effort.rows
    }

    /// Mixtures of the groups that are neither A nor B.
    fn mixtures(&self) -> std::ops::Range<usize> {
        1..(1usize << self.sources.len()).max(2) - 1
    }

    /// # Errors
    /// If it was cancelled or no thread could be had.
    pub fn run(self, evaluator: &Evaluator<'_>) -> Result<Attribution, Interrupted> {
        let (plan, rows) = (self.plan, self.effort.rows);
        let parameters = &plan.world.parameters;
        let evaluate =
            |from_b: &dyn Fn(usize) -> bool| evaluator.evaluate(&parameters.design_with(plan.sampler, plan.seed, rows, from_b), rows);
        let (a, b) = (evaluate(&|_| false)?, evaluate(&|_| true)?);
        let mut mixed: Vec<Evaluated> = Vec::with_capacity(self.mixtures().len());
        for mask in self.mixtures() {
            let within =
                |place: usize| self.sources.iter().enumerate().any(|(s, source)| mask >> s & 1 == 1 && source.members.contains(&place));
            mixed.push(evaluate(&within)?);
        }
        let mut alive: Vec<bool> = a.alive.clone();
        for evaluated in mixed.iter().chain([&b]) {
            alive.iter_mut().zip(&evaluated.alive).for_each(|(all, this)| *all &= this);
        }
        let replicate: Vec<u8> = (0..rows).map(|row| (row % REPLICATES as u64) as u8).collect();
        let columns = plan.outcomes.len() * plan.world.periods;
        let mut by_column: Vec<Shares> = (0..columns)
            .into_par_iter()
            .map(|column| {
                let all: Vec<&[f64]> = [&a].into_iter().chain(&mixed).chain([&b]).map(|of| of.outcomes[column].as_slice()).collect();
                Shares { inputs: Vec::with_capacity(self.inputs.len()), sources: of_sources(&all, &replicate, &alive, self.sources.len()) }
            })
            .collect();
        drop(mixed);
        let mut rows_lost = alive.iter().filter(|alive| !**alive).count() as u64;
        for input in &self.inputs {
            let evaluated = evaluate(&|place| input.members.contains(&place))?;
            let alive: Vec<bool> = evaluated.alive.iter().zip(&a.alive).zip(&b.alive).map(|((x, a), b)| *x && *a && *b).collect();
            rows_lost = rows_lost.max(alive.iter().filter(|alive| !**alive).count() as u64);
            by_column.par_iter_mut().enumerate().for_each(|(column, shares)| {
                let of = PickFreeze::new(&a.outcomes[column], &b.outcomes[column], &replicate, &alive);
                shares.inputs.push(of.indices(&evaluated.outcomes[column]));
            });
        }
        let evaluations = self.evaluations();
        Ok(Attribution { rows, evaluations, rows_lost, inputs: self.inputs, sources: self.sources, by_column })
    }
}

impl Attribution {
    /// Of one column of the plan, if it is a period's.
    pub fn of(&self, column: usize) -> Option<&Shares> {
        self.by_column.get(column)
    }
}

fn of_sources(all: &[&[f64]], replicate: &[u8], alive: &[bool], sources: usize) -> Vec<SourceShares> {
    if sources == 0 {
        return Vec::new();
    }
    let found = attribution(all, replicate, alive);
    let share = |s: usize| SourceShares { shapley: found.shapley[s], indices: Indices { first: found.first[s], total: found.total[s] } };
    (0..sources).map(share).collect()
}

/// The bundles that explain most of some outcome by themselves, strongest first, and the others as one.
fn tried(plan: &Plan, drivers: &Drivers, bundles: Vec<Bundle>, most: Option<usize>) -> Vec<Tried> {
    let mut strength = vec![0.0f64; plan.world.parameters.len()];
    for column in 0..plan.outcomes.len() * plan.world.periods {
        for driver in drivers.of(column) {
            strength[driver.input] = strength[driver.input].max(driver.given_data.value);
        }
    }
    let of = |bundle: &Bundle| bundle.members.iter().map(|&member| strength[member]).fold(0.0, f64::max);
    let mut ordered = bundles;
    ordered.sort_by(|a, b| of(b).total_cmp(&of(a)).then(a.members.cmp(&b.members)));
    let most = most.unwrap_or(ordered.len());
    // One more by itself costs as much as the rest together.
    let rest = if ordered.len() > most + 1 { ordered.split_off(most) } else { Vec::new() };
    let mut tried: Vec<Tried> = ordered.into_iter().map(|bundle| Tried { name: bundle.name, members: bundle.members }).collect();
    if !rest.is_empty() {
        tried.push(Tried {
            name: format!("all other inputs ({})", rest.len()),
            members: rest.into_iter().flat_map(|bundle| bundle.members).collect(),
        });
    }
    tried
}
