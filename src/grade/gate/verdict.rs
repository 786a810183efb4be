//! The verdict of the gate on all results.

use super::counts::{GateCounts, GateOutcome, GatedCounts};
use super::judge::{Gate, Judgement};
use super::unmet::Unmet;
use super::uses::{WaiverUse, WaiverUses};
use crate::entity::Entity;
use crate::grade::grader::Graded;
use crate::scorecard::Scorecards;
use crate::waiver::Expiry;

/// The maximum number of results below their minimum to print, which is enough for a person to read.
const MAX_UNMET: usize = 100;
/// The maximum number of waived results to keep: GitHub shows ten annotations of a kind, and one is the verdict.
const MAX_WAIVED: usize = 9;

/// The verdict of a gate: the counts of each scorecard, and the first results below their minimum.
///
/// Its size does not depend on the number of results. Each thread can have a verdict of its own.
///
/// ```
/// use dora_score::{Entity, Gate, GateOutcome, Grader, Instant, NoData, Scorecards, Source, Verdict, Waivers};
/// use dora_score::{builtin, read_waivers};
/// use serde_json::json;
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let text = r#"{"waivers": [
///     {"entity": "fax", "scorecard": "dora_*", "reason": "moves to the new platform", "expires": "2026-12-31"},
///     {"entity": "search", "scorecard": "dora_*", "reason": "new team", "expires": "2025-12-31"}
/// ]}"#;
/// let waivers = Waivers::new(read_waivers(vec![Source::new("waivers.json", text)])?, as_of);
/// let gate = Gate::new(&["dora_deploy_freq=Silver".parse()?], NoData::Skip, &scorecards)?.with_waivers(waivers);
/// let verdict_on = |name: &str, frequency: f64| {
///     let entity = json!({"identifier": name, "deployment_frequency": frequency});
///     let mut verdict = Verdict::new(&gate);
///     let entity = Entity::from_value(&entity, scorecards.wanted())?;
///     verdict.count(&gate, &Grader::new(&scorecards).grade(&entity));
///     Ok::<_, dora_score::Diagnostic>(verdict)
/// };
/// let mut verdict = verdict_on("fax", 0.1)?;
/// verdict.absorb(&mut verdict_on("search", 0.5)?);
/// verdict.absorb(&mut verdict_on("checkout", 3.0)?);
///
/// let counts = verdict.counts();
/// assert_eq!((counts.judged, counts.failed, counts.waived, counts.no_data()), (2, 1, 1, 0));
/// assert_eq!((verdict.outcome(), verdict.failures()), (GateOutcome::Failed, 1));
/// assert!(verdict.cards()[0].fails() && verdict.cards()[1].requirement.is_none());
/// let unmet = verdict.unmet().next().ok_or("one result fails")?;
/// assert_eq!((unmet.entity.as_str(), unmet.standing.level, unmet.minimum), ("search", 1, 2));
/// assert_eq!(unmet.blocking[0].1, "deployment_frequency is 0.5, required >= 1");
///
/// let (result, index) = verdict.waived().next().ok_or("one result is waived")?;
/// let waiver = gate.waivers().get(index);
/// assert_eq!((result.entity.as_str(), waiver.reason()), ("fax", "moves to the new platform"));
/// assert_eq!(verdict.expiries(), Some((waiver.expires(), waiver.expires())));
/// let uses = verdict.waiver_uses().iter().map(|waiver| (waiver.matches, waiver.is_missed));
/// assert_eq!(uses.collect::<Vec<_>>(), [(true, false), (true, true)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    cards: Vec<GatedCounts>,
    /// Whether there was an entity, in or out of scope.
    has_entities: bool,
    /// Results below their minimum, in the order of the input. Only the end of the input shows whether a scorecard with
    /// a share fails, so the first results of each such scorecard are kept, and the first of all others together.
    unmet: Vec<Unmet>,
    /// How many more results of each group may be kept: first those of the scorecards without a share, then those of
    /// each scorecard.
    room: Vec<usize>,
    /// The first results that a waiver excuses, each with the waiver, in the order of the input.
    waived: Vec<(Unmet, usize)>,
    /// How many more of these may be kept.
    waived_room: usize,
    /// The days on which the first and the last of the waivers that excuse a result expire.
    expiries: Option<(Expiry, Expiry)>,
    uses: WaiverUses,
}

