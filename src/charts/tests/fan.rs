//! The fan over the periods: typical, one period, many quarters, certain, heavy-tailed, with gaps.

use super::{LONG, holds};
use crate::charts::{FanChart, FanPair, FanPeriod, FanSide, Unit};

fn period(label: &str, centre: f64, width: f64) -> FanPeriod {
    let at = |z: f64| centre + width * z * if z > 0.0 { 1.3 } else { 1.0 };
    FanPeriod { label: label.into(), p01: at(-2.3), p05: at(-1.6), p25: at(-0.7), p50: centre, p75: at(0.7), p95: at(1.6), p99: at(2.3) }
}

fn fan(unit: Unit, baseline: Option<(&str, f64)>, periods: Vec<FanPeriod>) -> FanChart {
    FanChart {
        title: "US imports of Canadian steel: change from 2024".into(),
        subtitle: "Per cent of customs value; median of 10,000 draws with bands for 25–75%, 5–95% and 1–99% of them".into(),
        unit,
        source: "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI".into(),
        baseline: baseline.map(|(name, value)| (name.into(), value)),
        periods,
    }
}

#[test]
fn a_typical_fan_reads_well() {
    let periods =
        vec![period("2025", -0.21, 0.04), period("2026", -0.46, 0.06), period("2027", -0.44, 0.075), period("2028", -0.43, 0.085)];
    holds("fan", fan(Unit::PercentChange, Some(("2024", 0.0)), periods).draw().unwrap());
    let periods = vec![
        period("2025", 8_200.0, 500.0),
        period("2026", 6_900.0, 700.0),
        period("2027", 6_700.0, 900.0),
        period("2028", 6_800.0, 1_000.0),
    ];
    holds("fan-usd", fan(Unit::UsdMillion, Some(("2024", 9_300.0)), periods).draw().unwrap());
}

#[test]
fn quarters_are_thinned_and_long_names_cut() {
    let quarters: Vec<FanPeriod> =
        (0..16).map(|q| period(&format!("{}Q{}", 2025 + q / 4, 1 + q % 4), -0.02 * f64::from(q), 0.01 * f64::from(q + 1))).collect();
    holds("fan-quarters", fan(Unit::PercentChange, Some(("2024", 0.0)), quarters.clone()).draw().unwrap());
    let long: Vec<FanPeriod> =
        quarters.into_iter().map(|p| FanPeriod { label: format!("the quarter {} after the review", p.label), ..p }).collect();
    holds(
        "fan-long",
        FanChart { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..fan(Unit::Ratio, Some((LONG, 1.0)), long) }
            .draw()
            .unwrap(),
    );
}

#[test]
fn one_period_is_an_interval() {
    holds("fan-one", fan(Unit::UsdMillionChange, Some(("2024", 0.0)), vec![period("2026", 420.0, 160.0)]).draw().unwrap());
    holds("fan-one-alone", fan(Unit::Fraction, None, vec![period("2026", 0.82, 0.03)]).draw().unwrap());
}

#[test]
fn certain_heavy_tailed_and_extreme_outcomes_fit() {
    let certain = |label: &str, value: f64| FanPeriod {
        p01: value,
        p05: value,
        p25: value,
        p75: value,
        p95: value,
        p99: value,
        ..period(label, value, 0.0)
    };
    holds("fan-certain", fan(Unit::Fraction, Some(("2024", 0.01)), vec![certain("2025", 0.25), certain("2026", 0.35)]).draw().unwrap());
    holds("fan-zero", fan(Unit::PercentChange, Some(("2024", 0.0)), vec![certain("2025", 0.0), certain("2026", 0.0)]).draw().unwrap());
    let heavy = FanPeriod { p01: -0.9, p99: 88.0, ..period("2026", 0.1, 0.05) };
    let canvas = fan(Unit::PercentChange, Some(("2024", 0.0)), vec![period("2025", 0.05, 0.03), heavy]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("runs off the axis")));
    holds("fan-heavy", canvas);
    holds("fan-tiny", fan(Unit::Ratio, None, vec![period("2025", 1e-11, 1e-12), period("2026", 3e-11, 1e-12)]).draw().unwrap());
    holds("fan-huge", fan(Unit::UsdMillion, None, vec![period("2025", 1e13, 1e12), period("2026", 3e13, 1e12)]).draw().unwrap());
}

