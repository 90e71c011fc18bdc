//! What to report where a scenario does not say: the trade that its measures hit, what they bring in and cost, and the corridors that cross a third region.

use super::measure::Measure;
use super::outcome::{Outcome, OutcomeMeasure, Reading, VolumeUnit};
use super::transport::modes_between;
use crate::baseline::{Baseline, Mode};

/// The outcomes of a scenario without `[[outcome]]`. Never empty.
pub fn default_outcomes(baseline: &Baseline, measures: &[Measure]) -> Vec<Outcome> {
    let name = |region: usize| baseline.regions[region].name.as_str();
    let sectors: Vec<usize> = (0..baseline.sectors.len()).collect();
    let outcome = |name: String, measure, exporters: Vec<usize>, importers: Vec<usize>, modes, reading| Outcome {
        name,
        measure,
        exporters,
        importers,
        sectors: sectors.clone(),
        modes,
        ports: Vec::new(),
        unit: VolumeUnit::BaseYearPrices,
        reading,
        thresholds: Vec::new(),
    };
    let every: Vec<usize> = (0..baseline.regions.len()).collect();
    let mut out = Vec::new();

    for (exporter, importer) in hit_pairs(measures) {
        let what = format!("{} exports to {}", name(exporter), name(importer));
        for (suffix, reading) in [("change", Reading::Change), ("per cent", Reading::Percent)] {
            let title = format!("{what}, {suffix}");
            out.push(outcome(title, OutcomeMeasure::TradeValue, vec![exporter], vec![importer], None, reading));
        }
    }
    for importer in importers(measures) {
        for (what, measure, reading) in [
            ("tariff revenue", OutcomeMeasure::TariffRevenue, Reading::Change),
            ("effective tariff", OutcomeMeasure::EffectiveTariff, Reading::Level),
        ] {
            out.push(outcome(format!("{} {what}", name(importer)), measure, every.clone(), vec![importer], None, reading));
        }
    }
    for (a, b) in crossing_pairs(baseline) {
        let pair = || vec![a, b];
        let what = format!("{}–{} trade", name(a), name(b));
        for (suffix, reading) in [("value", Reading::Level), ("change", Reading::Change)] {
            out.push(outcome(format!("{what}, {suffix}"), OutcomeMeasure::TradeValue, pair(), pair(), None, reading));
        }
        let by_sea = [(a, b), (b, a)].iter().any(|(e, i)| modes_between(baseline, *e, *i).contains(&Mode::Sea));
        if by_sea {
            let sea = || Some(vec![Mode::Sea]);
            out.push(outcome(format!("{what} by sea, change"), OutcomeMeasure::TradeValue, pair(), pair(), sea(), Reading::Change));
            out.push(outcome(format!("{what}, share by sea"), OutcomeMeasure::ModeShare, pair(), pair(), sea(), Reading::Level));
        }
    }
    let mut touched = importers(measures);
    for (exporter, _) in hit_pairs(measures) {
        push_new(&mut touched, exporter);
    }
    for region in touched {
        out.push(outcome(format!("{} welfare", name(region)), OutcomeMeasure::Welfare, every.clone(), vec![region], None, Reading::Change));
    }
    // Nobody asked for these: where the baseline has no such trade, they are left out and not complained of.
    out.retain(|outcome| counts_something(baseline, outcome));
    if out.is_empty() {
        out.push(outcome("World trade, change".to_owned(), OutcomeMeasure::TradeValue, every.clone(), every, None, Reading::Change));
    }
    out
}

/// Whether the baseline has trade of what the outcome counts; for welfare, whether the region sells or buys at all.
fn counts_something(baseline: &Baseline, outcome: &Outcome) -> bool {
    let trade = |exporter: usize, importer: usize| outcome.sectors.iter().any(|&s| baseline.flow(s, exporter, importer).value > 0.0);
    if outcome.measure == OutcomeMeasure::Welfare {
        return outcome.importers.iter().any(|&at| (0..baseline.regions.len()).any(|other| trade(at, other) || trade(other, at)));
    }
    outcome.exporters.iter().any(|&exporter| outcome.importers.iter().any(|&importer| exporter != importer && trade(exporter, importer)))
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Exporter and importer of every corridor under a measure, in order of first mention.
fn hit_pairs(measures: &[Measure]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for measure in measures {
        for exporter in &measure.exporters {
            push_new(&mut pairs, (*exporter, measure.importer));
        }
    }
    pairs
}

fn importers(measures: &[Measure]) -> Vec<usize> {
    let mut importers = Vec::new();
    for measure in measures {
        push_new(&mut importers, measure.importer);
    }
    importers
}

/// Pairs, lower index first, with a route through a third region.
fn crossing_pairs(baseline: &Baseline) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for route in baseline.routes.iter().filter(|r| r.via.is_some()) {
        push_new(&mut pairs, (route.exporter.min(route.importer), route.exporter.max(route.importer)));
    }
    pairs
}
