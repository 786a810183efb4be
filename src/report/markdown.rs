//! `markdown`: for a pull request or a job summary.

use super::{Context, Report, Totals};

pub(super) struct Markdown<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Markdown<'_> {
    fn finish(&self, _: &Totals<'_>, _: &mut Vec<u8>) {
        let _ = self.context;
    }
}
