//! The folder of a run's results: filled out of sight, then put in place. A folder with a manifest is complete.

use super::unfinished::{Claim, UNFINISHED, clear_abandoned};
use super::{Manifest, OutputError, ReadError};
use std::collections::BTreeSet;
use std::io::{Error, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use tempfile::{NamedTempFile, TempDir};

/// The name of the manifest within a folder of results.
pub(super) const MANIFEST: &str = "manifest.json";

/// The results of one run, collected beside the folder they are meant for; dropped without [`Folder::finish`], nothing is left of them.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    /// Before the folder that it stands in, so that it is closed first.
    _claim: Claim,
    staging: TempDir,
    written: Mutex<BTreeSet<String>>,
}

impl Folder {
    /// Begins the results that are to stand in `place`. The folder above it is made if need be.
    ///
    /// # Errors
    /// If nothing can be written there.
    pub fn create(place: &Path) -> Result<Folder, OutputError> {
        let failed = |error| OutputError::new(place, error);
        let name = place.file_name().ok_or_else(|| failed(Error::other("it has no name of its own")))?;
        if place.exists() && !place.is_dir() {
            return Err(failed(std::io::ErrorKind::NotADirectory.into()));
        }
        let parent = parent(place);
        std::fs::create_dir_all(parent).map_err(failed)?;
        clear_abandoned(parent);
        // Beside its place: putting it there is then a renaming, which needs no space and cannot stop half-way through a file.
        let mut prefix = std::ffi::OsString::from(".");
        prefix.push(name);
        prefix.push(UNFINISHED);
        let staging = permitted(tempfile::Builder::new().prefix(&prefix), 0o777).tempdir_in(parent).map_err(failed)?;
        let claim = Claim::of(staging.path()).map_err(failed)?;
        Ok(Folder { place: place.to_path_buf(), _claim: claim, staging, written: Mutex::default() })
    }

    /// Where the results will stand.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Writes a whole file; `name` may lead into a folder within: `plots/flows.svg`.
    ///
    /// # Errors
    /// If it cannot be written, or the name leads out of the folder.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let mut file = self.begin(name)?;
        file.write_all(bytes).map_err(|error| OutputError::new(&file.path(), error))?;
        file.complete()
    }

    /// A file that is already written.
    ///
    /// # Errors
    /// If it is not, or cannot be read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        std::fs::read(self.staging.path().join(name)).map_err(|source| ReadError::System { path: self.place.join(name), source })
    }

    /// Begins a file, which counts once it is complete.
    pub(super) fn begin(&self, name: &str) -> Result<Pending<'_>, OutputError> {
        let failed = |error| OutputError::new(&self.place.join(name), error);
        if !is_within(name) {
            return Err(failed(Error::other("the name leads out of the folder of results")));
        }
        let within = self.staging.path().join(name);
        std::fs::create_dir_all(parent(&within)).map_err(failed)?;
        let file = permitted(&mut tempfile::Builder::new(), 0o666).tempfile_in(parent(&within)).map_err(failed)?;
        Ok(Pending { folder: self, name: name.to_string(), file })
    }

    /// Puts everything in place: the old manifest goes first and the new one comes last, so that a folder with a manifest is complete.
    /// Files that an earlier run left there and this one did not write again are taken away; the user's own stay.
    ///
    /// # Errors
    /// If a file cannot be put in place; the folder then has no manifest.
    pub fn finish(self, mut manifest: Manifest) -> Result<(), OutputError> {
        let written = self.written.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
        manifest.results = written.iter().cloned().collect();
        let failed = |path: &Path, error| OutputError::new(path, error);
        std::fs::create_dir_all(&self.place).map_err(|error| failed(&self.place, error))?;
        let manifest_path = self.place.join(MANIFEST);
        let earlier = std::fs::read(&manifest_path).ok().and_then(|bytes| Manifest::read(&bytes)).map(|m| m.results).unwrap_or_default();
        remove(&manifest_path)?;
        for stale in earlier.iter().filter(|name| is_within(name) && !written.contains(*name)) {
            remove(&self.place.join(stale))?;
            // A folder that is empty now goes too; one with the user's own files stays.
            if let Some(folder) = Path::new(stale).parent().filter(|folder| !folder.as_os_str().is_empty()) {
                let _ = std::fs::remove_dir(self.place.join(folder));
            }
        }
        for name in &written {
            let target = self.place.join(name);
            let moved = std::fs::create_dir_all(parent(&target)).and_then(|()| std::fs::rename(self.staging.path().join(name), &target));
            moved.map_err(|error| failed(&target, error))?;
        }
        write_file(&manifest_path, &manifest.to_bytes().map_err(|error| failed(&manifest_path, error))?)
    }
}

impl Folder {
    /// Takes away what a run left in `place`, and the folder if nothing else is in it. Whether there was a run.
    ///
    /// # Errors
    /// If a file cannot be taken away.
    pub fn remove(place: &Path) -> Result<bool, OutputError> {
        let manifest_path = place.join(MANIFEST);
        let Some(manifest) = std::fs::read(&manifest_path).ok().and_then(|bytes| Manifest::read(&bytes)) else { return Ok(false) };
        remove(&manifest_path)?;
        for name in manifest.results.iter().filter(|name| is_within(name)) {
            remove(&place.join(name))?;
        }
        // The user's own files, if there are any, keep their folders.
        let _ = std::fs::remove_dir(place.join("plots"));
        let _ = std::fs::remove_dir(place);
        Ok(true)
    }
}

