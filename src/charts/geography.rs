//! North America on a flat page: its land, lakes and borders, and the Albers equal-area projection (Snyder 1987, "Map Projections: A Working Manual",
//! ch. 14) that brings degrees onto it:
//!
//! n = (sin φ₁ + sin φ₂)/2, ρ(φ) = √(cos²φ₁ + 2n sin φ₁ − 2n sin φ)/n, x = ρ sin n(λ−λ₀), y = ρ(φ₀) − ρ cos n(λ−λ₀)
//!
//! with true scale at 25° and 50° north. A stretch of sea is then as large on the page as it is on the globe. Coordinates are written to a tenth of a
//! unit, so that a document is the same on every machine, whatever its library's sines differ by in the last digit.

use std::fmt::Write as _;
use std::sync::OnceLock;

use super::canvas::Canvas;
use super::theme::Colour;

const COASTLINE: &str = include_str!("coastline/north_america.txt");

pub(super) const SEA: Colour = Colour(232, 240, 246);
const LAND: Colour = Colour(250, 248, 243);
/// Canada and Mexico, whose trade is drawn.
const TRADING: Colour = Colour(238, 232, 218);
const COAST: Colour = Colour(176, 186, 192);
const BORDER: Colour = Colour(160, 152, 138);

/// What the coastline holds: degrees east and north.
struct Feature {
    kind: Kind,
    points: Vec<(f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Land of Canada or Mexico.
    Trading,
    /// Any other land.
    Land,
    Lake,
    Border,
}

impl Kind {
    fn is_land(self) -> bool {
        matches!(self, Kind::Trading | Kind::Land)
    }
}

fn coastline() -> &'static [Feature] {
    static FEATURES: OnceLock<Vec<Feature>> = OnceLock::new();
    FEATURES.get_or_init(|| COASTLINE.lines().filter_map(feature).collect())
}

/// One line of the coastline; `None` for its comments.
fn feature(line: &str) -> Option<Feature> {
    let mut words = line.split_ascii_whitespace();
    let kind = match (words.next()?, words.next()?) {
        ("land", "CAN" | "MEX") => Kind::Trading,
        ("land", _) => Kind::Land,
        ("lake", _) => Kind::Lake,
        ("border", _) => Kind::Border,
        _ => return None,
    };
    let numbers: Vec<f64> = words.filter_map(|word| word.parse().ok()).collect();
    Some(Feature { kind, points: numbers.chunks_exact(2).map(|pair| (pair[0] / 100.0, pair[1] / 100.0)).collect() })
}

/// A point of the globe in units of its radius, x to the east and y to the north of 96° west and 35° north.
fn projected((lon, lat): (f64, f64)) -> (f64, f64) {
    let (lower, upper) = (25f64.to_radians().sin(), 50f64.to_radians().sin());
    let n = (lower + upper) / 2.0;
    let constant = 1.0 - lower * lower + 2.0 * n * lower;
    let radius = |lat: f64| (constant - 2.0 * n * lat.to_radians().sin()).max(0.0).sqrt() / n;
    let angle = n * (lon + 96.0).to_radians();
    (radius(lat) * angle.sin(), radius(35.0) - radius(lat) * angle.cos())
}

/// Whether a point can stand on the map at all: a number of degrees, and not so far off that the projection folds over.
pub(super) fn placeable((lon, lat): (f64, f64)) -> bool {
    (-179.0..=-20.0).contains(&lon) && (-20.0..=80.0).contains(&lat)
}

/// A part of the flat map, in units of the globe's radius.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Extent {
    /// From the south of Mexico to the middle of Canada, wider where one of the points (degrees east and north) lies outside, but not past the coastline's end.
    pub fn holding(points: impl Iterator<Item = (f64, f64)>) -> Extent {
        let usual = Extent { west: -0.53, east: 0.53, south: -0.37, north: 0.45 };
        points.filter(|point| placeable(*point)).map(projected).fold(usual, |e, (x, y)| Extent {
            west: e.west.min(x - 0.03).max(-0.60),
            east: e.east.max(x + 0.03).min(0.60),
            south: e.south.min(y - 0.03).max(-0.47),
            north: e.north.max(y + 0.03).min(0.52),
        })
    }

    /// Height for a width of one.
    pub fn aspect(&self) -> f64 {
        (self.north - self.south) / (self.east - self.west)
    }
}

/// An extent laid on a rectangle of the page.
pub(super) struct Map {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    extent: Extent,
    /// The coastline on the page.
    features: Vec<(Kind, Vec<(f64, f64)>)>,
}

impl Map {
    pub fn new(extent: Extent, left: f64, top: f64, width: f64) -> Map {
        let mut map = Map { left, top, width, height: (width * extent.aspect()).round(), extent, features: Vec::new() };
        map.features = coastline().iter().map(|f| (f.kind, f.points.iter().map(|point| map.at(*point)).collect())).collect();
        map
    }

