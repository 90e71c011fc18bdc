//! Whatever a simulation hands over, not a number and the largest number included, a chart comes out and its texts stand.

use proptest::prelude::*;

use super::{raster, stands};
use crate::baseline::Mode;
use crate::charts::{
    AttributionChart, AttributionRow, ConvergenceChart, ConvergenceLine, ExceedanceChart, ExceedancePoint, HeatCell, HeatMap, IndexBar,
    IndexRow, IndicesChart, SweepBand, SweepPanel, SweepPanels, ThresholdMark, TornadoChart, TornadoRow,
};
use crate::charts::{
    Bin, Corridor, Destination, Direction, DistributionChart, DiversionChart, DiversionPanel, DiversionRow, FanChart, FanPeriod,
};
use crate::charts::{
    BranchRow, BranchesChart, LinkKind, MapLink, MapPanel, MapPort, MaritimeShiftChart, PortFans, PortPanel, PortPeriod, RouteMap,
    ShiftDirection, ShiftPeriod, sea_path,
};
use crate::charts::{RouteMixChart, RouteShare, SectorRisk, TariffMap, TariffPeriod, TradeAtRiskChart, Unit};

/// Numbers of all sizes and kinds, the usual ones most often.
fn number() -> impl Strategy<Value = f64> {
    let odd = prop::sample::select(vec![
        0.0,
        -0.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        5e-324,
        1.0,
        -1.0,
    ]);
    prop_oneof![6 => -2.0..2.0, 3 => -1e6..1e6, 2 => any::<f64>(), 1 => odd]
}

fn unit() -> impl Strategy<Value = Unit> {
    use Unit::*;
    let teu = || "TEU a year".to_owned();
    prop::sample::select(vec![
        UsdMillion,
        UsdMillionChange,
        Fraction,
        PercentChange,
        PercentagePoints,
        Ratio,
        Count(teu()),
        CountChange(teu()),
    ])
}

