//! How goods get from one region to another: mode, corridor, distance, days and freight.

use super::Quality;
use super::codes::Codes;
use super::ports::Harbours;
use super::table::{Complaints, Layout, Row, Table};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub(super) const ROUTES: Layout = Layout {
    required: &["exporter", "importer", "route", "mode", "distance_km", "days", "freight_usd_per_tonne", "quality"],
    optional: &["via", "from_port", "to_port", "group", "source"],
};

/// How goods travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
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

/// A way from one region to another. `routes.csv`:
/// exporter,importer,route,mode,via,from_port,to_port,group,distance_km,days,freight_usd_per_tonne,quality,source
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

pub(super) fn routes(table: &Table, codes: &Codes, harbours: &Harbours, complaints: &mut Complaints) -> Routes {
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
        let ports = ports(&row, harbours, (exporter, importer), mode, complaints);
        let (group, no_group) = (row.field("group"), row.field("group").text.is_empty());
        if !no_group && !is_name(&group.text) {
            complaints.error(&group.span, || (format!("the group's name `{}` cannot be used", group.text), Some(LETTERS.into())));
        }
        if !is_name(&name.text) {
            complaints.error(&name.span, || (format!("the route's name `{}` cannot be used", name.text), Some(LETTERS.into())));
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
        let (Some(via), Some(mode), Some(ports), Some(quality), [Some(distance_km), Some(days), Some(freight_usd_per_tonne)]) =
            (crossed, mode, ports, quality, numbers)
        else {
            continue;
        };
        let name = name.text.into_owned();
        let group = if no_group { name.clone() } else { group.text.into_owned() };
        routes.push(Route { exporter, importer, name, mode, via, distance_km, days, freight_usd_per_tonne, ports, group, quality });
    }
    Routes { routes, pairs }
}

/// What the name of a route or group is made of.
const LETTERS: &str = "letters, digits, underscores and hyphens, e.g. `sea_pacific`";

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a route names a port, to be asked where there is no table of ports; told once, at the first.
pub(super) fn names_ports_that_are_nowhere(table: &Table, complaints: &mut Complaints) -> bool {
    let named = table.rows().map(|row| row.field("from_port")).find(|field| !field.text.is_empty());
    if let Some(field) = &named {
        complaints.error(&field.span, || {
            let help = "add ports.csv, or leave from_port and to_port empty".to_string();
            ("routes.csv names ports, but ports.csv is not here".into(), Some(help))
        });
    }
    named.is_some()
}

/// The ports of a row's ends, which it names both or neither of; `None` where they cannot be used.
fn ports(
    row: &Row,
    harbours: &Harbours,
    (exporter, importer): (Option<usize>, Option<usize>),
    mode: Option<Mode>,
    complaints: &mut Complaints,
) -> Option<Option<(usize, usize)>> {
    let (from, to) = (row.field("from_port"), row.field("to_port"));
    if from.text.is_empty() && to.text.is_empty() {
        return Some(None);
    }
    for (missing, given) in [(&from, &to), (&to, &from)] {
        if missing.text.is_empty() {
            complaints.error(&given.span, || {
                (format!("`{}` is given, but `{}` is not", given.column, missing.column), Some("name both ports, or neither".into()))
            });
            return None;
        }
    }
    // What a port charges, and how long it keeps ships waiting, is counted on the routes that name it.
    if let Some(mode @ (Mode::Truck | Mode::Rail | Mode::Air | Mode::Pipeline)) = mode {
        complaints.error(&from.span, || (format!("a route by {} has no ports", mode.word()), Some("leave both ports empty".into())));
        return None;
    }
    let from = harbours.find_in(&from, &row.field("exporter"), exporter, complaints);
    let to = harbours.find_in(&to, &row.field("importer"), importer, complaints);
    Some(Some((from?, to?)))
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
