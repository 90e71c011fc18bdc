//! Charts: one file per chart, one theme. A chart is a plain struct of labels and numbers; `to_svg` turns it into an SVG document, [`png`] that into a
//! picture.
//!
//! [`Chart`] is any of them, read from and written to a file to the last bit (`figures`).
//!
//! Here live drawing, type and number formats. No economics, no files, and no knowledge of scenarios or simulations:
//! whoever has the numbers fills the struct.
//!
//! | chart | question |
//! |---|---|
//! | [`DistributionChart`] | how likely is each value of one outcome in one period? |
//! | [`FanChart`] | how does one outcome move over the periods, and how sure is that? |
//! | [`FanPair`] | how does one outcome move in two worlds? |
//! | [`DiversionChart`] | where do the exports go that the tariff turns away? |
//! | [`BranchesChart`] | how does one outcome differ by the way an event turns out? |
//! | [`MaritimeShiftChart`] | why does trade by sea change: more trade, or another route? |
//! | [`PortFans`] | how full does each port become, and how sure is that? |
//! | [`RouteMap`] | which way do goods travel, how much of them, and how full are the ports? |
//! | [`RouteMixChart`] | by which routes do goods travel, before and after? |
//! | [`TariffMap`] | which tariff does each sector pay on each corridor? |
//! | [`TradeAtRiskChart`] | how much trade could each sector lose in a bad draw? |
//! | [`ExceedanceChart`] | how likely is an outcome to exceed each value, and a threshold? |
//! | [`AttributionChart`] | which groups of inputs does an outcome's spread come from? |
//! | [`IndicesChart`] | how much of an outcome's variance does each input explain? |
//! | [`TornadoChart`] | which inputs move an outcome, and which way? |
//! | [`ConvergenceChart`] | how fast does the simulation error fall with the number of draws? |
//! | [`SweepPanels`] | how do outcomes move along one swept input? |
//! | [`HeatMap`] | how does an outcome move over a grid of two? |
//!
//! The map's coastline is Natural Earth's (public domain); `coastline/north_america.txt` says how it was made.
//!
//! Every text box is measured with the font's own metrics and kept by the canvas, so that a test can prove that none overlaps another or is cut.

mod axis;
mod canvas;
mod chart;
mod figures;
mod font;
mod geography;
mod map_captions;
mod map_labels;
mod map_lanes;
mod map_marks;
mod map_places;
mod number;
mod placement;
mod plot;
mod raster;
mod scale;
mod theme;
mod voyages;

mod attribution;
mod branches;
mod convergence;
mod distribution;
mod diversion;
mod exceedance;
mod fan;
mod fan_pair;
mod heat_map;
mod indices;
mod maritime_shift;
mod port_fans;
mod route_map;
mod route_mix;
mod sweep_panels;
mod tariff_map;
mod tornado;
mod trade_at_risk;

#[cfg(test)]
mod tests;

pub use attribution::{AttributionChart, AttributionRow};
pub use branches::{BranchRow, BranchesChart};
pub use chart::Chart;
pub use convergence::{ConvergenceChart, ConvergenceLine};
pub use distribution::{Bin, DistributionChart};
pub use diversion::{Destination, DiversionChart, DiversionPanel, DiversionRow};
pub use exceedance::{ExceedanceChart, ExceedancePoint, ThresholdMark};
pub use fan::{FanChart, FanPeriod};
pub use fan_pair::{FanPair, FanSide};
pub use heat_map::{HeatCell, HeatMap};
pub use indices::{IndexBar, IndexRow, IndicesChart};
pub use maritime_shift::{MaritimeShiftChart, ShiftDirection, ShiftPeriod};
pub use number::{Unit, grouped};
pub use port_fans::{PortFans, PortPanel, PortPeriod};
pub use raster::png;
pub use route_map::{LinkKind, MapLink, MapPanel, MapPort, RouteMap};
pub use route_mix::{Direction, RouteMixChart, RouteShare};
pub use sweep_panels::{SweepBand, SweepPanel, SweepPanels};
pub use tariff_map::{Corridor, TariffMap, TariffPeriod};
pub use tornado::{TornadoChart, TornadoRow};
pub use trade_at_risk::{SectorRisk, TradeAtRiskChart};
pub use voyages::{LandMode, air_path, land_path, sea_path};

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The plotting library refused a mark.
    #[error("the chart could not be drawn: {0}")]
    Draw(String),
    /// The SVG could not be read back, or turned into a PNG.
    #[error("the chart could not be turned into a picture: {0}")]
    Raster(String),
}
