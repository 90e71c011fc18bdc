//! What is random: every uncertain number that the scenario uses, with its mean and the range of nine draws in ten.

use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;

/// For a person: the distribution in words.
pub(super) fn described(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["number", "distribution"], 2);
    for parameter in loaded.plan.world.parameters.iter() {
        table.row(vec![parameter.path.clone(), parameter.distribution.describe()]);
    }
    table
}

/// For a spreadsheet: with its figures.
pub(super) fn uncertain(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["number", "mean", "5%", "95%", "distribution"], 1);
    for parameter in loaded.plan.world.parameters.iter() {
        let distribution = &parameter.distribution;
        let figures = [distribution.mean(), distribution.quantile(0.05), distribution.quantile(0.95)];
        let mut row = vec![parameter.path.clone()];
        row.extend(figures.map(|figure| format!("{figure:.3}")));
        row.push(distribution.describe());
        table.row(row);
    }
    table.with_last_left()
}
