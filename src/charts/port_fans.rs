//! How full each port becomes: one small fan per port, from the base year over the periods, against the line of its capacity.
//!
//! The fullest port comes first. Panels share one axis while the smallest can still be read on it, so that heights compare; beyond that each has its own,
//! and a note says so.

use super::ChartError;
use super::axis::{Axis, differ, widened};
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::placement::spread;
use super::plot::{Marks, Plot};
use super::theme::{AXIS, BLUE, GRID, INK, MARGIN, MUTED, SMALL, SUBTITLE, VERMILION, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// The distribution of a port's use, or of its capacity, in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortPeriod {
    /// "2026" or "2026Q1".
    pub label: String,
    /// 5th percentile over the draws, in the chart's unit.
    #[serde(with = "figures")]
    pub p05: f64,
    /// Median.
    #[serde(with = "figures")]
    pub p50: f64,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub p95: f64,
}

impl PortPeriod {
    fn is_finite(&self) -> bool {
        [self.p05, self.p50, self.p95].iter().all(|v| drawable(*v))
    }
}

/// One port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortPanel {
    /// "Manzanillo".
    pub name: String,
    /// "Mexico".
    pub country: String,
    /// The base year's name and the port's use in it; the fan opens from there.
    #[serde(with = "figures")]
    pub base: Option<(String, f64)>,
    /// The periods in order. One without finite percentiles is left out.
    pub periods: Vec<PortPeriod>,
    /// Its capacity in the same unit, by the labels of the base year and of the periods; 1 where the unit is a share of capacity. A
    /// line, in a band where it is uncertain; empty where unknown.
    pub capacity: Vec<PortPeriod>,
    /// What else is to be said: "waiting +1.3 days in 2030".
    pub note: Option<String>,
}

/// Ports over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortFans {
    /// What is shown: "How full the ports become".
    pub title: String,
    /// Unit, number of draws, what the band is.
    pub subtitle: String,
    /// How the numbers are written: [`Unit::Fraction`] for utilisation, [`Unit::Count`] for TEU.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// In any order.
    pub panels: Vec<PortPanel>,
}

const SHOWN: usize = 12;
const COLUMNS: usize = 3;
const GAP: f64 = 26.0;
const HEIGHT: f64 = 118.0;
/// Panels whose largest values differ by more than this no longer share an axis.
const SHARED_UP_TO: f64 = 6.0;

