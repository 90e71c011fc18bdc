//! How much trade each sector stands to lose in a bad draw: the loss that one draw in twenty exceeds (95th percentile) as a bar, and the mean of those
//! worse draws (expected shortfall) as a dot. The largest fifteen sectors are shown; the rest are one row.

use super::ChartError;
use super::canvas::{Anchor, Canvas, NOTE_STYLE, Style, TICK_STYLE, nothing_to_draw};
use super::figures;
use super::number::{Format, Unit, drawable};
use super::plot::Plot;
use super::theme::{AXIS, BLUE, GRID, INK, MARGIN, MUTED, VERMILION, WIDTH};
use serde::{Deserialize, Serialize};

/// One sector's risk, in the chart's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectorRisk {
    /// The sector's name.
    pub sector: String,
    /// The loss that 5% of the draws exceed; positive.
    #[serde(with = "figures")]
    pub at_risk: f64,
    /// The mean loss of those 5%.
    #[serde(with = "figures")]
    pub expected_shortfall: f64,
}

/// Trade at risk by sector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TradeAtRiskChart {
    /// What is shown: "Trade at risk by sector, North America, 2026".
    pub title: String,
    /// Unit, number of draws, which percentile.
    pub subtitle: String,
    /// How the numbers are written, usually [`Unit::UsdMillion`].
    pub unit: Unit,
    /// Whose data and model; set as "Source: …".
    pub source: String,
    /// The sectors, in any order.
    pub sectors: Vec<SectorRisk>,
}

const SHOWN: usize = 15;
const ROW: f64 = 23.0;

impl TradeAtRiskChart {
    /// The chart as an SVG document.
    ///
    /// # Errors
    /// [`ChartError::Draw`] where the plotting library refuses a mark.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        Ok(self.draw()?.into_svg())
    }

    pub(super) fn draw(&self) -> Result<Canvas, ChartError> {
        let mut rows: Vec<SectorRisk> =
            self.sectors.iter().filter(|s| drawable(s.at_risk) && drawable(s.expected_shortfall)).cloned().collect();
        rows.sort_by(|a, b| b.at_risk.total_cmp(&a.at_risk).then_with(|| a.sector.cmp(&b.sector)));
        if rows.is_empty() {
            return Ok(nothing_to_draw(
                &self.title,
                &self.subtitle,
                &self.source,
                "No sector has trade at risk: there is nothing to show.",
            ));
        }
        let mut notes = Vec::new();
        let has_rest = rows.len() > SHOWN + 1; // a rest of one is shown by its name
        if has_rest {
            let rest = rows.split_off(SHOWN);
            notes.push(
                "All other: the sum of the sectors’ own figures. Taken together their risk is usually smaller, as few go wrong at once."
                    .to_owned(),
            );
            rows.push(SectorRisk {
                sector: format!("All other ({} sectors)", rest.len()),
                at_risk: rest.iter().map(|s| s.at_risk).sum(),
                expected_shortfall: rest.iter().map(|s| s.expected_shortfall).sum(),
            });
        }
        let largest = rows.iter().map(|s| s.at_risk.max(s.expected_shortfall)).fold(0.0, f64::max);
        let format = Format::together(&self.unit, &[0.0, largest]);

        let (mut canvas, top) = Canvas::titled(WIDTH, &self.title, &self.subtitle);
        let right = WIDTH - MARGIN;
        let unit = format.axis_name();
        let headings = ["at risk (95%)", "expected shortfall"];
        // Two columns of figures at the right, as wide as their headings and what stands in them.
        let column = |i: usize| {
            let pick = |s: &SectorRisk| format.bare(if i == 0 { s.at_risk } else { s.expected_shortfall });
            rows.iter()
                .map(|s| TICK_STYLE.bold().width(&pick(s)))
                .fold(NOTE_STYLE.width(headings[i]) + 14.0, f64::max)
                .max(NOTE_STYLE.width(&unit).min(110.0))
        };
        let (first, second) = (right - column(1) - 18.0, right);
        let names = rows.iter().map(|s| TICK_STYLE.width(&s.sector)).fold(0.0, f64::max).min(230.0);
        let plot = Plot {
            left: MARGIN + names + 12.0,
            top: top + 24.0,
            width: first - column(0) - 20.0 - (MARGIN + names + 12.0),
            height: rows.len() as f64 * ROW,
            x: (0.0, if largest > 0.0 { largest * 1.02 } else { 1.0 }),
            y: (rows.len() as f64, 0.0),
        };
        for (x, heading) in [(first, headings[0]), (second, headings[1])] {
            canvas.text(x, top + 4.0, Anchor::End, NOTE_STYLE, heading);
            canvas.text(x, top + 17.0, Anchor::End, NOTE_STYLE, &NOTE_STYLE.shorten(&unit, column(0)));
        }
        canvas.block(first - NOTE_STYLE.width(headings[0]) - 14.0, top - 4.6, 9.0, 9.0, BLUE.tint(0.75));
        canvas.dot(second - NOTE_STYLE.width(headings[1]) - 9.0, top, 4.0, VERMILION);

        for i in 0..=rows.len() {
            let y = plot.top + i as f64 * ROW;
            canvas.line((MARGIN, y), (right, y), GRID, 0.8);
        }
        plot.draw(&mut canvas, |marks| {
            for (i, s) in rows.iter().enumerate() {
                let middle = i as f64 + 0.5;
                let rest = has_rest && i + 1 == rows.len();
                marks.rectangle(
                    (0.0, middle - 0.3),
                    (s.at_risk.max(0.0), middle + 0.3),
                    if rest { AXIS.tint(0.6) } else { BLUE.tint(0.75) },
                )?;
                marks.line([(s.at_risk.max(0.0), middle), (s.expected_shortfall.max(0.0), middle)], VERMILION, 1.2)?;
                marks.dot((s.expected_shortfall.max(0.0), middle), 4.0, VERMILION)?;
            }
            Ok(())
        })?;
        canvas.line((plot.left, plot.top), (plot.left, plot.bottom()), INK, 1.0);
        for (i, s) in rows.iter().enumerate() {
            let y = plot.top + (i as f64 + 0.5) * ROW + 4.3;
            let ink = Style { colour: if has_rest && i + 1 == rows.len() { MUTED } else { INK }, ..TICK_STYLE };
            canvas.text(MARGIN, y, Anchor::Start, ink, &ink.shorten(&s.sector, names + 0.5));
            canvas.text(first, y, Anchor::End, ink.bold(), &format.bare(s.at_risk));
            canvas.text(second, y, Anchor::End, ink, &format.bare(s.expected_shortfall));
        }
        Ok(canvas.finish(plot.bottom() + 6.0, &notes, &self.source))
    }
}
