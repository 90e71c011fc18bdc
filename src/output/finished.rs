//! The folder of a finished run, read again: what is in it, or why it is not what it should be and what to do.

use super::folder::{MANIFEST, is_within};
use super::{Manifest, OutputError, write_file};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why results could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// What was named is no finished run.
    #[error("`{}` {what}", path.display())]
    NotARun { path: PathBuf, what: String },
    /// A file is not as a run left it.
    #[error("`{}` is damaged: {what}; run the scenario again", path.display())]
    Damaged { path: PathBuf, what: String },
    /// The system would not read it.
    #[error("`{}` could not be read: {source}", path.display())]
    System { path: PathBuf, source: std::io::Error },
}

impl ReadError {
    pub(crate) fn damaged(path: &Path, what: impl Into<String>) -> ReadError {
        ReadError::Damaged { path: path.to_path_buf(), what: what.into() }
    }
}

/// A folder whose run was completed.
#[derive(Debug)]
pub struct Finished {
    place: PathBuf,
    pub manifest: Manifest,
}

impl Finished {
    /// Opens the results in `place`.
    ///
    /// # Errors
    /// If no finished run is there, or its manifest is damaged.
    pub fn open(place: &Path) -> Result<Finished, ReadError> {
        let not_a_run = |what: String| ReadError::NotARun { path: place.to_path_buf(), what };
        if !place.exists() {
            return Err(not_a_run("does not exist; name the folder that `tradewind run` told of at its end".into()));
        }
        if !place.is_dir() {
            let scenario = place.extension().is_some_and(|extension| extension == "toml");
            let what =
                if scenario { "is a scenario; run it, then name the folder of its results" } else { "is a file; name a folder of results" };
            return Err(not_a_run(what.into()));
        }
        let path = place.join(MANIFEST);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let runs = runs_within(place);
                return Err(not_a_run(if runs.is_empty() {
                    format!("has no {MANIFEST}, so no run was completed there; run the scenario again")
                } else {
                    format!("is not the folder of one run; name one of those in it: {}", runs.join(", "))
                }));
            }
            Err(source) => return Err(ReadError::System { path, source }),
        };
        match serde_json::from_slice(&bytes) {
            Ok(manifest) => Ok(Finished { place: place.to_path_buf(), manifest }),
            Err(error) => Err(ReadError::damaged(&path, error.to_string())),
        }
    }

    pub fn place(&self) -> &Path {
        &self.place
    }

    /// The bytes of a file that the run left.
    ///
    /// # Errors
    /// If the run left none of that name, or it is gone.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let path = self.place.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(if self.manifest.results.iter().any(|known| known == name) {
                ReadError::damaged(&path, "the file is missing")
            } else {
                let what = format!("is a run of tradewind {}, which kept no {name}; run the scenario again", self.manifest.tradewind);
                ReadError::NotARun { path: self.place.clone(), what }
            }),
            Err(source) => Err(ReadError::System { path, source }),
        }
    }

    /// Writes a file of the run anew, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.place.join(name);
        if !is_within(name) {
            return Err(OutputError { path, source: std::io::Error::other("the name leads out of the folder of results") });
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|source| OutputError { path: folder.to_path_buf(), source })?;
        }
        write_file(&path, bytes)
    }

    /// Lists files that were written anew in the manifest, as a run that wrote them lists them.
    ///
    /// # Errors
    /// If the manifest cannot be written.
    pub fn list(mut self, names: impl IntoIterator<Item = String>) -> Result<(), OutputError> {
        let all: BTreeSet<String> = self.manifest.results.drain(..).chain(names).collect();
        self.manifest.results = all.into_iter().collect();
        let path = self.place.join(MANIFEST);
        let bytes = self.manifest.to_bytes().map_err(|source| OutputError { path: path.clone(), source })?;
        write_file(&path, &bytes)
    }
}

/// Folders of finished runs within another, by name.
fn runs_within(place: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let runs = entries.filter(|entry| entry.path().join(MANIFEST).is_file());
    let mut names: Vec<String> = runs.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Folder;

    #[test]
    fn what_is_no_finished_run_is_told_apart() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let said = |place: &Path| Finished::open(place).expect_err("it is no run").to_string();
        assert!(said(&parent.path().join("nowhere")).contains("does not exist"));
        assert!(said(parent.path()).contains("no run was completed"));
        let run = parent.path().join("run");
        let folder = Folder::create(&run).expect("a folder of results");
        folder.write("a.csv", b"a\n").expect("a file");
        folder.finish(Manifest { tradewind: "0.0.1".into(), ..Manifest::default() }).expect("a whole run");
        assert!(said(parent.path()).contains("name one of those in it: run"));
        let finished = Finished::open(&run).expect("a run");
        assert_eq!(finished.read("a.csv").expect("a file"), b"a\n");
        let older = finished.read("charts.json").expect_err("it has none").to_string();
        assert!(older.contains("tradewind 0.0.1, which kept no charts.json"), "{older}");
        std::fs::remove_file(run.join("a.csv")).expect("a file less");
        assert!(matches!(finished.read("a.csv"), Err(ReadError::Damaged { .. })));
        finished.write("plots/b.svg", b"<svg/>").expect("a file");
        finished.list(["plots/b.svg".to_string()]).expect("a manifest");
        assert_eq!(Finished::open(&run).expect("a run").manifest.results, ["a.csv", "plots/b.svg"]);
        std::fs::write(run.join(MANIFEST), "{").expect("a damaged manifest");
        assert!(matches!(Finished::open(&run), Err(ReadError::Damaged { .. })));
    }
}
