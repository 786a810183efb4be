//! Prints the entities of `metrics` and `teams`, in one or several formats.

use super::output::{self, Target, output_format};
use crate::entity::EntityRecord;
use crate::metrics::{EntityFormat, EntityWriter, Properties};
use std::io::{BufWriter, Result};

/// The bytes to write at a time.
const BUFFER: usize = 1 << 16;

output_format!(EntityFormat);

/// Writes entities to all targets. `head` has the members of a document before its entities, and `each` passes the
/// entities on, once for each target.
///
/// # Errors
/// The first output that cannot be written.
pub(super) fn write(
    targets: &[Target<EntityFormat>],
    head: &str,
    each: impl Fn(&mut dyn FnMut(&EntityRecord, &Properties) -> Result<()>) -> Result<()>,
) -> anyhow::Result<()> {
    let mut sinks = output::open_all(targets, targets.len() == 1)?;
    for (target, sink) in targets.iter().zip(&mut sinks) {
        let mut writer = EntityWriter::new(target.format, head, BufWriter::with_capacity(BUFFER, sink))?;
        each(&mut |record, properties| writer.write(record, properties))?;
        writer.finish()?;
    }
    Ok(output::finish_all(sinks)?)
}
