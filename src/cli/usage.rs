//! Prints errors of usage. The text is clap's, wrapped to the terminal, because clap wraps only its help.

use super::screen;
use crate::terminal::clean;
use anstream::adapter::strip_str;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};
use std::io::Write;
use std::process::ExitCode;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, fill};

/// Prints help, the version or an error. Returns the exit code of clap.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn print(error: clap::Error) -> anyhow::Result<ExitCode> {
    let error = cleaned(with_replacements(error));
    if error.use_stderr() {
        let text = safe(&error.render().ansi().to_string());
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

/// The option that `evaluate` once had: it hid results that the gate still judged.
const REMOVED: &str = "--only";
/// The options that replace it.
const REPLACEMENTS: [&str; 2] = [
    "`--scorecard GLOB` grades by the matching scorecards only",
    "`--where 'identifier = GLOB'` grades the matching entities only; nothing else is judged or counted",
];

/// The error about an unknown argument, with the options that replace it if it is one that was removed.
fn with_replacements(mut error: clap::Error) -> clap::Error {
    let text = |kind| error.get(kind).map_or_else(String::new, ToString::to_string);
    let is_of_evaluate = text(ContextKind::Usage).contains("dora-score evaluate");
    if text(ContextKind::InvalidArg) == REMOVED && is_of_evaluate {
        let tips = REPLACEMENTS.map(StyledStr::from).to_vec();
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
        // clap's guess at what was meant
        error.remove(ContextKind::SuggestedArg);
    }
    error
}

/// The error with the words of the user made safe to print, because clap prints them as they are.
fn cleaned(mut error: clap::Error) -> clap::Error {
    let words = error.context().filter_map(|(kind, value)| match value {
        ContextValue::String(text) => Some((kind, ContextValue::String(clean(text).into_owned()))),
        ContextValue::Strings(texts) => {
            let texts = texts.iter().map(|text| clean(text).into_owned());
            Some((kind, ContextValue::Strings(texts.collect())))
        }
        // advice that repeats an argument; it loses its colours only if it was not safe
        ContextValue::StyledStrs(texts) => {
            let texts = texts.iter().map(|text| {
                let (plain, raw) = (strip_str(&text.ansi().to_string()).to_string(), text.to_string());
                let cleaned = clean(&raw);
                if cleaned.as_str() == plain { text.clone() } else { StyledStr::from(cleaned.into_owned()) }
            });
            Some((kind, ContextValue::StyledStrs(texts.collect())))
        }
        _ => None,
    });
    for (kind, value) in words.collect::<Vec<_>>() {
        error.insert(kind, value);
    }
    error
}

/// The text with everything between its styles made safe to print: an error of a parser of values can repeat a value,
/// and is not part of the context.
fn safe(text: &str) -> String {
    let safe_line = |line: &str| {
        let mut parts = line.split("\u{1b}[");
        let mut safe = clean(parts.next().unwrap_or_default()).into_owned();
        for part in parts {
            let is_parameter = |character: char| character.is_ascii_digit() || character == ';';
            match part.trim_start_matches(is_parameter).strip_prefix('m') {
                Some(rest) => {
                    safe.push_str("\u{1b}[");
                    safe.push_str(part.strip_suffix(rest).unwrap_or_default());
                    safe.push_str(clean(rest).as_str());
                }
                None => safe.push_str(clean(format!("\u{1b}[{part}")).as_str()),
            }
        }
        safe
    };
    text.split('\n').map(safe_line).collect::<Vec<_>>().join("\n")
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
    fn only_styles_are_left() {
        let text = "\u{1b}[1merror:\u{1b}[0m a\u{1b}[2J \u{9b}b\r\n\u{1b}[1;31m::error::x\u{1b}[0m\n";
        let expected = "\u{1b}[1merror:\u{1b}[0m a␛[2J �b \n\u{1b}[1;31m:\u{200b}:error::x\u{1b}[0m\n";
        assert_eq!(safe(text), expected);
    }

    #[test]
    fn a_long_line_is_wrapped_under_the_text_after_its_label() {
        let error = "\u{1b}[1merror:\u{1b}[0m one two three four\n\nshort\n";
        let expected = "\u{1b}[1merror:\u{1b}[0m one two three\n       four\n\nshort\n";
        assert_eq!(wrapped(error, 24), expected);
        assert_eq!(wrapped(error, 80), error);
    }
}
