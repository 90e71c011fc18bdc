//! The points of a grid side by side: small panels along one axis, a heat map an outcome over two.

use super::wording::{grouped, slug, spread_of, unit};
use super::{Drawing, PictureError, draw_all};
use crate::charts::{HeatCell, HeatMap, SweepBand, SweepPanel, SweepPanels};
use crate::findings::sweep::Sweep;
use crate::findings::{Against, Summary};
use crate::output::Folder;
use crate::uncertainty::Sampler;
use std::fmt::Write;

/// Panels on one page.
const PAGE: usize = 12;
/// Heat maps of one outcome where more than two numbers are swept.
const MOST_MAPS: usize = 12;

/// Draws the charts of a sweep into `plots/` of the folder.
///
/// # Errors
/// The first chart that cannot be drawn or written.
pub fn write_sweep_charts(sweep: &Sweep, folder: &Folder) -> Result<(), PictureError> {
    if sweep.sampler == Sampler::Quadrature {
        // Charts show distributions, of which a quadrature knows two moments.
        return Ok(());
    }
    draw_all(if sweep.axes.len() == 1 { panels(sweep) } else { maps(sweep) }, folder)
}

/// "10,000 draws, the same at every point", or how many each took.
fn draws(sweep: &Sweep) -> String {
    if sweep.stops {
        return format!("as many draws as each point needed, {} at the first", grouped(sweep.draws));
    }
    format!("{} draws, the same at every point", grouped(sweep.draws))
}

fn source(sweep: &Sweep) -> String {
    format!("Tradewind {}, scenario “{}”, {}", env!("CARGO_PKG_VERSION"), sweep.title, sweep.baseline)
}

fn panels(sweep: &Sweep) -> Vec<Drawing<'_>> {
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
        Drawing { name: format!("sweep-{:02}", number + 1), draw: Box::new(move || chart.to_svg()) }
    };
    outcomes.chunks(PAGE).enumerate().map(page).collect()
}

/// Over the last two axes, for each value of those before them.
fn maps(sweep: &Sweep) -> Vec<Drawing<'_>> {
    let [before @ .., y, x] = sweep.axes.as_slice() else { return Vec::new() };
    let mut held: Vec<Vec<usize>> = vec![Vec::new()];
    for axis in before {
        held = held.into_iter().flat_map(|held| (0..axis.values.len()).map(move |value| [held.as_slice(), &[value]].concat())).collect();
    }
    held.truncate(MOST_MAPS);
    let mut drawings = Vec::new();
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
                subtitle: format!("Median and 5–95% range of {}", draws(sweep)),
                unit: unit(&Against::BaseYear, compiled),
                source: source(sweep),
                x_axis: x.label.clone(),
                x: x.values.clone(),
                y_axis: y.label.clone(),
                y: y.values.clone(),
                cells: (0..y.values.len()).map(|row| (0..x.values.len()).map(|column| cell(row, column)).collect()).collect(),
            };
            let name = format!("sweep-{:02}-{}", outcome + 1, slug(&format!("{}{suffix}", compiled.name)));
            drawings.push(Drawing { name: name.trim_end_matches('-').to_string(), draw: Box::new(move || chart.to_svg()) });
        }
    }
    drawings
}

fn band(found: Option<&Summary>) -> SweepBand {
    let [_, p05, p25, p50, p75, p95, _] = found.map_or([f64::NAN; 7], |found| found.quantiles);
    SweepBand { p05, p25, p50, p75, p95 }
}

/// The points of a grid as a table for a terminal: median and 5–95% of the first outcomes.
pub fn sweep_headlines(sweep: &Sweep) -> String {
    /// Outcomes that fit beside each other.
    const SHOWN: usize = 4;
    let what = match sweep.sampler {
        Sampler::Quadrature => "mean ± standard deviation by quadrature".to_string(),
        _ => format!("median (5% to 95%) of {}", draws(sweep)),
    };
    let mut text = format!("{}: {}, {what}\n", sweep.title, sweep.last_period);
    let mut rows: Vec<Vec<String>> = vec![sweep.axes.iter().map(|axis| axis.label.clone()).collect()];
    let shown = sweep.outcomes.len().min(SHOWN);
    rows[0].extend(sweep.outcomes[..shown].iter().map(|outcome| outcome.name.clone()));
    for point in &sweep.points {
        let mut row: Vec<String> = point.place.iter().zip(&sweep.axes).map(|(&value, axis)| axis.values[value].clone()).collect();
        row.extend((0..shown).map(|outcome| {
            sweep
                .at(outcome, &point.place)
                .map_or("–".into(), |found| spread_of(&unit(&Against::BaseYear, &sweep.outcomes[outcome]), found))
        }));
        rows.push(row);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
        let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    if sweep.outcomes.len() > shown {
        let _ = write!(text, "and {} more in sweep.csv", sweep.outcomes.len() - shown);
    }
    text.trim_end().to_string()
}