impl PortFans {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let mut ports: Vec<Port<'_>> = self.panels.iter().filter_map(Port::new).collect();
        if ports.is_empty() {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No port has a number to show: there is nothing to show.",
            ));
        }
        ports.sort_by(|a, b| b.fullness().total_cmp(&a.fullness()).then_with(|| a.panel.name.cmp(&b.panel.name)));
        let mut notes = Vec::new();
        if ports.len() > SHOWN {
            let rest: Vec<&str> = ports.split_off(SHOWN).iter().map(|port| port.panel.name.as_str()).collect();
            notes.push(format!("Less full and not shown: {}.", rest.join(", ")));
        }
        let without: Vec<&str> = self.panels.iter().filter(|p| Port::new(p).is_none()).map(|p| p.name.as_str()).collect();
        if !without.is_empty() {
            notes.push(format!("Not known: {}.", without.join(", ")));
        }
        let reaches: Vec<(f64, f64)> = ports.iter().map(Port::reach).collect();
        let largest = reaches.iter().map(|(_, high)| *high).fold(0.0, f64::max);
        let smallest = reaches.iter().map(|(low, high)| high.max(-low)).fold(f64::INFINITY, f64::min);
        let shared = self.unit == Unit::Fraction && largest <= 10.0 || largest <= SHARED_UP_TO * smallest;
        if !shared && ports.len() > 1 {
            notes.push("Each panel has its own scale: compare the figures, not the heights, between ports.".to_owned());
        }
        let all = reaches.iter().fold((0.0_f64, 0.0_f64), |(low, high), (a, b)| (low.min(*a), high.max(*b)));
        let axis = |(low, high): (f64, f64)| {
            let (low, high) = widened(low.min(0.0), high.max(0.0));
            Axis::spanning(&self.unit, low, high + 0.04 * (high - low), 3)
        };

        // Panels that share an axis share their frame too.
        let right = |ports: &[Port<'_>], axis: &Axis| {
            let labels = ports.iter().flat_map(|port| self.end_labels(port, &axis.format));
            labels.map(|(_, text, style)| style.width(&text)).fold(0.0, f64::max) + 8.0
        };
        let common = right(&ports, &axis(all));

        let (mut canvas, mut y) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        if ports.iter().any(|port| !port.capacity.is_empty()) {
            y = draw_key(&mut canvas, y);
        }
        let columns = COLUMNS.min(ports.len());
        let width = (WIDTH - 2.0 * MARGIN - GAP * (columns - 1) as f64) / columns as f64;
        for (line, of_line) in ports.chunks(columns).zip(reaches.chunks(columns)) {
            for (column, (port, reach)) in line.iter().zip(of_line).enumerate() {
                let left = MARGIN + column as f64 * (width + GAP);
                let axis = axis(if shared { all } else { *reach });
                let right = if shared { common } else { right(std::slice::from_ref(port), &axis) };
                self.draw_port(&mut canvas, port, &axis, (left, y), (width, right))?;
            }
            let noted = line.iter().any(|port| port.panel.note.is_some());
            y += 24.0 + HEIGHT + 18.0 + if noted { 16.0 } else { 0.0 } + 18.0;
        }
        Ok(canvas.finish(y - 16.0, &notes, &self.source))
    }

    fn draw_port(
        &self,
        canvas: &mut Canvas,
        port: &Port<'_>,
        axis: &Axis,
        (left, top): (f64, f64),
        (width, right): (f64, f64),
    ) -> Result<(), ChartError> {
        let heading = Style::new(SUBTITLE, INK).bold();
        let country = NOTE_STYLE.shorten(&port.panel.country, width * 0.4);
        let unit = NOTE_STYLE.shorten(&axis.format.axis_name(), width * 0.3);
        let room = width - NOTE_STYLE.width(&country) - NOTE_STYLE.width(&unit) - 18.0;
        let name = heading.shorten(&port.panel.name, room);
        canvas.text(left, top + 10.0, Anchor::Start, heading, &name);
        canvas.text(left + heading.width(&name) + 6.0, top + 10.0, Anchor::Start, NOTE_STYLE, &country);
        canvas.text(left + width, top + 10.0, Anchor::End, NOTE_STYLE, &unit);

        let small = Style::new(SMALL, MUTED);
        let gutter = axis.ticks.iter().map(|t| small.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 6.0;
        let ends = self.end_labels(port, &axis.format);
        let last = port.steps.len().saturating_sub(1).max(1) as f64;
        let plot = Plot {
            left: left + gutter,
            top: top + 24.0,
            width: (width - gutter - right).max(30.0),
            height: HEIGHT,
            x: (0.0, last),
            y: (axis.low, axis.high),
        };
        for tick in &axis.ticks {
            let y = plot.at_y(*tick);
            canvas.line((plot.left, y), (plot.right(), y), GRID, 0.8);
            canvas.text(plot.left - 6.0, y + 3.6, Anchor::End, small, &axis.format.tick(*tick));
        }
        plot.draw(canvas, |marks| port.draw(marks))?;
        let zero = if axis.holds_zero() { 0.0 } else { axis.low };
        canvas.line((plot.left, plot.at_y(zero)), (plot.right(), plot.at_y(zero)), AXIS, 1.0);

        let line = SMALL * 1.25;
        let wanted: Vec<f64> = ends.iter().map(|(value, ..)| plot.at_y(*value)).collect();
        let centres = spread(&wanted, &vec![line; ends.len()], 0.0, plot.top - line / 2.0, plot.bottom() + line / 2.0);
        for ((_, text, style), y) in ends.iter().zip(centres) {
            canvas.text(plot.right() + 6.0, y + 3.6, Anchor::Start, *style, text);
        }
        // The first and the last period; the others are where one expects them.
        let (first, end) = (port.steps.first().map_or("", |s| s.0), port.steps.last().map_or("", |s| s.0));
        let half = plot.width / 2.0 - 4.0;
        canvas.text(plot.left, plot.bottom() + 13.0, Anchor::Start, small, &small.shorten(first, half));
        if port.steps.len() > 1 {
            canvas.text(plot.right(), plot.bottom() + 13.0, Anchor::End, small, &small.shorten(end, half));
        }
        if let Some(note) = &port.panel.note {
            let style = Style::new(SMALL, VERMILION.over(INK, 0.75));
            canvas.text(left, plot.bottom() + 30.0, Anchor::Start, style, &style.shorten(note, width));
        }
        Ok(())
    }

    /// What stands at the right end: the median of use, its range, and the capacity.
    fn end_labels(&self, port: &Port<'_>, format: &Format) -> Vec<(f64, String, Style)> {
        let Some((_, [p05, p50, p95])) = port.steps.last() else { return Vec::new() };
        let capacity = port.capacity.last().map(|(_, [_, p50, _])| *p50);
        // Whole per cents are enough for shares of capacity.
        let like = if self.unit == Unit::Fraction { [1.0; 3] } else { [*p05, *p50, *p95] };
        let format = format.clone().precise(&like);
        let mut labels = vec![(*p50, format.bare(*p50), Style { size: LABEL_STYLE.size - 1.0, colour: BLUE, ..LABEL_STYLE.bold() })];
        if differ(*p05, *p95) {
            let edge = Style::new(SMALL, MUTED);
            labels.insert(0, (*p95, format.bare(*p95), edge));
            labels.push((*p05, format.bare(*p05), edge));
        }
        if let Some(capacity) = capacity.filter(|c| *c != 1.0) {
            labels.push((capacity, format!("cap. {}", format.bare(capacity)), Style::new(SMALL, VERMILION.over(INK, 0.75))));
        }
        labels
    }
}

