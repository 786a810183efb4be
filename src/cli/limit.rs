//! The option that limits the entities that people see.

use super::number;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::report::Limit;
use clap::Args;

/// The option `--limit` of commands that compare results.
#[derive(Args)]
pub(crate) struct LimitArgument {
    /// List at most N entities (formats table and markdown), 0 for all [default: 500]
    #[arg(long, value_name = "N", value_parser = number::whole, allow_negative_numbers = true, help_heading = "Output")]
    limit: Option<usize>,
}

impl LimitArgument {
    /// The limit. `is_honoured` tells whether one of the chosen formats lists entities for people.
    ///
    /// # Errors
    /// Returns a problem if the option has no effect.
    pub(crate) fn limit(&self, is_honoured: bool) -> Result<Limit, Problems> {
        if self.limit.is_some() && !is_honoured {
            let message = "`--limit` has no effect on any of the chosen formats";
            let help = "choose a format that uses it (`table`, `markdown`), or leave out `--limit`";
            return Err(Diagnostic::error(Code::UnusedOption, message).help(help).into());
        }
        Ok(Limit::of_option(self.limit))
    }
}
