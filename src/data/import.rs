//! Official statistics to the flows of a baseline: gathered, chosen, filled from an older baseline where no file speaks, home sales added, balanced.

use super::balance::{self, Change};
use super::classification::Classification;
use super::countries::{Countries, Place};
use super::gather::{FileReport, Gathered};
use super::home::{self, Output};
use super::layouts::Side;
use super::membership::Membership;
use super::mirror::{self, Merged, Mirror, Unmapped};
use super::{Frame, Request};
use crate::baseline::{self, Baseline, Figures, Quality, Region, Sector};
use crate::diagnostics::{Diagnostic, Diagnostics};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// A row of flows.csv. Indices into regions and sectors; US$ million.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowRow {
    pub exporter: usize,
    pub importer: usize,
    pub sector: usize,
    pub value: f64,
    /// As the older baseline has it; empty without one.
    pub tariff: String,
    pub quality: Quality,
    pub source: String,
}

/// Why a cell is not known from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// No file speaks for the pair and sector; nothing stands in flows.csv.
    NoFile,
    /// No file speaks for it; the older baseline's figure stands.
    FromBase,
    /// Home sales are not known: neither gross output nor an older baseline has them.
    HomeSales,
    /// More is exported than is made, by `value`; home sales are the older baseline's, or none.
    ExportsAboveOutput,
}

impl GapKind {
    pub fn word(self) -> &'static str {
        match self {
            GapKind::NoFile => "no file",
            GapKind::FromBase => "from the base",
            GapKind::HomeSales => "no home sales",
            GapKind::ExportsAboveOutput => "exports above output",
        }
    }
}

/// A cell that no file gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    pub kind: GapKind,
    pub exporter: usize,
    pub importer: usize,
    pub sector: usize,
    /// US$ million: what stands in its place, or by how much exports are above output.
    pub value: f64,
}

/// What was imported, and what there is to say of it.
#[derive(Debug)]
pub struct Imported {
    pub year: i32,
    pub regions: Vec<Region>,
    pub sectors: Vec<Sector>,
    /// Region by region and sector by sector, in the order of the tables.
    pub flows: Vec<FlowRow>,
    pub files: Vec<FileReport>,
    pub unmapped: Vec<Unmapped>,
    pub mirrors: Vec<Mirror>,
    pub gaps: Vec<Gap>,
    /// What balancing changed, most first; empty without totals.
    pub changes: Vec<Change>,
    /// US$ million among the countries of one region, by region.
    pub within: Vec<f64>,
    /// US$ million that found a place, within regions included.
    pub placed: f64,
    /// Of it between regions: valued CIF; in chapters 98 and 99; by the importer's record, a reconciled one, the exporter's.
    pub cif: f64,
    pub special: f64,
    pub by_side: [f64; 3],
    /// US$ million that finer codes lack against their own sums.
    pub short: f64,
    /// Regions of several countries of which only some recorded imports: region, how many, of how many.
    pub partial: Vec<(usize, usize, usize)>,
    /// Sectors of which some chapters are in the files and others in none: sector, and those.
    pub missing_chapters: Vec<(usize, Vec<u8>)>,
    pub warnings: Vec<Diagnostic>,
}

