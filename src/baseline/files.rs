//! A table's file: opened, hashed, and decoded as UTF-8.

use crate::diagnostics::{Diagnostics, SourceText};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::ErrorKind;
use std::path::Path;

/// No table comes near it; what is larger is not a table.
const LARGEST: u64 = 1 << 30;

/// A file that was read, for the manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputFile {
    /// Name within the folder, e.g. `flows.csv`.
    pub name: String,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl InputFile {
    /// The file called `name` with these bytes.
    pub fn of(name: &str, bytes: &[u8]) -> InputFile {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        InputFile { name: name.to_string(), sha256 }
    }
}

/// The text of `name` in `folder`, without its byte-order mark; `None` where there is none to use, which is an error unless the file is optional and absent.
pub(super) fn open(folder: &Path, name: &str, optional: bool, diagnostics: &mut Diagnostics) -> Option<(SourceText, InputFile)> {
    let path = folder.join(name);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // A link that leads nowhere was meant to be a table.
            if !optional || path.symlink_metadata().is_ok() {
                let help = "a baseline folder holds regions.csv, sectors.csv, flows.csv and elasticities.csv".to_string();
                diagnostics.error_in(&path, format!("the table `{name}` is missing"), Some(help));
            }
            return None;
        }
        Err(error) => {
            diagnostics.error_in(&path, format!("`{name}` cannot be read: {error}"), None);
            return None;
        }
    };
    let file = InputFile::of(name, &bytes);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let help = Some("save it as `CSV UTF-8 (comma delimited)`".into());
        diagnostics.error_in(&path, format!("`{name}` is UTF-16, not UTF-8"), help);
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // Decoded as far as it goes, so that the message can show the line.
            let source = SourceText { path: path.into(), text: String::from_utf8_lossy(bytes).into() };
            let at = error.valid_up_to();
            let message = format!("the byte 0x{:02x} here is not UTF-8", bytes.get(at).copied().unwrap_or_default());
            let help = Some("save it as `CSV UTF-8 (comma delimited)`".into());
            diagnostics.error_at(&source, at..at + '\u{fffd}'.len_utf8(), message, help);
            return None;
        }
    };
    if text.trim().is_empty() {
        diagnostics.error_in(&path, format!("`{name}` is empty"), Some("its first line names the columns".into()));
        return None;
    }
    Some((SourceText { path: path.into(), text: text.into() }, file))
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    if about.len() > LARGEST {
        return Err(std::io::Error::other(format!("it has {} bytes, a table at most {LARGEST}", about.len())));
    }
    std::fs::read(path)
}
