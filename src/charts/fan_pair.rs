//! One outcome in two worlds, side by side: two fans on one axis, so that heights compare.

use super::ChartError;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, nothing_to_draw};
use super::fan::{Fan, FanPeriod, Frame, value_axis};
use super::figures;
use super::number::Unit;
use super::theme::{HEIGHT, MARGIN, WIDTH};
use serde::{Deserialize, Serialize};

/// How wide the page is: two fans need more than one.
const WIDE: f64 = 1.45 * WIDTH;
/// Between the two.
const GAP: f64 = 34.0;

/// One of the two worlds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FanSide {
    /// The scenario's title.
    pub label: String,
    /// The base year's name and the outcome in it; the fan opens from there.
    #[serde(with = "figures")]
    pub baseline: Option<(String, f64)>,
    /// The periods in order. One without finite percentiles is left out.
    pub periods: Vec<FanPeriod>,
}

/// An outcome in two worlds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FanPair {
    /// What is shown: "Canada–Mexico trade by sea".
    pub title: String,
    /// Unit, number of draws, what the bands are.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The first scenario, and the one that is compared with it.
    pub sides: [FanSide; 2],
}

impl FanPair {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let fans = self.sides.each_ref().map(|side| Fan::of(side.baseline.as_ref(), &side.periods));
        if fans.iter().all(|fan| fan.periods.is_empty()) {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        }
        let (axis, notes) = value_axis(&self.unit, &fans.each_ref());
        let (mut canvas, top) = Canvas::titled(WIDE, &self.title, &self.subtitle);
        let foot = HEIGHT - canvas.footer_height(&notes, &self.source);
        let width = (WIDE - 2.0 * MARGIN - GAP) / 2.0;
        let heading = LABEL_STYLE.bold();
        for (nth, (side, fan)) in self.sides.iter().zip(&fans).enumerate() {
            let left = MARGIN + nth as f64 * (width + GAP);
            canvas.text(left, top + 8.0, Anchor::Start, heading, &heading.shorten(&side.label, width));
            fan.draw(&mut canvas, &Frame { left, right: left + width, top: top + 24.0, foot }, &axis)?;
        }
        Ok(canvas.finish(foot, &notes, &self.source))
    }
}
