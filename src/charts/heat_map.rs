//! An outcome over a grid of two swept inputs: the median of each cell as colour and figure, the 5–95% range in small type.
//!
//! Where medians have both signs the colours part at zero, losses vermilion and gains blue; where they have one, darker is further from zero. The page
//! widens with the grid, as figures must fit their cells.

use super::ChartError;
use super::canvas::{Anchor, Canvas, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::theme::{BLUE, Colour, EMPTY, INK, MARGIN, MUTED, VERMILION, WIDTH};
use serde::{Deserialize, Serialize};

/// The outcome at one point of the grid, in the chart's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct HeatCell {
    /// 5th percentile over the draws.
    #[serde(with = "figures")]
    pub p05: f64,
    /// Median.
    #[serde(with = "figures")]
    pub median: f64,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub p95: f64,
}

/// An outcome by two inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeatMap {
    /// What is shown: "US imports of steel in 2028, by tariff and elasticity".
    pub title: String,
    /// Unit, number of draws, what figures and ranges are.
    pub subtitle: String,
    /// How the numbers are written.
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The name of the input across.
    pub x_axis: String,
    /// Its values as written, from the left.
    pub x: Vec<String>,
    /// The name of the input down the page.
    pub y_axis: String,
    /// Its values as written, from the top.
    pub y: Vec<String>,
    /// By row (`y`), then column (`x`). A median that is missing or not finite leaves its cell grey.
    pub cells: Vec<Vec<HeatCell>>,
}

const ROW: f64 = 36.0;
const FIGURE: Style = Style::new(12.0, INK);
const RANGE: Style = Style::new(9.5, INK);

/// How medians become colours.
struct Shades {
    low: f64,
    high: f64,
}

impl Shades {
    /// From the medians' range; one that has both signs reaches equally far on either side, so that equal strength is equal size.
    fn over(medians: &[f64]) -> Shades {
        let (low, high) = medians.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), m| (low.min(*m), high.max(*m)));
        if low < 0.0 && high > 0.0 {
            let size = high.max(-low);
            return Shades { low: -size, high: size };
        }
        Shades { low, high }
    }

    fn parts_at_zero(&self) -> bool {
        self.low < 0.0 && self.high > 0.0
    }

    fn colour(&self, median: f64) -> Colour {
        let share = |of: f64| if of.is_finite() { of.clamp(0.0, 1.0) } else { 0.5 };
        if self.parts_at_zero() {
            let hue = if median < 0.0 { VERMILION } else { BLUE };
            return hue.tint(0.04 + 0.70 * share(median.abs() / self.high));
        }
        let (hue, near, far) =
            if self.high <= 0.0 && self.low < 0.0 { (VERMILION, self.high, self.low) } else { (BLUE, self.low, self.high) };
        hue.tint(0.10 + 0.65 * share((median - near) / (far - near)))
    }
}

impl HeatMap {
    /// The chart as an SVG document. It is wider than the others where the columns need it.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    fn cell(&self, row: usize, column: usize) -> Option<&HeatCell> {
        self.cells.get(row)?.get(column).filter(|cell| drawable(cell.median))
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let places = || (0..self.y.len()).flat_map(|row| (0..self.x.len()).map(move |column| (row, column)));
        let medians: Vec<f64> = places().filter_map(|(row, column)| self.cell(row, column)).map(|cell| cell.median).collect();
        if medians.is_empty() {
            return Ok(nothing_to_draw(&self.title, &self.subtitle, &self.source, "No draw gave a value: there is nothing to show."));
        }
        let format = Format::together(&self.unit, &medians);
        let shades = Shades::over(&medians);
        let range = |cell: &HeatCell| {
            (drawable(cell.p05) && drawable(cell.p95)).then(|| format!("{} to {}", format.bare(cell.p05), format.bare(cell.p95)))
        };
        let figures = places()
            .filter_map(|(row, column)| self.cell(row, column))
            .map(|cell| FIGURE.bold().width(&format.bare(cell.median)).max(range(cell).map_or(0.0, |text| RANGE.width(&text))));
        // Wide enough for figures and, within reason, for the values above the columns.
        let heads = self.x.iter().map(|x| TICK_STYLE.width(x)).fold(0.0, f64::max).min(96.0);
        let needed = figures.fold(heads, f64::max).min(140.0) + 10.0;
        let names = self.y.iter().map(|y| TICK_STYLE.width(y)).fold(TICK_STYLE.bold().width(&self.y_axis).min(240.0), f64::max).min(240.0);
        let left = MARGIN + names + 12.0;
        let across = self.x.len() as f64;
        let cell = ((WIDTH - MARGIN - left) / across).clamp(needed, needed.max(110.0));
        let width = (left + cell * across + MARGIN).max(WIDTH).ceil();

