//! The one look of all charts: colours, type sizes, margins (SVG user units; the PNG has two pixels to each).
//!
//! Hues are from the palette of Okabe & Ito (2008, "Color Universal Design"), which stays apart for the colour-blind; tints are mixed with white.

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// This colour over `under`, covering `share` of it (0 to 1).
    pub fn over(self, under: Colour, share: f64) -> Colour {
        let mix = |top: u8, bottom: u8| (f64::from(bottom) + (f64::from(top) - f64::from(bottom)) * share.clamp(0.0, 1.0)).round() as u8;
        Colour(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2))
    }

    /// This colour thinned with white to `share` of its strength.
    pub fn tint(self, share: f64) -> Colour {
        self.over(WHITE, share)
    }

    /// Relative luminance (WCAG 2.1), 0 black to 1 white.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio against another colour (WCAG 2.1), 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Black or white, whichever reads better on this colour. Pure black: only with it does every colour reach the 4.5 : 1 that WCAG asks for.
    pub fn ink_on(self) -> Colour {
        let black = Colour(0, 0, 0);
        if self.contrast(black) >= self.contrast(WHITE) { black } else { WHITE }
    }
}

pub(super) const WHITE: Colour = Colour(255, 255, 255);
pub(super) const INK: Colour = Colour(26, 32, 38);
pub(super) const MUTED: Colour = Colour(88, 98, 107);
pub(super) const AXIS: Colour = Colour(120, 130, 138);
pub(super) const GRID: Colour = Colour(222, 226, 230);
pub(super) const EMPTY: Colour = Colour(238, 240, 242);

pub(super) const BLUE: Colour = Colour(0, 114, 178);
pub(super) const GREEN: Colour = Colour(0, 158, 115);
pub(super) const ORANGE: Colour = Colour(230, 159, 0);
pub(super) const VERMILION: Colour = Colour(213, 94, 0);
pub(super) const PURPLE: Colour = Colour(204, 121, 167);

/// Text sizes.
pub(super) const TITLE: f64 = 19.0;
pub(super) const SUBTITLE: f64 = 13.0;
pub(super) const LABEL: f64 = 12.5;
pub(super) const TICK: f64 = 12.0;
pub(super) const SMALL: f64 = 10.5;

/// Width of every chart, and height of those that do not grow with their rows.
pub(super) const WIDTH: f64 = 800.0;
pub(super) const HEIGHT: f64 = 500.0;
/// Empty space at the left and right edges.
pub(super) const MARGIN: f64 = 24.0;
