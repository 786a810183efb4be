//! The colours of levels and of other slices as classes of the style sheet.

use crate::color::{Color, Rgb, WHITE, fill, rgb};
use crate::scorecard::Level;
use std::fmt::Write;

/// The background of widgets in the light and in the dark theme.
pub(super) const LIGHT: Rgb = WHITE;
pub(super) const DARK: Rgb = rgb(0x17_1c23);

/// The class of a level without a colour, or with a colour that Port does not know.
const PLAIN: &str = "plain";
/// The class of results without data.
pub(super) const NO_DATA_CLASS: &str = "nd";
/// The class of results that are not applicable, and of entities without a value.
pub(super) const NONE_CLASS: &str = "na";
/// The class of all other values.
pub(super) const OTHER_CLASS: &str = "v0";

/// The classes and fills of the values of a field, in their order. They mean nothing, so they are not those of levels.
const VALUES: [(&str, Rgb); 14] = [
    ("v1", rgb(0x4e_79a7)),
    ("v2", rgb(0xf2_8e2b)),
    ("v3", rgb(0x59_a14f)),
    ("v4", rgb(0xe1_5759)),
    ("v5", rgb(0x76_b7b2)),
    ("v6", rgb(0xed_c948)),
    ("v7", rgb(0xb0_7aa1)),
    ("v8", rgb(0x9c_755f)),
    ("v9", rgb(0xff_9da7)),
    ("v10", rgb(0x2f_4b7c)),
    ("v11", rgb(0x8c_d17d)),
    ("v12", rgb(0xd3_7295)),
    ("v13", rgb(0x49_9894)),
    ("v14", rgb(0xb6_992d)),
];
const OTHER: Rgb = rgb(0x8a_8f98);

/// The class of a level.
pub(super) fn level_class(level: &Level) -> &'static str {
    color_class(level.known_color())
}

/// The class of a colour.
pub(super) fn color_class(color: Option<Color>) -> &'static str {
    color.map_or(PLAIN, Color::name)
}

/// The class of a value by its position.
pub(super) fn value_class(position: usize) -> &'static str {
    VALUES.get(position).map_or(OTHER_CLASS, |(class, _)| class)
}

/// The rules of all classes: the fill, the ink of text on it, and an edge that stands out from the background.
pub(super) fn color_rules() -> String {
    let levels = Color::ALL.iter().map(|color| Some(*color)).chain([None]);
    let levels = levels.map(|color| (color_class(color), fill(color)));
    let classes: Vec<(&str, Rgb)> = levels.chain(VALUES).chain([(OTHER_CLASS, OTHER)]).collect();
    let mut rules = String::new();
    // a write to a string never fails
    for (class, fill) in &classes {
        let _ = writeln!(rules, ".{class}{{--f:{fill};--i:{};--e:{}}}", fill.ink(), fill.edge(LIGHT));
    }
    rules.push_str("@media screen and (prefers-color-scheme: dark){\n");
    for (class, fill) in &classes {
        let _ = writeln!(rules, ".{class}{{--e:{}}}", fill.edge(DARK));
    }
    rules.push_str("}\n");
    rules
}
