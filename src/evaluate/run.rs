//! Runs an evaluation: reads the inputs, commits their blocks in order, and finishes the reports.

use super::error::EvaluateError;
use super::evaluation::{Checks, Comparing, Evaluation, Output, PageOptions, WaiverOutput};
use super::plan::Plan;
use super::results::{Bounds, Results};
use super::worker::{Block, EvaluateWorker};
use crate::diagnostic::Problems;
use crate::entity::{Input, Progress, Settings, fold};
use crate::grade::{Evaluated, Gate};
use crate::history::{RunComparison, Side};
use crate::page::{PageCounts, PagePlan, PageRun, ScorecardHistory, built_in};
use crate::report::{Collected, Comparison, Context, Display, Format, NewWaivers, Report, Totals};
use crate::result::Earlier;
use crate::scorecard::{Scope, Scorecards};
use crate::terminal::Screen;
use std::io::{BufWriter, Cursor, Result, Write};
use std::sync::{Mutex, PoisonError};

impl Evaluation<'_> {
    /// Grades all entities of all inputs, and writes the reports. Calls `progress` after each block.
    ///
    /// # Errors
    /// Returns the first problem of an input, or a failure to write. By then, formats that stream
    /// ([`Format::is_streamed`]) have written a valid beginning. Discard the output of all other formats.
    pub fn run(
        &self,
        inputs: Vec<Input<'_>>,
        outputs: Vec<Output<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> std::result::Result<Evaluated, EvaluateError> {
        let has_page = outputs.iter().any(|output| output.format == Format::Html);
        let page = has_page.then(|| built_in(self.scorecards, self.display));
        let mut wanted = self.wanted.clone();
        let plan =
            page.as_ref().map(|page| PagePlan::new(page, self.scorecards, self.display, &mut wanted).0);
        let page = plan.as_ref().map(|plan| PageOptions { plan, files: &[], history: &[] });
        let checks = Checks { duplicates: false, comparing: None, page, accept: |_: &Evaluated| Ok(()) };
        self.run_checked(inputs, outputs, None, progress, checks)
    }

    /// Like [`Self::run`], and also writes a waiver for each result that fails. The reports are finished only if `checks`
    /// accept the counts.
    ///
    /// # Errors
    /// Also returns the problems for which the counts are not accepted.
    pub(crate) fn run_checked(
        &self,
        inputs: Vec<Input<'_>>,
        outputs: Vec<Output<'_>>,
        waivers: Option<WaiverOutput<'_>>,
        progress: impl FnMut(Progress) + Send,
        checks: Checks<'_, impl FnOnce(&Evaluated) -> std::result::Result<(), Problems>>,
    ) -> std::result::Result<Evaluated, EvaluateError> {
        let Self { scorecards, scope, gate, display, .. } = *self;
        let compared = checks.comparing.as_ref().map(|comparing| comparing.baseline);
        let baseline = compared.map(|baseline| -> &dyn Earlier { baseline });
        let context = |screen| Context { scorecards, scope, gate, display, baseline, screen };
        let (mut reports, mut texts, mut pages) = (Vec::new(), Vec::new(), Vec::new());
        for Output { format, screen, sink, spool } in outputs {
            let Some(report) = format.report(context(screen)) else {
                pages.push(sink);
                continue;
            };
            texts.push(ReportText { sink, collected: Collected::new(report.groups(), spool) });
            reports.push(report);
        }
        if let Some(WaiverOutput { expires, reason, sink, spool }) = waivers {
            let context = context(Screen::PLAIN);
            let report = Box::new(NewWaivers { context, expires, reason });
            texts.push(ReportText { sink, collected: Collected::new(report.groups(), spool) });
            reports.push(report);
        }
        for (report, text) in reports.iter().zip(&mut texts) {
            text.begin(&**report)?;
        }
        let plan = Plan::new(self, &reports, checks.duplicates, compared, checks.page.map(|page| page.plan));
        let mut after = checks.comparing.as_ref().map(|one| one.baseline.after(&one.input));
        let bounds = Mutex::new(Bounds::new(&plan));
        let mut results = Results::new(&plan, &Bounds::new(&plan));
        let commit = |block: &mut Block<'_>| -> std::result::Result<(), EvaluateError> {
            for ((report, text), block) in reports.iter().zip(&mut texts).zip(&block.texts) {
                text.add(&**report, block, results.graded() > 0)?;
            }
            if let (Some(after), Some(baseline)) = (&mut after, compared) {
                baseline.absorb(after, &block.side)?;
            }
            results.absorb(&mut block.results);
            *bounds.lock().unwrap_or_else(PoisonError::into_inner) = results.bounds();
            Ok(())
        };
        let worker = || EvaluateWorker::new(&plan, &bounds);
        fold(inputs, self.wanted, self.settings, worker, progress, commit)?;
        (checks.accept)(&results.evaluated).map_err(EvaluateError::Problems)?;
        results.listing.sort();
        let finish = |comparison: Option<&dyn Comparison>| {
            let Results { evaluated, listing, page, .. } = &mut results;
            let Evaluated { tally, verdict } = &*evaluated;
            let totals = Totals { tally, listing, verdict, comparison };
            reports.iter().zip(texts).try_for_each(|(report, text)| text.finish(&**report, &totals))?;
            let run = |files, history| PageRun { scope, gate, baseline, files, history };
            write_pages(checks.page, page.take(), run, &totals, self.settings.threads.get(), pages)
        };
        match (checks.comparing, after) {
            (Some(comparing), Some(after)) => comparing.compare(&after, |one| finish(Some(one)))?,
            _ => finish(None)?,
        }
        Ok(results.evaluated)
    }
}