/// Imports what the request names. `progress` is told the file and how many of its rows are read.
///
/// # Errors
/// All that is wrong with the files and tables, each with its file and line.
pub fn import(request: &Request, progress: &mut dyn FnMut(&Path, u64)) -> Result<Imported, Diagnostics> {
    let mut wrong = Diagnostics::default();
    let (regions, sectors, text, base) = match &request.frame {
        Frame::Base(folder) => {
            let (base, warnings) = baseline::read(folder)?;
            wrong.items.extend(warnings);
            let (regions, sectors, text) = baseline::codebook(&folder.join("regions.csv"), &folder.join("sectors.csv"))?;
            (regions, sectors, text, Some(base))
        }
        Frame::Tables(regions, sectors) => {
            let (regions, sectors, text) = baseline::codebook(regions, sectors)?;
            (regions, sectors, text, None)
        }
    };
    let classes = Classification::new(&sectors, &text, &mut wrong);
    let mut side_table = |path: &Option<std::path::PathBuf>, columns: &'static [&'static str]| -> Vec<Figures> {
        let read = path.as_ref().map(|path| baseline::figures(path, columns, &regions, &sectors));
        read.transpose()
            .unwrap_or_else(|more| {
                wrong.absorb(more);
                None
            })
            .unwrap_or_default()
    };
    let output = side_table(&request.output, &["region", "sector", "gross_output_usd_m"]);
    let totals = side_table(&request.totals, &["region", "sector", "exports_usd_m", "imports_usd_m"]);
    let country = |text: &str| match Countries::all().find(text) {
        Some(Place::Country(country)) => Some(country),
        _ => None,
    };
    let own = match request.members.as_ref().map(|path| baseline::members(path, &regions, country)) {
        Some(Err(more)) => {
            wrong.absorb(more);
            Vec::new()
        }
        Some(Ok(own)) => own,
        None => Vec::new(),
    };
    let place = match &request.frame {
        Frame::Base(folder) => folder.join("regions.csv"),
        Frame::Tables(regions, _) => regions.clone(),
    };
    let members = Membership::new(&regions, &place, &own, &mut wrong);
    let gathered = Gathered::read(request, &classes, progress, &mut wrong);
    if wrong.has_errors() {
        return Err(wrong);
    }
    let merged = mirror::merge(&gathered, &members, regions.len());
    let (mut flows, mut gaps) = between(&merged, base.as_ref(), request, (&regions, &sectors));
    let changes = match &request.totals {
        Some(table) => balance::to_totals(&mut flows, &totals, (&regions, &sectors), table, &mut wrong),
        None => Vec::new(),
    };
    if wrong.has_errors() {
        return Err(wrong);
    }
    let key = request.output.as_ref().and_then(|path| path.file_stem()).map(|stem| format!("{}-less-exports", stem.to_string_lossy()));
    let output = Output { figures: &output, key: key.unwrap_or_default() };
    add_home_sales(&mut flows, &output, base.as_ref(), request, (&regions, &sectors), &mut gaps);
    flows.sort_by_key(|row| (row.exporter, row.importer, row.sector));
    gaps.sort_by(|a, b| (a.kind, b.value).partial_cmp(&(b.kind, a.value)).unwrap_or(std::cmp::Ordering::Equal));
    let partial = (0..regions.len())
        .filter(|region| Some(*region) != members.rest && members.sizes[*region] > 1)
        .map(|region| (region, merged.importers[region], members.sizes[region]))
        .filter(|(_, some, all)| (1..*all).contains(some))
        .collect();
    let seen: BTreeSet<u8> = gathered.sums.keys().map(|key| key.chapter).collect();
    let missing = |sector: usize| {
        let chapters = classes.chapters(sector as u16);
        let absent: Vec<u8> = chapters.iter().copied().filter(|chapter| !seen.contains(chapter)).collect();
        (!absent.is_empty() && absent.len() < chapters.len()).then_some((sector, absent))
    };
    let missing_chapters = (0..sectors.len()).filter_map(missing).collect();
    let by_side = [Side::Importer, Side::Both, Side::Exporter].map(|side| merged.by_side.get(&side).copied().unwrap_or_default());
    let Merged { unmapped, mirrors, within, placed, cif, special, short, .. } = merged;
    Ok(Imported {
        year: gathered.year.unwrap_or_default(),
        files: gathered.files,
        warnings: wrong.items,
        regions,
        sectors,
        flows,
        unmapped,
        mirrors,
        gaps,
        changes,
        within,
        placed,
        cif,
        special,
        by_side,
        short,
        partial,
        missing_chapters,
    })
}

/// Trade between regions: from the files where one speaks for the pair and sector, else from the base.
fn between(
    merged: &Merged,
    base: Option<&Baseline>,
    request: &Request,
    (regions, sectors): (&[Region], &[Sector]),
) -> (Vec<FlowRow>, Vec<Gap>) {
    let texts = base_texts(request, regions, sectors);
    let (mut flows, mut gaps) = (Vec::new(), Vec::new());
    for sector in 0..sectors.len() {
        for exporter in 0..regions.len() {
            for importer in (0..regions.len()).filter(|importer| *importer != exporter) {
                let place = (sector, exporter, importer);
                let tariff = texts.get(&place).map(|(tariff, _)| tariff.clone()).unwrap_or_default();
                if let Some(flow) = merged.flows.get(&place) {
                    let mut parts: Vec<_> = flow.parts.iter().collect();
                    parts.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| a.0.cmp(b.0)));
                    let source = parts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("+");
                    flows.push(FlowRow { exporter, importer, sector, value: flow.value, tariff, quality: Quality::Observed, source });
                } else if !merged.covered.contains(&place) {
                    let kept = base.and_then(|base| from_base(base, &texts, place));
                    let kind = if base.is_some() { GapKind::FromBase } else { GapKind::NoFile };
                    gaps.push(Gap { kind, exporter, importer, sector, value: kept.as_ref().map_or(0.0, |row| row.value) });
                    flows.extend(kept);
                }
            }
        }
    }
    (flows, gaps)
}

type Texts = HashMap<(usize, usize, usize), (String, String)>;

fn base_texts(request: &Request, regions: &[Region], sectors: &[Sector]) -> Texts {
    match &request.frame {
        Frame::Base(folder) => baseline::flow_texts(folder, regions, sectors),
        Frame::Tables(..) => Texts::new(),
    }
}

/// The base's own row; `None` where it has none.
fn from_base(base: &Baseline, texts: &Texts, place: (usize, usize, usize)) -> Option<FlowRow> {
    let ((sector, exporter, importer), (tariff, source)) = (place, texts.get(&place)?.clone());
    let flow = base.flow(sector, exporter, importer);
    Some(FlowRow { exporter, importer, sector, value: flow.value, tariff, quality: flow.quality, source })
}

fn add_home_sales(
    flows: &mut Vec<FlowRow>,
    output: &Output,
    base: Option<&Baseline>,
    request: &Request,
    (regions, sectors): (&[Region], &[Sector]),
    gaps: &mut Vec<Gap>,
) {
    let texts = base_texts(request, regions, sectors);
    let mut exports = vec![0.0; regions.len() * sectors.len()];
    flows.iter().for_each(|row| exports[row.exporter * sectors.len() + row.sector] += row.value);
    for region in 0..regions.len() {
        for sector in 0..sectors.len() {
            let kept = base.and_then(|base| from_base(base, &texts, (sector, region, region)));
            flows.extend(home::sales((region, sector), exports[region * sectors.len() + sector], output, kept, gaps));
        }
    }
}
