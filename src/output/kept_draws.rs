//! `draws.csv`: every draw with its inputs and outcomes, a row a period, written as the run goes.

use super::table::Cell::{Integer, Number, Text};
use super::{Folder, OutputError, Table};
use crate::findings::branches;
use crate::simulation::Plan;
use crate::simulation::chunk::{CHUNK, Chunk};

/// The table being written.
pub struct KeptDraws<'a> {
    plan: &'a Plan,
    periods: Vec<String>,
    branches: Vec<String>,
    table: Table<'a>,
}

impl<'a> KeptDraws<'a> {
    /// Begins the table in `folder`; `branches` are the names of the plan's, in their order.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(folder: &'a Folder, plan: &'a Plan, periods: Vec<String>, branches: Vec<String>) -> Result<Self, OutputError> {
        let mut header = vec!["draw", "branch", "period"];
        header.extend(plan.world.parameters.iter().map(|parameter| parameter.path.as_str()));
        header.extend(plan.outcomes.iter().map(|outcome| outcome.name.as_str()));
        Ok(KeptDraws { plan, periods, branches, table: Table::create(folder, "draws.csv", &header)? })
    }

    /// Appends the draws of a chunk that succeeded.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn add(&mut self, chunk: &Chunk) -> Result<(), OutputError> {
        for draw in (0..chunk.count).filter(|&draw| chunk.alive[draw]) {
            let branch = branches::name_of(chunk.branches[draw], &self.branches);
            for (period, label) in self.periods.iter().enumerate() {
                let mut row = vec![Integer(chunk.first + draw as u64), Text(&branch), Text(label)];
                row.extend((0..self.plan.world.parameters.len()).map(|parameter| Number(chunk.inputs[parameter * CHUNK + draw])));
                let outcomes = 0..self.plan.outcomes.len();
                row.extend(outcomes.map(|outcome| Number(chunk.outcomes[self.plan.column(outcome, period) * CHUNK + draw])));
                self.table.row(&row)?;
            }
        }
        Ok(())
    }

    /// Puts the table in place.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<(), OutputError> {
        self.table.finish()
    }
}
