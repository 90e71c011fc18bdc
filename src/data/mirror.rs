//! Trade that both partners recorded: whose figure stands.
//!
//! For each pair of countries and chapter the importing country's record is preferred (customs look at what they tax), then one that reconciles both, then
//! the exporting country's; among equals, the source that was named first. Within a source the finest codes count, since sums over them would count twice.
//! Countries are then added up to regions, chapters to sectors.

use super::Source;
use super::classification::Target;
use super::countries::Countries;
use super::gather::{Amount, Gathered, Key};
use super::layouts::Side;
use super::membership::Membership;
use crate::diagnostics::nearest;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Finer codes that fall short of their sum by more than this are worth a word.
const SHORT: f64 = 0.005;

/// One source against another where both know a pair of regions; US$ million over the chapters that both have.
#[derive(Debug, Clone, PartialEq)]
pub struct Mirror {
    pub exporter: usize,
    pub importer: usize,
    pub used: String,
    pub value: f64,
    pub other: String,
    pub other_value: f64,
}

/// Why a value has no place in the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnmappedKind {
    /// A partner that is no country known.
    UnknownPartner,
    /// A country that no region has.
    NoRegion,
    /// A chapter that no sector has.
    NoSector,
    /// A chapter whose parts belong to different sectors, in a file without them.
    TooCoarse,
}

impl UnmappedKind {
    pub fn word(self) -> &'static str {
        match self {
            UnmappedKind::UnknownPartner => "partner not known",
            UnmappedKind::NoRegion => "country in no region",
            UnmappedKind::NoSector => "chapter in no sector",
            UnmappedKind::TooCoarse => "chapter split among sectors, codes too coarse",
        }
    }
}

/// What could not be mapped.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmapped {
    pub kind: UnmappedKind,
    pub what: String,
    /// US$ million.
    pub value: f64,
    /// The country that an unknown partner is perhaps meant to be.
    pub near: Option<String>,
}

/// The sum for a pair of regions and a sector.
#[derive(Debug, Clone, Default)]
pub(super) struct Flow {
    pub value: f64,
    /// What it is made of, by source.
    pub parts: BTreeMap<String, f64>,
}

/// All downloads, one figure for each trade.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// By (sector, exporter, importer), regions apart from each other.
    pub flows: BTreeMap<(usize, usize, usize), Flow>,
    /// Pairs and sectors that a file speaks for, though it may say nothing is traded.
    pub covered: BTreeSet<(usize, usize, usize)>,
    /// US$ million among the countries of one region.
    pub within: Vec<f64>,
    pub unmapped: Vec<Unmapped>,
    pub mirrors: Vec<Mirror>,
    /// US$ million in which finer codes fall short of coarser ones.
    pub short: f64,
    pub cif: f64,
    /// US$ million of chapters 98 and 99: special provisions, confidential and unspecified goods.
    pub special: f64,
    /// US$ million by the country's own record, by a reconciled one, by the partner's.
    pub by_side: BTreeMap<Side, f64>,
    /// For each region, how many of its countries recorded imports themselves.
    pub importers: Vec<usize>,
    /// US$ million that have a place, the trade within regions included.
    pub placed: f64,
}

/// The word for a source in flows.csv: `comtrade-2024-imports-cif`.
fn label(source: Source, side: Side, year: i32, cif: bool) -> String {
    let side = match side {
        Side::Importer => "-imports",
        Side::Exporter => "-exports",
        Side::Both => "",
    };
    format!("{}-{year}{side}{}", source.word(), if cif { "-cif" } else { "" })
}

