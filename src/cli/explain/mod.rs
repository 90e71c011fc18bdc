//! `explain`: what a scenario will really do, before any draw: effective tariffs with the layers that make them, what may happen, what is uncertain and what of it is
//! drawn together, routes, ports and services, outcomes, the grid of a sweep.

mod correlations;
mod dates;
mod doubts;
mod events;
mod grid;
mod numbers;
mod outcomes;
mod ports;
mod routes;
mod tariffs;

use super::columns::{Columns, wrapped};
use super::loading::{self, Loaded, Opened, Overrides};
use super::terminal::{complain, report, room, say, warn};
use super::{Ending, ExplainArgs};
use crate::diagnostics::{Diagnostics, suggest};
use crate::simulation::Plan;
use crate::uncertainty::Sampler;
use clap::ValueEnum;
use std::path::Path;

/// A table that `--csv` can print.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CsvTable {
    /// Effective tariffs, layer by layer
    Tariffs,
    /// What may happen, how likely, and what it changes
    Events,
    /// Every uncertain number
    Uncertain,
    /// Every two numbers that are drawn together
    Correlations,
    /// Routes with their cost and share
    Routes,
    /// Ports with their throughput and capacity
    Ports,
    /// What is reported, with its base-year figure
    Outcomes,
}

/// Which cells the reader asked for; `None` is all.
#[derive(Debug, Clone, Copy, Default)]
struct Selection {
    sector: Option<usize>,
    exporter: Option<usize>,
    period: Option<usize>,
}

pub(super) fn explain(args: &ExplainArgs) -> Ending {
    let (opened, loaded) = match read(&args.scenario) {
        Ok(read) => read,
        Err(wrong) => {
            report(&wrong);
            return Ending::WrongInput;
        }
    };
    warn(&loaded.warnings);
    let selection = match selection(args, &loaded) {
        Ok(selection) => selection,
        Err(message) => {
            complain(&message);
            return Ending::WrongInput;
        }
    };
    say(&match args.csv {
        Some(CsvTable::Tariffs) => tariffs::layers(&loaded, selection).csv(),
        Some(CsvTable::Events) => events::events(&loaded).csv(),
        Some(CsvTable::Uncertain) => numbers::uncertain(&loaded).csv(),
        Some(CsvTable::Correlations) => correlations::pairs(&loaded).csv(),
        Some(CsvTable::Routes) => routes::routes(&loaded).csv(),
        Some(CsvTable::Ports) => ports::ports(&loaded).csv(),
        Some(CsvTable::Outcomes) => outcomes::outcomes(&loaded).csv(),
        None => everything(&opened, &loaded, selection),
    })
}

/// The scenario as it stands, and the grid that it sweeps.
fn read(path: &Path) -> Result<(Opened, Loaded), Diagnostics> {
    let opened = loading::open(path)?;
    let loaded = opened.load(&opened.document, Overrides::default())?;
    Ok((opened, loaded))
}

/// Prose is not set wider than this.
const PAGE: usize = 120;
/// ln 2.
const HALF: f64 = std::f64::consts::LN_2;

