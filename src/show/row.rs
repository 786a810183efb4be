//! Rows of listings.

use crate::terminal::{Cell, Line, Span};
use std::borrow::Cow;

/// A row of plain text.
pub(super) fn row<'t, const N: usize>(texts: [impl Into<Cow<'t, str>>; N]) -> Line<'t> {
    Line::Cells(texts.map(|text| Cell::from([Span::plain(text)])).into())
}
