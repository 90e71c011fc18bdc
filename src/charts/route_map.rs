//! The routes between Canada and Mexico on the map, one panel per year: a line for each, as wide as its trade is large, with its name and value beside it
//! and, from the second panel on, its change from the first; ports as gauges that fill with their use.
//!
//! Lines that run along the same lane lie side by side, so that none hides another.

use super::ChartError;
use super::canvas::{Anchor, Canvas, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::font::ASCENT;
use super::geography::{Extent, Map, placeable};
use super::map_captions::{block_size, label, set_label};
use super::map_labels::{Ground, Labels};
use super::map_lanes::{side_by_side, southward};
use super::map_marks::{Scale, gauge, stroke};
use super::map_places::Places;
use super::number::{Format, Unit, drawable};
use super::theme::{AXIS, BLUE, Colour, GREEN, INK, MARGIN, MUTED, ORANGE, PURPLE, SMALL, SUBTITLE, VERMILION, WHITE, WIDTH};
use serde::{Deserialize, Serialize};

/// How the goods of a link travel, and so its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// By road.
    Land,
    /// By rail.
    Rail,
    /// By sea, on a service that the base year has.
    Sea,
    /// By air.
    Air,
    /// By sea, on a service that opens; dashed.
    NewService,
}

impl LinkKind {
    const ALL: [(LinkKind, &'static str); 5] = [
        (LinkKind::Land, "truck"),
        (LinkKind::Rail, "rail"),
        (LinkKind::Sea, "sea"),
        (LinkKind::NewService, "new service by sea"),
        (LinkKind::Air, "air"),
    ];

    fn colour(self) -> Colour {
        match self {
            LinkKind::Land => ORANGE,
            LinkKind::Rail => GREEN,
            LinkKind::Sea | LinkKind::NewService => BLUE,
            LinkKind::Air => PURPLE,
        }
    }

    /// The colour of its name: the same hue, dark enough to read.
    pub(super) fn ink(self) -> Colour {
        self.colour().over(Colour(0, 0, 0), 0.62)
    }
}

/// One route on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapLink {
    /// "truck", "Vancouver–Manzanillo". Panels are compared by it.
    pub label: String,
    /// How the goods travel.
    pub kind: LinkKind,
    /// Degrees east and north along the way: [`sea_path`](super::sea_path), [`land_path`](super::land_path), [`air_path`](super::air_path).
    #[serde(with = "figures")]
    pub path: Vec<(f64, f64)>,
    /// Trade on it, US$ million; the width of its line.
    #[serde(with = "figures")]
    pub value_usd_m: f64,
    /// 5th percentile of the value over the draws, where it varies.
    #[serde(with = "figures")]
    pub low: Option<f64>,
    /// 95th percentile.
    #[serde(with = "figures")]
    pub high: Option<f64>,
}

/// One port on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapPort {
    /// "Manzanillo".
    pub name: String,
    /// Degrees north.
    #[serde(with = "figures")]
    pub lat: f64,
    /// Degrees east, so negative in America.
    #[serde(with = "figures")]
    pub lon: f64,
    /// Throughput over capacity, 1 where the port is full; `None` where unknown.
    #[serde(with = "figures")]
    pub utilisation: Option<f64>,
}

/// One state of the world: the base year or a later period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapPanel {
    /// "2024", "2030, median of 10,000 draws".
    pub label: String,
    /// Its routes, in any order.
    pub links: Vec<MapLink>,
    /// Its ports; those that are named first where there is no room for all are at the ends of the largest routes.
    pub ports: Vec<MapPort>,
}

/// Routes on the map, before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RouteMap {
    /// What is shown: "Canada–Mexico trade by route, 2024 and 2030".
    pub title: String,
    /// Of what the values are, number of draws.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// Usually two; the others are compared with the first.
    pub panels: Vec<MapPanel>,
}

/// The width of a map where there are several, and the space between two.
const PANEL: f64 = 540.0;
const GAP: f64 = 20.0;
const HEADING: f64 = 24.0;
/// Inland ends of routes, degrees north and east.
const CITIES: [(&str, (f64, f64)); 3] = [("Toronto", (43.7, -79.4)), ("Querétaro", (20.6, -100.4)), ("Mexico City", (19.4, -99.1))];

