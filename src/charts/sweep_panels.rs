//! How outcomes move along a sweep of one input: a small panel per outcome, and in it, per value of the input, the median with bars for 25–75% and 5–95%
//! of the draws.
//!
//! Where the values are numbers, they stand at their distances and the medians are joined; names stand evenly and are not.

use super::ChartError;
use super::axis::{Axis, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Unit, drawable};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, GRID, INK, MARGIN, WIDTH};
use serde::{Deserialize, Serialize};

/// The distribution of an outcome at one value of the swept input.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SweepBand {
    /// 5th percentile over the draws, in the panel's unit.
    #[serde(with = "figures")]
    pub p05: f64,
    /// 25th percentile.
    #[serde(with = "figures")]
    pub p25: f64,
    /// Median.
    #[serde(with = "figures")]
    pub p50: f64,
    /// 75th percentile.
    #[serde(with = "figures")]
    pub p75: f64,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub p95: f64,
}

impl SweepBand {
    /// The two bars, the wider first.
    fn bars(&self) -> [(f64, f64); 2] {
        [(self.p05, self.p95), (self.p25, self.p75)]
    }

    fn is_finite(&self) -> bool {
        [self.p05, self.p25, self.p50, self.p75, self.p95].iter().all(|v| drawable(*v))
    }
}

/// One outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepPanel {
    /// The outcome's name, with its period where there are several.
    pub title: String,
    /// How its numbers are written.
    pub unit: Unit,
    /// One per value of the input, in the chart's order; what is not finite leaves a gap.
    pub bands: Vec<SweepBand>,
}

/// Outcomes along one swept input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweepPanels {
    /// What is shown: "Outcomes by the tariff on steel, 2028".
    pub title: String,
    /// Number of draws, what dots and bars are.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The swept input's name.
    pub axis: String,
    /// Its values as written: "25%".
    pub values: Vec<String>,
    /// Its values as numbers, where they are.
    #[serde(with = "figures")]
    pub numeric: Option<Vec<f64>>,
    /// The outcomes; twelve make a page, and no more are drawn.
    pub panels: Vec<SweepPanel>,
}

const SHOWN: usize = 12;
const GAP: f64 = 28.0;
/// The two bars, the wider first.
const STRENGTH: [f64; 2] = [0.2, 0.45];

/// Where the values stand, and whether they are joined.
struct Positions {
    x: Vec<f64>,
    range: (f64, f64),
    joined: bool,
    /// The least distance between two neighbours.
    step: f64,
}