/// Chooses and adds up.
pub(super) fn merge(gathered: &Gathered, members: &Membership, regions: usize) -> Merged {
    let mut keys: Vec<(Key, Amount)> = gathered.sums.iter().map(|(key, amount)| (*key, *amount)).collect();
    keys.sort_unstable_by_key(|(key, _)| *key);
    let keys = without_union_twice(keys, members);
    let mut merged = Merged { within: vec![0.0; regions], importers: vec![0; regions], ..Merged::default() };
    let mut unmapped: BTreeMap<(UnmappedKind, String), f64> = BTreeMap::new();
    let mut mirrors: BTreeMap<(usize, usize, String, String), (f64, f64)> = BTreeMap::new();
    let mut reporters = BTreeSet::new();
    let year = gathered.year.unwrap_or_default();
    for trade in keys.chunk_by(|(a, _), (b, _)| (a.exporter, a.importer, a.chapter) == (b.exporter, b.importer, b.chapter)) {
        let mut said: Vec<(u8, &[(Key, Amount)])> =
            trade.chunk_by(|(a, _), (b, _)| a.dataset == b.dataset).map(|one| (one[0].0.dataset, finest(one))).collect();
        for one in trade.chunk_by(|(a, _), (b, _)| a.dataset == b.dataset) {
            let (fine, coarse) = (total(finest(one)), one.chunk_by(|(a, _), (b, _)| a.level == b.level).map(total).fold(0.0, f64::max));
            if coarse - fine > SHORT * coarse {
                merged.short += coarse - fine;
            }
        }
        let side = |dataset: u8| gathered.datasets[usize::from(dataset)].side;
        said.sort_by_key(|(dataset, _)| (side(*dataset), *dataset));
        let (first, _) = trade[0];
        let (exporter, importer) = (members.region(first.exporter), members.region(first.importer));
        for (dataset, _) in said.iter().filter(|(dataset, _)| side(*dataset) == Side::Importer) {
            reporters.insert((*dataset, first.importer));
        }
        let Some((winner, figures)) = said.first() else { continue };
        let name = |dataset: u8, figures: &[(Key, Amount)]| {
            let of = gathered.datasets[usize::from(dataset)];
            label(of.source, of.side, year, figures.iter().any(|(_, amount)| amount.cif > 0.0))
        };
        let (Some(e), Some(i)) = (exporter, importer) else {
            let country = if exporter.is_none() { first.exporter } else { first.importer };
            *unmapped.entry((UnmappedKind::NoRegion, Countries::all().iso3(country).to_string())).or_default() += total(figures);
            continue;
        };
        if e == i {
            merged.within[e] += total(figures);
            merged.placed += total(figures);
            continue;
        }
        for (other, others) in &said[1..] {
            let both = mirrors.entry((e, i, name(*winner, figures), name(*other, others))).or_default();
            both.0 += total(figures);
            both.1 += total(others);
        }
        for (key, amount) in *figures {
            let chapter = format!("{:02}", key.chapter);
            match key.target {
                Target::Sector(sector) => {
                    let flow = merged.flows.entry((usize::from(sector), e, i)).or_default();
                    flow.value += amount.value;
                    *flow.parts.entry(name(*winner, &[(*key, *amount)])).or_default() += amount.value;
                    merged.cif += amount.cif;
                    merged.placed += amount.value;
                    merged.special += if key.chapter >= 98 { amount.value } else { 0.0 };
                    *merged.by_side.entry(side(*winner)).or_default() += amount.value;
                }
                Target::TooCoarse => *unmapped.entry((UnmappedKind::TooCoarse, chapter)).or_default() += amount.value,
                Target::None => *unmapped.entry((UnmappedKind::NoSector, chapter)).or_default() += amount.value,
            }
        }
    }
    let countries: BTreeSet<u16> = reporters.iter().map(|(_, country)| *country).collect();
    countries.iter().filter_map(|country| members.region(*country)).for_each(|region| merged.importers[region] += 1);
    merged.covered = covered(gathered, &keys, members);
    merged.mirrors = mirrors
        .into_iter()
        .map(|((exporter, importer, used, other), (value, other_value))| Mirror { exporter, importer, used, value, other, other_value })
        .collect();
    let unknown = gathered.unknown.iter().map(|(name, value)| ((UnmappedKind::UnknownPartner, name.clone()), *value));
    merged.unmapped =
        unmapped.into_iter().chain(unknown).map(|((kind, what), value)| Unmapped { near: near(kind, &what), kind, what, value }).collect();
    merged.unmapped.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.what.cmp(&b.what)));
    merged
}

/// A slip or two of the pen; what is only a little alike is another place.
fn near(kind: UnmappedKind, what: &str) -> Option<String> {
    let slips = |name: &String| strsim::osa_distance(&what.to_lowercase(), &name.to_lowercase()) <= 2;
    let long = what.chars().count() > 3;
    nearest(what, Countries::all().names()).map(str::to_string).filter(slips).filter(|_| long && kind == UnmappedKind::UnknownPartner)
}

/// The European Union as one partner counts only where the source does not give its members.
fn without_union_twice(keys: Vec<(Key, Amount)>, members: &Membership) -> Vec<(Key, Amount)> {
    let union = Countries::all().len() as u16;
    let Some(region) = members.region(union) else { return keys };
    let is_member = |country: u16| country != union && members.region(country) == Some(region);
    let mut known = HashSet::new();
    for (key, _) in &keys {
        if is_member(key.exporter) {
            known.insert((key.dataset, true, key.importer));
        }
        if is_member(key.importer) {
            known.insert((key.dataset, false, key.exporter));
        }
    }
    let twice = |key: &Key| {
        (key.exporter == union && known.contains(&(key.dataset, true, key.importer)))
            || (key.importer == union && known.contains(&(key.dataset, false, key.exporter)))
    };
    keys.into_iter().filter(|(key, _)| !twice(key)).collect()
}

/// The rows of the finest codes.
fn finest(figures: &[(Key, Amount)]) -> &[(Key, Amount)] {
    figures.chunk_by(|(a, _), (b, _)| a.level == b.level).next_back().unwrap_or(figures)
}

fn total(figures: &[(Key, Amount)]) -> f64 {
    figures.iter().map(|(_, amount)| amount.value).sum()
}

/// A source speaks for a pair and a sector if it has the pair, and the sector for the country that recorded it.
fn covered(gathered: &Gathered, keys: &[(Key, Amount)], members: &Membership) -> BTreeSet<(usize, usize, usize)> {
    let (mut pairs, mut sectors) = (BTreeSet::new(), BTreeSet::new());
    for (key, _) in keys {
        let (Some(e), Some(i)) = (members.region(key.exporter), members.region(key.importer)) else { continue };
        let recorder = |e: usize, i: usize| match gathered.datasets[usize::from(key.dataset)].side {
            Side::Importer => Some(i),
            Side::Exporter => Some(e),
            Side::Both => None,
        };
        pairs.insert((key.dataset, e, i, recorder(e, i)));
        if let Target::Sector(sector) = key.target {
            sectors.insert((key.dataset, recorder(e, i), usize::from(sector)));
        }
    }
    let mut covered = BTreeSet::new();
    for (dataset, e, i, recorder) in pairs.into_iter().filter(|(_, e, i, _)| e != i) {
        let of = sectors.range((dataset, recorder, 0)..=(dataset, recorder, usize::MAX));
        covered.extend(of.map(|(_, _, sector)| (*sector, e, i)));
    }
    covered
}
