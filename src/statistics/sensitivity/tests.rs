//! Indices of models whose indices are known, for each sampler: intervals contain them as often as they say, over seeds.

use super::*;
use crate::numerics::Running;
use crate::statistics::{Estimate, quantiles};
use crate::uncertainty::{Design, Distribution, Sampler};
use std::f64::consts::PI;

const SAMPLERS: [Sampler; 3] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random];
const SEEDS: u64 = 40;

/// Of the estimates of one figure, one a seed, 38 of 40 should contain the truth, and with a probability of 99.99% 33 do; and they should claim an error as large
/// as their scatter, which 40 seeds know to a ninth.
fn assert_covered(what: &str, estimates: &[Estimate], truth: f64) {
    let covered = estimates.iter().filter(|e| e.covers(truth)).count();
    let scatter = Running::of(&estimates.iter().map(|e| e.value).collect::<Vec<_>>()).sd();
    let claimed = Running::of(&estimates.iter().map(|e| e.se).collect::<Vec<_>>()).mean;
    assert!(covered >= 33, "{what}: {truth} in {covered} of {}", estimates.len());
    assert!(claimed > scatter / 1.5 && claimed < scatter * 1.5, "{what}: scatter {scatter}, claimed {claimed}");
}

fn replicates(n: usize) -> Vec<u8> {
    (0..n).map(|k| (k % 16) as u8).collect()
}

/// The uniform numbers of `inputs` inputs, twice: sample A and, under names of its own, sample B.
fn samples(sampler: Sampler, seed: u64, n: usize, inputs: usize) -> [Vec<Vec<f64>>; 2] {
    ["", " second"].map(|second| {
        let names: Vec<String> = (1..=inputs).map(|k| format!("x{k}{second}")).collect();
        let design = Design::new(sampler, seed, n as u64, names.iter().map(String::as_str));
        let column = |input| {
            let mut u = vec![0.0; n];
            design.fill(input, 0, &mut u);
            u
        };
        (0..inputs).map(column).collect()
    })
}

/// The outcome where the inputs in the mask come from B.
fn evaluate(f: impl Fn(&[f64]) -> f64, [a, b]: &[Vec<Vec<f64>>; 2], mask: usize) -> Vec<f64> {
    let mut x = vec![0.0; a.len()];
    let row = |k: usize| {
        for (input, x) in x.iter_mut().enumerate() {
            *x = if mask >> input & 1 == 1 { b[input][k] } else { a[input][k] };
        }
        f(&x)
    };
    (0..a[0].len()).map(row).collect()
}

/// First-order and total indices of every input, one estimate a seed.
fn indices(sampler: Sampler, n: usize, inputs: usize, f: impl Fn(&[f64]) -> f64 + Copy) -> Vec<[Vec<Estimate>; 2]> {
    let (replicate, alive) = (replicates(n), vec![true; n]);
    let mut found = vec![[vec![], vec![]]; inputs];
    for seed in 0..SEEDS {
        let samples = samples(sampler, seed, n, inputs);
        let (a, b) = (evaluate(f, &samples, 0), evaluate(f, &samples, usize::MAX));
        let model = PickFreeze::new(&a, &b, &replicate, &alive);
        for (input, found) in found.iter_mut().enumerate() {
            let Indices { first, total } = model.indices(&evaluate(f, &samples, 1 << input));
            found[0].push(first);
            found[1].push(total);
        }
    }
    found
}

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on (−π, π)³ (Ishigami & Homma 1990).
fn ishigami(u: &[f64]) -> f64 {
    let x = [0, 1, 2].map(|k| PI * (2.0 * u[k] - 1.0));
    x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin()
}

/// S₁, S₂, S₃ and T₁, T₂, T₃.
fn ishigami_indices() -> [[f64; 3]; 2] {
    let (a, b) = (7.0, 0.1);
    let first = 0.5 * (1.0 + b * PI.powi(4) / 5.0f64).powi(2);
    let second = a * a / 8.0;
    let with_third = b * b * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let all = first + second + with_third;
    [[first / all, second / all, 0.0], [(first + with_third) / all, second / all, with_third / all]]
}

