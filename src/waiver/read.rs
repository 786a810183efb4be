//! Reads files of waivers, and reports all their mistakes.

use super::expiry::Expiry;
use super::model::Waiver;
use super::pattern::IdentifierPattern;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, Source, quoted, suggest};
use crate::json::{Node, Shape, Tree, parse_each};
use crate::scorecard::invalid_pattern;
use std::ops::Range;
use std::sync::Arc;

static SCALAR: Shape = Shape::SCALAR;
static FILE: Shape = Shape::object(&[(LIST, &WAIVERS)]);
static WAIVERS: Shape = Shape::array(&WAIVER);
static WAIVER: Shape = Shape::object(&[
    (ENTITY, &SCALAR),
    (SCORECARD, &SCALAR),
    (RULE, &SCALAR),
    (REASON, &SCALAR),
    (EXPIRES, &SCALAR),
    (APPROVED_BY, &SCALAR),
]);

const LIST: &str = "waivers";
const ENTITY: &str = "entity";
const SCORECARD: &str = "scorecard";
const RULE: &str = "rule";
const REASON: &str = "reason";
const EXPIRES: &str = "expires";
const APPROVED_BY: &str = "approvedBy";

const EXAMPLE: &str =
    r#"write {"waivers": [{"entity": "…", "scorecard": "…", "reason": "…", "expires": "2026-12-31"}]}"#;

/// Reads waivers from JSON text, in the order of the sources.
///
/// # Errors
/// Returns all problems of all sources, so that they can be fixed together. Unknown keys are problems, because a waiver
/// without the key that was meant would excuse more.
///
/// ```
/// use dora_score::{Code, Source, read_waivers};
///
/// let text = r#"{"waivers": [{"entity": "fax-*", "scorecard": "dora_cfr", "reason": "moves to the new platform",
///     "expires": "2026-12-31"}]}"#;
/// let waivers = read_waivers(vec![Source::new("waivers.json", text)])?;
/// assert_eq!(waivers[0].expires().to_string(), "2026-12-31");
/// assert_eq!(waivers[0].reason(), "moves to the new platform");
/// assert_eq!(waivers[0].place().to_string(), "waivers.json:1:25");
///
/// let problems = read_waivers(vec![Source::new("waivers.json", text.replace("12-31", "13-31"))]).unwrap_err();
/// assert_eq!(problems.0[0].code, Code::InvalidWaiver);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_waivers(sources: Vec<Source>) -> Result<Vec<Waiver>, Problems> {
    let (mut waivers, mut problems) = (Vec::new(), Vec::new());
    for source in sources {
        let mut reader = Reader { source: Arc::new(source), problems: &mut problems };
        waivers.extend(reader.document());
    }
    if problems.is_empty() { Ok(waivers) } else { Err(Problems(problems)) }
}

