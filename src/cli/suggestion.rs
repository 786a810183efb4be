//! Values that completions suggest for an argument which also accepts other text, such as `FORMAT` of
//! `FORMAT[=FILE]`.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};
use std::ffi::OsStr;

/// A parser with suggestions. Hide them from the help of the argument with `hide_possible_values`, because there they
/// would look like the only values.
#[derive(Clone)]
struct Suggesting<P> {
    parser: P,
    values: fn() -> Vec<&'static str>,
}

/// The parser, with these suggestions for completions.
pub(crate) fn suggesting<P: TypedValueParser>(
    parser: P,
    values: fn() -> Vec<&'static str>,
) -> impl TypedValueParser<Value = P::Value> {
    Suggesting { parser, values }
}

impl<P: TypedValueParser> TypedValueParser for Suggesting<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        self.parser.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter().map(PossibleValue::new)))
    }
}
