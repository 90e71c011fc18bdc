//! `schema`: the JSON Schema of the scenario format, for editors.

use super::Ending;
use super::terminal::say;
use crate::scenario::json_schema;

pub(super) fn schema() -> Ending {
    say(json_schema().trim_end())
}
