//! What is wrong with an input, where, and what to do about it: collected over a whole file, so that all of it is shown at once.

mod render;

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A text file as read, shared by the diagnostics that point into it.
#[derive(Debug, Clone)]
pub struct SourceText {
    pub path: Arc<Path>,
    pub text: Arc<str>,
}

/// Whether the input can be used in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// One thing wrong: what was found, what was expected, and where.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub severity: Severity,
    /// One sentence: what was found and why it cannot stand.
    pub message: String,
    /// The file and the bytes in it, or only a path where a file is missing or has no text.
    pub source: Option<SourceText>,
    pub path: PathBuf,
    pub span: Option<Range<usize>>,
    /// What to write instead, or the nearest known name.
    pub help: Option<String>,
}

/// All that was found wrong.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    pub items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An error at bytes `span` of `source`.
    pub fn error_at(&mut self, source: &SourceText, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.items.push(Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            path: source.path.to_path_buf(),
            source: Some(source.clone()),
            span: Some(span),
            help,
        });
    }

    /// A warning at bytes `span` of `source`.
    pub fn warn_at(&mut self, source: &SourceText, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.error_at(source, span, message, help);
        if let Some(last) = self.items.last_mut() {
            last.severity = Severity::Warning;
        }
    }

    /// An error about a file as a whole: missing, unreadable, empty.
    pub fn error_in(&mut self, path: &Path, message: impl Into<String>, help: Option<String>) {
        self.items.push(Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            path: path.to_path_buf(),
            source: None,
            span: None,
            help,
        });
    }

    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many forbid the use of the input.
    pub fn errors(&self) -> usize {
        self.items.iter().filter(|d| d.severity == Severity::Error).count()
    }

    pub fn absorb(&mut self, other: Diagnostics) {
        self.items.extend(other.items);
    }

    /// Orders them as a reader meets them: file by file as they first occur, top to bottom; what says the same of the same place is kept once.
    pub fn sort(&mut self) {
        let mut files: Vec<PathBuf> = Vec::new();
        for item in &self.items {
            if !files.contains(&item.path) {
                files.push(item.path.clone());
            }
        }
        self.items.sort_by_key(|d| {
            let file = files.iter().position(|f| *f == d.path);
            (file, d.span.as_ref().map(|s| s.start))
        });
        self.items.dedup_by(|b, a| a.path == b.path && a.span == b.span && a.message == b.message);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false, 120))
    }
}

impl std::error::Error for Diagnostics {}

/// A text of the input in quotes, for a message: escaped, and cut where it is long.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{:?}…", start)
}

/// `did you mean "x"?` for the nearest known name, or else the names there are.
pub fn suggest(name: &str, known: &[&str]) -> Option<String> {
    match nearest(name, known.iter().copied()) {
        Some(close) => Some(format!("did you mean {close:?}?")),
        None if known.is_empty() => None,
        None if known.len() <= 40 => Some(format!("known: {}", known.join(", "))),
        None => Some(format!("known: {}, and {} more", known[..40].join(", "), known.len() - 40)),
    }
}

/// The known name that `name` was most likely meant to be, if any is close.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // What is much longer than any name is no slip of one, and slow to compare.
    if name.len() > 200 {
        return None;
    }
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (closeness(&name, &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Jaro–Winkler, which knows nothing of two letters swapped in a code of three: one slip in three letters or more counts as close.
fn closeness(name: &str, candidate: &str) -> f64 {
    let score = strsim::jaro_winkler(name, candidate);
    let slip = name.len().min(candidate.len()) >= 3 && strsim::osa_distance(name, candidate) == 1;
    if slip { score.max(0.9) } else { score }
}
