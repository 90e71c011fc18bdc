//! Who takes which route: the incremental logit in log cost (Ben-Akiva & Lerman 1985) that is the CES nest of routes (MODEL 3.1):
//!
//! Ĝ = (Σ_r φ_r Ĉ_r^(1−κ))^(1/(1−κ)),   φ′_r = φ_r (Ĉ_r/Ĝ)^(1−κ).
//!
//! A service without a past takes its attractiveness from a route that has one, φ_new ∝ φ_like (C_new/C_like)^(1−κ), and wins its share from all. The nest would
//! also count a gain from there being one route more, (1 − φ_new)^(1/(κ−1)) (Feenstra 1994): at κ = 4 each box that changes to it would save a third of its goods'
//! value. No shipper does. So an entrant moves the composite only by what it is cheaper than the routes it wins from:
//! ln Ĝ = ln Ĝ_old + Σ_new φ′_new min(0, ln C_new − ln C_old), with C_old their average at their present shares.

use super::cost::Entry;
use super::network::Corridor;
use crate::numerics::Real;

/// Given base shares φ (adding to one), Ĉ_r^(1−κ) in `raised` and `power` = 1−κ (not zero), writes φ′ into `after` and returns ln Ĝ.
#[inline(always)]
pub fn choose<R: Real>(before: &[R], raised: &[R], power: R, after: &mut [R]) -> R {
    let sum = pull(before, raised, after);
    let per_sum = R::one() / sum;
    for share in after.iter_mut().take(before.len()) {
        *share = *share * per_sum;
    }
    sum.ln() / power
}

/// φ_r Ĉ_r^(1−κ) into `after`; returns their sum, written as one plus changes, so that no change of cost leaves shares and Ĝ exactly as they were.
#[inline(always)]
fn pull<R: Real>(before: &[R], raised: &[R], after: &mut [R]) -> R {
    let (mut sum, mut plain) = (R::one(), R::zero());
    for r in 0..before.len() {
        sum = before[r].mul_add(raised[r] - R::one(), sum);
        after[r] = before[r] * raised[r];
        plain = plain + after[r];
    }
    sound(sum, plain)
}

/// One plus changes, unless these leave so little of the one that rounding would be what is left: then the sum itself.
#[inline(always)]
fn sound<R: Real>(sum: R, plain: R) -> R {
    R::select(sum.lt(R::splat(0.1)), plain, sum)
}

/// The weight with which a service stands among base shares: φ_like (C_new/C_like)^(1−κ) at base-year costs while it sails, nothing while it does not.
#[inline(always)]
pub fn attraction<R: Real>(entry: &Entry, before: &[R], log_base: &[R], own_log_base: R, power: R, drawn: &[R]) -> R {
    let mut attraction = R::zero();
    for &like in &entry.like {
        attraction = before[like].mul_add((power * (own_log_base - log_base[like])).exp(), attraction);
    }
    R::select(R::zero().lt(entry.capacity.of(drawn)), entry.open.of(drawn), R::zero()) * attraction
}

/// What the choice among the routes of a corridor that services enter is made of, route by route.
pub struct Offers<'a, R> {
    /// φ; of a service its [`attraction`].
    pub before: &'a [R],
    /// Ĉ^(1−κ).
    pub raised: &'a [R],
    /// ln of the cost itself, 1+g′.
    pub log_cost: &'a [R],
}

/// As [`choose`] for a corridor with services that enter; `weight` receives d ln Ĝ / d ln Ĉ_r.
#[inline(always)]
pub fn choose_with_entry<R: Real>(corridor: &Corridor, offers: &Offers<'_, R>, power: R, after: &mut [R], weight: &mut [R]) -> R {
    let (zero, one) = (R::zero(), R::one());
    let (mut old, mut plain, mut sum) = (one, zero, zero);
    for (r, route) in corridor.routes.iter().enumerate() {
        after[r] = offers.before[r] * offers.raised[r];
        match route.entry {
            None => {
                old = offers.before[r].mul_add(offers.raised[r] - one, old);
                plain = plain + after[r];
            }
            Some(_) => sum = sum + after[r],
        }
    }
    old = sound(old, plain);
    sum = sum + old;
    let (per_old, per_sum) = (R::one() / old, R::one() / sum);
    let mut mean = zero;
    for (r, route) in corridor.routes.iter().enumerate() {
        if route.entry.is_none() {
            weight[r] = after[r] * per_old;
            mean = weight[r].mul_add(offers.log_cost[r], mean);
        }
        after[r] = after[r] * per_sum;
    }
    // What the entrants save, and the share of those that save anything.
    let (mut saving, mut cheaper) = (zero, zero);
    for (r, route) in corridor.routes.iter().enumerate() {
        if route.entry.is_some() {
            let difference = offers.log_cost[r] - mean;
            saving = after[r].mul_add(zero.min(difference), saving);
            cheaper = cheaper + R::select(difference.lt(zero), after[r], zero);
        }
    }
    for (r, route) in corridor.routes.iter().enumerate() {
        let difference = offers.log_cost[r] - mean;
        weight[r] = if route.entry.is_some() {
            let own = R::select(difference.lt(zero), power.mul_add(difference, one), zero);
            after[r] * (own - power * saving)
        } else {
            weight[r] * (one - cheaper * power.mul_add(difference, one)) - power * after[r] * saving
        };
    }
    old.ln() / power + saving
}

