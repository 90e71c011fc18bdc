//! Why trade by sea changes: more or less trade altogether (volume), another share of it by sea (route), and both at once (joint):
//!
//! Δ(V·s) = s₀ΔV + V₀Δs + ΔV·Δs
//!
//! For each direction and period the three parts as bars side by side and their sum beneath with its 5–95% range. Bars grow from where the one before ended,
//! so that the last ends at the total.

use super::ChartError;
use super::axis::{Axis, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, Colour, GREEN, GRID, INK, MARGIN, ORANGE, SUBTITLE, WIDTH};
use serde::{Deserialize, Serialize};

/// The change of one period, in the chart's unit. The total is the sum of the three parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShiftPeriod {
    /// "2030".
    pub label: String,
    /// What the change of all trade would do at the old shares.
    #[serde(with = "figures")]
    pub volume: f64,
    /// What the change of the shares would do to the old trade.
    #[serde(with = "figures")]
    pub route: f64,
    /// What both do together beyond the two.
    #[serde(with = "figures")]
    pub joint: f64,
    /// 5th percentile of the total over the draws.
    #[serde(with = "figures")]
    pub p05: f64,
    /// 95th percentile of the total.
    #[serde(with = "figures")]
    pub p95: f64,
}

impl ShiftPeriod {
    fn parts(&self) -> [f64; 3] {
        [self.volume, self.route, self.joint]
    }

    /// The parts' sum: what is drawn adds up whatever it is given.
    fn total(&self) -> f64 {
        self.parts().iter().sum()
    }

    fn is_finite(&self) -> bool {
        self.parts().iter().all(|v| drawable(*v))
    }
}

/// One direction of trade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShiftDirection {
    /// "Canada to Mexico".
    pub label: String,
    /// Its periods in order.
    pub periods: Vec<ShiftPeriod>,
}

/// The change of trade by sea and its parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MaritimeShiftChart {
    /// What is shown: "Why trade by sea changes".
    pub title: String,
    /// Unit, base year, number of draws, what the whiskers are.
    pub subtitle: String,
    /// How the numbers are written, usually [`Unit::UsdMillionChange`].
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// Usually two.
    pub directions: Vec<ShiftDirection>,
}

const NAMES: [&str; 4] = ["volume", "route", "joint", "total"];
const COLOURS: [Colour; 4] = [ORANGE, BLUE, GREEN, INK];
/// The total's is light enough for its whisker to be seen on it.
const STRENGTH: [f64; 4] = [0.85, 0.85, 0.85, 0.4];
const HEIGHT: f64 = 210.0;
/// Periods of a direction that fit beside one another.
const ACROSS: usize = 4;

impl MaritimeShiftChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let drawn = |d: &ShiftDirection| -> Vec<ShiftPeriod> { d.periods.iter().filter(|p| p.is_finite()).cloned().collect() };
        let directions: Vec<(&str, Vec<ShiftPeriod>)> =
            self.directions.iter().map(|d| (d.label.as_str(), drawn(d))).filter(|(_, periods)| !periods.is_empty()).collect();
        // One axis for all, so that directions compare.
        let periods = || directions.iter().flat_map(|(_, periods)| periods);
        let moves = |p: &ShiftPeriod| p.parts().into_iter().chain([p.p05, p.p95]).any(|v| v != 0.0);
        if !periods().any(moves) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "Trade by sea does not change: there is nothing to show.",
            ));
        }
        let mut notes = Vec::new();
        let bars = periods().flat_map(|p| steps(p).into_iter().flat_map(|(from, to)| [from, to]));
        let (low, high) = bars.fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        let tails = periods().flat_map(|p| [p.p05, p.p95]).filter(|v| drawable(*v)).fold((low, high), |(a, b), v| (a.min(v), b.max(v)));
        let slack = 1.5 * (high - low);
        let reach = if slack > 0.0 { (tails.0.max(low - slack), tails.1.min(high + slack)) } else { tails };
        if reach != tails {
            let format = Format::together(&self.unit, &[tails.0, tails.1]);
            notes.push(format!(
                "Whiskers without an end mark go on beyond the axis: from {} to {}.",
                format.full(tails.0),
                format.full(tails.1)
            ));
        }
        let (low, high) = widened(reach.0, reach.1);
        // Room above and below for the figures at the bars' ends.
        let air = 0.09 * (high - low);
        let mut axis = Axis::spanning(&self.unit, low - air, high + air, 5);
        // Axis and figures in the unit that suits the figures: 846 m stay millions on an axis to 1.5 bn.
        let figures: Vec<f64> = periods().flat_map(|p| p.parts().into_iter().chain([p.total()])).map(f64::abs).chain([0.0]).collect();
        let largest = figures.iter().copied().fold(0.0, f64::max);
        if let [first, second, ..] = axis.ticks[..] {
            axis.format = Format::axis(&self.unit, largest / 0.75, second - first);
        }
        let format = axis.format.clone().precise(&figures);

        let (mut canvas, mut y) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        y = self.draw_key(&mut canvas, &axis, y + 8.0);
        for (label, periods) in &directions {
            for (row, chunk) in periods.chunks(ACROSS).enumerate() {
                if row == 0 {
                    let heading = Style::new(SUBTITLE, INK).bold();
                    canvas.text(MARGIN, y + 10.0, Anchor::Start, heading, &heading.shorten(label, WIDTH - 2.0 * MARGIN));
                }
                y = draw_row(&mut canvas, chunk, periods.len().min(ACROSS), &axis, &format, y + 28.0)?;
            }
        }
        Ok(canvas.finish(y - 14.0, &notes, &self.source))
    }

    fn draw_key(&self, canvas: &mut Canvas, axis: &Axis, top: f64) -> f64 {
        let texts = ["more or less trade", "another share by sea", "both at once", "with 5–95% of the draws"];
        let mut x = MARGIN;
        for (((text, name), colour), strength) in texts.iter().zip(NAMES).zip(COLOURS).zip(STRENGTH) {
            canvas.block(x, top - 8.0, 10.0, 10.0, colour.tint(strength));
            let bold = Style { colour: INK, ..NOTE_STYLE.bold() };
            canvas.text(x + 15.0, top + 1.0, Anchor::Start, bold, name);
            let after = x + 15.0 + bold.width(name) + 4.0;
            canvas.text(after, top + 1.0, Anchor::Start, NOTE_STYLE, text);
            x = after + NOTE_STYLE.width(text) + 20.0;
        }
        let unit = axis.format.axis_name();
        canvas.text(WIDTH - MARGIN, top + 1.0, Anchor::End, NOTE_STYLE, &NOTE_STYLE.shorten(&unit, WIDTH - MARGIN - x));
        top + 16.0
    }
}

