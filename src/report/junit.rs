//! `junit`: a test suite for each scorecard with a minimum, and a test case for each of its results.
//!
//! It contains no times or random names, so the same results produce the same bytes. Without a gate it has no
//! test cases. `--limit` does not apply, because a report must not hide failures. The head of a suite has the counts of
//! its cases, so the cases are collected until the end. Only the end shows whether results below the minimum of a
//! scorecard with a share are failures. They are collected as failures, and become plain output when they are copied.

use super::collected::{Collected, add_piece};
use super::verdict::{Shortfall, named, waived};
use super::{Context, EntityWriter, Report, Totals};
use crate::grade::{Gate, Graded, Judgement, NoDataReason, Outcome, Verdict, blocking};
use crate::scorecard::Definition;
use crate::terminal::clean;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{Result, Write};

pub(super) struct Junit<'c> {
    pub(super) context: Context<'c>,
}

/// The kinds of test cases, which are counted.
const PASSED: usize = 0;
const BELOW: usize = 1;
const SKIPPED: usize = 2;

impl Report for Junit<'_> {
    #[expect(clippy::expect_used, reason = "the gate has a requirement or none for each scorecard")]
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        let suites = self.suites();
        if suites.is_empty() {
            return None;
        }
        let mut of_scorecards = vec![None; self.context.scorecards.definitions().len()];
        for (group, scorecard) in suites.into_iter().enumerate() {
            let definition = self.context.definition(scorecard);
            let class = format!("{}.{}", clean(&definition.blueprint), clean(&definition.identifier));
            *of_scorecards.get_mut(scorecard).expect("a scorecard with a minimum") = Some((group, class));
        }
        Some(Box::new(Cases { context: self.context, suites: of_scorecards }))
    }

    fn groups(&self) -> usize {
        self.suites().len()
    }

    fn finish(&self, totals: &Totals<'_>, cases: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let suites: Vec<SuiteCounts> = self
            .suites()
            .into_iter()
            .enumerate()
            .map(|(group, scorecard)| SuiteCounts::new(group, scorecard, totals.verdict, cases))
            .collect();
        let sum = |count: fn(&SuiteCounts) -> u64| suites.iter().map(count).sum::<u64>().to_string();
        event(out, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut root = BytesStart::new("testsuites");
        root.extend_attributes([
            ("name", "dora-score"),
            ("tests", sum(|suite| suite.tests).as_str()),
            ("skipped", sum(|suite| suite.skipped).as_str()),
            ("failures", sum(|suite| suite.failures).as_str()),
            ("errors", "0"),
        ]);
        line(out, 0, Event::Start(root))?;
        for suite in &suites {
            suite.write(self.context.definition(suite.scorecard), cases, out)?;
        }
        line(out, 0, Event::End(BytesEnd::new("testsuites")))?;
        out.write_all(b"\n")
    }
}

impl Junit<'_> {
    /// The indexes of the scorecards that have a suite, in the order of the definitions.
    fn suites(&self) -> Vec<usize> {
        let requirements = self.context.gate.requirements().iter().enumerate();
        requirements.filter_map(|(scorecard, requirement)| requirement.map(|_| scorecard)).collect()
    }
}

/// The counts of a suite.
struct SuiteCounts {
    group: usize,
    scorecard: usize,
    tests: u64,
    skipped: u64,
    failures: u64,
    /// Whether results below the minimum are failures.
    is_strict: bool,
}

impl SuiteCounts {
    #[expect(clippy::expect_used, reason = "the verdict is on the scorecards of the report")]
    fn new(group: usize, scorecard: usize, verdict: &Verdict, cases: &Collected) -> Self {
        let card = verdict.cards().get(scorecard).expect("every scorecard has its counts");
        let [passed, below, skipped] = [PASSED, BELOW, SKIPPED].map(|kind| cases.count(group, kind));
        let failures = if card.fails() { below } else { 0 };
        Self { group, scorecard, tests: passed + below + skipped, skipped, failures, is_strict: card.fails() }
    }

