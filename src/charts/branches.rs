//! What follows from each way an event can turn out: one row per outcome of the event, with the draws in which it came to pass; dot the median, bars 25–75%
//! and 5–95% of those draws. All draws together come first.

use super::ChartError;
use super::axis::{Axis, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable, grouped};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, GRID, INK, MARGIN, MUTED, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// One way that the event can turn out, or all draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchRow {
    /// "withdrawal", "all draws".
    pub label: String,
    /// Its share of the draws, 0 to 1.
    #[serde(with = "figures")]
    pub share: f64,
    /// How many draws that is.
    pub draws: u64,
    /// 5th percentile of the outcome over them, in the chart's unit.
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

impl BranchRow {
    fn is_finite(&self) -> bool {
        self.draws > 0 && [self.p05, self.p25, self.p50, self.p75, self.p95].iter().all(|v| drawable(*v))
    }
}

/// An outcome by the branches of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BranchesChart {
    /// What is shown: "Trade by sea in 2030, by the outcome of the review".
    pub title: String,
    /// Unit, number of draws, what dots and bars are.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// All draws first, then the branches, in the order they are drawn. One that no draw took has its name and no bar.
    pub rows: Vec<BranchRow>,
}

const ROW: f64 = 44.0;
/// Branches of fewer draws have percentiles that chance moves.
const FEW: u64 = 100;

impl BranchesChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let known: Vec<&BranchRow> = self.rows.iter().filter(|row| row.is_finite()).collect();
        if known.is_empty() {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        }
        let ((low, high), cut) = reach(&known);
        let axis = Axis::rounded(&self.unit, low, high, 6);
        let mut notes = Vec::new();
        if cut {
            let ends = known.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), r| (a.min(r.p05), b.max(r.p95)));
            let (from, to) = (self.unit.format(ends.0), self.unit.format(ends.1));
            notes.push(format!("Bars that end at the edge go on beyond it: from {from} to {to}."));
        }
        if known.iter().any(|row| row.draws < FEW) {
            notes.push(format!("Branches with fewer than {FEW} draws are hollow: their percentiles depend on chance."));
        }

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let names = self.rows.iter().map(|row| {
            let style = if row == &self.rows[0] { LABEL_STYLE.bold() } else { LABEL_STYLE };
            style.width(&row.label).max(NOTE_STYLE.width(&weight(row)))
        });
        let names = names.fold(0.0, f64::max).min(230.0);
        let medians: Vec<f64> = known.iter().map(|row| row.p50).collect();
        let format = Format::together(&self.unit, &medians);
        // A long unit stands under the axis alone.
        let figure = |v: f64| if NOTE_STYLE.width(&format.axis_name()) > 70.0 { format.bare(v) } else { format.full(v) };
        let figures = known.iter().map(|row| LABEL_STYLE.bold().width(&figure(row.p50))).fold(0.0, f64::max);
        let ranges = known.iter().map(|row| NOTE_STYLE.width(&range(&format, row))).fold(figures, f64::max).min(190.0);
        let plot = Plot {
            left: MARGIN + names + 16.0,
            top: top + 18.0,
            width: (WIDTH - 2.0 * MARGIN - names - ranges - 34.0).max(80.0),
            height: self.rows.len() as f64 * ROW,
            x: (axis.low, axis.high),
            y: (self.rows.len() as f64, 0.0),
        };
        let widest = axis.ticks.iter().map(|t| TICK_STYLE.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 8.0;
        let every = (widest * axis.ticks.len() as f64 / plot.width).ceil().max(1.0) as usize;
        for (i, tick) in axis.ticks.iter().enumerate() {
            let x = plot.at_x(*tick);
            canvas.line((x, plot.top), (x, plot.bottom()), GRID, 1.0);
            if i.is_multiple_of(every) {
                canvas.text(x, plot.bottom() + 16.0, Anchor::Middle, TICK_STYLE, &axis.format.tick(*tick));
            }
        }
        let unit = axis.format.axis_name();
        canvas.text(plot.left, plot.bottom() + 33.0, Anchor::Start, NOTE_STYLE, &NOTE_STYLE.shorten(&unit, plot.width));
        if axis.holds_zero() {
            canvas.line((plot.at_x(0.0), plot.top - 4.0), (plot.at_x(0.0), plot.bottom()), INK, 1.2);
        }
        plot.draw(&mut canvas, |marks| {
            for (i, row) in self.rows.iter().enumerate().filter(|(_, row)| row.is_finite()) {
                let middle = i as f64 + 0.5;
                let colour = if i == 0 { INK } else { BLUE };
                marks.rectangle((row.p05, middle - 0.13), (row.p95, middle + 0.13), colour.tint(0.22))?;
                marks.rectangle(
                    (row.p25, middle - 0.13),
                    (row.p75, middle + 0.13),
                    colour.tint(if row.draws < FEW { 0.22 } else { 0.55 }),
                )?;
                marks.dot((row.p50, middle), 5.0, colour)?;
                if row.draws < FEW {
                    marks.dot((row.p50, middle), 2.2, WHITE)?;
                }
            }
            Ok(())
        })?;
        for (i, row) in self.rows.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * ROW;
            let name = if i == 0 { LABEL_STYLE.bold() } else { LABEL_STYLE };
            canvas.text(MARGIN, y - 1.0, Anchor::Start, name, &name.shorten(&row.label, names + 0.5));
            canvas.text(MARGIN, y + 13.0, Anchor::Start, NOTE_STYLE, &NOTE_STYLE.shorten(&weight(row), names + 0.5));
            let right = WIDTH - MARGIN;
            if row.is_finite() {
                let style = Style { colour: if i == 0 { INK } else { BLUE }, ..LABEL_STYLE.bold() };
                canvas.text(right, y - 1.0, Anchor::End, style, &style.shorten(&figure(row.p50), ranges));
                canvas.text(right, y + 13.0, Anchor::End, NOTE_STYLE, &NOTE_STYLE.shorten(&range(&format, row), ranges));
            } else {
                canvas.text(
                    right,
                    y + 4.0,
                    Anchor::End,
                    Style { colour: MUTED, ..LABEL_STYLE },
                    if row.draws == 0 { "no draw" } else { "n/a" },
                );
            }
            if i == 0 && self.rows.len() > 1 {
                canvas.line((MARGIN, plot.top + ROW), (right, plot.top + ROW), AXIS, 0.8);
            }
        }
        Ok(canvas.finish(plot.bottom() + if unit.is_empty() { 24.0 } else { 38.0 }, &notes, &self.source))
    }
}

