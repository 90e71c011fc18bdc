//! How much of an outcome's variance each input explains: the first-order index (alone) and the total index (with all its interactions), each with its
//! 95% interval.
//!
//! An index that its interval does not tell from zero is pale and called "within noise": its figure is not printed, for it would be read.

use super::ChartError;
use super::axis::{Axis, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Unit, drawable};
use super::plot::Plot;
use super::scale;
use super::theme::{AXIS, BLUE, Colour, INK, MARGIN, MUTED, ORANGE, WIDTH};
use serde::{Deserialize, Serialize};

/// An estimated index with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct IndexBar {
    /// The index, 1 = all of the variance.
    #[serde(with = "figures")]
    pub value: f64,
    /// Lower end of its interval.
    #[serde(with = "figures")]
    pub low: f64,
    /// Upper end.
    #[serde(with = "figures")]
    pub high: f64,
}

impl IndexBar {
    fn has_interval(&self) -> bool {
        drawable(self.low) && drawable(self.high) && self.high > self.low
    }
}

/// One input, or group of inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexRow {
    /// The input's name.
    pub label: String,
    /// What it explains alone.
    pub first: Option<IndexBar>,
    /// What it explains together with all others.
    pub total: Option<IndexBar>,
    /// Neither can be told from zero.
    pub noise: bool,
}

/// Sensitivity indices of one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndicesChart {
    /// What is shown: "What drives Canada–Mexico trade by sea in 2030".
    pub title: String,
    /// Estimator, number of draws, what the whiskers are.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// What the two bars are: "first-order index", "total index". The second is not shown where no row has one.
    pub names: [String; 2],
    /// The inputs, in the order they are drawn.
    pub rows: Vec<IndexRow>,
}

const COLOURS: [Colour; 2] = [BLUE, ORANGE];
const NOISE: &str = "within noise";

