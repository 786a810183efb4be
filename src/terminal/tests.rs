//! Property test of the output for people. Whatever the text, no printed line moves the cursor, changes the direction
//! of the text, is wider than the screen, or is a command for a CI system.

use super::span::{Cell, Span};
use super::style::{BAD, PLAIN};
use super::{Column, Grid, Line, Overflow, Screen, badge, print_to_string, width};
use crate::color::Color;
use proptest::prelude::*;

/// Random text that breaks careless output.
fn hostile() -> impl Strategy<Value = String> {
    let chunk = prop_oneof![
        Just("::".to_owned()),
        Just("::error::x".to_owned()),
        Just(":".to_owned()),
        Just("##[group]".to_owned()),
        Just("##".to_owned()),
        Just("vso[task]".to_owned()),
        Just(" ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("\u{1b}[31m".to_owned()),
        Just("\r\n".to_owned()),
        Just("\u{9b}2J".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{2028}".to_owned()),
        Just("時刻".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("👩\u{200d}👧".to_owned()),
        "[a-z_.]{1,12}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(chunk, 0..12).prop_map(|chunks| chunks.concat())
}

/// Prints the texts in every way that this module offers.
fn printed(texts: &[String], screen: Screen) -> String {
    let text = |index: usize| texts.get(index).map_or("", String::as_str);
    print_to_string(screen, |printer| {
        printer.line(&[Span::plain(text(0)), Span::new(text(1), BAD)]);
        printer.paragraph(4, &Span::new("✔ ", BAD), &[Span::plain(text(1)), Span::new(text(2), BAD)]);
        let badges = Column::badges(super::clean(text(3)).into_owned());
        let columns = vec![
            Column::new("Title", Overflow::Cut(8)),
            badges,
            Column::new("Wrapped", Overflow::Wrap(8)),
            Column::numbers("Count"),
        ];
        let row = |index: usize| {
            Line::Cells(vec![
                vec![Span::plain(text(index)), Span::new(text(index + 1), BAD)],
                vec![badge(text(0), Some(Color::Gold), " ?")],
                vec![Span::plain(text(index + 2)), Span::new(text(index), BAD)],
                vec![Span::new("1,234", PLAIN)],
            ])
        };
        let heading = Line::Heading(Cell::from([Span::plain(text(3))]));
        let lines = [heading, Line::Gap, row(0), row(1), row(2)];
        Grid::new(columns, lines.into_iter()).print(printer);
    })
}

/// Removes the colours that this module itself sets.
fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        let end = after.find('m').unwrap_or_default();
        plain.push_str(before);
        rest = after.get(end + 1..).unwrap_or_default();
    }
    plain + rest
}

proptest! {
    #[test]
    fn every_printed_line_is_safe(
        texts in proptest::collection::vec(hostile(), 4),
        columns in proptest::option::of(30_u16..200),
        color in any::<bool>(),
    ) {
        let screen = Screen { color, width: columns };
        for line in printed(&texts, screen).lines() {
            let plain = without_colour(line);
            prop_assert!(color || plain == line, "{line:?}");
            prop_assert!(!plain.contains(char::is_control), "{plain:?}");
            let is_bidi = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            prop_assert!(!plain.contains(|c: char| is_bidi(c) || matches!(c, '\u{2028}' | '\u{2029}')), "{plain:?}");
            for line in [line, plain.as_str()] {
                prop_assert!(!line.trim_start().starts_with("::"), "{line:?}");
                prop_assert!(!line.contains("##[") && !line.contains("##vso["), "{line:?}");
            }
            if let Some(columns) = columns {
                prop_assert!(width(&plain) <= usize::from(columns), "{} columns: {plain:?}", width(&plain));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn rows_after_the_first_page_look_like_those_on_it(
        texts in proptest::collection::vec(hostile(), 10),
        columns in proptest::option::of(30_u16..100),
        color in any::<bool>(),
    ) {
        let row = |index: usize| {
            let text = |index: usize| texts.get(index % 10).map_or("", String::as_str);
            let wrapped = vec![Span::plain(text(index + 1)), Span::new(text(index + 2), BAD)];
            Line::Cells(vec![vec![Span::plain(text(index))], wrapped, vec![Span::new(text(index + 3), PLAIN)]])
        };
        let mut right = Column::new("", Overflow::Cut(8));
        right.is_right_aligned = true;
        let place = vec![Column::new("", Overflow::Cut(8)), Column::new("", Overflow::Wrap(8)), right];
        let printed = print_to_string(Screen { color, width: columns }, |printer| {
            Grid::new(place, (0..1000).map(row)).print(printer);
        });
        let lines: Vec<&str> = printed.lines().collect();
        let (first, second) = lines.split_at(lines.len() / 2);
        prop_assert!(first.len() >= 500);
        prop_assert_eq!(first, second);
    }
}
