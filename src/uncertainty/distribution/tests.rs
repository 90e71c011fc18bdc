//! Every family against SciPy 1.17, against itself, and against samples from rand_distr.

use super::*;
use proptest::prelude::*;
use rand::SeedableRng;
use rand_distr::Distribution as _;

#[test]
fn quantiles_are_scipys() {
    const AT: [f64; 5] = [1e-6, 0.05, 0.3, 0.8, 0.999];
    let known = [
        (
            Distribution::gamma(0.05, 1.0),
            [5.844632057286552e-121, 5.573875481878824e-27, 2.0378971887326733e-11, 0.006781997575174137, 2.7364585987286745],
        ),
        (
            Distribution::gamma(0.7, 2.0),
            [4.679078671546549e-09, 0.02432639886481679, 0.34503960066721684, 2.3012886871306715, 12.127479127774551],
        ),
        (
            Distribution::gamma(2.5, 1.0),
            [0.0064480801032485435, 0.5727381130308846, 1.4999540663799533, 3.6446380633244804, 10.257502826216436],
        ),
        (
            Distribution::gamma(40.0, 1.0),
            [16.753150234308055, 30.195739194344732, 36.45767115693809, 45.202674266114975, 62.41961200788239],
        ),
        (Distribution::gamma(2e5, 1.0), [197881.3977566945, 199264.96804850159, 199765.2395123287, 200376.28690450653, 201384.84423317373]),
        (
            Distribution::beta(0.2, 3.0, 0.0, 1.0),
            [2.4953435372426276e-31, 7.797949567350083e-08, 0.0006069821751580952, 0.09575237217754663, 0.7855692989989795],
        ),
        (
            Distribution::beta(2.0, 5.0, -1.0, 3.0),
            [-0.9989668486825838, -0.7486004331665825, -0.27278611472420333, 0.6897900993850883, 2.274455467676536],
        ),
        (
            Distribution::beta(500.0, 900.0, 0.0, 1.0),
            [0.297960681091114, 0.3362019485761622, 0.3503775005054959, 0.367900935226987, 0.3972376270682681],
        ),
        (
            Distribution::student_t(0.0, 1.0, 1.5),
            [-5219.4693247069445, -3.7051808200967518, -0.651795482602357, 1.1533643782954695, 52.18443000899263],
        ),
        (
            Distribution::student_t(2.0, 3.0, 4.0),
            [-122.73356245135292, -4.395540358979952, 0.29405281085088397, 4.822893731705545, 23.519546659346922],
        ),
        (
            Distribution::student_t(0.0, 1.0, 1e5),
            [-4.753704716391288, -1.6448688647849699, -0.5244021842335457, 0.8416248279969009, 3.0903138094272378],
        ),
        (
            Distribution::lognormal(5.0, 1.0),
            [1.912572024990572, 3.5398244098631353, 4.4192682337635505, 5.792153037110232, 9.04148979924521],
        ),
        (Distribution::triangular(1.0, 2.0, 5.0), [1.002, 1.4472135954999579, 2.1017246507621126, 3.450806661517033, 4.890455488498967]),
        (
            Distribution::pert(1.0, 2.0, 7.0, 4.0),
            [1.000414104373261, 1.2903832382931564, 1.9901269108574362, 3.5374989406977284, 6.0560395574320385],
        ),
    ];
    for (distribution, expected) in known {
        let distribution = distribution.unwrap();
        for (u, expected) in AT.into_iter().zip(expected) {
            let found = distribution.quantile(u);
            // SciPy's own are good to about 1e-13 at worst.
            assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{distribution:?} at {u}: {found} for {expected}");
        }
    }
}

/// One of each family, and of each way to combine them.
fn families() -> Vec<Distribution> {
    let made = [
        Distribution::normal(2.0, 3.0),
        Distribution::lognormal(5.0, 1.0),
        Distribution::uniform(-1.0, 4.0),
        Distribution::triangular(0.0, 0.0, 2.0),
        Distribution::triangular(0.0, 0.5, 2.0),
        Distribution::pert(0.1, 0.25, 0.5, 4.0),
        Distribution::beta(0.6, 2.0, 0.0, 2.0),
        Distribution::gamma(0.4, 2.0),
        Distribution::gamma_from_moments(6.0, 2.0),
        Distribution::student_t(1.0, 0.5, 3.0),
        Distribution::truncated(Distribution::normal(6.0, 1.0).unwrap(), Some(1.5), None),
        Distribution::truncated(Distribution::normal(0.0, 1.0).unwrap(), Some(6.0), None),
        Distribution::truncated(Distribution::gamma(3.0, 1.0).unwrap(), Some(2.0), Some(5.0)),
        Distribution::mixture(vec![(0.6, Distribution::normal(0.0, 1.0).unwrap()), (0.4, Distribution::lognormal(5.0, 2.0).unwrap())]),
    ];
    made.into_iter().map(Result::unwrap).collect()
}

