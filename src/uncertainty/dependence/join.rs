//! Draws of linked numbers: from uniform numbers that know nothing of each other to such that go together, in place.
//!
//! Student-t scores share one mixing variable W a set. Its first member keeps its own T₀, so W is drawn given T₀: √W = √((ν + T₀²)/χ²_(ν+1)), and
//! T_k = L_k0 T₀ + √W Σ_(j≥1) L_kj z_j. With √W = 1 the same line is the Gaussian's.

use super::{Dependence, Member, Mixing, Set};
use crate::numerics::Real;
use crate::uncertainty::Design;
use crate::uncertainty::distribution::{standard_quantile, standard_tails};

/// Draws taken at a time: the mixing of so many is kept beside them. As many as share an order of their Sobol' points, which is made anew each time.
const BLOCK: usize = 256;

/// Where draws stand among a column-major table of inputs.
#[derive(Debug, Clone, Copy)]
struct Window {
    stride: usize,
    start: usize,
    count: usize,
}

impl Window {
    #[inline(always)]
    fn of(self, member: &Member) -> std::ops::Range<usize> {
        let from = member.places[0] * self.stride + self.start;
        from..from + self.count
    }
}

impl Dependence {
    /// Fills the columns of the numbers it joins with uniform numbers, `stride` draws from `first_draw` on. The design's streams past `streams` are those of
    /// [`Dependence::streams`]. Allocates nothing.
    #[inline(always)]
    pub(in crate::uncertainty) fn fill<R: Real>(
        &self,
        design: &Design,
        streams: usize,
        first_draw: u64,
        stride: usize,
        inputs: &mut [f64],
    ) {
        for (k, set) in self.sets.iter().enumerate() {
            let mut start = 0;
            while start < stride {
                let window = Window { stride, start, count: BLOCK.min(stride - start) };
                set.fill::<R>(self.mixing.as_ref(), design, streams + k, first_draw + start as u64, window, inputs);
                start += BLOCK;
            }
        }
    }

    /// As [`Dependence::fill`], for a quadrature: coordinates, in standard deviations.
    pub(in crate::uncertainty) fn fill_coordinates(&self, design: &Design, first_draw: u64, stride: usize, inputs: &mut [f64]) {
        for set in &self.sets {
            let window = Window { stride, start: 0, count: stride };
            for member in &set.members {
                design.fill(member.places[0], first_draw, &mut inputs[window.of(member)]);
            }
            for k in (0..set.members.len()).rev() {
                for draw in 0..stride {
                    let terms = set.members[k].row.iter().zip(&set.members);
                    let sum = terms.map(|(weight, member)| weight * inputs[window.of(member).start + draw]).sum();
                    inputs[window.of(&set.members[k]).start + draw] = sum;
                }
            }
            for member in &set.members {
                member.hand_on(window, inputs);
            }
        }
    }
}

impl Set {
    #[inline(always)]
    fn fill<R: Real>(&self, mixing: Option<&Mixing>, design: &Design, stream: usize, first_draw: u64, window: Window, inputs: &mut [f64]) {
        let (mut roots, mut own) = ([1.0; BLOCK], [0.0; BLOCK]);
        let (roots, own) = (&mut roots[..window.count], &mut own[..window.count]);
        // Scores that know nothing of each other; the first member's is of the copula already.
        for (k, member) in self.members.iter().enumerate() {
            let column = &mut inputs[window.of(member)];
            design.fill(member.places[0], first_draw, column);
            if k == 0 {
                own.copy_from_slice(column);
            }
            match mixing {
                Some(mixing) if k == 0 => {
                    design.fill(stream, first_draw, roots);
                    mixing.start(column, roots);
                }
                _ => normal_scores::<R>(column),
            }
        }
        // From the last on: a member's row needs the earlier ones as they were.
        for member in self.members.iter().skip(1).rev() {
            self.combine::<R>(member, roots, window, inputs);
        }
        for member in &self.members[1..] {
            let column = window.of(member);
            match (member.twin, mixing) {
                (Some(_), _) => {}
                (None, Some(mixing)) => mixing.uniforms(&mut inputs[column]),
                (None, None) => normal_uniforms::<R>(&mut inputs[column]),
            }
        }
        // The first has its own numbers back, twins have them to the last bit.
        let first = &self.members[0];
        inputs[window.of(first)].copy_from_slice(own);
        for member in &self.members {
            if let Some(twin) = member.twin {
                let from = window.of(&self.members[twin.member]);
                let to = window.of(member);
                inputs.copy_within(from, to.start);
                if twin.opposite {
                    inputs[to].iter_mut().for_each(|u| *u = inside(1.0 - *u));
                }
            }
        }
        for member in &self.members {
            member.hand_on(window, inputs);
        }
    }