struct Reader<'p> {
    source: Arc<Source>,
    problems: &'p mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> Place {
        Place::Span { source: Arc::clone(&self.source), span: span.clone() }
    }

    fn problem(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let place = self.place(span);
        self.problems.push(Diagnostic::error(Code::InvalidWaiver, message).help(help).at(place));
    }

    /// The waivers of the source that have no problem.
    fn document(&mut self) -> Vec<Waiver> {
        let source = Arc::clone(&self.source);
        let mut waivers = Vec::new();
        let root = parse_each(source.text(), &FILE, LIST, &mut |node| waivers.extend(self.waiver(node)));
        let root = match root {
            Ok(root) => root,
            Err(fault) if source.is_blank() => {
                let place = self.place(&(fault.at()..fault.at()));
                self.problems
                    .push(Diagnostic::error(Code::EmptyFile, "the file is empty").help(EXAMPLE).at(place));
                return Vec::new();
            }
            Err(fault) => {
                let (code, message) = fault.kind().describe();
                let place = self.place(&(fault.at()..fault.at() + 1));
                self.problems.push(Diagnostic::error(code, message).help(fault.kind().help()).at(place));
                return Vec::new();
            }
        };
        self.check_keys(&root, &FILE);
        match root.get(LIST) {
            Some(list) if list.as_list().is_some() => {}
            Some(list) => {
                let message = format!("`{LIST}` must be an array, not {}", list.kind());
                self.problem(&list.head(), message, EXAMPLE);
            }
            None if root.is_object() => {
                self.problem(&root.head(), format!("the file has no `{LIST}`"), EXAMPLE);
            }
            None => {
                let message = format!("a file of waivers must be an object, not {}", root.kind());
                self.problem(&root.head(), message, EXAMPLE);
            }
        }
        waivers
    }

    fn waiver(&mut self, node: &Node) -> Option<Waiver> {
        if !node.is_object() {
            self.problem(&node.head(), format!("a waiver must be an object, not {}", node.kind()), EXAMPLE);
            return None;
        }
        self.check_keys(node, &WAIVER);
        let entity = self.required(node, ENTITY, "write an identifier or a pattern");
        let entity = entity.and_then(|(node, text)| Some((self.place(&node.span), self.name(node, &text)?)));
        let scorecard = self.required(node, SCORECARD, "write an identifier or a pattern");
        let scorecard = scorecard.and_then(|(node, text)| self.name(node, &text));
        let reason = self.required(node, REASON, "say why the results are excused");
        let expires = self.required(node, EXPIRES, "write the last day of the waiver, such as 2026-12-31");
        let expires = expires.and_then(|(node, text)| self.expiry(node, &text));
        let rule = self.optional(node, RULE);
        self.optional(node, APPROVED_BY);
        let (place, entity) = entity?;
        Some(Waiver {
            entity,
            scorecard: scorecard?,
            rule: rule?,
            reason: reason?.1,
            expires: expires?,
            place,
        })
    }

    /// Reports the keys of an object that are not known, and those that stand twice.
    fn check_keys(&mut self, node: &Node, shape: &Shape) {
        for (index, member) in node.members().iter().enumerate() {
            let is_known = shape.keys().any(|key| key == member.key);
            let mut before = node.members().iter().take(index);
            if !is_known {
                let message = format!("unknown key {}", quoted(&member.key));
                self.problem(&member.key_span, message, suggest("key", &member.key, shape.keys()));
            } else if before.any(|other| other.key == member.key) {
                let message = format!("the key {} stands twice", quoted(&member.key));
                self.problem(&member.key_span, message, "remove one of the two");
            }
        }
    }

    /// A string that must be there and must not be blank.
    fn required<'n>(&mut self, node: &'n Node, key: &str, help: &str) -> Option<(&'n Node, String)> {
        match node.get(key) {
            None => self.problem(&node.head(), format!("the waiver has no `{key}`"), help),
            Some(found) => return self.text(found, key, help).map(|text| (found, text)),
        }
        None
    }

    /// A string that may be absent; the outer `None` is for a problem.
    #[expect(clippy::option_option, reason = "a problem differs from an absent key")]
    fn optional(&mut self, node: &Node, key: &str) -> Option<Option<String>> {
        match node.get(key) {
            None => Some(None),
            Some(found) => self.text(found, key, "leave out the key, or write a string").map(Some),
        }
    }

    fn text(&mut self, node: &Node, key: &str, help: &str) -> Option<String> {
        match &node.tree {
            Tree::Text(text) if !text.trim().is_empty() => return Some(text.clone()),
            Tree::Text(_) => self.problem(&node.span, format!("`{key}` is empty"), help),
            _ => {
                let message = format!("`{key}` must be a string, not {}", node.kind());
                self.problem(&node.head(), message, help);
            }
        }
        None
    }

    fn name(&mut self, node: &Node, text: &str) -> Option<IdentifierPattern> {
        let problem = |error| invalid_pattern(Code::InvalidWaiver, text, &error).at(self.place(&node.span));
        IdentifierPattern::parse(text).map_err(problem).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn expiry(&mut self, node: &Node, text: &str) -> Option<Expiry> {
        let parsed = text.parse();
        parsed
            .map_err(|help: String| {
                self.problem(&node.span, format!("`{EXPIRES}` is not a date: {}", quoted(text)), help);
            })
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn problems(text: &str) -> Vec<String> {
        match read_waivers(vec![Source::new("w", text)]) {
            Ok(_) => Vec::new(),
            Err(Problems(problems)) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn every_mistake_is_reported_at_its_place() {
        for (text, expected) in [
            ("", &["w:1:1: error[empty-file]: the file is empty"][..]),
            ("[]", &["w:1:1: error[invalid-waiver]: a file of waivers must be an object, not an array"]),
            ("{}", &["w:1:1: error[invalid-waiver]: the file has no `waivers`"]),
            (r#"{"waivers": null}"#, &["w:1:1: error[invalid-waiver]: the file has no `waivers`"]),
            (
                r#"{"waivers": {}}"#,
                &["w:1:13: error[invalid-waiver]: `waivers` must be an array, not an object"],
            ),
            (r#"{"waivers": [], "more": 1}"#, &["w:1:17: error[invalid-waiver]: unknown key `more`"]),
            (
                r#"{"waivers": [7]}"#,
                &["w:1:14: error[invalid-waiver]: a waiver must be an object, not a number"],
            ),
            (
                r#"{"waivers": [{"entity": "", "scorecard": "[", "reason": " \t", "expires": "soon", "rule": 1, "x": 2}]}"#,
                &[
                    "w:1:94: error[invalid-waiver]: unknown key `x`",
                    "w:1:25: error[invalid-waiver]: `entity` is empty",
                    "w:1:42: error[invalid-waiver]: invalid glob pattern `[`: invalid range pattern",
                    "w:1:57: error[invalid-waiver]: `reason` is empty",
                    "w:1:75: error[invalid-waiver]: `expires` is not a date: `soon`",
                    "w:1:91: error[invalid-waiver]: `rule` must be a string, not a number",
                ],
            ),
            (
                r#"{"waivers": [{"entity": "a", "rule": null}]}"#,
                &[
                    "w:1:14: error[invalid-waiver]: the waiver has no `scorecard`",
                    "w:1:14: error[invalid-waiver]: the waiver has no `reason`",
                    "w:1:14: error[invalid-waiver]: the waiver has no `expires`",
                ],
            ),
            (r#"{"waivers": []}"#, &[]),
            (
                r#"{"waivers": [], "waivers": []}"#,
                &["w:1:17: error[invalid-waiver]: the key `waivers` stands twice"],
            ),
            (
                r#"{"waivers": [{"entity": "a", "scorecard": "*", "reason": "r", "expires": "2026-01-31", "approvedBy": "me", "rule": null}]}"#,
                &[],
            ),
        ] {
            assert_eq!(problems(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unknown_key_names_the_nearest_one() {
        let text = r#"{"waivers": [{"entity": "a", "scorecard": "*", "reason": "r", "expires": "2026-01-31", "rul": "x"}]}"#;
        let Problems(problems) = read_waivers(vec![Source::new("w", text)]).unwrap_err();
        assert_eq!(problems[0].help.as_deref().map(|help| help.contains("did you mean `rule`?")), Some(true));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", ":", ",", "\"waivers\"", "\"entity\"", "\"scorecard\"", "\"rule\"", "\"reason\"",
            "\"expires\"", "\"2026-12-31\"", "\"9999-12-31\"", "\"[a\"", "\"**\"", "null", "1e999", "\"", " ", "\u{feff}",
            r#"{"waivers": [{"entity": "a", "scorecard": "*", "reason": "r", "expires": "2026-01-31""#, "\n", "é",
        ]), 0..12)) {
            let text = pieces.concat();
            if let Err(Problems(problems)) = read_waivers(vec![Source::new("w", text)]) {
                let screen = crate::terminal::Screen { color: false, width: Some(40) };
                prop_assert!(problems.iter().all(|problem| !problem.render(screen).is_empty()));
            }
        }
    }
}
