//! The place that text is printed to.

/// The abilities of a place that text is printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// It shows colour.
    pub color: bool,
    /// Its width in columns; without one, lines are as long as their text.
    pub width: Option<u16>,
}

impl Screen {
    /// The width that lines keep to, if there is one. No terminal is narrower than 20 columns; if one says
    /// so, its lines are longer.
    pub(crate) fn columns(self) -> Option<usize> {
        const NARROWEST: usize = 20;
        self.width.map(|width| usize::from(width).max(NARROWEST))
    }
}
