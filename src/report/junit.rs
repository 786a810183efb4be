//! `junit`: a test suite for each scorecard with a minimum, and a test case for each of its results.
//!
//! It contains no times or random names, so the same results produce the same bytes. Without a gate it has no
//! test cases. `--limit` does not apply, because a report must not hide failures.

use super::verdict::{Shortfall, named};
use super::{Context, Report, Row, RowResult, Totals};
use crate::grade::Judgement;
use crate::scorecard::Definition;
use crate::terminal::clean;
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

pub(super) struct Junit<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Junit<'_> {
    fn wants_rows(&self) -> bool {
        !self.context.gate.is_open()
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        let mut document = Document::new("dora-score");
        for (index, definition) in self.context.scorecards.definitions().iter().enumerate() {
            let gated = self.context.gate.minimum(index).is_some();
            if gated && self.context.display.only.shows_scorecard(&definition.identifier) {
                document.add_test_suite(suite(index, definition, totals.rows));
            }
        }
        serialize(&document, out);
    }
}

#[expect(clippy::expect_used, reason = "writing to memory cannot fail, and the document is valid XML")]
fn serialize(document: &Document, out: &mut Vec<u8>) {
    document.serialize(out).expect("the document can be written to memory");
}

fn suite(index: usize, definition: &Definition, rows: &[Row]) -> TestSuite {
    let class = format!("{}.{}", clean(&definition.blueprint), clean(&definition.identifier));
    let mut suite = TestSuite::new(clean(&definition.title).as_str());
    suite.add_test_cases(rows.iter().filter_map(|row| {
        let status = status(row, row.result(index)?, definition)?;
        let name = named(clean(&row.title).as_str(), clean(&row.identifier).as_str());
        let mut case = TestCase::new(name, status);
        case.set_classname(class.as_str());
        Some(case)
    }));
    suite
}

/// The status of a result; `None` if its scorecard has no minimum.
fn status(row: &Row, result: &RowResult, definition: &Definition) -> Option<TestCaseStatus> {
    match result.judgement {
        Judgement::Ungated => None,
        Judgement::Passed => Some(TestCaseStatus::success()),
        Judgement::NoData => Some(skipped("no data")),
        Judgement::NotApplicable => {
            Some(skipped("not applicable: the filter of the scorecard excludes the entity"))
        }
        Judgement::Failed { .. } => Shortfall::of_row(row, result, definition).as_ref().map(failure),
    }
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
}

fn failure(shortfall: &Shortfall<'_>) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let message = shortfall.gap();
    status.set_description(format!("{message}\n{}", shortfall.reasons("\n")));
    status.set_message(message).set_type("below-minimum");
    status
}
