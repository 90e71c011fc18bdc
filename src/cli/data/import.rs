//! `data import`: downloads to a baseline folder, with an account of what became of every dollar.

use super::ImportArgs;
use super::words::{counted, list, percent, section, share, size, usd};
use crate::cli::Ending;
use crate::cli::columns::Columns;
use crate::cli::terminal::{complain, note, report, say, warn};
use crate::data::{self, Frame, GapKind, Imported, Request};
use crate::output::{self, NamedFile};
use indicatif::{ProgressBar, ProgressDrawTarget};
use std::io::IsTerminal;
use std::path::Path;

/// Lines of a table that a person reads to the end.
const SHOWN: usize = 8;

/// Tables of a baseline that an import leaves as they are.
const KEPT: [&str; 13] = [
    "regions.csv",
    "sectors.csv",
    "elasticities.csv",
    "routes.csv",
    "route_shares.csv",
    "ports.csv",
    "preferences.csv",
    "value_density.csv",
    "time_value.csv",
    "value_added.csv",
    "input_output.csv",
    "final_demand.csv",
    "SOURCES.md",
];

pub(super) fn import(args: &ImportArgs) -> Ending {
    if args.out.join("flows.csv").exists() && !args.force {
        complain(&format!(
            "{} holds a baseline already: choose another folder with --out, or replace its tables with --force",
            args.out.display()
        ));
        return Ending::WrongInput;
    }
    let frame = match (&args.base, &args.regions, &args.sectors) {
        (Some(base), ..) => Frame::Base(base.clone()),
        (None, Some(regions), Some(sectors)) => Frame::Tables(regions.clone(), sectors.clone()),
        _ => {
            complain("a baseline to start from is needed (--base), or --regions and --sectors");
            return Ending::WrongInput;
        }
    };
    let request = Request {
        downloads: args.files.clone(),
        source: args.from.map(Into::into),
        year: args.year,
        rate: args.rate,
        frame,
        members: args.members.clone(),
        output: args.output_table.clone(),
        totals: args.totals.clone(),
    };
    let bar = ProgressBar::with_draw_target(
        None,
        if !args.quiet && std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
    );
    let read = data::import(&request, &mut |path: &Path, rows: u64| {
        bar.set_message(format!("{}: {rows} rows", path.display()));
        bar.tick();
    });
    bar.finish_and_clear();
    let imported = match read {
        Ok(imported) => imported,
        Err(wrong) => {
            report(&wrong);
            return Ending::WrongInput;
        }
    };
    warn(&imported.warnings);
    let files = match files(&imported, &request.frame) {
        Ok(files) => files,
        Err(message) => {
            complain(&message);
            return Ending::WrongInput;
        }
    };
    if !args.quiet {
        note(&account(&imported));
    }
    if !files.iter().any(|(name, _)| name == "elasticities.csv") {
        note(&format!("{} has no elasticities.csv yet: a run needs it (--base takes it from another baseline)", args.out.display()));
    }
    match output::write_baseline(&args.out, &files) {
        Ok(()) => say(&format!("The baseline is in {}", args.out.display())),
        Err(error) => {
            complain(&error.to_string());
            Ending::NotWritten
        }
    }
}

