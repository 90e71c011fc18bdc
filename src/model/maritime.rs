//! How trade comes to the sea: more trade (volume), the same trade by sea (route), and their product (joint); they add up exactly (MODEL 11).
//!
//! V′φ′ − Vφ = φ(V′−V) + V(φ′−φ) + (V′−V)(φ′−φ),  V the pair's customs value, φ the sea's share of it.

use crate::numerics::Real;

/// The change in trade by sea and its parts, in the unit of `before`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift<R> {
    pub volume: R,
    pub route: R,
    pub joint: R,
    pub total: R,
}

/// The shift of a pair whose value goes from `before` to `after` and whose sea share from `share_before` to `share_after`.
#[inline(always)]
pub fn shift<R: Real>(before: R, after: R, share_before: R, share_after: R) -> Shift<R> {
    let (more, moved) = (after - before, share_after - share_before);
    let (volume, route, joint) = (share_before * more, before * moved, more * moved);
    Shift { volume, route, joint, total: volume + route + joint }
}
