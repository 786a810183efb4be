//! `junit`: a test suite for each scorecard with a minimum, and a test case for each of its results.
//!
//! It contains no times or random names, so the same results produce the same bytes. Without a gate it has no
//! test cases. `--limit` does not apply, because a report must not hide failures. The head of a suite has the counts of
//! its cases, so the cases are collected until the end.

use super::collected::{Collected, add_piece};
use super::verdict::{Shortfall, named};
use super::{Context, EntityWriter, Report, Totals};
use crate::grade::{Graded, Judgement, Outcome, blocking};
use crate::terminal::clean;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{Result, Write};

pub(super) struct Junit<'c> {
    pub(super) context: Context<'c>,
}

/// The kinds of test cases, which are counted.
const PASSED: usize = 0;
const FAILED: usize = 1;
const SKIPPED: usize = 2;

impl Report for Junit<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        let suites = self.suites();
        let group = |index| suites.iter().position(|suite| *suite == index);
        let groups: Vec<Option<usize>> =
            (0..self.context.scorecards.definitions().len()).map(group).collect();
        let class = |index: &usize| {
            let definition = self.context.definition(*index);
            format!("{}.{}", clean(&definition.blueprint), clean(&definition.identifier))
        };
        let classes = suites.iter().map(class).collect();
        (!suites.is_empty())
            .then(|| Box::new(Cases { context: self.context, groups, classes }) as Box<dyn EntityWriter>)
    }

    fn groups(&self) -> usize {
        self.suites().len()
    }

    fn finish(&self, _: &Totals<'_>, cases: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let suites = self.suites();
        let count = |kind| -> u64 { (0..suites.len()).map(|suite| cases.count(suite, kind)).sum() };
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
        for (group, index) in suites.into_iter().enumerate() {
            self.suite(index, group, cases, out)?;
        }
        line(out, 0, Event::End(BytesEnd::new("testsuites")))?;
        out.write_all(b"\n")
    }
}

impl Junit<'_> {
    /// The indexes of the scorecards that have a suite.
    fn suites(&self) -> Vec<usize> {
        let indexes = 0..self.context.scorecards.definitions().len();
        indexes.filter(|index| self.context.gate.minimum(*index).is_some()).collect()
    }

    fn suite(&self, index: usize, group: usize, cases: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let [passed, failed, skipped] = [PASSED, FAILED, SKIPPED].map(|kind| cases.count(group, kind));
        let tests = passed + failed + skipped;
        let mut suite = BytesStart::new("testsuite");
        suite.extend_attributes([
            ("name", clean(&self.context.definition(index).title).as_str()),
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
}

/// Writes the test cases of an entity.
struct Cases<'c> {
    context: Context<'c>,
    /// The suite of each scorecard.
    groups: Vec<Option<usize>>,
    /// The class name of the cases of each suite.
    classes: Vec<String>,
}

impl EntityWriter for Cases<'_> {
    #[expect(clippy::expect_used, reason = "memory can be written")]
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        let mut name = None;
        for outcome in graded.outcomes() {
            let Some(group) = self.groups.get(outcome.index()).copied().flatten() else { continue };
            let judgement = self.context.gate.judge(&outcome);
            let Some(kind) = kind(judgement) else { continue };
            let name = name.get_or_insert_with(|| {
                named(clean(entity.title()).as_str(), clean(entity.identifier()).as_str())
            });
            let mut case = BytesStart::new("testcase");
            case.push_attribute(("name", name.as_str()));
            case.push_attribute(("classname", self.classes.get(group).map_or("", String::as_str)));
            add_piece(group, kind, out, |out| {
                write_case(case, graded, &outcome, judgement, out).expect("memory can be written");
            });
        }
    }
}

/// The kind of a result; `None` if its scorecard has no minimum.
fn kind(judgement: Judgement) -> Option<usize> {
    match judgement {
        Judgement::Ungated => None,
        Judgement::Passed => Some(PASSED),
        Judgement::NoData | Judgement::NotApplicable => Some(SKIPPED),
        Judgement::Failed { .. } => Some(FAILED),
    }
}

fn write_case(
    case: BytesStart<'_>,
    graded: &Graded<'_>,
    outcome: &Outcome<'_>,
    judgement: Judgement,
    out: &mut Vec<u8>,
) -> Result<()> {
    let skipped = |reason: &str| {
        let mut status = BytesStart::new("skipped");
        status.push_attribute(("message", reason));
        status
    };
    match judgement {
        Judgement::Ungated => return Ok(()),
        Judgement::Passed => return line(out, 2, Event::Empty(case)),
        Judgement::NoData => {
            line(out, 2, Event::Start(case))?;
            line(out, 3, Event::Empty(skipped("no data")))?;
        }
        Judgement::NotApplicable => {
            line(out, 2, Event::Start(case))?;
            let reason = "not applicable: the filter of the scorecard excludes the entity";
            line(out, 3, Event::Empty(skipped(reason)))?;
        }
        Judgement::Failed { standing, minimum } => {
            line(out, 2, Event::Start(case))?;
            let entity = [graded.entity().identifier(), graded.entity().title()];
            let blocking = blocking(outcome);
            let shortfall = Shortfall::new(entity, outcome.scorecard(), standing, minimum, &blocking);
            let message = shortfall.gap();
            let mut failure = BytesStart::new("failure");
            failure.extend_attributes([("message", message.as_str()), ("type", "below-minimum")]);
            line(out, 3, Event::Start(failure))?;
            let text = format!("{message}\n{}", shortfall.reasons("\n"));
            event(out, Event::Text(BytesText::new(&text)))?;
            event(out, Event::End(BytesEnd::new("failure")))?;
        }
    }
    line(out, 2, Event::End(BytesEnd::new("testcase")))
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
