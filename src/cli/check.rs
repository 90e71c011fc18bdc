//! `check`: read, resolve, validate, and say what was found.

use super::loading::{self, Loaded, Overrides};
use super::terminal::{note, report, warn};
use super::{CheckArgs, Ending};
use crate::baseline::{Baseline, Quality};
use crate::diagnostics::Diagnostics;
use std::path::Path;

pub(super) fn check(args: &CheckArgs) -> Ending {
    let mut ending = Ending::Done;
    for path in &args.scenarios {
        match read(path) {
            Ok((loaded, points)) => {
                warn(&loaded.warnings);
                if !args.quiet {
                    let (scenario, plan) = (&loaded.scenario, &loaded.plan);
                    let of_events = scenario.events.iter().flat_map(|event| &event.outcomes).map(|outcome| outcome.measures.len());
                    let measures = scenario.measures.len() + of_events.sum::<usize>();
                    note(&format!(
                        "{}: fine: {}, {}, {}, {}, {}; trade between regions by value: {}",
                        path.display(),
                        counted(measures as u64, "measure"),
                        counted(plan.world.periods as u64, "period"),
                        counted(plan.world.parameters.len() as u64, "uncertain number"),
                        counted(plan.outcomes.len() as u64, "outcome"),
                        match points {
                            0 => counted(plan.draws, "draw"),
                            points => format!("{} at each of {} points of a grid", counted(plan.draws, "draw"), points),
                        },
                        quality(&loaded.baseline)
                    ));
                }
            }
            Err(wrong) => {
                report(&wrong);
                ending = Ending::WrongInput;
            }
        }
    }
    ending
}

/// A scenario, with the points of its grid if it is one.
fn read(path: &Path) -> Result<(Loaded, usize), Diagnostics> {
    let opened = loading::open(path)?;
    let Some(first) = opened.points.first() else {
        return Ok((opened.load(&opened.document, Overrides::default())?, 0));
    };
    // What a grid has everywhere is told of its first point.
    let warnings = opened.check_points(Overrides::default())?;
    let loaded = opened.load_point(first, Overrides::default())?;
    Ok((Loaded { warnings, ..loaded }, opened.points.len()))
}

/// "19% observed, 16% derived, 66% assumed".
fn quality(baseline: &Baseline) -> String {
    let parts = baseline.quality_by_value();
    let whole: f64 = parts.iter().map(|(_, value)| value).sum();
    let word = |quality: Quality| Quality::WORDS.iter().find(|(_, known)| *known == quality).map_or("", |(word, _)| *word);
    // A sum of nothing is −0 in Rust; adding 0 makes it plain.
    let share = |(quality, value): (Quality, f64)| format!("{:.0}% {}", 100.0 * value / whole.max(f64::MIN_POSITIVE) + 0.0, word(quality));
    parts.map(share).join(", ")
}

/// "1 measure", "2 measures".
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