fn words() -> [String; 3] {
    ["Exports of Québec".to_owned(), "mean of 10 000 draws".to_owned(), "Statistics Canada".to_owned()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn distribution_and_fan(unit in unit(), mut v in prop::array::uniform7(number()), bins in prop::collection::vec((number(), number(), number()), 0..12),
                            baseline in prop::option::of(number()), sorted in any::<bool>(), periods in 1_usize..17) {
        if sorted {
            v.sort_by(f64::total_cmp);
        }
        let [title, subtitle, source] = words();
        let chart = DistributionChart {
            title: title.clone(), subtitle: subtitle.clone(), unit: unit.clone(), source: source.clone(),
            bins: bins.iter().map(|(a, b, density)| Bin { low: a.min(*b), high: a.max(*b), density: density.abs() }).collect(),
            density: bins.iter().map(|(x, _, density)| (*x, *density)).collect(),
            p05: v[1], p50: v[3], p95: v[5], mean: v[2], baseline,
        };
        raster::parse(&stands("distribution", chart.draw().unwrap())).unwrap();
        let period = FanPeriod { label: "2026Q1".into(), p01: v[0], p05: v[1], p25: v[2], p50: v[3], p75: v[4], p95: v[5], p99: v[6] };
        let chart = FanChart { title, subtitle, unit, source, baseline: baseline.map(|b| ("2024".into(), b)), periods: vec![period; periods] };
        raster::parse(&stands("fan", chart.draw().unwrap())).unwrap();
    }

    #[test]
    fn charts_made_of_rows(unit in unit(), rows in prop::collection::vec(prop::array::uniform4(number()), 0..40)) {
        let [title, subtitle, source] = words();
        let row = |[mean, p05, p95, _]: &[f64; 4]| DiversionRow { label: "European Union".into(), destination: Destination::Market, mean: *mean, p05: *p05, p95: *p95 };
        let panels = rows.chunks(9).map(|rows| DiversionPanel { origin: "Lázaro Cárdenas".into(), rows: rows.iter().map(row).collect() }).collect();
        let chart = DiversionChart { title: title.clone(), subtitle: subtitle.clone(), unit: unit.clone(), source: source.clone(), panels };
        raster::parse(&stands("diversion", chart.draw().unwrap())).unwrap();

        let sectors = rows.iter().map(|r| SectorRisk { sector: "Iron and steel".into(), at_risk: r[0], expected_shortfall: r[1] }).collect();
        let chart = TradeAtRiskChart { title: title.clone(), subtitle: subtitle.clone(), unit, source: source.clone(), sectors };
        raster::parse(&stands("trade at risk", chart.draw().unwrap())).unwrap();

        let route = |[before, after, p05, p95]: &[f64; 4]| RouteShare { label: "Pacific sea".into(), mode: Mode::Sea, before: *before, after: *after, p05: *p05, p95: *p95 };
        let directions = rows.chunks(6).map(|rows| Direction { label: "Canada to Mexico".into(), routes: rows.iter().map(route).collect() }).collect();
        let chart = RouteMixChart { title: title.clone(), subtitle: subtitle.clone(), source: source.clone(), before: "2024".into(), after: "2028".into(), directions };
        raster::parse(&stands("route mix", chart.draw().unwrap())).unwrap();

        let corridors = vec![Corridor { exporter: "CAN".into(), importer: "USA".into() }; 4];
        let period = TariffPeriod { label: "2026".into(), rates: rows.iter().map(|r| r.to_vec()).collect() };
        let chart = TariffMap { title, subtitle, source, sectors: vec!["Energy".into(); rows.len()], corridors, periods: vec![period.clone(), period] };
        raster::parse(&stands("tariff map", chart.draw().unwrap())).unwrap();
    }

    #[test]
    fn maritime_charts(unit in unit(), rows in prop::collection::vec(prop::array::uniform5(number()), 0..20), draws in any::<u64>()) {
        let [title, subtitle, source] = words();
        let branch = |r: &[f64; 5]| BranchRow { label: "withdrawal".into(), share: r[0], draws, p05: r[0], p25: r[1], p50: r[2], p75: r[3], p95: r[4] };
        let chart = BranchesChart { title: title.clone(), subtitle: subtitle.clone(), unit: unit.clone(), source: source.clone(), rows: rows.iter().map(branch).collect() };
        raster::parse(&stands("branches", chart.draw().unwrap())).unwrap();

        let period = |r: &[f64; 5]| ShiftPeriod { label: "2030".into(), volume: r[0], route: r[1], joint: r[2], p05: r[3], p95: r[4] };
        let directions = rows.chunks(6).map(|rows| ShiftDirection { label: "Canada to Mexico".into(), periods: rows.iter().map(period).collect() }).collect();
        let chart = MaritimeShiftChart { title: title.clone(), subtitle: subtitle.clone(), unit: unit.clone(), source: source.clone(), directions };
        raster::parse(&stands("maritime shift", chart.draw().unwrap())).unwrap();

        let at = |[p05, p50, p95, ..]: &[f64; 5]| PortPeriod { label: "2030".into(), p05: *p05, p50: *p50, p95: *p95 };
        let panel = |rows: &[[f64; 5]]| PortPanel {
            name: "Lázaro Cárdenas".into(), country: "Mexico".into(), base: Some(("2024".into(), rows[0][3])),
            periods: rows.iter().map(at).collect(), capacity: rows.iter().map(|r| at(&[r[4], r[3], r[2], r[1], r[0]])).collect(), note: None,
        };
        let chart = PortFans { title: title.clone(), subtitle: subtitle.clone(), unit, source: source.clone(), panels: rows.chunks(3).map(panel).collect() };
        raster::parse(&stands("port fans", chart.draw().unwrap())).unwrap();

        let link = |r: &[f64; 5]| MapLink { label: "Pacific sea".into(), kind: LinkKind::Sea, path: sea_path((r[0], r[1]), (19.0, -104.3)), value_usd_m: r[2], low: Some(r[3]), high: Some(r[4]) };
        let port = |r: &[f64; 5]| MapPort { name: "Veracruz".into(), lat: r[0], lon: r[1], utilisation: Some(r[2]) };
        let panel = |rows: &[[f64; 5]]| MapPanel { label: "2030".into(), links: rows.iter().map(link).collect(), ports: rows.iter().map(port).collect() };
        let chart = RouteMap { title, subtitle, source, panels: rows.chunks(10).map(panel).collect() };
        raster::parse(&stands("route map", chart.draw().unwrap())).unwrap();
    }

    #[test]
    fn charts_of_sensitivity(unit in unit(), rows in prop::collection::vec(prop::array::uniform6(number()), 0..60), noise in any::<bool>()) {
        let [title, subtitle, source] = words();
        let input = |r: &[f64; 6]| TornadoRow { label: "Import elasticity".into(), low: r[0], high: r[1], low_label: Unit::Ratio.format(r[2]), high_label: "8.1".into(), se: r[3] };
        let chart = TornadoChart {
            title: title.clone(), subtitle: subtitle.clone(), unit, source: source.clone(), centre: rows.first().map_or(0.0, |r| r[4]),
            centre_label: "mean of all draws".into(), rows: rows.iter().map(input).collect(),
        };
        raster::parse(&stands("tornado", chart.draw().unwrap())).unwrap();

        let bar = |v: &[f64]| IndexBar { value: v[0], low: v[1], high: v[2] };
        let row = |r: &[f64; 6]| IndexRow { label: "Import elasticity".into(), first: Some(bar(&r[..3])), total: Some(bar(&r[3..])).filter(|b| b.value > 0.0), noise };
        let names = ["first-order index".to_owned(), "total index".to_owned()];
        let chart = IndicesChart { title: title.clone(), subtitle: subtitle.clone(), source: source.clone(), names, rows: rows.iter().map(row).collect() };
        raster::parse(&stands("indices", chart.draw().unwrap())).unwrap();

        let outcome = |r: &[f64; 6]| AttributionRow { label: "Trade by sea".into(), shares: r.to_vec(), spread: "US$ 1.2 bn".into() };
        let groups = ["data", "elasticities", "policy", "freight", "routes", "other"].map(String::from).to_vec();
        let chart = AttributionChart { title, subtitle, source, groups, spread_name: "standard deviation".into(), rows: rows.iter().map(outcome).collect() };
        raster::parse(&stands("attribution", chart.draw().unwrap())).unwrap();
    }

    #[test]
    fn charts_of_accuracy(unit in unit(), points in prop::collection::vec(prop::array::uniform4(number()), 0..120), length in 1_usize..40, target in prop::option::of(number())) {
        let [title, subtitle, source] = words();
        let line = |points: &[[f64; 4]]| ConvergenceLine { label: "Throughput of Lázaro Cárdenas, 2030".into(), points: points.iter().map(|p| (p[0].abs() * 1e4, p[1].abs())).collect() };
        let chart = ConvergenceChart {
            title: title.clone(), subtitle: subtitle.clone(), source: source.clone(), measure: "share of the mean".into(),
            lines: points.chunks(length).map(line).collect(), target,
        };
        raster::parse(&stands("convergence", chart.draw().unwrap())).unwrap();

        let curve = points.iter().map(|p| ExceedancePoint { x: p[0], p: p[1], low: p[2], high: p[3] }).collect();
        let mark = |p: &[f64; 4]| ThresholdMark { value: p[3], label: if p[0] > 0.0 { "a quarter of all trade".into() } else { String::new() }, above: Some(p[2]).filter(|p| *p > 0.0) };
        let chart = ExceedanceChart { title, subtitle, unit, source, curve, thresholds: points.iter().take(length).map(mark).collect() };
        raster::parse(&stands("exceedance", chart.draw().unwrap())).unwrap();
    }

    #[test]
    fn charts_of_sweeps(unit in unit(), cells in prop::collection::vec(prop::array::uniform5(number()), 1..60), length in 1_usize..60, numeric in any::<bool>()) {
        let [title, subtitle, source] = words();
        let band = |[p05, p25, p50, p75, p95]: &[f64; 5]| SweepBand { p05: *p05, p25: *p25, p50: *p50, p75: *p75, p95: *p95 };
        let panel = |cells: &[[f64; 5]]| SweepPanel { title: "Trade by sea".into(), unit: unit.clone(), bands: cells.iter().map(band).collect() };
        let chart = SweepPanels {
            title: title.clone(), subtitle: subtitle.clone(), source: source.clone(), axis: "tariff on steel".into(),
            values: cells.iter().take(length).map(|c| Unit::Ratio.format(c[0])).collect(),
            numeric: numeric.then(|| cells.iter().take(length).map(|c| c[0]).collect()),
            panels: cells.chunks(length).map(panel).collect(),
        };
        raster::parse(&stands("sweep", chart.draw().unwrap())).unwrap();

        let cell = |c: &[f64; 5]| HeatCell { p05: c[0], median: c[1], p95: c[2] };
        let written = |count: usize| (0..count).map(|i| Unit::Ratio.format(cells[i % cells.len()][3])).collect();
        let chart = HeatMap {
            title, subtitle, unit: unit.clone(), source, x_axis: "tariff on steel".into(), x: written(length.min(20)), y_axis: "elasticity".into(),
            y: written(cells.len().div_ceil(length).min(20)), cells: cells.chunks(length).map(|row| row.iter().map(cell).collect()).collect(),
        };
        raster::parse(&stands("heat map", chart.draw().unwrap())).unwrap();
    }
}
