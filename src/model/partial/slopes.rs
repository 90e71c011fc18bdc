//! How excess demand answers to prices: the matrix of Newton's step.
//!
//! Y_i times the row of I − ∂(ln Y_i/(1+ε_i))/∂ln p̂_k (in the unit of output, which spares each row a division), so that the step solves matrix · step = Y F, with
//!
//! ∂ln Y_i/∂ln p̂_k = δ_ik [Σ_{n≠i} θ_in (1−σ_M,n) + θ_ii (1−σ_D)] + Σ_n θ_in [m_in s_kn + (σ_D−η) α_n δ_nk],
//!
//! θ_in the share of i's sales that go to n, s_kn the share of n's imports that come from k, m_in = (σ_D−η)(1−α_n), plus σ_M−σ_D for imports.

use super::equations::Workspace;
use crate::model::{Elasticities, Equilibrium, Market};
use crate::numerics::{Real, add_product, add_product_in_columns};

/// Room for the matrix and its parts.
#[derive(Debug, Clone)]
pub(super) struct Slopes<R> {
    pub(super) matrix: Vec<R>,
    /// Y_i, by which the matrix has its rows multiplied.
    pub(super) unit: Vec<R>,
    /// By market: how sales there answer to prices.
    response: Vec<Response<R>>,
    /// −Y_i θ_in m_in/(1+ε_i)/S_n: of an exporter's sales to each market's import price.
    weight: Vec<R>,
    /// s_kn S_n, market-major, where markets differ in σ_M.
    bought: Vec<R>,
}

/// How sales to a market answer to prices, from abroad (times K_n, a sale's part that is the market's) and from its own producers.
#[derive(Debug, Clone, Copy)]
struct Response<R> {
    abroad: Substitution<R>,
    at_home: Substitution<R>,
    /// σ_D − 1: of sales at home to the seller's own price, but for the sign.
    own_at_home: R,
}

#[derive(Debug, Clone, Copy)]
struct Substitution<R> {
    /// −m_in: to the market's import price.
    minus_import: R,
    /// −(σ_D−η) α_n: to the price of the market's own producers, through its price index.
    minus_home: R,
}

impl<R: Real> Slopes<R> {
    pub(super) fn new(regions: usize) -> Self {
        let square = vec![R::zero(); regions * regions];
        let nothing = Substitution { minus_import: R::zero(), minus_home: R::zero() };
        Slopes {
            matrix: square.clone(),
            unit: vec![R::zero(); regions],
            response: vec![Response { abroad: nothing, at_home: nothing, own_at_home: R::zero() }; regions],
            weight: square.clone(),
            bought: square,
        }
    }
}

