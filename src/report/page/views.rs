//! The tables of the page: every figure as people read it, with the plain number that it sorts by. Units stand in every cell, as rows of one table have several.

use super::tables::{Line, Share, Sure};
use crate::charts::Unit;
use crate::findings::branches::ALL;
use crate::output::Manifest;
use crate::report::subject::{OutcomeWords, Subject};
use crate::report::wording::spread;
use serde::Serialize;
use std::collections::BTreeMap;

/// A table ready for the template.
#[derive(Debug, Serialize)]
pub(super) struct View {
    pub id: &'static str,
    pub caption: String,
    pub note: String,
    /// Whether it is worth sorting.
    pub sorts: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Column {
    pub label: String,
    pub figures: bool,
    /// The value that is shown first where readers pick one.
    pub pick: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Cell {
    pub text: String,
    /// What a figure sorts by.
    pub key: Option<String>,
}

pub(super) fn words(label: &str) -> Column {
    Column { label: label.into(), figures: false, pick: None }
}

fn picked(label: &str, first: &str) -> Column {
    Column { label: label.into(), figures: false, pick: Some(first.into()) }
}

pub(super) fn figures(label: &str) -> Column {
    Column { label: label.into(), figures: true, pick: None }
}

pub(super) fn text(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), key: None }
}

pub(super) fn figure(text: String, key: f64) -> Cell {
    // Seven digits sort as well as seventeen.
    Cell { text, key: Some(if key.is_finite() { format!("{key:.6e}") } else { "NaN".into() }) }
}

fn of(unit: &Unit, value: f64) -> Cell {
    figure(if value.is_nan() { "–".into() } else { unit.format(value) }, value)
}

fn range(unit: &Unit, low: f64, high: f64) -> Cell {
    figure(if low.is_nan() || high.is_nan() { "–".into() } else { format!("{} to {}", unit.format(low), unit.format(high)) }, low)
}

/// Every outcome by period and branch, and at every point of a grid.
pub(super) fn summary(subject: &Subject, lines: &[Line], last: &str) -> View {
    let branched = lines.iter().any(|line| line.branch != ALL);
    let mut columns = vec![words("Outcome")];
    columns.extend(subject.axes.iter().map(|axis| picked(axis, "")));
    columns.push(picked("Period", last));
    if branched {
        columns.push(picked("What happens", ALL));
    }
    columns.extend(
        ["Median", "5th to 95th percentile", "25th to 75th percentile", "Mean", "Standard error of the mean", "Draws"].map(figures),
    );
    let row = |line: &Line| {
        let words = subject.outcomes.iter().find(|outcome| outcome.name == line.outcome)?;
        let unit = &words.unit;
        let [_, p05, p25, p50, p75, p95, _] = line.quantiles;
        let mut row = vec![text(&line.outcome)];
        row.extend(line.at.iter().map(text));
        row.push(text(&line.period));
        if branched {
            row.push(text(&line.branch));
        }
        let error = if line.se.is_nan() { "–".into() } else { spread(unit, line.se) };
        row.extend([of(unit, p50), range(unit, p05, p95), range(unit, p25, p75), of(unit, line.mean), figure(error, line.se)]);
        row.extend([figure(format!("{:.0}", line.draws), line.draws), text(&words.brief)]);
        Some(row)
    };
    View {
        id: "summary",
        caption: match &subject.against {
            Some(from) => format!("Every outcome’s difference from “{from}”: median and range over the draws, by period"),
            None => "Every outcome: median and range over the draws, by period".into(),
        },
        note: match (branched, subject.axes.is_empty()) {
            (_, false) => "From sweep.csv.".into(),
            (true, _) => {
                "From summary.csv. “all” takes all draws together; the other rows, those in which an event turned out that way.".into()
            }
            _ => "From summary.csv.".into(),
        },
        sorts: true,
        columns,
        rows: lines.iter().filter_map(row).collect(),
    }
}

/// What a screening or an attribution says of one input of one outcome.
type Indices<'s> = BTreeMap<&'s str, &'s Share>;

