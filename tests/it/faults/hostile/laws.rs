//! Laws of text, for random text: what people read is safe, and what programs read is the same text again.

use super::{Kind, scan};
use crate::program::csv_fields;
use dora_score::lint::{LintFormat, Linter};
use dora_score::program::{Chosen, Display, Evaluation, ExplainFormat, Explaining, Format, Output};
use dora_score::{
    Gate, Input, Instant, Minimum, NoData, Scope, Scorecards, Screen, Settings, Share, Source,
    read_definitions,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};
use std::io::Cursor;

/// Random text of pieces that break careless output, and of any characters.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "::",
        "::error::x",
        ":",
        "##[group]",
        "##",
        "[",
        "vso[task]",
        " ",
        "\u{a0}",
        "\u{feff}",
        "\u{200b}",
        "\u{1b}[31m",
        "\r\n",
        "\n",
        "\t",
        "\u{8}",
        "\u{7f}",
        "\u{9b}2J",
        "\u{85}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\u{61c}",
        "\u{2028}",
        "|",
        "\\",
        "`",
        "``",
        "```",
        "*",
        "_",
        "~",
        "<!--",
        "-->",
        "<b>",
        "</code>",
        "]]>",
        "&amp;",
        "&",
        "](javascript:x)",
        "![",
        "@team",
        "# ",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "---",
        "===",
        "    ",
        "$",
        "{",
        "'",
        "\"",
        "=",
        "+",
        "-",
        ",",
        "aaaaaaaa",
        "時刻",
        "e\u{301}",
        "👩\u{200d}👧",
        "http://x.y",
        "%0A",
        "\u{ffff}",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(str::to_owned),
        2 => "[a-z_.]{1,12}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 1..10).prop_map(|pieces| pieces.concat())
}

/// Texts for the places of a scorecard and of an entity, which are not empty and differ where they must.
fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 4)
}

/// Everything that the library prints for a scorecard and an entity with these texts.
struct Reports {
    scorecards: Scorecards,
    entities: String,
    screen: Screen,
}

impl Reports {
    fn new(texts: &[String], width: Option<u16>) -> Self {
        let [one, two, three, four] = [0, 1, 2, 3].map(|index| texts[index].as_str());
        let top = format!("{four}x");
        // names that begin with `$` are reserved
        let [first, second] = [format!("p{one}"), format!("q{two}")];
        let condition = json!({"property": first, "operator": ">", "value": 3});
        let other = json!({"property": second, "operator": "containsAny", "value": [three, four]});
        let card = json!({"identifier": three, "title": two, "description": one, "blueprint": four,
            "levels": [{"title": four, "color": one}, {"title": top}],
            "rules": [{"identifier": one, "title": two, "level": top,
                       "query": {"combinator": "and", "conditions": [condition, other]}}]});
        let entity = json!({"identifier": one, "title": two, "blueprint": four, "team": [three, four],
            "properties": {first: 1, second: [one]}});
        let source = Source::new(one, card.to_string());
        let definitions = read_definitions(vec![source], "service").expect("the scorecard is valid");
        let as_of = Instant::parse("2026-01-31T00:00:00Z").expect("it is a time");
        let scorecards = Scorecards::new(definitions, as_of, "service");
        Self { scorecards, entities: entity.to_string(), screen: Screen { color: false, width } }
    }

