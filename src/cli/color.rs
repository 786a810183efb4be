//! Decides on colour: the flag, then `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal.

use anstream::ColorChoice;
use clap::ValueEnum;
use std::io::IsTerminal;

/// The values of `--color`.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum When {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl When {
    /// Applies the choice to everything printed from now on.
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

/// Whether standard output shows colour.
pub(crate) fn on_stdout() -> bool {
    decide(std::io::stdout().is_terminal())
}

/// Whether standard error shows colour.
pub(crate) fn on_stderr() -> bool {
    decide(std::io::stderr().is_terminal())
}

fn decide(terminal: bool) -> bool {
    match ColorChoice::global() {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn forced() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0")
}
