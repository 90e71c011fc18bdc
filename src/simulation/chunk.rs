//! 256 draws: parameters, lane batches, and what is kept and summed of them.
//!
//! Chunks are the unit of parallel work and of merging. Their size is fixed, and sums run in the order of draws inside and of chunks outside, so that neither threads
//! nor instruction sets can show in a result.

use super::path::PeriodState;
use super::plan::Plan;
use super::profile::Stage;
use super::results::DrawFailure;
use super::workspace::{AHEAD, Lanes, Workspace};
use crate::numerics::{Isa, Kernel, LANES, Real, Running, dispatch};
use crate::uncertainty::{Design, REPLICATES};

/// Draws in a chunk.
pub const CHUNK: usize = 256;

/// What a chunk leaves.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// Number of its first draw.
    pub first: u64,
    /// Its draws: [`CHUNK`], or fewer in the last.
    pub count: usize,
    /// Whether each draw succeeded.
    pub alive: Vec<bool>,
    pub failures: Vec<DrawFailure>,
    /// Parameter-major, [`CHUNK`] a parameter; empty where nobody asked for them, since they are by far the most of it.
    pub inputs: Vec<f64>,
    /// By column of the plan, [`CHUNK`] draws a column.
    pub outcomes: Vec<f64>,
    /// All draws, then branch by branch: by column of the plan, then replicate.
    pub moments: Vec<Running>,
    /// By draw: one bit for each branch that came about.
    pub branches: Vec<u64>,
    /// Days: the largest difference left between the waiting that goods were told of and the one that they caused.
    pub waiting_residual: f64,
    /// Period-major, then cell: the sum of changes over the draws that succeeded.
    pub sums: Vec<f64>,
    /// Period-major, then cell, `kept` draws a cell: changes in the leading draws.
    pub changes: Vec<f32>,
    /// How many of its draws `changes` holds.
    pub kept: usize,
}

impl Chunk {
    /// Periods that are the same as an earlier one take over what was found there: where a scenario's tariffs stay, each further year is free.
    fn repeat_periods(&mut self, plan: &Plan) {
        let cells = plan.tables.len();
        for (period, &earlier) in plan.world.same_as.iter().enumerate().filter(|(period, earlier)| period != *earlier) {
            for outcome in 0..plan.outcomes.len() {
                let column = |period: usize| plan.column(outcome, period) * CHUNK;
                self.outcomes.copy_within(column(earlier)..column(earlier) + CHUNK, column(period));
            }
            self.sums.copy_within(earlier * cells..(earlier + 1) * cells, period * cells);
            let kept = cells * self.kept;
            self.changes.copy_within(earlier * kept..(earlier + 1) * kept, period * kept);
        }
    }
}

impl Chunk {
    /// Its outcomes alone, for those who set two worlds side by side.
    pub fn outcomes_alone(&self) -> Chunk {
        Chunk {
            first: self.first,
            count: self.count,
            alive: self.alive.clone(),
            failures: Vec::new(),
            inputs: Vec::new(),
            outcomes: self.outcomes.clone(),
            moments: self.moments.clone(),
            branches: self.branches.clone(),
            waiting_residual: self.waiting_residual,
            sums: Vec::new(),
            changes: Vec::new(),
            kept: 0,
        }
    }

    /// This less `other`, draw by draw: the same draws through another world. What failed in either is told.
    pub fn less(mut self, other: &Chunk, columns: usize, branches: usize) -> Chunk {
        for (figure, other) in self.outcomes.iter_mut().zip(&other.outcomes) {
            *figure -= other;
        }
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            *sum -= other;
        }
        for (change, other) in self.changes.iter_mut().zip(&other.changes) {
            *change -= other;
        }
        self.failures.extend_from_slice(&other.failures);
        self.failures.sort_by_key(|failure| (failure.draw, failure.period, failure.sector));
        // Told by the events of this, or of the other where this has none: the bits of both cannot be mixed.
        if self.branches.iter().all(|bits| *bits == 0) {
            self.branches.clone_from(&other.branches);
        }
        self.waiting_residual = self.waiting_residual.max(other.waiting_residual);
        self.moments = moments(&self, columns, branches);
        self
    }
}

/// The work of one chunk, to be run on an instruction set.
pub struct ChunkWork<'a> {
    pub plan: &'a Plan,
    pub design: &'a Design,
    pub first: u64,
    pub count: usize,
    /// How many of its leading draws keep their cells.
    pub keep: usize,
    /// The draws that count, where not all do: `None` is all.
    pub only: Option<&'a [bool]>,
}

impl ChunkWork<'_> {
    /// Runs the chunk by itself, with its inputs.
    pub fn run_on(self, isa: Isa) -> Chunk {
        let mut workspace = Workspace::new(self.plan);
        let chunk = self.run_in(isa, &mut workspace);
        Chunk { inputs: workspace.inputs, ..chunk }
    }

    /// Runs the chunk in a workspace of its plan, which keeps the inputs. The engine is compiled here, once for each instruction set, and not again wherever it is
    /// called from.
    pub fn run_in(self, isa: Isa, workspace: &mut Workspace<'_>) -> Chunk {
        debug_assert!(std::ptr::eq(self.plan, workspace.plan));
        dispatch(isa, InWorkspace { work: self, workspace })
    }
}

struct InWorkspace<'w, 'a, 'p> {
    work: ChunkWork<'a>,
    workspace: &'w mut Workspace<'p>,
}

