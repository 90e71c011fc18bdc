//! `new`: a short commented scenario that runs as it is, on the baseline that lies nearest to it.

use super::Ending;
use super::terminal::{complain, note, report, say};
use crate::baseline::{self, Baseline};
use crate::uncertainty::toml_key;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const TEMPLATE: &str = include_str!("new_scenario.toml");
const SCHEMA: &str = "scenario.schema.json";

/// Where baselines are looked for, from the folder of the new file.
const PLACES: [&str; 4] = ["", "scenarios", "..", "../scenarios"];

pub(super) fn new(file: &Path) -> Ending {
    if file.extension().is_none_or(|extension| extension != "toml") {
        complain(&format!("{}: a scenario is a TOML file; write {}", file.display(), file.with_extension("toml").display()));
        return Ending::WrongInput;
    }
    let folder = file.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() && !folder.is_dir() {
        complain(&format!("{}: there is no folder {}", file.display(), folder.display()));
        return Ending::WrongInput;
    }
    let Some((place, name)) = nearest_baseline(folder) else {
        complain(&format!(
            "no baseline for {}: a scenario starts from a folder of tables (regions.csv, sectors.csv, flows.csv, elasticities.csv), \
             and there is none beside it, in scenarios/ or one folder up; write it beside one, or copy one there first",
            file.display()
        ));
        return Ending::WrongInput;
    };
    let (baseline, _) = match baseline::read(&folder.join(place).join(&name)) {
        Ok(read) => read,
        Err(wrong) => {
            report(&wrong);
            return Ending::WrongInput;
        }
    };
    let within = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}/{name}") };
    let schema = if folder.join(place).join(SCHEMA).is_file() { within(SCHEMA) } else { SCHEMA.to_owned() };
    let Some(text) = filled(&baseline, file, &within(&name), &schema) else {
        complain(&format!("{}: the baseline has no trade between regions to put a tariff on", baseline.folder.display()));
        return Ending::WrongInput;
    };
    if let Err(ending) = write(file, &text) {
        return ending;
    }
    let shown = quoted(file);
    let missing = !folder.join(&schema).is_file();
    if missing {
        note(&format!("for an editor to complete and underline it: tradewind schema > {}", quoted(&folder.join(&schema))));
    }
    say(&format!("{}\ntradewind check {shown}\ntradewind run --watch {shown}", file.display()))
}

/// The first folder with the tables of a baseline: where it lies from the new file, and its name. Of several in one place the latest year, before those that name none.
fn nearest_baseline(folder: &Path) -> Option<(&'static str, String)> {
    PLACES.into_iter().find_map(|place| {
        let beside = if folder.as_os_str().is_empty() && place.is_empty() { PathBuf::from(".") } else { folder.join(place) };
        let names = std::fs::read_dir(beside).ok()?.flatten().filter(|entry| is_baseline(&entry.path()));
        let name = names.filter_map(|entry| entry.file_name().into_string().ok()).max_by_key(|name| (year(name), name.clone()))?;
        Some((place, name))
    })
}