    fn input(&self) -> Vec<Input<'_>> {
        vec![Input::open("input", self.entities.as_bytes())]
    }

    /// The report in a format, and the verdict of a gate that asks for the highest level.
    fn report(&self, format: Format, csv_raw: bool) -> (String, String) {
        let definition = &self.scorecards.definitions()[0];
        let level = definition.levels()[1].title.clone();
        let minimum =
            Minimum { scorecard: Some(definition.identifier().to_owned()), level, share: Share::new(100) };
        let gate = Gate::new(&[minimum], NoData::Judge, &self.scorecards).expect("the level exists");
        let display = Display { csv_raw, ..Display::default() };
        let evaluation = Evaluation {
            scope: &Scope::default(),
            scorecards: &self.scorecards,
            wanted: self.scorecards.wanted(),
            gate: &gate,
            display: &display,
            settings: Settings::default(),
        };
        let mut sink = Vec::new();
        let output =
            Output { format, screen: self.screen, sink: &mut sink, spool: Box::new(Cursor::new(Vec::new())) };
        let evaluated = evaluation.run(self.input(), vec![output], |_| {}).expect("the entity is valid");
        let verdict = evaluated.verdict.render(&self.scorecards, self.screen);
        (String::from_utf8(sink).expect("reports are UTF-8"), verdict)
    }

    fn explanation(&self, format: ExplainFormat) -> String {
        let explaining = Explaining {
            scope: &Scope::default(),
            scorecards: &self.scorecards,
            wanted: self.scorecards.wanted(),
            chosen: &Chosen::Nearest(1),
            settings: Settings::default(),
        };
        let selected = explaining.select(self.input(), |_| {}).expect("the entity is valid");
        selected.explanations().show(format, self.screen)
    }

    fn findings(&self, format: LintFormat) -> String {
        let findings = Linter { portable: true, ..Linter::default() }.run(self.scorecards.definitions());
        let mut out = Vec::new();
        format.write(&findings, 1, self.screen, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("findings are UTF-8")
    }
}

