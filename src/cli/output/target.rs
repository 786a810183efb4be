//! The value of `--format`: a format and its file.

use crate::cli::suggestion::suggesting;
use crate::diagnostic::{Diagnostic, suggest};
use crate::report::Format;
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap_lex::OsStrExt as _;
use std::ffi::OsStr;
use std::path::PathBuf;

/// The formats of a command.
pub(crate) trait OutputFormat: Copy + Send + Sync + 'static {
    /// The format with this name.
    fn named(name: &str) -> Option<Self>;

    /// The names on the command line, in the order of the help.
    fn names() -> Vec<&'static str>;

    /// Whether output is written at once. All other output is held back until the whole input is known to be valid. If
    /// nothing is written before that, this need not be `false`.
    fn is_streamed(self) -> bool {
        true
    }

    /// The text about a run that these problems stopped; `None` if the format tells nothing. `is_file` is whether it is
    /// written to a file.
    fn undecided(self, _is_file: bool, _problems: &[Diagnostic]) -> Option<String> {
        None
    }
}

impl OutputFormat for Format {
    fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|format| format.name()).collect()
    }

    fn is_streamed(self) -> bool {
        Self::is_streamed(self)
    }

    fn undecided(self, is_file: bool, problems: &[Diagnostic]) -> Option<String> {
        Self::undecided(self, is_file, problems)
    }
}

/// Makes an enum of words the formats of a command that writes nothing before all input has been read.
macro_rules! output_format {
    ($name:ty $(, $undecided:item)?) => {
        impl crate::cli::output::OutputFormat for $name {
            fn named(name: &str) -> Option<Self> {
                Self::named(name)
            }

            fn names() -> Vec<&'static str> {
                Self::names().collect()
            }

            $($undecided)?
        }
    };
}

pub(crate) use output_format;

/// `FORMAT` or `FORMAT=FILE`.
#[derive(Clone)]
pub(crate) struct Target<F> {
    pub(crate) format: F,
    /// The file; without it, standard output.
    pub(crate) file: Option<PathBuf>,
}

/// The parser for the command line. FILE may be any name that the system allows, also one that is not UTF-8.
pub(crate) fn parser<F: OutputFormat>() -> impl TypedValueParser<Value = Target<F>> {
    let parser = OsStringValueParser::new().try_map(|text| Target::parse(&text));
    suggesting(parser, F::names)
}

impl<F: OutputFormat> Target<F> {
    fn parse(text: &OsStr) -> Result<Self, String> {
        let (format, file) = match text.split_once("=") {
            Some((_, file)) if file.is_empty() => {
                return Err("write the name of a file after `=`".to_owned());
            }
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let name = format.to_string_lossy();
        let format = F::named(&name).ok_or_else(|| suggest("format", &name, F::names()))?;
        Ok(Self { format, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Target = super::Target<Format>;

    #[test]
    fn the_file_begins_after_the_first_equals_sign() {
        let target = Target::parse(OsStr::new("csv=a=b")).expect("it is valid");
        assert_eq!((target.format, target.file), (Format::Csv, Some(PathBuf::from("a=b"))));
        assert!(Target::parse(OsStr::new("csv=")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_may_have_a_name_that_is_not_utf8() {
        use std::os::unix::ffi::OsStrExt as _;
        let target = Target::parse(OsStr::from_bytes(b"csv=\xff")).expect("it is valid");
        assert_eq!(target.file, Some(PathBuf::from(OsStr::from_bytes(b"\xff"))));
    }
}
