//! Laws of the gate: it agrees with a naive gate on random scorecards, entities, minimums, shares and ways to judge
//! results without data.

use crate::program::{Run, directory, run_with};
use crate::random;
use crate::schema::{check, faults, schema, validator};
use dora_score::program::{Display, Evaluation, Format, Output};
use dora_score::{
    Gate, GateOutcome, Input, Instant, Minimum, NoData, Scope, Scorecards, Screen, Settings, Share, Source,
    Verdict, Waivers,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Cursor;

const AS_OF: &str = "2026-01-31T00:00:00Z";

/// The ways to judge results without data.
const MODES: [(&str, NoData); 3] =
    [("judge", NoData::Judge), ("skip-inactive", NoData::SkipInactive), ("skip", NoData::Skip)];

/// Scorecards, entities and the options of a gate that is valid for the scorecards.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) set: Vec<Value>,
    pub(crate) entities: Vec<Value>,
    /// For identifiers of scorecards: the level, and the share.
    minimums: Vec<(String, String, Option<u8>)>,
    mode: usize,
    /// Whether some of the results are waived.
    pub(crate) has_waivers: bool,
}

pub(crate) fn cases() -> impl Strategy<Value = Case> {
    let picks = prop::collection::vec((0..6_usize, prop::option::of(1..=100_u8)), 8);
    (random::sets(), picks, 0..MODES.len()).prop_map(|((set, entities), picks, mode)| {
        let minimums = set.iter().zip(picks).filter_map(|(card, (pick, share))| {
            let identifier = card["identifier"].as_str()?;
            // a minimum is for all scorecards with the identifier, so each of them must have the level
            let same = set.iter().filter(|other| other["identifier"] == identifier);
            let level = same
                .map(titles_above_base)
                .reduce(|one, other| one.into_iter().filter(|title| other.contains(title)).collect())?;
            Some((identifier.to_owned(), level.get(pick)?.clone(), share))
        });
        Case { minimums: minimums.collect(), set, entities, mode, has_waivers: false }
    })
}

fn titles_above_base(card: &Value) -> Vec<String> {
    let levels = card["levels"].as_array().filter(|levels| !levels.is_empty());
    let titles =
        levels.map(|levels| levels.iter().map(|level| level["title"].as_str().expect("a title")).collect());
    let titles: Vec<&str> = titles.unwrap_or_else(|| vec!["Basic", "Bronze", "Silver", "Gold"]);
    titles.into_iter().skip(1).map(str::to_owned).collect()
}

impl Case {
    pub(crate) fn scorecards(&self) -> Scorecards {
        let source = Source::new("random", Value::from(self.set.clone()).to_string());
        let definitions = dora_score::read_definitions(vec![source], "service").expect("the set is valid");
        Scorecards::new(definitions, Instant::parse(AS_OF).expect("it is a time"), "service")
    }

    pub(crate) fn gate(&self, scorecards: &Scorecards) -> Gate {
        let minimum = |(scorecard, level, share): &(String, String, Option<u8>)| Minimum {
            scorecard: Some(scorecard.clone()),
            level: level.clone(),
            share: share.and_then(Share::new),
        };
        let minimums: Vec<Minimum> = self.minimums.iter().map(minimum).collect();
        let gate = Gate::new(&minimums, MODES[self.mode].1, scorecards).expect("the minimums are valid");
        let waivers = json!({"waivers": [
            {"entity": "[ab7]*", "scorecard": "*", "reason": "q\"\u{1b}", "expires": "2026-12-31"},
            {"entity": "[!ab7]*", "scorecard": "*", "rule": "r0", "reason": "r", "expires": "2026-06-30"}]});
        let source = Source::new("waivers", waivers.to_string());
        let waivers = dora_score::read_waivers(vec![source]).expect("the waivers are valid");
        if self.has_waivers { gate.with_waivers(Waivers::new(waivers, scorecards.as_of())) } else { gate }
    }

    pub(crate) fn stream(&self) -> Vec<u8> {
        self.entities.iter().flat_map(|entity| format!("{entity}\n").into_bytes()).collect()
    }

    /// The text in a format, and the verdict.
    pub(crate) fn graded(&self, format: Format) -> (String, Verdict) {
        let scorecards = self.scorecards();
        let (gate, stream) = (self.gate(&scorecards), self.stream());
        let evaluation = Evaluation {
            scorecards: &scorecards,
            scope: &Scope::default(),
            wanted: scorecards.wanted(),
            gate: &gate,
            display: &Display::default(),
            settings: Settings { block: 200, ..Settings::default() },
        };
        let mut sink = Vec::new();
        let screen = Screen::PLAIN;
        let output = Output { format, screen, sink: &mut sink, spool: Box::new(Cursor::new(Vec::new())) };
        let inputs = vec![Input::open("input", stream.as_slice())];
        let evaluated = evaluation.run(inputs, vec![output], |_| {}).expect("the entities are valid");
        (String::from_utf8(sink).expect("it is UTF-8"), evaluated.verdict)
    }

