//! Files of results or entities of several dates: `trend`, and the history of a page.

use super::{input, progress};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, quoted};
use crate::entity::{Progress, Settings};
use crate::history::{Content, DatedFile, Reading, Series};
use crate::load::{FileKind, FoundFile};
use crate::scorecard::{Definition, Scorecards};
use crate::terminal::counted;
use std::path::PathBuf;

/// Files with different dates, the last one first.
pub(super) struct DatedFiles(Vec<FileOfDate>);

/// A file with its date.
struct FileOfDate {
    found: FoundFile,
    dated: DatedFile,
    size: Option<u64>,
}

impl DatedFiles {
    /// Finds the files and their dates.
    ///
    /// # Errors
    /// Returns a problem for each file that cannot be read, has no date or has the date of another file.
    pub(super) fn find(paths: &[PathBuf], settings: Settings) -> Result<Self, Problems> {
        if paths.iter().any(|path| path.as_os_str() == "-") {
            let message = "cannot read from `-`: each date needs a file";
            return Err(Diagnostic::error(Code::UndatedFile, message)
                .help("give files or a directory")
                .into());
        }
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for found in input::find_files(paths)? {
            let peeked = input::open_file(&found)
                .map_err(|error| FileKind::Entities.unreadable(&found.shown, &error).into());
            let dated = peeked.and_then(|(input, size)| match size {
                Some(_) => Ok((DatedFile::peek(input, &found.shown, settings)?, size)),
                None => Err(not_regular(&found).into()),
            });
            match dated {
                Ok((dated, size)) => files.push(FileOfDate { found, dated, size }),
                Err(Problems(more)) => problems.extend(more),
            }
        }
        files.sort_by_key(|file| std::cmp::Reverse(file.dated.as_of));
        for (later, earlier) in files.iter().zip(files.iter().skip(1)) {
            if later.dated.as_of == earlier.dated.as_of {
                problems.push(duplicate_date(later, earlier));
            }
        }
        if problems.is_empty() { Ok(Self(files)) } else { Err(Problems(problems)) }
    }

    /// Refuses fewer than two files.
    pub(super) fn check_count(&self) -> Result<(), Problems> {
        if self.0.len() >= 2 {
            return Ok(());
        }
        let files = counted(self.0.len() as u64, "file", "files");
        let message = format!("a trend needs at least two dates, not {files}");
        let help = "give a result of each date; to compare two results, use `dora-score diff`";
        Err(Diagnostic::error(Code::TooFewDates, message).help(help).into())
    }

    /// Reads the files, the last date first. Entities are graded with `definitions`.
    ///
    /// # Errors
    /// Returns the first problem.
    pub(super) fn read(
        &self,
        reading: &Reading<'_>,
        definitions: &[Definition],
        quiet: bool,
    ) -> Result<Series, Problems> {
        let mut line = progress::Line::new(quiet, self.0.iter().map(|file| file.size).sum());
        let (mut series, mut before) = (Series::default(), Progress::default());
        for FileOfDate { found, dated, .. } in &self.0 {
            let name = found.shown.display().to_string();
            let unreadable = |error: std::io::Error| FileKind::Entities.unreadable(&found.shown, &error);
            let (input, _) = input::open_file(found).map_err(unreadable)?;
            let mut total = before;
            let update = |progress: Progress| {
                total = before.plus(progress);
                line.update(total);
            };
            let side = match dated.content {
                Content::Results => reading.read(&name, vec![input], update)?,
                Content::Entities => {
                    let scorecards =
                        Scorecards::new(definitions.to_vec(), dated.as_of, reading.default_blueprint);
                    reading.grade(&name, vec![input], &scorecards, update)?
                }
            };
            before = total;
            series.add(dated.as_of, side, &reading.catalog.lock());
        }
        line.clear();
        Ok(series)
    }
}

/// The error for a pipe: each file is read twice, first for its date.
fn not_regular(found: &FoundFile) -> Diagnostic {
    let message = "not a regular file, and it must be read twice";
    Diagnostic::error(Code::UnreadableInput, message)
        .help("write its content to a file first")
        .at(Place::File(found.shown.display().to_string()))
}

fn duplicate_date(one: &FileOfDate, other: &FileOfDate) -> Diagnostic {
    let [one_name, other_name] = [one, other].map(|file| file.found.shown.display().to_string());
    let message = format!("{} has the same date, {}", quoted(&other_name), one.dated.as_of);
    Diagnostic::error(Code::DuplicateDate, message)
        .help("give one file for each date")
        .at(Place::File(one_name))
}
