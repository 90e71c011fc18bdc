//! `[[service]]`: a sailing between two ports that may not exist yet: from when, how many places on board, how long, for how much.
//!
//! Nobody has chosen it yet, so nothing is known of its share. It is compared with what goes between the two regions today: `like` names one route,
//! or all of a mode or of a group, whose attractiveness the new route has at equal cost.

use super::measure::{Usual, entries, sectors};
use super::number::{self, Quantity};
use super::period::{self, Period};
use super::reader::{MODES, Reader, mode_name};
use super::transport::modes_between;
use super::written::{Place, Table, Written};
use crate::baseline::Baseline;
use crate::diagnostics::{nearest, quoted};
use crate::uncertainty::{Number, toml_key};

/// `[[service]]`: a sailing between two ports, both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    pub name: String,
    /// Places in the baseline's ports, of two regions.
    pub from_port: usize,
    pub to_port: usize,
    /// The first day, in days since 1 January 1970.
    pub start: Number,
    /// TEU a year, each way. Zero: nobody can board.
    pub capacity_teu: Number,
    /// The goods that it takes.
    pub sectors: Vec<usize>,
    /// One or two: the directions in which the pair has a route that it is like.
    pub ways: Vec<ServiceWay>,
}

/// A service in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceWay {
    pub exporter: usize,
    pub importer: usize,
    /// The routes of the pair (places in the baseline's) whose attractiveness it takes over: one, or all of a mode or group together.
    pub like: Vec<usize>,
    /// Door to door, without waiting for a place on board.
    pub days: Number,
    pub freight_usd_per_tonne: Number,
}

pub(super) const KEYS: [&str; 10] =
    ["name", "from_port", "to_port", "start", "capacity_teu", "like", "sectors", "except", "days", "freight_usd_per_tonne"];

/// Reads every `[[service]]`. Those that cannot be made are left out, with a note of why.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written, periods: &[Period]) -> Vec<Service> {
    let mut out = Vec::new();
    for entry in entries(reader, written, "service").unwrap_or_default() {
        if let Some(table) = reader.table(entry, "a table [[service]]", None) {
            out.extend(one(reader, table, &entry.place, periods));
        }
    }
    out
}

fn one(reader: &mut Reader<'_>, table: &Table, place: &Place, periods: &[Period]) -> Option<Service> {
    let mut section = reader.section(table, place, "[[service]]", &KEYS);
    let name =
        reader.required(&section, "name", "\"Saint John–Veracruz container\"").and_then(|w| reader.text(w, "the name of the service"));
    section.name = name.map_or_else(|| "this service".to_owned(), |n| format!("the service {}", quoted(n)));
    let path = |key: &str| format!("service.{}.{key}", toml_key(name.unwrap_or_default()));
    let mut port = |key: &str, example: &str| {
        let written = reader.required(&section, key, example)?;
        let name = reader.text(written, "the name of a port")?;
        reader.port(name, &written.place)
    };
    let (from_port, to_port) = (port("from_port", "\"Saint John\""), port("to_port", "\"Veracruz\""));
    let start = reader.required(&section, "start", "2026-09-01").and_then(|w| number::read(reader, w, Quantity::Date, &path("start")));
    let capacity_teu =
        reader.required(&section, "capacity_teu", "52_000").and_then(|w| number::read(reader, w, Quantity::Teu, &path("capacity_teu")));
    let mut optional = |key: &str, quantity| match table.get(key) {
        None => Some(None),
        Some(w) => number::read(reader, w, quantity, &path(key)).map(Some),
    };
    let (days, freight) = (optional("days", Quantity::Days), optional("freight_usd_per_tonne", Quantity::FreightRate));
    let like = reader.required(&section, "like", "\"truck\"").and_then(|w| Some((reader.text(w, "a route, a mode or a group")?, &w.place)));
    let sectors = sectors(reader, &section, Usual::All);
    if let (Some(start), Some(written)) = (&start, table.get("start")) {
        period::warn_if_after(reader, &written.place, &section.name, start, periods);
    }
    let (from_port, to_port) = (from_port?, to_port?);
    let pair = regions(reader, table, place, from_port, to_port)?;
    let likes = like.and_then(|(like, place)| comparable(reader, like, place, pair));
    let numbers = Numbers { section: &section.name, place, days: days?, freight: freight? };
    let mut ways = Vec::new();
    for (exporter, importer, like) in likes? {
        let ports = if exporter == pair.0 { (from_port, to_port) } else { (to_port, from_port) };
        let (days, freight_usd_per_tonne) = numbers.of_way(reader, ports, (exporter, importer))?;
        ways.push(ServiceWay { exporter, importer, like, days, freight_usd_per_tonne });
    }
    Some(Service { name: name?.to_owned(), from_port, to_port, start: start?, capacity_teu: capacity_teu?, sectors: sectors?, ways })
}

/// The regions of the two ports: not the same, and with routes between them.
fn regions(reader: &mut Reader<'_>, table: &Table, place: &Place, from_port: usize, to_port: usize) -> Option<(usize, usize)> {
    let baseline = reader.baseline?;
    let (from, to) = (&baseline.ports[from_port], &baseline.ports[to_port]);
    let (a, b) = (from.region, to.region);
    let place = table.get("to_port").map_or(place, |w| &w.place);
    if a == b {
        let message = match from_port == to_port {
            true => format!("a service from {} to itself", from.name),
            false => format!("{} and {} both lie in {}", from.name, to.name, baseline.regions[a].name),
        };
        reader.error(place, message, Some("a service carries trade between two regions: name a port of another".to_owned()));
        return None;
    }
    if baseline.routes_of(a, b).next().is_none() && baseline.routes_of(b, a).next().is_none() {
        let message = format!("the baseline has no routes between {} and {}", baseline.regions[a].code, baseline.regions[b].code);
        let help = "a service competes with the routes that are there: add them to routes.csv and route_shares.csv".to_owned();
        reader.error(place, message, Some(help));
        return None;
    }
    Some((a, b))
}

