//! All draws: chunks over threads, merged in the order of their draws.

use super::checkpoints::checkpoints;
use super::chunk::{CHUNK, Chunk, ChunkWork};
use super::in_order::in_order;
use super::merged::Merged;
use super::plan::Plan;
use super::results::{OutcomeColumn, Results};
use super::workspace::Workspace;
use crate::numerics::Isa;
use crate::uncertainty::{Design, REPLICATES};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// Quantiles of the wide tables rest on at most this many leading draws …
const MOST_QUANTILE_DRAWS: usize = 1024;
/// … and on fewer where their cells would not fit this many bytes.
const CELL_MEMORY: usize = 192 << 20;
/// Outcomes keep their values for exact quantiles up to this many numbers; beyond, in the leading draws only.
const MOST_OUTCOME_VALUES: usize = 8 << 20;
/// Chunks in flight for each thread: the one that it works on, and room to begin another while an earlier one is still being made …
const IN_FLIGHT: usize = 3;
/// … but no more than fit these bytes, as long as no thread goes without.
const FLIGHT_MEMORY: usize = 64 << 20;
/// Bytes of stack a thread: the lanes of a chunk overflow the usual 2 MiB where the compiler does not optimise.
const STACK: usize = 8 << 20;

/// How a run is run; but for where it may stop, none of it can show in the results.
pub struct Control<'a> {
    /// `None`: as many threads as the machine has cores.
    pub threads: Option<usize>,
    pub isa: Isa,
    /// Set to stop at the next chunk.
    pub cancel: &'a AtomicBool,
    /// Told of draws as they finish.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Asked at every checkpoint whether the figures are precise enough: by columns of the plan.
    pub enough: Option<&'a Enough<'a>>,
    /// Given every chunk in the order of draws, where draws are kept.
    pub keep: Option<&'a mut KeepDraws<'a>>,
}

/// Whether the columns of the plan, as they stand, are precise enough.
pub type Enough<'a> = dyn Fn(&[OutcomeColumn]) -> bool + Sync + 'a;

/// Takes the chunks of a run whose draws are kept, inputs included.
pub type KeepDraws<'a> = dyn FnMut(&Chunk) -> Result<(), String> + Send + 'a;

/// Why a run has no results.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Interrupted {
    #[error("stopped after {done} of {draws} draws")]
    Cancelled { done: u64, draws: u64 },
    #[error("{0}")]
    KeepingDraws(String),
    #[error("threads could not be started: {0}")]
    Threads(String),
}

/// Leading draws whose cells are kept, for a plan: a function of its shape and of the draws asked for alone.
pub fn quantile_draws(plan: &Plan) -> usize {
    let per_draw = (plan.world.periods * plan.tables.len() * size_of::<f32>()).max(1);
    let fitting = (CELL_MEMORY / per_draw).clamp(REPLICATES, MOST_QUANTILE_DRAWS);
    fitting.min(usize::try_from(plan.draws).unwrap_or(usize::MAX))
}

/// Leading draws whose outcomes are kept.
pub fn outcome_draws(plan: &Plan) -> usize {
    let fitting = (MOST_OUTCOME_VALUES / plan.columns().max(1)).max(MOST_QUANTILE_DRAWS);
    fitting.min(usize::try_from(plan.draws).unwrap_or(usize::MAX))
}

/// Runs every draw of the plan.
///
/// # Errors
/// [`Interrupted`] if it was cancelled, if kept draws could not be written, or if no thread could be had.
pub fn run(plan: &Plan, control: Control<'_>) -> Result<Results, Interrupted> {
    let (design, isa, keeping) = (plan.design(), control.isa, control.keep.is_some());
    let make = |workspace: &mut Workspace<'_>, index| {
        let mut chunk = work(plan, &design, index, None).run_in(isa, workspace);
        if keeping {
            chunk.inputs.clone_from(&workspace.inputs);
        }
        [chunk]
    };
    let [results] = run_chunks(plan, control, [plan.branches()], || Workspace::new(plan), make)?;
    Ok(results)
}

/// Two worlds under the same draws.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The second less the first, draw by draw.
    pub less: Results,
    /// The outcomes of each, over the draws that succeeded in both; no cells.
    pub first: Results,
    pub second: Results,
}

