//! What a reader is shown of a run: its charts, filled from the findings, and the page that tells the whole of it.
//! Here figures get titles, units and sources; how a chart looks is decided in `charts`, what the figures are in `findings`.
//!
//! A run leaves what its charts and page are made of in its folder: figures in `charts.json` ([`Charts`]), words in `report.json` ([`Subject`]), tables. Both can
//! so be made again without a draw, to the same bytes.

mod driver_charts;
mod drivers_table;
mod error_charts;
mod headline_changes;
mod headlines;
mod input_names;
mod maritime_charts;
mod measure_words;
mod outcome_charts;
mod page;
mod pictures;
mod run_charts;
mod subject;
mod sweep_charts;
mod sweep_headlines;
mod wording;

pub use drivers_table::drivers_table;
pub use headline_changes::{changes_since, medians};
pub use headlines::headlines;
pub use page::{PageError, page};
pub use pictures::{CHARTS, Charts, Drawings, PictureError, draw, keep_charts, write_pictures};
pub use subject::{SUBJECT, Subject, keep_subject};
pub use sweep_charts::sweep_charts;
pub use sweep_headlines::sweep_headlines;

use crate::findings::Findings;
use crate::uncertainty::Sampler;

/// Every chart of the run; none of a quadrature, which knows two moments of the distributions that charts show.
pub fn charts(findings: &Findings<'_>) -> Charts {
    if findings.plan.sampler == Sampler::Quadrature {
        return Charts::new();
    }
    let mut planned = outcome_charts::all(findings);
    planned.extend(driver_charts::all(findings));
    planned.extend(error_charts::all(findings));
    planned.extend(run_charts::all(findings));
    planned.extend(maritime_charts::all(findings));
    pictures::gathered(planned)
}
