//! Finds the place that the FILE of `FORMAT=FILE` leads to, and rejects two outputs to one place.

use super::failure::{STANDARD_OUTPUT, name_of, refused};
use super::inputs::Inputs;
use super::target::Target;
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::load::Identity;
use std::path::{Path, PathBuf};

/// The place of an output.
#[derive(PartialEq)]
pub(super) enum Destination {
    Stdout,
    Stderr,
    /// A regular file, or one that does not exist yet. Its path has no links.
    File(PathBuf),
    /// Something that can be written to but not replaced, such as a named pipe or a terminal.
    Device(PathBuf),
}

/// Links are followed up to this number, as in Linux.
const MOST_LINKS: usize = 40;

impl Destination {
    /// The place of a target.
    pub(super) fn of<F>(target: &Target<F>) -> Result<Self, Problems> {
        target.file.as_deref().map_or(Ok(Self::Stdout), Self::at)
    }

    /// Follows the links of a path, also a link to a file that does not exist yet. So the output replaces the file,
    /// not the link. A link to a standard stream is the stream itself, not the file behind it: replacing the file would
    /// lose what other programs write to it.
    pub(super) fn at(path: &Path) -> Result<Self, Problems> {
        let name = name_of(path);
        let mut path = plain(path).map_err(|error| refused(&name, &error.to_string(), None))?;
        if is_device_name(&path) {
            return Ok(Self::Device(path));
        }
        for _ in 0..MOST_LINKS {
            match Descriptor::at(&path) {
                Some(Descriptor::Stdout) => return Ok(Self::Stdout),
                Some(Descriptor::Stderr) => return Ok(Self::Stderr),
                Some(Descriptor::Other) => return device(path, &name),
                None => {}
            }
            match std::fs::read_link(&path) {
                Ok(next) => path = directory(&path).join(next),
                Err(_) => return file(path, &name),
            }
        }
        let help = "name the file itself, or remove the link";
        Err(refused(&name, "it is a link to itself, or through too many links", Some(help)))
    }

    /// The metadata of the file behind the place.
    #[cfg(unix)]
    fn metadata(&self) -> Option<std::fs::Metadata> {
        use std::os::fd::AsFd;
        let behind = |stream: std::os::fd::BorrowedFd<'_>| {
            std::fs::File::from(stream.try_clone_to_owned().ok()?).metadata().ok()
        };
        match self {
            Self::Stdout => behind(std::io::stdout().as_fd()),
            Self::Stderr => behind(std::io::stderr().as_fd()),
            Self::File(path) | Self::Device(path) => path.metadata().ok(),
        }
    }

    /// The file behind the place, for comparison. Character devices, such as `/dev/null` and terminals, have none,
    /// because they can be written to twice. On Windows, no device has one.
    #[cfg(unix)]
    fn identity(&self) -> Option<Identity> {
        use std::os::unix::fs::FileTypeExt;
        let metadata = self.metadata()?;
        (!metadata.file_type().is_char_device()).then(|| Identity::of(&metadata))
    }

    #[cfg(not(unix))]
    fn identity(&self) -> Option<Identity> {
        match self {
            Self::Stdout | Self::Stderr | Self::Device(_) => None,
            Self::File(path) => Identity::at(path).ok(),
        }
    }

    /// The same for a regular file only. It is lost if it is an input too.
    fn file_identity(&self) -> Option<Identity> {
        #[cfg(unix)]
        let is_file = self.metadata().is_some_and(|metadata| metadata.is_file());
        #[cfg(not(unix))]
        let is_file = matches!(self, Self::File(path) if path.is_file());
        self.identity().filter(|_| is_file)
    }

    /// Whether two outputs would overwrite or interrupt each other.
    fn is_same(&self, other: &Self) -> bool {
        let is_device = matches!(self, Self::Device(_));
        (!is_device && self == other) || self.identity().is_some_and(|one| other.identity() == Some(one))
    }
}

/// Rejects two formats that would be written to the same place, files that cannot be written, and files that are among
/// the `inputs`, because the result would replace what it was made from.
pub(crate) fn check_targets<F>(targets: &[Target<F>], inputs: &Inputs<'_>) -> Result<(), Problems> {
    let mut taken: Vec<(Destination, String)> = Vec::new();
    for target in targets {
        let destination = Destination::of(target)?;
        let name = target.file.as_deref().map_or_else(|| STANDARD_OUTPUT.to_owned(), name_of);
        if taken.iter().any(|(other, _)| destination.is_same(other)) {
            let message = format!("two formats cannot both be written to {name}");
            let help = "write one of them to a different file: `-f FORMAT=FILE`";
            return Err(Diagnostic::error(Code::SameOutputTwice, message).help(help).into());
        }
        taken.push((destination, name));
    }
    inputs.check(taken.iter().filter_map(|(place, name)| Some((place.file_identity()?, name.as_str()))))
}

