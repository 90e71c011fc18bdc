use crate::uncertainty::{Copula, Dependence, Design, Distribution, Number, Pair, Parameters, Sampler, Uncertain};

const DRAWN: [Sampler; 3] = [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random];
const COPULAS: [Copula; 2] = [Copula::Gaussian, Copula::StudentT { df: 4.0 }];

fn parameters(numbers: &[(&str, Distribution)]) -> Parameters {
    let mut parameters = Parameters::new();
    for (path, distribution) in numbers {
        parameters.value(&Number::Uncertain(Box::new(Uncertain { path: (*path).into(), distribution: distribution.clone() })));
    }
    parameters
}

fn uniform() -> Distribution {
    Distribution::uniform(0.0, 1.0).unwrap()
}

fn uniforms(paths: &[&str]) -> Parameters {
    parameters(&paths.iter().map(|path| (*path, uniform())).collect::<Vec<_>>())
}

fn pairs<const N: usize>(pairs: [(usize, usize, f64); N]) -> [Pair; N] {
    pairs.map(|(first, second, spearman)| Pair { first, second, spearman })
}

fn joined(mut parameters: Parameters, copula: Copula, given: &[Pair]) -> Parameters {
    let (dependence, repair) = Dependence::compile(&parameters, copula, given, false).unwrap();
    assert_eq!(repair, None);
    parameters.correlate(dependence);
    parameters
}

fn columns(parameters: &Parameters, design: &Design, first: u64, draws: usize) -> Vec<Vec<f64>> {
    let mut inputs = vec![0.0; draws * parameters.len()];
    parameters.values::<f64>(design, first, draws, &mut inputs);
    inputs.chunks_exact(draws).map(<[f64]>::to_vec).collect()
}

fn ranks(column: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|a, b| column[*a].total_cmp(&column[*b]));
    let mut ranks = vec![0.0; column.len()];
    for (rank, draw) in order.into_iter().enumerate() {
        ranks[draw] = rank as f64;
    }
    ranks
}

/// Spearman's rank correlation of columns without ties.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(a, b)| (a - b) * (a - b)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn numbers_keep_their_distributions_and_reach_their_correlations() {
    let numbers = [
        ("d", Distribution::lognormal(5.0, 1.0).unwrap()),
        ("b", Distribution::triangular(0.0, 0.2, 1.0).unwrap()),
        ("a", Distribution::normal(2.0, 3.0).unwrap()),
        ("c", Distribution::truncated(Distribution::normal(1.0, 1.0).unwrap(), Some(0.5), None).unwrap()),
    ];
    let given = pairs([(0, 1, 0.6), (1, 2, -0.4), (0, 3, 0.3), (3, 2, 0.5)]);
    let n = 4096;
    let root = (n as f64).sqrt();
    for copula in COPULAS {
        let parameters = joined(parameters(&numbers), copula, &given);
        for sampler in DRAWN {
            let columns = columns(&parameters, &parameters.design(sampler, 11, n as u64), 0, n);
            for ((path, distribution), column) in numbers.iter().zip(&columns) {
                let mut sorted = column.clone();
                sorted.sort_by(f64::total_cmp);
                let worst = sorted.iter().enumerate().map(|(k, x)| (distribution.cdf(*x) - (k as f64 + 0.5) / n as f64).abs());
                // The Kolmogorov distribution's 99.9% point.
                let worst = worst.fold(0.0, f64::max);
                assert!(worst < 1.95 / root, "{copula:?}, {sampler:?}, {path}: {worst}");
            }
            for pair in given {
                let found = spearman(&columns[pair.first], &columns[pair.second]);
                // The standard error of independent pairs is 1/√n; a Student-t's extremes widen it a little.
                assert!((found - pair.spearman).abs() < 4.5 / root, "{copula:?}, {sampler:?}, {pair:?}: {found}");
            }
            // What was not asked is not there.
            assert!(spearman(&columns[1], &columns[3]).abs() < 4.5 / root, "{copula:?}, {sampler:?}");
        }
    }
}

#[test]
fn the_first_of_a_set_and_those_outside_keep_their_own_values() {
    let (alone, paths) = (uniforms(&["q", "m", "z", "a"]), ["m", "a", "new", "z", "q"]);
    for copula in COPULAS {
        let few = joined(uniforms(&["q", "m", "z", "a"]), copula, &pairs([(0, 1, 0.8), (1, 2, 0.3)]));
        // The same pairs among more numbers, in another order, given the other way round.
        let many = joined(uniforms(&paths), copula, &pairs([(3, 0, 0.3), (0, 4, 0.8), (2, 1, 0.0)]));
        assert_eq!((few.components(), many.components()), (vec![vec![0, 1, 2]], vec![vec![0, 3, 4]]));
        for sampler in DRAWN {
            let of = |parameters: &Parameters| columns(parameters, &parameters.design(sampler, 3, 500), 0, 500);
            let (apart, few, many) = (of(&alone), of(&few), of(&many));
            assert_eq!((&few[1], &few[3]), (&apart[1], &apart[3]), "{copula:?}, {sampler:?}");
            assert!(few[0] != apart[0] && few[2] != apart[2]);
            assert_eq!([&few[0], &few[1], &few[2], &few[3]], [&many[4], &many[0], &many[3], &many[1]]);
        }
    }
}

