//! Outcomes alone, draw by draw, for designs other than the run's own: what sensitivity analysis asks for.

use super::chunk::{CHUNK, Chunk, ChunkWork};
use super::in_order::in_order;
use super::plan::Plan;
use super::run::{Control, Interrupted, in_flight, pool};
use super::tables::Tables;
use super::workspace::Workspace;
use crate::uncertainty::Design;
use std::ops::ControlFlow;
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
        let columns = plan.outcomes.len() * plan.world.periods;
        let room = usize::try_from(draws).unwrap_or(0);
        let mut evaluated = Evaluated { alive: Vec::with_capacity(room), outcomes: vec![Vec::with_capacity(room); columns] };
        let make = |workspace: &mut Workspace<'_>, index: u64| {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            let first = index * CHUNK as u64;
            let count = usize::try_from(draws - first).unwrap_or(usize::MAX).min(CHUNK);
            let chunk = ChunkWork { plan, design, first, count, keep: 0, only: None }.run_in(isa, workspace);
            progress(count as u64);
            Some(chunk)
        };
        let take = |chunk: Chunk| {
            evaluated.alive.extend_from_slice(&chunk.alive);
            for (column, outcomes) in evaluated.outcomes.iter_mut().enumerate() {
                outcomes.extend_from_slice(&chunk.outcomes[column * CHUNK..column * CHUNK + chunk.count]);
            }
            ControlFlow::Continue(())
        };
        let chunks = draws.div_ceil(CHUNK as u64);
        in_order(&self.pool, chunks, in_flight(plan, self.pool.current_num_threads()), || Workspace::new(plan), make, take);
        let done = evaluated.alive.len() as u64;
        if done < draws { Err(Interrupted::Cancelled { done, draws }) } else { Ok(evaluated) }
    }
}
