//! The charts of trade by sea: the routes on the map before and after, how full the ports become, why the sea gains.

use super::pictures::Planned;
use super::wording::{base_year, capitalised, leading_draws, means_and, source};
use crate::baseline::{Mode, Port};
use crate::charts::{
    LandMode, LinkKind, MapLink, MapPanel, MapPort, MaritimeShiftChart, PortFans, PortPanel, PortPeriod, RouteMap, ShiftDirection,
    ShiftPeriod, Unit, air_path, land_path, sea_path,
};
use crate::findings::{Against, Findings};
use crate::simulation::tables::maritime::COMPONENTS;
use crate::simulation::tables::ports::Measure;
use crate::simulation::tables::route_mix::When;
use crate::statistics::quantiles_in_place;
use crate::transport::{Kind, RouteCost};

/// The regions whose roads, railways and lanes the map knows.
const ENDS: [&str; 2] = ["CAN", "MEX"];
const TORONTO: (f64, f64) = (43.7, -79.4);
const MEXICO_CITY: (f64, f64) = (19.4, -99.1);
/// A change of waiting that is worth a word, days.
const NOTABLE_WAIT: f64 = 0.5;

pub(super) fn all<'f>(findings: &'f Findings<'_>) -> Vec<Planned<'f>> {
    let mut planned = Vec::new();
    if !findings.plan.tables.maritime.keys.is_empty() {
        planned.push(Planned { name: "maritime-shift".into(), figures: Box::new(move || shift(findings).into()) });
    }
    if findings.against != Against::BaseYear {
        // Maps and gauges show levels, and a difference has none.
        return planned;
    }
    if findings.plan.tables.ports.keys.iter().any(|key| is_port(key.kind) && key.measure == Measure::Utilisation) {
        planned.push(Planned { name: "ports".into(), figures: Box::new(move || ports(findings).into()) });
    }
    let pairs = mapped_pairs(findings);
    if !pairs.is_empty() && ENDS.iter().all(|code| findings.baseline.ports.iter().any(|port| findings.region(port.region) == *code)) {
        planned.push(Planned { name: "map".into(), figures: Box::new(move || map(findings, &pairs).into()) });
    }
    planned
}

fn is_port(kind: Kind) -> bool {
    matches!(kind, Kind::Port(_))
}

fn last(findings: &Findings<'_>) -> usize {
    findings.plan.world.periods - 1
}

fn shift(findings: &Findings<'_>) -> MaritimeShiftChart {
    let plan = findings.plan;
    let start = plan.tables.ranges()[5].start;
    let totals = plan.tables.maritime.keys.iter().enumerate().filter(|(_, key)| key.sector.is_none());
    let firsts = totals.filter(|(_, key)| key.component == COMPONENTS[0]);
    let directions = firsts.map(|(index, key)| {
        let name = |region: usize| &findings.baseline.regions[region].name;
        let of_period = |period: usize| {
            // The components of a sum stand in the order of COMPONENTS.
            let [volume, route, joint, total] = std::array::from_fn(|part| findings.cells.change(period, start + index + part));
            ShiftPeriod {
                label: findings.period(period).to_string(),
                volume: volume.mean,
                route: route.mean,
                joint: joint.mean,
                p05: total.p05,
                p95: total.p95,
            }
        };
        ShiftDirection {
            label: format!("{} to {}", name(key.exporter), name(key.importer)),
            periods: (0..plan.world.periods).map(of_period).collect(),
        }
    });
    let against = match &findings.against {
        Against::BaseYear => format!("Change from {}", base_year(findings)),
        Against::Scenario(title) => format!("Difference from “{title}”"),
    };
    MaritimeShiftChart {
        title: match findings.against {
            Against::BaseYear => "Why trade by sea changes".into(),
            Against::Scenario(_) => "Why trade by sea differs".into(),
        },
        subtitle: format!("{against}, US$ a year; {}", means_and(findings, "5th to 95th percentile (whiskers)")),
        unit: Unit::UsdMillionChange,
        source: source(findings),
        directions: directions.collect(),
    }
}

