//! `junit`: a test suite for each scorecard with a minimum, and a test case for each of its results.
//!
//! It contains no times or random names, so the same results produce the same bytes. Without a gate it has no
//! test cases. `--limit` does not apply, because a report must not hide failures. The head of a suite has the counts of
//! its cases, so the cases are collected until the end. If a scorecard has a share, only the end shows whether results
//! below the minimum are failures. So its cases are collected twice, once for each answer, and one of the two is
//! printed.

use super::collected::{Collected, add_piece};
use super::verdict::{Shortfall, named};
use super::{Context, EntityWriter, Report, Totals};
use crate::grade::{
    Gate, GatedCounts, Graded, Judgement, NoDataReason, Outcome, Requirement, Verdict, blocking,
};
use crate::scorecard::Definition;
use crate::terminal::clean;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{Result, Write};

pub(super) struct Junit<'c> {
    pub(super) context: Context<'c>,
}

/// The suite of a scorecard.
#[derive(Clone, Copy)]
struct Suite {
    /// The index of the scorecard.
    scorecard: usize,
    /// The group of its cases in which results below the minimum are failures.
    strict: usize,
    /// The group of its cases in which they are not; `None` if the scorecard has no share.
    lenient: Option<usize>,
}

/// The kinds of test cases, which are counted.
const PASSED: usize = 0;
const FAILED: usize = 1;
const SKIPPED: usize = 2;

impl Report for Junit<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        let suites = self.suites();
        if suites.is_empty() {
            return None;
        }
        let mut of_scorecards = vec![None; self.context.scorecards.definitions().len()];
        for suite in suites {
            let definition = self.context.definition(suite.scorecard);
            let class = format!("{}.{}", clean(&definition.blueprint), clean(&definition.identifier));
            if let Some(place) = of_scorecards.get_mut(suite.scorecard) {
                *place = Some((suite, class));
            }
        }
        Some(Box::new(Cases { context: self.context, suites: of_scorecards }))
    }

    fn groups(&self) -> usize {
        self.suites().last().map_or(0, |last| 1 + last.lenient.unwrap_or(last.strict))
    }

    fn finish(&self, totals: &Totals<'_>, cases: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let group = |suite: Suite| match suite.lenient {
            Some(lenient) if !fails(totals.verdict, suite.scorecard) => lenient,
            _ => suite.strict,
        };
        let suites: Vec<(usize, usize)> =
            self.suites().into_iter().map(|suite| (suite.scorecard, group(suite))).collect();
        let count = |kind| -> u64 { suites.iter().map(|(_, group)| cases.count(*group, kind)).sum() };
        let [passed, failed, skipped] = [PASSED, FAILED, SKIPPED].map(count);
        event(out, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("testsuites");
        root.extend_attributes([
            ("name", "dora-score"),
            ("tests", (passed + failed + skipped).to_string().as_str()),
            ("skipped", skipped.to_string().as_str()),
            ("failures", failed.to_string().as_str()),
            ("errors", "0"),
        ]);
        line(out, 0, Event::Start(root))?;
        for (scorecard, group) in suites {
            write_suite(self.context.definition(scorecard), group, cases, out)?;
        }
        line(out, 0, Event::End(BytesEnd::new("testsuites")))?;
        out.write_all(b"\n")
    }
}

#[expect(clippy::expect_used, reason = "the verdict is on the scorecards of the report")]
fn fails(verdict: &Verdict, scorecard: usize) -> bool {
    verdict.cards().get(scorecard).map(GatedCounts::fails).expect("every scorecard has its counts")
}

impl Junit<'_> {
    /// The suites, in the order of the definitions.
    fn suites(&self) -> Vec<Suite> {
        let mut groups = 0..;
        let requirements = self.context.gate.requirements().iter().enumerate();
        let suite = |(scorecard, requirement): (usize, &Option<Requirement>)| {
            let Requirement { share, .. } = (*requirement)?;
            let strict = groups.next()?;
            let lenient = if share.is_some() { groups.next() } else { None };
            Some(Suite { scorecard, strict, lenient })
        };
        requirements.filter_map(suite).collect()
    }
}

/// Writes the suite of a scorecard with the cases of a group.
fn write_suite(
    definition: &Definition,
    group: usize,
    cases: &mut Collected,
    out: &mut dyn Write,
) -> Result<()> {
    let [passed, failed, skipped] = [PASSED, FAILED, SKIPPED].map(|kind| cases.count(group, kind));
    let tests = passed + failed + skipped;
    let name = named(clean(&definition.title).as_str(), clean(&definition.identifier).as_str());
    let mut suite = BytesStart::new("testsuite");
    suite.extend_attributes([
        ("name", clean(format!("{name} · {}", definition.blueprint)).as_str()),
        ("tests", tests.to_string().as_str()),
        ("skipped", skipped.to_string().as_str()),
        ("errors", "0"),
        ("failures", failed.to_string().as_str()),
    ]);
    if tests == 0 {
        return line(out, 1, Event::Empty(suite));
    }
    line(out, 1, Event::Start(suite))?;
    cases.copy_to(group, out)?;
    line(out, 1, Event::End(BytesEnd::new("testsuite")))
}

