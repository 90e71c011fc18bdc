//! One outcome over the periods: the median with bands for 25–75%, 5–95% and, faintly, 1–99% of the draws, opening from the baseline.
//!
//! With a single period there is nothing to fan out to: the bands are drawn as an interval beside the baseline.

use super::ChartError;
use super::axis::{Axis, differ, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::placement::spread;
use super::plot::{Marks, Plot};
use super::theme::{AXIS, BLUE, GRID, HEIGHT, INK, LABEL, MARGIN, MUTED, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// The distribution of an outcome in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FanPeriod {
    /// "2026" or "2026Q1".
    pub label: String,
    /// 1st percentile over the draws, in the chart's unit.
    #[serde(with = "figures")]
    pub p01: f64,
    /// 5th percentile.
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
    /// 99th percentile.
    #[serde(with = "figures")]
    pub p99: f64,
}

impl FanPeriod {
    fn bands(&self) -> [(f64, f64); 3] {
        [(self.p01, self.p99), (self.p05, self.p95), (self.p25, self.p75)]
    }

    fn is_finite(&self) -> bool {
        [self.p05, self.p25, self.p50, self.p75, self.p95].iter().all(|v| drawable(*v))
    }
}

/// One outcome over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FanChart {
    /// What is shown: "US imports of Canadian steel: change from 2024".
    pub title: String,
    /// Unit, number of draws, what the bands are.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The base year's name and the outcome in it (zero for a change); the fan opens from there.
    #[serde(with = "figures")]
    pub baseline: Option<(String, f64)>,
    /// The periods in order. One without finite percentiles is left out.
    pub periods: Vec<FanPeriod>,
}

/// The heading of the labels at the end of the fan.
const PERCENTILES: &str = "percentile of draws";

/// The three bands from the widest to the narrowest.
const STRENGTH: [f64; 3] = [0.12, 0.28, 0.5];

impl FanChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let fan = Fan::of(self.baseline.as_ref(), &self.periods);
        if fan.periods.is_empty() {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        }
        if let Some(value) = fan.always() {
            let reason = format!("{} in every period, from the 1st to the 99th percentile of draws.", self.unit.format(value));
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, &reason));
        }
        let (axis, notes) = value_axis(&self.unit, &[&fan]);
        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let foot = HEIGHT - canvas.footer_height(&notes, &self.source);
        fan.draw(&mut canvas, &Frame { left: MARGIN, right: WIDTH - MARGIN, top, foot }, &axis)?;
        Ok(canvas.finish(foot, &notes, &self.source))
    }
}

/// What of a fan can be drawn.
pub(super) struct Fan<'a> {
    baseline: Option<&'a (String, f64)>,
    pub periods: Vec<&'a FanPeriod>,
}

/// The part of the page that a fan has: its margins, the y of its axis name, and the y under its period names.
pub(super) struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub foot: f64,
}

