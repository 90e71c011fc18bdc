//! The page: title, subtitle, source line, texts and straight lines, and a record of every text's box.

use std::fmt::Write as _;

use super::font::{self, ASCENT, DESCENT, LINE};
use super::theme::{self, Colour, INK, MARGIN, MUTED, SMALL, SUBTITLE, TITLE, WIDTH};

/// Which point of a text stands at the given x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f64,
    pub bold: bool,
    pub colour: Colour,
}

impl Style {
    pub const fn new(size: f64, colour: Colour) -> Style {
        Style { size, bold: false, colour }
    }

    pub const fn bold(self) -> Style {
        Style { bold: true, ..self }
    }

    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.bold)
    }

    pub fn shorten(&self, text: &str, room: f64) -> String {
        font::shorten(text, self.size, self.bold, room)
    }
}

pub(super) const TICK_STYLE: Style = Style::new(theme::TICK, MUTED);
pub(super) const LABEL_STYLE: Style = Style::new(theme::LABEL, INK);
pub(super) const NOTE_STYLE: Style = Style::new(SMALL, MUTED);

/// From one line of a name to the next, in its size: closer than lines of a text.
const CLOSE: f64 = 1.125;

/// Where a text stands, as measured.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TextBox {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    pub text: String,
}

/// A chart being drawn, from the top down.
#[derive(Debug)]
pub(super) struct Canvas {
    width: f64,
    height: f64,
    body: String,
    name: String,
    description: String,
    texts: Vec<TextBox>,
}

impl Canvas {
    /// A page with its title and subtitle set; returns it with the y below them.
    pub fn titled(width: f64, title: &str, subtitle: &str) -> (Canvas, f64) {
        let mut canvas =
            Canvas { width, height: 0.0, body: String::new(), name: title.to_owned(), description: subtitle.to_owned(), texts: Vec::new() };
        let mut y = 14.0;
        for (text, style, lines) in [(title, Style::new(TITLE, INK).bold(), 3), (subtitle, Style::new(SUBTITLE, MUTED), 3)] {
            for line in font::wrap(text, style.size, style.bold, width - 2.0 * MARGIN, lines) {
                y += style.size * LINE;
                canvas.text(MARGIN, y - 0.3 * style.size, Anchor::Start, style, &line);
            }
            y += 2.0;
        }
        (canvas, y + 10.0)
    }

    /// How high [`Canvas::finish`] will set its notes and source line.
    pub fn footer_height(&self, notes: &[String], source: &str) -> f64 {
        self.footer_lines(notes, source).len() as f64 * SMALL * LINE + 24.0
    }

    fn footer_lines(&self, notes: &[String], source: &str) -> Vec<String> {
        let source = if source.is_empty() { String::new() } else { format!("Source: {source}") };
        let room = self.width - 2.0 * MARGIN;
        notes.iter().chain([&source]).flat_map(|text| font::wrap(text, SMALL, false, room, 3)).collect()
    }

    /// Sets notes and source below y and ends the page there.
    pub fn finish(mut self, y: f64, notes: &[String], source: &str) -> Canvas {
        let mut y = y + 8.0;
        for line in self.footer_lines(notes, source) {
            y += SMALL * LINE;
            self.text(MARGIN, y, Anchor::Start, NOTE_STYLE, &line);
        }
        self.height = (y + 16.0).round();
        self
    }

    /// Sets one line of text with its baseline at y.
    pub fn text(&mut self, x: f64, y: f64, anchor: Anchor, style: Style, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let width = style.width(text);
        let (left, anchored) = match anchor {
            Anchor::Start => (x, ""),
            Anchor::Middle => (x - width / 2.0, " text-anchor=\"middle\""),
            Anchor::End => (x - width, " text-anchor=\"end\""),
        };
        self.texts.push(TextBox {
            left,
            top: y - ASCENT * style.size,
            right: left + width,
            bottom: y + DESCENT * style.size,
            text: text.to_owned(),
        });
        let weight = if style.bold { " font-weight=\"bold\"" } else { "" };
        let (x, y) = (at(x), at(y));
        let _ = writeln!(
            self.body, // writing to a String cannot fail
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"{anchored}{weight} xml:space=\"preserve\">{}</text>",
            style.size,
            style.colour.hex(),
            escaped(text)
        );
    }