impl Kernel for InWorkspace<'_, '_, '_> {
    type Output = Chunk;

    #[inline(always)]
    fn run<R: Real>(self) -> Chunk {
        let InWorkspace { work, workspace } = self;
        let plan = work.plan;
        let cells = plan.tables.len();
        let columns = plan.columns();
        let mut chunk = Chunk {
            first: work.first,
            count: work.count,
            alive: vec![false; work.count],
            failures: Vec::new(),
            inputs: Vec::new(),
            outcomes: vec![0.0; columns * CHUNK],
            moments: Vec::new(),
            branches: vec![0; work.count],
            waiting_residual: 0.0,
            sums: vec![0.0; plan.world.periods * cells],
            changes: vec![0.0; plan.world.periods * cells * work.keep],
            kept: work.keep,
        };
        let mut lanes = workspace.take_lanes::<R>();
        let Lanes { paths, ahead, changes } = &mut *lanes;
        workspace.inputs.resize(plan.world.parameters.len() * CHUNK, 0.0);
        plan.world.parameters.values::<R>(work.design, work.first, CHUNK, &mut workspace.inputs);
        for start in (0..work.count).step_by(LANES) {
            paths.clock.enter(Stage::Sampling);
            let batch = start / LANES % AHEAD;
            if batch == 0 {
                for (&place, column) in workspace.places.iter().zip(workspace.inputs.chunks_exact(CHUNK)) {
                    for (drawn, lanes) in ahead.iter_mut().zip(column[start..].chunks_exact(LANES)) {
                        drawn[place] = R::load(lanes);
                    }
                }
            }
            std::mem::swap(&mut paths.drawn, &mut ahead[batch]);
            let wanted = (work.count - start).min(LANES);
            let counting =
                (0..wanted).filter(|lane| work.only.is_none_or(|only| only[start + lane])).fold(0, |bits, lane| bits | 1 << lane);
            let alive = paths.solve(&plan.world) & counting;
            paths.clock.enter(Stage::Tables);
            for lane in 0..wanted {
                chunk.alive[start + lane] = alive >> lane & 1 == 1;
            }
            for failure in &paths.failures {
                if failure.lane < wanted {
                    let draw = work.first + (start + failure.lane) as u64;
                    chunk.failures.push(DrawFailure { draw, period: failure.period, sector: failure.sector, failure: failure.failure });
                }
            }
            for (branch, described) in plan.world.branches.branches.iter().enumerate() {
                let came_about = described.gate.of(&paths.drawn);
                for lane in (0..wanted).filter(|&lane| came_about.lane(lane) > 0.5) {
                    chunk.branches[start + lane] |= 1 << branch;
                }
            }
            let mask = R::mask(alive);
            for lane in (0..wanted).filter(|lane| alive >> lane & 1 == 1) {
                chunk.waiting_residual = chunk.waiting_residual.max(paths.routes.residual.lane(lane));
            }
            for period in (0..plan.world.periods).filter(|&period| plan.world.same_as[period] == period) {
                let state = PeriodState { world: &plan.world, paths: &*paths, period };
                for (outcome, compiled) in plan.outcomes.iter().enumerate() {
                    let (before, now) = compiled.before_and_now(&state);
                    compiled.read(before, now).store(&mut chunk.outcomes[plan.column(outcome, period) * CHUNK + start..]);
                    if period == 0 {
                        before.store(&mut chunk.outcomes[plan.base_column(outcome) * CHUNK + start..]);
                    }
                }
                plan.tables.fill(&state, changes);
                let sums = &mut chunk.sums[period * cells..(period + 1) * cells];
                for (sum, change) in sums.iter_mut().zip(changes.iter()) {
                    *sum += R::select(mask, *change, R::zero()).sum();
                }
                let keeping = work.keep.saturating_sub(start).min(wanted);
                if keeping > 0 {
                    keep(changes, &mut chunk.changes[period * cells * work.keep..], work.keep, start, keeping);
                }
            }
        }
        chunk.repeat_periods(plan);
        chunk.failures.sort_by_key(|failure| (failure.draw, failure.period, failure.sector));
        chunk.moments = moments(&chunk, columns, plan.world.branches.branches.len());
        paths.clock.enter(Stage::Sampling);
        workspace.give_back(lanes);
        chunk
    }
}

/// Stores `keeping` lanes of every cell at draw `start`.
#[inline(always)]
fn keep<R: Real>(out: &[R], changes: &mut [f32], per_cell: usize, start: usize, keeping: usize) {
    let mut lanes = [0.0; LANES];
    for (cell, change) in out.iter().enumerate() {
        change.store(&mut lanes);
        let to = &mut changes[cell * per_cell + start..cell * per_cell + start + keeping];
        for (to, from) in to.iter_mut().zip(&lanes) {
            *to = *from as f32;
        }
    }
}

/// Of all draws that succeeded, then of those in which each branch came about.
fn moments(chunk: &Chunk, columns: usize, branches: usize) -> Vec<Running> {
    let mut moments = Vec::with_capacity((1 + branches) * columns * REPLICATES);
    let mut numbers = Vec::with_capacity(CHUNK / REPLICATES);
    // To which replicate the first draw belongs.
    let begins = (chunk.first % REPLICATES as u64) as usize;
    for branch in std::iter::once(None).chain((0..branches).map(Some)) {
        let counts = |d: usize| chunk.alive[d] && branch.is_none_or(|branch| chunk.branches[d] >> branch & 1 == 1);
        for column in chunk.outcomes.chunks_exact(CHUNK).take(columns) {
            for replicate in 0..REPLICATES {
                numbers.clear();
                let first = (replicate + REPLICATES - begins) % REPLICATES;
                numbers.extend((first..chunk.count).step_by(REPLICATES).filter(|&d| counts(d)).map(|d| column[d]));
                moments.push(Running::of(&numbers));
            }
        }
    }
    moments
}