impl<'a> Fan<'a> {
    pub fn of(baseline: Option<&'a (String, f64)>, periods: &'a [FanPeriod]) -> Fan<'a> {
        Fan { baseline: baseline.filter(|(_, value)| drawable(*value)), periods: periods.iter().filter(|p| p.is_finite()).collect() }
    }

    /// The value of an outcome that nothing moves: the same in the base year and, at all percentiles, in every period.
    fn always(&self) -> Option<f64> {
        let value = self.periods.first()?.p50;
        let ends = self.periods.iter().flat_map(|p| [p.p01, p.p99]).chain(self.baseline.map(|(_, value)| *value));
        let (low, high) = ends.fold((value, value), |(low, high), v| (low.min(v), high.max(v)));
        (!differ(low, high)).then_some(value)
    }

    /// Draws the fan, if there is anything in it.
    pub fn draw(&self, canvas: &mut Canvas, frame: &Frame, axis: &Axis) -> Result<(), ChartError> {
        let (periods, baseline) = (&self.periods, self.baseline);
        let (Some(first), Some(last)) = (periods.first(), periods.last()) else { return Ok(()) };
        let labels = end_labels(&axis.format, last);
        let right = labels.iter().map(|(_, text, style)| style.width(text)).fold(NOTE_STYLE.width(PERCENTILES), f64::max) + 22.0;
        let gutter = axis.ticks.iter().map(|t| TICK_STYLE.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 8.0;
        let left = frame.left + gutter;
        let plot_top = frame.top + 22.0;

        // Periods stand at 1, 2, …; the baseline, if any, at 0. Half a step of air where the first and last stand at the edges.
        let start = if baseline.is_some() { 0.0 } else { 1.0 };
        let end = periods.len() as f64;
        let alone = periods.len() == 1;
        let x = match (alone, baseline) {
            (true, Some(_)) => (-0.5, 1.5),
            (true, None) => (0.0, 2.0),
            _ => (start - 0.25, end + 0.04 * (end - start)),
        };
        let plot = Plot {
            left,
            top: plot_top,
            width: frame.right - right - left,
            height: (frame.foot - 28.0 - plot_top).max(80.0),
            x,
            y: (axis.low, axis.high),
        };

        for tick in &axis.ticks {
            let y = plot.at_y(*tick);
            canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
            canvas.text(plot.left - 8.0, y + 4.0, Anchor::End, TICK_STYLE, &axis.format.tick(*tick));
        }
        canvas.text(frame.left, frame.top + 6.0, Anchor::Start, TICK_STYLE, &axis.format.axis_name());
        canvas.line((plot.left, plot.bottom()), (plot.right(), plot.bottom()), AXIS, 1.2);

        plot.draw(canvas, |marks| if alone { interval(marks, first) } else { bands(marks, periods, baseline.map(|(_, value)| *value)) })?;
        if axis.holds_zero() {
            canvas.line((plot.left, plot.at_y(0.0)), (plot.right(), plot.at_y(0.0)), INK, 1.0);
        }
        plot.draw(canvas, |marks| {
            let median = periods.iter().enumerate().map(|(i, p)| ((i + 1) as f64, p.p50));
            let path: Vec<(f64, f64)> = baseline.map(|(_, value)| (0.0, *value)).into_iter().chain(median).collect();
            if alone {
                marks.dashed(path.iter().copied(), MUTED, 1.2)?;
            } else {
                marks.line(path.iter().copied(), WHITE, 4.2)?;
                marks.line(path.iter().copied(), BLUE, 2.6)?;
            }
            for point in path.iter().skip(usize::from(baseline.is_some())) {
                marks.dot(*point, if periods.len() > 10 { 2.6 } else { 3.4 }, BLUE)?;
            }
            if baseline.is_some() {
                marks.dot(path[0], 4.2, INK)?;
            }
            Ok(())
        })?;

        let names = baseline
            .map(|(name, _)| (0.0, name.as_str()))
            .into_iter()
            .chain(periods.iter().enumerate().map(|(i, p)| ((i + 1) as f64, p.label.as_str())));
        set_periods(canvas, &plot, frame, &names.collect::<Vec<_>>());
        let edge = if alone { plot.at_x(1.28) } else { plot.at_x(end) };
        set_end_labels(canvas, &plot, edge, &labels);
        Ok(())
    }
}

/// One value axis for some fans, and what must be said of bands that run off it.
pub(super) fn value_axis(unit: &Unit, fans: &[&Fan<'_>]) -> (Axis, Vec<String>) {
    let periods = || fans.iter().flat_map(|fan| &fan.periods);
    let range = |pick: fn(&FanPeriod) -> (f64, f64)| {
        periods().map(|p| pick(p)).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| (low.min(a), high.max(b)))
    };
    let inner = range(|p| (p.p05, p.p95));
    let (low, high) = fans.iter().filter_map(|fan| fan.baseline).fold(inner, |(low, high), (_, b)| (low.min(*b), high.max(*b)));
    let (outer_low, outer_high) = range(|p| (p.p01, p.p99));
    // The faint band may stretch the axis by six tenths of what the other two need, not more.
    let slack = 0.6 * (high - low);
    let (shown_low, shown_high) = (low.min(outer_low.max(low - slack)), high.max(outer_high.min(high + slack)));
    let (shown_low, shown_high) = widened(shown_low, shown_high);
    let axis = Axis::rounded(unit, shown_low, shown_high, 7);
    let mut notes = Vec::new();
    if outer_low < axis.low || outer_high > axis.high {
        let format = Format::together(unit, &[outer_low, outer_high]);
        notes.push(format!("The 1–99% band runs off the axis: it reaches from {} to {}.", format.full(outer_low), format.full(outer_high)));
    }
    (axis, notes)
}

