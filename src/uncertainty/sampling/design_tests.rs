use super::design::{Named, open_unit};
use super::{Design, REPLICATES, Sample, Sampler, sobol_point};

/// Those that draw.
const DRAWN: [Sampler; 3] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random];

const SECTOR: [&str; 5] = [
    "elasticities.demand.steel_iron",
    "elasticities.domestic.steel_iron",
    "elasticities.import.steel_iron",
    "elasticities.route.steel_iron",
    "elasticities.supply.steel_iron",
];

fn column(design: &Design, parameter: usize, draws: usize) -> Vec<f64> {
    let mut out = vec![0.0; draws];
    design.fill(parameter, 0, &mut out);
    out
}

#[test]
fn other_names_and_the_place_in_the_list_change_nothing() {
    for sampler in DRAWN {
        let few = Design::new(sampler, 1, 1 << 20, [SECTOR[2]]);
        let many = Design::new(sampler, 1, 1 << 20, ["a", SECTOR[0], SECTOR[2], "tariff.\"x\".rate"]);
        assert_eq!(column(&few, 0, 100), column(&many, 2, 100));
        assert_ne!(column(&few, 0, 100), column(&Design::new(sampler, 2, 1 << 20, [SECTOR[2]]), 0, 100));
        // Whatever the chunks, each draw is itself.
        let whole = column(&many, 1, 1000);
        for first in [0usize, 1, 15, 16, 300, 992] {
            let mut part = [0.0; 8];
            many.fill(1, first as u64, &mut part);
            assert_eq!(part, whole[first..first + 8], "{sampler:?} from {first}");
            assert_eq!(many.uniform(1, first as u64 + 3), part[3]);
        }
        assert!(whole.iter().all(|u| *u > 0.0 && *u < 1.0));
    }
    assert_eq!((open_unit(0), open_unit(u64::MAX)), (2f64.powi(-53), 1.0 - 2f64.powi(-53)));
}

#[test]
fn no_two_names_share_a_sequence() {
    let paths =
        [SECTOR[0], SECTOR[1], "elasticities.demand.aluminium", "elasticities.steel_iron", "a", "b", "tariff.a.rate", "tariff.b.rate"];
    for sampler in DRAWN {
        let design = Design::new(sampler, 1, 1 << 20, paths);
        let columns: Vec<Vec<f64>> = (0..paths.len()).map(|p| column(&design, p, 256)).collect();
        for (k, one) in columns.iter().enumerate() {
            for other in &columns[..k] {
                assert!(one.iter().zip(other).all(|(a, b)| a != b));
            }
        }
    }
}

#[test]
fn every_dyadic_interval_gets_one_point_per_replicate() {
    let design = Design::new(Sampler::Sobol, 9, 1 << 20, SECTOR.into_iter().chain(["freight.sea"]));
    for parameter in 0..6 {
        for power in [4, 5, 8] {
            let n = 1usize << power;
            // The first 2^m points of each replicate, and the next.
            let all = column(&design, parameter, 2 * n * REPLICATES);
            for block in all.chunks(n * REPLICATES) {
                for replicate in 0..REPLICATES {
                    let mut cells: Vec<usize> = block.iter().skip(replicate).step_by(REPLICATES).map(|u| (u * n as f64) as usize).collect();
                    cells.sort_unstable();
                    assert!(cells.into_iter().eq(0..n));
                }
            }
        }
    }
}

#[test]
fn pairs_inside_a_block_fill_the_square() {
    // Dimensions 1 and 2 of Sobol' form a (0, m, 2)-net: one point in every box of area 2^-m.
    let design = Design::new(Sampler::Sobol, 4, 1 << 20, [SECTOR[0], SECTOR[1]]);
    let (x, y) = (column(&design, 0, 256 * REPLICATES), column(&design, 1, 256 * REPLICATES));
    for replicate in 0..REPLICATES {
        for bits in 0..=8 {
            let (wide, high) = (f64::from(1 << bits), f64::from(1 << (8 - bits)));
            let mut seen = vec![false; 256];
            for k in (replicate..256 * REPLICATES).step_by(REPLICATES) {
                let cell = (x[k] * wide) as usize * high as usize + (y[k] * high) as usize;
                assert!(!std::mem::replace(&mut seen[cell], true));
            }
        }
    }
}

