//! Where the time of a run goes, stage by stage, on one thread.
//!
//! A clock is read whenever a lane batch goes from one stage to another, and only where somebody asks: a run's own clocks stand still. Nothing of it is in any result.

use super::merged::Merged;
use super::plan::Plan;
use super::results::Results;
use super::run;
use super::workspace::Workspace;
use crate::numerics::Isa;
use std::time::{Duration, Instant};

/// What a run does in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Uniform numbers, copulas, quantile functions.
    Sampling,
    /// The base year as each draw has it.
    Calibration,
    /// Elasticities, tariffs, exchange rates, and the wedges that follow from them and from transport.
    Policy,
    /// Costs of routes, the choice among them, waiting.
    Transport,
    /// The equilibrium of every sector and period.
    Solve,
    /// The cells of the wide tables, their sums, outcomes and moments.
    Tables,
    /// Chunks put together.
    Merging,
}

impl Stage {
    pub const ALL: [Stage; 7] =
        [Stage::Sampling, Stage::Calibration, Stage::Policy, Stage::Transport, Stage::Solve, Stage::Tables, Stage::Merging];

    /// Its name in a table.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Sampling => "sampling",
            Stage::Calibration => "calibration",
            Stage::Policy => "policy",
            Stage::Transport => "transport",
            Stage::Solve => "solve",
            Stage::Tables => "tables and outcomes",
            Stage::Merging => "merging",
        }
    }
}

/// The time spent in each stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Profile {
    spent: [Duration; Stage::ALL.len()],
}

impl Profile {
    pub fn of(&self, stage: Stage) -> Duration {
        self.spent[stage as usize]
    }

    /// All stages together.
    pub fn whole(&self) -> Duration {
        self.spent.iter().sum()
    }

    fn add(&mut self, stage: Stage, time: Duration) {
        self.spent[stage as usize] += time;
    }

    /// With another's time.
    pub(super) fn plus(mut self, other: Profile) -> Profile {
        for (spent, other) in self.spent.iter_mut().zip(other.spent) {
            *spent += other;
        }
        self
    }
}

/// Counts for one stage at a time, if it was started at all.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Since when it counts for `stage`.
    since: Option<Instant>,
    stage: Stage,
    profile: Profile,
}

impl Clock {
    /// One that counts nothing.
    pub fn still() -> Self {
        Clock { since: None, stage: Stage::Sampling, profile: Profile::default() }
    }

    /// One that counts from now on, for sampling first.
    pub fn started() -> Self {
        Clock { since: Some(Instant::now()), ..Clock::still() }
    }

    /// Counts for `stage` from now on.
    #[inline(always)]
    pub fn enter(&mut self, stage: Stage) {
        if let Some(since) = self.since {
            self.turn(since, stage);
        }
    }

    #[cold]
    #[inline(never)]
    fn turn(&mut self, since: Instant, stage: Stage) {
        let now = Instant::now();
        self.profile.add(self.stage, now - since);
        (self.since, self.stage) = (Some(now), stage);
    }

    /// What it has counted for the stages that are over.
    pub fn read(&self) -> Profile {
        self.profile
    }
}

/// Runs every draw of the plan on this thread and tells where the time went.
pub fn profile(plan: &Plan, isa: Isa) -> (Results, Profile) {
    let (design, mut merged) = (plan.design(), Merged::new(plan, plan.branches()));
    let mut workspace = Workspace::timed(plan);
    let mut merging = Duration::ZERO;
    for index in 0..run::chunks(plan) {
        let chunk = run::work(plan, &design, index, None).run_in(isa, &mut workspace);
        let start = Instant::now();
        merged.add(chunk);
        merging += start.elapsed();
    }
    let mut profile = workspace.profile();
    profile.add(Stage::Merging, merging);
    (merged.finish(plan.draws), profile)
}
