//! All points of a `[[sweep]]` grid checked as one: what is wrong with many of them is told once, and what is wrong with some of them with the first of those.

use super::document::Document;
use super::sweep::{self, Point, Sweep};
use crate::baseline::Baseline;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

/// What is told of the points, each message once.
#[derive(Default)]
struct Told {
    items: Vec<Diagnostic>,
    /// In how many points, and the first of them.
    heard: Vec<(usize, usize)>,
    places: HashMap<(PathBuf, Option<Range<usize>>, String), usize>,
}

/// Distinct messages after this many are not kept.
const MOST_TOLD: usize = 1000;

impl Document {
    /// Checks every point of the grid against the baseline: the warnings, or all that is wrong with any of them, each thing once.
    ///
    /// # Errors
    /// What is wrong with the `[[sweep]]` tables, or with a point.
    pub fn check_grid(&self, baseline: &Baseline) -> Result<Vec<Diagnostic>, Diagnostics> {
        let found = self.told_of_points(&self.sweeps()?, Some(baseline));
        if found.has_errors() { Err(found) } else { Ok(found.items) }
    }

    /// What is told of the points of these sweeps, of which there is at least one.
    pub(super) fn told_of_points(&self, sweeps: &[Sweep], baseline: Option<&Baseline>) -> Diagnostics {
        let points = sweep::points(sweeps);
        let mut told = Told::default();
        for (at, point) in points.iter().enumerate() {
            let document = self.at(sweeps, point);
            let found = match baseline {
                None => document.errors_without_baseline(),
                Some(baseline) => match document.resolve(baseline) {
                    Ok((_, warnings)) => Diagnostics { items: warnings },
                    Err(found) => found,
                },
            };
            told.hear(found, at);
        }
        let mut found = told.placed(sweeps, &points);
        found.sort();
        found
    }
}

impl Told {
    fn hear(&mut self, found: Diagnostics, point: usize) {
        for item in found.items {
            let key = (item.path.clone(), item.span.clone(), item.message.clone());
            if let Some(known) = self.places.get(&key) {
                self.heard[*known].0 += 1;
            } else if self.items.len() < MOST_TOLD
                || item.severity == Severity::Error && self.items.iter().all(|i| i.severity == Severity::Warning)
            {
                self.places.insert(key, self.items.len());
                self.items.push(item);
                self.heard.push((1, point));
            }
        }
    }

    /// Everything, with the values of a point beside what is wrong in some only and does not stand at a swept value itself.
    fn placed(mut self, sweeps: &[Sweep], points: &[Point]) -> Diagnostics {
        for (item, (count, first)) in self.items.iter_mut().zip(&self.heard) {
            if *count == points.len() || sweeps.iter().any(|sweep| sweep.holds(item)) {
                continue;
            }
            let values: Vec<String> = points[*first].values.iter().map(|(label, value)| format!("{label} = {value}")).collect();
            let here = format!("so it is at point {} of the grid: {}", points[*first].number, values.join(", "));
            item.help = Some(item.help.take().map_or(here.clone(), |help| format!("{help}; {here}")));
        }
        Diagnostics { items: self.items }
    }
}
