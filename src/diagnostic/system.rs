//! The texts of errors of the operating system, for messages.

/// The text of an error without the number that the standard library adds, such as ` (os error 2)`: the words before
/// it say the same.
pub(crate) fn without_os_error(text: &str) -> String {
    const START: &str = " (os error ";
    let Some((before, rest)) = text.split_once(START) else { return text.to_owned() };
    match rest.split_once(')') {
        Some((number, after)) if number.parse::<i32>().is_ok() => {
            before.to_owned() + &without_os_error(after)
        }
        _ => before.to_owned() + START + &without_os_error(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::without_os_error;

    #[test]
    fn the_number_of_an_error_is_removed_and_nothing_else() {
        for (text, expected) in [
            ("No such file or directory (os error 2)", "No such file or directory"),
            (
                "cannot write `x`: No space left (os error 28) at path y",
                "cannot write `x`: No space left at path y",
            ),
            ("`a (os error x)`: Is a directory (os error 21)", "`a (os error x)`: Is a directory"),
            ("an (os error ", "an (os error "),
            ("unexpected end of file", "unexpected end of file"),
        ] {
            assert_eq!(without_os_error(text), expected);
        }
    }
}
