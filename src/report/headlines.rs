//! The outcomes of a run as a small table for a terminal: last period, median and 5–95%.

use super::wording::{difference, draws, reading, spread, unit};
use crate::findings::{Against, Findings};
use crate::uncertainty::Sampler;
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
            let (found, unit) = (findings.summary(index, last), unit(&findings.against, outcome));
            let (centre, range) = match findings.plan.sampler {
                Sampler::Quadrature => (found.mean, spread(&unit, found.sd)),
                _ => (found.median(), format!("{} to {}", unit.format(found.p05()), unit.format(found.p95()))),
            };
            let meaning = match findings.against {
                Against::BaseYear => reading(findings, &findings.against, outcome),
                // The heading says from what.
                Against::Scenario(_) => difference(outcome).to_string(),
            };
            [outcome.name.clone(), unit.format(centre), range, meaning]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [centre, spread] = match findings.plan.sampler {
        Sampler::Quadrature => ["mean", "standard deviation"],
        _ => ["median", "5% to 95%"],
    };
    let (names, medians, ranges) = (width(0), width(1).max(centre.len()), width(2).max(spread.len()));
    let title = match &findings.against {
        Against::BaseYear => findings.scenario.title.clone(),
        Against::Scenario(other) => format!("{} less {other}", findings.scenario.title),
    };
    let mut text = format!("{title}: {}, {}\n", findings.period(last), draws(findings));
    let _ = writeln!(text, "{:names$}  {:>medians$}  {:>ranges$}", "", centre, spread);
    for [name, median, range, meaning] in &rows {
        let _ = writeln!(text, "{name:names$}  {median:>medians$}  {range:>ranges$}  {meaning}");
    }
    if !findings.branches().is_empty() {
        text.push_str("By what comes of each event: the branch rows of summary.csv\n");
    }
    text.trim_end().to_string()
}