        let (mut canvas, top) = Canvas::titled(width, &self.title, &self.subtitle);
        let top = self.draw_key(&mut canvas, top, &shades, &format);
        let plot = Plot {
            left,
            top: top + 46.0,
            width: cell * across,
            height: self.y.len() as f64 * ROW,
            x: (0.0, across),
            y: (self.y.len() as f64, 0.0),
        };
        let heading = Style { colour: INK, ..TICK_STYLE.bold() };
        canvas.text(left, plot.top - 26.0, Anchor::Start, heading, &heading.shorten(&self.x_axis, width - MARGIN - left));
        canvas.text(left - 10.0, plot.top - 8.0, Anchor::End, heading, &heading.shorten(&self.y_axis, names + 0.5));
        for (column, x) in self.x.iter().enumerate() {
            canvas.text(
                left + cell * (column as f64 + 0.5),
                plot.top - 8.0,
                Anchor::Middle,
                TICK_STYLE,
                &TICK_STYLE.shorten(x, cell - 6.0),
            );
        }
        let hair = (0.6 / cell, 0.6 / ROW);
        plot.draw(&mut canvas, |marks| {
            for (row, column) in places() {
                let colour = self.cell(row, column).map_or(EMPTY, |cell| shades.colour(cell.median));
                let (x, y) = (column as f64, row as f64);
                marks.rectangle((x + hair.0, y + hair.1), (x + 1.0 - hair.0, y + 1.0 - hair.1), colour)?;
            }
            Ok(())
        })?;
        for (row, y) in self.y.iter().enumerate() {
            let middle = plot.top + (row as f64 + 0.5) * ROW;
            canvas.text(left - 10.0, middle + 4.2, Anchor::End, TICK_STYLE, &TICK_STYLE.shorten(y, names + 0.5));
            for column in 0..self.x.len() {
                let x = left + cell * (column as f64 + 0.5);
                let Some(known) = self.cell(row, column) else {
                    canvas.text(x, middle + 4.2, Anchor::Middle, NOTE_STYLE, "n/a");
                    continue;
                };
                let ink = shades.colour(known.median).ink_on();
                let (figure, small) = (Style { colour: ink, ..FIGURE.bold() }, Style { colour: ink, ..RANGE });
                let range = range(known);
                let lift = if range.is_some() { 2.0 } else { -4.2 };
                canvas.text(x, middle - lift, Anchor::Middle, figure, &figure.shorten(&format.bare(known.median), cell - 4.0));
                canvas.text(x, middle + 11.5, Anchor::Middle, small, &small.shorten(&range.unwrap_or_default(), cell - 4.0));
            }
        }
        Ok(canvas.finish(plot.bottom() + 4.0, &[], &self.source))
    }

    /// The key: a bar of the shades between its ends. Returns the y below.
    fn draw_key(&self, canvas: &mut Canvas, top: f64, shades: &Shades, format: &Format) -> f64 {
        let style = Style { colour: MUTED, ..NOTE_STYLE };
        if shades.high <= shades.low {
            canvas.text(
                MARGIN,
                top + 4.0,
                Anchor::Start,
                style,
                &style.shorten(&format!("median {} in every cell", format.full(shades.low)), WIDTH - 2.0 * MARGIN),
            );
            return top + 8.0;
        }
        let mut x = MARGIN;
        let y = top - 4.0;
        let set = |canvas: &mut Canvas, x: &mut f64, text: &str, after: f64| {
            let text = style.shorten(text, 240.0);
            canvas.text(*x, y + 9.5, Anchor::Start, style, &text);
            *x += style.width(&text) + after;
        };
        set(canvas, &mut x, &format!("median {}", format.full(shades.low)), 7.0);
        for i in 0..60 {
            // A hair wider than its step, so that no seam shows.
            let at = (f64::from(i) + 0.5) / 60.0;
            canvas.block(x + 3.0 * f64::from(i), y, 3.4, 11.0, shades.colour(shades.low + (shades.high - shades.low) * at));
        }
        x += 187.0;
        set(canvas, &mut x, &format.full(shades.high), 0.0);
        y + 12.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_in_every_cell_and_darker_is_further_from_zero() {
        for (low, high) in [(0.0, 5.0), (-5.0, 0.0), (-3.0, 5.0), (2.0, 5.0), (-5.0, -2.0)] {
            let shades = Shades::over(&[low, high]);
            let colours: Vec<Colour> = (0..=50).map(|i| shades.colour(low + (high - low) * f64::from(i) / 50.0)).collect();
            assert!(colours.iter().all(|c| c.contrast(c.ink_on()) >= 4.5));
            let mut by_size: Vec<(f64, f64)> =
                (0..=50).map(|i| low + (high - low) * f64::from(i) / 50.0).map(|m| (m.abs(), shades.colour(m).luminance())).collect();
            if low * high >= 0.0 {
                by_size.sort_by(|a, b| a.0.total_cmp(&b.0));
                assert!(by_size.windows(2).all(|pair| pair[1].1 <= pair[0].1), "{low}..{high}");
            }
        }
        let shades = Shades::over(&[-3.0, 5.0]);
        assert_ne!(shades.colour(-3.0), shades.colour(3.0));
    }
}
