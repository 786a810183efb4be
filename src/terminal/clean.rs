//! Text of users made harmless, wherever a person reads it.

use std::borrow::Cow;

/// Nothing in it moves the cursor, breaks the line or turns the direction of what follows, and it is no
/// command to the CI system whose log shows it: GitHub obeys `::…` at the start of a line, and `##[…`.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let commands = text.trim_start().starts_with("::") || text.contains("##[");
    if commands {
        return clean(&text.replace("::", ":\u{200b}:").replace("##[", "##\u{200b}[")).into_owned().into();
    }
    if !text.contains(is_unfit) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|character| match character {
                '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
                unfit if is_unfit(unfit) => char::REPLACEMENT_CHARACTER,
                fit => fit,
            })
            .collect(),
    )
}

fn is_unfit(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