    /// Whether a place on the page is on land.
    pub fn is_land(&self, at: (f64, f64)) -> bool {
        self.features.iter().any(|(kind, ring)| kind.is_land() && inside(at, ring))
    }

    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Where a point (degrees east and north) stands on the page; outside the rectangle where it is off the map.
    pub fn at(&self, point: (f64, f64)) -> (f64, f64) {
        let (x, y) = projected(point);
        let scale = self.width / (self.extent.east - self.extent.west);
        (self.left + (x - self.extent.west) * scale, self.top + (self.extent.north - y) * scale)
    }

    /// Whether a place on the page is on the map, `margin` inside its frame.
    pub fn holds(&self, (x, y): (f64, f64), margin: f64) -> bool {
        x >= self.left + margin && x <= self.right() - margin && y >= self.top + margin && y <= self.bottom() - margin
    }

    /// Draws sea, land, lakes and borders, and over them `marks`; nothing of either leaves the rectangle.
    pub fn draw(&self, canvas: &mut Canvas, marks: &str) {
        let mut drawn = String::new();
        for (kind, points) in &self.features {
            let path = trace(points, *kind != Kind::Border);
            let (fill, stroke, width) = match kind {
                Kind::Trading => (TRADING.hex(), COAST, 0.6),
                Kind::Land => (LAND.hex(), COAST, 0.6),
                Kind::Lake => (SEA.hex(), COAST, 0.6),
                Kind::Border => ("none".to_owned(), BORDER, 0.9),
            };
            let stroke = stroke.hex();
            // writing to a String cannot fail
            let _ = writeln!(
                drawn,
                "<path d=\"{path}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"/>"
            );
        }
        drawn.push_str(marks);
        canvas.block(self.left, self.top, self.width, self.height, SEA);
        canvas.window(self.left, self.top, self.width, self.height, &drawn);
    }
}

/// A path's SVG data.
fn trace(points: &[(f64, f64)], closed: bool) -> String {
    let mut path = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if i == 0 { 'M' } else { 'L' }, tenth(*x), tenth(*y));
    }
    if closed {
        path.push('Z');
    }
    path
}

/// A coordinate to a tenth of a unit, never a negative zero.
pub(super) fn tenth(coordinate: f64) -> f64 {
    (coordinate * 10.0).round() / 10.0 + 0.0
}

/// Whether a point (degrees east and north) is on land, lakes included.
#[cfg(test)]
pub(super) fn is_land(point: (f64, f64)) -> bool {
    coastline().iter().any(|f| f.kind.is_land() && inside(point, &f.points))
}

/// Whether a point lies in a ring: it does where its parallel crosses the ring an odd number of times to the east of it.
fn inside((x, y): (f64, f64), ring: &[(f64, f64)]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crossings = ring.iter().zip(next).filter(|(a, b)| (a.1 > y) != (b.1 > y) && a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1) > x);
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_coastline_is_whole() {
        let count = |kind| coastline().iter().filter(|f| f.kind == kind).count();
        assert!(count(Kind::Trading) > 20 && count(Kind::Land) > 20 && count(Kind::Lake) >= 10 && count(Kind::Border) >= 3);
        let lines = COASTLINE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), coastline().len(), "every line is read");
        for line in COASTLINE.lines().filter(|line| !line.starts_with('#')) {
            let numbers: Vec<i32> = line.split(' ').skip(2).map(|n| n.parse().unwrap()).collect();
            assert!(numbers.len() >= 4 && numbers.len().is_multiple_of(2), "{line}");
        }
        // Winnipeg, Kansas City, Mexico City, Florida; the Pacific, the Gulf, the Sargasso Sea.
        assert!([(-97.1, 49.9), (-94.6, 39.1), (-99.1, 19.4), (-81.4, 28.5)].into_iter().all(is_land));
        assert!(![(-130.0, 35.0), (-92.0, 25.0), (-65.0, 30.0)].into_iter().any(is_land));
    }

    /// Equal areas: a degree by a degree at 15° north and at 55° north stand to one another as on the globe.
    #[test]
    fn areas_are_true() {
        let area = |lon: f64, lat: f64| {
            let corners = [(lon, lat), (lon + 0.1, lat), (lon + 0.1, lat + 0.1), (lon, lat + 0.1)].map(projected);
            let next = corners.iter().cycle().skip(1);
            corners.iter().zip(next).map(|((x1, y1), (x2, y2))| x1 * y2 - x2 * y1).sum::<f64>() / 2.0
        };
        let globe = |lat: f64| ((lat + 0.1).to_radians().sin() - lat.to_radians().sin()) * 0.1f64.to_radians();
        for (lon, lat) in [(-130.0, 15.0), (-96.0, 35.0), (-55.0, 55.0)] {
            assert!((area(lon, lat) / globe(lat) - 1.0).abs() < 1e-5, "{lon} {lat}");
        }
    }
}
