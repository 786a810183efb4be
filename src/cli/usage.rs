//! Prints errors of usage. The text is clap's, wrapped to the terminal, because clap wraps only its help.

use super::screen;
use crate::terminal::clean;
use anstream::adapter::strip_str;
use clap::error::ContextValue;
use std::io::Write;
use std::process::ExitCode;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, fill};

/// Prints help, the version or an error. Returns the exit code of clap.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn print(error: clap::Error) -> anyhow::Result<ExitCode> {
    let error = cleaned(error);
    if error.use_stderr() {
        let text = error.render().ansi().to_string();
        let text = screen::stderr().width.map_or(text.clone(), |width| wrapped(&text, usize::from(width)));
        // a closed standard error does not change the exit code
        drop(anstream::stderr().write_all(text.as_bytes()));
    } else {
        let mut stdout = anstream::stdout();
        stdout.write_all(error.render().ansi().to_string().as_bytes())?;
        stdout.flush()?;
    }
    Ok(u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The error with the words of the user made safe to print, because clap prints them as they are.
fn cleaned(mut error: clap::Error) -> clap::Error {
    let words = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(clean(text).into_owned()))),
        _ => None,
    });
    for (kind, value) in words.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

/// The text with each line wrapped. Continuation lines are indented by the width of the label, such as `error: `.
fn wrapped(text: &str, width: usize) -> String {
    text.lines().map(|line| wrapped_line(line, width) + "\n").collect()
}

fn wrapped_line(line: &str, width: usize) -> String {
    if display_width(line) <= width {
        return line.to_owned();
    }
    let plain = strip_str(line).to_string();
    let label = plain.split_once(": ").map_or(0, |(label, _)| display_width(label) + ": ".len());
    let indent = " ".repeat(if label <= width / 3 { label } else { 0 });
    let options = Options::new(width).subsequent_indent(&indent).break_words(false);
    fill(line, options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_wrapped_under_the_text_after_its_label() {
        let error = "\u{1b}[1merror:\u{1b}[0m one two three four\n\nshort\n";
        let expected = "\u{1b}[1merror:\u{1b}[0m one two three\n       four\n\nshort\n";
        assert_eq!(wrapped(error, 24), expected);
        assert_eq!(wrapped(error, 80), error);
    }
}
