//! The digest of a definition: equal for definitions that grade alike, the same on every machine and day.

use super::definition::{Combinator, Condition, Definition, Member, Operand, Query, Subject};
use crate::value::{DateRange, Scalar, number_text};
use siphasher::sip::SipHasher24;
use std::hash::Hasher;

impl Definition {
    /// 16 hexadecimal digits that change with everything that can change a result: the blueprint, the levels and their
    /// order, the filter, and the identifiers, levels and queries of the rules. Titles of rules and colours do not count,
    /// and a preset counts by its name.
    pub(crate) fn digest(&self) -> String {
        let mut digest = Digest::new();
        digest.text(&self.identifier);
        digest.text(&self.blueprint);
        digest.count(self.levels.len());
        self.levels.iter().for_each(|level| digest.text(&level.title));
        digest.count(usize::from(self.filter.is_some()));
        self.filter.iter().for_each(|filter| digest.query(filter));
        digest.count(self.rules.len());
        for rule in &self.rules {
            digest.text(&rule.identifier);
            digest.count(rule.level);
            digest.query(&rule.query);
        }
        digest.digits()
    }
}

/// Hashes the parts of a value, the same on every machine and in every version. Each text comes after its length and each
/// list after its number of items, so different values never have the same bytes.
pub(crate) struct Digest(SipHasher24);

impl Digest {
    pub(crate) fn new() -> Self {
        Self(SipHasher24::new())
    }

    /// The hash as 16 hexadecimal digits.
    pub(crate) fn digits(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    fn count(&mut self, count: usize) {
        self.0.write(&(count as u64).to_le_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.write(text.as_bytes());
    }

    fn query(&mut self, query: &Query) {
        self.text(match query.combinator {
            Combinator::And => "and",
            Combinator::Or => "or",
        });
        self.count(query.members.len());
        for member in &query.members {
            match member {
                Member::Condition(condition) => self.condition(condition),
                Member::Group(group) => {
                    self.text("group");
                    self.query(group);
                }
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.text(match condition.subject {
            Subject::Property(_) => "property",
            Subject::Relation(_) => "relation",
            Subject::Meta(_) => "meta",
        });
        self.text(&condition.subject.to_string());
        self.text(condition.effective_operator().name());
        match &condition.operand {
            Operand::Nothing => self.text("nothing"),
            Operand::Scalar(scalar) => self.scalar(scalar),
            Operand::List(items) => {
                self.text("list");
                self.count(items.len());
                items.iter().for_each(|item| self.scalar(item));
            }
            Operand::Dates(DateRange::Preset(preset), _) => {
                self.text("preset");
                self.text(preset.name());
            }
            Operand::Dates(DateRange::Ends { from, to }, _) => {
                self.text("range");
                self.text(&from.to_string());
                self.text(&to.to_string());
            }
        }
    }

    fn scalar(&mut self, scalar: &Scalar) {
        match scalar {
            Scalar::Text(text) => {
                self.text("text");
                self.text(text);
            }
            Scalar::Number(number) => {
                self.text("number");
                self.text(&number_text(*number));
            }
            Scalar::Bool(bool) => {
                self.text("boolean");
                self.count(usize::from(*bool));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::builtin;

    fn digest(rule: &str) -> String {
        let text = format!(
            r#"{{"identifier": "c", "title": "C", "blueprint": "b", "rules": [{{"identifier": "r", "level": "Bronze", {rule}}}]}}"#
        );
        let source = crate::diagnostic::Source::from_bytes("c.json", text.into_bytes()).unwrap();
        let definitions = crate::scorecard::read_definitions(vec![source], "service").unwrap();
        definitions.first().unwrap().digest()
    }

    const QUERY: &str =
        r#""query": {"combinator": "and", "conditions": [{"property": "p", "operator": ">", "value": 1}]}"#;

    // a change of these digits would make every stored result look changed
    #[test]
    fn the_digits_are_the_same_on_every_machine() {
        let digests: Vec<String> = builtin().iter().map(Definition::digest).collect();
        assert_eq!(digests.first().map(String::as_str), Some("3d3538e4845d5057"));
        assert!(digests.iter().all(|digits| digits.len() == 16));
    }

    #[test]
    fn the_digest_changes_with_what_can_change_a_result() {
        let plain = digest(QUERY);
        for same in [
            format!(r#""title": "Other", "description": "d", {QUERY}"#),
            QUERY.replace("\"conditions\"", "\"rules\""),
            QUERY.replace(": 1}", ": 1.0}"),
            QUERY.replace(": 1}", ": \"1\"}"),
        ] {
            assert_eq!(digest(&same), plain, "{same}");
        }
        for other in [
            QUERY.replace("\"and\"", "\"or\""),
            QUERY.replace("\"property\"", "\"relation\""),
            QUERY.replace("\"p\"", "\"$title\""),
            QUERY.replace("\">\"", "\">=\""),
            QUERY.replace(": 1}", ": 2}"),
            QUERY.replace("\">\", \"value\": 1", "\"=\", \"value\": \"1\""),
            QUERY.replace("\">\", \"value\": 1", "\"=\", \"value\": [1]"),
            QUERY.replace("\">\", \"value\": 1", "\"between\", \"value\": {\"preset\": \"lastWeek\"}"),
            QUERY.replace("\">\", \"value\": 1", "\"between\", \"value\": {\"preset\": \"lastDay\"}"),
        ] {
            assert_ne!(digest(&other), plain, "{other}");
        }
    }
}
