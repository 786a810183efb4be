//! The properties of the destination of printed text.

/// The destination of printed text: whether it shows colour, and how wide it is. An argument of
/// [`Diagnostic::render`](crate::Diagnostic::render) of [`Diagnostic`](crate::Diagnostic), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Whether it shows colour.
    pub color: bool,
    /// Its width in columns. Without a width, lines are as long as their text.
    pub width: Option<u16>,
}

impl Screen {
    /// No colour, and no limit to the width, as of a file.
    pub const PLAIN: Self = Self { color: false, width: None };

    /// The maximum width of lines, if there is one. It is at least 20 columns, even if a terminal reports fewer.
    pub(crate) fn columns(self) -> Option<usize> {
        const NARROWEST: usize = 20;
        self.width.map(|width| usize::from(width).max(NARROWEST))
    }
}
