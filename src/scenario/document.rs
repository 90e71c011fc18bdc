//! The first step of reading: the file and what it extends, merged into one tree whose every value knows its place.
//!
//! `extends = "common.toml"`: tables merge key by key; an entry of a list with names, such as `[[tariff]]` or `[[event]]`, replaces its namesake whole
//! and is appended where it has none; anything else, a distribution or process included, replaces what was there.

use super::names;
use super::written::{self, Table, Value, Written};
use super::{column, course, file};
use crate::baseline::InputFile;
use crate::diagnostics::{Diagnostics, SourceText, quoted};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A chain of `extends` longer than this is taken for a mistake.
const LONGEST_CHAIN: usize = 32;

/// A scenario as written, not yet checked against its baseline. Made by [`open`].
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) path: PathBuf,
    pub(super) root: Table,
    pub(super) baseline: PathBuf,
    pub(super) files: Vec<InputFile>,
    /// The scenario's own file and those it extends, whether they could be read or not.
    pub(super) sources: Vec<PathBuf>,
    /// What is wrong already, in so far as the rest can be read in spite of it.
    pub(super) found: Diagnostics,
    /// Whether a syntax error may have swallowed keys.
    pub(super) torn: bool,
    pub(super) source: SourceText,
}

/// Reads a scenario file and all it extends, as far as the folder of its baseline.
///
/// # Errors
/// What keeps the baseline from being found: a file that is missing or is no text, no `baseline` key. Everything else that is wrong
/// waits for [`Document::resolve`], so that all of it is told at once.
pub fn open(path: &Path) -> Result<Document, Diagnostics> {
    let mut chain = Chain::default();
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let (source, root) = chain.follow(path, &name)?;
    let mut found = chain.found;
    let torn = chain.torn;
    if root.entries.is_empty() && !torn {
        let help = "a scenario has at least a baseline and periods, and a [[tariff]] to have an effect:\n\
                    baseline = \"baseline-2024\"\nperiods = \"2025..2028\"";
        found.error_at(&source, 0..0, "the file says nothing", Some(help.to_owned()));
        return Err(found);
    }
    let baseline = match root.get("baseline") {
        None if torn => None,
        None => {
            found.error_at(&source, 0..0, "the scenario names no baseline", Some("add baseline = \"baseline-2024\"".to_owned()));
            None
        }
        Some(written) => folder(written, &mut found),
    };
    let document = Document {
        path: path.to_path_buf(),
        root,
        baseline: baseline.clone().unwrap_or_default(),
        files: chain.files,
        sources: chain.sources,
        found,
        torn,
        source,
    };
    match baseline {
        Some(_) => Ok(document),
        None => Err(document.errors_without_baseline()),
    }
}

/// The baseline's folder, beside the file that names it.
fn folder(written: &Written, found: &mut Diagnostics) -> Option<PathBuf> {
    let place = &written.place;
    let mut refuse = |message: String, help: Option<String>| {
        found.error_at(&place.source, place.span.clone(), message, help);
        None
    };
    match &written.value {
        Value::Broken => None,
        Value::Text(name) if name.trim().is_empty() => refuse("the name of the baseline is empty".to_owned(), None),
        Value::Text(name) => {
            let path = place.source.path.parent().unwrap_or(Path::new("")).join(name);
            if path.is_dir() {
                return Some(path);
            }
            if path.exists() {
                return refuse(format!("the baseline {} is a file, not a folder of tables", quoted(name)), None);
            }
            refuse(format!("no baseline folder {}", path.display()), nearest_folder(&path))
        }
        _ => refuse(format!("expected the folder of the baseline, found {}", written.described()), None),
    }
}

fn nearest_folder(path: &Path) -> Option<String> {
    let beside = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(beside)
        .ok()?
        .flatten()
        .take(1000)
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let name = path.file_name()?.to_string_lossy().into_owned();
    let close = crate::diagnostics::nearest(&name, names.iter().map(String::as_str))?;
    Some(format!("did you mean {close:?}?"))
}

/// The files on the way from a scenario to the last one it extends.
#[derive(Default)]
struct Chain {
    visited: Vec<PathBuf>,
    sources: Vec<PathBuf>,
    files: Vec<InputFile>,
    found: Diagnostics,
    torn: bool,
}

