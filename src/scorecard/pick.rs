//! Selects scorecards by identifier.

use super::Definition;
use crate::diagnostic::{Code, Diagnostic, Problems};

/// Keeps the definitions with one of the identifiers, whatever their blueprint. Without identifiers, keeps all of them.
///
/// # Errors
/// Returns a problem for each identifier that no definition has.
pub(crate) fn pick_scorecards(
    definitions: Vec<Definition>,
    identifiers: &[String],
) -> Result<Vec<Definition>, Problems> {
    let unknown: Vec<Diagnostic> = identifiers
        .iter()
        .filter(|name| !definitions.iter().any(|definition| definition.identifier == **name))
        .map(|name| unknown_scorecard(name, &definitions))
        .collect();
    if !unknown.is_empty() {
        return Err(Problems(unknown));
    }
    let is_picked =
        |definition: &Definition| identifiers.is_empty() || identifiers.contains(&definition.identifier);
    Ok(definitions.into_iter().filter(is_picked).collect())
}

/// The error for an identifier that no definition has.
pub(crate) fn unknown_scorecard(name: &str, definitions: &[Definition]) -> Diagnostic {
    let known = definitions.iter().map(|definition| definition.identifier.as_str());
    Diagnostic::unknown(Code::UnknownScorecard, "scorecard", name, known)
}
