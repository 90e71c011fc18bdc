//! The outcomes of a run as a small table for a terminal: last period, median and 5–95%.

use super::wording::{base_year, draws, reading, unit};
use crate::findings::Findings;
use std::fmt::Write;

/// One line an outcome, ready to print.
pub fn headlines(findings: &Findings<'_>) -> String {
    let last = findings.plan.world.periods - 1;
    let rows: Vec<[String; 4]> = findings
        .plan
        .outcomes
        .iter()
        .enumerate()
        .map(|(index, outcome)| {
            let (found, unit) = (findings.summary(index, last), unit(outcome));
            let range = format!("{} to {}", unit.format(found.p05()), unit.format(found.p95()));
            [outcome.name.clone(), unit.format(found.median()), range, reading(outcome, &base_year(findings))]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (names, medians, ranges) = (width(0), width(1).max("median".len()), width(2).max("5% to 95%".len()));
    let mut text = format!("{}: {}, {}\n", findings.scenario.title, findings.period(last), draws(findings));
    let _ = writeln!(text, "{:names$}  {:>medians$}  {:>ranges$}", "", "median", "5% to 95%");
    for [name, median, range, meaning] in &rows {
        let _ = writeln!(text, "{name:names$}  {median:>medians$}  {range:>ranges$}  {meaning}");
    }
    text.trim_end().to_string()
}