impl IndicesChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let bars = |row: &IndexRow| [row.first, row.total].map(|bar| bar.filter(|bar| drawable(bar.value)));
        if !self.rows.iter().any(|row| bars(row).iter().any(Option::is_some)) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No index could be estimated: there is nothing to show.",
            ));
        }
        let shown: Vec<usize> = (0..2).filter(|i| self.rows.iter().any(|row| bars(row)[*i].is_some())).collect();
        let ((low, high), cut) = reach(self.rows.iter().flat_map(bars).flatten());
        let axis = Axis::rounded(&Unit::Ratio, low, high, 6);
        let mut notes = Vec::new();
        if self.rows.iter().any(|row| row.noise) {
            notes.push("Within noise: the interval does not tell the index from zero. More draws would narrow it.".to_owned());
        }
        if cut {
            notes.push("Bars that end at the edge and whiskers without an end mark go on beyond the axis.".to_owned());
        }

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let tints = COLOURS.map(|colour| colour.tint(0.8));
        let entries: Vec<(Colour, &str)> = shown.iter().map(|i| (tints[*i], self.names[*i].as_str())).collect();
        let top = scale::key(&mut canvas, top, &entries);
        let row_height = if shown.len() == 1 { 21.0 } else { 30.0 };
        let names = self.rows.iter().map(|row| TICK_STYLE.width(&row.label)).fold(0.0, f64::max).min(250.0);
        let figures = self.rows.iter().flat_map(bars).flatten().map(|bar| NOTE_STYLE.bold().width(&written(bar.value)));
        let figures = figures.fold(NOTE_STYLE.width(NOISE), f64::max);
        let plot = Plot {
            left: MARGIN + names + 12.0,
            top: top + 4.0,
            width: (WIDTH - 2.0 * MARGIN - names - 12.0 - figures - 14.0).max(80.0),
            height: self.rows.len() as f64 * row_height,
            x: (axis.low, axis.high),
            y: (self.rows.len() as f64, 0.0),
        };
        let foot = scale::below(&mut canvas, &plot, &axis);
        // Where the n-th of the bars that are shown stands in its row.
        let strip = |row: usize, nth: usize| {
            let (at, half) = if shown.len() == 1 { (0.5, 0.28) } else { ([0.29, 0.71][nth], 0.17) };
            (row as f64 + at - half, row as f64 + at + half)
        };
        plot.draw(&mut canvas, |marks| {
            for (i, row) in self.rows.iter().enumerate() {
                for (nth, bar) in shown.iter().enumerate().filter_map(|(nth, which)| Some((nth, bars(row)[*which]?))) {
                    let (from, to) = strip(i, nth);
                    let colour = if row.noise { COLOURS[shown[nth]].tint(0.25) } else { tints[shown[nth]] };
                    marks.rectangle((0.0, from), (bar.value, to), colour)?;
                    if bar.has_interval() {
                        let (middle, ink) = (f64::midpoint(from, to), if row.noise { AXIS } else { INK });
                        marks.line([(bar.low, middle), (bar.high, middle)], ink, 1.0)?;
                        for end in [bar.low, bar.high].into_iter().filter(|end| (axis.low..=axis.high).contains(end)) {
                            marks.line([(end, middle - 0.09), (end, middle + 0.09)], ink, 1.0)?;
                        }
                    }
                }
            }
            Ok(())
        })?;
        canvas.line((plot.at_x(0.0), plot.top - 3.0), (plot.at_x(0.0), plot.bottom()), INK, 1.2);
        for (i, row) in self.rows.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * row_height;
            let ink = Style { colour: if row.noise { MUTED } else { INK }, ..TICK_STYLE };
            // Two bars leave room for two lines.
            canvas.name((MARGIN, y), ink, &row.label, names + 0.5, shown.len());
            let right = WIDTH - MARGIN;
            if row.noise {
                canvas.text(right, y + 3.8, Anchor::End, NOTE_STYLE, NOISE);
                continue;
            }
            for (nth, which) in shown.iter().enumerate() {
                let (from, to) = strip(i, nth);
                let y = plot.top + f64::midpoint(from, to) * row_height + 3.8;
                let figure = bars(row)[*which].map_or_else(|| "n/a".to_owned(), |bar| written(bar.value));
                let style = if shown.len() == 1 { LABEL_STYLE } else { Style { colour: INK, ..NOTE_STYLE.bold() } };
                canvas.text(right, y, Anchor::End, style, &style.shorten(&figure, figures + 1.0));
            }
        }
        Ok(canvas.finish(foot, &notes, &self.source))
    }
}

/// Two decimals: no index is known to three.
fn written(value: f64) -> String {
    if value.abs() < 1e4 { format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0).replace('-', "−") } else { Unit::Ratio.format(value) }
}

/// The range of the axis, zero included, and whether something goes on beyond it. Intervals may stretch it to twice what the indices need; indices of a
/// sane estimate lie in 0…1, and a stray one does not squeeze the others.
fn reach(bars: impl Iterator<Item = IndexBar>) -> ((f64, f64), bool) {
    let (mut low, mut high, mut outer_low, mut outer_high) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for bar in bars {
        (low, high) = (low.min(bar.value), high.max(bar.value));
        (outer_low, outer_high) = (outer_low.min(bar.value), outer_high.max(bar.value));
        if bar.has_interval() {
            (outer_low, outer_high) = (outer_low.min(bar.low), outer_high.max(bar.high));
        }
    }
    let slack = (high - low).max(0.05);
    let shown = (outer_low.max(low - slack).max(-1.0), outer_high.min(high + slack).min(2.0));
    (widened(shown.0, shown.1), shown.0 > outer_low || shown.1 < outer_high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_written_with_two_decimals_and_no_negative_zero() {
        for (value, text) in [(0.3139, "0.31"), (-0.001, "0.00"), (-0.02, "−0.02"), (1.0, "1.00")] {
            assert_eq!(written(value), text);
        }
    }
}