    /// A row's name in at most so many lines about `middle`, from `x` and no wider than `room`: names that begin alike are told apart by their ends.
    pub fn name(&mut self, (x, middle): (f64, f64), style: Style, name: &str, room: f64, lines: usize) {
        let lines = font::wrap(name, style.size, style.bold, room, lines);
        let step = CLOSE * style.size;
        let first = middle + 4.2 - 0.5 * step * (lines.len() as f64 - 1.0);
        for (nth, line) in lines.iter().enumerate() {
            self.text(x, first + step * nth as f64, Anchor::Start, style, line);
        }
    }

    /// One line of text that starts at x with its baseline at y, with a light rim that keeps it readable over lines and borders.
    pub fn text_on_map(&mut self, x: f64, y: f64, style: Style, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let weight = if style.bold { " font-weight=\"bold\"" } else { "" };
        let (left, base) = (at(x), at(y));
        let _ = writeln!(
            self.body, // writing to a String cannot fail
            "<text x=\"{left}\" y=\"{base}\" font-size=\"{}\" fill=\"#ffffff\" stroke=\"#ffffff\" stroke-width=\"4\" stroke-opacity=\"0.92\" \
             stroke-linejoin=\"round\" aria-hidden=\"true\"{weight} xml:space=\"preserve\">{}</text>",
            style.size,
            escaped(text)
        );
        self.text(x, y, Anchor::Start, style, text);
    }

    /// A straight line of the page itself: gridlines, axes, ties between a label and its point.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, width: f64) {
        let (x1, y1, x2, y2) = (at(from.0), at(from.1), at(to.0), at(to.1));
        let colour = colour.hex();
        let _ = writeln!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>");
    }

    /// A filled rectangle of the page itself: keys and swatches.
    pub fn block(&mut self, left: f64, top: f64, width: f64, height: f64, colour: Colour) {
        let (x, y, w, h) = (at(left), at(top), at(width), at(height));
        let _ = writeln!(self.body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{}\"/>", colour.hex());
    }

    /// A dot of the page itself.
    pub fn dot(&mut self, x: f64, y: f64, radius: f64, colour: Colour) {
        let _ = writeln!(self.body, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{}\"/>", at(x), at(y), colour.hex());
    }

    /// A small triangle of the given width whose tip points up to (x, y).
    pub fn wedge(&mut self, x: f64, y: f64, width: f64, colour: Colour) {
        let (left, right, foot) = (at(x - width), at(x + width), at(y + 1.5 * width));
        let _ = writeln!(self.body, "<path d=\"M{} {}L{right} {foot}L{left} {foot}Z\" fill=\"{}\"/>", at(x), at(y), colour.hex());
    }

    /// Marks drawn elsewhere at another scale.
    pub fn scaled(&mut self, left: f64, top: f64, scale: f64, marks: &str) {
        let _ = writeln!(
            self.body,
            "<g transform=\"translate({} {}) scale({scale})\" stroke-linejoin=\"round\">\n{marks}</g>",
            at(left),
            at(top)
        );
    }

    /// Marks in the page's own coordinates, cut at the edges of a rectangle.
    pub fn window(&mut self, left: f64, top: f64, width: f64, height: f64, marks: &str) {
        let (x, y, w, h) = (at(left), at(top), at(width), at(height));
        let _ = writeln!(self.body, "<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\">\n{marks}</svg>");
    }

    #[cfg(test)]
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    #[cfg(test)]
    pub fn texts(&self) -> &[TextBox] {
        &self.texts
    }

    /// The document. Title and subtitle are also its accessible name and description.
    pub fn into_svg(self) -> String {
        let Canvas { width, height, body, name, description, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
             font-family=\"'Noto Sans', 'Open Sans', Helvetica, Arial, sans-serif\">\n<title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{body}</svg>\n",
            escaped(&name),
            escaped(&description)
        )
    }
}

/// A coordinate to a hundredth.
fn at(coordinate: f64) -> f64 {
    (coordinate * 100.0).round() / 100.0
}

/// Text as XML holds it; control characters, which XML does not allow, become spaces.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A page that says why there is no chart on it.
pub(super) fn nothing_to_draw(title: &str, subtitle: &str, source: &str, reason: &str) -> Canvas {
    let (mut canvas, top) = Canvas::titled(WIDTH, title, subtitle);
    let mut y = top + 60.0;
    for line in font::wrap(reason, LABEL_STYLE.size, false, WIDTH - 2.0 * MARGIN, 6) {
        canvas.text(MARGIN, y, Anchor::Start, LABEL_STYLE, &line);
        y += LABEL_STYLE.size * LINE;
    }
    canvas.finish(y + 44.0, &[], source)
}
