//! What a reader is shown of a run: its charts, filled from the findings.
//! Here figures get titles, units and sources; how a chart looks is decided in `charts`, what the figures are in `findings`.

mod driver_charts;
mod drivers_table;
mod error_charts;
mod headline_changes;
mod headlines;
mod input_names;
mod maritime_charts;
mod outcome_charts;
mod run_charts;
mod sweep_charts;
mod wording;

pub use drivers_table::drivers_table;
pub use headline_changes::{changes_since, medians};
pub use headlines::headlines;
pub use sweep_charts::{sweep_headlines, write_sweep_charts};

use crate::charts::{ChartError, png};
use crate::findings::Findings;
use crate::output::{Folder, OutputError};
use crate::uncertainty::Sampler;
use rayon::prelude::*;

/// Why a run's charts are not all there.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("chart \"{name}\": {source}")]
    Chart { name: String, source: ChartError },
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Draws every chart of the run into `plots/` of the folder, as SVG and PNG.
///
/// # Errors
/// The first chart that cannot be drawn or written.
pub fn write_charts(findings: &Findings<'_>, folder: &Folder) -> Result<(), PictureError> {
    if findings.plan.sampler == Sampler::Quadrature {
        // Charts show distributions, of which a quadrature knows two moments.
        return Ok(());
    }
    let mut drawings: Vec<Drawing<'_>> = outcome_charts::all(findings);
    drawings.extend(driver_charts::all(findings));
    drawings.extend(error_charts::all(findings));
    drawings.extend(run_charts::all(findings));
    drawings.extend(maritime_charts::all(findings));
    draw_all(drawings, folder)
}

fn draw_all(drawings: Vec<Drawing<'_>>, folder: &Folder) -> Result<(), PictureError> {
    drawings.into_par_iter().try_for_each(|drawing| {
        let failed = |source| PictureError::Chart { name: drawing.name.clone(), source };
        let svg = (drawing.draw)().map_err(failed)?;
        let png = png(&svg).map_err(failed)?;
        folder.write(&format!("plots/{}.svg", drawing.name), svg.as_bytes())?;
        folder.write(&format!("plots/{}.png", drawing.name), &png)?;
        Ok(())
    })
}

/// A chart yet to be drawn.
struct Drawing<'f> {
    name: String,
    draw: Box<dyn Fn() -> Result<String, ChartError> + Send + Sync + 'f>,
}
