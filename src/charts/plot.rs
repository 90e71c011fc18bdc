//! The plotting area: data coordinates and marks, drawn by plotters and set into the canvas.
//!
//! plotters counts whole pixels, too coarse for a curve on 800 units, so it draws on a grid [`FINE`] times finer that the SVG scales down.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::ChartError;
use super::canvas::Canvas;
use super::theme::Colour;

const FINE: f64 = 20.0;

/// A rectangle of the canvas with a scale on either side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    /// What the left and right edges stand for.
    pub x: (f64, f64),
    /// What the bottom and top edges stand for.
    pub y: (f64, f64),
}

impl Plot {
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Where a value stands on the canvas, held to the edges.
    pub fn at_x(&self, x: f64) -> f64 {
        self.left + self.width * share(x, self.x)
    }

    /// Where a value stands on the canvas, held to the edges.
    pub fn at_y(&self, y: f64) -> f64 {
        self.bottom() - self.height * share(y, self.y)
    }

    /// Draws marks in data coordinates; what lies outside is held to the edges.
    pub fn draw(&self, canvas: &mut Canvas, marks: impl FnOnce(&mut Marks<'_, '_>) -> Result<(), ChartError>) -> Result<(), ChartError> {
        let mut drawn = String::new();
        {
            let size = ((self.width * FINE).round() as u32, (self.height * FINE).round() as u32);
            let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
            let chart = ChartBuilder::on(&area).build_cartesian_2d(self.x.0..self.x.1, self.y.0..self.y.1).map_err(refused)?;
            marks(&mut Marks { chart, plot: *self })?;
            area.present().map_err(refused)?;
        }
        // Only the marks are wanted, not the document around them.
        let start = drawn.find('\n').map_or(0, |end| end + 1);
        let end = drawn.rfind("</svg>").unwrap_or(drawn.len());
        canvas.scaled(self.left, self.top, 1.0 / FINE, drawn.get(start..end).unwrap_or_default());
        Ok(())
    }
}

fn share(value: f64, (low, high): (f64, f64)) -> f64 {
    let share = (value - low) / (high - low);
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

fn refused(error: impl std::fmt::Display) -> ChartError {
    ChartError::Draw(error.to_string())
}

/// What can be drawn in a plot.
pub(super) struct Marks<'a, 'b> {
    chart: ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    plot: Plot,
}

impl Marks<'_, '_> {
    fn held(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let hold = |v: f64, (a, b): (f64, f64)| if v.is_finite() { v.clamp(a.min(b), a.max(b)) } else { a };
        (hold(x, self.plot.x), hold(y, self.plot.y))
    }

    pub fn rectangle(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour) -> Result<(), ChartError> {
        let corners = [self.held(from), self.held(to)];
        self.chart.draw_series([Rectangle::new(corners, rgb(colour).filled())]).map_err(refused)?;
        Ok(())
    }

    /// A filled shape; its last corner joins its first.
    pub fn polygon(&mut self, corners: impl IntoIterator<Item = (f64, f64)>, colour: Colour) -> Result<(), ChartError> {
        let corners: Vec<_> = corners.into_iter().map(|corner| self.held(corner)).collect();
        self.chart.draw_series([Polygon::new(corners, rgb(colour))]).map_err(refused)?;
        Ok(())
    }

    pub fn line(&mut self, points: impl IntoIterator<Item = (f64, f64)>, colour: Colour, width: f64) -> Result<(), ChartError> {
        let points: Vec<_> = points.into_iter().map(|point| self.held(point)).collect();
        self.chart.draw_series(LineSeries::new(points, pen(colour, width))).map_err(refused)?;
        Ok(())
    }

    pub fn dashed(&mut self, points: impl IntoIterator<Item = (f64, f64)>, colour: Colour, width: f64) -> Result<(), ChartError> {
        let points: Vec<_> = points.into_iter().map(|point| self.held(point)).collect();
        let (dash, gap) = ((4.0 * FINE) as i32, (3.0 * FINE) as i32);
        self.chart.draw_series(DashedLineSeries::new(points, dash, gap, pen(colour, width))).map_err(refused)?;
        Ok(())
    }

    /// A dot of the given radius (in SVG units) with a white rim, so that it stands out from bands and bars.
    pub fn dot(&mut self, at: (f64, f64), radius: f64, colour: Colour) -> Result<(), ChartError> {
        let at = self.held(at);
        let size = |radius: f64| (radius * FINE).round() as u32;
        self.chart
            .draw_series([Circle::new(at, size(radius + 1.2), WHITE.filled()), Circle::new(at, size(radius), rgb(colour).filled())])
            .map_err(refused)?;
        Ok(())
    }
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn pen(colour: Colour, width: f64) -> ShapeStyle {
    rgb(colour).stroke_width((width * FINE).round() as u32)
}
