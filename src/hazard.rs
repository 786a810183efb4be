//! The characters and sequences in user text that a terminal or a CI system would obey instead of showing them.

/// Whether a terminal obeys a character, or XML forbids it: control characters, line and paragraph separators,
/// characters with the Unicode property Bidi_Control, and two noncharacters. All are below U+10000.
pub(crate) fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{2028}' | '\u{2029}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a byte can be the first byte of an obeyed character in UTF-8, or of a workflow command inside a line.
pub(crate) fn may_be_obeyed(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | 0x7f | b'#' | 0xc2 | 0xd8 | 0xe2 | 0xef)
}

/// Whether a text begins with a workflow command that is obeyed anywhere in a line: `##[name]`, `##vso[name]`.
///
/// GitHub's runner reads the first form (`ActionCommand.cs` in actions/runner), Azure Pipelines reads both, and
/// TeamCity reads `##teamcity[name]`.
pub(crate) fn is_bracket_command(text: &str) -> bool {
    text.strip_prefix("##").is_some_and(|rest| {
        rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()).starts_with('[')
    })
}

/// Whether a character before `::` still leaves it at the beginning of a line: white space, and characters without
/// width. A reader of logs may remove them; .NET, in which GitHub's runner is written, removes white space and U+FEFF.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_of_every_obeyed_character_may_be_obeyed() {
        let mut bytes = [0; 4];
        for character in ('\0'..='\u{10ffff}').filter(|character| is_obeyed(*character)) {
            assert!(may_be_obeyed(character.encode_utf8(&mut bytes).as_bytes()[0]), "{character:?}");
            assert!(u16::try_from(u32::from(character)).is_ok(), "{character:?}");
        }
    }
}
