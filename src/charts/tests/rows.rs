//! The charts made of rows: diversion, route mix, tariff map, trade at risk.

use super::{LONG, holds};
use crate::baseline::Mode;
use crate::charts::{
    Corridor, Destination, Direction, DiversionChart, DiversionPanel, DiversionRow, RouteMixChart, RouteShare, SectorRisk,
};
use crate::charts::{TariffMap, TariffPeriod, TradeAtRiskChart, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";
const SECTORS: [&str; 24] = [
    "Iron and steel",
    "Aluminium",
    "Copper",
    "Vehicles and parts",
    "Machinery",
    "Electrical equipment",
    "Pharmaceuticals",
    "Energy",
    "Fertiliser and potash",
    "Wood and lumber",
    "Pulp and paper",
    "Plastics and rubber",
    "Other chemicals",
    "Cereals and oilseeds",
    "Meat, fish and dairy",
    "Fruit and vegetables",
    "Other food and beverages",
    "Aircraft",
    "Furniture",
    "Textiles and apparel",
    "Ores and minerals",
    "Precious metals",
    "Medical instruments",
    "Other manufactures",
];

fn panel(origin: &str, size: f64) -> DiversionPanel {
    let row = |label: &str, destination, share: f64| DiversionRow {
        label: label.into(),
        destination,
        mean: share * size,
        p05: share * size - 0.3 * share.abs() * size,
        p95: share * size + 0.35 * share.abs() * size,
    };
    use Destination::{Home, Market, NotMade};
    let rows = [
        ("United States", Market, -1.0),
        ("Canada", Market, 0.04),
        ("Mexico", Market, 0.03),
        ("China", Market, 0.05),
        ("European Union", Market, 0.12),
        ("Japan", Market, 0.02),
        ("Korea", Market, 0.011),
        ("Rest of the world", Market, 0.16),
        ("At home", Home, 0.25),
        ("Not made", NotMade, 0.32),
    ];
    DiversionPanel {
        origin: origin.into(),
        rows: rows.into_iter().filter(|(label, ..)| *label != origin).map(|(l, d, s)| row(l, d, s)).collect(),
    }
}

fn diversion(panels: Vec<DiversionPanel>) -> DiversionChart {
    DiversionChart {
        title: "Where exports go that no longer enter the United States, 2026".into(),
        subtitle: "Change in volume at 2024 prices; mean of 10,000 draws, whiskers from the 5th to the 95th percentile".into(),
        unit: Unit::UsdMillionChange,
        source: SOURCE.into(),
        panels,
    }
}

#[test]
fn diversion_reads_well_with_one_and_with_many_exporters() {
    holds(
        "diversion",
        diversion(vec![panel("Canada", 38_000.0), panel("Mexico", 29_000.0), panel("China", 61_000.0), panel("Japan", 14_000.0)])
            .draw()
            .unwrap(),
    );
    holds("diversion-one", diversion(vec![panel("Canada", 38_000.0)]).draw().unwrap());
    let canvas =
        diversion(vec![panel("Canada", 38_000.0), panel("Korea", 90.0), panel("Mexico", 0.0), panel("Japan", 120.0)]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("own scale")));
    assert!(canvas.texts().iter().any(|t| t.text == "Unchanged and not shown: Mexico."));
    holds("diversion-uneven", canvas);
}

#[test]
fn diversion_survives_long_names_heavy_tails_and_missing_numbers() {
    let mut wild = panel(LONG, 1e-3);
    wild.rows[0].p05 = -1e6;
    wild.rows[1].p95 = f64::INFINITY;
    wild.rows[2].label = LONG.into();
    wild.rows[3].mean = f64::NAN;
    holds("diversion-wild", diversion(vec![wild, panel("Canada", 1e12)]).draw().unwrap());
    holds("diversion-none", diversion(vec![]).draw().unwrap());
}

fn routes(label: &str, shares: &[(&str, Mode, f64, f64)]) -> Direction {
    let routes = shares.iter().map(|(label, mode, before, after)| RouteShare {
        label: (*label).into(),
        mode: *mode,
        before: *before,
        after: *after,
        p05: after * 0.7,
        p95: after * 1.25,
    });
    Direction { label: label.into(), routes: routes.collect() }
}

fn route_mix(directions: Vec<Direction>) -> RouteMixChart {
    RouteMixChart {
        title: "Canada–Mexico trade by route, 2024 and 2028".into(),
        subtitle: "Share of customs value; mean of 10,000 draws".into(),
        source: SOURCE.into(),
        before: "2024".into(),
        after: "2028".into(),
        directions,
    }
}

#[test]
fn the_route_mix_reads_well() {
    use Mode::{Air, Rail, Sea, Truck};
    let south = [
        ("Truck through the US", Truck, 0.38, 0.33),
        ("Rail through the US", Rail, 0.26, 0.25),
        ("Atlantic and Gulf sea", Sea, 0.21, 0.25),
        ("Pacific sea", Sea, 0.12, 0.14),
        ("Air", Air, 0.03, 0.03),
    ];
    let north = [
        ("Truck through the US", Truck, 0.66, 0.60),
        ("Rail through the US", Rail, 0.22, 0.23),
        ("Atlantic and Gulf sea", Sea, 0.045, 0.072),
        ("Pacific sea", Sea, 0.035, 0.058),
        ("Air", Air, 0.04, 0.04),
    ];
    holds("route-mix", route_mix(vec![routes("Canada to Mexico", &south), routes("Mexico to Canada", &north)]).draw().unwrap());
    let names = RouteMixChart {
        before: LONG.into(),
        after: LONG.into(),
        ..route_mix(vec![routes(LONG, &[(LONG, Sea, 0.0, f64::NAN), ("Lázaro Cárdenas", Sea, 0.0, 0.0)])])
    };
    holds("route-mix-long", names.draw().unwrap());
    let many: Vec<(String, f64)> = (0..14).map(|i| (format!("Route {i} by way of Québec"), 1.0 / 14.0)).collect();
    let many: Vec<_> = many.iter().map(|(label, share)| (label.as_str(), Mode::Sea, *share, *share)).collect();
    holds("route-mix-many", route_mix(vec![routes("Canada to Mexico", &many)]).draw().unwrap());
    holds("route-mix-none", route_mix(vec![]).draw().unwrap());
}

