//! `[model] closure`: which model answers, and what of a scenario or its baseline that model reads otherwise than the default does.

use super::elasticities::ElasticityOverride;
use super::measure::items;
use super::reader::Reader;
use super::written::{Place, Table, Value, Written};
use crate::baseline::{Baseline, ElasticityKind, Horizon};
use crate::uncertainty::Number;

/// Which model answers a scenario's shocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closure {
    /// Nested CES, the default.
    Partial,
    /// The linear global simulation model of Francois & Hall (2003).
    Gsim,
    /// The single-market model of the World Bank's WITS, after Laird & Yeats (1986).
    Smart,
}

impl Closure {
    pub const ALL: [Closure; 3] = [Closure::Partial, Closure::Gsim, Closure::Smart];

    /// As scenarios and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Closure::Partial => "partial",
            Closure::Gsim => "gsim",
            Closure::Smart => "smart",
        }
    }

    /// What captions call it.
    pub fn name(self) -> &'static str {
        match self {
            Closure::Partial => "nested CES",
            Closure::Gsim => "GSIM",
            Closure::Smart => "SMART",
        }
    }

    /// What it is, and which elasticities it reads as what.
    pub fn described(self) -> &'static str {
        match self {
            Closure::Partial => "partial: nested CES, solved exactly; prices in all markets, home goods apart from imports",
            Closure::Gsim => {
                "gsim: linear (Francois & Hall); prices in all markets, home goods as one origin among the others\n  \
                 composite demand is demand, substitution import, export supply supply; domestic is not used"
            }
            Closure::Smart => {
                "smart: trade creation and diversion, one importer at a time (Laird & Yeats), home sales unmoved\n  \
                 import demand is demand, substitution import, export supply supply; domestic is not used"
            }
        }
    }
}

/// Reads `closure = "gsim"`.
pub(super) fn read(reader: &mut Reader<'_>, written: &Written) -> Closure {
    if matches!(&written.value, Value::Text(text) if text == "general") {
        let help = "write closure = \"partial\": incomes and wages then stay as they are, and all else moves; \"gsim\" and \"smart\" are \
                    the classics";
        reader.error(&written.place, "closure = \"general\" is not supported yet", Some(help.to_owned()));
        return Closure::Partial;
    }
    reader.choice(written, "closure", &Closure::ALL.map(|closure| (closure.word(), closure))).unwrap_or(Closure::Partial)
}

/// Warns of every number that the closure does not use, or uses as another than it was written for.
pub(super) fn check(reader: &mut Reader<'_>, root: &Table, closure: Closure, overrides: &[ElasticityOverride]) {
    let Some(place) = root.get("model").and_then(|model| model.get("closure")).map(|written| written.place.clone()) else { return };
    if closure == Closure::Partial {
        return;
    }
    unused_in_scenario(reader, root, closure);
    let Some(baseline) = reader.baseline else { return };
    let is_overridden = |kind: ElasticityKind| overrides.iter().any(|given| given.kind == kind);
    if !is_overridden(ElasticityKind::Domestic) && substitutes_apart(baseline) {
        let takes = match closure {
            Closure::Smart => "leaves home sales as they are",
            _ => "takes home goods for one origin among the others",
        };
        let message = format!(
            "closure = {:?} {takes}: the baseline's elasticity between home goods and imports (domestic) is not used",
            closure.word()
        );
        let help = "closure = \"partial\" uses it; elasticities.import is the one of substitution here";
        reader.warn(&place, message, Some(help.to_owned()));
    }
    if closure == Closure::Smart {
        check_smart(reader, baseline, &place, is_overridden);
    }
}

/// σ_D as written in `[elasticities]`, or set by an outcome of an event.
fn unused_in_scenario(reader: &mut Reader<'_>, root: &Table, closure: Closure) {
    let kinds = [Horizon::Long, Horizon::Short].map(|horizon| horizon.kind_word(ElasticityKind::Domestic));
    let mut places: Vec<(String, Place)> = Vec::new();
    if let Some(Value::Table(table)) = root.get("elasticities").map(|written| &written.value) {
        let unused = table.entries.iter().filter(|entry| kinds.contains(&entry.key));
        places.extend(unused.map(|entry| (format!("elasticities.{}", entry.key), entry.key_place.clone())));
    }
    let outcomes = root.get("event").map(items).unwrap_or_default().iter().filter_map(|event| event.get("outcome")).flat_map(items);
    for set in outcomes.filter_map(|outcome| outcome.get("set")) {
        let Value::Table(table) = &set.value else { continue };
        let unused = table.entries.iter().filter(|entry| kinds.iter().any(|kind| entry.key.starts_with(&format!("elasticities.{kind}."))));
        places.extend(unused.map(|entry| (entry.key.clone(), entry.key_place.clone())));
    }
    for (path, place) in places {
        let why = "which knows no substitution between home goods and imports";
        let message = format!("{path} changes nothing with closure = {:?}, {why}", closure.word());
        let help = "remove it, or write closure = \"partial\"; elasticities.import is the one of substitution here";
        reader.warn(&place, message, Some(help.to_owned()));
    }
}

/// Whether the baseline has σ_D ≠ σ_M where both home goods and imports are bought.
fn substitutes_apart(baseline: &Baseline) -> bool {
    let of = |kind, sector, region| baseline.elasticity(kind, Horizon::Long, sector, region).map(|row| &row.value);
    home_markets(baseline).any(|(sector, region)| {
        match (of(ElasticityKind::Domestic, sector, region), of(ElasticityKind::Import, sector, region)) {
            (Some(Number::Fixed(domestic)), Some(Number::Fixed(import))) => domestic != import,
            // Drawn each for itself, they differ.
            (Some(_), Some(_)) => true,
            _ => false,
        }
    })
}

/// (sector, region) of every market with home sales.
fn home_markets(baseline: &Baseline) -> impl Iterator<Item = (usize, usize)> + '_ {
    let all = (0..baseline.sectors.len()).flat_map(|sector| (0..baseline.regions.len()).map(move |region| (sector, region)));
    all.filter(|&(sector, region)| baseline.flow(sector, region, region).value > 0.0)
}

/// What SMART's users would not expect of a baseline made for the default.
fn check_smart(reader: &mut Reader<'_>, baseline: &Baseline, place: &Place, is_overridden: impl Fn(ElasticityKind) -> bool) {
    if !is_overridden(ElasticityKind::Demand) && home_markets(baseline).next().is_some() {
        let message = "closure = \"smart\" takes demand for the elasticity of import demand; the baseline's is of all that a market buys, \
                       home goods included";
        let help = "import demand is more elastic where home goods take its place: write elasticities.demand as you believe it of imports";
        reader.warn(place, message, Some(help.to_owned()));
    }
    let is_finite = |row: &&crate::baseline::Elasticity| {
        row.kind == ElasticityKind::Supply && !matches!(row.value, Number::Fixed(supply) if supply.is_infinite())
    };
    if !is_overridden(ElasticityKind::Supply) && baseline.elasticities.iter().any(|row| is_finite(&row)) {
        let message =
            "closure = \"smart\" with the baseline's finite export supply: world prices move, which SMART's usual run does not have";
        let help = "write elasticities.supply.\"*\" = \"inf\" for the usual run";
        reader.warn(place, message, Some(help.to_owned()));
    }
}
