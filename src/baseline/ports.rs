//! The ports that goods sail through: where they lie, what passes through them, what they can take, how long ships wait.

use super::Quality;

/// A port. `ports.csv`: port,region,coast,lat,lon,throughput_teu,capacity_teu,wait_days,handling_usd_per_teu,quality,source
#[derive(Debug, Clone, PartialEq)]
pub struct Port {
    /// As people write it: `Lázaro Cárdenas`.
    pub name: String,
    pub region: usize,
    /// `Pacific`, `Atlantic`, `Gulf`.
    pub coast: String,
    /// Degrees north and east.
    pub lat: f64,
    pub lon: f64,
    /// Containers of all trade in the base year, TEU; `None` where unknown.
    pub throughput_teu: Option<f64>,
    /// TEU a year; `None` where unknown: such a port never fills.
    pub capacity_teu: Option<f64>,
    /// w: days that a container waits where the port is nearly empty.
    pub wait_days: f64,
    /// What the port charges to handle a container, US$ per TEU.
    pub handling_usd_per_teu: f64,
    /// How well its capacity is known.
    pub quality: Quality,
}