#[test]
fn a_draw_alone_is_the_draw_of_a_column() {
    for copula in COPULAS {
        let parameters = joined(uniforms(&["a", "b", "c"]), copula, &pairs([(0, 1, 0.8), (1, 2, 0.3)]));
        for sampler in [Sampler::Sobol, Sampler::LatinHypercube, Sampler::Random, Sampler::Quadrature] {
            let design = parameters.design(sampler, 3, 300);
            let whole = columns(&parameters, &design, 0, 300);
            for draw in [0, 17, 63, 64, 255, 299] {
                let alone = columns(&parameters, &design, draw as u64, 1);
                assert!(alone.iter().zip(&whole).all(|(alone, whole)| alone[0] == whole[draw]), "{copula:?}, {sampler:?}, {draw}");
            }
        }
    }
}

#[test]
fn a_correlation_of_one_is_the_same_ranks_and_of_minus_one_the_opposite() {
    for copula in COPULAS {
        let given = pairs([(0, 1, 1.0), (1, 2, -1.0), (0, 2, -1.0), (3, 0, 0.5), (3, 1, 0.5), (3, 2, -0.5)]);
        let parameters = joined(uniforms(&["b", "c", "d", "a"]), copula, &given);
        for sampler in DRAWN {
            let columns = columns(&parameters, &parameters.design(sampler, 5, 1000), 0, 1000);
            assert_eq!(columns[0], columns[1]);
            assert!(columns[0].iter().zip(&columns[2]).all(|(u, v)| u + v == 1.0), "{copula:?}, {sampler:?}");
        }
    }
}

#[test]
fn two_numbers_of_one_path_go_together_with_the_rest() {
    let numbers = [("a", uniform()), ("b", uniform()), ("b", Distribution::uniform(0.0, 2.0).unwrap())];
    for copula in COPULAS {
        let parameters = joined(parameters(&numbers), copula, &pairs([(0, 2, 0.7)]));
        assert_eq!(parameters.components(), [[0, 1, 2]]);
        let columns = columns(&parameters, &parameters.design(Sampler::Sobol, 5, 1000), 0, 1000);
        assert!(columns[1].iter().zip(&columns[2]).all(|(one, two)| 2.0 * one == *two));
        assert!((spearman(&columns[0], &columns[1]) - 0.7).abs() < 0.1);
    }
}

#[test]
fn extremes_come_together_under_a_student_t() {
    // P(both in the upper 2%), of 65,536 draws: about 270 under the Gaussian, and more by tens of standard errors under t.
    let n = 65_536;
    let together = |copula| {
        let parameters = joined(uniforms(&["a", "b", "c"]), copula, &pairs([(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.5)]));
        let columns = columns(&parameters, &parameters.design(Sampler::Random, 8, n as u64), 0, n);
        [(0, 1), (1, 2)].map(|(i, j)| columns[i].iter().zip(&columns[j]).filter(|(a, b)| **a > 0.98 && **b > 0.98).count() as f64)
    };
    let (gaussian, student) = (together(Copula::Gaussian), together(Copula::StudentT { df: 3.0 }));
    for (few, many) in gaussian.into_iter().zip(student) {
        assert!(many > few + 8.0 * few.sqrt(), "{few} {many}");
    }
    // The first member, whose own values the mixing is drawn from, and the others alike: two counts of events, mostly different draws.
    assert!((student[0] - student[1]).abs() < 5.0 * (student[0] + student[1]).sqrt(), "{student:?}");
}

