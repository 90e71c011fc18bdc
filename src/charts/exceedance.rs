//! How likely an outcome is to exceed each value, P(Y > y), with the 95% band of the simulation; thresholds that the scenario states are marked with
//! their probability.

use super::ChartError;
use super::axis::{Axis, differ};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::placement::spread;
use super::plot::Plot;
use super::theme::{AXIS, BLUE, GRID, HEIGHT, INK, MARGIN, VERMILION, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// The probability of exceeding one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExceedancePoint {
    /// The value, in the chart's unit.
    #[serde(with = "figures")]
    pub x: f64,
    /// The share of draws above it.
    #[serde(with = "figures")]
    pub p: f64,
    /// Lower end of the 95% interval of that share.
    #[serde(with = "figures")]
    pub low: f64,
    /// Upper end.
    #[serde(with = "figures")]
    pub high: f64,
}

impl ExceedancePoint {
    fn is_finite(&self) -> bool {
        drawable(self.x) && drawable(self.p)
    }
}

/// A value of interest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThresholdMark {
    /// The value, in the chart's unit.
    #[serde(with = "figures")]
    pub value: f64,
    /// What it is called; empty for the value itself.
    pub label: String,
    /// The share of draws above it; read off the curve where absent.
    #[serde(with = "figures")]
    pub above: Option<f64>,
}

/// P(outcome > x).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExceedanceChart {
    /// What is shown: "How likely US imports of steel are to exceed a value, 2026".
    pub title: String,
    /// Unit, number of draws, what the band is.
    pub subtitle: String,
    /// How the values are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The curve in order of x.
    pub curve: Vec<ExceedancePoint>,
    /// Values to mark. Beyond five, the rest are listed under the chart.
    pub thresholds: Vec<ThresholdMark>,
}

/// Thresholds named on the chart; more would not fit side by side.
const MARKED: usize = 5;

