//! Where results go. A file is written whole or not at all; what a format prints that bad input would
//! make wrong is held back until the input is known to be good.

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
            Some((_, "")) => return Err("name a file after `=`".to_owned()),
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        Ok(Self { format: format.parse()?, file })
    }
}

/// Held in memory up to this size, then in an unnamed file.
const HELD_IN_MEMORY: usize = 256 * 1024;

/// A place that is being written to.
pub(crate) enum Sink {
    /// Straight to standard output.
    Stdout(Tolerant),
    /// To standard output when all is well.
    Held(SpooledTempFile, Tolerant),
    /// To a file that takes the place of the one named when all is well.
    File(NamedTempFile, PathBuf),
    /// To something that is no file, such as a pipe, when all is well.
    Device(SpooledTempFile, PathBuf),
}

impl Sink {
    /// Opens the place of a target. With `sole`, a reader that stops reading ends the program.
    pub(crate) fn open(target: &Target, sole: bool) -> anyhow::Result<Self> {
        let stdout = Tolerant { stdout: std::io::stdout(), sole, closed: false };
        Ok(match &target.file {
            None if target.format.is_streamed() => Self::Stdout(stdout),
            None => Self::Held(SpooledTempFile::new(HELD_IN_MEMORY), stdout),
            Some(path) => {
                let path = destination(path);
                if path.is_dir() {
                    bail!("can not write {}: it is a directory", path.display());
                }
                if !directory(&path).is_dir() {
                    bail!("can not write {}: there is no directory to put it in", path.display());
                }
                if path.exists() && !path.is_file() {
                    Self::Device(SpooledTempFile::new(HELD_IN_MEMORY), path)
                } else {
                    let temporary = beside(&path)
                        .map_err(|error| anyhow!("can not write {}: {}", path.display(), plain(&error)))?;
                    Self::File(temporary, path)
                }
            }
        })
    }

    /// The abilities of the place.
    pub(crate) fn screen(&self) -> Screen {
        match self {
            Self::Stdout(_) | Self::Held(..) => super::screen::stdout(),
            Self::File(..) | Self::Device(..) => Screen { color: false, width: None },
        }
    }

    /// All is well: what was held back is shown, files take their places.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::Held(held, mut stdout) => release(held, &mut stdout)?,
            Self::File(temporary, path) => {
                let persisted = temporary.persist(&path).map(drop);
                persisted.with_context(|| format!("can not write {}", path.display()))?;
            }
            Self::Device(held, path) => {
                let file = File::options().write(true).open(&path);
                let mut file = file.with_context(|| format!("can not write {}", path.display()))?;
                release(held, &mut file)?;
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

/// Standard output whose reader may leave: then it takes in everything and shows nothing, so that the
/// verdict is still worked out.
pub(crate) struct Tolerant {
    stdout: Stdout,
    sole: bool,
    closed: bool,
}

impl Tolerant {
    fn settle(&mut self, result: std::io::Result<usize>, all: usize) -> std::io::Result<usize> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe && !self.sole => {
                self.closed = true;
                Ok(all)
            }
            result => result,
        }
    }
}

impl Write for Tolerant {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let result = self.stdout.write(bytes);
        self.settle(result, bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let result = self.stdout.flush().map(|()| 0);
        self.settle(result, 0).map(drop)
    }
}

/// Where a path leads: links are followed, also those to a file that is yet to be made, so that what is
/// written takes the place of the file and not of the link.
pub(crate) fn destination(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    if path.exists() {
        // `/dev/stdout` leads to a pipe that has no path
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

/// An error without the name of the temporary file, which nobody chose and `tempfile` puts at its end.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at path ").map_or(text.clone(), |(why, _)| why.to_owned())
}

fn release(held: SpooledTempFile, to: &mut impl Write) -> std::io::Result<()> {
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
