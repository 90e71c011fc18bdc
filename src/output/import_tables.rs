//! An imported baseline as files: `flows.csv`, where its figures are from, and under `import/` what there is to know of how it was made.

use super::numbers;
use super::table::csv_line;
use super::{OutputError, folder};
use crate::baseline::Quality;
use crate::data::{GapKind, Imported};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// A file of a folder: its name, which may lead into a folder within, and its bytes.
pub type NamedFile = (String, Vec<u8>);

/// A table as CSV: header and rows. A negative number is no formula, so that it gets no apostrophe as a text would.
pub fn csv_table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut text = csv_line(header.iter().copied());
    text.push('\n');
    for row in rows {
        let cell = |cell: &String| if cell.parse::<f64>().is_ok() { cell.clone() } else { csv_line([cell.as_str()].into_iter()) };
        text.push_str(&row.iter().map(cell).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text.into_bytes()
}

/// A number as tables of results write it.
pub fn figure(value: f64) -> String {
    let mut text = String::new();
    numbers::push(&mut text, value);
    text
}

/// As tables write a quality.
pub fn quality_word(quality: Quality) -> &'static str {
    Quality::WORDS.iter().find(|(_, known)| *known == quality).map_or("", |(word, _)| *word)
}

/// The tables that an import makes.
pub fn import_tables(imported: &Imported) -> Vec<NamedFile> {
    let region = |index: usize| imported.regions[index].code.clone();
    let sector = |index: usize| imported.sectors[index].code.clone();
    let flows = imported.flows.iter().map(|row| {
        let (exporter, importer) = (region(row.exporter), region(row.importer));
        vec![
            exporter,
            importer,
            sector(row.sector),
            figure(row.value),
            row.tariff.clone(),
            quality_word(row.quality).into(),
            row.source.clone(),
        ]
    });
    let files = imported.files.iter().map(|report| {
        let skipped = report.skipped.iter().map(|(why, rows)| format!("{why} ({rows})")).collect::<Vec<_>>().join("; ");
        let months = report.months.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
        let (rows, taken) = (report.rows.to_string(), report.taken.to_string());
        vec![
            report.file.name.clone(),
            report.file.sha256.clone(),
            report.source.word().into(),
            rows,
            taken,
            figure(report.value),
            months,
            skipped,
        ]
    });
    let unmapped = imported
        .unmapped
        .iter()
        .map(|row| vec![row.kind.word().into(), row.what.clone(), figure(row.value), row.near.clone().unwrap_or_default()]);
    let gaps = imported
        .gaps
        .iter()
        .map(|gap| vec![gap.kind.word().into(), region(gap.exporter), region(gap.importer), sector(gap.sector), figure(gap.value)]);
    let mirrors = imported.mirrors.iter().map(|row| {
        vec![region(row.exporter), region(row.importer), row.used.clone(), figure(row.value), row.other.clone(), figure(row.other_value)]
    });
    let changes = imported.changes.iter().map(|row| {
        let (before, after, ratio) = (figure(row.before), figure(row.after), figure(row.after / row.before));
        vec![region(row.exporter), region(row.importer), sector(row.sector), before, after, ratio]
    });
    let pairs = pairs(imported).into_iter().map(|((exporter, importer), sums)| {
        let [files, base, balancing] = sums;
        vec![region(exporter), region(importer), figure(files), figure(base), figure(balancing), figure(files + base + balancing)]
    });
    let mut tables = vec![
        ("flows.csv", csv_table(&["exporter", "importer", "sector", "value_usd_m", "tariff", "quality", "source"], flows)),
        ("import/files.csv", csv_table(&["file", "sha256", "source", "rows", "taken", "value_usd_m", "months", "left_out"], files)),
        ("import/pairs.csv", csv_table(&["exporter", "importer", "files_usd_m", "base_usd_m", "balancing_usd_m", "total_usd_m"], pairs)),
        ("import/unmapped.csv", csv_table(&["why", "what", "value_usd_m", "did_you_mean"], unmapped)),
        ("import/gaps.csv", csv_table(&["gap", "exporter", "importer", "sector", "value_usd_m"], gaps)),
        ("import/mirrors.csv", csv_table(&["exporter", "importer", "used", "value_usd_m", "other", "other_value_usd_m"], mirrors)),
    ];
    if !imported.changes.is_empty() {
        tables.push((
            "import/balancing.csv",
            csv_table(&["exporter", "importer", "sector", "before_usd_m", "after_usd_m", "ratio"], changes),
        ));
    }
    tables.into_iter().map(|(name, bytes)| (name.to_string(), bytes)).collect()
}

