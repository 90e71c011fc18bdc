//! SVG to PNG with the embedded font, two pixels to a unit, and both to disk.

use std::sync::{Arc, OnceLock};

use resvg::{tiny_skia, usvg};

use super::ChartError;

/// Pixels of the PNG for one unit of the SVG.
const PIXELS: f32 = 2.0;

fn fonts() -> Arc<usvg::fontdb::Database> {
    static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
    FONTS
        .get_or_init(|| {
            let mut fonts = usvg::fontdb::Database::new();
            fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
            fonts.load_font_data(notosans::BOLD_TTF.to_vec());
            fonts.set_sans_serif_family("Noto Sans");
            Arc::new(fonts)
        })
        .clone()
}

/// Reads an SVG with the embedded fonts and no others.
pub(super) fn parse(svg: &str) -> Result<usvg::Tree, ChartError> {
    let options = usvg::Options { fontdb: fonts(), font_family: "Noto Sans".to_owned(), ..usvg::Options::default() };
    usvg::Tree::from_str(svg, &options).map_err(|error| ChartError::Raster(error.to_string()))
}

/// The chart as a PNG file's bytes, at two pixels to a unit.
///
/// # Errors
/// [`ChartError::Raster`] where `svg` is not SVG, or too large to draw.
pub fn png(svg: &str) -> Result<Vec<u8>, ChartError> {
    let tree = parse(svg)?;
    let (width, height) = ((tree.size().width() * PIXELS).ceil(), (tree.size().height() * PIXELS).ceil());
    let mut picture = tiny_skia::Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| ChartError::Raster(format!("a picture of {width} × {height} pixels is too large")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(PIXELS, PIXELS), &mut picture.as_mut());
    picture.encode_png().map_err(|error| ChartError::Raster(error.to_string()))
}
