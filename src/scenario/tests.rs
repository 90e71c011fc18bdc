//! What the tests of this folder share, and the tests of whole files.

use super::written::{self, Written};
use crate::diagnostics::{Diagnostics, SourceText};
use std::path::Path;

/// A single value as it would stand in a file.
pub(super) fn written(value: &str) -> Written {
    let source = SourceText { path: Path::new("x.toml").into(), text: format!("value = {value}\n").into() };
    let mut found = Diagnostics::default();
    let (table, _) = written::parse(&source, &mut found);
    assert!(found.items.is_empty(), "{}", found.render(false, 100));
    table.get("value").unwrap().clone()
}