    /// The run of the program.
    fn run(&self, more: &[&str]) -> Run {
        let set = serde_json::to_vec(&self.set).expect("values can be written");
        let files = directory(&[("set.json", &set)]);
        let path = files.path().join("set.json");
        let mut arguments: Vec<String> =
            ["evaluate", "-s", path.to_str().expect("UTF-8"), "-e", "-", "-q", "--as-of", AS_OF]
                .map(str::to_owned)
                .to_vec();
        for (scorecard, level, share) in &self.minimums {
            let share = share.map(|share| format!("@{share}%")).unwrap_or_default();
            let [scorecard, level] = [scorecard, level].map(|name| json!(name));
            arguments.extend(["-m".to_owned(), format!("{scorecard}={level}{share}")]);
        }
        if !self.minimums.is_empty() {
            arguments.extend(["--no-data".to_owned(), MODES[self.mode].0.to_owned()]);
        }
        arguments.extend(more.iter().map(|&one| one.to_owned()));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        run_with(&arguments, &self.stream())
    }

    /// The minimum of a scorecard: its rank, its title and the share.
    fn minimum(&self, card: &Value) -> Option<(u64, &str, Option<u8>)> {
        let (_, level, share) =
            self.minimums.iter().rfind(|(name, ..)| card["identifier"] == name.as_str())?;
        let rank = card["levels"].as_array()?.iter().position(|one| one["title"] == level.as_str())?;
        Some((rank as u64, level, *share))
    }

