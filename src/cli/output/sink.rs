//! An open destination of results.

use super::destination::{Destination, new_file};
use super::failure::{cannot_write, is_closed_pipe, name_of};
use super::replacement::Replacement;
use super::spool::Spool;
use super::standard::TolerantStream;
use super::target::{OutputFormat, Target};
use crate::terminal::Screen;
use std::fs::File;
use std::io::{ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// An open destination. Its errors name it.
pub(crate) struct Sink {
    /// The name in messages.
    name: String,
    kind: Kind,
}

enum Kind {
    /// A standard stream that is written to directly.
    Stream(TolerantStream),
    /// Output that is held back, then written to a standard stream.
    Held(Spool, TolerantStream),
    /// A file that is replaced at the end.
    File(Replacement),
    /// A file that is created at the end.
    NewFile(Replacement),
    /// Output that is held back, then written to something that cannot be replaced, such as a named pipe.
    Device(Spool, PathBuf),
}

impl Sink {
    /// Opens the destination of a target.
    ///
    /// If `ends_early` is set, a closed pipe at standard output ends the program, because there is no gate to judge and
    /// no other output to write.
    pub(crate) fn open<F: OutputFormat>(target: &Target<F>, ends_early: bool) -> anyhow::Result<Self> {
        let stream = |stream: TolerantStream| {
            let name = stream.name().to_owned();
            let kind = match target.format.is_streamed() {
                true => Kind::Stream(stream),
                false => Kind::Held(Spool::new(name.clone()), stream),
            };
            Self { kind, name }
        };
        let name = target.file.as_deref().map_or_else(String::new, name_of);
        Ok(match Destination::of(target)? {
            Destination::Stdout => stream(TolerantStream::stdout(ends_early)),
            Destination::Stderr => stream(TolerantStream::stderr()),
            Destination::Device(path) => Self { kind: Kind::Device(Spool::new(name.clone()), path), name },
            Destination::File(path) => {
                let file = Replacement::new(path).map_err(|error| cannot_write(&name, error))?;
                Self { kind: Kind::File(file), name }
            }
        })
    }

    /// Opens a file that must not exist yet, and that none of `targets` is written to.
    pub(crate) fn create<F>(path: &Path, targets: &[Target<F>]) -> anyhow::Result<Self> {
        let name = name_of(path);
        let file = Replacement::new(new_file(path, targets)?).map_err(|error| cannot_write(&name, error))?;
        Ok(Self { kind: Kind::NewFile(file), name })
    }

    /// The width and the colour support of the destination.
    pub(crate) fn screen(&self) -> Screen {
        match &self.kind {
            Kind::Stream(stream) | Kind::Held(_, stream) => stream.screen(),
            Kind::File(..) | Kind::NewFile(..) | Kind::Device(..) => Screen::PLAIN,
        }
    }

    /// Storage for text that is collected until the end. Its errors name the destination.
    pub(crate) fn spool(&self) -> Spool {
        Spool::new(self.name.clone())
    }

    /// The turn in which an output is completed: first what cannot be taken back but can fail, last what is written
    /// in place.
    fn turn(&self) -> u8 {
        match &self.kind {
            Kind::Stream(_) | Kind::Held(..) | Kind::Device(..) => 0,
            Kind::File(file) | Kind::NewFile(file) => 1 + u8::from(file.is_in_place()),
        }
    }

    /// Completes the output: writes what was held back, or replaces the file.
    fn finish(self) -> Result<()> {
        let finished = match self.kind {
            Kind::Stream(mut stream) => stream.flush(),
            Kind::Held(held, mut stream) => held.copy_to(&mut stream),
            Kind::File(file) => file.commit(true),
            Kind::NewFile(file) => file.commit(false),
            Kind::Device(held, path) => write_to_device(held, &path),
        };
        finished.map_err(|error| cannot_write(&self.name, error))
    }

    /// The error with the name of the destination. An interruption stays as it is, because it is tried again.
    fn named(&self, error: std::io::Error) -> std::io::Error {
        if error.kind() == ErrorKind::Interrupted { error } else { cannot_write(&self.name, error) }
    }
}

/// Opens the destinations of all targets, as [`Sink::open`] does.
pub(crate) fn open_all<F: OutputFormat>(
    targets: &[Target<F>],
    ends_early: bool,
) -> anyhow::Result<Vec<Sink>> {
    targets.iter().map(|target| Sink::open(target, ends_early)).collect()
}

/// Completes all outputs after a successful run.
///
/// # Errors
/// The first output that cannot be written.
pub(crate) fn finish_all(mut sinks: Vec<Sink>) -> Result<()> {
    sinks.sort_by_key(Sink::turn);
    sinks.into_iter().try_for_each(Sink::finish)
}

/// A reader that closes its end has what it wants, as at standard output.
fn write_to_device(held: Spool, path: &Path) -> Result<()> {
    let mut device = File::options().write(true).open(path)?;
    match held.copy_to(&mut device) {
        Err(error) if is_closed_pipe(&error) => Ok(()),
        result => result,
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = match &mut self.kind {
            Kind::Stream(stream) => stream.write(bytes),
            Kind::Held(held, _) | Kind::Device(held, _) => held.write(bytes),
            Kind::File(file) | Kind::NewFile(file) => file.write(bytes),
        };
        written.map_err(|error| self.named(error))
    }

    fn flush(&mut self) -> Result<()> {
        let flushed = match &mut self.kind {
            Kind::Stream(stream) => stream.flush(),
            Kind::Held(held, _) | Kind::Device(held, _) => held.flush(),
            Kind::File(file) | Kind::NewFile(file) => file.flush(),
        };
        flushed.map_err(|error| self.named(error))
    }
}