#[cfg(test)]
mod tests {
    use super::super::cost::{Entry, RouteCost, tests::route};
    use super::*;
    use crate::baseline::Mode;
    use crate::uncertainty::Value;

    fn raised<const N: usize>(log_cost: [f64; N], kappa: f64) -> [f64; N] {
        log_cost.map(|cost| ((1.0 - kappa) * cost).exp())
    }

    #[test]
    fn nothing_moves_without_a_change_of_cost() {
        let before = [0.1, 0.2, 0.7];
        let mut after = [0.0; 3];
        assert_eq!(choose(&before, &[1.0; 3], -3.0, &mut after), 0.0);
        assert_eq!(after, before);
    }

    #[test]
    fn trade_moves_to_what_became_cheap_by_kappa() {
        let before = [0.5, 0.5];
        let mut after = [0.0; 2];
        let log_g = choose(&before, &raised([-0.1, 0.0], 5.0), -4.0, &mut after);
        assert!((after.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        // Log odds move by (1−κ) times the log cost.
        assert!(((after[0] / after[1]).ln() - 0.4).abs() < 1e-12);
        assert!(log_g < 0.0 && log_g > -0.1);
    }

    #[test]
    fn an_unused_route_stays_unused() {
        let mut after = [0.0; 2];
        assert_eq!(choose(&[0.0, 1.0], &raised([-3.0, 0.0], 5.0), -4.0, &mut after), 0.0);
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
            enters: true,
            moves: true,
        }
    }

    /// Shares, ln Ĝ and its slopes at κ = 4.
    fn enter(open: f64, capacity: f64, log_base: [f64; 3], log_change: [f64; 3]) -> ([f64; 3], f64, [f64; 3]) {
        let (mut after, mut weight) = ([0.0; 3], [0.0; 3]);
        let corridor = with_service(open, capacity);
        let mut before = [0.6, 0.4, 0.0];
        before[2] = corridor.routes[2].entry.as_ref().map_or(0.0, |entry| attraction(entry, &before, &log_base, log_base[2], -3.0, &[]));
        let log_cost: [f64; 3] = std::array::from_fn(|r| log_base[r] + log_change[r]);
        let offers = Offers { before: &before, raised: &raised(log_change, 4.0), log_cost: &log_cost };
        let log_g = choose_with_entry(&corridor, &offers, -3.0, &mut after, &mut weight);
        (after, log_g, weight)
    }

    #[test]
    fn a_service_of_the_same_cost_takes_the_same_share_and_makes_nothing_cheaper() {
        let (shares, log_g, _) = enter(1.0, 1.0, [0.1; 3], [0.0; 3]);
        assert_eq!(shares[0], shares[2]);
        assert!((shares[0] - 0.6 / 1.6).abs() < 1e-15 && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(log_g.abs() < 1e-15, "{log_g}");
    }

    #[test]
    fn a_cheaper_service_wins_more_and_saves_its_difference() {
        let (shares, log_g, _) = enter(1.0, 1.0, [0.2, 0.2, 0.1], [0.0; 3]);
        assert!(((shares[2] / shares[0]).ln() - 0.3).abs() < 1e-12);
        assert!((log_g + 0.1 * shares[2]).abs() < 1e-12);
        // A dearer one takes less and costs nobody anything.
        let (dear, none, _) = enter(1.0, 1.0, [0.1, 0.1, 0.2], [0.0; 3]);
        assert!(dear[2] < dear[0] && none.abs() < 1e-15);
    }

    #[test]
    fn the_composite_knows_its_slopes() {
        let (base, change) = ([0.2, 0.25, 0.12], [0.01, 0.0, 0.03]);
        let (_, _, weight) = enter(1.0, 1.0, base, change);
        for (r, weight) in weight.into_iter().enumerate() {
            let moved = |by: f64| enter(1.0, 1.0, base, std::array::from_fn(|k| change[k] + if k == r { by } else { 0.0 })).1;
            let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((weight - numeric).abs() < 1e-8, "{r}: {weight} {numeric}");
        }
    }

    #[test]
    fn a_service_that_is_closed_or_has_no_room_takes_nobody() {
        for (open, capacity) in [(0.0, 1.0), (1.0, 0.0)] {
            let (shares, log_g, _) = enter(open, capacity, [0.1, 0.1, 0.0], [0.0; 3]);
            assert_eq!((shares, log_g), ([0.6, 0.4, 0.0], 0.0));
        }
    }
}
