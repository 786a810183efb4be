//! The file of `--write-waivers`: a waiver for each result that fails now, in the order of the input.
//!
//! The waivers are collected until the end, because a failing input must not leave a file behind, and only the first of
//! them has no comma before it.

use super::collected::{Collected, add_piece};
use super::{Context, EntityWriter, Report, Totals};
use crate::grade::{Graded, Judgement};
use crate::waiver::{Expiry, HEAD, TAIL, write_waiver};
use std::io::{Result, Write};

/// A file of new waivers, which all expire on the same day for the same reason.
pub(crate) struct NewWaivers<'c> {
    pub(crate) context: Context<'c>,
    pub(crate) expires: Expiry,
    pub(crate) reason: &'c str,
}

impl Report for NewWaivers<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        Some(Box::new(Writer(self)))
    }

    fn groups(&self) -> usize {
        1
    }

    fn finish(&self, _: &Totals<'_>, waivers: &mut Collected, out: &mut dyn Write) -> Result<()> {
        out.write_all(HEAD.as_bytes())?;
        waivers.copy_to(0, &mut WithoutFirst { out, is_first: true })?;
        out.write_all(TAIL.as_bytes())
    }
}

struct Writer<'r>(&'r NewWaivers<'r>);

impl EntityWriter for Writer<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let NewWaivers { context, expires, reason } = self.0;
        for outcome in graded.outcomes() {
            if let Judgement::Failed { .. } = context.gate.judge(&outcome) {
                let (entity, scorecard) = (graded.entity().identifier(), &outcome.scorecard().identifier);
                add_piece(0, 0, out, |out| {
                    out.extend_from_slice(b",\n  ");
                    write_waiver(entity, scorecard, reason, *expires, out);
                });
            }
        }
    }
}

/// Drops the first byte: the comma before the first waiver.
struct WithoutFirst<'o> {
    out: &'o mut dyn Write,
    is_first: bool,
}

impl Write for WithoutFirst<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        match bytes.split_first() {
            Some((_, rest)) if self.is_first => {
                self.out.write_all(rest)?;
                self.is_first = false;
            }
            _ => self.out.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
