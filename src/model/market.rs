//! The base year of one sector: values, expenditure and the shares that calibrate the model (MODEL 1; hat algebra after Dekle, Eaton & Kortum 2008).
//!
//! E_in = V_in (1+g_in)(1+t_in);  α_n = E_nn/E_n;  μ_in = E_in/Σ_{k≠n} E_kn;  w_in = V_in/V_i.

/// One sector's trade in the base year. Matrices are row-major, exporter × importer, US$ million; the diagonal is domestic sales.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Number of regions, N.
    pub regions: usize,
    /// V_in at customs value.
    pub value: Vec<f64>,
    /// t_in, ad valorem.
    pub tariff: Vec<f64>,
    /// E_in at delivered, duty-paid prices.
    pub expenditure: Vec<f64>,
    /// V_i: an exporter's sales everywhere.
    pub output: Vec<f64>,
    /// E_n: a market's spending on the sector.
    pub spending: Vec<f64>,
    /// α_n: the share of spending on domestic goods.
    pub home_share: Vec<f64>,
    /// μ_in, market-major (n·N + i), zero where i = n: the share of imports that comes from i.
    pub import_share: Vec<f64>,
    /// w_in, exporter-major: the share of i's output sold in n.
    pub sales_share: Vec<f64>,
    /// 1 − Σ_i μ_in as floating-point sums it, so that import shares add to exactly one.
    pub import_slack: Vec<f64>,
    /// 1 − Σ_n w_in likewise.
    pub sales_slack: Vec<f64>,
}

impl Market {
    /// Calibrates from values at customs prices, base-year tariffs and transport costs (ad valorem), each N×N exporter-major.
    ///
    /// # Panics
    /// If the matrices are not N×N: a caller's mistake, not an input's.
    pub fn new(regions: usize, value: Vec<f64>, tariff: Vec<f64>, transport: &[f64]) -> Self {
        let cells = regions * regions;
        assert!(value.len() == cells && tariff.len() == cells && transport.len() == cells, "matrices must be {regions}×{regions}");
        let expenditure: Vec<f64> = (0..cells).map(|c| value[c] * (1.0 + transport[c]) * (1.0 + tariff[c])).collect();
        let output: Vec<f64> = (0..regions).map(|i| value[i * regions..(i + 1) * regions].iter().sum()).collect();
        let spending: Vec<f64> = (0..regions).map(|n| (0..regions).map(|i| expenditure[i * regions + n]).sum()).collect();

        let mut market = Market {
            regions,
            value,
            tariff,
            expenditure,
            output,
            spending,
            home_share: vec![0.0; regions],
            import_share: vec![0.0; cells],
            sales_share: vec![0.0; cells],
            import_slack: vec![0.0; regions],
            sales_slack: vec![0.0; regions],
        };
        for n in 0..regions {
            let imports: f64 = (0..regions).filter(|&i| i != n).map(|i| market.expenditure[i * regions + n]).sum();
            market.home_share[n] = share(market.expenditure[n * regions + n], market.spending[n]);
            for i in (0..regions).filter(|&i| i != n) {
                market.import_share[n * regions + i] = share(market.expenditure[i * regions + n], imports);
            }
        }
        for i in 0..regions {
            for n in 0..regions {
                market.sales_share[i * regions + n] = share(market.value[i * regions + n], market.output[i]);
            }
        }
        // Summed in the order, and with the operations, of the solver: at no shock its sums are then exactly one.
        for n in 0..regions {
            let sum = (0..regions).filter(|&i| i != n).fold(0.0, |sum, i| market.import_share[n * regions + i] + sum);
            market.import_slack[n] = 1.0 - sum;
        }
        for i in 0..regions {
            let abroad = (0..regions).filter(|&n| n != i).fold(0.0, |sum, n| market.sales_share[i * regions + n] + sum);
            market.sales_slack[i] = 1.0 - (market.sales_share[i * regions + i] + abroad);
        }
        market
    }

    pub fn cell(&self, exporter: usize, importer: usize) -> usize {
        exporter * self.regions + importer
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}
