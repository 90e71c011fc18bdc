//! What is random: every uncertain number that the scenario uses, with its mean and the range of nine draws in ten.

use super::{Selection, dates, doubts};
use crate::cli::columns::{Columns, minus};
use crate::cli::loading::Loaded;
use crate::scenario::path_parts;
use crate::uncertainty::Uncertain;

/// How many there are, and where those are that fill no lines of their own.
pub(super) fn heading(loaded: &Loaded) -> String {
    let parameters = &loaded.plan.world.parameters;
    let of_data = parameters.iter().filter(|parameter| doubts::is_doubt(&parameter.path)).count();
    let mut heading = format!("Uncertain numbers: {}", parameters.len() - of_data);
    match parameters.iter().filter(|parameter| is_decision(&parameter.path)).count() {
        0 => {}
        1 => heading.push_str(", one of them the event's"),
        events => heading.push_str(&format!(", {events} of them the events'")),
    }
    if of_data > 0 {
        heading.push_str(&format!("; {of_data} more of the base year, summed up below, in full with --csv uncertain"));
    }
    heading
}

/// For a person: the distribution in words, those of the base year's figures apart; of one sector's elasticities and time where only that sector is asked for.
pub(super) fn described(loaded: &Loaded, selection: Selection) -> Columns {
    let mut table = Columns::new(&["number", "mean", "90% range", "distribution"], 1);
    let others: Vec<&str> = match selection.sector {
        Some(only) => {
            loaded.baseline.sectors.iter().map(|s| s.code.as_str()).filter(|code| *code != loaded.baseline.sectors[only].code).collect()
        }
        None => Vec::new(),
    };
    let of_another = |path: &str| {
        let of_elasticity = path.strip_prefix("elasticities.").and_then(|rest| rest.split_once('.')).map(|(_, place)| place);
        of_elasticity.or_else(|| path.strip_prefix("time_value.")).is_some_and(|place| {
            let sector = place.trim_matches('"').split('@').next().unwrap_or_default();
            others.contains(&sector)
        })
    };
    // What comes of an event has a table of its own.
    let apart = |path: &str| of_another(path) || doubts::is_doubt(path) || is_decision(path);
    for parameter in loaded.plan.world.parameters.iter().filter(|parameter| !apart(&parameter.path)) {
        let words = words(parameter);
        let (family, range) = words.rsplit_once(", 90% ").unwrap_or((&words, ""));
        let mean = match dates::is_day(&parameter.path) {
            true => dates::figures(&parameter.distribution)[0].clone(),
            false => mean(parameter.distribution.mean()),
        };
        let family = family.split_once(", mean ").filter(|_| dates::is_day(&parameter.path)).map_or(family, |(family, _)| family);
        table.row(vec![parameter.path.clone(), mean, range.to_string(), minus(family)]);
    }
    table.with_last_left()
}

/// Whether this is the number that decides an event.
fn is_decision(path: &str) -> bool {
    path_parts(path).is_some_and(|parts| parts.len() == 2 && parts[0] == "event")
}

/// Three digits or four; what a day costs is a small share.
fn mean(value: f64) -> String {
    let decimals = match value.abs() {
        x if x >= 100.0 => 0,
        x if x >= 10.0 => 1,
        x if x >= 1.0 => 2,
        x if x > 0.0 && x < 0.01 => 5,
        x if x > 0.0 && x < 0.1 => 4,
        _ => 3,
    };
    format!("{value:.decimals$}")
}

/// For a spreadsheet: with its figures.
pub(super) fn uncertain(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["number", "mean", "5%", "95%", "distribution"], 1);
    for parameter in loaded.plan.world.parameters.iter() {
        let distribution = &parameter.distribution;
        let figures = [distribution.mean(), distribution.quantile(0.05), distribution.quantile(0.95)];
        let mut row = vec![parameter.path.clone()];
        row.extend(if dates::is_day(&parameter.path) {
            dates::figures(distribution)
        } else {
            figures.map(|figure| format!("{figure:.3}"))
        });
        row.push(words(parameter));
        table.row(row);
    }
    table.with_last_left()
}

/// The distribution in words, a day's as dates.
fn words(parameter: &Uncertain) -> String {
    if dates::is_day(&parameter.path) { dates::described(&parameter.distribution) } else { parameter.distribution.describe() }
}
