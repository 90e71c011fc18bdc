//! Outcomes by branch: typical, of few draws, of none, certain, heavy-tailed, and odd.

use super::{LONG, holds};
use crate::charts::{BranchRow, BranchesChart, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";

fn branch(label: &str, share: f64, centre: f64, width: f64) -> BranchRow {
    let draws = (share * 10_000.0).round() as u64;
    let p = |z: f64| centre + z * width;
    BranchRow { label: label.into(), share, draws, p05: p(-1.6), p25: p(-0.7), p50: centre, p75: p(0.8), p95: p(1.9) }
}

fn branches(unit: Unit, rows: Vec<BranchRow>) -> BranchesChart {
    BranchesChart {
        title: "Canada–Mexico trade by sea in 2030, by the outcome of the 2026 review".into(),
        subtitle: "Change from 2024; dot: median, dark bar: 25–75%, light bar: 5–95% of the draws".into(),
        unit,
        source: SOURCE.into(),
        rows,
    }
}

#[test]
fn branches_read_well() {
    let rows = vec![
        branch("all draws", 1.0, 0.07, 0.09),
        branch("extension", 0.55, 0.03, 0.04),
        branch("annual reviews", 0.30, 0.08, 0.06),
        branch("withdrawal", 0.15, 0.24, 0.11),
    ];
    let canvas = branches(Unit::PercentChange, rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "15% · 1,500 draws"));
    holds("branches", canvas);
    let rows = vec![branch("all draws", 1.0, 4_100.0, 300.0), branch("withdrawal", 0.004, 5_900.0, 700.0)];
    holds("branches-usd", branches(Unit::UsdMillion, rows).draw().unwrap());
}

#[test]
fn odd_branches_still_make_a_page() {
    let mut rows = vec![
        branch(LONG, 1.0, 0.0, 0.0),
        branch("never", 0.0, f64::NAN, 1.0),
        branch("certain", 0.4, 0.0, 0.0),
        branch("heavy", 0.6, 0.2, 0.1),
    ];
    rows[3].p95 = 1e7;
    rows.push(BranchRow { p05: f64::NEG_INFINITY, ..branch("broken", f64::NAN, 0.1, 0.1) });
    rows.push(BranchRow { draws: u64::MAX, share: 1e300, ..branch("countless", 1.0, -3.0, 0.1) });
    let canvas = branches(Unit::CountChange("twenty-foot equivalent units a year".into()), rows).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("go on beyond it")) && canvas.texts().iter().any(|t| t.text == "no draw"));
    holds("branches-odd", canvas);
    holds("branches-zero", branches(Unit::PercentChange, vec![branch("all draws", 1.0, 0.0, 0.0)]).draw().unwrap());
    holds(
        "branches-none",
        BranchesChart { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..branches(Unit::Ratio, vec![]) }.draw().unwrap(),
    );
}
