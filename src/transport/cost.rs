//! The generalised cost of a route, as a share of customs value (MODEL 5):
//!
//! g_r = freight·m + τ·days + border and transit cost + handling,   Ĉ_r = (1+g′_r)/(1+g_r)
//!
//! with freight = (US$ per tonne)/(US$ of value per tonne), m the freight multiple, τ the value of time ad valorem a day (Hummels & Schaur 2013), and
//! days = line haul·pace + days lost on the land bridge + the change in waiting at ports and for a place on board. A day of waiting also costs storage (demurrage),
//! US$ per container, which is what keeps cheap bulk out of a queue.

use crate::baseline::Mode;
use crate::numerics::Real;
use crate::uncertainty::Value;

/// One route of one pair and sector.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteCost {
    /// `truck`, `sea_montreal_veracruz`, or the name of a service.
    pub name: String,
    pub mode: Mode,
    /// φ⁰: central base-year share of the pair's value; zero for a service that does not exist yet.
    pub share: f64,
    /// Freight as a share of customs value in the base year.
    pub freight: f64,
    /// Door to door in the base year.
    pub days: f64,
    /// m, and the multiple of the days of line haul.
    pub multiple: Value,
    pub pace: Value,
    /// What crossing a third region costs beyond the base year: a share of value, and days.
    pub crossing: Option<(Value, Value)>,
    /// Base-year handling charge at each port as a share of value, with the multiple that it changes by.
    pub handling: Vec<(f64, Value)>,
    /// Ports and services on the way that can fill ([`super::Facility`]), in order.
    pub stops: Vec<usize>,
    /// Whether something on the way can fill, so that goods may wait.
    pub waits: bool,
    /// The share of the goods that goes in containers, and so waits with them.
    pub boxed: f64,
    /// Containers per US$ million of these goods at base-year prices: TEU.
    pub teu_per_usd_m: f64,
    /// s and z, where the base-year split is drawn.
    pub(super) odds: Option<(f64, Value)>,
    /// The share that the scenario sets for the route's mode, and this route's part of it.
    pub(super) set: Option<(Value, f64)>,
    pub entry: Option<Entry>,
}

/// How a service that has no past enters: φ_new ∝ φ_like (C_new/C_like)^(1−κ) from its first day on.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The share of the period in which it sails.
    pub open: Value,
    /// TEU a year: it takes nobody where this is zero.
    pub capacity: Value,
    /// Places in the corridor of the routes whose attractiveness it takes over.
    pub like: Vec<usize>,
}

impl RouteCost {
    /// 1 + g in the base year at a value of time τ, where the goods weigh `bulk` times what is central for their value.
    #[inline(always)]
    pub fn base<R: Real>(&self, time_value: R, bulk: R) -> R {
        R::splat(self.days).mul_add(time_value, R::one() + R::splat(self.freight) * bulk)
    }

    /// What a day of waiting in a container costs at a value of time τ, where storage is paid in US$ per TEU and day: a share of the value of all these goods.
    #[inline(always)]
    pub fn per_day<R: Real>(&self, time_value: R, storage: R, bulk: R) -> R {
        (R::splat(1e-6 * self.teu_per_usd_m) * bulk).mul_add(storage, R::splat(self.boxed) * time_value)
    }

    /// g′ − g without any change in waiting; exactly zero where nothing moves.
    #[inline(always)]
    pub fn change<R: Real>(&self, time_value: R, bulk: R, drawn: &[R]) -> R {
        let one = R::one();
        let mut days = R::splat(self.days) * (self.pace.of(drawn) - one);
        let mut charged = R::splat(self.freight) * (self.multiple.of(drawn) - one);
        for (charge, multiple) in &self.handling {
            charged = R::splat(*charge).mul_add(multiple.of(drawn) - one, charged);
        }
        let mut change = charged * bulk;
        if let Some((cost, delay)) = self.crossing {
            change = change + cost.of(drawn);
            days = days + delay.of(drawn);
        }
        days.mul_add(time_value, change)
    }

    /// Every number that its cost hangs on; none for a service that never takes anybody.
    pub fn numbers(&self) -> impl Iterator<Item = Value> + '_ {
        let crossing = self.crossing.iter().flat_map(|(cost, days)| [*cost, *days]);
        let entry = self.entry.iter().flat_map(|entry| [entry.open, entry.capacity]);
        let there = !self.entry.as_ref().is_some_and(|entry| entry.capacity.is(0.0));
        let handling = self.handling.iter().map(|(_, multiple)| *multiple);
        [self.multiple, self.pace].into_iter().chain(crossing).chain(handling).chain(entry).filter(move |_| there)
    }

    /// Whether its cost can differ from the base year's without any change in waiting.
    pub fn moves(&self) -> bool {
        let still = |value: &Value| value.is(1.0);
        let crossing = self.crossing.is_some_and(|(cost, days)| !cost.is(0.0) || !days.is(0.0));
        !still(&self.multiple)
            || (self.days > 0.0 && !still(&self.pace))
            || crossing
            || self.handling.iter().any(|(_, multiple)| !still(multiple))
            || self.entry.is_some()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::transport) fn route(mode: Mode, share: f64) -> RouteCost {
        RouteCost {
            name: mode.word().into(),
            mode,
            share,
            freight: 0.05,
            days: 10.0,
            multiple: Value::Fixed(1.0),
            pace: Value::Fixed(1.0),
            crossing: None,
            handling: Vec::new(),
            stops: Vec::new(),
            waits: false,
            boxed: 1.0,
            teu_per_usd_m: 10.0,
            odds: None,
            set: None,
            entry: None,
        }
    }

    #[test]
    fn every_part_of_the_cost_counts_by_its_share_of_value() {
        let still = route(Mode::Truck, 1.0);
        assert_eq!((still.change::<f64>(0.01, 1.0, &[]), still.moves()), (0.0, false));
        assert!((still.base::<f64>(0.01, 1.0) - 1.15).abs() < 1e-15);
        let dear = RouteCost { multiple: Value::Fixed(2.0), ..still.clone() };
        assert!((dear.change::<f64>(0.01, 1.0, &[]) - 0.05).abs() < 1e-15);
        let slow = RouteCost { pace: Value::Fixed(1.5), ..still.clone() };
        assert!((slow.change::<f64>(0.01, 1.0, &[]) - 0.05).abs() < 1e-15);
        let closed = RouteCost { crossing: Some((Value::Fixed(0.2), Value::Fixed(3.0))), ..still.clone() };
        assert!((closed.change::<f64>(0.01, 1.0, &[]) - 0.23).abs() < 1e-15);
        let handled = RouteCost { handling: vec![(0.01, Value::Fixed(0.8)), (0.02, Value::Fixed(1.0))], ..still };
        assert!((handled.change::<f64>(0.01, 1.0, &[]) + 0.002).abs() < 1e-15);
        assert!([dear, slow, closed, handled].iter().all(RouteCost::moves));
    }
}
