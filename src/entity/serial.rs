//! Reads a stream on one thread, entity by entity: for programs that embed the crate.

use super::pipeline::{BOM, Settings};
use super::stream::{Frame, Limits, run};
use super::{Entity, Wanted};
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::json::Advance;
use std::io::Read;

/// Reads a stream of JSON and hands each entity to `sink`, in the order of the stream. Any form that
/// `dora-score evaluate` reads is read; memory does not grow with the stream.
///
/// # Errors
/// The first problem of the stream, with its line and column. What came before it has been handed on.
pub fn for_each_entity(
    mut reader: impl Read,
    wanted: &Wanted,
    mut sink: impl FnMut(&Entity<'_>),
) -> Result<(), Problems> {
    let Settings { block, largest, lookahead, .. } = Settings::default();
    let (mut bytes, mut frame, mut advance) = (Vec::new(), Frame::Top, Advance::default());
    let mut begun = false;
    loop {
        // what is left of an entity grows by as much again, so that it is not read too often
        let missing = block.max(bytes.len());
        let read =
            reader.by_ref().take(missing as u64).read_to_end(&mut bytes).map_err(|error| {
                Diagnostic::error(Code::UnreadableInput, format!("can not be read: {error}"))
            })?;
        if !std::mem::replace(&mut begun, true) && bytes.starts_with(BOM) {
            bytes.drain(..BOM.len());
        }
        let last = read < missing;
        let end = run(&bytes, frame, last, wanted, Limits { largest, lookahead }, &mut sink);
        let refusal = end.refusal.or_else(|| {
            let open = bytes.len() - end.consumed > largest;
            open.then(|| super::stream::too_large(end.consumed, largest, None))
        });
        if let Some(refusal) = refusal {
            let (problem, at) = refusal.diagnostic();
            let (line, column) = advance.over(bytes.get(..at).unwrap_or(&bytes)).position();
            return Err(problem.at(Place::Position { file: "input".to_owned(), line, column }).into());
        }
        if last {
            return Ok(());
        }
        advance = advance.over(bytes.get(..end.consumed).unwrap_or_default());
        bytes.drain(..end.consumed);
        frame = end.frame;
    }
}
