//! The trade matrix: V_in by sector, domestic sales on its diagonal, and the base year's tariffs t_in. A tariff on the diagonal is the duty that the members of a
//! region, such as the rest of the world, levy on one another.

use super::Quality;
use super::codes::Codes;
use super::table::{Complaints, Layout, Table};
use std::collections::HashMap;
use std::ops::Range;

pub(super) const LAYOUT: Layout =
    Layout { required: &["exporter", "importer", "sector", "value_usd_m", "quality"], optional: &["tariff", "source"] };

/// Above it a tariff is taken for a percentage: ten times the price is beyond any duty in force.
const HIGHEST_TARIFF: f64 = 10.0;

/// One cell of the trade matrix. `value` in US$ million a year at customs value (domestic sales where exporter = importer); `tariff` a fraction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    pub value: f64,
    pub tariff: f64,
    pub quality: Quality,
}

impl Flow {
    /// What a cell without a row holds.
    pub(super) const NONE: Flow = Flow { value: 0.0, tariff: 0.0, quality: Quality::Observed };
}

/// The dense matrix, laid out as [`super::Baseline::cell`] says.
pub(super) fn flows(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<Flow> {
    let n = codes.regions.len();
    let mut flows = vec![Flow::NONE; codes.sectors.len() * n * n];
    let mut first: HashMap<usize, Range<usize>> = HashMap::new();
    for row in table.rows() {
        let (exporter, importer, sector) = (row.field("exporter"), row.field("importer"), row.field("sector"));
        let cell =
            (codes.regions.find(&exporter, complaints), codes.regions.find(&importer, complaints), codes.sectors.find(&sector, complaints));
        let tariff_field = row.field("tariff");
        let value = complaints.number(&row.field("value_usd_m"));
        let tariff = complaints.number_or(&tariff_field, 0.0);
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        if tariff.is_some_and(|t| t > HIGHEST_TARIFF) {
            complaints.error(&tariff_field.span, || {
                (
                    format!("a tariff of `{}` is {} times the value", tariff_field.text, tariff_field.text),
                    Some("write a fraction: 0.25 for 25%".into()),
                )
            });
            continue;
        }
        let (Some(e), Some(i), Some(s)) = cell else { continue };
        if let Some(before) = first.insert((s * n + e) * n + i, row.span()) {
            let what = format!("the flow of {} from {} to {}", sector.text, exporter.text, importer.text);
            complaints.duplicate(&row.span(), what, &before);
            continue;
        }
        if tariff.is_some_and(|t| t > 1.0) {
            let message = format!("a tariff of `{}` is more than the value itself", tariff_field.text);
            complaints.warn(&tariff_field.span, message, Some("tariffs are fractions, 0.029 for 2.9%: is it meant so?".into()));
        }
        let (Some(value), Some(tariff), Some(quality)) = (value, tariff, quality) else { continue };
        flows[(s * n + e) * n + i] = Flow { value, tariff, quality };
    }
    flows
}
