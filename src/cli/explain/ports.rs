//! What can fill: the ports as they are, berths that they add, services that begin.

use super::dates::day;
use super::{percent, short};
use crate::baseline::Quality;
use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;
use crate::uncertainty::Number;

pub(super) fn ports(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["port", "region", "coast", "TEU a year", "capacity", "use", "wait, days", "US$ per TEU", "quality"], 3);
    for port in &loaded.baseline.ports {
        let known = |teu: Option<f64>| teu.map_or_else(|| "unknown".to_string(), |teu| format!("{teu:.0}"));
        let use_ = port.throughput_teu.zip(port.capacity_teu).map(|(throughput, capacity)| percent(throughput / capacity));
        table.row(vec![
            port.name.clone(),
            loaded.baseline.regions[port.region].code.clone(),
            port.coast.clone(),
            known(port.throughput_teu),
            known(port.capacity_teu),
            use_.unwrap_or_else(|| "–".into()),
            format!("{:.2}", port.wait_days),
            format!("{:.0}", port.handling_usd_per_teu),
            Quality::WORDS.iter().find(|(_, known)| *known == port.quality).map_or("", |(word, _)| word).to_string(),
        ]);
    }
    table.with_last_left()
}

pub(super) fn berths(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["berths", "port", "open from", "adds TEU a year"], 3);
    for expansion in &loaded.scenario.expansions {
        let port = &loaded.baseline.ports[expansion.port].name;
        table.row(vec![short(&expansion.name), port.clone(), day(&expansion.date), figure(&expansion.adds_teu, 0)]);
    }
    table
}

/// Both directions of each service.
pub(super) fn services(loaded: &Loaded) -> Columns {
    let baseline = &loaded.baseline;
    let mut table = Columns::new(&["service", "from", "to", "like", "sails from", "TEU a year", "days", "US$/t", "goods"], 5);
    for service in &loaded.scenario.services {
        for way in &service.ways {
            let (mut from, mut to) = (service.from_port, service.to_port);
            if baseline.ports[from].region != way.exporter {
                (from, to) = (to, from);
            }
            let like: Vec<&str> = way.like.iter().map(|&route| baseline.routes[route].name.as_str()).collect();
            let goods = match service.sectors.len() {
                all if all == baseline.sectors.len() => "all".to_string(),
                few if few <= 3 => {
                    service.sectors.iter().map(|&sector| baseline.sectors[sector].code.as_str()).collect::<Vec<_>>().join(" ")
                }
                many => format!("{many} sectors"),
            };
            table.row(vec![
                short(&service.name),
                baseline.ports[from].name.clone(),
                baseline.ports[to].name.clone(),
                short(&like.join(" ")),
                day(&service.start),
                figure(&service.capacity_teu, 0),
                figure(&way.days, 1),
                figure(&way.freight_usd_per_tonne, 0),
                goods,
            ]);
        }
    }
    table.with_last_left()
}

/// A number at its mean, with a sign where it is uncertain.
fn figure(number: &Number, decimals: usize) -> String {
    let about = if number.is_fixed() { "" } else { "~" };
    format!("{about}{:.decimals$}", number.central())
}
