//! Writes a page.

use super::build::view;
use super::collect::PageCounts;
use super::draw::draw;
use super::plan::PagePlan;
use super::run::PageRun;
use crate::report::Totals;
use std::io::{BufWriter, Result, Write};

/// The page is written in pieces of this size in bytes, because an output may have no buffer.
const BUFFER: usize = 64 * 1024;

impl PagePlan<'_> {
    /// Writes the page to each output.
    ///
    /// # Errors
    /// Returns the first failure to write.
    pub(crate) fn write(
        &self,
        counts: PageCounts,
        run: &PageRun<'_>,
        totals: &Totals<'_>,
        threads: usize,
        outputs: Vec<&mut (dyn Write + Send)>,
    ) -> Result<()> {
        let view = view(self, counts, run, totals);
        for output in outputs {
            let mut out = BufWriter::with_capacity(BUFFER, output);
            draw(&view, self.scorecards, threads, &mut out)?;
            out.flush()?;
        }
        Ok(())
    }
}
