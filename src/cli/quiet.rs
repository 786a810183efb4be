//! The option that suppresses all output except results and failures.

use clap::Args;

/// The option `--quiet`.
#[derive(Args)]
pub(crate) struct QuietArgument {
    /// Suppress warnings, progress and success messages
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,
}
