//! An uncertain number as a table gives it: mean, standard deviation and the family of its distribution, each in a column.

use super::table::{Complaints, Field, Row};
use crate::uncertainty::{Distribution, Number, Refusal, Uncertain};

/// A normal one must lie this many standard deviations above zero; the lognormal and the gamma need not.
const CLEAR_OF_ZERO: f64 = 4.0;

/// What the number is, for messages and for what it may be.
pub(super) struct Meaning {
    /// With its article: `an elasticity`.
    pub what: &'static str,
    /// Whether the mean may be `inf`: an elasticity of supply may.
    pub may_be_infinite: bool,
}

#[derive(Clone, Copy)]
enum Shape {
    Fixed,
    Normal,
    Lognormal,
    Gamma,
}

const SHAPES: &[(&str, Shape)] =
    &[("fixed", Shape::Fixed), ("normal", Shape::Normal), ("lognormal", Shape::Lognormal), ("gamma", Shape::Gamma)];

/// The number in a row's mean, sd and dist: fixed where sd is zero or empty, else uncertain and called `path`. Zero or more.
pub(super) fn number(row: &Row, path: String, meaning: &Meaning, complaints: &mut Complaints) -> Option<Number> {
    let (mean_field, sd_field, dist_field) = (row.field("mean"), row.field("sd"), row.field("dist"));
    let infinite = meaning.may_be_infinite && mean_field.text.eq_ignore_ascii_case("inf");
    let mean = if infinite { Some(f64::INFINITY) } else { complaints.number(&mean_field) };
    let sd = complaints.number_or(&sd_field, 0.0);
    let shape = if dist_field.text.is_empty() { Some(Shape::Fixed) } else { complaints.word(&dist_field, SHAPES) };
    let (mean, sd, shape) = (mean?, sd?, shape?);
    if sd == 0.0 {
        return Some(Number::Fixed(mean));
    }
    if infinite {
        complaints.error(&sd_field.span, || ("an infinite elasticity has no standard deviation".into(), Some("leave `sd` empty".into())));
        return None;
    }
    let distribution = match shape {
        Shape::Fixed => {
            complaints.error(&dist_field.span, || {
                let help = "name its distribution: `lognormal`, `gamma` or `normal`; or leave `sd` empty".to_string();
                (format!("`{path}` has a standard deviation but no distribution"), Some(help))
            });
            return None;
        }
        Shape::Normal if mean - CLEAR_OF_ZERO * sd <= 0.0 => {
            complaints.error(&dist_field.span, || {
                let what = meaning.what;
                let reason = format!("a normal distribution with mean {mean} and sd {sd} reaches below zero, where {what} has no meaning");
                (reason, Some(format!("use `lognormal` or `gamma`, or an sd below {}", mean / CLEAR_OF_ZERO)))
            });
            return None;
        }
        // What is left of it below zero, less than 1 in 30,000, is cut off: one draw in a long run would otherwise have no solution.
        Shape::Normal => Distribution::normal(mean, sd).and_then(|normal| Distribution::truncated(normal, Some(0.0), None)),
        Shape::Lognormal => Distribution::lognormal(mean, sd),
        Shape::Gamma => Distribution::gamma_from_moments(mean, sd),
    };
    match distribution {
        Ok(distribution) => Some(Number::Uncertain(Box::new(Uncertain { path, distribution }))),
        Err(refusal) => {
            refuse(&refusal, [&mean_field, &sd_field, &dist_field], complaints);
            None
        }
    }
}

/// Points at the cell that a distribution was refused for.
fn refuse(refusal: &Refusal, [mean, sd, dist]: [&Field; 3], complaints: &mut Complaints) {
    let field = match refusal.key {
        "mean" => mean,
        "sd" => sd,
        _ => dist,
    };
    complaints.error(&field.span, || (refusal.to_string(), None));
}
