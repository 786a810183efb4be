//! `table`: for a terminal, one a blueprint.

use super::{Context, Report, Totals};

pub(super) struct Table<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Table<'_> {
    fn finish(&self, _: &Totals<'_>, _: &mut Vec<u8>) {
        let _ = self.context;
    }
}