impl Verdict {
    /// The verdict of a gate on nothing.
    pub fn new(gate: &Gate) -> Self {
        let cards: Vec<GatedCounts> =
            gate.requirements().iter().map(|requirement| GatedCounts::new(*requirement)).collect();
        let room = vec![MAX_UNMET; 1 + cards.len()];
        let uses = WaiverUses::new(gate.waivers());
        let (unmet, waived, waived_room) = (Vec::new(), Vec::new(), MAX_WAIVED);
        Self { cards, has_entities: false, unmet, room, waived, waived_room, expiries: None, uses }
    }

    /// The verdict on a block of results that comes after the results of this verdict. It does not keep results that
    /// [`Self::absorb`] would drop, because their reasons take time.
    pub(crate) fn next_block(&self) -> Self {
        Self {
            cards: self.cards.iter().map(|card| GatedCounts::new(card.requirement)).collect(),
            has_entities: false,
            unmet: Vec::new(),
            room: self.room.iter().map(|&room| if room > 0 { MAX_UNMET } else { 0 }).collect(),
            waived: Vec::new(),
            waived_room: self.waived_room,
            expiries: None,
            uses: self.uses.next_block(),
        }
    }

    /// Judges all results of one entity. The gate must be the gate of this verdict.
    ///
    /// # Panics
    /// If the results are of scorecards that the gate was not created for.
    #[inline]
    #[expect(clippy::expect_used, reason = "the verdict was created for the gate that judges the result")]
    pub fn count(&mut self, gate: &Gate, graded: &Graded<'_>) {
        if gate.is_open() {
            return;
        }
        self.has_entities = true;
        let waivers = gate.waivers().of_entity(graded.entity().identifier());
        for outcome in graded.outcomes() {
            let judgement = gate.judge_with(&outcome, || &waivers);
            let card = self.cards.get_mut(outcome.index()).expect("every scorecard has its counts");
            card.counts.count(judgement);
            match judgement {
                Judgement::Failed { standing, minimum }
                    if take_room(&mut self.room, card, outcome.index()) =>
                {
                    self.unmet.push(Unmet::new(graded, &outcome, standing, minimum));
                }
                Judgement::Waived { standing, minimum, waiver } => {
                    let day = gate.waivers().get(waiver).expires();
                    self.expiries = joined(self.expiries, Some((day, day)));
                    if self.waived_room > 0 {
                        self.waived_room -= 1;
                        self.waived.push((Unmet::new(graded, &outcome, standing, minimum), waiver));
                    }
                }
                _ => {}
            }
            if !waivers.is_empty() {
                self.uses.count(gate, &outcome, judgement, &waivers);
            }
        }
    }

