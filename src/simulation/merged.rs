//! Chunks put together in the order of their draws.

use super::chunk::{CHUNK, Chunk};
use super::plan::Plan;
use super::results::{Leading, OutcomeColumn, Results, Snapshot};
use super::run::{outcome_draws, quantile_draws};
use crate::numerics::Running;
use crate::uncertainty::REPLICATES;

/// A run so far.
pub(super) struct Merged {
    succeeded: u64,
    pub results: Results,
}

impl Merged {
    /// Of nothing; `branches` are told apart.
    pub fn new(plan: &Plan, branches: usize) -> Self {
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

    /// Adds the next chunk.
    pub fn add(&mut self, mut chunk: Chunk) {
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
            self.results.leading.push(Leading::new(chunk.alive, chunk.changes));
        }
    }

    /// Remembers how the figures stand.
    pub fn look_back(&mut self, draws: u64) {
        let replicates = self.results.outcomes.iter().map(|column| column.replicates.clone()).collect();
        self.results.snapshots.push(Snapshot { draws, replicates });
    }

    /// The results of the draws that were made.
    pub fn finish(mut self, made: u64) -> Results {
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
