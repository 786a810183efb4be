//! Decides whether output has colour: by `--color`, then by `NO_COLOR`, then by `CLICOLOR_FORCE`, then by whether the
//! output is a terminal.

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use std::io::IsTerminal;

/// The values of `--color`.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum When {
    /// On a terminal; `NO_COLOR` and `CLICOLOR_FORCE` override this
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// Applies the choice to all later output of the process.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
            Self::Auto if is_set("NO_COLOR") => ColorChoice::Never,
            Self::Auto if forced() => ColorChoice::Always,
            Self::Auto => ColorChoice::Auto,
        };
        choice.write_global();
    }
}

/// Whether output on standard output has colour. A console of Windows obeys escape sequences only after a program has
/// asked for that, which `anstream` does here.
pub(crate) fn on_stdout() -> bool {
    decide(std::io::stdout().is_terminal())
        && AutoStream::always(std::io::stdout()).current_choice() == ColorChoice::AlwaysAnsi
}

/// Whether output on standard error has colour. All of it is printed through `anstream`, which knows what the console
/// can do.
pub(crate) fn on_stderr() -> bool {
    decide(std::io::stderr().is_terminal())
}

fn decide(is_terminal: bool) -> bool {
    match ColorChoice::global() {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
}
