//! `sweep.csv`: the swept values, then the columns of `summary.csv`, of every point of a grid.

use super::run_tables::{SUMMARY_COLUMNS, summary_cells};
use super::table::Cell::Text;
use super::{Folder, OutputError, Table};
use crate::findings::sweep::Sweep;

/// Writes the combined table of a sweep.
///
/// # Errors
/// If it cannot be written.
pub fn write_sweep(sweep: &Sweep, folder: &Folder) -> Result<(), OutputError> {
    let header: Vec<&str> = sweep.axes.iter().map(|axis| axis.label.as_str()).chain(SUMMARY_COLUMNS).collect();
    let mut table = Table::create(folder, "sweep.csv", &header)?;
    for point in &sweep.points {
        let values = || point.place.iter().zip(&sweep.axes).map(|(&value, axis)| Text(&axis.values[value]));
        for row in &point.rows {
            let cells: Vec<_> = values().chain(summary_cells(row)).collect();
            table.row(&cells)?;
        }
    }
    table.finish()
}
