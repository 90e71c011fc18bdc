//! Why results could not be written, and what to do about it.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// A file or folder of results that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("`{}` could not be written: {source}{}", path.display(), advice(source))]
pub struct OutputError {
    pub path: PathBuf,
    pub source: Error,
}

impl OutputError {
    pub(super) fn new(path: &Path, source: Error) -> OutputError {
        OutputError { path: path.to_path_buf(), source }
    }
}

fn advice(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; free some space, or choose another place with --out",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "; choose a folder that you may write to with --out",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists | ErrorKind::IsADirectory => {
            "; something else has that name: move it, or choose another place with --out"
        }
        _ => "",
    }
}
