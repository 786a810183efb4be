//! The laws that the fuzz targets check. Each function panics if a law is broken.

mod grading;
mod safety;

use dora_score::lint::{LintFormat, Linter, Survey};
use dora_score::program::{Chosen, ExplainFormat, Explaining};
use dora_score::{
    Definition, Input, Instant, Problems, Scope, Scorecards, Screen, Settings, Source, builtin,
    read_definitions,
};
use safety::{assert_json, assert_no_control, assert_safe};
use std::num::NonZero;
use std::sync::LazyLock;

/// Reads definitions, and checks them with all lints. Returns the definitions, or `None` if they are invalid.
pub fn check_definitions(bytes: &[u8]) -> Option<Vec<Definition>> {
    let screen = screen(bytes);
    let read = Source::from_bytes("set\u{1b}[2J.json", bytes.to_vec())
        .and_then(|source| read_definitions(vec![source], "service"));
    match read {
        Ok(definitions) => {
            check_lints(&definitions, None, bytes);
            check_listing(&definitions);
            Some(definitions)
        }
        Err(problems) => {
            check_problems(&problems, screen);
            None
        }
    }
}

/// Reads and grades entities by these definitions, and explains or surveys them.
fn check_entities(scorecards: &Scorecards, bytes: &[u8]) {
    let screen = screen(bytes);
    if !grading::check(scorecards, bytes, screen) {
        return;
    }
    match choice(bytes, 12) {
        0 => match Survey::take(
            scorecards,
            &Scope::default(),
            scorecards.wanted().clone(),
            vec![input(bytes)],
            settings(bytes),
            |_| {},
        ) {
            Ok(survey) => check_lints(scorecards.definitions(), Some(&survey), bytes),
            Err(problems) => panic!("the entities were graded, so they are valid: {problems}"),
        },
        1..5 => assert_safe(&explained(scorecards, bytes, ExplainFormat::Text, screen)),
        5..9 => assert_safe(&explained(scorecards, bytes, ExplainFormat::Markdown, screen)),
        _ => assert_json(&explained(scorecards, bytes, ExplainFormat::Json, screen)),
    }
}

/// Reads and grades entities by the built-in scorecards, and explains or surveys them.
pub fn check_entities_alone(bytes: &[u8]) {
    static BUILT_IN: LazyLock<Scorecards> = LazyLock::new(|| compiled(builtin()));
    check_entities(&BUILT_IN, bytes);
}

fn compiled(definitions: Vec<Definition>) -> Scorecards {
    let as_of = Instant::parse("2026-01-31T00:00:00Z").expect("it is a time");
    Scorecards::new(definitions, as_of, "service")
}

/// Splits the input at the first byte 0 into definitions and entities. JSON has no byte 0.
pub fn check_both(bytes: &[u8]) {
    let Some(at) = bytes.iter().position(|byte| *byte == 0) else { return };
    if let Some(definitions) = check_definitions(&bytes[..at]) {
        check_entities(&compiled(definitions), &bytes[at + 1..]);
    }
}

fn check_listing(definitions: &[Definition]) {
    for definition in definitions {
        assert!(!definition.identifier().is_empty());
        let levels = 1..definition.levels().len();
        assert!(definition.rules().iter().all(|rule| levels.contains(&rule.level)));
    }
}

fn check_lints(definitions: &[Definition], survey: Option<&Survey>, bytes: &[u8]) {
    let linter = Linter { survey, portable: true, ..Linter::default() };
    let findings = linter.run(definitions);
    let formats =
        [LintFormat::Text, LintFormat::Json, LintFormat::Github, LintFormat::Gitlab, LintFormat::Sarif];
    let format = formats[choice(bytes, formats.len())];
    let mut out = Vec::new();
    format.write(&findings, definitions.len(), screen(bytes), &mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("findings are UTF-8");
    match format {
        LintFormat::Text => assert_safe(&text),
        LintFormat::Github => {
            assert_no_control(&text);
            // GitHub shows ten annotations of a severity, so the tenth counts the rest
            let commands = text.lines().filter(|line| line.starts_with("::")).count();
            assert_eq!(commands, text.lines().count(), "{text:?}");
            assert!(commands <= findings.len().min(30), "{text:?}");
        }
        LintFormat::Json | LintFormat::Gitlab | LintFormat::Sarif => assert_json(&text),
    }
}

fn explained(scorecards: &Scorecards, bytes: &[u8], format: ExplainFormat, screen: Screen) -> String {
    let explaining = Explaining {
        scorecards,
        scope: &Scope::default(),
        wanted: scorecards.wanted(),
        chosen: &Chosen::Nearest(3),
        settings: settings(bytes),
    };
    let selected = explaining.select(vec![input(bytes)], |_| {}).expect("the entities are valid");
    let explanations = selected.explanations();
    explanations.show(format, screen)
}

/// Renders problems: none may be empty or contain a control character.
fn check_problems(problems: &Problems, screen: Screen) {
    assert!(!problems.0.is_empty());
    for problem in &problems.0 {
        assert_safe(&problem.render(screen));
        assert_safe(&problem.to_string());
    }
}

/// The bytes as an input.
fn input(bytes: &[u8]) -> Input<'_> {
    Input::open("input\u{9b}2J", bytes)
}

/// One thread and small blocks, so that elements span blocks. The size follows from the length of the input.
fn settings(bytes: &[u8]) -> Settings {
    Settings { threads: NonZero::<usize>::MIN, block: 1 + bytes.len() % 97, ..Settings::default() }
}

/// A screen without colour. Its width follows from the length of the input.
fn screen(bytes: &[u8]) -> Screen {
    let width = u16::try_from(20 + bytes.len() % 181).expect("it is at most 200");
    Screen { color: false, width: bytes.len().is_multiple_of(2).then_some(width) }
}

/// One of the numbers below `count`. It follows from the bytes, so that a finding can be repeated. Not every run checks
/// everything, because many fast runs find more than a few slow ones.
fn choice(bytes: &[u8], count: usize) -> usize {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    usize::try_from(hash >> 40).expect("it has 24 bits") % count
}