/// Writes the test cases of an entity.
struct Cases<'c> {
    context: Context<'c>,
    /// The suite of each scorecard, and the class name of its cases.
    suites: Vec<Option<(Suite, String)>>,
}

impl EntityWriter for Cases<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        let mut name = None;
        for outcome in graded.outcomes() {
            let Some((suite, class)) = self.suites.get(outcome.index()).and_then(Option::as_ref) else {
                continue;
            };
            let judgement = self.context.gate.judge(&outcome);
            let name = name.get_or_insert_with(|| {
                named(clean(entity.title()).as_str(), clean(entity.identifier()).as_str())
            });
            let mut start = BytesStart::new("testcase");
            start.push_attribute(("name", name.as_str()));
            start.push_attribute(("classname", class.as_str()));
            let case = Case { start, status: Status::of(judgement, self.context.gate, graded, &outcome) };
            case.add(suite.strict, true, out);
            if let Some(lenient) = suite.lenient {
                case.add(lenient, false, out);
            }
        }
    }
}

/// The test case of one result.
struct Case<'n> {
    start: BytesStart<'n>,
    status: Status,
}

enum Status {
    Passed,
    /// The result was not judged, for this reason.
    Skipped(Cow<'static, str>),
    /// The result is below the minimum. It has a summary, and a text with the reasons.
    Below(String, String),
}

impl Status {
    fn of(judgement: Judgement, gate: &Gate, graded: &Graded<'_>, outcome: &Outcome<'_>) -> Self {
        let skipped = |reason| Self::Skipped(Cow::Borrowed(reason));
        match judgement {
            Judgement::Ungated | Judgement::Passed => Self::Passed,
            Judgement::NoData(NoDataReason::Inactive) => skipped("no data: nothing happened"),
            Judgement::NoData(NoDataReason::Missing) => skipped("no data: it is not measured"),
            Judgement::NotApplicable => {
                skipped("not applicable: the filter of the scorecard excludes the entity")
            }
            Judgement::Waived { waiver, .. } => {
                let waiver = gate.waivers().get(waiver);
                let reason = format!("waived until {}: {}", waiver.expires(), waiver.reason());
                Self::Skipped(clean(reason).into_owned().into())
            }
            Judgement::Failed { standing, minimum } => {
                let entity = [graded.entity().identifier(), graded.entity().title()];
                let blocking = blocking(outcome);
                let shortfall = Shortfall::new(entity, outcome.scorecard(), standing, minimum, &blocking);
                let message = shortfall.gap();
                let text = format!("{message}\n{}", shortfall.reasons("\n"));
                Self::Below(message, text)
            }
        }
    }
}

impl Case<'_> {
    /// Adds the case to a group. If the group is strict, a result below the minimum is a failure.
    #[expect(clippy::expect_used, reason = "memory can be written")]
    fn add(&self, group: usize, is_strict: bool, out: &mut Vec<u8>) {
        let kind = match self.status {
            Status::Below(..) if is_strict => FAILED,
            Status::Passed | Status::Below(..) => PASSED,
            Status::Skipped(_) => SKIPPED,
        };
        add_piece(group, kind, out, |out| self.write(is_strict, out).expect("memory can be written"));
    }

    fn write(&self, is_strict: bool, out: &mut Vec<u8>) -> Result<()> {
        let start = self.start.borrow();
        match &self.status {
            Status::Passed => return line(out, 2, Event::Empty(start)),
            Status::Skipped(reason) => {
                line(out, 2, Event::Start(start))?;
                let mut skipped = BytesStart::new("skipped");
                skipped.push_attribute(("message", reason.as_ref()));
                line(out, 3, Event::Empty(skipped))?;
            }
            Status::Below(message, text) => {
                line(out, 2, Event::Start(start))?;
                let name = if is_strict { "failure" } else { "system-out" };
                let mut below = BytesStart::new(name);
                if is_strict {
                    below.extend_attributes([("message", message.as_str()), ("type", "below-minimum")]);
                }
                line(out, 3, Event::Start(below))?;
                event(out, Event::Text(BytesText::new(text)))?;
                event(out, Event::End(BytesEnd::new(name)))?;
            }
        }
        line(out, 2, Event::End(BytesEnd::new("testcase")))
    }
}

/// Writes an event on a new line.
fn line(out: &mut dyn Write, depth: usize, event: Event<'_>) -> Result<()> {
    out.write_all(b"\n")?;
    (0..depth).try_for_each(|_| out.write_all(b"    "))?;
    self::event(out, event)
}

fn event(out: &mut dyn Write, event: Event<'_>) -> Result<()> {
    Writer::new(out).write_event(event)
}
