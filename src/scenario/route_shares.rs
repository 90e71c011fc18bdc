//! `[route_shares]`: what is believed about how goods travel today.

use super::number::{self, Quantity};
use super::reader::Reader;
use super::transport::{modes, pair};
use super::written::{Place, Written};
use crate::baseline::Mode;
use crate::diagnostics::quoted;
use crate::uncertainty::{Number, toml_key};

/// `[route_shares]`: `sea."cereals_oilseeds@CAN-MEX" = 0.87`: a mode's share of a sector's trade in the base year; the other routes share the rest as before.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteShareOverride {
    pub mode: Mode,
    pub sector: Option<usize>,
    pub exporter: usize,
    pub importer: usize,
    pub share: Number,
}

/// Reads `[route_shares]`: the overrides, and whether the baseline's prior is drawn. It is unless `uncertain = false` says otherwise.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> (Vec<RouteShareOverride>, bool) {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [route_shares]", None) else {
        return (out, true);
    };
    let uncertain = table.get("uncertain").and_then(|w| reader.boolean(w)).unwrap_or(true);
    let mut places: Vec<&Place> = Vec::new();
    for (mode, entry, values) in modes(reader, table, &["*@CAN-MEX", "energy@CAN-MEX"]) {
        for value in &values.entries {
            let path = format!("route_shares.{}.{}", entry.key, toml_key(&value.key));
            let share = number::read(reader, &value.value, Quantity::RouteShare, &path);
            let Some((sector, pair_key)) = value.key.split_once('@') else {
                let message = format!("{} does not say between which regions", quoted(&value.key));
                let help = "write \"sector@EXPORTER-IMPORTER\", e.g. \"*@CAN-MEX\"".to_owned();
                reader.error(&value.key_place, message, Some(help));
                continue;
            };
            let sector = match sector {
                "*" => Some(None),
                code => reader.sector(code, &value.key_place).map(Some),
            };
            let pair = pair(reader, pair_key, &value.key_place, mode);
            if let (Some(sector), Some((exporter, importer)), Some(share)) = (sector, pair, share) {
                places.push(&value.value.place);
                out.push(RouteShareOverride { mode, sector, exporter, importer, share });
            }
        }
    }
    check_sums(reader, &out, &places);
    (out, uncertain)
}

/// The shares of the modes of one sector and pair cannot pass one together, not even at their least.
fn check_sums(reader: &mut Reader<'_>, shares: &[RouteShareOverride], places: &[&Place]) {
    for (i, share) in shares.iter().enumerate() {
        let pair = |other: &&RouteShareOverride| (other.exporter, other.importer) == (share.exporter, share.importer);
        // What is said of this sector beats what is said of all.
        let holds = |other: &&RouteShareOverride| {
            let beaten = || shares.iter().filter(pair).any(|o| o.mode == other.mode && o.sector == share.sector);
            other.sector == share.sector || (other.sector.is_none() && !beaten())
        };
        let others: f64 = shares.iter().filter(pair).filter(holds).filter(|o| o.mode != share.mode).map(least).sum();
        let told_later = shares[i + 1..].iter().filter(pair).any(|o| o.sector == share.sector);
        let sum = others + least(share);
        if sum > 1.0 + 1e-9 && !told_later {
            let message = format!("with the other modes of the same goods this makes {sum:.3} or more: shares add up to at most 1");
            reader.error(places[i], message, None);
        }
    }
}

fn least(share: &RouteShareOverride) -> f64 {
    match &share.share {
        Number::Fixed(value) => *value,
        Number::Uncertain(uncertain) => number::support(&uncertain.distribution).0.max(0.0),
    }
}
