//! Who takes which route: the incremental logit in log cost (Ben-Akiva & Lerman 1985) that is the CES nest of routes (MODEL 3.1):
//!
//! Ĝ = (Σ_r φ_r Ĉ_r^(1−κ))^(1/(1−κ)),   φ′_r = φ_r (Ĉ_r/Ĝ)^(1−κ).
//!
//! A service without a past takes its attractiveness from a route that has one, φ_new ∝ φ_like (C_new/C_like)^(1−κ), and wins its share from all. The nest would
//! also count a gain from there being one route more, (1 − φ_new)^(1/(κ−1)) (Feenstra 1994): at κ = 4 each box that changes to it would save a third of its goods'
//! value. No shipper does. So an entrant moves the composite only by what it is cheaper than the routes it wins from:
//! ln Ĝ = ln Ĝ_old + Σ_new φ′_new min(0, ln C_new − ln C_old), with C_old their average at their present shares.

use super::network::Corridor;
use crate::numerics::Real;

/// Given base shares φ (adding to one), log cost changes ln Ĉ_r and κ (not one), writes φ′ into `after` and returns ln Ĝ.
#[inline(always)]
pub fn choose<R: Real>(before: &[R], log_cost: &[R], kappa: R, after: &mut [R]) -> R {
    let power = R::one() - kappa;
    let sum = pull(before, log_cost, power, after);
    for share in after.iter_mut().take(before.len()) {
        *share = *share / sum;
    }
    sum.ln() / power
}

/// As [`choose`] for a corridor with services that enter; `log_base` is ln(1+g) of every route in the base year.
#[inline(always)]
pub fn choose_with_entry<R: Real>(
    corridor: &Corridor,
    before: &[R],
    (log_base, log_cost): (&[R], &[R]),
    kappa: R,
    drawn: &[R],
    after: &mut [R],
) -> R {
    let power = R::one() - kappa;
    let old = pull(before, log_cost, power, after);
    let (mut mean, mut sum) = (R::zero(), old);
    for (r, route) in corridor.routes.iter().enumerate() {
        match &route.entry {
            None => mean = after[r].mul_add(log_base[r] + log_cost[r], mean),
            Some(entry) => {
                let mut weight = R::zero();
                for &like in &entry.like {
                    weight = before[like].mul_add((power * (log_base[r] - log_base[like])).exp(), weight);
                }
                let sails = R::select(R::zero().lt(entry.capacity.of(drawn)), entry.open.of(drawn), R::zero());
                after[r] = sails * weight * (power * log_cost[r]).exp();
                sum = sum + after[r];
            }
        }
    }
    mean = mean / old;
    let mut log_composite = old.ln() / power;
    for (r, route) in corridor.routes.iter().enumerate() {
        after[r] = after[r] / sum;
        if route.entry.is_some() {
            log_composite = after[r].mul_add(R::zero().min(log_base[r] + log_cost[r] - mean), log_composite);
        }
    }
    log_composite
}

/// φ_r Ĉ_r^(1−κ) into `after`; returns their sum, written as one plus changes, so that no change of cost leaves shares and Ĝ exactly as they were.
#[inline(always)]
fn pull<R: Real>(before: &[R], log_cost: &[R], power: R, after: &mut [R]) -> R {
    let mut sum = R::one();
    for r in 0..before.len() {
        let pull = (power * log_cost[r]).exp();
        sum = before[r].mul_add(pull - R::one(), sum);
        after[r] = before[r] * pull;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::cost::{Entry, RouteCost, tests::route};
    use super::*;
    use crate::baseline::Mode;
    use crate::uncertainty::Value;

    #[test]
    fn nothing_moves_without_a_change_of_cost() {
        let before = [0.1, 0.2, 0.7];
        let mut after = [0.0; 3];
        assert_eq!(choose(&before, &[0.0; 3], 4.0, &mut after), 0.0);
        assert_eq!(after, before);
    }

    #[test]
    fn trade_moves_to_what_became_cheap_by_kappa() {
        let before = [0.5, 0.5];
        let mut after = [0.0; 2];
        let log_g = choose(&before, &[-0.1, 0.0], 5.0, &mut after);
        assert!((after.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // Log odds move by (1−κ) times the log cost.
        assert!(((after[0] / after[1]).ln() - 0.4).abs() < 1e-12);
        assert!(log_g < 0.0 && log_g > -0.1);
    }

    #[test]
    fn an_unused_route_stays_unused() {
        let mut after = [0.0; 2];
        assert_eq!(choose(&[0.0, 1.0], &[-3.0, 0.0], 5.0, &mut after), 0.0);
        assert_eq!(after, [0.0, 1.0]);
    }

    /// Truck with 0.6, rail with 0.4, and a service like the truck.
    fn with_service(open: f64, capacity: f64) -> Corridor {
        let entry = Some(Entry { open: Value::Fixed(open), capacity: Value::Fixed(capacity), like: vec![0] });
        let service = RouteCost { entry, ..route(Mode::Sea, 0.0) };
        Corridor {
            sector: 0,
            exporter: 0,
            importer: 1,
            routes: vec![route(Mode::Truck, 0.6), route(Mode::Rail, 0.4), service],
            time_value: Value::Fixed(0.0),
            cost: 0.05,
            crosses: true,
            moves: true,
        }
    }

    fn enter(open: f64, log_base: [f64; 3], log_cost: [f64; 3]) -> ([f64; 3], f64) {
        let mut after = [0.0; 3];
        let log_g = choose_with_entry(&with_service(open, 1.0), &[0.6, 0.4, 0.0], (&log_base, &log_cost), 4.0, &[], &mut after);
        (after, log_g)
    }

    #[test]
    fn a_service_of_the_same_cost_takes_the_same_share_and_makes_nothing_cheaper() {
        let (shares, log_g) = enter(1.0, [0.1; 3], [0.0; 3]);
        assert_eq!(shares[0], shares[2]);
        assert!((shares[0] - 0.6 / 1.6).abs() < 1e-15 && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(log_g.abs() < 1e-15, "{log_g}");
    }

    #[test]
    fn a_cheaper_service_wins_more_and_saves_its_difference() {
        let (shares, log_g) = enter(1.0, [0.2, 0.2, 0.1], [0.0; 3]);
        assert!(((shares[2] / shares[0]).ln() - 0.3).abs() < 1e-12);
        assert!((log_g + 0.1 * shares[2]).abs() < 1e-12);
        // A dearer one takes less and costs nobody anything.
        let (dear, none) = enter(1.0, [0.1, 0.1, 0.2], [0.0; 3]);
        assert!(dear[2] < dear[0] && none.abs() < 1e-15);
    }

    #[test]
    fn a_closed_service_takes_nobody() {
        let (shares, log_g) = enter(0.0, [0.1, 0.1, 0.0], [0.0; 3]);
        assert_eq!((shares, log_g), ([0.6, 0.4, 0.0], 0.0));
        let mut shares = [0.0; 3];
        choose_with_entry(&with_service(1.0, 0.0), &[0.6, 0.4, 0.0], (&[0.0; 3], &[0.0; 3]), 4.0, &[], &mut shares);
        assert_eq!(shares, [0.6, 0.4, 0.0], "nor one without room");
    }
}
