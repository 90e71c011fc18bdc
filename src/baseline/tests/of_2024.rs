//! The baseline that comes with the tool, against what was published and against what its own tables promise of each other.

use super::{Quality, read, told};
use crate::baseline::Baseline;
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
