//! Names on a map: each beside its point or its line, where it covers least of what else is drawn and touches no other name.
//!
//! Every label tries a number of places, and takes the cheapest: near its point, off the other lines and dots. One that finds no place is left to the
//! caller, who says so below the map.

use super::geography::Map;

/// Where a line's label stands best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Land,
    Sea,
    Any,
}

/// A rectangle of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    fn around(centre: (f64, f64), (width, height): (f64, f64)) -> Rect {
        let (x, y) = centre;
        Rect { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0 }
    }

    fn meets(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn grown(&self, by: f64) -> Rect {
        Rect { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn shifted(&self, dx: f64, dy: f64) -> Rect {
        Rect { left: self.left + dx, top: self.top + dy, right: self.right + dx, bottom: self.bottom + dy }
    }

    /// The point of the rectangle nearest to another.
    pub fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }

    fn centre(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    fn distance(&self, point: (f64, f64)) -> f64 {
        let (x, y) = self.nearest(point);
        (point.0 - x).hypot(point.1 - y)
    }

    /// How much of a straight line lies inside (Liang and Barsky 1984).
    fn covers(&self, from: (f64, f64), to: (f64, f64)) -> f64 {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (step, room) in [(-dx, from.0 - self.left), (dx, self.right - from.0), (-dy, from.1 - self.top), (dy, self.bottom - from.1)] {
            if step == 0.0 {
                if room < 0.0 {
                    return 0.0;
                }
            } else if step < 0.0 {
                enters = enters.max(room / step);
            } else {
                leaves = leaves.min(room / step);
            }
        }
        (leaves - enters).max(0.0) * dx.hypot(dy)
    }
}

/// A line that labels should keep off.
#[derive(Debug, Clone)]
struct Line {
    points: Vec<(f64, f64)>,
    width: f64,
}

/// A label's rectangle, and the point of its line that it is about; `None` for a dot's.
type Place = (Rect, Option<(f64, f64)>);

/// What stands on a map so far.
pub(super) struct Labels<'a> {
    map: &'a Map,
    lines: Vec<Line>,
    dots: Vec<(f64, f64)>,
    taken: Vec<Rect>,
    ties: Vec<((f64, f64), (f64, f64))>,
}

/// Eight directions, the ones that read best first.
const ROUND: [(f64, f64); 8] = [(1.0, 0.0), (-1.0, 0.0), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8), (0.0, 1.0), (0.0, -1.0)];
/// How far from the line's edge a label may stand; from [`TIED`] on a tie leads back to the line.
const DISTANCES: [f64; 6] = [5.0, 12.0, 24.0, 42.0, 64.0, 90.0];
pub(super) const TIED: f64 = 14.0;
/// The least space between two labels, and from a dot.
const AIR: f64 = 2.0;
const DOT: f64 = 6.0;
/// A place that covers more than this is none: better no label than one on top of everything.
const TOO_MUCH: f64 = 270.0;
/// The width from which a line is too wide to set a name across it.
const THIN: f64 = 5.0;

