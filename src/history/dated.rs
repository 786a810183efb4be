//! Finds out what a file of a series is, and its date, without reading all of it.

use super::document::{DocumentKey, check_version, time};
use crate::diagnostic::{Code, Diagnostic, Place, Problems, quoted};
use crate::entity::{Decoded, Elements, Input, Rejection, Settings, for_each_element, skip};
use crate::json::{Fault, Scanner};
use crate::schema::DocumentKind;
use crate::value::Instant;
use std::ops::ControlFlow;
use std::path::Path;

/// What a file of a series contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Entities with their results.
    Results,
    /// Entities to grade.
    Entities,
}

/// What a file of a series is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DatedFile {
    pub(crate) content: Content,
    pub(crate) as_of: Instant,
}

/// Elements of either kind, of which only the form matters.
struct Forms;

/// The form of an entity, or a member of a document.
#[derive(Default)]
struct Form<'a> {
    member: Option<(DocumentKey, &'a str)>,
    is_result: IsResult,
}

/// Whether an entity has results of this program, which have ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum IsResult {
    Yes,
    #[default]
    No,
    /// It has the form of a result, but none of its scorecards applies.
    Unknown,
}

impl Elements for Forms {
    type Element<'a> = Form<'a>;
    type Decoder<'s> = ();

    const NOUN: &'static str = "entity";
    const HAS_PAGES: bool = true;
    const HAS_MEMBERS: bool = true;

    fn decoder(&self) {}

    fn blank<'a>(&self, _: &Scanner<'a>) -> Form<'a> {
        Form::default()
    }

    fn decode<'a>((): &mut (), scanner: &mut Scanner<'a>, form: &mut Form<'a>) -> Result<Decoded, Rejection> {
        if scanner.peek() != Some(b'{') {
            return Err(Rejection::not_an_object(scanner, Self::NOUN));
        }
        scanner.open()?;
        form.member = None;
        let (mut first, mut has_identifier, mut has_properties) = (true, false, false);
        let (mut results, mut entities) = (None, None);
        while let Some(key) = scanner.member(&mut first)? {
            let (next, range) = (scanner.peek(), skip(scanner)?);
            match &*key.name() {
                b"identifier" => has_identifier = true,
                b"properties" => has_properties = true,
                b"scorecards" => results = Some(range),
                b"entities" => entities = Some(range).filter(|_| next == Some(b'[')),
                _ => {}
            }
        }
        if let (false, Some(range)) = (has_identifier, entities) {
            return Ok(Decoded::Many(range));
        }
        form.is_result = match results {
            Some(range) if !has_properties => is_result(scanner.at(range.start, 0))?,
            _ => IsResult::No,
        };
        Ok(Decoded::Element)
    }

    fn member<'a>(form: &mut Form<'a>, name: &[u8], value: &'a str) -> bool {
        form.member = DocumentKey::named(name).map(|key| (key, value));
        form.member.is_some()
    }

    fn identifier<'e>(_: &'e Form<'_>) -> Option<&'e str> {
        None
    }
}

/// Looks for a rank in the value of `scorecards`.
fn is_result(mut scanner: Scanner<'_>) -> Result<IsResult, Fault> {
    if scanner.peek() != Some(b'{') {
        return Ok(IsResult::No);
    }
    scanner.open()?;
    let (mut first, mut found) = (true, IsResult::Unknown);
    while scanner.member(&mut first)?.is_some() {
        if scanner.peek() != Some(b'{') {
            scanner.skip_value()?;
            continue;
        }
        found = IsResult::No;
        scanner.open()?;
        let mut first = true;
        while let Some(key) = scanner.member(&mut first)? {
            if *key.name() == *b"rank" {
                return Ok(IsResult::Yes);
            }
            scanner.skip_value()?;
        }
    }
    Ok(found)
}

