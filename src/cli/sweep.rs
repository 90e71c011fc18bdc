//! `run` of a scenario with `[[sweep]]`: every point of the grid in a folder of its own, under the same draws, then the table and charts that set them side by side.

use super::RunArgs;
use super::earlier::{Next, warn_of_loss};
use super::loading::Opened;
use super::results::{RunError, Wanted, manifest, pictures_and_page};
use super::run::{one, overrides};
use super::terminal::{note, room_beside};
use crate::findings::sweep::{Axis, Point, Sweep};
use crate::output::{Folder, Manifest, OutputError, write_sweep};
use crate::report::{Subject, sweep_charts, sweep_headlines};
use crate::scenario;
use crate::simulation::Interrupted;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The grid into `place`, point n into `place`/n. Points that are done stay if it is stopped. Whether some draws failed.
pub(super) fn run(args: &RunArgs, opened: &Opened, place: &Path, cancel: &AtomicBool) -> Result<bool, RunError> {
    let axis = |sweep: &scenario::Sweep| Axis { label: sweep.label.clone(), values: sweep.values.clone(), numbers: sweep.numbers.clone() };
    let axes: Vec<Axis> = opened.sweeps.iter().map(axis).collect();
    let count = opened.points.len();
    warn_of_loss(place, &Next { one: None, indices: false, draws: false });
    let mut some_failed = false;
    let mut begun: Option<(Sweep, Manifest, Subject)> = None;
    for point in &opened.points {
        let stopped = RunError::SweepStopped { done: point.number - 1, points: count };
        if cancel.load(Ordering::Relaxed) {
            return Err(stopped);
        }
        if !args.how.quiet && std::io::stderr().is_terminal() {
            let values: Vec<String> = point.values.iter().map(|(label, value)| format!("{label} = {value}")).collect();
            note(&format!("{} of {count}: {}", point.number, values.join(", ")));
        }
        let loaded = opened.load_point(point, overrides(&args.how)).map_err(|wrong| RunError::Input(wrong.to_string()))?;
        // The charts of a grid set its points side by side; those of one point would be a hundred for each. `plot` and `report` make them of any.
        let wanted = Wanted { charts: false, page: false, headlines: false, warnings: point.number == 1 };
        let this = one(args, &loaded, &place.join(point.number.to_string()), wanted, cancel, |findings| {
            let (sweep, ..) =
                begun.get_or_insert_with(|| (Sweep::new(findings, axes.clone()), manifest(&loaded, findings), Subject::new(findings)));
            sweep.points.push(Point { place: point.places.clone(), rows: findings.summary_rows() });
        });
        some_failed |= match this {
            Err(RunError::Interrupted(Interrupted::Cancelled { .. })) => return Err(stopped),
            this => this?,
        };
    }
    if let Some((sweep, of_first, subject)) = begun {
        finish(args, &sweep, &subject.over(&sweep), Manifest { points: Some(count as u64), ..of_first }, place)?;
    }
    Ok(some_failed)
}

/// The combined table and charts. Points that an earlier, larger grid left are taken away.
fn finish(args: &RunArgs, sweep: &Sweep, subject: &Subject, manifest: Manifest, place: &Path) -> Result<(), RunError> {
    let folder = Folder::create(place)?;
    write_sweep(sweep, &folder)?;
    let wanted = Wanted { charts: !args.how.no_plots, page: true, headlines: !args.how.quiet, warnings: true };
    pictures_and_page(&sweep_charts(sweep), subject, &folder, wanted, &manifest)?;
    if !args.how.quiet {
        note(&sweep_headlines(sweep, room_beside()));
    }
    take_away_points(place, sweep.points.len() + 1)?;
    folder.finish(manifest)?;
    Ok(())
}

/// Takes away the points, from this number on, that an earlier grid left in `place`.
///
/// # Errors
/// If a file cannot be taken away.
pub(super) fn take_away_points(place: &Path, mut point: usize) -> Result<(), OutputError> {
    while Folder::remove(&place.join(point.to_string()))? {
        point += 1;
    }
    Ok(())
}
