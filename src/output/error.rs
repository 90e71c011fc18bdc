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
    /// `path` is the file as the reader knows it; where the system's own words name the one that stands in for it until it is whole, only the cause is kept.
    pub(super) fn new(path: &Path, source: Error) -> OutputError {
        let wrapped = source.get_ref().is_some() && source.kind() != ErrorKind::Other;
        let source = if wrapped { source.kind().into() } else { source };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_by_its_cause_and_what_to_do() {
        let hidden = Error::new(ErrorKind::StorageFull, "No space left on device (os error 28) at path \".hidden/.tmp\"");
        let said = OutputError::new(Path::new("out/flows.csv"), hidden).to_string();
        assert_eq!(said, "`out/flows.csv` could not be written: no storage space; free some space, or choose another place with --out");
        let other = OutputError::new(Path::new("out/flows.csv"), Error::other("a row of 3 cells")).to_string();
        assert_eq!(other, "`out/flows.csv` could not be written: a row of 3 cells");
    }
}
