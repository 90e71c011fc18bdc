//! `check`: read, resolve, validate, and say what was found.

use super::loading::{self, Overrides};
use super::terminal::{note, report, warn};
use super::{CheckArgs, Ending};

pub(super) fn check(args: &CheckArgs) -> Ending {
    let mut ending = Ending::Done;
    for path in &args.scenarios {
        match loading::load(path, Overrides::default()) {
            Ok(loaded) => {
                warn(&loaded.warnings);
                if !args.quiet {
                    let plan = &loaded.plan;
                    note(&format!(
                        "{}: fine: {}, {}, {}, {}, {}",
                        path.display(),
                        counted(loaded.scenario.measures.len() as u64, "measure"),
                        counted(plan.world.periods as u64, "period"),
                        counted(plan.world.parameters.len() as u64, "uncertain number"),
                        counted(plan.outcomes.len() as u64, "outcome"),
                        counted(plan.draws, "draw")
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

/// "1 measure", "2 measures".
fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
