//! A table of results read back: the columns it must have, its cells as they were meant.

use super::finished::ReadError;
use super::table::escaped;
use std::path::{Path, PathBuf};

/// A table that a run left.
#[derive(Debug)]
pub struct ReadTable {
    path: PathBuf,
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl ReadTable {
    /// The table in `bytes`, which must have these columns, perhaps among others.
    ///
    /// # Errors
    /// If it is no table, or lacks a column.
    pub fn read(path: &Path, bytes: &[u8], needed: &[&str]) -> Result<ReadTable, ReadError> {
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
        let damaged = |error: csv::Error| ReadError::damaged(path, error.to_string());
        let columns: Vec<String> = reader.headers().map_err(damaged)?.iter().map(|name| meant(name).to_string()).collect();
        if let Some(missing) = needed.iter().find(|name| !columns.iter().any(|column| column == *name)) {
            return Err(ReadError::damaged(path, format!("it has no column {missing}")));
        }
        let rows = reader.records().collect::<Result<_, _>>().map_err(damaged)?;
        Ok(ReadTable { path: path.to_path_buf(), columns, rows })
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Its rows in their order.
    pub fn rows(&self) -> impl Iterator<Item = ReadRow<'_>> {
        self.rows.iter().map(|record| ReadRow { table: self, record })
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct ReadRow<'t> {
    table: &'t ReadTable,
    record: &'t csv::StringRecord,
}

impl<'t> ReadRow<'t> {
    fn cell(&self, column: &str) -> &'t str {
        let place = self.table.columns.iter().position(|name| name == column);
        place.and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    /// A text, without the apostrophe that keeps spreadsheets from running it.
    pub fn text(&self, column: &str) -> &'t str {
        meant(self.cell(column))
    }

    /// A figure; NaN where the cell is blank.
    ///
    /// # Errors
    /// If something else stands there.
    pub fn number(&self, column: &str) -> Result<f64, ReadError> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Ok(f64::NAN);
        }
        cell.parse().map_err(|_| {
            let line = self.record.position().map_or(0, csv::Position::line);
            ReadError::damaged(&self.table.path, format!("line {line}, column {column}: `{cell}` is no number"))
        })
    }
}

fn meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| escaped(rest) == cell).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back_as_they_were_meant() {
        let bytes = b"name,x\n'=1,1.5\n\"Saint John, \"\"NB\"\"\",\n'plain,inf\n";
        let table = ReadTable::read(Path::new("t.csv"), bytes, &["x"]).expect("a table");
        let rows: Vec<_> = table.rows().map(|row| (row.text("name"), row.number("x").expect("a number"))).collect();
        assert_eq!(rows[0], ("=1", 1.5));
        assert!(rows[1].0 == "Saint John, \"NB\"" && rows[1].1.is_nan());
        assert_eq!(rows[2], ("'plain", f64::INFINITY));
    }

    #[test]
    fn what_is_damaged_is_told_with_its_place() {
        let said = |bytes: &[u8]| match ReadTable::read(Path::new("t.csv"), bytes, &["x"]) {
            Ok(table) => table.rows().find_map(|row| row.number("x").err()).expect("a damaged row").to_string(),
            Err(error) => error.to_string(),
        };
        assert!(said(b"name\na\n").contains("no column x"));
        assert!(said(b"name,x\na,many\n").contains("`t.csv` is damaged: line 2, column x: `many` is no number"));
        assert!(said(b"name,x\na\n").contains("t.csv"));
    }
}
