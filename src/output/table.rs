//! A table of results as comma-separated values: one way to write a number, one way to write a text.

use super::folder::{Folder, Pending};
use super::{OutputError, numbers};
use std::borrow::Cow;
use std::io::BufWriter;

/// What stands in one place of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A text; one that a spreadsheet would take for a formula gets an apostrophe in front.
    Text(&'a str),
    /// A figure, with up to fifteen significant digits; NaN is left blank.
    Number(f64),
    /// A count.
    Integer(u64),
    /// Nothing: the figure does not exist.
    Blank,
}

/// A table that is being written. Until [`Table::finish`] it does not exist for the reader of the folder.
#[derive(Debug)]
pub struct Table<'f> {
    writer: csv::Writer<BufWriter<Pending<'f>>>,
    columns: usize,
    text: String,
}

impl<'f> Table<'f> {
    /// Begins the table `name` of `folder` with its header.
    ///
    /// # Errors
    /// If the file cannot be made or written.
    pub fn create(folder: &'f Folder, name: &str, header: &[&str]) -> Result<Table<'f>, OutputError> {
        let pending = folder.begin(name)?;
        // Cells are quoted where they hold a comma, a quote or a line end, and nowhere else.
        let writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(BufWriter::with_capacity(1 << 16, pending));
        let mut table = Table { writer, columns: header.len(), text: String::new() };
        for name in header {
            table.field(&Cell::Text(name))?;
        }
        table.end_row()?;
        Ok(table)
    }

    /// Appends a row, one cell per column.
    ///
    /// # Errors
    /// If it cannot be written, or has another number of cells than the header.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), OutputError> {
        if cells.len() != self.columns {
            let message = format!("a row of {} cells in a table of {} columns", cells.len(), self.columns);
            return Err(self.error(std::io::Error::other(message)));
        }
        for cell in cells {
            self.field(cell)?;
        }
        self.end_row()
    }

    /// Completes the table.
    ///
    /// # Errors
    /// If what is still unwritten cannot be.
    pub fn finish(self) -> Result<(), OutputError> {
        let path = self.path();
        let flushed = self.writer.into_inner().map_err(|e| e.into_error());
        let pending = flushed.and_then(|buffer| buffer.into_inner().map_err(|e| e.into_error()));
        pending.map_err(|error| OutputError::new(&path, error))?.complete()
    }

    fn field(&mut self, cell: &Cell) -> Result<(), OutputError> {
        self.text.clear();
        let written = match *cell {
            Cell::Text(text) => self.writer.write_field(&*escaped(text)),
            Cell::Number(value) => {
                numbers::push(&mut self.text, value);
                self.writer.write_field(&self.text)
            }
            Cell::Integer(value) => self.writer.write_field(value.to_string()),
            Cell::Blank => self.writer.write_field(""),
        };
        written.map_err(|error| self.error(cause(error)))
    }

    fn end_row(&mut self) -> Result<(), OutputError> {
        self.writer.write_record(None::<&[u8]>).map_err(|error| self.error(cause(error)))
    }

    fn path(&self) -> std::path::PathBuf {
        self.writer.get_ref().get_ref().path()
    }

    fn error(&self, error: std::io::Error) -> OutputError {
        OutputError::new(&self.path(), error)
    }
}

/// The system's error inside the writer's, which by itself says only that something went wrong.
fn cause(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// A text that no spreadsheet runs: an apostrophe before what would begin a formula.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// One line of comma-separated texts, escaped and quoted as in a table of results, without its line end.
pub(super) fn csv_line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = |cell: &str| {
        let cell = escaped(cell);
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.into_owned() }
    };
    cells.map(quoted).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Manifest;

    fn written(write: impl FnOnce(&Folder) -> Result<(), OutputError>) -> String {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let folder = Folder::create(&parent.path().join("run")).expect("a folder of results");
        write(&folder).expect("a table");
        folder.finish(Manifest::default()).expect("a whole run");
        std::fs::read_to_string(parent.path().join("run/t.csv")).expect("the table")
    }

    #[test]
    fn cells_are_written_plainly_and_quoted_where_needed() {
        let text = written(|folder| {
            let mut table = Table::create(folder, "t.csv", &["name", "=value", "n", "none"])?;
            table.row(&[Cell::Text("Saint John, \"NB\""), Cell::Number(-1.5), Cell::Integer(u64::MAX), Cell::Blank])?;
            table.row(&[Cell::Text("é\nx"), Cell::Number(f64::NAN), Cell::Integer(0), Cell::Blank])?;
            table.finish()
        });
        assert_eq!(text, "name,'=value,n,none\n\"Saint John, \"\"NB\"\"\",-1.5,18446744073709551615,\n\"é\nx\",,0,\n");
    }

    #[test]
    fn a_text_that_would_be_a_formula_is_escaped_and_no_other() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(escaped(text), format!("'{text}"));
        }
        for text in ["", "a=b", "'=1", "Canada–Mexico", "50%"] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn a_row_of_another_width_is_refused() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let folder = Folder::create(&parent.path().join("run")).expect("a folder of results");
        let mut table = Table::create(&folder, "t.csv", &["a", "b"]).expect("a table");
        let error = table.row(&[Cell::Blank]).expect_err("one cell is missing");
        assert!(error.to_string().contains("t.csv") && error.to_string().contains("1 cells"), "{error}");
    }
}