#[test]
fn sixty_parameters_are_uncorrelated() {
    let kinds = ["demand", "domestic", "import", "route", "supply"];
    let paths: Vec<String> = (0..12).flat_map(|sector| kinds.map(|kind| format!("elasticities.{kind}.s{sector}"))).collect();
    let n = 8192;
    for (sampler, expected) in [(Sampler::Sobol, 1.0), (Sampler::LatinHypercube, 1.0), (Sampler::Random, 1.0)] {
        let (mut squares, mut pairs) = (0.0, 0.0);
        for seed in 0..3 {
            let design = Design::new(sampler, seed, 1 << 20, paths.iter().map(String::as_str));
            let standard = |p| column(&design, p, n).iter().map(|u| (u - 0.5) * 12f64.sqrt()).collect();
            let columns: Vec<Vec<f64>> = (0..paths.len()).map(standard).collect();
            for (k, one) in columns.iter().enumerate() {
                for (j, other) in columns[..k].iter().enumerate() {
                    let r = one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>() / n as f64;
                    let within = sampler == Sampler::Sobol && k / 5 == j / 5;
                    // Inside a block the net leaves almost nothing.
                    let most = if within { 0.005 } else { 5.0 * (expected / n as f64).sqrt() };
                    assert!(r.abs() < most, "{sampler:?} {} {}: {r}", paths[k], paths[j]);
                    if !within {
                        squares += r * r * n as f64;
                        pairs += 1.0;
                    }
                }
            }
        }
        let ratio = squares / pairs / expected;
        assert!((ratio - 1.0).abs() < 0.15, "{sampler:?}: {ratio}");
    }
}

/// Root mean square error of the mean of f over five coordinates of a block, at n draws, over seeds.
fn rmse(sampler: Sampler, draws: usize, seeds: u64, f: impl Fn(&[f64; 5]) -> f64, exact: f64) -> f64 {
    let mut squares = 0.0;
    for seed in 0..seeds {
        let design = Design::new(sampler, seed, 1 << 20, SECTOR);
        let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, draws));
        let mean = (0..draws).map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / draws as f64;
        squares += (mean - exact) * (mean - exact) / seeds as f64;
    }
    squares.sqrt()
}

#[test]
fn errors_fall_faster_than_those_of_random_numbers() {
    // Π (1 + (u − ½)/(d + 1)): every coordinate and every product of them, mean 1.
    let f = |u: &[f64; 5]| u.iter().enumerate().map(|(d, u)| 1.0 + (u - 0.5) / (d as f64 + 1.0)).product::<f64>();
    let rate = |sampler| {
        let (few, many) = (rmse(sampler, REPLICATES << 4, 30, f, 1.0), rmse(sampler, REPLICATES << 10, 30, f, 1.0));
        (-f64::ln(many / few) / f64::ln(64.0), many)
    };
    let ((sobol, sobol_error), (random, random_error)) = (rate(Sampler::Sobol), rate(Sampler::Random));
    assert!(sobol > 0.8, "{sobol}");
    assert!((random - 0.5).abs() < 0.15, "{random}");
    assert!(sobol_error < 0.02 * random_error, "{sobol_error} {random_error}");
}

#[test]
fn hashing_scrambles_as_well_as_owens_tree() {
    // The same block, its coordinates scrambled by a tree of independent choices instead: one hashed bit for every digit and the digits before it.
    let owen = |x: u64, key: u64| {
        (0..32).fold(0u64, |sum, digit| {
            let prefix = if digit == 0 { 0 } else { x >> (64 - digit) };
            let mut h = key ^ (prefix + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (digit as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
            for _ in 0..3 {
                h = (h ^ (h >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            }
            sum | ((((x >> (63 - digit)) ^ (h >> 63)) & 1) << (63 - digit))
        })
    };
    let f = |u: &[f64; 5]| f64::exp(u[0] + u[1] * u[2] - u[3] + 0.3 * u[4] * u[0]);
    let (n, seeds) = (64, 400);
    let exact = reference_mean(Sampler::Sobol, f);
    let mut tree = 0.0;
    for seed in 0..seeds {
        let mean = (0..n)
            .map(|i| {
                f(&std::array::from_fn(|d| {
                    open_unit(owen(sobol_point(d, i), (seed * 5 + d as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d)))
                }))
            })
            .sum::<f64>()
            / n as f64;
        tree += (mean - exact) * (mean - exact) / seeds as f64;
    }
    // One replicate of the design at a time: draws 16 apart.
    let mut hashed = 0.0;
    for seed in 0..seeds / 16 {
        let design = Design::new(Sampler::Sobol, seed, 1 << 20, SECTOR);
        let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, n as usize * REPLICATES));
        for replicate in 0..REPLICATES {
            let draws = (replicate..n as usize * REPLICATES).step_by(REPLICATES);
            let mean = draws.map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / n as f64;
            hashed += (mean - exact) * (mean - exact) / seeds as f64;
        }
    }
    let ratio = (hashed / tree).sqrt();
    assert!(ratio < 1.2 && ratio > 0.8, "{ratio}");
}

/// The mean of f over the block by many draws.
fn reference_mean(sampler: Sampler, f: impl Fn(&[f64; 5]) -> f64) -> f64 {
    let n = REPLICATES << 12;
    let design = Design::new(sampler, 77, 1 << 20, SECTOR);
    let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, n));
    (0..n).map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / n as f64
}

