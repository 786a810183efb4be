//! The colours that Port supports for levels.

use crate::words::words;

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
