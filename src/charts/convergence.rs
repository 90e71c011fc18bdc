//! How fast the simulation error of the outcomes' means falls with the number of draws N, both axes logarithmic.
//!
//! Random draws fall as 1/√N; a Sobol' design on a smooth outcome comes near 1/N or beats it. Both slopes are drawn as guides from where the median outcome starts.
//! All outcomes are thin grey lines; the three with the largest error at the end, and the median one, have their colours and names.

use super::ChartError;
use super::axis::Axis;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::font;
use super::number::{Format, Unit, drawable};
use super::placement::spread;
use super::plot::{Marks, Plot};
use super::theme::{AXIS, BLUE, Colour, GRID, HEIGHT, INK, MARGIN, MUTED, ORANGE, PURPLE, SMALL, VERMILION, WIDTH};
use serde::{Deserialize, Serialize};

/// The error of one outcome by the number of draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConvergenceLine {
    /// The outcome's name.
    pub label: String,
    /// Draws, and the standard error of the mean after them as a fraction; in order of draws.
    #[serde(with = "figures")]
    pub points: Vec<(f64, f64)>,
}

/// Simulation error against the number of draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConvergenceChart {
    /// What is shown: "Simulation error of the outcomes' means".
    pub title: String,
    /// What the error is measured against, the sampler, how it was estimated.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// What the error is a share of, as the axis names it: "standard error as a share of the mean".
    pub measure: String,
    /// One per outcome and period, in any order. A point with an error of zero cannot stand on a logarithmic axis and is left out.
    pub lines: Vec<ConvergenceLine>,
    /// The precision that was asked for, if any: a line across the chart.
    #[serde(with = "figures")]
    pub target: Option<f64>,
}

/// How many lines are named besides the median.
const WORST: usize = 3;
const COLOURS: [Colour; WORST] = [VERMILION, ORANGE, PURPLE];
/// Slopes to compare with: minus the exponent of N, and what it is called.
const GUIDES: [(f64, &str, &str); 2] = [(0.5, "1/√N", "slope of random draws"), (1.0, "1/N", "twice as steep")];
/// Room for the names at the end of the lines.
const NAMES: f64 = 172.0;

/// A label in the margin: the y it points to, its figure, and the lines of its name.
struct Name {
    at: f64,
    head: (String, Style),
    lines: Vec<String>,
}

impl Name {
    fn new(at: f64, head: String, colour: Colour, label: &str) -> Name {
        let style = Style { colour, ..LABEL_STYLE.bold() };
        Name { at, head: (head, style), lines: font::wrap(label, SMALL, false, NAMES, 2) }
    }

    fn height(&self) -> f64 {
        15.0 + 13.0 * self.lines.len() as f64
    }
}

impl ConvergenceChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let mut curves: Vec<Curve<'_>> = self.lines.iter().map(Curve::of).collect();
        let exact: Vec<&str> = curves.iter().filter(|curve| curve.points.is_empty()).map(|curve| curve.label).collect();
        let notes =
            if exact.is_empty() { vec![] } else { vec![format!("Without error, or not known, and not shown: {}.", exact.join(", "))] };
        curves.retain(|curve| !curve.points.is_empty());
        curves.sort_by(|a, b| b.last().total_cmp(&a.last()));
        let Some(origin) = curves.get(curves.len() / 2).and_then(|middle| middle.points.first().copied()) else {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No outcome varies over the draws: there is no simulation error to show.",
            ));
        };
        let named = WORST.min(curves.len());
        let median = Some(curves.len() / 2).filter(|m| *m >= named);
        let target = self.target.filter(|t| known(*t)).map(f64::log10);
        let all = || curves.iter().flat_map(|curve| &curve.points);
        let (x_low, x_high) = range(all().map(|(n, _)| *n));
        let (y_low, y_high) = range(all().map(|(_, e)| *e).chain(target));
        let air = 0.04 * (y_high - y_low).max(0.5);
        let single = x_high - x_low < 1e-6;

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let foot = HEIGHT - canvas.footer_height(&notes, &self.source);
        let y_ticks = ticks(&Unit::Fraction, y_low - air, y_high + air, 7.0);
        let gutter = y_ticks.iter().map(|(_, text)| TICK_STYLE.width(text)).fold(0.0, f64::max) + 8.0;
        let plot = Plot {
            left: MARGIN + gutter,
            top: top + 16.0,
            width: WIDTH - 2.0 * MARGIN - gutter - NAMES - 22.0,
            height: (foot - 46.0 - top - 16.0).max(120.0),
            x: if single { (x_low - 0.3, x_high + 0.3) } else { (x_low, x_high) },
            y: (y_low - air, y_high + air),
        };
        canvas.text(MARGIN, top + 4.0, Anchor::Start, TICK_STYLE, &TICK_STYLE.shorten(&self.measure, WIDTH - 2.0 * MARGIN));
        set_axes(&mut canvas, &plot, &y_ticks);

        let guides = if single { vec![] } else { GUIDES.map(|guide| Guide::from(origin, guide, &plot)).to_vec() };
        // From the back: the many, the guides, the named.
        plot.draw(&mut canvas, |marks| {
            for (_, curve) in curves.iter().enumerate().skip(named).filter(|(i, _)| Some(*i) != median) {
                curve.draw(marks, AXIS.tint(0.45), 0.9)?;
            }
            for guide in &guides {
                marks.dashed([origin, guide.end], MUTED, 1.2)?;
            }
            for (curve, colour) in curves.iter().zip(COLOURS).rev() {
                curve.draw(marks, colour, 2.3)?;
            }
            median.map_or(Ok(()), |m| curves[m].draw(marks, BLUE, 2.3))
        })?;
        set_at_foot(&mut canvas, &plot, origin, &guides);

        let mut names: Vec<Name> =
            guides.iter().filter(|g| !g.cut).map(|g| Name::new(plot.at_y(g.end.1), g.head.to_owned(), MUTED, g.label)).collect();
        if let Some(target) = target {
            canvas.line((plot.left, plot.at_y(target)), (plot.right(), plot.at_y(target)), INK, 1.2);
            names.push(Name::new(plot.at_y(target), percent(target), INK, "precision asked for"));
        }
        for (curve, colour) in curves.iter().zip(COLOURS) {
            names.push(Name::new(plot.at_y(curve.last()), percent(curve.last()), colour, curve.label));
        }
        if let Some(curve) = median.map(|m| &curves[m]) {
            names.push(Name::new(plot.at_y(curve.last()), percent(curve.last()), BLUE, &format!("median: {}", curve.label)));
        }
        set_names(&mut canvas, &plot, &names, foot);
        Ok(canvas.finish(foot, &notes, &self.source))
    }
}