/// A file of a [`Folder`] that is being written; dropped before it is complete, it is gone.
#[derive(Debug)]
pub(super) struct Pending<'f> {
    folder: &'f Folder,
    name: String,
    file: NamedTempFile,
}

impl Pending<'_> {
    /// Where the file will stand.
    pub fn path(&self) -> PathBuf {
        self.folder.place.join(&self.name)
    }

    pub fn complete(self) -> Result<(), OutputError> {
        let path = self.path();
        self.file.persist(self.folder.staging.path().join(&self.name)).map_err(|e| OutputError::new(&path, e.error))?;
        self.folder.written.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(self.name);
        Ok(())
    }
}

impl Write for Pending<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

/// Writes a file whole or not at all: whoever reads `path` meanwhile finds what stood there before.
///
/// # Errors
/// If it cannot be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let failed = |error| OutputError::new(path, error);
    let mut file = permitted(&mut tempfile::Builder::new(), 0o666).tempfile_in(parent(path)).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}

/// Whether a name stays within the folder that it is joined to.
pub(super) fn is_within(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// The folder that a path stands in; `.` for a bare name.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn remove(path: &Path) -> Result<(), OutputError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(OutputError::new(path, error)),
        _ => Ok(()),
    }
}

/// Results are for others to read: the permissions that any new file or folder gets, not those of a secret.
pub(super) fn permitted<'a, 'b, 'c>(builder: &'a mut tempfile::Builder<'b, 'c>, mode: u32) -> &'a mut tempfile::Builder<'b, 'c> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn results_appear_when_they_are_complete_and_not_before() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let place = parent.path().join("deep/run");
        let folder = Folder::create(&place).expect("a folder of results");
        folder.write("a.csv", b"a\n").expect("a file");
        folder.write("plots/b.svg", b"<svg/>").expect("a file");
        drop(folder.begin("half.csv").expect("a file begun"));
        assert!(!place.exists());
        folder.finish(Manifest::default()).expect("a whole run");
        assert_eq!(names(&place), ["a.csv", "manifest.json", "plots"]);
        assert_eq!(names(&place.join("plots")), ["b.svg"]);
        assert_eq!(names(&parent.path().join("deep")), ["run"]);
        let manifest = Manifest::read(&std::fs::read(place.join(MANIFEST)).expect("the manifest")).expect("a manifest");
        assert_eq!(manifest.results, ["a.csv", "plots/b.svg"]);
    }

    #[test]
    fn a_run_takes_the_place_of_the_one_before_and_leaves_what_is_the_users() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let place = parent.path().join("run");
        for (name, bytes) in [("old.csv", "1"), ("flows.csv", "1")] {
            let folder = Folder::create(&place).expect("a folder of results");
            folder.write(name, bytes.as_bytes()).expect("a file");
            folder.write("both.csv", name.as_bytes()).expect("a file");
            folder.finish(Manifest::default()).expect("a whole run");
            std::fs::write(place.join("notes.txt"), "mine").expect("a note");
        }
        assert_eq!(names(&place), ["both.csv", "flows.csv", "manifest.json", "notes.txt"]);
        assert_eq!(std::fs::read_to_string(place.join("both.csv")).expect("a file"), "flows.csv");
        drop(Folder::create(&place).expect("a folder of results"));
        assert_eq!(names(parent.path()), ["run"]);
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let path = parent.path().join("x");
        write_file(&path, b"long before").expect("a file");
        write_file(&path, b"now").expect("a file");
        assert_eq!((std::fs::read(&path).expect("a file"), names(parent.path())), (b"now".to_vec(), vec!["x".to_string()]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::write(parent.path().join("plain"), "").expect("a file");
            let mode = |name: &str| std::fs::metadata(parent.path().join(name)).expect("a file").permissions().mode();
            assert_eq!(mode("x"), mode("plain"));
        }
    }

    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let file = parent.path().join("file");
        std::fs::write(&file, "").expect("a file");
        for place in [file.clone(), file.join("run")] {
            let error = Folder::create(&place).expect_err("a file is in the way").to_string();
            assert!(error.contains(&place.display().to_string()) && error.contains("--out"), "{error}");
        }
        let error = write_file(&parent.path().join("missing/x"), b"").expect_err("there is no such folder");
        assert!(error.to_string().contains("missing"), "{error}");
        let folder = Folder::create(&parent.path().join("run")).expect("a folder of results");
        for name in ["../x", "/x", "", "a/../../x"] {
            assert!(folder.write(name, b"").is_err(), "{name}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_of_the_system_is_refused_with_a_remedy() {
        // Nobody may make files there, root included.
        let error = Folder::create(Path::new("/proc/tradewind/run")).expect_err("it cannot be written").to_string();
        assert!(error.contains("/proc/tradewind/run"), "{error}");
    }
}
