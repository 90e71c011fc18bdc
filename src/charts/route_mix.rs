//! By which routes goods travel, before and after: for each direction two stacked bars of shares that add up to 100%, and the figures beneath with the
//! 5–95% range of the share after.

use super::ChartError;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, Colour, GREEN, GRID, INK, MARGIN, MUTED, ORANGE, PURPLE, SUBTITLE, WHITE, WIDTH};
use crate::baseline::Mode;
use serde::{Deserialize, Serialize};

/// The colour of the mode's first, second, … route of `count`: ever lighter, evenly from the mode's own colour to a fifth of it.
fn colour(mode: Mode, nth: usize, count: usize) -> Colour {
    let colour = match mode {
        Mode::Truck => ORANGE,
        Mode::Rail => GREEN,
        Mode::Sea => BLUE,
        Mode::Air => PURPLE,
        Mode::Pipeline => MUTED,
        Mode::Other => AXIS.tint(0.6),
    };
    colour.tint(1.0 - 0.8 * nth as f64 / count.saturating_sub(1).max(1) as f64)
}

/// One route of a direction. Shares are fractions of the direction's trade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RouteShare {
    /// "truck through the US", "Pacific sea".
    pub label: String,
    /// How goods travel on it.
    pub mode: Mode,
    /// Share in the base year.
    #[serde(with = "figures")]
    pub before: f64,
    /// Mean share over the draws.
    #[serde(with = "figures")]
    pub after: f64,
    /// 5th percentile of the share after.
    #[serde(with = "figures")]
    pub p05: f64,
    /// 95th percentile of the share after.
    #[serde(with = "figures")]
    pub p95: f64,
}

/// One direction of trade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Direction {
    /// "Canada to Mexico".
    pub label: String,
    /// Its routes, in the order they are stacked.
    pub routes: Vec<RouteShare>,
}

/// The route mix before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RouteMixChart {
    /// What is shown: "Canada–Mexico trade by route, 2024 and 2028".
    pub title: String,
    /// Of what the shares are, number of draws.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The name of the state before: "2024".
    pub before: String,
    /// The name of the state after: "2028".
    pub after: String,
    /// Usually two.
    pub directions: Vec<Direction>,
}

const BAR: f64 = 30.0;
const ROW: f64 = 19.0;