    fn write(&self, definition: &Definition, cases: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let name = named(clean(&definition.title).as_str(), clean(&definition.identifier).as_str());
        let mut suite = BytesStart::new("testsuite");
        suite.extend_attributes([
            ("name", clean(format!("{name} · {}", definition.blueprint)).as_str()),
            ("tests", self.tests.to_string().as_str()),
            ("skipped", self.skipped.to_string().as_str()),
            ("errors", "0"),
            ("failures", self.failures.to_string().as_str()),
        ]);
        if self.tests == 0 {
            return line(out, 1, Event::Empty(suite));
        }
        line(out, 1, Event::Start(suite))?;
        if self.is_strict {
            cases.copy_to(self.group, out)?;
        } else {
            let mut lenient = Lenient { out: &mut *out, line: Vec::new() };
            cases.copy_to(self.group, &mut lenient)?;
            lenient.finish()?;
        }
        line(out, 1, Event::End(BytesEnd::new("testsuite")))
    }
}

/// Turns failures into plain output, line by line. Both tags are on the first or the last line of their element, and
/// `<` in text is escaped.
struct Lenient<'o> {
    out: &'o mut dyn Write,
    /// The line that is not complete yet.
    line: Vec<u8>,
}

impl Lenient<'_> {
    /// Writes the line.
    #[expect(
        clippy::expect_used,
        reason = "the cases are UTF-8, and a line break never is part of a character"
    )]
    fn finish(&mut self) -> Result<()> {
        let line = std::mem::take(&mut self.line);
        let text = std::str::from_utf8(&line).expect("whole lines of the report are UTF-8");
        let text = match text.split_once("<failure ").map(|(before, rest)| (before, rest.split_once('>'))) {
            Some((before, Some((_, rest)))) => format!("{before}<system-out>{rest}"),
            _ => text.to_owned(),
        };
        self.out.write_all(text.replace("</failure>", "</system-out>").as_bytes())
    }
}

impl Write for Lenient<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.finish()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}

/// Writes the test cases of an entity.
struct Cases<'c> {
    context: Context<'c>,
    /// The group of the suite of each scorecard, and the class name of its cases.
    suites: Vec<Option<(usize, String)>>,
}

impl EntityWriter for Cases<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        let mut name = None;
        for outcome in graded.outcomes() {
            let Some((group, class)) = self.suites.get(outcome.index()).and_then(Option::as_ref) else {
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
            case.add(*group, out);
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
            Judgement::NoData(NoDataReason::Missing) => skipped("no data: it was not measured"),
            Judgement::NotApplicable => {
                skipped("not applicable: the filter of the scorecard excludes the entity")
            }
            Judgement::Waived { waiver, .. } => {
                Self::Skipped(clean(waived(gate.waivers().get(waiver))).into_owned().into())
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
    #[expect(clippy::expect_used, reason = "memory can be written")]
    fn add(self, group: usize, out: &mut Vec<u8>) {
        let kind = match self.status {
            Status::Passed => PASSED,
            Status::Below(..) => BELOW,
            Status::Skipped(_) => SKIPPED,
        };
        add_piece(group, kind, out, |out| self.write(out).expect("memory can be written"));
    }

    fn write(self, out: &mut Vec<u8>) -> Result<()> {
        let Self { start, status } = self;
        match status {
            Status::Passed => return line(out, 2, Event::Empty(start)),
            Status::Skipped(reason) => {
                line(out, 2, Event::Start(start))?;
                let mut skipped = BytesStart::new("skipped");
                skipped.push_attribute(("message", reason.as_ref()));
                line(out, 3, Event::Empty(skipped))?;
            }
            Status::Below(message, text) => {
                line(out, 2, Event::Start(start))?;
                let mut failure = BytesStart::new("failure");
                failure.extend_attributes([("message", message.as_str()), ("type", "below-minimum")]);
                line(out, 3, Event::Start(failure))?;
                event(out, Event::Text(BytesText::new(&text)))?;
                event(out, Event::End(BytesEnd::new("failure")))?;
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
