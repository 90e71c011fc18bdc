//! How buyers and sellers answer to prices: η, σ_D, σ_M, κ and ε, by sector and region, fixed or uncertain.

use super::codes::Codes;
use super::moments::{self, Meaning};
use super::table::{Complaints, Layout, Row, Table};
use super::{Quality, Region, Sector};
use crate::uncertainty::{Number, toml_key};
use std::collections::HashMap;

pub(super) const LAYOUT: Layout =
    Layout { required: &["kind", "sector", "region", "horizon", "mean", "quality"], optional: &["sd", "dist", "source"] };

/// Which elasticity. All are given as magnitudes, zero or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ElasticityKind {
    /// η: of a sector's total demand to its price.
    Demand,
    /// σ_D: of substitution between domestic goods and imports.
    Domestic,
    /// σ_M: of substitution among import origins.
    Import,
    /// κ: of substitution among the routes of one origin.
    Route,
    /// ε: of supply to the producer price; may be infinite.
    Supply,
}

impl ElasticityKind {
    pub const ALL: [ElasticityKind; 5] =
        [ElasticityKind::Demand, ElasticityKind::Domestic, ElasticityKind::Import, ElasticityKind::Route, ElasticityKind::Supply];

    /// As tables and scenarios write it.
    pub fn word(self) -> &'static str {
        match self {
            ElasticityKind::Demand => "demand",
            ElasticityKind::Domestic => "domestic",
            ElasticityKind::Import => "import",
            ElasticityKind::Route => "route",
            ElasticityKind::Supply => "supply",
        }
    }
}

/// When an elasticity holds: as soon as prices move, or once trade has settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Horizon {
    Short,
    Long,
}

impl Horizon {
    /// What a kind is called at this horizon: `import`, `import_short`.
    pub fn kind_word(self, kind: ElasticityKind) -> String {
        match self {
            Horizon::Long => kind.word().to_owned(),
            Horizon::Short => format!("{}_short", kind.word()),
        }
    }
}

/// An elasticity with what it holds for; `None` = every sector, every region. The region is the exporter for supply and the market for the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Elasticity {
    pub kind: ElasticityKind,
    pub horizon: Horizon,
    pub sector: Option<usize>,
    pub region: Option<usize>,
    /// Path of an uncertain one: `elasticities.<kind or kind_short>.<sector or *>`, with `@<region>` where the row has one.
    pub value: Number,
}

pub(super) fn elasticities(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<Elasticity> {
    let kinds = ElasticityKind::ALL.map(|kind| (kind.word(), kind));
    let mut found = Vec::new();
    let mut first = HashMap::new();
    for row in table.rows() {
        let (kind, horizon) = (complaints.word(&row.field("kind"), &kinds), row.field("horizon"));
        let sector = codes.sectors.find_or_all(&row.field("sector"), complaints);
        let region = codes.regions.find_or_all(&row.field("region"), complaints);
        complaints.word(&row.field("quality"), Quality::WORDS);
        let horizon = complaints.word(&horizon, &[("long", Horizon::Long), ("short", Horizon::Short)]);
        let (Some(kind), Some(horizon)) = (kind, horizon) else { continue };
        let path = path(&row, kind, horizon);
        let meaning = Meaning { what: "an elasticity", may_be_infinite: kind == ElasticityKind::Supply };
        let value = moments::number(&row, path.clone(), &meaning, complaints);
        let (Some(sector), Some(region)) = (sector, region) else { continue };
        if let Some(before) = first.get(&(kind, horizon, sector, region)) {
            complaints.duplicate(&row.span(), format!("`{path}`"), before);
            continue;
        }
        first.insert((kind, horizon, sector, region), row.span());
        if let Some(value) = value {
            if horizon == Horizon::Long {
                warn_of_complements(&row, kind, &path, &value, complaints);
            }
            found.push(Elasticity { kind, horizon, sector, region, value });
        }
    }
    found
}

/// Of goods that buyers switch between: below one they are complements, and a tariff raises what is spent on the origin that it taxes. So it is in the first months of
/// many goods, but not for long.
fn warn_of_complements(row: &Row, kind: ElasticityKind, path: &str, value: &Number, complaints: &mut Complaints) {
    let among = match kind {
        ElasticityKind::Domestic => "imports and home goods are complements, and a tariff raises what is spent on imports",
        ElasticityKind::Import => "origins are complements, and a tariff raises what is spent on the one that it taxes",
        ElasticityKind::Route => "routes are complements, and more is spent on the one that becomes dearer",
        ElasticityKind::Demand | ElasticityKind::Supply => return,
    };
    let (is, mean) = match value {
        Number::Fixed(value) => ("is", *value),
        Number::Uncertain(uncertain) => ("has a mean of", uncertain.distribution.mean()),
    };
    if mean < 1.0 {
        let message = format!("`{path}` {is} {}, below 1: {among}", (1e4 * mean).round() / 1e4);
        let help = "estimates lie well above 1 once trade has settled; those of the first months go under horizon `short`";
        complaints.warn(&row.field("mean").span, message, Some(help.into()));
    }
}

fn path(row: &Row, kind: ElasticityKind, horizon: Horizon) -> String {
    let (sector, region) = (row.field("sector").text, row.field("region").text);
    let place = if region == "*" { sector.to_string() } else { format!("{sector}@{region}") };
    format!("elasticities.{}.{}", horizon.kind_word(kind), toml_key(&place))
}

/// The elasticity of `kind` that holds most specifically: for the sector and region, then the sector, then the region, then all.
pub(super) fn most_specific(
    all: &[Elasticity],
    kind: ElasticityKind,
    horizon: Horizon,
    sector: usize,
    region: usize,
) -> Option<&Elasticity> {
    let holds = |e: &&Elasticity| {
        (e.kind, e.horizon) == (kind, horizon) && e.sector.is_none_or(|s| s == sector) && e.region.is_none_or(|r| r == region)
    };
    all.iter().filter(holds).max_by_key(|e| (e.sector.is_some(), e.region.is_some()))
}

/// Complains of every kind in use that leaves a sector and region without a value.
pub(super) fn check_coverage(
    table: &Table,
    all: &[Elasticity],
    kinds: &[ElasticityKind],
    regions: &[Region],
    sectors: &[Sector],
    complaints: &mut Complaints,
) {
    for &kind in kinds {
        let of_kind: Vec<_> = all.iter().filter(|e| e.kind == kind && e.horizon == Horizon::Long).cloned().collect();
        if of_kind.iter().any(|e| e.sector.is_none() && e.region.is_none()) {
            continue;
        }
        let missing: Vec<_> = (0..sectors.len())
            .flat_map(|s| (0..regions.len()).map(move |r| (s, r)))
            .filter(|&(s, r)| most_specific(&of_kind, kind, Horizon::Long, s, r).is_none())
            .map(|(s, r)| format!("{} in {}", sectors[s].code, regions[r].code))
            .collect();
        if missing.is_empty() {
            continue;
        }
        complaints.error(&table.start(), || {
            let word = kind.word();
            let message = match &missing[..] {
                _ if of_kind.is_empty() => format!("there is no {word} elasticity"),
                [one] => format!("no {word} elasticity holds for {one}"),
                [one, two] => format!("no {word} elasticity holds for {one} nor for {two}"),
                [one, two, rest @ ..] => format!("no {word} elasticity holds for {one}, {two} and {} more", rest.len()),
                [] => String::new(),
            };
            (message, Some(format!("a row `{word},*,*,long,...` covers all that has none of its own")))
        });
    }
}