impl Comparing<'_> {
    /// Compares the results of the run with the baseline.
    fn compare(
        self,
        after: &Side,
        finish: impl FnOnce(&RunComparison<'_>) -> Result<()>,
    ) -> std::result::Result<(), EvaluateError> {
        let Self { baseline, fail_on, tell, .. } = self;
        let finished = baseline.compare(after, fail_on, |rule| {
            tell(rule);
            finish(&RunComparison { baseline, rule })
        });
        Ok(finished.map_err(EvaluateError::Problems)??)
    }
}

/// Writes the pages, if there are any.
fn write_pages<'r>(
    options: Option<PageOptions<'r>>,
    counts: Option<PageCounts>,
    run: impl FnOnce(&'r [String], &'r [ScorecardHistory]) -> PageRun<'r>,
    totals: &Totals<'_>,
    threads: usize,
    outputs: Vec<&mut (dyn Write + Send)>,
) -> Result<()> {
    let Some((PageOptions { plan, files, history }, counts)) = options.zip(counts) else {
        assert!(outputs.is_empty(), "an output of a page has a plan");
        return Ok(());
    };
    plan.write(counts, &run(files, history), totals, threads, outputs)
}

/// The text of a report on its way to the sink.
struct ReportText<'o> {
    sink: &'o mut (dyn Write + Send),
    collected: Collected,
}

/// The text at the end is written in pieces of this size in bytes, because a sink may have no buffer.
const BUFFER: usize = 64 * 1024;

impl ReportText<'_> {
    fn begin(&mut self, report: &dyn Report) -> Result<()> {
        let mut head = Vec::new();
        report.begin(&mut head);
        self.sink.write_all(&head)
    }

    /// Adds the text of a block. If entities were written before it, the separator comes first.
    fn add(&mut self, report: &dyn Report, block: &[u8], follows_entities: bool) -> Result<()> {
        if report.groups() > 0 {
            return self.collected.append(block);
        }
        if follows_entities && !block.is_empty() {
            self.sink.write_all(report.separator())?;
        }
        self.sink.write_all(block)
    }

    fn finish(mut self, report: &dyn Report, totals: &Totals<'_>) -> Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, self.sink);
        report.finish(totals, &mut self.collected, &mut out)?;
        out.flush()
    }
}

/// Grades a stream of JSON, and writes the result as one JSON document, without a gate.
///
/// # Errors
/// Returns the first problem of the input, or a failure to write.
pub fn grade_json(
    scorecards: &Scorecards,
    input: impl std::io::Read + Send,
    output: &mut (dyn Write + Send),
) -> std::result::Result<Evaluated, EvaluateError> {
    let gate = Gate::none(scorecards);
    let display = Display::default();
    let settings = Settings::default();
    let evaluation = Evaluation {
        scorecards,
        scope: &Scope::default(),
        wanted: scorecards.wanted(),
        gate: &gate,
        display: &display,
        settings,
    };
    let input = Input::open("input", input);
    let screen = Screen::PLAIN;
    let spool = Box::new(Cursor::new(Vec::new()));
    evaluation.run(vec![input], vec![Output { format: Format::Json, screen, sink: output, spool }], |_| {})
}
