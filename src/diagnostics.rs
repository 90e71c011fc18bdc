//! What is wrong with an input, where, and what to do about it: collected over a whole file, so that all of it is shown at once.

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

    pub fn absorb(&mut self, other: Diagnostics) {
        self.items.extend(other.items);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.items {
            writeln!(f, "{}", item.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

/// The known name that `name` was most likely meant to be, if any is close.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