impl Chain {
    fn follow(&mut self, path: &Path, name: &str) -> Result<(SourceText, Table), Diagnostics> {
        self.sources.push(path.to_path_buf());
        let (source, input) = file::read(path, name)?;
        self.files.push(input);
        self.visited.push(std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf()));
        let (mut root, torn) = written::parse(&source, &mut self.found);
        self.torn |= torn;
        names::check_unique(&root, &mut self.found);
        let Some(at) = root.entries.iter().position(|e| e.key == "extends") else {
            return Ok((source, root));
        };
        let extends = root.entries.remove(at).value;
        match self.parent(&extends) {
            Some(parent) => Ok((source, merge(parent, root))),
            None => {
                // What the parent would have given is not known to be missing.
                self.torn = true;
                Ok((source, root))
            }
        }
    }

    /// The table that is extended, or `None` and a note of what is wrong with it.
    fn parent(&mut self, extends: &Written) -> Option<Table> {
        let place = &extends.place;
        let text = match &extends.value {
            Value::Broken => return None,
            Value::Text(text) if !text.trim().is_empty() => text,
            _ => {
                let message = format!("expected the path of a scenario, found {}", extends.described());
                self.found.error_at(&place.source, place.span.clone(), message, None);
                return None;
            }
        };
        let path = place.source.path.parent().unwrap_or(Path::new("")).join(text);
        let same = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.visited.contains(&same) {
            let message = format!("{} extends itself, by way of this line", quoted(text));
            let help = "remove the line, or name the file that both should start from".to_owned();
            self.found.error_at(&place.source, place.span.clone(), message, Some(help));
            return None;
        }
        if self.visited.len() >= LONGEST_CHAIN {
            let message = format!("a chain of more than {LONGEST_CHAIN} files that extend one another");
            self.found.error_at(&place.source, place.span.clone(), message, None);
            return None;
        }
        match self.follow(&path, &column::label(text)) {
            Ok((_, table)) => Some(table),
            Err(found) => {
                for item in found.items {
                    if item.span.is_none() {
                        let message = format!("{}: {}", item.path.display(), item.message);
                        self.found.error_at(&place.source, place.span.clone(), message, item.help);
                    } else {
                        self.found.items.push(item);
                    }
                }
                None
            }
        }
    }
}

/// `over` laid upon `under`.
fn merge(mut under: Table, over: Table) -> Table {
    let places: HashMap<String, usize> = under.entries.iter().enumerate().map(|(i, e)| (e.key.clone(), i)).collect();
    for entry in over.entries {
        let Some(old) = places.get(&entry.key).and_then(|i| under.entries.get_mut(*i)) else {
            under.entries.push(entry);
            continue;
        };
        let named = names::NAMED.contains(&entry.key.as_str());
        let value = match (std::mem::replace(&mut old.value.value, Value::Broken), entry.value.value) {
            // Who calls all data exact need not know which of them the other file doubts.
            (Value::Table(_), Value::Table(b)) if entry.key == "data" && calls_exact(&b) => Value::Table(b),
            (Value::Table(a), Value::Table(b)) if !course::is_value(&a) && !course::is_value(&b) => Value::Table(merge(a, b)),
            (Value::List(a), Value::List(b)) if named => Value::List(merge_named(a, b)),
            (_, b) => b,
        };
        old.key_place = entry.key_place;
        old.value = Written { value, place: entry.value.place };
    }
    under
}

/// `uncertain = false`
fn calls_exact(data: &Table) -> bool {
    data.get("uncertain").is_some_and(|w| matches!(w.value, Value::Boolean(false)))
}

fn merge_named(mut under: Vec<Written>, over: Vec<Written>) -> Vec<Written> {
    let named = |(i, entry): (usize, &Written)| names::name_of(entry).map(|(name, _)| (name.to_owned(), i));
    let places: HashMap<String, usize> = under.iter().enumerate().filter_map(named).collect();
    for entry in over {
        let namesake = names::name_of(&entry).and_then(|(name, _)| places.get(name).copied());
        match namesake.and_then(|i| under.get_mut(i)) {
            Some(old) => *old = entry,
            None => under.push(entry),
        }
    }
    under
}
