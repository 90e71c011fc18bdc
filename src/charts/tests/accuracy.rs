//! How sure a run is: convergence and exceedance, typical, extreme and odd.

use super::{LONG, holds};
use crate::charts::{ConvergenceChart, ConvergenceLine, ExceedanceChart, ExceedancePoint, ThresholdMark, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; trade flows 2024 from US Census, StatCan and BACI";

fn falling(label: &str, start: f64, slope: f64, wiggle: f64) -> ConvergenceLine {
    let points = (0..17).map(|i| {
        let draws = 256.0 * 2f64.powf(f64::from(i) / 2.0);
        (draws, start * (draws / 256.0).powf(-slope) * (1.0 + wiggle * (f64::from(i) * 2.3 + start * 1e4).sin()))
    });
    ConvergenceLine { label: label.into(), points: points.collect() }
}

fn convergence(lines: Vec<ConvergenceLine>, target: Option<f64>) -> ConvergenceChart {
    ConvergenceChart {
        title: "Simulation error of the outcomes’ means".into(),
        subtitle: "Sobol’ draws; standard error from the spread of 16 independent randomisations".into(),
        source: SOURCE.into(),
        measure: "standard error as a share of the outcome’s mean".into(),
        lines,
        target,
    }
}

#[test]
fn convergence_reads_well_with_one_line_and_with_sixty() {
    let names = [
        "US imports of Canadian steel, 2026",
        "Canada–Mexico trade by sea, 2030",
        "US tariff revenue, 2028",
        "Throughput of Veracruz, 2027",
    ];
    let lines = (0..60).map(|i| falling(names[i % 4], 0.02 * (1.0 + (i as f64 * 1.7).sin() * 0.8), 0.75 + 0.2 * (i as f64).cos(), 0.12));
    let canvas = convergence(lines.collect(), Some(0.005)).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "precision asked for") && canvas.texts().iter().any(|t| t.text.starts_with("median:")));
    holds("convergence", canvas);
    holds("convergence-one", convergence(vec![falling(names[0], 0.04, 0.5, 0.1)], None).draw().unwrap());
    holds(
        "convergence-three",
        convergence((0..3).map(|i| falling(names[i], 0.04, 0.5 + 0.2 * i as f64, 0.1)).collect(), Some(0.01)).draw().unwrap(),
    );
}

#[test]
fn odd_convergence_still_makes_a_page() {
    let only = |label: &str, draws, error| ConvergenceLine { label: label.into(), points: vec![(draws, error)] };
    let canvas = convergence(vec![only("one point", 256.0, 0.01), only("exact", 256.0, 0.0), only(LONG, 256.0, 0.02)], Some(f64::NAN))
        .draw()
        .unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "Without error, or not known, and not shown: exact."));
    holds("convergence-point", canvas);
    let wild = vec![
        ConvergenceLine {
            label: LONG.into(),
            points: vec![(256.0, 1e-90), (1e90, 1e80), (f64::NAN, 1.0), (512.0, f64::INFINITY), (-1.0, -1.0)],
        },
        falling("sane", 1.0, 1.0, 0.0),
    ];
    holds("convergence-wild", ConvergenceChart { measure: LONG.into(), ..convergence(wild, Some(1e-99)) }.draw().unwrap());
    holds("convergence-none", convergence(vec![only("exact", 256.0, 0.0)], Some(0.1)).draw().unwrap());
}

fn mark(value: f64, label: &str, above: Option<f64>) -> ThresholdMark {
    ThresholdMark { value, label: label.into(), above }
}

fn exceedance(unit: Unit, curve: Vec<ExceedancePoint>, thresholds: Vec<ThresholdMark>) -> ExceedanceChart {
    ExceedanceChart {
        title: "How likely US imports of Canadian steel are to exceed a value, 2026".into(),
        subtitle: "Change from 2024; 10,000 draws, band: 95% interval of the simulation".into(),
        unit,
        source: SOURCE.into(),
        curve,
        thresholds,
    }
}

fn logistic(centre: f64, width: f64, error: f64) -> Vec<ExceedancePoint> {
    let at = |i: i32| {
        let z = f64::from(i) / 50.0 * 6.9;
        let p = 1.0 / (1.0 + z.exp());
        let half = error * (p * (1.0 - p)).sqrt();
        ExceedancePoint { x: centre + width * z, p, low: (p - half).max(0.0), high: (p + half).min(1.0) }
    };
    (-50..=50).map(at).collect()
}

#[test]
fn exceedance_reads_well() {
    let canvas = exceedance(
        Unit::UsdMillionChange,
        logistic(-6_000.0, 900.0, 0.05),
        vec![mark(-10_000.0, "", None), mark(-5_000.0, "threshold −US$ 5 bn", Some(0.248))],
    );
    let canvas = canvas.draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "25% above, 75% below"));
    holds("exceedance", canvas);
    let close = (0..9).map(|i| mark(-0.30 + 0.005 * f64::from(i), "a threshold with a long name", None)).chain([mark(3.0, "", None)]);
    let canvas = exceedance(Unit::PercentChange, logistic(-0.3, 0.03, 0.2), close.collect()).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.starts_with("Beyond the axis: +300%")));
    holds("exceedance-many", canvas);
}

#[test]
fn odd_exceedance_still_makes_a_page() {
    let point = |x, p| ExceedancePoint { x, p, low: f64::NAN, high: f64::INFINITY };
    let canvas = exceedance(Unit::UsdMillion, vec![point(555e3, 0.0)], vec![mark(5e5, "", Some(1.0))]).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "US$ 555 bn in every draw; 100% of draws above US$ 500 bn."));
    holds("exceedance-point", exceedance(Unit::Ratio, vec![point(1.0, 0.0)], vec![mark(1.0, LONG, None)]).draw().unwrap());
    holds(
        "exceedance-wild",
        exceedance(
            Unit::Count(LONG.into()),
            vec![point(1.0, 7.0), point(-1e90, f64::NAN), point(1e9, -3.0)],
            vec![mark(f64::NAN, "", None), mark(2e8, LONG, Some(9.0))],
        )
        .draw()
        .unwrap(),
    );
    holds("exceedance-none", exceedance(Unit::Ratio, vec![point(f64::NAN, 1.0)], vec![]).draw().unwrap());
}
