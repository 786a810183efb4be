//! One waiver.

use super::expiry::Expiry;
use super::pattern::IdentifierPattern;
use crate::diagnostic::{Place, quoted};

/// A waiver: it excuses results below their minimum until a day. Comes from [`load_waivers`](crate::load_waivers), or
/// from [`read_waivers`](crate::read_waivers), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    pub(super) entity: IdentifierPattern,
    pub(super) scorecard: IdentifierPattern,
    /// The only rule that it excuses; `None` for all rules.
    pub(super) rule: Option<String>,
    pub(super) reason: String,
    pub(super) expires: Expiry,
    /// The place of its entity.
    pub(super) place: Place,
}

impl Waiver {
    /// Why the results are excused; not empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The last day on which they are excused.
    pub fn expires(&self) -> Expiry {
        self.expires
    }

    /// Where it is written: the place of its `entity`.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The results that it is for, in messages: ``entity `checkout` in scorecard `dora_cfr` ``.
    pub(crate) fn subject(&self) -> String {
        let (entity, scorecard) = (quoted(self.entity.text()), quoted(self.scorecard.text()));
        let rule = self.rule.as_deref().map(|rule| format!("rule {} of ", quoted(rule))).unwrap_or_default();
        format!("{rule}entity {entity} in scorecard {scorecard}")
    }
}
