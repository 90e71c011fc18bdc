//! What stands in the folder of results already and would be gone: said before the first draw, while it can still be kept.

use super::loading::Loaded;
use super::terminal::note;
use crate::output::{Finished, Manifest};
use std::path::Path;

/// What is about to take the place of earlier results.
pub(super) struct Next<'l> {
    /// `None`: a grid, whose figures are those of its points.
    pub one: Option<&'l Loaded>,
    /// Whether it comes with Sobol' indices.
    pub indices: bool,
    /// Whether it keeps its draws.
    pub draws: bool,
}

/// Warns of results in `place` that are gone with the next: those of another command that had other draws or inputs, and what only the earlier ones held.
/// That a command replaces what it left itself is what is asked for by repeating it.
pub(super) fn warn_of_loss(place: &Path, next: &Next<'_>) {
    if let Some(warning) = Finished::open(place).ok().and_then(|earlier| loss(place, &earlier.manifest, next)) {
        note(&warning);
    }
}

fn loss(place: &Path, earlier: &Manifest, next: &Next<'_>) -> Option<String> {
    let lost = [
        (earlier.sensitivity_rows.is_some() && !next.indices, "its Sobol' indices"),
        (earlier.results.iter().any(|name| name == "draws.csv") && !next.draws, "its draws.csv"),
        (earlier.points.is_some() && next.one.is_some(), "the points of its grid"),
    ];
    let lost: Vec<&str> = lost.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
    let alike = earlier.sensitivity_rows.is_some() == next.indices && earlier.points.is_some() == next.one.is_none();
    if lost.is_empty() && (alike || next.one.is_some_and(|loaded| same_figures(earlier, loaded))) {
        return None;
    }
    let with = if lost.is_empty() { String::new() } else { format!(", {} included", lost.join(" and ")) };
    Some(format!(
        "warning: {} holds the results of `{}`, which these will replace{with}; name another folder with --out to keep both",
        place.display(),
        earlier.command
    ))
}

/// Whether the tables of the earlier run are those that the next one writes.
fn same_figures(earlier: &Manifest, loaded: &Loaded) -> bool {
    let Loaded { scenario, baseline, plan, .. } = loaded;
    let settings = (earlier.draws_asked, earlier.seed, earlier.sampler.as_str(), earlier.precision);
    let inputs = (&earlier.scenario_files, &earlier.baseline_files, earlier.tradewind.as_str());
    settings == (plan.draws, plan.seed, plan.sampler.word(), plan.precision)
        && inputs == (&scenario.files, &baseline.files, env!("CARGO_PKG_VERSION"))
}
