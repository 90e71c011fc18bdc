//! The base year of one sector: values, expenditure and the shares that calibrate the model (MODEL 1; hat algebra after Dekle, Eaton & Kortum 2008).
//!
//! E_in = V_in (1+g_in)(1+t_in);  α_n = E_nn/E_n;  μ_in = E_in/Σ_{k≠n} E_kn;  w_in = V_in/V_i.

use crate::numerics::Real;

/// One sector's trade in the base year. Matrices are row-major, exporter × importer, US$ million; the diagonal is domestic sales.
///
/// In lanes where the base year is itself uncertain: each draw then has a market of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Market<R = f64> {
    /// Number of regions, N.
    pub regions: usize,
    /// V_in at customs value.
    pub value: Vec<R>,
    /// t_in, ad valorem.
    pub tariff: Vec<f64>,
    /// (1+g_in)(1+t_in): what a US$ of customs value costs the buyer.
    pub landed_cost: Vec<f64>,
    /// V_i: an exporter's sales everywhere.
    pub output: Vec<R>,
    /// E_n: a market's spending on the sector.
    pub spending: Vec<R>,
    /// α_n: the share of spending on domestic goods.
    pub home_share: Vec<R>,
    /// μ_in, market-major (n·N + i), zero where i = n: the share of imports that comes from i.
    pub import_share: Vec<R>,
    /// w_in, exporter-major: the share of i's output sold in n.
    pub sales_share: Vec<R>,
    /// 1 − Σ_i μ_in as floating-point sums it, so that import shares add to exactly one.
    pub import_slack: Vec<R>,
    /// 1 − Σ_n w_in likewise.
    pub sales_slack: Vec<R>,
}

impl Market {
    /// Calibrates from values at customs prices, base-year tariffs and transport costs (ad valorem), each N×N exporter-major.
    ///
    /// # Panics
    /// If the matrices are not N×N: a caller's mistake, not an input's.
    pub fn new(regions: usize, value: Vec<f64>, tariff: Vec<f64>, transport: &[f64]) -> Self {
        let cells = regions * regions;
        assert!(value.len() == cells && tariff.len() == cells && transport.len() == cells, "matrices must be {regions}×{regions}");
        let landed_cost = tariff.iter().zip(transport).map(|(t, g)| (1.0 + g) * (1.0 + t)).collect();
        let mut market = Market::with_room(regions, value, tariff, landed_cost);
        market.calibrate();
        market
    }

    /// The same market in every lane.
    pub fn in_lanes<R: Real>(&self) -> Market<R> {
        let value = self.value.iter().map(|&value| R::splat(value)).collect();
        let mut market = Market::with_room(self.regions, value, self.tariff.clone(), self.landed_cost.clone());
        market.calibrate();
        market
    }
}

impl<R: Real> Market<R> {
    fn with_room(regions: usize, value: Vec<R>, tariff: Vec<f64>, landed_cost: Vec<f64>) -> Self {
        let (row, square) = (vec![R::zero(); regions], vec![R::zero(); regions * regions]);
        Market {
            regions,
            value,
            tariff,
            landed_cost,
            output: row.clone(),
            spending: row.clone(),
            home_share: row.clone(),
            import_share: square.clone(),
            sales_share: square,
            import_slack: row.clone(),
            sales_slack: row,
        }
    }

    /// Shares and sums from the values as they stand. Allocates nothing.
    ///
    /// Sums run in the order, and with the operations, of the solver: at no shock its sums are then exactly one.
    #[inline(always)]
    pub fn calibrate(&mut self) {
        let n = self.regions;
        for i in 0..n {
            let mut output = R::zero();
            for m in 0..n {
                output = output + self.value[i * n + m];
            }
            let per_output = inverse(output);
            let (mut abroad, home) = (R::zero(), self.value[i * n + i] * per_output);
            for m in 0..n {
                let share = self.value[i * n + m] * per_output;
                self.sales_share[i * n + m] = share;
                if m != i {
                    abroad = share + abroad;
                }
            }
            self.output[i] = output;
            self.sales_slack[i] = R::one() - (home + abroad);
        }
        for m in 0..n {
            let mut imports = R::zero();
            for i in 0..n {
                let spent = self.value[i * n + m] * R::splat(self.landed_cost[i * n + m]);
                self.import_share[m * n + i] = spent;
                if i != m {
                    imports = imports + spent;
                }
            }
            let home = self.import_share[m * n + m];
            self.import_share[m * n + m] = R::zero();
            self.spending[m] = imports + home;
            self.home_share[m] = home * inverse(self.spending[m]);
            let (per_imports, mut sum) = (inverse(imports), R::zero());
            for i in 0..n {
                if i != m {
                    let share = self.import_share[m * n + i] * per_imports;
                    self.import_share[m * n + i] = share;
                    sum = share + sum;
                }
            }
            self.import_slack[m] = R::one() - sum;
        }
    }

    /// The market of one draw.
    pub fn lane(&self, lane: usize) -> Market {
        let of = |numbers: &[R]| numbers.iter().map(|number| number.lane(lane)).collect();
        Market {
            regions: self.regions,
            value: of(&self.value),
            tariff: self.tariff.clone(),
            landed_cost: self.landed_cost.clone(),
            output: of(&self.output),
            spending: of(&self.spending),
            home_share: of(&self.home_share),
            import_share: of(&self.import_share),
            sales_share: of(&self.sales_share),
            import_slack: of(&self.import_slack),
            sales_slack: of(&self.sales_slack),
        }
    }

    pub fn cell(&self, exporter: usize, importer: usize) -> usize {
        exporter * self.regions + importer
    }
}

/// 1/whole; zero where there is nothing to share.
#[inline(always)]
fn inverse<R: Real>(whole: R) -> R {
    R::select(R::zero().lt(whole), R::one() / whole, R::zero())
}
