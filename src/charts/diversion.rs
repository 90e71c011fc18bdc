//! Where the exports go that a tariff turns away: one panel per exporter, one bar per destination, lost to the left and gained to the right.
//!
//! Panels share one scale while the smallest can still be read on it; beyond that each has its own, and a note says so.

use super::ChartError;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, Colour, GREEN, INK, MARGIN, MUTED, ORANGE, SUBTITLE, VERMILION, WIDTH};
use serde::{Deserialize, Serialize};

/// What a row of a panel is, and so its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// A market abroad.
    Market,
    /// Sold at home instead.
    Home,
    /// Not produced any more.
    NotMade,
}

/// The change in what an exporter sends to one destination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiversionRow {
    /// The market's name, "at home", "not made".
    pub label: String,
    /// What it is.
    pub destination: Destination,
    /// Mean over the draws, in the chart's unit; negative where less goes there.
    #[serde(with = "figures")]
    pub mean: f64,
    /// 5th percentile.
    #[serde(with = "figures")]
    pub p05: f64,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub p95: f64,
}

/// One exporter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiversionPanel {
    /// The exporter's name.
    pub origin: String,
    /// Its destinations, in the order they are drawn.
    pub rows: Vec<DiversionRow>,
}

/// Where lost exports go, per exporter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiversionChart {
    /// What is shown: "Where exports go that no longer enter the US, 2026".
    pub title: String,
    /// Unit, number of draws, what the whiskers are.
    pub subtitle: String,
    /// How the numbers are written, usually [`Unit::UsdMillionChange`].
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// One per exporter.
    pub panels: Vec<DiversionPanel>,
}

const ROW: f64 = 20.0;
/// Panels whose largest bars differ by more than this no longer share a scale.
const SHARED_UP_TO: f64 = 12.0;

impl DiversionChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let moves = |r: &DiversionRow| [r.mean, r.p05, r.p95].iter().any(|v| drawable(*v) && *v != 0.0);
        let (panels, still): (Vec<&DiversionPanel>, Vec<&DiversionPanel>) = self.panels.iter().partition(|p| p.rows.iter().any(moves));
        if panels.is_empty() {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No exporter's sales change: there is nothing to show."));
        }
        let reaches: Vec<(f64, f64)> = panels.iter().map(|p| reach(&p.rows)).collect();
        let size = |(low, high): &(f64, f64)| high.max(-low);
        let largest = reaches.iter().map(size).fold(0.0, f64::max);
        let smallest = reaches.iter().map(size).filter(|s| *s > 0.0).fold(f64::INFINITY, f64::min);
        let shared = largest <= SHARED_UP_TO * smallest;
        let all = reaches.iter().fold((0.0_f64, 0.0_f64), |(low, high), (a, b)| (low.min(*a), high.max(*b)));

        let mut notes = Vec::new();
        if !shared && panels.len() > 1 {
            notes.push("Each panel has its own scale: compare the figures, not the lengths, between exporters.".to_owned());
        }
        if panels.iter().zip(&reaches).any(|(p, (low, high))| p.rows.iter().any(|r| r.p05 < *low || r.p95 > *high)) {
            notes.push("Whiskers without an end mark go on beyond the axis.".to_owned());
        }
        if !still.is_empty() {
            let names: Vec<&str> = still.iter().map(|p| p.origin.as_str()).collect();
            notes.push(format!("Unchanged and not shown: {}.", names.join(", ")));
        }
        let columns = if panels.len() == 1 { 1 } else { 2 };
        let gap = 36.0;
        let width = (WIDTH - 2.0 * MARGIN - gap * (columns as f64 - 1.0)) / columns as f64;
        let (mut canvas, mut y) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let fit = |panels: &[&DiversionPanel], reach| Fit::new(&self.unit, panels, reach, width);
        let common = fit(&panels, all);
        for (line, of_line) in panels.chunks(columns).zip(reaches.chunks(columns)) {
            for (column, (panel, reach)) in line.iter().zip(of_line).enumerate() {
                let left = MARGIN + column as f64 * (width + gap);
                if shared {
                    common.draw(&mut canvas, panel, left, y)?;
                } else {
                    fit(&[panel], *reach).draw(&mut canvas, panel, left, y)?;
                }
            }
            let rows = line.iter().map(|p| p.rows.len()).max().unwrap_or(0);
            y += 24.0 + rows as f64 * ROW + 20.0;
        }
        Ok(canvas.finish(y - 12.0, &notes, &self.source))
    }
}

/// How a panel divides its width, and how its figures are written. Panels that share a scale share this too: bars of one length are then one amount.
struct Fit {
    width: f64,
    /// Room for the destinations' names, and for figures left and right of the bars.
    names: f64,
    before: f64,
    after: f64,
    x: (f64, f64),
    format: Format,
}

