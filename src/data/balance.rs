//! Trade brought to known totals: each sector's flows between regions to what every region exports and imports of it ([`super::ras`]), home sales left alone.

use super::import::FlowRow;
use super::ras::{self, Impossible};
use crate::baseline::{Figures, Quality, Region, Sector};
use crate::diagnostics::Diagnostics;
use std::path::Path;

/// A flow that balancing changed; US$ million.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub exporter: usize,
    pub importer: usize,
    pub sector: usize,
    pub before: f64,
    pub after: f64,
}

impl Change {
    /// How far off one, as a factor either way.
    pub fn factor(&self) -> f64 {
        let ratio = self.after / self.before;
        if ratio < 1.0 { 1.0 / ratio } else { ratio }
    }
}

/// Balances every sector that `totals` (exports, then imports) are given for; the largest changes first.
pub(super) fn to_totals(
    flows: &mut [FlowRow],
    totals: &[Figures],
    (regions, sectors): (&[Region], &[Sector]),
    table: &Path,
    wrong: &mut Diagnostics,
) -> Vec<Change> {
    let (n, mut changes) = (regions.len(), Vec::new());
    for (s, sector) in sectors.iter().enumerate() {
        let given =
            |region: usize| totals.iter().find(|(r, of, _)| (*r, *of) == (region, s)).map(|(_, _, figures)| (figures[0], figures[1]));
        let known: Vec<_> = (0..n).map(given).collect();
        if known.iter().all(Option::is_none) {
            continue;
        }
        let missing: Vec<&str> =
            regions.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(region, _)| region.code.as_str()).collect();
        if !missing.is_empty() {
            let help = "a sector is balanced where exports and imports of all regions are given: add the rows, or take the sector's away";
            wrong.error_in(table, format!("{}: no totals for {}", sector.code, missing.join(", ")), Some(help.into()));
            continue;
        }
        let (exports, imports): (Vec<f64>, Vec<f64>) = known.into_iter().flatten().unzip();
        let mut matrix = vec![0.0; n * n];
        let of_sector = |row: &&mut FlowRow| row.sector == s && row.exporter != row.importer;
        flows.iter_mut().filter(of_sector).for_each(|row| matrix[row.exporter * n + row.importer] = row.value);
        if let Err(impossible) = ras::balance(&mut matrix, &exports, &imports) {
            let (message, help) = explained(impossible, regions);
            wrong.error_in(table, format!("{}: {message}", sector.code), Some(help));
            continue;
        }
        for row in flows.iter_mut().filter(of_sector) {
            let (before, after) = (row.value, matrix[row.exporter * n + row.importer]);
            // What moved by less than the tolerance did not move.
            if (after - before).abs() > 1e-9 * before {
                changes.push(Change { exporter: row.exporter, importer: row.importer, sector: s, before, after });
                row.value = after;
                row.quality = row.quality.max(Quality::Derived);
                row.source = format!("{}+ras", row.source);
            }
        }
    }
    changes.sort_by(|a, b| b.factor().total_cmp(&a.factor()).then_with(|| b.before.total_cmp(&a.before)));
    changes
}

fn explained(impossible: Impossible, regions: &[Region]) -> (String, String) {
    let code = |region: usize| regions.get(region).map_or("", |region| region.code.as_str());
    match impossible {
        Impossible::Disagree { rows, columns } => (
            format!("the exports of all regions add up to {rows:.3}, their imports to {columns:.3}: a difference of {:.3}", rows - columns),
            "what is exported is imported somewhere: make the totals agree, in one valuation (FOB or CIF), before balancing to them".into(),
        ),
        Impossible::EmptyRow { row, total } => (
            format!("{} exports nothing to anybody, but is to export {total:.3}", code(row)),
            "add the flows that are missing, from another file or with --base, or set the total to zero".into(),
        ),
        Impossible::EmptyColumn { column, total } => (
            format!("{} imports nothing from anybody, but is to import {total:.3}", code(column)),
            "add the flows that are missing, from another file or with --base, or set the total to zero".into(),
        ),
        Impossible::NoSolution { row, sum, total } => (
            format!("no trade among these pairs has these totals: {} comes to exports of {sum:.3}, not {total:.3}", code(row)),
            "pairs without trade stay without: add the flows that are missing, or look the totals over".into(),
        ),
    }
}