/// A line in logarithms, without the points that have none.
struct Curve<'a> {
    label: &'a str,
    points: Vec<(f64, f64)>,
}

impl<'a> Curve<'a> {
    fn of(line: &'a ConvergenceLine) -> Curve<'a> {
        let points = line.points.iter().filter(|(draws, error)| known(*draws) && known(*error));
        Curve { label: &line.label, points: points.map(|(draws, error)| (draws.log10(), error.log10())).collect() }
    }

    /// The error at the end.
    fn last(&self) -> f64 {
        self.points.last().map_or(f64::NEG_INFINITY, |(_, error)| *error)
    }

    fn draw(&self, marks: &mut Marks<'_, '_>, colour: Colour, width: f64) -> Result<(), ChartError> {
        match self.points.as_slice() {
            [only] => marks.dot(*only, 2.0 + 0.6 * width, colour),
            points => marks.line(points.iter().copied(), colour, width),
        }
    }
}

/// A line of known slope to compare with, to the right edge or to the foot of the plot, whichever it meets first.
#[derive(Clone)]
struct Guide {
    head: &'static str,
    label: &'static str,
    end: (f64, f64),
    cut: bool,
}

impl Guide {
    fn from(origin: (f64, f64), (slope, head, label): (f64, &'static str, &'static str), plot: &Plot) -> Guide {
        let end = (plot.x.1, origin.1 - slope * (plot.x.1 - origin.0));
        let cut = end.1 < plot.y.0;
        Guide { head, label, end: if cut { (origin.0 + (origin.1 - plot.y.0) / slope, plot.y.0) } else { end }, cut }
    }
}

/// Gridlines and figures: errors up the side, draws along the foot.
fn set_axes(canvas: &mut Canvas, plot: &Plot, y_ticks: &[(f64, String)]) {
    for (tick, text) in y_ticks {
        let y = plot.at_y(tick.log10());
        canvas.line((plot.left, y), (plot.right(), y), GRID, 1.0);
        canvas.text(plot.left - 8.0, y + 4.0, Anchor::End, TICK_STYLE, text);
    }
    let mut free = f64::NEG_INFINITY;
    for (tick, text) in ticks(&Unit::Ratio, plot.x.0, plot.x.1, 8.0) {
        let (x, half) = (plot.at_x(tick.log10()), TICK_STYLE.width(&text) / 2.0);
        canvas.line((x, plot.bottom()), (x, plot.bottom() + 4.0), AXIS, 1.0);
        // 1, 2 and 5 of one power of ten may stand closer than long figures have room for.
        if x - half >= free {
            canvas.text(x, plot.bottom() + 17.0, Anchor::Middle, TICK_STYLE, &text);
            free = x + half + 8.0;
        }
    }
    canvas.text(plot.right(), plot.bottom() + 34.0, Anchor::End, TICK_STYLE, "draws");
    canvas.line((plot.left, plot.bottom()), (plot.right(), plot.bottom()), AXIS, 1.2);
}

/// Guides that leave the plot at its foot are named there, on their lower side, where the curves are not.
fn set_at_foot(canvas: &mut Canvas, plot: &Plot, origin: (f64, f64), guides: &[Guide]) {
    let style = Style { colour: MUTED, ..LABEL_STYLE.bold() };
    let mut taken = f64::INFINITY;
    for guide in guides.iter().filter(|guide| guide.cut) {
        // Left of where the guide passes the top of the label.
        let (end, start) = ((plot.at_x(guide.end.0), plot.bottom()), (plot.at_x(origin.0), plot.at_y(origin.1)));
        let passes = end.0 - (end.0 - start.0) * (24.0 / (end.1 - start.1).max(24.0));
        let width = style.width(guide.head);
        let x = (passes - 6.0 - width).max(plot.left + 4.0);
        if x + width + 8.0 < taken {
            canvas.text_on_map(x, plot.bottom() - 8.0, style, guide.head);
            taken = x;
        }
    }
}

fn set_names(canvas: &mut Canvas, plot: &Plot, names: &[Name], foot: f64) {
    let wanted: Vec<f64> = names.iter().map(|name| name.at).collect();
    let sizes: Vec<f64> = names.iter().map(Name::height).collect();
    let centres = spread(&wanted, &sizes, 3.0, plot.top - 14.0, foot);
    let x = plot.right() + 20.0;
    for ((name, size), (from, centre)) in names.iter().zip(&sizes).zip(wanted.iter().zip(&centres)) {
        let top = centre - size / 2.0;
        canvas.line((plot.right() + 2.0, *from), (x - 4.0, top + 8.0), AXIS, 0.8);
        canvas.text(x, top + 12.0, Anchor::Start, name.head.1, &name.head.0);
        for (i, line) in name.lines.iter().enumerate() {
            canvas.text(x, top + 25.0 + 13.0 * i as f64, Anchor::Start, NOTE_STYLE, line);
        }
    }
}

/// Whether a number has a logarithm that can stand on an axis.
fn known(value: f64) -> bool {
    drawable(value) && value > 1e-100
}

/// An error by its logarithm, in per cent.
fn percent(log: f64) -> String {
    Unit::Fraction.format(10f64.powf(log))
}

fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

/// About `wanted` round values between two powers of ten, and how they are written: whole powers over many decades, 1, 2 and 5 times them over a few,
/// and evenly spaced ones where the axis is so short that it is nearly linear.
fn ticks(unit: &Unit, low: f64, high: f64, wanted: f64) -> Vec<(f64, String)> {
    let (first, end) = (low.floor() as i32, high.ceil() as i32);
    let every = ((high - low) / wanted).ceil().max(1.0) as usize;
    let multiples: &[f64] = if high - low > 0.55 * wanted { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let inside = |v: &f64| (low - 1e-9..=high + 1e-9).contains(&v.log10());
    let values = (first..=end).step_by(every).flat_map(|p| multiples.iter().map(move |m| m * 10f64.powi(p))).filter(inside);
    // Over decades each has its own decimals: 0.01%, 0.1%, 1%.
    let ticks: Vec<(f64, String)> = values.map(|tick| (tick, Format::axis(unit, tick, tick).bare(tick))).collect();
    if ticks.len() >= 3 {
        return ticks;
    }
    let axis = Axis::spanning(unit, 10f64.powf(low), 10f64.powf(high), 5);
    axis.ticks.iter().filter(|tick| **tick > 0.0).map(|tick| (*tick, axis.format.tick(*tick))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithmic_ticks_are_round_few_and_inside_and_say_what_they_are() {
        let written = |unit, low, high| ticks(&unit, low, high, 8.0).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(written(Unit::Ratio, 2.4, 3.8), ["500", "1,000", "2,000", "5,000"]);
        assert_eq!(written(Unit::Fraction, -4.1, -1.9), ["0.01%", "0.02%", "0.05%", "0.1%", "0.2%", "0.5%", "1%"]);
        assert_eq!(written(Unit::Fraction, -2.02, -1.69), ["1.00%", "1.25%", "1.50%", "1.75%", "2.00%"]);
        assert_eq!(written(Unit::Ratio, -0.1, 5.2), ["1", "10", "100", "1,000", "10,000", "100,000"]);
        for (low, high) in [(-3.0, -2.9), (-0.1, 0.2), (-99.0, 99.0), (2.4, 5.0), (0.0, 0.6)] {
            let ticks = ticks(&Unit::Fraction, low, high, 7.0);
            assert!((3..=12).contains(&ticks.len()), "{low}..{high}: {ticks:?}");
            assert!(ticks.iter().all(|(t, _)| t.log10() >= low - 1e-6 && t.log10() <= high + 1e-6));
        }
    }
}
