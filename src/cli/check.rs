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
                        "{}: fine: {} measures, {} periods, {} uncertain numbers, {} outcomes, {} draws",
                        path.display(),
                        loaded.scenario.measures.len(),
                        plan.world.periods,
                        plan.world.parameters.len(),
                        plan.outcomes.len(),
                        plan.draws
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