/// Runs every draw of two plans and gives the second less the first, draw by draw: their worlds differ, their draws and what they report do not.
/// Draws that fail in either are left out of both.
///
/// # Errors
/// As [`run`].
pub fn run_difference(from: &Plan, plan: &Plan, control: Control<'_>) -> Result<Difference, Interrupted> {
    let (design_from, design, isa) = (from.design(), plan.design(), control.isa);
    let branches = if plan.branches() > 0 { plan.branches() } else { from.branches() };
    let workspaces = || (Workspace::new(plan), Workspace::new(from));
    let make = |(own, others): &mut (Workspace<'_>, Workspace<'_>), index| {
        let mut both = |only: Option<&[bool]>| {
            (work(plan, &design, index, only).run_in(isa, own), work(from, &design_from, index, only).run_in(isa, others))
        };
        let (mut minuend, mut subtrahend) = both(None);
        if minuend.alive != subtrahend.alive {
            // Rare, and dear only then: sums must be over the same draws.
            let alive: Vec<bool> = minuend.alive.iter().zip(&subtrahend.alive).map(|(a, b)| *a && *b).collect();
            (minuend, subtrahend) = both(Some(&alive));
        }
        let (first, second) = (subtrahend.outcomes_alone(), minuend.outcomes_alone());
        [minuend.less(&subtrahend, plan.columns(), branches), first, second]
    };
    let [less, first, second] = run_chunks(plan, control, [branches, 0, 0], workspaces, make)?;
    Ok(Difference { less, first, second })
}

/// Makes every chunk, or several of each, and merges each kind in the order of draws; `branches` says how many each kind tells apart. Draws are kept of the first.
fn run_chunks<W, const N: usize>(
    plan: &Plan,
    mut control: Control<'_>,
    branches: [usize; N],
    workspace: impl Fn() -> W + Sync,
    make: impl Fn(&mut W, u64) -> [Chunk; N] + Sync,
) -> Result<[Results; N], Interrupted> {
    let pool = pool(&control)?;
    let mut looks = checkpoints(plan.draws).into_iter().peekable();
    let mut merged = branches.map(|branches| Merged::new(plan, branches));
    let (cancel, progress, enough) = (control.cancel, control.progress, control.enough);
    let (mut done, mut ended, mut wrong) = (0, false, None);
    let make = |workspace: &mut W, index| {
        if cancel.load(Ordering::Relaxed) {
            return None;
        }
        let chunks = make(workspace, index);
        progress(chunks.first().map_or(0, |chunk| chunk.count as u64));
        Some(chunks)
    };
    let merge = |chunks: [Chunk; N]| {
        if let (Some(keep), Some(chunk)) = (control.keep.as_mut(), chunks.first())
            && let Err(reason) = keep(chunk)
        {
            wrong = Some(Interrupted::KeepingDraws(reason));
            return ControlFlow::Break(());
        }
        done += chunks.first().map_or(0, |chunk| chunk.count as u64);
        for (merged, chunk) in merged.iter_mut().zip(chunks) {
            merged.add(chunk);
        }
        // Chunk by chunk in the order of draws, so that where a run stops does not hang on how many were made at once.
        if looks.next_if_eq(&done).is_some() {
            for merged in &mut merged {
                merged.look_back(done);
            }
            let first = merged.first().map(|merged| &merged.results.outcomes);
            ended = done == plan.draws || enough.zip(first).is_some_and(|(enough, outcomes)| enough(outcomes));
        }
        if ended { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    in_order(&pool, chunks(plan), in_flight(plan, pool.current_num_threads()), workspace, make, merge);
    match wrong {
        Some(wrong) => Err(wrong),
        None if !ended => Err(Interrupted::Cancelled { done, draws: plan.draws }),
        None => Ok(merged.map(|merged| merged.finish(done))),
    }
}

/// How many chunks may be begun before the first of them is merged.
pub(super) fn in_flight(plan: &Plan, threads: usize) -> u64 {
    let sums = (plan.world.periods * plan.tables.len() * size_of::<f64>()).max(1);
    (FLIGHT_MEMORY / sums).clamp(threads, IN_FLIGHT * threads) as u64
}

/// Chunks that a run is made of.
pub(super) fn chunks(plan: &Plan) -> u64 {
    plan.draws.div_ceil(CHUNK as u64)
}

/// Threads as asked for.
pub(super) fn pool(control: &Control<'_>) -> Result<rayon::ThreadPool, Interrupted> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(control.threads.unwrap_or(0))
        .stack_size(STACK)
        .build()
        .map_err(|error| Interrupted::Threads(error.to_string()))
}

/// Chunk number `index` alone: the same whatever else is run.
pub fn one(plan: &Plan, design: &Design, index: u64, isa: Isa) -> Chunk {
    work(plan, design, index, None).run_on(isa)
}

/// Chunk number `index`, of `only` these draws if not of all.
pub(super) fn work<'a>(plan: &'a Plan, design: &'a Design, index: u64, only: Option<&'a [bool]>) -> ChunkWork<'a> {
    let first = index * CHUNK as u64;
    let count = usize::try_from(plan.draws - first).unwrap_or(usize::MAX).min(CHUNK);
    let keep = quantile_draws(plan).saturating_sub(usize::try_from(first).unwrap_or(usize::MAX)).min(count);
    ChunkWork { plan, design, first, count, keep, only }
}
