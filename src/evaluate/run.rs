//! Runs an evaluation: reads the inputs, commits their blocks in order, and finishes the reports.

use super::block::Block;
use super::error::EvaluateError;
use super::evaluation::{Evaluation, Output};
use super::worker::{EvaluateWorker, tally};
use crate::entity::{Input, Progress, Settings, fold};
use crate::grade::{Evaluated, Gate};
use crate::report::{Context, Display, Format, Totals};
use crate::scorecard::{Scope, Scorecards};
use crate::terminal::Screen;
use std::io::Write;

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
    ) -> Result<Evaluated, EvaluateError> {
        let Self { scorecards, gate, display, .. } = *self;
        let (reports, mut sinks): (Vec<_>, Vec<_>) = outputs
            .into_iter()
            .map(|Output { format, screen, sink }| {
                (format.report(Context { scorecards, gate, display, screen }), sink)
            })
            .unzip();
        for (report, sink) in reports.iter().zip(&mut sinks) {
            let mut head = Vec::new();
            report.begin(&mut head);
            sink.write_all(&head)?;
        }
        let mut evaluated = Evaluated::new(tally(scorecards, &reports));
        let (mut rows, mut shown) = (Vec::new(), 0);
        let commit = |block: &mut Block| -> Result<(), EvaluateError> {
            for ((report, sink), text) in reports.iter().zip(&mut sinks).zip(&block.texts) {
                text.write(report.separator(), shown, display.limit, sink)?;
            }
            evaluated.absorb(&mut block.evaluated);
            rows.append(&mut block.rows);
            shown += block.shown;
            Ok(())
        };
        let worker = || EvaluateWorker::new(self, &reports);
        fold(inputs, self.wanted, self.settings, worker, progress, commit)?;
        let totals = Totals { tally: &evaluated.tally, rows: &rows, verdict: &evaluated.verdict };
        for (report, sink) in reports.iter().zip(&mut sinks) {
            let mut tail = Vec::new();
            report.finish(&totals, &mut tail);
            sink.write_all(&tail)?;
            sink.flush()?;
        }
        Ok(evaluated)
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
) -> Result<Evaluated, EvaluateError> {
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
    let input = Input { name: "input".to_owned(), reader: Box::new(input), path: None };
    let screen = Screen { color: false, width: None };
    evaluation.run(vec![input], vec![Output { format: Format::Json, screen, sink: output }], |_| {})
}
