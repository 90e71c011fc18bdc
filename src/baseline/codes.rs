//! How one table refers to the regions and sectors of others: by their codes.

use super::table::{Complaints, Field, unknown};
use crate::diagnostics::nearest;
use std::collections::HashMap;

/// What a row may refer to.
pub(super) struct Codes<'a> {
    pub regions: Index<'a>,
    pub sectors: Index<'a>,
}

/// The codes of one table, for the others to refer to.
pub(super) struct Index<'a> {
    index: HashMap<&'a str, usize>,
    /// Whether the table was read without errors. If not, an unknown code may only be unread, and is not complained of.
    whole: bool,
}

impl<'a> Index<'a> {
    pub fn new(codes: impl Iterator<Item = &'a str>, whole: bool) -> Self {
        Index { index: codes.enumerate().map(|(index, code)| (code, index)).collect(), whole }
    }

    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// The index of the code in `field`.
    pub fn find(&self, field: &Field, complaints: &mut Complaints) -> Option<usize> {
        if let Some(index) = self.index.get(&*field.text) {
            return Some(*index);
        }
        if self.whole || field.text.is_empty() {
            complaints.error(&field.span, || {
                let near = nearest(&field.text, sorted(&self.index));
                (unknown(field), near.map(|near| format!("did you mean `{near}`?")))
            });
        }
        None
    }

    /// The index of the code in `field`, or `None` within for `*`, which stands for all.
    pub fn find_or_all(&self, field: &Field, complaints: &mut Complaints) -> Option<Option<usize>> {
        if field.text == "*" { Some(None) } else { self.find(field, complaints).map(Some) }
    }
}

/// In a fixed order, so that a tie between two near names is settled alike each time.
fn sorted<'a>(index: &HashMap<&'a str, usize>) -> Vec<&'a str> {
    let mut codes: Vec<_> = index.iter().map(|(code, at)| (*at, *code)).collect();
    codes.sort_unstable();
    codes.into_iter().map(|(_, code)| code).collect()
}
