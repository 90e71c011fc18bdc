//! What a report is about, in words: kept in `report.json`, as the tables hold codes and figures alone.

use super::input_names;
use super::measure_words::{self, Told};
use super::wording::{base_year, difference, reading, unit};
use crate::baseline::{Baseline, Quality};
use crate::charts::Unit;
use crate::findings::sweep::Sweep;
use crate::findings::{Against, Findings};
use crate::output::{Folder, OutputError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file of words within a folder of results.
pub const SUBJECT: &str = "report.json";

/// What was asked, of whom, and what figures are called.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    pub title: String,
    pub description: Option<String>,
    /// The title of the scenario that figures are differences from.
    pub against: Option<String>,
    /// The name of the baseline's folder, and of its year.
    pub baseline: String,
    pub base_year: String,
    /// What captions call the model, where it is not the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    pub measures: Vec<Told>,
    pub events: Vec<Told>,
    /// How many numbers are uncertain.
    pub uncertain: usize,
    /// In the order of the scenario.
    pub outcomes: Vec<OutcomeWords>,
    /// What uncertain numbers are called, by path.
    pub inputs: BTreeMap<String, String>,
    /// Trade between regions in the base year, US$ million, by how well it is known: `observed`, `derived`, `assumed`.
    pub quality: Vec<Known>,
    /// What a grid varies; nothing elsewhere.
    pub axes: Vec<String>,
}

/// An outcome as a reader knows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutcomeWords {
    pub name: String,
    pub unit: Unit,
    /// "Change from 2024, US$ a year".
    pub reading: String,
    /// The same in a table whose caption says what figures are differences from: "Difference, US$ a year".
    pub brief: String,
}

/// Trade that is known in one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    pub how: String,
    pub usd_m: f64,
}

impl Subject {
    /// Of a run, or of a difference.
    pub fn new(findings: &Findings<'_>) -> Subject {
        let (scenario, baseline, plan) = (findings.scenario, findings.baseline, findings.plan);
        let outcome = |outcome: &_| outcome_words(findings, outcome);
        let mut paths: Vec<&str> = findings.drivers.inputs.iter().map(|input| input.path.as_str()).collect();
        if let Some(attribution) = &findings.attribution {
            paths.extend(attribution.inputs.iter().map(|input| input.name.as_str()));
        }
        Subject {
            title: scenario.title.clone(),
            description: scenario.description.as_ref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            against: match &findings.against {
                Against::BaseYear => None,
                Against::Scenario(title) => Some(title.clone()),
            },
            baseline: baseline.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            base_year: base_year(findings),
            model: findings.model.clone(),
            measures: measure_words::measures(scenario, baseline),
            events: measure_words::events(scenario),
            uncertain: plan.world.parameters.len(),
            outcomes: plan.outcomes.iter().map(outcome).collect(),
            inputs: paths.into_iter().map(|path| (path.to_string(), input_names::name(path, baseline))).collect(),
            quality: quality(baseline),
            axes: Vec::new(),
        }
    }

    /// Of a grid, from its first point.
    #[must_use]
    pub fn over(self, sweep: &Sweep) -> Subject {
        Subject { axes: sweep.axes.iter().map(|axis| axis.label.clone()).collect(), model: sweep.model.clone(), ..self }
    }
}

fn outcome_words(findings: &Findings<'_>, outcome: &crate::simulation::outcomes::CompiledOutcome) -> OutcomeWords {
    OutcomeWords {
        name: outcome.name.clone(),
        unit: unit(&findings.against, outcome),
        reading: reading(findings, &findings.against, outcome),
        brief: match findings.against {
            Against::BaseYear => reading(findings, &findings.against, outcome),
            Against::Scenario(_) => format!("Difference, {}", difference(outcome)),
        },
    }
}

fn quality(baseline: &Baseline) -> Vec<Known> {
    let word = |quality: Quality| Quality::WORDS.iter().find(|(_, known)| *known == quality).map_or("", |(word, _)| *word);
    baseline.quality_by_value().into_iter().map(|(quality, usd_m)| Known { how: word(quality).to_string(), usd_m }).collect()
}

/// Writes the words into the folder.
///
/// # Errors
/// If they cannot be written.
pub fn keep_subject(subject: &Subject, folder: &Folder) -> Result<(), OutputError> {
    // Texts and finite numbers under names: there is nothing in it that JSON cannot hold.
    let mut bytes = serde_json::to_vec_pretty(subject).unwrap_or_default();
    bytes.push(b'\n');
    folder.write(SUBJECT, &bytes)
}
