//! Where an outcome's spread comes from: the shares of its variance that groups of inputs (data, elasticities, policy, freight) account for, as one
//! stacked bar per outcome.
//!
//! Shares that add up to one are Shapley effects (Owen 2014), which deal interactions out among the groups that make them.

use super::ChartError;
use super::canvas::{Anchor, Canvas, LABEL_STYLE, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::drawable;
use super::placement::spread;
use super::plot::Plot;
use super::scale;
use super::theme::{AXIS, BLUE, Colour, EMPTY, GREEN, INK, MARGIN, MUTED, ORANGE, PURPLE, SMALL, VERMILION, WIDTH};
use serde::{Deserialize, Serialize};

/// One outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttributionRow {
    /// The outcome's name, with its period where there are several.
    pub label: String,
    /// Share of the variance by group, in the chart's order of groups.
    #[serde(with = "figures")]
    pub shares: Vec<f64>,
    /// How much spread there is to share out, as people write it: "US$ 1.2 bn".
    pub spread: String,
}

/// Shares of variance by group of inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttributionChart {
    /// What is shown: "Where the uncertainty comes from".
    pub title: String,
    /// Estimator, number of draws.
    pub subtitle: String,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The groups, in the order they are stacked.
    pub groups: Vec<String>,
    /// What the column of spreads is: "standard deviation".
    pub spread_name: String,
    /// The outcomes, in the order they are drawn.
    pub rows: Vec<AttributionRow>,
}

const ROW: f64 = 25.0;
/// Okabe & Ito's hues, thinned so that black figures read on them; neighbours differ in lightness too. After eight they come round again, paler.
const COLOURS: [(Colour, f64); 8] = [
    (BLUE, 0.7),
    (ORANGE, 0.8),
    (GREEN, 0.7),
    (PURPLE, 0.55),
    (VERMILION, 0.85),
    (Colour(86, 180, 233), 0.65),
    (Colour(240, 228, 66), 0.7),
    (AXIS, 0.6),
];

