//! The charts of a run as a whole, for its last period: diversion, route mix, tariffs, trade at risk.

use super::pictures::Planned;
use super::wording::{base_year, capitalised, draws, leading_draws, means_and, slug, source};
use crate::baseline::Mode;
use crate::charts::{
    Corridor, Destination, Direction, DiversionChart, DiversionPanel, DiversionRow, RouteMixChart, RouteShare, SectorRisk, TariffMap,
    TariffPeriod, TradeAtRiskChart, Unit,
};
use crate::findings::{Against, Findings};
use crate::simulation::tables::exposure::Measure;
use crate::simulation::tables::route_mix::When;

/// Pairs that get a chart or panel of their own.
const MOST_PAIRS: usize = 4;
/// Columns of a tariff map.
const MOST_COLUMNS: usize = 16;

pub(super) fn all<'f>(findings: &'f Findings<'_>) -> Vec<Planned<'f>> {
    let mut planned = Vec::new();
    let pairs = pairs(findings);
    if !pairs.is_empty() {
        let origins = origins(&pairs);
        planned.push(Planned { name: "diversion".into(), figures: Box::new(move || diversion(findings, &origins).into()) });
    }
    if findings.against != Against::BaseYear {
        // The other charts show levels, and a difference has none.
        return planned;
    }
    if !pairs.is_empty() {
        planned.push(Planned { name: "tariffs".into(), figures: Box::new(move || tariffs(findings).into()) });
    }
    if !findings.plan.tables.route_mix.keys.is_empty() {
        planned.push(Planned { name: "route-mix".into(), figures: Box::new(move || route_mix(findings).into()) });
    }
    for (exporter, importer) in pairs {
        let name = slug(&format!("trade-at-risk-{}-{}", findings.region(exporter), findings.region(importer)));
        planned.push(Planned { name, figures: Box::new(move || trade_at_risk(findings, exporter, importer).into()) });
    }
    planned
}

/// The pairs that measures bear on: those whose routes are known first, the larger trade before the smaller.
fn pairs(findings: &Findings<'_>) -> Vec<(usize, usize)> {
    let mut pairs = exposed_pairs(findings);
    let detailed = |pair: &(usize, usize)| findings.baseline.routes_of(pair.0, pair.1).next().is_some();
    if pairs.iter().any(detailed) {
        pairs.retain(detailed);
    }
    let trade =
        |pair: &(usize, usize)| -> f64 { (0..findings.plan.world.sectors).map(|s| findings.plan.world.value(s, pair.0, pair.1)).sum() };
    pairs.sort_by(|a, b| trade(b).total_cmp(&trade(a)));
    pairs.truncate(MOST_PAIRS);
    pairs
}

fn exposed_pairs(findings: &Findings<'_>) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for key in &findings.plan.tables.exposure.keys {
        if !pairs.contains(&(key.exporter, key.importer)) {
            pairs.push((key.exporter, key.importer));
        }
    }
    pairs
}

fn origins(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut origins: Vec<usize> = pairs.iter().map(|pair| pair.0).collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}

fn last(findings: &Findings<'_>) -> usize {
    findings.plan.world.periods - 1
}

