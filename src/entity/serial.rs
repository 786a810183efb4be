//! Reads a stream entity by entity on one thread, for programs that embed the crate.

use super::cutter::Cutter;
use super::elements::Elements;
use super::input::{Input, Settings};
use super::model::Entity;
use super::sequence::Sequence;
use super::stream::{Limits, run};
use super::wanted::Wanted;
use crate::diagnostic::{Diagnostic, Problems};
use std::io::Read;
use std::ops::ControlFlow;

/// Reads a stream of JSON and calls `sink` for each entity, in the order of the stream, until `sink` returns
/// [`ControlFlow::Break`]. Accepts every form of input that `dora-score evaluate` accepts. An entity can have up
/// to 64 MiB; memory use does not grow with the stream.
///
/// # Errors
/// Returns the first problem of the stream, with its line and column, after calling `sink` for all entities
/// before it. If `reader` fails, the entities in the last bytes that it returned may be missing.
///
/// ```
/// use dora_score::{Wanted, for_each_entity};
/// use std::ops::ControlFlow;
///
/// let stream = br#"{"identifier": "checkout"} {"identifier": "search"} this is not read"#;
/// let mut first = None;
/// for_each_entity(stream.as_slice(), &Wanted::new("service"), |entity| {
///     first = Some(entity.identifier().to_owned());
///     ControlFlow::Break(())
/// })?;
/// assert_eq!(first.as_deref(), Some("checkout"));
/// # Ok::<(), dora_score::Problems>(())
/// ```
pub fn for_each_entity(
    reader: impl Read + Send,
    wanted: &Wanted,
    sink: impl FnMut(&Entity<'_>) -> ControlFlow<()>,
) -> Result<(), Problems> {
    Ok(for_each_element(Input::open("input", reader), wanted, Settings::default(), sink)?)
}

/// Reads an input and calls `sink` for each element, until `sink` returns [`ControlFlow::Break`].
///
/// # Errors
/// Like [`for_each_entity`].
pub(crate) fn for_each_element<E: Elements>(
    input: Input<'_>,
    elements: &E,
    settings: Settings,
    mut sink: impl FnMut(&E::Element<'_>) -> ControlFlow<()>,
) -> Result<(), Diagnostic> {
    let (name, path, reader) = input.into_parts();
    let mut cutter = Cutter::new(reader, settings.block);
    let mut sequence = Sequence::new(name, path, settings.largest, E::NOUN);
    let mut bytes = Vec::new();
    while let Some(block) = cutter.next(&mut bytes).map_err(|error| sequence.unreadable(&error))? {
        let Some(bytes) = sequence.join(&bytes, block.last) else { continue };
        let end = run(&bytes, sequence.state(), block.last, elements, Limits::of(settings), &mut sink);
        if end.is_stopped {
            break;
        }
        sequence.advance(&bytes, end)?;
    }
    Ok(())
}
