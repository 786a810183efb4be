//! The main job from end to end: inputs are read, graded and judged, and every report gets what it wants
//! in the order of the input.

use crate::diagnostic::{Diagnostic, Problems};
use crate::entity::{Entity, Input, Progress, Settings, Wanted, Worker, fold};
use crate::grade::{Gate, Graded, Grader, Judgement, Tally, Unmet};
use crate::report::{Context, Display, Format, Lines, Report, Row, Totals};
use crate::scorecard::Scorecards;
use crate::terminal::Screen;
use std::fmt;
use std::io::Write;

/// What to do with the entities.
pub struct Evaluation<'e> {
    /// What grades them.
    pub scorecards: &'e Scorecards,
    /// The fields to read: those of the scorecards, and of what is shown.
    pub wanted: &'e Wanted,
    /// What judges them.
    pub gate: &'e Gate,
    /// What is shown of them.
    pub display: &'e Display,
    /// How they are read.
    pub settings: Settings,
}

/// A format and where it goes.
pub struct Output<'o> {
    /// The format.
    pub format: Format,
    /// What the place can show.
    pub screen: Screen,
    /// The place.
    pub sink: &'o mut (dyn Write + Send),
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Verdict {
    /// The counts.
    pub tally: Tally,
    /// Results that were judged.
    pub judged: u64,
    /// Results below their minimum.
    pub missed: u64,
    /// Results that were left unjudged for lack of data.
    pub excused: u64,
    /// The first of those below their minimum, in the order of the input.
    pub unmet: Vec<Unmet>,
    /// Entities that were shown.
    pub(crate) shown: u64,
}

/// How many results below their minimum are kept to be told one by one.
pub const MOST_UNMET: usize = 100;

/// Why an evaluation came to no verdict.
#[derive(Debug)]
pub enum EvaluateError {
    /// The input is bad.
    Problems(Problems),
    /// A report could not be written.
    Output(std::io::Error),
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => write!(f, "{problems}"),
            Self::Output(error) => write!(f, "can not write the result: {error}"),
        }
    }
}

impl std::error::Error for EvaluateError {}

impl From<Diagnostic> for EvaluateError {
    fn from(problem: Diagnostic) -> Self {
        Self::Problems(problem.into())
    }
}