impl Fit {
    fn new(unit: &Unit, panels: &[&DiversionPanel], (low, high): (f64, f64), width: f64) -> Fit {
        let rows = || panels.iter().flat_map(|p| &p.rows);
        let format = Format::together(unit, &rows().map(|r| r.mean).collect::<Vec<_>>());
        let names = rows().map(|r| TICK_STYLE.width(&r.label)).fold(0.0, f64::max).min(width * 0.34);
        // Figures stand beyond the whiskers, so both ends keep room for the longest of their side.
        let longest = |negative: bool| {
            rows().filter(|r| (r.mean < 0.0) == negative).map(|r| LABEL_STYLE.width(&format.bare(r.mean)) + 8.0).fold(0.0, f64::max)
        };
        let (before, after) = (longest(true), longest(false));
        Fit { width, names, before, after, x: if high > low { (low, high) } else { (-1.0, 1.0) }, format }
    }

    fn draw(&self, canvas: &mut Canvas, panel: &DiversionPanel, left: f64, top: f64) -> Result<(), ChartError> {
        let Fit { width, names, before, after, .. } = *self;
        let heading = Style::new(SUBTITLE, INK).bold();
        let unit = self.format.axis_name();
        let room = width - NOTE_STYLE.width(&unit) - 10.0;
        canvas.text(left, top + 10.0, Anchor::Start, heading, &heading.shorten(&panel.origin, room));
        canvas.text(left + width, top + 10.0, Anchor::End, NOTE_STYLE, &unit);
        canvas.line((left, top + 17.0), (left + width, top + 17.0), AXIS, 0.8);

        let plot = Plot {
            left: left + names + 10.0 + before,
            top: top + 22.0,
            width: (width - names - 10.0 - before - after).max(20.0),
            height: panel.rows.len() as f64 * ROW,
            x: self.x,
            y: (panel.rows.len() as f64, 0.0),
        };
        plot.draw(canvas, |marks| {
            for (i, row) in panel.rows.iter().enumerate() {
                let middle = i as f64 + 0.5;
                marks.rectangle((0.0, middle - 0.33), (finite(row.mean), middle + 0.33), colour(row))?;
                if drawable(row.mean) && row.p95 > row.p05 {
                    marks.line([(row.p05, middle), (row.p95, middle)], INK, 1.2)?;
                    // A whisker that goes on beyond the axis has no end to show.
                    for end in [row.p05, row.p95].into_iter().filter(|end| (self.x.0..=self.x.1).contains(end)) {
                        marks.line([(end, middle - 0.14), (end, middle + 0.14)], INK, 1.2)?;
                    }
                }
            }
            Ok(())
        })?;
        let zero = plot.at_x(0.0);
        canvas.line((zero, plot.top), (zero, plot.bottom()), INK, 1.0);
        for (i, row) in panel.rows.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * ROW + 4.3;
            let name = Style { colour: if row.destination == Destination::Market { INK } else { MUTED }, ..TICK_STYLE };
            canvas.text(left, y, Anchor::Start, name, &name.shorten(&row.label, names + 0.5));
            if row.mean < 0.0 {
                canvas.text(plot.at_x(finite(row.p05).min(row.mean)) - 6.0, y, Anchor::End, LABEL_STYLE, &self.format.bare(row.mean));
            } else {
                canvas.text(plot.at_x(finite(row.p95).max(row.mean)) + 6.0, y, Anchor::Start, LABEL_STYLE, &self.format.bare(row.mean));
            }
        }
        Ok(())
    }
}

fn finite(value: f64) -> f64 {
    if drawable(value) { value } else { 0.0 }
}

fn colour(row: &DiversionRow) -> Colour {
    match row.destination {
        Destination::NotMade => AXIS.tint(0.7),
        _ if row.mean < 0.0 => VERMILION.tint(0.8),
        Destination::Home => ORANGE.tint(0.85),
        Destination::Market => if row.mean == 0.0 { GREEN } else { BLUE }.tint(0.75),
    }
}

/// The range of a panel: its bars, and whiskers as far as they stay within reason.
fn reach(rows: &[DiversionRow]) -> (f64, f64) {
    let bars = rows.iter().map(|r| finite(r.mean)).fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    let slack = 1.5 * (bars.1 - bars.0);
    let whiskers = rows.iter().fold(bars, |(low, high), r| (low.min(finite(r.p05)), high.max(finite(r.p95))));
    if slack > 0.0 { (whiskers.0.max(bars.0 - slack), whiskers.1.min(bars.1 + slack)) } else { whiskers }
}
