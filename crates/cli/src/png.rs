//! The picture as PNG: the SVG file with its style sheet worked out, painted with fonts that come along, so that every
//! machine makes the same bytes.

mod flat;
mod fonts;

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::failure::{Failure, say};
use crate::value::Scale;

/// The most pixels of a PNG: a picture of 4,096 x 4,096 at two pixels for one, 256 MiB while it is painted.
const MAX_PIXELS: u64 = 1 << 26;

/// Paints `svg`, a file of our own, with `scale` pixels for each of its own.
pub(crate) fn png(svg: &str, scale: Scale) -> Result<Vec<u8>, Failure> {
    let fonts = fonts::Fonts::default();
    let options =
        Options { fontdb: Arc::clone(fonts.database()), font_resolver: fonts.resolver(), ..Options::default() };
    // Nothing that a person gives leads here: names are escaped, and a picture has a size.
    let tree = flat::flat(svg).and_then(|flat| Tree::from_str(&flat, &options).map_err(|error| error.to_string()));
    let tree = tree.map_err(|error| Failure::Refused(format!("error: the picture can't be painted: {error}.")))?;
    let size = tree.size();
    let [width, height] = [size.width(), size.height()].map(|side| (f64::from(side) * scale.0).ceil() as u32);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Failure::Refused(format!(
            "error: a PNG of {width}x{height} pixels is too large: at most {MAX_PIXELS} are painted (MAX_PIXELS). \
             Give a smaller --scale or --size."
        )));
    }
    let too_large = || Failure::Refused(format!("error: a PNG of {width}x{height} pixels can't be painted."));
    let mut pixels = Pixmap::new(width, height).ok_or_else(too_large)?;
    // To the edge: a side that was rounded up leaves no row without ground.
    let whole = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, whole, &mut pixels.as_mut());
    let missing = fonts.missing();
    if !missing.is_empty() {
        say(&format!("note: some characters are in no font here, such as {missing}; empty boxes stand for them."));
    }
    pixels.encode_png().map_err(|error| Failure::Refused(format!("error: the PNG can't be written: {error}.")))
}