impl From<std::io::Error> for EvaluateError {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl Evaluation<'_> {
    /// Grades all entities of all inputs and writes the reports. `progress` is told now and then how far
    /// it has come.
    ///
    /// # Errors
    /// The first problem of an input, or a failure to write. What streaming formats have printed by then
    /// stands; what the others have written is not to be used.
    pub fn run(
        &self,
        inputs: Vec<Input<'_>>,
        outputs: Vec<Output<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Verdict, EvaluateError> {
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
        let mut verdict = Verdict { tally: self.tally(&reports), ..Verdict::default() };
        let mut rows = Vec::new();
        let commit = |part: &mut Part| -> Result<(), EvaluateError> {
            for ((report, sink), text) in reports.iter().zip(&mut sinks).zip(&part.texts) {
                write_text(text, report.separator(), verdict.shown, display.limit, sink)?;
            }
            verdict.absorb(part, &mut rows, display.limit);
            Ok(())
        };
        let worker = || Hand::new(self, &reports);
        fold(inputs, self.wanted, self.settings, worker, progress, commit)?;
        let totals = Totals { tally: &verdict.tally, rows: &rows, verdict: &verdict };
        for (report, sink) in reports.iter().zip(&mut sinks) {
            let mut tail = Vec::new();
            report.finish(&totals, &mut tail);
            sink.write_all(&tail)?;
            sink.flush()?;
        }
        Ok(verdict)
    }

    fn tally(&self, reports: &[Box<dyn Report + '_>]) -> Tally {
        Tally::new(self.scorecards, reports.iter().any(|report| report.wants_rule_counts()))
    }
}

/// Grades a stream of JSON and writes the result as one JSON document: the main job in one call.
///
/// # Errors
/// The first problem of the input, or a failure to write.
pub fn grade_json(
    scorecards: &Scorecards,
    input: impl std::io::Read + Send,
    output: &mut (dyn Write + Send),
) -> Result<Verdict, EvaluateError> {
    let gate = Gate::none(scorecards);
    let display = Display::default();
    let settings = Settings::default();
    let evaluation =
        Evaluation { scorecards, wanted: scorecards.wanted(), gate: &gate, display: &display, settings };
    let input = Input { name: "input".to_owned(), reader: Box::new(input), path: None };
    let screen = Screen { color: false, width: None };
    evaluation.run(vec![input], vec![Output { format: Format::Json, screen, sink: output }], |_| {})
}

/// What one block comes to.
#[derive(Default)]
pub(crate) struct Part {
    tally: Tally,
    judged: u64,
    missed: u64,
    excused: u64,
    unmet: Vec<Unmet>,
    rows: Vec<Row>,
    /// Entities shown.
    shown: u64,
    /// One a report; empty for those that print at the end.
    texts: Vec<Text>,
}

/// What a report prints of a block.
#[derive(Default)]
struct Text {
    bytes: Vec<u8>,
    /// Where each entity ends; kept only when they may have to be cut off.
    ends: Vec<usize>,
}

impl Part {
    /// Nothing yet; `tally` has counted nothing.
    pub(crate) fn new(tally: Tally) -> Self {
        Self { tally, ..Self::default() }
    }

    /// Counts an entity, and judges all its results.
    pub(crate) fn count(&mut self, gate: &Gate, graded: &Graded<'_>) {
        self.tally.count(graded);
        if gate.is_open() {
            return;
        }
        for outcome in graded.outcomes() {
            match gate.judge(&outcome) {
                Judgement::Ungated | Judgement::NotApplicable => {}
                Judgement::NoData => self.excused += 1,
                Judgement::Held => self.judged += 1,
                Judgement::Missed => {
                    self.judged += 1;
                    self.missed += 1;
                    if self.unmet.len() < MOST_UNMET {
                        self.unmet.push(gate.unmet(graded, &outcome));
                    }
                }
            }
        }
    }
}

impl Verdict {
    pub(crate) fn absorb(&mut self, part: &mut Part, rows: &mut Vec<Row>, limit: Option<usize>) {
        self.tally.absorb(&mut part.tally);
        self.judged += part.judged;
        self.missed += part.missed;
        self.excused += part.excused;
        let room = MOST_UNMET.saturating_sub(self.unmet.len());
        self.unmet.extend(part.unmet.drain(..).take(room));
        self.shown += part.shown;
        if let Some(limit) = limit {
            self.shown = self.shown.min(limit as u64);
        }
        rows.append(&mut part.rows);
    }
}

/// Writes what a block adds, as far as the limit allows.
fn write_text(
    text: &Text,
    separator: &[u8],
    before: u64,
    limit: Option<usize>,
    sink: &mut (dyn Write + Send),
) -> std::io::Result<()> {
    let bytes = match limit {
        None => text.bytes.as_slice(),
        Some(limit) => {
            let room = usize::try_from((limit as u64).saturating_sub(before)).unwrap_or(usize::MAX);
            let end = text.ends.iter().take(room).next_back().copied().unwrap_or_default();
            text.bytes.get(..end).unwrap_or_default()
        }
    };
    if before > 0 && !bytes.is_empty() {
        sink.write_all(separator)?;
    }
    sink.write_all(bytes)
}

/// What a thread grades and prints with.
struct Hand<'e> {
    evaluation: &'e Evaluation<'e>,
    grader: Grader<'e>,
    reports: &'e [Box<dyn Report + 'e>],
    lines: Vec<Option<Box<dyn Lines + 'e>>>,
    keeps_rows: bool,
    part: Part,
}

impl<'e> Hand<'e> {
    fn new(evaluation: &'e Evaluation<'e>, reports: &'e [Box<dyn Report + 'e>]) -> Self {
        let mut hand = Self {
            evaluation,
            grader: Grader::new(evaluation.scorecards),
            reports,
            lines: reports.iter().map(|report| report.lines()).collect(),
            keeps_rows: reports.iter().any(|report| report.wants_rows()),
            part: Part::default(),
        };
        hand.part = hand.empty();
        hand
    }

    fn empty(&self) -> Part {
        Part {
            tally: self.evaluation.tally(self.reports),
            texts: self.reports.iter().map(|_| Text::default()).collect(),
            ..Part::default()
        }
    }
}

impl Worker for Hand<'_> {
    type Part = Part;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { evaluation, grader, reports, lines, keeps_rows, part, .. } = self;
        let Evaluation { scorecards, gate, display, .. } = **evaluation;
        let graded = grader.grade(entity);
        part.count(gate, &graded);
        if !display.only.shows_entity(entity.identifier()) {
            return;
        }
        for ((report, lines), text) in reports.iter().zip(lines).zip(&mut part.texts) {
            let Some(lines) = lines else { continue };
            if part.shown > 0 {
                text.bytes.extend_from_slice(report.separator());
            }
            lines.entity(&graded, &mut text.bytes);
            if display.limit.is_some() {
                text.ends.push(text.bytes.len());
            }
        }
        part.shown += 1;
        if *keeps_rows {
            let context = Context { scorecards, gate, display, screen: Screen { color: false, width: None } };
            part.rows.push(Row::new(context, &graded));
        }
    }

    fn take(&mut self) -> Part {
        let empty = self.empty();
        std::mem::replace(&mut self.part, empty)
    }
}