fn diversion(findings: &Findings<'_>, origins: &[usize]) -> DiversionChart {
    let (period, plan) = (last(findings), findings.plan);
    let start = plan.tables.ranges()[4].start;
    let markets: Vec<usize> = exposed_pairs(findings).iter().map(|pair| pair.1).collect();
    let panels = origins.iter().map(|&origin| {
        let keys = plan.tables.diversion.keys.iter().enumerate().filter(|(_, key)| key.exporter == origin && key.sector.is_none());
        let mut keys: Vec<_> = keys.collect();
        // The market that the measures shut first, then the others, home, and what is not made.
        keys.sort_by_key(|(_, key)| match key.destination {
            Some(region) if markets.contains(&region) && region != origin => 0,
            Some(region) if region != origin => 1,
            Some(_) => 2,
            None => 3,
        });
        let rows = keys.into_iter().map(|(index, key)| {
            let figures = findings.cells.change(period, start + index);
            let (label, destination) = match key.destination {
                None => ("Not made".to_string(), Destination::NotMade),
                Some(region) if region == origin => ("At home".to_string(), Destination::Home),
                Some(region) => (findings.baseline.regions[region].name.clone(), Destination::Market),
            };
            let row = DiversionRow { label, destination, mean: figures.mean, p05: figures.p05, p95: figures.p95 };
            if row.destination == Destination::NotMade && row.mean < 0.0 { made_in_addition(row) } else { row }
        });
        DiversionPanel { origin: findings.baseline.regions[origin].name.clone(), rows: rows.collect() }
    });
    DiversionChart {
        title: format!("Where exporters’ goods go instead, {}", findings.period(period)),
        subtitle: format!(
            "{} in volume at base-year prices, US$ a year; {}",
            match &findings.against {
                Against::BaseYear => format!("Change from {}", base_year(findings)),
                Against::Scenario(title) => format!("Difference from “{title}”"),
            },
            means_and(findings, "5th to 95th percentile (lines)")
        ),
        unit: Unit::UsdMillionChange,
        source: source(findings),
        panels: panels.collect(),
    }
}

/// Less than nothing not made is more made: said so, with the sign that goes with it.
fn made_in_addition(row: DiversionRow) -> DiversionRow {
    DiversionRow { label: "Made in addition".into(), mean: -row.mean, p05: -row.p95, p95: -row.p05, ..row }
}

fn route_mix(findings: &Findings<'_>) -> RouteMixChart {
    let (period, plan) = (last(findings), findings.plan);
    let start = plan.tables.ranges()[7].start;
    let mut directions: Vec<Direction> = Vec::new();
    let mut current = None;
    for (index, key) in plan.tables.route_mix.keys.iter().enumerate() {
        let pair = (key.exporter, key.importer);
        if current != Some(pair) {
            current = Some(pair);
            let name = |region: usize| &findings.baseline.regions[region].name;
            directions.push(Direction { label: format!("{} to {}", name(pair.0), name(pair.1)), routes: Vec::new() });
        }
        let Some(direction) = directions.last_mut() else { continue };
        let figures = findings.cells.change(period, start + index);
        match key.when {
            When::BaseYear => {
                let Some(route) = findings.route(pair.0, pair.1, key.route) else { continue };
                let label = match findings.baseline.routes_of(pair.0, pair.1).nth(key.route) {
                    Some((_, of_baseline)) => {
                        let via = of_baseline.via.map(|region| format!(" through {}", findings.region(region))).unwrap_or_default();
                        let ports =
                            of_baseline.ports.map(|(from, to)| (&findings.baseline.ports[from].name, &findings.baseline.ports[to].name));
                        let words: Vec<String> = route.name.split('_').map(capitalised).collect();
                        ports.map_or_else(|| format!("{}{via}", words.join(", ")), |(from, to)| format!("Sea, {from}–{to}"))
                    }
                    // A service has a name that people gave it.
                    None => route.name.clone(),
                };
                direction.routes.push(RouteShare { label, mode: route.mode, before: figures.mean, after: 0.0, p05: 0.0, p95: 0.0 });
            }
            When::Now => {
                if let Some(route) = direction.routes.last_mut() {
                    (route.after, route.p05, route.p95) = (figures.mean, figures.p05, figures.p95);
                }
            }
        }
    }
    for direction in &mut directions {
        order(direction, findings);
    }
    let (before, after) = (base_year(findings), findings.period(period).to_string());
    RouteMixChart {
        title: format!("{} by route, {before} and {after}", trade_between(findings)),
        subtitle: format!(
            "Share of the customs value of all goods, whose mix also moves it; {}",
            means_and(findings, "5th to 95th percentile")
        ),
        source: source(findings),
        before,
        after,
        directions,
    }
}

