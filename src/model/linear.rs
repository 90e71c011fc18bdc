//! The linear model: the first-order limit of [`super::partial`], and with σ_D = σ_M the global simulation model GSIM (Francois & Hall 2003).
//!
//! d ln q_in = −σ_M P_in + (σ_M−σ_D) P^M_n + (σ_D−η) P_n for imports, −σ_D p_n + (σ_D−η) P_n at home, with P_in = p_i + T_in, P^M_n = Σ μ_in P_in,
//! P_n = α_n p_n + (1−α_n) P^M_n; supply d ln q_i = ε p_i. One N×N system for the producer prices p (Francois & Hall's equation 15).

use super::elasticities::Elasticities;
use super::equilibrium::Wedge;
use super::market::Market;
use nalgebra::{DMatrix, DVector};

/// Relative changes of producer prices when landed prices move by `wedges` (relative changes, T̂ = (1+t′)/(1+t) − 1 in GSIM), or nothing if the system is singular.
pub fn producer_prices(market: &Market, wedges: &[Wedge<f64>], elasticities: &Elasticities<f64>) -> Option<Vec<f64>> {
    let n = market.regions;
    let mut wedge = vec![0.0; n * n];
    for w in wedges {
        wedge[market.cell(w.exporter, w.importer)] += w.log;
    }
    // Row i: (1 − a)·p_i − a·Σ_n w_in q_in(p) = a·Σ_n w_in q_in(T), with a = 1/(1+ε): the supply equation divided by 1+ε, so that ε may be infinite.
    let mut system = DMatrix::zeros(n, n);
    let mut moved = DVector::zeros(n);
    for i in 0..n {
        let slope = if market.output[i] > 0.0 { elasticities.supply_slope[i] } else { 0.0 };
        system[(i, i)] += 1.0 - slope;
        for m in 0..n {
            let sales = slope * market.sales_share[market.cell(i, m)];
            let (sigma_m, sigma_d, eta) = (elasticities.import[m], elasticities.domestic[m], elasticities.demand[m]);
            let home = market.home_share[m];
            let own = if i == m { sigma_d } else { sigma_m };
            system[(i, i)] += sales * own;
            moved[i] -= sales * own * wedge[market.cell(i, m)];
            for k in 0..n {
                let through = if k == m {
                    (sigma_d - eta) * home
                } else {
                    let nest = if i == m { 0.0 } else { sigma_m - sigma_d };
                    (nest + (sigma_d - eta) * (1.0 - home)) * market.import_share[m * n + k]
                };
                system[(i, k)] -= sales * through;
                moved[i] += sales * through * wedge[market.cell(k, m)];
            }
        }
    }
    system.lu().solve(&moved).map(|prices| prices.iter().copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Francois & Hall's 4×4 example: free trade between the US and the EU.
    #[test]
    fn gsim_four_by_four() {
        let value = vec![0., 50., 200., 300., 500., 0., 150., 200., 300., 100., 200., 200., 50., 100., 110., 20.];
        let duty_paid = [1., 1.21, 1.41, 1.22, 1.37, 1., 1.31, 1.23, 1.32, 1.36, 1., 1.18, 1.57, 1.41, 1.25, 1.15];
        let tariff = duty_paid.iter().map(|t| t - 1.0).collect();
        let market = Market::new(4, value, tariff, &[0.0; 16]);
        let (us, eu) = (0, 2);
        let free = |exporter: usize, importer: usize| Wedge { exporter, importer, log: 1.0 / duty_paid[exporter * 4 + importer] - 1.0 };
        let prices = producer_prices(&market, &[free(us, eu), free(eu, us)], &Elasticities::uniform(4, 1.25, 5.0, 5.0, 1.5)).unwrap();
        for (found, published) in prices.iter().zip([0.0792, -0.0316, 0.0480, -0.0184]) {
            assert!((found - published).abs() < 5e-5, "{prices:?}");
        }
    }
}
