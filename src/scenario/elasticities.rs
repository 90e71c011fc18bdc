//! `[elasticities]`: `import."*" = 5.0`, `supply."steel_iron@CAN" = "inf"`: what is believed instead of the baseline's table.

use super::number::{self, Quantity};
use super::reader::Reader;
use super::written::{Entry, Place, Value, Written};
use crate::baseline::{ElasticityKind, Horizon};
use crate::diagnostics::{quoted, suggest};
use crate::uncertainty::{Number, toml_key};

/// `[elasticities]`: later entries do not beat earlier ones; the most specific does, and any of these beats the baseline.
///
/// Who gives the long run of a kind gives it from the first day, unless the same scenario also gives its short run: the baseline's short run was
/// measured beside the baseline's long run and says nothing beside another.
#[derive(Debug, Clone, PartialEq)]
pub struct ElasticityOverride {
    pub kind: ElasticityKind,
    pub horizon: Horizon,
    pub sector: Option<usize>,
    pub region: Option<usize>,
    pub value: Number,
}

/// Reads `[elasticities]`.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Vec<ElasticityOverride> {
    let mut out = Vec::new();
    let Some(table) = reader.table(written, "a table [elasticities]", None) else {
        return out;
    };
    for entry in &table.entries {
        let Some((kind, horizon)) = kind(reader, &entry.key, &entry.key_place) else {
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
            out.extend(one(reader, &entry.key, (kind, horizon), value));
        }
    }
    out
}

/// `import`, or `import_short` for the short run.
pub(super) fn kind(reader: &mut Reader<'_>, key: &str, place: &Place) -> Option<(ElasticityKind, Horizon)> {
    for horizon in [Horizon::Long, Horizon::Short] {
        if let Some(kind) = ElasticityKind::ALL.into_iter().find(|kind| horizon.kind_word(*kind) == key) {
            return Some((kind, horizon));
        }
    }
    let names = [Horizon::Long, Horizon::Short].into_iter().flat_map(|horizon| ElasticityKind::ALL.map(|kind| horizon.kind_word(kind)));
    let names: Vec<String> = names.collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!("unknown kind of elasticity {}", quoted(key));
    reader.error(place, message, suggest(key, &names));
    None
}

fn one(reader: &mut Reader<'_>, kind_name: &str, (kind, horizon): (ElasticityKind, Horizon), entry: &Entry) -> Option<ElasticityOverride> {
    let scope = scope(reader, kind_name, &entry.key, &entry.key_place);
    let path = format!("elasticities.{kind_name}.{}", toml_key(&entry.key));
    let value = number::read(reader, &entry.value, quantity(kind), &path);
    let (sector, region) = scope?;
    Some(ElasticityOverride { kind, horizon, sector, region, value: value? })
}

pub(super) fn quantity(kind: ElasticityKind) -> Quantity {
    match kind {
        ElasticityKind::Supply => Quantity::SupplyElasticity,
        _ => Quantity::Elasticity,
    }
}

/// `sector`, `sector@REGION`, `*` or `*@REGION`: the sector and region that it holds for, `None` for all.
pub(super) fn scope(reader: &mut Reader<'_>, kind_name: &str, key: &str, place: &Place) -> Option<(Option<usize>, Option<usize>)> {
    let (sector, region) = match key.split_once('@') {
        None => (key, None),
        Some((sector, region)) => (sector, Some(region)),
    };
    let sector = match sector {
        "*" => Some(None),
        code => reader.sector(code, place).map(Some),
    };
    let region = match region {
        None => Some(None),
        Some("*") => {
            let help = format!("leave the region out: {kind_name}.{}", toml_key(key.trim_end_matches("@*")));
            reader.error(place, "\"@*\" is not needed: without a region it holds for all", Some(help));
            None
        }
        Some(code) => reader.region(code, place).map(Some),
    };
    Some((sector?, region?))
}
