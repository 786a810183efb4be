//! A badge as an image: the label on dark grey, and the message on the colour of the level.
//!
//! It follows the flat badge of shields.io, which readers of READMEs know: 20 pixels high, rounded corners, 11 pixels
//! of Verdana, drawn at ten times the size because some browsers round the size of small text. It leaves out two things:
//! the gradient, which would change the contrast of the text, and the shadow of the text, which is there to make up for
//! a lack of contrast. No element has an `id`, so several badges can be put into one page.

use super::model::Badge;
use super::text_width::text_width;
use crate::color::{Rgb, WHITE, rgb};
use crate::terminal::{clean, truncate};
use quick_xml::escape::escape;

/// The fill behind the label.
const LABEL_FILL: Rgb = rgb(0x55_5555);
/// The space on both sides of a text, in pixels.
const PADDING: u32 = 5;
/// The radius of the corners, in pixels.
const RADIUS: u32 = 3;
/// The maximum number of columns of a text in the image. The title of the image has all of it.
const MOST_COLUMNS: usize = 100;

/// One of the two texts in the image.
struct Part {
    /// Safe for XML.
    text: String,
    /// The width of the text in tenths of a pixel.
    text_width: u32,
    /// The position of its left end in pixels.
    left: u32,
    ink: Rgb,
}

impl Part {
    fn new(text: &str, left: u32, ink: Rgb) -> Self {
        let shown = clean(truncate(text, MOST_COLUMNS));
        Self { text: escape(shown.as_str()).into_owned(), text_width: text_width(shown.as_str()), left, ink }
    }

    /// The width with the space on both sides, in pixels. It is odd, as that of shields.io.
    fn width(&self) -> u32 {
        (self.text_width.div_ceil(10) | 1) + 2 * PADDING
    }

    fn right(&self) -> u32 {
        self.left + self.width()
    }

    /// The element with the text.
    fn element(&self) -> String {
        let Self { text, text_width, left, ink } = self;
        // in tenths of a pixel, because the text is drawn at ten times its size
        let middle = left * 10 + self.width() * 5;
        format!(
            r#"<text x="{middle}" y="140" transform="scale(.1)" fill="{ink}" textLength="{text_width}">{text}</text>"#
        )
    }
}

impl Badge<'_> {
    /// The image.
    pub(crate) fn svg(&self) -> String {
        let Self { label, fill, .. } = *self;
        let message = self.message();
        let title = clean(format!("{label}: {message}"));
        let title = escape(title.as_str());
        let left = Part::new(label, 0, WHITE);
        let right = Part::new(&message, left.right(), fill.ink());
        let (width, edge) = (right.right(), left.right());
        // the label reaches below the level, whose left corners are then filled, so that only the outer corners are round
        let (label_width, level_width) = (edge + 2 * RADIUS, right.width());
        [
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" viewBox="0 0 {width} 20" role="img" aria-label="{title}">"#
            ),
            format!("<title>{title}</title>"),
            format!(r#"<rect width="{label_width}" height="20" rx="{RADIUS}" fill="{LABEL_FILL}"/>"#),
            format!(r#"<rect x="{edge}" width="{level_width}" height="20" rx="{RADIUS}" fill="{fill}"/>"#),
            format!(r#"<rect x="{edge}" width="{RADIUS}" height="20" fill="{fill}"/>"#),
            r#"<g font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="110" text-anchor="middle" text-rendering="geometricPrecision">"#.to_owned(),
            left.element(),
            right.element(),
            "</g>".to_owned(),
            "</svg>\n".to_owned(),
        ]
        .join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_the_ink_of_the_label() {
        assert_eq!(LABEL_FILL.ink(), WHITE);
        assert!(LABEL_FILL.contrast(WHITE) >= 4.5);
    }
}
