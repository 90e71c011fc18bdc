//! What every chart must hold, whatever its numbers: no text touches another or leaves the page, the SVG is XML, the PNG has the expected size and something on it.

use super::canvas::Canvas;
use super::{font, png, raster};

mod accuracy;
mod any_number;
mod branches;
mod distribution;
mod fan;
mod map;
mod maritime_shift;
mod port_fans;
mod rows;
mod sensitivity;
mod sweeps;

/// Checks a drawn chart; with the variable CHARTS set to a folder, also leaves it there to be looked at.
fn holds(name: &str, canvas: Canvas) {
    let (width, height) = canvas.size();
    let svg = stands(name, canvas);
    let tree = raster::parse(&svg).unwrap();
    assert_eq!((f64::from(tree.size().width()), f64::from(tree.size().height())), (width, height));
    let picture = resvg::tiny_skia::Pixmap::decode_png(&png(&svg).unwrap()).unwrap();
    assert_eq!((f64::from(picture.width()), f64::from(picture.height())), (2.0 * width, 2.0 * height), "{name}");
    let white = picture.pixels().iter().filter(|p| (p.red(), p.green(), p.blue()) == (255, 255, 255)).count();
    let share = white as f64 / picture.pixels().len() as f64;
    assert!((0.1..0.995).contains(&share), "{name}: {share} of the picture is white");
    if let Some(folder) = std::env::var_os("CHARTS") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), png(&svg).unwrap()).unwrap();
    }
}

/// Checks the layout alone, and gives the document.
fn stands(name: &str, canvas: Canvas) -> String {
    let (width, height) = canvas.size();
    let texts = canvas.texts().to_vec();
    for (i, a) in texts.iter().enumerate() {
        assert!(
            a.left >= 2.0 && a.top >= 0.0 && a.right <= width - 2.0 && a.bottom <= height,
            "{name}: “{}” leaves the page: {a:?}",
            a.text
        );
        for b in &texts[i + 1..] {
            // Boxes reach to the tops of accented capitals; lines of text may share that air, letters may not.
            let air = 3.0;
            let apart = a.right <= b.left || b.right <= a.left || a.bottom - air <= b.top || b.bottom - air <= a.top;
            assert!(apart, "{name}: “{}” overlaps “{}”: {a:?} {b:?}", a.text, b.text);
        }
    }
    let svg = canvas.into_svg();
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{name}: a coordinate is not a number");
    svg
}

/// Titles that wrap, letters with accents, characters that XML escapes.
const LONG: &str = "Québec–Lázaro Cárdenas <trade> & “everything else” that a person who writes scenarios may put into a title, \
                    including a name that does not know when to end and keeps going well past the second line of any chart that wants to look good";

#[test]
fn text_is_as_wide_as_it_is_drawn() {
    for (text, bold) in [("US$ 1.2 bn", false), ("Québec–Lázaro Cárdenas", false), ("AVATAR To. Ty 11:47", true), ("−4.5% → 12,000", true)]
    {
        let weight = if bold { "bold" } else { "normal" };
        // Two bars far apart on either side of the text would hide its own advance, so measure where the next span starts.
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"50\"><text x=\"0\" y=\"30\" font-size=\"20\" font-weight=\"{weight}\" \
             font-family=\"Noto Sans\" text-decoration=\"underline\">{text}</text></svg>"
        );
        let tree = raster::parse(&svg).unwrap();
        let drawn = f64::from(tree.root().abs_bounding_box().right());
        let measured = font::width(text, 20.0, bold);
        assert!((drawn - measured).abs() < 0.6, "“{text}”: drawn {drawn}, measured {measured}");
    }
}

#[test]
fn the_font_has_every_sign_that_charts_write() {
    // A missing sign would be drawn as a box as wide as any other missing sign's.
    let missing = font::width("\u{10FFFD}", 100.0, false);
    for sign in "−×→–…éá".chars() {
        assert_ne!(font::width(&sign.to_string(), 100.0, false), missing, "{sign:?}");
    }
}

#[test]
fn text_that_is_too_long_is_wrapped_and_then_cut() {
    let lines = font::wrap(LONG, 19.0, true, 750.0, 2);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].ends_with('…') && lines.iter().all(|line| font::width(line, 19.0, true) <= 750.0));
    assert_eq!(font::shorten("steel", 12.0, false, 100.0), "steel");
    assert_eq!(font::wrap("Pneumonoultramicroscopic", 12.0, false, 60.0, 2).len(), 1);
}

#[test]
fn what_is_no_svg_is_no_picture() {
    assert!(png("<svg").is_err());
}
