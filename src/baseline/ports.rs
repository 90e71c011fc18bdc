//! The ports that goods sail through: where they lie, what passes through them, what they can take, how long ships wait.
//! Waiting grows with use as on roads (Bureau of Public Roads): W = w·(1 + 0.15·u⁴) with u = throughput/capacity. `ports.csv` gives w and both parts of u.

use super::Quality;
use super::accents::without_accents;
use super::codes::Codes;
use super::table::{Complaints, Field, Layout, Table, unknown};
use crate::diagnostics::nearest;
use std::collections::HashMap;

pub(super) const LAYOUT: Layout = Layout {
    required: &["port", "region", "coast", "lat", "lon", "throughput_teu", "capacity_teu", "wait_days", "handling_usd_per_teu", "quality"],
    optional: &["source"],
};

/// A port. `ports.csv`: port,region,coast,lat,lon,throughput_teu,capacity_teu,wait_days,handling_usd_per_teu,quality,source
#[derive(Debug, Clone, PartialEq)]
pub struct Port {
    /// As people write it: `Lázaro Cárdenas`. No two names are equal but for their accents.
    pub name: String,
    pub region: usize,
    /// `Pacific`, `Atlantic`, `Gulf`.
    pub coast: String,
    /// Degrees north and east.
    pub lat: f64,
    pub lon: f64,
    /// Containers of all trade in the base year, TEU; `None` where unknown.
    pub throughput_teu: Option<f64>,
    /// TEU a year, more than zero; `None` where unknown: such a port never fills.
    pub capacity_teu: Option<f64>,
    /// w: days that a container waits where the port is nearly empty.
    pub wait_days: f64,
    /// What the port charges to handle a container, US$ per TEU.
    pub handling_usd_per_teu: f64,
    /// How well throughput and capacity are known, by the weaker of the two.
    pub quality: Quality,
}

/// The port called `name`, with or without its accents.
pub(super) fn find(ports: &[Port], name: &str) -> Option<usize> {
    let name = without_accents(name);
    ports.iter().position(|port| without_accents(&port.name) == name)
}

pub(super) fn ports(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<Port> {
    let mut found = Vec::new();
    let mut first = HashMap::new();
    for row in table.rows() {
        let (name, coast) = (row.field("port"), row.field("coast"));
        let region = codes.regions.find(&row.field("region"), complaints);
        let lat = complaints.degrees(&row.field("lat"), 90.0);
        let lon = complaints.degrees(&row.field("lon"), 180.0);
        let throughput_teu = complaints.number_if_any(&row.field("throughput_teu"));
        let capacity_teu = capacity(&row.field("capacity_teu"), complaints);
        let wait_days = complaints.number(&row.field("wait_days"));
        let handling_usd_per_teu = complaints.number(&row.field("handling_usd_per_teu"));
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        if coast.text.is_empty() {
            complaints.error(&coast.span, || ("`coast` is empty".into(), Some("e.g. `Pacific`, `Atlantic` or `Gulf`".into())));
        }
        // A scenario writes `*` for every port.
        if matches!(&*name.text, "" | "*") {
            complaints.error(&name.span, || (format!("the port's name `{}` cannot be used", name.text), Some("e.g. `Halifax`".into())));
            continue;
        }
        if let Some(before) = first.insert(without_accents(&name.text), row.span()) {
            complaints.duplicate(&row.span(), format!("the port `{}`, with or without accents,", name.text), &before);
            continue;
        }
        let (Some(region), Some(lat), Some(lon), Some(throughput_teu), Some(capacity_teu)) =
            (region, lat, lon, throughput_teu, capacity_teu)
        else {
            continue;
        };
        let (Some(wait_days), Some(handling_usd_per_teu), Some(quality)) = (wait_days, handling_usd_per_teu, quality) else { continue };
        let (name, coast) = (name.text.into_owned(), coast.text.into_owned());
        if let (Some(throughput), Some(capacity)) = (throughput_teu, capacity_teu)
            && throughput > capacity
        {
            let message = format!("{name} handles {throughput} TEU with a capacity of {capacity}");
            let help = Some("it is taken to be just full in the base year; check both figures".into());
            complaints.warn(&row.field("capacity_teu").span, message, help);
        }
        found.push(Port { name, region, coast, lat, lon, throughput_teu, capacity_teu, wait_days, handling_usd_per_teu, quality });
    }
    found
}

/// A capacity: more than zero, or `None` within where it is unknown.
fn capacity(field: &Field, complaints: &mut Complaints) -> Option<Option<f64>> {
    let capacity = complaints.number_if_any(field)?;
    if capacity == Some(0.0) {
        complaints.error(&field.span, || {
            ("capacity_teu is zero".into(), Some("throughput is divided by it: leave it empty where it is unknown".into()))
        });
        return None;
    }
    Some(capacity)
}

/// The ports as routes refer to them.
pub(super) struct Harbours<'a> {
    pub ports: &'a [Port],
    /// Whether the table was read without errors. If not, an unknown name may only be unread, and is not complained of.
    pub whole: bool,
}

impl Harbours<'_> {
    /// The index of the port in `field`, which must lie in the region whose code is in `place`, if that is known.
    pub fn find_in(&self, field: &Field, place: &Field, region: Option<usize>, complaints: &mut Complaints) -> Option<usize> {
        let Some(port) = find(self.ports, &field.text) else {
            if self.whole {
                complaints.error(&field.span, || {
                    let near = nearest(&field.text, self.ports.iter().map(|port| port.name.as_str()));
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    (unknown(field), Some(help.unwrap_or_else(|| "ports are those of ports.csv".into())))
                });
            }
            return None;
        };
        if region.is_some_and(|region| region != self.ports[port].region) {
            complaints.error(&field.span, || {
                let help = "from_port lies in the exporting region, to_port in the importing one".to_string();
                (format!("{}: {} does not lie in {}", field.column, self.ports[port].name, place.text), Some(help))
            });
            return None;
        }
        Some(port)
    }
}
