//! The uncertain numbers of a run as a reader knows them: what each is about, and which go together.

use crate::simulation::Plan;
use crate::uncertainty::Parameters;

/// What an uncertain number is about. Every one belongs to one group, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Elasticities,
    /// Rates, coverages, what comes of events.
    Policy,
    /// Freight, days and their value, what crossing a third country costs.
    Freight,
    /// Growth of their trade, berths, services.
    Ports,
    ExchangeRates,
    /// The base year's own figures: home sales, trade, value densities, how goods travel.
    Data,
}

impl Group {
    pub const ALL: [Group; 6] = [Group::Elasticities, Group::Policy, Group::Freight, Group::Ports, Group::ExchangeRates, Group::Data];

    /// The group of a number with this path. A path that none claims is policy: measures and what follows from them are the open end of the format.
    pub fn of(path: &str) -> Group {
        match path.split('.').next().unwrap_or_default() {
            "elasticities" | "model" => Group::Elasticities,
            "freight" | "transit_time" | "time_value" | "land_bridge" => Group::Freight,
            "ports" | "expansion" | "service" => Group::Ports,
            "exchange_rate" => Group::ExchangeRates,
            "data" | "route_shares" => Group::Data,
            _ => Group::Policy,
        }
    }

    /// Its name in tables.
    pub fn word(self) -> &'static str {
        match self {
            Group::Elasticities => "elasticities",
            Group::Policy => "policy",
            Group::Freight => "freight",
            Group::Ports => "ports",
            Group::ExchangeRates => "exchange rates",
            Group::Data => "data",
        }
    }

    /// Its name in charts.
    pub fn title(self) -> &'static str {
        match self {
            Group::Elasticities => "Elasticities",
            Group::Policy => "Policy",
            Group::Freight => "Freight and time",
            Group::Ports => "Ports and services",
            Group::ExchangeRates => "Exchange rates",
            Group::Data => "Data of the base year",
        }
    }
}

/// Uncertain numbers that are drawn together, so that what hangs on one hangs on all: those that are correlated, and those that share a path. Most stand alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The path, up to three paths joined by ` & `, or the first and how many are correlated with it.
    pub name: String,
    /// Places among the parameters.
    pub members: Vec<usize>,
    /// That of its first member.
    pub group: Group,
}

/// Paths that a name is made of.
const MOST_NAMED: usize = 3;

/// Every uncertain number of a plan in bundles, in the order of their first members.
pub fn bundles(plan: &Plan) -> Vec<Bundle> {
    let parameters = &plan.world.parameters;
    let paths: Vec<&str> = parameters.iter().map(|uncertain| uncertain.path.as_str()).collect();
    let mut together: Vec<Vec<usize>> = parameters.components();
    for (place, path) in paths.iter().enumerate() {
        if together.iter().any(|members| members.contains(&place)) {
            continue;
        }
        match together.iter_mut().find(|members| members.iter().any(|&member| paths[member] == *path)) {
            Some(members) => members.push(place),
            None => together.push(vec![place]),
        }
    }
    let mut found: Vec<Bundle> = together.into_iter().map(|members| bundle(members, &paths)).collect();
    found.sort_by_key(|bundle| bundle.members.first().copied());
    found
}

fn bundle(mut members: Vec<usize>, paths: &[&str]) -> Bundle {
    members.sort_unstable();
    let mut names: Vec<&str> = Vec::new();
    for &member in &members {
        if !names.contains(&paths[member]) {
            names.push(paths[member]);
        }
    }
    let group = Group::of(names.first().copied().unwrap_or_default());
    let name = if names.len() > MOST_NAMED { format!("{} & {} correlated", names[0], names.len() - 1) } else { names.join(" & ") };
    Bundle { name, members, group }
}

/// A set of groups whose numbers are drawn independently of all others: one group, or several that a correlation ties together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub groups: Vec<Group>,
    /// Places among the parameters.
    pub members: Vec<usize>,
}

impl Source {
    /// `policy`, or `elasticities & policy`.
    pub fn word(&self) -> String {
        self.groups.iter().map(|group| group.word()).collect::<Vec<_>>().join(" & ")
    }

    pub fn title(&self) -> String {
        self.groups.iter().map(|group| group.title()).collect::<Vec<_>>().join(" & ")
    }
}

/// The groups that a plan's numbers fall into, in their order; those that a correlation ties are one.
pub fn sources(parameters: &Parameters, bundles: &[Bundle]) -> Vec<Source> {
    let of: Vec<Group> = parameters.iter().map(|uncertain| Group::of(&uncertain.path)).collect();
    let mut sources: Vec<Source> = Vec::new();
    for bundle in bundles {
        let mut joined = Source { groups: bundle.members.iter().map(|&member| of[member]).collect(), members: bundle.members.clone() };
        // Whatever shares a group with it becomes one with it.
        while let Some(at) = sources.iter().position(|source| source.groups.iter().any(|group| joined.groups.contains(group))) {
            let other = sources.swap_remove(at);
            joined.groups.extend(other.groups);
            joined.members.extend(other.members);
        }
        joined.groups.sort_unstable();
        joined.groups.dedup();
        joined.members.sort_unstable();
        sources.push(joined);
    }
    sources.sort_by_key(|source| source.groups.first().copied());
    sources
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::{Distribution, Number, Uncertain};

    #[test]
    fn every_path_has_a_group() {
        for (path, group) in [
            ("elasticities.import.steel_iron", Group::Elasticities),
            ("model.adjustment", Group::Elasticities),
            ("tariff.\"Steel, 2.5%\".rate", Group::Policy),
            ("event.\"Joint review\"", Group::Policy),
            ("land_bridge.USA.cost", Group::Freight),
            ("ports.growth", Group::Ports),
            ("exchange_rate.MEX.2026", Group::ExchangeRates),
            ("data.home_sales.CAN", Group::Data),
            ("route_shares.CAN-MEX.sea", Group::Data),
        ] {
            assert_eq!(Group::of(path), group, "{path}");
        }
    }

    #[test]
    fn what_a_correlation_ties_is_one_source() {
        let mut parameters = Parameters::new();
        for path in ["elasticities.a", "tariff.b.rate", "data.c", "elasticities.d"] {
            let distribution = Distribution::uniform(0.0, 1.0).unwrap();
            parameters.value(&Number::Uncertain(Box::new(Uncertain { path: path.into(), distribution })));
        }
        let paths: Vec<&str> = parameters.iter().map(|uncertain| uncertain.path.as_str()).collect();
        let alone: Vec<Bundle> = (0..4).map(|place| bundle(vec![place], &paths)).collect();
        let words = |bundles: &[Bundle]| sources(&parameters, bundles).iter().map(Source::word).collect::<Vec<_>>();
        assert_eq!(words(&alone), ["elasticities", "policy", "data"]);
        let tied = [bundle(vec![2, 0], &paths), alone[1].clone(), alone[3].clone()];
        assert_eq!(tied[0].name, "elasticities.a & data.c");
        assert_eq!(words(&tied), ["elasticities & data", "policy"]);
        assert_eq!(sources(&parameters, &tied)[0].members, [0, 2, 3]);
    }
}
