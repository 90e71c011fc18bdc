//! `ports.csv` and `services.csv`: how much passes through what can fill, how much it can take, how full it is and how long goods wait.

use super::run_tables::columns;
use super::table::Cell::Text;
use super::{Cell, Folder, OutputError, Table};
use crate::findings::Findings;
use crate::simulation::tables::ports::Measure;
use crate::transport::Kind;

pub(super) fn ports(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "port", "measure", "mean", "p05", "p50", "p95"];
    facilities(findings, folder, "ports.csv", &header, |kind, measure| {
        let Kind::Port(port) = kind else { return None };
        let measure = if measure == Measure::Throughput { "throughput_teu" } else { name(measure) };
        Some(vec![Text(&findings.baseline.ports[port].name), Text(measure)])
    })
}

pub(super) fn services(findings: &Findings<'_>, folder: &Folder) -> Result<(), OutputError> {
    let header = ["period", "service", "exporter", "importer", "measure", "mean", "p05", "p50", "p95"];
    facilities(findings, folder, "services.csv", &header, |kind, measure| {
        let Kind::Service { service, exporter, importer } = kind else { return None };
        let (from, to) = (findings.region(exporter), findings.region(importer));
        Some(vec![Text(&findings.scenario.services[service].name), Text(from), Text(to), Text(name(measure))])
    })
}

/// What a service carries is what passes through a port.
fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Throughput => "carried_teu",
        Measure::Capacity => "capacity_teu",
        Measure::Utilisation => "utilisation",
        Measure::Wait => "wait_days",
    }
}

/// One row for every period and figure that has names.
fn facilities<'f>(
    findings: &'f Findings<'_>,
    folder: &Folder,
    table: &str,
    header: &[&str],
    names: impl Fn(Kind, Measure) -> Option<Vec<Cell<'f>>>,
) -> Result<(), OutputError> {
    let mut table = Table::create(folder, table, header)?;
    let tables = &findings.plan.tables;
    let start = tables.ranges()[8].start;
    for period in 0..findings.plan.world.periods {
        for (index, key) in tables.ports.keys.iter().enumerate() {
            let Some(names) = names(key.kind, key.measure) else { continue };
            let mut row = vec![Text(findings.period(period))];
            row.extend(names);
            row.extend(columns(findings.cells.change(period, start + index).over(findings.level(key.base))));
            table.row(&row)?;
        }
    }
    table.finish()
}
