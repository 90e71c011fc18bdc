//! The files that a scenario is made of, and whether any was saved: by time and size, looked at a few times a second.
//!
//! Editors save in several steps (truncate and write, or write another file and rename it), so that a change counts once nothing moves any more.

use crate::diagnostics::Diagnostics;
use crate::scenario::Document;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// How often the files are looked at.
pub(super) const GLANCE: Duration = Duration::from_millis(80);
/// A file that is away for longer was not merely being replaced.
const REPLACING: Duration = Duration::from_millis(800);

/// When each file was written, and its size; `None` of one that is not there.
pub(super) type State = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// What is watched.
#[derive(Debug, Default)]
pub(super) struct Watched {
    files: Vec<PathBuf>,
    /// Whose tables count.
    folders: Vec<PathBuf>,
}

impl Watched {
    /// The scenario alone, as long as nothing is known of what it reads.
    pub(super) fn scenario(path: &Path) -> Watched {
        Watched { files: vec![path.to_path_buf()], folders: Vec::new() }
    }

    /// All that a scenario reads: itself, what it extends, the tables beside these, its baseline.
    pub(super) fn document(document: &Document) -> Watched {
        let mut watched = Watched { files: document.sources().to_vec(), folders: vec![document.baseline_folder().to_path_buf()] };
        for source in document.sources() {
            let folder = folder_of(source);
            if !watched.folders.contains(&folder) {
                watched.folders.push(folder);
            }
        }
        watched
    }

    /// Adds the files that something is wrong with.
    pub(super) fn add(&mut self, wrong: &Diagnostics) {
        for item in &wrong.items {
            if !self.files.contains(&item.path) {
                self.files.push(item.path.clone());
            }
        }
    }

    /// As the files stand now.
    pub(super) fn state(&self) -> State {
        let tables = self.folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flat_map(|entries| entries.flatten());
        let tables = tables.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|extension| extension == "csv"));
        let written = |path: &PathBuf| std::fs::metadata(path).and_then(|about| Ok((about.modified()?, about.len()))).ok();
        self.files.iter().cloned().chain(tables).map(|path| (path.clone(), written(&path))).collect()
    }

    /// Waits until the files are no longer as in `seen` and have come to rest; `None` if `stop` is raised first.
    pub(super) fn next(&self, seen: &State, stop: &AtomicBool) -> Option<State> {
        while self.state() == *seen {
            pause(stop)?;
        }
        self.settled(stop)
    }

    /// Waits until nothing moves any more.
    pub(super) fn settled(&self, stop: &AtomicBool) -> Option<State> {
        let mut state = self.state();
        let since = Instant::now();
        loop {
            pause(stop)?;
            let now = self.state();
            let away = now.values().any(Option::is_none) && since.elapsed() < REPLACING;
            if now == state && !away {
                return Some(now);
            }
            state = now;
        }
    }

    /// Whether nothing was saved for `long` since `seen`; at once if something was. `None` if `stop` is raised first.
    pub(super) fn quiet(&self, seen: &State, long: Duration, stop: &AtomicBool) -> Option<bool> {
        let since = Instant::now();
        while since.elapsed() < long {
            if self.state() != *seen {
                return Some(false);
            }
            pause(stop)?;
        }
        Some(true)
    }
}

fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

fn pause(stop: &AtomicBool) -> Option<()> {
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    std::thread::sleep(GLANCE);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_replaced_counts_once_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        std::fs::write(&path, "one").unwrap();
        let (watched, stop) = (Watched::scenario(&path), AtomicBool::new(false));
        let seen = watched.settled(&stop).unwrap();
        assert_eq!(watched.quiet(&seen, GLANCE, &stop), Some(true));
        let other = folder.path().join("x.toml.new");
        let editor = std::thread::spawn({
            let path = path.clone();
            move || {
                std::fs::remove_file(&path).unwrap();
                std::thread::sleep(3 * GLANCE);
                std::fs::write(&other, "three and a half").unwrap();
                std::fs::rename(&other, &path).unwrap();
            }
        });
        let now = watched.next(&seen, &stop).unwrap();
        editor.join().unwrap();
        assert_eq!(now[&path].unwrap().1, 16);
        assert_eq!(watched.quiet(&seen, GLANCE, &stop), Some(false));
    }

    #[test]
    fn a_file_that_stays_away_is_told_and_a_stop_ends_the_wait() {
        let folder = tempfile::tempdir().unwrap();
        let watched = Watched::scenario(&folder.path().join("none.toml"));
        let state = watched.settled(&AtomicBool::new(false)).unwrap();
        assert_eq!(state.values().collect::<Vec<_>>(), [&None]);
        assert!(watched.next(&state, &AtomicBool::new(true)).is_none());
    }
}
