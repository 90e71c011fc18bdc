//! The tables of a run, column for column.

use super::table::Cell::{Integer, Number, Text};
use super::{Cell, Folder, OutputError, Table, error_tables, facility_tables};
use crate::findings::sweep::SummaryRow;
use crate::findings::{CellFigures, Findings};
use crate::simulation::tables::{diversion, exposure, maritime, prices, route_mix, welfare};
use rayon::prelude::*;

/// Writes every table of the run into `folder`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_tables(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    type Write = fn(&Findings<'_>, &Folder) -> Result<(), OutputError>;
    let tables: [Write; 17] = [
        summary,
        flows,
        tariffs,
        prices,
        welfare,
        diversion,
        maritime,
        exposure,
        route_mix,
        facility_tables::ports,
        facility_tables::services,
        error_tables::convergence,
        error_tables::errors,
        error_tables::risk,
        error_tables::exceedance,
        error_tables::sensitivity,
        failures,
    ];
    let written: Vec<Result<(), OutputError>> = tables.into_par_iter().map(|table| table(findings, folder)).collect();
    written.into_iter().collect()
}

/// The columns of `summary.csv`.
pub(super) const SUMMARY_COLUMNS: [&str; 15] =
    ["outcome", "branch", "period", "unit", "mean", "sd", "se", "p01", "p05", "p25", "p50", "p75", "p95", "p99", "draws"];

fn summary(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let mut table = Table::create(folder, "summary.csv", &SUMMARY_COLUMNS)?;
    for row in findings.summary_rows() {
        table.row(&summary_cells(&row))?;
    }
    table.finish()
}

pub(super) fn summary_cells(row: &SummaryRow) -> Vec<Cell<'_>> {
    let found = &row.summary;
    let mut cells = vec![Text(&row.outcome), Text(&row.branch), Text(&row.period), Text(row.unit)];
    cells.extend([found.mean, found.sd, found.se].map(Number));
    cells.extend(found.quantiles.map(Number));
    cells.push(Integer(found.draws));
    cells
}

fn flows(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "exporter", "importer", "sector", "mode", "baseline", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.flows.keys;
    wide(findings, folder, "flows.csv", &header, 0, keys, |key, figures| {
        let mode = key.mode.map_or("all", crate::baseline::Mode::word);
        let names = [Text(findings.region(key.exporter)), Text(findings.region(key.importer)), Text(findings.sector(Some(key.sector)))];
        let mut row = names.to_vec();
        row.extend([Text(mode), Number(findings.level(key.base))]);
        row.extend(columns(figures.over(findings.level(key.base))));
        row
    })
}

fn tariffs(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "importer", "exporter", "sector", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.tariffs.keys;
    wide(findings, folder, "tariffs.csv", &header, 1, keys, |key, figures| {
        let mut row =
            vec![Text(findings.region(key.importer)), Text(findings.region(key.exporter)), Text(findings.sector(Some(key.sector)))];
        row.extend(columns(figures.over(findings.level(key.base))));
        row
    })
}

fn prices(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "region", "sector", "kind", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.prices.keys;
    wide(findings, folder, "prices.csv", &header, 2, keys, |key, figures| {
        let kind = match key.kind {
            prices::Kind::Producer => "producer",
            prices::Kind::Consumer => "consumer",
            prices::Kind::Import => "import",
        };
        let mut row = vec![Text(findings.region(key.region)), Text(findings.sector(Some(key.sector))), Text(kind)];
        row.extend(columns(figures.over(findings.level(1.0))));
        row
    })
}

fn welfare(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "region", "sector", "component", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.welfare.keys;
    wide(findings, folder, "welfare.csv", &header, 3, keys, |key, figures| {
        let component = match key.component {
            welfare::Component::ConsumerSurplus => "consumer_surplus",
            welfare::Component::ProducerSurplus => "producer_surplus",
            welfare::Component::TariffRevenue => "tariff_revenue",
            welfare::Component::Net => "net",
        };
        let mut row = vec![Text(findings.region(key.region)), Text(findings.sector(key.sector)), Text(component)];
        row.extend(columns(figures));
        row
    })
}

fn diversion(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "exporter", "sector", "destination", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.diversion.keys;
    wide(findings, folder, "diversion.csv", &header, 4, keys, |key: &diversion::Key, figures| {
        let destination = key.destination.map_or("not_made", |region| findings.region(region));
        let mut row = vec![Text(findings.region(key.exporter)), Text(findings.sector(key.sector)), Text(destination)];
        row.extend(columns(figures));
        row
    })
}

