//! Finds the waivers of a result.

use super::expiry::Expiry;
use super::model::Waiver;
use super::pattern::IdentifierPattern;
use crate::value::Instant;
use std::collections::HashMap;

/// The waivers of a gate at one time, for [`Gate::with_waivers`](crate::Gate::with_waivers). They excuse the results of
/// a [`Verdict`](crate::Verdict), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Waivers {
    list: Vec<Waiver>,
    /// Whether each waiver has expired.
    expired: Vec<bool>,
    /// The waivers whose entity is an identifier, by this identifier.
    exact: HashMap<String, Vec<usize>>,
    /// The waivers whose entity is a pattern.
    globs: Vec<usize>,
}

impl Waivers {
    /// Creates the set from the waivers of [`read_waivers`](crate::read_waivers) or
    /// [`load_waivers`](crate::load_waivers). Those that are over at `as_of` excuse nothing.
    pub fn new(list: Vec<Waiver>, as_of: Instant) -> Self {
        let (mut exact, mut globs) = (HashMap::<String, Vec<usize>>::new(), Vec::new());
        for (index, waiver) in list.iter().enumerate() {
            match &waiver.entity {
                IdentifierPattern::Exact(entity) => exact.entry(entity.clone()).or_default().push(index),
                IdentifierPattern::Glob(_) => globs.push(index),
            }
        }
        Self {
            expired: list.iter().map(|waiver| waiver.expires.is_over(as_of)).collect(),
            list,
            exact,
            globs,
        }
    }

    /// All waivers, in the order of the files.
    pub fn list(&self) -> &[Waiver] {
        &self.list
    }

    /// The waiver with this index.
    ///
    /// # Panics
    /// If there are not so many waivers.
    #[expect(clippy::expect_used, reason = "indices of waivers come from this list")]
    pub fn get(&self, index: usize) -> &Waiver {
        self.list.get(index).expect("the waiver is one of the list")
    }

    #[expect(clippy::expect_used, reason = "indices of waivers come from this list")]
    fn is_expired(&self, index: usize) -> bool {
        *self.expired.get(index).expect("the waiver is one of the list")
    }

