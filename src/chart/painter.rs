//! Drawings as pictures: SVG in, PNG out, with the site's font and no other
//! file of the machine, so that every machine paints the same.

use std::fmt;
use std::sync::Arc;

use charts_rs::DEFAULT_FONT_DATA;
use hashbrown::HashMap;
use resvg::{tiny_skia, usvg};

/// Pixels of a picture to one of the drawing.
const ZOOM: u8 = 2;

/// What a picture depends on beside font and drawing: a change of either
/// makes another picture of the same drawing.
const METHOD: &str = concat!("barometer ", env!("CARGO_PKG_VERSION"), ", resvg 0.49, png fast");

/// Makes pictures of drawings.
pub struct Painter {
    options: usvg::Options<'static>,
    method: blake3::Hasher,
}

impl fmt::Debug for Painter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Painter").finish_non_exhaustive()
    }
}

impl Painter {
    /// A painter that sets texts in the font of these bytes (TTF or OTF), and
    /// letters that it lacks in Roboto. A variable font gives its weights.
    pub fn new(ttf: &[u8]) -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(ttf.to_vec());
        fonts.load_font_data(DEFAULT_FONT_DATA.to_vec());
        let mut method = blake3::Hasher::new();
        method.update(METHOD.as_bytes()).update(ttf);
        let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
        Self { options, method }
    }

    /// Paints a drawing with two pixels for each of its own, as PNG.
    /// `None`: it is no drawing, or larger than any picture.
    pub fn paint(&self, svg: &str) -> Option<Vec<u8>> {
        let tree = usvg::Tree::from_str(svg, &self.options).ok()?;
        let size = tree.size().to_int_size();
        let zoom = u32::from(ZOOM);
        let (width, height) = (size.width().checked_mul(zoom)?, size.height().checked_mul(zoom)?);
        let mut picture = tiny_skia::Pixmap::new(width, height)?;
        picture.fill(tiny_skia::Color::WHITE);
        let zoom = f32::from(ZOOM);
        let larger = tiny_skia::Transform::from_scale(zoom, zoom);
        resvg::render(&tree, larger, &mut picture.as_mut());
        encode(&picture).ok()
    }

    /// Names the picture that [`Painter::paint`] makes without making it: the
    /// same name, the same picture.
    pub fn name(&self, svg: &str) -> String {
        self.method.clone().update(svg.as_bytes()).finalize().to_hex().to_string()
    }

    /// Width and height of the picture of a drawing of this size, in pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a drawing has some thousand pixels; what has none has no picture"
    )]
    pub fn size(width: f64, height: f64) -> (u32, u32) {
        let zoom = f64::from(ZOOM);
        ((width * zoom) as u32, (height * zoom) as u32)
    }
}

/// Writes an opaque picture as PNG. Drawings have few colours: with a palette
/// the file is a third as large and written in a third of the time.
fn encode(picture: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = vec![];
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    // Half as large again as the smallest file, in a fifteenth of its time.
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Up);
    let width = usize::try_from(picture.width()).unwrap_or_default() * PIXEL;
    let data = if let Some((palette, data)) = indexed(picture.data(), width) {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(palette);
        data
    } else {
        encoder.set_color(png::ColorType::Rgb);
        picture.data().chunks_exact(PIXEL).flat_map(|pixel| &pixel[..3]).copied().collect()
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&data)?;
    writer.finish()?;
    Ok(bytes)
}

/// Bytes of a pixel: red, green, blue, and how opaque it is.
const PIXEL: usize = 4;

/// The colours in the order in which they come, and the place of each pixel's
/// colour among them; `None` from the 257th on. `width` is that of a row in
/// bytes.
fn indexed(pixels: &[u8], width: usize) -> Option<(Vec<u8>, Vec<u8>)> {
    /// Most of a drawing is as the row above: parts of this many bytes are
    /// compared at once.
    const PART: usize = 64 * PIXEL;
    let (mut palette, mut places) = (vec![], HashMap::new());
    // Neighbours are mostly alike.
    let mut last = None;
    let mut data = Vec::with_capacity(pixels.len() / PIXEL);
    for (at, row) in pixels.chunks(width).enumerate() {
        let above = pixels.get(at.wrapping_sub(1).wrapping_mul(width)..at * width);
        for (column, part) in row.chunks(PART).enumerate() {
            let start = column * PART;
            if above.is_some_and(|above| above[start..start + part.len()] == *part) {
                let start = data.len() - width / PIXEL;
                data.extend_from_within(start..start + part.len() / PIXEL);
                continue;
            }
            for pixel in part.chunks_exact(PIXEL) {
                let colour = [pixel[0], pixel[1], pixel[2]];
                let known = last.filter(|(known, _)| *known == colour).map(|(_, place)| place);
                let place = if let Some(place) = known.or_else(|| places.get(&colour).copied()) {
                    place
                } else {
                    let place = u8::try_from(places.len()).ok()?;
                    palette.extend(colour);
                    places.insert(colour, place);
                    place
                };
                last = Some((colour, place));
                data.push(place);
            }
        }
    }
    Some((palette, data))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\" \
                       font-family=\"'Roboto'\"><rect width=\"40\" height=\"20\" fill=\"#fff\"/>\
                       <text x=\"2\" y=\"15\" font-size=\"14\">Ha</text></svg>";

    fn pixels(svg: &str) -> tiny_skia::Pixmap {
        let painter = Painter::new(DEFAULT_FONT_DATA);
        tiny_skia::Pixmap::decode_png(&painter.paint(svg).unwrap()).unwrap()
    }

    #[test]
    fn a_picture_has_two_pixels_to_one_and_holds_the_text() {
        let picture = pixels(SVG);

        assert_eq!((picture.width(), picture.height()), (80, 40));
        let dark = picture.pixels().iter().filter(|pixel| pixel.red() < 64).count();
        assert!((60..600).contains(&dark), "{dark} dark pixels");
    }

    #[test]
    fn a_picture_of_many_colours_keeps_them() {
        let many = (0_u16..300).map(|n| {
            format!(
                "<rect x=\"{n}\" width=\"1\" height=\"9\" fill=\"rgb({},{},7)\"/>",
                n / 2,
                n % 2
            )
        });
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"9\">{}</svg>",
            many.collect::<String>()
        );

        let picture = pixels(&svg);

        for n in 0..300_u16 {
            let pixel = picture.pixel(u32::from(n) * 2, 4).unwrap();
            let found = (u16::from(pixel.red()), u16::from(pixel.green()), pixel.blue());
            assert_eq!(found, (n / 2, n % 2, 7), "column {n}");
        }
    }

    #[test]
    fn another_drawing_or_font_has_another_name() {
        let painter = Painter::new(DEFAULT_FONT_DATA);

        assert_eq!(painter.name(SVG), Painter::new(DEFAULT_FONT_DATA).name(SVG));
        assert_ne!(painter.name(SVG), painter.name(&SVG.replace("Ha", "He")));
        assert_ne!(painter.name(SVG), Painter::new(b"none").name(SVG));
    }

    #[test]
    fn what_cannot_be_painted_is_no_picture() {
        let painter = Painter::new(DEFAULT_FONT_DATA);

        assert_eq!(painter.paint("no drawing"), None);
        assert_eq!(painter.paint(&SVG.replace("height=\"20\"", "height=\"4e9\"")), None);
    }
}