impl SweepPanels {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let bands = |panel: &'_ SweepPanel| panel.bands.iter().take(self.values.len()).any(SweepBand::is_finite);
        let (mut panels, unknown): (Vec<&SweepPanel>, Vec<&SweepPanel>) = self.panels.iter().partition(|panel| bands(panel));
        if panels.is_empty() {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        }
        let mut notes = Vec::new();
        for (rest, lead) in
            [(panels.split_off(panels.len().min(SHOWN)), "Not shown on this page"), (unknown, "Without a value and not shown")]
        {
            if !rest.is_empty() {
                let names: Vec<&str> = rest.iter().map(|panel| panel.title.as_str()).collect();
                notes.push(format!("{lead}: {}.", names.join(", ")));
            }
        }
        if panels.len() > 1 {
            notes.push("Each panel has its own scale.".to_owned());
        }
        let positions = self.positions();
        let (columns, height) = match panels.len() {
            1 => (1, 300.0),
            2 | 4 => (2, 190.0),
            _ => (3, 130.0),
        };
        let width = (WIDTH - 2.0 * MARGIN - GAP * (columns - 1) as f64) / columns as f64;
        let drawn: Vec<Drawn<'_>> = panels.iter().map(|panel| Drawn::of(panel, &positions)).collect();
        // Plots of one width, so that a value stands at the same place in each.
        let gutter = drawn.iter().map(Drawn::gutter).fold(0.0, f64::max).min(width / 3.0);
        let (mut canvas, mut y) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        for line in drawn.chunks(columns) {
            for (column, panel) in line.iter().enumerate() {
                let left = MARGIN + column as f64 * (width + GAP);
                self.draw_panel(&mut canvas, panel, &positions, gutter, (left, y, width, height))?;
            }
            y += height + 56.0;
        }
        // All panels have the same values under them: their name stands once.
        let name = TICK_STYLE.bold();
        canvas.text(WIDTH / 2.0, y - 1.0, Anchor::Middle, name, &name.shorten(&self.axis, WIDTH - 2.0 * MARGIN));
        Ok(canvas.finish(y + 4.0, &notes, &self.source))
    }

    fn positions(&self) -> Positions {
        let count = self.values.len();
        let numbers = self.numeric.as_ref().filter(|x| x.len() == count && x.iter().all(|v| drawable(*v)));
        let (x, joined) = match numbers {
            Some(numbers) => (numbers.clone(), true),
            None => ((0..count).map(|i| i as f64).collect(), false),
        };
        let mut sorted = x.clone();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (sorted.first().copied().unwrap_or(0.0), sorted.last().copied().unwrap_or(0.0));
        let (low, high) = if high - low > 1e-9 * high.abs().max(low.abs()) && high > low { (low, high) } else { widened(low, low) };
        let step = sorted.windows(2).map(|pair| pair[1] - pair[0]).filter(|d| *d > 0.0).fold(high - low, f64::min);
        // Air for half a bar at both ends, more where there are few of them.
        let air = (high - low) * if count <= 4 { 0.16 } else { 0.06 };
        Positions { x, range: (low - air, high + air), joined, step }
    }

    fn draw_panel(
        &self,
        canvas: &mut Canvas,
        drawn: &Drawn<'_>,
        positions: &Positions,
        gutter: f64,
        (left, top, width, height): (f64, f64, f64, f64),
    ) -> Result<(), ChartError> {
        let Drawn { panel, points, axis } = drawn;
        let heading = LABEL_STYLE.bold();
        canvas.text(left, top + 8.0, Anchor::Start, heading, &heading.shorten(&panel.title, width));
        let unit = axis.format.axis_name();
        canvas.text(left, top + 22.0, Anchor::Start, NOTE_STYLE, &NOTE_STYLE.shorten(&unit, width));
        let plot = Plot {
            left: left + gutter,
            top: top + if unit.is_empty() { 20.0 } else { 31.0 },
            width: (width - gutter).max(40.0),
            height: height - if unit.is_empty() { 0.0 } else { 11.0 },
            x: positions.range,
            y: (axis.low, axis.high),
        };
        for tick in &axis.ticks {
            let y = plot.at_y(*tick);
            canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
            let text = NOTE_STYLE.shorten(&axis.format.tick(*tick), gutter);
            canvas.text(plot.left - 6.0, y + 3.6, Anchor::End, NOTE_STYLE, &text);
        }
        canvas.line((plot.left, plot.bottom()), (plot.right(), plot.bottom()), AXIS, 1.0);
        // Half a bar, in the axis's units: at most nine pixels, and never touching its neighbour.
        let pixel = (positions.range.1 - positions.range.0) / plot.width;
        let half = (0.38 * positions.step).clamp(0.7 * pixel, 9.0 * pixel);
        // Where bars would be mere hairs, the bands run on from value to value, as the medians do.
        let dense = positions.joined && points.len() > 2 && half < 2.5 * pixel;
        plot.draw(canvas, |marks| {
            for (band, strength) in STRENGTH.into_iter().enumerate() {
                let ends = |at: &SweepBand| at.bars()[band];
                if dense {
                    let upper = points.iter().map(|(x, at)| (*x, ends(at).1));
                    marks.polygon(upper.chain(points.iter().rev().map(|(x, at)| (*x, ends(at).0))), BLUE.tint(strength))?;
                    continue;
                }
                for (x, at) in points {
                    let (low, high) = ends(at);
                    marks.rectangle((x - half, low), (x + half, high), BLUE.tint(strength))?;
                }
            }
            Ok(())
        })?;
        if axis.holds_zero() {
            canvas.line((plot.left, plot.at_y(0.0)), (plot.right(), plot.at_y(0.0)), INK, 1.0);
        }
        plot.draw(canvas, |marks| {
            if positions.joined && points.len() > 1 {
                marks.line(points.iter().map(|(x, band)| (*x, band.p50)), BLUE, 1.8)?;
            }
            for (x, band) in points.iter().filter(|_| !dense) {
                marks.dot((*x, band.p50), if half > 3.0 * pixel { 2.6 } else { 1.4 }, BLUE)?;
            }
            Ok(())
        })?;
        self.set_values(canvas, &plot, positions, left + width);
        Ok(())
    }

    /// The values under a panel: the first and the last, and of those between as many as there is room for.
    fn set_values(&self, canvas: &mut Canvas, plot: &Plot, positions: &Positions, right: f64) {
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_by(|a, b| positions.x[*a].total_cmp(&positions.x[*b]));
        let each = (plot.width / order.len().clamp(1, 3) as f64 - 8.0).max(24.0);
        let mut labels: Vec<(f64, String, f64)> = Vec::new();
        for i in order {
            let text = NOTE_STYLE.shorten(&self.values[i], each);
            let half = NOTE_STYLE.width(&text) / 2.0;
            let (low, high) = (plot.left - 12.0 + half, right + 8.0 - half);
            let x = plot.at_x(positions.x[i]);
            labels.push((x.clamp(low, high.max(low)), text, half));
            if self.values.len() <= 24 {
                canvas.line((x, plot.bottom()), (x, plot.bottom() + 3.0), AXIS, 1.0);
            }
        }
        let Some(last) = labels.pop() else { return };
        let start = |(centre, _, half): &(f64, String, f64)| centre - half;
        let end = |(centre, _, half): &(f64, String, f64)| centre + half;
        // Between the ends, even steps where the values are many: the least step at which neighbours keep apart.
        let widest = labels.iter().map(|(.., half)| 2.0 * half).fold(2.0 * last.2, f64::max) + 7.0;
        let room = plot.width / labels.len().max(1) as f64;
        let every = if positions.joined && labels.len() > 8 { (widest / room.max(0.1)).ceil().max(1.0) as usize } else { 1 };
        let mut free = f64::NEG_INFINITY;
        for (_, label) in labels.iter().enumerate().filter(|(i, _)| i.is_multiple_of(every)) {
            if start(label) > free && end(label) + 7.0 < start(&last) {
                canvas.text(label.0, plot.bottom() + 14.0, Anchor::Middle, NOTE_STYLE, &label.1);
                free = end(label) + 7.0;
            }
        }
        canvas.text(last.0, plot.bottom() + 14.0, Anchor::Middle, NOTE_STYLE, &last.1);
    }
}

