//! The uncertain numbers of a run, draw by draw, without solving anything: a draw is a function of its number, so they need not be kept.

use super::chunk::CHUNK;
use super::plan::Plan;
use crate::numerics::{Isa, Kernel, Real, dispatch};
use crate::uncertainty::Design;
use rayon::prelude::*;

/// By parameter of the plan: its values in the leading `draws` draws.
pub fn inputs(plan: &Plan, draws: usize) -> Vec<Vec<f64>> {
    let (design, isa) = (plan.design(), Isa::detect());
    let chunks: Vec<Vec<f64>> = (0..draws.div_ceil(CHUNK))
        .into_par_iter()
        .map(|index| dispatch(isa, Inputs { plan, design: &design, first: index * CHUNK }))
        .collect();
    let mut columns = vec![Vec::with_capacity(draws); plan.world.parameters.len()];
    // Each chunk goes when its columns have been taken over, so that all numbers are never there twice.
    for (index, chunk) in chunks.into_iter().enumerate() {
        let count = (draws - index * CHUNK).min(CHUNK);
        for (parameter, column) in columns.iter_mut().enumerate() {
            column.extend_from_slice(&chunk[parameter * CHUNK..parameter * CHUNK + count]);
        }
    }
    columns
}

struct Inputs<'a> {
    plan: &'a Plan,
    design: &'a Design,
    first: usize,
}

impl Kernel for Inputs<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn run<R: Real>(self) -> Vec<f64> {
        let parameters = &self.plan.world.parameters;
        let mut inputs = vec![0.0; parameters.len() * CHUNK];
        parameters.values::<R>(self.design, self.first as u64, CHUNK, &mut inputs);
        inputs
    }
}
