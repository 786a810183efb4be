//! The style sheet and the script of a page, and the policy that allows these two and nothing else.

use super::colors::color_rules;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The script. It shows the search and the filters, which do nothing without it.
pub(super) const SCRIPT: &str = include_str!("../page.js");

const SHEET: &str = include_str!("../page.css");

/// The style sheet, with the colours of levels.
pub(super) fn style() -> String {
    format!("{SHEET}\n{}", color_rules())
}

/// The content of the Content-Security-Policy. Of images it allows only those in the page itself, for the empty icon.
pub(super) fn policy(style: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(style)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::draw::colors::{DARK, LIGHT};

    #[test]
    fn the_policy_has_the_hash_of_a_text_as_browsers_compute_it() {
        let policy = policy("");
        assert!(
            policy.contains("style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"),
            "{policy}"
        );
    }

    #[test]
    fn the_style_sheet_and_the_script_do_not_end_their_elements_and_refer_to_nothing_outside() {
        for text in [&style(), SCRIPT] {
            for wrong in ["</", "<!--", "http:", "https:", "@import", "innerHTML", "eval(", "\r"] {
                assert!(!text.contains(wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn edges_are_computed_for_the_backgrounds_of_the_style_sheet() {
        for background in [LIGHT, DARK] {
            assert!(SHEET.contains(&format!("--card: {background};")), "{background}");
        }
    }
}
