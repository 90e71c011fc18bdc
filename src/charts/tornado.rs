//! Which inputs move an outcome, and which way: its mean over the draws in which an input lies in its lowest tenth, and in its highest, as bars either
//! side of the mean of all draws.
//!
//! Unlike the textbook tornado, which moves one input and holds the rest, every other input varies as it does: interactions and correlations are in.

use super::ChartError;
use super::axis::{Axis, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::scale;
use super::theme::{BLUE, INK, MARGIN, MUTED, ORANGE, WIDTH};
use serde::{Deserialize, Serialize};

/// One input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TornadoRow {
    /// The input's name.
    pub label: String,
    /// Mean of the outcome where the input is in its lowest tenth, in the chart's unit.
    #[serde(with = "figures")]
    pub low: f64,
    /// Mean of the outcome where the input is in its highest tenth.
    #[serde(with = "figures")]
    pub high: f64,
    /// The input's own mean in its lowest tenth, as people write it: "3.1".
    pub low_label: String,
    /// The input's own mean in its highest tenth.
    pub high_label: String,
    /// Standard error of `low` and `high`, in the chart's unit.
    #[serde(with = "figures")]
    pub se: f64,
}

impl TornadoRow {
    fn is_finite(&self) -> bool {
        drawable(self.low) && drawable(self.high)
    }

    /// The outcome moves the same way at both ends of the input.
    fn one_sided(&self, centre: f64) -> bool {
        (self.low > centre && self.high > centre) || (self.low < centre && self.high < centre)
    }

    /// Half the length of a whisker.
    fn whisker(&self) -> f64 {
        if drawable(2.0 * self.se) { 2.0 * self.se.abs() } else { 0.0 }
    }
}

/// An outcome by the inputs that move it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TornadoChart {
    /// What is shown: "What moves Canada–Mexico trade by sea in 2030".
    pub title: String,
    /// Unit, number of draws.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The mean of the outcome over all draws.
    #[serde(with = "figures")]
    pub centre: f64,
    /// What the centre is: "mean of all draws".
    pub centre_label: String,
    /// The inputs, in the order they are drawn.
    pub rows: Vec<TornadoRow>,
}

/// Height of a row, where all names take one line and where some take two.
const ROWS: [f64; 2] = [27.0, 34.0];
/// The widest that a line of a name may be.
const NAMES: f64 = 270.0;
/// The widest that the value of an input may stand at the end of its bar.
const VALUE: f64 = 84.0;

