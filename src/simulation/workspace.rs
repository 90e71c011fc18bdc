//! What a thread works in: the state of a lane batch, allocated once and reused from chunk to chunk, so that no draw allocates.

use super::path::Paths;
use super::plan::Plan;
use super::profile::{Clock, Profile};
use crate::numerics::Real;
use std::any::Any;

/// Room for the draws of one plan, on whatever instruction set.
pub struct Workspace<'a> {
    pub(super) plan: &'a Plan,
    /// Where each uncertain number stands among those of a draw.
    pub(super) places: Vec<usize>,
    /// The uncertain numbers of the last chunk: parameter-major, [`super::chunk::CHUNK`] a parameter.
    pub inputs: Vec<f64>,
    timed: bool,
    profile: Profile,
    /// [`Lanes`] of the lane type that was used last.
    lanes: Option<Box<dyn Any + Send>>,
}

/// Lane batches whose numbers are fetched together: a parameter's draws lie side by side, those of different parameters 2 KiB apart.
pub(super) const AHEAD: usize = 4;

/// What hangs on the lane type.
pub(super) struct Lanes<R> {
    pub paths: Paths<R>,
    /// The uncertain numbers of this batch and those that follow.
    pub ahead: [Vec<R>; AHEAD],
    /// The changes of one period's cells.
    pub changes: Vec<R>,
}

impl<'a> Workspace<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let places = plan.world.parameters.drawn_places();
        Workspace { plan, places, inputs: Vec::new(), timed: false, profile: Profile::default(), lanes: None }
    }

    /// One that keeps account of its time.
    pub fn timed(plan: &'a Plan) -> Self {
        Workspace { timed: true, ..Workspace::new(plan) }
    }

    /// Where the time of its chunks went; nothing unless it is [`Workspace::timed`].
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The lanes, to be given back; new ones where there are none of this type.
    pub(super) fn take_lanes<R: Real>(&mut self) -> Box<Lanes<R>> {
        let mut lanes = match self.lanes.take().map(|lanes| lanes.downcast::<Lanes<R>>()) {
            Some(Ok(lanes)) => lanes,
            _ => Box::new(Lanes {
                paths: Paths::new(&self.plan.world),
                ahead: std::array::from_fn(|_| vec![R::zero(); self.plan.world.parameters.places()]),
                changes: vec![R::zero(); self.plan.tables.len()],
            }),
        };
        lanes.paths.clock = if self.timed { Clock::started() } else { Clock::still() };
        lanes
    }

    pub(super) fn give_back<R: Real>(&mut self, lanes: Box<Lanes<R>>) {
        self.profile = self.profile.plus(lanes.paths.clock.read());
        self.lanes = Some(lanes);
    }
}
