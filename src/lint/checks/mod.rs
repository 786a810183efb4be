//! The checks: one file per lint, or per family of closely related ones.

mod colors;
mod constant;
mod crowded;
mod duplicates;
mod entities;
mod implied;
mod keys;
mod levels;
mod portability;
mod titles;
mod types;
mod unreachable;
mod verdicts;
mod without_data;
mod zeros;

use super::case::Case;
use super::finding::Finding;
use crate::diagnostic::Code;

/// Lints that are checked together.
pub(super) struct Family {
    pub(super) lints: &'static [Code],
    pub(super) check: fn(&Case<'_>) -> Vec<Finding>,
    /// Reported only on request.
    pub(super) portability: bool,
}

const fn family(lints: &'static [Code], check: fn(&Case<'_>) -> Vec<Finding>) -> Family {
    Family { lints, check, portability: false }
}

/// All checks, in the order in which they run.
pub(super) const ALL: &[Family] = &[
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
    family(verdicts::LINTS, verdicts::check),
    family(crowded::LINTS, crowded::check),
    Family { lints: portability::LINTS, check: portability::check, portability: true },
];
