//! What of the base year is in doubt (`[data]`, `[route_shares]` apart): figures by the hundred, so counted by kind and by how far off they may be.

use super::{Selection, percent, short};
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;

/// Whether a number is one of the base year's figures.
pub(super) fn is_doubt(path: &str) -> bool {
    path.starts_with("data.")
}

/// Figures of one kind that may be equally far off.
struct Kind {
    what: &'static str,
    log_sd: f64,
    count: usize,
    /// US$ million, where the figures are values.
    value: f64,
    /// Regions, pairs or sectors, each once.
    places: Vec<String>,
}

/// For a person: a line for each kind and standard deviation.
pub(super) fn doubts(loaded: &Loaded, selection: Selection) -> Columns {
    let (baseline, doubted) = (&loaded.baseline, &loaded.scenario.data);
    let mut kinds: Vec<Kind> = Vec::new();
    let (mut home, mut traded) = (0.0, 0.0);
    let sectors: Vec<usize> = (0..baseline.sectors.len()).filter(|&s| selection.sector.is_none_or(|only| only == s)).collect();
    for (exporter, from) in baseline.regions.iter().enumerate() {
        for (importer, to) in baseline.regions.iter().enumerate() {
            for &sector in &sectors {
                let flow = baseline.flow(sector, exporter, importer);
                if flow.value <= 0.0 {
                    continue;
                }
                if exporter == importer {
                    home += flow.value;
                    note(&mut kinds, HOME, doubted.of_home_sales(importer, flow.quality), flow.value, || to.code.clone());
                } else {
                    traded += flow.value;
                    let log_sd = doubted.of_trade((exporter, importer), flow.quality);
                    note(&mut kinds, TRADE, log_sd, flow.value, || format!("{}-{}", from.code, to.code));
                }
            }
        }
    }
    for &sector in &sectors {
        if let Some(density) = &baseline.value_density[sector] {
            let log_sd = doubted.of_value_density(sector, density.quality);
            note(&mut kinds, DENSITY, log_sd, 0.0, || baseline.sectors[sector].code.clone());
        }
    }
    kinds.sort_by_key(|kind| [HOME, TRADE, DENSITY].iter().position(|what| *what == kind.what));
    let mut table = Columns::new(&["figures", "sd of log", "how many", "of all by value", "of"], 1);
    for kind in &kinds {
        let of_all = match kind.what {
            HOME => percent(kind.value / home),
            TRADE => percent(kind.value / traded),
            _ => "–".to_string(),
        };
        let of = match kind.places.len() {
            few if few <= 8 => kind.places.join(" "),
            many if kind.what == TRADE => format!("{many} pairs"),
            many => format!("{many} sectors"),
        };
        table.row(vec![kind.what.to_string(), kind.log_sd.to_string(), kind.count.to_string(), of_all, short(&of)]);
    }
    table.with_last_left()
}

const HOME: &str = "home sales over import sales";
const TRADE: &str = "trade between regions, what a pair trades in all such goods kept";
const DENSITY: &str = "US$ per tonne";

/// Counts a figure, if it is in doubt.
fn note(kinds: &mut Vec<Kind>, what: &'static str, log_sd: f64, value: f64, place: impl Fn() -> String) {
    if log_sd <= 0.0 {
        return;
    }
    let at = kinds.iter().position(|kind| kind.what == what && kind.log_sd == log_sd).unwrap_or_else(|| {
        kinds.push(Kind { what, log_sd, count: 0, value: 0.0, places: Vec::new() });
        kinds.len() - 1
    });
    let kind = &mut kinds[at];
    kind.count += 1;
    kind.value += value;
    let place = place();
    if !kind.places.contains(&place) {
        kind.places.push(place);
    }
}