impl<'a> Labels<'a> {
    pub fn new(map: &'a Map) -> Labels<'a> {
        Labels { map, lines: Vec::new(), dots: Vec::new(), taken: Vec::new(), ties: Vec::new() }
    }

    pub fn keep_off_line(&mut self, points: &[(f64, f64)], width: f64) {
        self.lines.push(Line { points: points.to_vec(), width });
    }

    pub fn keep_off_dot(&mut self, at: (f64, f64)) {
        self.dots.push(at);
    }

    /// Keeps a label's place on an earlier map, and its point there, if they are free on this one too.
    pub fn keep(&mut self, rect: Rect, at: Option<(f64, f64)>) -> bool {
        let free = self.free(&rect, at);
        if free {
            self.taken.push(rect);
            self.ties.extend(at.map(|at| (rect.nearest(at), at)));
        }
        free
    }

    /// A place beside a dot; `None` where there is none free, or, unless the name `matters`, none close to it and clear of other dots.
    pub fn beside_dot(&mut self, at: (f64, f64), size: (f64, f64), matters: bool) -> Option<Rect> {
        // Level with the dot, above or below it, or with a corner to it; where that is taken, a little further up or down.
        let mut places = Vec::new();
        for (further, extra) in [(0.0, 0.0), (7.0, 16.0), (14.0, 24.0)] {
            for (rank, (dx, dy)) in ROUND.iter().enumerate().filter(|(_, (_, dy))| further == 0.0 || *dy != 0.0) {
                let (aside, over) = if *dy == 0.0 { (DOT + 1.0, 0.0) } else { (-2.0, size.1 / 2.0 + DOT - 0.5 + further) };
                let side = if *dx == 0.0 { 0.0 } else { dx.signum() };
                let rect = Rect::around((at.0 + side * (size.0 / 2.0 + aside), at.1 + dy.signum() * over), size);
                // A name close to another dot would be taken for that one's.
                let strangers = self.dots.iter().filter(|dot| **dot != at && rect.distance(**dot) < DOT + 5.0).count();
                if !matters && (strangers > 0 || further > 0.0) {
                    continue;
                }
                places.push((rect, rank as f64 * 3.0 + extra + 25.0 * strangers as f64, None));
            }
        }
        let best = self.cheapest(places.into_iter(), usize::MAX, Ground::Any)?;
        self.taken.push(best.0);
        Some(best.0)
    }

    /// A place beside the line that was the `line`-th to be added, and the point of it that the label is about; `None` where there is none free.
    pub fn beside_line(&mut self, line: usize, size: (f64, f64), ground: Ground) -> Option<(Rect, (f64, f64))> {
        let Line { points, width } = self.lines.get(line)?.clone();
        let mut places = Vec::new();
        for step in 1..20 {
            let along = f64::from(step) / 20.0;
            let Some(at) = point_along(&points, along).filter(|at| self.map.holds(*at, 4.0)) else { continue };
            for distance in DISTANCES {
                for (dx, dy) in ROUND {
                    let off = width / 2.0 + distance;
                    let centre = (at.0 + dx * (size.0 / 2.0 + off), at.1 + dy * (size.1 / 2.0 + off));
                    let cost = distance * 0.8 + (along - 0.5).abs() * 12.0 + if distance > TIED { 8.0 } else { 0.0 };
                    places.push((Rect::around(centre, size), cost, Some(at)));
                }
            }
        }
        let (rect, at) = self.cheapest(places.into_iter(), line, ground)?;
        let at = at?;
        self.taken.push(rect);
        self.ties.push((rect.nearest(at), at));
        Some((rect, at))
    }

    fn cheapest(&self, places: impl Iterator<Item = (Rect, f64, Option<(f64, f64)>)>, own: usize, ground: Ground) -> Option<Place> {
        let mut best: Option<(f64, Place)> = None;
        for (rect, cost, at) in places {
            // The cost only grows from here on: most places are out before their neighbourhood is looked at.
            if best.as_ref().is_some_and(|(least, ..)| cost >= *least) || !self.free(&rect, at) {
                continue;
            }
            let abroad = match ground {
                Ground::Land => !self.map.is_land(rect.centre()),
                Ground::Sea => self.map.is_land(rect.centre()),
                Ground::Any => false,
            };
            let cost = cost + self.covered(&rect, at, own) + if abroad { 30.0 } else { 0.0 };
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, (rect, at)));
            }
        }
        best.filter(|(cost, _)| *cost < TOO_MUCH).map(|(_, place)| place)
    }

    /// Whether a label may stand here at all: on the map, clear of other labels, dots and ties, its own tie clear of labels.
    fn free(&self, rect: &Rect, at: Option<(f64, f64)>) -> bool {
        let map = self.map;
        let inside = map.holds((rect.left, rect.top), 4.0) && map.holds((rect.right, rect.bottom), 4.0);
        let tie = at.map(|at| (rect.nearest(at), at));
        let air = rect.grown(AIR);
        inside
            && !self.taken.iter().any(|other| air.meets(other) || tie.is_some_and(|(from, to)| other.grown(1.0).covers(from, to) > 0.0))
            && !self.dots.iter().any(|(x, y)| rect.grown(DOT - 1.0).covers((x - 0.5, *y), (x + 0.5, *y)) > 0.0)
            && !self.ties.iter().any(|(from, to)| air.covers(*from, *to) > 0.0)
            && !self.dots.iter().any(|dot| tie.is_some_and(|(from, to)| Rect::around(*dot, (12.0, 12.0)).covers(from, to) > 0.0))
    }

    /// What a label and its tie lie over.
    fn covered(&self, rect: &Rect, at: Option<(f64, f64)>, own: usize) -> f64 {
        let tie = at.map(|at| (rect.nearest(at), at));
        let mut cost = 0.0;
        for (i, line) in self.lines.iter().enumerate() {
            let air = rect.grown(line.width / 2.0 + 1.0);
            // A thin line still reads under a name, a wide one does not.
            let weight = 0.3 + 0.7 * (line.width / THIN).min(1.0);
            for leg in line.points.windows(2) {
                cost += 2.5 * weight * air.covers(leg[0], leg[1]);
                if i != own {
                    // A name that stands as near to another line would be read as that one's.
                    cost += 1.2 * weight * air.grown(9.0).covers(leg[0], leg[1]);
                }
                // Nor may another line run between a label and its own.
                if i != own
                    && at.is_some_and(|at| {
                        cross(rect.centre(), if line.width < THIN { short_of(at, rect.centre()) } else { at }, leg[0], leg[1])
                    })
                {
                    cost += 250.0;
                }
            }
        }
        cost + 40.0 * self.ties.iter().filter(|(from, to)| tie.is_some_and(|(a, b)| cross(a, b, *from, *to))).count() as f64
    }
}

