//! What a chart says in a sentence, for those who do not see it and those in a hurry. Every figure with its unit and range.

use crate::charts::{Chart, FanPeriod, Unit};

/// One sentence, or none where the chart has no figures.
pub(super) fn says(chart: &Chart) -> Option<String> {
    match chart {
        Chart::Distribution(chart) => chart.p50.is_finite().then(|| median(&chart.unit, chart.p50, chart.p05, chart.p95)),
        Chart::Fan(chart) => chart.periods.last().and_then(|last| fan(&chart.unit, last)),
        Chart::FanPair(chart) => {
            let sides =
                chart.sides.iter().filter_map(|side| Some(format!("“{}”: {}", side.label, fan(&chart.unit, side.periods.last()?)?)));
            joined(sides.collect())
        }
        Chart::Branches(chart) => {
            let rows = chart.rows.iter().filter(|row| row.p50.is_finite());
            joined(rows.map(|row| format!("{}: {}", row.label, median(&chart.unit, row.p50, row.p05, row.p95))).collect())
        }
        Chart::Tornado(chart) => {
            let row = chart.rows.first()?;
            let (low, high) = (chart.unit.format(row.low), chart.unit.format(row.high));
            Some(format!("Most moved by {}: {low} on average where it is in its lowest tenth, {high} in its highest.", row.label))
        }
        Chart::Exceedance(chart) => {
            let marks = chart.thresholds.iter().filter_map(|mark| {
                Some(format!(
                    "above {} in {:.0}% of the draws",
                    chart.unit.format(mark.value),
                    100.0 * mark.above.filter(|p| p.is_finite())?
                ))
            });
            joined(marks.collect()).map(|text| capital(&text))
        }
        Chart::TradeAtRisk(chart) => {
            let largest = chart.sectors.iter().max_by(|a, b| a.at_risk.total_cmp(&b.at_risk))?;
            let (risk, mean) = (chart.unit.format(largest.at_risk), chart.unit.format(largest.expected_shortfall));
            Some(format!("Most in {}: a fall of {risk} a year that 5% of the draws exceed, by {mean} on average.", largest.sector))
        }
        Chart::RouteMap(chart) => {
            let panel = chart.panels.last()?;
            let link = panel.links.iter().max_by(|a, b| a.value_usd_m.total_cmp(&b.value_usd_m))?;
            let figure = |value: f64| Unit::UsdMillion.format(value);
            let range = match (link.low, link.high) {
                (Some(low), Some(high)) => format!(" (5th to 95th percentile {} to {})", figure(low), figure(high)),
                _ => String::new(),
            };
            Some(format!("The most trade in {} goes by {}: {} a year{range}.", panel.label, lower(&link.label), figure(link.value_usd_m)))
        }
        Chart::PortFans(chart) => {
            let last = |panel: &crate::charts::PortPanel| panel.periods.last().map_or(f64::NAN, |period| period.p50);
            let fullest = chart.panels.iter().filter(|panel| last(panel).is_finite()).max_by(|a, b| last(a).total_cmp(&last(b)))?;
            let period = fullest.periods.last()?;
            Some(format!(
                "Fullest in {}: {}, {}",
                period.label,
                fullest.name,
                uncapital(&median(&chart.unit, period.p50, period.p05, period.p95))
            ))
        }
        Chart::MaritimeShift(chart) => {
            let directions = chart.directions.iter().filter_map(|direction| {
                let last = direction.periods.last()?;
                let total = chart.unit.format(last.volume + last.route + last.joint);
                let (low, high) = (chart.unit.format(last.p05), chart.unit.format(last.p95));
                Some(format!("{} in {}: {total} a year on average (5th to 95th percentile {low} to {high})", direction.label, last.label))
            });
            joined(directions.collect())
        }
        Chart::Attribution(_)
        | Chart::Convergence(_)
        | Chart::Diversion(_)
        | Chart::HeatMap(_)
        | Chart::Indices(_)
        | Chart::RouteMix(_)
        | Chart::SweepPanels(_)
        | Chart::TariffMap(_) => None,
    }
}

fn median(unit: &Unit, p50: f64, p05: f64, p95: f64) -> String {
    format!("Median {}, 5th to 95th percentile {} to {}.", unit.format(p50), unit.format(p05), unit.format(p95))
}

fn fan(unit: &Unit, last: &FanPeriod) -> Option<String> {
    last.p50.is_finite().then(|| format!("In {}: {}", last.label, uncapital(&median(unit, last.p50, last.p05, last.p95))))
}

/// Sentences one after the other, at most as many as are read.
fn joined(mut parts: Vec<String>) -> Option<String> {
    const READ: usize = 4;
    parts.truncate(READ);
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end_matches('.')).collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}

fn capital(text: &str) -> String {
    crate::report::wording::capitalised(text)
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A word that stands at the head of a label, within a sentence; names of several words keep their capitals.
fn lower(label: &str) -> String {
    if label.contains(' ') { label.to_string() } else { label.to_lowercase() }
}
