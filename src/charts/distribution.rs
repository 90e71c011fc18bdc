//! How likely each value of one outcome is in one period: histogram, density curve, median and the 5–95% band.
//!
//! The axis follows the body of the distribution: it reaches at most one and a half times the width of the 5–95% band beyond that band, and a note says
//! how many draws lie outside. A histogram stretched to a single draw at −4000% shows nothing.

use super::ChartError;
use super::axis::{Axis, differ};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::font::LINE;
use super::number::{Format, Unit, drawable};
use super::placement::spread;
use super::plot::Plot;
use super::theme::{AXIS, BLUE, GRID, HEIGHT, INK, MARGIN, MUTED, TICK, VERMILION, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// One bar of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lower edge, in the chart's unit.
    #[serde(with = "figures")]
    pub low: f64,
    /// Upper edge.
    #[serde(with = "figures")]
    pub high: f64,
    /// Share of all draws in the bar, divided by its width.
    #[serde(with = "figures")]
    pub density: f64,
}

/// One outcome in one period, over the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistributionChart {
    /// What is shown: "US imports of Canadian steel in 2026: change from 2024".
    pub title: String,
    /// Unit, number of draws, what the shading is.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The histogram. Densities refer to all draws, so what is missing from a sum of 1 lies outside the bins. Bins over the 1–99% range draw best.
    pub bins: Vec<Bin>,
    /// A smoothed density as (value, density), ascending; may be empty.
    #[serde(with = "figures")]
    pub density: Vec<(f64, f64)>,
    /// 5th percentile.
    #[serde(with = "figures")]
    pub p05: f64,
    /// Median.
    #[serde(with = "figures")]
    pub p50: f64,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub p95: f64,
    /// Mean, marked at the foot of the bars.
    #[serde(with = "figures")]
    pub mean: f64,
    /// The outcome without the scenario (zero for a change), marked where the axis can reach it.
    #[serde(with = "figures")]
    pub baseline: Option<f64>,
}