fn ports(findings: &Findings<'_>) -> PortFans {
    let plan = findings.plan;
    let start = plan.tables.ranges()[8].start;
    let keys = || plan.tables.ports.keys.iter().enumerate();
    let full = |label: &str| PortPeriod { label: label.to_string(), p05: 1.0, p50: 1.0, p95: 1.0 };
    let panels = keys().filter(|(_, key)| key.measure == Measure::Utilisation).filter_map(|(index, key)| {
        let Kind::Port(port) = key.kind else { return None };
        let port = &findings.baseline.ports[port];
        let periods = (0..plan.world.periods).map(|period| {
            let use_ = findings.cells.change(period, start + index).over(key.base);
            PortPeriod { label: findings.period(period).to_string(), p05: use_.p05, p50: use_.p50, p95: use_.p95 }
        });
        let periods: Vec<PortPeriod> = periods.collect();
        let waits = keys().find(|(_, other)| other.facility == key.facility && other.measure == Measure::Wait);
        let longer = waits.map_or(0.0, |(index, _)| findings.cells.change(last(findings), start + index).mean);
        let sign = if longer < 0.0 { "−" } else { "+" };
        let days = longer.abs();
        let base = base_year(findings);
        Some(PortPanel {
            name: port.name.clone(),
            country: findings.baseline.regions[port.region].name.clone(),
            capacity: std::iter::once(base.as_str()).chain(periods.iter().map(|period| period.label.as_str())).map(full).collect(),
            base: Some((base, key.base)),
            periods,
            note: (days >= NOTABLE_WAIT).then(|| format!("waiting {sign}{days:.1} days in {}, mean", findings.period(last(findings)))),
        })
    });
    PortFans {
        title: "How full the ports become".into(),
        subtitle: format!("Throughput of all trade over capacity; median, band 5th to 95th percentile of {}", leading_draws(findings)),
        unit: Unit::Fraction,
        source: source(findings),
        panels: panels.collect(),
    }
}

/// The pairs between Canada and Mexico, each way, whose routes are told one by one.
fn mapped_pairs(findings: &Findings<'_>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for key in &findings.plan.tables.route_mix.keys {
        let pair = (key.exporter, key.importer);
        let known = ENDS.contains(&findings.region(pair.0)) && ENDS.contains(&findings.region(pair.1));
        if known && !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// Routes that share a line on the map: those by land and air by their mode, those by sea by their group, a service by itself.
#[derive(Debug, PartialEq)]
enum Line<'f> {
    Mode(Mode),
    Group(&'f str),
    Service(&'f str),
}

/// A line with the trade on it.
struct Traffic<'f> {
    line: Line<'f>,
    /// Ports at its ends, northern region first, with the base year's trade between them.
    ports: Vec<((usize, usize), f64)>,
    /// US$ million in the base year and in the last period, by leading draw.
    before: Vec<f64>,
    now: Vec<f64>,
}

fn map(findings: &Findings<'_>, pairs: &[(usize, usize)]) -> RouteMap {
    let traffic = traffic(findings, pairs);
    let (base, period) = (base_year(findings), findings.period(last(findings)));
    let links = |values: &dyn Fn(&Traffic<'_>) -> Vec<f64>| -> Vec<MapLink> {
        let lines = traffic.iter().map(|line| link(findings, line, values(line)));
        // What does not sail in any draw is not there yet.
        lines.filter(|link| link.value_usd_m > 0.0).collect()
    };
    let names = pairs.iter().map(|&(exporter, importer)| (exporter.min(importer), exporter.max(importer))).next();
    let between = names.map_or_else(String::new, |(one, other)| {
        format!("{}–{} trade", findings.baseline.regions[one].name, findings.baseline.regions[other].name)
    });
    RouteMap {
        title: format!("{between} by route, {base} and {period}"),
        subtitle: format!(
            "Customs value, both directions, US$ a year; mean of {}, under it 5th to 95th percentile",
            leading_draws(findings)
        ),
        source: source(findings),
        panels: vec![
            MapPanel { label: base, links: links(&|line| line.before.clone()), ports: map_ports(findings, &traffic, None) },
            MapPanel {
                label: period.to_string(),
                links: links(&|line| line.now.clone()),
                ports: map_ports(findings, &traffic, Some(last(findings))),
            },
        ],
    }
}

/// The trade on each line, both directions together, draw by draw: shares of the pair's trade times that trade.
fn traffic<'f>(findings: &'f Findings<'_>, pairs: &[(usize, usize)]) -> Vec<Traffic<'f>> {
    let plan = findings.plan;
    let (ranges, cells) = (plan.tables.ranges(), plan.tables.len());
    let at = last(findings) * cells;
    let mut lines: Vec<Traffic<'f>> = Vec::new();
    for &(exporter, importer) in pairs {
        let base: f64 = (0..plan.world.sectors).map(|sector| plan.world.value(sector, exporter, importer)).sum();
        let mut trade: Vec<f64> = Vec::new();
        let mut values = Vec::new();
        let flows = plan.tables.flows.keys.iter().enumerate().filter(|(_, key)| (key.exporter, key.importer) == (exporter, importer));
        for (index, _) in flows {
            findings.results.changes(at + ranges[0].start + index, &mut values);
            trade.resize(values.len(), base);
            trade.iter_mut().zip(&values).for_each(|(sum, change)| *sum += change);
        }
        let keys = plan.tables.route_mix.keys.iter().enumerate();
        for (index, key) in keys.filter(|(_, key)| (key.exporter, key.importer) == (exporter, importer)) {
            let Some(route) = findings.route(exporter, importer, key.route) else { continue };
            let (line, ports) = line(findings, (exporter, importer), key.route, route);
            let place = lines.iter().position(|known| known.line == line).unwrap_or_else(|| {
                let nothing = vec![0.0; trade.len()];
                lines.push(Traffic { line, ports: Vec::new(), before: nothing.clone(), now: nothing });
                lines.len() - 1
            });
            findings.results.changes(at + ranges[7].start + index, &mut values);
            let known = &mut lines[place];
            match key.when {
                When::BaseYear => {
                    known.before.iter_mut().zip(&values).for_each(|(sum, share)| *sum += share * base);
                    if let Some(ports) = ports {
                        let carried = mean(&values) * base;
                        match known.ports.iter_mut().find(|(pair, _)| *pair == ports) {
                            Some((_, sum)) => *sum += carried,
                            None => known.ports.push((ports, carried)),
                        }
                    }
                }
                When::Now => known.now.iter_mut().zip(values.iter().zip(&trade)).for_each(|(sum, (share, trade))| *sum += share * trade),
            }
        }
    }
    lines
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The line that a route is part of, and its ports, those of Canada first.
fn line<'f>(
    findings: &'f Findings<'_>,
    (exporter, importer): (usize, usize),
    place: usize,
    route: &'f RouteCost,
) -> (Line<'f>, Option<(usize, usize)>) {
    let northward = findings.region(exporter) != ENDS[0];
    let ordered = |(from, to): (usize, usize)| if northward { (to, from) } else { (from, to) };
    if route.entry.is_some() {
        let service = findings.scenario.services.iter().find(|service| service.name == route.name);
        let ports = service.map(|service| {
            let (from, to) = (service.from_port, service.to_port);
            if findings.region(findings.baseline.ports[from].region) == ENDS[0] { (from, to) } else { (to, from) }
        });
        return (Line::Service(&route.name), ports);
    }
    match findings.baseline.routes_of(exporter, importer).nth(place) {
        Some((_, of_baseline)) if route.mode == Mode::Sea => (Line::Group(&of_baseline.group), of_baseline.ports.map(ordered)),
        _ => (Line::Mode(route.mode), None),
    }
}

fn link(findings: &Findings<'_>, traffic: &Traffic<'_>, mut values: Vec<f64>) -> MapLink {
    let ports = traffic.ports.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(ports, _)| *ports);
    let port = |index: usize| &findings.baseline.ports[index];
    let sea = ports.map_or_else(Vec::new, |(from, to)| sea_path(position(port(from)), position(port(to))));
    let (label, kind, path) = match traffic.line {
        Line::Mode(Mode::Rail) => ("Rail".into(), LinkKind::Rail, land_path(LandMode::Rail)),
        Line::Mode(Mode::Air) => ("Air".into(), LinkKind::Air, air_path(TORONTO, MEXICO_CITY)),
        Line::Mode(Mode::Truck) => ("Truck".into(), LinkKind::Land, land_path(LandMode::Truck)),
        // Nobody knows where these run: named beside the map.
        Line::Mode(mode) => (capitalised(mode.word()), LinkKind::Land, Vec::new()),
        Line::Service(name) => (name.to_string(), LinkKind::NewService, sea),
        Line::Group(group) => {
            let coasts = ports.map(|(from, to)| (port(from).coast.as_str(), port(to).coast.as_str()));
            let label = match coasts {
                Some((one, other)) if one == other => format!("Sea, {one}"),
                Some((one, other)) => format!("Sea, {one}–{other}"),
                None => capitalised(&group.replace('_', " ")),
            };
            (label, LinkKind::Sea, sea)
        }
    };
    let value_usd_m = mean(&values);
    let found = quantiles_in_place(&mut values, &[0.05, 0.95]);
    let varies = found[1] - found[0] > 1e-6 * value_usd_m.abs();
    MapLink { label, kind, path, value_usd_m, low: varies.then_some(found[0]), high: varies.then_some(found[1]) }
}

