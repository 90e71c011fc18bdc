//! From the rank correlation that the economist states to the correlation of the scores behind the ranks, and back.
//!
//! Gaussian: ρ = (6/π) asin(r/2), so r = 2 sin(πρ/6) (Pearson 1907). Student-t: the same expectation over three independent mixing variables W = ν/χ²_ν,
//! ρ = (6/π) E[asin(r W₁ / √((W₁+W₂)(W₁+W₃)))] (Heinen & Valdesogo 2020), by the double-exponential rule in each; inverted by a table.

use super::Copula;
use crate::numerics::Real;
use crate::uncertainty::angles::{arcsine, cos_sin};
use crate::uncertainty::distribution::Gamma;
use std::f64::consts::PI;

/// Points of the table between r = 0 and r = 1.
const STEPS: usize = 32;

/// The relation between rank correlation and score correlation under a copula.
#[derive(Debug, Clone)]
pub(super) enum Scores {
    Gaussian,
    /// By rising r.
    StudentT(Vec<Node>),
}

/// One line of the table: r, ρ and dρ/dr there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    correlation: f64,
    spearman: f64,
    slope: f64,
}

impl Scores {
    pub fn of(copula: Copula) -> Scores {
        match copula {
            Copula::Gaussian => Scores::Gaussian,
            Copula::StudentT { df } => Scores::StudentT(table(df)),
        }
    }

    /// The score correlation that gives this rank correlation; zero, one and minus one give themselves.
    pub fn correlation(&self, spearman: f64) -> f64 {
        let size = spearman.abs();
        let found = match self {
            _ if size == 1.0 => 1.0,
            Scores::Gaussian => 2.0 * cos_sin(size / 6.0).1,
            Scores::StudentT(nodes) => {
                let pair = around(nodes, |node| node.spearman <= size);
                hermite(pair.map(|node| (node.spearman, node.correlation, 1.0 / node.slope)), size)
            }
        };
        found.min(1.0).copysign(spearman)
    }

    /// The rank correlation that this score correlation gives.
    pub fn spearman(&self, correlation: f64) -> f64 {
        let size = correlation.abs();
        let found = match self {
            Scores::Gaussian => 6.0 / PI * arcsine(0.5 * size),
            Scores::StudentT(nodes) => {
                let pair = around(nodes, |node| node.correlation <= size);
                hermite(pair.map(|node| (node.correlation, node.spearman, node.slope)), size)
            }
        };
        found.min(1.0).copysign(correlation)
    }
}

/// The two lines that a number falls between.
fn around(nodes: &[Node], at_most: impl Fn(&Node) -> bool) -> [Node; 2] {
    let above = nodes.partition_point(at_most).clamp(1, nodes.len() - 1);
    [nodes[above - 1], nodes[above]]
}

/// The cubic with these values and slopes at two points (x, y, y′).
fn hermite([(x0, y0, d0), (x1, y1, d1)]: [(f64, f64, f64); 2], x: f64) -> f64 {
    let width = x1 - x0;
    let t = (x - x0) / width;
    let (rise, start, end) = (y1 - y0, d0 * width, d1 * width);
    y0 + t * (start + t * ((3.0 * rise - 2.0 * start - end) + t * (start + end - 2.0 * rise)))
}

fn table(df: f64) -> Vec<Node> {
    let mixing = mixing(df);
    let node = |step: usize| {
        // Closer together towards one, where the relation bends.
        let left = 1.0 - step as f64 / STEPS as f64;
        let correlation = 1.0 - left * left * left;
        let (spearman, slope) = mean(&mixing, correlation);
        Node { correlation, spearman: if step == STEPS { 1.0 } else { spearman }, slope }
    };
    (0..=STEPS).map(node).collect()
}

