//! The points of a grid side by side: small panels along one axis, a heat map an outcome over two.

use super::pictures::{Charts, Planned, gathered};
use super::wording::{grouped, since, slug, source_of, unit, year_of};
use crate::charts::{HeatCell, HeatMap, SweepBand, SweepPanel, SweepPanels};
use crate::findings::sweep::Sweep;
use crate::findings::{Against, Summary};
use crate::uncertainty::Sampler;

/// Panels on one page.
const PAGE: usize = 12;
/// Heat maps of one outcome where more than two numbers are swept.
const MOST_MAPS: usize = 12;

/// The charts of a sweep.
pub fn sweep_charts(sweep: &Sweep) -> Charts {
    if sweep.sampler == Sampler::Quadrature {
        // Charts show distributions, of which a quadrature knows two moments.
        return Charts::new();
    }
    gathered(if sweep.axes.len() == 1 { panels(sweep) } else { maps(sweep) })
}

/// "10,000 draws, the same at every point", or how many each took.
pub(super) fn draws(sweep: &Sweep) -> String {
    if sweep.stops {
        return format!("as many draws as each point needed, {} at the first", grouped(sweep.draws));
    }
    format!("{} draws, the same at every point", grouped(sweep.draws))
}

fn source(sweep: &Sweep) -> String {
    source_of(&sweep.title, &sweep.baseline, sweep.model.as_deref())
}

fn panels(sweep: &Sweep) -> Vec<Planned<'_>> {
    let axis = &sweep.axes[0];
    let outcomes: Vec<usize> = (0..sweep.outcomes.len()).collect();
    let pages = outcomes.chunks(PAGE).count();
    let page = |(number, outcomes): (usize, &[usize])| {
        let panel = |&outcome: &usize| SweepPanel {
            title: sweep.outcomes[outcome].name.clone(),
            unit: unit(&Against::BaseYear, &sweep.outcomes[outcome]),
            bands: (0..axis.values.len()).map(|place| band(sweep.at(outcome, &[place]))).collect(),
        };
        let of = if pages > 1 { format!(" ({} of {pages})", number + 1) } else { String::new() };
        let chart = SweepPanels {
            title: format!("{}, {}{of}", sweep.title, sweep.last_period),
            subtitle: format!("Dot: median, bars: 25–75% and 5–95% of {}", draws(sweep)),
            source: source(sweep),
            axis: axis.label.clone(),
            values: axis.values.clone(),
            numeric: axis.numbers.clone(),
            panels: outcomes.iter().map(panel).collect(),
        };
        Planned { name: format!("sweep-{:02}", number + 1), figures: Box::new(move || chart.clone().into()) }
    };
    outcomes.chunks(PAGE).enumerate().map(page).collect()
}

/// Over the last two axes, for each value of those before them.
fn maps(sweep: &Sweep) -> Vec<Planned<'_>> {
    let [before @ .., y, x] = sweep.axes.as_slice() else { return Vec::new() };
    let mut held: Vec<Vec<usize>> = vec![Vec::new()];
    for axis in before {
        held = held.into_iter().flat_map(|held| (0..axis.values.len()).map(move |value| [held.as_slice(), &[value]].concat())).collect();
    }
    held.truncate(MOST_MAPS);
    let mut planned = Vec::new();
    for (outcome, compiled) in sweep.outcomes.iter().enumerate() {
        for held in &held {
            let at: Vec<String> = held.iter().zip(before).map(|(&value, axis)| format!("{} {}", axis.label, axis.values[value])).collect();
            let suffix = if at.is_empty() { String::new() } else { format!(", {}", at.join(", ")) };
            let cell = |row: usize, column: usize| {
                let found = sweep.at(outcome, &[held.as_slice(), &[row, column]].concat());
                let figure = |of: fn(&Summary) -> f64| found.map_or(f64::NAN, of);
                HeatCell { p05: figure(Summary::p05), median: figure(Summary::median), p95: figure(Summary::p95) }
            };
            let chart = HeatMap {
                title: format!("{}, {}{suffix}", compiled.name, sweep.last_period),
                subtitle: format!("{}; median and 5–95% range of {}", since(&year_of(&sweep.baseline), compiled), draws(sweep)),
                unit: unit(&Against::BaseYear, compiled),
                source: source(sweep),
                x_axis: x.label.clone(),
                x: x.values.clone(),
                y_axis: y.label.clone(),
                y: y.values.clone(),
                cells: (0..y.values.len()).map(|row| (0..x.values.len()).map(|column| cell(row, column)).collect()).collect(),
            };
            let name = format!("sweep-{:02}-{}", outcome + 1, slug(&format!("{}{suffix}", compiled.name)));
            planned.push(Planned { name: name.trim_end_matches('-').to_string(), figures: Box::new(move || chart.clone().into()) });
        }
    }
    planned
}

fn band(found: Option<&Summary>) -> SweepBand {
    let [_, p05, p25, p50, p75, p95, _] = found.map_or([f64::NAN; 7], |found| found.quantiles);
    SweepBand { p05, p25, p50, p75, p95 }
}
