//! Ports over time: typical, in containers, with capacities that grow, and odd.

use super::{LONG, holds};
use crate::charts::{PortFans, PortPanel, PortPeriod, Unit};

const SOURCE: &str = "Tradewind partial-equilibrium model; port statistics 2024 of the port authorities";
const PORTS: [(&str, &str, f64); 13] = [
    ("Vancouver", "Canada", 0.61),
    ("Prince Rupert", "Canada", 0.57),
    ("Montréal", "Canada", 0.67),
    ("Halifax", "Canada", 0.66),
    ("Saint John", "Canada", 0.58),
    ("Québec", "Canada", 0.13),
    ("Manzanillo", "Mexico", 0.74),
    ("Lázaro Cárdenas", "Mexico", 0.66),
    ("Ensenada", "Mexico", 0.69),
    ("Mazatlán", "Mexico", 0.48),
    ("Veracruz", "Mexico", 0.70),
    ("Altamira", "Mexico", 0.69),
    ("Progreso", "Mexico", 0.37),
];

fn at(label: &str, p50: f64, spread: f64) -> PortPeriod {
    PortPeriod { label: label.into(), p05: p50 * (1.0 - spread), p50, p95: p50 * (1.0 + 1.2 * spread) }
}

fn port(name: &str, country: &str, used: f64, size: f64) -> PortPanel {
    let years = ["2025", "2026", "2027", "2028", "2029", "2030"];
    let grown = |i: usize| used * size * 1.045f64.powi(i as i32 + 1);
    PortPanel {
        name: name.into(),
        country: country.into(),
        base: Some(("2024".into(), used * size)),
        periods: years.iter().enumerate().map(|(i, year)| at(year, grown(i), 0.02 * (i + 1) as f64)).collect(),
        capacity: std::iter::once(&"2024").chain(&years).map(|year| at(year, size, 0.0)).collect(),
        note: (used > 0.68).then(|| "waiting +1.3 days in 2030".to_owned()),
    }
}

fn fans(unit: Unit, panels: Vec<PortPanel>) -> PortFans {
    PortFans {
        title: "How full the ports become".into(),
        subtitle:
            "Containers handled as a share of what the terminals can take; median of 10,000 draws, band from the 5th to the 95th percentile"
                .into(),
        unit,
        source: SOURCE.into(),
        panels,
    }
}

#[test]
fn ports_read_well_and_the_fullest_comes_first() {
    let canvas = fans(Unit::Fraction, PORTS.iter().map(|(n, c, u)| port(n, c, *u, 1.0)).collect()).draw().unwrap();
    let place = |name: &str| canvas.texts().iter().find(|t| t.text == name).map(|t| (t.top, t.left)).unwrap();
    assert!(place("Manzanillo") < place("Veracruz") && place("Veracruz") < place("Progreso"));
    assert!(canvas.texts().iter().any(|t| t.text == "Less full and not shown: Québec."));
    holds("port-fans", canvas);
}

#[test]
fn ports_in_containers_have_their_own_scale_and_capacities_that_grow() {
    let sizes = [5.7e6, 1.3e6, 2.2e6, 8.2e5, 3.2e5];
    let mut panels: Vec<PortPanel> = PORTS.iter().zip(sizes).map(|((n, c, u), size)| port(n, c, *u, size)).collect();
    for (i, step) in panels[2].capacity.iter_mut().enumerate().skip(4) {
        *step = PortPeriod { p05: step.p50, p50: step.p50 * 1.4, p95: step.p50 * 1.55, label: format!("{}", 2024 + i) };
    }
    let canvas = fans(Unit::Count("TEU".into()), panels.clone()).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text.contains("own scale")));
    holds("port-fans-teu", canvas);
    panels.truncate(1);
    holds("port-fans-one", fans(Unit::Count("TEU".into()), panels).draw().unwrap());
}

#[test]
fn odd_ports_still_make_a_page() {
    let mut odd: Vec<PortPanel> = PORTS[..7].iter().map(|(n, c, u)| port(n, c, *u, 1.0)).collect();
    odd[0] = PortPanel { name: LONG.into(), country: LONG.into(), note: Some(LONG.into()), ..odd[0].clone() };
    odd[1].periods[5].p95 = 40.0;
    odd[2].periods.iter_mut().for_each(|p| p.p50 = f64::NAN);
    odd[3].base = None;
    odd[3].periods.iter_mut().for_each(|p| p.p05 = f64::NEG_INFINITY);
    odd[4].capacity = vec![at("2030", f64::NAN, 0.0), at("1999", 1.0, 0.0)];
    odd[5] = port("still", "Canada", 0.0, 0.0);
    odd[6].base = Some((LONG.into(), -0.4));
    let canvas = fans(Unit::Fraction, odd.clone()).draw().unwrap();
    assert!(canvas.texts().iter().any(|t| t.text == "Not known: Halifax."));
    holds("port-fans-odd", canvas);
    let one = PortPanel { periods: vec![at("2030", 0.9, 0.1)], base: None, capacity: vec![at("2030", 1.0, 0.0)], ..odd[6].clone() };
    holds("port-fans-single", fans(Unit::Fraction, vec![one]).draw().unwrap());
    holds(
        "port-fans-none",
        PortFans { title: LONG.into(), subtitle: LONG.into(), source: LONG.into(), ..fans(Unit::Ratio, vec![]) }.draw().unwrap(),
    );
}