/// The place of a file that must not exist yet, and that none of `targets` is written to.
pub(super) fn new_file<F>(path: &Path, targets: &[Target<F>]) -> Result<PathBuf, Problems> {
    let name = name_of(path);
    if path.as_os_str() == "-" {
        let reason = "waivers cannot be written to standard output";
        return Err(refused(&name, reason, Some("name a file that does not exist, such as `waivers.json`")));
    }
    // a link that leads nowhere exists too
    if path.symlink_metadata().is_ok() {
        let help = "name a file that does not exist, or move this one away";
        return Err(Diagnostic::error(Code::FileExists, format!("{name} exists")).help(help).into());
    }
    let destination = Destination::at(path)?;
    for target in targets {
        if destination.is_same(&Destination::of(target)?) {
            let message = format!("two outputs cannot both be written to {name}");
            return Err(Diagnostic::error(Code::SameOutputTwice, message)
                .help("write one of them to a different file")
                .into());
        }
    }
    match destination {
        Destination::File(path) => Ok(path),
        _ => Err(refused(&name, "it is not a regular file", None)),
    }
}

/// A path that stands for an open file descriptor.
#[cfg_attr(not(unix), expect(dead_code, reason = "other systems have no such paths"))]
enum Descriptor {
    Stdout,
    Stderr,
    /// Another descriptor, of this process or of another one.
    Other,
}

impl Descriptor {
    /// `/dev/stdout`, `/dev/stderr`, and the numbers in `/dev/fd`, `/proc/PID/fd` and `/proc/PID/task/TID/fd`.
    #[cfg(unix)]
    fn at(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let parent = std::fs::canonicalize(directory(path)).ok()?;
        let is_own = match parent.strip_prefix("/proc") {
            Ok(below) if below.ends_with("fd") => {
                let own = std::fs::read_link("/proc/self").ok()?;
                below.starts_with(own)
            }
            _ if parent == Path::new("/dev/fd") => true,
            _ if parent == Path::new("/dev") => {
                return match name {
                    "stdout" => Some(Self::Stdout),
                    "stderr" => Some(Self::Stderr),
                    _ => None,
                };
            }
            _ => return None,
        };
        Some(match name {
            "1" if is_own => Self::Stdout,
            "2" if is_own => Self::Stderr,
            _ => Self::Other,
        })
    }

    #[cfg(not(unix))]
    fn at(_: &Path) -> Option<Self> {
        None
    }
}

/// The path as Windows reads it: without dots and blanks at the end of its name, and with a prefix if it is the name of a
/// device. The path that is written to must say that itself, because Windows reads a path without links literally.
#[cfg(windows)]
fn plain(path: &Path) -> std::io::Result<PathBuf> {
    std::path::absolute(path)
}

#[cfg(not(windows))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Windows")]
fn plain(path: &Path) -> std::io::Result<PathBuf> {
    Ok(path.to_owned())
}

/// Whether the path is the name of a device, such as `NUL` or `CON`, which is the same in every directory of Windows.
fn is_device_name(path: &Path) -> bool {
    use std::path::{Component, Prefix};
    // other systems have no prefixes
    let prefix = path.components().next();
    matches!(prefix, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::DeviceNS(_)))
}

/// Something that is opened by a descriptor. A regular file behind it is refused: it could not be replaced without
/// losing what its owner writes to it.
fn device(path: PathBuf, name: &str) -> Result<Destination, Problems> {
    match path.metadata() {
        Err(error) => Err(refused(name, &error.to_string(), None)),
        Ok(metadata) if metadata.is_dir() => Err(refused(name, "it is a directory", None)),
        Ok(metadata) if metadata.is_file() => {
            let help = "name the file itself, or redirect standard output: `-f FORMAT >FILE`";
            Err(refused(name, "a regular file is behind this descriptor", Some(help)))
        }
        Ok(_) => Ok(Destination::Device(path)),
    }
}

/// A path that is not a link.
fn file(path: PathBuf, name: &str) -> Result<Destination, Problems> {
    if path.is_dir() {
        return Err(refused(name, "it is a directory", None));
    }
    if !directory(&path).is_dir() {
        return Err(refused(name, "its directory does not exist", None));
    }
    if path.exists() && !path.is_file() {
        return Ok(Destination::Device(path));
    }
    Ok(Destination::File(match (std::fs::canonicalize(directory(&path)), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => path,
    }))
}

/// The directory that a file is in.
pub(super) fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