    /// Notes an entity outside the scope, so that its waivers are not taken for mistakes.
    ///
    /// ```
    /// use dora_score::{Entity, Gate, Instant, Scope, Scorecards, Verdict, Waivers, builtin, load_waivers};
    ///
    /// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
    /// let scorecards = Scorecards::new(builtin(), as_of, "service");
    /// let mut wanted = scorecards.wanted().clone();
    /// let scope = Scope::new(&["team = booking".parse()?], as_of, &mut wanted);
    /// let waivers = Waivers::new(load_waivers(&["examples/waivers/waivers.json"])?, as_of);
    /// let gate = Gate::none(&scorecards).with_waivers(waivers);
    /// let mut verdict = Verdict::new(&gate);
    /// let value = serde_json::json!({"identifier": "wayfinder", "team": "maps"});
    /// let entity = Entity::from_value(&value, &wanted)?;
    /// assert!(!scope.holds(&entity));
    /// verdict.count_outside(&gate, &scorecards, &entity);
    /// // the second waiver of the file is for it; the others match nothing
    /// assert_eq!(verdict.waiver_uses().iter().map(|waiver| waiver.matches).collect::<Vec<_>>(), [false, true, false]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn count_outside(&mut self, gate: &Gate, scorecards: &Scorecards, entity: &Entity<'_>) {
        self.has_entities = true;
        if gate.has_waivers() {
            self.uses.count_outside(gate.waivers(), scorecards, entity);
        }
    }

    /// Adds a verdict of the same gate on results that come later in the input, and empties that verdict.
    #[expect(clippy::expect_used, reason = "both verdicts are of the same scorecards")]
    pub fn absorb(&mut self, other: &mut Self) {
        for (card, other) in self.cards.iter_mut().zip(&mut other.cards) {
            card.counts += std::mem::take(&mut other.counts);
        }
        self.has_entities |= std::mem::take(&mut other.has_entities);
        for unmet in other.unmet.drain(..) {
            let card = self.cards.get(unmet.scorecard).expect("every scorecard has its counts");
            if take_room(&mut self.room, card, unmet.scorecard) {
                self.unmet.push(unmet);
            }
        }
        self.waived.extend(other.waived.drain(..).take(self.waived_room));
        self.waived_room = MAX_WAIVED - self.waived.len();
        self.expiries = joined(self.expiries, other.expiries.take());
        self.uses.absorb(&other.uses);
    }

    /// The counts of each scorecard, in the order of the definitions.
    pub fn cards(&self) -> &[GatedCounts] {
        &self.cards
    }

    /// The counts of all scorecards together.
    pub fn counts(&self) -> GateCounts {
        let mut all = GateCounts::default();
        self.cards.iter().for_each(|card| all += card.counts);
        all
    }

    /// Whether a gate with a minimum has met an entity, in or out of scope.
    pub(crate) fn has_entities(&self) -> bool {
        self.has_entities
    }

    /// How the gate ended.
    pub fn outcome(&self) -> GateOutcome {
        let counts = self.counts();
        if counts.judged + counts.waived == 0 {
            GateOutcome::NothingToJudge
        } else if self.cards.iter().any(GatedCounts::fails) {
            GateOutcome::Failed
        } else {
            GateOutcome::Passed
        }
    }

    /// The number of results below their minimum in scorecards that fail.
    pub fn failures(&self) -> u64 {
        self.cards.iter().filter(|card| card.fails()).map(|card| card.counts.failed).sum()
    }

    /// The first of these results, at most 100, in the order of the input.
    pub fn unmet(&self) -> impl Iterator<Item = &Unmet> {
        let fails = |unmet: &&Unmet| self.cards.get(unmet.scorecard).is_some_and(GatedCounts::fails);
        self.unmet.iter().filter(fails).take(MAX_UNMET)
    }

    /// The first results that a waiver excuses, at most 9, each with the index of the waiver, in the order of the input.
    pub fn waived(&self) -> impl Iterator<Item = (&Unmet, usize)> {
        self.waived.iter().map(|(unmet, waiver)| (unmet, *waiver))
    }

    /// The uses of each waiver of the gate, in the order of
    /// [`Waivers::list`](crate::Waivers::list).
    pub fn waiver_uses(&self) -> &[WaiverUse] {
        self.uses.list()
    }

    /// The days on which the first and the last of the waivers that excuse a result expire; `None` if no waiver does.
    pub fn expiries(&self) -> Option<(Expiry, Expiry)> {
        self.expiries
    }
}

/// The earlier of the first days, and the later of the last ones.
fn joined(one: Option<(Expiry, Expiry)>, other: Option<(Expiry, Expiry)>) -> Option<(Expiry, Expiry)> {
    one.into_iter().chain(other).reduce(|(first, last), (start, end)| (first.min(start), last.max(end)))
}

