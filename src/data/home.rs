//! Home sales, which no trade statistics hold: gross output less exports, or what an older baseline has.

use super::import::{FlowRow, Gap, GapKind};
use crate::baseline::{Figures, Quality};

/// Gross output of the tables given, by region and sector.
pub(super) struct Output<'a> {
    pub figures: &'a [Figures],
    /// The key in the column `source`.
    pub key: String,
}

/// The home sales of a region's sector, as a row; `None` where nothing is known of them, which is a gap. `exports`: to all other regions.
pub(super) fn sales(place: (usize, usize), exports: f64, output: &Output, base: Option<FlowRow>, gaps: &mut Vec<Gap>) -> Option<FlowRow> {
    let (region, sector) = place;
    let gap = |kind: GapKind, value: f64| Gap { kind, exporter: region, importer: region, sector, value };
    match output.figures.iter().find(|(r, s, _)| (*r, *s) == place).map(|(_, _, figures)| figures[0]) {
        // Goods that only pass through are exported without being made: exports above output.
        Some(gross) if gross < exports => {
            gaps.push(gap(GapKind::ExportsAboveOutput, exports - gross));
            base
        }
        Some(gross) => {
            let source = output.key.clone();
            Some(FlowRow {
                exporter: region,
                importer: region,
                sector,
                value: gross - exports,
                tariff: String::new(),
                quality: Quality::Derived,
                source,
            })
        }
        None => {
            if base.is_none() {
                gaps.push(gap(GapKind::HomeSales, 0.0));
            }
            base
        }
    }
}
