//! The list of all lints and their checks.

use super::{
    booleans, colors, constant, crowded, duplicates, entities, implied, keys, levels, portability, quotes,
    titles, types, uniform, unreachable, without_data, zeros,
};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::lint::finding::Finding;
use crate::lint::target::Target;

/// The lints that one function checks.
pub(in crate::lint) struct Family {
    pub(in crate::lint) lints: &'static [Code],
    pub(in crate::lint) check: fn(&Target<'_>) -> Vec<Finding>,
    /// Whether the check runs only with `--portable`.
    pub(in crate::lint) portability: bool,
}

const fn family(lints: &'static [Code], check: fn(&Target<'_>) -> Vec<Finding>) -> Family {
    Family { lints, check, portability: false }
}

/// All checks, in the order in which they run.
pub(in crate::lint) const ALL: &[Family] = &[
    family(unreachable::LINTS, unreachable::check),
    family(constant::LINTS, constant::check),
    family(implied::LINTS, implied::check),
    family(duplicates::LINTS, duplicates::check),
    family(without_data::LINTS, without_data::check),
    family(zeros::LINTS, zeros::check),
    family(levels::LINTS, levels::check),
    family(colors::LINTS, colors::check),
    family(titles::LINTS, titles::check),
    family(keys::LINTS, keys::check),
    family(entities::LINTS, entities::check),
    family(types::LINTS, types::check),
    family(quotes::LINTS, quotes::check),
    family(booleans::LINTS, booleans::check),
    family(uniform::LINTS, uniform::check),
    family(crowded::LINTS, crowded::check),
    Family { lints: portability::LINTS, check: portability::check, portability: true },
];

/// The codes of all lints, in the order in which the checks run.
///
/// ```
/// use dora_score::lint::{lint_named, lints};
///
/// assert!(lints().all(|lint| lint_named(lint.name()) == Ok(lint)));
/// let problems = lint_named("implied-rules").unwrap_err();
/// assert_eq!(problems.0[0].help.as_deref(), Some("did you mean `implied-rule`?"));
/// # Ok::<(), dora_score::Problems>(())
/// ```
pub fn lints() -> impl Iterator<Item = Code> {
    ALL.iter().flat_map(|family| family.lints).copied()
}

/// Whether a lint is checked only with `--portable`.
pub(crate) fn is_of_portability(code: Code) -> bool {
    ALL.iter().any(|family| family.portability && family.lints.contains(&code))
}

/// The lint with this name, one of [`lints`], whose example shows it.
///
/// # Errors
/// No lint has this name. The help suggests similar names.
pub fn lint_named(name: &str) -> Result<Code, Problems> {
    lints()
        .find(|code| code.name() == name)
        .ok_or_else(|| Diagnostic::unknown(Code::UnknownLint, "lint", name, lints().map(Code::name)).into())
}
