//! For every outcome: its distribution in the last period, over the periods its fan, where events may happen what follows from each way that they
//! turn out, and where two scenarios are compared both side by side.

use super::pictures::Planned;
use super::wording::{base_year, draws, reading, slug, source, unit};
use crate::charts::{Bin, BranchRow, BranchesChart, DistributionChart, FanChart, FanPair, FanPeriod, FanSide};
use crate::findings::{Against, Findings, Side, Summary};
use crate::scenario::Reading;
use crate::simulation::outcomes::CompiledOutcome;
use crate::statistics::{density, histogram};

/// Points of a density curve.
const CURVE: usize = 160;

pub(super) fn all<'f>(findings: &'f Findings<'_>) -> Vec<Planned<'f>> {
    let last = findings.plan.world.periods - 1;
    (0..findings.plan.outcomes.len())
        .flat_map(|outcome| {
            let stem = format!("outcome-{:02}-{}", outcome + 1, slug(&findings.plan.outcomes[outcome].name));
            let stem = stem.trim_end_matches('-').to_string();
            let distribution =
                Planned { name: format!("{stem}-distribution"), figures: Box::new(move || distribution(findings, outcome, last).into()) };
            let fan = Planned { name: format!("{stem}-fan"), figures: Box::new(move || fan(findings, outcome).into()) };
            let by_branch = (!findings.branches().is_empty())
                .then(|| Planned { name: format!("{stem}-branches"), figures: Box::new(move || branches(findings, outcome, last).into()) });
            let beside = (findings.sides.as_ref()).map(|sides| Planned {
                name: format!("{stem}-side-by-side"),
                figures: Box::new(move || side_by_side(findings, sides, outcome).into()),
            });
            [distribution, fan].into_iter().chain(by_branch).chain(beside)
        })
        .collect()
}

fn distribution(findings: &Findings<'_>, outcome: usize, period: usize) -> DistributionChart {
    let compiled = &findings.plan.outcomes[outcome];
    let summary = findings.summary(outcome, period);
    let values = findings.draws(outcome, period);
    let bars = histogram(values);
    let all = values.len().max(1) as f64;
    let bins = bars
        .edges
        .windows(2)
        .zip(&bars.counts)
        .map(|(edge, &count)| Bin { low: edge[0], high: edge[1], density: count as f64 / all / (edge[1] - edge[0]) })
        .collect();
    let curve = density(values, CURVE);
    DistributionChart {
        title: format!("{}, {}", compiled.name, findings.period(period)),
        subtitle: format!("{}; {}, shaded 5th to 95th percentile", reading(findings, &findings.against, compiled), draws(findings)),
        unit: unit(&findings.against, compiled),
        source: source(findings),
        bins,
        density: curve.x.into_iter().zip(curve.density).collect(),
        p05: summary.p05(),
        p50: summary.median(),
        p95: summary.p95(),
        mean: summary.mean,
        baseline: Some(in_base_year(findings, outcome)),
    }
}

fn band(label: &str, summary: &Summary) -> FanPeriod {
    let [p01, p05, p25, p50, p75, p95, p99] = summary.quantiles;
    FanPeriod { label: label.to_string(), p01, p05, p25, p50, p75, p95, p99 }
}

/// The outcome in each of the two scenarios whose difference the other charts show.
fn side_by_side(findings: &Findings<'_>, sides: &[Side; 2], outcome: usize) -> FanPair {
    let compiled = &findings.plan.outcomes[outcome];
    let fan = |side: &Side| {
        let base = &side.summaries[findings.plan.base_column(outcome)];
        let of_period = |period: usize| band(findings.period(period), &side.summaries[findings.plan.column(outcome, period)]);
        let (opening, baseline) = opening(findings, &Against::BaseYear, compiled, base);
        FanSide {
            label: side.title.clone(),
            baseline,
            periods: opening.into_iter().chain((0..findings.plan.world.periods).map(of_period)).collect(),
        }
    };
    FanPair {
        title: compiled.name.clone(),
        subtitle: format!("{}; {}, bands hold 50%, 90% and 98% of them", reading(findings, &Against::BaseYear, compiled), draws(findings)),
        unit: unit(&Against::BaseYear, compiled),
        source: source(findings),
        sides: sides.each_ref().map(fan),
    }
}

fn fan(findings: &Findings<'_>, outcome: usize) -> FanChart {
    let compiled = &findings.plan.outcomes[outcome];
    let base = findings.base_year(outcome);
    let (opening, known) = opening(findings, &findings.against, compiled, base);
    let periods = (0..findings.plan.world.periods).map(|period| band(findings.period(period), findings.summary(outcome, period)));
    FanChart {
        title: compiled.name.clone(),
        subtitle: format!("{}; {}, bands hold 50%, 90% and 98% of them", reading(findings, &findings.against, compiled), draws(findings)),
        unit: unit(&findings.against, compiled),
        source: source(findings),
        baseline: known,
        periods: opening.into_iter().chain(periods).collect(),
    }
}

fn branches(findings: &Findings<'_>, outcome: usize, period: usize) -> BranchesChart {
    let compiled = &findings.plan.outcomes[outcome];
    let whole = findings.summary(outcome, period);
    let row = |label: &str, found: &Summary| {
        let [_, p05, p25, p50, p75, p95, _] = found.quantiles;
        let share = found.draws as f64 / whole.draws.max(1) as f64;
        BranchRow { label: label.to_string(), share, draws: found.draws, p05, p25, p50, p75, p95 }
    };
    let labels = findings.branch_titles().iter().enumerate();
    let by_branch = labels.map(|(branch, label)| row(label, findings.branch_summary(outcome, period, branch)));
    BranchesChart {
        title: format!("{}, {}, by what happens", compiled.name, findings.period(period)),
        subtitle: format!("{}; {}; dot: median, bars: 25–75% and 5–95%", reading(findings, &findings.against, compiled), draws(findings)),
        unit: unit(&findings.against, compiled),
        source: source(findings),
        rows: std::iter::once(row("All draws", whole)).chain(by_branch).collect(),
    }
}

/// Where a fan opens from: the base year's figure, as it is read. A level that is uncertain there already has a band, not a point.
fn opening(
    findings: &Findings<'_>,
    against: &Against,
    outcome: &CompiledOutcome,
    base: &Summary,
) -> (Option<FanPeriod>, Option<(String, f64)>) {
    let year = base_year(findings);
    match (against, outcome.reading) {
        (Against::BaseYear, Reading::Level) if base.sd > 0.0 => (Some(band(&year, base)), None),
        (Against::BaseYear, Reading::Level) => (None, Some((year, base.mean))),
        _ => (None, Some((year, 0.0))),
    }
}

/// The outcome in the base year, as it is read: a change is zero.
fn in_base_year(findings: &Findings<'_>, outcome: usize) -> f64 {
    match findings.plan.outcomes[outcome].reading {
        Reading::Level => findings.level(findings.base_year(outcome).mean),
        Reading::Change | Reading::Percent => 0.0,
    }
}
