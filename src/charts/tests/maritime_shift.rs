//! The parts of the change by sea: typical, one period, many, zero, and odd.

use super::{LONG, holds};
use crate::charts::{MaritimeShiftChart, ShiftDirection, ShiftPeriod, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";

fn shift(directions: Vec<ShiftDirection>) -> MaritimeShiftChart {
    MaritimeShiftChart {
        title: "Why Canada–Mexico trade by sea changes".into(),
        subtitle: "Change from 2024 at 2024 prices; mean of 10,000 draws, whiskers from the 5th to the 95th percentile".into(),
        unit: Unit::UsdMillionChange,
        source: SOURCE.into(),
        directions,
    }
}

fn change(label: &str, [volume, route, joint]: [f64; 3], spread: f64) -> ShiftPeriod {
    let total = volume + route + joint;
    ShiftPeriod { label: label.into(), volume, route, joint, p05: total - spread, p95: total + 1.3 * spread }
}

#[test]
fn the_parts_of_the_shift_read_well_and_add_up() {
    let south = vec![
        change("2026", [180.0, 95.0, 12.0], 90.0),
        change("2028", [240.0, 310.0, 35.0], 180.0),
        change("2030", [260.0, 520.0, 66.0], 260.0),
    ];
    let north = vec![
        change("2026", [-140.0, 60.0, -7.0], 60.0),
        change("2028", [-310.0, 190.0, -24.0], 110.0),
        change("2030", [-380.0, 240.0, -31.0], 160.0),
    ];
    let directions = vec![
        ShiftDirection { label: "Canada to Mexico".into(), periods: south },
        ShiftDirection { label: "Mexico to Canada".into(), periods: north },
    ];
    let canvas = shift(directions).draw().unwrap();
    for figure in ["+846", "−171", "+520", "−31"] {
        assert!(canvas.texts().iter().any(|t| t.text == figure), "{figure}");
    }
    holds("maritime-shift", canvas);
    let one = ShiftDirection { label: "Canada to Mexico".into(), periods: vec![change("2030", [1_260.0, -520.0, -66.0], 0.0)] };
    holds("maritime-shift-one", shift(vec![one]).draw().unwrap());
}

#[test]
fn odd_shifts_still_make_a_page() {
    let years = (2025..2036).map(|y| change(&format!("{y}"), [f64::from(y - 2030), 3.0, -1.0], 2.0)).collect();
    let mut odd = vec![
        ShiftDirection { label: LONG.into(), periods: years },
        ShiftDirection { label: "zero".into(), periods: vec![change(LONG, [0.0; 3], 0.0), change("broken", [f64::NAN, 1.0, 2.0], 1.0)] },
        ShiftDirection { label: "empty".into(), periods: vec![] },
    ];
    odd[0].periods[2].p95 = f64::INFINITY;
    odd[0].periods[3].p05 = -4e9;
    let canvas = shift(odd).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("go on beyond the axis")));
    holds("maritime-shift-odd", canvas);
    holds(
        "maritime-shift-zero",
        shift(vec![ShiftDirection { label: "zero".into(), periods: vec![change("2030", [0.0; 3], 0.0)] }]).draw().unwrap(),
    );
    holds(
        "maritime-shift-none",
        MaritimeShiftChart { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..shift(vec![]) }.draw().unwrap(),
    );
}

#[test]
fn periods_have_one_width_and_a_whisker_that_is_cut_has_no_end() {
    let years: Vec<ShiftPeriod> = (2025..2031).map(|y| change(&format!("{y}"), [50.0, 0.0, 0.0], 5.0)).collect();
    let drawn = |periods: Vec<ShiftPeriod>| shift(vec![ShiftDirection { label: "south".into(), periods }]).draw().unwrap();
    let canvas = drawn(years.clone());
    let centre = |text: &str| canvas.texts().iter().find(|t| t.text == text).map(|t| f64::midpoint(t.left, t.right)).unwrap();
    assert!((centre("2025") - centre("2029")).abs() < 1e-9 && (centre("2026") - centre("2030")).abs() < 1e-9);
    // Each whisker is three lines, and one that is cut above two.
    let lines = |periods: Vec<ShiftPeriod>| drawn(periods).into_svg().matches("<polyline").count();
    let mut cut = years.clone();
    cut[3].p95 = 9e3;
    assert_eq!(lines(cut), lines(years) - 1);
}