impl RouteMixChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        if self.directions.iter().all(|d| d.routes.is_empty()) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "There is no route with trade on it: there is nothing to show.",
            ));
        }
        let (mut canvas, mut y) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        for direction in self.directions.iter().filter(|d| !d.routes.is_empty()) {
            y = self.draw_direction(&mut canvas, direction, y)?;
        }
        Ok(canvas.finish(y - 14.0, &[], &self.source))
    }

    fn draw_direction(&self, canvas: &mut Canvas, direction: &Direction, top: f64) -> Result<f64, ChartError> {
        let heading = Style::new(SUBTITLE, INK).bold();
        let room = WIDTH - 2.0 * MARGIN;
        canvas.text(MARGIN, top + 10.0, Anchor::Start, heading, &heading.shorten(&direction.label, room));
        let gutter = TICK_STYLE.width(&self.before).max(TICK_STYLE.width(&self.after)).min(120.0) + 10.0;
        let plot = Plot {
            left: MARGIN + gutter,
            top: top + 20.0,
            width: room - gutter,
            height: 2.0 * BAR + 6.0,
            x: (0.0, 1.0),
            y: (2.0 * BAR + 6.0, 0.0),
        };
        let colours = colours(&direction.routes);
        let stacks = [stack(direction.routes.iter().map(|r| r.before)), stack(direction.routes.iter().map(|r| r.after))];
        let bar_top = [0.0, BAR + 6.0];
        plot.draw(canvas, |marks| {
            for (stack, top) in stacks.iter().zip(bar_top) {
                for ((from, to), colour) in stack.iter().zip(&colours) {
                    marks.rectangle((*from, top), (*to, top + BAR), *colour)?;
                }
                for (from, _) in stack.iter().skip(1).filter(|(from, to)| *from > 0.0 && *to > *from) {
                    marks.line([(*from, top), (*from, top + BAR)], WHITE, 1.2)?;
                }
            }
            Ok(())
        })?;
        for ((stack, top), name) in stacks.iter().zip(bar_top).zip([&self.before, &self.after]) {
            let y = plot.top + top + BAR / 2.0 + 4.4;
            canvas.text(MARGIN, y, Anchor::Start, TICK_STYLE, &TICK_STYLE.shorten(name, gutter - 9.0));
            for ((from, to), colour) in stack.iter().zip(&colours) {
                let text = Format::together(&Unit::Fraction, &[0.0, 1.0]).bare(to - from);
                let style = Style { colour: colour.ink_on(), ..LABEL_STYLE.bold() };
                if plot.width * (to - from) >= style.width(&text) + 8.0 {
                    canvas.text((plot.at_x(*from) + plot.at_x(*to)) / 2.0, y, Anchor::Middle, style, &text);
                }
            }
        }
        Ok(self.draw_figures(canvas, direction, &colours, plot.bottom() + 20.0))
    }

    /// The routes with their shares: swatch, name, before, after, change, range. Returns the y below.
    fn draw_figures(&self, canvas: &mut Canvas, direction: &Direction, colours: &[Colour], top: f64) -> f64 {
        let right = WIDTH - MARGIN;
        let columns = [right - 330.0, right - 240.0, right - 130.0, right];
        let headings = [self.before.as_str(), self.after.as_str(), "change", "5–95% range"];
        for ((x, heading), room) in columns.iter().zip(headings).zip([84.0, 84.0, 100.0, 120.0]) {
            canvas.text(*x, top, Anchor::End, NOTE_STYLE, &NOTE_STYLE.shorten(heading, room));
        }
        // What is not a share is not printed as one.
        let share_of = |v: f64| if (-0.001..=1.001).contains(&v) { v } else { f64::NAN };
        let format = Format::together(&Unit::Fraction, &[0.0, 0.5]);
        let share = |v: f64| format.bare(share_of(v));
        let change = Format::together(&Unit::PercentagePoints, &[0.0, 0.5]);
        let mut y = top + 5.0;
        for (route, colour) in direction.routes.iter().zip(colours) {
            canvas.line((MARGIN, y), (right, y), GRID, 0.8);
            let line = y + ROW - 5.6;
            canvas.block(MARGIN, line - 8.8, 10.0, 10.0, *colour);
            let ink = Style { colour: INK, ..TICK_STYLE };
            canvas.text(MARGIN + 17.0, line, Anchor::Start, ink, &ink.shorten(&route.label, columns[0] - 84.0 - MARGIN - 17.0));
            canvas.text(columns[0], line, Anchor::End, ink, &share(route.before));
            canvas.text(columns[1], line, Anchor::End, ink.bold(), &share(route.after));
            canvas.text(columns[2], line, Anchor::End, ink, &change.full(share_of(route.after) - share_of(route.before)));
            canvas.text(columns[3], line, Anchor::End, ink, &format!("{} to {}", share(route.p05), share(route.p95)));
            y += ROW;
        }
        canvas.line((MARGIN, y), (right, y), GRID, 0.8);
        y + 30.0
    }
}

/// A colour for each route: its mode's, lighter for every further route of the mode.
fn colours(routes: &[RouteShare]) -> Vec<Colour> {
    let alike = |mode: Mode, among: &[RouteShare]| among.iter().filter(|route| route.mode == mode).count();
    routes.iter().enumerate().map(|(i, route)| colour(route.mode, alike(route.mode, &routes[..i]), alike(route.mode, routes))).collect()
}

/// Shares end to end from 0 to 1, whatever they add up to.
fn stack(shares: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    let shares: Vec<f64> = shares.map(|s| if drawable(s) { s.max(0.0) } else { 0.0 }).collect();
    let total: f64 = shares.iter().sum();
    let mut from = 0.0;
    shares
        .iter()
        .map(|share| {
            let to = if total > 0.0 { from + share / total } else { from };
            (std::mem::replace(&mut from, to), to)
        })
        .collect()
}