    /// The waivers, given by index, that are for an entity, in any scorecard.
    pub(crate) fn of_entity(&self, entity: &str) -> Vec<usize> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let exact = self.exact.get(entity).into_iter().flatten();
        let globs = self.globs.iter().filter(|index| self.get(**index).entity.matches(entity));
        exact.chain(globs).copied().collect()
    }

    /// Whether a waiver is for a scorecard: for all its rules, or for one of `rules`, which are the rules of the
    /// scorecard.
    pub(crate) fn is_for<'r>(
        &self,
        index: usize,
        scorecard: &str,
        mut rules: impl Iterator<Item = &'r str>,
    ) -> bool {
        let waiver = self.get(index);
        waiver.scorecard.matches(scorecard)
            && waiver.rule.as_deref().is_none_or(|rule| rules.any(|other| other == rule))
    }

    /// Those of the waivers of an entity that are for a scorecard.
    fn of(&self, waivers: &[usize], scorecard: &str) -> Vec<usize> {
        waivers.iter().copied().filter(|index| self.get(*index).scorecard.matches(scorecard)).collect()
    }

    /// The waiver that excuses a result of which the rules `failing` fail: one for all its rules, or those of several
    /// that together are for each failing rule, of which the one that expires first stands for them. Of several
    /// excuses, the one that expires last is returned. `waivers` are those of [`Self::of_entity`].
    pub(crate) fn excuse(&self, waivers: &[usize], scorecard: &str, failing: &[&str]) -> Option<usize> {
        let active: Vec<usize> =
            self.of(waivers, scorecard).into_iter().filter(|index| !self.is_expired(*index)).collect();
        let latest = |rule: Option<&str>| {
            let same = active.iter().copied().filter(|index| self.get(*index).rule.as_deref() == rule);
            same.reduce(|one, other| if self.expires(other) > self.expires(one) { other } else { one })
        };
        let by_rules: Option<Vec<usize>> = failing.iter().map(|rule| latest(Some(rule))).collect();
        let by_rules = by_rules.and_then(|all| all.into_iter().min_by_key(|index| self.expires(*index)));
        match (latest(None), by_rules) {
            (Some(whole), Some(rules)) if self.expires(rules) > self.expires(whole) => Some(rules),
            (whole, rules) => whole.or(rules),
        }
    }

    fn expires(&self, index: usize) -> Expiry {
        self.get(index).expires
    }

    /// The expired waivers that would have excused a result that [`Self::excuse`] does not excuse. `waivers` are those of
    /// [`Self::of_entity`].
    pub(crate) fn missed(&self, waivers: &[usize], scorecard: &str, failing: &[&str]) -> Vec<usize> {
        let all = self.of(waivers, scorecard);
        let is_for = |index: &usize, rule: &str| self.get(*index).rule.as_deref() == Some(rule);
        let covers = |rule: &&str| all.iter().any(|index| is_for(index, rule));
        let by_rules = !failing.is_empty() && failing.iter().all(covers);
        let is_missed = |index: &usize| match self.get(*index).rule.as_deref() {
            None => true,
            Some(rule) => {
                let is_active = |other: &usize| is_for(other, rule) && !self.is_expired(*other);
                by_rules && failing.contains(&rule) && !all.iter().any(is_active)
            }
        };
        all.iter().copied().filter(|index| self.is_expired(*index) && is_missed(index)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::waiver::read_waivers;

    /// Waivers of `(entity, scorecard, rule, expires)`, on 2026-02-01.
    fn waivers(list: &[(&str, &str, Option<&str>, &str)]) -> Waivers {
        let waiver = |(entity, scorecard, rule, expires): &(&str, &str, Option<&str>, &str)| {
            serde_json::json!({"entity": entity, "scorecard": scorecard, "rule": rule, "expires": expires,
                "reason": "legacy"})
        };
        let text = serde_json::json!({"waivers": list.iter().map(waiver).collect::<Vec<_>>()}).to_string();
        Waivers::new(
            read_waivers(vec![Source::new("w.json", text)]).unwrap(),
            Instant::parse("2026-02-01T12:00:00Z").unwrap(),
        )
    }

    fn excuse(waivers: &Waivers, entity: &str, scorecard: &str, failing: &[&str]) -> Option<usize> {
        waivers.excuse(&waivers.of_entity(entity), scorecard, failing)
    }

    fn missed(waivers: &Waivers, entity: &str, scorecard: &str, failing: &[&str]) -> Vec<usize> {
        waivers.missed(&waivers.of_entity(entity), scorecard, failing)
    }

    #[test]
    fn the_waiver_that_expires_last_counts() {
        let waivers = waivers(&[
            ("a", "c", None, "2026-03-01"),
            ("a*", "*", None, "2026-05-01"),
            ("a", "c", None, "2026-05-01"),
            ("a", "d", None, "2026-09-01"),
            ("b", "c", None, "2026-01-31"),
            ("b", "c", None, "2026-02-01"),
        ]);
        assert_eq!(excuse(&waivers, "a", "c", &["r"]), Some(2));
        assert_eq!(excuse(&waivers, "ab", "c", &["r"]), Some(1));
        assert_eq!(excuse(&waivers, "b", "c", &[]), Some(5));
        assert_eq!(excuse(&waivers, "z", "c", &["r"]), None);
        assert_eq!(missed(&waivers, "b", "c", &[]), [4]);
    }

    #[test]
    fn waivers_of_rules_excuse_only_together() {
        let waivers = waivers(&[
            ("a", "c", Some("r"), "2026-03-01"),
            ("a", "c", Some("s"), "2026-06-01"),
            ("a", "c", Some("r"), "2026-04-01"),
            ("a", "c", Some("t"), "2026-01-01"),
            ("b", "c", Some("r"), "2026-08-01"),
            ("b", "c", None, "2026-05-01"),
        ]);
        assert_eq!(excuse(&waivers, "a", "c", &["r"]), Some(2));
        // the excuse ends with the first of the two
        assert_eq!(excuse(&waivers, "a", "c", &["r", "s"]), Some(2));
        assert_eq!(excuse(&waivers, "a", "c", &["r", "s", "t"]), None);
        assert_eq!(missed(&waivers, "a", "c", &["r", "s", "t"]), [3]);
        assert_eq!(missed(&waivers, "a", "c", &["r", "u", "t"]), [0; 0]);
        assert_eq!(excuse(&waivers, "a", "c", &[]), None);
        assert_eq!(excuse(&waivers, "b", "c", &["r"]), Some(4));
        assert_eq!(excuse(&waivers, "b", "c", &["r", "s"]), Some(5));
    }
}
