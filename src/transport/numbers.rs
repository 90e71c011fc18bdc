//! The scenario's numbers about transport, looked up for one pair, mode or sector, with what events change of them.

use super::capacity::{since, years_since_base};
use crate::baseline::{Baseline, Mode};
use crate::policy::Branches;
use crate::scenario::{Course, ModeMultiple, Scenario, Target};
use crate::uncertainty::{Distribution, Number, Parameters, Rule, Uncertain, Value};

/// Where they are looked up.
pub(super) struct Numbers<'a> {
    pub scenario: &'a Scenario,
    pub baseline: &'a Baseline,
    pub branches: &'a Branches,
}

impl Numbers<'_> {
    /// m: freight of a mode between two regions as a multiple of the base year's.
    pub fn freight(&self, mode: Mode, pair: (usize, usize), parameters: &mut Parameters) -> Value {
        let multiple = self.most_specific(&self.scenario.freight, mode, pair, parameters);
        [None, Some(pair)]
            .into_iter()
            .fold(multiple, |before, pair| self.branches.over_periods(self.scenario, &Target::Freight { mode, pair }, before, parameters))
    }

    /// Days of line haul as a multiple of the base year's.
    pub fn transit_time(&self, mode: Mode, pair: (usize, usize), parameters: &mut Parameters) -> Value {
        let multiple = self.most_specific(&self.scenario.transit_time, mode, pair, parameters);
        [None, Some(pair)].into_iter().fold(multiple, |before, pair| {
            self.branches.over_periods(self.scenario, &Target::TransitTime { mode, pair }, before, parameters)
        })
    }

    fn most_specific(&self, given: &[ModeMultiple], mode: Mode, pair: (usize, usize), parameters: &mut Parameters) -> Value {
        given
            .iter()
            .filter(|multiple| multiple.mode == mode && multiple.pair.is_none_or(|only| only == pair))
            .max_by_key(|multiple| multiple.pair.is_some())
            .map_or(Value::Fixed(1.0), |multiple| course(self.scenario, &multiple.multiple, parameters))
    }

    /// τ of a sector: the scenario's own or for all, else the baseline's; zero where nobody gives one.
    pub fn time_value(&self, sector: usize, parameters: &mut Parameters) -> Value {
        self.written_time_value(sector).map_or(Value::Fixed(0.0), |number| parameters.value(number))
    }

    pub fn central_time_value(&self, sector: usize) -> f64 {
        self.written_time_value(sector).map_or(0.0, Number::central)
    }

    fn written_time_value(&self, sector: usize) -> Option<&Number> {
        let given = self.scenario.time_values.iter().filter(|value| value.sector.is_none_or(|s| s == sector));
        let given = given.max_by_key(|value| value.sector.is_some()).map(|value| &value.value);
        given.or_else(|| self.baseline.time_value(sector).map(|row| &row.value))
    }

    /// What crossing a region costs beyond the base year: a share of value, and days.
    pub fn land_bridge(&self, region: usize, parameters: &mut Parameters) -> Option<(Value, Value)> {
        let given = self.scenario.land_bridges.iter().find(|bridge| bridge.region == region);
        let mut number = |written: Option<&Number>, target: Target| {
            let mut value = written.map_or(Value::Fixed(0.0), |number| parameters.value(number));
            if let (false, Some(day)) = (value.is(0.0), given.and_then(|bridge| bridge.from.as_ref())) {
                let since = since(self.scenario, day, parameters);
                value = parameters.derived(Rule::Product(value, since));
            }
            self.branches.over_periods(self.scenario, &target, value, parameters)
        };
        let cost = number(given.map(|bridge| &bridge.cost), Target::LandBridgeCost(region));
        let days = number(given.map(|bridge| &bridge.days), Target::LandBridgeDays(region));
        (!cost.is(0.0) || !days.is(0.0)).then_some((cost, days))
    }

    /// The base-year handling charge at each port as a share of value, at `per_usd` containers per US$, with the multiple that it changes by.
    pub fn handling(&self, ports: &[usize], per_usd: f64, parameters: &mut Parameters) -> Vec<(f64, Value)> {
        let mut charges = Vec::new();
        for &port in ports {
            let given = self.scenario.ports.handling.iter().filter(|(only, _)| only.is_none_or(|only| only == port));
            if let Some((_, multiple)) = given.max_by_key(|(only, _)| only.is_some()) {
                charges.push((self.baseline.ports[port].handling_usd_per_teu * per_usd, parameters.value(multiple)));
            }
        }
        charges
    }
}

/// A multiple over the periods: one number, or a process with a standard normal a period.
pub fn course(scenario: &Scenario, course: &Course, parameters: &mut Parameters) -> Value {
    let process = match course {
        Course::Constant(number) => return parameters.value(number),
        Course::MeanReverting(process) => process,
    };
    let mut years = years_since_base(scenario);
    for period in (1..years.len()).rev() {
        years[period] -= years[period - 1];
    }
    let normal = |label: &str| match Distribution::normal(0.0, 1.0) {
        Ok(distribution) => Number::Uncertain(Box::new(Uncertain { path: format!("{}.{label}", process.path), distribution })),
        Err(_) => Number::Fixed(0.0),
    };
    let rule = Rule::Reverting {
        normals: scenario.periods.iter().map(|period| parameters.value(&normal(&period.label))).collect(),
        level: parameters.value(&process.level),
        speed: parameters.value(&process.speed),
        sd: parameters.value(&process.sd),
        years,
    };
    parameters.derived(rule)
}