impl RouteMap {
    /// The chart as an SVG document. With more than one panel it is wider than other charts: two maps stand side by side.
    ///
    /// # Errors
    /// None as yet: it is the form that all charts share.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        if self.panels.iter().all(|p| p.links.is_empty() && p.ports.is_empty()) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "There is no route and no port: there is nothing to show.",
            ));
        }
        let (columns, across) = if self.panels.len() == 1 { (1, WIDTH - 2.0 * MARGIN) } else { (2, PANEL) };
        let width = 2.0 * MARGIN + columns as f64 * across + (columns - 1) as f64 * GAP;
        let places = self.panels.iter().flat_map(|p| {
            let ports = p.ports.iter().map(|port| (port.lon, port.lat));
            p.links.iter().flat_map(|link| link.path.iter().copied()).chain(ports)
        });
        let extent = Extent::holding(places);
        let scale = Scale::new(self.panels.iter().flat_map(|p| &p.links).map(|link| link.value_usd_m));

        let (mut canvas, mut y) = Canvas::titled(width, &self.title, &self.subtitle);
        let mut notes = Vec::new();
        let mut places = Places::default();
        for (row, panels) in self.panels.chunks(columns).enumerate() {
            let mut bottom = y;
            for (column, panel) in panels.iter().enumerate() {
                let left = MARGIN + column as f64 * (across + GAP);
                let map = Map::new(extent, left, y + HEADING, across);
                let base = (row + column > 0).then_some(&self.panels[0]);
                bottom = map.bottom();
                Drawn { panel, all: &self.panels, base, map, scale: &scale }.draw(&mut canvas, &mut notes, &mut places);
            }
            y = bottom + 14.0;
        }
        y = self.draw_key(&mut canvas, &scale, width, y);
        if let Some(limit) = scale.thinnest_up_to() {
            notes.push(format!("Every route with less than {} has the thinnest line.", Unit::UsdMillion.format(limit)));
        }
        Ok(canvas.finish(y, &notes, &self.source))
    }

    /// What colours, widths and gauges mean, in one line or more. Returns the y below.
    fn draw_key(&self, canvas: &mut Canvas, scale: &Scale, width: f64, top: f64) -> f64 {
        let links = || self.panels.iter().flat_map(|p| &p.links);
        let mut entries: Vec<(Sign, String)> = Vec::new();
        for (kind, name) in LinkKind::ALL {
            if links().any(|link| link.kind == kind) {
                entries.push((Sign::Line { colour: kind.colour(), width: 4.0, dashed: kind == LinkKind::NewService }, name.to_owned()));
            }
        }
        for value in scale.samples() {
            entries.push((
                Sign::Line { colour: AXIS, width: scale.width(value), dashed: false },
                Format::axis(&Unit::UsdMillion, value, value).full(value),
            ));
        }
        if self.panels.iter().flat_map(|p| &p.ports).any(|port| port.utilisation.is_some_and(drawable)) {
            let over = self.panels.iter().flat_map(|p| &p.ports).any(|port| port.utilisation.is_some_and(|used| used > 1.0));
            let gauges = [(0.5, "port half full"), (1.0, "full"), (1.01, "beyond its capacity")];
            entries.extend(gauges.iter().take(if over { 3 } else { 2 }).map(|(used, name)| (Sign::Gauge(*used), (*name).to_owned())));
        }
        let mut at = (MARGIN, top + 6.0);
        let mut marks = String::new();
        let mut names = Vec::new();
        for (sign, name) in entries {
            let swatch = if matches!(sign, Sign::Gauge(_)) { 16.0 } else { 34.0 };
            let room = swatch + TICK_STYLE.width(&name) + 20.0;
            if at.0 + room > width - MARGIN && at.0 > MARGIN {
                at = (MARGIN, at.1 + 20.0);
            }
            match sign {
                Sign::Line { colour, width, dashed } => stroke(&mut marks, &[(at.0, at.1), (at.0 + 26.0, at.1)], colour, width, dashed),
                Sign::Gauge(used) => gauge(&mut marks, (at.0 + 6.0, at.1), Some(used)),
            }
            names.push(((at.0 + swatch, at.1 + 4.2), name));
            at.0 += room;
        }
        canvas.window(0.0, top - 8.0, width, at.1 - top + 24.0, &marks);
        for ((x, y), name) in &names {
            canvas.text(*x, *y, Anchor::Start, TICK_STYLE, name);
        }
        if names.is_empty() { top } else { at.1 + 8.0 }
    }
}

/// What an entry of the key shows.
enum Sign {
    Line { colour: Colour, width: f64, dashed: bool },
    Gauge(f64),
}

/// A link as it lies on the page.
struct Course<'a> {
    link: &'a MapLink,
    points: Vec<(f64, f64)>,
    width: f64,
}

/// A panel being drawn.
struct Drawn<'a> {
    panel: &'a MapPanel,
    all: &'a [MapPanel],
    base: Option<&'a MapPanel>,
    map: Map,
    scale: &'a Scale,
}