impl TornadoChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let known: Vec<&TornadoRow> = self.rows.iter().filter(|row| row.is_finite()).collect();
        if known.is_empty() || !drawable(self.centre) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No input moves this outcome: there is nothing to show.",
            ));
        }
        let centre = self.centre;
        let ((low, high), cut) = self.reach(&known);
        let axis = Axis::spanning(&self.unit, low, high, 6);
        let mut notes = vec!["Figures at the bars’ ends: the input’s own mean there. Whiskers: ± 2 standard errors.".to_owned()];
        if cut {
            notes.push("Whiskers without an end mark go on beyond the axis.".to_owned());
        }
        if known.iter().any(|row| row.one_sided(centre)) {
            notes.push("Two thin bars on one side: the outcome moves the same way whether the input is low or high.".to_owned());
        }

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let (low_colour, high_colour) = (ORANGE.tint(0.85), BLUE.tint(0.8));
        let top = scale::key(&mut canvas, top, &[(low_colour, "input in its lowest tenth"), (high_colour, "input in its highest tenth")]);
        let swings: Vec<f64> = known.iter().map(|row| row.high - row.low).collect();
        let format = Format::together(&self.unit.difference(), &swings);
        let heading = match format.axis_name() {
            unit if unit.is_empty() => "high − low".to_owned(),
            unit => NOTE_STYLE.shorten(&format!("high − low, {unit}"), 150.0),
        };
        let right = WIDTH - MARGIN;
        let figures = swings.iter().map(|s| LABEL_STYLE.width(&format.bare(*s))).fold(NOTE_STYLE.width(&heading), f64::max);
        let names = self.rows.iter().map(|row| TICK_STYLE.width(&row.label)).fold(0.0, f64::max);
        let lines = if names > NAMES { 2 } else { 1 };
        let (names, row_height) = (names.min(NAMES), ROWS[lines - 1]);
        let ends = known.iter().flat_map(|row| [&row.low_label, &row.high_label]);
        let ends = ends.map(|text| NOTE_STYLE.width(text)).fold(0.0, f64::max).min(VALUE) + 6.0;
        let plot = Plot {
            left: MARGIN + names + 10.0 + ends,
            top: top + 26.0,
            width: (right - figures - 12.0 - ends - (MARGIN + names + 10.0 + ends)).max(80.0),
            height: self.rows.len() as f64 * row_height,
            x: (low, high),
            y: (self.rows.len() as f64, 0.0),
        };
        let foot = scale::below(&mut canvas, &plot, &axis);
        canvas.text(right, plot.top - 11.0, Anchor::End, NOTE_STYLE, &heading);
        plot.draw(&mut canvas, |marks| {
            for (i, row) in self.rows.iter().enumerate().filter(|(_, row)| row.is_finite()) {
                for (value, colour, (from, to)) in
                    [(row.low, low_colour, lane(row, centre, i, false)), (row.high, high_colour, lane(row, centre, i, true))]
                {
                    marks.rectangle((centre, from), (value, to), colour)?;
                }
                for (value, (from, to)) in [(row.low, lane(row, centre, i, false)), (row.high, lane(row, centre, i, true))] {
                    let (middle, half) = (f64::midpoint(from, to), row.whisker());
                    if half > 0.0 {
                        marks.line([(value - half, middle), (value + half, middle)], INK, 1.0)?;
                        // A whisker that goes on beyond the axis has no end to show.
                        for end in [value - half, value + half].into_iter().filter(|end| (low..=high).contains(end)) {
                            marks.line([(end, middle - 0.11), (end, middle + 0.11)], INK, 1.0)?;
                        }
                    }
                }
            }
            Ok(())
        })?;
        self.set_centre(&mut canvas, &plot, right - figures - 8.0);
        for (i, row) in self.rows.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * row_height;
            let ink = Style { colour: if row.is_finite() { INK } else { MUTED }, ..TICK_STYLE };
            canvas.name((MARGIN, y), ink, &row.label, names + 0.5, lines);
            if !row.is_finite() {
                canvas.text(right, y + 4.2, Anchor::End, ink, "n/a");
                continue;
            }
            canvas.text(right, y + 4.4, Anchor::End, LABEL_STYLE, &format.bare(row.high - row.low));
            for (value, text, is_high) in [(row.low, &row.low_label, false), (row.high, &row.high_label, true)] {
                let (from, to) = lane(row, centre, i, is_high);
                let y = plot.top + f64::midpoint(from, to) * row_height + 3.8;
                // A bar of no length points away from its fellow.
                let left = value < centre
                    || value == centre && (if is_high { row.low } else { row.high }) > centre
                    || row.low == row.high && !is_high;
                let text = NOTE_STYLE.shorten(text, VALUE);
                let end = if left { plot.at_x(value - row.whisker()) - 5.0 } else { plot.at_x(value + row.whisker()) + 5.0 };
                // With a rim, as gridlines pass behind.
                canvas.text_on_map(if left { end - NOTE_STYLE.width(&text) } else { end }, y, NOTE_STYLE, &text);
            }
        }
        Ok(canvas.finish(foot, &notes, &self.source))
    }

    /// The line at the mean of all draws, with its name and figure above it.
    fn set_centre(&self, canvas: &mut Canvas, plot: &Plot, right: f64) {
        let x = plot.at_x(self.centre);
        canvas.line((x, plot.top - 3.0), (x, plot.bottom()), INK, 1.2);
        let style = LABEL_STYLE.bold();
        let room = right - MARGIN;
        let text = style.shorten(&format!("{} {}", self.centre_label, self.unit.format(self.centre)), room);
        let half = style.width(&text) / 2.0;
        canvas.text(x.clamp(MARGIN + half, (right - half).max(MARGIN + half)), plot.top - 11.0, Anchor::Middle, style, &text);
    }

    /// The range of the axis, centre included, and whether whiskers go on beyond it: they may stretch it to twice what the bars need.
    fn reach(&self, rows: &[&TornadoRow]) -> ((f64, f64), bool) {
        let (low, high) = rows.iter().fold((self.centre, self.centre), |(a, b), r| (a.min(r.low.min(r.high)), b.max(r.low.max(r.high))));
        let whiskers =
            rows.iter().fold((low, high), |(a, b), r| (a.min(r.low.min(r.high) - r.whisker()), b.max(r.low.max(r.high) + r.whisker())));
        let slack = 0.5 * (high - low);
        let shown = if slack > 0.0 { (whiskers.0.max(low - slack), whiskers.1.min(high + slack)) } else { whiskers };
        (widened(shown.0, shown.1), shown != whiskers)
    }
}

/// The strip of a row that a bar fills: all of it, or its upper or lower half where both bars lie on one side.
fn lane(row: &TornadoRow, centre: f64, i: usize, is_high: bool) -> (f64, f64) {
    let middle = i as f64 + 0.5;
    match (row.one_sided(centre), is_high) {
        (false, _) => (middle - 0.32, middle + 0.32),
        (true, false) => (middle - 0.38, middle - 0.04),
        (true, true) => (middle + 0.04, middle + 0.38),
    }
}
