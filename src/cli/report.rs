//! `report`: the pages of finished runs, written again from the tables, figures and words that stand in their folders.

use super::plot::{charts_of, each, read_json};
use super::results::PAGE;
use super::{Ending, FinishedArgs};
use crate::output::Finished;
use crate::report::{SUBJECT, Subject, draw, page};

pub(super) fn report(args: &FinishedArgs) -> Ending {
    each(args, |finished: Finished| {
        let charts = charts_of(&finished)?;
        let subject: Subject = read_json(&finished, SUBJECT)?;
        let drawings = draw(&charts)?;
        let page = page(&finished.manifest, &subject, &charts, &drawings, |name| finished.read(name))?;
        finished.write(PAGE, page.as_bytes())?;
        let length = page.len();
        finished.list([PAGE.to_string()])?;
        Ok(format!("{PAGE}: {:.1} MB", length as f64 / 1e6))
    })
}