impl AttributionChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let stacks: Vec<Option<Vec<(f64, f64)>>> = self.rows.iter().map(|row| self.stack(row)).collect();
        if !stacks.iter().any(Option::is_some) {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No outcome varies over the draws: there is no spread to attribute.",
            ));
        }
        let mut notes = Vec::new();
        if self.rows.iter().zip(&stacks).any(|(row, stack)| stack.is_some() && row.shares.iter().any(|s| *s < 0.0)) {
            notes.push("A share below zero is noise of the estimate: it is drawn as none, and the others fill the bar.".to_owned());
        }
        if stacks.iter().flatten().any(|stack| stack.last().is_some_and(|(_, end)| *end < 0.98)) {
            notes.push("Pale grey: not attributed to any group.".to_owned());
        }

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let names = self.rows.iter().map(|row| TICK_STYLE.width(&row.label)).fold(0.0, f64::max).min(280.0);
        let spreads = self.rows.iter().map(|row| TICK_STYLE.width(&row.spread));
        let spreads = spreads.fold(NOTE_STYLE.width(&self.spread_name), f64::max).min(130.0);
        let (left, right) = (MARGIN + names + 12.0, WIDTH - MARGIN);
        let width = right - spreads - 16.0 - left;
        let first = self.rows.iter().zip(&stacks).position(|(_, stack)| stack.is_some()).unwrap_or(0);
        let (top, tied) = self.set_groups(&mut canvas, top, (left, width), first == 0, stacks[first].as_deref().unwrap_or_default());
        let plot =
            Plot { left, top: top + 6.0, width, height: self.rows.len() as f64 * ROW, x: (0.0, 1.0), y: (self.rows.len() as f64, 0.0) };
        canvas.text(right, plot.top - 6.0, Anchor::End, NOTE_STYLE, &NOTE_STYLE.shorten(&self.spread_name, spreads));
        plot.draw(&mut canvas, |marks| {
            for (i, stack) in stacks.iter().enumerate() {
                let Some(stack) = stack else { continue };
                let (from, to) = (i as f64 + 0.12, i as f64 + 0.88);
                marks.rectangle((0.0, from), (1.0, to), EMPTY)?;
                for (group, (start, end)) in stack.iter().enumerate().filter(|(_, (start, end))| end > start) {
                    // A white hair between neighbours.
                    let hair = if *end < 0.999 { (0.8 / plot.width).min(0.5 * (end - start)) } else { 0.0 };
                    marks.rectangle((*start, from), (end - hair, to), colour(group))?;
                }
            }
            Ok(())
        })?;
        for (group, x) in tied {
            let (start, end) = stacks[first].as_ref().and_then(|stack| stack.get(group).copied()).unwrap_or_default();
            canvas.line((x, plot.top - 10.0), (plot.at_x(f64::midpoint(start, end)), plot.top + 0.12 * ROW), AXIS, 0.8);
        }
        for (i, (row, stack)) in self.rows.iter().zip(&stacks).enumerate() {
            let y = plot.top + (i as f64 + 0.5) * ROW + 4.2;
            let ink = Style { colour: if stack.is_some() { INK } else { MUTED }, ..TICK_STYLE };
            canvas.text(MARGIN, y, Anchor::Start, ink, &ink.shorten(&row.label, names + 0.5));
            canvas.text(right, y, Anchor::End, ink, &ink.shorten(&row.spread, spreads));
            let Some(stack) = stack else {
                let known = !row.shares.is_empty() && row.shares.iter().all(|s| drawable(*s));
                canvas.text(plot.left, y, Anchor::Start, NOTE_STYLE, if known { "does not vary" } else { "n/a" });
                continue;
            };
            for (group, (start, end)) in stack.iter().enumerate() {
                let text = percent(row.shares.get(group).copied().unwrap_or(0.0));
                let style = Style::new(11.0, colour(group).ink_on());
                if (end - start) * plot.width > style.width(&text) + 5.0 {
                    canvas.text(plot.at_x(f64::midpoint(*start, *end)), y - 0.3, Anchor::Middle, style, &text);
                }
            }
        }
        Ok(canvas.finish(plot.bottom() + 6.0, &notes, &self.source))
    }

    /// Where each group's piece of a bar starts and ends, 0 to 1; `None` where a share is missing or none is positive.
    fn stack(&self, row: &AttributionRow) -> Option<Vec<(f64, f64)>> {
        let shares: Vec<f64> = row.shares.iter().take(self.groups.len()).map(|s| s.max(0.0)).collect();
        // f64::max drops a NaN, so ask the shares themselves.
        if !row.shares.iter().all(|s| drawable(*s)) {
            return None;
        }
        let sum: f64 = shares.iter().sum();
        let whole = sum.max(if (sum - 1.0).abs() < 0.02 { sum } else { 1.0 });
        let mut end = 0.0;
        let pieces = shares.iter().map(|share| {
            let start = end;
            end = (start + share / whole).min(1.0);
            (start, end)
        });
        Some(pieces.collect()).filter(|_| sum > 1e-9)
    }

    /// The groups' names: above their pieces of the first bar where they fit side by side, else as a key. Returns the y below, and the groups to tie to
    /// their pieces, with the x of their names.
    fn set_groups(
        &self,
        canvas: &mut Canvas,
        top: f64,
        (left, width): (f64, f64),
        first: bool,
        stack: &[(f64, f64)],
    ) -> (f64, Vec<(usize, f64)>) {
        let style = LABEL_STYLE;
        let sizes: Vec<f64> = self.groups.iter().map(|group| style.width(group) + 15.0).collect();
        let wanted: Vec<f64> =
            (0..self.groups.len()).map(|i| stack.get(i).map_or(left, |(start, end)| left + width * f64::midpoint(*start, *end))).collect();
        let needed: f64 = sizes.iter().map(|size| size + 12.0).sum();
        if needed > width || !first {
            let entries: Vec<(Colour, &str)> = self.groups.iter().enumerate().map(|(i, group)| (colour(i), group.as_str())).collect();
            return (scale::key(canvas, top, &entries) + SMALL, Vec::new());
        }
        let centres = spread(&wanted, &sizes, 12.0, left, left + width);
        for ((group, size), (i, centre)) in self.groups.iter().zip(&sizes).zip(centres.iter().enumerate()) {
            let x = centre - size / 2.0;
            canvas.block(x, top - 5.0, 10.0, 10.0, colour(i));
            canvas.text(x + 15.0, top + 4.2, Anchor::Start, style, group);
        }
        (top + 13.0, centres.into_iter().enumerate().filter(|(i, _)| stack.get(*i).is_some_and(|(start, end)| end > start)).collect())
    }
}

fn colour(group: usize) -> Colour {
    let (hue, strength) = COLOURS[group % COLOURS.len()];
    hue.tint(strength * 0.6_f64.powi((group / COLOURS.len()).min(4) as i32))
}

/// A share in whole per cents.
fn percent(share: f64) -> String {
    let text = format!("{:.0}%", 100.0 * share);
    if share > 0.0 && text == "0%" { "<1%".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_on_every_colour() {
        for group in 0..24 {
            assert!(colour(group).contrast(colour(group).ink_on()) >= 4.5);
        }
        for group in 0..COLOURS.len() {
            for other in 0..group {
                assert_ne!(colour(group), colour(other));
            }
        }
    }

    #[test]
    fn small_shares_are_not_called_nothing() {
        assert_eq!((percent(0.004).as_str(), percent(0.0).as_str(), percent(0.346).as_str()), ("<1%", "0%", "35%"));
    }
}
