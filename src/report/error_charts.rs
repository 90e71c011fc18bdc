//! How sure a run is: the error of its means against draws, and for outcomes with a threshold the odds of passing it.

use super::pictures::Planned;
use super::wording::{draws, reading, slug, source, unit};
use crate::charts::{ConvergenceChart, ConvergenceLine, ExceedanceChart, ExceedancePoint, ThresholdMark};
use crate::findings::Findings;
use crate::uncertainty::Sampler;

pub(super) fn all<'f>(findings: &'f Findings<'_>) -> Vec<Planned<'f>> {
    let last = findings.plan.world.periods - 1;
    let mut planned = Vec::new();
    if findings.settling.len() > 1 {
        planned.push(Planned { name: "convergence".into(), figures: Box::new(move || convergence(findings, last).into()) });
    }
    for (outcome, compiled) in findings.plan.outcomes.iter().enumerate() {
        if !findings.worst(outcome, last).below.is_empty() {
            let name = format!("outcome-{:02}-{}-exceedance", outcome + 1, slug(&compiled.name));
            planned.push(Planned { name, figures: Box::new(move || exceedance(findings, outcome, last).into()) });
        }
    }
    planned
}

/// Of the last period, as a share of what the outcome varies by: of a mean near zero no error is small.
fn convergence(findings: &Findings<'_>, period: usize) -> ConvergenceChart {
    let precision = findings.plan.precision;
    let line = |outcome: usize| {
        let column = findings.plan.column(outcome, period);
        let sd = findings.summaries[column].sd;
        let of = |mean: f64| if precision.is_some() { mean.abs() } else { sd };
        let points = findings.settling.iter().map(|(draws, means)| (*draws as f64, means[column].se / of(means[column].value)));
        ConvergenceLine {
            label: findings.plan.outcomes[outcome].name.clone(),
            points: points.filter(|(_, error)| error.is_finite()).collect(),
        }
    };
    let how = match findings.plan.sampler {
        Sampler::Random => "s/√n of independent draws",
        _ => "from the spread of 16 independent randomisations",
    };
    ConvergenceChart {
        title: format!("Simulation error of the outcomes' means, {}", findings.period(period)),
        subtitle: format!("{}; standard error {how}", super::wording::capitalised(findings.plan.sampler.described())),
        source: source(findings),
        measure: match precision {
            Some(_) => "standard error as a share of the outcome's mean".into(),
            None => "standard error as a share of the outcome's standard deviation".into(),
        },
        lines: (0..findings.plan.outcomes.len()).map(line).collect(),
        target: precision,
    }
}

fn exceedance(findings: &Findings<'_>, outcome: usize, period: usize) -> ExceedanceChart {
    let compiled = &findings.plan.outcomes[outcome];
    let worst = findings.worst(outcome, period);
    let curve = worst.exceedance.iter().map(|point| {
        let of = point.probability;
        ExceedancePoint { x: point.x, p: of.value, low: of.low, high: of.high }
    });
    let thresholds =
        worst.below.iter().map(|(value, below)| ThresholdMark { value: *value, label: String::new(), above: Some(1.0 - below.value) });
    ExceedanceChart {
        title: format!("Probability of more: {}, {}", compiled.name, findings.period(period)),
        subtitle: format!(
            "{}; share of {} above each value, with its 95% interval",
            reading(findings, &findings.against, compiled),
            draws(findings)
        ),
        unit: unit(&findings.against, compiled),
        source: source(findings),
        curve: curve.collect(),
        thresholds: thresholds.collect(),
    }
}
