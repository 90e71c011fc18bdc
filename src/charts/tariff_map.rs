//! Which tariff each sector pays on each corridor: a heat map with the rate in every cell, one block of columns per period.
//!
//! Colours run from pale yellow to dark brown (after Brewer's YlOrBr, which the colour-blind read by lightness); no tariff is grey, no trade is blank.
//! One rate far above the others does not bleach the rest: the scale then ends at the upper end of the bulk, and its key says so.

use super::ChartError;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::drawable;
use super::plot::Plot;
use super::theme::{AXIS, Colour, EMPTY, INK, MARGIN, MUTED, WIDTH};
use serde::{Deserialize, Serialize};

/// An ordered pair of regions, by the codes that head the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corridor {
    /// Code of the exporter, "CAN".
    pub exporter: String,
    /// Code of the importer, "USA".
    pub importer: String,
}

/// The rates of one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TariffPeriod {
    /// "2026".
    pub label: String,
    /// Mean effective rate as a fraction, by sector, then corridor, in the chart's orders; NaN where there is no trade.
    #[serde(with = "figures")]
    pub rates: Vec<Vec<f64>>,
}

/// Effective tariffs by sector, corridor and period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TariffMap {
    /// What is shown: "Effective tariffs, 2026".
    pub title: String,
    /// "Per cent of customs value, base-year tariff included; mean of 10,000 draws".
    pub subtitle: String,
    /// Whose data; set as "Source: …".
    pub source: String,
    /// The rows' names.
    pub sectors: Vec<String>,
    /// The columns; neighbours with the same importer share a heading.
    pub corridors: Vec<Corridor>,
    /// One block of columns each.
    pub periods: Vec<TariffPeriod>,
}

const ROW: f64 = 20.0;
/// Space between two periods, in cells.
const BETWEEN: f64 = 0.5;
/// From the lowest positive rate to the highest.
const SCALE: [Colour; 7] = [
    Colour(255, 247, 205),
    Colour(254, 227, 145),
    Colour(254, 196, 79),
    Colour(251, 154, 41),
    Colour(224, 106, 16),
    Colour(172, 66, 3),
    Colour(102, 37, 6),
];

impl TariffMap {
    /// The chart as an SVG document. It is wider than the others where the columns need it.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    fn rate(&self, period: &TariffPeriod, sector: usize, corridor: usize) -> Option<f64> {
        period.rates.get(sector)?.get(corridor).copied().filter(|r| drawable(*r))
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        if self.sectors.is_empty() || self.corridors.is_empty() || self.periods.is_empty() {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "There is no corridor with trade on it: there is nothing to show.",
            ));
        }
        let (rows, across) = (self.sectors.len(), self.corridors.len());
        let cells = (across * self.periods.len()) as f64 + BETWEEN * (self.periods.len() - 1) as f64;
        let names = self.sectors.iter().map(|s| TICK_STYLE.width(s)).fold(0.0, f64::max).min(240.0);
        let codes =
            self.corridors.iter().map(|c| NOTE_STYLE.width(&c.exporter).max(NOTE_STYLE.width(&c.importer) + 2.0)).fold(0.0, f64::max);
        // Cells as wide as the page allows, but never narrower than a code or a rate, nor so wide that they stop being a grid.
        let narrowest = (codes.min(90.0) + 6.0).max(31.0);
        let cell = ((WIDTH - 2.0 * MARGIN - names - 10.0) / cells).clamp(narrowest, narrowest.max(76.0));
        let width = (2.0 * MARGIN + names + 10.0 + cell * cells).max(WIDTH).ceil();
        let (top_rate, clipped) = self.top_of_scale();

        let (mut canvas, mut y) = Canvas::titled(width, &self.title, &self.subtitle);
        y = draw_key(&mut canvas, y, top_rate, clipped);
        let plot = Plot {
            left: MARGIN + names + 10.0,
            top: y + if self.periods.len() > 1 { 58.0 } else { 40.0 },
            width: cell * cells,
            height: rows as f64 * ROW,
            x: (0.0, cells),
            y: (rows as f64, 0.0),
        };
        plot.draw(&mut canvas, |marks| {
            for (p, period) in self.periods.iter().enumerate() {
                for (s, c) in (0..rows).flat_map(|s| (0..across).map(move |c| (s, c))) {
                    let Some(rate) = self.rate(period, s, c) else { continue };
                    let x = column(p, c, across);
                    let gap = (1.0 / cell, 1.0 / ROW);
                    marks.rectangle((x, s as f64), (x + 1.0 - gap.0, s as f64 + 1.0 - gap.1), colour(rate, top_rate))?;
                }
            }
            Ok(())
        })?;
        for (p, period) in self.periods.iter().enumerate() {
            self.set_headings(&mut canvas, &plot, cell, p, period);
            for (s, c) in (0..rows).flat_map(|s| (0..across).map(move |c| (s, c))) {
                let Some(rate) = self.rate(period, s, c) else { continue };
                let ink = if written(rate) == "0" { MUTED } else { colour(rate, top_rate).ink_on() };
                let at = plot.left + cell * (column(p, c, across) + 0.5) - 0.5;
                canvas.text(at, plot.top + (s as f64 + 0.5) * ROW + 3.6, Anchor::Middle, Style::new(11.0, ink), &written(rate));
            }
        }
        for (s, sector) in self.sectors.iter().enumerate() {
            let ink = Style { colour: INK, ..TICK_STYLE };
            canvas.text(MARGIN, plot.top + (s as f64 + 0.5) * ROW + 3.9, Anchor::Start, ink, &ink.shorten(sector, names + 0.5));
        }
        Ok(canvas.finish(plot.bottom() + 4.0, &[], &self.source))
    }

    /// Period, importers and exporters above the columns of one period.
    fn set_headings(&self, canvas: &mut Canvas, plot: &Plot, cell: f64, p: usize, period: &TariffPeriod) {
        let across = self.corridors.len();
        let left = plot.left + cell * column(p, 0, across);
        if self.periods.len() > 1 {
            let style = LABEL_STYLE.bold();
            canvas.text(left, plot.top - 42.0, Anchor::Start, style, &style.shorten(&period.label, cell * across as f64 - 2.0));
        }
        let mut c = 0;
        while c < across {
            let importer = &self.corridors[c].importer;
            let alike = self.corridors[c..].iter().take_while(|next| next.importer == *importer).count();
            let (from, to) = (left + cell * c as f64, left + cell * (c + alike) as f64 - 3.0);
            let long = format!("imported by {importer}");
            let heading = if NOTE_STYLE.bold().width(&long) <= to - from { long } else { format!("to {importer}") };
            let heading = if NOTE_STYLE.bold().width(&heading) <= to - from { heading } else { importer.clone() };
            let style = Style { colour: INK, ..NOTE_STYLE.bold() };
            canvas.text(from, plot.top - 24.0, Anchor::Start, style, &style.shorten(&heading, to - from));
            canvas.line((from, plot.top - 18.5), (to, plot.top - 18.5), AXIS, 1.0);
            for k in c..c + alike {
                let exporter = NOTE_STYLE.shorten(&self.corridors[k].exporter, cell - 4.0);
                canvas.text(left + cell * (k as f64 + 0.5) - 0.5, plot.top - 6.0, Anchor::Middle, NOTE_STYLE, &exporter);
            }
            c += alike;
        }
    }

    /// The rate at which the scale ends, and whether some lie above it.
    fn top_of_scale(&self) -> (f64, bool) {
        let mut rates: Vec<f64> =
            self.periods.iter().flat_map(|p| &p.rates).flatten().copied().filter(|r| drawable(*r) && *r > 0.0).collect();
        rates.sort_by(f64::total_cmp);
        let (Some(highest), Some(bulk)) = (rates.last().copied(), rates.get(rates.len() * 95 / 100).copied()) else { return (0.1, false) };
        let top = if highest > 2.5 * bulk { 1.25 * bulk } else { highest };
        // A key that ends in a round number: whole per cents, or fives above ten.
        let step = if top > 0.1 { 0.05 } else { 0.01 };
        let rounded = ((top / step - 1e-9).ceil() * step).max(step);
        (rounded, highest > rounded * 1.000_001)
    }
}