/// Latitude and longitude.
fn position(port: &Port) -> (f64, f64) {
    (port.lat, port.lon)
}

/// The ports that the lines by sea call at, with their mean use in a period or in the base year, the busiest of them first.
fn map_ports(findings: &Findings<'_>, traffic: &[Traffic<'_>], period: Option<usize>) -> Vec<MapPort> {
    let mut called: Vec<(usize, f64)> = Vec::new();
    for ((from, to), value) in traffic.iter().flat_map(|line| &line.ports) {
        for port in [*from, *to] {
            match called.iter_mut().find(|(known, _)| *known == port) {
                Some((_, sum)) => *sum += value,
                None => called.push((port, *value)),
            }
        }
    }
    called.sort_by(|a, b| b.1.total_cmp(&a.1));
    let start = findings.plan.tables.ranges()[8].start;
    let keys = &findings.plan.tables.ports.keys;
    let port = |(index, _): (usize, f64)| {
        let port = &findings.baseline.ports[index];
        let used = keys.iter().enumerate().find(|(_, key)| key.kind == Kind::Port(index) && key.measure == Measure::Utilisation);
        let utilisation = used.map(|(at, key)| period.map_or(key.base, |period| key.base + findings.cells.change(period, start + at).mean));
        MapPort { name: port.name.clone(), lat: port.lat, lon: port.lon, utilisation }
    };
    called.into_iter().map(port).collect()
}
