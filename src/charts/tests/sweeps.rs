//! Sweeps: small panels along one input and the map over two, of all sizes, and odd.

use super::{LONG, holds};
use crate::charts::{HeatCell, HeatMap, SweepBand, SweepPanel, SweepPanels, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";

fn band(centre: f64, width: f64) -> SweepBand {
    SweepBand { p05: centre - 1.7 * width, p25: centre - 0.7 * width, p50: centre, p75: centre + 0.8 * width, p95: centre + 2.0 * width }
}

fn sweep(values: &[String], numeric: Option<Vec<f64>>, panels: Vec<SweepPanel>) -> SweepPanels {
    SweepPanels {
        title: "Outcomes in 2028 by the tariff on steel and aluminium".into(),
        subtitle: "Line: median, dark bar: 25–75%, light bar: 5–95% of 10,000 draws, the same draws at every value".into(),
        source: SOURCE.into(),
        axis: "tariff, Steel and aluminium, Section 232".into(),
        values: values.to_vec(),
        numeric,
        panels,
    }
}

fn panel(title: &str, unit: Unit, count: usize, size: f64, spread: f64) -> SweepPanel {
    let at = |i: usize| i as f64 / (count.max(2) - 1) as f64;
    SweepPanel { title: title.into(), unit, bands: (0..count).map(|i| band(size * at(i), spread * (0.2 + at(i)) * size.abs())).collect() }
}

fn panels(count: usize, values: usize) -> Vec<SweepPanel> {
    let kinds = [
        ("US imports of Canadian steel", Unit::PercentChange, -0.5),
        ("US tariff revenue", Unit::UsdMillionChange, 4_200.0),
        ("US consumer surplus", Unit::UsdMillionChange, -6_100.0),
        ("Canada–Mexico trade by sea", Unit::PercentagePoints, 0.032),
        ("Throughput of Veracruz", Unit::Count("TEU".into()), 150_000.0),
    ];
    (0..count).map(|i| kinds[i % 5].clone()).map(|(title, unit, size)| panel(title, unit, values, size, 0.12)).collect()
}

#[test]
fn sweeps_read_well() {
    let rates = [0.0, 0.1, 0.25, 0.35, 0.5];
    let values: Vec<String> = rates.iter().map(|r| format!("{:.0}%", 100.0 * r)).collect();
    holds("sweep", sweep(&values, Some(rates.to_vec()), panels(6, 5)).draw().unwrap());
    holds("sweep-one", sweep(&values, Some(rates.to_vec()), panels(1, 5)).draw().unwrap());
    let names = ["partial", "gsim", "smart"].map(String::from);
    holds("sweep-names", sweep(&names, None, panels(4, 3)).draw().unwrap());
    let many: Vec<f64> = (0..60).map(|i| f64::from(i) / 59.0).collect();
    let values: Vec<String> = many.iter().map(|r| format!("{:.1}%", 100.0 * r)).collect();
    let canvas = sweep(&values, Some(many), panels(14, 60)).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.starts_with("Not shown on this page: ")));
    holds("sweep-many", canvas);
}

#[test]
fn odd_sweeps_still_make_a_page() {
    let mut odd = panels(3, 3);
    odd[0].bands[1] = band(f64::NAN, 1.0);
    odd[1].bands = vec![band(0.0, 0.0); 3];
    odd[2] = SweepPanel { title: LONG.into(), unit: Unit::Count(LONG.into()), bands: vec![band(1e90, 1e99), band(0.0, 1.0)] };
    odd.push(SweepPanel { title: "unknown".into(), unit: Unit::Ratio, bands: vec![] });
    let values = [LONG.to_owned(), LONG.to_owned(), String::new()];
    let canvas = sweep(&values, Some(vec![1.0, 1.0, 1.0]), odd.clone()).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "Without a value and not shown: unknown."));
    holds("sweep-odd", canvas);
    holds("sweep-few", sweep(&values[..1], Some(vec![f64::NAN]), odd).draw().unwrap());
    holds("sweep-none", sweep(&[], None, panels(2, 3)).draw().unwrap());
}

fn heat(unit: Unit, rows: usize, columns: usize, value: impl Fn(usize, usize) -> f64) -> HeatMap {
    let cell = |row, column| {
        let median: f64 = value(row, column);
        HeatCell { p05: median - 0.3 * median.abs(), median, p95: median + 0.4 * median.abs() }
    };
    HeatMap {
        title: "US imports of Canadian steel in 2028, by tariff and import elasticity".into(),
        subtitle: "Change from 2024; median and 5–95% range of 10,000 draws, the same in every cell".into(),
        unit,
        source: SOURCE.into(),
        x_axis: "tariff, Steel and aluminium, Section 232".into(),
        x: (0..columns).map(|i| format!("{}%", i * 5)).collect(),
        y_axis: "elasticity".into(),
        y: (0..rows).map(|i| format!("{}.0", i + 2)).collect(),
        cells: (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect(),
    }
}

#[test]
fn heat_maps_read_well_from_one_cell_to_four_hundred() {
    holds("heat", heat(Unit::PercentChange, 4, 5, |r, c| -0.04 * (r + 1) as f64 * c as f64).draw().unwrap());
    holds("heat-signs", heat(Unit::UsdMillionChange, 6, 7, |r, c| 900.0 * c as f64 - 700.0 * r as f64).draw().unwrap());
    holds("heat-levels", heat(Unit::UsdMillion, 3, 3, |r, c| 4_000.0 - 300.0 * (r * c) as f64).draw().unwrap());
    holds("heat-one", heat(Unit::Fraction, 1, 1, |_, _| 0.31).draw().unwrap());
    holds("heat-many", heat(Unit::UsdMillionChange, 20, 20, |r, c| 90.0 * c as f64 - 120.0 * r as f64).draw().unwrap());
}

#[test]
fn odd_heat_maps_still_make_a_page() {
    let mut odd = heat(Unit::CountChange(LONG.into()), 4, 3, |r, c| [f64::NAN, 1e99, -1e-9, 0.0][(r + c) % 4]);
    odd.x = vec![LONG.into(), String::new(), "x".into()];
    odd.y[0] = LONG.into();
    (odd.x_axis, odd.y_axis) = (LONG.into(), LONG.into());
    odd.cells[3].pop();
    let canvas = odd.draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "n/a"));
    holds("heat-odd", canvas);
    holds("heat-zero", heat(Unit::PercentChange, 2, 2, |_, _| 0.0).draw().unwrap());
    holds("heat-none", heat(Unit::Ratio, 0, 3, |_, _| 1.0).draw().unwrap());
}
