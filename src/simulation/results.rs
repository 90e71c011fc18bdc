//! What a run leaves in memory: enough for every table and chart, and no more however many draws there were.

use crate::model::Failure;
use crate::numerics::Running;

/// A draw without an equilibrium. It is in no mean and no quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawFailure {
    pub draw: u64,
    pub period: usize,
    /// `None`: not in one sector, but between trade and waiting.
    pub sector: Option<usize>,
    pub failure: Failure,
}

/// One outcome in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeColumn {
    /// By replicate of the design (draw modulo [`crate::uncertainty::REPLICATES`]).
    pub replicates: Vec<Running>,
    /// The same by branch, over the draws in which it came about.
    pub by_branch: Vec<Vec<Running>>,
    /// The outcome in the leading draws that succeeded, in order.
    pub values: Vec<f64>,
}

impl OutcomeColumn {
    /// Over all draws that succeeded.
    pub fn whole(&self) -> Running {
        self.replicates.iter().copied().fold(Running::default(), Running::merge)
    }
}

/// A finished run.
#[derive(Debug, Clone)]
pub struct Results {
    /// Draws made: those asked for, or fewer where the figures were precise enough before.
    pub draws: u64,
    /// Draws asked for.
    pub asked: u64,
    /// What was known at each checkpoint, the last the end of the run.
    pub snapshots: Vec<Snapshot>,
    /// In the order of their draws.
    pub failures: Vec<DrawFailure>,
    /// By column of the plan: every outcome in every period, and in the base year.
    pub outcomes: Vec<OutcomeColumn>,
    /// Period-major, then cell of [`super::tables::Tables`]: the mean change from the base year over all draws that succeeded.
    pub mean_change: Vec<f64>,
    /// The leading draws that the wide tables' quantiles rest on, failed ones included.
    pub quantile_draws: usize,
    /// The leading draws that the outcomes' quantiles rest on, failed ones included.
    pub outcome_draws: usize,
    /// Of those that succeeded: the randomisation of the design that each belongs to (draw modulo [`crate::uncertainty::REPLICATES`]).
    pub replicates: Vec<u8>,
    /// Of those that succeeded: one bit for each branch that came about, the first lowest.
    pub branches: Vec<u64>,
    /// Days: the largest difference left between the waiting that goods were told of and the one that they caused.
    pub waiting_residual: f64,
    /// Changes from the base year in those draws, in single precision.
    pub leading: Vec<Leading>,
}

/// The moments of all columns after some draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    pub draws: u64,
    /// By column of the plan, by replicate.
    pub replicates: Vec<Vec<Running>>,
}

/// The cells of some leading draws.
#[derive(Debug, Clone)]
pub struct Leading {
    /// Whether each draw succeeded.
    pub alive: Vec<bool>,
    /// Period-major, then cell, one number a draw.
    pub changes: Vec<f32>,
}

impl Results {
    /// The changes of one cell (period × cells + cell) in the leading draws that succeeded, into `to`.
    pub fn changes(&self, cell: usize, to: &mut Vec<f64>) {
        to.clear();
        for leading in &self.leading {
            let draws = leading.alive.len();
            let changes = &leading.changes[cell * draws..(cell + 1) * draws];
            to.extend(changes.iter().zip(&leading.alive).filter(|(_, alive)| **alive).map(|(change, _)| f64::from(*change)));
        }
    }

    /// Which of the first `draws` draws succeeded, by number; no more than the outcomes' quantiles rest on.
    pub fn alive(&self, draws: usize) -> Vec<usize> {
        let mut failed = self.failures.iter().map(|failure| failure.draw).peekable();
        let mut alive = Vec::with_capacity(draws);
        for draw in 0..draws.min(self.outcome_draws) {
            let mut solved = true;
            while failed.next_if(|&failed| failed <= draw as u64).is_some() {
                solved = false;
            }
            if solved {
                alive.push(draw);
            }
        }
        alive
    }

    /// Draws that have an equilibrium.
    pub fn succeeded(&self) -> u64 {
        let mut failed: Vec<u64> = self.failures.iter().map(|f| f.draw).collect();
        failed.dedup();
        self.draws - failed.len() as u64
    }
}