fn maritime(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "exporter", "importer", "sector", "component", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.maritime.keys;
    wide(findings, folder, "maritime_shift.csv", &header, 5, keys, |key, figures| {
        let component = match key.component {
            maritime::Component::Volume => "volume",
            maritime::Component::Route => "route",
            maritime::Component::Joint => "joint",
            maritime::Component::Total => "total",
        };
        let mut row = vec![Text(findings.region(key.exporter)), Text(findings.region(key.importer)), Text(findings.sector(key.sector))];
        row.push(Text(component));
        row.extend(columns(figures));
        row
    })
}

/// Trade at risk and expected shortfall are one number each, not a distribution: it stands in every column.
fn exposure(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "exporter", "importer", "sector", "measure", "mean", "p05", "p50", "p95"];
    let mut table = Table::create(folder, "exposure.csv", &header)?;
    let plan = findings.plan;
    let start = plan.tables.ranges()[6].start;
    for period in 0..plan.world.periods {
        let mut losses = 0;
        for (index, key) in plan.tables.exposure.keys.iter().enumerate() {
            let names = [
                Text(findings.period(period)),
                Text(findings.region(key.exporter)),
                Text(findings.region(key.importer)),
                Text(findings.sector(key.sector)),
            ];
            let mut line = |measure, figures: [Cell<'_>; 4]| {
                let mut row = names.to_vec();
                row.push(Text(measure));
                row.extend(figures);
                table.row(&row)
            };
            let figures = findings.cells.change(period, start + index);
            match key.measure {
                exposure::Measure::ShareExposed => line("share_exposed", columns(figures))?,
                exposure::Measure::WeightedRate => line("weighted_rate", columns(figures))?,
                exposure::Measure::Loss => {
                    let loss = findings.cells.loss(period, losses, plan.world.periods);
                    losses += 1;
                    line("trade_at_risk_95", [Number(loss.trade_at_risk); 4])?;
                    line("expected_shortfall_95", [Number(loss.expected_shortfall); 4])?;
                }
            }
        }
    }
    table.finish()
}

fn route_mix(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "exporter", "importer", "route", "mode", "when", "mean", "p05", "p50", "p95"];
    let keys = &findings.plan.tables.route_mix.keys;
    wide(findings, folder, "route_mix.csv", &header, 7, keys, |key, figures| {
        let when = match key.when {
            route_mix::When::BaseYear => "base_year",
            route_mix::When::Now => "now",
        };
        let mut row = vec![Text(findings.region(key.exporter)), Text(findings.region(key.importer))];
        let route = findings.route(key.exporter, key.importer, key.route);
        row.extend([Text(route.map_or("", |route| &route.name)), Text(route.map_or("", |route| route.mode.word())), Text(when)]);
        row.extend(columns(figures));
        row
    })
}

fn failures(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let mut table = Table::create(folder, "failures.csv", &["draw", "period", "sector", "reason"])?;
    for failed in &findings.results.failures {
        let reason = failed.failure.to_string();
        table.row(&[Integer(failed.draw), Text(findings.period(failed.period)), Text(findings.sector(failed.sector)), Text(&reason)])?;
    }
    table.finish()
}

/// One row for every period and key, in that order; `which` is the table's place among the wide tables.
fn wide<'f, K>(
    findings: &'f Findings<'_>,
    folder: &Folder,
    name: &str,
    header: &[&str],
    which: usize,
    keys: &'f [K],
    row: impl Fn(&'f K, CellFigures) -> Vec<Cell<'f>>,
) -> Result<(), OutputError> {
    let mut table = Table::create(folder, name, header)?;
    let start = findings.plan.tables.ranges()[which].start;
    for period in 0..findings.plan.world.periods {
        for (index, key) in keys.iter().enumerate() {
            let mut cells = vec![Text(findings.period(period))];
            cells.extend(row(key, findings.cells.change(period, start + index)));
            table.row(&cells)?;
        }
    }
    table.finish()
}

/// mean, p05, p50, p95.
pub(super) fn columns(figures: CellFigures) -> [Cell<'static>; 4] {
    [figures.mean, figures.p05, figures.p50, figures.p95].map(Number)
}
