//! `junit`: a suite for each gated scorecard, a case for each of its results.
//!
//! It holds no times and no random names: the same results are the same bytes. Without a gate it has no
//! case. The limit of what is shown does not apply, for a file that leaves out failures would lie.

use super::unmet::{Shortfall, named};
use super::{Cell, Context, Report, Row, Totals};
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
        let written = document.serialize(out);
        debug_assert!(written.is_ok(), "writing to memory can not fail");
    }
}

fn suite(index: usize, definition: &Definition, rows: &[Row]) -> TestSuite {
    let class = format!("{}.{}", clean(&definition.blueprint), clean(&definition.identifier));
    let mut suite = TestSuite::new(clean(&definition.title).as_str());
    suite.add_test_cases(rows.iter().filter_map(|row| {
        let status = status(row.cell(index)?, definition)?;
        let mut case =
            TestCase::new(named(clean(&row.title).as_str(), clean(&row.identifier).as_str()), status);
        case.set_classname(class.as_str());
        Some(case)
    }));
    suite
}

fn status(cell: &Cell, definition: &Definition) -> Option<TestCaseStatus> {
    Some(match cell.judgement {
        Judgement::Ungated => return None,
        Judgement::Held => TestCaseStatus::success(),
        Judgement::NoData => skipped("no data to judge by"),
        Judgement::NotApplicable => skipped("not applicable: the filter of the scorecard leaves it out"),
        Judgement::Missed => failure(&Shortfall::new(cell.unmet.as_ref()?, definition)),
    })
}

fn skipped(reason: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(reason);
    status
}

fn failure(shortfall: &Shortfall<'_>) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let message = format!("{}, minimum {}", shortfall.level, shortfall.minimum);
    status.set_description(format!("{message}\n{}", shortfall.reasons.join("\n")));
    status.set_message(message).set_type("below-minimum");
    status
}
