//! What charts made of rows share: the value axis under the rows, and the key above them.

use super::axis::Axis;
use super::canvas::{Anchor, Canvas, NOTE_STYLE, TICK_STYLE};
use super::plot::Plot;
use super::theme::{Colour, GRID, MARGIN, WIDTH};

/// Gridlines through the plot and the axis's numbers under it, every second, third, … where all would touch; the unit below them. Returns the y
/// under it all.
pub(super) fn below(canvas: &mut Canvas, plot: &Plot, axis: &Axis) -> f64 {
    let widest = axis.ticks.iter().map(|t| TICK_STYLE.width(&axis.format.tick(*t))).fold(0.0, f64::max) + 14.0;
    let every = (widest * axis.ticks.len() as f64 / plot.width).ceil().max(1.0) as usize;
    // Zero, or the first tick, is among those that are written.
    let first = axis.ticks.iter().position(|t| *t == 0.0).unwrap_or(0) % every;
    for (i, tick) in axis.ticks.iter().enumerate() {
        let x = plot.at_x(*tick);
        canvas.line((x, plot.top), (x, plot.bottom()), GRID, 1.0);
        if i % every == first {
            let text = axis.format.tick(*tick);
            let half = TICK_STYLE.width(&text) / 2.0;
            canvas.text(x.clamp(MARGIN + half, WIDTH - 4.0 - half), plot.bottom() + 16.0, Anchor::Middle, TICK_STYLE, &text);
        }
    }
    let unit = axis.format.axis_name();
    canvas.text(plot.left, plot.bottom() + 32.0, Anchor::Start, NOTE_STYLE, &NOTE_STYLE.shorten(&unit, plot.width));
    plot.bottom() + if unit.is_empty() { 20.0 } else { 36.0 }
}

/// A key: a square of each colour and what it stands for, in as many lines as it takes. Returns the y below.
pub(super) fn key(canvas: &mut Canvas, top: f64, entries: &[(Colour, &str)]) -> f64 {
    let (mut x, mut y) = (MARGIN, top + 4.0);
    for (colour, name) in entries {
        let name = TICK_STYLE.shorten(name, WIDTH - 2.0 * MARGIN - 16.0);
        let width = 16.0 + TICK_STYLE.width(&name);
        if x > MARGIN && x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + 17.0);
        }
        canvas.block(x, y - 9.0, 10.0, 10.0, *colour);
        canvas.text(x + 16.0, y, Anchor::Start, TICK_STYLE, &name);
        x += width + 22.0;
    }
    y + 12.0
}
