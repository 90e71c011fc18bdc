//! Reading a text file that a person wrote: what is not a readable text of reasonable size is refused with a reason.

use crate::baseline::InputFile;
use crate::diagnostics::{Diagnostics, SourceText};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Far above any scenario that a person writes, far below what would exhaust the memory.
const LARGEST: u64 = 10 * 1024 * 1024;

/// The text of a file and its entry in the manifest under `name`.
///
/// # Errors
/// A path that is no readable file of UTF-8 text of at most 10 MiB.
pub(super) fn read(path: &Path, name: &str) -> Result<(SourceText, InputFile), Diagnostics> {
    let refused = |message: String, help: Option<String>| {
        let mut found = Diagnostics::default();
        found.error_in(path, message, help);
        Err(found)
    };
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err((message, help)) => return refused(message, help),
    };
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    let input = InputFile { name: name.to_owned(), sha256 };
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let source = SourceText { path: path.into(), text: text.into() };
            Ok((source, input))
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes());
            let source = SourceText { path: path.into(), text: text.into() };
            let mut found = Diagnostics::default();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            let message = format!("byte 0x{byte:02x} is not UTF-8 text");
            found.error_at(&source, at..at + '\u{fffd}'.len_utf8(), message, Some("save the file as UTF-8".to_owned()));
            Err(found)
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, (String, Option<String>)> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => ("no such file".to_owned(), beside(path)),
        ErrorKind::PermissionDenied => ("no permission to read the file".to_owned(), None),
        ErrorKind::IsADirectory => ("a folder, where a file was expected".to_owned(), None),
        _ => (format!("the file could not be read: {error}"), None),
    };
    let about = std::fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(("a folder, where a file was expected".to_owned(), None));
    }
    if !about.is_file() {
        return Err(("not a regular file".to_owned(), None));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("the file has more than the {} MiB that are read", LARGEST / (1024 * 1024));
        return Err((message, Some("is it the file you meant?".to_owned())));
    }
    Ok(bytes)
}

/// The file next to a missing one whose name is nearest.
fn beside(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Some(format!("there is no folder {}", folder.display()));
    };
    let mut names: Vec<String> = entries.flatten().take(1000).map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let name = path.file_name()?.to_string_lossy();
    let close = crate::diagnostics::nearest(&name, names.iter().map(String::as_str))?;
    Some(format!("did you mean {close}, in the same folder?"))
}
