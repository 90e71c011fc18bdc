//! τ: what a day on the way costs, as a share of the goods' value (Hummels & Schaur 2013: 0.6% to 2.1% for manufactures).

use super::Quality;
use super::codes::Codes;
use super::moments::{self, Meaning};
use super::numbers::number;
use super::table::{Complaints, Layout, Table};
use crate::uncertainty::{Number, toml_key};
use std::collections::HashMap;

pub(super) const LAYOUT: Layout = Layout { required: &["sector", "mean", "quality"], optional: &["sd", "dist", "source"] };

/// Above this a day on the way is doubted: no study finds a tenth of it lost in a day.
const DOUBTFUL: f64 = 0.1;

/// The value of time. `time_value.csv`: sector,mean,sd,dist,quality,source  (sector may be *)
#[derive(Debug, Clone, PartialEq)]
pub struct TimeValue {
    /// `None`: every sector without a row of its own.
    pub sector: Option<usize>,
    /// Ad valorem a day, a fraction; named `time_value.<sector>` where uncertain.
    pub value: Number,
    pub quality: Quality,
}

pub(super) fn time_values(table: &Table, codes: &Codes, complaints: &mut Complaints) -> Vec<TimeValue> {
    let mut found = Vec::new();
    let mut first = HashMap::new();
    for row in table.rows() {
        let (field, mean) = (row.field("sector"), row.field("mean"));
        let sector = codes.sectors.find_or_all(&field, complaints);
        let meaning = Meaning { what: "a value of time", may_be_infinite: false };
        let value = moments::number(&row, format!("time_value.{}", toml_key(&field.text)), &meaning, complaints);
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        let lost = number(&mean.text).unwrap_or(0.0);
        let help = "write a fraction of the value a day: 0.008 for 0.8%";
        if lost > 1.0 {
            complaints.error(&mean.span, || (format!("a day on the way costs `{}` times the goods' value", mean.text), Some(help.into())));
            continue;
        }
        if lost > DOUBTFUL {
            let message = format!("a day on the way costs `{}` of the goods' value: is it meant so?", mean.text);
            complaints.warn(&mean.span, message, Some(help.into()));
        }
        let Some(sector) = sector else { continue };
        if let Some(before) = first.insert(sector, row.span()) {
            complaints.duplicate(&row.span(), format!("the value of time of {}", field.text), &before);
            continue;
        }
        let (Some(value), Some(quality)) = (value, quality) else { continue };
        found.push(TimeValue { sector, value, quality });
    }
    found
}
