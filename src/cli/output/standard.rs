//! Standard output and standard error as destinations.

use super::failure::{STANDARD_ERROR, STANDARD_OUTPUT, is_closed_pipe};
use crate::cli::screen;
use crate::terminal::Screen;
use std::io::{Result, Stderr, Stdout, Write};

/// One of the two standard streams.
pub(super) enum Stream {
    Stdout(Stdout),
    Stderr(Stderr),
}

/// A standard stream that ignores a closed pipe: what is written after that is discarded, so that the gate is still
/// judged.
pub(super) struct TolerantStream {
    stream: Stream,
    /// Whether a closed pipe is an error all the same.
    ends_early: bool,
    is_closed: bool,
}

impl TolerantStream {
    /// Standard output. With `ends_early` a closed pipe is an error.
    pub(super) fn stdout(ends_early: bool) -> Self {
        Self { stream: Stream::Stdout(std::io::stdout()), ends_early, is_closed: false }
    }

    /// Standard error.
    pub(super) fn stderr() -> Self {
        Self { stream: Stream::Stderr(std::io::stderr()), ends_early: false, is_closed: false }
    }

    /// The name in messages.
    pub(super) fn name(&self) -> &'static str {
        match self.stream {
            Stream::Stdout(_) => STANDARD_OUTPUT,
            Stream::Stderr(_) => STANDARD_ERROR,
        }
    }

    /// The width and the colour support.
    pub(super) fn screen(&self) -> Screen {
        match self.stream {
            Stream::Stdout(_) => screen::stdout(),
            Stream::Stderr(_) => screen::stderr(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.stream {
            Stream::Stdout(stdout) => stdout,
            Stream::Stderr(stderr) => stderr,
        }
    }

    /// The result, except that a closed pipe counts as `all` bytes written.
    fn ignore_closed_pipe(&mut self, result: Result<usize>, all: usize) -> Result<usize> {
        match result {
            Err(error) if is_closed_pipe(&error) && !self.ends_early => {
                self.is_closed = true;
                Ok(all)
            }
            result => result,
        }
    }
}

impl Write for TolerantStream {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let result = self.writer().write(bytes);
        self.ignore_closed_pipe(result, bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let result = self.writer().flush().map(|()| 0);
        self.ignore_closed_pipe(result, 0).map(drop)
    }
}