/// The routes that `like` names in each direction in which there are any: a route of that name, else those of the mode, else those of the group; against the
/// direction of a named route the one that sails back between its ports.
fn comparable(reader: &mut Reader<'_>, like: &str, place: &Place, (a, b): (usize, usize)) -> Option<Vec<(usize, usize, Vec<usize>)>> {
    let baseline = reader.baseline?;
    let mut found = [(a, b), (b, a)].map(|(exporter, importer)| (exporter, importer, alike(baseline, like, exporter, importer)));
    for (there, back) in [(0, 1), (1, 0)] {
        if let ([route], true) = (&found[there].2[..], found[back].2.is_empty())
            && let Some((from, to)) = baseline.routes[*route].ports
        {
            let (exporter, importer, _) = found[back];
            found[back].2 = baseline.routes_of(exporter, importer).filter(|(_, r)| r.ports == Some((to, from))).map(|(r, _)| r).collect();
        }
    }
    let code = |region: usize| baseline.regions[region].code.as_str();
    let (there, missing): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, _, routes)| !routes.is_empty());
    match (&there[..], &missing[..]) {
        ([], _) => {
            let message = format!("no route, mode or group {} between {} and {}", quoted(like), code(a), code(b));
            reader.error(place, message, Some(what_there_is(baseline, like, (a, b))));
            return None;
        }
        ([(exporter, importer, _)], [(e, i, _)]) => {
            let message = format!("no route, mode or group {} from {} to {}", quoted(like), code(*e), code(*i));
            let help = format!("the service runs from {} to {} only", code(*exporter), code(*importer));
            reader.warn(place, message, Some(help));
        }
        _ => {}
    }
    Some(there)
}

fn alike(baseline: &Baseline, like: &str, exporter: usize, importer: usize) -> Vec<usize> {
    let routes = |wanted: &dyn Fn(&crate::baseline::Route) -> bool| -> Vec<usize> {
        baseline.routes_of(exporter, importer).filter(|(_, route)| wanted(route)).map(|(place, _)| place).collect()
    };
    let mode = MODES.iter().find(|(name, _)| *name == like).map(|(_, mode)| *mode);
    let named = routes(&|route| route.name == like);
    let of_mode = || routes(&|route| Some(route.mode) == mode);
    match (named.is_empty(), of_mode()) {
        (false, _) => named,
        (true, of_mode) if !of_mode.is_empty() => of_mode,
        _ => routes(&|route| route.group == like),
    }
}

fn what_there_is(baseline: &Baseline, like: &str, (a, b): (usize, usize)) -> String {
    let mut routes: Vec<&str> = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    let mut modes: Vec<&str> = Vec::new();
    for (exporter, importer) in [(a, b), (b, a)] {
        routes.extend(baseline.routes_of(exporter, importer).map(|(_, r)| r.name.as_str()));
        groups.extend(baseline.routes_of(exporter, importer).filter(|(_, r)| r.group != r.name).map(|(_, r)| r.group.as_str()));
        modes.extend(modes_between(baseline, exporter, importer).into_iter().map(|mode| -> &str { mode_name(mode) }));
    }
    let mut parts = Vec::new();
    for (what, names) in [("routes", &mut routes), ("modes", &mut modes), ("groups", &mut groups)] {
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            parts.push(format!("{what} {}", names.join(", ")));
        }
    }
    let close = nearest(like, routes.iter().chain(&modes).chain(&groups).copied());
    let close = close.map(|name| format!("did you mean {name:?}? ")).unwrap_or_default();
    format!("{close}there are {}", parts.join("; "))
}

/// Days and freight as the file gives them, for both directions.
struct Numbers<'t> {
    section: &'t str,
    place: &'t Place,
    days: Option<Number>,
    freight: Option<Number>,
}

impl Numbers<'_> {
    /// Days and freight in one direction: as given, else those of the route that sails between the two ports today.
    fn of_way(&self, reader: &mut Reader<'_>, ports: (usize, usize), (exporter, importer): (usize, usize)) -> Option<(Number, Number)> {
        if let (Some(days), Some(freight)) = (&self.days, &self.freight) {
            return Some((days.clone(), freight.clone()));
        }
        let baseline = reader.baseline?;
        if let Some((_, route)) = baseline.routes_of(exporter, importer).find(|(_, route)| route.ports == Some(ports)) {
            let or = |given: &Option<Number>, today: f64| given.clone().unwrap_or(Number::Fixed(today));
            return Some((or(&self.days, route.days), or(&self.freight, route.freight_usd_per_tonne)));
        }
        let missing = match (&self.days, &self.freight) {
            (None, None) => "days and freight_usd_per_tonne",
            (None, _) => "days",
            _ => "freight_usd_per_tonne",
        };
        let (from, to) = (&baseline.ports[ports.0].name, &baseline.ports[ports.1].name);
        let message =
            format!("{} has no {missing}, and no route of the baseline sails from {from} to {to} to take them from", self.section);
        let help = "give both, from door to door: days = 18, freight_usd_per_tonne = 95".to_owned();
        reader.error(self.place, message, Some(help));
        None
    }
}
