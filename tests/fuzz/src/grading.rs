//! The laws of grading and of its reports.

use crate::safety::{assert_json, assert_no_control, assert_safe};
use crate::{check_problems, choice, input, settings};
use dora_score::program::{Display, EvaluateError, Evaluation, Format, Output};
use dora_score::result::{ResultDocument, read_entities};
use dora_score::{Gate, Minimum, NoData, Scope, Scorecards, Screen, Settings, Share};
use std::io::Cursor;
use std::num::NonZero;

/// Grades entities as `json` and in another format. Returns whether they are valid.
pub(crate) fn check(scorecards: &Scorecards, bytes: &[u8], screen: Screen) -> bool {
    let gate = gate(scorecards);
    let formats = [Format::Json, Format::ALL[choice(bytes, Format::ALL.len())]];
    let whole = Settings { threads: NonZero::<usize>::MIN, ..Settings::default() };
    let texts = reports(scorecards, &gate, formats, bytes, screen, whole);
    let in_blocks = reports(scorecards, &gate, formats, bytes, screen, settings(bytes));
    match (texts, in_blocks) {
        (Ok(texts), Ok(in_blocks)) => {
            assert_eq!(texts, in_blocks, "the size of blocks changes the result");
            formats.iter().zip(&texts).for_each(|(format, text)| check_report(*format, text));
            true
        }
        (Err(EvaluateError::Problems(problems)), Err(EvaluateError::Problems(in_blocks))) => {
            check_problems(&problems, screen);
            assert_eq!(problems, in_blocks, "the size of blocks changes the problem");
            false
        }
        (one, other) => panic!("the size of blocks decides: {:?}, {:?}", one.err(), other.err()),
    }
}

/// A gate that asks every scorecard for its highest level, if there is one that all scorecards have.
fn gate(scorecards: &Scorecards) -> Gate {
    let minimums: Vec<Minimum> = scorecards
        .definitions()
        .iter()
        .filter_map(|definition| {
            let level = definition.levels().iter().skip(1).next_back()?.title.clone();
            Some(Minimum {
                scorecard: Some(definition.identifier().to_owned()),
                level,
                share: Share::new(50),
            })
        })
        .collect();
    Gate::new(&minimums, NoData::Judge, scorecards).unwrap_or_else(|_| Gate::none(scorecards))
}

/// The text in each format.
fn reports(
    scorecards: &Scorecards,
    gate: &Gate,
    formats: [Format; 2],
    bytes: &[u8],
    screen: Screen,
    settings: Settings,
) -> Result<Vec<String>, EvaluateError> {
    let display = Display::default();
    let evaluation = Evaluation {
        scorecards,
        scope: &Scope::default(),
        wanted: scorecards.wanted(),
        gate,
        display: &display,
        settings,
    };
    let mut sinks = vec![Vec::new(); formats.len()];
    let outputs = formats.iter().zip(&mut sinks).map(|(format, sink)| {
        let spool = Box::new(Cursor::new(Vec::new()));
        Output { format: *format, screen, sink, spool }
    });
    let evaluated = evaluation.run(vec![input(bytes)], outputs.collect(), |_| {})?;
    assert_safe(&evaluated.verdict.render(scorecards, screen));
    let text = |bytes| String::from_utf8(bytes).expect("reports are UTF-8");
    Ok(sinks.into_iter().map(text).collect())
}

fn check_report(format: Format, text: &str) {
    match format {
        Format::Table | Format::Summary | Format::Markdown => assert_safe(text),
        Format::Json => {
            assert_json(text);
            let document = ResultDocument::read(text.as_bytes()).expect("the result is read back");
            let mut again = Vec::new();
            document.write(&mut again).expect("memory can be written");
            assert!(again == text.as_bytes(), "the result is read back differently: {text}");
        }
        Format::Ndjson => {
            let lines = text.lines().inspect(|line| assert_json(line)).count();
            let entities: Result<Vec<_>, _> = read_entities(text.as_bytes()).collect();
            assert_eq!(entities.expect("the entities are read back").len(), lines);
        }
        Format::Junit => {
            assert_safe(text);
            roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
        }
        Format::Github => {
            assert_no_control(text);
            assert!(text.lines().all(|line| line.starts_with("::")), "{text:?}");
        }
        Format::Html => assert!(text.starts_with("<!DOCTYPE html>"), "{text:?}"),
        Format::Csv | Format::Rows => {}
    }
}
