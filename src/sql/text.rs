//! What several dialects share: literals, and the paths of fields.

use super::model::Model;
use crate::entity::is_property_of_row;
use crate::hazard::is_obeyed;
use crate::scorecard::Subject;

/// A string literal of standard SQL, in which a backslash is an ordinary character. Control characters, and others that a
/// screen obeys, are written as `chr(…)`, so that a literal is on one line and shows what it is.
pub(super) fn literal_with_chr(text: &str) -> String {
    if !text.contains(is_special) {
        return quoted(text);
    }
    let mut parts: Vec<String> = Vec::new();
    let mut plain = String::new();
    for character in text.chars() {
        if is_special(character) {
            parts.push(quoted(&std::mem::take(&mut plain)));
            parts.push(format!("chr({})", u32::from(character)));
        } else {
            plain.push(character);
        }
    }
    parts.push(quoted(&plain));
    parts.retain(|part| part != "''");
    match parts.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(" || ")),
    }
}

/// Whether a character is not written into a literal as it is.
pub(super) fn is_special(character: char) -> bool {
    character.is_control() || is_obeyed(character)
}

/// An identifier of standard SQL.
pub(super) fn double_quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// JSON pointers to the values of all fields.
pub(super) struct Paths {
    /// Those of an entity with `properties`; the first two are of the identifier and the blueprint.
    pub(super) wrapped: Vec<String>,
    /// Those of the properties of a flat row.
    pub(super) flat: Vec<String>,
    /// The places in `wrapped`, from 1 on, of what `flat` is for.
    pub(super) of_row: Vec<usize>,
    /// The places of each field in `wrapped` and in `flat`, from 1 on.
    pub(super) places: Vec<(usize, Option<usize>)>,
}

/// The JSON pointers to the values of all fields.
pub(super) fn paths(model: &Model) -> Paths {
    let mut paths = Paths {
        wrapped: vec!["/identifier".to_owned(), "/blueprint".to_owned()],
        flat: Vec::new(),
        of_row: Vec::new(),
        places: Vec::new(),
    };
    for field in &model.fields {
        let (path, flat) = match &field.subject {
            Subject::Property(name) => {
                let row = is_property_of_row(name).then(|| format!("/{}", escaped(name)));
                (format!("/properties/{}", escaped(name)), row)
            }
            Subject::Relation(name) => (format!("/relations/{}", escaped(name)), None),
            Subject::Meta(meta) => (format!("/{}", meta.name().trim_start_matches('$')), None),
        };
        paths.wrapped.push(path);
        let flat = flat.map(|flat| {
            paths.of_row.push(paths.wrapped.len());
            paths.flat.push(flat);
            paths.flat.len()
        });
        paths.places.push((paths.wrapped.len(), flat));
    }
    paths
}

/// A key in a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
