//! What is reported, and its figure in the base year.

use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;
use crate::scenario::Reading;

pub(super) fn outcomes(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["outcome", "measure", "as", "unit", "base year"], 4);
    for outcome in &loaded.plan.outcomes {
        let reading = match outcome.reading {
            Reading::Level => "level",
            Reading::Change => "change",
            Reading::Percent => "percent",
        };
        let base = if outcome.is_change() { String::new() } else { figure(outcome.central) };
        let cells = [outcome.name.as_str(), outcome.measure.name(), reading, outcome.unit()];
        table.row(cells.map(str::to_string).into_iter().chain([base]).collect());
    }
    table
}

/// Three decimals below ten, one above.
fn figure(value: f64) -> String {
    if value.abs() < 10.0 { format!("{value:.4}") } else { format!("{value:.1}") }
}
