//! Outcomes alone, draw by draw, for designs other than the run's own: what sensitivity analysis asks for.

use super::chunk::{CHUNK, ChunkWork};
use super::plan::Plan;
use super::run::{Control, Interrupted, pool};
use super::tables::Tables;
use crate::uncertainty::Design;
use rayon::prelude::*;
use std::sync::atomic::Ordering;

/// The outcomes of some draws of a plan.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// Whether each draw succeeded.
    pub alive: Vec<bool>,
    /// By column of the plan, those of the periods: one number a draw.
    pub outcomes: Vec<Vec<f64>>,
}

/// Evaluates plans under many designs. No wide table is filled.
pub struct Evaluator<'a> {
    plan: Plan,
    pool: rayon::ThreadPool,
    control: Control<'a>,
}

impl<'a> Evaluator<'a> {
    /// # Errors
    /// If no thread could be had.
    pub fn new(plan: &Plan, control: Control<'a>) -> Result<Self, Interrupted> {
        let plan = Plan { tables: Tables::default(), ..plan.clone() };
        Ok(Evaluator { plan, pool: pool(&control)?, control })
    }

    /// The first `draws` draws of `design`.
    ///
    /// # Errors
    /// [`Interrupted::Cancelled`] if asked to stop.
    pub fn evaluate(&self, design: &Design, draws: u64) -> Result<Evaluated, Interrupted> {
        let (isa, cancel, progress) = (self.control.isa, self.control.cancel, self.control.progress);
        let plan = &self.plan;
        let chunks: Vec<u64> = (0..draws.div_ceil(CHUNK as u64)).collect();
        let made: Vec<_> = self.pool.install(|| {
            let one = |&index: &u64| {
                if cancel.load(Ordering::Relaxed) {
                    return None;
                }
                let first = index * CHUNK as u64;
                let count = usize::try_from(draws - first).unwrap_or(usize::MAX).min(CHUNK);
                let chunk = ChunkWork { plan, design, first, count, keep: 0, only: None }.run_on(isa);
                progress(count as u64);
                // Its inputs, by far the most of it, are not asked for.
                Some((chunk.alive, chunk.outcomes))
            };
            chunks.par_iter().map(one).collect()
        });
        let columns = plan.outcomes.len() * plan.world.periods;
        let mut evaluated = Evaluated { alive: Vec::new(), outcomes: vec![Vec::new(); columns] };
        for chunk in made {
            let Some((alive, of_chunk)) = chunk else { return Err(Interrupted::Cancelled { done: evaluated.alive.len() as u64, draws }) };
            evaluated.alive.extend_from_slice(&alive);
            for (column, outcomes) in evaluated.outcomes.iter_mut().enumerate() {
                outcomes.extend_from_slice(&of_chunk[column * CHUNK..column * CHUNK + alive.len()]);
            }
        }
        Ok(evaluated)
    }
}
