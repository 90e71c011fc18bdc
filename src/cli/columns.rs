//! A table for a terminal: columns as wide as their widest cell, numbers to the right.

use crate::output::csv_line;

/// Rows under a header; the first `left` columns hold text, the others figures.
pub(super) struct Columns {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    left: usize,
    last_left: bool,
}

impl Columns {
    pub(super) fn new(header: &[&str], left: usize) -> Self {
        Columns { header: header.iter().map(|name| (*name).to_string()).collect(), rows: Vec::new(), left, last_left: false }
    }

    /// The last column holds text too.
    pub(super) fn with_last_left(mut self) -> Self {
        self.last_left = true;
        self
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As a person reads it, each line indented by two.
    pub(super) fn text(&self) -> String {
        let width = |column: usize| {
            let cells = self.rows.iter().chain([&self.header]).filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let width = widths.get(column).copied().unwrap_or(0);
                if column < self.left || (self.last_left && column + 1 == row.len()) {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
            format!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        [&self.header].into_iter().chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }

    /// As a spreadsheet reads it.
    pub(super) fn csv(&self) -> String {
        let lines = [&self.header].into_iter().chain(&self.rows).map(|row| csv_line(row.iter().map(String::as_str)));
        lines.collect::<Vec<_>>().join("\n")
    }
}