#[test]
fn all_samplers_agree_across_blocks() {
    let paths = ["tariff.a.rate", "freight.sea", SECTOR[0], SECTOR[4]];
    let n = 65_536;
    let mean = |sampler| {
        let design = Design::new(sampler, 3, 1 << 20, paths);
        let columns: Vec<Vec<f64>> = (0..4).map(|p| column(&design, p, n)).collect();
        let f = |k: usize| columns[0][k] * columns[1][k] + (columns[2][k] - columns[3][k]).powi(2) * columns[0][k];
        (0..n).map(f).sum::<f64>() / n as f64
    };
    // ¼ + ⅙·½; the standard deviation of one draw is about 0.24.
    let exact = 0.25 + 1.0 / 12.0;
    for sampler in DRAWN {
        assert!((mean(sampler) - exact).abs() < 4.0 * 0.24 / 256.0, "{sampler:?}");
    }
}

#[test]
fn a_latin_hypercube_takes_out_what_each_number_does_alone() {
    // Stein (1987): the variance that is left is that of the interactions. Σ u² has none; u₁u₂ has (u₁−½)(u₂−½), variance 1/144 a draw.
    let n = 1024;
    let rmse = |f: &dyn Fn(&[f64; 5]) -> f64, exact: f64| {
        let (mut squares, seeds) = (0.0, 200);
        for seed in 0..seeds {
            let design = Design::new(Sampler::LatinHypercube, seed, n as u64, SECTOR);
            let columns: [Vec<f64>; 5] = std::array::from_fn(|p| column(&design, p, n));
            let mean = (0..n).map(|k| f(&std::array::from_fn(|p| columns[p][k]))).sum::<f64>() / n as f64;
            squares += (mean - exact).powi(2) / seeds as f64;
        }
        squares.sqrt()
    };
    let independent = |variance: f64| (variance / n as f64).sqrt();
    let additive = rmse(&|u| u.iter().map(|u| u * u).sum(), 5.0 / 3.0);
    assert!(additive < 0.03 * independent(5.0 * 4.0 / 45.0), "{additive}");
    // The root of a mean of 200 squares of nearly normal numbers: sd 1/√400 = 5%.
    let product = rmse(&|u| u[0] * u[1], 0.25) / independent(1.0 / 144.0);
    assert!((product - 1.0).abs() < 0.2, "{product}");
}

#[test]
fn the_number_of_draws_changes_a_latin_hypercube_alone() {
    for sampler in DRAWN {
        let of = |draws| column(&Design::new(sampler, 1, draws, ["a"]), 0, 64);
        assert_eq!(of(1000) == of(1024), sampler != Sampler::LatinHypercube, "{sampler:?}");
    }
}

#[test]
fn the_second_sample_is_another_and_leaves_the_first_alone() {
    for sampler in DRAWN {
        let of = |sample| Design::of(sampler, 1, 4096, &[Named { path: SECTOR[0], sample, fixed: false }]);
        let (first, second) = (column(&of(Sample::First), 0, 4096), column(&of(Sample::Second), 0, 4096));
        assert_eq!(first, column(&Design::new(sampler, 1, 4096, [SECTOR[0]]), 0, 4096));
        let r = first.iter().zip(&second).map(|(a, b)| 12.0 * (a - 0.5) * (b - 0.5)).sum::<f64>() / 4096.0;
        assert!(r.abs() < 5.0 * (1.1f64 / 4096.0).sqrt(), "{sampler:?}: {r}");
    }
}

#[test]
fn quadrature_counts_names_that_are_spread_in_their_order() {
    let numbers = [("b", false), ("c", true), ("a", false), ("b", false)];
    let numbers = numbers.map(|(path, fixed)| Named { path, sample: Sample::First, fixed });
    let design = Design::of(Sampler::Quadrature, 1, 4, &numbers);
    let columns: Vec<Vec<f64>> = (0..4).map(|p| column(&design, p, 4)).collect();
    let close = |found: &[f64], expected: [f64; 4]| found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-15);
    // Two numbers: √2 cos(kπ/2) for a, √2 sin(kπ/2) for b.
    let root = 2f64.sqrt();
    assert!(close(&columns[2], [0.0, -root, 0.0, root]) && close(&columns[0], [root, 0.0, -root, 0.0]));
    assert_eq!((&columns[1], &columns[3]), (&vec![0.0; 4], &columns[0]));
}
