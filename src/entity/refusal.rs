//! Reasons why bytes are not an entity.

use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::json::{Fault, Scanner};

const JSON_HELP: &str = "check the input with a JSON editor, or jq";

/// Why there is no entity.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Refusal {
    /// The JSON is malformed, or ends too early.
    Json(Fault),
    /// The JSON is well-formed, but not an entity; or it is malformed in an entity whose name is known.
    Shape {
        code: Code,
        message: String,
        help: &'static str,
        at: usize,
        /// The identifier of the entity, when it is known.
        entity: Option<String>,
    },
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Json(fault)
    }
}

impl Refusal {
    /// A value has the wrong type.
    pub(super) fn wrong_type(at: usize, entity: Option<&str>, message: String, help: &'static str) -> Self {
        Self::Shape { code: Code::WrongType, message, help, at, entity: entity.map(str::to_owned) }
    }

    /// The entity has no usable identifier.
    pub(super) fn missing_identifier(message: &str, at: usize) -> Self {
        let help = "every entity needs one: a string that is not empty";
        Self::Shape { code: Code::MissingIdentifier, message: message.to_owned(), help, at, entity: None }
    }

    /// The value that is next is not an object.
    pub(super) fn not_an_object(scanner: &mut Scanner<'_>) -> Self {
        let kind = kind(scanner.peek());
        let at = scanner.pos();
        if let Err(fault) = scanner.skip_value() {
            return Self::Json(fault);
        }
        let message = format!("an entity must be an object, not {kind}");
        let help = "the input is a stream of entities, arrays of entities and answers of the Port API";
        Self::wrong_type(at, None, message, help)
    }

    /// An entity takes more than `largest` bytes.
    pub(super) fn too_large(at: usize, largest: usize, entity: Option<String>) -> Self {
        Self::Shape {
            code: Code::EntityTooLarge,
            message: format!("one entity takes more than {largest} bytes"),
            help: "raise the limit with `--max-entity-size BYTES`",
            at,
            entity,
        }
    }

    /// An object with an array of entities is itself an element of an array.
    pub(super) fn nested_wrapper(at: usize) -> Self {
        Self::Shape {
            code: Code::NestedWrapper,
            message: "an answer of the Port API cannot be an element of an array".to_owned(),
            help: "give the answers one after another, or their entities alone",
            at,
            entity: None,
        }
    }

    /// A key comes too late to decide what the object is.
    pub(super) fn late_key(name: &str, at: usize) -> Self {
        Self::Shape {
            code: Code::LateKey,
            message: format!("`{name}` comes after a long array of `entities`, which has been read by then"),
            help: "put this key before the array, or remove it",
            at,
            entity: None,
        }
    }

    /// The JSON is malformed in this entity.
    pub(super) fn in_entity(fault: Fault, entity: Option<String>) -> Self {
        let Some(entity) = entity else { return Self::Json(fault) };
        let (code, message) = fault.kind().describe();
        Self::Shape {
            code,
            message: message.to_owned(),
            help: JSON_HELP,
            at: fault.at(),
            entity: Some(entity),
        }
    }

    /// The problem, and the byte where it is.
    pub(super) fn diagnostic(self) -> (Diagnostic, usize) {
        match self {
            Self::Json(fault) => {
                let (code, message) = fault.kind().describe();
                (Diagnostic::error(code, message).help(JSON_HELP), fault.at())
            }
            Self::Shape { code, message, help, at, entity } => {
                let problem = Diagnostic::error(code, message).help(help);
                let note = entity.map(|entity| format!("in entity {}", quoted(&entity)));
                (Diagnostic { note, ..problem }, at)
            }
        }
    }
}

/// The type of a value with its article, by its first byte.
pub(super) fn kind(first: Option<u8>) -> &'static str {
    match first {
        Some(b'"') => "a string",
        Some(b'{') => "an object",
        Some(b'[') => "an array",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}
