//! `github`: workflow annotations.

use super::{Context, Report, Totals};

pub(super) struct Github<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Github<'_> {
    fn finish(&self, _: &Totals<'_>, _: &mut Vec<u8>) {
        let _ = self.context;
    }
}