/// A panel with what of it can be drawn, in order of the values, and the axis for that.
struct Drawn<'a> {
    panel: &'a SweepPanel,
    points: Vec<(f64, &'a SweepBand)>,
    axis: Axis,
}

impl<'a> Drawn<'a> {
    fn of(panel: &'a SweepPanel, positions: &Positions) -> Drawn<'a> {
        let mut points: Vec<(f64, &SweepBand)> =
            positions.x.iter().copied().zip(&panel.bands).filter(|(_, band)| band.is_finite()).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let axis = value_axis(panel, &points);
        Drawn { panel, points, axis }
    }

    /// Room for the numbers left of the plot.
    fn gutter(&self) -> f64 {
        self.axis.ticks.iter().map(|t| NOTE_STYLE.width(&self.axis.format.tick(*t))).fold(0.0, f64::max) + 6.0
    }
}

/// The axis of one panel: the medians and, as far as they stay within reason, the bars; zero where it is near.
fn value_axis(panel: &SweepPanel, points: &[(f64, &SweepBand)]) -> Axis {
    let fold = |pick: fn(&SweepBand) -> (f64, f64)| {
        points
            .iter()
            .map(|(_, b)| pick(b))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| (low.min(a.min(b)), high.max(a.max(b))))
    };
    let (inner_low, inner_high) = fold(|b| (b.p25.min(b.p50), b.p75.max(b.p50)));
    let (outer_low, outer_high) = fold(|b| (b.p05, b.p95));
    let slack = 1.5 * (inner_high - inner_low);
    let (mut low, mut high) = (outer_low, outer_high);
    if slack > 0.0 {
        (low, high) = (low.max(inner_low - slack), high.min(inner_high + slack));
    }
    let size = high - low;
    if low > 0.0 && low < 0.5 * size {
        low = 0.0;
    }
    if high < 0.0 && -high < 0.5 * size {
        high = 0.0;
    }
    let (low, high) = widened(low.min(high), high.max(low));
    let air = 0.04 * (high - low);
    Axis::spanning(&panel.unit, low - air, high + air, 4)
}
