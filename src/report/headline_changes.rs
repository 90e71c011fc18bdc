//! What a run changed against an earlier one of the same outcomes: the medians of the last period, side by side.

use super::wording::unit;
use crate::findings::{Against, Findings};

/// The median of each outcome in the last period, by the outcome's name.
pub fn medians(findings: &Findings<'_>) -> Vec<(String, f64)> {
    let last = findings.plan.world.periods - 1;
    let centre = |at: usize| {
        let found = findings.summary(at, last);
        // Of a quadrature there are means alone.
        if found.median().is_nan() { found.mean } else { found.median() }
    };
    findings.plan.outcomes.iter().enumerate().map(|(at, outcome)| (outcome.name.clone(), centre(at))).collect()
}

/// One line an outcome whose median is another than `earlier`, or that is new; `None` where all is as it was.
pub fn changes_since(findings: &Findings<'_>, earlier: &[(String, f64)]) -> Option<String> {
    let differences = Against::Scenario(String::new());
    let lines = findings.plan.outcomes.iter().zip(medians(findings)).filter_map(|(outcome, (name, now))| {
        let change = match earlier.iter().find(|(known, _)| *known == name) {
            None => "new".to_string(),
            Some((_, before)) => {
                let shown = unit(&differences, outcome).format(now - before);
                // A change that rounds to nothing is none.
                if !shown.chars().any(|c| ('1'..='9').contains(&c)) {
                    return None;
                }
                shown
            }
        };
        Some((name, change))
    });
    let lines: Vec<(String, String)> = lines.collect();
    let width = lines.iter().map(|(name, _)| name.chars().count()).max()?;
    Some(lines.iter().map(|(name, change)| format!("  {name:width$}  {change}")).collect::<Vec<_>>().join("\n"))
}