    /// The document of an open gate with the judgements of this gate, and the exit code.
    fn judged(&self, mut document: Value) -> (Value, i32) {
        let cards = document["summary"]["scorecards"].as_array().expect("an array").clone();
        let (mut minimums, mut counts, mut fails) = (Vec::new(), [0_u64; 3], false);
        for card in &cards {
            let Some((rank, level, share)) = self.minimum(card) else { continue };
            minimums.push(json!({"scorecard": card["identifier"], "blueprint": card["blueprint"],
                "level": level, "share": share}));
            let [mut passed, mut failed] = [0_u64, 0];
            for entity in document["entities"].as_array_mut().expect("an array") {
                let is_mine = entity["blueprint"] == card["blueprint"];
                let result = &mut entity["scorecards"][card["identifier"].as_str().expect("a string")];
                if !is_mine || result.is_null() {
                    continue;
                }
                let reason = result["noDataReason"].as_str().unwrap_or_default();
                let skips = match MODES[self.mode].0 {
                    "judge" => false,
                    "skip" => !reason.is_empty(),
                    _ => reason == "inactive",
                };
                result["minimum"] = json!(level);
                result["gate"] = match (skips, result["rank"].as_u64() >= Some(rank)) {
                    (true, _) => json!("noData"),
                    (false, true) => json!("passed"),
                    (false, false) => json!("failed"),
                };
                match result["gate"].as_str() {
                    Some("passed") => passed += 1,
                    Some("failed") => failed += 1,
                    _ => counts[2] += 1,
                }
            }
            counts[0] += passed + failed;
            counts[1] += failed;
            let needed = u64::from(share.unwrap_or(100)) * (passed + failed);
            fails |= passed * 100 < needed;
        }
        let code = match (minimums.is_empty(), counts[0], fails) {
            (true, ..) => 0,
            (false, 0, _) => 3,
            (false, _, fails) => i32::from(fails),
        };
        if !minimums.is_empty() {
            let passed = if code == 3 { Value::Null } else { json!(code == 0) };
            document["gate"] = json!({"passed": passed, "judged": counts[0], "failed": counts[1],
                "noData": counts[2], "waived": 0, "minimums": minimums});
        }
        // reading an absent key adds it as null
        for entity in document["entities"].as_array_mut().expect("an array") {
            let blueprint = entity["blueprint"].clone();
            let graded = |name: &str| {
                cards.iter().any(|card| card["identifier"] == name && card["blueprint"] == blueprint)
            };
            entity["scorecards"].as_object_mut().expect("results").retain(|name, _| graded(name));
        }
        (document, code)
    }
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

fn code(case: &Case, verdict: &Verdict) -> i32 {
    match verdict.outcome() {
        _ if case.minimums.is_empty() => 0,
        GateOutcome::Passed => 0,
        GateOutcome::Failed => 1,
        GateOutcome::NothingToJudge => 3,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_gate_agrees_with_the_naive_gate() {
    let document = validator(&schema("result"));
    check(cases(), 512, |case| {
        let open = Case { minimums: Vec::new(), ..case.clone() };
        let expected = case.judged(parsed(&open.graded(Format::Json).0));
        let (text, verdict) = case.graded(Format::Json);
        prop_assert_eq!(&(parsed(&text), code(&case, &verdict)), &expected);
        prop_assert_eq!(faults(&document, &expected.0), "");
        let lines: Vec<Value> = case.graded(Format::Ndjson).0.lines().map(parsed).collect();
        prop_assert_eq!(Value::from(lines), expected.0["entities"].clone());
        Ok(())
    });
}

#[test]
fn the_program_agrees_with_the_naive_gate() {
    check(cases(), 24, |case| {
        let open = Case { minimums: Vec::new(), ..case.clone() };
        let (document, code) = case.judged(parsed(&open.graded(Format::Json).0));
        let run = case.run(&["-f", "json"]);
        prop_assert_eq!((parsed(&run.stdout), run.code), (document, code), "{}", run.stderr);
        Ok(())
    });
}

/// A share of 100 % is no share, in every format: only JSON tells the two apart, and the verdict names the share.
#[test]
fn a_share_of_all_results_is_no_share() {
    let with_share = |case: &Case, share: Option<u8>| {
        let minimums = case.minimums.iter().map(|(card, level, _)| (card.clone(), level.clone(), share));
        Case { minimums: minimums.collect(), ..case.clone() }
    };
    let without = |text: &str| {
        let mut document = parsed(text);
        if let Some(minimums) = document.pointer_mut("/gate/minimums").and_then(Value::as_array_mut) {
            minimums.iter_mut().for_each(|minimum| minimum["share"] = Value::Null);
        }
        document
    };
    check(cases(), 256, |case| {
        let (all, none) = (with_share(&case, Some(100)), with_share(&case, None));
        let ((one, verdict), (other, plain)) = (all.graded(Format::Json), none.graded(Format::Json));
        prop_assert_eq!(code(&all, &verdict), code(&none, &plain));
        prop_assert_eq!(without(&one), without(&other));
        prop_assert_eq!(verdict.unmet().count(), plain.unmet().count());
        for format in [Format::Junit, Format::Ndjson, Format::Csv] {
            prop_assert_eq!(all.graded(format).0, none.graded(format).0);
        }
        Ok(())
    });
    check(cases(), 12, |case| {
        let [all, none] = [Some(100), None].map(|share| with_share(&case, share).run(&["-f", "json"]));
        prop_assert_eq!(all.code, none.code);
        prop_assert_eq!(without(&all.stdout), without(&none.stdout));
        Ok(())
    });
}

/// `junit` counts exactly the failures that make the gate fail.
#[test]
fn junit_counts_the_failures_of_the_verdict() {
    check(cases(), 256, |case| {
        let (text, verdict) = case.graded(Format::Junit);
        let document = roxmltree::Document::parse(&text).expect("it is XML");
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count() as u64;
        let total = |name: &str| -> u64 {
            document.root_element().attribute(name).expect(name).parse().expect("a number")
        };
        prop_assert_eq!([count("failure"), total("failures")], [verdict.failures(); 2]);
        let below = if case.minimums.is_empty() { 0 } else { verdict.counts().failed };
        prop_assert_eq!(count("failure") + count("system-out"), below);
        prop_assert_eq!([count("testcase"), count("skipped")], [total("tests"), total("skipped")]);
        let suites: u64 = document
            .descendants()
            .filter(|node| node.has_tag_name("testsuite"))
            .map(|suite| suite.attribute("tests").expect("tests").parse::<u64>().expect("a number"))
            .sum();
        prop_assert_eq!(suites, total("tests"));
        Ok(())
    });
}

#[test]
fn the_reasons_of_a_gate_say_what_is_of_another_type_and_what_are_alternatives() {
    let is = |property: &str, operator: &str, value: Value| json!({"property": property, "operator": operator, "value": value});
    let both =
        json!({"combinator": "and", "conditions": [is("a", "=", json!(5)), is("b", "=", json!(true))]});
    let query =
        json!({"combinator": "or", "conditions": [is("a", "<=", json!(30)), is("c", "=", json!("x")), both]});
    let rule = json!({"identifier": "r", "level": "Gold", "query": query});
    let set = json!({"identifier": "s", "rules": [rule]}).to_string();
    let place = directory(&[("set.json", set.as_bytes())]);
    let path = place.path().join("set.json");
    let arguments = ["evaluate", "-s", path.to_str().expect("UTF-8"), "-e", "-", "-f", "csv", "-m", "Gold"];
    let run = run_with(&arguments, br#"{"identifier": "e", "a": "3", "b": "true", "c": "y"}"#);
    assert_eq!(run.code, 1);
    let reason = r#"r: a is the string "3", required <= 30, or c is y, must be "x", or (a is the string "3", must be 5; b is the string "true", must be true)"#;
    assert!(run.stderr.contains(reason), "{}", run.stderr);
}
