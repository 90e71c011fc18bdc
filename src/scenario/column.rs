//! Observed values for an empirical distribution: one column of a CSV file beside the scenario, a decimal point, no gaps.

use super::file;
use super::reader::Reader;
use super::written::Written;
use crate::diagnostics::{SourceText, quoted, suggest};
use std::path::Path;

/// The numbers of column `column` of the CSV at `file`, a path beside the file that names it. What is wrong is noted, and `None` given.
pub(super) fn read(reader: &mut Reader<'_>, file: &Written, column: &Written) -> Option<Vec<f64>> {
    let (name, heading) = (reader.text(file, "the path of a CSV file"), reader.text(column, "the name of a column"));
    let (name, heading) = (name?, heading?);
    let path = file.place.source.path.parent().unwrap_or(Path::new("")).join(name);
    let (source, input) = match file::read(&path, &label(name)) {
        Ok(read) => read,
        Err(found) => {
            for item in found.items {
                if item.span.is_none() {
                    // Better the line that names the file than the file that is not there.
                    reader.error(&file.place, format!("{}: {}", item.path.display(), item.message), item.help);
                } else {
                    reader.found.items.push(item);
                }
            }
            return None;
        }
    };
    if !reader.files.contains(&input) {
        reader.files.push(input);
    }
    values(reader, &source, heading, column)
}

/// How a file is named in the manifest: as the scenario names it, without a path from the root of this machine.
pub(super) fn label(name: &str) -> String {
    let path = Path::new(name);
    match path.file_name() {
        Some(file) if path.is_absolute() => file.to_string_lossy().into_owned(),
        _ => name.to_owned(),
    }
}

fn values(reader: &mut Reader<'_>, source: &SourceText, heading: &str, column: &Written) -> Option<Vec<f64>> {
    let mut table = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let headings = match table.headers() {
        Ok(headings) => headings.clone(),
        Err(error) => {
            reader.found.error_at(source, 0..0, format!("not a CSV table: {error}"), None);
            return None;
        }
    };
    let Some(index) = headings.iter().position(|h| h == heading) else {
        let known: Vec<&str> = headings.iter().collect();
        let message = format!("no column {} in {}", quoted(heading), source.path.display());
        reader.error(&column.place, message, suggest(heading, &known));
        return None;
    };
    let mut values = Vec::new();
    let mut whole = true;
    for record in table.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                let line = line_at(source, at);
                reader.found.error_at(source, line, "a row with more or fewer cells than the heading", None);
                return None;
            }
        };
        let cell = record.get(index).unwrap_or("");
        match cell.parse::<f64>() {
            Ok(value) if value.is_finite() => values.push(value),
            _ => {
                let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                let line = line_at(source, start);
                // The cell itself, where its text stands just once in the row.
                let row = &source.text[line.clone()];
                let span = match row.find(cell) {
                    Some(at) if !cell.is_empty() && row.matches(cell).count() == 1 => line.start + at..line.start + at + cell.len(),
                    _ => line,
                };
                let help = match cell {
                    "" => "delete the row, or fill the cell".to_owned(),
                    c if c.contains(',') && c.replacen(',', ".", 1).parse::<f64>().is_ok() => {
                        "write a decimal point, not a comma".to_owned()
                    }
                    _ => "only finite numbers with a decimal point are read".to_owned(),
                };
                reader.found.error_at(source, span, format!("{} in column {heading} is not a number", quoted(cell)), Some(help));
                whole = false;
            }
        }
        if reader.found.items.len() > 200 {
            return None;
        }
    }
    if values.is_empty() && whole {
        reader.error(&column.place, format!("column {} of {} has no values", quoted(heading), source.path.display()), None);
        return None;
    }
    whole.then_some(values)
}

fn line_at(source: &SourceText, byte: usize) -> std::ops::Range<usize> {
    let text: &str = &source.text;
    // The CSV reader counts from the end of the row before, line break included or not.
    let start = text.get(byte..).map_or(text.len(), |rest| text.len() - rest.trim_start_matches(['\r', '\n']).len());
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
    start..end
}
