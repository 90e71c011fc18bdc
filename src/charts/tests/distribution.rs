//! The distribution of one outcome: typical, certain, heavy-tailed, of every unit, and broken.

use super::{LONG, holds};
use crate::charts::{Bin, DistributionChart, Unit};

/// A skewed bell around `centre`: two half-normals, the upper `skew` times as wide.
fn bell(centre: f64, width: f64, skew: f64, unit: Unit) -> DistributionChart {
    let peak = 2.0 / (width * (1.0 + skew) * std::f64::consts::TAU.sqrt());
    let density = |x: f64| {
        let sd = if x < centre { width } else { width * skew };
        peak * (-0.5 * ((x - centre) / sd).powi(2)).exp()
    };
    let (low, high) = (centre - 2.6 * width, centre + 2.6 * width * skew);
    let step = (high - low) / 40.0;
    let bins = (0..40).map(|i| low + step * f64::from(i)).map(|x| Bin {
        low: x,
        high: x + step,
        density: density(x + step / 2.0) * (1.0 + 0.08 * (x / step * 12.9).sin()),
    });
    DistributionChart {
        title: "US imports of Canadian steel in 2026: change from 2024".into(),
        subtitle: "Per cent of customs value; 10,000 draws, shaded from the 5th to the 95th percentile".into(),
        unit,
        source: "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI".into(),
        bins: bins.collect(),
        density: (0..=200).map(|i| low + (high - low) * f64::from(i) / 200.0).map(|x| (x, density(x))).collect(),
        p05: centre - 1.55 * width,
        p50: centre,
        p95: centre + 1.75 * width * skew,
        mean: centre + 0.3 * width * (skew - 1.0),
        baseline: Some(0.0),
    }
}

#[test]
fn a_typical_distribution_reads_well() {
    holds("distribution", bell(-0.132, 0.045, 1.4, Unit::PercentChange).draw().unwrap());
}

#[test]
fn every_unit_and_size_fits() {
    holds("distribution-usd", DistributionChart { baseline: Some(9_300.0), ..bell(6_400.0, 900.0, 1.2, Unit::UsdMillion) }.draw().unwrap());
    holds("distribution-tiny", bell(2e-9, 3e-10, 1.0, Unit::Ratio).draw().unwrap());
    holds("distribution-huge", bell(-4e14, 9e13, 1.0, Unit::UsdMillionChange).draw().unwrap());
    holds(
        "distribution-teu",
        bell(-52_000.0, 31_000.0, 1.0, Unit::CountChange("twenty-foot equivalent units a year".into())).draw().unwrap(),
    );
    let far = DistributionChart { baseline: Some(1.0), ..bell(3.4e4, 0.4, 1.0, Unit::Ratio) };
    holds("distribution-far-baseline", far.draw().unwrap());
}

#[test]
fn one_value_in_every_draw_is_said_and_needs_no_axis() {
    for (name, value, baseline) in
        [("distribution-single", -0.5, Some(0.0)), ("distribution-zero", 0.0, Some(0.0)), ("distribution-one", 1.0, None)]
    {
        let chart = DistributionChart {
            bins: vec![],
            density: vec![],
            p05: value,
            p50: value,
            p95: value,
            mean: value,
            baseline,
            ..bell(0.0, 1.0, 1.0, Unit::PercentChange)
        };
        let canvas = chart.draw().unwrap();
        assert!(canvas.texts().iter().any(|t| t.text.contains(" in every draw")));
        holds(name, canvas);
    }
}

#[test]
fn heavy_tails_leave_the_axis_and_a_note_says_so() {
    let mut chart =
        DistributionChart { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..bell(0.02, 0.01, 1.5, Unit::PercentChange) };
    chart.bins.iter_mut().for_each(|b| b.density *= 0.9);
    chart.bins.push(Bin { low: 40.0, high: 41.0, density: 0.1 });
    let canvas = chart.draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("of draws lie beyond the ends of the axis")));
    holds("distribution-heavy", canvas);
}

#[test]
fn no_draws_and_broken_numbers_still_make_a_page() {
    holds("distribution-none", DistributionChart { p50: f64::NAN, ..bell(0.0, 1.0, 1.0, Unit::Ratio) }.draw().unwrap());
    let mut chart = bell(0.0, 1.0, 1.0, Unit::Ratio);
    chart.bins.push(Bin { low: f64::NAN, high: f64::INFINITY, density: f64::NAN });
    chart.density.push((f64::NAN, 1.0));
    chart.mean = f64::INFINITY;
    chart.baseline = Some(f64::NAN);
    holds("distribution-broken", chart.draw().unwrap());
}

#[test]
fn what_happens_in_few_draws_is_not_passed_over() {
    // A withdrawal in three draws of a hundred: the percentiles are one value, the draws are not.
    let rare = DistributionChart {
        bins: vec![Bin { low: -0.41, high: -0.40, density: 3.0 }, Bin { low: -0.01, high: 0.0, density: 97.0 }],
        density: vec![],
        p05: 0.0,
        p50: 0.0,
        p95: 0.0,
        mean: -0.0121,
        ..bell(0.0, 1.0, 1.0, Unit::PercentChange)
    };
    let canvas = rare.draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "0.0% in nine draws of ten or more, mean −1.2%."));
    holds("distribution-rare", canvas);
}

#[test]
fn a_baseline_that_is_far_off_is_named_below() {
    let canvas = bell(-12_700.0, 1_100.0, 1.0, Unit::UsdMillionChange).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "Zero (no change) lies off the axis."));
    holds("distribution-far-zero", canvas);
}
