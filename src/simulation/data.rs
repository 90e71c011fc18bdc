//! The base year as each draw has it, where the baseline's own figures are in doubt (`[data]`).
//!
//! V_in = V⁰_in e^(d_in), with d_in normal around zero:
//!
//! - home sales: d = s (√½ z_n + √½ z_ns), one z a market and one a market and sector, since what misses a country's output misses it in many sectors at once.
//!   (The test behind s = 0.3, updating the known sales of the US as those of others were, missed single sectors by 0.3 and the total by a quarter.)
//! - trade: d = s z_ins, cell by cell, after which the doubtful cells of a pair are scaled to their central sum: allocation knows how much a pair trades
//!   better than in which goods.
//! - value density: US$ per tonne e^(d), d = s z_s, so that goods weigh e^(−d) times as much.
//!
//! The market is calibrated again to what comes out: α, μ and w differ by draw. Tariffs and central transport costs stay.

use crate::baseline::{Baseline, Quality};
use crate::model::Market;
use crate::numerics::Real;
use crate::scenario::Scenario;
use crate::uncertainty::{Distribution, Number, Parameters, Uncertain, Value, toml_key};

/// What of the base year is in doubt.
#[derive(Debug, Clone, Default)]
pub struct Doubts {
    cells: Vec<DoubtfulCell>,
    /// Ranges of `cells` whose sum is kept.
    kept: Vec<std::ops::Range<usize>>,
    densities: Vec<DoubtfulDensity>,
}

#[derive(Debug, Clone)]
struct DoubtfulCell {
    sector: usize,
    /// Exporter × regions + importer.
    cell: usize,
    central: f64,
    /// Weights of the standard normals that add up to d.
    parts: Vec<(f64, Value)>,
}

#[derive(Debug, Clone)]
struct DoubtfulDensity {
    sector: usize,
    log_sd: f64,
    normal: Value,
}

impl Doubts {
    /// Registers a standard normal for everything in doubt.
    pub fn compile(scenario: &Scenario, baseline: &Baseline, parameters: &mut Parameters) -> Self {
        let mut doubts = Doubts::default();
        doubts.home_sales(scenario, baseline, parameters);
        doubts.trade(scenario, baseline, parameters);
        for (sector, density) in baseline.value_density.iter().enumerate() {
            let Some(density) = density else { continue };
            let log_sd = scenario.data.of_value_density(sector, density.quality);
            if log_sd > 0.0 {
                let normal = standard_normal(parameters, &format!("value_density.{}", toml_key(&baseline.sectors[sector].code)));
                doubts.densities.push(DoubtfulDensity { sector, log_sd, normal });
            }
        }
        doubts
    }

    fn home_sales(&mut self, scenario: &Scenario, baseline: &Baseline, parameters: &mut Parameters) {
        let regions = baseline.regions.len();
        for (region, described) in baseline.regions.iter().enumerate() {
            let log_sd = |quality: Quality| scenario.data.of_home_sales(region, quality);
            let path = format!("home_sales.{}", toml_key(&described.code));
            let mut shared = None;
            for (sector, of_sector) in baseline.sectors.iter().enumerate() {
                let flow = baseline.flow(sector, region, region);
                let weight = log_sd(flow.quality) * std::f64::consts::FRAC_1_SQRT_2;
                if flow.value > 0.0 && weight > 0.0 {
                    let shared = *shared.get_or_insert_with(|| standard_normal(parameters, &path));
                    let own = standard_normal(parameters, &format!("{path}.{}", toml_key(&of_sector.code)));
                    let parts = vec![(weight, shared), (weight, own)];
                    self.cells.push(DoubtfulCell { sector, cell: region * regions + region, central: flow.value, parts });
                }
            }
        }
    }

    fn trade(&mut self, scenario: &Scenario, baseline: &Baseline, parameters: &mut Parameters) {
        let regions = baseline.regions.len();
        for exporter in 0..regions {
            for importer in (0..regions).filter(|&importer| importer != exporter) {
                let first = self.cells.len();
                let pair = format!("{}-{}", baseline.regions[exporter].code, baseline.regions[importer].code);
                for (sector, of_sector) in baseline.sectors.iter().enumerate() {
                    let flow = baseline.flow(sector, exporter, importer);
                    let log_sd = scenario.data.of_trade((exporter, importer), flow.quality);
                    if flow.value > 0.0 && log_sd > 0.0 {
                        let path = format!("trade.{}.{}", toml_key(&pair), toml_key(&of_sector.code));
                        let parts = vec![(log_sd, standard_normal(parameters, &path))];
                        self.cells.push(DoubtfulCell { sector, cell: exporter * regions + importer, central: flow.value, parts });
                    }
                }
                // Of a single cell the sum is the cell: keeping it would leave no doubt.
                if self.cells.len() > first + 1 {
                    self.kept.push(first..self.cells.len());
                }
            }
        }
    }

    /// The markets and weights (`bulk`, by sector) of the draws whose parameters are `drawn`. Allocates nothing, and does nothing where nothing is in doubt.
    #[inline(always)]
    pub fn recalibrate<R: Real>(&self, drawn: &[R], markets: &mut [Market<R>], bulk: &mut [R]) {
        for density in &self.densities {
            bulk[density.sector] = (R::splat(-density.log_sd) * density.normal.of(drawn)).exp();
        }
        if self.cells.is_empty() {
            return;
        }
        for doubtful in &self.cells {
            let mut log = R::zero();
            for (weight, normal) in &doubtful.parts {
                log = R::splat(*weight).mul_add(normal.of(drawn), log);
            }
            markets[doubtful.sector].value[doubtful.cell] = R::splat(doubtful.central) * log.exp();
        }
        for kept in &self.kept {
            let (mut central, mut sum) = (0.0, R::zero());
            for doubtful in &self.cells[kept.clone()] {
                central += doubtful.central;
                sum = sum + markets[doubtful.sector].value[doubtful.cell];
            }
            let scale = R::splat(central) / sum;
            for doubtful in &self.cells[kept.clone()] {
                let value = &mut markets[doubtful.sector].value[doubtful.cell];
                *value = *value * scale;
            }
        }
        for market in markets {
            market.calibrate();
        }
    }
}

/// The standard normal `data.<path>`.
fn standard_normal(parameters: &mut Parameters, path: &str) -> Value {
    match Distribution::normal(0.0, 1.0) {
        Ok(distribution) => parameters.value(&Number::Uncertain(Box::new(Uncertain { path: format!("data.{path}"), distribution }))),
        Err(_) => Value::Fixed(0.0),
    }
}
