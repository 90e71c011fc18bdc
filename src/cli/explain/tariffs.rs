//! Effective tariffs at central values, with the layers that make them.

use super::{Selection, percent, short};
use crate::cli::columns::{Columns, minus};
use crate::cli::loading::Loaded;
use crate::scenario::Measure;
use crate::uncertainty::Number;

/// The measures as resolved, in the order of the scenario.
pub(super) fn measures(loaded: &Loaded, selection: Selection) -> Columns {
    let mut table = Columns::new(&["measure", "by", "on", "sectors", "from", "until", "rate", "coverage", "stacking"], 6);
    let asked = |measure: &&Measure| {
        selection.sector.is_none_or(|only| measure.sectors.contains(&only))
            && selection.exporter.is_none_or(|only| measure.exporters.contains(&only))
    };
    for measure in loaded.scenario.measures.iter().filter(asked) {
        let names = |indices: &[usize], all: usize, name: &dyn Fn(usize) -> String| {
            if indices.len() >= all && all > 1 { "all".to_string() } else { indices.iter().map(|&i| name(i)).collect::<Vec<_>>().join(" ") }
        };
        let region = |index: usize| loaded.baseline.regions[index].code.clone();
        let sector = |index: usize| loaded.baseline.sectors[index].code.clone();
        let sectors = match measure.sectors.len() {
            count if count > 3 && count < loaded.plan.world.sectors => format!("{count} sectors"),
            _ => names(&measure.sectors, loaded.plan.world.sectors, &sector),
        };
        table.row(vec![
            short(&measure.name),
            region(measure.importer),
            names(&measure.exporters, loaded.plan.world.regions - 1, &region),
            sectors,
            measure.from.to_string(),
            measure.until.map_or_else(|| "…".to_string(), |day| day.to_string()),
            number(&measure.rate),
            number(&measure.coverage),
            stacking(measure),
        ]);
    }
    table
}

fn number(number: &Number) -> String {
    let about = if number.is_fixed() { "" } else { "~" };
    format!("{about}{}", percent(number.central()))
}

fn stacking(measure: &Measure) -> String {
    let mut words = Vec::new();
    if measure.usmca_exempt {
        words.push("USMCA goods exempt".to_string());
    }
    if !measure.displaces.is_empty() {
        words.push(format!("displaces {}", measure.displaces.join(", ")));
    }
    if measure.replaces_base {
        words.push("replaces the base tariff".to_string());
    }
    words.join("; ")
}

/// A table a corridor: effective rates by period, and the layers of the last one shown.
pub(super) fn corridors(loaded: &Loaded, selection: Selection) -> Vec<(String, Columns)> {
    let plan = &loaded.plan;
    let central = central(loaded);
    let periods: Vec<usize> = (0..plan.world.periods).filter(|&p| selection.period.is_none_or(|only| only == p)).collect();
    let Some(&last) = periods.last() else { return Vec::new() };
    let label = |period: usize| loaded.scenario.periods[period].label.clone();
    let mut tables = Vec::new();
    for (exporter, importer) in pairs(loaded, selection) {
        let mut header = vec!["sector".to_string(), "base".to_string()];
        header.extend(periods.iter().map(|&period| label(period)));
        header.push(format!("layers in {}, percentage points", label(last)));
        let mut table = Columns::new(&header.iter().map(String::as_str).collect::<Vec<_>>(), 1);
        for sector in (0..plan.world.sectors).filter(|&s| selection.sector.is_none_or(|only| only == s)) {
            if plan.world.value(sector, exporter, importer) <= 0.0 || !plan.world.tariffs.ever_touched(sector, exporter, importer) {
                continue;
            }
            let cell = |period: usize| plan.world.tariffs.cell(period, sector, exporter, importer);
            let mut row = vec![loaded.baseline.sectors[sector].code.clone(), percent(cell(last).base)];
            row.extend(periods.iter().map(|&period| percent(cell(period).effective::<f64>(&central[period]).rate)));
            let layers = cell(last).layers(&plan.world.tariffs.names, &central[last]);
            let shown = layers.iter().filter(|layer| layer.ad_valorem.abs() >= 5e-4);
            row.push(
                shown
                    .map(|layer| format!("{} {}", layer.name, minus(&format!("{:.1}", 100.0 * layer.ad_valorem))))
                    .collect::<Vec<_>>()
                    .join(" + "),
            );
            table.row(row);
        }
        let name = |region: usize| &loaded.baseline.regions[region].code;
        let title = format!("Effective tariffs of {} on {}, at central values", name(importer), name(exporter));
        tables.push((title, table.with_last_left()));
    }
    tables
}

/// Every layer of every touched cell: the account behind each effective rate.
pub(super) fn layers(loaded: &Loaded, selection: Selection) -> Columns {
    let plan = &loaded.plan;
    let central = central(loaded);
    let mut table = Columns::new(&["period", "importer", "exporter", "sector", "layer", "ad_valorem"], 5);
    for period in (0..plan.world.periods).filter(|&p| selection.period.is_none_or(|only| only == p)) {
        for (exporter, importer) in pairs(loaded, selection) {
            for sector in (0..plan.world.sectors).filter(|&s| selection.sector.is_none_or(|only| only == s)) {
                let cell = plan.world.tariffs.cell(period, sector, exporter, importer);
                let mut row = |layer: &str, ad_valorem: f64| {
                    table.row(vec![
                        loaded.scenario.periods[period].label.clone(),
                        loaded.baseline.regions[importer].code.clone(),
                        loaded.baseline.regions[exporter].code.clone(),
                        loaded.baseline.sectors[sector].code.clone(),
                        layer.to_string(),
                        format!("{ad_valorem:.6}"),
                    ]);
                };
                for layer in cell.layers(&plan.world.tariffs.names, &central[period]) {
                    row(&layer.name, layer.ad_valorem);
                }
                row("effective", cell.effective::<f64>(&central[period]).rate);
            }
        }
    }
    table
}

/// Pairs that a measure bears on.
fn pairs(loaded: &Loaded, selection: Selection) -> Vec<(usize, usize)> {
    let plan = &loaded.plan;
    let touched = |exporter: usize, importer: usize| {
        (0..plan.world.sectors).any(|sector| plan.world.tariffs.ever_touched(sector, exporter, importer))
    };
    let all = (0..plan.world.regions).flat_map(|importer| (0..plan.world.regions).map(move |exporter| (exporter, importer)));
    all.filter(|&(exporter, importer)| selection.exporter.is_none_or(|only| only == exporter) && touched(exporter, importer)).collect()
}

/// Every uncertain number at its mean and every event at its probabilities, by period.
fn central(loaded: &Loaded) -> Vec<Vec<f64>> {
    loaded.plan.world.parameters.central(loaded.plan.world.periods)
}
