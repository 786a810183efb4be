//! Reasons why bytes of the input are not an element, such as an entity.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::json::{Fault, Scanner};
use crate::terminal::thousands;

/// The reason why bytes are not an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rejection {
    /// The JSON is malformed, or ends too early.
    Json(Fault),
    /// The JSON is not an element, or it is malformed inside an element whose identifier is known.
    Shape {
        code: Code,
        message: String,
        help: &'static str,
        /// The byte at which the problem is.
        at: usize,
        /// The noun for the element, and its identifier, if it is known.
        within: Option<(&'static str, String)>,
    },
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

impl Rejection {
    /// For a value of the wrong type.
    pub(crate) fn wrong_type(at: usize, entity: Option<&str>, message: String, help: &'static str) -> Self {
        let within = entity.map(|entity| ("entity", entity.to_owned()));
        Self::Shape { code: Code::WrongType, message, help, at, within }
    }

    /// For an entity whose `identifier` is missing or empty.
    pub(super) fn missing_identifier(message: &str, at: usize) -> Self {
        let help = "every entity needs an `identifier`: a string that is not empty";
        Self::Shape { code: Code::MissingIdentifier, message: message.to_owned(), help, at, within: None }
    }

    /// For the next value of `scanner`, which is not an object.
    pub(crate) fn not_an_object(scanner: &mut Scanner<'_>, noun: &str) -> Self {
        let kind = kind(scanner.peek());
        let at = scanner.pos();
        if let Err(fault) = scanner.skip_value() {
            return Self::Json(fault);
        }
        let message = format!("an {noun} must be an object, not {kind}");
        let help = "the input must contain objects, arrays of objects or responses of the Port API";
        Self::wrong_type(at, None, message, help)
    }

    /// For an element of more than `largest` bytes.
    pub(super) fn too_large(at: usize, largest: usize, noun: &'static str, identifier: Option<&str>) -> Self {
        Self::Shape {
            code: Code::EntityTooLarge,
            message: format!("an {noun} is larger than {} bytes", thousands(largest as u64)),
            help: "raise the limit with `--max-entity-size BYTES`",
            at,
            within: identifier.map(|identifier| (noun, identifier.to_owned())),
        }
    }

    /// For a scorecard.
    pub(super) fn scorecard(at: usize) -> Self {
        Self::Shape {
            code: Code::NotAnEntity,
            message: "expected an entity, but this is a scorecard".to_owned(),
            help: "give scorecards with `--scorecards`, and entities with `--entities`",
            at,
            within: None,
        }
    }

    /// For a file of waivers.
    pub(super) fn waivers(at: usize) -> Self {
        Self::Shape {
            code: Code::NotAnEntity,
            message: "expected an entity, but these are waivers".to_owned(),
            help: "give waivers with `--waivers`, and keep them out of the directories of entities",
            at,
            within: None,
        }
    }

    /// For a scorecard or a result in the place of an event. `noun` is that of the event, with its article.
    pub(crate) fn no_event(at: usize, noun: &str, found: &str) -> Self {
        Self::Shape {
            code: Code::NotAnEntity,
            message: format!("expected {noun}, but this is a {found}"),
            help: "give events, as the portal or the tool exports them",
            at,
            within: None,
        }
    }

    /// For a wrapper that is an element of an array.
    pub(super) fn nested_wrapper(at: usize) -> Self {
        Self::Shape {
            code: Code::NestedWrapper,
            message: "a response of the Port API cannot be an element of an array".to_owned(),
            help: "write the responses one after another without an array, or keep only their entities",
            at,
            within: None,
        }
    }

    /// For a key that would change what the object is, after its entities have been read.
    pub(super) fn late_key(name: &str, at: usize) -> Self {
        Self::Shape {
            code: Code::LateKey,
            message: format!("`{name}` comes too late: the elements of `entities` have already been read"),
            help: "move the key before `entities`, or remove it",
            at,
            within: None,
        }
    }

    /// For malformed JSON inside an element; `identifier` is its identifier, if it is known.
    pub(super) fn in_element(fault: Fault, noun: &'static str, identifier: Option<String>) -> Self {
        let Some(identifier) = identifier else { return Self::Json(fault) };
        let (code, message) = fault.kind().describe();
        Self::Shape {
            code,
            message: message.to_owned(),
            help: fault.kind().help(),
            at: fault.at(),
            within: Some((noun, identifier)),
        }
    }

    /// The message for the user, and the byte at which the problem is.
    pub(super) fn diagnostic(self) -> (Diagnostic, usize) {
        match self {
            Self::Json(fault) => {
                let (code, message) = fault.kind().describe();
                (Diagnostic::error(code, message).help(fault.kind().help()), fault.at())
            }
            Self::Shape { code, message, help, at, within } => {
                let problem = Diagnostic::error(code, message).help(help);
                let note = within.map(|(noun, identifier)| format!("in {noun} {}", quoted(&identifier)));
                (Diagnostic { note, ..problem }, at)
            }
        }
    }
}

/// The type of a value with its article, such as `a string`, from its first byte.
pub(crate) fn kind(first: Option<u8>) -> &'static str {
    match first {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}
