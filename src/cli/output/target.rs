//! The value of `--format`: a format and its file.

use crate::cli::suggestion::suggesting;
use crate::report::Format;
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap_lex::OsStrExt as _;
use std::ffi::OsStr;
use std::path::PathBuf;

/// `FORMAT` or `FORMAT=FILE`.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) format: Format,
    /// The file; without it, standard output.
    pub(crate) file: Option<PathBuf>,
}

/// The parser for the command line. FILE may be any name that the system allows, also one that is not UTF-8.
pub(crate) fn parser() -> impl TypedValueParser<Value = Target> {
    let parser = OsStringValueParser::new().try_map(|text| Target::parse(&text));
    suggesting(parser, || Format::ALL.iter().map(|format| format.name()).collect())
}

impl Target {
    fn parse(text: &OsStr) -> Result<Self, String> {
        let (format, file) = match text.split_once("=") {
            Some((_, file)) if file.is_empty() => {
                return Err("write the name of a file after `=`".to_owned());
            }
            Some((format, file)) => (format, Some(PathBuf::from(file))),
            None => (text, None),
        };
        Ok(Self { format: format.to_string_lossy().parse()?, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