/// All files of the folder: the import's own, and those that are kept.
fn files(imported: &Imported, frame: &Frame) -> Result<Vec<NamedFile>, String> {
    let mut files = output::import_tables(imported);
    let mut copy = |path: &Path, name: &str| match std::fs::read(path) {
        Ok(bytes) => {
            files.push((name.to_string(), bytes));
            Ok(())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{} cannot be read: {error}", path.display())),
    };
    match frame {
        Frame::Base(folder) => KEPT.iter().try_for_each(|name| copy(&folder.join(name), name))?,
        Frame::Tables(regions, sectors) => {
            copy(regions, "regions.csv")?;
            copy(sectors, "sectors.csv")?;
        }
    }
    let base = files.iter().position(|(name, _)| name == "SOURCES.md").map(|place| files.remove(place).1);
    let base = base.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    files.push(("SOURCES.md".into(), output::import_sources(imported, base.as_deref()).into_bytes()));
    Ok(files)
}

/// What became of what was read, for a person.
fn account(imported: &Imported) -> String {
    let region = |index: usize| imported.regions[index].code.as_str();
    let sector = |index: usize| imported.sectors[index].code.as_str();
    let mut parts = Vec::new();
    let mut table = Columns::new(&["file", "from", "rows", "taken", "value"], 2);
    for report in &imported.files {
        let (rows, taken) = (report.rows.to_string(), report.taken.to_string());
        table.row(vec![report.file.name.clone(), report.source.word().into(), rows, taken, size(report.value)]);
    }
    section(&mut parts, &format!("Read for {} (US$)", imported.year), &table);
    let left_out = imported.files.iter().filter(|report| !report.skipped.is_empty()).map(|report| {
        let skipped = report.skipped.iter().map(|(why, rows)| format!("{why} ({rows})")).collect::<Vec<_>>().join(", ");
        format!("{}: {skipped}", report.file.name)
    });
    list(&mut parts, "Rows left out", left_out);
    let lost: f64 = imported.unmapped.iter().map(|row| row.value).sum();
    let whole = imported.placed + lost;
    let within: f64 = imported.within.iter().sum();
    let between = imported.placed - within;
    let [importers, both, exporters] = imported.by_side.map(|value| percent(share(value, between)));
    let mut says = vec![format!(
        "Of {}, one figure for each trade, {} is between regions, {} among the countries of one region and left out, {} could not be mapped.",
        usd(whole),
        usd(between),
        usd(within),
        usd(lost)
    )];
    says.push(format!("Between regions, by whose record: importer's {importers}, reconciled {both}, exporter's {exporters}."));
    if imported.cif > 0.0 {
        says.push(format!(
            "{} of it is valued CIF, with freight and insurance in it, where the others are customs or FOB values: a few per cent above them.",
            usd(imported.cif)
        ));
    }
    if imported.special > 0.0 {
        says.push(format!("{} is in chapters 98 and 99: special provisions, confidential and unspecified goods.", usd(imported.special)));
    }
    if imported.short > 0.0 {
        says.push(format!(
            "Finer codes, which are used, fall short of their own sums by {}: confidential goods, most likely.",
            usd(imported.short)
        ));
    }
    for report in imported.files.iter().filter(|report| !report.months.is_empty() && report.months.len() < 12) {
        let months = report.months.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        says.push(format!("{} has only the months {months}: its values are not a year's.", report.file.name));
    }
    for (of, some, all) in &imported.partial {
        says.push(format!(
            "{}: {some} of its {all} countries recorded imports; the others are known from their partners, if at all.",
            region(*of)
        ));
    }
    for (of, chapters) in &imported.missing_chapters {
        let chapters = chapters.iter().map(|chapter| format!("{chapter:02}")).collect::<Vec<_>>().join(" ");
        says.push(format!("{}: no file has its HS chapters {chapters}.", sector(*of)));
    }
    list(&mut parts, "What became of it", says.into_iter());
    let mut table = Columns::new(&["why", "what", "value", "of all", "perhaps"], 2).with_last_left();
    for row in imported.unmapped.iter().take(SHOWN) {
        let perhaps = row.near.as_ref().map(|near| format!("{near}?")).unwrap_or_default();
        table.row(vec![row.kind.word().into(), row.what.clone(), size(row.value), percent(share(row.value, whole)), perhaps]);
    }
    section(&mut parts, &shown("Not mapped (US$)", imported.unmapped.len(), "unmapped"), &table);
    let mut pairs: Vec<_> = output::pairs(imported).into_iter().collect();
    pairs.sort_by(|a, b| b.1.iter().sum::<f64>().total_cmp(&a.1.iter().sum()));
    let mut table = Columns::new(&["pair", "files", "base", "balancing", "total"], 1);
    for ((exporter, importer), sums) in pairs.iter().take(SHOWN) {
        let [files, base, balancing] = sums.map(size);
        table.row(vec![format!("{}-{}", region(*exporter), region(*importer)), files, base, balancing, size(sums.iter().sum())]);
    }
    section(&mut parts, &shown("Pairs, by where their trade is known from (US$)", pairs.len(), "pairs"), &table);
    let mut mirrors: Vec<_> = imported.mirrors.iter().collect();
    mirrors.sort_by(|a, b| (b.value - b.other_value).abs().total_cmp(&(a.value - a.other_value).abs()));
    let mut table = Columns::new(&["pair", "used", "not used", "value", "other", "ratio"], 3);
    for row in mirrors.iter().take(SHOWN) {
        let pair = format!("{}-{}", region(row.exporter), region(row.importer));
        table.row(vec![
            pair,
            row.used.clone(),
            row.other.clone(),
            size(row.value),
            size(row.other_value),
            format!("{:.2}", share(row.other_value, row.value)),
        ]);
    }
    section(&mut parts, &shown("Recorded by both partners, the largest differences (US$)", mirrors.len(), "mirrors"), &table);
    section(&mut parts, "Gaps (US$), in full in import/gaps.csv", &gaps(imported));
    let mut table = Columns::new(&["flow", "before", "after", "ratio"], 1);
    for row in imported.changes.iter().take(SHOWN) {
        let flow = format!("{}-{} {}", region(row.exporter), region(row.importer), sector(row.sector));
        table.row(vec![flow, size(row.before), size(row.after), format!("{:.3}", row.after / row.before)]);
    }
    section(&mut parts, &shown("Balanced to the totals (RAS), the largest changes (US$)", imported.changes.len(), "balancing"), &table);
    parts.join("\n\n")
}

/// A title that says how much of a table is shown.
fn shown(title: &str, rows: usize, table: &str) -> String {
    if rows > SHOWN { format!("{title}: {SHOWN} of {rows}, all in import/{table}.csv") } else { title.to_string() }
}

fn gaps(imported: &Imported) -> Columns {
    let mut table = Columns::new(&["what", "cells", "value", "among them"], 1).with_last_left();
    let says = [
        (GapKind::NoFile, "pairs and sectors in no file: no trade"),
        (GapKind::FromBase, "pairs and sectors in no file: kept from the base"),
        (GapKind::HomeSales, "home sales not known: none"),
        (GapKind::ExportsAboveOutput, "exports above output: home sales from the base, or none"),
    ];
    for (kind, what) in says {
        let of: Vec<_> = imported.gaps.iter().filter(|gap| gap.kind == kind).collect();
        if of.is_empty() {
            continue;
        }
        let name = |region: usize| imported.regions[region].code.as_str();
        let first = of.iter().take(2).map(|gap| {
            let sector = &imported.sectors[gap.sector].code;
            if gap.exporter == gap.importer {
                format!("{} {sector}", name(gap.exporter))
            } else {
                format!("{}-{} {sector}", name(gap.exporter), name(gap.importer))
            }
        });
        let first = first.collect::<Vec<_>>().join(", ");
        table.row(vec![what.into(), counted(of.len(), "cell"), size(of.iter().map(|gap| gap.value).sum()), first]);
    }
    table
}