/// The indices of an outcome's inputs, in the order of the table.
pub(super) fn by_input<'s>(shares: &'s [Share], outcome: &str) -> Vec<(&'s str, Indices<'s>)> {
    let mut inputs: Vec<(&str, Indices<'_>)> = Vec::new();
    for share in shares.iter().filter(|share| share.outcome == outcome) {
        let place = inputs.iter().position(|(input, _)| *input == share.input).unwrap_or_else(|| {
            inputs.push((&share.input, Indices::new()));
            inputs.len() - 1
        });
        inputs[place].1.insert(&share.index, share);
    }
    inputs
}

/// An index with its 95% interval: "38% (35 to 41%)".
pub(super) fn percent(share: &Share) -> String {
    let of = |value: f64| format!("{:.0}", 100.0 * value).replace('-', "−").replace("−0", "0");
    format!("{}% ({} to {}%)", of(share.estimate), of(share.low), of(share.high))
}

/// Whether an index can be told from zero.
pub(super) fn stands_out(share: &Share) -> bool {
    share.low > 0.0
}

/// The screening of every run: shares of variance that inputs explain by themselves.
pub(super) fn screening(subject: &Subject, shares: &[Share], last: &str) -> Option<View> {
    let mut rows = Vec::new();
    for outcome in &subject.outcomes {
        for (input, indices) in by_input(shares, &outcome.name) {
            let Some(given) = indices.get("given_data").filter(|share| stands_out(share)) else { continue };
            let rank = indices.get("rank");
            let direction = rank.map_or("–", |rank| match (rank.low > 0.0, rank.high < 0.0) {
                (true, _) => "higher with it",
                (_, true) => "lower with it",
                _ => "either",
            });
            rows.push(vec![
                text(&outcome.name),
                text(called(subject, input)),
                figure(percent(given), given.estimate),
                text(direction),
                indices.get("delta").map_or_else(
                    || text("–"),
                    |delta| {
                        figure(format!("{:.2} ({:.2} to {:.2})", delta.estimate, delta.low, delta.high).replace('-', "−"), delta.estimate)
                    },
                ),
            ]);
        }
    }
    (!rows.is_empty()).then(|| View {
        id: "screening",
        caption: format!("The inputs that each outcome’s spread in {last} hangs on most, as far as the run’s own draws tell"),
        note: "From sensitivity.csv, with 95% intervals; inputs that cannot be told from noise are left out. The share is of the outcome’s variance, explained by the \
               input by itself or with what it is correlated with. Borgonovo’s δ, 0 to 1: how far knowing the input moves the whole distribution."
            .into(),
        sorts: true,
        columns: vec![words("Outcome"), words("Input"), figures("Share of variance"), picked("The outcome is", ""), figures("Borgonovo’s δ")],
        rows,
    })
}

/// Sobol' indices and Shapley effects, where they were asked for.
pub(super) fn attribution(subject: &Subject, shares: &[Share], last: &str) -> Option<View> {
    let mut rows = Vec::new();
    for outcome in &subject.outcomes {
        for (input, indices) in by_input(shares, &outcome.name) {
            let Some(total) = indices.get("total") else { continue };
            let group = input.strip_prefix("group: ");
            if group.is_none() && !stands_out(total) {
                continue;
            }
            let index = |name: &str| indices.get(name).map_or_else(|| text("–"), |share| figure(percent(share), share.estimate));
            let name = group.map_or_else(|| called(subject, input), |group| format!("all {group}"));
            let what = if group.is_some() { "group" } else { "input" };
            rows.push(vec![text(&outcome.name), text(name), text(what), index("shapley"), index("total"), index("first")]);
        }
    }
    (!rows.is_empty()).then(|| View {
        id: "attribution",
        caption: format!("How the variance of each outcome in {last} divides among inputs (Sobol’ indices and Shapley effects)"),
        note: "From sensitivity.csv, with 95% intervals; inputs whose total cannot be told from zero are left out. The Shapley effects of an outcome’s groups add up to 100%."
            .into(),
        sorts: true,
        columns: vec![
            words("Outcome"),
            words("Input or group"),
            picked("Kind", ""),
            figures("Fair share (Shapley)"),
            figures("With all interactions (total)"),
            figures("Alone (first-order)"),
        ],
        rows,
    })
}

/// What a reader calls an input.
pub(super) fn called(subject: &Subject, input: &str) -> String {
    subject.inputs.get(input).cloned().unwrap_or_else(|| input.to_string())
}

/// Every statistic with its 95% interval, in the last period.
pub(super) fn errors(subject: &Subject, sure: &[Sure], last: &str) -> Option<View> {
    let row = |line: &Sure| {
        let words: &OutcomeWords = subject.outcomes.iter().find(|outcome| outcome.name == line.outcome)?;
        let statistic = match line.statistic.as_str() {
            "p50" => "median".to_string(),
            other => other.strip_prefix('p').map_or_else(|| other.to_string(), |p| format!("{} percentile", ordinal(p))),
        };
        let error = if line.se.is_nan() { "–".into() } else { spread(&words.unit, line.se) };
        Some(vec![
            text(&line.outcome),
            text(statistic),
            of(&words.unit, line.estimate),
            figure(error, line.se),
            range(&words.unit, line.low, line.high),
            text(&words.brief),
        ])
    };
    let rows: Vec<Vec<Cell>> = sure.iter().filter(|line| line.period == last).filter_map(row).collect();
    (!rows.is_empty()).then(|| View {
        id: "errors-table",
        caption: format!("Simulation error of every figure in {last}: how far other draws of the same number could move it"),
        note: "From errors.csv, which has all periods. Simulation error falls with more draws; the ranges above do not.".into(),
        sorts: true,
        columns: vec![
            words("Outcome"),
            picked("Statistic", "median"),
            figures("Estimate"),
            figures("Standard error"),
            figures("95% interval"),
            words("What it is"),
        ],
        rows,
    })
}

/// "5th" of "05".
fn ordinal(digits: &str) -> String {
    let number = digits.trim_start_matches('0');
    let suffix = match number.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// The base year's trade by how well it is known.
pub(super) fn quality(subject: &Subject) -> View {
    let whole: f64 = subject.quality.iter().map(|known| known.usd_m).sum();
    let meaning = |how: &str| match how {
        "observed" => "taken from official statistics as published",
        "derived" => "computed from published figures",
        _ => "filled by an assumption",
    };
    let row = |known: &crate::report::subject::Known| {
        let share = known.usd_m / whole.max(f64::MIN_POSITIVE);
        vec![
            text(&known.how),
            text(meaning(&known.how)),
            figure(format!("{} a year", Unit::UsdMillion.format(known.usd_m)), known.usd_m),
            figure(format!("{:.0}%", 100.0 * share), share),
        ]
    };
    View {
        id: "quality",
        caption: format!("Trade between regions in {}, by how well it is known", subject.base_year),
        note: "Observed data have no range here; where the scenario puts the data in doubt, that doubt is in every range of this page."
            .into(),
        sorts: false,
        columns: vec![words("Quality"), words("Meaning"), figures("Trade"), figures("Share of value")],
        rows: subject.quality.iter().map(row).collect(),
    }
}

/// What the run was made from.
pub(super) fn files(manifest: &Manifest) -> View {
    let rows = [("scenario", &manifest.scenario_files), ("baseline", &manifest.baseline_files)];
    let rows =
        rows.into_iter().flat_map(|(what, files)| files.iter().map(move |file| vec![text(&file.name), text(what), text(&file.sha256)]));
    View {
        id: "files",
        caption: "Inputs, with the SHA-256 of their bytes".into(),
        note: String::new(),
        sorts: false,
        columns: vec![words("File"), words("Part of"), words("SHA-256")],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_ordinals() {
        assert_eq!(["01", "05", "25", "99", "11", "03", "22"].map(ordinal), ["1st", "5th", "25th", "99th", "11th", "3rd", "22nd"]);
    }

    #[test]
    fn what_is_no_number_is_a_dash_and_sorts_last() {
        let cell = of(&Unit::PercentChange, f64::NAN);
        assert_eq!((cell.text.as_str(), cell.key.as_deref()), ("–", Some("NaN")));
        let share = |estimate, low| Share {
            outcome: String::new(),
            input: String::new(),
            index: String::new(),
            estimate,
            low,
            high: estimate + 0.1,
        };
        assert_eq!(percent(&share(0.38, 0.2)), "38% (20 to 48%)");
        assert!(!stands_out(&share(0.01, -0.001)));
        assert_eq!(percent(&share(-0.001, -0.002)), "0% (0 to 10%)");
    }
}
