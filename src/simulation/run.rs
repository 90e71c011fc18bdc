//! All draws: chunks over threads, merged in the order of their draws.

use super::checkpoints::checkpoints;
use super::chunk::{CHUNK, Chunk, ChunkWork};
use super::plan::Plan;
use super::results::{Leading, OutcomeColumn, Results, Snapshot};
use crate::numerics::{Isa, Running};
use crate::uncertainty::{Design, REPLICATES};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;

/// Quantiles of the wide tables rest on at most this many leading draws …
const MOST_QUANTILE_DRAWS: usize = 1024;
/// … and on fewer where their cells would not fit this many bytes.
const CELL_MEMORY: usize = 192 << 20;
/// Outcomes keep their values for exact quantiles up to this many numbers; beyond, in the leading draws only.
const MOST_OUTCOME_VALUES: usize = 8 << 20;
/// Chunks in flight before they are merged: this many, or what fits [`CELL_MEMORY`] but no fewer than keep some threads busy.
const WAVE: usize = 32;
const LEAST_WAVE: usize = 4;
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
pub type Enough<'a> = dyn Fn(&[OutcomeColumn]) -> bool + 'a;

/// Takes the chunks of a run whose draws are kept.
pub type KeepDraws<'a> = dyn FnMut(&Chunk) -> Result<(), String> + 'a;

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
    let (design, isa) = (plan.design(), control.isa);
    let [results] = run_chunks(plan, control, [plan.branches()], |index| [one(plan, &design, index, isa)])?;
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
    let [less, first, second] = run_chunks(plan, control, [branches, 0, 0], |index| {
        let (mut minuend, mut subtrahend) = (one(plan, &design, index, isa), one(from, &design_from, index, isa));
        if minuend.alive != subtrahend.alive {
            // Rare, and dear only then: sums must be over the same draws.
            let both: Vec<bool> = minuend.alive.iter().zip(&subtrahend.alive).map(|(a, b)| *a && *b).collect();
            minuend = work(plan, &design, index, Some(&both)).run_on(isa);
            subtrahend = work(from, &design_from, index, Some(&both)).run_on(isa);
        }
        let (first, second) = (subtrahend.outcomes_alone(), minuend.outcomes_alone());
        [minuend.less(&subtrahend, plan.columns(), branches), first, second]
    })?;
    Ok(Difference { less, first, second })
}

/// Makes every chunk, or several of each, and merges each kind in the order of draws; `branches` says how many each kind tells apart. Draws are kept of the first.
fn run_chunks<const N: usize>(
    plan: &Plan,
    mut control: Control<'_>,
    branches: [usize; N],
    make: impl Fn(u64) -> [Chunk; N] + Sync,
) -> Result<[Results; N], Interrupted> {
    let pool = pool(&control)?;
    let mut looks = checkpoints(plan.draws).into_iter().peekable();
    let mut merged = branches.map(|branches| Merged::new(plan, branches));
    let mut done = 0;
    let sums = (plan.world.periods * plan.tables.len() * size_of::<f64>()).max(1);
    let in_flight = (CELL_MEMORY / sums).clamp(LEAST_WAVE, WAVE) as u64;
    let chunks = plan.draws.div_ceil(CHUNK as u64);
    let mut next = 0;
    'run: while next < chunks {
        let wave: Vec<u64> = (next..chunks.min(next + in_flight)).collect();
        let finished: Vec<Option<[Chunk; N]>> = pool.install(|| {
            wave.par_iter()
                .map(|&index| {
                    if control.cancel.load(Ordering::Relaxed) {
                        return None;
                    }
                    let chunks = make(index);
                    (control.progress)(chunks.first().map_or(0, |chunk| chunk.count as u64));
                    Some(chunks)
                })
                .collect()
        });
        for chunks in finished {
            let Some(chunks) = chunks else { return Err(Interrupted::Cancelled { done, draws: plan.draws }) };
            if let (Some(keep), Some(chunk)) = (control.keep.as_mut(), chunks.first()) {
                keep(chunk).map_err(Interrupted::KeepingDraws)?;
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
                if done < plan.draws && control.enough.zip(first).is_some_and(|(enough, outcomes)| enough(outcomes)) {
                    break 'run;
                }
            }
        }
        next += wave.len() as u64;
    }
    Ok(merged.map(|merged| merged.finish(done)))
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

