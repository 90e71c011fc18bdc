//! The answer in three sentences: the first outcomes of the scenario that differ between draws, in the last period, each with unit and range.
//! The order of the scenario is its author's order of importance.

use super::tables::Line;
use crate::findings::branches::ALL;
use crate::report::subject::{OutcomeWords, Subject};
use crate::report::wording::spread;

/// Sentences.
const TOLD: usize = 3;

/// One sentence, in parts so that the outcome's name can be set apart.
#[derive(Debug, serde::Serialize)]
pub(super) struct Sentence {
    pub before: String,
    pub name: String,
    pub after: String,
}

/// The outcomes that are told, by place in the scenario.
pub(super) fn told(subject: &Subject, lines: &[Line], last: &str) -> Vec<usize> {
    let varies = |&place: &usize| line(&subject.outcomes[place], lines, last).is_some_and(|line| line.sd > 0.0);
    let varying: Vec<usize> = (0..subject.outcomes.len()).filter(varies).take(TOLD).collect();
    if varying.is_empty() { (0..subject.outcomes.len().min(TOLD)).collect() } else { varying }
}

fn line<'l>(outcome: &OutcomeWords, lines: &'l [Line], period: &str) -> Option<&'l Line> {
    lines.iter().find(|line| line.outcome == outcome.name && line.period == period && line.branch == ALL)
}

pub(super) fn sentences(subject: &Subject, lines: &[Line], last: &str) -> Vec<Sentence> {
    let of = |place: usize| {
        let outcome = &subject.outcomes[place];
        if subject.axes.is_empty() {
            Some(sentence(subject, outcome, line(outcome, lines, last)?, last))
        } else {
            over_grid(subject, outcome, lines, last)
        }
    };
    told(subject, lines, last).into_iter().filter_map(of).collect()
}

/// Of a grid: the points where the outcome is least and most, each with its range.
fn over_grid(subject: &Subject, outcome: &OutcomeWords, lines: &[Line], last: &str) -> Option<Sentence> {
    let centre = |line: &Line| if line.quantiles[3].is_nan() { line.mean } else { line.quantiles[3] };
    let points = || lines.iter().filter(|line| line.outcome == outcome.name && line.period == last && line.branch == ALL);
    let least = points().min_by(|a, b| centre(a).total_cmp(&centre(b)))?;
    let most = points().max_by(|a, b| centre(a).total_cmp(&centre(b)))?;
    let point = |line: &Line| {
        let at: Vec<String> = subject.axes.iter().zip(&line.at).map(|(axis, value)| format!("{axis} {value}")).collect();
        let [_, p05, .., p95, _] = line.quantiles;
        let spread = if p05.is_nan() {
            format!("standard deviation {}", spread(&outcome.unit, line.sd))
        } else {
            format!("nine of ten draws between {} and {}", outcome.unit.format(p05), outcome.unit.format(p95))
        };
        format!("{} where {} ({spread})", outcome.unit.format(centre(line)), at.join(" and "))
    };
    let centre = if least.quantiles[3].is_nan() { "mean" } else { "median draw" };
    let after = format!(" ({}): over the grid the {centre} goes from {} to {}.", inside(&outcome.reading), point(least), point(most));
    Some(Sentence { before: format!("In {last}, "), name: outcome.name.clone(), after: super::unbroken(&after) })
}

fn sentence(subject: &Subject, outcome: &OutcomeWords, found: &Line, period: &str) -> Sentence {
    let figure = |value: f64| outcome.unit.format(value);
    let reading = inside(&outcome.reading);
    let [_, p05, _, p50, _, p95, _] = found.quantiles;
    let after = if p50.is_nan() {
        format!(" ({reading}): {} on average, with a standard deviation of {}.", figure(found.mean), spread(&outcome.unit, found.sd))
    } else if p05 == p95 {
        format!(" ({reading}): {} in nine of ten draws and more.", figure(p50))
    } else {
        format!(
            " ({reading}): {} in the median draw; nine of ten draws lie between {} and {}{}.",
            figure(p50),
            figure(p05),
            figure(p95),
            direction(subject, outcome, p05, p95)
        )
    };
    Sentence { before: format!("In {period}, "), name: outcome.name.clone(), after: super::unbroken(&after) }
}

/// Whether it is a gain or a loss, where the figure is a change and that is sure.
fn direction(subject: &Subject, outcome: &OutcomeWords, p05: f64, p95: f64) -> &'static str {
    let compared = subject.against.is_some();
    match (outcome.unit.is_change(), p05 > 0.0, p95 < 0.0) {
        (false, ..) => "",
        (_, true, _) if compared => ": more in at least 95% of them",
        (_, _, true) if compared => ": less in at least 95% of them",
        (_, true, _) => ": a rise in at least 95% of them",
        (_, _, true) => ": a fall in at least 95% of them",
        _ => ", so that even the direction is open",
    }
}

/// A reading within a sentence: "change from 2024, %".
fn inside(reading: &str) -> String {
    if reading.starts_with("US$") || reading.starts_with("TEU") {
        return reading.to_string();
    }
    let mut letters = reading.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