impl Drawn<'_> {
    fn draw(&self, canvas: &mut Canvas, notes: &mut Vec<String>, places: &mut Places) {
        let Drawn { panel, map, .. } = self;
        let heading = Style::new(SUBTITLE + 1.0, INK).bold();
        canvas.text(map.left, map.top - 8.0, Anchor::Start, heading, &heading.shorten(&panel.label, map.width));

        let courses = self.courses();
        let mut marks = String::new();
        for course in &courses {
            stroke(&mut marks, &course.points, WHITE, course.width + 2.4, false);
            stroke(&mut marks, &course.points, course.link.kind.colour(), course.width, course.link.kind == LinkKind::NewService);
        }
        let ports = self.ports();
        for (port, at) in &ports {
            gauge(&mut marks, *at, port.utilisation);
        }
        map.draw(canvas, &marks);

        let mut labels = Labels::new(map);
        courses.iter().for_each(|course| labels.keep_off_line(&course.points, course.width));
        ports.iter().for_each(|(_, at)| labels.keep_off_dot(*at));
        let mut left_out: Vec<String> = Vec::new();
        places.begin((map.left, map.top), &mut labels, |name| self.named(name));
        // Ports at the ends of routes have their names first: they fit nowhere else. Then the routes, then the ports that are left.
        let (busy, idle): (Vec<_>, Vec<_>) = ports.iter().partition(|(port, _)| self.importance(port) > 0.0);
        self.name_ports(canvas, &mut labels, &busy, &mut left_out, places);
        for (i, course) in courses.iter().enumerate() {
            let lines = label(course.link, self.base);
            let name = &course.link.label;
            let ground = match course.link.kind {
                LinkKind::Land | LinkKind::Rail => Ground::Land,
                LinkKind::Sea | LinkKind::NewService => Ground::Sea,
                LinkKind::Air => Ground::Any,
            };
            let place = places.take(name).and_then(|(rect, at)| Some((rect, at?))).or_else(|| {
                let (rect, at) = labels.beside_line(i, self.size(name), ground)?;
                places.keep(name, (rect, Some(at)));
                Some((rect, at))
            });
            match place {
                Some((rect, at)) => set_label(canvas, &lines, rect, at),
                None => left_out.push(format!("{} {}", course.link.label, Unit::UsdMillion.format(course.link.value_usd_m))),
            }
        }
        self.name_ports(canvas, &mut labels, &idle, &mut left_out, places);
        for (name, (lat, lon)) in CITIES {
            let here = |link: &&MapLink| matches!(link.kind, LinkKind::Land | LinkKind::Rail | LinkKind::Air) && ends_at(link, (lon, lat));
            let (at, style) = (map.at((lon, lat)), Style::new(SMALL, MUTED));
            if !panel.links.iter().any(|link| here(&link)) || !map.holds(at, 2.0) {
                continue;
            }
            // Only to find one's way: a city without room for its name goes without.
            let place = places.take(name).map(|(rect, _)| rect).or_else(|| {
                let rect = labels.beside_dot(at, (style.width(name) + 2.0, SMALL * 1.2), false)?;
                places.keep(name, (rect, None));
                Some(rect)
            });
            if let Some(rect) = place {
                canvas.text_on_map(rect.left + 1.0, rect.top + ASCENT * SMALL, style, name);
            }
        }
        let placed = |link: &MapLink| courses.iter().any(|course| std::ptr::eq(course.link, link));
        let off = panel
            .links
            .iter()
            .filter(|link| !placed(link))
            .map(|link| format!("{} {}", link.label, Unit::UsdMillion.format(link.value_usd_m)));
        left_out.extend(off);
        left_out.extend(panel.ports.iter().filter(|port| !map_holds(map, port)).map(|port| port.name.clone()));
        if !left_out.is_empty() {
            notes.push(format!("{}: no room on the map for {}.", panel.label, left_out.join(", ")));
        }
    }

    /// How many labels of a name this map has.
    fn named(&self, name: &str) -> usize {
        let drawn = |link: &&MapLink| link.label == name && link.path.iter().filter(|point| placeable(**point)).count() > 1;
        self.panel.links.iter().filter(drawn).count()
            + self.panel.ports.iter().filter(|port| port.name == name && map_holds(&self.map, port)).count()
            + CITIES.iter().filter(|(city, _)| *city == name).count()
    }

    /// Room for what any of the maps says of a route.
    fn size(&self, name: &str) -> (f64, f64) {
        let bases = (0..self.all.len()).map(|i| (i > 0).then_some(&self.all[0]));
        let same =
            self.all.iter().zip(bases).flat_map(|(panel, base)| {
                panel.links.iter().filter(|link| link.label == name).map(move |link| block_size(&label(link, base)))
            });
        same.fold((0.0, 0.0), |(w, h): (f64, f64), (width, height)| (w.max(width), h.max(height)))
    }

    /// The links that can be drawn, the largest first, side by side where they share a lane.
    fn courses(&self) -> Vec<Course<'_>> {
        let mut links: Vec<(&MapLink, Vec<(f64, f64)>)> = self
            .panel
            .links
            .iter()
            .map(|link| (link, link.path.iter().copied().filter(|point| placeable(*point)).collect::<Vec<_>>()))
            .filter(|(_, path)| path.len() > 1)
            .collect();
        links.sort_by(|(a, _), (b, _)| self.scale.width(b.value_usd_m).total_cmp(&self.scale.width(a.value_usd_m)));

        let widths: Vec<f64> = links.iter().map(|(link, _)| self.scale.width(link.value_usd_m)).collect();
        let paths: Vec<Vec<(f64, f64)>> = links.iter_mut().map(|(_, path)| southward(std::mem::take(path))).collect();
        let points = side_by_side(&paths, &widths, |point| self.map.at(point));
        links.iter().zip(points).zip(widths).map(|(((link, _), points), width)| Course { link, points, width }).collect()
    }

    /// The ports on this map, the most important first.
    fn ports(&self) -> Vec<(&MapPort, (f64, f64))> {
        let on_map = self.panel.ports.iter().filter(|port| map_holds(&self.map, port));
        let mut ports: Vec<(&MapPort, (f64, f64))> = on_map.map(|port| (port, self.map.at((port.lon, port.lat)))).collect();
        let used = |port: &MapPort| port.utilisation.filter(|u| drawable(*u)).unwrap_or(-1.0);
        ports.sort_by(|(a, _), (b, _)| self.importance(b).total_cmp(&self.importance(a)).then_with(|| used(b).total_cmp(&used(a))));
        ports
    }

    /// The trade of the routes that end at a port.
    fn importance(&self, port: &MapPort) -> f64 {
        let at_sea = |link: &&MapLink| matches!(link.kind, LinkKind::Sea | LinkKind::NewService);
        let ending = self.panel.links.iter().filter(at_sea).filter(|link| ends_at(link, (port.lon, port.lat)));
        ending.map(|link| if drawable(link.value_usd_m) { link.value_usd_m.max(1e-9) } else { 1e-9 }).sum()
    }

    fn name_ports(
        &self,
        canvas: &mut Canvas,
        labels: &mut Labels<'_>,
        ports: &[&(&MapPort, (f64, f64))],
        left_out: &mut Vec<String>,
        places: &mut Places,
    ) {
        let style = Style::new(SMALL + 0.5, INK);
        for (port, at) in ports {
            let name = style.shorten(&port.name, 120.0);
            let used = port.utilisation.filter(|u| drawable(*u)).map(|u| Format::together(&Unit::Fraction, &[0.0, 1.0, 10.0]).bare(u));
            let figure =
                Style { colour: if port.utilisation.is_some_and(|u| u > 1.0) { VERMILION.over(INK, 0.8) } else { MUTED }, ..style };
            let gap = style.width(" ");
            // The same room on every map, whether a port is full or not.
            let room = style.width(&name) + used.as_ref().map_or(0.0, |used| gap + figure.width(used).max(figure.width("100%")));
            let size = (room + 2.0, (SMALL + 0.5) * 1.2);
            let place = places.take(&port.name).map(|(rect, _)| rect).filter(|rect| rect.right - rect.left > size.0 - 0.01).or_else(|| {
                let rect = labels.beside_dot(*at, size, true)?;
                places.keep(&port.name, (rect, None));
                Some(rect)
            });
            let Some(rect) = place else {
                left_out.push(port.name.clone());
                continue;
            };
            let baseline = rect.top + ASCENT * style.size;
            canvas.text_on_map(rect.left + 1.0, baseline, style, &name);
            if let Some(used) = used {
                canvas.text_on_map(rect.left + 1.0 + style.width(&name) + gap, baseline, figure, &used);
            }
        }
    }
}

/// Whether a link starts or ends at a place, give or take a harbour.
fn ends_at(link: &MapLink, (lon, lat): (f64, f64)) -> bool {
    let near = |end: Option<&(f64, f64)>| end.is_some_and(|(x, y)| (lon - x).hypot(lat - y) < 0.3);
    near(link.path.first()) || near(link.path.last())
}

fn map_holds(map: &Map, port: &MapPort) -> bool {
    placeable((port.lon, port.lat)) && map.holds(map.at((port.lon, port.lat)), 2.0)
}