#[test]
fn the_distribution_function_undoes_the_quantile_function() {
    for distribution in families() {
        // Kolmogorov-Smirnov: at the midpoints of n equal shares the distance to the uniform is zero, up to rounding.
        let n = 4000;
        let mut last = f64::NEG_INFINITY;
        for k in 0..n {
            let u = (f64::from(k) + 0.5) / f64::from(n);
            let x = distribution.quantile(u);
            assert!(x >= last, "{distribution:?} falls at {u}");
            last = x;
            assert!((distribution.cdf(x) - u).abs() < 1e-12, "{distribution:?} at {u}: {}", distribution.cdf(x));
        }
        let (low, high) = distribution.bounds();
        for u in [0.0, 1e-300, 1e-16, 1.0 - 1e-16, 1.0] {
            let x = distribution.quantile(u);
            assert!(x.is_finite() && x >= low && x <= high, "{distribution:?} at {u}: {x}");
        }
    }
}

#[test]
fn moments_are_those_of_the_quantile_function() {
    for distribution in families() {
        if matches!(distribution, Distribution::StudentT { .. }) {
            continue; // its square has no variance for an equidistant rule to converge with
        }
        let n = 100_000;
        let values: Vec<f64> = (0..n).map(|k| distribution.quantile((f64::from(k) + 0.5) / f64::from(n))).collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let sd = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n)).sqrt();
        assert!((distribution.mean() - mean).abs() < 1e-3 * sd, "{distribution:?}: {} {mean}", distribution.mean());
        assert!((distribution.sd() / sd - 1.0).abs() < 2e-3, "{distribution:?}: {} {sd}", distribution.sd());
    }
}

#[test]
fn truncated_moments_are_scipys() {
    let cut = |mean, low, high| Distribution::truncated(Distribution::normal(mean, 1.0).unwrap(), Some(low), Some(high)).unwrap();
    for (distribution, mean, sd) in
        [(cut(6.0, 1.5, 6.5), 5.490860180225512, 0.6972023768068762), (cut(0.0, 5.0, 6.0), 5.183147090477182, 0.17161710511611844)]
    {
        assert!(
            (distribution.mean() - mean).abs() < 1e-11 && (distribution.sd() - sd).abs() < 1e-10,
            "{} {}",
            distribution.mean(),
            distribution.sd()
        );
    }
}

#[test]
fn samples_of_an_independent_library_follow_our_distribution_functions() {
    let n = 20_000;
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    let mut distance = |sample: &mut dyn FnMut(&mut rand_chacha::ChaCha8Rng) -> f64,
                        distribution: Result<Distribution, crate::uncertainty::Refusal>| {
        let distribution = distribution.unwrap();
        let mut values: Vec<f64> = (0..n).map(|_| sample(&mut rng)).collect();
        values.sort_by(f64::total_cmp);
        let worst = values.iter().enumerate().map(|(k, x)| (distribution.cdf(*x) - (k as f64 + 0.5) / n as f64).abs()).fold(0.0, f64::max);
        // The Kolmogorov distribution's 99.9% point.
        assert!(worst < 1.95 / (n as f64).sqrt(), "{distribution:?}: {worst}");
    };
    distance(&mut |r| rand_distr::Normal::new(2.0, 3.0).unwrap().sample(r), Distribution::normal(2.0, 3.0));
    distance(&mut |r| rand_distr::LogNormal::from_mean_cv(5.0, 0.2).unwrap().sample(r), Distribution::lognormal(5.0, 1.0));
    distance(&mut |r| rand_distr::Triangular::new(0.0, 2.0, 0.5).unwrap().sample(r), Distribution::triangular(0.0, 0.5, 2.0));
    distance(&mut |r| rand_distr::Pert::new(0.1, 0.5).with_mode(0.25).unwrap().sample(r), Distribution::pert(0.1, 0.25, 0.5, 4.0));
    distance(&mut |r| rand_distr::Beta::new(0.6, 2.0).unwrap().sample(r), Distribution::beta(0.6, 2.0, 0.0, 1.0));
    distance(&mut |r| rand_distr::Gamma::new(0.4, 2.0).unwrap().sample(r), Distribution::gamma(0.4, 2.0));
    distance(&mut |r| rand_distr::StudentT::new(3.0).unwrap().sample(r), Distribution::student_t(0.0, 1.0, 3.0));
}