impl ExceedanceChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let mut curve: Vec<ExceedancePoint> = self.curve.iter().copied().filter(ExceedancePoint::is_finite).collect();
        curve.sort_by(|a, b| a.x.total_cmp(&b.x));
        let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        };
        if !differ(first.x, last.x) {
            let marks = self.thresholds.iter().filter(|t| drawable(t.value));
            let chances = marks.map(|t| format!("{} of draws above {}", chance(above(t, &curve)), self.name(t)));
            let reason: Vec<String> = std::iter::once(format!("{} in every draw", self.unit.format(first.x))).chain(chances).collect();
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, &format!("{}.", reason.join("; "))));
        }
        // The axis reaches out to a threshold that is near, not to one that would squeeze the curve.
        let size = last.x - first.x;
        let (mut low, mut high) = (first.x, last.x);
        let thresholds: Vec<&ThresholdMark> = self.thresholds.iter().filter(|t| drawable(t.value)).collect();
        for threshold in &thresholds {
            if threshold.value > first.x - 0.6 * size && threshold.value < last.x + 0.6 * size {
                (low, high) = (low.min(threshold.value), high.max(threshold.value));
            }
        }
        let air = 0.02 * (high - low);
        let axis = Axis::spanning(&self.unit, low - air, high + air, 7);
        let (inside, outside): (Vec<&ThresholdMark>, Vec<&ThresholdMark>) =
            thresholds.into_iter().partition(|t| t.value >= low && t.value <= high);
        let (inside, more) = inside.split_at(inside.len().min(MARKED));

        let mut notes = Vec::new();
        for (rest, lead) in [(more, "More thresholds"), (&outside[..], "Beyond the axis")] {
            if !rest.is_empty() {
                let list: Vec<String> =
                    rest.iter().map(|t| format!("{} ({} of draws above)", self.name(t), chance(above(t, &curve)))).collect();
                notes.push(format!("{lead}: {}.", list.join(", ")));
            }
        }
        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let foot = HEIGHT - canvas.footer_height(&notes, &self.source);
        let gutter = TICK_STYLE.width("100%") + 8.0;
        let labels = if inside.is_empty() { 0.0 } else { 46.0 };
        let plot = Plot {
            left: MARGIN + gutter,
            top: top + 20.0 + labels,
            width: WIDTH - 2.0 * MARGIN - gutter - 12.0,
            height: (foot - 42.0 - top - 20.0 - labels).max(100.0),
            x: (axis.low, axis.high),
            y: (0.0, 1.0),
        };
        canvas.text(MARGIN, top + 6.0, Anchor::Start, TICK_STYLE, "share of draws above");
        for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = plot.at_y(tick);
            canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
            canvas.text(plot.left - 8.0, y + 4.0, Anchor::End, TICK_STYLE, &format!("{:.0}%", 100.0 * tick));
        }
        set_values(&mut canvas, &plot, &axis);
        plot.draw(&mut canvas, |marks| {
            let band: Vec<&ExceedancePoint> = curve.iter().filter(|point| drawable(point.low) && drawable(point.high)).collect();
            let upper = band.iter().map(|point| (point.x, point.high));
            if band.len() > 1 {
                marks.polygon(upper.chain(band.iter().rev().map(|point| (point.x, point.low))), BLUE.tint(0.25))?;
            }
            marks.line(curve.iter().map(|point| (point.x, point.p)), BLUE, 2.4)
        })?;
        canvas.line((plot.left, plot.bottom()), (plot.right(), plot.bottom()), AXIS, 1.2);
        if axis.holds_zero() && self.unit.is_change() {
            canvas.line((plot.at_x(0.0), plot.top), (plot.at_x(0.0), plot.bottom()), INK, 1.0);
        }
        self.set_thresholds(&mut canvas, &plot, inside, &curve)?;
        Ok(canvas.finish(foot, &notes, &self.source))
    }

    fn name(&self, threshold: &ThresholdMark) -> String {
        if threshold.label.trim().is_empty() { round(&self.unit, threshold.value) } else { threshold.label.clone() }
    }

    /// The thresholds' lines, with name and probability above the plot.
    fn set_thresholds(
        &self,
        canvas: &mut Canvas,
        plot: &Plot,
        marks: &[&ThresholdMark],
        curve: &[ExceedancePoint],
    ) -> Result<(), ChartError> {
        if marks.is_empty() {
            return Ok(());
        }
        let name = Style { colour: VERMILION, ..LABEL_STYLE.bold() };
        let room = (WIDTH - 2.0 * MARGIN) / marks.len() as f64 - 16.0;
        let texts: Vec<(String, String)> = marks
            .iter()
            .map(|t| {
                let p = above(t, curve);
                let full = format!("{} above, {} below", chance(p), chance(1.0 - p));
                let text = if NOTE_STYLE.width(&full) > room { format!("{} above", chance(p)) } else { full };
                (name.shorten(&self.name(t), room), text)
            })
            .collect();
        let sizes: Vec<f64> = texts.iter().map(|(a, b)| name.width(a).max(NOTE_STYLE.width(b))).collect();
        let wanted: Vec<f64> = marks.iter().map(|t| plot.at_x(t.value)).collect();
        let centres = spread(&wanted, &sizes, 16.0, MARGIN, WIDTH - MARGIN);
        for (((above, below), x), centre) in texts.iter().zip(&wanted).zip(&centres) {
            canvas.text(*centre, plot.top - 32.0, Anchor::Middle, name, above);
            canvas.text(*centre, plot.top - 18.0, Anchor::Middle, NOTE_STYLE, below);
            canvas.line((*centre, plot.top - 13.0), (*x, plot.top - 2.0), VERMILION, 1.0);
            canvas.line((*x, plot.top - 2.0), (*x, plot.bottom()), VERMILION, 1.2);
        }
        for (x, mark) in wanted.iter().zip(marks) {
            let y = plot.at_y(above(mark, curve));
            canvas.dot(*x, y, 5.0, WHITE);
            canvas.dot(*x, y, 3.8, VERMILION);
        }
        Ok(())
    }
}

