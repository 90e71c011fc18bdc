//! `data check`: a baseline looked over, as clean tables, and as CSV on request.

use super::CheckArgs;
use super::words::{counted, list, percent, section, share, size, usd};
use crate::baseline::{self, Baseline};
use crate::cli::Ending;
use crate::cli::columns::Columns;
use crate::cli::terminal::{complain, report, say, warn};
use crate::data::{Review, review};
use crate::output::{self, csv_table, figure};
use std::path::Path;

/// Lines of a table that a person reads to the end.
const SHOWN: usize = 12;

pub(super) fn check(args: &CheckArgs) -> Ending {
    let (baseline, warnings) = match baseline::read(&args.folder) {
        Ok(read) => read,
        Err(wrong) => {
            report(&wrong);
            return Ending::WrongInput;
        }
    };
    warn(&warnings);
    let found = review(&baseline);
    if let Some(folder) = &args.csv
        && let Err(error) = write(folder, &baseline, &found)
    {
        complain(&error.to_string());
        return Ending::NotWritten;
    }
    say(&text(&args.folder, &baseline, &found))
}

fn text(folder: &Path, baseline: &Baseline, found: &Review) -> String {
    let region = |index: usize| baseline.regions[index].code.clone();
    let sector = |index: usize| baseline.sectors[index].code.clone();
    let traded: f64 = found.pairs.iter().map(|pair| pair.value).sum();
    let home: f64 = found.regions.iter().map(|row| row.home).sum();
    let (many, goods) = (counted(baseline.regions.len(), "region"), counted(baseline.sectors.len(), "sector"));
    let mut parts = vec![format!("{}: {many}, {goods}\nTrade between regions {}, home sales {}", folder.display(), usd(traded), usd(home))];
    let mut table = Columns::new(&["region", "exports", "imports", "balance", "home sales", "home share"], 1);
    for row in &found.regions {
        let balance = size(row.exports - row.imports);
        table.row(vec![region(row.region), size(row.exports), size(row.imports), balance, size(row.home), percent(row.home_share)]);
    }
    section(&mut parts, "Regions (US$ a year)", &table);
    let mut table = Columns::new(&["pair", "value", "of trade", "observed", "derived", "assumed"], 1);
    for pair in found.pairs.iter().take(SHOWN).filter(|pair| pair.value > 0.0) {
        let mut row =
            vec![format!("{}-{}", region(pair.exporter), region(pair.importer)), size(pair.value), percent(share(pair.value, traded))];
        row.extend(pair.shares.map(percent));
        table.row(row);
    }
    let mut whole = vec!["all pairs".to_string(), size(traded), percent(share(traded, traded))];
    whole.extend(baseline.quality_by_value().map(|(_, value)| percent(share(value, traded))));
    table.row(whole);
    section(&mut parts, "The largest pairs (US$ a year), and how their value is known", &table);
    let mut table = Columns::new(&["table", "rows", "observed", "derived", "assumed"], 1);
    for row in &found.quality {
        let whole: usize = row.rows.iter().sum();
        let mut cells = vec![row.table.clone(), whole.to_string()];
        cells.extend(row.rows.map(|rows| percent(share(rows as f64, whole as f64))));
        table.row(cells);
    }
    section(&mut parts, "How rows are known, by table", &table);
    let mut table = Columns::new(&["region", "sector", "home sales", "imports", "home share"], 2);
    for row in found.odd_home_shares.iter().take(SHOWN) {
        table.row(vec![
            region(row.region),
            sector(row.sector),
            size(row.home),
            size(row.imports),
            format!("{:.2}%", 100.0 * row.home_share),
        ]);
    }
    section(&mut parts, &shown("Home shares that are hardly so: none, or above 99.9% (US$ a year)", found.odd_home_shares.len()), &table);
    let mut table = Columns::new(&["flow", "value", "of imports"], 1);
    for row in found.doubts.iter().take(SHOWN) {
        table.row(vec![
            format!("{}-{} {}", region(row.exporter), region(row.importer), sector(row.sector)),
            size(row.value),
            percent(row.share),
        ]);
    }
    section(&mut parts, "The most doubtful: the largest flows that are assumed (US$ a year)", &table);
    let remarks = found.remarks.iter().take(SHOWN).map(|remark| format!("{}: {}", remark.about, remark.says));
    list(&mut parts, &shown("Out of the ordinary", found.remarks.len()), remarks);
    parts.join("\n\n")
}

fn shown(title: &str, rows: usize) -> String {
    if rows > SHOWN { format!("{title} ({SHOWN} of {rows}; all with --csv)") } else { title.to_string() }
}

/// The tables in full.
fn write(folder: &Path, baseline: &Baseline, found: &Review) -> Result<(), output::OutputError> {
    let region = |index: usize| baseline.regions[index].code.clone();
    let sector = |index: usize| baseline.sectors[index].code.clone();
    let regions = found.regions.iter().map(|row| {
        let figures = [row.exports, row.imports, row.exports - row.imports, row.home, row.home_share].map(figure);
        [vec![region(row.region)], figures.to_vec()].concat()
    });
    let pairs = found.pairs.iter().map(|row| {
        let [observed, derived, assumed] = row.shares.map(figure);
        vec![region(row.exporter), region(row.importer), figure(row.value), observed, derived, assumed]
    });
    let odd = found
        .odd_home_shares
        .iter()
        .map(|row| vec![region(row.region), sector(row.sector), figure(row.home), figure(row.imports), figure(row.home_share)]);
    let quality = found.quality.iter().map(|row| {
        let [observed, derived, assumed] = row.rows.map(|rows| rows.to_string());
        vec![row.table.clone(), observed, derived, assumed]
    });
    let doubts = found
        .doubts
        .iter()
        .map(|row| vec![region(row.exporter), region(row.importer), sector(row.sector), figure(row.value), figure(row.share)]);
    let remarks = found.remarks.iter().map(|row| vec![row.about.clone(), row.says.clone()]);
    let tables = [
        ("regions.csv", csv_table(&["region", "exports_usd_m", "imports_usd_m", "balance_usd_m", "home_usd_m", "home_share"], regions)),
        ("pairs.csv", csv_table(&["exporter", "importer", "value_usd_m", "observed", "derived", "assumed"], pairs)),
        ("home_shares.csv", csv_table(&["region", "sector", "home_usd_m", "imports_usd_m", "home_share"], odd)),
        ("quality.csv", csv_table(&["table", "observed", "derived", "assumed"], quality)),
        ("doubts.csv", csv_table(&["exporter", "importer", "sector", "value_usd_m", "share_of_imports"], doubts)),
        ("remarks.csv", csv_table(&["about", "says"], remarks)),
    ];
    let failed = |error| output::OutputError { path: folder.to_path_buf(), source: error };
    std::fs::create_dir_all(folder).map_err(failed)?;
    tables.iter().try_for_each(|(name, bytes)| output::write_file(&folder.join(name), bytes))
}
