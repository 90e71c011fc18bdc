//! The tables that say how sure the others are and what they hang on: `convergence.csv`, `errors.csv`, `risk.csv`, `exceedance.csv`, `sensitivity.csv`.

use super::table::Cell::{Integer, Number, Text};
use super::{Cell, Folder, OutputError, Table};
use crate::findings::attribution::Attribution;
use crate::findings::summary::PROBABILITIES;
use crate::findings::{Findings, branches};
use crate::statistics::{Estimate, draws_beyond};

/// Every mean as it stood at the checkpoints of the run.
pub(super) fn convergence(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let mut table = Table::create(folder, "convergence.csv", &["outcome", "period", "draws", "mean", "se"])?;
    for (index, outcome) in findings.plan.outcomes.iter().enumerate() {
        for period in 0..findings.plan.world.periods {
            for (draws, means) in &findings.settling {
                let mean = &means[findings.plan.column(index, period)];
                table.row(&[Text(&outcome.name), Text(findings.period(period)), Integer(*draws), Number(mean.value), Number(mean.se)])?;
            }
        }
    }
    table.finish()
}

/// The error of every mean and quantile of `summary.csv`, and how many draws lie beyond the quantile.
pub(super) fn errors(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["outcome", "branch", "period", "statistic", "estimate", "se", "low95", "high95", "draws_beyond"];
    let mut table = Table::create(folder, "errors.csv", &header)?;
    let names: Vec<&str> = std::iter::once(branches::ALL).chain(findings.branches().iter().map(String::as_str)).collect();
    let statistics = PROBABILITIES.map(|p| format!("p{:02.0}", 100.0 * p));
    for (index, outcome) in findings.plan.outcomes.iter().enumerate() {
        for period in 0..findings.plan.world.periods {
            for (branch, errors) in names.iter().zip(findings.errors(index, period)) {
                let keys = [Text(&outcome.name), Text(branch), Text(findings.period(period))];
                let mut line = |statistic: &str, estimate: &Estimate, beyond: Cell| {
                    let mut row = keys.to_vec();
                    row.push(Text(statistic));
                    row.extend(figures(estimate));
                    row.push(beyond);
                    table.row(&row)
                };
                line("mean", &errors.mean, Cell::Blank)?;
                for ((p, statistic), estimate) in PROBABILITIES.into_iter().zip(&statistics).zip(&errors.quantiles) {
                    line(statistic, estimate, Integer(draws_beyond(errors.draws, p)))?;
                }
            }
        }
    }
    table.finish()
}

/// What is lost in the worst draws, and how likely an outcome is to be below what the scenario asks about.
pub(super) fn risk(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["outcome", "period", "unit", "measure", "threshold", "estimate", "se", "low95", "high95"];
    let mut table = Table::create(folder, "risk.csv", &header)?;
    for (index, outcome) in findings.plan.outcomes.iter().enumerate() {
        for period in 0..findings.plan.world.periods {
            let worst = findings.worst(index, period);
            let mut line = |unit: &str, measure: &str, threshold: Cell, estimate: &Estimate| {
                let mut row = vec![Text(&outcome.name), Text(findings.period(period)), Text(unit), Text(measure), threshold];
                row.extend(figures(estimate));
                table.row(&row)
            };
            line(outcome.unit(), "trade_at_risk_95", Cell::Blank, &worst.trade_at_risk)?;
            line(outcome.unit(), "expected_shortfall_95", Cell::Blank, &worst.expected_shortfall)?;
            for (threshold, probability) in &worst.below {
                line("probability", "probability_below", Number(*threshold), probability)?;
            }
        }
    }
    table.finish()
}

/// The probability that an outcome exceeds each of a hundred values across its range.
pub(super) fn exceedance(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let mut table =
        Table::create(folder, "exceedance.csv", &["outcome", "period", "unit", "value", "probability", "se", "low95", "high95"])?;
    for (index, outcome) in findings.plan.outcomes.iter().enumerate() {
        for period in 0..findings.plan.world.periods {
            for point in &findings.worst(index, period).exceedance {
                let mut row = vec![Text(&outcome.name), Text(findings.period(period)), Text(outcome.unit()), Number(point.x)];
                row.extend(figures(&point.probability));
                table.row(&row)?;
            }
        }
    }
    table.finish()
}

/// Which inputs drive which outcomes: the screening of every run, and the Sobol' indices and Shapley effects where they were asked for.
pub(super) fn sensitivity(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let mut table = Table::create(folder, "sensitivity.csv", &["outcome", "period", "input", "index", "estimate", "low", "high"])?;
    for (index, outcome) in findings.plan.outcomes.iter().enumerate() {
        for period in 0..findings.plan.world.periods {
            let column = findings.plan.column(index, period);
            let mut line = |input: &str, index: &str, estimate: &Estimate| {
                let figures = [estimate.value, estimate.low, estimate.high].map(Number);
                let names = [Text(&outcome.name), Text(findings.period(period)), Text(input), Text(index)];
                table.row(&[names.as_slice(), figures.as_slice()].concat())
            };
            if let Some((attribution, shares)) = findings.attribution.as_ref().and_then(|a: &Attribution| Some((a, a.of(column)?))) {
                for (source, of) in attribution.sources.iter().zip(&shares.sources) {
                    let name = format!("group: {}", source.word());
                    line(&name, "shapley", &of.shapley)?;
                    line(&name, "first", &of.indices.first)?;
                    line(&name, "total", &of.indices.total)?;
                }
                for (input, indices) in attribution.inputs.iter().zip(&shares.inputs) {
                    line(&input.name, "first", &indices.first)?;
                    line(&input.name, "total", &indices.total)?;
                }
            }
            for driver in findings.drivers.of(column) {
                let name = &findings.drivers.inputs[driver.input].path;
                line(name, "rank", &driver.rank)?;
                line(name, "given_data", &driver.given_data)?;
                line(name, "delta", &driver.delta)?;
            }
        }
    }
    table.finish()
}

fn figures(estimate: &Estimate) -> [Cell<'static>; 4] {
    [estimate.value, estimate.se, estimate.low, estimate.high].map(Number)
}
