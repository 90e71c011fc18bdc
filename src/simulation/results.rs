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
#[derive(Debug, Clone, PartialEq)]
pub struct Leading {
    /// Whether each draw succeeded.
    pub alive: Vec<bool>,
    /// Period-major, then cell: one number a draw, or one for all of them where they are the same, as most tariffs are.
    changes: Vec<f32>,
    /// Where each cell begins in `changes`; one more than there are cells.
    begins: Vec<u32>,
}

impl Leading {
    /// `changes` are period-major, then cell, one number a draw.
    pub(super) fn new(alive: Vec<bool>, mut changes: Vec<f32>) -> Self {
        let draws = alive.len();
        let mut begins = Vec::with_capacity(changes.len() / draws + 1);
        let mut kept = 0;
        for from in (0..changes.len()).step_by(draws) {
            begins.push(kept as u32);
            let first = changes[from].to_bits();
            let count = if changes[from..from + draws].iter().all(|change| change.to_bits() == first) { 1 } else { draws };
            changes.copy_within(from..from + count, kept);
            kept += count;
        }
        begins.push(kept as u32);
        changes.truncate(kept);
        changes.shrink_to_fit();
        Leading { alive, changes, begins }
    }

    /// Cells of all periods.
    pub fn cells(&self) -> usize {
        self.begins.len() - 1
    }

    /// The changes of one cell (period × cells + cell) in the draws that succeeded.
    pub fn of(&self, cell: usize) -> impl Iterator<Item = f32> + '_ {
        let changes = &self.changes[self.begins[cell] as usize..self.begins[cell + 1] as usize];
        let alive = self.alive.iter().enumerate().filter(|(_, alive)| **alive);
        alive.map(move |(draw, _)| if changes.len() == 1 { changes[0] } else { changes[draw] })
    }

    /// The same, after what is in `to`: at once where no draw failed.
    fn append(&self, cell: usize, to: &mut Vec<f64>) {
        let changes = &self.changes[self.begins[cell] as usize..self.begins[cell + 1] as usize];
        if changes.len() == self.alive.len() && self.alive.iter().all(|alive| *alive) {
            to.extend(changes.iter().map(|change| f64::from(*change)));
        } else {
            to.extend(self.of(cell).map(f64::from));
        }
    }
}

impl Results {
    /// The changes of one cell (period × cells + cell) in the leading draws that succeeded, into `to`.
    pub fn changes(&self, cell: usize, to: &mut Vec<f64>) {
        to.clear();
        for leading in &self.leading {
            leading.append(cell, to);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_do_not_vary_are_kept_once_and_read_as_before() {
        let changes = vec![1.0, 2.0, 3.0, 5.0, 5.0, 5.0, 0.0, -0.0, 0.0, 7.0, 7.0, 7.0];
        let leading = Leading::new(vec![true, false, true], changes);
        let read: Vec<Vec<f32>> = (0..leading.cells()).map(|cell| leading.of(cell).collect()).collect();
        assert_eq!(read, [[1.0, 3.0], [5.0, 5.0], [0.0, 0.0], [7.0, 7.0]]);
        assert_eq!(leading.changes.len(), 3 + 1 + 3 + 1);
    }
}
