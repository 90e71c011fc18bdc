//! The baseline that comes with the tool, against what was published and against what its own tables promise of each other.

use super::{Quality, read, told};
use crate::baseline::{Baseline, ElasticityKind, Horizon, Mode};
use crate::uncertainty::Number;
use std::path::Path;

fn baseline() -> Baseline {
    let (world, warnings) =
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/baseline-2024")).map_err(|d| told(&d)).expect("a sound baseline");
    assert!(warnings.is_empty(), "{}", warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>().join("\n"));
    world
}

#[test]
fn the_published_totals_are_held() {
    let world = baseline();
    let [can, mex, usa] = ["CAN", "MEX", "USA"].map(|code| world.region(code).expect("a region of North America"));
    let trade = |exporter, importer| (0..world.sectors.len()).map(|s| world.flow(s, exporter, importer).value).sum::<f64>();
    for (found, published) in [
        (trade(can, mex) + trade(mex, can), 40_600.0), // both ways
        (trade(can, usa), 411_700.0),                  // Census, imports for consumption
        (trade(mex, usa), 503_400.0),                  // US imports from Mexico
    ] {
        assert!((found / published - 1.0).abs() < 0.005, "{found} against {published}");
    }
    assert_eq!((world.regions.len(), world.sectors.len()), (8, 24));
    for sector in 0..world.sectors.len() {
        for (exporter, importer) in [(can, mex), (mex, can)] {
            let shares: f64 = world.routes_of(exporter, importer).map(|(route, _)| world.share(route, sector)).sum();
            assert_eq!(shares, 1.0, "{}", world.sectors[sector].code);
        }
    }
    for (sector, exporter) in (0..world.sectors.len()).flat_map(|s| [(s, can), (s, mex)]) {
        let flow = world.flow(sector, exporter, usa);
        assert!(flow.quality == Quality::Observed || flow.value == 0.0, "{}", world.sectors[sector].code);
    }
}

#[test]
fn the_ports_of_a_coast_carry_its_share_and_have_room() {
    let world = baseline();
    let [can, mex] = ["CAN", "MEX"].map(|code| world.region(code).expect("a region of North America"));
    let on_coast = |exporter, importer, sector: &str, coast: &str| -> f64 {
        let sector = world.sector(sector).expect("a sector of the table");
        let routes = world.routes_of(exporter, importer).filter(|(_, route)| route.group == coast);
        routes.map(|(route, _)| world.share(route, sector)).sum()
    };
    // The prior by coast, which the split over ports must leave alone.
    for (exporter, importer, sector, atlantic, pacific) in [
        (can, mex, "cereals_oilseeds", 0.3, 0.57),
        (can, mex, "steel_iron", 0.12, 0.03),
        (can, mex, "pharma", 0.05, 0.0),
        (mex, can, "vehicles_parts", 0.11, 0.07),
        (mex, can, "energy", 0.75, 0.05),
    ] {
        let found = ["sea_atlantic", "sea_pacific"].map(|coast| on_coast(exporter, importer, sector, coast));
        assert!((found[0] - atlantic).abs() < 1e-12 && (found[1] - pacific).abs() < 1e-12, "{sector}: {found:?}");
    }
    for (exporter, importer) in [(can, mex), (mex, can)] {
        for (route, row) in world.routes_of(exporter, importer) {
            assert_eq!(row.ports.is_some(), row.mode == Mode::Sea, "{}", row.name);
            if let Some((from, to)) = row.ports {
                assert!([from, to].iter().all(|port| world.ports[*port].capacity_teu.is_some()), "{}", row.name);
            }
            // What is unknown of a coast is unknown alike of each of its ports.
            for (other, _) in world.routes_of(exporter, importer).filter(|(_, other)| other.group == row.group) {
                let sd = |route| (0..world.sectors.len()).map(|s| world.route_share(route, s).map(|row| row.log_sd)).collect::<Vec<_>>();
                assert_eq!(sd(route), sd(other), "{}", row.name);
            }
        }
    }
    for port in &world.ports {
        let (Some(throughput), Some(capacity)) = (port.throughput_teu, port.capacity_teu) else { continue };
        assert!((0.3..0.9).contains(&(throughput / capacity)), "{}", port.name);
    }
    assert_eq!(world.port("Mazatlan").map(|port| world.ports[port].name.as_str()), Some("Mazatlán"));
}

#[test]
fn sourcing_is_slower_than_routing_and_every_day_costs_something() {
    let world = baseline();
    let mean = |value: &Number| match value {
        Number::Fixed(value) => *value,
        Number::Uncertain(uncertain) => uncertain.distribution.mean(),
    };
    for (sector, code) in world.sectors.iter().map(|sector| sector.code.as_str()).enumerate() {
        let of = |kind, horizon| world.elasticity(kind, horizon, sector, 0).map(|row| mean(&row.value));
        for kind in [ElasticityKind::Import, ElasticityKind::Domestic] {
            let (Some(short), Some(long)) = (of(kind, Horizon::Short), of(kind, Horizon::Long)) else { panic!("{code}: no {kind:?}") };
            assert!((short / long - 0.38).abs() < 1e-3, "{code}: {short} of {long}");
        }
        for kind in [ElasticityKind::Demand, ElasticityKind::Supply, ElasticityKind::Route] {
            assert_eq!(of(kind, Horizon::Short), None, "{code}");
        }
        let lost = world.time_value(sector).map_or(0.0, |row| mean(&row.value));
        assert!((0.0002..=0.021).contains(&lost), "{code}: {lost}");
        let boxes = world.value_density[sector].map(|density| density.containerised);
        assert_eq!(boxes == Some(0.0), code == "energy", "{code}");
    }
}
