//! The files that a run reads, which no output may replace.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::load::{FileKind, Files, Identity};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The paths that a run reads, each list with the kind of its files.
pub(crate) struct Inputs<'a>(pub(crate) Vec<(&'a [PathBuf], FileKind)>);

impl Inputs<'_> {
    /// Rejects outputs that are among the files to read. Each comes with its identity and its name.
    pub(super) fn check<'n>(
        &self,
        outputs: impl Iterator<Item = (Identity, &'n str)>,
    ) -> Result<(), Problems> {
        let outputs: HashMap<Identity, &str> = outputs.collect();
        // most outputs do not exist yet, and then the directories need not be searched twice
        if outputs.is_empty() {
            return Ok(());
        }
        let files = self.0.iter().flat_map(|(paths, kind)| Files::find(paths, *kind).files);
        let problems: Vec<Diagnostic> = files
            .filter_map(|file| {
                let name = outputs.get(&identity(&file.real)?)?;
                let input = match file.shown.as_os_str() == "-" {
                    true => "it is standard input".to_owned(),
                    false => format!("it is the input {}", quoted(&file.shown.display().to_string())),
                };
                let message = format!("cannot write {name}: {input}");
                Some(
                    Diagnostic::error(Code::InputAsOutput, message)
                        .help("write to a different file: `-f FORMAT=FILE`"),
                )
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }
}

/// The identity of a regular file. Pipes, sockets and terminals can be read and written.
fn identity(path: &Path) -> Option<Identity> {
    let path = if path.as_os_str() == "-" { Path::new("/dev/stdin") } else { path };
    if path.is_file() { Identity::at(path).ok() } else { None }
}
