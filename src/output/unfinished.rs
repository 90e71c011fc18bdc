//! Results in the making that a killed run left behind: told from those of a living one by a lock, which the system lets go with the process, however it ends.

use std::fs::{File, TryLockError};
use std::io::Result;
use std::path::Path;

/// In the name of every folder of results in the making: `.<name>.unfinished-<random>`.
pub(super) const UNFINISHED: &str = ".unfinished-";
/// The file within it that its run holds a lock on.
const LOCK: &str = ".lock";

/// That a folder of results in the making belongs to a living run.
#[derive(Debug)]
pub(super) struct Claim {
    _lock: File,
}

impl Claim {
    /// Claims a new folder.
    pub fn of(folder: &Path) -> Result<Claim> {
        // Locked before it has its name: nobody finds one that is not held by its run.
        let file = tempfile::NamedTempFile::new_in(folder)?;
        match file.as_file().try_lock() {
            // A file system without locks: the folder has none to be found, and no other run clears it.
            Err(TryLockError::Error(_)) => Ok(Claim { _lock: file.into_file() }),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(Claim { _lock: file.persist(folder.join(LOCK))? }),
        }
    }
}

/// Takes away the folders in `parent` that killed runs left. One that cannot be taken away is no reason not to run.
pub(super) fn clear_abandoned(parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let named = entry.file_name().to_str().is_some_and(|name| name.starts_with('.') && name.contains(UNFINISHED));
        if !named || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        // Held until the folder is gone: of two runs that begin at once, one clears it.
        let Ok(lock) = File::open(entry.path().join(LOCK)) else { continue };
        if lock.try_lock().is_ok() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Folder;
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_a_living_one_makes_is_not() {
        let parent = tempfile::tempdir().expect("a folder for the test");
        let count = || std::fs::read_dir(parent.path()).expect("a folder").count();
        let living = Folder::create(&parent.path().join("living")).expect("a folder of results");
        living.write("a.csv", b"a\n").expect("a file");
        let abandoned = parent.path().join(".one.unfinished-abc123");
        std::fs::create_dir_all(abandoned.join("plots")).expect("a folder");
        drop(Claim::of(&abandoned).expect("a lock"));
        // Not this programme's, for all that it knows.
        std::fs::create_dir(parent.path().join(".two.unfinished-notes")).expect("a folder");
        assert_eq!(count(), 3);
        let next = Folder::create(&parent.path().join("next")).expect("a folder of results");
        assert!(!abandoned.exists() && count() == 3);
        drop(next);
        living.finish(crate::output::Manifest::default()).expect("a whole run");
        assert_eq!(count(), 2);
        assert!(parent.path().join("living/a.csv").exists() && !parent.path().join("living").join(LOCK).exists());
    }
}
