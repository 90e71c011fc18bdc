//! The second step of reading: every section checked, every name looked up in the baseline, everything wrong collected.

use super::document::Document;
use super::measure::{self, Measure, When};
use super::period::{self, Period};
use super::reader::{ROOT, Reader};
use super::target::Settable;
use super::transport::{self, Multiple};
use super::written::{Place, Written};
use super::{Event, Scenario, Service};
use super::{
    capacity, closure, correlation, data, default_outcomes, elasticities, event, land_bridge, outcome, rates, route_shares, service,
    settings, sweep, warnings,
};
use crate::baseline::Baseline;
use crate::diagnostics::{Diagnostic, Diagnostics};
use std::path::{Path, PathBuf};

pub(super) const KEYS: [&str; 24] = [
    "title",
    "description",
    "baseline",
    "extends",
    "periods",
    "model",
    "simulation",
    "tariff",
    "elasticities",
    "freight",
    "transit_time",
    "time_value",
    "land_bridge",
    "exchange_rate",
    "ports",
    "route_shares",
    "preferences",
    "outcome",
    "event",
    "service",
    "expansion",
    "data",
    "correlation",
    "sweep",
];

impl Document {
    /// The baseline's folder, beside the file that names it.
    pub fn baseline_folder(&self) -> &Path {
        &self.baseline
    }

    /// The scenario's own file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The scenario's own file and all that it extends, on the way to the last.
    pub fn sources(&self) -> &[PathBuf] {
        &self.sources
    }

    /// Checks everything against the baseline: the scenario with warnings, or all that is wrong with it, warnings included. Of a scenario with `[[sweep]]` this is
    /// what it says without them; its grid is checked by [`Document::check_grid`].
    ///
    /// # Errors
    /// Every error of the file and of those it extends, in the order of their lines.
    pub fn resolve(&self, baseline: &Baseline) -> Result<(Scenario, Vec<Diagnostic>), Diagnostics> {
        let (scenario, mut found) = self.checked(Some(baseline));
        found.sort();
        match scenario {
            Some(scenario) if !found.has_errors() => Ok((scenario, found.items)),
            _ => Err(found),
        }
    }

    /// What is wrong with the scenario as far as it can be told without its baseline, for when the baseline itself cannot be read.
    pub fn errors_without_baseline(&self) -> Diagnostics {
        // A value that is missing without the sweep may be the one that is swept.
        if let Ok(sweeps) = self.sweeps()
            && !sweeps.is_empty()
        {
            return self.told_of_points(&sweeps, None);
        }
        let (_, mut found) = self.checked(None);
        found.sort();
        found
    }

    fn checked(&self, baseline: Option<&Baseline>) -> (Option<Scenario>, Diagnostics) {
        let mut reader = Reader::new(baseline);
        reader.found = self.found.clone();
        reader.files.clone_from(&self.files);
        reader.torn = self.torn;
        let scenario = self.sections(&mut reader);
        (scenario, reader.found)
    }

    fn sections(&self, reader: &mut Reader<'_>) -> Option<Scenario> {
        let root = &self.root;
        let start = Place { source: self.source.clone(), span: 0..0 };
        let section = reader.section(root, &start, ROOT, &KEYS);
        let stem = self.path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        if matches!(stem.as_str(), "" | "." | "..") {
            let help = "rename it: the results stand in a folder named after the file".to_owned();
            reader.error(&start, "the file has no name of its own", Some(help));
        }
        let title = root.get("title").map(|w| reader.text(w, "a title"));
        let description = root.get("description").map(|w| reader.text(w, "a description"));
        let periods = reader.required(&section, "periods", "\"2025..2028\"").map(|w| period::read(reader, w)).unwrap_or_default();
        let (closure, adjustment) = settings::model(reader, root.get("model"));
        let simulation = root.get("simulation").map(|w| settings::simulation(reader, w)).unwrap_or_default();
        let when = When { periods: &periods, event: None };
        let measures = root.get("tariff").map(|w| measure::read(reader, w, when)).unwrap_or_default();
        let elasticities = root.get("elasticities").map(|w| elasticities::read(reader, w)).unwrap_or_default();
        closure::check(reader, root, closure, &elasticities);
        let freight = root.get("freight").map(|w| transport::multiples(reader, w, Multiple::Freight)).unwrap_or_default();
        let transit_time = root.get("transit_time").map(|w| transport::multiples(reader, w, Multiple::TransitTime)).unwrap_or_default();
        let time_values = root.get("time_value").map(|w| rates::time_values(reader, w)).unwrap_or_default();
        let land_bridges = root.get("land_bridge").map(|w| land_bridge::read(reader, w, &periods)).unwrap_or_default();
        let exchange_rates = root.get("exchange_rate").map(|w| rates::exchange_rates(reader, w)).unwrap_or_default();
        let (route_shares, route_shares_uncertain) = root.get("route_shares").map_or((Vec::new(), true), |w| route_shares::read(reader, w));
        let data = root.get("data").map(|w| data::read(reader, w)).unwrap_or_default();
        let correlation = root.get("correlation").and_then(|w| correlation::read(reader, w));
        sweep::read(reader, root);
        let ports = root.get("ports").map(|w| capacity::ports(reader, w)).unwrap_or_default();
        let services = root.get("service").map(|w| service::read(reader, w, &periods)).unwrap_or_default();
        let expansions = root.get("expansion").map(|w| capacity::expansions(reader, w, &periods)).unwrap_or_default();
        let inactive_agreements = root.get("preferences").map(|w| settings::inactive_agreements(reader, w)).unwrap_or_default();
        let mut tariffs: Vec<&Written> = root.get("tariff").into_iter().collect();
        tariffs.extend(root.get("event").map(measure::items).unwrap_or_default().iter().flat_map(event::tariff_lists));
        measure::check_displaced(reader, &tariffs);
        let events = root.get("event").map(|w| self.events(reader, w, &measures, &services, &periods)).unwrap_or_default();
        let declared = root.get("outcome").map(|w| outcome::read(reader, w)).unwrap_or_default();
        let outcomes = match reader.baseline? {
            baseline if declared.is_empty() => {
                let brought = events.iter().flat_map(|event| &event.outcomes).flat_map(|outcome| &outcome.measures);
                let measures: Vec<Measure> = measures.iter().chain(brought).cloned().collect();
                default_outcomes::default_outcomes(baseline, &measures)
            }
            _ => declared,
        };
        let scenario = Scenario {
            path: self.path.clone(),
            title: match title {
                None => stem.clone(),
                Some(title) => title?.to_owned(),
            },
            stem,
            description: match description {
                None => None,
                Some(text) => Some(text?.to_owned()),
            },
            baseline: self.baseline.clone(),
            periods,
            closure,
            adjustment,
            simulation,
            measures,
            elasticities,
            freight,
            transit_time,
            time_values,
            land_bridges,
            exchange_rates,
            ports,
            services,
            expansions,
            events,
            route_shares,
            route_shares_uncertain,
            inactive_agreements,
            data,
            correlation,
            outcomes,
            files: std::mem::take(&mut reader.files),
        };
        warnings::warn(reader, root, &scenario);
        Some(scenario)
    }

    fn events(
        &self,
        reader: &mut Reader<'_>,
        written: &Written,
        measures: &[Measure],
        services: &[Service],
        periods: &[Period],
    ) -> Vec<Event> {
        let items = |key: &str| self.root.get(key).map(measure::items).unwrap_or_default();
        let settable = Settable { tariffs: items("tariff"), measures, sailings: items("service"), services };
        event::read(reader, written, settable, periods)
    }
}
