//! What the outcomes hang on as a small table for a terminal: shares of the groups, and the inputs that matter most.

use super::headlines::shortened;
use super::input_names;
use crate::findings::Findings;
use crate::statistics::{Estimate, Verdict};
use std::fmt::Write;

/// Inputs named for each outcome …
const NAMED: usize = 3;
/// … if they bring at least this share of its variance.
const LEAST: f64 = 0.01;
/// Columns for the name of an outcome, and of an input.
const OUTCOME: usize = 46;
const INPUT: usize = 62;

/// Two tables, last period: shares of the groups, then the inputs with the largest totals. An index that cannot be told from zero is called noise, with
/// its interval.
pub fn drivers_table(findings: &Findings<'_>) -> String {
    let Some(attribution) = &findings.attribution else { return String::new() };
    let last = findings.plan.world.periods - 1;
    let names: Vec<String> = attribution.sources.iter().map(|source| source.title()).collect();
    let outcomes: Vec<String> = findings.plan.outcomes.iter().map(|outcome| shortened(&outcome.name, OUTCOME)).collect();
    let width = outcomes.iter().map(|outcome| outcome.chars().count()).max().unwrap_or(0);
    let mut noise = false;
    let mut text = format!(
        "What the spread in {} comes from: shares of variance by group (Shapley effects, ± half of the 95% interval)\n{:width$}",
        findings.period(last),
        ""
    );
    for name in &names {
        let _ = write!(text, "  {name:>12}");
    }
    text.push('\n');
    let shares = |index: usize| attribution.of(findings.plan.column(index, last));
    for (outcome, shares) in outcomes.iter().enumerate().filter_map(|(index, outcome)| Some((outcome, shares(index)?))) {
        let _ = write!(text, "{outcome:width$}");
        for (of, name) in shares.sources.iter().zip(&names) {
            let _ = write!(text, "  {:>1$}", share(&of.shapley, &mut noise), name.chars().count().max(12));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "and by input: with all its interactions, and alone (Sobol' indices)");
    for (outcome, shares) in outcomes.iter().enumerate().filter_map(|(index, outcome)| Some((outcome, shares(index)?))) {
        let mut inputs: Vec<_> = attribution.inputs.iter().zip(&shares.inputs).collect();
        inputs.retain(|(_, of)| of.total.verdict() == Verdict::Distinct && of.total.value >= LEAST);
        inputs.sort_by(|a, b| b.1.total.value.total_cmp(&a.1.total.value));
        for (place, (input, of)) in inputs.into_iter().take(NAMED).enumerate() {
            let name = shortened(&input_names::name(&input.name, findings.baseline), INPUT);
            let outcome = if place == 0 { outcome.as_str() } else { "" };
            let (total, first) = (share(&of.total, &mut noise), share(&of.first, &mut noise));
            let _ = writeln!(text, "{outcome:width$}  {name:INPUT$}  {total:>10}  {first:>12}");
        }
    }
    if noise {
        text.push_str("noise: the interval holds zero, so nothing of this size was found. More --rows narrow it.\n");
    }
    if attribution.rows_lost > 0 {
        let _ = writeln!(text, "{} of {} rows had a draw that did not solve and are in no index", attribution.rows_lost, attribution.rows);
    }
    text.trim_end().to_string()
}

fn share(index: &Estimate, noise: &mut bool) -> String {
    let half = 50.0 * (index.high - index.low);
    match index.verdict() {
        Verdict::Distinct => format!("{:.0}% ±{half:.0}", 100.0 * index.value).replace('-', "−"),
        // To the last bit: it is in no way connected.
        Verdict::WithinNoise if index.low == index.high => "0%".into(),
        Verdict::WithinNoise => {
            *noise = true;
            format!("noise ±{half:.0}%")
        }
        Verdict::Unknown => "–".into(),
    }
}
