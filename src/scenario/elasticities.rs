//! `[elasticities]`: `import."*" = 5.0`, `supply."steel_iron@CAN" = "inf"`: what is believed instead of the baseline's table.

use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::{Entry, Value, Written};
use crate::baseline::ElasticityKind;
use crate::diagnostics::{nearest, quoted, suggest};
use crate::uncertainty::Number;
use crate::uncertainty::toml_key;

/// `[elasticities]`: later entries do not beat earlier ones; the most specific does, and any of these beats the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct ElasticityOverride {
    pub kind: ElasticityKind,
    pub sector: Option<usize>,
    pub region: Option<usize>,
    pub value: Number,
}

const KINDS: [(&str, ElasticityKind); 5] = [
    ("demand", ElasticityKind::Demand),
    ("domestic", ElasticityKind::Domestic),
    ("import", ElasticityKind::Import),
    ("route", ElasticityKind::Route),
    ("supply", ElasticityKind::Supply),
];

/// Reads `[elasticities]`.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Vec<ElasticityOverride> {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [elasticities]", None) else {
        return out;
    };
    for entry in &table.entries {
        let Some(kind) = kind(reader, entry) else {
            continue;
        };
        let help = format!("write {}.\"*\" = … for all sectors", entry.key);
        let values = match &entry.value.value {
            // `import = { dist = … }` lacks the sector, rather than having one that is called dist.
            Value::Table(inner) if inner.get("dist").is_some() => {
                reader.error(&entry.value.place, format!("elasticities.{} does not say for which sectors", entry.key), Some(help));
                continue;
            }
            _ => reader.table(&entry.value, "elasticities by sector", Some(help)),
        };
        for value in values.map_or(&[][..], |t| &t.entries) {
            out.extend(one(reader, &entry.key, kind, value));
        }
    }
    out
}

fn kind(reader: &mut Reader<'_>, entry: &Entry) -> Option<ElasticityKind> {
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == entry.key) {
        return Some(*kind);
    }
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    let short = entry.key.strip_suffix("_short");
    if short.is_some_and(|long| nearest(long, names.iter().copied()).is_some()) {
        let message = format!("elasticities.{} is not supported yet: only long-run elasticities are", entry.key);
        reader.error(&entry.key_place, message, Some("remove the short-run elasticities".to_owned()));
        return None;
    }
    let message = format!("unknown kind of elasticity {}", quoted(&entry.key));
    reader.error(&entry.key_place, message, suggest(&entry.key, &names));
    None
}

fn one(reader: &mut Reader<'_>, kind_name: &str, kind: ElasticityKind, entry: &Entry) -> Option<ElasticityOverride> {
    let (sector, region) = match entry.key.split_once('@') {
        None => (entry.key.as_str(), None),
        Some((sector, region)) => (sector, Some(region)),
    };
    let sector = match sector {
        "*" => Some(None),
        code => reader.sector(code, &entry.key_place).map(Some),
    };
    let region = match region {
        None => Some(None),
        Some("*") => {
            let help = format!("leave the region out: {kind_name}.{}", toml_key(entry.key.trim_end_matches("@*")));
            reader.error(&entry.key_place, "\"@*\" is not needed: without a region it holds for all", Some(help));
            None
        }
        Some(code) => reader.region(code, &entry.key_place).map(Some),
    };
    let quantity = match kind {
        ElasticityKind::Supply => Quantity::SupplyElasticity,
        _ => Quantity::Elasticity,
    };
    let path = format!("elasticities.{kind_name}.{}", toml_key(&entry.key));
    let value = number::read(reader, &entry.value, quantity, &path);
    Some(ElasticityOverride { kind, sector: sector?, region: region?, value: value? })
}
