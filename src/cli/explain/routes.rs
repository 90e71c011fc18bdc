//! The routes of each pair: distance, days, freight, and how much of the pair's trade takes them in the base year.

use super::percent;
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;

pub(super) fn routes(loaded: &Loaded) -> Columns {
    let (baseline, plan) = (&loaded.baseline, &loaded.plan);
    let mut table = Columns::new(&["pair", "route", "mode", "through", "km", "days", "US$/t", "freight", "share"], 4);
    for route in &baseline.routes {
        let code = |region: usize| baseline.regions[region].code.as_str();
        let place = baseline.routes_of(route.exporter, route.importer).position(|(_, other)| other.name == route.name).unwrap_or(0);
        let (mut by_route, mut freight, mut pair) = (0.0, 0.0, 0.0);
        for corridor in plan.world.network.corridors.iter().filter(|c| c.exporter == route.exporter && c.importer == route.importer) {
            let value = plan.world.value(corridor.sector, route.exporter, route.importer);
            let cost = &corridor.routes[place];
            by_route += value * cost.share;
            freight += value * cost.share * cost.freight;
            pair += value;
        }
        let ratio = |part: f64, whole: f64| if whole > 0.0 { percent(part / whole) } else { "–".to_string() };
        table.row(vec![
            format!("{} to {}", code(route.exporter), code(route.importer)),
            route.name.clone(),
            route.mode.word().to_string(),
            route.via.map_or("", code).to_string(),
            format!("{:.0}", route.distance_km),
            format!("{:.1}", route.days),
            format!("{:.0}", route.freight_usd_per_tonne),
            ratio(freight, by_route),
            ratio(by_route, pair),
        ]);
    }
    table
}
