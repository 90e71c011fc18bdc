//! The map of routes: typical, crowded, through Panama, and with numbers and places that are none.

use super::{LONG, holds};
use crate::charts::{LandMode, LinkKind, MapLink, MapPanel, MapPort, RouteMap, air_path, land_path, sea_path};

const PORTS: [(&str, f64, f64, f64); 12] = [
    ("Vancouver", 49.29, -123.03, 0.61),
    ("Prince Rupert", 54.29, -130.33, 0.57),
    ("Montréal", 45.54, -73.53, 0.67),
    ("Halifax", 44.67, -63.57, 0.66),
    ("Saint John", 45.26, -66.06, 0.58),
    ("Manzanillo", 19.06, -104.29, 0.74),
    ("Lázaro Cárdenas", 17.94, -102.18, 0.66),
    ("Ensenada", 31.85, -116.62, 0.69),
    ("Mazatlán", 23.19, -106.42, 0.48),
    ("Veracruz", 19.22, -96.15, 0.70),
    ("Altamira", 22.48, -97.89, 0.69),
    ("Progreso", 21.34, -89.68, 0.37),
];

fn ports(growth: f64) -> Vec<MapPort> {
    PORTS
        .iter()
        .map(|(name, lat, lon, used)| MapPort { name: (*name).into(), lat: *lat, lon: *lon, utilisation: Some(used * growth) })
        .collect()
}

fn place(name: &str) -> (f64, f64) {
    PORTS.iter().find(|(n, ..)| *n == name).map(|(_, lat, lon, _)| (*lat, *lon)).unwrap()
}

fn link(label: &str, kind: LinkKind, path: Vec<(f64, f64)>, value: f64, spread: f64) -> MapLink {
    let edge = |z: f64| (spread > 0.0).then_some(value * (1.0 + z * spread));
    MapLink { label: label.into(), kind, path, value_usd_m: value, low: edge(-1.0), high: edge(1.2) }
}

fn voyage(from: &str, to: &str, kind: LinkKind, value: f64, spread: f64) -> MapLink {
    link(&format!("{from}–{to}"), kind, sea_path(place(from), place(to)), value, spread)
}

fn panel(label: &str, size: f64, spread: f64, growth: f64) -> MapPanel {
    MapPanel {
        label: label.into(),
        links: vec![
            link("truck", LinkKind::Land, land_path(LandMode::Truck), 17_100.0 * size, spread),
            link("rail", LinkKind::Rail, land_path(LandMode::Rail), 9_300.0 * size, spread),
            link("by sea, Atlantic", LinkKind::Sea, sea_path(place("Montréal"), place("Veracruz")), 3_300.0 / size, spread),
            link("by sea, Pacific", LinkKind::Sea, sea_path(place("Vancouver"), place("Manzanillo")), 2_100.0 / size, spread),
            link("air", LinkKind::Air, air_path((43.7, -79.4), (19.4, -99.1)), 900.0, spread),
        ],
        ports: ports(growth),
    }
}

fn map(panels: Vec<MapPanel>) -> RouteMap {
    RouteMap {
        title: "Canada–Mexico trade by route, 2024 and 2030".into(),
        subtitle: "Customs value, both directions; mean of 10,000 draws and the range from the 5th to the 95th percentile; US$ bn".into(),
        source: "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI; map: Natural Earth".into(),
        panels,
    }
}

#[test]
fn a_typical_map_reads_well() {
    let mut later = panel("2030", 0.82, 0.18, 1.38);
    later.links.push(voyage("Halifax", "Altamira", LinkKind::NewService, 640.0, 0.4));
    later.links.push(voyage("Prince Rupert", "Lázaro Cárdenas", LinkKind::NewService, 410.0, 0.5));
    let canvas = map(vec![panel("2024", 1.0, 0.0, 1.0), later]).draw().unwrap();
    let written = |text: &str| canvas.texts().iter().any(|t| t.text == text);
    for text in ["truck", "US$ 17.1 bn", "US$ 14.0 bn", "−18%", "US$ 640 m", "new", "by sea, Pacific", "Manzanillo", "Lázaro Cárdenas"]
    {
        assert!(written(text), "“{text}” is not on the map");
    }
    // A name stands at the same place on both maps, which are 560 apart; a route's figures are flush with their line, so as wide as they are.
    for (name, moves) in PORTS.map(|(name, ..)| (name, 560.0)).into_iter().chain([("Toronto", 560.0), ("truck", 560.0), ("rail", f64::NAN)])
    {
        let at: Vec<(f64, f64)> = canvas.texts().iter().filter(|t| t.text == name).map(|t| (t.left, t.top)).collect();
        assert!(at.len() >= 2 && (at[1].1 - at[0].1).abs() < 1e-6, "{name}: {at:?}");
        assert!(moves.is_nan() || (at[1].0 - at[0].0 - moves).abs() < 1e-6, "{name}: {at:?}");
    }
    holds("route-map", canvas);
    holds("route-map-one", map(vec![panel("2024", 1.0, 0.0, 1.0)]).draw().unwrap());
}

#[test]
fn many_services_lie_side_by_side() {
    let west = ["Manzanillo", "Lázaro Cárdenas", "Ensenada", "Mazatlán"];
    let east = ["Veracruz", "Altamira", "Progreso"];
    let mut crowded = panel("2030", 1.0, 0.1, 1.6);
    crowded.links.truncate(2);
    for (from, to) in ["Vancouver", "Prince Rupert"].into_iter().flat_map(|from| west.map(|to| (from, to))) {
        crowded.links.push(voyage(from, to, LinkKind::Sea, 900.0, 0.2));
    }
    for (from, to) in ["Montréal", "Halifax"].into_iter().flat_map(|from| east.map(|to| (from, to))) {
        crowded.links.push(voyage(from, to, LinkKind::Sea, 1_400.0, 0.2));
    }
    crowded.links.push(voyage("Vancouver", "Veracruz", LinkKind::NewService, 300.0, 0.5));
    holds("route-map-crowded", map(vec![panel("2024", 1.0, 0.0, 1.0), crowded.clone(), crowded]).draw().unwrap());
}

#[test]
fn odd_values_and_places_still_make_a_map() {
    let mut odd = panel(LONG, 1.0, 0.0, f64::NAN);
    odd.links[0].value_usd_m = f64::NAN;
    odd.links[1].value_usd_m = -4.0;
    odd.links[2].value_usd_m = 1e90;
    odd.links[3].value_usd_m = 0.0;
    odd.links[4].path = vec![(f64::NAN, 3.0), (1e300, -5.0), (4.0, f64::INFINITY)];
    odd.links.push(link(LONG, LinkKind::Sea, vec![(-130.0, 30.0), (-130.0, 30.0)], f64::INFINITY, 0.3));
    odd.links.push(link("nowhere", LinkKind::Sea, vec![], 5.0, 0.3));
    odd.ports[0].name = LONG.into();
    odd.ports[1].lat = f64::NAN;
    odd.ports[2].utilisation = Some(1e12);
    odd.ports[3].utilisation = Some(-1.0);
    odd.ports.push(MapPort { name: "Shanghai".into(), lat: 31.2, lon: 121.5, utilisation: None });
    let canvas = map(vec![odd.clone(), panel("2030", 1e-6, 0.4, 0.0)]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("Shanghai")), "what is off the map is named below it");
    holds("route-map-odd", canvas);
    holds("route-map-long", RouteMap { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..map(vec![odd]) }.draw().unwrap());
    holds("route-map-none", map(vec![]).draw().unwrap());
}