/// Whether a result of this scorecard may be kept. If so, there is less room for the next one.
#[expect(clippy::expect_used, reason = "every scorecard has its room")]
fn take_room(room: &mut [usize], card: &GatedCounts, scorecard: usize) -> bool {
    let has_share = card.requirement.is_some_and(|requirement| requirement.share.is_some());
    let group = if has_share { 1 + scorecard } else { 0 };
    let room = room.get_mut(group).expect("every group has its room");
    let has_room = *room > 0;
    *room = room.saturating_sub(1);
    has_room
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::entity::Entity;
    use crate::grade::{Grader, NoData};
    use crate::scorecard::Scorecards;
    use crate::waiver::{Waivers, read_waivers};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn scorecards() -> Scorecards {
        let card = |name: &str| {
            json!({"identifier": name, "rules": [{"identifier": "r", "level": "Bronze", "query":
                {"combinator": "and", "conditions": [{"property": name, "operator": "=", "value": true}]}}]})
        };
        Scorecards::of_json(json!([card("a"), card("b"), card("c"), card("d")]))
    }

    fn counted(verdict: &mut Verdict, gate: &Gate, scorecards: &Scorecards, entities: &[Value]) {
        let mut grader = Grader::new(scorecards);
        for value in entities {
            let entity = Entity::from_value(value, scorecards.wanted()).unwrap();
            verdict.count(gate, &grader.grade(&entity));
        }
    }

    #[test]
    fn a_block_keeps_only_the_waived_results_that_there_is_room_for() {
        let scorecards = scorecards();
        let text =
            r#"{"waivers": [{"entity": "*", "scorecard": "a", "reason": "r", "expires": "9999-12-31"}]}"#;
        let waivers = read_waivers(vec![Source::new("w", text)]).unwrap();
        let gate = Gate::new(&["a=Bronze".parse().unwrap()], NoData::Judge, &scorecards).unwrap();
        let gate = gate.with_waivers(Waivers::new(waivers, scorecards.as_of()));
        let values: Vec<Value> = (0..20).map(|index| json!({"identifier": index.to_string()})).collect();
        let mut whole = Verdict::new(&gate);
        counted(&mut whole, &gate, &scorecards, &values);
        let mut absorbed = Verdict::new(&gate);
        for (block, kept) in values.chunks(5).zip([5, 4, 0, 0]) {
            let mut next = absorbed.next_block();
            counted(&mut next, &gate, &scorecards, block);
            assert_eq!(next.waived.len(), kept);
            absorbed.absorb(&mut next);
        }
        assert_eq!((absorbed.waived.len(), absorbed.counts().waived), (MAX_WAIVED, 20));
        assert_eq!((absorbed.waived, absorbed.uses), (whole.waived, whole.uses));
    }

    proptest! {
        #[test]
        fn blocks_come_to_the_same_verdict_as_one_run(
            entities in prop::collection::vec(any::<[bool; 4]>(), 0..400),
            (size, percent) in (1..300_usize, 1..=100_u8),
        ) {
            let scorecards = scorecards();
            let minimums = ["a=Bronze".to_owned(), format!("b=Bronze@{percent}%"), format!("c=Bronze@{percent}%")];
            let minimums: Vec<_> = minimums.iter().map(|minimum| minimum.parse().unwrap()).collect();
            let gate = Gate::new(&minimums, NoData::Judge, &scorecards).unwrap();
            let values: Vec<Value> = entities.iter().enumerate().map(|(index, [a, b, c, d])| {
                json!({"identifier": index.to_string(), "a": a, "b": b, "c": c, "d": d})
            }).collect();
            let mut whole = Verdict::new(&gate);
            counted(&mut whole, &gate, &scorecards, &values);
            let mut absorbed = Verdict::new(&gate);
            for block in values.chunks(size) {
                let mut next = absorbed.next_block();
                counted(&mut next, &gate, &scorecards, block);
                absorbed.absorb(&mut next);
                prop_assert!(next.unmet.is_empty() && next.counts() == GateCounts::default());
            }
            prop_assert_eq!(absorbed.cards(), whole.cards());
            prop_assert_eq!(&absorbed.unmet, &whole.unmet);
            // the shortfalls are those of the scorecards that fail
            let failing = |card: &usize| whole.cards[*card].fails();
            let expected: Vec<(String, usize)> = entities.iter().enumerate().flat_map(|(index, held)| {
                (0..3).filter(|card| !held[*card] && failing(card)).map(move |card| (index.to_string(), card))
            }).collect();
            prop_assert_eq!(whole.failures(), expected.len() as u64);
            let unmet: Vec<(String, usize)> =
                whole.unmet().map(|unmet| (unmet.entity.clone(), unmet.scorecard)).collect();
            prop_assert_eq!(unmet, expected.into_iter().take(MAX_UNMET).collect::<Vec<_>>());
            let outcome = match (values.is_empty(), whole.failures()) {
                (true, _) => GateOutcome::NothingToJudge,
                (false, 0) => GateOutcome::Passed,
                _ => GateOutcome::Failed,
            };
            prop_assert_eq!(whole.outcome(), outcome);
        }
    }
}