/// Trade of each pair of regions: from the files, from the base, and what balancing added; US$ million.
pub fn pairs(imported: &Imported) -> BTreeMap<(usize, usize), [f64; 3]> {
    let kept: BTreeSet<_> =
        imported.gaps.iter().filter(|gap| gap.kind == GapKind::FromBase).map(|gap| (gap.exporter, gap.importer, gap.sector)).collect();
    let changed: BTreeMap<_, _> =
        imported.changes.iter().map(|row| ((row.exporter, row.importer, row.sector), row.after - row.before)).collect();
    let mut pairs: BTreeMap<(usize, usize), [f64; 3]> = BTreeMap::new();
    for row in imported.flows.iter().filter(|row| row.exporter != row.importer) {
        let place = (row.exporter, row.importer, row.sector);
        let balancing = changed.get(&place).copied().unwrap_or_default();
        let sums = pairs.entry((row.exporter, row.importer)).or_default();
        sums[usize::from(kept.contains(&place))] += row.value - balancing;
        sums[2] += balancing;
    }
    pairs
}

/// Where an imported folder's figures are from, in words.
pub fn import_sources(imported: &Imported, base: Option<&str>) -> String {
    let mut text = format!(
        "# Where the flows of {} come from\n\nMade by `tradewind data import`; what could not be mapped, gaps and mirrored figures are in `import/`.\n\n",
        imported.year
    );
    text.push_str("| file | from | SHA-256 |\n|---|---|---|\n");
    for report in &imported.files {
        // Writing to a String does not fail.
        let _ = writeln!(text, "| {} | {} | {} |", report.file.name, report.source.office(), report.file.sha256);
    }
    text.push_str("\nKeys in `flows.csv`: source, year and whose record; `-cif` where cost, insurance and freight are in the value; `+ras` where balancing changed it.\n");
    if let Some(base) = base {
        text.push_str("\nEverything else is from the baseline that it was made on, whose own account follows.\n\n---\n\n");
        text.push_str(base);
    }
    text
}

/// Writes a folder of tables: one that does not exist yet appears whole; in one that does, each file is replaced whole, flows.csv last.
///
/// # Errors
/// If a file cannot be written.
pub fn write_baseline(place: &Path, files: &[NamedFile]) -> Result<(), OutputError> {
    let failed = |path: &Path, error| OutputError::new(path, error);
    let write_all = |folder: &Path| {
        let (flows, others): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| name == "flows.csv");
        others.into_iter().chain(flows).try_for_each(|(name, bytes)| {
            let path = folder.join(name);
            let above = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(above).map_err(|error| failed(&path, error))?;
            folder::write_file(&path, bytes)
        })
    };
    if place.exists() {
        return write_all(place);
    }
    let above = place.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(above).map_err(|error| failed(place, error))?;
    let staging =
        folder::permitted(tempfile::Builder::new().prefix(".import-"), 0o777).tempdir_in(above).map_err(|error| failed(place, error))?;
    write_all(staging.path())?;
    std::fs::rename(staging.path(), place).map_err(|error| failed(place, error))
}

#[cfg(test)]
mod tests {
    use super::csv_table;

    #[test]
    fn numbers_stay_numbers_and_formulas_do_not_run() {
        let row = ["-1.5", "=1+1", "Bonaire, Saba", "", "1e-5"].map(str::to_string).to_vec();
        let text = String::from_utf8(csv_table(&["a", "b", "c", "d", "e"], [row].into_iter())).expect("a text");
        assert_eq!(text, "a,b,c,d,e\n-1.5,'=1+1,\"Bonaire, Saba\",,1e-5\n");
    }
}