/// The year that a folder's name ends in: `baseline-2024`.
fn year(name: &str) -> Option<u16> {
    let digits = &name[name.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    digits.parse().ok().filter(|_| digits.len() == 4)
}

fn is_baseline(folder: &Path) -> bool {
    ["regions.csv", "sectors.csv", "flows.csv"].iter().all(|table| folder.join(table).is_file())
}

/// The template with the codes of this baseline; `None` where no region buys from another.
fn filled(baseline: &Baseline, file: &Path, folder: &str, schema: &str) -> Option<String> {
    let regions = 0..baseline.regions.len();
    let imports = |importer: usize, exporter: usize, sector: usize| {
        if importer == exporter { 0.0 } else { baseline.flow(sector, exporter, importer).value }
    };
    let all_of =
        |importer: usize, exporter: usize| (0..baseline.sectors.len()).map(|sector| imports(importer, exporter, sector)).sum::<f64>();
    let importer = match baseline.region("USA") {
        Some(usa) => usa,
        None => largest(regions.clone(), |importer| regions.clone().map(|exporter| all_of(importer, exporter)).sum())?,
    };
    let sector =
        match baseline.sector("steel_iron").filter(|&steel| regions.clone().any(|exporter| imports(importer, exporter, steel) > 0.0)) {
            Some(steel) => steel,
            None => largest(0..baseline.sectors.len(), |sector| regions.clone().map(|exporter| imports(importer, exporter, sector)).sum())?,
        };
    let neighbours: Vec<usize> = ["CAN", "MEX"].into_iter().filter_map(|code| baseline.region(code)).collect();
    let exporters = match neighbours.iter().any(|&exporter| imports(importer, exporter, sector) > 0.0) {
        true => neighbours.into_iter().filter(|&exporter| imports(importer, exporter, sector) > 0.0).collect(),
        false => vec![largest(regions, |exporter| imports(importer, exporter, sector))?],
    };
    let code = |region: &usize| format!("\"{}\"", baseline.regions[*region].code);
    let codes = [
        wrapped("regions: ", baseline.regions.iter().map(|region| region.code.as_str())),
        wrapped("sectors: ", baseline.sectors.iter().map(|sector| sector.code.as_str())),
    ];
    // A title is for readers; what TOML would have to escape gives way to the code.
    let named = |name: &str, code: &str| if name.contains(['"', '\\']) { code.to_owned() } else { name.to_owned() };
    let (buyer, goods) = (&baseline.regions[importer], &baseline.sectors[sector]);
    let text = TEMPLATE
        .replace("{schema}", if schema.contains('/') { schema.to_owned() } else { format!("./{schema}") }.as_str())
        .replace("{file}", &quoted(file))
        .replace("{baseline}", folder)
        .replace("{importer_name}", &named(&buyer.name, &buyer.code))
        .replace("{sector_name}", &named(&goods.name, &goods.code))
        .replace("{importer}", &buyer.code)
        .replace("{exporters}", &format!("[{}]", exporters.iter().map(code).collect::<Vec<_>>().join(", ")))
        .replace("{sector_key}", &toml_key(&goods.code))
        .replace("{sector}", &goods.code)
        .replace("{codes}", codes.concat().trim_end());
    Some(text.lines().map(aligned).collect())
}

/// A line with its comment in the column of the others, as far as the line leaves room.
fn aligned(line: &str) -> String {
    match line.split_once("  # ") {
        Some((code, comment)) => format!("{:<26} # {comment}\n", code.trim_end()),
        None => format!("{line}\n"),
    }
}

/// The place with the largest amount, if any has some.
fn largest(places: std::ops::Range<usize>, amount: impl Fn(usize) -> f64) -> Option<usize> {
    places
        .map(|place| (place, amount(place)))
        .filter(|(_, amount)| *amount > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(place, _)| place)
}

/// Codes as comments of a readable width.
fn wrapped<'a>(what: &str, codes: impl Iterator<Item = &'a str>) -> String {
    const WIDTH: usize = 100;
    let mut lines = vec![format!("# {what}")];
    for code in codes {
        if lines.last().is_some_and(|line| line.chars().count() + code.chars().count() > WIDTH) {
            lines.push(format!("#   {:width$}", "", width = what.len() - 2));
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(code);
            line.push(' ');
        }
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Writes a file that is not there yet; a file that could not be written whole is taken away again.
fn write(file: &Path, text: &str) -> Result<(), Ending> {
    let mut created = OpenOptions::new().write(true).create_new(true).open(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            complain(&format!("{} is there already, and is not overwritten; give another name", file.display()));
            Ending::WrongInput
        }
        _ => {
            complain(&format!("{} could not be written: {error}", file.display()));
            Ending::NotWritten
        }
    })?;
    created.write_all(text.as_bytes()).map_err(|error| {
        complain(&format!("{} could not be written: {error}", file.display()));
        let _ = std::fs::remove_file(file);
        Ending::NotWritten
    })
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