fn bands(marks: &mut Marks<'_, '_>, periods: &[&FanPeriod], baseline: Option<f64>) -> Result<(), ChartError> {
    for (band, strength) in STRENGTH.iter().enumerate() {
        let edge = |upper: bool| {
            baseline.map(|value| (0.0, value)).into_iter().chain(periods.iter().enumerate().map(move |(i, p)| {
                let (low, high) = p.bands()[band];
                ((i + 1) as f64, if upper { high } else { low })
            }))
        };
        if periods.iter().all(|p| drawable(p.bands()[band].0) && drawable(p.bands()[band].1)) {
            let back: Vec<(f64, f64)> = edge(false).collect();
            marks.polygon(edge(true).chain(back.into_iter().rev()), BLUE.tint(*strength))?;
        }
    }
    Ok(())
}

fn interval(marks: &mut Marks<'_, '_>, period: &FanPeriod) -> Result<(), ChartError> {
    for ((low, high), (strength, half)) in period.bands().into_iter().zip(STRENGTH.into_iter().zip([0.08, 0.17, 0.24])) {
        if drawable(low) && drawable(high) {
            marks.rectangle((1.0 - half, low), (1.0 + half, high), BLUE.tint(strength))?;
        }
    }
    marks.line([(0.76, period.p50), (1.24, period.p50)], BLUE, 2.6)
}

/// What is written at the end of the fan: the median, and the edges of the two inner bands where they differ from it.
fn end_labels(format: &Format, last: &FanPeriod) -> Vec<(f64, String, Style)> {
    let format = format.clone().precise(&[last.p05, last.p25, last.p50, last.p75, last.p95]);
    let bold = Style { colour: BLUE, ..LABEL_STYLE.bold() };
    if !differ(last.p05, last.p95) {
        // Percentiles do not tell "every draw" from all but a few.
        let reach = if differ(last.p01, last.p99) { "5th to 95th" } else { "1st to 99th" };
        return vec![(last.p50, format!("{reach}  {}", format.full(last.p50)), bold)];
    }
    let edge = |value: f64, name: &str| (value, format!("{name}  {}", format.full(value)), Style { colour: MUTED, ..LABEL_STYLE });
    vec![
        edge(last.p95, "95th"),
        edge(last.p75, "75th"),
        (last.p50, format!("median  {}", format.full(last.p50)), bold),
        edge(last.p25, "25th"),
        edge(last.p05, "5th"),
    ]
}

fn set_end_labels(canvas: &mut Canvas, plot: &Plot, edge: f64, labels: &[(f64, String, Style)]) {
    let line = LABEL * 1.25;
    let wanted: Vec<f64> = labels.iter().map(|(value, ..)| plot.at_y(*value)).collect();
    let centres = spread(&wanted, &vec![line; labels.len()], 0.0, plot.top, plot.bottom() + line / 2.0);
    let x = plot.right() + 18.0;
    for ((_, text, style), (from, to)) in labels.iter().zip(wanted.iter().zip(&centres)) {
        canvas.line((edge + 5.0, *from), (plot.right() + 4.0, *from), AXIS, 0.8);
        canvas.line((plot.right() + 4.0, *from), (x - 4.0, *to), AXIS, 0.8);
        canvas.text(x, to + 4.4, Anchor::Start, *style, text);
    }
    let top = centres.iter().copied().fold(f64::INFINITY, f64::min);
    canvas.text(x, top - line, Anchor::Start, NOTE_STYLE, PERCENTILES);
}

/// Period names under the axis; every second, third, … where all would touch, always with the last.
fn set_periods(canvas: &mut Canvas, plot: &Plot, frame: &Frame, names: &[(f64, &str)]) {
    let widest = names.iter().map(|(_, name)| TICK_STYLE.width(name)).fold(0.0, f64::max);
    let step = plot.at_x(plot.x.0 + 1.0) - plot.left;
    let every = ((widest + 10.0) / step.max(1.0)).ceil().max(1.0) as usize;
    for (i, (x, name)) in names.iter().enumerate() {
        let x = plot.at_x(*x);
        canvas.line((x, plot.bottom()), (x, plot.bottom() + 4.0), AXIS, 1.0);
        if (names.len() - 1 - i).is_multiple_of(every) {
            let name = TICK_STYLE.shorten(name, (step * every as f64 - 6.0).max(40.0));
            let half = TICK_STYLE.width(&name) / 2.0;
            canvas.text(
                x.clamp(frame.left.min(x) + half.min(MARGIN), frame.right + MARGIN - 4.0 - half),
                plot.bottom() + 18.0,
                Anchor::Middle,
                TICK_STYLE,
                &name,
            );
        }
    }
}
