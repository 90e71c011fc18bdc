//! Text measured as it will be set: the embedded Noto Sans, shaped (kerning included) by the shaper that resvg uses.

use std::sync::OnceLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShapePlan, ShaperData, UnicodeBuffer, script};

/// The height of a line's box above its baseline, in units of the type size: the tallest accented capital.
pub(super) const ASCENT: f64 = 0.93;
/// The depth below the baseline.
pub(super) const DESCENT: f64 = 0.24;
/// From one baseline to the next.
pub(super) const LINE: f64 = 1.3;

struct Face {
    font: FontRef<'static>,
    data: ShaperData,
    latin: ShapePlan,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Face> {
        let font = FontRef::new(bytes).ok()?;
        let data = ShaperData::new(&font);
        let latin = ShapePlan::new(&data.shaper(&font).build(), Direction::LeftToRight, Some(script::LATIN), None, &[]);
        Some(Face { font, data, latin })
    }

    fn advance(&self, text: &str) -> f64 {
        let shaper = self.data.shaper(&self.font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        // Nearly all text is Latin, digits and punctuation: one plan, made once, serves it. Anything else pays for its own.
        let set = if text.chars().all(|c| (c as u32) < 0x370 || (0x1E00..0x2300).contains(&(c as u32))) {
            buffer.set_direction(Direction::LeftToRight);
            buffer.set_script(script::LATIN);
            shaper.shape(buffer, ShapeOptions::new().plan(Some(&self.latin)))
        } else {
            buffer.guess_segment_properties();
            shaper.shape(buffer, ShapeOptions::new())
        };
        let units: i64 = set.glyph_positions().iter().map(|glyph| i64::from(glyph.x_advance)).sum();
        units as f64 / f64::from(shaper.units_per_em())
    }
}

/// The width of `text` at `size`.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    static REGULAR: OnceLock<Option<Face>> = OnceLock::new();
    static BOLD: OnceLock<Option<Face>> = OnceLock::new();
    let face =
        if bold { BOLD.get_or_init(|| Face::read(notosans::BOLD_TTF)) } else { REGULAR.get_or_init(|| Face::read(notosans::REGULAR_TTF)) };
    // The fonts are compiled in and a test reads them; were one unreadable, a wide guess would still keep texts apart.
    size * face.as_ref().map_or_else(|| 0.7 * text.chars().count() as f64, |face| face.advance(text))
}

/// `text` cut to `room` with an ellipsis; unchanged where it fits.
pub(super) fn shorten(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    // The widest prefix that fits: width grows with length, so halve the interval.
    let (mut fits, mut fails) = (0, letters.len());
    while fails - fits > 1 {
        let middle = fits.midpoint(fails);
        if width(&ellipsed(&letters[..middle]), size, bold) <= room {
            fits = middle;
        } else {
            fails = middle;
        }
    }
    ellipsed(&letters[..fits])
}

fn ellipsed(letters: &[char]) -> String {
    let kept: String = letters.iter().collect();
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '-', '–']))
}

/// `text` in lines no wider than `room`, at most `lines` of them; the last ends in an ellipsis where something is left over.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size, bold) <= room {
            line = longer;
            continue;
        }
        if wrapped.len() + 1 == lines {
            let rest: Vec<&str> = std::iter::once(word).chain(words.by_ref()).collect();
            line = format!("{line} {}", rest.join(" "));
            break;
        }
        wrapped.push(std::mem::replace(&mut line, word.to_owned()));
    }
    if !line.is_empty() {
        wrapped.push(line);
    }
    wrapped.into_iter().map(|line| shorten(&line, size, bold, room)).collect()
}
