//! Positions of a stream between two of its elements.

/// Where between two elements a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum StreamState {
    /// Between values.
    #[default]
    Top,
    /// In an array of entities.
    List(Container, Next),
    /// In an object, after its array of entities.
    Tail,
}

/// The place of an array of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// It is a value of the stream.
    Stream,
    /// It is the member `entities` of an object.
    Wrapper,
}

/// The elements that may come next in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// An element or the end.
    First,
    /// An element.
    Element,
    /// A comma or the end.
    Comma,
}