#[test]
fn the_second_sample_of_a_set_is_independent_of_the_first() {
    for copula in COPULAS {
        let parameters = joined(uniforms(&["a", "b", "c"]), copula, &pairs([(0, 1, 0.8)]));
        for sampler in DRAWN {
            let first = columns(&parameters, &parameters.design(sampler, 3, 4096), 0, 4096);
            let second = columns(&parameters, &parameters.design_with(sampler, 3, 4096, &|place| place < 2), 0, 4096);
            assert_eq!(first[2], second[2]);
            assert!((spearman(&second[0], &second[1]) - 0.8).abs() < 4.5 / 64.0);
            for (one, other) in first.iter().zip(&second[..2]) {
                assert!(spearman(one, other).abs() < 5.7 / 64.0, "{copula:?}, {sampler:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_is_named_all_at_once() {
    let parameters = uniforms(&["a", "b", "c", "d", "e", "f"]);
    let compile = |copula, given: &[Pair]| {
        let impossible = Dependence::compile(&parameters, copula, given, false).unwrap_err();
        impossible.into_iter().map(|one| (one.pairs.clone(), one.to_string())).collect::<Vec<_>>()
    };
    let given = pairs([(0, 1, 1.2), (2, 2, 0.5), (0, 3, 0.1), (3, 0, 0.1), (3, 0, 0.2), (4, 5, f64::NAN)]);
    assert_eq!(
        compile(Copula::StudentT { df: 0.0 }, &given),
        [
            (vec![], "df is 0; expected from 0.5 to 1000000 (beyond, take the Gaussian copula: nobody could tell them apart)".to_owned()),
            (vec![0], "the correlation of a with b is 1.2; expected a number from -1 to 1".to_owned()),
            (vec![1], "c is paired with itself; expected two different numbers".to_owned()),
            (vec![2, 4], "d and a are paired twice, with 0.1 and 0.2; expected one correlation".to_owned()),
            (vec![5], "the correlation of e with f is NaN; expected a number from -1 to 1".to_owned()),
        ]
    );
    let given = pairs([(5, 0, 0.2), (0, 1, 0.9), (1, 2, 0.9), (2, 0, -0.9), (3, 4, 0.5)]);
    let told = compile(Copula::Gaussian, &given);
    assert_eq!((told.len(), &told[0].0), (1, &vec![1, 2, 3]));
    assert!(
        told[0].1.starts_with("no numbers can be correlated as a, b and c are asked to be (their matrix has the eigenvalue -0.816"),
        "{told:?}"
    );
}

#[test]
fn a_repair_takes_the_nearest_and_says_how_far_it_is() {
    for copula in COPULAS {
        let mut parameters = uniforms(&["a", "b", "c", "d", "e"]);
        let given = pairs([(0, 1, 0.9), (1, 2, 0.9), (2, 0, -0.9), (3, 4, 0.5)]);
        let (dependence, repair) = Dependence::compile(&parameters, copula, &given, true).unwrap();
        parameters.correlate(dependence);
        let repair = repair.unwrap();
        // By symmetry all three give the same: the nearest scores are r = ½, ½, −½ of 0.908 each, √6 · 0.408 away. (A Student-t's r for 0.9 differs a little.)
        assert!((repair.distance - 1.0).abs() < 0.02 && (repair.asked.abs() - 0.9).abs() < 1e-6, "{repair}");
        assert!((repair.taken.abs() - 0.4826).abs() < 0.02, "{repair}");
        let columns = columns(&parameters, &parameters.design(Sampler::Sobol, 1, 4096), 0, 4096);
        assert!((spearman(&columns[0], &columns[1]) - repair.taken.abs()).abs() < 4.5 / 64.0);
        assert!((spearman(&columns[3], &columns[4]) - 0.5).abs() < 4.5 / 64.0, "what could be is left as it was");
    }
}

#[test]
fn two_hundred_numbers_with_every_pair_given() {
    let paths: Vec<String> = (0..200).map(|k| format!("p{k:03}")).collect();
    let parameters = uniforms(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let all = |spearman: &dyn Fn(usize, usize) -> f64| -> Vec<Pair> {
        (0..200)
            .flat_map(|second| (0..second).map(move |first| (first, second)))
            .map(|(first, second)| Pair { first, second, spearman: spearman(first, second) })
            .collect()
    };
    let parameters = joined(parameters, Copula::Gaussian, &all(&|i, j| 0.9f64.powi((j - i) as i32)));
    let columns = columns(&parameters, &parameters.design(Sampler::Sobol, 1, 1024), 0, 1024);
    assert!((spearman(&columns[0], &columns[1]) - 0.9).abs() < 0.05 && (spearman(&columns[100], &columns[110]) - 0.349).abs() < 0.13);
    // One pair among them that does not fit.
    let impossible = all(&|i, j| if (i, j) == (50, 52) { -0.9 } else { 0.9f64.powi((j - i) as i32) });
    let told = Dependence::compile(&parameters, Copula::Gaussian, &impossible, false).unwrap_err();
    assert!(told[0].to_string().contains("p050") && told[0].to_string().contains("p052"), "{}", told[0]);
    assert!(told[0].pairs.len() <= 3, "{:?}", told[0].pairs);
}

#[test]
fn many_culprits_are_counted() {
    // n numbers can all be correlated by r down to −1/(n−1). Of scores, ρ = −0.2 is r = −0.209: five can, six cannot. And −0.11 is −0.115: nine can, ten cannot.
    let paths: Vec<String> = (0..10).map(|k| format!("p{k}")).collect();
    let parameters = uniforms(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let every =
        |spearman| -> Vec<Pair> { (0..10).flat_map(|second| (0..second).map(move |first| Pair { first, second, spearman })).collect() };
    let told = Dependence::compile(&parameters, Copula::Gaussian, &every(-0.2), false).unwrap_err();
    assert!(told[0].to_string().starts_with("no numbers can be correlated as p0, p1, p2, p3, p4 and p5 are asked to be"), "{}", told[0]);
    assert_eq!(told[0].pairs.len(), 15);
    let told = Dependence::compile(&parameters, Copula::Gaussian, &every(-0.11), false).unwrap_err();
    assert!(told[0].to_string().contains("p0, p1, p2, p3, p4, p5, p6, p7 and 2 others are asked"), "{}", told[0]);
}
