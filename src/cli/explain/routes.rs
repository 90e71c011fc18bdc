//! The routes of each pair: distance, days, freight, what they cost the goods that take them, and how much of the pair's trade that is in the base year.
//!
//! Cost is MODEL 5's generalised cost as a share of customs value: freight, and days at what a day costs. It is of the goods that take the route; of a service that
//! nobody has taken yet, of all goods of the pair.

use super::percent;
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;

pub(super) fn routes(loaded: &Loaded) -> Columns {
    let (baseline, world) = (&loaded.baseline, &loaded.plan.world);
    let central = world.parameters.central(1);
    let drawn: &[f64] = central.first().map_or(&[], Vec::as_slice);
    let code = |region: usize| baseline.regions[region].code.as_str();
    let mut table = Columns::new(&["pair", "route", "mode", "through", "km", "days", "US$/t", "freight", "time", "cost", "share"], 4);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for route in &baseline.routes {
        if !pairs.contains(&(route.exporter, route.importer)) {
            pairs.push((route.exporter, route.importer));
        }
    }
    for (exporter, importer) in pairs {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (_, route) in baseline.routes_of(exporter, importer) {
            let (km, through) = (format!("{:.0}", route.distance_km), route.via.map_or("", code));
            let cells = [&route.name, route.mode.word(), through, &km, &format!("{:.1}", route.days)];
            let mut row = cells.map(str::to_string).to_vec();
            row.push(format!("{:.0}", route.freight_usd_per_tonne));
            rows.push(row);
        }
        for service in &loaded.scenario.services {
            for way in service.ways.iter().filter(|way| (way.exporter, way.importer) == (exporter, importer)) {
                let days = format!("{:.1}", way.days.central());
                let mut row = [service.name.as_str(), "sea", "", "–", &days].map(str::to_string).to_vec();
                row.push(format!("{:.0}", way.freight_usd_per_tonne.central()));
                rows.push(row);
            }
        }
        for (place, cells) in rows.into_iter().enumerate() {
            let (mut weight, mut by_route, mut freight, mut time, mut pair) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for corridor in world.network.corridors.iter().filter(|c| (c.exporter, c.importer) == (exporter, importer)) {
                let Some(cost) = corridor.routes.get(place) else { continue };
                let value = world.value(corridor.sector, exporter, importer);
                let taking = if cost.entry.is_some() { value } else { value * cost.share };
                weight += taking;
                freight += taking * cost.freight;
                time += taking * cost.days * corridor.time_value.of(drawn);
                by_route += value * cost.share;
                pair += value;
            }
            let ratio = |part: f64, whole: f64| if whole > 0.0 { percent(part / whole) } else { "–".to_string() };
            let mut row = vec![format!("{} to {}", code(exporter), code(importer))];
            row.extend(cells);
            row.extend([freight, time, freight + time].map(|part| ratio(part, weight)));
            row.push(ratio(by_route, pair));
            table.row(row);
        }
    }
    table
}
