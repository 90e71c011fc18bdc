//! How goods get from one region to another: mode, corridor, distance, days and freight.

use super::Quality;
use super::codes::Codes;
use super::table::{Complaints, Layout, Table};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub(super) const ROUTES: Layout = Layout {
    required: &["exporter", "importer", "route", "mode", "distance_km", "days", "freight_usd_per_tonne", "quality"],
    optional: &["via", "source"],
};

/// How goods travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    Truck,
    Rail,
    Sea,
    Air,
    Pipeline,
    Other,
}

impl Mode {
    pub const ALL: [Mode; 6] = [Mode::Truck, Mode::Rail, Mode::Sea, Mode::Air, Mode::Pipeline, Mode::Other];

    /// As tables and scenarios write it.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Truck => "truck",
            Mode::Rail => "rail",
            Mode::Sea => "sea",
            Mode::Air => "air",
            Mode::Pipeline => "pipeline",
            Mode::Other => "other",
        }
    }
}

/// A way from one region to another. `routes.csv`: exporter,importer,route,mode,via,distance_km,days,freight_usd_per_tonne,quality,source
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub exporter: usize,
    pub importer: usize,
    /// Its name within the pair, e.g. `sea_pacific`.
    pub name: String,
    pub mode: Mode,
    /// The third region it crosses, if any (the land bridge through the US).
    pub via: Option<usize>,
    pub distance_km: f64,
    pub days: f64,
    /// US$ per tonne, door to door where known, as its source says.
    pub freight_usd_per_tonne: f64,
    /// The exporter's and the importer's port, where the table names them (`from_port`, `to_port`).
    pub ports: Option<(usize, usize)>,
    /// Routes of one group share the deviation of their base shares from the central ones: what is unknown of one is unknown of all. Its own name if not given.
    pub group: String,
    pub quality: Quality,
}

/// The routes, and the place of each pair's first one in the table.
#[derive(Default)]
pub(super) struct Routes {
    pub routes: Vec<Route>,
    pub pairs: BTreeMap<(usize, usize), Range<usize>>,
}

pub(super) fn routes(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Routes {
    let modes = Mode::ALL.map(|mode| (mode.word(), mode));
    let (mut routes, mut pairs) = (Vec::new(), BTreeMap::new());
    let mut first: HashMap<(usize, usize, String), Range<usize>> = HashMap::new();
    for row in table.rows() {
        let (from, to, name, via) = (row.field("exporter"), row.field("importer"), row.field("route"), row.field("via"));
        let (exporter, importer) = (codes.regions.find(&from, complaints), codes.regions.find(&to, complaints));
        let crossed = if via.text.is_empty() { Some(None) } else { codes.regions.find(&via, complaints).map(Some) };
        let mode = complaints.word(&row.field("mode"), &modes);
        let numbers = ["distance_km", "days", "freight_usd_per_tonne"].map(|column| complaints.number(&row.field(column)));
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        if name.text.is_empty() || !name.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            complaints.error(&name.span, || {
                (
                    format!("the route's name `{}` cannot be used", name.text),
                    Some("letters, digits, underscores and hyphens, e.g. `sea_pacific`".into()),
                )
            });
            continue;
        }
        let (Some(exporter), Some(importer)) = (exporter, importer) else { continue };
        if exporter == importer {
            complaints
                .error(&to.span, || (format!("a route from {} to itself", to.text), Some("routes lead from one region to another".into())));
            continue;
        }
        if let Some(Some(third)) = crossed
            && (third == exporter || third == importer)
        {
            complaints.error(&via.span, || {
                (
                    format!("a route cannot cross {} as a third region, being its end", via.text),
                    Some("leave `via` empty where it crosses none".into()),
                )
            });
        }
        if let Some(before) = first.insert((exporter, importer, name.text.to_string()), row.span()) {
            complaints.duplicate(&row.span(), format!("the route `{}` from {} to {}", name.text, from.text, to.text), &before);
            continue;
        }
        pairs.entry((exporter, importer)).or_insert(row.span());
        let (Some(via), Some(mode), Some(quality), [Some(distance_km), Some(days), Some(freight_usd_per_tonne)]) =
            (crossed, mode, quality, numbers)
        else {
            continue;
        };
        let name = name.text.into_owned();
        let (ports, group) = (None, name.clone());
        routes.push(Route { exporter, importer, name, mode, via, distance_km, days, freight_usd_per_tonne, ports, group, quality });
    }
    Routes { routes, pairs }
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn every_mode_has_its_own_word() {
        let words: std::collections::BTreeSet<_> = Mode::ALL.iter().map(|m| m.word()).collect();
        assert_eq!(words.len(), Mode::ALL.len());
    }
}