/// The point of a line at a share of its length.
fn point_along(points: &[(f64, f64)], share: f64) -> Option<(f64, f64)> {
    let length = |leg: &[(f64, f64)]| (leg[1].0 - leg[0].0).hypot(leg[1].1 - leg[0].1);
    let mut left = share * points.windows(2).map(length).sum::<f64>();
    for leg in points.windows(2) {
        let long = length(leg);
        if left <= long && long > 0.0 {
            let t = left / long;
            return Some((leg[0].0 + t * (leg[1].0 - leg[0].0), leg[0].1 + t * (leg[1].1 - leg[0].1)));
        }
        left -= long;
    }
    points.last().copied()
}

/// A point a lane's width from `at` on the way to `from`: a thin line that runs nearer is a neighbour in the lane, beyond which a label may well stand.
fn short_of(at: (f64, f64), from: (f64, f64)) -> (f64, f64) {
    const LANE: f64 = 10.0;
    let (dx, dy) = (from.0 - at.0, from.1 - at.1);
    let t = LANE / dx.hypot(dy).max(LANE);
    (at.0 + t * dx, at.1 + t * dy)
}

/// Whether two straight lines cross.
fn cross(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_knows_what_it_covers() {
        let rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 4.0 };
        assert_eq!(rect.covers((-5.0, 2.0), (5.0, 2.0)), 5.0);
        assert_eq!(rect.covers((-5.0, 5.0), (15.0, 5.0)), 0.0);
        assert_eq!(rect.covers((3.0, -8.0), (3.0, 8.0)), 4.0);
        assert_eq!(rect.nearest((20.0, 2.0)), (10.0, 2.0));
    }

    #[test]
    fn lines_cross_or_do_not() {
        assert!(cross((0.0, 0.0), (2.0, 2.0), (0.0, 2.0), (2.0, 0.0)));
        assert!(!cross((0.0, 0.0), (2.0, 2.0), (3.0, 0.0), (3.0, 9.0)));
        assert_eq!(point_along(&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)], 0.75), Some((4.0, 2.0)));
    }
}
