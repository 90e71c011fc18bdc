//! What every outcome's spread hangs on, in the last period: a tornado of the inputs that explain most; where it was asked for, Sobol' indices of inputs, and all
//! outcomes together with the share that each group of inputs brings.

use super::input_names;
use super::pictures::Planned;
use super::wording::{draws, grouped, reading, slug, source, spread, unit};
use crate::charts::{AttributionChart, AttributionRow, IndexBar, IndexRow, IndicesChart, TornadoChart, TornadoRow};
use crate::findings::Findings;
use crate::findings::attribution::{Attribution, Shares};
use crate::statistics::{Estimate, Verdict};

/// Rows of a chart of indices.
const MOST_ROWS: usize = 16;
/// Outcomes on one page.
const PAGE: usize = 50;

pub(super) fn all<'f>(findings: &'f Findings<'_>) -> Vec<Planned<'f>> {
    let last = findings.plan.world.periods - 1;
    let mut planned = Vec::new();
    for outcome in 0..findings.plan.outcomes.len() {
        let stem = format!("outcome-{:02}-{}", outcome + 1, slug(&findings.plan.outcomes[outcome].name));
        let stem = stem.trim_end_matches('-').to_string();
        if !rows(findings, outcome, last).is_empty() {
            planned.push(Planned { name: format!("{stem}-tornado"), figures: Box::new(move || tornado(findings, outcome, last).into()) });
        }
        if let Some((attribution, shares)) = shares(findings, outcome, last) {
            let figures = Box::new(move || indices(findings, attribution, shares, outcome, last).into());
            planned.push(Planned { name: format!("{stem}-indices"), figures });
        }
    }
    if let Some(attribution) = &findings.attribution {
        let outcomes: Vec<usize> = (0..findings.plan.outcomes.len()).collect();
        for (page, outcomes) in outcomes.chunks(PAGE).enumerate() {
            let name = if page == 0 { "attribution".into() } else { format!("attribution-{}", page + 1) };
            let outcomes = outcomes.to_vec();
            planned.push(Planned { name, figures: Box::new(move || stacked(findings, attribution, &outcomes, last).into()) });
        }
    }
    planned
}

fn shares<'f>(findings: &'f Findings<'_>, outcome: usize, period: usize) -> Option<(&'f Attribution, &'f Shares)> {
    let attribution = findings.attribution.as_ref()?;
    Some((attribution, attribution.of(findings.plan.column(outcome, period))?))
}

/// The inputs that can be told from noise.
fn rows(findings: &Findings<'_>, outcome: usize, period: usize) -> Vec<TornadoRow> {
    let drivers = findings.drivers.of(findings.plan.column(outcome, period)).iter();
    let distinct = drivers.filter(|driver| driver.given_data.verdict() == Verdict::Distinct && driver.given_data.value > 0.0);
    let mut rows: Vec<TornadoRow> = distinct
        .map(|driver| {
            let path = &findings.drivers.inputs[driver.input].path;
            let [low, high] = driver.tails.outcome;
            TornadoRow {
                label: input_names::name(path, findings.baseline),
                low: low.value,
                high: high.value,
                low_label: input_names::value(path, driver.tails.input[0]),
                high_label: input_names::value(path, driver.tails.input[1]),
                se: low.se.max(high.se),
            }
        })
        .collect();
    rows.sort_by(|a, b| (b.high - b.low).abs().total_cmp(&(a.high - a.low).abs()));
    rows
}

fn tornado(findings: &Findings<'_>, outcome: usize, period: usize) -> TornadoChart {
    let compiled = &findings.plan.outcomes[outcome];
    TornadoChart {
        title: format!("What moves it: {}, {}", compiled.name, findings.period(period)),
        subtitle: format!("{}; mean over the draws in which an input is low, and high", reading(findings, &findings.against, compiled)),
        unit: unit(&findings.against, compiled),
        source: source(findings),
        centre: findings.summary(outcome, period).mean,
        centre_label: "mean of all draws".into(),
        rows: rows(findings, outcome, period),
    }
}

fn bar(estimate: &Estimate) -> Option<IndexBar> {
    estimate.value.is_finite().then_some(IndexBar { value: estimate.value, low: estimate.low, high: estimate.high })
}

/// Groups first, then the inputs with the largest totals.
fn indices(findings: &Findings<'_>, attribution: &Attribution, shares: &Shares, outcome: usize, period: usize) -> IndicesChart {
    let noise = |all: [&Estimate; 2]| all.into_iter().all(|index| index.verdict() != Verdict::Distinct);
    let row = |label: String, first: &Estimate, total: &Estimate| IndexRow {
        label,
        first: bar(first),
        total: bar(total),
        noise: noise([first, total]),
    };
    let groups = attribution.sources.iter().zip(&shares.sources);
    let mut rows: Vec<IndexRow> =
        groups.map(|(source, of)| row(format!("All: {}", source.title()), &of.indices.first, &of.indices.total)).collect();
    let mut inputs: Vec<_> = attribution.inputs.iter().zip(&shares.inputs).collect();
    inputs.sort_by(|a, b| b.1.total.value.total_cmp(&a.1.total.value));
    let room = MOST_ROWS.saturating_sub(rows.len());
    rows.extend(
        inputs.into_iter().take(room).map(|(input, of)| row(input_names::name(&input.name, findings.baseline), &of.first, &of.total)),
    );
    let compiled = &findings.plan.outcomes[outcome];
    IndicesChart {
        title: format!("What drives it: {}, {}", compiled.name, findings.period(period)),
        subtitle: format!("Sobol' indices (Jansen) from samples of {} rows; whiskers 95%", grouped(attribution.rows)),
        source: source(findings),
        names: ["share of variance alone".into(), "with all interactions".into()],
        rows,
    }
}

fn stacked(findings: &Findings<'_>, attribution: &Attribution, outcomes: &[usize], period: usize) -> AttributionChart {
    let row = |&outcome: &usize| {
        let compiled = &findings.plan.outcomes[outcome];
        let shares = attribution.of(findings.plan.column(outcome, period));
        AttributionRow {
            label: compiled.name.clone(),
            shares: shares.map(|shares| shares.sources.iter().map(|of| of.shapley.value).collect()).unwrap_or_default(),
            spread: spread(&unit(&findings.against, compiled), findings.summary(outcome, period).sd),
        }
    };
    AttributionChart {
        title: format!("Where the uncertainty comes from, {}", findings.period(period)),
        subtitle: format!(
            "Share of each outcome's variance by group of inputs (Shapley effects; samples of {} rows); spread over {}",
            grouped(attribution.rows),
            draws(findings)
        ),
        source: source(findings),
        groups: attribution.sources.iter().map(|source| source.title()).collect(),
        spread_name: "standard deviation".into(),
        rows: outcomes.iter().map(row).collect(),
    }
}