    /// T_k = L_k0 T₀ + √W Σ L_kj z_j, in the place of z_k.
    #[inline(always)]
    fn combine<R: Real>(&self, member: &Member, roots: &[f64], window: Window, inputs: &mut [f64]) {
        let wide = window.count - window.count % R::LANES;
        let mut draw = 0;
        while draw < wide {
            self.combine_at::<R>(member, roots, window, draw, inputs);
            draw += R::LANES;
        }
        while draw < window.count {
            self.combine_at::<f64>(member, roots, window, draw, inputs);
            draw += 1;
        }
    }

    #[inline(always)]
    fn combine_at<R: Real>(&self, member: &Member, roots: &[f64], window: Window, draw: usize, inputs: &mut [f64]) {
        let mut others = R::zero();
        let mut j = 1;
        while j < member.row.len() {
            let z = R::load(&inputs[window.of(&self.members[j]).start + draw..]);
            others = z.mul_add(R::splat(member.row[j]), others);
            j += 1;
        }
        let first = R::load(&inputs[window.of(&self.members[0]).start + draw..]);
        let sum = first.mul_add(R::splat(member.row[0]), R::load(&roots[draw..]) * others);
        sum.store(&mut inputs[window.of(member).start + draw..]);
    }
}

impl Member {
    /// What its first number has, for all its numbers.
    #[inline(always)]
    fn hand_on(&self, window: Window, inputs: &mut [f64]) {
        for place in &self.places[1..] {
            inputs.copy_within(window.of(self), place * window.stride + window.start);
        }
    }
}

impl Mixing {
    /// Uniform numbers become scores T₀, and uniform numbers of the mixing √W given them.
    fn start(&self, scores: &mut [f64], roots: &mut [f64]) {
        for (score, root) in scores.iter_mut().zip(roots) {
            *score = self.t.quantile(*score, 1.0 - *score);
            let chi_square = 2.0 * self.half_chi_square.quantile(*root, 1.0 - *root);
            *root = ((self.df + *score * *score) / chi_square).sqrt();
        }
    }

    fn uniforms(&self, scores: &mut [f64]) {
        for score in scores {
            *score = inside(self.t.tails(*score).0);
        }
    }
}

#[inline(always)]
fn normal_scores<R: Real>(column: &mut [f64]) {
    let wide = column.len() - column.len() % R::LANES;
    let (wide, rest) = column.split_at_mut(wide);
    for lanes in wide.chunks_exact_mut(R::LANES) {
        let u = R::load(lanes);
        standard_quantile(u, R::one() - u).store(lanes);
    }
    for u in rest {
        *u = standard_quantile(*u, 1.0 - *u);
    }
}

#[inline(always)]
fn normal_uniforms<R: Real>(column: &mut [f64]) {
    let wide = column.len() - column.len() % R::LANES;
    let (wide, rest) = column.split_at_mut(wide);
    for lanes in wide.chunks_exact_mut(R::LANES) {
        inside(standard_tails(R::load(lanes)).0).store(lanes);
    }
    for z in rest {
        *z = inside(standard_tails(*z).0);
    }
}

/// As far inside (0, 1) as a design's own numbers are.
#[inline(always)]
fn inside<R: Real>(u: R) -> R {
    u.max(R::splat(0.5 * f64::EPSILON)).min(R::splat(1.0 - 0.5 * f64::EPSILON))
}