/// The left edge of a column, in cells.
fn column(period: usize, corridor: usize, across: usize) -> f64 {
    period as f64 * (across as f64 + BETWEEN) + corridor as f64
}

fn colour(rate: f64, top: f64) -> Colour {
    if written(rate) == "0" {
        return EMPTY;
    }
    let at = (rate / top).clamp(0.0, 1.0) * (SCALE.len() - 1) as f64;
    let below = (at.floor() as usize).min(SCALE.len() - 2);
    SCALE[below + 1].over(SCALE[below], at - below as f64)
}

/// A rate in per cent without the sign: 35, 7.1, 0; whole where it is whole or 10 and more.
fn written(rate: f64) -> String {
    let per_cent = rate * 100.0;
    let text = if per_cent.abs() >= 1e5 {
        format!("{per_cent:.0e}")
    } else if per_cent.abs() >= 9.95 {
        format!("{per_cent:.0}")
    } else {
        format!("{per_cent:.1}")
    };
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "0" || text == "-0" {
        return if per_cent > 1e-9 { "<0.1".to_owned() } else { "0".to_owned() };
    }
    text.replace('-', "−")
}

/// The key: a bar of the scale with its ends, and grey for none. Returns the y below.
fn draw_key(canvas: &mut Canvas, top: f64, top_rate: f64, clipped: bool) -> f64 {
    let (left, y) = (MARGIN, top - 4.0);
    canvas.block(left, y, 22.0, 11.0, EMPTY);
    canvas.text(left + 27.0, y + 9.5, Anchor::Start, NOTE_STYLE, "none");
    let bar = left + 68.0;
    canvas.text(bar, y + 9.5, Anchor::Start, NOTE_STYLE, "above 0");
    let bar = bar + NOTE_STYLE.width("above 0") + 6.0;
    for i in 0..60 {
        // A hair wider than its step, so that no seam shows.
        canvas.block(bar + 3.0 * f64::from(i), y, 3.4, 11.0, colour(top_rate * (f64::from(i) + 0.5) / 60.0, top_rate));
    }
    let end = format!("{}%{}", written(top_rate), if clipped { " and more" } else { "" });
    canvas.text(bar + 187.0, y + 9.5, Anchor::Start, NOTE_STYLE, &end);
    y + 16.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_short_and_exact_where_it_matters() {
        for (rate, text) in [
            (0.0, "0"),
            (0.35, "35"),
            (0.071, "7.1"),
            (0.25, "25"),
            (0.03, "3"),
            (0.0996, "10"),
            (1e-4, "<0.1"),
            (-0.02, "−2"),
            (2.45, "245"),
        ] {
            assert_eq!(written(rate), text);
        }
    }

    #[test]
    fn every_cell_can_be_read_and_darker_is_always_more() {
        let shades: Vec<Colour> = (1..=100).map(|i| colour(f64::from(i) / 100.0, 1.0)).collect();
        assert!(shades.iter().all(|shade| shade.contrast(shade.ink_on()) >= 4.5));
        assert!(shades.windows(2).all(|pair| pair[1].luminance() < pair[0].luminance()));
        assert!(EMPTY.contrast(MUTED) >= 4.5);
    }
}
