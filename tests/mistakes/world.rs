//! A small world to read scenarios against: four regions, four sectors, the Canada–Mexico land bridge and a few ports.

use std::path::Path;
use tradewind::baseline::{Baseline, Flow, Mode, Port, Preference, Quality, Region, Route, Sector};

/// Places of the two ports that a route sails between.
pub const SAINT_JOHN: usize = 0;
pub const VERACRUZ: usize = 1;

pub fn world(folder: &Path) -> Baseline {
    let region = |(code, name): (&str, &str)| Region { code: code.into(), name: name.into() };
    let sector = |(code, name): (&str, &str)| Sector { code: code.into(), name: name.into(), hs_chapters: String::new() };
    let regions: Vec<Region> =
        [("CAN", "Canada"), ("USA", "United States"), ("MEX", "Mexico"), ("EU27", "European Union")].map(region).into();
    let sectors: Vec<Sector> =
        [("steel_iron", "Iron and steel"), ("aluminium", "Aluminium"), ("energy", "Energy"), ("cereals_oilseeds", "Cereals and oilseeds")]
            .map(sector)
            .into();
    let flow = Flow { value: 100.0, tariff: 0.02, quality: Quality::Observed };
    let mut flows = vec![flow; regions.len() * regions.len() * sectors.len()];
    let energy = 2;
    for importer in 0..regions.len() {
        // The European Union sells no energy abroad.
        flows[(energy * regions.len() + 3) * regions.len() + importer].value = 0.0;
    }
    let route = |exporter, importer, name: &str, mode, via| Route {
        exporter,
        importer,
        name: name.into(),
        mode,
        via,
        distance_km: 4000.0,
        days: 7.0,
        freight_usd_per_tonne: 150.0,
        ports: match (mode, exporter) {
            (Mode::Sea, 0) => Some((SAINT_JOHN, VERACRUZ)),
            (Mode::Sea, _) => Some((VERACRUZ, SAINT_JOHN)),
            _ => None,
        },
        group: if via.is_some() { "overland".into() } else { name.into() },
        quality: Quality::Assumed,
    };
    let port = |(name, region, capacity_teu): (&str, usize, Option<f64>)| Port {
        name: name.into(),
        region,
        coast: "Atlantic".into(),
        lat: 0.0,
        lon: 0.0,
        throughput_teu: Some(1e6),
        capacity_teu,
        wait_days: 1.0,
        handling_usd_per_teu: 150.0,
        quality: Quality::Observed,
    };
    Baseline {
        folder: folder.to_path_buf(),
        flows,
        elasticities: Vec::new(),
        routes: vec![
            route(0, 2, "truck_us", Mode::Truck, Some(1)),
            route(0, 2, "sea_gulf", Mode::Sea, None),
            route(2, 0, "truck_us", Mode::Truck, Some(1)),
            route(2, 0, "rail_us", Mode::Rail, Some(1)),
            route(2, 0, "sea_gulf", Mode::Sea, None),
        ],
        route_shares: Vec::new(),
        preferences: vec![Preference {
            agreement: "usmca".into(),
            exporter: 0,
            importer: 1,
            sector: None,
            utilisation: 0.4,
            utilisation_max: 0.9,
            response: 20.0,
            quality: Quality::Derived,
        }],
        value_density: vec![None; sectors.len()],
        regions,
        sectors,
        ports: [
            ("Saint John", 0, Some(4e5)),
            ("Veracruz", 2, Some(1.5e6)),
            ("Lázaro Cárdenas", 2, None),
            ("Halifax", 0, None),
            ("Rotterdam", 3, Some(2e7)),
        ]
        .map(port)
        .into(),
        time_values: Vec::new(),
        files: Vec::new(),
    }
}
