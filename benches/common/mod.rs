//! What the benches share: sectors and worlds made up for measuring, the kernels that more than one of them runs, and how they tell what they saw.
#![allow(dead_code)] // Each bench uses its own part.

pub mod draws;
pub mod kernels;
pub mod operations;
pub mod sectors;
pub mod seen;
pub mod worlds;