fn work<'a>(plan: &'a Plan, design: &'a Design, index: u64, only: Option<&'a [bool]>) -> ChunkWork<'a> {
    let first = index * CHUNK as u64;
    let count = usize::try_from(plan.draws - first).unwrap_or(usize::MAX).min(CHUNK);
    let keep = quantile_draws(plan).saturating_sub(usize::try_from(first).unwrap_or(usize::MAX)).min(count);
    ChunkWork { plan, design, first, count, keep, only }
}

/// Chunks put together in order.
struct Merged {
    succeeded: u64,
    results: Results,
}

impl Merged {
    fn new(plan: &Plan, branches: usize) -> Self {
        let outcome_draws = outcome_draws(plan);
        let nothing = vec![Running::default(); REPLICATES];
        let column =
            OutcomeColumn { by_branch: vec![nothing.clone(); branches], replicates: nothing, values: Vec::with_capacity(outcome_draws) };
        Merged {
            succeeded: 0,
            results: Results {
                draws: plan.draws,
                asked: plan.draws,
                snapshots: Vec::new(),
                replicates: Vec::with_capacity(outcome_draws),
                failures: Vec::new(),
                outcomes: vec![column; plan.columns()],
                mean_change: vec![0.0; plan.world.periods * plan.tables.len()],
                quantile_draws: quantile_draws(plan),
                outcome_draws,
                branches: Vec::with_capacity(outcome_draws),
                waiting_residual: 0.0,
                leading: Vec::new(),
            },
        }
    }

    fn add(&mut self, mut chunk: Chunk) {
        self.succeeded += chunk.alive.iter().filter(|alive| **alive).count() as u64;
        self.results.failures.append(&mut chunk.failures);
        for (total, sum) in self.results.mean_change.iter_mut().zip(&chunk.sums) {
            *total += sum;
        }
        let room = self.results.outcome_draws.saturating_sub(usize::try_from(chunk.first).unwrap_or(usize::MAX)).min(chunk.count);
        self.results.waiting_residual = self.results.waiting_residual.max(chunk.waiting_residual);
        let alive = (0..room).filter(|&draw| chunk.alive[draw]);
        self.results.replicates.extend(alive.map(|draw| ((chunk.first + draw as u64) % REPLICATES as u64) as u8));
        self.results.branches.extend(chunk.branches[..room].iter().zip(&chunk.alive).filter(|(_, alive)| **alive).map(|(bits, _)| *bits));
        let columns = self.results.outcomes.len();
        for (index, column) in self.results.outcomes.iter_mut().enumerate() {
            for (block, replicates) in std::iter::once(&mut column.replicates).chain(&mut column.by_branch).enumerate() {
                for (replicate, moments) in replicates.iter_mut().zip(&chunk.moments[(block * columns + index) * REPLICATES..]) {
                    *replicate = replicate.merge(*moments);
                }
            }
            let values = &chunk.outcomes[index * CHUNK..index * CHUNK + room];
            column.values.extend(values.iter().zip(&chunk.alive).filter(|(_, alive)| **alive).map(|(value, _)| *value));
        }
        if chunk.kept > 0 {
            chunk.alive.truncate(chunk.kept);
            self.results.leading.push(Leading { alive: chunk.alive, changes: chunk.changes });
        }
    }

    fn look_back(&mut self, draws: u64) {
        let replicates = self.results.outcomes.iter().map(|column| column.replicates.clone()).collect();
        self.results.snapshots.push(Snapshot { draws, replicates });
    }

    fn finish(mut self, made: u64) -> Results {
        self.results.draws = made;
        self.results.quantile_draws = self.results.quantile_draws.min(usize::try_from(made).unwrap_or(usize::MAX));
        self.results.outcome_draws = self.results.outcome_draws.min(usize::try_from(made).unwrap_or(usize::MAX));
        let count = self.succeeded.max(1) as f64;
        for total in &mut self.results.mean_change {
            *total /= count;
        }
        self.results
    }
}
