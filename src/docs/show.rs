//! Turns the Markdown of a page into text for a terminal.

use anstyle::Style;

const HEADING: Style = Style::new().bold();

/// The page with bold headings; blocks of code are indented instead of fenced.
pub(super) fn styled(markdown: &str) -> String {
    let mut text = String::new();
    let mut is_code = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        if is_code {
            text += &format!("    {line}\n");
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim_start();
            text += &format!("{HEADING}{heading}{HEADING:#}\n");
        } else {
            text += &format!("{line}\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::styled;

    #[test]
    fn headings_are_bold_and_code_is_indented() {
        let page = "# Gate\n\nText\n\n```sh\n# comment\n```\n";
        assert_eq!(styled(page), "\u{1b}[1mGate\u{1b}[0m\n\nText\n\n    # comment\n");
    }
}