impl DatedFile {
    /// Finds out what a file is.
    ///
    /// # Errors
    /// Returns the first problem of the file, or a problem if it has no date.
    pub(crate) fn peek(input: Input<'_>, path: &Path, settings: Settings) -> Result<Self, Problems> {
        let place = || Place::File(path.display().to_string());
        let (mut kind, mut version, mut as_of, mut is_result) = (None, None, None, None);
        let mut may_be_result = false;
        for_each_element(input, &Forms, settings, |form: &Form<'_>| {
            match form.member {
                Some((DocumentKey::Kind, value)) => kind = Some(text(value)),
                Some((DocumentKey::SchemaVersion, value)) => version = Some(value.to_owned()),
                Some((DocumentKey::AsOf, value)) => as_of = Some(text(value)).filter(|_| value != "null"),
                Some((DocumentKey::Summary, _)) => {}
                None => match form.is_result {
                    IsResult::Yes => drop(is_result.get_or_insert(true)),
                    IsResult::No => drop(is_result.get_or_insert(false)),
                    IsResult::Unknown => may_be_result = true,
                },
            }
            // the members of a document may follow its entities, if somebody sorted them
            let is_document = kind.is_some() || version.is_some() || as_of.is_some();
            let is_known = kind.is_some() && as_of.is_some() || is_result.is_some() && !is_document;
            if is_known { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        let content = content(kind.as_deref(), version.as_deref(), is_result.unwrap_or(may_be_result))
            .map_err(|problem| problem.at(place()))?;
        let as_of = match as_of {
            Some(text) => time(&text, &path.display().to_string())?,
            None => date_of_name(path).ok_or_else(|| undated().at(place()))?,
        };
        Ok(Self { content, as_of })
    }
}

/// The text of a JSON string; any other value as it is written.
fn text(value: &str) -> String {
    serde_json::from_str(value).unwrap_or_else(|_| value.to_owned())
}

fn content(kind: Option<&str>, version: Option<&str>, is_result: bool) -> Result<Content, Diagnostic> {
    version.map(check_version).transpose()?;
    match kind {
        Some(kind) if kind == DocumentKind::Result.name() => Ok(Content::Results),
        Some(kind) if kind == DocumentKind::Entities.name() => Ok(Content::Entities),
        Some(kind) => {
            let message = format!("a document of kind {} is neither a result nor entities", quoted(kind));
            let help =
                "give documents that `dora-score evaluate -f json` or `dora-score metrics --snapshots` wrote";
            Err(Diagnostic::error(Code::NotAResult, message).help(help))
        }
        None if is_result => Ok(Content::Results),
        None => Ok(Content::Entities),
    }
}

/// The date with which the name of a file begins, such as `2026-01-31.json`.
fn date_of_name(path: &Path) -> Option<Instant> {
    Instant::parse_day(path.file_name()?.to_str()?.get(..10)?)
}

fn undated() -> Diagnostic {
    Diagnostic::error(Code::UndatedFile, "the file has no date")
        .help("give a document that `dora-score evaluate -f json` wrote, or begin the name of the file with a date, such as `2026-01-31.json`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peek(name: &str, text: &str) -> Result<(Content, String), String> {
        let input = Input::open(name, text.as_bytes());
        let dated = DatedFile::peek(input, Path::new(name), Settings::default());
        dated
            .map(|dated| (dated.content, dated.as_of.to_string()))
            .map_err(|problems| problems.0[0].code.to_string())
    }

    #[test]
    fn a_document_says_what_it_is_wherever_its_members_are() {
        let day = "2026-01-31T00:00:00Z".to_owned();
        for (name, text, expected) in [
            ("a", r#"{"kind": "result", "asOf": "2026-01-31T00:00:00Z", "entities": []}"#, Content::Results),
            (
                "a",
                r#"{"asOf": "2026-01-31T00:00:00Z", "entities": [{"identifier": "a"}], "kind": "result"}"#,
                Content::Results,
            ),
            (
                "a",
                r#"{"asOf": "2026-01-31T00:00:00Z", "kind": "entities", "entities": []}"#,
                Content::Entities,
            ),
            ("2026-01-31.json", r#"[{"identifier": "a"}]"#, Content::Entities),
            (
                "2026-01-31-x",
                r#"{"identifier": "a", "scorecards": {"b": null, "c": {"level": "Gold", "rank": 3}}}"#,
                Content::Results,
            ),
            (
                "2026-01-31",
                r#"{"identifier": "a", "properties": {}, "scorecards": {"c": {"level": "Gold", "rank": 3}}}"#,
                Content::Entities,
            ),
            ("2026-01-31", r#"{"identifier": "a", "scorecards": {"c": null}}"#, Content::Results),
            (
                "2026-01-31",
                r#"{"identifier": "a", "scorecards": {}} {"identifier": "b", "deployment_frequency": 1}"#,
                Content::Entities,
            ),
            (
                "2026-01-31",
                r#"{"identifier": "a", "scorecards": {}} {"identifier": "b", "scorecards": {"c": {"rank": 0}}}"#,
                Content::Results,
            ),
            (
                "2026-01-31",
                r#"[[{"identifier": "a", "scorecards": {"\ud800": {"rank": 0}}}]]"#,
                Content::Results,
            ),
            ("2026-01-31", "", Content::Entities),
        ] {
            assert_eq!(peek(name, text), Ok((expected, day.clone())), "{text}");
        }
    }

    #[test]
    fn other_documents_and_files_without_a_date_are_refused() {
        for (name, text, expected) in [
            ("a", r#"{"kind": "diff", "asOf": "2026-01-31T00:00:00Z", "entities": []}"#, "not-a-result"),
            (
                "a",
                r#"{"schemaVersion": 2, "kind": "result", "asOf": "2026-01-31T00:00:00Z", "entities": []}"#,
                "not-a-result",
            ),
            ("a", r#"{"kind": "result", "asOf": "soon", "entities": []}"#, "not-a-date"),
            ("2026-02-30.json", r#"{"identifier": "a"}"#, "undated-file"),
            ("a", r#"{"identifier": "a"}"#, "undated-file"),
            ("2026-01-31", "7", "wrong-type"),
        ] {
            assert_eq!(peek(name, text), Err(expected.to_owned()), "{text}");
        }
    }
}
