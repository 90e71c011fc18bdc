//! A download read record by record, however large it is: decoded, hashed, its header found behind the title lines that offices put above it.

use super::layouts::{self, Layout};
use crate::baseline::InputFile;
use crate::diagnostics::Diagnostics;
use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Titles and notes above a header are few.
const MOST_TITLES: usize = 30;

/// A quote that is never closed swallows the lines behind it; no office writes a cell of so many.
const MOST_LINES_A_RECORD: u64 = 50;

/// A file, hashed as it is read.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}

/// A download whose layout is known, at its first row.
pub(super) struct Download {
    reader: Reader<Hashed<BufReader<File>>>,
    pub layout: Box<dyn Layout>,
    bytes: ByteRecord,
    path: PathBuf,
    /// Fields in the header.
    width: usize,
    /// The first line that is not UTF-8.
    pub foreign: Option<u64>,
}

/// The place of a line in a file too large to be kept: `imports.csv:17`.
pub(super) fn at_line(path: &Path, line: u64) -> PathBuf {
    PathBuf::from(format!("{}:{line}", path.display()))
}

impl Download {
    /// Opens a file and recognises its layout; `None` with the reason where there is none to use.
    pub fn open(path: &Path, asked: &layouts::Asked, diagnostics: &mut Diagnostics) -> Option<Download> {
        let mut refuse =
            |message: String, help: &str| diagnostics.error_in(path, message, Some(help.to_string()).filter(|help| !help.is_empty()));
        let file = match File::open(path).and_then(|file| file.metadata().map(|about| (file, about))) {
            Ok((file, about)) if about.is_file() => file,
            Ok(_) => {
                refuse("it is not a file".into(), "name the CSV file that you downloaded");
                return None;
            }
            Err(error) => {
                refuse(format!("it cannot be read: {error}"), "");
                return None;
            }
        };
        let mut file = BufReader::with_capacity(1 << 16, file);
        let start = match file.fill_buf() {
            Ok(start) => start.to_vec(),
            Err(error) => {
                refuse(format!("it cannot be read: {error}"), "");
                return None;
            }
        };
        match start.as_slice() {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                refuse("it is UTF-16, not UTF-8".into(), "save it as `CSV UTF-8 (comma delimited)`");
                return None;
            }
            [b'P', b'K', 3, 4, ..] => {
                refuse("it is a ZIP archive or an Excel workbook".into(), "unpack it, or save the sheet as CSV, and name the CSV file");
                return None;
            }
            [0x1f, 0x8b, ..] => {
                refuse("it is compressed with gzip".into(), "unpack it first: gunzip FILE");
                return None;
            }
            [] => {
                refuse("it is empty".into(), "");
                return None;
            }
            _ => {}
        }
        let delimiter = delimiter(&start);
        if start.starts_with(b"\xef\xbb\xbf") {
            file.consume(3);
        }
        let hash = if start.starts_with(b"\xef\xbb\xbf") { Sha256::new_with_prefix(b"\xef\xbb\xbf") } else { Sha256::new() };
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(Hashed { inner: file, hash });
        Download::at_header(reader, path, asked, diagnostics)
    }

    fn at_header(
        mut reader: Reader<Hashed<BufReader<File>>>,
        path: &Path,
        asked: &layouts::Asked,
        diagnostics: &mut Diagnostics,
    ) -> Option<Download> {
        let mut record = ByteRecord::new();
        let (mut titles, mut widest) = (String::new(), Vec::new());
        for _ in 0..MOST_TITLES {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    diagnostics.error_in(path, format!("it cannot be read: {error}"), None);
                    return None;
                }
            }
            let cells: Vec<String> = record.iter().map(|cell| decoded(cell).trim().to_string()).collect();
            match layouts::recognise(&cells, &titles, asked) {
                Some(Ok(layout)) => {
                    let bytes = ByteRecord::new();
                    return Some(Download { reader, layout, bytes, path: path.to_path_buf(), width: cells.len(), foreign: None });
                }
                Some(Err((message, help))) => {
                    diagnostics.error_in(&at_line(path, record.position().map_or(1, csv::Position::line)), message, Some(help));
                    return None;
                }
                None => {}
            }
            titles.push_str(&cells.join(" "));
            titles.push('\n');
            if cells.iter().filter(|cell| !cell.is_empty()).count() > widest.len() {
                widest = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
            }
        }
        let (message, help) = layouts::unknown(&widest, asked);
        diagnostics.error_in(path, message, Some(help));
        None
    }

    /// The next row with its line; `Ok(None)` at the end of the file.
    ///
    /// # Errors
    /// The line and what is wrong: the file cannot be read on, or a quote is never closed.
    pub fn next(&mut self, row: &mut StringRecord) -> Result<Option<u64>, (u64, String)> {
        loop {
            let before = self.reader.position().line();
            match self.reader.read_byte_record(&mut self.bytes) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(error) => return Err((before, format!("the file cannot be read on: {error}"))),
            }
            let line = self.bytes.position().map_or(before, csv::Position::line);
            if self.reader.position().line() > line + MOST_LINES_A_RECORD {
                return Err((line, "a quote on this line is never closed".into()));
            }
            if self.bytes.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            match StringRecord::from_byte_record(std::mem::take(&mut self.bytes)) {
                Ok(text) => self.bytes = std::mem::replace(row, text).into_byte_record(),
                Err(error) => {
                    self.foreign.get_or_insert(line);
                    *row = error.into_byte_record().iter().map(decoded).collect();
                }
            }
            return Ok(Some(line));
        }
    }

    /// Whether a row has a cell for every column that is read; the empty ones at its end may be left out.
    pub fn is_whole(&self, row: &StringRecord) -> bool {
        row.len() >= self.width || self.layout.places().all(|place| place < row.len())
    }

    /// Whether a row has more cells than the header has columns: a comma outside of quotes has moved them all.
    pub fn has_surplus(&self, row: &StringRecord) -> bool {
        row.iter().skip(self.width).any(|cell| !cell.trim().is_empty())
    }

    /// Reads on to the end, and says which bytes it was.
    pub fn finish(self) -> InputFile {
        let mut hashed = self.reader.into_inner();
        // What is behind an error that stopped the reading still belongs to the file; if it cannot be read, the error said so.
        let _ = std::io::copy(&mut hashed, &mut std::io::sink());
        let name = self.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let sha256 = hashed.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        InputFile { name, sha256 }
    }
}

/// Comma, tab or semicolon, whichever there are most of at the start.
fn delimiter(start: &[u8]) -> u8 {
    let count = |mark: u8| start.iter().take(1 << 13).filter(|byte| **byte == mark).count();
    [b'\t', b';'].into_iter().fold(b',', |best, mark| if count(mark) > count(best) { mark } else { best })
}

/// UTF-8, or else Windows-1252, whose letters of Western Europe are those of Latin-1.
fn decoded(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_string(),
        Err(_) => cell
            .iter()
            .map(|byte| match byte {
                0x91 | 0x92 => '\u{2019}',
                byte => char::from(*byte),
            })
            .collect(),
    }
}