impl DistributionChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        if ![self.p05, self.p50, self.p95].iter().all(|v| drawable(*v)) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No draw gave a value: there is no distribution to show.",
            ));
        }
        // What cannot be a bar of a histogram (no width, more than all draws in it) is left out.
        let is_bar =
            |b: &Bin| drawable(b.low) && drawable(b.high) && b.high > b.low && b.density > 0.0 && b.density * (b.high - b.low) <= 1.001;
        let bins: Vec<Bin> = self.bins.iter().copied().filter(is_bar).collect();
        if !differ(self.p05, self.p95) {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, &self.single_value(&bins)));
        }
        let (low, high) = self.reach(&bins);
        let axis = Axis::spanning(&self.unit, low, high, 7);
        let labels = axis.format.clone().precise(&[self.p05, self.p50, self.p95]);

        let mut notes = Vec::new();
        let inside: f64 = bins.iter().map(|b| (b.high.min(high) - b.low.max(low)).max(0.0) * b.density).sum();
        if !bins.is_empty() && inside < 0.9985 {
            notes.push(format!("{} of draws lie beyond the ends of the axis.", Unit::Fraction.format(1.0 - inside)));
        }
        if let Some(baseline) = self.baseline.filter(|b| drawable(*b) && (*b < low || *b > high)) {
            let name = if baseline == 0.0 && self.unit.is_change() {
                "Zero (no change)".to_owned()
            } else {
                format!("The baseline, {},", self.unit.format(baseline))
            };
            notes.push(format!("{name} lies off the axis."));
        }

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let foot = HEIGHT - canvas.footer_height(&notes, &self.source);
        let axis_name = axis.format.axis_name();
        let below = 26.0 + TICK * LINE;

        // The y axis counts draws per bar: people read that, not a density. Bars of unequal width are compared at their median width.
        let mut widths: Vec<f64> = bins.iter().map(|b| b.high - b.low).collect();
        widths.sort_by(f64::total_cmp);
        let bar_width = widths.get(widths.len() / 2).copied().unwrap_or(0.0);
        let curve: Vec<(f64, f64)> =
            self.density.iter().copied().filter(|(x, y)| *x >= low && *x <= high && *y >= 0.0 && y.is_finite()).collect();
        let tallest = bins
            .iter()
            .filter(|b| b.high > low && b.low < high)
            .map(|b| b.density)
            .chain(curve.iter().map(|(_, y)| *y))
            .fold(0.0, f64::max);
        let counts =
            Axis::spanning(&Unit::Fraction, 0.0, if tallest * bar_width <= 0.0 { 1.0 } else { (tallest * bar_width).min(1.0) * 1.06 }, 5);
        let gutter = counts.ticks.iter().map(|t| TICK_STYLE.width(&counts.format.tick(*t))).fold(0.0, f64::max) + 8.0;

        let left = MARGIN + gutter;
        let lane = top + 14.0;
        let plot_top = top + 40.0;
        let plot = Plot {
            left,
            top: plot_top,
            width: WIDTH - MARGIN - left,
            height: (foot - below - plot_top).max(80.0),
            x: (low, high),
            y: (0.0, counts.high),
        };

        let band = (plot.at_x(self.p05), plot.at_x(self.p95));
        canvas.block(band.0, plot.top, band.1 - band.0, plot.height, BLUE.tint(0.09));
        for tick in &counts.ticks {
            let y = plot.at_y(*tick);
            canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
            canvas.text(plot.left - 8.0, y + 4.0, Anchor::End, TICK_STYLE, &counts.format.tick(*tick));
        }
        plot.draw(&mut canvas, |marks| {
            for b in &bins {
                if b.high <= low || b.low >= high {
                    continue;
                }
                // A sliver of white keeps neighbours apart without outlines.
                let gap = ((b.high - b.low) * 0.06).min((high - low) * 0.0012);
                let middle = (b.low + b.high) / 2.0;
                let colour = if middle >= self.p05 && middle <= self.p95 { BLUE.tint(0.42) } else { BLUE.tint(0.2) };
                marks.rectangle((b.low + gap, 0.0), (b.high - gap, b.density * bar_width), colour)?;
            }
            if curve.len() > 1 && bar_width > 0.0 {
                marks.line(curve.iter().map(|(x, y)| (*x, y * bar_width)), WHITE, 4.0)?;
                marks.line(curve.iter().map(|(x, y)| (*x, y * bar_width)), BLUE, 2.2)?;
            }
            for edge in [self.p05, self.p95] {
                marks.dashed([(edge, 0.0), (edge, counts.high)], BLUE, 1.2)?;
            }
            marks.line([(self.p50, 0.0), (self.p50, counts.high)], INK, 2.0)
        })?;

        let baseline = self.baseline.filter(|b| drawable(*b) && *b >= low && *b <= high);
        if let Some(at) = baseline {
            let x = plot.at_x(at);
            canvas.line((x, plot.top), (x, plot.bottom()), VERMILION, 1.4);
        }
        canvas.line((plot.left, plot.bottom()), (plot.right(), plot.bottom()), AXIS, 1.2);
        self.set_x_axis(&mut canvas, &plot, &axis, &axis_name);
        self.set_labels(&mut canvas, &plot, lane, &labels, baseline);
        Ok(canvas.finish(foot, &notes, &self.source))
    }

    /// What is said of an outcome that is the same in all draws, or in all but a few.
    fn single_value(&self, bins: &[Bin]) -> String {
        let everywhere = bins.len() < 2 && (!drawable(self.mean) || !differ(self.p50.min(self.mean), self.p50.max(self.mean)));
        let value = self.unit.format(self.p50);
        let found = if everywhere {
            format!("{value} in every draw")
        } else {
            let values = Format::together(&self.unit, &[self.p50, self.mean]);
            format!("{} in nine draws of ten or more, mean {}", values.full(self.p50), values.full(self.mean))
        };
        match self.baseline.filter(|b| drawable(*b)) {
            Some(baseline) if differ(baseline.min(self.p50), baseline.max(self.p50)) => {
                format!("{found}; in the baseline {}.", self.unit.format(baseline))
            }
            Some(_) if everywhere && !self.unit.is_change() => format!("{found}, as in the baseline."),
            _ => format!("{found}."),
        }
    }

    /// The range of the axis.
    fn reach(&self, bins: &[Bin]) -> (f64, f64) {
        let body = self.p95 - self.p05;
        let (furthest_low, furthest_high) = (self.p05 - 1.5 * body, self.p95 + 1.5 * body);
        let near = bins.iter().filter(|b| b.low < furthest_high && b.high > furthest_low);
        let (first, last) = near.fold((self.p05, self.p95), |(low, high), b| (low.min(b.low), high.max(b.high)));
        let (low, high) = ((first - body * 0.04).max(furthest_low), (last + body * 0.04).min(furthest_high));
        // The baseline belongs on the axis unless it would squeeze the distribution into less than half of it.
        let Some(baseline) = self.baseline.filter(|b| drawable(*b)) else { return (low, high) };
        let (with_low, with_high) = (low.min(baseline), high.max(baseline));
        let margin = (with_high - with_low) * 0.03;
        if with_high - with_low <= 2.0 * (high - low) {
            (if baseline < low { baseline - margin } else { low }, if baseline > high { baseline + margin } else { high })
        } else {
            (low, high)
        }
    }

    fn set_x_axis(&self, canvas: &mut Canvas, plot: &Plot, axis: &Axis, name: &str) {
        let y = plot.bottom() + 19.0;
        let mut taken = f64::NEG_INFINITY;
        for tick in &axis.ticks {
            let text = axis.format.tick(*tick);
            let half = TICK_STYLE.width(&text) / 2.0;
            let x = plot.at_x(*tick);
            canvas.line((x, plot.bottom()), (x, plot.bottom() + 4.0), AXIS, 1.0);
            // Thinned, not squeezed: a label that would touch the last one, or the page's edge, is left out.
            if x - half >= taken + 8.0 && x - half >= 4.0 && x + half <= WIDTH - 4.0 {
                canvas.text(x, y, Anchor::Middle, TICK_STYLE, &text);
                taken = x + half;
            }
        }
        if !name.is_empty() {
            canvas.text(plot.right(), y + TICK * LINE, Anchor::End, TICK_STYLE, name);
        }
        let mut x = MARGIN;
        let height = "Bar height: share of all draws.";
        canvas.text(x, y + TICK * LINE, Anchor::Start, NOTE_STYLE, height);
        if self.mean > axis.low && self.mean < axis.high {
            // A small wedge under the axis, as under a balance: the mean is where the bars would rest level.
            canvas.wedge(plot.at_x(self.mean), plot.bottom() + 1.5, 4.0, INK);
            x += NOTE_STYLE.width(height) + 16.0;
            canvas.wedge(x, y + TICK * LINE - 7.0, 4.0, INK);
            let mean = axis.format.clone().precise(&[self.p05, self.p50, self.p95, self.mean]).full(self.mean);
            let room = plot.right() - NOTE_STYLE.width(name) * TICK / NOTE_STYLE.size - 24.0 - x;
            canvas.text(x + 9.0, y + TICK * LINE, Anchor::Start, NOTE_STYLE, &NOTE_STYLE.shorten(&format!("mean {mean}"), room));
        }
    }

    /// The labels above the plot, each tied to its line.
    fn set_labels(&self, canvas: &mut Canvas, plot: &Plot, y: f64, format: &Format, baseline: Option<f64>) {
        let room = WIDTH - 2.0 * MARGIN;
        // In full where that fits; else without the unit, which the axis names; else with the percentiles' short names too.
        let mut labels = self.labels(format, baseline, " percentile", true);
        for (name, unit) in [(" percentile", false), ("", false)] {
            if labels.iter().map(|(_, text, style)| style.width(text) + 14.0).sum::<f64>() > room {
                labels = self.labels(format, baseline, name, unit);
            }
        }
        for (_, text, style) in &mut labels {
            *text = style.shorten(text, room / 4.0);
        }
        let wanted: Vec<f64> = labels.iter().map(|(value, ..)| plot.at_x(*value)).collect();
        let widths: Vec<f64> = labels.iter().map(|(_, text, style)| style.width(text)).collect();
        let centres = spread(&wanted, &widths, 14.0, MARGIN, WIDTH - MARGIN);
        for (i, (_, text, style)) in labels.iter().enumerate() {
            canvas.text(centres[i], y, Anchor::Middle, *style, text);
            let colour = if style.colour == VERMILION { VERMILION } else { MUTED };
            // From the label's nearest point down to the top of its line.
            let from = wanted[i].clamp(centres[i] - widths[i] / 2.0 + 4.0, centres[i] + widths[i] / 2.0 - 4.0);
            canvas.line((from, y + 6.0), (wanted[i], plot.top), colour, 1.0);
        }
    }

    fn labels(&self, format: &Format, baseline: Option<f64>, name: &str, unit: bool) -> Vec<(f64, String, Style)> {
        let median = LABEL_STYLE.bold();
        let written = |value| if unit { format.full(value) } else { format.bare(value) };
        let mut labels = vec![
            (self.p05, format!("5th{name} {}", written(self.p05)), LABEL_STYLE),
            (self.p50, format!("median {}", written(self.p50)), median),
            (self.p95, format!("95th{name} {}", written(self.p95)), LABEL_STYLE),
        ];
        if let Some(at) = baseline {
            let text = match at {
                0.0 if self.unit.is_change() => "no change".to_owned(),
                _ if unit => format!("baseline {}", self.unit.format(at)),
                _ => "baseline".to_owned(),
            };
            labels.push((at, text, Style { colour: VERMILION, ..LABEL_STYLE }));
        }
        labels
    }
}
