//! What is drawn on a map: lines as wide as their trade, with rounded corners, and ports that fill with their use.

use std::fmt::Write as _;

use super::geography::tenth;
use super::number::{drawable, exponent};
use super::theme::{Colour, INK, VERMILION};

/// The widest and the thinnest line.
const WIDEST: f64 = 13.0;
const THINNEST: f64 = 1.3;
/// From trade to the width of a line: linear, so that twice the trade is twice the width.
pub(super) struct Scale {
    largest: f64,
    smallest: f64,
}

impl Scale {
    pub fn new(values: impl Iterator<Item = f64>) -> Scale {
        let values: Vec<f64> = values.filter(|v| drawable(*v) && *v > 0.0).collect();
        let values = || values.iter().copied();
        Scale { largest: values().fold(0.0, f64::max), smallest: values().fold(f64::INFINITY, f64::min) }
    }

    pub fn width(&self, value: f64) -> f64 {
        let share = value / self.largest;
        if share.is_finite() { (WIDEST * share).clamp(THINNEST, WIDEST) } else { THINNEST }
    }

    /// The value below which lines can no longer become thinner, where there is such a line.
    pub fn thinnest_up_to(&self) -> Option<f64> {
        let limit = self.largest * THINNEST / WIDEST;
        (self.smallest < 0.97 * limit).then_some(limit)
    }

    /// Round values whose widths the key shows.
    pub fn samples(&self) -> Vec<f64> {
        let power = 10f64.powi(exponent(self.largest));
        let round = [5.0, 2.0, 1.0].into_iter().map(|m| m * power).find(|v| *v <= self.largest * 1.001);
        match round {
            Some(top) if self.largest > 0.0 => vec![top / 5.0, top],
            _ => Vec::new(),
        }
    }
}

/// A line with its corners rounded.
pub(super) fn stroke(marks: &mut String, points: &[(f64, f64)], colour: Colour, width: f64, dashed: bool) {
    const ROUND: f64 = 14.0;
    let mut path = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let toward = |(a, b): (f64, f64)| {
            let long = (a - x).hypot(b - y);
            let t = if long > 0.0 { (ROUND / long).min(0.5) } else { 0.0 };
            (tenth(x + t * (a - x)), tenth(y + t * (b - y)))
        };
        // writing to a String cannot fail
        let _ = match (i.checked_sub(1).and_then(|before| points.get(before)), points.get(i + 1)) {
            (Some(before), Some(after)) => {
                let ((a, b), (c, d)) = (toward(*before), toward(*after));
                write!(path, "L{a} {b}Q{} {} {c} {d}", tenth(*x), tenth(*y))
            }
            (Some(_), None) => write!(path, "L{} {}", tenth(*x), tenth(*y)),
            _ => write!(path, "M{} {}", tenth(*x), tenth(*y)),
        };
    }
    let (colour, width) = (colour.hex(), tenth(width));
    let dashes = if dashed { format!(" stroke-dasharray=\"{} 3\"", tenth(4.0 + width)) } else { String::new() };
    let _ = writeln!(
        marks,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dashes}/>"
    );
}

/// A port: a disc that fills clockwise with its use, all of another colour where it takes more than it can.
pub(super) fn gauge(marks: &mut String, (x, y): (f64, f64), used: Option<f64>) {
    const RADIUS: f64 = 4.6;
    let used = used.filter(|u| drawable(*u)).unwrap_or(0.0).max(0.0);
    let colour = if used > 1.0 { VERMILION } else { INK }.hex();
    let (x, y) = (tenth(x), tenth(y));
    let fill = if used >= 0.999 { colour.as_str() } else { "#ffffff" };
    // writing to a String cannot fail
    let _ = writeln!(marks, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{RADIUS}\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.1\"/>");
    if (0.005..0.999).contains(&used) {
        let angle = used * std::f64::consts::TAU;
        let (to_x, to_y) = (tenth(x + RADIUS * angle.sin()), tenth(y - RADIUS * angle.cos()));
        let (top, far) = (tenth(y - RADIUS), u8::from(used > 0.5));
        let _ = writeln!(marks, "<path d=\"M{x} {y}L{x} {top}A{RADIUS} {RADIUS} 0 {far} 1 {to_x} {to_y}Z\" fill=\"{colour}\"/>");
    }
}