/// The matrix at the prices that were last evaluated, into `work.slopes.matrix`.
#[inline(always)]
pub(in crate::model) fn jacobian<R: Real>(
    n: usize,
    market: &Market<R>,
    elasticities: &Elasticities<R>,
    equilibrium: &Equilibrium<R>,
    work: &mut Workspace<R>,
) {
    let one = R::one();
    let (powers, abroad, output) = (&work.powers[..n], &work.abroad[..n], &equilibrium.output[..n]);
    let (sigma_demand, sigma_domestic, sigma_import) = (&elasticities.demand[..n], &elasticities.domestic[..n], &elasticities.import[..n]);
    let (classes, home_share, sales_share) = (&elasticities.import_class[..n], &market.home_share[..n], &market.sales_share[..n * n]);
    let (landed, sold, own, demand) = (&work.landed[..n * n], &work.sold[..n * n], &work.own[..n * n], &work.demand[..n]);
    let Slopes { matrix, unit, response, weight, bought } = &mut work.slopes;
    let (matrix, response, weight, bought) = (&mut matrix[..n * n], &mut response[..n], &mut weight[..n * n], &mut bought[..n * n]);
    unit[..n].copy_from_slice(output);
    for m in 0..n {
        let per_both = one / (demand[m].imports * demand[m].composite);
        let (per_import, per_composite) = (per_both * demand[m].composite, per_both * demand[m].imports);
        let (domestic, import) = (sigma_domestic[m], sigma_import[m]);
        let total = domestic - sigma_demand[m];
        let home = home_share[m] * demand[m].home * per_composite;
        let (through_imports, pull) = (total * (one - home), demand[m].pull);
        let at_home = sales_share[m * n + m] * demand[m].home * demand[m].total;
        response[m] = Response {
            abroad: Substitution {
                minus_import: -(through_imports + import - domestic) * pull * per_import,
                minus_home: -total * home * pull,
            },
            at_home: Substitution { minus_import: -through_imports * at_home * per_import, minus_home: -total * home * at_home },
            own_at_home: (domestic - one) * at_home,
        };
    }
    let one_class = elasticities.class_market.len() == 1;
    for i in 0..n {
        let slope = powers[i].slope;
        let cells = i * n..(i + 1) * n;
        let (row, weight, sold) = (&mut matrix[cells.clone()], &mut weight[cells.clone()], &sold[cells]);
        let mut diagonal = output[i];
        if one_class {
            // All of an exporter's sales abroad answer to its price alike, and their sum is known.
            let alike = own[i] * slope;
            for m in 0..n {
                let sales = sold[m] * alike;
                weight[m] = sales * response[m].abroad.minus_import;
                row[m] = sales * response[m].abroad.minus_home;
            }
            diagonal = (sigma_import[i] - one).mul_add(abroad[i] * slope, diagonal);
        } else {
            for m in 0..n {
                let sales = sold[m] * own[classes[m] * n + i] * slope;
                weight[m] = sales * response[m].abroad.minus_import;
                row[m] = sales * response[m].abroad.minus_home;
                diagonal = sales.mul_add((sigma_import[m] - one) * demand[m].pull, diagonal);
            }
        }
        let at_home = &response[i].at_home;
        weight[i] = at_home.minus_import * slope;
        row[i] = at_home.minus_home.mul_add(slope, response[i].own_at_home.mul_add(slope, diagonal));
    }
    if one_class {
        add_product_in_columns(weight, landed, &own[..n], matrix, n);
    } else {
        for m in 0..n {
            let own = &own[classes[m] * n..][..n];
            for k in 0..n {
                bought[m * n + k] = landed[m * n + k] * own[k];
            }
        }
        add_product(weight, bought, matrix, n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Shock;
    use crate::model::equilibrium::Wedge;
    use crate::model::partial::equations::{evaluate, land};

    #[test]
    fn the_jacobian_is_the_derivative() {
        let value = vec![400., 120., 30., 90., 800., 60., 20., 150., 300.];
        let market = Market::new(3, value, vec![0., 0.02, 0.05, 0.01, 0., 0.03, 0.1, 0., 0.], &[0.0; 9]);
        let mut elasticities = Elasticities::new(vec![0, 1, 0]);
        for m in 0..3 {
            elasticities.set_market(m, 0.7 + 0.1 * m as f64, 2.5, if m == 1 { 6.0 } else { 4.0 });
            elasticities.set_supply(m, 1.5);
        }
        let shock = Shock { wedges: vec![Wedge { exporter: 0, importer: 1, log: 0.2 }] };
        let mut work = Workspace::new(3);
        land(3, &market, &shock, &elasticities, &mut work);
        let mut at = Equilibrium::baseline(3);
        at.log_producer = vec![0.02, -0.03, 0.05];
        evaluate(3, &market, &elasticities, &mut at, &mut work);
        let excess = work.excess.clone();
        jacobian(3, &market, &elasticities, &at, &mut work);
        let (matrix, unit) = (work.slopes.matrix.clone(), work.slopes.unit.clone());
        let nudge = 1e-6;
        for k in 0..3 {
            let mut moved = at.clone();
            moved.log_producer[k] += nudge;
            evaluate(3, &market, &elasticities, &mut moved, &mut work);
            for i in 0..3 {
                let numeric = -(work.excess[i] - excess[i]) / nudge * unit[i];
                assert!((numeric - matrix[i * 3 + k]).abs() < 1e-5, "({i},{k}): {numeric} against {}", matrix[i * 3 + k]);
            }
        }
    }
}