fn draw_key(canvas: &mut Canvas, top: f64) -> f64 {
    let y = top + 2.0;
    let mut x = MARGIN;
    for (name, colour) in [("use, median and 5–95%", BLUE), ("capacity, median and 5–95%", VERMILION)] {
        canvas.block(x, y - 5.0, 24.0, 10.0, colour.tint(0.25));
        canvas.line((x, y), (x + 24.0, y), colour, 2.0);
        canvas.text(x + 30.0, y + 4.0, Anchor::Start, NOTE_STYLE, name);
        x += 30.0 + NOTE_STYLE.width(name) + 24.0;
    }
    y + 22.0
}

/// A port with what can be drawn of it: steps in time, each with its label and its percentiles.
struct Port<'a> {
    panel: &'a PortPanel,
    steps: Vec<(&'a str, [f64; 3])>,
    /// By step; only those that are known.
    capacity: Vec<(usize, [f64; 3])>,
}

impl<'a> Port<'a> {
    fn new(panel: &'a PortPanel) -> Option<Port<'a>> {
        let base = panel.base.as_ref().filter(|(_, value)| drawable(*value)).map(|(label, value)| (label.as_str(), [*value; 3]));
        let periods = panel.periods.iter().filter(|p| p.is_finite()).map(|p| (p.label.as_str(), [p.p05, p.p50, p.p95]));
        let steps: Vec<(&str, [f64; 3])> = base.into_iter().chain(periods).collect();
        let of = |c: &PortPeriod| steps.iter().position(|(label, _)| *label == c.label).map(|i| (i, [c.p05, c.p50, c.p95]));
        let mut capacity: Vec<(usize, [f64; 3])> = panel.capacity.iter().filter(|c| c.is_finite()).filter_map(of).collect();
        capacity.sort_by_key(|(i, _)| *i);
        (!steps.is_empty()).then_some(Port { panel, steps, capacity })
    }

    /// Use over capacity at the end, by which the panels are sorted; the use itself where the capacity is unknown.
    fn fullness(&self) -> f64 {
        let used = self.steps.last().map_or(0.0, |(_, [_, p50, _])| *p50);
        let capacity = self.capacity.last().map(|(_, [_, p50, _])| *p50).filter(|c| *c > 0.0);
        // Without a capacity there is no share: after those that have one.
        capacity.map_or(-1.0 / (1.0 + used.max(0.0)), |capacity| used / capacity)
    }

    fn reach(&self) -> (f64, f64) {
        let values = || self.steps.iter().map(|(_, v)| v).chain(self.capacity.iter().map(|(_, v)| v));
        let medians = values().fold((0.0_f64, 0.0_f64), |(low, high), [_, p50, _]| (low.min(*p50), high.max(*p50)));
        let all = values().flatten().fold(medians, |(low, high), v| (low.min(*v), high.max(*v)));
        // A tail may stretch the axis to three times what the medians need, not further.
        let slack = 2.0 * (medians.1 - medians.0);
        if slack > 0.0 { (all.0.max(medians.0 - slack), all.1.min(medians.1 + slack)) } else { all }
    }

    fn draw(&self, marks: &mut Marks<'_, '_>) -> Result<(), ChartError> {
        let at = |percentile: usize| self.steps.iter().enumerate().map(move |(i, (_, v))| (i as f64, v[percentile]));
        if self.steps.len() > 1 {
            marks.polygon(at(2).chain(at(0).collect::<Vec<_>>().into_iter().rev()), BLUE.tint(0.28))?;
        } else if let Some((_, [low, median, high])) = self.steps.first() {
            marks.rectangle((0.35, *low), (0.65, *high), BLUE.tint(0.28))?;
            marks.line([(0.3, *median), (0.7, *median)], BLUE, 2.2)?;
        }
        let capacity = |percentile: usize| self.capacity.iter().map(move |(i, v)| (*i as f64, v[percentile]));
        if self.capacity.iter().any(|(_, [low, _, high])| differ(*low, *high)) && self.capacity.len() > 1 {
            marks.polygon(capacity(2).chain(capacity(0).collect::<Vec<_>>().into_iter().rev()), VERMILION.tint(0.22))?;
        }
        if let (Some((first, v)), 1) = (self.capacity.first(), self.capacity.len()) {
            let (from, to) = if self.steps.len() > 1 { (*first as f64 - 0.3, *first as f64 + 0.3) } else { (0.0, 1.0) };
            marks.line([(from, v[1]), (to, v[1])], VERMILION, 1.6)?;
        } else {
            marks.line(capacity(1), VERMILION, 1.6)?;
        }
        if self.steps.len() > 1 {
            marks.line(at(1), WHITE, 3.6)?;
            marks.line(at(1), BLUE, 2.2)?;
            if self.panel.base.as_ref().is_some_and(|(_, value)| drawable(*value)) {
                marks.dot((0.0, self.steps[0].1[1]), 3.0, INK)?;
            }
        }
        Ok(())
    }
}