#[test]
fn ishigami_has_its_indices() {
    let truth = ishigami_indices();
    assert!((truth[0][0] - 0.3139).abs() < 1e-4 && (truth[1][2] - 0.2437).abs() < 1e-4);
    for sampler in SAMPLERS {
        for (input, found) in indices(sampler, 1024, 3, ishigami).iter().enumerate() {
            for kind in 0..2 {
                assert_covered(&format!("{sampler:?} x{} {}", input + 1, ["first", "total"][kind]), &found[kind], truth[kind][input]);
            }
        }
    }
}

#[test]
fn the_g_function_has_its_indices() {
    const A: [f64; 8] = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
    let g = |u: &[f64]| u.iter().zip(A).map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a)).product::<f64>();
    let own = A.map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let product: f64 = own.iter().map(|v| 1.0 + v).product();
    for sampler in SAMPLERS {
        for (input, found) in indices(sampler, 512, 8, g).iter().enumerate() {
            let first = own[input] / (product - 1.0);
            let total = first * product / (1.0 + own[input]);
            assert_covered(&format!("{sampler:?} first {}", input + 1), &found[0], first);
            assert_covered(&format!("{sampler:?} total {}", input + 1), &found[1], total);
        }
    }
}

#[test]
fn a_linear_model_has_the_closed_form_in_every_measure() {
    // y = 3 z₁ − 2 z₂ + z₃ + 10: variance 14, squared standardised coefficients 9/14, 4/14, 1/14, which are also first-order, total and Shapley shares.
    const N: usize = 1024;
    const B: [f64; 3] = [3.0, -2.0, 1.0];
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let linear = |u: &[f64]| 10.0 + u.iter().zip(B).map(|(u, b)| b * normal.quantile(*u)).sum::<f64>();
    let (replicate, alive) = (replicates(N), vec![true; N]);
    let dealt = Dealt::new(&replicate);
    for sampler in SAMPLERS {
        let mut found = vec![vec![]; 15];
        let mut p95 = vec![];
        for seed in 0..SEEDS {
            let samples = samples(sampler, seed, N, 3);
            let mixtures: Vec<Vec<f64>> = (0..8).map(|mask| evaluate(linear, &samples, mask)).collect();
            let mixtures: Vec<&[f64]> = mixtures.iter().map(Vec::as_slice).collect();
            let Attribution { shapley, first, total } = attribution(&mixtures, &replicate, &alive);
            assert!((shapley.iter().map(|e| e.value).sum::<f64>() - 1.0).abs() < 1e-12);
            let outcome = dealt.outcome(mixtures[0]);
            for input in 0..3 {
                let column = dealt.input(&samples[0][input]);
                found[input].push(shapley[input]);
                found[3 + input].push(first[input]);
                found[6 + input].push(total[input]);
                found[9 + input].push(first_order(&column, &outcome));
                found[12 + input].push(rank_correlation(&column, &outcome));
            }
            p95.push(quantiles(sampler, mixtures[0], &replicate, &[0.95])[0]);
        }
        for (figure, found) in found.iter().enumerate() {
            let coefficient = B[figure % 3] / 14f64.sqrt();
            // Spearman's coefficient of two normals with correlation r is (6/π) asin(r/2).
            let truth = if figure < 12 { coefficient * coefficient } else { 6.0 / PI * (0.5 * coefficient).asin() };
            let name = ["shapley", "first", "total", "given data", "rank"][figure / 3];
            assert_covered(&format!("{sampler:?} {name} {}", figure % 3 + 1), found, truth);
        }
        assert_covered(&format!("{sampler:?} p95"), &p95, 10.0 + 14f64.sqrt() * normal.quantile(0.95));
    }
}

#[test]
fn correlated_normals_explain_the_square_of_their_correlation_with_the_outcome() {
    // y = z₁ + z₂ with correlation 0.6: r(z₁, y)² = 1.6²/3.2 = 0.8. As if independent it would be ½.
    const N: usize = 1024;
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    let dealt = Dealt::new(&replicates(N));
    for sampler in SAMPLERS {
        let one = |seed| {
            let [a, _] = samples(sampler, seed, N, 2);
            let z: Vec<f64> = a[0].iter().map(|u| normal.quantile(*u)).collect();
            let y: Vec<f64> = z.iter().zip(&a[1]).map(|(z, u)| z + (0.6 * z + 0.8 * normal.quantile(*u))).collect();
            first_order(&dealt.input(&z), &dealt.outcome(&y))
        };
        let found: Vec<Estimate> = (0..SEEDS).map(one).collect();
        assert_covered(&format!("{sampler:?}"), &found, 0.8);
    }
}
