//! The destinations of results: standard output and files.
//!
//! A file is written completely or not at all. If invalid input can make output wrong, as with a table, the output is
//! held back until the whole input has been read.

use crate::report::Format;
use crate::terminal::Screen;
use anyhow::{Context as _, anyhow, bail};
use std::fs::File;
use std::io::{ErrorKind, Seek, SeekFrom, Stdout, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tempfile::{NamedTempFile, SpooledData, SpooledTempFile};

/// `FORMAT` or `FORMAT=FILE`.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) format: Format,
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, file) = match text.split_once('=') {
            Some((_, "")) => return Err("write the name of a file after `=`".to_owned()),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        Ok(Self { format: format.parse()?, file })
    }
}

/// The maximum size in bytes of held-back output in memory. Larger output goes to an unnamed temporary file.
const HELD_IN_MEMORY: usize = 256 * 1024;

/// An open destination.
pub(crate) enum Sink {
    /// Standard output, written to directly.
    Stdout(TolerantStdout),
    /// Output that is held back, then written to standard output.
    Held(SpooledTempFile, TolerantStdout),
    /// A temporary file that is renamed to the path at the end.
    File(NamedTempFile, PathBuf),
    /// Output that is held back, then written to something that cannot be replaced, such as a named pipe.
    Device(SpooledTempFile, PathBuf),
}

impl Sink {
    /// Opens the destination of a target.
    ///
    /// If `ends_early` is set, a closed pipe at standard output ends the program, because there is no gate to judge and
    /// no other output to write.
    pub(crate) fn open(target: &Target, ends_early: bool) -> anyhow::Result<Self> {
        let stdout = TolerantStdout { stdout: std::io::stdout(), ends_early, is_closed: false };
        Ok(match &target.file {
            None if target.format.is_streamed() => Self::Stdout(stdout),
            None => Self::Held(SpooledTempFile::new(HELD_IN_MEMORY), stdout),
            Some(path) => {
                let path = destination(path);
                if path.is_dir() {
                    bail!("cannot write `{}`: it is a directory", path.display());
                }
                if !directory(&path).is_dir() {
                    bail!("cannot write `{}`: its directory does not exist", path.display());
                }
                if path.exists() && !path.is_file() {
                    Self::Device(SpooledTempFile::new(HELD_IN_MEMORY), path)
                } else {
                    let temporary = beside(&path).map_err(|error| {
                        anyhow!("cannot write `{}`: {}", path.display(), without_path(&error))
                    })?;
                    Self::File(temporary, path)
                }
            }
        })
    }

    /// The width and the colour support of the destination.
    pub(crate) fn screen(&self) -> Screen {
        match self {
            Self::Stdout(_) | Self::Held(..) => super::screen::stdout(),
            Self::File(..) | Self::Device(..) => Screen { color: false, width: None },
        }
    }

    /// Completes the output after a successful run: writes what was held back, and renames the temporary file.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::Held(held, mut stdout) => copy(held, &mut stdout)?,
            Self::File(temporary, path) => {
                let persisted = temporary.persist(&path).map(drop);
                persisted.with_context(|| cannot_write(&path))?;
            }
            Self::Device(held, path) => {
                let mut file =
                    File::options().write(true).open(&path).with_context(|| cannot_write(&path))?;
                copy(held, &mut file).with_context(|| cannot_write(&path))?;
            }
        }
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::Held(held, _) | Self::Device(held, _) => held.write(bytes),
            Self::File(temporary, _) => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::Held(held, _) | Self::Device(held, _) => held.flush(),
            Self::File(temporary, _) => temporary.flush(),
        }
    }
}

/// Standard output that ignores a closed pipe. Later output is discarded, so that the gate is still judged.
pub(crate) struct TolerantStdout {
    stdout: Stdout,
    /// Whether a closed pipe is an error.
    ends_early: bool,
    is_closed: bool,
}

impl TolerantStdout {
    /// The result, except that a closed pipe counts as `all` bytes written.
    fn ignore_closed_pipe(&mut self, result: std::io::Result<usize>, all: usize) -> std::io::Result<usize> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe && !self.ends_early => {
                self.is_closed = true;
                Ok(all)
            }
            result => result,
        }
    }
}

impl Write for TolerantStdout {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        let result = self.stdout.write(bytes);
        self.ignore_closed_pipe(result, bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        let result = self.stdout.flush().map(|()| 0);
        self.ignore_closed_pipe(result, 0).map(drop)
    }
}

/// The path with all links followed, even a link to a file that does not exist yet. So the file is replaced, not the
/// link.
pub(crate) fn destination(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    if path.exists() {
        // `/dev/stdout` can be a pipe, which has no path
        return std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    }
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = std::fs::read_link(&path) else { break };
        path = directory(&path).join(next);
    }
    match (std::fs::canonicalize(directory(&path)), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => path,
    }
}

/// The directory that a file is in.
fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A temporary file in the directory of `path`, with the permissions of any new file.
pub(crate) fn beside(path: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dora-score-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory(path))
}

/// The message of an error without the path of the temporary file, which `tempfile` adds at the end and the user
/// did not choose.
fn without_path(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at path ").map_or(text.clone(), |(why, _)| why.to_owned())
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write `{}`", path.display())
}

/// Copies output that was held back.
fn copy(held: SpooledTempFile, to: &mut impl Write) -> std::io::Result<()> {
    match held.into_inner() {
        SpooledData::InMemory(cursor) => to.write_all(&cursor.into_inner())?,
        SpooledData::OnDisk(mut file) => {
            file.seek(SeekFrom::Start(0))?;
            let mut file = std::io::BufReader::with_capacity(HELD_IN_MEMORY, file);
            std::io::copy(&mut file, to)?;
        }
    }
    to.flush()
}
