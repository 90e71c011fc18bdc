//! The elasticities of a sector: which number holds in which region, in the short run and in the long.

use super::ageing::Aged;
use crate::baseline::{Baseline, ElasticityKind, Horizon};
use crate::policy::Branches;
use crate::scenario::{Scenario, Target};
use crate::uncertainty::{Number, Parameters, Value};

/// The elasticities of one sector, region by region.
#[derive(Debug, Clone)]
pub struct SectorElasticities {
    pub demand: Vec<Aged>,
    pub domestic: Vec<Aged>,
    pub import: Vec<Aged>,
    /// κ by market.
    pub route: Vec<Aged>,
    /// By exporter.
    pub supply: Vec<Aged>,
    /// Markets that share one σ_M.
    pub import_class: Vec<usize>,
    /// By region: the first with the same numbers as a market and as an exporter.
    pub alike: Vec<usize>,
}

impl SectorElasticities {
    /// Those of the scenario and else of the baseline, with what events change; registers their uncertain numbers.
    pub fn compile(scenario: &Scenario, baseline: &Baseline, branches: &Branches, parameters: &mut Parameters, sector: usize) -> Self {
        let mut by_region = |kind: ElasticityKind| -> Vec<Aged> {
            let mut at = |horizon, region| {
                let number = elasticity(scenario, baseline, kind, horizon, sector, region)?;
                let before = parameters.value(number);
                let wider = [(None, None), (None, Some(region)), (Some(sector), None), (Some(sector), Some(region))];
                Some(wider.into_iter().fold(before, |before, (sector, region)| {
                    branches.over_periods(scenario, &Target::Elasticity { kind, horizon, sector, region }, before, parameters)
                }))
            };
            let aged = |region| Aged {
                // Reading guarantees a row for every kind in use; a baseline without routes needs no κ, and nothing asks for the one given here.
                long: at(Horizon::Long, region).unwrap_or(Value::Fixed(4.0)),
                short: at(Horizon::Short, region),
            };
            (0..baseline.regions.len()).map(aged).collect()
        };
        let import = by_region(ElasticityKind::Import);
        let mut distinct: Vec<Aged> = Vec::new();
        let import_class = import
            .iter()
            .map(|value| {
                distinct.iter().position(|known| known == value).unwrap_or_else(|| {
                    distinct.push(*value);
                    distinct.len() - 1
                })
            })
            .collect();
        let (demand, domestic) = (by_region(ElasticityKind::Demand), by_region(ElasticityKind::Domestic));
        let (route, supply) = (by_region(ElasticityKind::Route), by_region(ElasticityKind::Supply));
        let of_region = |region: usize| (demand[region], domestic[region], import[region], supply[region]);
        let alike =
            (0..demand.len()).map(|region| (0..region).find(|&other| of_region(other) == of_region(region)).unwrap_or(region)).collect();
        SectorElasticities { demand, domestic, import, route, supply, import_class, alike }
    }

    fn all(&self) -> impl Iterator<Item = &Aged> {
        [&self.demand, &self.domestic, &self.import, &self.route, &self.supply].into_iter().flatten()
    }

    /// Whether any of them differs between short and long run.
    pub fn ages(&self) -> bool {
        self.all().any(|aged| aged.short.is_some())
    }

    /// Every number that they hang on.
    pub fn numbers(&self) -> impl Iterator<Item = Value> + '_ {
        self.all().flat_map(Aged::numbers)
    }
}

/// The elasticity that holds for a sector and region at a horizon: the scenario's most specific, else the baseline's most specific, if there is one.
fn elasticity<'a>(
    scenario: &'a Scenario,
    baseline: &'a Baseline,
    kind: ElasticityKind,
    horizon: Horizon,
    sector: usize,
    region: usize,
) -> Option<&'a Number> {
    let fits = |s: Option<usize>, r: Option<usize>| s.is_none_or(|s| s == sector) && r.is_none_or(|r| r == region);
    let overriding = |horizon: Horizon| {
        let fitting = scenario.elasticities.iter().filter(move |o| (o.kind, o.horizon) == (kind, horizon) && fits(o.sector, o.region));
        fitting.max_by_key(|o| (o.sector.is_some(), o.region.is_some())).map(|o| &o.value)
    };
    if let Some(value) = overriding(horizon) {
        return Some(value);
    }
    // The baseline's short run belongs to the baseline's long run: who replaces the one has not asked for the other.
    if horizon == Horizon::Short && overriding(Horizon::Long).is_some() {
        return None;
    }
    baseline.elasticity(kind, horizon, sector, region).map(|row| &row.value)
}