/// From where to where each of the four bars runs: the parts one after another, the total from zero.
fn steps(period: &ShiftPeriod) -> [(f64, f64); 4] {
    let [volume, route, joint] = period.parts();
    [(0.0, volume), (volume, volume + route), (volume + route, volume + route + joint), (0.0, period.total())]
}

/// Up to [`ACROSS`] periods of one direction, as wide as `across` of them would be. Returns the y below.
fn draw_row(
    canvas: &mut Canvas,
    periods: &[ShiftPeriod],
    across: usize,
    axis: &Axis,
    format: &Format,
    top: f64,
) -> Result<f64, ChartError> {
    let gutter = axis.ticks.iter().map(|t| TICK_STYLE.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 8.0;
    // A slot is a bar and its share of the space between the periods: 4 bars and 1 of space.
    let slots = periods.len() as f64 * 5.0;
    let slot = ((WIDTH - 2.0 * MARGIN - gutter) / (across as f64 * 5.0)).min(60.0);
    let plot = Plot { left: MARGIN + gutter, top, width: slot * slots, height: HEIGHT, x: (0.0, slots), y: (axis.low, axis.high) };
    for tick in &axis.ticks {
        let y = plot.at_y(*tick);
        canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
        canvas.text(plot.left - 8.0, y + 4.0, Anchor::End, TICK_STYLE, &axis.format.tick(*tick));
    }
    let place = |period: usize, bar: usize| period as f64 * 5.0 + 0.5 + bar as f64;
    plot.draw(canvas, |marks| {
        for (i, period) in periods.iter().enumerate() {
            let steps = steps(period);
            for (bar, ((from, to), colour)) in steps.iter().zip(COLOURS).enumerate() {
                let x = place(i, bar);
                marks.rectangle((x + 0.1, *from), (x + 0.9, *to), colour.tint(STRENGTH[bar]))?;
                if bar < 3 {
                    // To the next bar: where this one ends is where that one starts, or, for the total, ends.
                    marks.line([(x + 0.1, *to), (x + 1.9, *to)], AXIS, 0.7)?;
                }
            }
            if drawable(period.p05) && drawable(period.p95) && period.p95 > period.p05 {
                let x = place(i, 3) + 0.5;
                marks.line([(x, period.p05), (x, period.p95)], INK, 1.3)?;
                // A whisker that goes on beyond the axis has no end to show.
                for end in [period.p05, period.p95].into_iter().filter(|end| (axis.low..=axis.high).contains(end)) {
                    marks.line([(x - 0.16, end), (x + 0.16, end)], INK, 1.3)?;
                }
            }
        }
        Ok(())
    })?;
    canvas.line((plot.left, plot.at_y(0.0)), (plot.right(), plot.at_y(0.0)), INK, 1.1);
    for (i, period) in periods.iter().enumerate() {
        for (bar, (from, to)) in steps(period).into_iter().enumerate() {
            let value = to - from;
            let total = bar == 3;
            let style = Style { size: 11.0, ..if total { LABEL_STYLE.bold() } else { LABEL_STYLE } };
            let text = style.shorten(&format.tick(if total { period.total() } else { period.parts()[bar] }), slot);
            let whisker = |v: f64| if total && drawable(v) { v } else { to };
            // On the side away from zero, beyond the whisker; a bar across zero has it where it grows to.
            let below = if from.max(to) <= 0.0 { from.min(to) < 0.0 } else { from.min(to) < 0.0 && value < 0.0 };
            let y = if below {
                plot.at_y(from.min(to).min(whisker(period.p05))) + 13.0
            } else {
                plot.at_y(from.max(to).max(whisker(period.p95))) - 5.0
            };
            let (x, kept) = (plot.at_x(place(i, bar) + 0.5), y.clamp(plot.top + 9.0, plot.bottom() - 3.0));
            // Beside a whisker that leaves no room beyond its end.
            if total && kept != y {
                canvas.text(x + 5.0, kept, Anchor::Start, style, &text);
            } else {
                canvas.text(x, kept, Anchor::Middle, style, &text);
            }
        }
        let middle = plot.at_x(place(i, 0) + 2.0);
        canvas.text(middle, plot.bottom() + 16.0, Anchor::Middle, TICK_STYLE, &TICK_STYLE.shorten(&period.label, slot * 5.0 - 6.0));
    }
    Ok(plot.bottom() + 44.0)
}