fn set_values(canvas: &mut Canvas, plot: &Plot, axis: &Axis) {
    let widest = axis.ticks.iter().map(|t| TICK_STYLE.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 14.0;
    let every = (widest * axis.ticks.len() as f64 / plot.width).ceil().max(1.0) as usize;
    for (i, tick) in axis.ticks.iter().enumerate() {
        let (x, text) = (plot.at_x(*tick), axis.format.tick(*tick));
        canvas.line((x, plot.bottom()), (x, plot.bottom() + 4.0), AXIS, 1.0);
        if i.is_multiple_of(every) {
            let half = TICK_STYLE.width(&text) / 2.0;
            canvas.text(x.clamp(MARGIN + half, WIDTH - 4.0 - half), plot.bottom() + 17.0, Anchor::Middle, TICK_STYLE, &text);
        }
    }
    let unit = axis.format.axis_name();
    canvas.text(plot.right(), plot.bottom() + 34.0, Anchor::End, TICK_STYLE, &TICK_STYLE.shorten(&unit, plot.width));
}

/// A threshold is a number that a person wrote: "+10%", not "+10.0%".
fn round(unit: &Unit, value: f64) -> String {
    let format = Format::axis(unit, value.abs(), value.abs());
    if value == 0.0 { unit.format(value) } else { format.full(value) }
}

/// The share of draws above a threshold: as given, or on the straight line between the curve's points.
fn above(threshold: &ThresholdMark, curve: &[ExceedancePoint]) -> f64 {
    if let Some(p) = threshold.above.filter(|p| drawable(*p)) {
        return p.clamp(0.0, 1.0);
    }
    if let Some(point) = curve.iter().find(|point| point.x == threshold.value) {
        return point.p.clamp(0.0, 1.0);
    }
    let after = curve.partition_point(|point| point.x < threshold.value);
    let (Some(before), Some(next)) = (after.checked_sub(1).and_then(|i| curve.get(i)), curve.get(after)) else {
        return if after == 0 { 1.0 } else { 0.0 };
    };
    let share = (threshold.value - before.x) / (next.x - before.x);
    (before.p + share * (next.p - before.p)).clamp(0.0, 1.0)
}

/// A probability in per cent; one near 0 or 1 is not rounded to certainty.
fn chance(p: f64) -> String {
    let percent = 100.0 * p;
    match percent {
        _ if percent > 0.0 && percent < 0.1 => "<0.1%".to_owned(),
        _ if percent > 99.9 && percent < 100.0 => ">99.9%".to_owned(),
        _ if (9.95..90.05).contains(&percent) || percent == 0.0 || percent == 100.0 => format!("{percent:.0}%"),
        _ => format!("{percent:.1}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_read_off_the_curve_unless_its_share_is_given() {
        let point = |x: f64, p: f64| ExceedancePoint { x, p, low: p, high: p };
        let curve = [point(0.0, 0.8), point(2.0, 0.4)];
        let mark = |value, above| ThresholdMark { value, label: String::new(), above };
        for (value, given, p) in [(1.0, None, 0.6), (0.0, None, 0.8), (-5.0, None, 1.0), (5.0, None, 0.0), (1.0, Some(0.61), 0.61)] {
            assert!((above(&mark(value, given), &curve) - p).abs() < 1e-12, "{value}");
        }
    }

    #[test]
    fn no_chance_is_rounded_to_certainty() {
        let written = [0.0, 0.0004, 0.04, 0.5, 0.951, 0.9996, 1.0].map(chance);
        assert_eq!(written, ["0%", "<0.1%", "4.0%", "50%", "95.1%", ">99.9%", "100%"]);
    }
}
