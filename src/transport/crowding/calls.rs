//! Which routes pass through what: the facilities on every route, packed, since each evaluation of waiting walks them all.

use super::super::network::Network;
use std::ops::Range;

/// A route that passes through facilities.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// Its place among all routes.
    pub(super) route: usize,
    /// TEU per US$ million of goods.
    pub(super) teu_per_usd_m: f64,
    /// Its facilities, within [`Calls::stops`].
    stops: Range<usize>,
}

/// Some routes of the network, corridor by corridor, each with the facilities that it passes through.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls {
    calls: Vec<Call>,
    /// Where each corridor's calls begin.
    offsets: Vec<usize>,
    stops: Vec<usize>,
}

impl Calls {
    /// The routes with any facility among `counts`, and all the facilities on them. `offsets` says where each corridor's routes begin.
    pub(super) fn new(network: &Network, offsets: &[usize], counts: impl Fn(usize) -> bool) -> Self {
        let mut all = Calls { offsets: vec![0], ..Calls::default() };
        for (corridor, first) in network.corridors.iter().zip(offsets) {
            for (at, route) in corridor.routes.iter().enumerate().filter(|(_, route)| route.stops.iter().any(|&stop| counts(stop))) {
                let start = all.stops.len();
                all.stops.extend(&route.stops);
                all.calls.push(Call { route: first + at, teu_per_usd_m: route.teu_per_usd_m, stops: start..all.stops.len() });
            }
            all.offsets.push(all.calls.len());
        }
        all
    }

    /// Those of one corridor.
    #[inline(always)]
    pub(super) fn of(&self, corridor: usize) -> &[Call] {
        &self.calls[self.offsets[corridor]..self.offsets[corridor + 1]]
    }

    /// The facilities that a route passes through.
    #[inline(always)]
    pub(super) fn stops(&self, call: &Call) -> &[usize] {
        &self.stops[call.stops.clone()]
    }
}
