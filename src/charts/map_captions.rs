//! What stands beside a route on the map: its name, its trade, how that changes from the first map, and its range.

use super::canvas::{Canvas, NOTE_STYLE, Style};
use super::font;
use super::map_labels::{Rect, TIED};
use super::number::{Format, Unit, drawable};
use super::route_map::{MapLink, MapPanel};
use super::theme::{INK, MUTED, TICK};

/// Name and value of a link; its change from the first map and its range where it has them.
pub(super) fn label(link: &MapLink, base: Option<&MapPanel>) -> Vec<(Style, String)> {
    let name = Style::new(TICK, link.kind.ink()).bold();
    let mut lines: Vec<_> = font::wrap(&link.label, TICK, true, 150.0, 2).into_iter().map(|line| (name, line)).collect();
    let range = link.low.zip(link.high).filter(|(low, high)| drawable(*low) && drawable(*high));
    let format = Format::together(&Unit::UsdMillion, &[link.value_usd_m]);
    let value = format.full(link.value_usd_m);
    let figure = Style::new(TICK, INK).bold();
    let base = base.map(|base| base.links.iter().find(|l| l.label == link.label).map(|l| l.value_usd_m));
    let change = match base {
        Some(Some(base)) if drawable(base) && base > 0.0 && drawable(link.value_usd_m) => {
            let change = link.value_usd_m / base - 1.0;
            // Whole per cents, but for small changes.
            let like = if (0.0005..0.095).contains(&change.abs()) { 0.05 } else { change.abs().max(1.0) };
            Format::together(&Unit::PercentChange, &[like]).full(change)
        }
        Some(None) => "new".to_owned(),
        _ => String::new(),
    };
    lines.push((figure, value));
    // On a line of its own: a narrow block finds room between two routes.
    if !change.is_empty() {
        lines.push((figure, change));
    }
    if let Some((low, high)) = range.filter(|(low, high)| high > low) {
        lines.push((NOTE_STYLE, format!("{} to {}", format.bare(low), format.bare(high))));
    }
    lines
}

/// The room that some lines need.
pub(super) fn block_size(lines: &[(Style, String)]) -> (f64, f64) {
    let width = lines.iter().map(|(style, text)| style.width(text)).fold(0.0, f64::max);
    (width + 2.0, lines.iter().map(|(style, _)| style.size * 1.2).sum())
}

/// Sets a link's label into its place, tied to its line where it stands off it.
pub(super) fn set_label(canvas: &mut Canvas, lines: &[(Style, String)], rect: Rect, at: (f64, f64)) {
    let from = rect.nearest(at);
    if (at.0 - from.0).hypot(at.1 - from.1) > TIED {
        canvas.line(from, at, MUTED, 0.8);
    }
    // Other maps may need more room: what this one leaves lies on the side away from the line.
    let left = if rect.right <= at.0 { (rect.right - block_size(lines).0).max(rect.left) } else { rect.left };
    let mut y = rect.top;
    for (style, text) in lines {
        canvas.text_on_map(left + 1.0, y + 0.97 * style.size, *style, text);
        y += style.size * 1.2;
    }
}
