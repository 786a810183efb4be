//! The quoting rule for names on the command line. A name that contains a separator, such as `=`, `/`, `@` or a space,
//! is written as a JSON string in double quotes: `--min-level '"tier=1"=Gold'`.

/// Splits a name from the start of `text`. A name in double quotes ends with its closing quote, any other name before
/// the first character that `ends` it, without blanks around it. Returns the name and the rest of the text.
///
/// # Errors
/// The quoted name is not a JSON string.
pub(crate) fn split_name(text: &str, ends: impl Fn(char) -> bool) -> Result<(String, &str), String> {
    let text = text.trim_start();
    if !text.starts_with('"') {
        let (name, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
        return Ok((name.trim_end().to_owned(), rest));
    }
    let mut strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
    match strings.next() {
        Some(Ok(name)) => {
            let rest = text.get(strings.byte_offset()..).unwrap_or_default();
            Ok((name, rest))
        }
        _ => Err(format!("`{text}` begins with a quote, but is not a JSON string; {HELP}")),
    }
}

/// The rule in one sentence, for messages.
pub(crate) const HELP: &str = "write a name with special characters as a JSON string, such as '\"a=b\"'";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Result<(String, &str), String> {
        split_name(text, |c| c == '=')
    }

    #[test]
    fn a_name_ends_before_the_separator_without_blanks_around_it() {
        assert_eq!(split("a b = c"), Ok(("a b".to_owned(), "= c")));
        assert_eq!(split(" a"), Ok(("a".to_owned(), "")));
        assert_eq!(split("=c"), Ok((String::new(), "=c")));
        assert_eq!(split(""), Ok((String::new(), "")));
        assert_eq!(split("a\"=b"), Ok(("a\"".to_owned(), "=b")));
    }

    #[test]
    fn a_quoted_name_ends_with_its_quote() {
        assert_eq!(split(r#""a=\"b\"" = c"#), Ok(("a=\"b\"".to_owned(), " = c")));
        for wrong in ["\"", "\"a", "\"\\x\"", "\"\\ud800\""] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_name_can_be_quoted(name: String, rest in "(=.*)?") {
            let text = serde_json::to_string(&name).expect("a string is valid JSON") + &rest;
            prop_assert_eq!(split(&text), Ok((name, rest.as_str())));
        }
    }
}
