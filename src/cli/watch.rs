//! `run --watch`: after each save of the scenario, of what it extends or of a table that it reads, a quick look at few draws, and once the editor rests the run in
//! full. The quick look is on the terminal alone: the folder of results is always that of a whole run. Ctrl-C ends it.

use super::earlier::{Next, warn_of_loss};
use super::loading::{self, Loaded};
use super::results::{self, RunError, Wanted};
use super::run::{folder_of, overrides, simulate, stop_when_asked};
use super::terminal::{complain, note, report, room_beside, warn};
use super::watched::{GLANCE, State, Watched};
use super::{Ending, HowToRun, RunArgs};
use crate::diagnostics::Diagnostics;
use crate::findings::Findings;
use crate::output::Folder;
use crate::report::{changes_since, headlines, medians};
use crate::simulation::Interrupted;
use crate::uncertainty::Sampler;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Draws of the quick look: medians to about a twentieth of the spread.
const QUICK: u64 = 512;
/// How long nothing is saved before the full run begins.
const REST: Duration = Duration::from_millis(1200);

/// Medians of a quick look, by outcome.
type Medians = Vec<(String, f64)>;

pub(super) fn watch(args: &RunArgs) -> Ending {
    let [path] = &args.scenarios[..] else {
        complain("--watch takes one scenario");
        return Ending::WrongInput;
    };
    let stop = stop_when_asked();
    let mut watched = Watched::scenario(path);
    let mut earlier: Option<Medians> = None;
    loop {
        let before = watched.state();
        let begun = Instant::now();
        let read = read(path, &args.how, &mut watched);
        if let Err(wrong) = &read {
            watched.add(wrong);
        }
        let seen = watched.state();
        // Saved while it was read: what was read may be half of it.
        if before.iter().all(|(file, written)| seen.get(file).is_none_or(|now| now == written)) {
            let done = match read {
                Err(wrong) => {
                    report(&wrong);
                    Ok(Ending::Done)
                }
                Ok(loaded) => refresh(args, loaded, &Watch { watched: &watched, seen: &seen, stop: &stop }, &mut earlier, begun),
            };
            match done {
                Ok(Ending::Done) | Err(RunError::Interrupted(Interrupted::Cancelled { .. })) => {}
                Ok(ending) => return ending,
                Err(error) => complain(&error.to_string()),
            }
            if watched.state() == seen && !stop.load(Ordering::Relaxed) {
                note(&format!("watching {}; Ctrl-C ends", path.display()));
            }
        }
        if watched.next(&seen, &stop).is_none() {
            return Ending::Done;
        }
    }
}

fn read(path: &Path, how: &HowToRun, watched: &mut Watched) -> Result<Loaded, Diagnostics> {
    let opened = loading::open(path)?;
    *watched = Watched::document(&opened.document);
    opened.refuse_grid("--watch")?;
    opened.load(&opened.document, overrides(how))
}

/// What is watched, how it stood when it was read, and whether Ctrl-C was pressed.
struct Watch<'w> {
    watched: &'w Watched,
    seen: &'w State,
    stop: &'w AtomicBool,
}

impl Watch<'_> {
    /// Does some work that is called off as soon as something is saved, or Ctrl-C pressed.
    fn until_saved<T>(&self, work: impl FnOnce(&AtomicBool) -> T) -> T {
        let (cancel, done) = (AtomicBool::new(false), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let guard = scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    if self.called_off() {
                        cancel.store(true, Ordering::Relaxed);
                        return;
                    }
                    std::thread::park_timeout(GLANCE);
                }
            });
            let out = work(&cancel);
            done.store(true, Ordering::Relaxed);
            guard.thread().unpark();
            out
        })
    }

    fn called_off(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.watched.state() != *self.seen
    }
}

/// The quick look, then the run in full unless something is saved meanwhile.
fn refresh(
    args: &RunArgs,
    mut loaded: Loaded,
    watch: &Watch<'_>,
    earlier: &mut Option<Medians>,
    begun: Instant,
) -> Result<Ending, RunError> {
    warn(&loaded.warnings);
    let (full, precision) = (loaded.plan.draws, loaded.plan.precision);
    // A quadrature is not a sample of which fewer draws would do.
    let quick = full > QUICK && loaded.plan.sampler != Sampler::Quadrature;
    if quick {
        (loaded.plan.draws, loaded.plan.precision) = (QUICK, None);
        let how = HowToRun { quiet: true, ..args.how.clone() };
        let results = watch.until_saved(|cancel| simulate(&how, &loaded, cancel, None))?;
        let findings = Findings::new(&loaded.scenario, &loaded.baseline, &loaded.plan, &results);
        show(&findings, &format!("quick look: {QUICK} of {full} draws, in {:.1} s", begun.elapsed().as_secs_f64()));
        tell_changes(&findings, earlier);
        if !watch.watched.quiet(watch.seen, REST, watch.stop).unwrap_or(false) {
            return Ok(Ending::Done);
        }
        (loaded.plan.draws, loaded.plan.precision) = (full, precision);
    }
    let place = folder_of(args, &loaded.scenario.stem);
    warn_of_loss(&place, &Next { one: Some(&loaded), indices: false, draws: false });
    let results = watch.until_saved(|cancel| simulate(&args.how, &loaded, cancel, None))?;
    let findings = Findings::new(&loaded.scenario, &loaded.baseline, &loaded.plan, &results);
    show(&findings, &format!("in full: {} draws", results.draws));
    if !quick {
        tell_changes(&findings, earlier);
    }
    if watch.called_off() {
        return Ok(Ending::Done);
    }
    let wanted = Wanted { charts: !args.how.no_plots, headlines: false, warnings: true, page: true };
    results::write(&findings, Folder::create(&place)?, wanted, results::manifest(&loaded, &findings))?;
    Ok(results::tell_place(&place, args.how.quiet))
}

/// The headlines under a line that says what they rest on.
fn show(findings: &Findings<'_>, mark: &str) {
    note(&format!("\n── {mark} ──\n{}", headlines(findings, room_beside())));
}

/// What the save changed: in the same draws, so that it is the change of the file and not chance.
fn tell_changes(findings: &Findings<'_>, earlier: &mut Option<Medians>) {
    if let Some(before) = earlier {
        match changes_since(findings, before) {
            Some(changes) => note(&format!("medians since the last save\n{changes}")),
            None => note("no median moved since the last save"),
        }
    }
    *earlier = Some(medians(findings));
}
