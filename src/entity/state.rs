//! The states of a stream between two of its elements.

/// The state of a stream between two of its elements, named by the part that may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum StreamState {
    /// A value of the stream, or its end.
    #[default]
    Top,
    /// The next part of an array of elements.
    List(Container, Next),
    /// The next member of a wrapper, after its array of elements.
    Tail,
}

/// The container of an array of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// The array is itself a value of the stream.
    Stream,
    /// The array is inside this number of arrays, the outermost of which is a value of the stream.
    Page(u8),
    /// The array is the member `entities` of an object.
    Wrapper,
}

/// The part of an array that may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The first element, or the end.
    First,
    /// An element.
    Element,
    /// A comma or the end.
    Comma,
}