fn tariff_map(corridors: &[(&str, &str)], periods: &[&str], scale: f64) -> TariffMap {
    let rate = |s: usize, c: usize| [0.0, 0.25, 0.071, 0.5, 0.35, 0.0, 0.003, 0.1, 0.018, 0.154][(s * 7 + c * 3 + s * c) % 10] * scale;
    TariffMap {
        title: "Effective tariffs by sector and corridor".into(),
        subtitle: "Per cent of customs value, base-year tariff included; mean of 10,000 draws".into(),
        source: "tariff measures of the scenario; base tariffs 2024 from WITS".into(),
        sectors: SECTORS.map(String::from).to_vec(),
        corridors: corridors
            .iter()
            .map(|(exporter, importer)| Corridor { exporter: (*exporter).into(), importer: (*importer).into() })
            .collect(),
        periods: periods
            .iter()
            .map(|label| TariffPeriod {
                label: (*label).into(),
                rates: (0..24).map(|s| (0..corridors.len()).map(|c| rate(s, c)).collect()).collect(),
            })
            .collect(),
    }
}

#[test]
fn the_tariff_map_reads_well() {
    let corridors = [
        ("CAN", "USA"),
        ("MEX", "USA"),
        ("CHN", "USA"),
        ("EU27", "USA"),
        ("JPN", "USA"),
        ("KOR", "USA"),
        ("ROW", "USA"),
        ("USA", "CAN"),
        ("MEX", "CAN"),
        ("USA", "MEX"),
        ("CAN", "MEX"),
    ];
    holds("tariff-map", tariff_map(&corridors, &["2026"], 1.0).draw().unwrap());
    holds("tariff-map-periods", tariff_map(&corridors[..4], &["2025", "2026", "2027", "2028"], 1.0).draw().unwrap());
    holds("tariff-map-one", tariff_map(&corridors[..1], &["2026"], 1.0).draw().unwrap());
}

#[test]
fn the_tariff_map_grows_and_survives_odd_rates() {
    let codes = ["CAN", "USA", "MEX", "CHN", "EU27", "JPN", "KOR", "ROW"];
    let all: Vec<(&str, &str)> =
        codes.iter().flat_map(|to| codes.iter().filter(move |from| *from != to).map(move |from| (*from, *to))).collect();
    holds("tariff-map-all", tariff_map(&all, &["2026"], 1.0).draw().unwrap());
    holds("tariff-map-zero", tariff_map(&all[..7], &["2026"], 0.0).draw().unwrap());
    let mut odd = tariff_map(&[("CAN", "USA"), (LONG, LONG)], &[LONG, "2027"], 0.1);
    odd.sectors[3] = LONG.into();
    odd.periods[0].rates[2][0] = 40.0;
    odd.periods[0].rates[4] = vec![f64::NAN, -0.02];
    odd.periods[1].rates.truncate(5);
    let canvas = odd.draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.ends_with("and more")));
    holds("tariff-map-odd", canvas);
    holds("tariff-map-none", tariff_map(&[], &[], 1.0).draw().unwrap());
}

fn at_risk(sectors: usize, size: f64) -> TradeAtRiskChart {
    let risk = |i: usize| size / (1.0 + i as f64).powf(1.3);
    TradeAtRiskChart {
        title: "Trade at risk by sector: US imports from Canada and Mexico, 2026".into(),
        subtitle: "The loss of trade that one draw in twenty exceeds, and the mean loss of those draws; 10,000 draws".into(),
        unit: Unit::UsdMillion,
        source: SOURCE.into(),
        sectors: (0..sectors)
            .map(|i| SectorRisk { sector: SECTORS[i % 24].into(), at_risk: risk(i), expected_shortfall: risk(i) * 1.22 })
            .rev()
            .collect(),
    }
}

#[test]
fn trade_at_risk_reads_well_and_is_sorted() {
    let canvas = at_risk(24, 34_000.0).draw().unwrap();
    let top = |name: &str| canvas.texts().iter().find(|t| t.text == name).map(|t| t.top).unwrap();
    assert!(top("Iron and steel") < top("Aluminium") && top("Aluminium") < top("All other (9 sectors)"));
    holds("trade-at-risk", canvas);
    holds("trade-at-risk-sixteen", at_risk(16, 0.2).draw().unwrap());
    holds("trade-at-risk-two", at_risk(2, 1e10).draw().unwrap());
}

#[test]
fn trade_at_risk_survives_odd_numbers() {
    let mut odd = at_risk(5, 10.0);
    odd.sectors[0].at_risk = -4.0;
    odd.sectors[1].expected_shortfall = f64::NAN;
    odd.sectors[2].sector = LONG.into();
    odd.unit = Unit::Count("twenty-foot equivalent units a year".into());
    holds("trade-at-risk-odd", odd.draw().unwrap());
    holds("trade-at-risk-zero", at_risk(3, 0.0).draw().unwrap());
    holds("trade-at-risk-none", at_risk(0, 1.0).draw().unwrap());
}
