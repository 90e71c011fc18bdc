//! A grid of scenarios side by side: the rows of `summary.csv` of every point, with where the point stands.

use super::{Findings, Summary, branches};
use crate::simulation::outcomes::CompiledOutcome;
use crate::uncertainty::Sampler;

/// One line of `summary.csv`.
#[derive(Debug, Clone)]
pub struct SummaryRow {
    pub outcome: String,
    pub branch: String,
    pub period: String,
    pub unit: &'static str,
    pub summary: Summary,
}

/// What is varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub label: String,
    /// As written.
    pub values: Vec<String>,
    /// The values as numbers, where all are.
    pub numbers: Option<Vec<f64>>,
}

/// One point of the grid.
#[derive(Debug, Clone)]
pub struct Point {
    /// Place on each axis.
    pub place: Vec<usize>,
    pub rows: Vec<SummaryRow>,
}

/// A finished sweep.
#[derive(Debug, Clone)]
pub struct Sweep {
    pub title: String,
    /// The baseline's folder.
    pub baseline: String,
    /// What captions call the model, where it is not the default and not varied.
    pub model: Option<String>,
    /// At the first point; a precision that is asked for may be reached after others elsewhere.
    pub draws: u64,
    pub sampler: Sampler,
    /// Whether each point stops where it is precise enough.
    pub stops: bool,
    pub axes: Vec<Axis>,
    /// Of every point alike.
    pub outcomes: Vec<CompiledOutcome>,
    pub last_period: String,
    /// In the order of the grid, the last axis fastest.
    pub points: Vec<Point>,
}

impl Sweep {
    /// A sweep over these axes that reports what `findings`, its first point, does; without points.
    pub fn new(findings: &Findings<'_>, axes: Vec<Axis>) -> Self {
        Sweep {
            title: findings.scenario.title.clone(),
            baseline: findings.baseline.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            model: findings.model.clone().filter(|_| axes.iter().all(|axis| axis.label != "model.closure")),
            draws: findings.results.draws,
            sampler: findings.plan.sampler,
            stops: findings.plan.precision.is_some(),
            axes,
            outcomes: findings.plan.outcomes.clone(),
            last_period: findings.period(findings.plan.world.periods - 1).to_string(),
            points: Vec::new(),
        }
    }

    /// An outcome over all draws in the last period, at the point with these places.
    pub fn at(&self, outcome: usize, place: &[usize]) -> Option<&Summary> {
        let name = &self.outcomes.get(outcome)?.name;
        let point = self.points.iter().find(|point| point.place == place)?;
        let row = |row: &&SummaryRow| row.outcome == *name && row.branch == branches::ALL && row.period == self.last_period;
        point.rows.iter().find(row).map(|row| &row.summary)
    }
}

impl Findings<'_> {
    /// The lines of `summary.csv`: by outcome, then period, all draws before each branch.
    pub fn summary_rows(&self) -> Vec<SummaryRow> {
        let mut rows = Vec::new();
        for (index, outcome) in self.plan.outcomes.iter().enumerate() {
            for period in 0..self.plan.world.periods {
                let mut line = |branch: &str, summary: &Summary| {
                    rows.push(SummaryRow {
                        outcome: outcome.name.clone(),
                        branch: branch.to_string(),
                        period: self.period(period).to_string(),
                        unit: outcome.unit(),
                        summary: summary.clone(),
                    });
                };
                line(branches::ALL, self.summary(index, period));
                for (branch, label) in self.branches().iter().enumerate() {
                    line(label, self.branch_summary(index, period, branch));
                }
            }
        }
        rows
    }
}
