//! Who claims a trade agreement's preference: u = u₀ + (u_max − u₀)·(1 − exp(−response·margin)), as MODEL's tariffs want it.

use super::Quality;
use super::codes::Codes;
use super::table::{Complaints, Layout, Table};
use std::collections::HashMap;

pub(super) const LAYOUT: Layout = Layout {
    required: &["agreement", "exporter", "importer", "sector", "utilisation", "utilisation_max", "response", "quality"],
    optional: &["source"],
};

/// Who claims a trade agreement's preference, and how that answers to the duty saved.
/// `preferences.csv`: agreement,exporter,importer,sector,utilisation,utilisation_max,response,quality,source  (sector may be *)
/// u = utilisation + (utilisation_max − utilisation)·(1 − exp(−response·margin))
#[derive(Debug, Clone, PartialEq)]
pub struct Preference {
    /// Lower case: `usmca`.
    pub agreement: String,
    pub exporter: usize,
    pub importer: usize,
    pub sector: Option<usize>,
    pub utilisation: f64,
    pub utilisation_max: f64,
    pub response: f64,
    pub quality: Quality,
}

pub(super) fn preferences(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<Preference> {
    let mut found = Vec::new();
    let mut first = HashMap::new();
    for row in table.rows() {
        let (name, from, to, what) = (row.field("agreement"), row.field("exporter"), row.field("importer"), row.field("sector"));
        let (exporter, importer) = (codes.regions.find(&from, complaints), codes.regions.find(&to, complaints));
        let sector = codes.sectors.find_or_all(&what, complaints);
        let highest = row.field("utilisation_max");
        let (utilisation, utilisation_max) = (complaints.fraction(&row.field("utilisation")), complaints.fraction(&highest));
        let response = complaints.number(&row.field("response"));
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        let agreement = name.text.to_lowercase();
        if agreement.is_empty() || !agreement.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            complaints.error(&name.span, || {
                (
                    format!("the agreement `{}` cannot be used", name.text),
                    Some("letters, digits, underscores and hyphens, e.g. `usmca`".into()),
                )
            });
            continue;
        }
        if let (Some(from), Some(to)) = (utilisation, utilisation_max)
            && to < from
        {
            complaints.error(&highest.span, || {
                (
                    format!("utilisation_max {to} is less than utilisation {from}"),
                    Some("it is the share that claims when the margin is very large".into()),
                )
            });
        }
        let (Some(exporter), Some(importer), Some(sector)) = (exporter, importer, sector) else { continue };
        if exporter == importer {
            complaints.error(&to.span, || (format!("a preference of {} for itself", to.text), Some("exporter and importer differ".into())));
            continue;
        }
        if let Some(before) = first.insert((agreement.clone(), exporter, importer, sector), row.span()) {
            complaints.duplicate(&row.span(), format!("`{agreement}` for {} from {} to {}", what.text, from.text, to.text), &before);
            continue;
        }
        let (Some(utilisation), Some(utilisation_max), Some(response), Some(quality)) = (utilisation, utilisation_max, response, quality)
        else {
            continue;
        };
        found.push(Preference { agreement, exporter, importer, sector, utilisation, utilisation_max, response, quality });
    }
    found
}
