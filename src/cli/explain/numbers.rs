//! What is random: every uncertain number that the scenario uses, with its mean and the range of nine draws in ten.

use super::{Selection, dates, doubts};
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;
use crate::uncertainty::Uncertain;

/// How many there are, and where those are that fill no lines of their own.
pub(super) fn heading(loaded: &Loaded) -> String {
    let parameters = &loaded.plan.world.parameters;
    match parameters.iter().filter(|parameter| doubts::is_doubt(&parameter.path)).count() {
        0 => format!("Uncertain numbers: {}", parameters.len()),
        of_data => format!(
            "Uncertain numbers: {}; {of_data} more of the base year, summed up below, in full with --csv uncertain",
            parameters.len() - of_data
        ),
    }
}

/// For a person: the distribution in words, those of the base year's figures apart; of one sector's elasticities where only that sector is asked for.
pub(super) fn described(loaded: &Loaded, selection: Selection) -> Columns {
    let mut table = Columns::new(&["number", "distribution"], 2);
    let others: Vec<&str> = match selection.sector {
        Some(only) => {
            loaded.baseline.sectors.iter().map(|s| s.code.as_str()).filter(|code| *code != loaded.baseline.sectors[only].code).collect()
        }
        None => Vec::new(),
    };
    let of_another = |path: &str| {
        path.strip_prefix("elasticities.").and_then(|rest| rest.split_once('.')).is_some_and(|(_, place)| {
            let sector = place.trim_matches('"').split('@').next().unwrap_or_default();
            others.contains(&sector)
        })
    };
    for parameter in
        loaded.plan.world.parameters.iter().filter(|parameter| !of_another(&parameter.path) && !doubts::is_doubt(&parameter.path))
    {
        table.row(vec![parameter.path.clone(), words(parameter)]);
    }
    table
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