/// Routes of one mode side by side, what is new first: it is what one looks for.
fn order(direction: &mut Direction, findings: &Findings<'_>) {
    let modes: Vec<Mode> = direction.routes.iter().map(|route| route.mode).collect();
    let is_service = |route: &RouteShare| findings.scenario.services.iter().any(|service| service.name == route.label);
    direction.routes.sort_by_key(|route| (modes.iter().position(|mode| *mode == route.mode), !is_service(route)));
}

/// "Canada–Mexico trade" where the route mix is about one pair, in one direction or both.
fn trade_between(findings: &Findings<'_>) -> String {
    let mut pairs: Vec<(usize, usize)> =
        findings.plan.tables.route_mix.keys.iter().map(|k| (k.exporter.min(k.importer), k.exporter.max(k.importer))).collect();
    pairs.dedup();
    match pairs[..] {
        [(one, other)] => format!("{}–{} trade", findings.baseline.regions[one].name, findings.baseline.regions[other].name),
        _ => "Trade".into(),
    }
}

fn tariffs(findings: &Findings<'_>) -> TariffMap {
    let plan = findings.plan;
    let pairs = exposed_pairs(findings);
    // First and last period; all of them where there is room.
    let periods: Vec<usize> = match plan.world.periods {
        1 => vec![0],
        n if n * pairs.len() <= MOST_COLUMNS => (0..n).collect(),
        n if 2 * pairs.len() <= MOST_COLUMNS => vec![0, n - 1],
        n => vec![n - 1],
    };
    let shown = &pairs[..pairs.len().min(MOST_COLUMNS)];
    let start = plan.tables.ranges()[1].start;
    let rate = |period: usize, sector: usize, pair: &(usize, usize)| {
        let keys = &plan.tables.tariffs.keys;
        let found = keys.iter().position(|k| k.sector == sector && k.exporter == pair.0 && k.importer == pair.1);
        let traded = plan.world.value(sector, pair.0, pair.1) > 0.0;
        found.filter(|_| traded).map_or(f64::NAN, |key| keys[key].base + findings.cells.change(period, start + key).mean)
    };
    TariffMap {
        title: "Effective tariffs by sector and corridor".into(),
        subtitle: format!("% of customs value, base-year tariff included; mean of {}", draws(findings)),
        source: source(findings),
        sectors: findings.baseline.sectors.iter().map(|sector| sector.name.clone()).collect(),
        corridors: shown
            .iter()
            .map(|pair| Corridor { exporter: findings.region(pair.0).to_string(), importer: findings.region(pair.1).to_string() })
            .collect(),
        periods: periods
            .iter()
            .map(|&period| TariffPeriod {
                label: findings.period(period).to_string(),
                rates: (0..plan.world.sectors).map(|sector| shown.iter().map(|pair| rate(period, sector, pair)).collect()).collect(),
            })
            .collect(),
    }
}

fn trade_at_risk(findings: &Findings<'_>, exporter: usize, importer: usize) -> TradeAtRiskChart {
    let (period, plan) = (last(findings), findings.plan);
    let losses = plan.tables.exposure.keys.iter().filter(|key| key.measure == Measure::Loss).enumerate();
    let sectors = losses.filter(|(_, key)| key.exporter == exporter && key.importer == importer).filter_map(|(index, key)| {
        let loss = findings.cells.loss(period, index, plan.world.periods);
        // A sector that gains even in its bad draws has nothing at risk.
        key.sector.filter(|_| loss.trade_at_risk > 0.0).map(|sector| SectorRisk {
            sector: findings.baseline.sectors[sector].name.clone(),
            at_risk: loss.trade_at_risk,
            expected_shortfall: loss.expected_shortfall,
        })
    });
    let name = |region: usize| &findings.baseline.regions[region].name;
    TradeAtRiskChart {
        title: format!("Exports at risk: {} to {}, {}", name(exporter), name(importer), findings.period(period)),
        subtitle: format!(
            "Fall from {} that 5% of {} exceed, US$ a year; dot: mean of those 5%",
            base_year(findings),
            leading_draws(findings)
        ),
        unit: Unit::UsdMillion,
        source: source(findings),
        sectors: sectors.collect(),
    }
}
