//! What a day on the way costs: a share of the goods' value (Hummels & Schaur 2013).

use super::Quality;
use crate::uncertainty::Number;

/// The value of time. `time_value.csv`: sector,mean,sd,dist,quality,source  (sector may be *)
#[derive(Debug, Clone, PartialEq)]
pub struct TimeValue {
    /// `None`: every sector without a row of its own.
    pub sector: Option<usize>,
    /// Ad valorem a day, a fraction; named `time_value.<sector>` where uncertain.
    pub value: Number,
    pub quality: Quality,
}
