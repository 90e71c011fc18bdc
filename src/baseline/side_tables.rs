//! Tables beside a baseline that its making needs: codes alone, figures by region and sector (gross output, totals of trade), members of regions;
//! and what the texts of a baseline's flows say beyond their figures.

use super::codes::{Codes, Index};
use super::folder::MOST_CELLS;
use super::regions::{self, Region, Sector};
use super::table::{Complaints, Layout, Table};
use super::{files, flows};
use crate::diagnostics::{Diagnostics, SourceText};
use std::collections::HashMap;
use std::path::Path;

/// Regions and sectors as two tables give them, and the text of the latter.
pub type Codebook = (Vec<Region>, Vec<Sector>, SourceText);

/// A figure for each column of a row, with its region and sector as indices.
pub type Figures = (usize, usize, Vec<f64>);

/// Reads regions and sectors alone.
///
/// # Errors
/// All that is wrong with either table.
pub fn codebook(region_table: &Path, sector_table: &Path) -> Result<Codebook, Diagnostics> {
    let mut wrong = Diagnostics::default();
    let regions = opened(region_table, &regions::REGIONS, &mut wrong, regions::regions);
    let sectors = opened(sector_table, &regions::SECTORS, &mut wrong, regions::sectors);
    if let (Some((regions, _)), Some((sectors, _))) = (&regions, &sectors) {
        let cells = sectors.len().saturating_mul(regions.len()).saturating_mul(regions.len());
        if cells > MOST_CELLS || sectors.len() > usize::from(u16::MAX) {
            let message = format!("{} sectors and {} regions are more than can be imported", sectors.len(), regions.len());
            wrong.error_in(sector_table, message, Some("merge sectors or regions".into()));
        }
    }
    match (regions, sectors) {
        (Some((regions, _)), Some((sectors, text))) if !wrong.has_errors() => Ok((regions, sectors, text)),
        _ => Err(wrong),
    }
}

/// Reads a table with `columns`: `region`, `sector`, and behind them figures, zero or more; each place at most once.
///
/// # Errors
/// All that is wrong with it.
pub fn figures(path: &Path, columns: &'static [&'static str], regions: &[Region], sectors: &[Sector]) -> Result<Vec<Figures>, Diagnostics> {
    let layout = Layout { required: columns, optional: &["quality", "source"] };
    let columns = columns.get(2..).unwrap_or_default();
    let mut wrong = Diagnostics::default();
    let codes = codes(regions, sectors);
    let read = |table: &Table, complaints: &mut Complaints| {
        let (mut found, mut first) = (Vec::new(), HashMap::new());
        for row in table.rows() {
            let (region, sector) = (row.field("region"), row.field("sector"));
            let place = (codes.regions.find(&region, complaints), codes.sectors.find(&sector, complaints));
            let figures: Vec<_> = columns.iter().map(|column| complaints.number(&row.field(column))).collect();
            let (Some(r), Some(s)) = place else { continue };
            if let Some(before) = first.insert((r, s), row.span()) {
                complaints.duplicate(&row.span(), format!("{} in {}", sector.text, region.text), &before);
                continue;
            }
            let figures: Vec<f64> = figures.into_iter().flatten().collect();
            if figures.len() == columns.len() {
                found.push((r, s, figures));
            }
        }
        found
    };
    match opened(path, &layout, &mut wrong, read) {
        Some((found, _)) if !wrong.has_errors() => Ok(found),
        _ => Err(wrong),
    }
}

/// Reads a table of members, `region,country`; `country` says which one a text names.
///
/// # Errors
/// All that is wrong with it.
pub fn members(path: &Path, regions: &[Region], country: impl Fn(&str) -> Option<u16>) -> Result<Vec<(usize, u16)>, Diagnostics> {
    const LAYOUT: Layout = Layout { required: &["region", "country"], optional: &["source"] };
    let mut wrong = Diagnostics::default();
    let codes = codes(regions, &[]);
    let read = |table: &Table, complaints: &mut Complaints| {
        let (mut found, mut first) = (Vec::new(), HashMap::new());
        for row in table.rows() {
            let (region, name) = (codes.regions.find(&row.field("region"), complaints), row.field("country"));
            let Some(known) = country(&name.text) else {
                complaints.error(&name.span, || {
                    (
                        format!("the country `{}` is not known", name.text),
                        Some("write its ISO code of three letters, or its English name".into()),
                    )
                });
                continue;
            };
            if let Some(before) = first.insert(known, row.span()) {
                complaints.duplicate(&row.span(), name.text.to_string(), &before);
            }
            found.extend(region.map(|region| (region, known)));
        }
        found
    };
    match opened(path, &LAYOUT, &mut wrong, read) {
        Some((found, _)) if !wrong.has_errors() => Ok(found),
        _ => Err(wrong),
    }
}

/// The texts of `tariff` and `source` in a folder's flows.csv, by (sector, exporter, importer); nothing where it cannot be read.
pub fn flow_texts(folder: &Path, regions: &[Region], sectors: &[Sector]) -> HashMap<(usize, usize, usize), (String, String)> {
    let codes = codes(regions, sectors);
    let read = |table: &Table, complaints: &mut Complaints| {
        let text = |row: &super::table::Row, column| row.field(column).text.into_owned();
        let of_row = |row: super::table::Row| {
            let place = (
                codes.sectors.find(&row.field("sector"), complaints)?,
                codes.regions.find(&row.field("exporter"), complaints)?,
                codes.regions.find(&row.field("importer"), complaints)?,
            );
            Some((place, (text(&row, "tariff"), text(&row, "source"))))
        };
        table.rows().filter_map(of_row).collect()
    };
    opened(&folder.join("flows.csv"), &flows::LAYOUT, &mut Diagnostics::default(), read).map(|(found, _)| found).unwrap_or_default()
}

fn codes<'a>(regions: &'a [Region], sectors: &'a [Sector]) -> Codes<'a> {
    Codes {
        regions: Index::new(regions.iter().map(|region| region.code.as_str()), true),
        sectors: Index::new(sectors.iter().map(|sector| sector.code.as_str()), true),
    }
}

/// Opens one table and reads it; what is wrong with it goes to `wrong`.
fn opened<T>(
    path: &Path,
    layout: &Layout,
    wrong: &mut Diagnostics,
    read: impl FnOnce(&Table, &mut Complaints) -> T,
) -> Option<(T, SourceText)> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let folder = path.parent().unwrap_or(Path::new(""));
    let (source, _) = files::open(folder, &name, false, wrong)?;
    let mut complaints = Complaints::new(&source);
    let found = Table::read(source.clone(), layout, &mut complaints).map(|table| read(&table, &mut complaints));
    complaints.deliver(wrong);
    found.map(|found| (found, source))
}
