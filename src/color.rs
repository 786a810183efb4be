//! The colours that Port supports for levels, and what they look like where a colour is not limited to a terminal.

use crate::words::words;
use std::fmt;

words! {
    /// A colour of Port.
    Color {
        Blue = "blue",
        Turquoise = "turquoise",
        Orange = "orange",
        Purple = "purple",
        Pink = "pink",
        Yellow = "yellow",
        Green = "green",
        Red = "red",
        Gold = "gold",
        Silver = "silver",
        PaleBlue = "paleBlue",
        DarkGray = "darkGray",
        LightGray = "lightGray",
        Bronze = "bronze",
        Lime = "lime",
        Olive = "olive",
        Brown = "brown",
    }
}

/// A colour of sRGB. It is displayed as `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rgb([u8; 3]);

/// The fill of a level without a colour, or with a colour that Port does not know.
const NEUTRAL: Rgb = rgb(0x9f_9f9f);
const BLACK: Rgb = rgb(0x00_0000);
pub(crate) const WHITE: Rgb = rgb(0xff_ffff);

/// The colour with this number, such as `0xff_8800`.
pub(crate) const fn rgb(number: u32) -> Rgb {
    let [_, red, green, blue] = number.to_be_bytes();
    Rgb([red, green, blue])
}

/// The fill of a level in images and pages. All fills differ, also from that of a level without a colour.
pub(crate) fn fill(color: Option<Color>) -> Rgb {
    color.map_or(NEUTRAL, |color| match color {
        Color::Blue => rgb(0x1f_6feb),
        Color::Turquoise => rgb(0x26_c6da),
        Color::Orange => rgb(0xfb_8c00),
        Color::Purple => rgb(0x8e_44ad),
        Color::Pink => rgb(0xf4_8fb1),
        Color::Yellow => rgb(0xfd_e047),
        Color::Green => rgb(0x2e_9e4f),
        Color::Red => rgb(0xd3_2f2f),
        Color::Gold => rgb(0xff_c220),
        Color::Silver => rgb(0xc0_c4ca),
        Color::PaleBlue => rgb(0xa9_d3f5),
        Color::DarkGray => rgb(0x2f_343a),
        Color::LightGray => rgb(0xe4_e6e9),
        Color::Bronze => rgb(0xcd_7f32),
        Color::Lime => rgb(0xa8_d62d),
        Color::Olive => rgb(0x80_8000),
        Color::Brown => rgb(0x79_5548),
    })
}

impl Rgb {
    /// Black or white, whichever is easier to read on this colour. Its contrast is at least 4.58 on every colour.
    pub(crate) fn ink(self) -> Self {
        if self.contrast(BLACK) > self.contrast(WHITE) { BLACK } else { WHITE }
    }

    /// This colour on a background: itself if it stands out enough for a graphic (a contrast of 3), or else the nearest
    /// mixture with black or white that does.
    pub(crate) fn edge(self, background: Self) -> Self {
        let end = background.ink();
        (0..=100)
            .map(|percent| self.mix(end, percent))
            .find(|edge| edge.contrast(background) >= 3.0)
            .unwrap_or(end)
    }

    /// The mixture with `percent` of another colour.
    fn mix(self, other: Self, percent: u16) -> Self {
        let ([red, green, blue], [other_red, other_green, other_blue]) = (self.0, other.0);
        let part = |one: u8, other: u8| {
            let sum = u16::from(one) * (100 - percent) + u16::from(other) * percent;
            u8::try_from(sum / 100).unwrap_or(u8::MAX)
        };
        Self([part(red, other_red), part(green, other_green), part(blue, other_blue)])
    }

    /// The contrast ratio of two colours, from 1 to 21, as WCAG 2.1 defines it.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The relative luminance of WCAG 2.1, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|value| {
            let share = f64::from(value) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fills of all colours, and of a level without one.
    fn fills() -> Vec<Rgb> {
        Color::ALL.iter().map(|color| Some(*color)).chain([None]).map(fill).collect()
    }

    #[test]
    fn text_has_enough_contrast_on_every_fill() {
        assert_eq!(fills().len(), 18);
        for fill in fills() {
            assert!(fill.contrast(fill.ink()) >= 4.5, "{fill}");
        }
        // the colour that is as far from black as from white
        assert!(rgb(0x75_7575).contrast(rgb(0x75_7575).ink()) >= 4.5);
    }

    #[test]
    fn the_edge_of_a_fill_stands_out_from_the_background() {
        for background in [WHITE, rgb(0x17_1c23), BLACK, rgb(0x75_7575)] {
            for fill in fills() {
                let edge = fill.edge(background);
                assert!(edge.contrast(background) >= 3.0, "{fill} on {background}: {edge}");
                assert!(fill.contrast(background) < 3.0 || edge == fill, "{fill} on {background}: {edge}");
            }
        }
    }

    #[test]
    fn no_two_fills_are_the_same() {
        let fills = fills();
        for (at, fill) in fills.iter().enumerate() {
            assert_eq!(fills.iter().position(|other| other == fill), Some(at), "{fill}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 1e-9);
        assert!((rgb(0x77_7777).contrast(WHITE) - 4.478).abs() < 1e-3);
        assert_eq!(rgb(0x0a_bcde).to_string(), "#0abcde");
    }
}