#[test]
fn periods_without_numbers_are_left_out() {
    let missing = FanPeriod { p50: f64::NAN, ..period("2026", 0.1, 0.1) };
    holds(
        "fan-gap",
        fan(Unit::PercentChange, None, vec![period("2025", 0.1, 0.1), missing.clone(), period("2027", 0.2, 0.1)]).draw().unwrap(),
    );
    holds("fan-none", fan(Unit::PercentChange, None, vec![missing]).draw().unwrap());
}

#[test]
fn two_worlds_stand_on_one_axis() {
    let side = |label: &str, centre: f64, width: f64| FanSide {
        label: label.into(),
        baseline: Some(("2024".into(), 0.0)),
        periods: (0..4).map(|y| period(&format!("{}", 2025 + y), centre * f64::from(y + 1), width * f64::from(y + 1))).collect(),
    };
    let pair = |unit: Unit, sides: [FanSide; 2]| FanPair {
        title: "Canada–Mexico trade by sea".into(),
        subtitle: "Change from 2024, US$ a year; 10,000 draws, bands hold 50%, 90% and 98% of them".into(),
        unit,
        source: "Tradewind, two scenarios, baseline-2024".into(),
        sides,
    };
    let nothing = || FanSide { label: "Nothing solved".into(), baseline: None, periods: vec![period("2025", f64::NAN, 1.0)] };
    let (low, high) = (side("US tariffs on Canada and Mexico", 100.0, 60.0), side(LONG, 350.0, 90.0));
    holds("fan-pair", pair(Unit::UsdMillionChange, [low.clone(), high.clone()]).draw().unwrap());
    holds("fan-pair-same", pair(Unit::UsdMillionChange, [side("A", 0.0, 0.0), side("B", 0.0, 0.0)]).draw().unwrap());
    holds("fan-pair-half", pair(Unit::PercentChange, [nothing(), side("B", -0.1, 0.02)]).draw().unwrap());
    holds("fan-pair-none", pair(Unit::PercentChange, [nothing(), nothing()]).draw().unwrap());
    // On the same axis the same value stands at the same height: the tick labels of both are alike.
    let canvas = pair(Unit::UsdMillionChange, [low, high]).draw().unwrap();
    let zeros: Vec<f64> = canvas.texts().iter().filter(|text| text.text == "0").map(|text| text.top).collect();
    assert!(zeros.len() == 2 && zeros[0] == zeros[1], "{zeros:?}");
}

#[test]
fn what_never_moves_needs_no_axis_and_a_band_that_fits_no_note() {
    let still = |label: &str| FanPeriod { p01: 0.3, p05: 0.3, p25: 0.3, p75: 0.3, p95: 0.3, p99: 0.3, ..period(label, 0.3, 0.0) };
    let canvas = fan(Unit::Fraction, Some(("2024", 0.3)), vec![still("2025"), still("2026")]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.starts_with("30.0% in every period")));
    holds("fan-still", canvas);
    // The axis ends at −300 bn, so the outer band does fit.
    let skewed = FanPeriod { label: "2028".into(), p01: -293e3, p05: -175e3, p25: -52e3, p50: -19e3, p75: -7e3, p95: -1.8e3, p99: -0.4e3 };
    let canvas = fan(Unit::UsdMillionChange, Some(("2024", 0.0)), vec![skewed]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "−300") && !canvas.texts().iter().any(|t| t.text.contains("runs off")));
    holds("fan-skewed", canvas);
}
