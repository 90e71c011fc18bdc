//! Newton for the uses that goods are told of: steps, their limits, and the Jacobian.
//!
//! ln x − ln u(x) rises in every x, but its slope has a bend where a queue begins and falls off where cheap goods give way to waiting all at once. So a step stops at
//! the bend, and where steps go round in a circle they are made uneven and kept within what earlier ones have shown.

use super::{Crowding, NOTHING};
use crate::numerics::{Real, solve_in_place};
use crate::transport::congestion::waiting_slope;
use crate::transport::network::Network;

/// The Newton steps inside go further, so that what is left is the trade's.
const INNER_TOLERANCE: f64 = 1e-6;
const STEPS: usize = 120;
/// Full steps before they are made uneven.
const EVEN: usize = 9;
/// The furthest that a use goes in one step beyond capacity, where waiting soon is so long that nothing more can be learnt from it.
const LONGEST_STEP: f64 = 0.25;

impl<R: Real> Crowding<R> {
    /// Newton in the uses of the lanes in `active`, with trade that answers by its local elasticity. Other lanes keep theirs to the bit.
    #[inline(always)]
    pub fn solve(&mut self, network: &Network, active: u32) {
        let n = self.filling.len();
        let mut moving = active;
        // One evaluation more than there are steps: the volumes are those of the last delays.
        for step in 0..=STEPS {
            self.evaluate(network);
            moving &= !R::bits(self.residual(network).le(R::splat(INNER_TOLERANCE)));
            if moving == 0 || step == STEPS {
                return;
            }
            let calm = self.calm();
            if moving & !calm != 0 {
                self.linearise(network);
                solve_in_place(&mut self.matrix[..n * n], &mut self.left[..n], n);
            }
            let is_calm = R::mask(calm);
            let (mask, one, longest) = (R::mask(moving), R::one(), R::splat(LONGEST_STEP));
            let bounded = step >= EVEN;
            if bounded {
                self.bound(step == EVEN);
            }
            // Ports and the services that fill them can send one another round over their bends. Steps whose length never repeats (multiples of the golden section)
            // break every round.
            let pace = R::splat(if !bounded { 1.0 } else { (step as f64 * 0.618_033_988_749_895).fract().max(0.1) });
            for (at, &f) in self.filling.iter().enumerate() {
                let (told, step) = (self.told[f], pace * self.left[at]);
                // Never past the bend where the queue begins: what is known on one side of it says nothing of the other. Beyond it no further than some waiting
                // can tell; and down as the logarithm sees it, which knows no use below nothing.
                let bend = R::select(told.lt(one), one, told + longest * told * told);
                let up = (told - step).min(bend);
                let down = R::select(one.lt(told), one.max(told - step), told * (-(step / told)).exp());
                let next = R::select(step.lt(R::zero()), up, down);
                let next = if bounded { self.within_bounds(at, told, next) } else { next };
                let next = R::select(is_calm, self.use_of(f), next);
                self.told[f] = R::select(mask, R::splat(NOTHING).max(next), told);
            }
        }
    }

    /// One bit per lane where no port has a queue and what we send is but a part of what passes through each: there waiting hardly answers to us, and goods that are
    /// told of the use they made are right within a thousandth of the error, without any Jacobian.
    #[inline(always)]
    fn calm(&self) -> u32 {
        if self.has_services {
            return 0;
        }
        let mut fullest = R::zero();
        for &f in &self.filling {
            fullest = fullest.max(self.told[f].max(self.use_of(f)));
        }
        R::bits(fullest.lt(R::one()))
    }

    /// Where more comes than was told of, the use lies above; else below. What the others' moves have made wrong is forgotten.
    #[inline(always)]
    fn bound(&mut self, anew: bool) {
        let (none, all) = (R::zero(), R::splat(f64::INFINITY));
        for (at, &f) in self.filling.iter().enumerate() {
            let told = self.told[f];
            let rises = told.lt(self.use_of(f));
            let (least, most) = if anew { (none, all) } else { self.bounds[at] };
            self.bounds[at] = (
                R::select(rises, told, R::select(told.le(least), none, least)),
                R::select(rises, R::select(most.le(told), all, most), told),
            );
        }
    }

    /// A step, or halfway to the bound that it would leave behind: where cheap goods give way to waiting all at once, a slope says little of what is beyond.
    #[inline(always)]
    fn within_bounds(&self, at: usize, told: R, next: R) -> R {
        let (least, most) = self.bounds[at];
        let half = R::splat(0.5);
        let above = R::select(next.lt(most), next, half * (told + most));
        R::select(least.lt(next), above, half * (told + least))
    }

    /// ln x − ln u of every facility that can fill, into `left`, and the derivatives by x, into `matrix`.
    #[inline(always)]
    fn linearise(&mut self, network: &Network) {
        let n = self.filling.len();
        for entry in &mut self.matrix {
            *entry = R::zero();
        }
        for c in 0..self.corridors.len() {
            let index = self.corridors[c];
            let (enters, power, response) = (network.corridors[index].enters, self.power[index], self.trade[c].response);
            for &place in &self.touches[c] {
                self.through[place] = R::zero();
                self.composite_slope[place] = R::zero();
                self.share_slope[place] = R::zero();
            }
            for call in self.held.of(index) {
                let at = call.route;
                let boxes = self.quantity[index] * self.after[at] * R::splat(call.teu_per_usd_m);
                // d ln Ĉ / dΔ
                let slope = self.per_day[at] / self.ratio[at];
                let own = boxes * power * slope;
                let weight = if enters { self.weight[at] } else { self.after[at] };
                for k in self.held.stops(call).iter().filter_map(|&stop| self.place[stop]) {
                    self.through[k] = self.through[k] + boxes;
                    self.share_slope[k] = self.after[at].mul_add(slope, self.share_slope[k]);
                    self.composite_slope[k] = weight.mul_add(slope, self.composite_slope[k]);
                    for l in self.held.stops(call).iter().filter_map(|&stop| self.place[stop]) {
                        self.matrix[l * n + k] = self.matrix[l * n + k] + own;
                    }
                }
            }
            for &k in &self.touches[c] {
                self.composite_slope[k] = response * self.composite_slope[k] - power * self.share_slope[k];
            }
            for &l in &self.touches[c] {
                for &k in &self.touches[c] {
                    self.matrix[l * n + k] = self.through[l].mul_add(self.composite_slope[k], self.matrix[l * n + k]);
                }
            }
        }
        for (k, &f) in self.filling.iter().enumerate() {
            // On the bend, the side that the use lies on.
            let slope = waiting_slope(R::splat(network.facilities[f].free_days), self.told[f], self.told[f].lt(self.use_of(f)));
            for l in 0..n {
                self.matrix[l * n + k] = self.matrix[l * n + k] * slope;
            }
        }
        for (at, &f) in self.filling.iter().enumerate() {
            let (told, found) = (self.told[f], R::splat(NOTHING).max(self.use_of(f)));
            self.left[at] = R::select(R::zero().lt(self.capacity[f]), (told / found).ln(), R::zero());
            // Where nobody comes nobody's waiting matters.
            let per_box = R::select(R::splat(NOTHING).lt(found), R::one() / self.volume[f], R::zero());
            for k in 0..n {
                let entry = -(per_box * self.matrix[at * n + k]);
                self.matrix[at * n + k] = if k == at { entry + R::one() / told } else { entry };
            }
        }
    }
}
