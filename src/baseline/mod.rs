//! The observed world that a scenario disturbs: regions, sectors, trade flows, elasticities, routes, ports.
//! Here tables are read, checked and held; nothing is simulated. One file per table, each beginning with what the table says;
//! `folder` reads them together, `table` and what it stands on turn text into cells.

mod accents;
mod codes;
mod csv_reading;
mod elasticities;
mod files;
mod flows;
mod folder;
mod moments;
mod numbers;
mod ports;
mod preferences;
mod quality;
mod regions;
mod route_shares;
mod routes;
mod side_tables;
mod table;
#[cfg(test)]
mod tests;
mod time_value;
mod value_density;

pub use accents::without_accents;
pub use elasticities::{Elasticity, ElasticityKind, Horizon};
pub use files::InputFile;
pub use flows::Flow;
pub use folder::read;
pub(crate) use numbers::number;
pub use ports::Port;
pub use preferences::Preference;
pub use quality::Quality;
pub use regions::{Region, Sector};
pub use route_shares::RouteShare;
pub use routes::{Mode, Route};
pub use side_tables::{Codebook, Figures, codebook, figures, flow_texts, members};
use std::path::PathBuf;
pub use time_value::TimeValue;
pub use value_density::ValueDensity;

/// The baseline, as read and checked.
#[derive(Debug, Clone)]
pub struct Baseline {
    pub folder: PathBuf,
    pub regions: Vec<Region>,
    pub sectors: Vec<Sector>,
    /// Dense: see [`Baseline::flow`]. Absent rows are zero trade.
    pub flows: Vec<Flow>,
    pub elasticities: Vec<Elasticity>,
    pub routes: Vec<Route>,
    pub route_shares: Vec<RouteShare>,
    pub preferences: Vec<Preference>,
    /// By sector; `None` where the table has no row.
    pub value_density: Vec<Option<ValueDensity>>,
    /// Empty where the baseline knows no ports.
    pub ports: Vec<Port>,
    /// Empty where a day on the way costs nothing.
    pub time_values: Vec<TimeValue>,
    pub files: Vec<InputFile>,
}

impl Baseline {
    /// Index of a cell in [`Baseline::flows`].
    pub fn cell(&self, sector: usize, exporter: usize, importer: usize) -> usize {
        (sector * self.regions.len() + exporter) * self.regions.len() + importer
    }

    pub fn flow(&self, sector: usize, exporter: usize, importer: usize) -> &Flow {
        &self.flows[self.cell(sector, exporter, importer)]
    }

    /// Index of the region with this code.
    pub fn region(&self, code: &str) -> Option<usize> {
        self.regions.iter().position(|r| r.code == code)
    }

    /// Index of the sector with this code.
    pub fn sector(&self, code: &str) -> Option<usize> {
        self.sectors.iter().position(|s| s.code == code)
    }

    /// Index of the port with this name, written with or without its accents.
    pub fn port(&self, name: &str) -> Option<usize> {
        ports::find(&self.ports, name)
    }

    /// The elasticity that holds most specifically: for the sector and region, else the sector, else the region, else all.
    /// `region` is the exporter for supply and the market for the others. `None` in the long run for the route
    /// elasticity only, in a baseline without routes; in the short run wherever the long-run one holds from the start.
    pub fn elasticity(&self, kind: ElasticityKind, horizon: Horizon, sector: usize, region: usize) -> Option<&Elasticity> {
        elasticities::most_specific(&self.elasticities, kind, horizon, sector, region)
    }

    /// The routes of a pair in the order of the table, with their indices.
    pub fn routes_of(&self, exporter: usize, importer: usize) -> impl Iterator<Item = (usize, &Route)> {
        self.routes.iter().enumerate().filter(move |(_, route)| (route.exporter, route.importer) == (exporter, importer))
    }

    /// The share of a sector's trade that takes `route`; 0 where the table has no row.
    pub fn share(&self, route: usize, sector: usize) -> f64 {
        self.route_share(route, sector).map_or(0.0, |row| row.share)
    }

    /// The row of `route_shares.csv` for a route and sector.
    pub fn route_share(&self, route: usize, sector: usize) -> Option<&RouteShare> {
        self.route_shares.iter().find(|row| row.route == route && row.sector == sector)
    }

    /// What a day on the way costs a sector's goods: the sector's own row, else the one for all.
    pub fn time_value(&self, sector: usize) -> Option<&TimeValue> {
        self.time_values.iter().filter(|row| row.sector.is_none_or(|s| s == sector)).max_by_key(|row| row.sector.is_some())
    }

    /// The preference of `agreement` (lower case) that holds for a sector's trade: the sector's own row, else the one for all.
    pub fn preference(&self, agreement: &str, sector: usize, exporter: usize, importer: usize) -> Option<&Preference> {
        let of_pair = |p: &&Preference| p.agreement == agreement && (p.exporter, p.importer) == (exporter, importer);
        self.preferences.iter().filter(of_pair).filter(|p| p.sector.is_none_or(|s| s == sector)).max_by_key(|p| p.sector.is_some())
    }

    /// How well trade between regions is known: US$ million a year that is observed, derived and assumed, home sales left out.
    pub fn quality_by_value(&self) -> [(Quality, f64); 3] {
        let regions = self.regions.len();
        [Quality::Observed, Quality::Derived, Quality::Assumed].map(|quality| {
            let abroad = self.flows.iter().enumerate().filter(|(cell, _)| cell / regions % regions != cell % regions);
            (quality, abroad.filter(|(_, flow)| flow.quality == quality).map(|(_, flow)| flow.value).sum())
        })
    }
}
