//! What drives an outcome: tornado, indices and attribution, typical, extreme and odd.

use super::{LONG, holds};
use crate::charts::{AttributionChart, AttributionRow, IndexBar, IndexRow, IndicesChart, TornadoChart, TornadoRow, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";

fn input(label: &str, low: f64, high: f64, ends: [&str; 2], se: f64) -> TornadoRow {
    TornadoRow { label: label.into(), low, high, low_label: ends[0].into(), high_label: ends[1].into(), se }
}

fn tornado(unit: Unit, centre: f64, rows: Vec<TornadoRow>) -> TornadoChart {
    TornadoChart {
        title: "What moves US imports of Canadian steel, 2026".into(),
        subtitle: "Mean change from 2024 over the draws in which an input lies in its lowest and its highest tenth; 10,000 draws".into(),
        unit,
        source: SOURCE.into(),
        centre,
        centre_label: "mean of all draws".into(),
        rows,
    }
}

#[test]
fn the_tornado_reads_well() {
    let rows = vec![
        input("Import elasticity, iron and steel", -0.21, -0.44, ["2.6", "8.1"], 0.004),
        input("Tariff on steel and aluminium, Section 232", -0.24, -0.40, ["18%", "47%"], 0.004),
        input("Supply elasticity, Canada", -0.27, -0.37, ["0.8", "3.4"], 0.004),
        input("Use of preferences under the USMCA", -0.35, -0.28, ["52%", "88%"], 0.004),
        input("Home sales of the United States", -0.330, -0.305, ["−38%", "+47%"], 0.005),
        input("Freight rate by truck", -0.335, -0.330, ["0.81", "1.23"], 0.005),
        input("Value density, iron and steel", -0.317, -0.321, ["0.7", "1.4"], 0.005),
    ];
    let canvas = tornado(Unit::PercentChange, -0.32, rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.starts_with("mean of all draws −")));
    // A difference of per cents is one of percentage points.
    for text in ["high − low, pp", "−23.0"] {
        assert!(canvas.texts().iter().any(|t| t.text == text), "{text}");
    }
    assert!(canvas.texts().iter().any(|t| t.text.starts_with("Two thin bars")));
    holds("tornado", canvas);
    let many = (0..25).map(|i| {
        input("Import elasticity, other food and beverages", -3e3 / f64::from(i + 1), 2.5e3 / f64::from(i + 1), ["2.6", "8.1"], 60.0)
    });
    holds("tornado-many", tornado(Unit::UsdMillionChange, 0.0, many.collect()).draw().unwrap());
}

#[test]
fn odd_tornados_still_make_a_page() {
    let rows = vec![
        input(LONG, 0.1, 5.0, [LONG, LONG], 1e9),
        input("n/a", f64::NAN, 1.0, ["1", "2"], 0.1),
        input("still", 1.0, 1.0, ["1", "2"], 0.0),
        input("one end", 1.0, 2.0, ["1", "2"], f64::NAN),
    ];
    let canvas = tornado(Unit::Count("twenty-foot equivalent units a year".into()), 1.0, rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("go on beyond the axis")));
    holds("tornado-odd", canvas);
    holds("tornado-still", tornado(Unit::Ratio, 0.0, vec![input("still", 0.0, 0.0, ["", ""], 0.0)]).draw().unwrap());
    holds("tornado-none", TornadoChart { title: LONG.into(), ..tornado(Unit::Ratio, f64::NAN, vec![]) }.draw().unwrap());
}

fn bar(value: f64, half: f64) -> Option<IndexBar> {
    Some(IndexBar { value, low: value - half, high: value + half })
}

fn indices(rows: Vec<IndexRow>) -> IndicesChart {
    IndicesChart {
        title: "What drives US imports of Canadian steel, 2026".into(),
        subtitle: "Share of the variance; Jansen’s estimators from 10,240 pairs of draws, whiskers: 95% intervals".into(),
        source: SOURCE.into(),
        names: ["first-order index: the input alone".into(), "total index: with all its interactions".into()],
        rows,
    }
}

#[test]
fn indices_read_well_and_noise_is_called_noise() {
    let row = |label: &str, first: (f64, f64), total: (f64, f64), noise| IndexRow {
        label: label.into(),
        first: bar(first.0, first.1),
        total: bar(total.0, total.1),
        noise,
    };
    let rows = vec![
        row("Import elasticity, iron and steel", (0.46, 0.03), (0.52, 0.02), false),
        row("Tariff on steel and aluminium, Section 232", (0.27, 0.03), (0.33, 0.02), false),
        row("Supply elasticity, Canada", (0.11, 0.03), (0.14, 0.01), false),
        row("Use of preferences under the USMCA", (0.03, 0.025), (0.04, 0.005), false),
        row("Home sales of the United States", (0.008, 0.03), (0.006, 0.007), true),
        row("Freight rate by truck", (-0.01, 0.02), (0.0004, 0.001), true),
    ];
    let canvas = indices(rows.clone()).draw().unwrap();
    assert_eq!(canvas.texts().iter().filter(|t| t.text == "within noise").count(), 2);
    assert!(canvas.texts().iter().all(|t| t.text != "−0.01"), "an index within noise is not printed");
    holds("indices", canvas);
    let alone: Vec<IndexRow> = (0..40).map(|i| IndexRow { total: None, ..rows[i % 6].clone() }).collect();
    let canvas = indices(alone).draw().unwrap();
    assert!(!canvas.texts().iter().any(|t| t.text.starts_with("total index")));
    holds("indices-first", canvas);
}

