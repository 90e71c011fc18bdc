//! The charts of a run by name: their figures in `charts.json`, from which they are drawn, then and later, into `plots/`.

use crate::charts::{Chart, ChartError, png};
use crate::output::{Folder, OutputError};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The file of figures within a folder of results.
pub const CHARTS: &str = "charts.json";

/// Charts by the names of their files: `outcome-01-canadian-steel-fan`.
pub type Charts = BTreeMap<String, Chart>;

/// Drawn charts by the same names, as SVG documents.
pub type Drawings = BTreeMap<String, String>;

/// Why a run's charts are not all there.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("chart \"{name}\": {source}")]
    Chart { name: String, source: ChartError },
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// A chart whose figures are yet to be gathered.
pub(super) struct Planned<'f> {
    pub name: String,
    pub figures: Box<dyn Fn() -> Chart + Send + Sync + 'f>,
}

pub(super) fn gathered(planned: Vec<Planned<'_>>) -> Charts {
    planned.into_par_iter().map(|chart| (chart.name, (chart.figures)())).collect()
}

/// Writes the figures of all charts into the folder.
///
/// # Errors
/// If they cannot be written.
pub fn keep_charts(charts: &Charts, folder: &Folder) -> Result<(), OutputError> {
    // A map of structs of texts and numbers: there is nothing in it that JSON cannot hold.
    let mut bytes = serde_json::to_vec(charts).unwrap_or_default();
    bytes.push(b'\n');
    folder.write(CHARTS, &bytes)
}

/// Draws all charts.
///
/// # Errors
/// The first chart that cannot be drawn.
pub fn draw(charts: &Charts) -> Result<Drawings, PictureError> {
    let drawn = |(name, chart): (&String, &Chart)| {
        let svg = chart.to_svg().map_err(|source| PictureError::Chart { name: name.clone(), source })?;
        Ok((name.clone(), svg))
    };
    charts.par_iter().map(drawn).collect()
}

/// Hands every drawing on as `plots/<name>.svg` and `.png`.
///
/// # Errors
/// The first that cannot be turned into a picture or written.
pub fn write_pictures(
    drawings: &Drawings,
    write: impl Fn(&str, &[u8]) -> Result<(), OutputError> + Send + Sync,
) -> Result<(), PictureError> {
    drawings.par_iter().try_for_each(|(name, svg)| {
        let png = png(svg).map_err(|source| PictureError::Chart { name: name.clone(), source })?;
        write(&format!("plots/{name}.svg"), svg.as_bytes())?;
        write(&format!("plots/{name}.png"), &png)?;
        Ok(())
    })
}
