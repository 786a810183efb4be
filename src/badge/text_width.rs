//! The width of text in 11 pixels of Verdana, without a font.
//!
//! The image tells a browser the width of each text (`textLength`), so with another font the text still fits.

use unicode_width::UnicodeWidthChar;

/// The size of the font in tenths of a pixel.
const SIZE: u32 = 110;

/// The advance widths of Verdana for the characters from the blank to `~`, in thousandths of the size of the font.
const ASCII: [u32; 95] = [
    352, 394, 459, 818, 636, 1076, 727, 269, 454, 454, 636, 818, 364, 454, 364, 454, // blank to /
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 454, 454, 818, 818, 818, 545, // 0 to ?
    1000, 684, 686, 698, 771, 632, 575, 775, 751, 421, 455, 693, 557, 843, 748, 787, // @ to O
    603, 787, 695, 684, 616, 732, 684, 989, 685, 615, 685, 454, 454, 454, 818, 636, // P to _
    636, 601, 623, 521, 623, 596, 352, 623, 633, 274, 344, 592, 274, 973, 633, 607, // ` to o
    623, 623, 427, 521, 394, 633, 592, 818, 592, 592, 525, 635, 454, 635, 818, // p to ~
];
/// The width of other characters that are one column wide.
const NARROW: u32 = 640;
/// The width of characters that are two columns wide, such as those of Japanese.
const WIDE: u32 = 1000;

/// The width of a text in tenths of a pixel.
pub(super) fn text_width(text: &str) -> u32 {
    let thousandths: u32 = text.chars().map(advance).sum();
    (thousandths * SIZE).div_ceil(1000)
}

fn advance(character: char) -> u32 {
    let at = (character as usize).checked_sub(' ' as usize);
    if let Some(width) = at.and_then(|at| ASCII.get(at)) {
        return *width;
    }
    match character.width() {
        None | Some(0) => 0,
        Some(1) => NARROW,
        Some(_) => WIDE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_width_is_the_sum_of_the_characters() {
        for (text, width) in [("", 0), ("~", 90), ("Gold", 251), ("coverage", 502), ("時", 110), ("é", 71)]
        {
            assert_eq!(text_width(text), width, "{text}");
        }
        assert_eq!(text_width("e\u{301}"), text_width("e"));
    }
}
