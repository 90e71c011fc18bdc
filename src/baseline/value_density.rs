//! What a tonne of a sector's goods is worth, and how many tonnes fill a container: value to volume.

use super::Quality;
use super::codes::Codes;
use super::table::{Complaints, Layout, Table};
use std::collections::HashMap;

pub(super) const LAYOUT: Layout =
    Layout { required: &["sector", "usd_per_tonne", "tonnes_per_teu", "quality"], optional: &["containerised", "source"] };

/// What a tonne and a container of a sector are worth. `value_density.csv`: sector,usd_per_tonne,tonnes_per_teu,containerised,quality,source
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueDensity {
    pub usd_per_tonne: f64,
    pub tonnes_per_teu: f64,
    /// The share of the sector's sea trade that goes in containers; the rest is bulk, vehicles on their wheels, break bulk. 1 where the table does not say.
    pub containerised: f64,
    pub quality: Quality,
}

/// By sector; `None` where the table has no row.
pub(super) fn value_density(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<Option<ValueDensity>> {
    let mut found = vec![None; codes.sectors.len()];
    let mut first = HashMap::new();
    for row in table.rows() {
        let field = row.field("sector");
        let sector = codes.sectors.find(&field, complaints);
        let [usd_per_tonne, tonnes_per_teu] = ["usd_per_tonne", "tonnes_per_teu"].map(|column| {
            let field = row.field(column);
            let value = complaints.number(&field)?;
            if value == 0.0 {
                complaints.error(&field.span, || {
                    (format!("{column} is zero"), Some("values are divided by it: it must be more than zero".into()))
                });
                return None;
            }
            Some(value)
        });
        let containerised = if table.has("containerised") { complaints.fraction(&row.field("containerised")) } else { Some(1.0) };
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        let Some(sector) = sector else { continue };
        if let Some(before) = first.insert(sector, row.span()) {
            complaints.duplicate(&row.span(), format!("the value density of {}", field.text), &before);
            continue;
        }
        let (Some(usd_per_tonne), Some(tonnes_per_teu), Some(containerised), Some(quality)) =
            (usd_per_tonne, tonnes_per_teu, containerised, quality)
        else {
            continue;
        };
        found[sector] = Some(ValueDensity { usd_per_tonne, tonnes_per_teu, containerised, quality });
    }
    found
}