#[test]
fn names_that_begin_alike_are_told_apart() {
    let both = |sector: &str| IndexRow {
        label: format!("Import & Home–import elasticity, {sector}"),
        first: bar(0.2, 0.1),
        total: bar(0.3, 0.1),
        noise: false,
    };
    let canvas = indices(vec![both("Medical and precision instruments"), both("Machinery and computers")]).draw().unwrap();
    for end in ["instruments", "computers"] {
        assert!(canvas.texts().iter().any(|t| t.text.ends_with(end)), "{end}");
    }
    holds("indices-alike", canvas);
}

#[test]
fn odd_indices_still_make_a_page() {
    let row = |label: &str, first, total| IndexRow { label: label.into(), first, total, noise: false };
    let rows = vec![
        row(LONG, bar(0.5, f64::INFINITY), None),
        row("stray", bar(1e90, 1.0), bar(f64::NAN, 0.1)),
        row("backwards", Some(IndexBar { value: -40.0, low: 2.0, high: -2.0 }), bar(0.2, 0.0)),
    ];
    let canvas = indices(rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("go on beyond the axis")));
    holds("indices-odd", canvas);
    holds("indices-zero", indices(vec![row("nothing", bar(0.0, 0.0), bar(-0.0, 0.0))]).draw().unwrap());
    holds("indices-none", indices(vec![row("unknown", None, None)]).draw().unwrap());
}

fn attribution(groups: &[&str], rows: Vec<(&str, Vec<f64>, &str)>) -> AttributionChart {
    AttributionChart {
        title: "Where the uncertainty comes from, 2026".into(),
        subtitle: "Share of each outcome’s variance by group of inputs (Shapley effects; 4,096 draws for each of 16 subsets)".into(),
        source: SOURCE.into(),
        groups: groups.iter().map(|g| (*g).to_owned()).collect(),
        spread_name: "standard deviation".into(),
        rows: rows
            .into_iter()
            .map(|(label, shares, spread)| AttributionRow { label: label.into(), shares, spread: spread.into() })
            .collect(),
    }
}

#[test]
fn attribution_reads_well() {
    let groups = ["data", "elasticities", "policy", "freight"];
    let rows = vec![
        ("US imports of Canadian steel", vec![0.16, 0.57, 0.24, 0.03], "US$ 1.2 bn"),
        ("Canada–Mexico trade by sea", vec![0.31, 0.12, 0.15, 0.42], "9.4 pp"),
        ("US consumer surplus", vec![0.22, 0.30, 0.487, -0.007], "US$ 4.1 bn"),
        ("US tariff revenue", vec![0.06, 0.19, 0.75, 0.0], "US$ 2.6 bn"),
        ("Throughput of Veracruz", vec![0.20, 0.04, 0.006, 0.754], "61 000 TEU"),
    ];
    let canvas = attribution(&groups, rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "57%") && canvas.texts().iter().any(|t| t.text.starts_with("A share below zero")));
    holds("attribution", canvas);
    let long: Vec<String> = (0..9).map(|i| format!("Group of inputs number {i}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let many = (0..60).map(|i| ("An outcome with a name", (0..9).map(|g| f64::from((i * 7 + g * 3) % 11 + 1)).collect::<Vec<_>>()));
    let many = many.map(|(label, shares)| (label, shares.iter().map(|s| s / shares.iter().sum::<f64>()).collect(), "US$ 1.2 bn"));
    holds("attribution-many", attribution(&long, many.collect()).draw().unwrap());
}

#[test]
fn odd_attributions_still_make_a_page() {
    let rows = vec![
        ("still", vec![0.0, 0.0], LONG),
        (LONG, vec![0.9, 0.05, 0.05], "1"),
        ("part", vec![0.3, 0.2], "1"),
        ("unknown", vec![f64::NAN, 1.0], ""),
        ("more than all", vec![40.0, -39.0], "1"),
        ("huge", vec![1e99, 1e99], "1"),
        ("none given", vec![], "1"),
    ];
    let canvas = attribution(&["data", LONG], rows).draw().unwrap();
    assert_eq!(canvas.texts().iter().filter(|t| t.text == "does not vary").count(), 1);
    assert_eq!(canvas.texts().iter().filter(|t| t.text == "n/a").count(), 2);
    holds("attribution-odd", canvas);
    holds("attribution-one", attribution(&["everything"], vec![("One outcome", vec![1.0], "")]).draw().unwrap());
    holds("attribution-none", attribution(&[], vec![("x", vec![1.0], "")]).draw().unwrap());
}
