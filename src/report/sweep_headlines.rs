//! The points of a grid as a table for a terminal: median and 5–95% of the first outcomes, as many as there is room for.

use super::headlines::{shortened, wrapped};
use super::sweep_charts::draws;
use super::wording::{spread_of, unit};
use crate::findings::Against;
use crate::findings::sweep::Sweep;
use crate::uncertainty::Sampler;
use std::fmt::Write;

/// Most outcomes that are told of.
const SHOWN: usize = 4;

/// The table, no line longer than `room` columns if that can be.
pub fn sweep_headlines(sweep: &Sweep, room: usize) -> String {
    let what = match sweep.sampler {
        Sampler::Quadrature => "mean ± standard deviation by quadrature".to_string(),
        _ => format!("median (5% to 95%) of {}", draws(sweep)),
    };
    let mut text = wrapped(&format!("{}: {}, {what}", sweep.title, sweep.last_period), room);
    let most = sweep.outcomes.len().min(SHOWN);
    let fits = |shown: &usize| lines(sweep, *shown, room).lines().all(|line| line.chars().count() <= room);
    let shown = (2..=most).rev().find(fits).unwrap_or(most.min(1));
    text.push_str(&lines(sweep, shown, room));
    if sweep.outcomes.len() > shown {
        let _ = write!(text, "and {} more in sweep.csv", sweep.outcomes.len() - shown);
    }
    text.trim_end().to_string()
}

/// The values on the axes, then the first outcomes. The name of a single one is cut to what room is left.
fn lines(sweep: &Sweep, outcomes: usize, room: usize) -> String {
    let axes: Vec<String> = sweep.axes.iter().map(|axis| axis.label.clone()).collect();
    let mut rows: Vec<Vec<String>> = vec![axes];
    for point in &sweep.points {
        rows.push(point.place.iter().zip(&sweep.axes).map(|(&value, axis)| axis.values[value].clone()).collect());
    }
    let used: usize = (0..sweep.axes.len()).map(|column| width(&rows, column) + 2).sum();
    for outcome in 0..outcomes {
        let name = &sweep.outcomes[outcome].name;
        rows[0].push(if outcomes == 1 { shortened(name, room.saturating_sub(used + 2)) } else { name.clone() });
        for (row, point) in rows[1..].iter_mut().zip(&sweep.points) {
            let found = sweep.at(outcome, &point.place);
            row.push(found.map_or("–".into(), |found| spread_of(&unit(&Against::BaseYear, &sweep.outcomes[outcome]), found)));
        }
    }
    let widths: Vec<usize> = (0..rows[0].len()).map(|column| width(&rows, column)).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}"));
        let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    text
}

fn width(rows: &[Vec<String>], column: usize) -> usize {
    rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
}