/// How likely a branch was: "15% · 1,500 draws".
fn weight(row: &BranchRow) -> String {
    let share = if row.share < 0.0995 { Format::together(&Unit::Fraction, &[0.05]) } else { Format::together(&Unit::Fraction, &[1.0]) };
    let draws = Unit::Count(if row.draws == 1 { "draw" } else { "draws" }.to_owned());
    // A count is not rounded here, however long.
    let count = if row.draws < 1_000_000 { grouped(&row.draws.to_string()) } else { draws.format(row.draws as f64).replace(" draws", "") };
    format!("{} · {count} {}", share.bare(row.share), if row.draws == 1 { "draw" } else { "draws" })
}

fn range(format: &Format, row: &BranchRow) -> String {
    format!("{} to {}", format.bare(row.p05), format.bare(row.p95))
}

/// The range of the axis, zero included where it is near, and whether bars go on beyond it: tails may stretch it to four times what the quartiles need.
fn reach(rows: &[&BranchRow]) -> ((f64, f64), bool) {
    let fold = |pick: fn(&BranchRow) -> (f64, f64)| {
        rows.iter().map(|r| pick(r)).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| (low.min(a.min(b)), high.max(a.max(b))))
    };
    let (inner_low, inner_high) = fold(|r| (r.p25.min(r.p50), r.p75.max(r.p50)));
    let (outer_low, outer_high) = fold(|r| (r.p05, r.p95));
    let slack = 1.5 * (inner_high - inner_low);
    let (mut low, mut high) = (outer_low, outer_high);
    if slack > 0.0 {
        (low, high) = (low.max(inner_low - slack), high.min(inner_high + slack));
    }
    let cut = low > outer_low || high < outer_high;
    // Zero belongs on the axis unless that would squeeze the rows into a corner.
    let size = high - low;
    if low > 0.0 && low < 1.5 * size {
        low = 0.0;
    }
    if high < 0.0 && -high < 1.5 * size {
        high = 0.0;
    }
    (widened(low, high), cut)
}