#[test]
fn single_values_come_in_their_shares() {
    let dice = Distribution::discrete(vec![3.0, 1.0, 2.0], vec![0.5, 0.2, 0.3]).unwrap();
    assert_eq!([0.1, 0.2, 0.21, 0.5, 0.51, 0.99].map(|u| dice.quantile(u)), [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert_eq!((dice.cdf(2.0), dice.cdf_below(2.0), dice.bounds()), (0.5, 0.2, (1.0, 3.0)));
    assert!((dice.mean() - 2.3).abs() < 1e-15 && (dice.sd() - 0.61f64.sqrt()).abs() < 1e-15);
    let observed = Distribution::empirical(vec![4.0, 1.0, 1.0, 2.0]).unwrap();
    assert_eq!([0.25, 0.5, 0.51, 0.75, 0.76].map(|u| observed.quantile(u)), [1.0, 1.0, 2.0, 2.0, 4.0]);
    assert_eq!((observed.mean(), observed.cdf(1.0)), (2.0, 0.5));
    let cut = Distribution::truncated(dice.clone(), Some(2.0), None).unwrap();
    assert_eq!([0.374, 0.376].map(|u| cut.quantile(u)), [2.0, 3.0]);
    assert!((cut.mean() - 2.625).abs() < 1e-15);
    let half_fixed = Distribution::mixture(vec![(0.5, dice), (0.5, Distribution::uniform(1.0, 3.0).unwrap())]).unwrap();
    assert_eq!(half_fixed.quantile(0.05), 1.0);
    assert!((half_fixed.quantile(0.225) - 1.5).abs() < 1e-15, "half of the uniform's lower half, on top of the first value's 10%");
    assert_eq!(half_fixed.quantile(0.5), 2.0, "the middle value holds 15% of the mixture");
    assert!((half_fixed.mean() - 2.15).abs() < 1e-15);
}

#[test]
fn a_spread_of_zero_is_a_fixed_number() {
    let fixed = [
        Distribution::normal(3.0, 0.0),
        Distribution::lognormal(3.0, 0.0),
        Distribution::uniform(3.0, 3.0),
        Distribution::triangular(3.0, 3.0, 3.0),
        Distribution::pert(3.0, 3.0, 3.0, 4.0),
        Distribution::beta(1.0, 2.0, 3.0, 3.0),
        Distribution::gamma_from_moments(3.0, 0.0),
        Distribution::student_t(3.0, 0.0, 4.0),
        Distribution::discrete(vec![3.0, 9.0], vec![1.0, 0.0]),
        Distribution::empirical(vec![3.0, 3.0]),
        Distribution::mixture(vec![(0.5, Distribution::normal(3.0, 0.0).unwrap()), (0.5, Distribution::uniform(3.0, 3.0).unwrap())]),
        Distribution::truncated(Distribution::normal(3.0, 0.0).unwrap(), Some(3.0), None),
    ];
    for distribution in fixed.map(Result::unwrap) {
        assert_eq!(distribution.is_fixed(), Some(3.0), "{distribution:?}");
        assert_eq!((distribution.quantile(0.01), distribution.quantile(0.99)), (3.0, 3.0));
        assert_eq!((distribution.mean(), distribution.sd(), distribution.bounds()), (3.0, 0.0, (3.0, 3.0)));
        assert_eq!((distribution.cdf(3.0), distribution.cdf_below(3.0)), (1.0, 0.0));
        assert_eq!(distribution.describe(), "fixed at 3.0");
    }
    assert!(
        Distribution::mixture(vec![(0.5, Distribution::normal(3.0, 0.0).unwrap()), (0.5, Distribution::normal(3.0, 1.0).unwrap())])
            .unwrap()
            .is_fixed()
            .is_none()
    );
}

#[test]
fn what_does_not_exist_is_refused_by_its_key() {
    let normal = || Distribution::normal(0.0, 1.0).unwrap();
    let refused = [
        (Distribution::normal(f64::NAN, 1.0), "mean"),
        (Distribution::normal(0.0, -1.0), "sd"),
        (Distribution::normal(0.0, f64::INFINITY), "sd"),
        (Distribution::lognormal(0.0, 1.0), "mean"),
        (Distribution::lognormal(1.0, 1e4), "sd"),
        (Distribution::uniform(2.0, 1.0), "min"),
        (Distribution::uniform(-1.7e308, 1.7e308), "max"),
        (Distribution::triangular(0.0, 3.0, 1.0), "mode"),
        (Distribution::pert(0.0, 0.5, 1.0, -1.0), "shape"),
        (Distribution::beta(0.0, 1.0, 0.0, 1.0), "alpha"),
        (Distribution::beta(1.0, 1.0, 1.0, 0.0), "low"),
        (Distribution::gamma(1.0, -1.0), "scale"),
        (Distribution::gamma_from_moments(1.0, 50.0), "sd"),
        (Distribution::gamma_from_moments(-1.0, 1.0), "mean"),
        (Distribution::student_t(0.0, 1.0, 1.0), "df"),
        (Distribution::discrete(vec![], vec![]), "values"),
        (Distribution::discrete(vec![1.0], vec![0.5, 0.5]), "probabilities"),
        (Distribution::discrete(vec![1.0, 2.0], vec![0.5, 0.6]), "probabilities"),
        (Distribution::discrete(vec![1.0, 2.0], vec![1.5, -0.5]), "probabilities"),
        (Distribution::mixture(vec![(0.9, normal())]), "weight"),
        (Distribution::mixture(vec![]), "components"),
        (Distribution::empirical(vec![1.0, f64::NAN]), "values"),
        (Distribution::truncated(normal(), Some(1.0), Some(0.0)), "min"),
        (Distribution::truncated(normal(), Some(9.0), None), "min"),
        (Distribution::truncated(normal(), None, Some(-9.0)), "max"),
        (Distribution::truncated(Distribution::uniform(0.0, 1.0).unwrap(), Some(2.0), None), "min"),
        (Distribution::truncated(Distribution::truncated(normal(), Some(1.0), None).unwrap(), None, Some(0.0)), "max"),
    ];
    for (made, key) in refused {
        let refusal = made.unwrap_err();
        assert_eq!(refusal.key, key, "{refusal}");
    }
    assert_eq!(Distribution::normal(0.0, -1.0).unwrap_err().to_string(), "sd is -1; expected zero or more");
}

#[test]
fn described_as_a_person_would() {
    let lines = [
        (Distribution::lognormal(5.0, 1.0), "lognormal, mean 5.0, sd 1.0, 90% 3.5–6.8"),
        (Distribution::normal(0.0, 1.0), "normal, mean 0.0, sd 1.0, 90% -1.6 to 1.6"),
        (Distribution::uniform(0.25, 0.35), "uniform, 0.25 to 0.35, 90% 0.255–0.345"),
        (Distribution::discrete(vec![0.1, 0.25], vec![0.4, 0.6]), "one of 0.1 with 40%, 0.25 with 60%, 90% 0.10–0.25"),
        (
            Distribution::truncated(Distribution::normal(600.0, 100.0).unwrap(), Some(150.0), None),
            "normal, mean 600.0, sd 100.0, at least 150.0, 90% 436–764",
        ),
    ];
    for (distribution, line) in lines {
        assert_eq!(distribution.unwrap().describe(), line);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Any parameters that the constructors let pass, over fifteen decades, at any probability down to 1e-12.
    #[test]
    fn no_parameters_break_the_quantile_function(a in -3.0..6.0f64, b in -3.0..6.0f64, df in 0.01..6.0f64, cut in -4.0..4.0f64, log_u in -12.0..0.0f64, upper: bool) {
        let (a, b, df) = (10f64.powf(a), 10f64.powf(b), 10f64.powf(df));
        let small = 0.5 * 10f64.powf(log_u);
        let u = if upper { 1.0 - small } else { small };
        let made = [
            Distribution::gamma(a, 1.0),
            Distribution::gamma(a * b, 1.0),
            Distribution::beta(a, b, 0.0, 1.0),
            Distribution::student_t(0.0, 1.0, df),
            Distribution::truncated(Distribution::normal(0.0, 1.0).unwrap(), Some(cut), Some(cut + a)),
            Distribution::truncated(Distribution::student_t(0.0, 1.0, df).unwrap(), Some(cut), None),
            Distribution::truncated(Distribution::lognormal(1.0, df).unwrap_or(Distribution::Normal { mean: 0.0, sd: 1.0 }), None, Some(4.0 + cut)),
        ];
        for distribution in made.into_iter().flatten() {
            let x = distribution.quantile(u);
            let (low, high) = distribution.bounds();
            prop_assert!(x.is_finite() && x >= low && x <= high, "{distribution:?} at {u}: {x}");
            prop_assert!(distribution.mean().is_finite() && distribution.sd() >= 0.0, "{distribution:?}");
            // u lies between the probabilities of x's neighbours, up to the error of the distribution function.
            let step = 1e-12 * x.abs();
            let (least, most) = (distribution.cdf(x - step), distribution.cdf(x + step));
            let slack = 1e-11 * small + 1e-14;
            prop_assert!(x < 1e-290 || (least <= u + slack && most >= u - slack), "{distribution:?} at {u}: {x}, {least} to {most}");
        }
    }
}