/// Runs a law with random texts, and widths of screens from 20 to 200.
fn law(check: impl Fn(&[String], Option<u16>)) {
    let mut runner = TestRunner::new(Config { cases: 512, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(texts(), proptest::option::of(20_u16..=200)), |(texts, width)| {
        check(&texts, width);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// The text without what a format for people may change: white space, and the zero-width space that defuses a command.
fn visible(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// The text with every obeyed character as formats for people show it.
fn as_shown(text: &str) -> String {
    visible(&replaced(text))
}

/// The text with its dangerous characters replaced.
fn replaced(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).expect("it is a symbol"),
        '\u{7f}' => '\u{2421}',
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        other if other.is_control() || super::is_bidi_or_break(other) => '\u{fffd}',
        other => other,
    };
    text.chars().map(shown).collect()
}

#[test]
fn what_people_read_is_safe() {
    law(|texts, width| {
        let reports = Reports::new(texts, width);
        for format in [Format::Table, Format::Summary, Format::Markdown, Format::Junit] {
            let (report, verdict) = reports.report(format, false);
            scan(&report, Kind::People, format.name());
            scan(&verdict, Kind::People, "the verdict");
        }
        scan(&reports.report(Format::Github, false).0, Kind::Commands, "github");
        scan(&reports.explanation(ExplainFormat::Text), Kind::People, "explain");
        scan(&reports.explanation(ExplainFormat::Markdown), Kind::People, "explain -f markdown");
        scan(&reports.findings(LintFormat::Text), Kind::People, "lint");
        scan(&reports.findings(LintFormat::Github), Kind::Commands, "lint -f github");
    });
}

#[test]
fn json_escapes_what_is_obeyed_and_reads_back_the_same_text() {
    law(|texts, width| {
        let reports = Reports::new(texts, width);
        let [one, two, three, four] = [0, 1, 2, 3].map(|index| texts[index].as_str());
        let read = |text: &str| -> Value {
            scan(text, Kind::Json, "json");
            serde_json::from_str(text).expect("it is JSON")
        };
        let document = read(&reports.report(Format::Json, false).0);
        let line = read(&reports.report(Format::Ndjson, false).0);
        assert_eq!(document["entities"][0], line);
        let (team, card) = (json!([three, four]), &line["scorecards"][three]);
        assert_eq!((&line["identifier"], &line["title"], &line["team"]), (&json!(one), &json!(two), &team));
        assert_eq!((&card["level"], &card["rules"][0]["identifier"]), (&json!(four), &json!(one)));
        assert_eq!(document["summary"]["scorecards"][0]["title"], json!(two));
        let explained = read(&reports.explanation(ExplainFormat::Json));
        assert_eq!(explained["entities"][0]["title"], json!(two));
        read(&reports.findings(LintFormat::Json));
        read(&reports.findings(LintFormat::Gitlab));
        read(&reports.findings(LintFormat::Sarif));
    });
}

#[test]
fn csv_reads_back_exactly_but_for_one_apostrophe() {
    law(|texts, width| {
        let reports = Reports::new(texts, width);
        let [one, two, three, four] = [0, 1, 2, 3].map(|index| texts[index].as_str());
        let team = format!("{three}, {four}");
        let expected = vec![
            vec!["identifier", "title", "blueprint", "team", three, "no_data"],
            vec![one, two, four, &team, four, ""],
        ];
        assert_eq!(csv_fields(&reports.report(Format::Csv, true).0), expected);
        for (row, expected) in csv_fields(&reports.report(Format::Csv, false).0).iter().zip(expected) {
            assert_eq!(row.len(), expected.len());
            for (field, expected) in row.iter().zip(expected) {
                let is_guarded = field.strip_prefix('\'') == Some(expected);
                assert!(
                    field == expected || is_guarded && expected.starts_with(['=', '+', '-', '@', '\t', '\r'])
                );
            }
        }
    });
}

#[test]
fn xml_reads_back_the_text() {
    law(|texts, width| {
        let report = Reports::new(texts, width).report(Format::Junit, false).0;
        let document = roxmltree::Document::parse(&report).expect("it is XML");
        let Some(case) = document.descendants().find(|node| node.has_tag_name("testcase")) else { return };
        let suite = case.parent().and_then(|suite| suite.attribute("name")).unwrap_or_default();
        // two names that look the same are shown once
        let named = |title: &str, identifier: &str| match replaced(title) == replaced(identifier) {
            true => title.to_owned(),
            false => format!("{title} ({identifier})"),
        };
        let [one, two, three, four] = [0, 1, 2, 3].map(|index| texts[index].as_str());
        assert_eq!(visible(suite), as_shown(&format!("{} · {four}", named(two, three))));
        assert_eq!(visible(case.attribute("name").unwrap_or_default()), as_shown(&named(two, one)));
    });
}

/// The texts of headings and of the cells of tables, in order. Panics if a heading or a cell contains a link, an image,
/// or HTML other than code.
fn markdown_texts(markdown: &str) -> Vec<String> {
    let (mut texts, mut current) = (Vec::new(), None);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => current = Some(String::new()),
            Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => texts.extend(current.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(current) = &mut current {
                    current.push_str(&text);
                }
            }
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let own = ["<code>", "</code>", "<sub>", "</sub>"];
                assert!(own.contains(&tag.trim()), "{tag:?} in {markdown:?}");
            }
            Event::Start(tag) => {
                let is_text = !matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_));
                assert!(is_text && !(current.is_some() && tag == Tag::Emphasis), "{tag:?} in {markdown:?}");
            }
            Event::Rule => panic!("a rule in {markdown:?}"),
            _ => {}
        }
    }
    texts.iter().map(|text| visible(text)).collect()
}

#[test]
fn markdown_reads_back_the_text() {
    law(|texts, width| {
        let reports = Reports::new(texts, width);
        let [one, two, three, four] = [0, 1, 2, 3].map(|index| as_shown(&texts[index]));
        let report = reports.report(Format::Markdown, false).0;
        let read = markdown_texts(&report);
        let name = if texts[0] == texts[1] { two.clone() } else { format!("{two}{one}") };
        let expected = [
            "Scorecards".to_owned(),
            format!("{four}·1entity"),
            "Title".to_owned(),
            "Team".to_owned(),
            two.clone(),
            name,
            format!("{three},{four}"),
        ];
        assert_eq!(read[..7], expected, "{report}");
        assert!(read[7].contains(&four), "{report}");
        let title = if texts[0] == texts[1] { two.clone() } else { format!("{two}({one})") };
        let explained = reports.explanation(ExplainFormat::Markdown);
        let read = markdown_texts(&explained);
        assert_eq!(read[0], title, "{explained}");
        assert!(read[1].starts_with(&two), "{explained}");
        assert!(read.iter().any(|text| *text == format!("{four}x")), "{explained}");
    });
}
