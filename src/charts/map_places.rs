//! The same label at the same place on every map of a page, so that two years compare at a glance.
//!
//! The first map on which a label stands finds its place, the others take it over where it is free; what only they have is placed around that.

use super::map_labels::{Labels, Rect};

/// A label's rectangle, and for a route the point of its line.
type Spot = (Rect, Option<(f64, f64)>);

/// A label that stands on some map, measured from that map's corner.
struct Known {
    name: String,
    spot: Spot,
}

/// The places of labels, from map to map.
#[derive(Default)]
pub(super) struct Places {
    known: Vec<Known>,
    /// The corner of the map being drawn.
    corner: (f64, f64),
    /// What is held for this map's labels, in the page's coordinates.
    held: Vec<(String, Spot)>,
}

impl Places {
    /// Begins a map: holds the known places of its labels, of each name as many as the map has.
    pub fn begin(&mut self, corner: (f64, f64), labels: &mut Labels<'_>, count: impl Fn(&str) -> usize) {
        (self.corner, self.held) = (corner, Vec::new());
        for known in &self.known {
            let already = self.held.iter().filter(|(name, _)| *name == known.name).count();
            let spot = shifted(known.spot, corner);
            if already < count(&known.name) && labels.keep(spot.0, spot.1) {
                self.held.push((known.name.clone(), spot));
            }
        }
    }

    /// The place held for a label.
    pub fn take(&mut self, name: &str) -> Option<Spot> {
        let held = self.held.iter().position(|(other, _)| other == name)?;
        Some(self.held.remove(held).1)
    }

    /// Keeps a new place for the maps that follow.
    pub fn keep(&mut self, name: &str, spot: Spot) {
        self.known.push(Known { name: name.into(), spot: shifted(spot, (-self.corner.0, -self.corner.1)) });
    }
}

fn shifted((rect, at): Spot, (dx, dy): (f64, f64)) -> Spot {
    (rect.shifted(dx, dy), at.map(|(x, y)| (x + dx, y + dy)))
}