fn everything(opened: &Opened, loaded: &Loaded, selection: Selection) -> String {
    let (scenario, plan) = (&loaded.scenario, &loaded.plan);
    let periods: Vec<&str> = scenario.periods.iter().map(|period| period.label.as_str()).collect();
    let room = room();
    let prose = |text: &str| set(text, room.min(PAGE));
    let mut parts = vec![prose(&scenario.title)];
    parts.extend(scenario.description.as_deref().map(prose));
    parts.push(prose(&format!(
        "{} regions × {} sector{}, periods {}; {}",
        plan.world.regions,
        plan.world.sectors,
        if plan.world.sectors == 1 { "" } else { "s" },
        periods.join(", "),
        draws(plan)
    )));
    parts.push(prose(&format!("Closure {}", scenario.closure.described())));
    let section = |parts: &mut Vec<String>, title: &str, table: &Columns| {
        if !table.is_empty() {
            parts.push(format!("{}\n{}", prose(title), table.text(room)));
        }
    };
    section(&mut parts, &grid::heading(&opened.points), &grid::sweeps(&opened.sweeps));
    if plan.world.has_short_run() {
        let speed = scenario.adjustment.central();
        parts.push(prose(&format!(
            "Elasticities move from short to long run at {speed:.2} a year: half of the way in {:.1} years",
            HALF / speed
        )));
    }
    section(&mut parts, "Measures", &tariffs::measures(loaded, selection));
    for (title, table) in tariffs::corridors(loaded, selection) {
        section(&mut parts, &title, &table);
    }
    section(&mut parts, "Events", &events::events(loaded));
    section(&mut parts, &numbers::heading(loaded), &numbers::described(loaded, selection));
    section(&mut parts, "The base year in doubt", &doubts::doubts(loaded, selection));
    if let Some(heading) = correlations::heading(loaded) {
        section(&mut parts, &heading, &correlations::lines(loaded));
    }
    section(&mut parts, "Routes", &routes::routes(loaded));
    section(&mut parts, "Services", &ports::services(loaded));
    section(&mut parts, "Ports in the base year", &ports::ports(loaded));
    section(&mut parts, "Ports, added", &ports::berths(loaded));
    section(&mut parts, "Outcomes", &outcomes::outcomes(loaded));
    parts.join("\n\n")
}

/// How many worlds are drawn, from what, and when a run may stop.
fn draws(plan: &Plan) -> String {
    let design = plan.sampler.described();
    match (plan.sampler, plan.precision) {
        // Its points are the same whatever the seed.
        (Sampler::Quadrature, _) => format!("{} draws, {design}: means and standard deviations only", plan.draws),
        (_, None) => format!("{} draws, seed {}, {design}", plan.draws, plan.seed),
        (_, Some(precision)) => format!(
            "at most {} draws, seed {}, {design}; enough as soon as every outcome's standard error is below {}% of its mean",
            plan.draws,
            plan.seed,
            (1e6 * precision).round() / 1e4
        ),
    }
}

/// Prose in lines of at most `room` characters; its own line breaks and indents stay.
fn set(text: &str, room: usize) -> String {
    let lines = text.trim().lines().map(|line| {
        let indent = &line[..line.len() - line.trim_start().len()];
        let parts = wrapped(line, room.saturating_sub(indent.len()));
        parts.iter().map(|part| format!("{indent}{part}")).collect::<Vec<_>>().join("\n")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn selection(args: &ExplainArgs, loaded: &Loaded) -> Result<Selection, String> {
    let sectors: Vec<&str> = loaded.baseline.sectors.iter().map(|sector| sector.code.as_str()).collect();
    let regions: Vec<&str> = loaded.baseline.regions.iter().map(|region| region.code.as_str()).collect();
    let periods: Vec<&str> = loaded.scenario.periods.iter().map(|period| period.label.as_str()).collect();
    Ok(Selection {
        sector: find("--sector", args.sector.as_deref(), &sectors)?,
        exporter: find("--exporter", args.exporter.as_deref(), &regions)?,
        period: find("--period", args.period.as_deref(), &periods)?,
    })
}

fn find(flag: &str, name: Option<&str>, known: &[&str]) -> Result<Option<usize>, String> {
    let Some(name) = name else { return Ok(None) };
    match known.iter().position(|candidate| *candidate == name) {
        Some(place) => Ok(Some(place)),
        None => {
            let help = suggest(name, known).unwrap_or_else(|| format!("known are {}", known.join(", ")));
            Err(format!("{flag}: \"{name}\" is not in this scenario; {help}"))
        }
    }
}

/// A name cut to what a table has room for.
fn short(name: &str) -> String {
    const ROOM: usize = 48;
    if name.chars().count() <= ROOM { name.to_string() } else { name.chars().take(ROOM - 1).chain(['…']).collect() }
}

/// A share as a person reads it.
fn percent(fraction: f64) -> String {
    format!("{:.1}%", 100.0 * fraction)
}
