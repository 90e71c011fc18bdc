//! The tables of a finished run as the page needs them, read back from its folder.

use crate::findings::branches::ALL;
use crate::findings::summary::PROBABILITIES;
use crate::output::{ReadError, ReadRow, ReadTable};
use std::path::Path;

/// Where a file of the run comes from, by name: the folder that is being filled, or the finished one.
pub(super) type Fetch<'f> = dyn Fn(&str) -> Result<Vec<u8>, ReadError> + 'f;

/// A line of `summary.csv`, or of `sweep.csv`.
#[derive(Debug)]
pub(super) struct Line {
    /// Values on the axes of a grid; none elsewhere.
    pub at: Vec<String>,
    pub outcome: String,
    pub branch: String,
    pub period: String,
    pub mean: f64,
    pub sd: f64,
    pub se: f64,
    /// At [`PROBABILITIES`].
    pub quantiles: [f64; 7],
    pub draws: f64,
}

/// How sure a figure is: a line of `errors.csv` over all draws.
#[derive(Debug)]
pub(super) struct Sure {
    pub outcome: String,
    pub period: String,
    pub statistic: String,
    pub estimate: f64,
    pub se: f64,
    pub low: f64,
    pub high: f64,
}

/// What an input brings to an outcome: a line of `sensitivity.csv`.
#[derive(Debug)]
pub(super) struct Share {
    pub outcome: String,
    pub input: String,
    pub index: String,
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
}

fn table(fetch: &Fetch<'_>, name: &str, needed: &[&str]) -> Result<ReadTable, ReadError> {
    ReadTable::read(Path::new(name), &fetch(name)?, needed)
}

pub(super) fn summary(fetch: &Fetch<'_>, axes: &[String]) -> Result<Vec<Line>, ReadError> {
    let name = if axes.is_empty() { "summary.csv" } else { "sweep.csv" };
    let mut needed = vec!["outcome", "branch", "period", "mean", "sd", "se", "draws"];
    let quantiles = PROBABILITIES.map(|p| format!("p{:02.0}", 100.0 * p));
    needed.extend(quantiles.iter().map(String::as_str));
    needed.extend(axes.iter().map(String::as_str));
    let table = table(fetch, name, &needed)?;
    let line = |row: ReadRow<'_>| {
        let mut found = [f64::NAN; 7];
        for (figure, name) in found.iter_mut().zip(&quantiles) {
            *figure = row.number(name)?;
        }
        Ok(Line {
            at: axes.iter().map(|axis| row.text(axis).to_string()).collect(),
            outcome: row.text("outcome").to_string(),
            branch: row.text("branch").to_string(),
            period: row.text("period").to_string(),
            mean: row.number("mean")?,
            sd: row.number("sd")?,
            se: row.number("se")?,
            quantiles: found,
            draws: row.number("draws")?,
        })
    };
    table.rows().map(line).collect()
}

pub(super) fn errors(fetch: &Fetch<'_>) -> Result<Vec<Sure>, ReadError> {
    let table = table(fetch, "errors.csv", &["outcome", "branch", "period", "statistic", "estimate", "se", "low95", "high95"])?;
    let line = |row: ReadRow<'_>| {
        Ok(Sure {
            outcome: row.text("outcome").to_string(),
            period: row.text("period").to_string(),
            statistic: row.text("statistic").to_string(),
            estimate: row.number("estimate")?,
            se: row.number("se")?,
            low: row.number("low95")?,
            high: row.number("high95")?,
        })
    };
    table.rows().filter(|row| row.text("branch") == ALL).map(line).collect()
}

pub(super) fn shares(fetch: &Fetch<'_>, period: &str) -> Result<Vec<Share>, ReadError> {
    let table = table(fetch, "sensitivity.csv", &["outcome", "period", "input", "index", "estimate", "low", "high"])?;
    let line = |row: ReadRow<'_>| {
        Ok(Share {
            outcome: row.text("outcome").to_string(),
            input: row.text("input").to_string(),
            index: row.text("index").to_string(),
            estimate: row.number("estimate")?,
            low: row.number("low")?,
            high: row.number("high")?,
        })
    };
    table.rows().filter(|row| row.text("period") == period).map(line).collect()
}