/// χ²_ν, but for its scale, at the points of the double-exponential rule, with their weights, which add up to one.
fn mixing(df: f64) -> Vec<(f64, f64)> {
    const STEP: f64 = 1.0 / 7.0;
    let gamma = Gamma::new(0.5 * df);
    let point = |k: i32| {
        let (up, down) = (Real::exp(f64::from(k) * STEP), Real::exp(-f64::from(k) * STEP));
        let (sinh, cosh) = (0.5 * (up - down), 0.5 * (up + down));
        let (below, above) = (1.0 / (1.0 + Real::exp(-PI * sinh)), 1.0 / (1.0 + Real::exp(PI * sinh)));
        (gamma.quantile(below, above), cosh * below * above)
    };
    let points: Vec<(f64, f64)> = (-20..=20).map(point).collect();
    let total: f64 = points.iter().map(|(_, weight)| weight).sum();
    points.into_iter().map(|(value, weight)| (value, weight / total)).collect()
}

/// ρ and dρ/dr at r.
fn mean(mixing: &[(f64, f64)], r: f64) -> (f64, f64) {
    let (mut spearman, mut slope) = (0.0, 0.0);
    for (first, weight) in mixing {
        // W₁/(W₁+W₂) = χ²₂/(χ²₁+χ²₂)
        let share = |other: f64| (other / (first + other)).sqrt();
        for (k, (second, w)) in mixing.iter().enumerate() {
            for (j, (third, v)) in mixing[..=k].iter().enumerate() {
                // Second and third may change places.
                let weight = weight * w * v * if j == k { 1.0 } else { 2.0 };
                let product = share(*second) * share(*third);
                let sine = r * product;
                spearman += weight * arcsine(sine);
                slope += weight * product / ((1.0 - sine) * (1.0 + sine)).max(f64::EPSILON).sqrt();
            }
        }
    }
    (6.0 / PI * spearman, 6.0 / PI * slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_normal_s_rank_correlations_are_pearsons() {
        let scores = Scores::of(Copula::Gaussian);
        for (spearman, r) in [(0.3, 0.312868930080462), (-0.5, -0.517638090205041), (0.9, 0.907980999479094)] {
            assert!((scores.correlation(spearman) - r).abs() < 1e-14, "{spearman}: {}", scores.correlation(spearman));
            assert!((scores.spearman(r) - spearman).abs() < 1e-14);
        }
        assert_eq!([0.0, 1.0, -1.0].map(|rho| scores.correlation(rho)), [0.0, 1.0, -1.0]);
    }

    #[test]
    fn the_integral_is_one_where_ranks_are_the_same() {
        // At r = 1 both numbers are one, whatever the degrees of freedom; near it only for large ones the integrand is smooth.
        for (df, tolerance) in [(0.5, 1e-4), (1.0, 1e-5), (4.0, 1e-7), (30.0, 1e-9), (1e5, 1e-9)] {
            let (spearman, _) = mean(&mixing(df), 1.0);
            assert!((spearman - 1.0).abs() < tolerance, "{df}: {spearman}");
        }
    }

    #[test]
    fn a_student_t_approaches_the_normal_and_lies_below_it() {
        let spearman = |df, r| Scores::of(Copula::StudentT { df }).spearman(r);
        let normal = Scores::Gaussian.spearman(0.6);
        assert!((spearman(1e6, 0.6) - normal).abs() < 1e-6);
        let (three, thirty) = (spearman(3.0, 0.6), spearman(30.0, 0.6));
        assert!(three < thirty && thirty < normal, "{three} {thirty} {normal}");
    }

    #[test]
    fn the_table_is_undone_by_itself_and_agrees_with_the_integral() {
        for (df, tolerance) in [(1.0, 1e-4), (4.0, 1e-6)] {
            let (scores, mixing) = (Scores::of(Copula::StudentT { df }), mixing(df));
            for rho in [0.0, 0.05, 0.3, 0.55, 0.8, 0.95, 0.99, 0.999] {
                let r = scores.correlation(rho);
                assert!((mean(&mixing, r).0 - rho).abs() < tolerance, "{df} {rho}: {r} {}", mean(&mixing, r).0);
                assert!((scores.spearman(r) - rho).abs() < tolerance);
                assert_eq!(scores.correlation(-rho), -r);
            }
            assert_eq!((scores.correlation(1.0), scores.spearman(1.0)), (1.0, 1.0));
        }
    }
}
