//! The grid of a scenario with `[[sweep]]`: its dimensions and their values.

use super::short;
use crate::cli::columns::Columns;
use crate::scenario::{Point, Sweep};

/// What a grid is, and that all else here is the scenario before it.
pub(super) fn heading(points: &[Point]) -> String {
    format!(
        "Swept: {} points, each a run under the same draws; all else here is the scenario as it is written, before a swept value takes its place",
        points.len()
    )
}

pub(super) fn sweeps(sweeps: &[Sweep]) -> Columns {
    let mut table = Columns::new(&["sweep", "path", "values"], 2);
    for sweep in sweeps {
        let name = if sweep.label == sweep.path { String::new() } else { short(&sweep.label) };
        table.row(vec![name, sweep.path.clone(), values(&sweep.values)]);
    }
    table.with_last_left()
}

/// All of a few, else how many and the ends.
fn values(values: &[String]) -> String {
    const MOST: usize = 12;
    match values {
        [first, .., last] if values.len() > MOST => format!("{} values, {first} to {last}", values.len()),
        few => few.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_values_are_told_and_many_are_counted() {
        let rates: Vec<String> = (0..13).map(|rate| format!("{}%", 5 * rate)).collect();
        assert_eq!(values(&rates[..3]), "0%, 5%, 10%");
        assert_eq!(values(&rates[..1]), "0%");
        assert_eq!(values(&rates), "13 values, 0% to 60%");
    }
}
